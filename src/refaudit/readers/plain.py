"""Plain text: read as it is, with its headings and page furniture pointed out."""

from __future__ import annotations

import re
from collections import Counter

from refaudit.model import Block, BlockKind, Document, Piece, Source, Span
from refaudit.readers.decode import decode

_LINE = re.compile(r"[^\r\n\f]+")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?i)(?:page\s*|p\.\s*|[-–—|]\s*)?\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?(?:\s*[-–—|])?")

_HEAD_REPEATS = 3  # a running head stands on most pages; twice may be chance


def read(path: str, data: bytes) -> Document:
    """A document whose text is the decoded file."""
    text, problems = decode(path, data)
    return Document(
        path=path,
        format="txt",
        text=text,
        sources=(Source(path=path, text=text),),
        pieces=(Piece(0, 0, len(text)),),
        blocks=furniture(text),
        problems=problems,
    )


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
        or (shapes[_DIGITS.sub("0", line)] >= _HEAD_REPEATS and not line.startswith(("-", "*", "[")))
    )


def _alone(text: str, start: int, end: int) -> bool:
    """Whether blank lines (or the ends of the text, or a page break) surround a line."""
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    above = before[len(before.rstrip()) :]
    below = after[: len(after) - len(after.lstrip())]
    return _gap(above, start == len(above)) and _gap(below, end + len(below) == len(text))


def _gap(space: str, edge: bool) -> bool:
    return edge or "\f" in space or space.count("\n") >= 2 or space.count("\r") >= 2
