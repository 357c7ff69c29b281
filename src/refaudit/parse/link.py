"""Links between cited items and entries: exact, probable (with the reason), ambiguous, missing (with the nearest)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from refaudit.model import Citation, CitedItem, Difference, Document, Link, LinkStatus, Mark, MarkKind, Reference, System
from refaudit.parse.entries.index import ListIndex, Match
from refaudit.text import letters

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


# ------------------------------------------------------------------ links inside a file


def led(
    document: Document, citations: Sequence[Citation], references: Sequence[Reference], links: Sequence[Link]
) -> tuple[Link, ...]:
    """The links with what else the file says: a number behind a name, and where a click on the citation leads (PDF, as LaTeX and publishers set them).

    It decides between entries that fit equally well, and names the entry of a citation that fits none, if the first name
    printed is among the first words of that entry. Never does it outweigh what is printed: a wrong year stays a wrong year.
    """
    links = numbered(document, citations, links)
    if document.format != "pdf":
        return links
    clicks = sorted((mark.span.start, mark.span.end, int(mark.target[1:])) for mark in document.marks if _inside(mark))
    if not clicks:
        return tuple(links)
    starts = [start for start, _, _ in clicks]
    entries = [reference.span.start for reference in references]
    cited = {citation.id: citation for citation in citations}
    made = []
    for one in links:
        item = cited[one.citation].items[one.item]
        reached = set()
        for start, end, target in clicks[max(0, bisect_left(starts, item.span.start) - 1) : bisect_left(starts, item.span.end)]:
            place = bisect_right(entries, target + 2) - 1
            if end > item.span.start and start < item.span.end and place >= 0 and target < references[place].span.end:
                reached.add(place)
        made.append(_led(one, item, references[reached.pop()]) if len(reached) == 1 else one)
    return tuple(made)


def _inside(mark: Mark) -> bool:
    return mark.kind is MarkKind.LINK and mark.target[:1] == "#" and mark.target[1:].isdecimal()


def _led(made: Link, item: CitedItem, entry: Reference) -> Link:
    """The link as it stands, or as the click decides."""
    reasons = ("the link in the file leads to this entry",)
    if made.status is LinkStatus.AMBIGUOUS and entry.id in made.references:
        return replace(made, status=LinkStatus.EXACT, references=(entry.id,), score=1.0, reasons=reasons)
    if made.status is LinkStatus.MISSING and made.difference is Difference.NONE and item.names:
        name = letters(item.names[0].family or item.names[0].literal)
        if name and name in letters(entry.raw[:200]):
            return replace(made, status=LinkStatus.PROBABLE, references=(entry.id,), score=0.8, reasons=reasons)
    return made


def numbered(document: Document, citations: Sequence[Citation], links: Sequence[Link]) -> tuple[Link, ...]:
    """The links with those decided by a number printed right behind: "Abel (2009) [30]", as tables of studies have it."""
    by_item = {(one.citation, one.item): one for one in links}
    sure: dict[tuple[str, int], Link] = {}
    ordered = sorted(citations, key=lambda citation: citation.span)
    for citation, following in pairwise(ordered):
        between = document.text[citation.span.end : following.span.start] if following.span.start - citation.span.end < 5 else "…"
        if following.system is not System.NUMERIC or between.strip(" )([\n") or len(following.items) != 1:
            continue
        last = (citation.id, len(citation.items) - 1)
        made, number = by_item.get(last), by_item.get((following.id, 0))
        if made is None or number is None or made.status is not LinkStatus.AMBIGUOUS or number.status is not LinkStatus.EXACT:
            continue
        if number.references[0] in made.references:
            reasons = ("the number behind it is that of this entry",)
            sure[last] = replace(made, status=LinkStatus.EXACT, references=number.references, score=1.0, reasons=reasons)
    return tuple(sure.get((one.citation, one.item), one) for one in links)
