"""From bytes to a ``Document``: one module per format, one table, one guess."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from pathlib import PurePath

from refaudit.errors import InputError
from refaudit.model import Document
from refaudit.readers import bibtex, csl, latex, markdown, pandoc, plain
from refaudit.readers.files import NO_FILES, Files

Reader = Callable[[str, bytes, Files], Document]


def _alone(read_bytes: Callable[[str, bytes], Document]) -> Reader:
    """The reader of a format that needs no other file."""
    return lambda path, data, _: read_bytes(path, data)


READERS: dict[str, Reader] = {
    "txt": _alone(plain.read),
    "md": lambda path, data, files: pandoc.cite(markdown.read(path, data), files),
    "tex": latex.read,
    "bib": _alone(bibtex.read),
    "csl-json": _alone(csl.read_json),
    "csl-yaml": _alone(csl.read_yaml),
}

SUFFIXES = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".mdown": "md", ".qmd": "md", ".rmd": "md",
    ".tex": "tex", ".ltx": "tex", ".latex": "tex", ".bbl": "tex", ".bib": "bib", ".bibtex": "bib", ".biblatex": "bib",
}  # fmt: skip


# Signs of Markdown that plain text hardly ever shows: headings, strong text, links, autolinks, escapes, raised numbers.
_MARKDOWN = re.compile(
    rb"^#{1,6} \S|\*\*[^\s*][^*\n]{0,200}\*\*|\]\(https?:|<https?://[^\s>]+>|\w\\_\w|\^\[?[\d,]{1,20}[\]^]", re.MULTILINE
)
_ENOUGH = 3


def guess(path: str, data: bytes) -> str:
    """The format of a file by suffix, then by content: texts converted from PDF are often Markdown named ``.txt``."""
    name = SUFFIXES.get(PurePath(path).suffix.lower(), "txt")
    if name == "txt" and sum(1 for _ in islice(_MARKDOWN.finditer(data), _ENOUGH)) >= _ENOUGH:
        return "md"
    return name


def read(path: str, data: bytes, *, input_format: str | None = None, files: Files = NO_FILES) -> Document:
    """Read the bytes of one file; ``files`` gives access to those beside it. Raises InputError with what, why and what to do."""
    if not data.strip():
        raise InputError(f"{path}: the file is empty")
    name = input_format or guess(path, data)
    if name not in READERS:
        raise InputError(f"{path}: no reader for the format '{name}'; known: {', '.join(READERS)}")
    return READERS[name](path, data, files)
