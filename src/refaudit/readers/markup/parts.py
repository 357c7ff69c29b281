"""One work in several files: a text and the parts that it takes in, put together, with the way back to each file.

A reader of any kind reads the text put together as if it were one file; ``placed`` then says where everything stands.
"""

from __future__ import annotations

import bisect
import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from refaudit.errors import InputError
from refaudit.model import Document, Piece, Problem, Source
from refaudit.readers.decode import decode
from refaudit.readers.markup.project_config import without_front_matter
from refaudit.readers.project_files import Files

MAX_PARTS = 400
"""Files that one work may have; a large book has some hundred."""
MAX_CHARACTERS = 50_000_000
"""Characters that all parts may have together: a part may be taken in many times."""
MAX_DEPTH = 20

Included = Callable[[str], Iterable[tuple[int, str]]]
"""The parts that a text takes in: where, and the name as written; in the order of the text."""
Opened = Callable[[str, bytes], tuple[Source, tuple[Problem, ...]]]
"""A part as its bytes read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A text put together: ``pieces`` map ``text`` to ``sources``; ``fronts`` are folder and front matter of the parts."""

    text: str
    pieces: tuple[Piece, ...]
    sources: tuple[Source, ...]
    fronts: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def as_text(path: str, data: bytes) -> tuple[Source, tuple[Problem, ...]]:
    """A part that is a text file."""
    text, problems = decode(path, data)
    return Source(path=path, text=text), problems


def assemble(main: Source, files: Files, included: Included, *, chapters: Iterable[str] = (), opened: Opened = as_text) -> Work:
    """``main`` with the parts that it takes in, at their places, and the ``chapters`` that follow it."""
    made = _Assembly(files, included, opened)
    made.add(main, posixpath.basename(main.path))
    for chapter in chapters:
        made.take(chapter, "")
    return Work(
        text="".join(made.parts),
        pieces=tuple(made.pieces) or (Piece(0, 0, 0),),
        sources=tuple(made.sources),
        fronts=tuple(made.fronts),
        problems=tuple(made.problems),
    )


class _Assembly:
    def __init__(self, files: Files, included: Included, opened: Opened) -> None:
        self.files = files
        self.included = included
        self.opened = opened
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.sources: list[Source] = []
        self.fronts: list[tuple[str, str]] = []
        self.problems: list[Problem] = []
        self.open: list[str] = []
        self.length = 0

    def add(self, source: Source, name: str) -> None:
        """Take in one file and what it takes in."""
        number = len(self.sources)
        self.sources.append(source)
        at = 0
        if number:
            front, at = without_front_matter(source.text)
            if front:
                self.fronts.append((posixpath.dirname(name), front))
        self.open.append(posixpath.normpath(name))
        for place, wanted in self.included(source.text):
            if place >= at:
                self._keep(number, at, place)
                at = place
                self.take(wanted, posixpath.dirname(name))
        self._keep(number, at, len(source.text))
        self.open.pop()

    def take(self, name: str, folder: str) -> None:
        """Take in the part ``name`` as a file of ``folder`` names it, or say why not."""
        found = self.files.up(name.lstrip("/")) if name.startswith("/") else posixpath.normpath(posixpath.join(folder, name))
        if found in self.open:
            self.problems.append(Problem(message=f"{name}: takes itself in; read once"))
            return
        if len(self.open) > MAX_DEPTH or len(self.sources) >= MAX_PARTS or self.length > MAX_CHARACTERS:
            self.problems.append(Problem(message=f"{name}: not read, the work has too many parts"))
            return
        try:
            source, problems = self.opened(*self.files.read(found))
        except InputError as error:
            self.problems.append(Problem(message=f"the part {error}"))
            return
        self.problems.extend(problems)
        self._between()
        self.add(source, found)
        self._between()

    def _between(self) -> None:
        """An empty line, which stands in no file."""
        last = self.pieces[-1] if self.pieces else Piece(0, 0, 0)
        self.pieces.append(Piece(self.length, last.start + last.length, 0, last.source))
        self.parts.append("\n\n")
        self.length += 2

    def _keep(self, number: int, start: int, end: int) -> None:
        if end > start:
            self.pieces.append(Piece(self.length, start, end - start, number))
            self.parts.append(self.sources[number].text[start:end])
            self.length += end - start


def placed(document: Document, work: Work) -> Document:
    """``document``, which was read from ``work.text`` as its first source, with everything where it stands in the files."""
    pieces: list[Piece] = []
    ats = [piece.at for piece in work.pieces]
    lengths = [after - at for at, after in zip(ats, [*ats[1:], len(work.text)], strict=True)]
    count = len(work.sources) - 1
    for piece, following in zip(document.pieces, [*(one.at for one in document.pieces[1:]), len(document.text)], strict=True):
        if piece.source:
            pieces.append(replace(piece, source=piece.source + count))
            continue
        index = max(0, bisect.bisect_right(ats, piece.start) - 1)
        if following - piece.at != piece.length or not piece.length:  # replaced markup maps whole
            own = work.pieces[index]
            inside = min(piece.start - own.at, own.length)
            pieces.append(Piece(piece.at, own.start + inside, min(piece.length, own.length - inside), own.source))
            continue
        at, start, end = piece.at, piece.start, piece.start + piece.length
        while start < end:
            own = work.pieces[index]
            stop = min(end, own.at + lengths[index])
            if stop > start:
                made = own.length == lengths[index]
                pieces.append(
                    Piece(at, own.start + (start - own.at if made else 0), stop - start if made else own.length, own.source)
                )
                at += stop - start
                start = stop
            index += 1
    return replace(
        document,
        pieces=tuple(pieces),
        sources=(*work.sources, *document.sources[1:]),
        problems=(*work.problems, *document.problems),
    )
