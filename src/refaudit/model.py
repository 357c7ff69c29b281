"""The vocabulary: every frozen value that crosses a module border.

Data flows forward only: ``Document`` -> ``Citation`` and ``Reference`` -> ``Link`` -> ``Lookup`` ->
``Finding`` -> ``Report``. This module imports nothing of ours. All offsets (``Span``) count characters of
``Document.text``; ``Document.locate`` turns them into a ``Location`` in the file the user has.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from pandas import DataFrame

T = TypeVar("T")


# ------------------------------------------------------------------ places


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of characters, 0-based."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file as a person finds it.

    ``start``/``end`` are 0-based character offsets into the source (see DESIGN of the JSON report), ``line`` and
    ``column`` count from 1, ``page`` and ``paragraph`` stand where the format has them instead of lines.
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


class Unit(StrEnum):
    """What a source counts its places in."""

    LINE = "line"
    PAGE = "page"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file behind a document: the text that reported offsets refer to.

    For text formats it is the decoded file without BOM and without newline translation; for DOCX, ODT and PDF
    the extracted text. ``breaks`` holds the offsets at which page or paragraph 1, 2, ... begin (empty for lines).
    """

    path: str
    text: str
    unit: Unit = Unit.LINE
    breaks: tuple[int, ...] = ()

    @cached_property
    def _lines(self) -> list[int]:
        starts = [0]
        text, at = self.text, 0
        while True:
            newline, carriage = text.find("\n", at), text.find("\r", at)
            if newline < 0 and carriage < 0:
                return starts
            if carriage < 0 or 0 <= newline < carriage:
                at = newline + 1
            else:
                at = carriage + (2 if newline == carriage + 1 else 1)
            starts.append(at)

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
        return Location(path=self.path, start=start, end=end, paragraph=number)


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
    list then may well be there.
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

    def locate(self, span: Span) -> Location:
        """The place in the user's file of a stretch of ``text``."""
        if not self.pieces:
            return self.sources[0].location(0, 0)
        first, start = self._to_source(span.start, end=False)
        last, end = self._to_source(span.end, end=True)
        if span.end <= span.start or last != first or end < start:
            end = start
        return self.sources[first].location(start, end)


# ------------------------------------------------------------------ parsed values


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed(Generic[T]):
    """A field as read: ``value`` is None where ``raw`` could not be understood; nothing is ever dropped.

    ``span`` counts characters of ``Reference.raw`` (None for fields of structured sources); ``confidence`` is 0-1.
    """

    value: T | None
    raw: str
    span: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person (``family`` with optional ``given``, ``particle``, ``suffix``) or an organisation (``literal``)."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year as printed: number and letter ("2019a"), or words ("in press", "n.d.") in ``text``; month and day 1-based."""

    number: int | None = None
    letter: str = ""
    text: str = ""
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return f"{self.number}{self.letter}" if self.number is not None else self.text + self.letter


# ------------------------------------------------------------------ citations and references


class System(StrEnum):
    """How a text cites."""

    AUTHOR_DATE = "author-date"
    NUMERIC = "numeric"
    KEY = "key"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedItem:
    """One work named by a citation: names and year, or a printed ``label``, or a source ``key``.

    ``confidence`` (0-1) says how sure it is that this is a citation at all.
    """

    span: Span
    names: tuple[Name, ...] = ()
    et_al: bool = False
    year: Year | None = None
    label: str | None = None
    key: str | None = None
    title: str = ""
    locator: str = ""
    prefix: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One bracket or one narrative mention. The span leaves out the outer brackets; ``flaw`` names a printed defect."""

    id: str
    span: Span
    text: str
    system: System
    items: tuple[CitedItem, ...]
    flaw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of the list. ``raw`` is its text with line and page breaks joined; ``parts`` where its pieces stand.

    ``parts`` pairs an offset of ``raw`` with the span of ``Document.text`` that begins there. ``et_al`` says that the
    printed author list is cut. ``cited_only`` marks an entry of a shared database that is audited only when cited.
    """

    id: str
    span: Span
    raw: str
    parts: tuple[tuple[int, Span], ...] = ()
    label: str | None = None
    key: str | None = None
    broken: str = ""
    type: Parsed[str] | None = None
    authors: Parsed[tuple[Name, ...]] | None = None
    editors: Parsed[tuple[Name, ...]] | None = None
    year: Parsed[Year] | None = None
    title: Parsed[str] | None = None
    container: Parsed[str] | None = None
    volume: Parsed[str] | None = None
    issue: Parsed[str] | None = None
    pages: Parsed[str] | None = None
    publisher: Parsed[str] | None = None
    place: Parsed[str] | None = None
    edition: Parsed[str] | None = None
    doi: Parsed[str] | None = None
    arxiv: Parsed[str] | None = None
    pmid: Parsed[str] | None = None
    pmcid: Parsed[str] | None = None
    isbn: Parsed[str] | None = None
    issn: Parsed[str] | None = None
    url: Parsed[str] | None = None
    accessed: Parsed[str] | None = None
    et_al: bool = False
    style: str = ""
    cited_only: bool = False

    def place_of(self, span: Span) -> Span:
        """The stretch of ``Document.text`` behind a stretch of ``raw`` (the whole entry where it is not known)."""
        if not self.parts:
            return self.span
        starts = [at for at, _ in self.parts]
        first = max(0, bisect.bisect_right(starts, span.start) - 1)
        last = max(first, bisect.bisect_left(starts, span.end) - 1)
        at, place = self.parts[first]
        start = min(place.start + span.start - at, place.end)
        at, place = self.parts[last]
        return Span(start, max(start, min(place.start + span.end - at, place.end)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStyle:
    """The citation style family of a list ("" when none is sure), as ``Reference.style`` is that of an entry.

    ``share`` (0-1) is the part of the entries that show a style which follows it, ``entries`` how many do show one;
    ``reasons`` are the printed forms, in words, that speak for the family.
    """

    family: str = ""
    share: float = 0.0
    entries: int = 0
    reasons: tuple[str, ...] = ()


class LinkStatus(StrEnum):
    """How a cited item stands to the list."""

    EXACT = "exact"
    PROBABLE = "probable"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


class Difference(StrEnum):
    """What keeps a missing item from its nearest entry."""

    YEAR = "year"
    AUTHOR = "author"
    LETTER = "letter"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Item ``item`` of citation ``citation`` and the entries it reaches (none when missing, all candidates when ambiguous).

    ``nearest`` names the entries that differ from the item only in ``difference`` (best first); ``score`` is 0-1.
    """

    citation: str
    item: int
    status: LinkStatus
    references: tuple[str, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    difference: Difference = Difference.NONE


# ------------------------------------------------------------------ registries


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A notice about a work: ``kind`` is folded ("retraction", "expression-of-concern", "correction", ...)."""

    kind: str
    doi: str = ""
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A registry's description of a work. ``years`` holds every year the registry gives (issued, print, online).

    ``other_titles`` holds its titles in other languages and short forms; ``aliases`` DOIs that lead to the same record.
    """

    source: str
    doi: str = ""
    type: str = ""
    title: str = ""
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    years: tuple[int, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    publisher: str = ""
    isbns: tuple[str, ...] = ()
    url: str = ""
    updated_by: tuple[Update, ...] = ()
    update_to: tuple[Update, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    retrieved_at: str = ""


class LookupStatus(StrEnum):
    """What asking the registries gave. Only the first three say something about the reference."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not_found"
    NOT_COVERED = "not_covered"
    UNAVAILABLE = "unavailable"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A record beside a reference: ``score`` 0-1 and the named scores it is made of."""

    record: Record
    score: float
    scores: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The answer for one reference.

    ``by`` says how the record was reached ("doi", "search"); ``doi_registered`` is False only when the DOI system
    itself says that the printed DOI does not exist, None when it was not asked or did not answer; ``asked`` names the
    sources; ``detail`` says in words why there is no answer; ``updates`` are the notices about the cited work (retraction,
    concern, correction) that stand after weighing all sources.
    """

    reference: str
    status: LookupStatus
    candidates: tuple[Candidate, ...] = ()
    by: str = ""
    doi_registered: bool | None = None
    doi_record: Record | None = None
    asked: tuple[str, ...] = ()
    detail: str = ""
    updates: tuple[Update, ...] = ()

    @property
    def record(self) -> Record | None:
        """The accepted record, when there is exactly one."""
        return self.candidates[0].record if self.status is LookupStatus.FOUND and self.candidates else None


# ------------------------------------------------------------------ findings


class Level(StrEnum):
    """How bad a finding is if true."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for error, 1 for warning, 2 for note."""
        return ("error", "warning", "note").index(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One row of proof: what the manuscript says beside what the registry (or the other place) says."""

    field: str
    cited: str
    registered: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One defect. ``location`` is its first place, ``related`` the others; ``absorbed`` the codes it explains."""

    code: str
    name: str
    level: Level
    confidence: float
    message: str
    location: Location
    span: Span | None = None
    related: tuple[Location, ...] = ()
    citations: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    advice: str = ""
    fingerprint: str = ""
    absorbed: tuple[str, ...] = ()
    suppressed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """What a comment in a manuscript sets aside: findings of ``codes`` that begin in ``[covers)`` of the file at ``place``.

    ``covers`` counts characters like ``Location``; None stands for the whole file. ``text`` is the comment's own words.
    """

    codes: tuple[str, ...]
    reason: str
    place: Location
    covers: Span | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """``[start, end)`` of the file ``path`` becomes ``text``; offsets count characters like ``Location``."""

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Edits that belong together, and why. ``code`` and ``fingerprint`` name the finding they mend ("" where there is none)."""

    kind: str
    what: str
    edits: tuple[Edit, ...]
    code: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """The audit of one input. ``error`` is set, and everything else empty, when the file could not be read.

    ``repairs`` holds the safe repairs, where somebody asked for them.
    """

    path: str
    format: str = ""
    error: str | None = None
    document: Document | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    style: ListStyle = ListStyle()
    links: tuple[Link, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    findings: tuple[Finding, ...] = ()
    notices: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything one run found. ``skipped_rules`` pairs a code with the reason it did not run."""

    schema: int
    tool: str
    version: str
    options: Mapping[str, object]
    files: tuple[FileReport, ...]
    skipped_rules: tuple[tuple[str, str], ...] = ()
    skipped_files: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings that are shown: not suppressed, at or above the confidence asked for."""
        least = float(str(self.options.get("min_confidence", 0.5)))
        return tuple(f for file in self.files for f in file.findings if f.suppressed is None and f.confidence >= least)

    def to_frames(self) -> dict[str, DataFrame]:
        """``findings``, ``citations`` (one row a cited work), ``references`` and ``files`` as pandas frames, values as read."""
        from importlib import import_module  # tables need pandas, and this module imports nothing of ours

        frames: dict[str, DataFrame] = import_module("refaudit.report.tables").frames(self)
        return frames
