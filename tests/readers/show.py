"""Documents in a form that tests compare whole."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from refaudit.model import Document, Reference
from refaudit.readers import read
from refaudit.readers.project_files import NO_FILES, Files


def document(source: str | bytes, path: str = "paper.md", files: Files = NO_FILES, **options: str) -> Document:
    data = source.encode() if isinstance(source, str) else source
    return read(path, data, files=files, **options)


def project(folder: Path, main: str, **parts: str) -> Document:
    """Write files named with ``_dot_`` for a point and ``__`` for a slash, and read the main one."""
    for name, text in parts.items():
        path = folder / name.replace("_dot_", ".").replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    path = folder / main
    return read(str(path), path.read_bytes(), files=Files.beside(path))


def cited(document: Document) -> list[tuple[str, list[str | None]]]:
    """Printed text and keys of each citation."""
    assert all(document.text[one.span.start : one.span.end] == one.text.replace("\n", " ") for one in document.citations)
    return [(one.text, [item.key for item in one.items]) for one in document.citations]


def source_of(document: Document, start: int, end: int) -> str:
    """The stretch of the user's file behind a stretch of the text."""
    from refaudit.model import Span

    place = document.locate(Span(start, end))
    source = next(one for one in document.sources if one.path == place.path)
    return source.text[place.start : place.end]


def fields(reference: Reference) -> dict[str, object]:
    """The fields of an entry as plain values."""
    found: dict[str, object] = {"key": reference.key}
    for name in ("type", "title", "container", "volume", "issue", "pages", "publisher", "place", "edition", "doi", "arxiv", "pmid", "pmcid",
                 "isbn", "issn", "url", "accessed"):  # fmt: skip
        value = getattr(reference, name)
        if value is not None:
            found[name] = value.value
    if reference.year:
        found["year"] = str(reference.year.value)
    for role in ("authors", "editors"):
        people = getattr(reference, role)
        if people:
            found[role] = [
                one.literal or " ".join(filter(None, (one.particle, one.family + ",", one.given, one.suffix))).rstrip(",")
                for one in people.value
            ]
    if reference.et_al:
        found["et_al"] = True
    return found


def zipped(**members: str | bytes) -> bytes:
    """A zip container; names with ``_dot_`` for a point and ``__`` for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_dot_", ".").replace("__", "/"), content)
    return stream.getvalue()
