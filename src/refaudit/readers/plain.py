"""Plain text: read as it is, with its headings and page furniture pointed out."""

from __future__ import annotations

import re
from collections import Counter

from refaudit.model import Block, BlockKind, Document, Piece, Source, Span
from refaudit.readers.decode import decode

_LINE = re.compile(r"[^\r\n\f]+")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?i)(?:page\s*|p\.\s*|[-–—|]\s*)?\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?(?:\s*[-–—|])?")

# What a running head says, and the lone last line of an entry ("7:534. doi: 10.5555/a.1") does not.
_WORD = re.compile(r"[^\W\d_]{4}")
_ADDRESS = re.compile(r"(?i)(?:\bdoi\b|https?://|www\.|\b10\.\d{4}).*")

_LINE_NUMBER = re.compile(r"[ \t]{0,12}(\d{1,5})(?:[ \t]{1,4}|$|(?=[\r\n\f]))")
_NUMBERED_LINES = 12  # fewer may be anything that counts up
_HEAD_REPEATS = 3  # a running head stands on most pages; twice may be chance


def read(path: str, data: bytes) -> Document:
    """A document whose text is the decoded file, without the line numbers of a manuscript for review."""
    source, problems = decode(path, data)
    pieces: list[Piece] = []
    kept: list[str] = []
    at = length = 0
    for start, end in [*numbered_lines(source), (len(source), len(source))]:
        if start > at or not pieces:
            pieces.append(Piece(length, at, start - at))
            kept.append(source[at:start])
            length += start - at
        at = end
    text = "".join(kept)
    return Document(
        path=path,
        format="txt",
        text=text,
        sources=(Source(path=path, text=source),),
        pieces=tuple(pieces),
        blocks=furniture(text),
        problems=problems,
    )


def numbered_lines(text: str) -> list[tuple[int, int]]:
    """The stretches of printed line numbers, where nearly every line of a text begins with one.

    A list of references counts up too; what tells running text is that many of its lines go on in lower case or are empty.
    """
    lines = [match for match in _LINE.finditer(text) if match.group().strip()]
    if len(lines) < _NUMBERED_LINES:
        return []
    found = []
    expected, going_on = 1, 0
    for line in lines:
        mark = _LINE_NUMBER.match(text, line.start(), line.end())
        if mark and int(mark[1]) in (expected, 1):
            expected = int(mark[1]) + 1
            found.append(mark.span())
            going_on += mark.end() == line.end() or text[mark.end()].islower()
    return found if len(found) >= 0.9 * len(lines) and going_on >= 0.25 * len(found) else []


def furniture(text: str) -> tuple[Block, ...]:
    """Lone page numbers and running heads: short lines that stand by themselves and return with other numbers."""
    lone: list[tuple[str, Span]] = []
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if 0 < len(line) <= 120 and _alone(text, match.start(), match.end()):
            lone.append((line, Span(*match.span())))
    shapes = Counter(_DIGITS.sub("0", line) for line, _ in lone)
    return tuple(
        Block(kind=BlockKind.FURNITURE, span=span)
        for line, span in lone
        if _PAGE_NUMBER.fullmatch(line)
        or (
            shapes[_DIGITS.sub("0", line)] >= _HEAD_REPEATS
            and not line.startswith(("-", "*", "["))
            and (_WORD.search(_ADDRESS.sub("", line)) or not any(char.isdigit() for char in line))
        )
    )


def _alone(text: str, start: int, end: int) -> bool:
    """Whether blank lines (or the ends of the text, or a page break) surround a line."""
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    above = before[len(before.rstrip()) :]
    below = after[: len(after) - len(after.lstrip())]
    return _gap(above, start == len(above)) and _gap(below, end + len(below) == len(text))


def _gap(space: str, edge: bool) -> bool:
    return edge or "\f" in space or space.count("\n") >= 2 or space.count("\r") >= 2
