"""Links inside a file: the lines that they lead to, and the characters that can be clicked. Pure geometry, in points."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from refaudit.readers.pdf.geometry import Jump, Line
from refaudit.readers.pdf.joining import clean

_FAR = 40.0
"""Points below a destination in which its line begins; programs aim above the line, by a line or two at most."""
_BEGINS = re.compile(r"\s*(?:[\[(]?\d{1,4}[\]).]?\s|[^\W\d_a-z][\w'’-]+,\s[^\W\d_a-z]|[^\W\d_a-z][\w'’-]+\s[A-Z]{1,3}[,.\s])")
"""A label, or a name with its initials."""
_EVEN = 2.5
"""Points by which the aim may differ from link to link."""


def targets(lines: Sequence[Line], jumps: Sequence[Jump]) -> dict[Jump, Line]:
    """The line that each link leads to, as far as the links of the file aim evenly at the beginnings of lines.

    Some programs aim at the line above: taken is the next line or the one below it, whichever more often begins like
    an entry.
    """
    by_page: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    for page in by_page.values():
        page.sort(key=lambda line: -line.base)
    first: dict[Jump, Line] = {}
    second: dict[Jump, Line] = {}
    for jump in dict.fromkeys(jumps):
        below = [
            line
            for line in by_page.get(jump.page, ())
            if -2 < jump.top - line.base < _FAR and (jump.left is None or line.column[0] - 30 <= jump.left <= line.column[1] + 1)
        ]
        if below:
            first[jump] = below[0]
        if len(below) > 1 and below[1].column == below[0].column:
            second[jump] = below[1]
    found = max((first, second), key=lambda leads: sum(bool(_BEGINS.match(line.text)) for line in leads.values()))
    aims = Counter(round(jump.top - line.base) for jump, line in found.items())
    if not aims:
        return {}
    usual = max(aims, key=lambda aim: (sum(aims[aim + d] for d in (-2, -1, 0, 1, 2)), -aim))
    return {jump: line for jump, line in found.items() if abs(jump.top - line.base - usual) <= _EVEN + 0.5}


def clicked(line: Line, text: str, jumps: Sequence[Jump]) -> list[tuple[int, int, Jump]]:
    """Stretches of a line's text that lie under links, from word to word."""
    over = [jump for jump in jumps if jump.box[1] - 2 < line.base + 0.3 * line.size < jump.box[3] + 2]
    if not over:
        return []
    places: list[tuple[float, float, int, int]] = []
    at = 0
    for run in sorted(line.runs, key=lambda run: run.left):
        shown = clean(run.text).strip()
        start = text.find(shown, at)
        if start >= 0 and shown:
            at = start + len(shown)
            places.append((run.left, run.right, start, at))
    found: list[tuple[int, int, Jump]] = []
    for jump in over:
        stretches = [
            (first + _part(jump.box[0], left, right, last - first), first + _part(jump.box[2], left, right, last - first))
            for left, right, first, last in places
            if jump.box[0] < right - 0.5 and jump.box[2] > left + 0.5
        ]
        if stretches:
            start, end = _words(text, min(one for one, _ in stretches), max(two for _, two in stretches))
            if start < end:
                found.append((start, end, jump))
    return found


def _part(x: float, left: float, right: float, length: int) -> int:
    """How many of the characters between two places stand before a third."""
    return max(0, min(length, round((x - left) / max(0.1, right - left) * length)))


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch from the nearest beginning of a word to the nearest end of one, no more than two characters away."""
    for step in (0, 1, -1, 2, -2):
        at = start + step
        if 0 <= at < len(text) and text[at].isalnum() and (at == 0 or not text[at - 1].isalnum()):
            start = at
            break
    for step in (0, -1, 1, -2, 2):
        at = end + step
        if start < at <= len(text) and text[at - 1].isalnum() and (at == len(text) or not text[at].isalnum()):
            end = at
            break
    return start, end
