"""Building a ``Document``: running text written piece by piece with its way back to the sources."""

from __future__ import annotations

import re

from refaudit.model import Block, BlockKind, Document, Mark, MarkKind, Piece, Span

_BREAK = "\n\n"
_FOLDED = re.compile(r"\s{2,}|[^\S ]")
"""White space that changes when it is folded: all but a space between two words, of which most of a text consists."""


class Writer:
    """Running text under construction, with pieces, blocks and marks.

    White space is written as single spaces, blocks are parted by an empty line. Every write says where in a source
    the characters stand; ``put`` with the same number of characters maps one to one, otherwise whole to whole.
    """

    def __init__(self) -> None:
        """Nothing written yet."""
        self.blocks: list[Block] = []
        self.marks: list[Mark] = []
        self.pieces: list[Piece] = []
        self._parts: list[str] = []
        self._at = 0
        self._last = "\n"
        self._open: tuple[BlockKind, int, str, int] | None = None
        self._block_start = 0

    @classmethod
    def continuing(cls, document: Document) -> Writer:
        """A writer that goes on behind the text of ``document``; ``blocks`` and ``marks`` hold only what is added."""
        writer = cls()
        writer.pieces = list(document.pieces)
        writer._parts = [document.text]
        writer._at = len(document.text)
        writer._last = document.text[-1:] or "\n"
        return writer

    @property
    def at(self) -> int:
        """The offset at which the next character will stand."""
        return self._at

    @property
    def text(self) -> str:
        """Everything written so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def text_from(self, start: int) -> str:
        """What was written since ``start``, white space at its end left out."""
        parts: list[str] = []
        left = self._at - start
        for part in reversed(self._parts):
            if left <= 0:
                break
            parts.append(part if len(part) <= left else part[-left:])
            left -= len(part)
        return "".join(reversed(parts)).rstrip()

    def text_ends(self, signs: str) -> bool:
        """Whether the last character written is one of ``signs``."""
        return self._last in signs

    def put(self, text: str, source: int, start: int, length: int | None = None) -> None:
        """Write ``text`` for ``length`` characters (as many as ``text`` has, if not given) at ``start`` of a source."""
        if not text:
            return
        if self._open is None:
            self.open(BlockKind.PARAGRAPH)
        self._write(text, source, start, len(text) if length is None else length)

    def _write(self, text: str, source: int, start: int, length: int) -> None:
        last = self.pieces[-1] if self.pieces else None
        follows = (
            last is not None
            and length == len(text)
            and last.source == source
            and self._at - last.at == last.length
            and last.start + last.length == start
        )
        if follows and last is not None:
            self.pieces[-1] = Piece(last.at, last.start, last.length + length, source)
        else:
            self.pieces.append(Piece(self._at, start, length, source))
        self._parts.append(text)
        self._at += len(text)
        self._last = text[-1]

    def space(self, source: int, start: int, length: int = 1) -> None:
        """Write one space for white space of a source; nothing at the start of a block or behind a space."""
        if self._open is not None and self._at > self._block_start and self._last not in " \n\t":
            self._write(" ", source, start, length)

    def words(self, text: str, source: int, start: int) -> None:
        """Write text that stands character for character in the source, with white space folded."""
        at = 0
        if text[:1] == " " and not text[1:2].isspace():  # at the start of a block, or behind a space, it is left out
            self.space(source, start)
            at = 1
        for match in _FOLDED.finditer(text, at):
            self.put(text[at : match.start()], source, start + at)
            self.space(source, start + match.start(), match.end() - match.start())
            at = match.end()
        self.put(text[at:], source, start + at)

    def open(self, kind: BlockKind, *, level: int = 0, label: str = "") -> None:
        """Begin a block; the one before is closed."""
        self.close()
        if self._at:
            piece = self.pieces[-1]
            self._write(_BREAK, piece.source, piece.start + piece.length, 0)
        self._open = (kind, level, label, self._at)
        self._block_start = self._at

    def close(self) -> None:
        """End the block that is open, if any. A block without a character leaves no trace but its break."""
        if self._open is None:
            return
        kind, level, label, start = self._open
        self._open = None
        end = self._at - 1 if self._last == " " else self._at
        if end > start:
            self.blocks.append(Block(kind=kind, span=Span(start, end), level=level, label=label))

    @property
    def kind(self) -> BlockKind | None:
        """The kind of the block that is open."""
        return self._open[0] if self._open else None

    def mark(self, kind: MarkKind, start: int, target: str = "") -> None:
        """Mark what was written since ``start``."""
        if self._at > start:
            self.marks.append(Mark(kind=kind, span=Span(start, self._at), target=target))
