"""From the runs of a PDF page to its lines in reading order, without page furniture. Pure geometry, in points.

A point is 1/72 inch; the origin is the lower left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from refaudit.text import whole


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one size on one baseline."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its runs in the order of the file; a page that could not be read has none."""

    width: float
    height: float
    runs: tuple[Run, ...]


@dataclass(slots=True)
class Line:
    """A printed line: its runs with whether each is raised, its extent, and the column it stands in."""

    page: int
    parts: list[tuple[Run, bool]]
    left: float
    right: float
    base: float
    size: float
    column: tuple[float, float] = (0.0, 0.0)
    gap: float | None = None

    @property
    def text(self) -> str:
        """The line as one string."""
        return "".join(text for text, _ in self.pieces())

    @property
    def bold(self) -> bool:
        """Whether most of the line is bold."""
        letters = sum(len(run.text) for run, _ in self.parts)
        return sum(len(run.text) for run, _ in self.parts if run.bold) * 2 > letters

    def pieces(self) -> list[tuple[str, bool]]:
        """Texts with whether they are raised; spaces where a gap parts words."""
        found: list[tuple[str, bool]] = []
        last: Run | None = None
        for run, raised in self.parts:
            text = run.text
            if last is not None and not raised and not last.text.endswith(" ") and run.left - last.right > 0.17 * self.size:
                text = " " + text
            found.append((text, raised))
            last = run
        return found


def lines(number: int, page: Page) -> list[Line]:
    """The lines of a page in the order of the file."""
    found: list[Line] = []
    for run in page.runs:
        if not run.text.strip():
            continue
        line = found[-1] if found else None
        joined = line is not None and _joins(line, run)
        if line is None or joined is False:
            found.append(Line(number, [(run, False)], run.left, run.right, run.base, run.size))
            continue
        raised = run.size < 0.87 * line.size and run.base - line.base > 0.08 * line.size
        if run.size > line.size * 1.15:  # the line began with a raised sign
            line.parts = [(part, part.base - run.base > 0.08 * run.size) for part, _ in line.parts]
            line.base, line.size = run.base, run.size
            raised = False
        line.parts.append((run, raised))
        line.right = max(line.right, run.right)
    for line in found:
        sizes: Counter[float] = Counter()
        for run, _ in line.parts:
            sizes[round(run.size, 1)] += len(run.text)
        line.size = sizes.most_common(1)[0][0]
    return found


def _joins(line: Line, run: Run) -> bool:
    big = max(line.size, run.size)
    gap = run.left - line.right
    if not -0.3 * big < gap < 2.2 * big:
        return False
    shift = run.base - line.base
    if abs(shift) < 0.12 * big:
        return True
    if run.size < 0.87 * line.size:
        return -0.35 * big < shift < 0.75 * big
    return line.size < 0.87 * run.size and -0.75 * big < shift < 0.1 * big


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size that most of the text has."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?i)\W*(?:page|p\.)?\W*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/|von|de)\s*\d{1,4})?\W*")


def without_furniture(pages: Sequence[Sequence[Line]], sizes: Sequence[tuple[float, float]]) -> list[list[Line]]:
    """The pages without running heads and feet, page numbers, line numbers and stamps along the edge.

    Heads and feet are among the first or last three lines, in the outer eighth of the page, and return with other
    numbers on several pages.
    """
    seen: Counter[str] = Counter()
    for page, (_, height) in zip(pages, sizes, strict=True):
        seen.update({_DIGITS.sub("#", line.text) for line in _outer(page, height)})
    enough = max(2, len(pages) // 4)
    kept: list[list[Line]] = []
    for page, (width, height) in zip(pages, sizes, strict=True):
        gone = {
            id(line)
            for line in _outer(page, height)
            if seen[_DIGITS.sub("#", line.text)] >= enough or _PAGE_NUMBER.fullmatch(line.text)
        }
        inner = [line for line in page if id(line) not in gone and 0 <= line.left <= width]
        kept.append(inner)
    bare = [_without_line_numbers(page, least=8) for page in kept]
    if any(len(one) < len(other) for one, other in zip(bare, kept, strict=True)):  # a last page may have few lines
        bare = [_without_line_numbers(page, least=1) for page in bare]
    return bare


def _outer(page: Sequence[Line], height: float) -> list[Line]:
    bases = sorted({round(line.base) for line in page})
    ends = {*bases[:3], *bases[-3:]}
    return [line for line in page if round(line.base) in ends and not 0.12 * height <= line.base <= 0.88 * height]


def _without_line_numbers(page: list[Line], *, least: int) -> list[Line]:
    """The page without numbers that rise down the margin, if there are ``least`` of them or more."""
    starts = Counter(round(line.left) for line in page if len(line.text) > 20)
    if not starts:
        return page
    edge = starts.most_common(1)[0][0]
    margin = [line for line in page if whole(line.text.strip()) is not None and line.right < edge - 2]
    numbers = [whole(line.text.strip()) or 0 for line in margin]
    rising = sum(1 for one, two in pairwise(numbers) if two > one)
    if len(numbers) >= least and rising >= 0.8 * (len(numbers) - 1):
        gone = {id(line) for line in margin}
        return [line for line in page if id(line) not in gone]
    fused = [line for line in page if re.match(r"\d{1,4}\s", line.text) and whole(line.parts[0][0].text.strip()) is not None]
    if len(fused) >= 8 and len(fused) >= 0.7 * len(page):  # the number and its line were read as one
        for line in fused:
            line.parts = line.parts[1:] or line.parts
            line.left = line.parts[0][0].left
    return page


def in_order(page: list[Line], width: float) -> list[list[Line]]:
    """The lines of a page column by column: bands between lines that run over several columns, each from left to right."""
    gutters = _two_gutters(page, width)
    if not gutters:
        gutter = _gutter(page, width)
        if gutter is None:
            return [_column(part) for part in _margins(page)]
        gutters = (gutter,)
    crossing: list[Line] = sorted(
        (line for line in page if any(line.left < at - 4 and line.right > at + 4 for at in gutters)), key=lambda line: -line.base
    )
    over = {id(line) for line in crossing}
    sides: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for one in page:
        if id(one) not in over:
            sides[sum(one.right > at + 4 for at in gutters)].append(one)
    found: list[list[Line]] = []
    upper = float("inf")
    for line in [*crossing, None]:
        lower = line.base if line is not None else float("-inf")
        for side in sides:
            band = [one for one in side if lower < one.base <= upper]
            if band:
                found.append(_column(band))
        if line is not None:
            if found and found[-1] and found[-1][-1] in crossing and found[-1][-1].base - line.base < 2.2 * line.size:
                found[-1].append(line)
            else:
                found.append([line])
            upper = line.base
    return [_column(part) for part in found]


def _two_gutters(page: Sequence[Line], width: float) -> tuple[float, ...]:
    """Where a page is parted into three columns of text, () for fewer: few lines cross either gutter, many the middle."""
    wide = [line for line in page if len(line.text) > 12]
    found: list[float] = []
    for low, high in ((25, 43), (57, 75)):
        crossings = {
            width * step / 100: sum(line.left < width * step / 100 - 2 and line.right > width * step / 100 + 2 for line in wide)
            for step in range(low, high)
        }
        least = min(crossings.values())
        tied = [at for at, count in crossings.items() if count == least]
        if least > 0.2 * len(wide):
            return ()
        found.append(tied[len(tied) // 2])
    columns = Counter(
        sum(line.left >= at - 4 for at in found)
        for line in wide
        if not any(line.left < at - 4 and line.right > at + 4 for at in found)
    )
    few, many = min(columns[place] for place in range(3)), max(columns.values(), default=0)
    return tuple(found) if few >= 6 and few * 5 >= many else ()


def _gutter(page: Sequence[Line], width: float) -> float | None:
    """Where a page is parted into two columns of text, None for one column."""
    wide = [line for line in page if len(line.text) > 12]
    if len(wide) < 16:
        return None
    best: tuple[int, float] | None = None
    for step in range(36, 65):
        at = width * step / 100
        crossing = sum(1 for line in wide if line.left < at - 2 and line.right > at + 2)
        if best is None or crossing < best[0]:
            best = (crossing, at)
    if best is None:
        return None
    lows = [width * step / 100 for step in range(36, 65)]
    tied = [at for at in lows if sum(1 for line in wide if line.left < at - 2 and line.right > at + 2) == best[0]]
    fewer = {at: min(sum(line.right <= at + 4 for line in wide), sum(line.left >= at - 4 for line in wide)) for at in tied}
    even = [at for at in tied if fewer[at] == max(fewer.values())]  # not the empty part of a page
    at = even[len(even) // 2]
    left = sum(1 for line in wide if line.right <= at + 4)
    right = sum(1 for line in wide if line.left >= at - 4)
    if not best[0] and left >= 16 and 0 < right < 6:  # the last lines of the text begin a column
        return at
    return at if left >= 6 and right >= 6 and best[0] <= 0.35 * len(wide) and min(left, right) * 5 >= max(left, right) else None


def _margins(page: list[Line]) -> list[list[Line]]:
    """A column of notes beside the text (as on title pages) apart from the text, before it (text may go on to the next page)."""
    starts: Counter[int] = Counter()
    for line in page:
        starts[round(line.left / 3)] += len(line.text)
    if not starts:
        return []
    edge = starts.most_common(1)[0][0] * 3
    beside = [line for line in page if line.right < edge - 3]
    if len(beside) < 4:
        return [page]
    gone = {id(line) for line in beside}
    return [beside, [line for line in page if id(line) not in gone]]


def _column(page: list[Line]) -> list[Line]:
    """The lines from top to bottom, with the column's edges and the distance to the line above."""
    ordered = sorted(page, key=lambda line: (-round(line.base, 1), line.left))
    merged: list[Line] = []
    for line in ordered:
        last = merged[-1] if merged else None
        if last is not None and abs(last.base - line.base) < 0.25 * line.size and line.left >= last.right - 1:
            last.parts.extend(line.parts)
            last.right = line.right
        else:
            merged.append(line)
    if not merged:
        return []
    long = [line for line in merged if len(line.text) > 15] or merged
    edge = Counter(round(line.left) for line in long)
    left = min(at for at, count in edge.items() if count >= max(1, max(edge.values()) // 6))
    right = sorted(line.right for line in long)[int(len(long) * 0.85)]
    for index, line in enumerate(merged):
        line.column = (float(left), right)
        line.gap = merged[index - 1].base - line.base if index else None
    return merged
