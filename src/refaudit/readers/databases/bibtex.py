"""BibTeX and BibLaTeX databases: from the entries of a file, and what they borrow from each other, to references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from refaudit.model import Document, Problem, Reference, Span
from refaudit.readers.databases import bibtex_fields, entry_records, name_lists
from refaudit.readers.databases.bibtex_source import MONTHS, SPARE, Copies, Entry, scan
from refaudit.readers.databases.entry_records import Listing, alone
from refaudit.readers.decode import decode


def read(path: str, data: bytes) -> Document:
    """A .bib file audited on its own."""
    return alone(listing(path, data), "bib")


def listing(path: str, data: bytes) -> Listing:
    """The entries of a .bib file, in order. Raises InputError only for binary data."""
    text, notices = decode(path, data)
    shelf = _Shelf()
    entries = scan(text, shelf.strings)
    broken = [
        (entry.start, f"the entry '{entry.key}' is broken: {entry.broken}; what could be read of it is used")
        for entry in entries
        if entry.broken
    ]
    shelf.add(entries)
    problems = notices + tuple(Problem(message=f"{path}:{line}: {message}") for line, message in _lines(text, broken))
    wanted = frozenset(name for entry in entries for name in (*entry.words, *_parents(entry)) if name not in shelf.entries)
    offered = frozenset((shelf.strings.keys() - MONTHS.keys()) | shelf.entries.keys())
    orphans = any(True for entry in entries for _ in _orphaned(entry, shelf))
    references = _references(text, entries, shelf)
    return Listing(
        path=path, text=text, references=references, problems=problems, wanted=wanted, offered=offered, orphans=orphans
    )


def together(listings: Sequence[Listing], *, whole: bool) -> list[Listing]:
    """The bibliography files of one work, which lend each other ``@string``, ``crossref`` and ``xdata`` entries.

    ``whole`` says that nothing else belongs to the bibliography: a ``crossref`` to an entry that is nowhere is then a slip.
    """
    shelf = _Shelf()
    for listing in listings:
        if listing.path.lower().endswith(_SUFFIXES):
            shelf.add(scan(listing.text, shelf.strings))
    made = []
    for listing in listings:
        if any(name in shelf.strings or name in shelf.entries for name in listing.wanted) or (whole and listing.orphans):
            entries = scan(listing.text, dict(shelf.strings))
            own = _Shelf(entries=dict(shelf.entries))
            own.add(entries, first=True)
            for entry in entries if whole else ():
                entry.slips.extend(_orphaned(entry, own))
            listing = replace(listing, references=_references(listing.text, entries, own))
        made.append(listing)
    return made


_SUFFIXES = (".bib", ".bibtex", ".biblatex")


@dataclass(slots=True)
class _Shelf:
    """What the entries of a work may borrow from: strings and entries by their names in lower case."""

    strings: dict[str, str] = field(default_factory=lambda: dict(MONTHS))
    entries: dict[str, Entry] = field(default_factory=dict)

    def add(self, entries: Sequence[Entry], *, first: bool = False) -> None:
        """Put entries on the shelf: behind what stands there, or (``first``) in its place."""
        own: dict[str, Entry] = {}
        for entry in entries:
            if entry.key:
                own.setdefault(entry.key.lower(), entry)
        for entry in entries:
            for alias in _aliases(entry):
                own.setdefault(alias.lower(), entry)
        self.entries = {**self.entries, **own} if first else {**own, **self.entries}


def _references(text: str, entries: Sequence[Entry], shelf: _Shelf) -> tuple[Reference, ...]:
    """What may be cited: not ``xdata``, nor a set that has members, whose key cites these."""
    copies = Copies(len(text) + SPARE)
    sets: dict[str, list[str]] = {}
    for entry in entries:
        for name in _members(entry):
            if name in shelf.entries:
                sets.setdefault(name, []).append(entry.key)
    known = {name for entry in entries for name in _members(entry)} & shelf.entries.keys()
    return tuple(
        replace(made, sets=tuple(sets[entry.key.lower()])) if entry.key.lower() in sets else made
        for entry in entries
        if entry.type != "xdata" and known.isdisjoint(_members(entry))
        for made in (_reference(text, entry, shelf.entries, copies),)
    )


def _names(entry: Entry, name: str) -> Iterable[str]:
    """The keys in a field that lists keys, in lower case; at most 500."""
    return [key.strip().lower() for key in entry.fields[name].text.split(",")[:500]] if name in entry.fields else ()


def _members(entry: Entry) -> Iterable[str]:
    """The keys of the members of a set (BibLaTeX manual 3.17, section 3.14.5)."""
    return _names(entry, "entryset") if entry.type == "set" else ()


def _parents(entry: Entry) -> list[str]:
    return [name for source in ("crossref", "xdata") for name in _names(entry, source) if name]


def _orphaned(entry: Entry, shelf: _Shelf) -> Iterable[tuple[str, Span]]:
    """A ``crossref`` to an entry that is nowhere."""
    value = entry.fields.get("crossref")
    name = value.text.strip() if value else ""
    if value and value.start is not None and name and name.lower() not in shelf.entries:
        yield f"its crossref '{name}' is no entry of the bibliography", Span(value.start, value.start + len(value.text))


def _lines(text: str, places: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Line numbers for offsets that rise; at most 100, as nobody reads more."""
    found, line, at = [], 1, 0
    for place, message in places[:100]:
        line += text.count("\n", at, place)
        at = place
        found.append((line, message))
    return found


def _reference(text: str, entry: Entry, entries: Mapping[str, Entry], copies: Copies) -> Reference:
    raw = text[entry.start : entry.end]
    read = _kept if len(raw) < _LONG else _read
    made = entry_records.shifted(
        read(entry.type, entry.key or None, raw, tuple(_inherited(entry, entries, copies).items())), entry.start
    )
    made = replace(made, aliases=_aliases(entry)) if "ids" in entry.fields else made
    slips = [*entry.slips, *_crowded(entry)]
    if slips:
        made = replace(made, slips=tuple((what, Span(at.start - entry.start, at.end - entry.start)) for what, at in slips))
    return entry_records.doubtful(made) if entry.broken else made


def _read(kind: str, key: str | None, raw: str, fields: tuple[tuple[str, tuple[str, int | None]], ...]) -> Reference:
    """The reference of an entry that begins where its text does."""
    return bibtex_fields.reference(kind=kind, key=key, span=Span(0, len(raw)), raw=raw, fields=dict(fields))


_kept = lru_cache(maxsize=10_000)(_read)
"""The same for entries that were read before: a bibliography is read again when one of its entries is mended, or for the next paper."""
_LONG = 3_000
"""Characters of an entry that is not kept: most have some hundreds."""


def _crowded(entry: Entry) -> Iterable[tuple[str, Span]]:
    """Names of the entry that are several."""
    for role in ("author", "editor"):
        value = entry.fields.get(role)
        if value is None or value.start is None:
            continue
        for span in name_lists.crowded(value.text):
            yield f"the {role}s are not divided by 'and'", Span(value.start + span.start, value.start + span.end)


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


def _inherited(entry: Entry, entries: Mapping[str, Entry], copies: Copies) -> dict[str, tuple[str, int | None]]:
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
