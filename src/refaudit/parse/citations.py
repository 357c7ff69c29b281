"""Which system a text cites in, and its citations: hypotheses measured against the list."""

from __future__ import annotations

from collections.abc import Sequence

from refaudit.model import Citation, Document, MarkKind, System
from refaudit.parse import numeric
from refaudit.parse.author_date import Finder, Found
from refaudit.parse.index import ListIndex
from refaudit.parse.sections import Region

_COMPETES = 0.2  # the share of the list that a second system must reach to count as one


def find_citations(document: Document, regions: Sequence[Region], index: ListIndex) -> tuple[Citation, ...]:
    """The citations of the running text: everything but the list of references."""
    text = document.text
    stretches = _body(document, regions)
    named: list[Found] = []
    finder = Finder(text, index, listed=bool(regions))
    for start, end in stretches:
        named.extend(finder.find(start, end))
    form, places, known = _numeric(document, stretches, index)
    reached = {
        match.entry
        for found in named
        for item in found.items
        for match in index.matches(item.names, item.et_al, item.year)[:1]
        if match.linked
    }
    entries = max(1, len(index.heads))
    by_name = len(reached) / entries
    by_number = numeric.fit(places, known)
    if form is not None and places and (by_number.coverage if known else 1.0) > max(by_name, 0.15):
        numbered = [numeric.as_found(place) for place in places]
        kept = named if by_name >= _COMPETES and len(reached) >= 4 else []
        return _stamp(document, numbered, kept)
    labels = frozenset(label for label in index.labels if not label.isdigit())
    keyed = [found for start, end in stretches for found in numeric.keyed(text, start, end, labels)] if labels else []
    if len({item.label for found in keyed for item in found.items}) > len(reached):
        return _stamp(document, keyed, [])
    numbered = (
        [numeric.as_found(place) for place in places]
        if form is numeric.Form.SQUARE and by_number.coverage >= _COMPETES and by_number.order >= 0.8
        else []
    )
    return _stamp(document, numbered, named)


def _body(document: Document, regions: Sequence[Region]) -> list[tuple[int, int]]:
    """The stretches outside the list."""
    found, at = [], 0
    for region in regions:
        found.append((at, (region.heading or region.span).start))
        at = region.span.end
    found.append((at, len(document.text)))
    return [(start, end) for start, end in found if end > start]


def _numeric(
    document: Document, stretches: Sequence[tuple[int, int]], index: ListIndex
) -> tuple[numeric.Form | None, list[numeric.Candidate], frozenset[int]]:
    """The numeric form that fits the list best, its places, and the numbers that the list has."""
    raised = [mark.span for mark in document.marks if mark.kind is MarkKind.SUPERSCRIPT]
    found: dict[numeric.Form, list[numeric.Candidate]] = {form: [] for form in numeric.Form}
    for start, end in stretches:
        for form, places in numeric.candidates(document.text, start, end, raised).items():
            found[form].extend(places)
    found[numeric.Form.BARE] = numeric.without_names(document.text, found[numeric.Form.BARE], index)
    known = frozenset(int(label) for label in index.labels if label.isdigit())
    if not known and index.heads:
        known = frozenset(range(1, len(index.heads) + 1))
    if not known:
        own = [c for c in found[numeric.Form.SQUARE]]
        own = (
            own
            if len(own) >= 3 and numeric.fit(own, frozenset(n for c in own for n, _ in c.numbers if n < 500)).order >= 0.8
            else []
        )
        return (numeric.Form.SQUARE if own else None), own, known
    form, _ = numeric.choose(found, known)
    return form, (numeric.settle(form, found[form], known) if form is not None else []), known


def _stamp(document: Document, numbered: Sequence[Found], named: Sequence[Found]) -> tuple[Citation, ...]:
    both = [(found, System.NUMERIC) for found in numbered] + [(found, System.AUTHOR_DATE) for found in named]
    both.sort(key=lambda pair: pair[0].span.start)
    return tuple(
        Citation(
            id=f"c{number}",
            span=found.span,
            text=document.text[found.span.start : found.span.end],
            system=system,
            items=found.items,
            flaw=found.flaw,
        )
        for number, (found, system) in enumerate(both, start=1)
    )
