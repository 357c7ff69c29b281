"""From the lines of a PDF, in the order of reading, to blocks: headings, paragraphs, entries, notes and printed code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from refaudit.model import BlockKind
from refaudit.readers.pdf.geometry import Line
from refaudit.words.headings import reference_heading

_LABEL = re.compile(r"\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})(?:[.)]?(?=\s|$)|\.(?=[^\W\d_])))")
_AUTHOR_FIRST = re.compile(r"(?:[^\W\d_][\w'’‐-]*\s){0,4}[^\W\d_a-z][\w'’‐-]*(?:,\s[^\W\d_a-z]|\s[A-Z]{1,3}[.,\s]|\.?\s\()")
_LONGEST_HEADING = 90
_TABLE = re.compile(
    r"(?i)\s*(?:table|tabelle|tabell|tabela|tabla|tableau|tabella|tabulka|таблица|表)\s*(?:\d{1,3}|[IVX]{1,5}|[A-Z]\.?\d{1,2})\b"
)
_LONGEST_TABLE = 400
"""Lines of a table; what is longer is none."""
_MOST_FLOATS = 16
"""Blocks of smaller letters that may stand between the halves of a paragraph."""
_TELLING = 6
"""Lines of a column that show how its blocks begin."""
_SMALL = 0.93
"""Share of the body's size below which text is that of notes, captions or tables."""
_BULLET = re.compile(r"\s*[•▪◦‣∙●–—-]\s")
SENTENCE_END = re.compile(r"[.?!:]['”’\")\]]*\s*$")


@dataclass(slots=True)
class Group:
    """Lines that make one block; ``kept`` says that the lines stay lines: nothing showed where entries begin."""

    kind: BlockKind
    lines: list[Line]
    kept: bool = False


@lru_cache(maxsize=4096)  # a line is asked about by notes, tables and headings
def is_list_heading(text: str) -> bool:
    """Whether a line is the heading of a list of references, in any of the languages known."""
    return len(text) <= _LONGEST_HEADING and reference_heading(text.strip())


def groups(lines: Sequence[Line], size: float, begins: frozenset[int] = frozenset()) -> list[Group]:
    """Headings, and between them paragraphs and tables. ``begins`` holds the ids of lines to which links of the file lead."""
    found: list[Group] = []
    section: list[Line] = []
    table: list[Line] = []
    listed = False
    for index, line in enumerate(lines):
        if _in_table(table, line, lines[index + 1 : index + 4], size):
            if not table:
                found.extend(_paragraphs(section, size, listed=listed, begins=begins))
                section = []
                table = [line]
                found.append(Group(BlockKind.TABLE, table))
            else:
                table.append(line)
            continue
        table = []
        if not _is_heading(line, size):
            section.append(line)
            continue
        found.extend(_paragraphs(section, size, listed=listed, begins=begins))
        section = []
        last = found[-1] if found else None
        if last is not None and last.kind is BlockKind.HEADING and _same_heading(last.lines[-1], line):
            last.lines.append(line)
        else:
            found.append(Group(BlockKind.HEADING, [line]))
        listed = is_list_heading(line.text)
    found.extend(_paragraphs(section, size, listed=listed, begins=begins))
    return found


def _same_heading(last: Line, line: Line) -> bool:
    close = line.gap is not None and line.gap < 1.6 * line.size
    return close and abs(last.size - line.size) < 0.3 and last.page == line.page


def _in_table(table: Sequence[Line], line: Line, following: Sequence[Line], size: float) -> bool:
    """Whether a line is the caption of a table or one of the lines below it, in smaller letters than the text."""
    if not table:
        return bool(_TABLE.match(line.text)) and any(one.size < _SMALL * size for one in (line, *following))
    if line.page != table[0].page or len(table) >= _LONGEST_TABLE:
        return False
    if line.size >= _SMALL * size and (table[-1].size < _SMALL * size or abs(line.size - table[0].size) > 0.3 or len(table) > 3):
        return False
    return not (is_list_heading(line.text) and any(_LABEL.match(one.text) or _AUTHOR_FIRST.match(one.text) for one in following))


def _is_heading(line: Line, size: float) -> bool:
    text = line.text.strip()
    if is_list_heading(text):
        return True
    if not 2 < len(text) < 160 or not any(char.isalpha() for char in text):
        return False
    if line.size > 1.12 * size:
        return True
    short = line.right < line.column[0] + 0.8 * (line.column[1] - line.column[0])
    return line.bold and short and not text.endswith((".", ",", ";")) and line.size >= 0.93 * size


def _paragraphs(lines: Sequence[Line], size: float, *, listed: bool, begins: frozenset[int]) -> list[Group]:
    """The blocks of one section. ``listed`` says that it is the list of references."""
    if not lines:
        return []
    leading = _leading(lines, size)
    hanging = _hanging(lines, listed=listed)
    labels = _labelled(lines) if listed or hanging else frozenset()
    hangs = [hanging] * len(lines) if listed else _hangs(lines, usual=hanging)
    wide = sum(1 for line in lines if line.gap is not None and line.gap > 1.28 * leading)
    spaced = wide >= max(2, len(lines) // 12)  # blocks stand apart: what ends a line says nothing then
    found: list[Group] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if not listed and _code(lines, index):
            if found and found[-1].kind is BlockKind.CODE:
                found[-1].lines.append(line)
            else:
                found.append(Group(BlockKind.CODE, [line]))
        elif before is None or found[-1].kind is BlockKind.CODE:
            found.append(Group(BlockKind.PARAGRAPH, [line]))
        elif listed and not labels and id(line) in begins and not (hanging and _indent(line)):
            found.append(Group(BlockKind.PARAGRAPH, [line]))
        elif spaced and not labels and line.gap is not None and line.gap <= 1.28 * leading and not hangs[index]:
            found[-1].lines.append(line)
        elif _begins(line, before, index, leading=leading, hanging=hangs[index], labels=labels, listed=listed):
            found.append(Group(BlockKind.PARAGRAPH, [line]))
        else:
            found[-1].lines.append(line)
    if listed and len(lines) >= 8 and len(found) * 9 < len(lines):
        return [Group(BlockKind.PARAGRAPH, list(lines), kept=True)]
    return found


def _code(lines: Sequence[Line], index: int) -> bool:
    """Whether a line belongs to three or more that are set in letters of one width."""
    return lines[index].fixed and any(
        at >= 0 and at + 3 <= len(lines) and all(line.fixed for line in lines[at : at + 3])
        for at in (index - 2, index - 1, index)
    )


def _hangs(lines: Sequence[Line], *, usual: bool) -> list[bool]:
    """For each line whether the blocks of its column hang; of a column with few lines what is usual in the section."""
    found: list[bool] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].column == lines[at].column and lines[end].page == lines[at].page:
            end += 1
        found += [_hanging(lines[at:end], listed=False) if end - at >= _TELLING else usual] * (end - at)
        at = end
    return found


def _leading(lines: Sequence[Line], size: float) -> float:
    """The usual distance of baselines."""
    gaps = Counter(round(line.gap * 2) / 2 for line in lines if line.gap is not None and 0.5 * size < line.gap < 3 * size)
    return gaps.most_common(1)[0][0] if gaps else 1.2 * size


def _indent(line: Line) -> bool:
    return 0.35 * line.size < line.left - line.column[0] < 6 * line.size


def _flush(line: Line) -> bool:
    return abs(line.left - line.column[0]) <= 0.35 * line.size


def _short(line: Line) -> bool:
    return line.right < line.column[1] - 1.5 * line.size


def _hanging(lines: Sequence[Line], *, listed: bool) -> bool:
    """Whether blocks begin at the edge and go on indented (as lists do), rather than the other way round.

    A block ends short of the right edge, so the lines that follow short lines are the ones that begin blocks.
    """
    flush = [index for index in range(1, len(lines)) if _flush(lines[index])]
    indented = [index for index in range(1, len(lines)) if _indent(lines[index])]
    if len(indented) < 2 or not flush:
        return False
    after_short = [sum(_short(lines[index - 1]) for index in part) / len(part) for part in (flush, indented)]
    if abs(after_short[0] - after_short[1]) > 0.15:
        return after_short[0] > after_short[1]
    return listed or len(indented) >= 0.5 * len(flush)


def _labelled(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that begin numbered entries: the longest chain of labels of one form at the edge whose numbers rise with few gaps."""
    best: dict[tuple[int, int], tuple[int, int, int]] = {}  # (form, number) -> (length, line, line before)
    previous: dict[int, int] = {}
    longest = (0, -1)
    for index, line in enumerate(lines):
        match = _LABEL.match(line.text)
        if match is None or line.left > line.column[0] + 2.5 * line.size:
            continue
        form, number = match.lastindex or 0, int(match[match.lastindex or 0])
        chain = max((best.get((form, number - step), (0, -1, 0)) for step in (1, 2, 3)), default=(0, -1, 0))
        length = chain[0] + 1
        if best.get((form, number), (0, -1, 0))[0] < length and (chain[0] or number < 1900):
            best[form, number] = (length, index, chain[1])
            previous[index] = chain[1]
            longest = max(longest, (length, index))
    length, at = longest
    if length < 3:
        return frozenset()
    found: set[int] = set()
    while at >= 0:
        found.add(at)
        at = previous[at]
    first = _LABEL.match(lines[min(found)].text)
    begins = int(first[first.lastindex or 0]) <= 3 if first else False
    return frozenset(found) if begins or length >= 8 else frozenset()  # a list may go on from a section before


def _begins(line: Line, before: Line, index: int, *, leading: float, hanging: bool, labels: frozenset[int], listed: bool) -> bool:
    """Whether a line begins a block."""
    if labels and listed:
        if index in labels:
            return True
        if min(labels) < index < max(labels):
            return False
    if abs(line.size - before.size) > 0.08 * before.size and abs(line.size - before.size) > 0.7:
        return True
    if _BULLET.match(line.text) and line.left >= before.left:
        return True
    if line.gap is not None and line.gap > 1.28 * leading:
        return not (listed and hanging and _indent(line))
    if hanging:
        return _flush(line)
    turned = line.gap is None  # a new column or page
    if turned and listed:  # no spacing to go by: the entry before is at its end, or this line begins with a name
        return _short(before) or bool(SENTENCE_END.search(before.text)) if _AUTHOR_FIRST.match(line.text) else False
    if _indent(line) and not _indent(before):
        return not turned or bool(SENTENCE_END.search(before.text))
    if listed and _indent(before) and _flush(line):
        return False
    ended = bool(SENTENCE_END.search(before.text))
    return ended and _short(before) and (turned or not _indent(before))


def over_floats(groups: Sequence[Group], size: float) -> list[Group]:
    """Paragraphs that captions or tables in smaller letters cut in two, put together again; what cut them comes before or behind."""
    found: list[Group] = []
    index = 0
    while index < len(groups):
        group = groups[index]
        following = index + 1
        while following < len(groups) and following - index <= _MOST_FLOATS and _float(groups[following], size):
            following += 1
        if (
            index + 1 < following < len(groups)
            and group.kind is BlockKind.PARAGRAPH
            and not group.kept
            and not _float(group, size)
            and _goes_on(group, groups[following])
        ):
            ends = groups[following].lines[-1].page
            between = groups[index + 1 : following]
            found.extend(one for one in between if one.lines[-1].page < ends)  # pages stay in order
            found.append(Group(group.kind, [*group.lines, *groups[following].lines]))
            found.extend(one for one in between if one.lines[-1].page >= ends)
            index = following + 1
        else:
            found.append(group)
            index += 1
    return found


def _float(group: Group, size: float) -> bool:
    if group.kind is BlockKind.TABLE:
        return True
    return group.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and all(
        line.size < _SMALL * size and not is_list_heading(line.text) for line in group.lines
    )


def _goes_on(group: Group, other: Group) -> bool:
    """Whether a block is the second half of another: it goes on in small letters, or the other one breaks off at a comma."""
    last, first = group.lines[-1], other.lines[0]
    if other.kind is not BlockKind.PARAGRAPH or abs(last.size - first.size) >= 0.05 * last.size or _short(last):
        return False
    before = last.text.rstrip()
    return not SENTENCE_END.search(before) and (first.text.lstrip()[:1].islower() or before.endswith((",", ";", "(", "&")))
