"""Page furniture: running heads and feet, page numbers, and the numbers of lines in the margin. By place and repetition.

A number counts as that of the page only where it rises with the pages; every other number is part of the words, so that
the tail of an entry at the edge of a column ("1993;132:1872-4.") is like no other line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from refaudit.readers.pdf.geometry import Line, Page, Run
from refaudit.text import whole

_ZONE = 0.14
"""Share of the page's height, above and below, in which page numbers stand; repeated words may stand farther in."""
_ROWS = 3
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_PAGE_NUMBER = re.compile(
    r"(?i)\W{0,30}(?:page|p\.|seite|página|pág\.)?\W{0,30}(?:#|\d{1,4}|[ivxlc]{1,7})(?:\s{0,9}(?:of|/|von|de|sur)\s{0,9}\d{1,4})?\W{0,30}"
)
_SHORT = 40
"""Characters of a head or foot in which a number may be that of the page wherever it stands ("page 3 of 8")."""
_YEARS = range(1500, 2100)
"""Numbers that alone on a line are the year at the end of an entry, unless the pages are numbered so."""
_SURELY = 6
"""Pages with the same words at the same place that need no space around them to be furniture."""
_SAME = 4.0
"""Points by which the place of a running head may differ from page to page."""


def without_furniture(pages: Sequence[Sequence[Line]], sizes: Sequence[tuple[float, float]]) -> list[list[Line]]:
    """The fragments of the pages without running heads and feet, page numbers, and what lies off the paper."""
    outer = [_outer(page) for page in pages]
    offsets = _offsets([[*top, *foot] for top, foot in outer])
    places: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, rows in enumerate(outer):
        for line in {id(line): line for part in rows for row in part for line in row}.values():
            places[_template(line.text, number, offsets, len(pages))].append((number, line.base))
    enough = 2 if sum(map(bool, pages)) <= 4 else 3
    kept: list[list[Line]] = []
    for number, (page, parts, (width, height)) in enumerate(zip(pages, outer, sizes, strict=True)):
        gone: set[int] = set()
        for upper, part in zip((True, False), parts, strict=True):
            for row in reversed(part):  # from the inside: the space beside a head of two lines shows on its inner one
                left = [line for line in page if id(line) not in gone]
                named = [(line, _template(line.text, number, offsets, len(pages))) for line in row]
                gone.update(id(line) for line in _gone(named, left, places, enough, height, upper=upper))
        kept.append([line for line in page if id(line) not in gone and line.right > 0 and line.left < width])
    return kept


def _outer(page: Sequence[Line]) -> tuple[list[list[Line]], list[list[Line]]]:
    """The first and last rows of a page, each from the edge inwards."""
    top: list[list[Line]] = []
    foot: list[list[Line]] = []
    ordered = sorted(page, key=lambda line: -line.base)
    for found, lines in ((top, ordered), (foot, ordered[::-1])):
        for line in lines:
            if found and abs(found[-1][0].base - line.base) < 0.5 * max(line.size, 4.0):
                found[-1].append(line)
            elif len(found) == _ROWS:
                break
            else:
                found.append([line])
    return top, foot


def _offsets(outer: Sequence[Sequence[Sequence[Line]]]) -> tuple[int, ...]:
    """By how much printed page numbers differ from the place of the page in the file: differences that return page for page."""
    seen: defaultdict[int, set[int]] = defaultdict(set)
    for number, rows in enumerate(outer):
        for row in rows:
            for line in row:
                text = line.text.strip()
                for match in _NUMBER.finditer(text[:300]):
                    if match.start() == 0 or match.end() == len(text) or len(text) <= _SHORT:
                        seen[int(match[0]) - number].add(number)
    filled = sum(map(bool, outer))
    ranked = sorted(seen, key=lambda offset: (-len(seen[offset]), offset))[:2]
    least = (max(2, min(filled, 20) // 2), max(5, filled // 4))
    return tuple(offset for offset, count in zip(ranked, least, strict=False) if len(seen[offset]) >= count)


def _template(text: str, number: int, offsets: Sequence[int], pages: int) -> str:
    """The text with the number of the page, and the number of all pages beside it ("Page 3 of 8"), written as "#"."""
    short = text.strip()[:300]
    own = {offset + number for offset in offsets}
    numbers = {int(found) for found in _NUMBER.findall(short)}
    if numbers & own and len(short) <= _SHORT:
        own.add(pages)
    return _NUMBER.sub(lambda match: "#" if int(match[0]) in own else match[0], short) if numbers & own else short


def _page_number(template: str) -> bool:
    """Whether a line is nothing but a number of the page; a year that no numbering explains is the end of an entry."""
    if not _PAGE_NUMBER.fullmatch(template):
        return False
    number = _NUMBER.search(template)
    return number is None or int(number[0]) not in _YEARS


def _gone(
    row: Sequence[tuple[Line, str]],
    page: Sequence[Line],
    places: dict[str, list[tuple[int, float]]],
    enough: int,
    height: float,
    *,
    upper: bool,
) -> list[Line]:
    """What of a row is furniture."""
    found = []
    numbered = False
    outside = not _ZONE * height < row[0][0].base < (1 - _ZONE) * height
    for line, template in row:
        pages = {number for number, base in places[template] if abs(base - line.base) < _SAME}
        if not pages & {line.page + step for step in (-2, -1, 1, 2)}:
            pages = (
                set()
            )  # a heading that begins each chapter ("Notes") returns after many pages, a running head on the next ones
        if (
            len(pages) >= _SURELY
            or (len(pages) >= enough and _clear(row, page, upper=upper))
            or ((outside or "#" in template) and _page_number(template) and _apart(row, page))
        ):
            found.append(line)
            numbered = numbered or "#" in template
    if (
        outside and numbered and len(found) < len(row) and _apart(row, page)
    ):  # the head of a chapter beside the number of the page
        return [line for line, _ in row]
    return found


def _apart(row: Sequence[tuple[Line, str]], page: Sequence[Line]) -> bool:
    """Whether a row stands well apart from the text beside it."""
    base, size = row[0][0].base, row[0][0].size
    gaps = [abs(line.base - base) for line in page if abs(line.base - base) > 0.5 * size]
    return not gaps or min(gaps) > 1.55 * max(size, 6.0)


def _clear(row: Sequence[tuple[Line, str]], page: Sequence[Line], *, upper: bool) -> bool:
    """Whether the space between a row and the text on its inner side is more than that between lines of text."""
    base, size = row[0][0].base, max(row[0][0].size, 6.0)
    inner = [
        abs(line.base - base) for line in page if (line.base < base - 0.5 * size if upper else line.base > base + 0.5 * size)
    ]
    return min(inner, default=0.0) > 1.4 * size


# ------------------------------------------------------------------ numbers of lines


def without_line_numbers(pages: Sequence[Page]) -> list[Page]:
    """The pages without numbers of lines in the margin, as manuscripts for review have them.

    They stand one below the other outside the text, rise, and go with most lines of at least half the pages; labels
    of a list go with entries of several lines, and only at the end.
    """
    margins = [_margin(page.runs) for page in pages]
    full = sum(1 for page in pages if len(page.runs) > 8)
    sure = [margin for margin, page in zip(margins, pages, strict=True) if margin and _numbers_lines(margin, page.runs)]
    if not sure or len(sure) * 2 < full:
        return list(pages)
    rights = Counter(round(run.right / 3) for margin in sure for run in margin)
    lefts = Counter(round(run.left / 3) for margin in sure for run in margin)
    kept = []
    for page, margin in zip(pages, margins, strict=True):
        gone = {
            id(run)
            for run in margin
            if any(rights[round(run.right / 3) + d] >= 4 or lefts[round(run.left / 3) + d] >= 4 for d in (-1, 0, 1))
        }
        kept.append(replace(page, runs=tuple(run for run in page.runs if id(run) not in gone)))
    return kept


def _margin(runs: Sequence[Run]) -> list[Run]:
    """Numbers outside the text, from top to bottom."""
    starts: Counter[int] = Counter()
    for run in runs:
        if len(run.text) > 12:
            starts[round(run.left)] += len(run.text)
    if not starts:
        return []
    most = max(starts.values())
    edge = min(left for left, count in starts.items() if count * 5 >= most)
    found = [run for run in runs if run.right < edge - 2 and len(run.text.strip()) <= 4 and whole(run.text.strip()) is not None]
    return sorted(found, key=lambda run: -run.base)


def _numbers_lines(margin: Sequence[Run], runs: Sequence[Run]) -> bool:
    numbers = [whole(run.text.strip()) or 0 for run in margin]
    steps = Counter(two - one for one, two in pairwise(numbers))
    if len(numbers) < 6 or not steps:
        return False
    step, count = steps.most_common(1)[0]
    if step < 1 or count < 0.7 * (len(numbers) - 1):
        return False
    inside = [run for run in runs if margin[-1].base - 3 <= run.base <= margin[0].base + 3 and run.left > margin[0].right]
    lines = len({round(run.base / 4) for run in inside if len(run.text) > 3})
    return len(numbers) * step >= 0.6 * lines
