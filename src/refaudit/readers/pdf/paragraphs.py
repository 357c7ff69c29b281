"""From the lines of a PDF to a document: headings, paragraphs, entries and notes by spacing, indent and size."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from refaudit.model import Block, BlockKind, Document, Mark, MarkKind, Piece, Problem, Source, Span, Unit
from refaudit.readers.pdf import reading_order
from refaudit.readers.pdf.reading_order import Line, Page, Run

__all__ = ["Page", "Run", "document"]

_LIST_HEADING = re.compile(
    r"(?i)\W*(?:[\dIVX]+[.:]?\s*)?(?:references?(?: cited| list)?|bibliography|works cited|literature(?: cited)?|literatur\w*|"
    r"r[eé]f[eé]rences? ?\w*|refer[eê]ncias ?\w*|referencias ?\w*|bibliograf\w+|bibliographie|riferimenti \w+|"
    r"sources|notes and references)\W*"
)
_LABEL = re.compile(r"\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)]?(?=\s))")
_AUTHOR_FIRST = re.compile(r"(?:[^\W\d_][\w'’‐-]*\s){0,4}[^\W\d_a-z][\w'’‐-]*(?:,\s[^\W\d_a-z]|\s[A-Z]{1,3}[.,\s]|\.?\s\()")
_BULLET = re.compile(r"\s*[•▪◦‣∙●–—-]\s")
_SENTENCE_END = re.compile(r"[.?!:]['”’\")\]]*\s*$")
_NOTE_SIGN = re.compile(r"\s*(?:\d{1,3}|[*†‡§¶∗])")
_LIGATURES: dict[int, str | None] = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_LIGATURES |= {0x00A0: " ", 0x2028: " ", 0x2029: " ", 0xFFFE: "\x02", 0x00AD: "\x02", 0xFEFF: None, 0x200B: None}
_CONTROL = re.compile(r"[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WORD_END = re.compile(r"([^\W\d_]+)[-‐\x02]$")
_WORD_START = re.compile(r"[^\W\d_]+")
_ADDRESS_END = re.compile(r"(?:https?:|www\.|10\.\d{4,9}/|doi\.org)[^\s<>]{0,400}$")
_ADDRESS_GOES_ON = re.compile(r"//|[^\s]*[\d/=&_%~?-][^\s]*|[a-z]+\.[a-z]|[a-z]{2,}\.?$")


@dataclass(slots=True)
class _Group:
    """Lines that make one block."""

    kind: BlockKind
    lines: list[Line]
    kept: bool = False  # the lines stay lines: nothing showed where entries begin


def document(path: str, pages: Sequence[Page], problems: tuple[Problem, ...]) -> Document:
    """The document that the pages make."""
    read = [reading_order.lines(number, page) for number, page in enumerate(pages)]
    read = reading_order.without_furniture(read, [(page.width, page.height) for page in pages])
    size = reading_order.body_size(read)
    body: list[Line] = []
    notes: dict[int, list[Line]] = {}
    for number, (page, lines) in enumerate(zip(pages, read, strict=True)):
        for column in reading_order.in_order(lines, page.width):
            rest, foot = _notes(column, size)
            body.extend(rest)
            notes.setdefault(number, []).extend(foot)
    groups = _placed_notes(_groups(body, size), notes)
    return _written(path, groups, len(pages), problems)


def _notes(column: list[Line], size: float) -> tuple[list[Line], list[Line]]:
    """The notes at the foot of a column: smaller lines below text of full size that begin with a sign."""
    start = len(column)
    while start and column[start - 1].size < 0.93 * size:
        start -= 1
    while start < len(column) and not (_NOTE_SIGN.match(column[start].text) or column[start].parts[0][1]):
        start += 1
    if start == 0 or start == len(column) or not any(line.size >= 0.93 * size for line in column[:start]):
        return column, []
    if _LIST_HEADING.fullmatch(column[start - 1].text) or (len(column) - start) * 10 > 6 * len(column):
        return column, []
    return column[:start], column[start:]


# -------------------------------------------------------------- blocks


def _groups(lines: Sequence[Line], size: float) -> list[_Group]:
    """Headings, and between them paragraphs."""
    found: list[_Group] = []
    section: list[Line] = []
    heading = ""
    for line in lines:
        if _is_heading(line, size):
            found.extend(_paragraphs(section, size, listed=bool(_LIST_HEADING.fullmatch(heading))))
            section = []
            last = found[-1] if found else None
            close = line.gap is not None and line.gap < 1.6 * line.size
            if (
                last
                and last.kind is BlockKind.HEADING
                and close
                and abs(last.lines[-1].size - line.size) < 0.3
                and last.lines[-1].page == line.page
            ):
                last.lines.append(line)
            else:
                found.append(_Group(BlockKind.HEADING, [line]))
            heading = line.text
        else:
            section.append(line)
    found.extend(_paragraphs(section, size, listed=bool(_LIST_HEADING.fullmatch(heading))))
    return found


def _is_heading(line: Line, size: float) -> bool:
    text = line.text.strip()
    if _LIST_HEADING.fullmatch(text) and len(text) < 40:
        return True
    if not 2 < len(text) < 160 or not any(char.isalpha() for char in text):
        return False
    if line.size > 1.12 * size:
        return True
    short = line.right < line.column[0] + 0.8 * (line.column[1] - line.column[0])
    return line.bold and short and not text.endswith((".", ",", ";")) and line.size >= 0.93 * size


def _paragraphs(lines: Sequence[Line], size: float, *, listed: bool) -> list[_Group]:
    """The blocks of one section. ``listed`` says that it is the list of references."""
    if not lines:
        return []
    leading = _leading(lines, size)
    hanging = _hanging(lines, listed=listed)
    labels = _labelled(lines) if listed or hanging else frozenset()
    wide = sum(1 for line in lines if line.gap is not None and line.gap > 1.28 * leading)
    spaced = wide >= max(2, len(lines) // 12)  # blocks stand apart: what ends a line says nothing then
    found: list[_Group] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if before is not None and spaced and not labels and line.gap is not None and line.gap <= 1.28 * leading and not hanging:
            found[-1].lines.append(line)
        elif before is None or _begins(line, before, index, leading=leading, hanging=hanging, labels=labels, listed=listed):
            found.append(_Group(BlockKind.PARAGRAPH, [line]))
        else:
            found[-1].lines.append(line)
    if listed and len(lines) >= 8 and len(found) * 9 < len(lines):
        return [_Group(BlockKind.PARAGRAPH, list(lines), kept=True)]
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
    """The lines that begin numbered entries: their numbers rise one by one from 1 (with few gaps)."""
    found: list[int] = []
    expected = None
    for index, line in enumerate(lines):
        match = _LABEL.match(line.text)
        if match is None:
            continue
        number = int(match[1] or match[2] or match[3])
        if (expected is None and number <= 2) or (expected is not None and expected <= number <= expected + 2):
            found.append(index)
            expected = number + 1
    return frozenset(found) if len(found) >= 3 else frozenset()


def _begins(line: Line, before: Line, index: int, *, leading: float, hanging: bool, labels: frozenset[int], listed: bool) -> bool:
    """Whether a line begins a block."""
    if labels and listed:
        return index in labels
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
        return _short(before) or bool(_SENTENCE_END.search(before.text)) if _AUTHOR_FIRST.match(line.text) else False
    if _indent(line) and not _indent(before):
        return not turned or bool(_SENTENCE_END.search(before.text))
    if listed and _indent(before) and _flush(line):
        return False
    ended = bool(_SENTENCE_END.search(before.text))
    return ended and _short(before) and (turned or not _indent(before))


def _placed_notes(groups: list[_Group], notes: dict[int, list[Line]]) -> list[_Group]:
    """Each page's notes behind its last block, or before it where that block goes on to the next page."""
    found: list[_Group] = []
    waiting = sorted((page, lines) for page, lines in notes.items() if lines)
    for index, group in enumerate(groups):
        last = group.lines[-1].page
        following = groups[index + 1].lines[0].page if index + 1 < len(groups) else 1 << 30
        while waiting and waiting[0][0] < last:
            found.extend(_note_groups(waiting.pop(0)[1]))
        found.append(group)
        while waiting and waiting[0][0] < following:
            found.extend(_note_groups(waiting.pop(0)[1]))
    for _, lines in waiting:
        found.extend(_note_groups(lines))
    return found


def _note_groups(lines: Sequence[Line]) -> list[_Group]:
    found: list[_Group] = []
    for line in lines:
        if not found or _NOTE_SIGN.match(line.text) or line.parts[0][1]:
            found.append(_Group(BlockKind.FOOTNOTE, [line]))
        else:
            found[-1].lines.append(line)
    return found


# -------------------------------------------------------------- text


def _written(path: str, groups: Sequence[_Group], pages: int, problems: tuple[Problem, ...]) -> Document:
    words = Counter(
        word for group in groups for line in group.lines for word in _WORD_START.findall(line.text.translate(_LIGATURES).lower())
    )
    parts: list[str] = []
    blocks: list[Block] = []
    marks: list[Mark] = []
    breaks: list[int] = []
    at = 0
    for group in groups:
        if at:
            parts.append("\n\n")
            at += 2
        start = at
        for index, line in enumerate(group.lines):
            pieces = _cleaned(line)
            joint = ""
            if index:
                joint = "\n" if group.kept else _joint(parts[-1] if parts else "", pieces[0][0], words)
                if joint is not None and joint.startswith("\b"):  # the hyphen goes
                    parts[-1] = parts[-1][:-1]
                    at -= 1
                    joint = ""
            parts.append(joint)
            at += len(joint)
            while len(breaks) <= line.page:
                breaks.append(at)
            for text, raised in pieces:
                parts.append(text)
                if raised and text.strip():
                    marks.append(Mark(kind=MarkKind.SUPERSCRIPT, span=Span(at, at + len(text.rstrip()))))
                at += len(text)
        level = 1 if group.kind is BlockKind.HEADING else 0
        blocks.append(Block(kind=group.kind, span=Span(start, at), level=level))
    while len(breaks) < pages:
        breaks.append(at)
    text = "".join(parts).replace("\x02", "-")
    return Document(
        path=path,
        format="pdf",
        text=text,
        sources=(Source(path=path, text=text, unit=Unit.PAGE, breaks=tuple(breaks)),),
        pieces=(Piece(0, 0, len(text)),),
        blocks=tuple(blocks),
        marks=tuple(marks),
        problems=problems,
    )


def _cleaned(line: Line) -> list[tuple[str, bool]]:
    """The pieces of a line with ligatures parted and control characters out, without white space at the ends."""
    pieces = [(_CONTROL.sub("", text.translate(_LIGATURES)), raised) for text, raised in line.pieces()]
    pieces[0] = (pieces[0][0].lstrip(), pieces[0][1])
    pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
    return [piece for piece in pieces if piece[0]] or [("", False)]


def _joint(before: str, after: str, words: Counter[str]) -> str:
    """What stands between two lines: a space, nothing, or nothing with the hyphen taken back ("\\b")."""
    address = _ADDRESS_END.search(before[-450:])
    if address and not before.endswith((",", ";", ")")):
        follows = _ADDRESS_GOES_ON.match(after)
        if (
            before.endswith(("/", "-", "_", "=", "&", "?", ":", "\x02", "%"))
            or (follows and not before.endswith("."))
            or (before.endswith(".") and re.match(r"\d|[a-z]", after))
        ):
            return ""  # addresses are broken behind hyphens of their own
    match = _WORD_END.search(before[-60:])
    start = _WORD_START.match(after)
    if match and start and start[0][0].islower():
        joined = (match[1] + start[0]).lower()
        known = words[match[1].lower()] > 1 and words[start[0].lower()] > 1  # each counts once from these two lines
        return "" if known and not words[joined] else "\b"
    if before.endswith(("\x02", "-", "‐")) and (match or before[-2:-1].isdigit()):
        return ""
    if before.endswith(("–", "—", "/")) or after.startswith(("–", "—")):
        return ""
    return " "
