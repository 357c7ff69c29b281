"""Commands inside a line: emphasis, quotation marks, links, verbatim text, formulas."""

from __future__ import annotations

import re

from refaudit.model import MarkKind
from refaudit.readers import tex_characters
from refaudit.readers.latex import citations, commands
from refaudit.readers.latex.state import Frame, State

MAX_FORMULA = 3000
"""Characters of a formula in the line; a dollar sign without a partner is a dollar sign."""
MAX_VERB = 2000

_SUPERSCRIPT = re.compile(r"\s*(?:\{\})?\^\s*(?:\{([^{}\\]*)\}|(\d))\s*")
_CITE_INSIDE = re.compile(r"\\[A-Za-z]*[cC]ite")


def marked(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    """``\\emph{…}``, ``\\textsuperscript{…}`` and their kin."""
    argument = frame.argument(after)
    if argument is None:
        frame.at = after
        return
    start, hidden = state.writer.at, state.hidden

    def close() -> None:
        if not hidden:
            state.writer.mark(commands.MARKS[name], start)

    state.inside(frame, argument, close)


def enquote(state: State, frame: Frame, _name: str, at: int, after: int) -> None:
    """``\\enquote{…}``."""
    argument = frame.argument(after)
    if argument is None:
        frame.at = after
        return
    state.put("“", frame, at, argument.start - at)
    state.inside(frame, argument, lambda: state.put("”", frame, argument.end, 1))


def either(_state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\texorpdfstring{…}{…}``: the first argument is printed."""
    first = frame.argument(after)
    second = frame.argument(first.behind) if first else None
    if first and second:
        behind = second.behind

        def skip() -> None:
            frame.at = behind - 1

        frame.closers.setdefault(first.end, []).append(skip)
    frame.at = after


def address(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    """``\\url{…}``, ``\\path{…}``, ``\\doi{…}``: the argument as it stands."""
    argument = frame.argument(after)
    if argument is None:
        frame.at = after
        return
    frame.at = argument.behind
    if state.hidden:
        return
    start, value = state.writer.at, frame.inner(argument)
    state.writer.put(value, frame.text.source, argument.start)
    if name in ("url", "nolinkurl"):
        state.writer.mark(MarkKind.LINK, start, value)


def href(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\href{address}{text}``."""
    target = frame.argument(after)
    shown = frame.argument(target.behind) if target else None
    if target is None or shown is None:
        frame.at = after
        return
    to = frame.inner(target).replace("\\%", "%").replace("\\#", "#").replace("\\_", "_")
    start, hidden = state.writer.at, state.hidden

    def close() -> None:
        if not hidden:
            state.writer.mark(MarkKind.LINK, start, to)

    state.inside(frame, shown, close)


def verb(_state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    """``\\verb|…|`` and its kin, left out."""
    text = frame.text.text
    at = frame.past_options(after)
    if name == "mintinline":
        at = frame.dropped(at, 1)
    sign = text[at : at + 1]
    if sign == "{" and name != "verb":
        argument = frame.argument(at)
        frame.at = argument.behind if argument else at
        return
    end = text.find(sign, at + 1, min(frame.end, at + MAX_VERB)) if sign and not sign.isspace() else -1
    frame.at = end + 1 if end >= 0 else at


def dollar(state: State, frame: Frame) -> None:
    """A dollar sign: a displayed formula is left out, one in the line read."""
    text, at = frame.text.text, frame.at
    if text.startswith("$$", at):
        end = text.find("$$", at + 2, frame.end)
        frame.at = end + 2 if end >= 0 else at + 2
        citations.only(state, frame, at + 2, frame.at)
        return
    end = _unescaped(text, "$", at + 1, min(frame.end, at + MAX_FORMULA))
    formula(state, frame, at, at + 1, end, end + 1)


def formula(state: State, frame: Frame, start: int, inner: int, end: int, behind: int) -> None:
    """Formulas in the line: numbers set high are kept as superscripts, citations inside are read, the rest decoded.

    The formula stands in ``[inner, end)`` with its signs in ``[start, behind)``; ``end`` is -1 when it never closes.
    """
    text = frame.text.text
    if end < 0 or "\n\n" in text[inner:end]:
        frame.at = inner
        return
    body = text[inner:end]
    if _CITE_INSIDE.search(body):
        frame.at = inner  # the sign that closes it is met later and opens nothing, as no other follows at once
        frame.text.skip.add(end)
        return
    if inner - 1 in frame.text.skip:
        frame.at = inner
        return
    frame.at = behind
    match = _SUPERSCRIPT.fullmatch(body)
    if match and not state.hidden:
        number = 1 if match[1] is not None else 2
        before = state.writer.at
        state.writer.put(match[number], frame.text.source, inner + match.start(number))
        state.writer.mark(MarkKind.SUPERSCRIPT, before)
        return
    state.put(tex_characters.decode(f"${body}$"), frame, start, behind - start)


def _unescaped(text: str, sign: str, at: int, end: int) -> int:
    """The next ``sign`` that no backslash escapes, or -1."""
    while (found := text.find(sign, at, end)) >= 0:
        if text[found - 1] != "\\" or text[found - 2] == "\\":
            return found
        at = found + 1
    return -1
