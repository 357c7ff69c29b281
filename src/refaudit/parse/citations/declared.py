"""What a format declares itself: citations by key, entries with keys, and the links that follow from them.

The format's word is taken, and checked against what is printed: a reader sees the text, not the link behind it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace

from refaudit.model import Citation, CitedItem, Difference, Document, Link, LinkStatus, Reference, Span
from refaudit.parse.entries.index import ListIndex, name_key
from refaudit.parse.entries.sections import Line, Region

_TYPED = frozenset({"docx", "odt"})
"""Formats in which authors type citations between those that a program inserts."""


def given(document: Document) -> tuple[tuple[Citation, ...], tuple[Reference, ...]]:
    """The declared citations and references in the order of the text, numbered "c1", "c2", ... and "r1", "r2", ..."""
    references = sorted(document.references, key=lambda reference: reference.span)
    return (
        _numbered(document.citations),
        tuple(replace(reference, id=f"r{number}") for number, reference in enumerate(references, 1)),
    )


def _numbered(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    ordered = sorted(citations, key=lambda citation: citation.span)
    return tuple(replace(citation, id=f"c{number}") for number, citation in enumerate(ordered, 1))


def declared_list(lines: Sequence[Line], references: Sequence[Reference]) -> list[Region]:
    """Where the declared entries stand in the running text; nothing when they come from a database."""
    start, end = min(one.span.start for one in references), max(one.span.end for one in references)
    inside = tuple(line for line in lines if start <= line.start < end)
    return [Region(None, inside)] if inside else []


# ------------------------------------------------------------------ declared and printed


def printed(
    document: Document, declared: Sequence[Citation], found: Sequence[Citation], references: Sequence[Reference], index: ListIndex
) -> tuple[Citation, ...]:
    """The declared citations with the names, years and numbers printed in them, and those that the text alone shows.

    Publishers link only a part of what is printed ("2018" of "Abel et al., 2018"): the printed citation gives the
    extent, the link the entry. A citation without a link counts where authors type (DOCX, ODT), elsewhere only if its
    name and year reach an entry, or its number one that no link reaches: what a publisher left unlinked is mostly no
    citation (the author of a species, a number of something else).
    """
    keys = {item.key for citation in declared for item in citation.items}
    unreached = {number for number, reference in enumerate(references) if reference.key not in keys}
    spans = [citation.span for citation in declared]
    taken: set[int] = set()
    merged: list[Citation] = []
    for citation in found:
        first = bisect_right(spans, citation.span.start, key=lambda span: span.end)
        last = bisect_left(spans, citation.span.end, key=lambda span: span.start)
        inside = [number for number in range(first, last) if number not in taken]
        if inside:
            taken.update(inside)
            joined = _joined(document, [declared[number] for number in inside], citation)
            merged.append(_completed(joined, citation, references, index))
        elif last <= first and (document.format in _TYPED or any(_counts(item, index, unreached) for item in citation.items)):
            merged.append(citation)
    merged.extend(citation for number, citation in enumerate(declared) if number not in taken)
    return _numbered(merged)


def _counts(item: CitedItem, index: ListIndex, unreached: Collection[int]) -> bool:
    """Whether an item that no link marks is a citation all the same."""
    entry = _reaches(item, index)
    return entry in unreached or (entry >= 0 and item.label is None)


def _joined(document: Document, declared: Sequence[Citation], found: Citation) -> Citation:
    end = max(found.span.end, declared[-1].span.end)
    while end > found.span.end and document.text[end - 1] in ")]":  # a bracket around the year is no part of a citation
        end -= 1
    span = Span(min(found.span.start, declared[0].span.start), end)
    items = [item for citation in declared for item in citation.items]
    pairs = _pairs(items, found.items)
    return replace(
        declared[0],
        span=span,
        text=document.text[span.start : span.end],
        system=found.system,
        items=tuple(
            item if number not in pairs else _enriched(item, found.items[pairs[number]]) for number, item in enumerate(items)
        ),
        flaw=found.flaw,
    )


def _completed(joined: Citation, found: Citation, references: Sequence[Reference], index: ListIndex) -> Citation:
    """The citation with the works that are printed in it between linked ones and name an entry of their own."""
    keys = {item.key for item in joined.items}
    spans = {item.span for item in joined.items}
    more = [
        item
        for item in found.items
        if item.label is None
        and item.span not in spans
        and (entry := _reaches(item, index)) >= 0
        and references[entry].key not in keys
    ]
    if not more:
        return joined
    return replace(joined, items=tuple(sorted((*joined.items, *more), key=lambda item: item.span)))


def _pairs(items: Sequence[CitedItem], shown: Sequence[CitedItem]) -> dict[int, int]:
    """Which declared item is which printed one, where that is certain: by name and year, else by place or as the last ones left."""
    pairs: dict[int, int] = {}
    for number, item in enumerate(items):
        if item.names and item.year:
            alike = [n for n, other in enumerate(shown) if other.names and name_key(other.names[0]) == name_key(item.names[0])]
            exact = [n for n in alike if shown[n].year is not None and str(shown[n].year)[:4] == str(item.year)[:4]]
            best = exact or alike
        else:
            best = [n for n, other in enumerate(shown) if other.span.start < item.span.end and item.span.start < other.span.end]
        if len(best) == 1 and best[0] not in pairs.values():
            pairs[number] = best[0]
    left = [number for number in range(len(items)) if number not in pairs]
    unread = [number for number in range(len(shown)) if number not in pairs.values()]
    return pairs | {left[0]: unread[0]} if len(left) == len(unread) == 1 else pairs


def _enriched(item: CitedItem, shown: CitedItem) -> CitedItem:
    return replace(item, span=shown.span, names=shown.names, et_al=shown.et_al, year=shown.year, label=shown.label or item.label)


def _reaches(item: CitedItem, index: ListIndex) -> int:
    """The entry that a printed item leads to, -1 for none."""
    if item.label is not None:
        return index.labels.get(item.label, -1)
    return next((match.entry for match in index.matches(item.names, item.et_al, item.year) if match.linked), -1)


# ------------------------------------------------------------------ links


def key_links(
    document: Document, citations: Sequence[Citation], references: Sequence[Reference], index: ListIndex
) -> tuple[Link, ...]:
    """The links of all cited items that carry a key: exact where an entry has it, else missing.

    Of entries that share a key the first counts, as it does for BibTeX. A key that no entry has gives no link at all
    while bibliographies of the manuscript are unread or the list is not declared: nothing is known then. Where the
    printed name, year or number speaks of another entry, the link says so.
    """
    first = _by_key(references, fold=document.keys_fold)
    members = _sets(references)
    known = document.list_given and not document.list_unread
    links = []
    for citation in citations:
        for number, item in enumerate(citation.items):
            if item.key is None:
                continue
            target = first.get(item.key)
            if target is None and document.keys_fold:
                target = first.get(item.key.casefold())
            if target is not None:
                exact = Link(
                    citation=citation.id,
                    item=number,
                    status=LinkStatus.EXACT,
                    references=(references[target].id,),
                    reasons=("same key",),
                )
                links.append(_checked(exact, item, target, references, index))
            elif item.key in members:
                exact = Link(
                    citation=citation.id,
                    item=number,
                    status=LinkStatus.EXACT,
                    references=members[item.key],
                    reasons=("the key of a set",),
                )
                links.append(exact)
            elif known:
                reasons = ("no entry has this key",)
                links.append(Link(citation=citation.id, item=number, status=LinkStatus.MISSING, score=0.0, reasons=reasons))
    return tuple(links)


def _by_key(references: Sequence[Reference], *, fold: bool) -> dict[str, int]:
    """The first entry of each key, then of each alias, then (``fold``) of each key without regard to case."""
    first: dict[str, int] = {}
    for number, reference in enumerate(references):
        if reference.key:
            first.setdefault(reference.key, number)
    for number, reference in enumerate(references):
        for alias in reference.aliases:
            first.setdefault(alias, number)
    for key, number in tuple(first.items()) if fold else ():
        first.setdefault(key.casefold(), number)
    return first


def _sets(references: Sequence[Reference]) -> dict[str, tuple[str, ...]]:
    """The ids of the members of each set."""
    found: dict[str, tuple[str, ...]] = {}
    for reference in references:
        for key in reference.sets:
            found[key] = (*found.get(key, ()), reference.id)
    return found


def _checked(exact: Link, item: CitedItem, target: int, references: Sequence[Reference], index: ListIndex) -> Link:
    """The exact link to ``target``, unless what is printed contradicts it: another entry's name or number, another year."""
    other: int | None = None
    if item.label is not None and not item.names:
        other = index.labels.get(item.label)
        other = None if references[target].label in (None, item.label) else other
    elif item.names and item.year is not None:
        matches = index.matches(item.names, item.et_al, item.year)
        reached = [match for match in matches if match.linked]
        if any(match.entry == target for match in reached):
            return exact
        if len(reached) == 1 and reached[0].score >= 0.85:
            other = reached[0].entry
        elif not reached and any(match.entry == target for match in matches) and index.head(target).years:
            return replace(
                exact,
                status=LinkStatus.MISSING,
                references=(),
                score=0.0,
                nearest=(references[target].id,),
                difference=Difference.YEAR,
                reasons=("the entry that it is linked to has another year",),
            )
    if other is None or other == target:
        return exact
    return replace(
        exact,
        status=LinkStatus.AMBIGUOUS,
        references=(references[target].id, references[other].id),
        score=0.5,
        reasons=("what is printed fits another entry than the one that it is linked to",),
    )
