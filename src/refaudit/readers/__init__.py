"""From bytes to a ``Document``: one module per format, one table, one guess."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from refaudit.errors import InputError
from refaudit.model import Document
from refaudit.readers import markdown, plain

Reader = Callable[[str, bytes], Document]

READERS: dict[str, Reader] = {"txt": plain.read, "md": markdown.read}

SUFFIXES = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".mdown": "md",
}  # fmt: skip


def guess(path: str, data: bytes) -> str:
    """The format of a file by suffix, then by content. Raises InputError for what no reader can read."""
    suffix = PurePath(path).suffix.lower()
    return SUFFIXES.get(suffix, "txt")


def read(path: str, data: bytes, *, input_format: str | None = None) -> Document:
    """Read the bytes of one file. Raises InputError with what, why and what to do."""
    if not data.strip():
        raise InputError(f"{path}: the file is empty")
    name = input_format or guess(path, data)
    if name not in READERS:
        raise InputError(f"{path}: no reader for the format '{name}'; known: {', '.join(READERS)}")
    return READERS[name](path, data)
