"""LaTeX sources as text with arguments, and the commands that a document defines for itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from refaudit.readers import latex_tables as tables

_SIGN = re.compile(
    r"\\(?:url|href|path|nolinkurl)[ \t]*(\{[^{}\s]*\})|\\begin[ \t]*\{([A-Za-z]+\*?)\}|\\.|%[^\n]*|[{}]", re.DOTALL
)
_BLANK = re.compile(r"(?:\s|%[^\n]*\n)*")
_OPTION = re.compile(r"\\.|[\[\]{}]", re.DOTALL)
_KEY = re.compile(r"[^,\s][^,]*")
_KEY_COMMENT = re.compile(r"%[^\n]*")
_NAME = re.compile(r"\s*\{?\s*\\([A-Za-z@]+)\s*\}?")
_COUNT = re.compile(r"\s*\[(\d)\]")
_PARAMETERS = re.compile(r"[^{}\n]{0,100}")
_USE = re.compile(r"\\([A-Za-z]+)\*?(?:\[[^\[\]]{0,200}\]){0,2}\{([^{}]{0,2000})\}")
_EXPANDED = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])(?:\{\})?")
_OPTION_SPACE = re.compile(r"[ \t]*(?:\n[ \t]*)?")


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument ``[start, end)`` and where reading goes on; ``braced`` is False for a single character."""

    start: int
    end: int
    behind: int
    braced: bool = True


@dataclass
class Text:
    """A source with the places of its closing braces, found once."""

    text: str
    source: int

    def __post_init__(self) -> None:
        self.skip: set[int] = set()  # dollar signs that close a formula whose inside is read as text

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """Offset of each opening brace to that of its closing one; comments, escapes and verbatim text do not count."""
        pairs: dict[int, int] = {}
        stack: list[int] = []
        at = 0
        text = self.text
        while (match := _SIGN.search(text, at)) is not None:
            at = match.end()
            sign = match[0]
            if sign == "{":
                stack.append(match.start())
            elif sign == "}":
                if stack:
                    pairs[stack.pop()] = match.start()
            elif match[1]:  # an address: percent signs begin no comment
                pairs[match.start(1)] = match.end() - 1
            elif match[2]:
                brace = text.index("{", match.start())
                pairs[brace] = match.end() - 1
                if match[2] in tables.VERBATIM:
                    at = self.environment_end(match[2], at)
        return pairs

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        ends: dict[str, list[int]] = {}
        for match in re.finditer(r"\\end[ \t]*\{([A-Za-z]+\*?)\}", self.text):
            ends.setdefault(match[1], []).append(match.end())
        for places in ends.values():
            places.reverse()
        return ends

    def environment_end(self, name: str, at: int) -> int:
        """Behind the next ``\\end`` of the environment; ``at`` itself when there is none."""
        import bisect

        places = self._ends.get(name)
        if not places:
            return at
        index = bisect.bisect_right(places, -at, key=lambda place: -place) - 1
        return places[index] if index >= 0 and places[index] > at else at

    def argument(self, at: int) -> Argument | None:
        """The mandatory argument at ``at``: in braces, or one character or command; None at the end of the text."""
        blank = _BLANK.match(self.text, at)
        at = blank.end() if blank else at
        if at >= len(self.text):
            return None
        if self.text[at] == "{":
            close = self._pairs.get(at)
            return Argument(at + 1, close, close + 1) if close is not None else None
        if self.text[at] in "}[]&$%":
            return None
        if self.text[at] == "\\":
            match = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL).match(self.text, at)
            return Argument(at, match.end(), match.end(), braced=False) if match else None
        return Argument(at, at + 1, at + 1, braced=False)

    @cached_property
    def _brackets(self) -> dict[int, int]:
        """Offset of each opening bracket to that of its closing one inside the same braces."""
        pairs: dict[int, int] = {}
        stack: list[int] = []  # brackets by offset, braces as -1
        for match in _OPTION.finditer(self.text):
            sign = match[0]
            if sign == "[":
                stack.append(match.start())
            elif sign == "{":
                stack.append(-1)
            elif sign == "]":
                if stack and stack[-1] >= 0:
                    pairs[stack.pop()] = match.start()
            elif sign == "}":
                while stack and stack.pop() >= 0:
                    pass
        return pairs

    def option(self, at: int) -> Argument | None:
        """The optional argument in brackets at ``at``, of at most 2,000 characters."""
        space = _OPTION_SPACE.match(self.text, at)
        at = space.end() if space else at
        if not self.text.startswith("[", at):
            return None
        close = self._brackets.get(at, -1)
        return Argument(at + 1, close, close + 1) if 0 <= close <= at + 2000 else None

    def keys(self, argument: Argument) -> list[tuple[int, int, str]]:
        """The citation keys in an argument with their places; empty when it holds anything that is no key."""
        if not argument.braced:
            return []
        inner = _KEY_COMMENT.sub(lambda match: " " * len(match[0]), self.text[argument.start : argument.end])
        found = []
        for match in _KEY.finditer(inner):
            key = match[0].rstrip()
            if not key or any(sign in key for sign in "{}\\#~") or len(key) > 200:
                return []
            found.append((argument.start + match.start(), argument.start + match.start() + len(key), re.sub(r"\s+", " ", key)))
        return found


@dataclass(frozen=True, slots=True)
class Macro:
    """A command that the document defines: number of arguments, whether the first is optional, and its body."""

    count: int
    optional: bool
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
    return macro.body[:500] if macro is not None and macro.count == 0 else match[0]


def wrapper(macro: Macro, macros: Mapping[str, Macro], depth: int = 3) -> list[str] | None:
    """The keys that a command cites: "#1" for its first argument, or keys of its own; None when it does not cite."""
    keys: list[str] = []
    for match in _USE.finditer(macro.body[:5000]):
        name = match[1]
        inner: list[str] | None = None
        if (tables.CITE.fullmatch(name) and name not in tables.NOT_CITE) or name == "nocite":
            inner = [key.strip() for key in match[2].split(",") if key.strip()]
        elif depth and name in macros and macros[name] is not macro:
            inner = wrapper(macros[name], macros, depth - 1)
            inner = [match[2].strip() if key.startswith("#") else key for key in inner] if inner else None
        keys.extend(key for key in inner or () if re.fullmatch(r"#[1-9]|[^\s{}\\#~%]+", key))
    return keys or None


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
        other = re.compile(r"\s*=?\s*\\([A-Za-z@]+)").match(text.text, at)
        return ((name, other[1]), other.end()) if other else (None, at)
    count, optional = 0, False
    if "Document" in command:
        signature = text.argument(at)
        if signature is None:
            return None, at
        letters = re.sub(r"\{[^{}]*\}|\s|[+!]", "", text.text[signature.start : signature.end])
        optional = any(letter in "oOsdD" for letter in letters)
        count = letters.count("m") + optional
        at = signature.behind
    elif command.endswith("def"):
        parameters = _PARAMETERS.match(text.text, at)
        count = parameters[0].count("#") if parameters else 0
        at = parameters.end() if parameters else at
    else:
        number = _COUNT.match(text.text, at)
        if number:
            count, at = int(number[1]), number.end()
            default = text.option(at)
            if default is not None:
                optional, at = True, default.behind
    body = text.argument(at)
    if body is None or not body.braced:
        return None, at
    return (name, Macro(count=count, optional=optional, body=text.text[body.start : body.end])), body.behind
