"""From a document to its citations, its list of references, and the links between them. Pure functions only."""

from __future__ import annotations

from dataclasses import dataclass

from refaudit.model import Citation, Document, Link, Reference, Span
from refaudit.parse.citations import find_citations
from refaudit.parse.entries import Entry, split
from refaudit.parse.heads import read_head
from refaudit.parse.index import ListIndex
from refaudit.parse.link import link
from refaudit.parse.sections import find_lists, lines_of


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
