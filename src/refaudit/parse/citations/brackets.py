"""The brackets of a text, and what is cited in one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from refaudit.model import CitedItem, Span
from refaudit.parse.years import ORIGINAL_BEHIND

_BRACKETS = re.compile(r"[()\[\]]|\n[ \t]*\n")
_MAX_GROUP = 1500


@dataclass(frozen=True, slots=True)
class Group:
    """A bracket: offsets of its opening and closing signs; ``closed`` is False where one of them is missing."""

    open: int
    close: int


@dataclass(frozen=True, slots=True)
class Found:
    """One citation as printed, before it has an id."""

    span: Span
    items: tuple[CitedItem, ...]
    narrative: bool
    flaw: str = ""


def groups_in(text: str, start: int, end: int) -> list[Group]:
    """The bracket pairs of a stretch, by opening offset. A pair may run over one paragraph break (a page), not over two."""
    stack: list[tuple[str, int, int]] = []
    found: list[Group] = []
    paragraph = 0
    for match in _BRACKETS.finditer(text, start, end):
        sign = match.group()
        if sign[0] == "\n":
            paragraph += 1
            if len(stack) > 200:
                del stack[:100]
        elif sign in "([":
            stack.append((sign, match.start(), paragraph))
        else:
            partner = "(" if sign == ")" else "["
            for depth in range(len(stack) - 1, max(-1, len(stack) - 6), -1):
                if stack[depth][0] == partner:
                    _, opened, at = stack[depth]
                    if match.start() - opened <= _MAX_GROUP and paragraph - at <= 1:
                        found.append(Group(opened, match.start()))
                        del stack[depth:]
                    break
    return sorted(found, key=lambda group: group.open)


def innermost(text: str, groups: Sequence[Group], offsets: Sequence[int]) -> list[Group | None]:
    """For each offset the innermost bracket around it; an original year in square brackets ("2008 [1963]") is no bracket of its own."""
    groups = [
        group
        for group in groups
        if not (text[group.open] == "[" and ORIGINAL_BEHIND.fullmatch(text, group.open, group.close + 1))
    ]
    opens = [group.open for group in groups]
    found: list[Group | None] = []
    for offset in offsets:
        index = bisect_right(opens, offset) - 1
        home = None
        for back in range(index, max(-1, index - 40), -1):
            if groups[back].close > offset:
                home = groups[back]
                break
        found.append(home)
    return found
