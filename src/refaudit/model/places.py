"""Places: stretches of text, and where they stand in the files that a person has."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of characters, 0-based."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file as a person finds it.

    ``start``/``end`` are 0-based character offsets into the source (see DESIGN of the JSON report), ``line`` and
    ``column`` count from 1, ``page`` and ``paragraph`` stand where the format has them instead of lines; a paragraph of a
    Word file also has the page on which Word last showed it, where the file says so. ``heading`` and ``words`` are what a
    person looks for where lines cannot be counted: the nearest heading above, and the first words of the place.
    """

    path: str
    start: int
    end: int
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    page: int | None = None
    paragraph: int | None = None
    heading: str = ""
    words: str = ""


class Unit(StrEnum):
    """What a source counts its places in."""

    LINE = "line"
    PAGE = "page"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file behind a document: the text that reported offsets refer to.

    For text formats it is the decoded file without BOM and without newline translation; for DOCX, ODT and PDF
    the extracted text. ``breaks`` holds the offsets at which page or paragraph 1, 2, ... begin (empty for lines), ``pages``
    those at which page 2, 3, ... of a file that counts paragraphs begin, where it tells them.
    """

    path: str
    text: str
    unit: Unit = Unit.LINE
    breaks: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def location(self, start: int, end: int) -> Location:
        """The place of ``[start, end)``; lines end only at ``\\n``, ``\\r\\n`` and ``\\r``."""
        if self.unit is Unit.LINE:
            first = bisect.bisect_right(self._lines, start)
            last = bisect.bisect_right(self._lines, end)
            return Location(
                path=self.path,
                start=start,
                end=end,
                line=first,
                column=start - self._lines[first - 1] + 1,
                end_line=last,
                end_column=end - self._lines[last - 1] + 1,
            )
        number = max(1, bisect.bisect_right(self.breaks, start))
        if self.unit is Unit.PAGE:
            return Location(path=self.path, start=start, end=end, page=number)
        page = bisect.bisect_right(self.pages, start) + 1 if self.pages else None
        return Location(path=self.path, start=start, end=end, page=page, paragraph=number)


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of an offset map: ``[at, next.at)`` of the text stands at ``start`` of a source.

    ``length`` is the length in the source; it differs from the length in the text where the reader replaced
    markup (``\\"u`` read as ``ü``), and then the whole stretch maps to the whole stretch.
    """

    at: int
    start: int
    length: int
    source: int = 0
