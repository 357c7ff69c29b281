"""A manuscript as a reader sees it."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from refaudit.model.links import Citation
from refaudit.model.places import Location, Piece, Source, Span
from refaudit.model.references import Reference

_HEADING = 80  # characters of a heading that are told
_WORDS = 48  # characters of a place that are told to be searched for


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    FOOTNOTE = "footnote"
    CODE = "code"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item, table, footnote, code block, or page furniture (running heads, page numbers).

    ``level`` is the heading level (1 is the highest) or 0; ``label`` the printed marker of an item or footnote
    ("[12]", "3.", "-") or "". The span leaves out the marker's own markup but not the label.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    label: str = ""


class MarkKind(StrEnum):
    """What a marked stretch of running text is."""

    SUPERSCRIPT = "superscript"
    ITALIC = "italic"
    BOLD = "bold"
    LINK = "link"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Typography or a link that the reader took out of the text but which carries evidence.

    ``target`` is the address of a link or the label of a note mark.
    """

    kind: MarkKind
    span: Span
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something met while reading that the user should know; reading went on."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A manuscript as a reader sees it.

    ``text`` is the running text with markup taken out; ``pieces`` maps it back to ``sources``. ``citations`` and
    ``references`` hold what the format itself declares (LaTeX keys, JATS ``xref``, .bib entries, citation fields);
    where they are empty, the parser finds them in ``text``. ``list_given`` says that ``references`` is the whole list;
    ``list_unread`` names bibliographies that the manuscript uses and that could not be read: what is not found in the
    list then may well be there. ``is_part`` says that the file is a part of a work that was not given, where the list may be.
    ``keys_fold`` says that keys are compared without regard to case, as BibTeX does.
    """

    path: str
    format: str
    text: str
    sources: tuple[Source, ...]
    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    list_given: bool = False
    list_unread: tuple[str, ...] = ()
    keys_fold: bool = False
    is_part: bool = False

    @cached_property
    def _ats(self) -> list[int]:
        return [piece.at for piece in self.pieces]

    def _to_source(self, offset: int, *, end: bool) -> tuple[int, int]:
        index = max(0, bisect.bisect_right(self._ats, offset - 1 if end and offset > 0 else offset) - 1)
        piece = self.pieces[index]
        following = self.pieces[index + 1].at if index + 1 < len(self.pieces) else len(self.text)
        inside = offset - piece.at
        if following - piece.at != piece.length:  # replaced markup: no finer than the whole
            inside = piece.length if end else 0
        return piece.source, piece.start + min(inside, piece.length)

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        return [
            (block.span.start, " ".join(self.text[block.span.start : block.span.end].split()))
            for block in self.blocks
            if block.kind is BlockKind.HEADING
        ]

    def pointed(self, span: Span) -> Location:
        """The place of a stretch with the nearest heading above it and its first words, where lines cannot be counted."""
        place = self.locate(span)
        if place.line is not None:
            return place
        above = bisect.bisect_right(self._headings, span.start, key=lambda one: one[0]) - 1
        heading = self._headings[above][1] if above >= 0 else ""
        return replace(place, heading=heading[:_HEADING], words=self._first_words(span.start))

    @cached_property
    def _labels(self) -> dict[int, str]:
        return {block.span.start: block.label for block in self.blocks if block.label}

    def _first_words(self, start: int) -> str:
        """Words that a person can search for: of one line, and without the number that a list prints before them."""
        line = self.text[start : start + 2 * _WORDS].split("\n", 1)[0]
        line = line.removeprefix(self._labels.get(start, "")).strip()
        return line if len(line) <= _WORDS else line[:_WORDS].rsplit(" ", 1)[0]

    def locate(self, span: Span) -> Location:
        """The place in the user's file of a stretch of ``text``."""
        if not self.pieces:
            return self.sources[0].location(0, 0)
        first, start = self._to_source(span.start, end=False)
        last, end = self._to_source(span.end, end=True)
        if span.end <= span.start or last != first or end < start:
            end = start
        return self.sources[first].location(start, end)
