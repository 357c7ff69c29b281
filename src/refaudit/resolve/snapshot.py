"""A local copy of a registry in one SQLite file: DOI to slim record, and a search with the words of a reference.

It says of itself what it covers. A work that is not in it counts as not found only where it is complete.
"""

from __future__ import annotations

import datetime
import gzip
import io
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from refaudit.errors import InputError, ResolverError
from refaudit.model import Record
from refaudit.parse.identifiers import doi_prefix
from refaudit.resolve.record import from_crossref, slim, text_of
from refaudit.resolve.source import Known, Reply
from refaudit.text import words

FORMAT = "refaudit-snapshot-1"
ROWS = 10
# Works that the words of one search may touch; past that, words so common say nothing more. Keeps a search within milliseconds.
_TOUCHED = 1_500
# Words in more works than this have their count kept; all others are rare enough to be used without counting.
_COMMON = 40
_CHUNK = 5_000
_LARGEST_JSON = 512 * 1024 * 1024

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS work (id INTEGER PRIMARY KEY, doi TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS alias (doi TEXT PRIMARY KEY, work TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS agency (doi TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS common (word TEXT PRIMARY KEY, works INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (
    file TEXT PRIMARY KEY, bytes INTEGER NOT NULL, lines INTEGER NOT NULL, whole INTEGER NOT NULL
) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS find USING fts5(words, content='', tokenize='ascii');
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a snapshot says of itself: ``complete`` for all of Crossref, or for the DOIs of ``prefixes``, as of ``date``."""

    date: str
    complete: bool
    prefixes: tuple[str, ...]
    works: int


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
            about = dict(self._base.execute("SELECT key, value FROM about"))
            if about.get("format") != FORMAT:
                raise ResolverError(f"{path}: not a snapshot of this version; build it again with 'refaudit snapshot build'")
            if about.get("state") != "built":
                raise ResolverError(f"{path}: its build was not finished; run the same 'refaudit snapshot build' again")
        except sqlite3.Error as error:
            raise ResolverError(f"{path}: not a snapshot ({error})") from error
        self.about = About(
            date=about["date"],
            complete=about["complete"] == "1",
            prefixes=tuple(about["prefixes"].split()),
            works=int(about["works"]),
        )

    def covers(self, doi: str) -> bool:
        """Whether a DOI that is not here can be said to be unknown to the registry."""
        return self.about.complete or doi_prefix(doi) in self.about.prefixes

    def items(self, dois: Sequence[str]) -> dict[str, dict[str, Any]]:
        """The slim works of (lower-case) DOIs that are here."""
        found: dict[str, dict[str, Any]] = {}
        read = _json()[0]
        for at in range(0, len(dois), 500):
            part = list(dois[at : at + 500])
            marks = ",".join("?" * len(part))
            for doi, body in self._base.execute(f"SELECT doi, body FROM work WHERE doi IN ({marks})", part):  # noqa: S608
                found[doi] = read(zlib.decompress(body))
        return found

    def records(self, dois: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each DOI; aliases followed, recorded answers of the DOI system given back."""
        items = self.items(dois)
        replies: dict[str, Reply] = {}
        for doi in dois:
            item = items.get(doi)
            if item is None:
                row = self._base.execute("SELECT work FROM alias WHERE doi = ?", (doi,)).fetchone()
                item = self.items([row[0]]).get(row[0]) if row else None
                if item is not None:
                    item["aliases"] = list({*(item.get("aliases") or ()), doi})
            record = self._record(item)
            if record:
                replies[doi] = Reply(known=Known.RECORD, record=record)
                continue
            row = self._base.execute(
                "SELECT answer FROM agency WHERE doi IN (?, ?) ORDER BY length(doi) DESC", (doi, doi_prefix(doi))
            ).fetchone()
            if row and row[0] == "DOI does not exist":
                replies[doi] = Reply(known=Known.UNREGISTERED, detail=f"recorded on {self.about.date}")
            else:
                replies[doi] = Reply(known=Known.ABSENT)
        return replies

    def _record(self, item: dict[str, Any] | None) -> Record | None:
        return from_crossref(item, source="Crossref snapshot", retrieved_at=self.about.date) if item else None

    def search(self, text: str) -> Sequence[Record]:
        """The works that share the rarest words with a text, best first (BM25)."""
        wanted = list(dict.fromkeys(word for word in words(text) if len(word) > 1 or word.isdigit()))[:120]
        marks = ",".join("?" * len(wanted))
        common = dict(self._base.execute(f"SELECT word, works FROM common WHERE word IN ({marks})", wanted))  # noqa: S608
        chosen: list[str] = []
        touched = 0
        for word in sorted(wanted, key=lambda word: common.get(word, 0)):
            touched += common.get(word, _COMMON // 4)
            if touched > _TOUCHED and len(chosen) >= 2:
                break
            chosen.append(word)
        if not chosen:
            return []
        query = " OR ".join(f'"{word}"' for word in chosen)
        rows = self._base.execute(
            "SELECT work.body FROM (SELECT rowid AS id, rank FROM find WHERE find MATCH ? ORDER BY rank LIMIT ?) AS hit "
            "JOIN work USING (id) ORDER BY hit.rank, work.doi",
            (query, ROWS),
        )
        read = _json()[0]
        found = [self._record(read(zlib.decompress(body))) for (body,) in rows]
        return [record for record in found if record]

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


# ------------------------------------------------------------------ building


@dataclass(slots=True, kw_only=True)
class Built:
    """What a build has done so far."""

    files: int = 0
    works: int = 0
    skipped: int = 0
    resumed: int = 0


def build(
    files: Sequence[Path],
    target: Path,
    *,
    date: str = "",
    complete: bool = False,
    prefixes: Sequence[str] = (),
    progress: Callable[[Built], None] = lambda _: None,
) -> Built:
    """Read works from ``files`` (JSON lines, ``{"items": […]}`` shards, API answers; gzip or not) into the snapshot ``target``.

    An interrupted build goes on where it stopped when it is called again; files already read are passed over. ``date``
    is the day the files describe (default: today). Raises InputError for a file that cannot be read.
    """
    base = _create(target)
    done = Built()
    try:
        base.execute("INSERT OR REPLACE INTO about VALUES ('state', 'building')")
        base.commit()
        for path in files:
            _read_file(base, path, done, progress)
            done.files += 1
        _finish(base, date, complete, prefixes)
    except sqlite3.Error as error:
        raise ResolverError(f"{target}: cannot be written ({error})") from error
    finally:
        base.close()
    return done


def _create(target: Path) -> sqlite3.Connection:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(target)
        base.execute("PRAGMA synchronous=OFF")
        base.execute("PRAGMA cache_size=-16384")
        base.executescript(_SCHEMA)
        known = base.execute("SELECT value FROM about WHERE key = 'format'").fetchone()
        if known and known[0] != FORMAT:
            raise ResolverError(f"{target}: a snapshot of another version stands there; give another name")
        base.execute("INSERT OR REPLACE INTO about VALUES ('format', ?)", (FORMAT,))
    except (sqlite3.Error, OSError) as error:
        raise ResolverError(f"{target}: cannot be written as a snapshot ({error})") from error
    return base


def _read_file(base: sqlite3.Connection, path: Path, done: Built, progress: Callable[[Built], None]) -> None:
    name, size = path.name, path.stat().st_size
    row = base.execute("SELECT lines, whole FROM done WHERE file = ? AND bytes = ?", (name, size)).fetchone()
    if row and row[1]:
        done.resumed += row[0]
        return
    passed = row[0] if row else 0
    done.resumed += passed
    chunk: list[Mapping[str, Any]] = []
    number = 0
    for number, item in enumerate(iter_items(path), 1):
        if number <= passed:
            continue
        chunk.append(item)
        if len(chunk) >= _CHUNK:
            _store(base, chunk, done, (name, size, number, 0))
            chunk = []
            progress(done)
    _store(base, chunk, done, (name, size, number, 1))
    progress(done)


def _store(base: sqlite3.Connection, chunk: Sequence[Mapping[str, Any]], done: Built, mark: tuple[str, int, int, int]) -> None:
    """One transaction: the works of a chunk and how far the file has been read."""
    last = base.execute("SELECT coalesce(max(id), 0) FROM work").fetchone()[0]
    works: dict[str, tuple[dict[str, Any], str]] = {}
    for item in chunk:
        if "RA" in item or item.get("status") == "DOI does not exist":
            answer = str(item.get("RA") or item.get("status"))
            base.execute("INSERT OR REPLACE INTO agency VALUES (?, ?)", (str(item.get("DOI", "")).lower(), answer))
            continue
        doi = item.get("DOI")
        if not isinstance(doi, str) or "/" not in doi:
            done.skipped += 1
            continue
        doi, small = doi.lower(), slim(item)
        works[doi] = (small, _index_text(small))
        for alias in small.get("aliases", ()):
            base.execute("INSERT OR REPLACE INTO alias VALUES (?, ?)", (str(alias).lower(), doi))
    known: dict[str, int] = {}
    names = list(works)
    for at in range(0, len(names), 500):
        part = names[at : at + 500]
        marks = ",".join("?" * len(part))
        known |= dict(base.execute(f"SELECT doi, id FROM work WHERE doi IN ({marks})", part))  # noqa: S608
    rows, texts = [], []
    for doi, (small, text) in works.items():
        identity = known.get(doi)
        if identity is None:
            last += 1
            identity = last
            texts.append((identity, text))
        rows.append((identity, doi, _pack(small)))
    base.executemany("INSERT OR REPLACE INTO work VALUES (?, ?, ?)", rows)
    base.executemany("INSERT INTO find (rowid, words) VALUES (?, ?)", texts)
    base.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?)", mark)
    base.commit()
    done.works += len(works)


def _pack(item: Mapping[str, Any]) -> bytes:
    return zlib.compress(_json()[1](item), 1)


def _index_text(item: Mapping[str, Any]) -> str:
    """The words under which a slim work is found: titles, names, containers, years, volume, issue and pages."""
    parts: list[object] = []
    for name in ("title", "subtitle", "original-title", "container-title", "short-container-title"):
        value = item.get(name)
        parts += value if isinstance(value, list) else [value]
    for role, most in (("author", 25), ("editor", 5)):
        people = item.get(role)
        for person in people[:most] if isinstance(people, list) else ():
            parts.append(person.get("family") or person.get("name"))
    for name in ("issued", "published-print", "published-online", "posted"):
        date = item.get(name)
        years = date.get("date-parts") if isinstance(date, dict) else None
        if isinstance(years, list) and years and isinstance(years[0], list):
            parts += years[0][:1]
    parts += (item.get("volume"), item.get("issue"), item.get("page"), item.get("article-number"))
    text = " ".join(str(part) for part in parts if part)
    return " ".join(words(text_of(text) if "<" in text or "&" in text else text))


def _finish(base: sqlite3.Connection, date: str, complete: bool, prefixes: Sequence[str]) -> None:
    base.execute("INSERT INTO find (find) VALUES ('optimize')")
    base.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, find, row)")
    base.execute("DELETE FROM common")
    base.execute("INSERT INTO common SELECT term, doc FROM temp.vocabulary WHERE doc > ?", (_COMMON,))
    count = base.execute("SELECT count(*) FROM work").fetchone()[0]
    values = {
        "date": date or datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "complete": "1" if complete else "0",
        "prefixes": " ".join(sorted(prefixes)),
        "works": str(count),
        "state": "built",
    }
    base.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values.items())
    base.commit()


@cache
def _json() -> tuple[Callable[[bytes], Any], Callable[[Any], bytes]]:
    """Reader and writer of JSON: orjson where it is installed (extra "snapshot"), for it is several times as fast."""
    try:
        import orjson
    except ImportError:
        encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False).encode
        return json.loads, lambda value: encode(value).encode("utf-8", "replace")
    return orjson.loads, orjson.dumps


def iter_items(path: Path) -> Iterator[Mapping[str, Any]]:
    """Works (and answers of the DOI system) of one file, one at a time. Raises InputError for what cannot be read."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as raw:
            stream = io.BufferedReader(raw, 1 << 20)  # lines of a GzipFile are slow one by one
            read = _json()[0]
            first = stream.readline(_LARGEST_JSON)
            try:
                head = read(first)
            except ValueError:  # one JSON value over several lines
                yield from _unwrap(read(first + stream.read(_LARGEST_JSON)))
                return
            yield from _unwrap(head)
            for line in stream:
                if line.strip():
                    try:
                        yield from _unwrap(read(line))
                    except ValueError:
                        yield {}
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: neither JSON lines nor JSON ({error})") from error


def _unwrap(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))
    elif isinstance(value, dict):
        inner = value.get("items", value.get("message"))
        if isinstance(inner, list | dict) and "DOI" not in value:
            yield from _unwrap(inner)
        else:
            yield value


def input_files(paths: Iterable[str]) -> list[Path]:
    """The files named, and those of named folders, in order. Raises InputError for what is not there."""
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found += sorted(item for item in path.rglob("*") if item.name.endswith((".json", ".jsonl", ".json.gz", ".jsonl.gz")))
        elif path.is_file():
            found.append(path)
        else:
            raise InputError(f"{name}: no such file or folder")
    return found
