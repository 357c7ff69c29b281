"""The running text of a manuscript cut into blocks and runs, with every cited work as an anchor."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from refaudit.model import BlockKind, Document, FileReport, Link, LinkStatus, MarkKind, Span, Unit
from refaudit.report.escape import visible

STATES = (LinkStatus.MISSING, LinkStatus.AMBIGUOUS, LinkStatus.PROBABLE, LinkStatus.EXACT)
"""From what needs the eye most to what needs it least."""
SIGNS = {LinkStatus.EXACT: "✓", LinkStatus.PROBABLE: "≈", LinkStatus.AMBIGUOUS: "?", LinkStatus.MISSING: "✗"}
_TAGS = {MarkKind.ITALIC: "i", MarkKind.BOLD: "b", MarkKind.SUPERSCRIPT: "sup"}
# a blank line, or the end of a line before a bullet or a number
_BREAK = re.compile(r"\r?\n(?:[ \t\f]*\r?\n)+|\r?\n(?=[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t])")
_STRUCTURE = frozenset({BlockKind.HEADING, BlockKind.ITEM, BlockKind.TABLE, BlockKind.FOOTNOTE, BlockKind.CODE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one typeface; ``tag`` is "i", "b", "sup" or ""."""

    text: str
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Runs of plain text, or of one cited work (``status`` is set): ``id`` stands on the first piece of a citation."""

    runs: tuple[Run, ...]
    status: LinkStatus | None = None
    id: str = ""
    citation: str = ""
    references: tuple[str, ...] = ()
    reasons: str = ""

    @property
    def sign(self) -> str:
        """The state as a character."""
        return SIGNS[self.status] if self.status else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block: ``kind`` of the model, or "list" for the place where the reference list stands."""

    kind: str
    level: int = 0
    place: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchor:
    span: Span
    citation: str
    first: bool
    links: list[Link] = field(default_factory=list)


def _anchors(file: FileReport) -> list[_Anchor]:
    """One anchor a printed stretch: items that share it (a range of numbers) share the anchor."""
    links = {(link.citation, link.item): link for link in file.links}
    found: list[_Anchor] = []
    for citation in file.citations:
        by_span: dict[Span, _Anchor] = {}
        for index, item in enumerate(citation.items):
            span = item.span if citation.span.start <= item.span.start < item.span.end <= citation.span.end else citation.span
            anchor = by_span.setdefault(span, _Anchor(span=span, citation=citation.id, first=not by_span))
            if (link := links.get((citation.id, index))) is not None:
                anchor.links.append(link)
        found += by_span.values()
    found.sort(key=lambda anchor: (anchor.span.start, -anchor.span.end))
    kept: list[_Anchor] = []
    for anchor in found:  # anchors cannot overlap: the first and longer one stays
        if not kept or anchor.span.start >= kept[-1].span.end:
            kept.append(anchor)
    return kept


def paragraphs(file: FileReport) -> Iterator[Paragraph]:
    """The manuscript in order, without the entries of its list (they stand beside it)."""
    document = file.document
    if document is None:
        return
    anchors = _anchors(file)
    starts = [anchor.span.start for anchor in anchors]

    def cites(span: Span) -> bool:
        at = bisect.bisect_left(starts, span.start)
        return at < len(starts) and starts[at] < span.end

    entries = sorted(reference.span for reference in file.references if not cites(reference.span))
    marks = sorted((mark.span.start, mark.span.end, mark.kind) for mark in document.marks if mark.kind in _TAGS)
    in_list = False
    last_place = ""
    last: Paragraph | None = None
    for kind, level, span in _blocks(document):
        rest = list(_without(span, entries))
        if not any(document.text[part.start : part.end].strip(" \t\r\n-*•·.[]()0123456789") for part in rest):
            if rest != [span]:
                if not in_list:
                    if last is not None:
                        yield last
                    last = Paragraph(kind="list")
                in_list = True
            continue
        in_list = False
        pieces = tuple(piece for part in rest for piece in _pieces(document, part, anchors, starts, marks))
        place = _place(document, span)
        if last is not None and _goes_on(last, kind, pieces):
            last = replace(last, pieces=(*last.pieces, Piece(runs=(Run(text=" "),)), *pieces))
        else:
            if last is not None:
                yield last
            last = Paragraph(kind=kind, level=level, place=place if place != last_place else "", pieces=pieces)
        last_place = place
    if last is not None:
        yield last


def _goes_on(before: Paragraph, kind: str, pieces: tuple[Piece, ...]) -> bool:
    """Whether a paragraph is the rest of the one before: converted files break paragraphs at every line or page."""
    if before.kind != kind or kind != BlockKind.PARAGRAPH or not before.pieces or not pieces:
        return False
    end = before.pieces[-1].runs[-1].text.rstrip() if before.pieces[-1].runs else ""
    start = pieces[0].runs[0].text.lstrip() if pieces[0].runs else ""
    return bool(end) and start[:1].islower() and (end[-1].isalnum() or end[-1] in ",;–-’)")


def _place(document: Document, span: Span) -> str:
    location = document.locate(span)
    if document.sources and document.sources[0].unit is Unit.PAGE:
        return f"p. {location.page}"
    return str(location.line or location.paragraph or "")


def _blocks(document: Document) -> Iterator[tuple[str, int, Span]]:
    """The blocks in order, and what lies between them as paragraphs."""
    at = 0
    for block in sorted(document.blocks, key=lambda b: (b.span.start, -b.span.end)):
        if block.span.start < at:
            continue
        if document.text[at : block.span.start].strip(" \t\r\n\f#*_-+>|=`"):
            yield from _split(document.text, Span(at, block.span.start))
        if block.kind is not BlockKind.FURNITURE:
            kind = block.kind if block.kind in _STRUCTURE else BlockKind.PARAGRAPH
            if kind is BlockKind.PARAGRAPH:
                yield from _split(document.text, block.span)
            else:
                yield kind.value, block.level, block.span
        at = block.span.end
    if document.text[at:].strip():
        yield from _split(document.text, Span(at, len(document.text)))


def _split(text: str, span: Span) -> Iterator[tuple[str, int, Span]]:
    """Paragraphs end at blank lines and before a line that begins a list item."""
    at = span.start
    for match in _BREAK.finditer(text, span.start, span.end):
        if text[at : match.start()].strip():
            yield BlockKind.PARAGRAPH.value, 0, Span(at, match.start())
        at = match.end()
    if text[at : span.end].strip():
        yield BlockKind.PARAGRAPH.value, 0, Span(at, span.end)


def _without(span: Span, holes: list[Span]) -> Iterator[Span]:
    """What remains of ``span`` outside the sorted ``holes``."""
    at = span.start
    first = bisect.bisect_left(holes, Span(span.start, span.start))
    for index in range(max(0, first - 1), len(holes)):
        hole = holes[index]
        if hole.start >= span.end:
            break
        if hole.end <= at:
            continue
        if hole.start > at:
            yield Span(at, hole.start)
        at = hole.end
    if at < span.end:
        yield Span(at, span.end)


def _pieces(
    document: Document, span: Span, anchors: list[_Anchor], starts: list[int], marks: list[tuple[int, int, MarkKind]]
) -> Iterator[Piece]:
    at = span.start
    for index in range(bisect.bisect_left(starts, span.start), len(anchors)):
        anchor = anchors[index]
        if anchor.span.start >= span.end:
            break
        if anchor.span.start > at:
            yield Piece(runs=tuple(_runs(document.text, Span(at, anchor.span.start), marks)))
        at = min(anchor.span.end, span.end)
        known = [link.status for link in anchor.links] or [LinkStatus.MISSING]
        yield Piece(
            runs=tuple(_runs(document.text, Span(anchor.span.start, at), marks)),
            status=min(known, key=STATES.index),
            id=anchor.citation if anchor.first else "",
            citation=anchor.citation,
            references=tuple(dict.fromkeys(r for link in anchor.links for r in link.references)),
            reasons="; ".join(dict.fromkeys(reason for link in anchor.links for reason in link.reasons)),
        )
    if at < span.end:
        yield Piece(runs=tuple(_runs(document.text, Span(at, span.end), marks)))


def _runs(text: str, span: Span, marks: list[tuple[int, int, MarkKind]]) -> Iterator[Run]:
    at = span.start
    first = bisect.bisect_left(marks, (span.start, 0, MarkKind.BOLD))
    for begin, stop, kind in _overlapping(marks, max(0, first - 2), span):
        start, end = max(begin, at), min(stop, span.end)
        if end <= start:
            continue
        if start > at:
            yield Run(text=visible(text[at:start]))
        yield Run(text=visible(text[start:end]), tag=_TAGS[kind])
        at = end
    if at < span.end:
        yield Run(text=visible(text[at : span.end]))


def _overlapping(marks: list[tuple[int, int, MarkKind]], first: int, span: Span) -> Iterable[tuple[int, int, MarkKind]]:
    for index in range(first, len(marks)):  # no slices: a manuscript may have thousands of marks in as many blocks
        mark = marks[index]
        if mark[0] >= span.end:
            return
        yield mark
