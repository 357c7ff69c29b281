"""From the runs of a page to fragments of lines, in the order of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from refaudit.readers.pdf.geometry import Line, Page, Run


def fragments(number: int, page: Page) -> list[Line]:
    """The pieces of lines that certainly belong together: runs that follow each other in the file with hardly a gap.

    A gap wider than a space may be a gutter between columns, which only the page as a whole shows.
    """
    found: list[Line] = []
    part: list[Run] = []

    def close() -> None:
        if part:
            line = Line(number, list(part), min(r.left for r in part), max(r.right for r in part), part[0].base, part[0].size)
            line.settle()
            found.append(line)
            part.clear()

    for run in page.runs:
        if not run.text.strip() or run.size <= 0:
            continue
        if part and not _follows(part, run):
            close()
        part.append(run)
    close()
    return found


def _follows(part: list[Run], run: Run) -> bool:
    last = part[-1]
    big = max(last.size, run.size)
    if not -0.3 * big < run.left - last.right < 0.5 * big and not -0.3 * big < last.left - run.right < 0.5 * big:
        return False
    if abs(run.base - last.base) < 0.12 * big:
        return True
    if run.size < 0.87 * last.size:
        return -0.4 * big < run.base - last.base < 0.75 * big
    if last.size < 0.87 * run.size:
        return -0.4 * big < last.base - run.base < 0.75 * big
    anchor = next((one for one in reversed(part) if one.size >= 0.97 * big), last)  # text raised in full size, and back
    return abs(run.base - anchor.base) < 0.12 * big or (len(run.text) < 8 and 0 < run.base - last.base < 0.5 * big)


def rows(page: Sequence[Line]) -> list[Line]:
    """The fragments of one column as lines from top to bottom: what stands side by side on one baseline is one line."""
    found: list[Line] = []
    for piece in sorted(page, key=lambda line: (-round(line.base, 1), line.left)):
        for line in reversed(found[-4:]):
            if _beside(line, piece):
                line.add(piece.runs)
                break
        else:
            found.append(Line(piece.page, list(piece.runs), piece.left, piece.right, piece.base, piece.size))
    found.sort(key=lambda line: -line.base)
    return found


def _beside(line: Line, piece: Line) -> bool:
    """Whether a piece stands on the line, or is a raised or lowered sign of it."""
    big = max(line.size, piece.size)
    shift = piece.base - line.base
    apart = piece.left - line.right if piece.left >= line.left else line.left - piece.right
    if apart < -0.5 * big:  # it would overprint the line
        return abs(shift) < 0.12 * big and _free(line, piece)
    if abs(shift) < 0.25 * min(line.size, piece.size):
        return True
    if apart > (0.4 if piece.left >= line.left else 1.2) * big:
        return False
    if piece.size < 0.87 * line.size:
        return -0.3 * big < shift < 0.65 * big
    return line.size < 0.87 * piece.size and -0.65 * big < shift < 0.3 * big and len(line.text) < 12


def _free(line: Line, piece: Line) -> bool:
    """Whether a piece fits into a hole of the line."""
    return not any(run.left < piece.right - 1 and piece.left < run.right - 1 for run in line.runs)


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size that most of the text has."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
