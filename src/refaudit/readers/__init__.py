"""From bytes to a ``Document``: one module per format, one table, one guess."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from refaudit.errors import InputError
from refaudit.model import Document
from refaudit.readers.detect_format import SUFFIXES, detect_format
from refaudit.readers.project_files import NO_FILES, Files

READERS = {
    "txt": "plain:read",
    "md": "markup.pandoc:read",
    "tex": "latex:read",
    "context": "latex:read_context",
    "bib": "databases.bibtex:read",
    "docx": "word.docx:read",
    "pdf": "pdf.reader:read",
    "jats": "xml.jats:read",
    "html": "xml.html:read",
    "epub": "xml.html:read_epub",
    "odt": "word.odt:read",
    "tei": "xml.tei:read",
    "ipynb": "markup.pandoc:read_notebook",
    "typst": "markup.typst:read",
    "wikitext": "markup.wikitext:read",
    "rtf": "word.rtf:read",
    "org": "markup.org:read",
    "asciidoc": "markup.asciidoc:read",
    "rst": "markup.restructuredtext:read",
    "zip": "archive:read",
    "tar": "archive:read",
    "csl-json": "databases.csl:read_json",
    "csl-yaml": "databases.csl:read_yaml",
    "yaml": "databases.bibliography:read_yaml",
    "hayagriva": "databases.hayagriva:read",
    "ris": "databases.ris:read",
    "nbib": "databases.ris:read_nbib",
    "endnote": "databases.endnote:read",
}
"""Format to module and function here; loaded when first used, as some need libraries that are slow to load."""

_WITH_FILES = frozenset({"tex", "context", "typst", "md", "ipynb", "org", "asciidoc", "rst", "zip", "tar"})
"""Formats whose readers open other files themselves."""


def read(path: str, data: bytes, *, input_format: str | None = None, files: Files = NO_FILES) -> Document:
    """Read the bytes of one file; ``files`` gives access to those beside it. Raises InputError with what, why and what to do."""
    if not data.strip():
        raise InputError(f"{path}: the file is empty")
    name = input_format or detect_format(path, data)
    if name == "txt" and not input_format:
        _refuse_other(path, data)
    if name not in READERS:
        raise InputError(f"{path}: no reader for the format '{name}'; known: {', '.join(READERS)}")
    module, function = READERS[name].split(":")
    reader = getattr(import_module(f"refaudit.readers.{module}"), function)
    document: Document = reader(path, data, files) if name in _WITH_FILES else reader(path, data)
    if not document.references and not document.text.strip():
        raise InputError(f"{path}: holds no text that can be read as '{document.format}'")
    if files.bibliographies and not module.startswith("databases."):
        document = _with_bibliographies(document, files)
    return document


def _with_bibliographies(document: Document, files: Files) -> Document:
    """The document with the bibliographies that the user names; a list that stands in its text stays, and comes first."""
    from refaudit.parse import find_references
    from refaudit.parse.entries.sections import find_lists, lines_of
    from refaudit.readers.databases.bibliography import with_given

    if not document.references:
        typed, _ = find_references(find_lists(document, lines_of(document)))
        document = replace(document, references=typed)
    return with_given(document, files)


_TAKE_IN = {
    "md": "markup.pandoc:parts",
    "ipynb": "markup.pandoc:parts",
    "typst": "markup.typst:parts",
    "org": "markup.org:parts",
    "rst": "markup.restructuredtext:parts",
    "asciidoc": "markup.asciidoc:parts",
}
"""Format to the function that says which files a manuscript takes in, for formats whose parts look like manuscripts."""


def taken_in(path: str, data: bytes, files: Files) -> list[str]:
    """The files that are parts of the manuscript at ``path``, named as it is; none where it cannot be read."""
    known = _TAKE_IN.get(detect_format(path, data))
    if known is None:
        return []
    module, function = known.split(":")
    try:
        found: list[str] = getattr(import_module(f"refaudit.readers.{module}"), function)(path, data, files)
    except InputError:
        return []
    return found


def _refuse_other(path: str, data: bytes) -> None:
    """What would be read as text though it is markup of a kind that no reader knows."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<?xml"):
        known = "JATS, BITS, TEI, HTML, OpenDocument and EndNote are"
        raise InputError(f"{path}: is XML of a kind that is not read ({known}); export it as one of these")


__all__ = ["NO_FILES", "READERS", "SUFFIXES", "Files", "detect_format", "read", "taken_in"]
