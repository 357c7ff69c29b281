"""Commands and environments that begin and end blocks: headings, lists, tables, notes, entries of the list."""

from __future__ import annotations

import re

from refaudit.model import BlockKind
from refaudit.readers import tex_characters
from refaudit.readers.latex import citations, commands, project
from refaudit.readers.latex.state import Entry, Frame, State

_FILE = re.compile(r"\s{0,9}(?:\[[^\[\]]{0,200}\])?\s{0,9}\{([^{}]{1,300})\}")
_LIST = re.compile(r"the[a-z]{0,20}bibliography")
"""The environment of a list; packages for several lists have ones of their own."""
_COMMENT = re.compile(r"%[^\n]*\n?")


def begin(state: State, frame: Frame, _name: str, start: int, after: int) -> None:
    """``\\begin{…}``."""
    argument = frame.argument(after)
    if argument is None:
        frame.at = after
        return
    name, at = frame.inner(argument).strip(), argument.behind
    if name == "document":
        state.hidden = False
        frame.at = at
    elif name in commands.VERBATIM or name in commands.DISPLAY or name in commands.DRAWINGS:
        frame.at = min(frame.text.environment_end(name, at), frame.end)
        if name in commands.DISPLAY:
            state.put(" ", frame, at, frame.at - at)
        if name in commands.DISPLAY or name in commands.DRAWINGS:
            citations.only(state, frame, at, frame.at)
        elif name.startswith("filecontents"):
            _contained(state, frame, at)
    elif _LIST.fullmatch(name):
        state.paragraph()
        state.in_list = state.has_list = True
        frame.at = frame.dropped(at, 1)
    else:
        if name in commands.TABLES:
            state.tables += 1
            if not state.hidden:
                state.writer.open(BlockKind.TABLE)
        elif name in commands.FLOATS or name in commands.LISTS:
            _break(state)
        if name in commands.LISTS:
            state.counts.append(0 if name in commands.NUMBERED else None)
        if name == "refsection":
            project.put_list(state, frame, name, at, at)
        elif name == "btSect":
            project.databases(state, frame, name, at, at)
        elif name == "displaycquote":
            citations.cite(state, frame, name, start, at)
            return
        frame.at = frame.dropped(at, commands.TABLES.get(name, commands.ENVIRONMENT_ARGUMENTS.get(name, 0)))
        citations.only(state, frame, at, frame.at)


def _contained(state: State, frame: Frame, at: int) -> None:
    """``\\begin{filecontents}{name}``: a file that the document itself holds."""
    name = _FILE.match(frame.text.text, at, frame.at)
    if name and len(state.contained) < 20:
        end = frame.text.text.rfind("\\end", name.end(), frame.at)
        state.contained[project.named(state, name[1].strip())] = frame.text.text[name.end() : max(end, name.end())].encode()


def end(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\end{…}``."""
    argument = frame.argument(after)
    if argument is None:
        frame.at = after
        return
    name = frame.inner(argument).strip()
    frame.at = argument.behind
    if name == "document":
        if not frame.text.shows_document(argument.behind):
            frame.at = frame.end
    elif _LIST.fullmatch(name):
        state.end_entry()
        state.in_list = False
    elif name in commands.TABLES:
        state.tables = max(0, state.tables - 1)
        if not state.tables:
            state.paragraph()
    elif name in commands.FLOATS or name in commands.LISTS:
        if name in commands.LISTS and state.counts:
            state.counts.pop()
        _break(state)


def _break(state: State) -> None:
    """End the paragraph, but not inside a table or an entry."""
    if not state.in_list and not state.tables:
        state.paragraph()


def paragraph(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    """``\\par``, ``\\newpage``, ``\\caption`` and others that begin a paragraph."""
    _break(state)
    frame.at = frame.past_options(after) if name == "caption" else frame.dropped(after, 1 if name == "captionof" else 0)
    citations.only(state, frame, after, frame.at)


def heading(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    """``\\section{…}`` and its kin; in a list or a table it is text."""
    at = frame.past_options(after)
    argument = frame.argument(at)
    if argument is None or state.in_list or state.tables:
        frame.at = at
        return
    state.paragraph()
    hidden, state.hidden = state.hidden, False
    state.writer.open(BlockKind.HEADING, level=commands.HEADINGS[name])

    def close() -> None:
        state.writer.close()
        state.hidden = hidden

    state.inside(frame, argument, close)


def note(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\footnote{…}`` and its kin: a block of its own behind the paragraph."""
    at = frame.past_options(after)
    argument = frame.argument(at)
    frame.at = argument.behind if argument else at
    citations.only(state, frame, after, at)
    if argument is None or state.hidden:
        return
    state.note_count += 1
    label = str(state.note_count)
    state.notes.append(
        Frame(
            frame.text,
            argument.start,
            argument.end,
            frame.path,
            begin=lambda: state.writer.open(BlockKind.FOOTNOTE, label=label),
            finish=state.paragraph,
        )
    )


def item(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\item`` of a list, with its label or number."""
    text = frame.text
    option = text.option(after)
    cites = bool(option) and "ite" in frame.inner(option)  # type: ignore[arg-type]
    label = tex_characters.decode(frame.inner(option)) if option and not cites else ""
    frame.at = option.behind if option else after
    if option and cites:
        citations.only(state, frame, option.start, option.end)
    if state.hidden or state.tables:
        return
    state.paragraph()
    number = state.counts[-1] if state.counts and not option else None
    if number is not None:
        state.counts[-1] = number + 1
        label = f"{number + 1}."
    state.writer.open(BlockKind.ITEM, label=label)
    if option and label:
        state.writer.put(label, text.source, option.start, option.end - option.start)
        state.writer.space(text.source, option.end)
    elif label:
        state.writer.put(label + " ", text.source, after, 0)


def bibitem(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\bibitem[label]{key}``: what follows, up to the next one, is an entry."""
    option = frame.text.option(after)
    argument = frame.argument(option.behind if option else after)
    if argument is None or not argument.braced:  # the command is spoken of
        frame.at = after
        return
    state.end_entry()
    state.has_list = state.in_list = True
    state.hidden = False
    label = tex_characters.decode(frame.inner(option)) if option else ""
    key = _COMMENT.sub("", frame.inner(argument)).strip()
    state.writer.open(BlockKind.ITEM)
    # natbib's labels ("Smith(2020)Smith and Lee") are instructions, not what is printed
    state.entry = Entry(key, label if label and "(" not in label else None, state.writer.at)
    frame.at = argument.behind
