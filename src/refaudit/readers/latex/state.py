"""What a walk through a LaTeX project knows at each moment: the stretches being read and what was found so far."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from refaudit.model import Citation, Problem, Reference, Source, Span
from refaudit.readers.document_builder import Writer
from refaudit.readers.latex.macros import Macro
from refaudit.readers.latex.text import Argument, Text
from refaudit.readers.project_files import Files

Action = Callable[[], None]

MAX_PROBLEMS = 100
"""Notices that are kept; what is said a hundred times is not read."""


@dataclass(slots=True)
class Frame:
    """A stretch of a source being read; what to do at certain closing braces, before it and after it."""

    text: Text
    at: int
    end: int
    path: str = ""
    closers: dict[int, list[Action]] = field(default_factory=dict)
    begin: Action | None = None
    finish: Action | None = None

    def argument(self, at: int) -> Argument | None:
        """The mandatory argument at ``at``, if it ends inside the stretch."""
        argument = self.text.argument(at)
        return argument if argument and argument.behind <= self.end else None

    def inner(self, argument: Argument) -> str:
        """The source of an argument."""
        return self.text.text[argument.start : argument.end]

    def past_options(self, at: int) -> int:
        """Behind optional arguments that follow at once (with a space between it may be running text)."""
        while self.text.text.startswith("[", at):
            option = self.text.option(at)
            if option is None or option.behind > self.end:
                break
            at = option.behind
        return at

    def dropped(self, at: int, count: int) -> int:
        """Behind ``count`` mandatory arguments and the optional ones before, between and behind them."""
        at = self.past_options(at)
        for _ in range(count):
            argument = self.argument(at)
            if argument is None:
                break
            at = self.past_options(argument.behind)
        return at


@dataclass(slots=True)
class Entry:
    """A ``\\bibitem`` that is being written: its key, the label that it prints, where its text starts."""

    key: str
    label: str | None
    start: int


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between LaTeX and ConTeXt, whose sources are read by the same walk.

    ``command`` does what the command at the frame's place does, ``body`` finds where what is printed begins, ``readable`` gives a source
    of the same length without what is no text (called with the shown name), ``endings`` are those of whole names of input files,
    ``added`` those that a name without one may stand for.
    """

    command: Callable[[State, Frame], None]
    body: re.Pattern[str]
    readable: Callable[[str, str], str]
    endings: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(slots=True)
class State:
    """The frames still to be read, the last of them now, and everything found so far."""

    path: str
    files: Files
    problems: list[Problem]
    dialect: Dialect
    writer: Writer = field(default_factory=Writer)
    sources: list[Source] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    macros: dict[str, Macro] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)
    everything: list[int] = field(default_factory=list)
    """Indices of the citations that name the whole list."""
    references: list[Reference] = field(default_factory=list)
    databases: list[tuple[str, str]] = field(default_factory=list)
    """The databases that the document names, each with the folder of the file that names it."""
    unnamed: list[str] = field(default_factory=list)
    """What names databases in a way that is not understood."""
    contained: dict[str, bytes] = field(default_factory=dict)
    """Files that the document itself contains (``filecontents``)."""
    lists: set[str] = field(default_factory=set)
    """Endings of the commands of further lists (multibib: ``\\bibliographyown``)."""
    learnt: set[str] = field(default_factory=set)
    """Classes and packages beside the document that were read."""
    folders: list[str] = field(default_factory=list)
    """Folders in which files are looked for beside that of the document (ConTeXt's ``\\usepath``)."""
    notes: list[Frame] = field(default_factory=list)
    """Footnotes of the open paragraph, which follow it."""
    note_count: int = 0
    hidden: bool = False
    """Whether nothing is printed here: the preamble."""
    tables: int = 0
    """How many tables are open."""
    counts: list[int | None] = field(default_factory=list)
    """Items so far in the open lists, None for lists without numbers."""
    entry: Entry | None = None
    in_list: bool = False
    """Whether ``thebibliography`` is open."""
    has_list: bool = False
    inputs: int = 0
    characters: int = 0

    def put(self, value: str, frame: Frame, start: int, length: int) -> None:
        """Write ``value`` for ``length`` characters at ``start``, unless nothing is printed here."""
        if self.hidden or not value:
            return
        if value == " ":
            self.writer.space(frame.text.source, start, length)
        else:
            self.writer.put(value, frame.text.source, start, length)

    def paragraph(self) -> None:
        """End the paragraph and let its notes follow."""
        self.writer.close()
        if self.notes and not self.hidden:
            self.frames.extend(reversed(self.notes))
            self.notes = []

    def inside(self, frame: Frame, argument: Argument, close: Action) -> None:
        """Go on inside an argument and do ``close`` at its end."""
        frame.at = argument.start
        if argument.braced:
            frame.closers.setdefault(argument.end, []).append(close)
        else:
            frame.at = argument.behind
            self.frames.append(Frame(frame.text, argument.start, argument.end, frame.path, finish=close))

    def end_entry(self) -> None:
        """Turn the ``\\bibitem`` that is open, if any, into a reference."""
        if self.entry is None:
            return
        entry, self.entry = self.entry, None
        self.writer.close()
        text = self.writer.text_from(entry.start)
        span = Span(entry.start, entry.start + len(text))
        self.references.append(
            Reference(
                id=f"g{len(self.references) + 1}", span=span, raw=text, parts=((0, span),), key=entry.key, label=entry.label
            )
        )

    def problem(self, message: str) -> None:
        """Note what could not be read, at the place that is being written."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(message=message, span=Span(self.writer.at, self.writer.at)))
