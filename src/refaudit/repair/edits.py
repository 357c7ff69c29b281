"""What the makers of repairs share: the texts that may be edited, where things stand in them, and edits applied to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from textwrap import shorten

from refaudit.model import CitedItem, Document, Edit, FileReport, Finding, Reference, Repair, Unit

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".qmd", ".rmd", ".tex", ".ltx", ".latex", ".bib", ".bibtex"})
TEX = frozenset({".tex", ".ltx", ".latex"})

Texts = Mapping[str, str]
"""Path of a file to its decoded text, without byte order mark and without newline translation."""

_BLANK = re.compile(r"[ \t]*(?:\r?\n[ \t]*){0,3}")


def texts(reports: Iterable[FileReport]) -> dict[str, str]:
    """The texts behind papers that may be edited."""
    return {
        source.path: source.text
        for report in reports
        if report.document is not None
        for source in report.document.sources
        if source.unit is Unit.LINE and PurePath(source.path).suffix.lower() in SUFFIXES
    }


def stretch(document: Document, reference: Reference) -> tuple[str, int, int]:
    """Where an entry stands in its source: path, start, end."""
    place = document.locate(reference.span)
    return place.path, place.start, place.end


def name(reference: Reference) -> str:
    """An entry in a few words."""
    return reference.key or shorten(reference.raw, 48, placeholder=" …")


def opened(report: FileReport, *codes: str) -> Iterator[Finding]:
    """The findings of some rules that nobody set aside."""
    return (finding for finding in report.findings if finding.code in codes and finding.suppressed is None)


def newline(text: str) -> str:
    """How a file ends its lines."""
    return "\r\n" if "\r\n" in text else "\n"


def past(text: str, end: int) -> int:
    """Behind the blank lines that follow an entry."""
    match = _BLANK.match(text, end)
    return match.end() if match else end


def after_year(document: Document, item: CitedItem, where: Texts) -> tuple[str, int] | None:
    """The file and the offset behind the year and letter that a cited item prints; None where it cannot be told."""
    place = document.locate(item.span)
    printed = where.get(place.path, "")[place.start : place.end]
    locator = printed.rfind(item.locator) if item.locator else -1
    at = printed.rfind(str(item.year), 0, locator if locator > 0 else len(printed))
    return (place.path, place.start + at + len(str(item.year))) if at >= 0 else None


def edited(before: Texts, repairs: Sequence[Repair]) -> dict[str, str]:
    """The texts after the repairs; a file that is not there begins empty. Raises ValueError where two repairs overlap."""
    edits: dict[str, set[Edit]] = {}
    for repair in repairs:
        for edit in repair.edits:
            edits.setdefault(edit.path, set()).add(edit)
    result = dict(before)
    for path, own in edits.items():
        text = result.get(path, "")
        last = len(text) + 1
        for edit in sorted(own, key=lambda e: (e.start, e.end), reverse=True):
            if edit.end > last or (edit.end == last and edit.start == edit.end):
                raise ValueError(f"two repairs touch {path}:{edit.start}")
            text = text[: edit.start] + edit.text + text[edit.end :]
            last = edit.start
        result[path] = text
    return result
