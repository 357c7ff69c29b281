"""Citation commands: the families of LaTeX, natbib and biblatex, and commands that the document defines around them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from refaudit.model import BlockKind, Citation, CitedItem, Span, System
from refaudit.readers import tex_characters
from refaudit.readers.latex import commands, project
from refaudit.readers.latex.macros import Macro, definition, wrapper
from refaudit.readers.latex.state import Frame, State
from refaudit.readers.latex.text import Argument

MAX_MACROS = 5000
"""Commands that a document may define; a package of one's own has some hundreds."""


_GLOBAL_NOTE = re.compile(r"\s{0,20}\([^()\n]{0,300}\)(?=\s{0,20}[(\[{])")
_ANGLE = re.compile(r"<[^<>{}\n]{0,300}>(?=[\[{<])")
"""A note as apacite has it (``\\cite<see>[p. 2]{key}``), the frames of a slide in beamer (``\\cite<2->{key}``)."""
_ANY_CITE = re.compile(r"\\([A-Za-z]*[cC]ite[A-Za-z]*)\*?(?![A-Za-z])")
_MAX_INSIDE = 200


@dataclass(frozen=True, slots=True)
class Key:
    """A key ``[start, end)`` of the source, with the notes before and behind it."""

    start: int
    end: int
    key: str
    prefix: str = ""
    locator: str = ""


def cite(state: State, frame: Frame, name: str, start: int, after: int) -> None:
    """A command of the citation families, whose name ends at ``after``."""
    keys, end = _keys(frame, name, after)
    if not keys:
        frame.at = after
        return
    frame.at = end
    write(state, frame, start, end, keys, silent=name == "nocite")


def _keys(frame: Frame, name: str, at: int) -> tuple[list[Key], int]:
    """The keys that a citation command names, and where it ends; of multicites, those of all groups."""
    text = frame.text
    multi, volume = bool(commands.MULTI.fullmatch(name)), bool(commands.VOLUME.fullmatch(name))
    groups: list[tuple[Argument, str, str]] = []
    end = at
    for _ in range(2 if multi else 0):  # notes that hold for all groups: \autocites(see)(and others)[12]{a}{b}
        note = _GLOBAL_NOTE.match(text.text, at, frame.end)
        at = note.end() if note else at
    while (angle := _ANGLE.match(text.text, at, frame.end)) is not None:
        at = angle.end()
    while True:
        options: list[str] = []
        while (option := text.option(at)) is not None and len(options) < 4:
            options.append(tex_characters.decode(frame.inner(option)))
            at = option.behind
        argument = frame.argument(at)
        if argument is None or not argument.braced:
            break
        at = argument.behind
        if volume:
            while (pages := text.option(at)) is not None and len(options) < 4:
                options.append(tex_characters.decode(frame.inner(pages)))
                at = pages.behind
            argument = frame.argument(at)
            if argument is None or not argument.braced:
                break
            at = argument.behind
        prefix, locator = (options[0], options[-1]) if len(options) > 1 else ("", options[0] if options else "")
        groups.append((argument, prefix, locator))
        end = at
        if not multi:
            break
    keys = [
        Key(start, stop, key, prefix, locator) for argument, prefix, locator in groups for start, stop, key in text.keys(argument)
    ]
    return keys, end


def write(state: State, frame: Frame, start: int, end: int, keys: list[Key], *, silent: bool = False) -> None:
    """Write a citation command as it stands and note its keys; ``\\nocite`` prints nothing and is no running text."""
    hidden, state.hidden = state.hidden, False
    writer = state.writer
    if silent or hidden:
        writer.open(BlockKind.FURNITURE)
    source = frame.text.text[start:end]
    writer.put(re.sub(r"\s", " ", source), frame.text.source, start)
    at = writer.at - len(source)
    if any(key.key == "*" for key in keys):
        state.everything.append(len(state.citations))
    items = tuple(
        CitedItem(
            span=Span(at + key.start - start, at + key.end - start),
            key=key.key,
            prefix=key.prefix if key is keys[0] else "",
            locator=key.locator if key is keys[-1] else "",
        )
        for key in keys
    )
    number = len(state.citations) + 1
    state.citations.append(Citation(id=f"g{number}", span=Span(at, writer.at), text=source, system=System.KEY, items=items))
    if silent or hidden:
        writer.close()
    state.hidden = hidden


def acronym(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\DeclareAcronym{x}{short = X, cite = {key}}`` of the package acro, and the citations in its descriptions."""
    frame.at = frame.dropped(after, 2)
    keys = [Key(found.start(1), found.end(1), found[1]) for found in _ACRONYM_CITES.finditer(frame.text.text, after, frame.at)]
    if keys:
        start = keys[0].start
        write(state, frame, start, keys[-1].end, keys, silent=True)
    only(state, frame, after, frame.at)


_ACRONYM_CITES = re.compile(r"[,{]\s{0,20}cite\s{0,5}=\s{0,5}\{?([^\s{}\[\],\\]{1,200})")


def only(state: State, frame: Frame, start: int, end: int) -> None:
    """Read next the citations in a stretch whose text is left out: options, formulas, drawings, descriptions of acronyms."""
    text = frame.text.text
    if text.find("ite", start, end) < 0:
        return
    found: list[Frame] = []
    for match in _ANY_CITE.finditer(text, start, end):
        name = match[1]
        line = text.rfind("\n", start, match.start()) + 1
        if text.find("%", max(start, line), match.start()) >= 0 or len(found) >= _MAX_INSIDE:
            continue  # behind a comment sign
        if commands.cites(name) or (name in state.macros and wrapper(state.macros[name], state.macros)):
            stretch = Frame(frame.text, match.start(), end, frame.path)
            keys, behind = _keys(stretch, name, match.end())
            if keys:
                found.append(Frame(frame.text, match.start(), min(behind, end), frame.path))
    state.frames.extend(reversed(found))


def define(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    """``\\newcommand`` and its kin: remember what the new command prints or cites."""
    found, frame.at = definition(frame.text, name, after)
    if found is None:
        return
    own, macro = found
    if isinstance(macro, str):  # an alias
        if macro in state.macros:
            state.macros[own] = state.macros[macro]
        elif commands.cites(macro):
            state.macros[own] = Macro(takes="oom", body=f"\\{macro}{{#3}}")
    elif len(state.macros) < MAX_MACROS and not (commands.CITE.fullmatch(own) and wrapper(macro, state.macros) is None):
        state.macros[own] = macro


def use(state: State, frame: Frame, macro: Macro, start: int, after: int) -> None:
    """A command of the document's own: a citation when it cites, else its text when it takes no argument."""
    keys = wrapper(macro, state.macros)
    if keys is None and "\\" in macro.body:
        _name_databases(state, frame, macro, after)
    use_for(state, frame, macro, start, after, keys)


def use_for(state: State, frame: Frame, macro: Macro, start: int, after: int, keys: list[str] | None) -> None:
    """A command of the document's own that cites ``keys`` ("#1" for its first argument), or cites nothing where they are None."""
    if keys is None:
        if macro.takes and not _COMMENT.sub("", macro.body[:1000]).strip():  # it swallows what it is given
            frame.at = _arguments(frame, macro, after)[1]
        elif macro.takes:  # what it does is not known: its arguments are read as text
            frame.at = frame.past_options(after)
        else:
            frame.at = after
            state.put(tex_characters.decode(macro.expanded(state.macros)), frame, start, after - start)
        return
    arguments, frame.at = _arguments(frame, macro, after)
    cited: list[Key] = []
    for key in keys:
        if key.startswith("#"):
            argument = arguments.get(int(key[1:]))
            if argument:
                cited.extend(Key(*found) for found in frame.text.keys(argument))
        else:
            cited.append(Key(start, frame.at, key))
    if cited:
        write(state, frame, start, frame.at, cited)


_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_SETS = re.compile(r"\\(?:[gex]?def|(?:re)?newcommand)\*?\s{0,3}\{?\s{0,3}\\([A-Za-z@]{1,60})\s{0,3}\}?\s{0,3}\{([^{}]{0,300})\}")


def _name_databases(state: State, frame: Frame, macro: Macro, after: int) -> None:
    """What a command of the document does for bibliographies: it names one, or sets the command that will name it."""
    body = _COMMENT.sub("", macro.body[:20000])[:5000]
    sets, names = _SETS.findall(body), project.NAMES.findall(body)
    if not sets and not names:
        return
    given, _ = _arguments(frame, macro, after)

    def filled(text: str) -> str:
        for number, argument in given.items():
            text = text.replace(f"#{number}", frame.inner(argument))
        return text

    for own, value in sets:
        if len(state.macros) < MAX_MACROS:
            state.macros[own] = Macro(takes="", body=filled(value))
    for name in names:
        project.name_databases(state, filled(name), posixpath.dirname(frame.path))


def _arguments(frame: Frame, macro: Macro, at: int) -> tuple[dict[int, Argument], int]:
    """The arguments given to a command of the document by their numbers, and where they end."""
    found: dict[int, Argument] = {}
    for number, kind in enumerate(macro.takes, 1):
        if kind == "s":
            at += frame.text.text.startswith("*", at)
            continue
        argument = frame.text.option(at) if kind == "o" else frame.argument(at)
        if argument is None and kind == "o":
            continue
        if argument is None:
            break
        found[number] = argument
        at = argument.behind
    return found, at
