"""The commands that a LaTeX document defines for itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from refaudit.readers.latex import commands
from refaudit.readers.latex.text import Text

_NAME = re.compile(r"\s*(?:\{\s*)?\\([A-Za-z@]+)\s*\}?")
_COUNT = re.compile(r"\s*\[(\d)\]")
_PARAMETERS = re.compile(r"[^{}\n]{0,100}")
_PARAMETER = re.compile(r"(\[)?#\d")
_USE = re.compile(r"\\([A-Za-z]+)\*?(?:\[[^\[\]]{0,200}\]){0,2}\{([^{}]{0,2000})\}")
_EXPANDED = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])(?:\{\})?")
_OTHER = re.compile(r"\s*(?:=\s*)?\\([A-Za-z@]+)")
_BRACED = re.compile(r"\{[^{}]*\}")
_SPECIFIED = re.compile(r"[\s+!>]|(?<=[dDrR])..|(?<=t).|(?<=e).")
"""What belongs to the letters of xparse's specifications beside braces: delimiters, tokens."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A command that the document defines: its arguments and its body.

    ``takes`` has one letter an argument: ``m`` in braces, ``o`` in brackets or not there, ``s`` a star or none.
    """

    takes: str
    body: str

    def expanded(self, macros: Mapping[str, Macro]) -> str:
        """The body with commands of the document that take no argument put in, three levels deep, at most 2,000 characters."""
        body = self.body
        for _ in range(3):
            changed = _EXPANDED.sub(lambda match: _body(match, macros), body[:2000])
            if changed == body:
                break
            body = changed
        return body[:2000]


def _body(match: re.Match[str], macros: Mapping[str, Macro]) -> str:
    macro = macros.get(match[1])
    return macro.body[:500] if macro is not None and not macro.takes else match[0]


def wrapper(macro: Macro, macros: Mapping[str, Macro], depth: int = 3) -> list[str] | None:
    """The keys that a command cites: "#1" for its first argument, or keys of its own; None when it does not cite."""
    keys: list[str] = []
    for match in _USE.finditer(macro.body[:5000]):
        name = match[1]
        inner: list[str] | None = None
        if commands.cites(name):
            inner = [key.strip() for key in match[2].split(",") if key.strip()]
        elif depth and name in macros and macros[name] is not macro:
            inner = wrapper(macros[name], macros, depth - 1)
            inner = [match[2].strip() if key.startswith("#") else key for key in inner] if inner else None
        keys.extend(key for key in inner or () if re.fullmatch(r"#[1-9]|[^\s{}\\#~%]+", key))
    return list(dict.fromkeys(keys)) or None  # the branches of a condition cite the same


def _xparse(specification: str) -> str:
    """The arguments of a command that ``\\NewDocumentCommand`` specifies, in the letters of ``Macro.takes``."""
    plain, before = specification, ""
    while plain != before:  # from the inside outwards
        before, plain = plain, _BRACED.sub("", plain)
    letters = _SPECIFIED.sub("", plain)
    return "".join({"m": "m", "v": "m", "b": "m", "r": "m", "R": "m", "s": "s", "t": "s"}.get(one, "o") for one in letters)


def definition(text: Text, command: str, at: int) -> tuple[tuple[str, Macro | str] | None, int]:
    r"""The command that a definition at ``at`` (behind ``\newcommand`` or its kin) makes, and where reading goes on.

    An alias (``\let``) gives the other command's name instead of a macro.
    """
    if text.text.startswith("*", at):
        at += 1
    if "nvironment" in command:
        for _ in range(3):
            argument = text.argument(at)
            at = argument.behind if argument and argument.braced else at
            while (option := text.option(at)) is not None:
                at = option.behind
        return None, at
    match = _NAME.match(text.text, at)
    if match is None:
        return None, at
    name, at = match[1], match.end()
    if command == "let":
        other = _OTHER.match(text.text, at)
        return ((name, other[1]), other.end()) if other else (None, at)
    takes = ""
    if "Document" in command:
        signature = text.argument(at)
        if signature is None:
            return None, at
        takes = _xparse(text.text[signature.start : signature.end])
        at = signature.behind
    elif command.endswith("def"):
        parameters = _PARAMETERS.match(text.text, at)
        takes = "".join("o" if one[1] else "m" for one in _PARAMETER.finditer(parameters[0])) if parameters else ""
        at = parameters.end() if parameters else at
    else:
        number = _COUNT.match(text.text, at)
        if number:
            takes, at = "m" * int(number[1]), number.end()
            default = text.option(at)
            if default is not None:
                takes, at = "o" + takes[1:], default.behind
    body = text.argument(at)
    if body is None or not body.braced:
        return None, at
    return (name, Macro(takes=takes, body=text.text[body.start : body.end])), body.behind
