"""Entries of the list: their printed text, and each field as it was read."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from refaudit.model.places import Span

T = TypeVar("T")


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

    @property
    def surname(self) -> str:
        """The part by which a text cites the name: particle and family name ("van der Berg"), or the organisation."""
        return self.literal or f"{self.particle} {self.family}".strip()

    def __str__(self) -> str:
        """As lists print it: "van der Berg, Ana"."""
        return self.literal or ", ".join(part for part in (self.surname, self.given) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year as printed: number and letter ("2019a"), or words ("in press", "n.d.") in ``text``; month and day 1-based.

    ``until`` ends a range ("2003-2004"); years before our era are negative.
    """

    number: int | None = None
    letter: str = ""
    text: str = ""
    month: int | None = None
    day: int | None = None
    until: int | None = None

    def __str__(self) -> str:
        if self.number is None:
            return self.text + self.letter
        return f"{self.number}–{self.until}" if self.until else f"{self.number}{self.letter}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of the list. ``raw`` is its text with line and page breaks joined; ``parts`` where its pieces stand.

    ``parts`` pairs an offset of ``raw`` with the span of ``Document.text`` that begins there. ``et_al`` says that the
    printed author list is cut. ``cited_only`` marks an entry of a shared database that is audited only when cited;
    ``identifier_only`` one of which the manuscript gives the identifier alone, from which its program fetches the rest.
    ``aliases`` are other keys by which it may be cited, ``sets`` those of BibLaTeX sets whose member it is: such a key cites all
    members at once. ``slips`` says what the programs misread in the source of an entry of a database, in words, and where in ``raw``.
    ``printed`` is None where ``raw`` is the text as printed; for an entry of a database, whose ``raw`` is its source, it holds the
    decoded values of the fields that styles print, in their order, with their places in ``raw``.
    """

    id: str
    span: Span
    raw: str
    parts: tuple[tuple[int, Span], ...] = ()
    label: str | None = None
    key: str | None = None
    aliases: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    slips: tuple[tuple[str, Span], ...] = ()
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
    identifier_only: bool = False
    printed: tuple[Parsed[str], ...] | None = None

    @property
    def text(self) -> str:
        """What may be judged of the entry: its printed text, or one decoded field a line, never the source of a database."""
        return self.raw if self.printed is None else "\n".join(field.value or "" for field in self.printed)

    def stretch(self, field: Parsed[Any] | None) -> Span | None:
        """Where a field of this entry stands in ``text``, None where that is not known."""
        if field is None or field.span is None or self.printed is None:
            return field.span if field else None
        at = 0
        for one in self.printed:
            if one.span == field.span:
                return Span(at, at + len(one.value or ""))
            at += len(one.value or "") + 1
        return None

    def place_in_text(self, span: Span) -> Span:
        """The stretch of ``Document.text`` behind a stretch of ``text``: as near as the source lets it be told."""
        if self.printed is None:
            return self.place_of(span)
        at = 0
        for one in self.printed:
            value, place = one.value or "", one.span
            if span.start <= at + len(value):
                if place is None:
                    return self.span
                words = value[span.start - at : span.end - at]
                found = self.raw.find(words, place.start, place.end)
                return self.place_of(Span(found, found + len(words)) if found >= 0 else place)
            at += len(value) + 1
        return self.span

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
