"""What stands on a page: runs, fragments and lines, in points from the lower left corner. Pure geometry."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

BOLD, FIXED, HEAVY, UNMAPPED = 1, 2, 4, 8
"""Bits of a run's face: bold by the name of its font, of one width by its name, heavy by the weight of its strokes, and
letters that the font does not map to characters."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one size and face on one baseline; ``quarter`` counts the quarter turns of their direction."""

    text: str
    left: float
    right: float
    base: float
    size: float
    face: int
    quarter: int = 0


@dataclass(frozen=True, slots=True)
class Jump:
    """A link inside the file: where it can be clicked (left, bottom, right, top) and where it leads (page, left, top)."""

    box: tuple[float, float, float, float]
    page: int
    left: float | None
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its runs in the order of the file and its links; a page that could not be read has none."""

    width: float
    height: float
    runs: tuple[Run, ...]
    jumps: tuple[Jump, ...] = ()


@dataclass(slots=True)
class Line:
    """A printed line or a piece of one: its runs from left to right, its extent, and the column it stands in.

    ``gap`` is the distance to the baseline above in the same column, None where the column begins.
    """

    page: int
    runs: list[Run]
    left: float
    right: float
    base: float
    size: float
    column: tuple[float, float] = (0.0, 0.0)
    gap: float | None = None
    _text: str | None = field(default=None, repr=False)
    _pieces: list[tuple[str, bool]] | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The line as one string."""
        if self._text is None:
            self._text = "".join(text for text, _ in self.pieces())
        return self._text

    @property
    def bold(self) -> bool:
        """Whether most of the line is bold."""
        letters = sum(len(run.text) for run in self.runs)
        return sum(len(run.text) for run in self.runs if run.face & (BOLD | HEAVY)) * 2 > letters

    @property
    def fixed(self) -> bool:
        """Whether all but a little of the line is set in letters of one width."""
        letters = sum(len(run.text) for run in self.runs)
        return sum(len(run.text) for run in self.runs if run.face & FIXED) * 10 > 9 * letters

    def add(self, runs: Iterable[Run]) -> None:
        """Take up more runs."""
        for run in runs:
            self.runs.append(run)
            self.left, self.right = min(self.left, run.left), max(self.right, run.right)
        self._text = self._pieces = None
        self.settle()

    def without(self, first: int) -> None:
        """Leave out the first runs."""
        self.runs = self.runs[first:]
        self.left = min(run.left for run in self.runs)
        self._text = self._pieces = None

    def settle(self) -> None:
        """Size and baseline are those of most of its letters; digits and signs count less, for they may be raised."""
        first = self.runs[0]
        if all(run.size == first.size and run.base == first.base for run in self.runs):
            self.base, self.size = first.base, first.size
            return
        sizes: Counter[tuple[float, float]] = Counter()
        for run in self.runs:
            sizes[round(run.size, 1), round(run.base)] += sum(4 if char.isalpha() else 1 for char in run.text)
        (size, base), _ = max(sizes.items(), key=lambda pair: (pair[1], pair[0]))
        best = next(run for run in self.runs if round(run.size, 1) == size and round(run.base) == base)
        self.base, self.size = best.base, best.size

    def raised(self, run: Run) -> bool:
        """Whether a run of the line is set high: smaller and above the line, or well above it."""
        rise = run.base - self.base
        return rise > 0.12 * self.size and (run.size < 0.87 * self.size or rise > 0.25 * self.size) and rise < 1.2 * self.size

    def pieces(self) -> list[tuple[str, bool]]:
        """Texts with whether they are raised; spaces where a gap parts words."""
        if self._pieces is not None:
            return self._pieces
        runs = self.runs
        turned = False
        if len(runs) > 1:
            runs = sorted(runs, key=lambda run: run.left)
            turned = right_to_left(run.text for run in runs)
            if turned:
                runs = _from_right(runs)
        found: list[tuple[str, bool]] = []
        last: Run | None = None
        for run in runs:
            text, raised = run.text, self.raised(run)
            if last is not None:
                gap = max(run.left - last.right, last.left - run.right)
                small = min(run.size, last.size)
                if turned and (last.text.endswith(("(", "[")) or text.startswith((")", "]"))):
                    gap = 0.0  # what comes next stands at the other end of the stretch
                if gap > (0.13 * self.size if not raised else 0.6 * small) and not last.text.endswith(" "):
                    text = " " + text
                    if raised:
                        found.append((" ", False))
                        text = run.text
            if found and found[-1][1] == raised:
                found[-1] = (found[-1][0] + text, raised)
            else:
                found.append((text, raised))
            last = run
        self._pieces = found
        return found


def right_to_left(texts: Iterable[str]) -> bool:
    """Whether most of the letters belong to a script that runs from right to left."""
    first = second = 0
    for text in texts:
        if text.isascii():
            second += sum(map(str.isalpha, text))
            continue
        for char in text:
            if "\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufeff":
                first += 1
            elif char.isalpha():
                second += 1
    return first > 0 and first >= second


def _from_right(runs: list[Run]) -> list[Run]:
    """The runs of a line that is read from right to left; stretches of Latin letters and numbers keep their own order."""
    found: list[Run] = []
    stretch: list[Run] = []
    for run in reversed(runs):
        if any(unicodedata.bidirectional(char) in ("R", "AL") for char in run.text):
            found.extend(_bracketed(stretch[::-1]))
            stretch = []
            found.append(run)
        else:
            stretch.append(run)
    return [*found, *_bracketed(stretch[::-1])]


def _bracketed(stretch: list[Run]) -> list[Run]:
    """A stretch of Latin letters inside such a line: brackets and stops at its ends belong to the line and open on the right."""
    first, last = 0, len(stretch)
    while first < last and not any(map(str.isalnum, stretch[first].text)):
        first += 1
    while last > first and not any(map(str.isalnum, stretch[last - 1].text)):
        last -= 1
    if first == last:
        return stretch[::-1]
    opening = [replace(run, text=run.text.translate(_OPENING)) for run in reversed(stretch[last:])]
    closing = [replace(run, text=run.text.translate(_CLOSING)) for run in reversed(stretch[:first])]
    return [*opening, *stretch[first:last], *closing]


_OPENING, _CLOSING = str.maketrans(")]", "(["), str.maketrans("([", ")]")


def without_weight(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages, with bold letters by the names of fonts only where most of the text has heavy strokes."""
    letters = heavy = 0
    for page in pages:
        for run in page.runs:
            letters += len(run.text)
            heavy += len(run.text) if run.face & HEAVY else 0
    if heavy * 2 < letters:
        return pages
    return [replace(page, runs=tuple(replace(run, face=run.face & ~HEAVY) for run in page.runs)) for page in pages]


def upright(page: Page) -> Page:
    """The page as most of its text is read: text that runs in another direction (stamps along the edge) is left out."""
    letters: Counter[int] = Counter()
    for run in page.runs:
        letters[run.quarter] += len(run.text)
    if not letters:
        return page
    turn = max(letters, key=lambda quarter: (letters[quarter], -quarter))
    if turn == 0 and len(letters) == 1:
        return page
    width, height = (page.height, page.width) if turn % 2 else (page.width, page.height)
    jumps = (
        tuple(Jump(_turned(jump.box, turn, page), jump.page, jump.left, jump.top) for jump in page.jumps) if turn else page.jumps
    )
    return Page(width, height, tuple(run for run in page.runs if run.quarter == turn), jumps)


def _turned(box: tuple[float, float, float, float], turn: int, page: Page) -> tuple[float, float, float, float]:
    left, bottom, right, top = box
    if turn == 1:
        return bottom, page.width - right, top, page.width - left
    if turn == 2:
        return page.width - right, page.height - top, page.width - left, page.height - bottom
    return page.height - top, left, page.height - bottom, right
