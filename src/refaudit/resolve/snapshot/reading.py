"""A local copy of a registry in one SQLite file, opened for reading: DOI to record, and a search with the words of a reference.

It says of itself what it covers. A work that is not in it counts as not found only where it is complete.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from refaudit.errors import ResolverError
from refaudit.model import Record
from refaudit.parse.identifiers import doi_prefix
from refaudit.resolve.snapshot.record_codec import as_work, issued, unpack
from refaudit.resolve.sources.protocol import Known, Reply
from refaudit.resolve.sources.registration_agency import UNREGISTERED
from refaudit.text import words

# Raised whenever a file of the former version would be read wrongly.
FORMAT = "refaudit-snapshot-2"
SCHEMA = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS work (id INTEGER PRIMARY KEY, doi TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS alias (doi TEXT PRIMARY KEY, work TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS agency (doi TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS common (word TEXT PRIMARY KEY, works INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS said (doi TEXT, by TEXT, notices TEXT NOT NULL, PRIMARY KEY (doi, by)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (file TEXT PRIMARY KEY, lines INTEGER NOT NULL, whole INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS find USING fts5(words, content='', tokenize='ascii');
"""
SOURCE = "Crossref snapshot"
ROWS = 10
# Works that the words of one search may touch; past that, words so common say nothing more. Keeps a search within milliseconds.
_TOUCHED = 1_500
_READ = frozenset({"about", "work", "alias", "agency", "common", "find"})
"""Tables without which nothing can be looked up; the others serve building."""
_ITEMS = "SELECT type, name, sql FROM sqlite_master"
_LARGEST_VALUE = 64 << 20  # bytes; a packed work has some hundreds
_STEP, _STEPS = 10_000, 5_000  # operations of SQLite between two looks at a query, and how many looks it may take
# Words in more works than this have their count kept; all others are rare enough to be used without counting.
COMMON = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a snapshot says of itself: ``complete`` for all of Crossref, or for the DOIs of ``prefixes``, as of ``date``."""

    date: str
    complete: bool
    prefixes: tuple[str, ...]
    works: int
    sources: tuple[str, ...] = ("Crossref",)


class Snapshot:
    """A snapshot opened for reading."""

    name = "snapshot"

    def __init__(self, path: str | Path) -> None:
        """Open the file; raises ResolverError when it is absent or no snapshot."""
        self.path = Path(path)
        if not self.path.is_file():
            raise ResolverError(f"{path}: there is no such snapshot; 'refaudit snapshot build' makes one")
        try:
            self._base = sqlite3.connect(
                f"file:{quote(str(self.path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._bound()
            _only_ours(self._base, self.path)
            about = dict(self._base.execute("SELECT key, value FROM about"))
        except sqlite3.Error as error:
            raise ResolverError(f"{path}: not a snapshot ({error})") from error
        if about.get("format") != FORMAT:
            raise ResolverError(
                f"{path}: a snapshot of another version ({about.get('format', 'unnamed')}, this is {FORMAT}); "
                "build it again with 'refaudit snapshot build'"
            )
        if about.get("state") != "built":
            raise ResolverError(f"{path}: its build was not finished; run the same 'refaudit snapshot build' again")
        try:
            self.about = About(
                date=str(about["date"]),
                complete=about["complete"] == "1",
                prefixes=tuple(about["prefixes"].split()),
                works=int(about["works"]),
                sources=tuple(str(about.get("sources") or "Crossref").split(", ")),
            )
        except (KeyError, ValueError, AttributeError) as error:
            raise ResolverError(f"{path}: not a snapshot (what it says of itself is incomplete)") from error

    def _bound(self) -> None:
        """A snapshot may come from a stranger: no function may run for its schema, no value be huge, no query go on for ever."""
        self._base.execute("PRAGMA trusted_schema=OFF")
        self._base.execute("PRAGMA cell_size_check=ON")
        self._base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
        self._left = _STEPS

        def step() -> bool:
            self._left -= 1
            return self._left < 0

        self._base.set_progress_handler(step, _STEP)

    @property
    def title(self) -> str:
        """What it is called where sources are named."""
        return f"{', '.join(self.about.sources)} snapshot of {self.about.date}"

    def covers(self, doi: str) -> bool:
        """Whether a DOI that is not here can be said to be unknown to the registry."""
        return self.about.complete or doi_prefix(doi) in self.about.prefixes

    def packed(self, dois: Sequence[str]) -> Iterator[tuple[str, list[Any]]]:
        """The (lower-case) DOIs that are here, each with the values of its record as ``packed`` orders them."""
        for at in range(0, len(dois), 500):
            part = dois[at : at + 500]
            marks = ",".join("?" * len(part))
            yield from self._unpacked(self._rows(f"SELECT doi, body FROM work WHERE doi IN ({marks})", part))  # noqa: S608

    def _rows(self, query: str, values: Sequence[str | int]) -> list[Any]:
        self._left = _STEPS
        try:
            return self._base.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise ResolverError(f"{self.path}: the snapshot is damaged ({error}); build it again") from error

    def _unpacked(self, rows: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, list[Any]]]:
        read = json_tools()[0]
        try:
            for doi, body in rows:
                yield doi, read(body)
        except (ValueError, TypeError, RecursionError) as error:
            raise ResolverError(f"{self.path}: the snapshot is damaged ({error}); build it again") from error

    def _records(self, rows: Iterable[tuple[str, list[Any]]]) -> Iterator[Record]:
        for doi, values in rows:
            yield self._record(doi, values)

    def _record(self, doi: str, values: list[Any]) -> Record:
        try:
            return unpack(doi, values, source=SOURCE, retrieved_at=self.about.date)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise ResolverError(f"{self.path}: the snapshot is damaged (the work {doi}); build it again") from error

    def records(self, dois: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each DOI; aliases followed, recorded answers of the DOI system given back."""
        packed = ((doi, self._record(doi, values)) for doi, values in self.packed(dois))
        replies = {doi: Reply(known=Known.RECORD, record=record) for doi, record in packed}
        return {doi: replies.get(doi) or self._not_itself(doi) for doi in dois}

    def _not_itself(self, doi: str) -> Reply:
        """The reply for a DOI that is no work here: an alias, one that doi.org does not know, or absent."""
        alias = self._rows("SELECT work FROM alias WHERE doi = ?", (doi,))
        for record in self._records(self.packed(alias[0])) if alias else ():
            aliases = record.aliases if record.doi == doi else (*record.aliases, doi)
            return Reply(known=Known.RECORD, record=replace(record, aliases=tuple(dict.fromkeys(aliases))))
        answer = self._rows(
            "SELECT answer FROM agency WHERE doi IN (?, ?) ORDER BY length(doi) DESC LIMIT 1", (doi, doi_prefix(doi))
        )
        if answer and answer[0][0] == UNREGISTERED:
            return Reply(known=Known.UNREGISTERED, detail=f"recorded on {self.about.date}")
        return Reply(known=Known.ABSENT)

    def work(self, doi: str) -> Mapping[str, Any] | None:
        """The work of a DOI in the words of Crossref's API, None when it is not here."""
        for _, values in self.packed([doi]):
            return as_work(self._record(doi, values), issued(values))
        return None

    def search(self, text: str) -> Sequence[Record]:
        """The works that share the rarest words with a text, best first (BM25)."""
        wanted = list(dict.fromkeys(word for word in words(text) if len(word) > 1 or word.isdigit()))[:120]
        marks = ",".join("?" * len(wanted))
        common = dict(self._rows(f"SELECT word, works FROM common WHERE word IN ({marks})", wanted))  # noqa: S608
        chosen: list[str] = []
        touched = 0
        for word in sorted(wanted, key=lambda word: common.get(word, 0)):
            touched += common.get(word, COMMON // 4)
            if touched > _TOUCHED and len(chosen) >= 2:
                break
            chosen.append(word)
        if not chosen:
            return []
        query = " OR ".join(f'"{word}"' for word in chosen)
        rows = self._rows(
            "SELECT work.doi, work.body FROM (SELECT rowid AS id, rank FROM find WHERE find MATCH ? ORDER BY rank LIMIT ?) AS hit "
            "JOIN work USING (id) ORDER BY hit.rank, work.doi",
            (query, ROWS),
        )
        found = list(self._records(self._unpacked(rows)))
        return sorted(found, key=lambda record: record.compiled)  # of one DOI what its registry says comes first

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


def _only_ours(base: sqlite3.Connection, path: Path) -> None:
    """Raise ResolverError unless a database holds the tables of a snapshot and nothing else: no views, triggers or computed columns."""
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript(SCHEMA)
        expected = set(model.execute(_ITEMS))
    there = set(base.execute(_ITEMS))
    odd = (there - expected) or {item for item in expected - there if item[1] in _READ}
    if odd:
        kind, name, _ = min(odd, key=str)
        raise ResolverError(f"{path}: not a snapshot (its {kind} '{name}' is not that of a snapshot)")


@cache
def json_tools() -> tuple[Callable[[bytes], Any], Callable[[Any], bytes]]:
    """Reader and writer of JSON: orjson where it is installed (extra "snapshot"), for it is several times as fast."""
    try:
        import orjson
    except ImportError:
        encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False).encode
        return json.loads, lambda value: encode(value).encode("utf-8", "replace")
    return orjson.loads, orjson.dumps
