"""Notes at the foot of columns, and where they go in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from refaudit.model import BlockKind
from refaudit.readers.pdf.blocks import SENTENCE_END, Group, is_list_heading
from refaudit.readers.pdf.geometry import Line

_SMALL = 0.93
"""Share of the body's size below which text is that of notes, captions or tables."""
_SIGN = re.compile(r"\s*(?:\d{1,3}[.)]?(?=\s+[^\W\d])|[*†‡§¶∗#]+\s*\S)")


def begins_note(line: Line) -> bool:
    """Whether a line begins with the mark of a note: a sign, or a number that is set high or stands apart."""
    return bool(_SIGN.match(line.text)) or (bool(line.runs) and len(line.runs) > 1 and line.pieces()[0][1])


def foot(column: list[Line], size: float, *, listing: bool) -> tuple[list[Line], list[Line]]:
    """The column without, and the notes at its foot: smaller lines below text of full size that begin with a sign.

    An unsigned block counts too where it cuts a sentence. ``listing`` says that the column begins within a list of
    references, whose entries are often smaller than the text.
    """
    start = len(column)
    while start and column[start - 1].size < _SMALL * size:
        start -= 1
    if start in (0, len(column)) or is_list_heading(column[start - 1].text):
        return column, []
    above = column[:start]
    if listing and not any(line.size >= _SMALL * size and not line.bold for line in above):
        return column, []
    if _in_list(above, size):
        return column, []
    first = next((at for at in range(start, len(column)) if begins_note(column[at])), None)
    if first is None:
        gap = column[start].gap or 0.0
        cut = not SENTENCE_END.search(above[-1].text) and gap > 1.15 * above[-1].size
        first = start if cut and (len(column) - start) * 3 < len(column) else None
    if first is None or (len(column) - first) * 10 > 6 * len(column):
        return column, []
    return column[:first], column[first:]


def _in_list(above: Sequence[Line], size: float) -> bool:
    """Whether the last line of full size above is the heading of a list, with smaller lines below it."""
    for line in reversed(above):
        if is_list_heading(line.text):
            return True
        if line.size >= _SMALL * size:
            return False
    return False


def listing_after(column: Sequence[Line], size: float, *, listing: bool) -> bool:
    """Whether a list of references in small letters is going on at the end of the column."""
    for line in column:
        if is_list_heading(line.text):
            listing = True
        elif line.size >= _SMALL * size and not line.bold:
            listing = False
    return listing


def placed(groups: list[Group], notes: Mapping[int, Sequence[Line]]) -> list[Group]:
    """Each page's notes behind its last block, or before it where that block goes on to the next page."""
    found: list[Group] = []
    waiting = sorted((page, lines) for page, lines in notes.items() if lines)
    for index, group in enumerate(groups):
        last = group.lines[-1].page
        following = groups[index + 1].lines[0].page if index + 1 < len(groups) else 1 << 30
        while waiting and waiting[0][0] < last:
            found.extend(_groups(waiting.pop(0)[1]))
        found.append(group)
        while waiting and waiting[0][0] < following:
            found.extend(_groups(waiting.pop(0)[1]))
    for _, lines in waiting:
        found.extend(_groups(lines))
    return found


def _groups(lines: Sequence[Line]) -> list[Group]:
    found: list[Group] = []
    for line in lines:
        if not found or begins_note(line):
            found.append(Group(BlockKind.FOOTNOTE if begins_note(line) else BlockKind.PARAGRAPH, [line]))
        else:
            found[-1].lines.append(line)
    return found
