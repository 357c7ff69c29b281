"""The source of BibTeX and BibLaTeX databases: a tolerant scanner that keeps the place of every entry and field.

Broken entries are noted and what could be read of them is kept; reading goes on at the next line that begins an entry, so that
one missing brace never costs more than its own entry and hostile input stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from refaudit.model import Span
from refaudit.words.months import ENGLISH


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value in TeX without its delimiters; ``start`` is its offset in the file, None where it was put together."""

    text: str
    start: int | None = None


@dataclass(slots=True)
class Entry:
    """An entry under construction: type and field names in lower case, offsets of the file.

    ``broken`` says why it could not be read to its end, ``slips`` what the programs misread and where, ``words`` the names of strings
    that it uses and that nothing defines.
    """

    type: str
    key: str
    start: int
    end: int = 0
    fields: dict[str, Value] = field(default_factory=dict)
    broken: str = ""
    slips: list[tuple[str, Span]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)


_ENTRY = re.compile(r"@[ \t]*([A-Za-z_]+)[ \t\r\n]*([{(])")
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z_]+[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*([^\s,{}=\"#%\\][^,{}=#%\\\n]{0,200}?)[ \t\r]*(?=[,}\n]|$)")
_ROUND_KEY = re.compile(r"\s*([^\s,{}=\"#%\\()][^,{}=#%\\\n]{0,200}?)[ \t\r]*(?=[,)\n]|$)")
_FIELD = re.compile(r"[\s,]*([^\W\d][\w:.+/\-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"()=]+")
_JOIN = re.compile(r"\s*#\s*")
_SPACE = re.compile(r"\s*(?:%[^\n]*\s*)*")  # biber takes comments between fields
_BRACE = re.compile(r"[{}]|\\.", re.DOTALL)
_QUOTE = re.compile(r'[{}"]|\\.', re.DOTALL)

_LONGEST = 200_000
"""Characters of a field; strings that repeat strings would grow without end."""

SPARE = 1_000_000
"""Characters that strings, ``crossref`` and ``xdata`` may add to a file beside its own length, copied as they are into every entry."""

MONTHS = {month: month for month in ENGLISH}


@dataclass(slots=True)
class Copies:
    """How many characters may still be copied from one place of the file to another."""

    left: int

    def take(self, length: int) -> bool:
        """Whether ``length`` more may be copied."""
        self.left -= length
        return self.left >= 0


class _BrokenError(Exception):
    """The entry cannot be read further; the text says why, ``at`` where."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.at = at


def scan(text: str, strings: dict[str, str] | None = None) -> list[Entry]:
    """All entries of ``text`` that have a key or fields; its ``@string`` definitions are added to ``strings``."""
    strings = dict(MONTHS) if strings is None else strings
    copies = Copies(len(text) + SPARE)
    entries: list[Entry] = []
    starts = [match.start() for match in _NEXT.finditer(text)] + [len(text)]
    at, following = 0, 0
    while (match := _ENTRY.search(text, at)) is not None:
        while following < len(starts) - 1 and starts[following] <= match.start():
            following += 1
        limit = starts[following] if starts[following] > match.start() else len(text)
        kind = match[1].lower()
        if kind == "comment":
            at = match.end()
            continue
        entry = Entry(kind, "", match.start())
        try:
            at = _body(text, (match.end(), limit), "}" if match[2] == "{" else ")", entry, strings, copies)
        except _BrokenError as error:
            at = limit
            entry.broken = str(error)
            entry.slips.append((entry.broken, Span(error.at, min(error.at + 1, len(text)))))
        entry.end = _trimmed(text, entry.start, at)
        if kind == "string":
            strings.update({name: value.text for name, value in entry.fields.items()})
        elif kind != "preamble" and (entry.key or entry.fields):
            entries.append(entry)
    return entries


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _body(text: str, stretch: tuple[int, int], close: str, entry: Entry, strings: Mapping[str, str], copies: Copies) -> int:
    """Read key and fields in the stretch; returns the offset behind the closing delimiter."""
    at, limit = stretch
    if entry.type == "preamble":
        return _closing(text, at, limit, _BRACE) + 1
    if entry.type != "string":
        match = (_KEY if close == "}" else _ROUND_KEY).match(text, at, limit)
        if match is None or _FIELD.match(text, at, limit):
            pass  # no key: the fields follow at once
        else:
            entry.key = match[1].strip()
            at = match.end()
            _expect_comma(text, at, limit, close, entry)
    while True:
        at = _SPACE.match(text, at, limit).end()  # type: ignore[union-attr]  # always matches
        while at < limit and text[at] == ",":
            at = _SPACE.match(text, at + 1, limit).end()  # type: ignore[union-attr]
        if at >= limit:
            raise _BrokenError("its closing brace is missing", entry.start)
        if text[at] == close:
            return at + 1
        match = _FIELD.match(text, at, limit)
        if match is None:
            raise _BrokenError(
                f"a field name and '=' were expected where '{text[at : at + 20].split(chr(10), maxsplit=1)[0]}' stands",
                at,
            )
        value, at = _value(text, (match.end(), limit), entry.words, strings, copies)
        entry.fields.setdefault(match[1].lower(), value)
        _expect_comma(text, at, limit, close, entry)


def _expect_comma(text: str, at: int, limit: int, close: str, entry: Entry) -> None:
    """Note that the comma is missing which BibTeX and biber need between two fields; reading goes on without it."""
    following = _SPACE.match(text, at, limit).end()  # type: ignore[union-attr]  # always matches
    if following < limit and text[following] not in ("," + close) and (match := _FIELD.match(text, following, limit)):
        entry.slips.append((f"a comma is missing before '{match[1]}'", Span(following, following + len(match[1]))))


def _value(
    text: str, stretch: tuple[int, int], unknown: set[str], strings: Mapping[str, str], copies: Copies
) -> tuple[Value, int]:
    """A value, possibly joined with ``#``, and the offset behind it; strings that nothing defines are added to ``unknown``."""
    at, limit = stretch
    pieces: list[Value] = []
    length = 0
    while True:
        char = text[at : at + 1]
        if char == "{":
            end = _closing(text, at + 1, limit, _BRACE)
            pieces.append(Value(text[at + 1 : end], at + 1))
            at = end + 1
        elif char == '"':
            end = _closing(text, at + 1, limit, _QUOTE)
            pieces.append(Value(text[at + 1 : end], at + 1))
            at = end + 1
        else:
            match = _BARE.match(text, at, limit)
            if match is None:
                raise _BrokenError("a field has no value", at)
            word = match[0]
            copied = strings.get(word.lower())
            if copied is not None and not copies.take(len(copied)):
                raise _BrokenError("strings are repeated without end", at)
            if copied is None and not word.isdigit():
                unknown.add(word.lower())
            pieces.append(Value(word, at) if copied is None else Value(copied))
            at = match.end()
        length += len(pieces[-1].text)
        if length > _LONGEST:
            raise _BrokenError("a field is too long", at)
        join = _JOIN.match(text, at, limit)
        if join is None:
            return (pieces[0] if len(pieces) == 1 else Value("".join(piece.text for piece in pieces))), at
        at = join.end()


def _closing(text: str, at: int, limit: int, signs: re.Pattern[str]) -> int:
    """The offset of the delimiter that closes the value begun before ``at``."""
    depth = 0
    for match in signs.finditer(text, at, limit):
        sign = match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            if depth == 0 and signs is _BRACE:
                return match.start()
            depth = max(0, depth - 1)
        elif sign == '"' and depth == 0:
            return match.start()
    raise _BrokenError("a brace or quotation mark is not closed", at - 1)
