"""Building documents of formats whose positions count paragraphs of the extracted text (DOCX, ODT)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from refaudit import text as folding
from refaudit.model import (
    Block,
    BlockKind,
    Citation,
    CitedItem,
    Document,
    Mark,
    MarkKind,
    Piece,
    Problem,
    Reference,
    Source,
    Span,
    System,
    Unit,
)
from refaudit.parse.label import label_of
from refaudit.parse.years import NUMBER
from refaudit.readers.word.citation_fields import Work
from refaudit.readers.word.package_xml import Element

_BRACKETS = {"(": ")", "[": "]"}
_NUMBERS = re.compile(r"[\d\s,;–—-]+")
_YEAR = re.compile(rf"\b{NUMBER}[a-z]?\b")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where ``[at, at + length)`` of the extracted text comes from: an element of the file, and what calls the note it is in."""

    at: int
    length: int
    element: Element
    caller: Element | None = None


class Extract:
    """Extracted text under construction, with its blocks, marks and citation fields.

    ``origins`` is a list to be filled for those who write into the file again, None for all others.
    """

    def __init__(self, path: str, format_: str, origins: list[Origin] | None = None) -> None:
        """Nothing extracted yet."""
        self.origins = origins
        self.caller: Element | None = None
        self.path = path
        self.format = format_
        self.at = 0
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._breaks: list[int] = []
        self._pages: list[int] = []
        self._open: tuple[BlockKind, int, str, int] | None = None
        self._cites: list[tuple[int, int, tuple[Work, ...]]] = []
        self._lists: list[tuple[int, int]] = []
        self.problems: list[Problem] = []

    def open(self, kind: BlockKind, *, level: int = 0, label: str = "") -> None:
        """Begin a block: a paragraph of its own."""
        self.close()
        if self.at:
            self._parts.append("\n\n")
            self.at += 2
        self._breaks.append(self.at)
        self._open = (kind, level, label, self.at)

    def close(self) -> None:
        """End the open block. One without text leaves nothing behind, not even a paragraph number."""
        if self._open is None:
            return
        kind, level, label, start = self._open
        self._open = None
        if start == self.at:
            self._breaks.pop()
            if self.at:
                self._parts.pop()
                self.at -= 2
            return
        self._blocks.append(Block(kind=kind, span=Span(start, self.at), level=level, label=label))

    def put(self, text: str, origin: Element | None = None) -> None:
        """Write text into the open block; ``origin`` is the element that holds it, character for character."""
        if text:
            if self._open is None:
                self.open(BlockKind.PARAGRAPH)
            if self.origins is not None and origin is not None:
                self.origins.append(Origin(self.at, len(text), origin, self.caller))
            self._parts.append(text)
            self.at += len(text)

    def mark(self, kind: MarkKind, start: int, target: str = "") -> None:
        """Mark what was written since ``start``; runs of one kind that touch become one."""
        if self.at <= start:
            return
        last = self._marks[-1] if self._marks else None
        if last and last.kind is kind and last.span.end == start and last.target == target:
            self._marks[-1] = Mark(kind=kind, span=Span(last.span.start, self.at), target=target)
        else:
            self._marks.append(Mark(kind=kind, span=Span(start, self.at), target=target))

    def note(self, label: str) -> None:
        """A note is called here; its sign is no running text."""
        self._marks.append(Mark(kind=MarkKind.NOTE, span=Span(self.at, self.at), target=label))

    def page(self) -> None:
        """A page began here when the file was last shown."""
        self._pages.append(self.at)

    def cite(self, start: int, works: tuple[Work, ...]) -> None:
        """What was written since ``start`` is the printed form of a citation field."""
        self._cites.append((start, self.at, works))

    def listed(self, start: int) -> None:
        """What was written since ``start`` is the list of references that a field prints."""
        self._lists.append((start, self.at))

    def document(self) -> Document:
        """Everything that was extracted."""
        self.close()
        text = "".join(self._parts)
        works = {work.key: work.reference for _, _, cited in self._cites for work in cited}
        references = _printed(text, self._blocks, self._lists, works)
        printed = {reference.key for reference in references}
        return Document(
            path=self.path,
            format=self.format,
            text=text,
            sources=(
                Source(path=self.path, text=text, unit=Unit.PARAGRAPH, breaks=tuple(self._breaks), pages=tuple(self._pages)),
            ),
            pieces=(Piece(0, 0, len(text)),),
            blocks=tuple(self._blocks),
            marks=tuple(sorted(self._marks, key=lambda mark: mark.span)),
            problems=tuple(self.problems),
            citations=tuple(
                citation
                for number, cite in enumerate(self._cites, 1)
                if (citation := _citation(text, number, cite, printed)) is not None
            ),
            references=references,
            list_given=bool(references),
        )


def _citation(
    text: str, number: int, cite: tuple[int, int, tuple[Work, ...]], printed: Collection[str | None]
) -> Citation | None:
    """The citation of a field: its printed text without outer brackets, and what the field says it cites.

    Keys lead to the entries of the list that the program printed; for a work that is not among them, and where the
    list was typed, names, year and title find the entry.
    """
    start, end, works = cite
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start >= 2 and _BRACKETS.get(text[start]) == text[end - 1] and text.find(text[end - 1], start, end) == end - 1:
        start, end = start + 1, end - 1
    if start >= end:
        return None
    shown = text[start:end]
    system = System.NUMERIC if _NUMBERS.fullmatch(shown) else System.AUTHOR_DATE if _YEAR.search(shown) else System.KEY
    span = Span(start, end)
    items = tuple(
        CitedItem(
            span=span,
            key=work.key if work.key in printed else None,
            names=(work.reference.authors.value or ()) if work.reference.authors else (),
            year=work.reference.year.value if work.reference.year else None,
            title=(work.reference.title.value or "") if work.reference.title else "",
            prefix=work.prefix,
            locator=work.locator,
        )
        for work in works
    )
    return Citation(id=f"g{number}", span=span, text=shown, system=system, items=items)


def _printed(
    text: str, blocks: Sequence[Block], lists: Sequence[tuple[int, int]], works: Mapping[str, Reference]
) -> tuple[Reference, ...]:
    """The printed entries inside bibliography fields, each with the key of the work whose data it shows."""
    entries = [
        block.span
        for block in blocks
        if block.kind is not BlockKind.HEADING and any(first <= block.span.start < last for first, last in lists)
    ]
    keys = _paired([text[span.start : span.end] for span in entries], works)
    references: list[Reference] = []
    for number, span in enumerate(entries):
        raw = text[span.start : span.end]
        label = label_of(raw.lstrip())
        references.append(
            Reference(
                id=f"g{number + 1}",
                span=span,
                raw=raw,
                parts=((0, span),),
                key=keys.get(number),
                label=label[1] if label and label[1].isdecimal() else None,
            )
        )
    return tuple(references)


def _paired(entries: Sequence[str], works: Mapping[str, Reference]) -> dict[int, str]:
    """Which work's data each printed entry shows, one entry a work: the surest pairs first, of equal ones the first cited.

    Titles that stand in an entry letter for letter go before those that nearly do.
    """
    shown = {number: folding.letters(raw) for number, raw in enumerate(entries)}
    pairs: dict[int, str] = {}
    for likeness in (_contained, _alike):
        left = [(place, key, work) for place, (key, work) in enumerate(works.items()) if key not in pairs.values()]
        scored = sorted(
            (-score, number, place, key)
            for place, key, work in left
            for number, letters in shown.items()
            if number not in pairs and (score := likeness(entries[number], letters, work)) > 0
        )
        taken: set[str] = set()
        for _, number, _, key in scored:
            if number not in pairs and key not in taken:
                pairs[number] = key
                taken.add(key)
    return pairs


def _contained(raw: str, letters: str, work: Reference) -> float:
    """How surely an entry shows a work whose title stands in it: of titles that all do, the longest is its own; 0 for no."""
    title = folding.letters(work.title.value or "") if work.title else ""
    return len(title) + 10 * _near(raw, letters, work) if len(title) >= 8 and title in letters else 0.0


def _alike(raw: str, letters: str, work: Reference) -> float:
    """How surely an entry shows a work whose title nearly stands in it, or else its first author and year; 0 for no."""
    title = folding.letters(work.title.value or "") if work.title else ""
    found = fuzz.partial_ratio(title, letters, score_cutoff=85) / 100 if len(title) >= 8 else 0.0
    near = _near(raw, letters, work)
    return found + near * 0.3 if found or near == 2 else 0.0


def _near(raw: str, letters: str, work: Reference) -> int:
    """How many of a work's first author and year stand in an entry."""
    author = (work.authors.value or (None,))[0] if work.authors else None
    family = folding.letters((author.family or author.literal) if author else "")
    year = work.year.value if work.year else None
    return (bool(family) and family in letters[:200]) + (year is not None and year.number is not None and str(year.number) in raw)
