"""What a comment says of a finding, and which words it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from refaudit.model import SEARCH, Evidence, FileReport, Finding, Span
from refaudit.report.escape import one_line, shorten

_LONGEST = 400
"""Characters of one value of the evidence; a list of authors may be a page long."""
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """``paragraphs`` of plain text about ``span`` of the extracted text (None: about the file), and what a person noted."""

    span: Span | None
    paragraphs: tuple[str, ...]
    note: str = ""


def comments(file: FileReport, findings: Iterable[Finding], notes: Mapping[tuple[str, str], str]) -> tuple[Comment, ...]:
    """A comment a finding, in the order of the text; what is about the whole file comes first."""
    length = len(file.document.text) if file.document else 0
    found = [
        Comment(
            span=_within(one.span, length),
            paragraphs=_paragraphs(one),
            note=one_line(notes.get((one.code, one.fingerprint), "")),
        )
        for one in findings
    ]
    return tuple(sorted(found, key=lambda one: (one.span is not None, one.span or Span(0, 0))))


def _within(span: Span | None, length: int) -> Span | None:
    return span if span is not None and 0 <= span.start < span.end <= length else None


def _paragraphs(finding: Finding) -> tuple[str, ...]:
    rows = [_row(row) for row in finding.evidence if row.field != SEARCH][:_MOST_ROWS]
    advice = [one_line(part) for part in finding.advice.split("\n\n")[:1] if part]
    return (one_line(finding.message), *rows, *advice, f"{finding.code} {finding.name}")


def _row(row: Evidence) -> str:
    values: Sequence[tuple[str, str]] = (("here", row.cited), (row.source or "record", row.registered))
    said = "; ".join(f"{who}: {shorten(what, _LONGEST)}" for who, what in values if what)
    return f"{one_line(row.field)} – {said}" + (f" ({shorten(row.url, _LONGEST)})" if row.url else "")
