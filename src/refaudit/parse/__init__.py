"""From a document to its citations, its list of references, and the links between them. Pure functions only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from refaudit.model import Citation, Document, Link, Reference, Span, System
from refaudit.parse.author_date import Finder, Found
from refaudit.parse.entries import Entry, split
from refaudit.parse.heads import read_head
from refaudit.parse.index import ListIndex
from refaudit.parse.link import link
from refaudit.parse.sections import Region, find_lists, lines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """What a document says about its references. ``entry_counts`` are two independent counts of the list's entries."""

    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    list_spans: tuple[Span, ...]
    entry_counts: tuple[int, int]


def parse(document: Document) -> Parse:
    """Read ``document``. Never raises on any text."""
    lines = lines_of(document)
    regions = find_lists(document, lines)
    entries: list[Entry] = []
    recount = 0
    for region in regions:
        found, again = split(region)
        entries.extend(found)
        recount += again
    references = tuple(
        Reference(id=f"r{number}", span=entry.span, raw=entry.raw, parts=entry.parts, label=entry.label, broken=entry.broken)
        for number, entry in enumerate(entries, start=1)
    )
    index = ListIndex([read_head(entry.raw[entry.body :]) for entry in entries], [entry.label for entry in entries])
    citations = find_citations(document, regions, index)
    return Parse(
        citations=citations,
        references=references,
        links=link(citations, references, index),
        list_spans=tuple(region.span for region in regions),
        entry_counts=(len(entries), recount),
    )


def find_citations(document: Document, regions: Sequence[Region], index: ListIndex) -> tuple[Citation, ...]:
    """The citations of the running text: everything but the list of references."""
    text = document.text
    found: list[Found] = []
    finder = Finder(text, index, listed=bool(regions))
    at = 0
    for region in [*regions, None]:
        stop = len(text) if region is None else (region.heading or region.span).start
        found.extend(finder.find(at, stop))
        if region is not None:
            at = region.span.end
    return tuple(
        Citation(
            id=f"c{number}", span=citation.span, text=text[citation.span.start : citation.span.end], system=System.AUTHOR_DATE,
            items=citation.items, flaw=citation.flaw,
        )
        for number, citation in enumerate(found, start=1)
    )  # fmt: skip
