"""BibTeX and BibLaTeX databases: a tolerant scanner that keeps the place of every entry and field.

Broken entries are reported and what could be read of them is kept; reading goes on at the next line that begins an
entry, so that one missing brace never costs more than its own entry and hostile input stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from refaudit.model import Document, Problem, Reference, Span
from refaudit.readers.databases import bibtex_fields, entry_records
from refaudit.readers.databases.entry_records import Listing, alone
from refaudit.readers.decode import decode
from refaudit.words.months import ENGLISH


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value in TeX without its delimiters; ``start`` is its offset in the file, None where it was put together."""

    text: str
    start: int | None = None


@dataclass(slots=True)
class Entry:
    """An entry under construction: type and field names in lower case, offsets of the file."""

    type: str
    key: str
    start: int
    end: int = 0
    fields: dict[str, Value] = field(default_factory=dict)
    broken: str = ""


_ENTRY = re.compile(r"@[ \t]*([A-Za-z_]+)[ \t\r\n]*([{(])")
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z_]+[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*([^\s,{}=\"#%\\][^,{}=#%\\\n]{0,200}?)[ \t\r]*(?=[,}\n]|$)")
_ROUND_KEY = re.compile(r"\s*([^\s,{}=\"#%\\()][^,{}=#%\\\n]{0,200}?)[ \t\r]*(?=[,)\n]|$)")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:.+/\-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"()=]+")
_JOIN = re.compile(r"\s*#\s*")
_SPACE = re.compile(r"\s*")
_BRACE = re.compile(r"[{}]|\\.", re.DOTALL)
_QUOTE = re.compile(r'[{}"]|\\.', re.DOTALL)

_LONGEST = 200_000
"""Characters of a field; strings that repeat strings would grow without end."""

_SPARE = 1_000_000
"""Characters that strings, ``crossref`` and ``xdata`` may add to a file beside its own length, copied as they are into every entry."""

_MONTHS = {month: month for month in ENGLISH}


@dataclass(slots=True)
class _Copies:
    """How many characters may still be copied from one place of the file to another."""

    left: int

    def take(self, length: int) -> bool:
        """Whether ``length`` more may be copied."""
        self.left -= length
        return self.left >= 0


class _BrokenError(Exception):
    """The entry cannot be read further; the text says why."""


def read(path: str, data: bytes) -> Document:
    """A .bib file audited on its own."""
    return alone(listing(path, data), "bib")


def listing(path: str, data: bytes) -> Listing:
    """The entries of a .bib file, in order. Raises InputError only for binary data."""
    text, notices = decode(path, data)
    entries = scan(text)
    seen: dict[str, Entry] = {}
    broken = []
    for entry in entries:
        if entry.broken:
            broken.append((entry, f"the entry '{entry.key}' is broken: {entry.broken}; what could be read of it is used"))
        if entry.key:
            seen.setdefault(entry.key.lower(), entry)
    for entry in entries:
        for alias in _aliases(entry):
            seen.setdefault(alias.lower(), entry)
    problems = notices + tuple(
        Problem(message=f"{path}:{line}: {message}") for line, message in _lines(text, [(e.start, m) for e, m in broken])
    )
    copies = _Copies(len(text) + _SPARE)
    references = tuple(_reference(text, entry, seen, copies) for entry in entries if entry.type != "xdata")
    return Listing(path=path, text=text, references=references, problems=problems)


def _lines(text: str, places: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Line numbers for offsets that rise; at most 100, as nobody reads more."""
    found, line, at = [], 1, 0
    for place, message in places[:100]:
        line += text.count("\n", at, place)
        at = place
        found.append((line, message))
    return found


def scan(text: str) -> list[Entry]:
    """All entries of ``text`` that have a key or fields."""
    strings: dict[str, str] = dict(_MONTHS)
    copies = _Copies(len(text) + _SPARE)
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


def _body(text: str, stretch: tuple[int, int], close: str, entry: Entry, strings: Mapping[str, str], copies: _Copies) -> int:
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
    while True:
        at = _SPACE.match(text, at, limit).end()  # type: ignore[union-attr]  # always matches
        while at < limit and text[at] == ",":
            at = _SPACE.match(text, at + 1, limit).end()  # type: ignore[union-attr]
        if at >= limit:
            raise _BrokenError("its closing brace is missing")
        if text[at] == close:
            return at + 1
        match = _FIELD.match(text, at, limit)
        if match is None:
            raise _BrokenError(
                f"a field name and '=' were expected where '{text[at : at + 20].split(chr(10), maxsplit=1)[0]}' stands"
            )
        value, at = _value(text, match.end(), limit, strings, copies)
        entry.fields.setdefault(match[1].lower(), value)


def _value(text: str, at: int, limit: int, strings: Mapping[str, str], copies: _Copies) -> tuple[Value, int]:
    """A value, possibly joined with ``#``, and the offset behind it."""
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
                raise _BrokenError("a field has no value")
            word = match[0]
            copied = strings.get(word.lower())
            if copied is not None and not copies.take(len(copied)):
                raise _BrokenError("strings are repeated without end")
            pieces.append(Value(word, at) if copied is None else Value(copied))
            at = match.end()
        length += len(pieces[-1].text)
        if length > _LONGEST:
            raise _BrokenError("a field is too long")
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
    raise _BrokenError("a brace or quotation mark is not closed")


def _reference(text: str, entry: Entry, entries: Mapping[str, Entry], copies: _Copies) -> Reference:
    made = bibtex_fields.reference(
        kind=entry.type,
        key=entry.key or None,
        span=Span(entry.start, entry.end),
        raw=text[entry.start : entry.end],
        fields=_inherited(entry, entries, copies),
    )
    made = replace(made, aliases=_aliases(entry)) if "ids" in entry.fields else made
    return entry_records.doubtful(made) if entry.broken else made


def _aliases(entry: Entry) -> tuple[str, ...]:
    """The other keys that BibLaTeX's ``ids`` gives an entry; at most 50."""
    names = entry.fields["ids"].text.split(",")[:50] if "ids" in entry.fields else ()
    return tuple(name.strip() for name in names if name.strip())


# What a part takes from the whole it names with crossref: the whole's title is the part's book title.
_INHERITED = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_OWN = frozenset(
    {
        "ids",
        "xref",
        "entryset",
        "crossref",
        "xdata",
        "label",
        "options",
        "sortkey",
        "shorthand",
        "abstract",
        "doi",
        "url",
        "pages",
        "pagetotal",
    }
)


def _inherited(entry: Entry, entries: Mapping[str, Entry], copies: _Copies) -> dict[str, tuple[str, int | None]]:
    """The fields of an entry with those of its ``xdata`` and ``crossref`` entries where it has none (one level each)."""
    fields = {
        name: (value.text, None if value.start is None else value.start - entry.start) for name, value in entry.fields.items()
    }
    for name in entry.fields["xdata"].text.split(",") if "xdata" in entry.fields else ():
        source = entries.get(name.strip().lower())
        for field_name, value in source.fields.items() if source else ():
            if field_name not in fields and copies.take(len(value.text)):
                fields[field_name] = (value.text, None)
    parent = entries.get(entry.fields["crossref"].text.strip().lower()) if "crossref" in entry.fields else None
    if parent is not None and parent is not entry:
        part = entry.type in ("inbook", "incollection", "inproceedings", "conference", "suppbook", "bookinbook", "inreference")
        article = entry.type == "article"
        for name, value in parent.fields.items():
            if name in _OWN:
                continue
            target = _INHERITED.get(name, name) if part else {"title": "journaltitle"}.get(name, name) if article else name
            if (part or article) and name in ("author", "shorttitle"):
                continue
            if target not in fields and copies.take(len(value.text)):
                fields[target] = (value.text, None)
    return fields
