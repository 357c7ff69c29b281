"""Citations by author and page in brackets (MLA): "(Arlov 12)", "Arlov claims this (12)", "(*Hill House* 34)".

The list decides: a piece is a citation when its first name is a first author of the list. A number that is a plausible
year is never a page, since a wrong year would then be swallowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refaudit.model import CitedItem, Span
from refaudit.parse.citations.brackets import Found, Group, groups_in
from refaudit.parse.citations.names import backwards, read, tokens
from refaudit.parse.citations.notes import PAGES, pieces, read_piece
from refaudit.parse.entries.index import ListIndex
from refaudit.parse.years import YEAR
from refaudit.words.prose import PREFIXES

_ONLY_PAGES = re.compile(r"(?:pp?\.\s?)?\d{1,4}(?:\s?[-–—]\s?\d{1,4})?(?:\s?,\s?\d{1,4}(?:\s?[-–—]\s?\d{1,4})?){0,5}")
_RANGE = re.compile(r"(?<![\d/.])(\d{3,5})\s?[-–]\s?(\d{1,5})(?!\d)")


def author_page(text: str, stretches: Sequence[tuple[int, int]], index: ListIndex) -> list[Found]:
    """Brackets whose pieces all begin with a first author of the list ("(Smith 23; Jones and Lee, “Title”)")."""
    found = []
    for start, end in stretches:
        for group in groups_in(text, start, end):
            if text[group.open] != "(" or group.close - group.open > 400 or group.close - group.open < 4:
                continue
            if _ONLY_PAGES.fullmatch(text, group.open + 1, group.close):
                if YEAR.fullmatch(text[group.open + 1 : group.close]):
                    continue
                named = _named_before(text, max(start, group.open - 80), group, index)
                found += [named] if named else []
                continue
            parts = pieces(text, group.open + 1, group.close)
            items = [item for part in parts if (item := _bracket_piece(text, part, index))]
            if items and len(items) == len(parts):
                found.append(Found(Span(items[0].span.start, items[-1].span.end), tuple(items), False))
    return found


def _named_before(text: str, floor: int, group: Group, index: ListIndex) -> Found | None:
    """ "Downey and Jones (215)": the names of the list that stand right before a bracket with pages."""
    found = tokens(text, floor, group.open)
    for first in range(backwards(found, bracketed=False), len(found)):
        names = read(text, found[first:], index.knows) if found[first].kind == "name" else None
        if names is not None and index.knows(names.names[0]):
            item = CitedItem(
                span=Span(names.start, group.close),
                names=names.names,
                et_al=names.et_al,
                locator=text[group.open + 1 : group.close].strip(),
            )
            return Found(item.span, (item,), True)
    return None


def _bracket_piece(text: str, span: Span, index: ListIndex) -> CitedItem | None:
    item = read_piece(text, span, index)
    if item is not None and item.year is not None:
        if not _on_its_pages(item, index):
            return None
        item = replace(item, year=None, locator=str(item.year.number))
    if item is None:
        return _by_title(text, span, index)
    family = item.names[0].literal or item.names[0].family
    rest = text[span.start : span.end].replace(item.title, "")
    words = [word.strip(".,“”\"'’&-") for word in rest.split()]
    named = {part for name in item.names for part in f"{name.particle} {name.family} {name.given} {name.literal}".split()}
    free = [
        w
        for w in words
        if w
        and not any(c.isdigit() for c in w)
        and w not in named
        and w.casefold() not in PREFIXES
        and w not in ("et", "al", "others")
    ]
    return item if len(free) <= 1 and not (family.isupper() and len(family) < 3) else None


def _on_its_pages(item: CitedItem, index: ListIndex) -> bool:
    """Whether what looks like a year lies within the pages of an entry that the names lead to ("1531" in "1526–37")."""
    number = item.year.number if item.year else None
    ranges = (
        (first, last if len(last) >= len(first) else first[: len(first) - len(last)] + last)
        for match in index.matches(item.names, item.et_al, None, item.title)
        for first, last in _RANGE.findall(index.head(match.entry).after)
    )
    return number is not None and any(
        int(first) <= number <= int(last) and int(last) - int(first) < 200 for first, last in ranges
    )


def _by_title(text: str, span: Span, index: ListIndex) -> CitedItem | None:
    """ "(Hill House 34)": a short title and pages, where one entry alone has that title."""
    value = text[span.start : span.end]
    pages = PAGES.search(value)
    title = value[: pages.start()].strip() if pages else ""
    if YEAR.fullmatch(value[len(title) :].strip(" ,:.")) or not title[:1].isupper() or not index.matches((), False, None, title):
        return None
    return CitedItem(span=span, title=title, locator=value[len(title) :].strip(" ,:."))


def reached(found: Sequence[Found], index: ListIndex) -> int:
    """How many entries of the list these citations reach (or miss by their year alone)."""
    every = (index.matches(item.names, item.et_al, None, item.title) for one in found for item in one.items)
    return len({matches[0].entry for matches in every if matches})
