"""Jupyter notebooks: the Markdown of their cells as one manuscript; positions count cells."""

from __future__ import annotations

import json
from collections.abc import Mapping

from refaudit.errors import InputError
from refaudit.model import Source, Unit


def source(path: str, data: bytes) -> Source:
    """The Markdown of a notebook of format 3 or 4. Code and outputs are left out. Raises InputError for what is no notebook."""
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is not a notebook (no valid JSON); save it again") from error
    cells = notebook.get("cells") if isinstance(notebook, Mapping) else None
    if cells is None and isinstance(notebook, Mapping) and isinstance(notebook.get("worksheets"), list):
        cells = [cell for sheet in notebook["worksheets"] if isinstance(sheet, Mapping) for cell in sheet.get("cells") or ()]
    if not isinstance(cells, list):
        raise InputError(f"{path}: is JSON but not a notebook: it has no cells")
    parts: list[str] = []
    breaks: list[int] = []
    at = 0
    for number, cell in enumerate(cells):
        breaks.append(at)
        if not isinstance(cell, Mapping) or cell.get("cell_type") not in ("markdown", "raw", "heading"):
            continue
        lines = cell.get("source")
        text = "".join(one for one in lines if isinstance(one, str)) if isinstance(lines, list) else str(lines or "")
        if cell.get("cell_type") == "raw" and not (number == 0 and text.lstrip().startswith("---")):
            continue
        parts.append(text.rstrip("\n") + "\n\n")
        at += len(parts[-1])
    text = "".join(parts).encode("utf-8", errors="replace").decode("utf-8")  # JSON may hold half a character
    return Source(path=path, text=text, unit=Unit.PARAGRAPH, breaks=tuple(breaks))
