"""Building a snapshot: from Crossref's public data files and answers of its API, one work at a time. See ``snapshot``."""

from __future__ import annotations

import datetime
import gc
import gzip
import hashlib
import io
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from refaudit.errors import InputError, ResolverError
from refaudit.model import Record, Update
from refaudit.resolve.editorial_status import turned
from refaudit.resolve.snapshot.dumps import DUMPS, LINES, Dumped, stored
from refaudit.resolve.snapshot.reading import COMMON, FORMAT, SCHEMA, json_tools
from refaudit.resolve.snapshot.record_codec import issued, pack, packed_update, unpack, unpacked_update
from refaudit.resolve.sources.record import date_of, from_crossref
from refaudit.resolve.sources.registration_agency import UNREGISTERED
from refaudit.text import words

SOURCES = ("crossref", *DUMPS, *LINES)
_NAMES = {
    "crossref": "Crossref",
    "dblp": "DBLP",
    "acl": "ACL Anthology",
    "openalex": "OpenAlex",
    "pubmed": "PubMed",
    "arxiv": "arXiv",
}
_ENDINGS = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
_XML, _PACKED = (".xml", ".xml.gz"), (".gz", ".json", ".jsonl")
_CHUNK = 5_000
_LARGEST_JSON = 512 * 1024 * 1024


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
    source: str = "crossref",
    progress: Callable[[Built], None] = lambda _: None,
) -> Built:
    """Read works from ``files`` (JSON lines, ``{"items": […]}`` shards, API answers; gzip or not) into the snapshot ``target``.

    ``source`` names whose dump the files are, one of ``SOURCES``; those of others than Crossref are added to what is there.

    An interrupted build goes on where it stopped when it is called again; files already read are passed over. ``date``
    is the day the files describe (default: today). Raises InputError for a file that cannot be read.
    """
    base = _create(target)
    done = Built()
    collecting = gc.isenabled()
    gc.disable()  # nothing read here refers to itself, and looking for what does costs a sixth of the time
    try:
        base.execute("INSERT OR REPLACE INTO about VALUES ('state', 'building')")
        base.commit()
        for path in files:
            _read_file(base, path, source, done, progress)
            done.files += 1
        _finish(base, date, complete, prefixes, source)
    except sqlite3.Error as error:
        raise ResolverError(f"{target}: cannot be written ({error})") from error
    finally:
        base.close()
        if collecting:
            gc.enable()
    return done


def _create(target: Path) -> sqlite3.Connection:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(target)
        if base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            _check_ours(base, target)
        base.execute("PRAGMA synchronous=OFF")
        base.execute("PRAGMA cache_size=-16384")
        base.executescript(SCHEMA)
        base.execute("INSERT OR REPLACE INTO about VALUES ('format', ?)", (FORMAT,))
    except (sqlite3.Error, OSError) as error:
        raise ResolverError(f"{target}: cannot be written as a snapshot ({error})") from error
    return base


def _check_ours(base: sqlite3.Connection, target: Path) -> None:
    """Refuse to add to a database that is no snapshot, or to a snapshot of another version."""
    try:
        known = base.execute("SELECT value FROM about WHERE key = 'format'").fetchone()
    except sqlite3.OperationalError as error:
        raise ResolverError(f"{target}: another database stands there; give another name") from error
    if known is None or known[0] != FORMAT:
        raise ResolverError(f"{target}: a snapshot of another version stands there; delete it or give another name")


def _read_file(base: sqlite3.Connection, path: Path, source: str, done: Built, progress: Callable[[Built], None]) -> None:
    facts = path.stat()
    # a hash, for a snapshot is passed on and the places of its sources are nobody's business
    name = hashlib.sha256(f"{path.resolve()}|{facts.st_size}|{facts.st_mtime_ns}".encode("utf-8", "replace")).hexdigest()
    passed, whole = base.execute("SELECT lines, whole FROM done WHERE file = ?", (name,)).fetchone() or (0, 0)
    done.resumed += passed
    if whole:
        return
    chunk = _Chunk()
    number = 0
    items: Iterator[Dumped | Mapping[str, Any]] = DUMPS[source](path) if source in DUMPS else iter_items(path)
    for number, item in enumerate(items, 1):
        if number <= passed:
            continue
        if isinstance(item, tuple):
            chunk.add_of(item)
        elif source in LINES:
            chunk.add_of(LINES[source](item))
        else:
            chunk.add(item)
        if number % _CHUNK == 0:
            _store(base, chunk, done, (name, number, 0))
            chunk = _Chunk()
            progress(done)
    _store(base, chunk, done, (name, number, 1))
    progress(done)


@dataclass(slots=True)
class _Chunk:
    """What goes into one transaction: by DOI the packed work and its words, aliases, answers of doi.org, and what works say of others."""

    works: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    aliases: list[tuple[str, str]] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    skipped: int = 0

    def add_of(self, dumped: Dumped | None) -> None:
        """Take over one work of another source under its identifier there; what Crossref says of its DOI stands beside it."""
        identifier, record = dumped or ("", None)
        if record is None or not identifier.isprintable() or not record.title:
            self.skipped += 1
            return
        record = stored(identifier, record)
        date = str(record.years[0]) if record.years else ""
        self.works[identifier] = (json_tools()[1](pack(record, date)), index_text(record))
        self.aliases += [(alias, identifier) for alias in record.aliases if alias.isprintable()]

    def add(self, item: Mapping[str, Any]) -> None:
        """Take over one work or answer. Texts with half a surrogate pair cannot be stored and are left out."""
        if "RA" in item or item.get("status") == UNREGISTERED:
            answer, doi = str(item.get("RA") or UNREGISTERED), str(item.get("DOI", "")).lower()
            if doi.isprintable() and answer.isprintable():
                self.answers.append((doi, answer))
            return
        record = from_crossref(item)
        if record is None or not record.doi.isprintable():
            self.skipped += 1
            return
        self.works[record.doi] = (json_tools()[1](pack(record, _issued(item))), index_text(record))
        if record.update_to or record.relations:
            self.said += said_of_others(record)
        self.aliases += [(alias, record.doi) for alias in record.aliases if alias.isprintable()]


def _store(base: sqlite3.Connection, chunk: _Chunk, done: Built, mark: tuple[str, int, int]) -> None:
    """One transaction: a chunk and how far the file has been read."""
    known = _known(base, list(chunk.works))
    last = base.execute("SELECT coalesce(max(id), 0) FROM work").fetchone()[0]
    rows, new, old = [], [], []
    for doi, (body, text) in chunk.works.items():
        if doi in known:  # an index without contents must be told what it forgets
            identity, indexed = known[doi]
            old.append((identity, indexed))
        else:
            identity = last = last + 1
        new.append((identity, text))
        rows.append((identity, doi, body))
    base.executemany("INSERT INTO find (find, rowid, words) VALUES ('delete', ?, ?)", old)
    base.executemany("INSERT INTO find (rowid, words) VALUES (?, ?)", new)
    base.executemany("INSERT OR REPLACE INTO work VALUES (?, ?, ?)", rows)
    base.executemany("INSERT OR REPLACE INTO alias VALUES (?, ?)", chunk.aliases)
    base.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?)", chunk.said)
    base.executemany("INSERT OR REPLACE INTO agency VALUES (?, ?)", chunk.answers)
    base.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", mark)
    base.commit()
    done.works += len(chunk.works)
    done.skipped += chunk.skipped


def _known(base: sqlite3.Connection, dois: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Of the works that are there already: their number, and the words under which they were indexed."""
    read, found = json_tools()[0], {}
    for at in range(0, len(dois), 500):
        part = dois[at : at + 500]
        marks = ",".join("?" * len(part))
        for identity, doi, body in base.execute(f"SELECT id, doi, body FROM work WHERE doi IN ({marks})", part):  # noqa: S608
            found[doi] = (identity, index_text(unpack(doi, read(body), source="", retrieved_at="")))
    return found


def _issued(work: Mapping[str, Any]) -> str:
    dates = (date_of(work.get(key)) for key in ("issued", "published", "published-print", "published-online", "posted"))
    return next(filter(None, dates), "")


def index_text(record: Record) -> str:
    """The words under which a work is found: titles, names, containers, years, volume, issue and pages."""
    names = (*record.authors[:25], *record.editors[:5])
    parts = (
        record.title, record.subtitle, *record.other_titles, *record.containers, *(name.family or name.literal for name in names),
        *map(str, record.years), record.volume, record.issue, record.pages, record.article_number,
    )  # fmt: skip
    return " ".join(words(" ".join(filter(None, parts))))


def said_of_others(record: Record) -> Iterator[tuple[str, str, str]]:
    """What a record says of other works, as (DOI, its own DOI, JSON of notices as ``pack`` writes them; empty: it is the published
    version): the files of Crossref and answers of its API do not always say it in the records of these works too."""
    for doi, updates in turned(record).items():
        if doi.isprintable():
            yield doi, record.doi, json.dumps([packed_update(update) for update in updates])
    for kind, doi in record.relations:
        if kind == "has-preprint" and doi.isprintable() and record.doi != doi:
            yield doi, record.doi, ""


def _turn_round(base: sqlite3.Connection) -> None:
    """Write what works say of others into the records of these."""
    read, write = json_tools()
    changed: dict[str, bytes] = {}
    for doi, by, notices, body in base.execute("SELECT said.doi, by, notices, body FROM said JOIN work ON work.doi = said.doi"):
        record = unpack(doi, values := read(changed.get(doi, body)), source="", retrieved_at="")
        if notices:
            more = [update for update in map(unpacked_update, json.loads(notices)) if not has_update(record, update)]
            record = replace(record, updated_by=(*record.updated_by, *more))
        elif ("is-preprint-of", by) not in record.relations:
            record = replace(record, relations=(*record.relations, ("is-preprint-of", by)))
        changed[doi] = write(pack(record, issued(values)))
    base.executemany("UPDATE work SET body = ? WHERE doi = ?", [(body, doi) for doi, body in changed.items()])


def has_update(record: Record, update: Update) -> bool:
    """Whether a record names a notice already."""
    return any((known.kind, known.doi) == (update.kind, update.doi) for known in record.updated_by)


def _finish(base: sqlite3.Connection, date: str, complete: bool, prefixes: Sequence[str], source: str) -> None:
    _turn_round(base)
    base.execute("INSERT INTO find (find) VALUES ('optimize')")
    base.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, find, row)")
    base.execute("DELETE FROM common")
    base.execute("INSERT INTO common SELECT term, doc FROM temp.vocabulary WHERE doc > ?", (COMMON,))
    count = base.execute("SELECT count(*) FROM work").fetchone()[0]
    before = dict(base.execute("SELECT key, value FROM about"))
    values = {
        "date": date or datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "complete": "1" if complete else "0",
        "prefixes": " ".join(sorted(prefixes)),
    }
    if source != "crossref":  # what it covers of Crossref stays as it was, and so does the day of that
        values |= {name: before[name] for name in values if before.get(name)}
    names = [name for name in before.get("sources", "Crossref" if "works" in before else "").split(", ") if name]
    values |= {"sources": ", ".join(dict.fromkeys((*names, _NAMES[source]))), "works": str(count), "state": "built"}
    base.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values.items())
    base.commit()


def iter_items(path: Path) -> Iterator[Mapping[str, Any]]:
    """Works (and answers of the DOI system) of one file, one at a time. Raises InputError for what cannot be read."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as raw:
            stream = io.BufferedReader(raw, 1 << 20)  # lines of a GzipFile are slow one by one
            first = stream.readline(_LARGEST_JSON).removeprefix(b"\xef\xbb\xbf").strip()
            if first and not first.endswith((b"}", b"]")):  # one JSON value over several lines
                yield from _unwrap(json_tools()[0](first + stream.read(_LARGEST_JSON)))
                return
            for line in chain((first,), stream):
                if line.strip():
                    yield from _line(line)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: neither JSON lines nor JSON ({error})") from error


def _line(line: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        yield from _unwrap(json_tools()[0](line))
    except (ValueError, RecursionError):
        yield {}


def _unwrap(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))
    elif isinstance(value, dict):
        inner = value.get("items", value.get("message"))
        if isinstance(inner, list | dict) and "DOI" not in value:
            yield from _unwrap(inner)
        else:
            yield value


def input_files(paths: Iterable[str], source: str = "crossref") -> list[Path]:
    """The files named, and those of named folders that may be of ``source``, in order. Raises InputError for what is not there."""
    endings = _XML if source in DUMPS else _ENDINGS if source == "crossref" else _PACKED
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found += sorted(item for item in path.rglob("*") if item.name.endswith(endings))
        elif path.is_file():
            found.append(path)
        else:
            raise InputError(f"{name}: no such file or folder")
    return found
