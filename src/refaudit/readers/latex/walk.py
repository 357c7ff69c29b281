"""The walk through a LaTeX project: one pass over the characters with an explicit stack.

No recursion and no macro expansion beyond what citations need, so that hostile sources cost no more than their length.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from refaudit.readers import tex_characters
from refaudit.readers.databases.journal_macros import JOURNALS
from refaudit.readers.latex import blocks, citations, commands, inline, knitr, project
from refaudit.readers.latex.state import Dialect, Frame, State

_RUN = re.compile(r"[^\\%{}$~&`'\-\s#]+(?:(?:[ ](?![\s%])|-(?!-)|'(?!'))[^\\%{}$~&`'\-\s#]+)*")
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"%[^\n\r]*(?:\r?\n[ \t]*)?")
_LITERATE = re.compile(r"%include[ \t]+([^\s{}\\%]+)")
COMMAND = re.compile(r"\\([A-Za-z@]+)(\*?)")
_QUOTES = {"``": "“", "''": "”", "---": "—", "--": "–", "`": "‘", "'": "'", "-": "-", "~": " "}
_QUOTE = re.compile(r"``|''|---?|[`'~\-]")


def run(state: State) -> None:
    """Read all frames to their ends."""
    while state.frames:
        frame = state.frames[-1]
        if frame.begin is not None:
            begin, frame.begin = frame.begin, None
            begin()
        if frame.at < frame.end:
            _step(state, frame)
            continue
        state.frames.pop()
        if frame.finish is not None:
            frame.finish()
        if not state.frames:
            state.end_entry()
            state.paragraph()


def _step(state: State, frame: Frame) -> None:
    """Read a run of characters or one sign with what belongs to it."""
    text, at = frame.text.text, frame.at
    match = _RUN.match(text, at, frame.end)
    if match:
        state.put(match[0], frame, at, len(match[0]))
        frame.at = match.end()
        return
    char = text[at]
    if char.isspace():
        match = _SPACE.match(text, at, frame.end)
        blank = match[0] if match else char
        frame.at = at + len(blank)
        if blank.count("\n") + blank.count("\r") - blank.count("\r\n") >= 2 and not state.in_list and not state.tables:
            state.paragraph()
        else:
            state.put(" ", frame, at, len(blank))
    elif char == "\\":
        state.dialect.command(state, frame)
    elif char == "%":
        match = _COMMENT.match(text, at, frame.end)
        frame.at = match.end() if match else at + 1
        if text.startswith("%include", at) and frame.path.endswith(".lhs") and (part := _LITERATE.match(text, at)):
            project.include_named(state, frame, "%include", part[1])
    elif char == "}":
        for action in frame.closers.pop(at, ()):
            action()
        frame.at += 1
    elif char == "$":
        inline.dollar(state, frame)
    elif char in "`'-~":
        match = _QUOTE.match(text, at)
        sign = match[0] if match else char
        frame.at = at + len(sign)
        state.put(_QUOTES[sign], frame, at, len(sign))
    else:
        frame.at = at + 1
        if char == "&":
            state.put(" " if state.tables else "&", frame, at, 1)
        elif char == "#":
            state.put("#", frame, at, 1)


def _command(state: State, frame: Frame) -> None:
    """What a command of LaTeX does."""
    at = frame.at
    match = COMMAND.match(frame.text.text, at, frame.end)
    if match is None:
        control_symbol(state, frame)
        return
    name, after = match[1], match.end()
    if name in state.macros and name not in ("begin", "end"):
        citations.use(state, frame, state.macros[name], at, after)
    elif name in commands.DEFINITIONS:
        citations.define(state, frame, name, at, after)
    elif commands.cites(name):
        citations.cite(state, frame, name, at, after)
    elif name.startswith("bibliography") and name[12:] in state.lists:
        project.databases(state, frame, name, at, after)
    else:
        _COMMANDS.get(name, _other)(state, frame, name, at, after)


def _other(state: State, frame: Frame, name: str, at: int, after: int) -> None:
    """A symbol, a command whose arguments print nothing, or one whose arguments are read as text."""
    symbol = tex_characters.symbol(frame.text.text, at)
    if symbol and symbol[1] <= frame.end:
        state.put(symbol[0], frame, at, symbol[1] - at)
        frame.at = symbol[1]
    elif state.in_list and name in JOURNALS:
        state.put(JOURNALS[name], frame, at, after - at)
        frame.at = after
    elif name in commands.DROPPED:
        frame.at = frame.dropped(after, commands.DROPPED[name])
        if not commands.ABOUT_CITING.search(name):
            citations.only(state, frame, after, frame.at)
    elif name in commands.BEFORE:
        frame.at = frame.dropped(after, commands.BEFORE[name])
    elif name in tex_characters.MATH:
        state.put(tex_characters.MATH[name], frame, at, after - at)
        frame.at = after
    else:
        frame.at = frame.past_options(after)
        citations.only(state, frame, after, frame.at)


def _skip(_state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    frame.at = after


def _iffalse(_state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    end = frame.text.text.find("\\fi", after, frame.end)
    frame.at = end + 3 if end >= 0 else frame.end


def control_symbol(state: State, frame: Frame) -> None:
    """A backslash before a sign that is no letter."""
    text, at = frame.text.text, frame.at
    sign = text[at + 1 : at + 2]
    if sign == "(":
        end = text.find("\\)", at, min(frame.end, at + inline.MAX_FORMULA))
        inline.formula(state, frame, at, at + 2, end, end + 2)
    elif sign == "[":
        end = frame.text.next_of("\\]", at)
        frame.at = end + 2 if 0 <= end <= frame.end - 2 else at + 2
        citations.only(state, frame, at + 2, frame.at)
    elif sign == "\\":
        frame.at = frame.past_options(at + 2 + text.startswith("*", at + 2))
        state.put(" ", frame, at, frame.at - at)
    else:
        symbol = tex_characters.symbol(text, at)
        if symbol is None or symbol[1] > frame.end:
            frame.at = at + 2
        else:
            state.put(symbol[0], frame, at, symbol[1] - at)
            frame.at = symbol[1]


_PARAGRAPHS = "par newpage clearpage maketitle bigskip medskip smallskip appendix caption captionof".split()

_COMMANDS: dict[str, Callable[[State, Frame, str, int, int], None]] = {
    "begin": blocks.begin,
    "end": blocks.end,
    "bibitem": blocks.bibitem,
    "item": blocks.item,
    **dict.fromkeys(commands.HEADINGS, blocks.heading),
    **dict.fromkeys(commands.NOTES, blocks.note),
    **dict.fromkeys(_PARAGRAPHS, blocks.paragraph),
    **dict.fromkeys(commands.MARKS, inline.marked),
    "enquote": inline.enquote,
    "texorpdfstring": inline.either,
    **dict.fromkeys(("url", "path", "nolinkurl", "doi"), inline.address),
    "href": inline.href,
    **dict.fromkeys(("verb", "lstinline", "mintinline"), inline.verb),
    **dict.fromkeys(project.INPUTS, project.include),
    **dict.fromkeys(project.DATABASES, project.databases),
    **dict.fromkeys(("putbib", "newrefsection"), project.put_list),
    **dict.fromkeys(("documentclass", "LoadClass", "usepackage", "RequirePackage"), project.package),
    "DeclareAcronym": citations.acronym,
    "newcites": project.more_lists,
    "iffalse": _iffalse,
    **dict.fromkeys(("newblock", "relax", "protect"), _skip),
}
"""What each command does: called with the state, the frame, the name, where the command begins and where its name ends."""


LATEX = Dialect(
    command=_command,
    body=re.compile(r"\\begin[ \t]*\{document\}"),
    readable=lambda shown, text: knitr.woven(text) if shown.lower().endswith(knitr.SUFFIXES) else text,
    endings=(".tex", ".bbl", ".lhs", ".Rnw"),
    added=(".tex",),
)
