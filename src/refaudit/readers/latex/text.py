"""A LaTeX source as text with arguments: where braces and brackets close, where environments end."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cached_property

from refaudit.readers.latex import commands

_SIGN = re.compile(
    r"\\(?:url|href|path|nolinkurl)[ \t]*(\{[^{}\s]*\})|\\begin[ \t]*\{([A-Za-z]+\*?)\}|\\.|%[^\n]*|[{}]", re.DOTALL
)
_BLANK = re.compile(r"(?:\s|%[^\n]*\n)*")
_OPTION = re.compile(r"\\.|[\[\]{}]", re.DOTALL)
_KEY = re.compile(r"[^,\s\[*](?:[^,])*|\*?(?:\[[^\[\]]{0,500}\]){1,2}(?P<noted>[^,\s\[\]][^,]*)|[^,\s][^,]*")
"""A key; REVTeX has notes in brackets before it: ``\\cite{a, *[See ][ for more]b}``."""
_KEY_COMMENT = re.compile(r"%[^\n]*")
_OPTION_SPACE = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_SINGLE = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_BEGINS = re.compile(r"^[^%\n]{0,300}\\begin[ \t]*\{document\}", re.MULTILINE)
_ENDS = re.compile(r"^[^%\n]{0,300}\\end[ \t]*\{document\}", re.MULTILINE)
_END = re.compile(r"\\end[ \t]*\{([A-Za-z]+\*?)\}")


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
        self._nexts: dict[str, tuple[int, int]] = {}

    def next_of(self, sign: str, at: int) -> int:
        """Offset of the next ``sign`` from ``at`` on, -1 for none; looked for once, however often it is asked for before it."""
        start, end = self._nexts.get(sign, (0, -2))
        if not (start <= at and (end == -1 or at <= end)):
            start, end = self._nexts[sign] = at, self.text.find(sign, at)
        return end

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
                if match[2] in commands.VERBATIM:
                    at = self.environment_end(match[2], at)
        return pairs

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        ends: dict[str, list[int]] = {}
        for match in _END.finditer(self.text):
            ends.setdefault(match[1], []).append(match.end())
        for places in ends.values():
            places.reverse()
        return ends

    def environment_end(self, name: str, at: int) -> int:
        """Behind the next ``\\end`` of the environment; ``at`` itself when there is none."""
        places = self._ends.get(name)
        if not places:
            return at
        index = bisect.bisect_right(places, -at, key=lambda place: -place) - 1
        return places[index] if index >= 0 and places[index] > at else at

    def shows_document(self, at: int) -> bool:
        """Whether the ``\\end{document}`` before ``at`` ends a document that the source shows as an example, not its own."""
        return len(_BEGINS.findall(self.text, 0, at)) > len(_ENDS.findall(self.text, 0, at))

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
            match = _SINGLE.match(self.text, at)
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
            noted = match["noted"] is not None
            key = match["noted" if noted else 0].rstrip()
            start = argument.start + match.start("noted" if noted else 0)
            if not key or any(sign in key for sign in "{}\\#~") or len(key) > 200:
                return []
            found.append((start, start + len(key), re.sub(r"\s+", " ", key)))
        return found
