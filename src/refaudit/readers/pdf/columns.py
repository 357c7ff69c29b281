"""The columns of a page: where gutters run, and the order in which a reader takes the text. Pure geometry, in points.

A gutter is a strip without text, several lines high, on the left of an edge at which many lines begin. It is looked for
on the page as a whole; what runs across it (a title, a wide table) parts the page into bands, and each band is read
column by column. Pages with little text take the gutters that other pages of the file have.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from refaudit.readers.pdf.geometry import Line
from refaudit.readers.pdf.lines import rows

_LEAST = 4
"""Lines on either side that make a gutter where none is known."""
_MANY = 12
"""Lines on either side that make a gutter which other pages of the file may take over."""
_LEAST_TEXT = 25
"""Characters that a line of a column of text has, on the average of such a gutter."""
_OVERHANG = 8.0
"""Points by which an overlong line (an address, a formula) may run into the gutter and over it."""
_NARROW = 26
"""Widths of a letter ("em") below which no two columns stand side by side."""
_MARGIN = 0.12
"""Share of the width of the text on its left in which no right column begins: there are indents."""
_MAX_EDGES = 12
_MAX_DEPTH = 6
_LABEL = re.compile(r"\W*(?:\d{1,4}(?:\.\d{1,3}){0,5}|[a-zA-Z]|[ivxlc]{1,6})\W*|[^\w\s]{1,3}|\[[^\[\]]{1,24}\]")


@dataclass(frozen=True, slots=True)
class _Band:
    """A stretch of the page between ``top`` and ``bottom`` that a gutter left of ``edge`` parts, with how many lines say so."""

    edge: float
    top: float
    bottom: float
    weight: int


def gutters(pages: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """The left edges of right-hand columns that return on the pages of a file."""
    seen: Counter[int] = Counter()
    for page in pages:
        bands = _bands(page, _edges(page), least=_MANY) if page else []
        seen.update({round(band.edge / 3) for band in bands if band.weight >= _MANY * _LEAST_TEXT})
    filled = sum(map(bool, pages))
    enough = 1 if filled <= 4 else max(2, filled // 6)
    near = {edge: max(seen[edge + d] for d in (-1, 0, 1)) for edge in seen}
    return tuple(3.0 * edge for edge, _ in seen.most_common(4) if near[edge] >= enough)


def in_order(page: Sequence[Line], known: Sequence[float] = ()) -> list[list[Line]]:
    """The lines of a page, column by column in the order of reading."""
    return [column for part in _parted(list(page), known, 0) if (column := _column(part))]


def _parted(page: list[Line], known: Sequence[float], depth: int) -> list[list[Line]]:
    if len(page) < 2 or depth >= _MAX_DEPTH:
        return [page] if page else []
    if max(line.right for line in page) - min(line.left for line in page) < _NARROW * _middle_size(page):
        return [page]
    bands = _bands(page, _edges(page), least=_LEAST)
    edges = [edge for edge, _ in _starts(page) if any(abs(edge - at) <= 4 for at in known)]
    bands += _bands(page, edges, least=1)
    if not bands and depth == 0:
        bands = _last_lines(page)
    if not bands:
        return [page]
    best = max(bands, key=lambda band: (band.weight, band.top))
    inside = [line for line in page if best.bottom < line.base < best.top]
    edge = _outermost(inside, best.edge)
    left = [line for line in inside if line.left < edge - 1]
    right = [line for line in inside if line.left >= edge - 1]
    above = [line for line in page if line.base >= best.top]
    below = [line for line in page if line.base <= best.bottom]
    found = _parted(above, known, depth + 1)
    for one, two in _balanced(left, right):
        found += [*_parted(one, known, depth + 1), *_parted(two, known, depth + 1)]
    return [*found, *_parted(below, known, depth + 1)]


def _outermost(band: Sequence[Line], edge: float) -> float:
    """The edge of the right column with the labels that hang out of it: where a strip without text begins before the few of them."""
    ordered = sorted((line for line in band if line.left < edge - 1), key=lambda line: line.left)
    whole = _letters([line for line in band if line.left >= edge - 1])
    least = _gutter_width(band)
    hanging = 0
    for index in range(len(ordered) - 1, 0, -1):
        line = ordered[index]
        hanging += len(line.text)
        if hanging * 4 > whole or edge - line.left > 60:
            break
        if line.left - max(one.right for one in ordered[:index]) >= least:
            return line.left
    return edge


def _balanced(left: list[Line], right: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """The sides of a band as pairs to be read one after the other: parted where both stop at one height and go on smaller or larger.

    Journals balance the columns of a section and set the next one, often the list in smaller letters, below.
    """
    for lower, upper in _spaces(left):
        for low, high in _spaces(right):
            top, bottom = min(upper, high), max(lower, low)
            if top - bottom < 0.8 * left[0].size:
                continue
            parts = [
                ([line for line in side if line.base > bottom + 1], [line for line in side if line.base <= bottom + 1])
                for side in (left, right)
            ]
            if all(_typical_size(part[0]) > 1.08 * _typical_size(part[1]) for part in parts):
                return [(parts[0][0], parts[1][0]), *_balanced(parts[0][1], parts[1][1])]
    return [(left, right)]


def _spaces(side: Sequence[Line]) -> list[tuple[float, float]]:
    """The empty stretches of a column, as the top of the line below and the foot of the line above."""
    ordered = sorted(side, key=lambda line: -line.base)
    return [
        (two.base + 0.8 * two.size, one.base - 0.25 * one.size)
        for one, two in pairwise(ordered)
        if one.base - two.base > 2.1 * max(one.size, two.size)
    ]


def _typical_size(side: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in side:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def _starts(page: Sequence[Line]) -> list[tuple[float, int]]:
    """Where lines begin, with how many do, from left to right."""
    found: list[tuple[float, int]] = []
    first, count, last = 0.0, 0, float("-inf")
    for left in sorted(line.left for line in page):
        if left - last <= 1.2 and left - first <= 4:
            count += 1
        else:
            if count:
                found.append((first, count))
            first, count = left, 1
        last = left
    if count:
        found.append((first, count))
    return found


def _edges(page: Sequence[Line]) -> list[float]:
    """Places at which several lines begin, those of most lines first."""
    left = min(line.left for line in page)
    least = left + _MARGIN * (max(line.right for line in page) - left)
    many = sorted((pair for pair in _starts(page) if pair[1] >= _LEAST and pair[0] > least), key=lambda pair: -pair[1])
    return [edge for edge, _ in many[:_MAX_EDGES]]


def _bands(page: Sequence[Line], edges: Sequence[float], *, least: int) -> list[_Band]:
    """The stretches of a page that a gutter left of one of the edges parts."""
    found = []
    for edge in edges:
        left_of = [line for line in page if line.left < edge - 1]
        if not left_of:
            continue
        across = [line for line in left_of if line.right > edge + _OVERHANG]
        limits = [float("-inf"), *sorted(line.base for line in across), float("inf")]
        over = {id(line) for line in across}
        sides: list[tuple[list[Line], list[Line]]] = [([], []) for _ in range(len(limits) - 1)]
        for line in page:
            place = bisect_left(limits, line.base) - 1
            if id(line) not in over and limits[place] < line.base < limits[place + 1]:  # beside a line across, in one row with it
                sides[place][line.left >= edge - 1].append(line)
        strip = edge - _gutter_width(page)
        for place, (left, right) in enumerate(sides):
            if len(left) >= least and len(right) >= least and _columns(left, right, edge, strip, strict=least > 1):
                found.append(_Band(edge, limits[place + 1], limits[place], min(_letters(left), _letters(right))))
    return found


def _last_lines(page: Sequence[Line]) -> list[_Band]:
    """The gutter of a page whose right column holds the last lines of the text only: they begin at its top."""
    ordered = sorted(page, key=lambda line: line.left)
    for few in range(min(6, len(page) - 16), 0, -1):
        left, right = ordered[:-few], ordered[-few:]
        edge = right[0].left
        level = abs(max(line.base for line in right) - max(line.base for line in left)) < right[0].size
        if level and _typical(left) >= 20 and max(line.right for line in left) < edge - _gutter_width(page):
            return [_Band(edge, float("inf"), float("-inf"), 1)]
    return []


def _gutter_width(page: Sequence[Line]) -> float:
    return 0.6 * _middle_size(page)


def _middle_size(page: Sequence[Line]) -> float:
    return sorted(line.size for line in page)[len(page) // 2]


def _letters(side: Sequence[Line]) -> int:
    return sum(len(line.text) for line in side)


def _columns(left: Sequence[Line], right: Sequence[Line], edge: float, strip: float, *, strict: bool) -> bool:
    """Whether two sides are columns of text rather than labels beside their text, or the cells of a table."""
    if max(line.base for line in left) < min(line.base for line in right) or max(line.base for line in right) < min(
        line.base for line in left
    ):
        return False  # one below the other: an indent
    if sum(bool(_LABEL.fullmatch(line.text.strip())) for line in left) * 2 > len(left):
        return False
    if sum(line.right > strip for line in left) * 6 > len(left):
        return False
    narrow, wide = _typical(left), _typical(right)
    if not strict:
        return narrow >= 12 and wide >= 8
    if sum(line.left < edge + 4 for line in right) * 4 < len(right):
        return False
    return (narrow >= 20 and wide >= 20) or (narrow >= 5 and wide >= 35 and not _level(left, right))


def _level(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether most lines of the left side stand on the baselines of right ones: cells of a table, not particulars beside the text."""
    bases = {round(line.base) for line in right}
    return sum(bool(bases & {round(line.base) + d for d in (-1, 0, 1)}) for line in left) * 3 > 2 * len(left)


def _typical(side: Sequence[Line]) -> int:
    """The usual number of characters of a row."""
    lengths: Counter[int] = Counter()
    for line in side:
        lengths[round(line.base / max(2.0, 0.5 * line.size))] += len(line.text)
    ordered = sorted(lengths.values())
    return ordered[len(ordered) // 2]


def _column(page: Sequence[Line]) -> list[Line]:
    """The lines from top to bottom, with the column's edges and the distance to the line above."""
    found = rows(page)
    if not found:
        return []
    long = [line for line in found if len(line.text) > 15] or found
    edge = Counter(round(line.left) for line in long)
    left = min(at for at, count in edge.items() if count >= max(1, max(edge.values()) // 6))
    right = sorted(line.right for line in long)[int(len(long) * 0.85)]
    for index, line in enumerate(found):
        line.column = (float(left), right)
        line.gap = found[index - 1].base - line.base if index else None
    return found
