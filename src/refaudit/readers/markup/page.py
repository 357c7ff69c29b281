"""A page of light markup while it is read: running text, citations by key, notes, entries written into it, bibliographies.

Org, AsciiDoc, reStructuredText and wikitext share it: each has a scanner of its own that says what stands where.
"""

from __future__ import annotations

import bisect
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from refaudit.model import (
    Block,
    BlockKind,
    Citation,
    CitedItem,
    Document,
    MarkKind,
    Piece,
    Problem,
    Reference,
    Source,
    Span,
    System,
)
from refaudit.readers.databases import bibliography
from refaudit.readers.document_builder import Writer
from refaudit.readers.markup.pandoc import with_bibliography
from refaudit.readers.markup.parts import Work, placed
from refaudit.readers.project_files import Files

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_BRACKET = re.compile(r"[\[\]]|\n[ \t]*\r?\n")
_ONE_LINE = str.maketrans("\r\n\t", "   ")

Cited = tuple[str, int, str, str]
"""One key of a citation: the key, its place in the source, what stands before it and what behind it."""

Noted = tuple[str, int, int]
"""A note that is written where it is cited: its label, where its text starts and ends."""


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their places, without their ends."""
    for match in _LINE.finditer(text):
        yield match.start(), match[0].rstrip("\r\n")


def closing(text: str) -> dict[int, int]:
    """Where each square bracket that is opened is closed in the same paragraph."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            stack.append(match.start())
        elif match[0] == "]":
            if stack:
                found[stack.pop()] = match.start()
        else:
            stack.clear()
    return found


class Page:
    """What was read so far of ``work.text``; every place given is one in it."""

    def __init__(self, work: Work) -> None:
        """Nothing read yet."""
        self.work = work
        self.text = work.text
        self.writer = Writer()
        self.citations: list[Citation] = []
        self.references: list[Reference] = []
        self.databases: list[str] = []
        self.everything = False  # whether all entries of the bibliographies are printed, cited or not
        self._entry: tuple[str, str | None, int] | None = None

    def words(self, start: int, end: int) -> None:
        """Text that stands as it is printed."""
        self.writer.words(self.text[start:end], 0, start)

    def code(self, start: int, end: int) -> None:
        """Text in which nothing is cited: code within a line, a formula."""
        at = self.writer.at
        self.words(start, end)
        if self.writer.at > at:
            self.writer.blocks.append(Block(kind=BlockKind.CODE, span=Span(at, self.writer.at)))

    def link(self, start: int, end: int, target: str) -> None:
        """The text of a link to ``target``."""
        at = self.writer.at
        self.words(start, end)
        self.writer.mark(MarkKind.LINK, at, target)

    def raised(self, start: int, end: int) -> None:
        """Text set high."""
        at = self.writer.at
        self.words(start, end)
        self.writer.mark(MarkKind.SUPERSCRIPT, at)

    def cite(self, start: int, end: int, items: Sequence[Cited]) -> None:
        """A citation of one or several keys, which stays in the text as it is written."""
        if self.writer.kind is None:
            self.writer.open(BlockKind.PARAGRAPH)
        at = self.writer.at
        words = self.text[start:end].translate(_ONE_LINE)
        self.writer.put(words, 0, start)
        span = Span(at, self.writer.at)
        made = tuple(
            CitedItem(
                span=Span(at + place - start, at + place - start + len(key)) if start <= place < end else span,
                key=key,
                prefix=" ".join(before.split()),
                locator=" ".join(behind.split()),
            )
            for key, place, before, behind in items
        )
        if made:
            self.citations.append(Citation(id="", span=span, text=words, system=System.KEY, items=made))

    def database(self, name: str, at: int) -> None:
        """A bibliography that the file names in which ``at`` stands; its folder is where the name starts."""
        name = name.strip().strip("\"'")
        if name:
            self.databases.append(posixpath.normpath(posixpath.join(self.folder(at), name)))

    def folder(self, at: int) -> str:
        """The folder, seen from the main file, of the file in which ``at`` stands."""
        pieces = self.work.pieces
        source = pieces[max(0, bisect.bisect_right([piece.at for piece in pieces], at) - 1)].source
        main = posixpath.dirname(self.work.sources[0].path)
        return posixpath.relpath(posixpath.dirname(self.work.sources[source].path) or ".", main or ".") if source else ""

    def end_block(self, start: int, end: int, notes: list[Noted], inline: Callable[[int, int], None]) -> None:
        """``inline`` reads the lines that make a block, if any, and it ends; the ``notes`` met up to there follow it.

        Notes that are met within notes stay in ``notes`` and follow the next block.
        """
        if end > start:
            inline(start, end)
        self.writer.close()
        met = notes.copy()
        notes.clear()
        for name, opens, closes in met:
            self.writer.open(BlockKind.FOOTNOTE, label=name)
            inline(opens, closes)
            self.writer.close()

    def begin_entry(self, key: str, label: str | None) -> None:
        """An entry of a list that stands in the text begins: what is written from here to ``end_entry``."""
        self.end_entry()
        self.writer.open(BlockKind.ITEM)
        self._entry = (key, label, self.writer.at)

    def end_entry(self) -> None:
        """The entry that is open, if any, ends."""
        if self._entry is None:
            return
        (key, label, start), self._entry = self._entry, None
        self.writer.close()
        words = self.writer.text_from(start)
        if words:
            span = Span(start, start + len(words))
            self.references.append(Reference(id="", span=span, raw=words, parts=((0, span),), key=key, label=label))

    def document(
        self, path: str, form: str, files: Files, problems: Sequence[Problem], *, guess: bool = True, complete: bool = True
    ) -> Document:
        """Everything that was read. ``guess``: where no bibliography is named, one beside the page that has its keys is used.

        ``complete`` says that the entries in the text are the whole list where no bibliography is named.
        """
        self.end_entry()
        self.writer.close()
        found = list(problems)
        names = list(dict.fromkeys(self.databases))
        keys = {item.key for one in self.citations for item in one.items}
        if not names and not self.references and guess and (name := bibliography.beside(keys, files)):
            found.append(Problem(message=bibliography.TAKEN.format(name)))
            names = [name]
        made = Document(
            path=path,
            format=form,
            text=self.writer.text,
            sources=(Source(path=path, text=self.text),),
            pieces=tuple(self.writer.pieces) or (Piece(0, 0, 0),),
            blocks=tuple(sorted(self.writer.blocks, key=lambda block: block.span.start)),
            marks=tuple(self.writer.marks),
            problems=tuple(found),
            citations=tuple(replace(one, id=f"g{number}") for number, one in enumerate(self.citations, 1)),
            references=tuple(self.references),
            list_given=bool(self.references) and complete,
        )
        if names or files.bibliographies:
            own = made.references
            made = with_bibliography(made, names, files, nocite=["*"] if self.everything else ())
            made = replace(made, references=own + made.references)
        return placed(made, self.work)
