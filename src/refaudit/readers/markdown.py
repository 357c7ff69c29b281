"""Markdown (placeholder until its own reader stands)."""

from __future__ import annotations

import re

from refaudit.model import Block, BlockKind, Document, Piece, Source, Span
from refaudit.readers.decode import decode

_PARAGRAPH = re.compile(r"[^\s](?:[^\n\r]|\r?\n(?![ \t\f\v]*\r?(?:\n|$)))*")


def read(path: str, data: bytes) -> Document:
    """A document whose text is the decoded file."""
    text, problems = decode(path, data)
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, span=Span(*m.span())) for m in _PARAGRAPH.finditer(text))
    return Document(
        path=path,
        format="md",
        text=text,
        sources=(Source(path=path, text=text),),
        pieces=(Piece(0, 0, len(text)),),
        blocks=blocks,
        problems=problems,
    )
