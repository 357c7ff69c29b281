"""One cited work and all its places: what the LNK rules share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from refaudit.model import CitedItem, Difference, Link, Name, Reference, Span
from refaudit.rules.base import Audit
from refaudit.text import fold, letters


def work_key(item: CitedItem) -> tuple[str, ...]:
    """What the text says of a cited work, folded: two items with one key name one work."""
    if item.key:
        return ("key", item.key)
    if item.label is not None:
        return ("label", item.label)
    year = item.year
    when = f"{year} {year.month or ''} {year.day or ''}".strip().casefold() if year else ""
    first = item.names[0] if item.names else Name()
    initials = letters(first.given)[:1]
    return ("name", letters(first.surname) or fold(item.title), initials, when)


def by_work(audit: Audit, links: Iterable[Link]) -> list[list[Link]]:
    """Links grouped by the work they name, in order of first mention.

    "Lopez and Moreno 2020" and "Lopez and Vega 2020" are two works; "Lopez et al. 2020" joins the only one it fits.
    """
    keyed: dict[tuple[str, ...], dict[tuple[str, ...], list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        item = audit.item(link)
        others = ("et al",) if item.et_al else tuple(letters(name.surname) for name in item.names[1:])
        keyed[work_key(item)][others].append(link)
    groups: list[list[Link]] = []
    for variants in keyed.values():
        cut = variants.pop(("et al",), [])
        fitting = [links for others, links in variants.items() if others]
        if cut and len(fitting) == 1:
            fitting[0].extend(cut)
        elif cut:
            groups.append(cut)
        groups.extend(variants.values())
    position = {id(link): index for index, link in enumerate(audit.links)}
    for group in groups:
        group.sort(key=lambda link: position[id(link)])
    return sorted(groups, key=lambda group: position[id(group[0])])


def spans(audit: Audit, links: Iterable[Link]) -> tuple[Span, ...]:
    """Where the cited items of links stand."""
    return tuple(audit.item(link).span for link in links)


def citations(links: Iterable[Link]) -> tuple[str, ...]:
    """The citations that links belong to, each once."""
    return tuple(dict.fromkeys(link.citation for link in links))


def subject(audit: Audit, link: Link) -> str:
    """The work a link names, in words for the fingerprint of a finding."""
    return " ".join(work_key(audit.item(link)))


def times(links: Sequence[Link]) -> str:
    """How often a work is cited, in brackets; nothing for once."""
    return "" if len(links) == 1 else f" (cited {len(links)} times)"


def near_entries(audit: Audit, link: Link) -> tuple[Reference, ...]:
    """The entries a link reaches or, for a missing one, comes near to."""
    return tuple(audit.reference[identity] for identity in link.references or link.nearest if identity in audit.reference)


def differing(audit: Audit, difference: Difference) -> list[list[Link]]:
    """Links that miss their entry by this difference only, grouped by work."""
    return by_work(audit, (link for link in audit.links if link.difference is difference and near_entries(audit, link)))


_INNER = re.compile(r"(?<=\s)[\[(]?(\d{1,5})[.)\]]?\s+(?=[^\W\d_])")


def inner_numbers(references: Iterable[Reference]) -> frozenset[str]:
    """The numbers under which an entry seems to begin in the middle of another."""
    return frozenset(found[1] for reference in references for found in _INNER.finditer(reference.text, 20))


def swallowed_run(raw: str, label: int) -> int:
    """The number of the first of two successive entries that stand inside the entry ``label``; 0 where there are none.

    That is how a list looks in which the numbers skip or repeat and everything behind was read as one entry.
    """
    numbers = [int(found[1]) for found in _INNER.finditer(raw, 20)]
    for first, second in pairwise(numbers):
        if second == first + 1 and (first == label or label + 1 < first <= label + 8):
            return first
    return 0


def needs_letters(audit: Audit, link: Link) -> bool:
    """Whether the letters of the list would tell the candidates apart and the citation prints none."""
    item = audit.item(link)
    if item.year is None or item.year.letter:
        return False
    years = [reference.year.value for reference in near_entries(audit, link) if reference.year]
    return len(years) > 1 and all(year is not None and year.letter for year in years)
