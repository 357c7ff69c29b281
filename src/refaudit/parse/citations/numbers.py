"""Numbers as citations print them: lists and ranges written out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refaudit.model import Span
from refaudit.words import locators

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
DASH = r"\-\u2010-\u2014\u2212"  # inside a character class
_WITHIN = re.compile(locators.BEHIND_NUMBER[:-1])  # a locator that is there
_NUMBER = re.compile(r"\d{1,18}")
MOST_IN_RANGE = 80  # a range longer than this is no list of works


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be a numeric citation: the stretch of its numbers and the numbers with their own stretches."""

    span: Span
    inner: Span
    numbers: tuple[tuple[int, Span], ...]
    flaw: str = ""
    strength: int = 3


def expand(text: str, start: int, end: int) -> tuple[tuple[tuple[int, Span], ...], str]:
    """The numbers of ``text[start:end]`` with ranges written out, and the flaw of a range that runs backwards."""
    numbers: list[tuple[int, Span]] = []
    flaw = ""
    last_end = start
    previous: int | None = None
    previous_start = start
    within = [place.span() for place in _WITHIN.finditer(text, start, end)] if "," in text[start:end] else []
    for match in _NUMBER.finditer(text, start, end):
        if any(first < match.start() < last for first, last in within):
            continue
        value = int(match.group())
        between = text[last_end : match.start()]
        if previous is not None and any(dash in between for dash in DASHES):
            if previous < value <= previous + MOST_IN_RANGE:
                whole = Span(previous_start, match.end())
                numbers[-1] = (previous, whole)
                numbers.extend((number, whole) for number in range(previous + 1, value + 1))
            else:
                if value <= previous:
                    flaw = f"the range {previous}–{value} runs backwards"
                numbers.append((value, Span(*match.span())))
        else:
            numbers.append((value, Span(*match.span())))
        previous, previous_start, last_end = value, match.start(), match.end()
    return tuple(numbers), flaw
