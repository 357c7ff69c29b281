"""From a document to its citations, its list of references, and the links between them. Pure functions only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from refaudit.model import Citation, Document, Link, ListStyle, Reference, Span, System
from refaudit.parse.citations.declared import declared_list, given, key_links, printed
from refaudit.parse.citations.notes import note_entries, notes_of
from refaudit.parse.citations.systems import find_citations
from refaudit.parse.entries.author_year import head_of
from refaudit.parse.entries.index import ListIndex
from refaudit.parse.entries.sections import Line, Region, chapters_of, find_lists, lines_of
from refaudit.parse.entries.split import Entry, split
from refaudit.parse.fields import read_fields
from refaudit.parse.link import led, link
from refaudit.parse.style.recognition import settle

ReadFields = Callable[[Sequence[Reference]], tuple[Reference, ...]]
"""Reads the fields of the entries of one list, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """What a document says about its references. ``entry_counts`` are two independent counts of the list's entries.

    ``chapters`` holds the same, chapter by chapter, where each has a list of its own; it is empty where one list serves all.
    """

    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    list_spans: tuple[Span, ...]
    entry_counts: tuple[int, int]
    style: ListStyle
    chapters: tuple[Parse, ...] = ()


def parse(document: Document, fields: ReadFields = read_fields) -> Parse:
    """Read ``document``: what the format declares is taken over, the rest is found in the text. Never raises on any text."""
    citations, references = given(document)
    regions: list[Region] = []
    counts = (len(references), len(references))
    lines = lines_of(document)
    if not references:
        regions = find_lists(document, lines)
        chapters = [] if citations else chapters_of(document, regions)
        if len(chapters) > 1:
            return _by_chapter(document, lines, chapters, fields)
        references, counts = find_references(regions)
        if not references and not citations:
            references = _from_notes(document, lines)
            counts = (len(references), len(references))
    else:
        regions = declared_list(lines, references)
    heads = [head_of(reference) for reference in references]
    index = ListIndex(heads, [reference.label for reference in references], document.text)
    if not citations:
        citations = find_citations(document, lines, regions, index)
    elif any(citation.system is not System.KEY for citation in citations):  # the format links what is printed
        citations = printed(document, citations, find_citations(document, lines, regions, index), references, index)
    links = sorted(
        [
            *key_links(document, citations, references, index),
            *led(document, citations, references, link(citations, references, index)),
        ],
        key=lambda made: (int(made.citation[1:]), made.item),
    )
    read, style = settle(fields(references))
    return Parse(
        citations=citations,
        references=read,
        links=tuple(links),
        list_spans=tuple(region.span for region in regions),
        entry_counts=counts,
        style=style,
    )


def _by_chapter(document: Document, lines: list[Line], chapters: list[list[Region]], fields: ReadFields) -> Parse:
    """Each chapter read with the list at its end; what stands behind the last list belongs to the last chapter."""
    parts: list[Parse] = []
    at = entries = cited = 0
    for number, regions in enumerate(chapters, start=1):
        stretch = Span(at, len(document.text) if number == len(chapters) else regions[-1].span.end)
        found, counts = find_references(regions)
        references = tuple(replace(one, id=f"r{entries + place}") for place, one in enumerate(found, start=1))
        heads = [head_of(reference) for reference in references]
        index = ListIndex(heads, [reference.label for reference in references], document.text[stretch.start : stretch.end])
        cites = find_citations(document, lines, regions, index, stretch)
        citations = tuple(replace(one, id=f"c{cited + place}") for place, one in enumerate(cites, start=1))
        read, style = settle(fields(references))
        parts.append(
            Parse(
                citations=citations,
                references=read,
                links=led(document, citations, references, link(citations, references, index)),
                list_spans=tuple(region.span for region in regions),
                entry_counts=counts,
                style=style,
            )
        )
        at, entries, cited = stretch.end, entries + len(references), cited + len(citations)
    return Parse(
        citations=tuple(one for part in parts for one in part.citations),
        references=tuple(one for part in parts for one in part.references),
        links=tuple(one for part in parts for one in part.links),
        list_spans=tuple(one for part in parts for one in part.list_spans),
        entry_counts=(sum(part.entry_counts[0] for part in parts), sum(part.entry_counts[1] for part in parts)),
        style=parts[0].style if len({part.style.family for part in parts}) == 1 else ListStyle(),
        chapters=tuple(parts),
    )


def _from_notes(document: Document, lines: list[Line]) -> tuple[Reference, ...]:
    """The references of a text whose notes hold them."""
    spans = note_entries(document, notes_of(document, lines))
    return tuple(
        Reference(id=f"r{number}", span=span, raw=" ".join(document.text[span.start : span.end].split()))
        for number, span in enumerate(spans, start=1)
    )


def find_references(regions: list[Region]) -> tuple[tuple[Reference, ...], tuple[int, int]]:
    """The entries of a list that stands in the text, without fields, and two counts of them."""
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
    return references, (len(entries), recount)
