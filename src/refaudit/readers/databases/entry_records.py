"""Entries whose format names their fields: plain strings to a ``Reference``, and lists of them as read from one file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from refaudit.model import BlockKind, Document, Name, Parsed, Problem, Reference, Source, Span, Unit, Year
from refaudit.parse.identifiers import bare_doi
from refaudit.parse.years import field_year
from refaudit.readers.document_builder import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The entries of one bibliography file; spans of references count characters of ``text``, problems name their line.

    ``wanted`` holds names that its entries use and that the file itself does not have (keys of ``crossref`` and ``xdata`` entries,
    ``@string`` names, in lower case): another file of the same work may have them; ``offered`` holds the names that it has.
    ``orphans`` says that a ``crossref`` is among them.
    """

    path: str
    text: str
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...] = ()
    wanted: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    orphans: bool = False


_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return _SPACES.sub(" ", text).strip()


def parsed(value: str | None, raw: str | None = None) -> Parsed[str] | None:
    """A field of a structured source, None when it is empty; ``raw`` is its source form where that differs."""
    value = fold(value or "")
    return Parsed(value=value, raw=value if raw is None else raw) if value else None


def year(text: str, month: str = "") -> Parsed[Year] | None:
    """A year from a date ("2019-05-02", "2019a", "in press"); words that hold no year are kept as text."""
    raw = fold(text)
    return Parsed(value=field_year(raw, month), raw=raw) if raw else None


def person(text: str) -> Name:
    """A name written "Family, Given" (with an optional ", Jr" between or behind), or an organisation without a comma."""
    parts = [part.strip() for part in fold(text).split(",")]
    if len(parts) == 1:
        return Name(literal=parts[0])
    if len(parts) >= 3:
        return Name(family=parts[0], given=parts[1], suffix=", ".join(parts[2:]))
    return Name(family=parts[0], given=parts[1]) if parts[1] else Name(literal=parts[0])


def reference(
    *,
    span: Span,
    raw: str,
    key: str | None = None,
    label: str | None = None,
    type_: str | None = None,
    authors: Sequence[Name] = (),
    editors: Sequence[Name] = (),
    year_: Parsed[Year] | None = None,
    title: str | None = None,
    container: str | None = None,
    volume: str | None = None,
    issue: str | None = None,
    pages: str | None = None,
    publisher: str | None = None,
    place: str | None = None,
    edition: str | None = None,
    doi: str | None = None,
    arxiv: str | None = None,
    pmid: str | None = None,
    pmcid: str | None = None,
    isbn: str | None = None,
    issn: str | None = None,
    url: str | None = None,
    accessed: str | None = None,
    et_al: bool = False,
    parts: tuple[tuple[int, Span], ...] | None = None,
    database: bool = False,
) -> Reference:
    """A ``Reference`` from fields that the source names; empty ones are left out. The parser numbers ``id`` anew.

    ``database`` says that ``raw`` is the source of an entry, not text that anybody prints.
    """
    made = Reference(
        id=key or label or "",
        span=span,
        raw=raw,
        parts=((0, span),) if parts is None else parts,
        key=key,
        label=label,
        type=parsed(type_),
        authors=names(authors),
        editors=names(editors),
        year=year_,
        title=parsed(title),
        container=parsed(container),
        volume=parsed(volume),
        issue=parsed(issue),
        pages=parsed(pages),
        publisher=parsed(publisher),
        place=parsed(place),
        edition=parsed(edition),
        doi=parsed(bare_doi(fold(doi)), doi) if doi else None,
        arxiv=parsed(arxiv),
        pmid=parsed(pmid),
        pmcid=parsed(pmcid),
        isbn=parsed(isbn),
        issn=parsed(issn),
        url=parsed(url),
        accessed=parsed(accessed),
        et_al=et_al,
    )
    return replace(made, printed=printed(made)) if database else made


_PRINTED = ("authors", "editors", "year", "title", "container", "volume", "issue", "pages", "edition", "place", "publisher", "doi",
            "arxiv", "pmid", "isbn", "issn", "url", "accessed")  # fmt: skip


def printed(item: Reference) -> tuple[Parsed[str], ...]:
    """What a style prints of an entry: the values of its fields, in the order of a list of references."""
    fields = [(name, field) for name in _PRINTED if (field := getattr(item, name)) is not None]
    return tuple(
        Parsed(
            value=field.raw if name in ("authors", "editors", "year") else field.value,
            raw=field.raw,
            span=field.span,
            confidence=field.confidence,
        )
        for name, field in fields
    )


def names(people: Sequence[Name]) -> Parsed[tuple[Name, ...]] | None:
    """The people of a field, None when there are none."""
    people = tuple(person for person in people if person.family or person.literal or person.given)
    raw = "; ".join(person.literal or ", ".join(filter(None, (person.family, person.given, person.suffix))) for person in people)
    return Parsed(value=tuple(people), raw=raw) if people else None


def doubtful(item: Reference) -> Reference:
    """The reference with every field doubted: its source was broken, so that nothing may be held against it."""
    changed: dict[str, Any] = {}
    for name in Reference.__slots__:
        value = getattr(item, name)
        if isinstance(value, Parsed):
            changed[name] = replace(value, confidence=0.3)
    return replace(item, **changed)


def shifted(item: Reference, by: int, *, cited_only: bool = False) -> Reference:
    """The reference with its spans moved by ``by`` characters, and marked as one of a shared database."""
    span = Span(item.span.start + by, item.span.end + by)
    return replace(
        item,
        span=span,
        cited_only=cited_only,
        parts=tuple((at, Span(place.start + by, place.end + by)) for at, place in item.parts),
    )


def append(writer: Writer, sources: list[Source], listing: Listing, *, shared: bool) -> list[Reference]:
    """Write the entries of a bibliography file behind the text, each a block that is no running text.

    ``shared`` says that the file may serve other manuscripts, so that only cited entries are audited.
    """
    number = len(sources)
    sources.append(Source(path=listing.path, text=listing.text))
    references: list[Reference] = []
    for item in listing.references:
        writer.open(BlockKind.FURNITURE)
        at = writer.at
        writer.put(listing.text[item.span.start : item.span.end], number, item.span.start)
        references.append(shifted(item, at - item.span.start, cited_only=shared))
    writer.close()
    return references


def alone(listing: Listing, format_: str) -> Document:
    """A bibliography file as the input itself: all entries are audited, there is no text that cites."""
    from refaudit.model import Block, Piece  # only this function builds a document without a writer

    return Document(
        path=listing.path,
        format=format_,
        text=listing.text,
        sources=(Source(path=listing.path, text=listing.text, unit=Unit.LINE),),
        pieces=(Piece(0, 0, len(listing.text)),),
        blocks=tuple(Block(kind=BlockKind.FURNITURE, span=item.span) for item in listing.references),
        problems=listing.problems,
        references=listing.references,
        list_given=True,
    )
