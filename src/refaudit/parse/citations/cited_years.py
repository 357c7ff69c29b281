"""The years of a text that may be cited, and the items that each of them makes: letters, dates and locators behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refaudit.model import CitedItem, Span, Year
from refaudit.parse.citations.names import Names
from refaudit.parse.years import ORIGINAL_BEHIND, ORIGINAL_FIRST, date_after, years_in
from refaudit.words import locators

_MEASURE = re.compile(r"\s?(?:%|mg|ml|km|kg|°|years? old|participants|patients|subjects|m\b|nm\b|bp\b)")
_MORE_LETTERS = re.compile(r"\s?[,;/&]\s?(?:and\s+)?([a-z])(?![\w.])|\s?[-–]\s?([a-z])(?![\w.])")
_BEHIND_A_YEAR = re.compile(r"\d[a-z]?\s?[,:]\s?$")


def years_in_range(text: str, start: int, end: int) -> list[tuple[int, int, Year]]:
    """The years of ``text[start:end]`` with offsets into ``text``, addresses left out."""
    found = []
    for at, stop, year in years_in(text[start:end], ranges=True):
        at, stop = at + start, stop + start
        if year.until and _BEHIND_A_YEAR.search(text, max(start, at - 8), at):  # "2019, 1989–2001": pages
            continue
        if text[at - 1 : at] == "[" and ORIGINAL_FIRST.match(text, stop):  # "Moren [1857] 1999"
            continue
        left = text[max(start, at - 40) : at].rsplit(None, 1)
        word = left[-1] if left and not text[at - 1 : at].isspace() else ""
        if (
            "/" in word
            or "@" in word
            or "www." in word
            or "doi" in word.casefold()
            or "=" in word[-2:]
            or word.endswith(("$", "€", "£", "#"))
        ):
            continue
        if _MEASURE.match(text, stop):
            continue
        found.append((at, stop, year))
    return found


def after_year(text: str, end: int, year: Year) -> tuple[int, Year]:
    """Where a printed year ends with its date and the year of first publication, and the year with that date."""
    original = ORIGINAL_BEHIND.match(text, end)
    if original:
        end = original.end()
    return date_after(text, end, year)


def items_of(text: str, names: Names, years: Sequence[tuple[int, int, Year]], limit: int) -> list[CitedItem]:
    """The items of the years that stand behind the same names."""
    items: list[CitedItem] = []
    for start, end, year in years:
        if items and start < items[-1].span.end:
            continue
        items.extend(item_of(text, names, start, end, year, limit, fresh=False)[1])
    return items


def item_of(text: str, names: Names, start: int, end: int, year: Year, limit: int, *, fresh: bool) -> tuple[int, list[CitedItem]]:
    """The items of one printed year: "2010a, b" are two; a locator behind belongs to the last."""
    stop, full = after_year(text, end, year)
    first = CitedItem(span=Span(names.start if fresh else start, stop), names=names.names, et_al=names.et_al, year=full)
    items = [first]
    while year.letter and (more := _MORE_LETTERS.match(text, stop, limit)):
        if more[2]:
            last = items[-1].year or year
            letters = [chr(code) for code in range(ord(last.letter) + 1, ord(more[2]) + 1)]
        else:
            letters = [more[1]]
        for letter in letters:
            at = more.end() - 1
            items.append(
                CitedItem(
                    span=Span(at, more.end()),
                    names=names.names,
                    et_al=names.et_al,
                    year=Year(number=year.number, letter=letter),
                )
            )
        stop = more.end()
        if len(items) > 12:
            break
    located = locators.BEHIND_YEAR.match(text, stop, limit)
    if located and located.end() > stop and not years_in(located.group()):
        last_item = items[-1]
        items[-1] = replace(last_item, locator=located.group().strip(" ,:"), span=Span(last_item.span.start, located.end()))
        stop = located.end()
    return stop, items
