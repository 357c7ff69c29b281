"""Links between cited items and entries: exact, probable (with the reason), ambiguous, missing (with the nearest)."""

from __future__ import annotations

from collections.abc import Sequence

from refaudit.model import Citation, CitedItem, Difference, Link, LinkStatus, Reference, System
from refaudit.parse.entries.index import ListIndex, Match

_SURE = 0.85  # a first author and year that agree, nothing speaking against
_TIE = 0.02  # scores closer than this are no decision


def link(citations: Sequence[Citation], references: Sequence[Reference], index: ListIndex) -> tuple[Link, ...]:
    """One link for every cited item that has no declared key, in order."""
    numbers = sum(citation.system is System.NUMERIC for citation in citations)
    by_place = not index.labels and numbers * 5 >= len(citations) * 4  # the list lost its numbers
    return tuple(
        _settled(citation, number, references, index.at_place(item.label) if by_place else index.labels.get(item.label))
        if item.label is not None
        else _by_name(citation, number, item, references, index)
        for citation in citations
        for number, item in enumerate(citation.items)
        if item.key is None
    )


def _settled(citation: Citation, number: int, references: Sequence[Reference], entry: int | None) -> Link:
    if entry is None:
        return Link(citation=citation.id, item=number, status=LinkStatus.MISSING, score=0.0)
    return Link(citation=citation.id, item=number, status=LinkStatus.EXACT, references=(references[entry].id,))


def _by_name(citation: Citation, number: int, item: CitedItem, references: Sequence[Reference], index: ListIndex) -> Link:
    matches = index.matches(item.names, item.et_al, item.year, item.title)
    reached = [match for match in matches if match.linked]
    if not reached:
        spelled = index.near_names(item.names, item.year)
        if spelled:
            best = spelled[0]
            close = [match for match in spelled if match.score >= best.score - _TIE]
            if len(close) == 1:
                return Link(
                    citation=citation.id, item=number, status=LinkStatus.PROBABLE, references=(references[best.entry].id,), score=best.score,
                    reasons=best.reasons, nearest=(references[best.entry].id,), difference=Difference.AUTHOR,
                )  # fmt: skip
    if not reached:
        nearest = [match for match in matches if match.score >= 0.5][:3]
        return Link(
            citation=citation.id, item=number, status=LinkStatus.MISSING, score=0.0,
            reasons=nearest[0].reasons if nearest else (),
            nearest=tuple(references[match.entry].id for match in nearest),
            difference=Difference.YEAR if nearest else Difference.NONE,
        )  # fmt: skip
    best = reached[0]
    close = [match for match in reached if match.score >= best.score - _TIE]
    ids = tuple(references[match.entry].id for match in sorted(close, key=lambda match: match.entry))
    if len(close) > 1:
        return Link(
            citation=citation.id,
            item=number,
            status=LinkStatus.AMBIGUOUS,
            references=ids,
            score=best.score,
            reasons=_reasons(close),
            difference=best.difference,
        )
    status = LinkStatus.EXACT if best.score >= _SURE and not best.reasons else LinkStatus.PROBABLE
    return Link(
        citation=citation.id, item=number, status=status, references=ids, score=best.score, reasons=best.reasons,
        nearest=ids if best.difference else (), difference=best.difference,
    )  # fmt: skip


def _reasons(matches: Sequence[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for match in matches for reason in match.reasons)) or ("several entries fit equally well",)
