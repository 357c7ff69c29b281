"""Raw answers of registries with their date, in one SQLite file that parallel runs share. Failures are never stored."""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DAY = 86400.0
# How long an answer is good for, in seconds. What a work is called does not change; whether it has been retracted does, so a
# record older than STATUS is asked again, and is used as it is when nobody answers.
LIFETIME: Mapping[str, float] = {"work": 90 * DAY, "absent": DAY, "search": 7 * DAY, "agency": 90 * DAY, "unregistered": DAY,
    "page": 7 * DAY, "gone": DAY, "copy": 30 * DAY,
}  # fmt: skip
STATUS = 7 * DAY
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, kind TEXT NOT NULL, stored REAL NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer from the cache: its kind, when it came (seconds since 1970), its JSON."""

    kind: str
    stored: float
    body: Any

    @property
    def date(self) -> str:
        """The day it came, ISO, UTC."""
        return datetime.datetime.fromtimestamp(self.stored, tz=datetime.UTC).date().isoformat()


def key(service: str, base: str, kind: str, what: str) -> str:
    """Under which an answer is kept: two services at one address (a mirror, a stand-in) never share one."""
    return f"{service}|{base}|{kind}|{what}"


def default_path() -> Path:
    """Where the cache stands: REFAUDIT_CACHE_DIR, else the user's cache folder."""
    folder = os.environ.get("REFAUDIT_CACHE_DIR")
    if not folder:
        import platformdirs

        folder = platformdirs.user_cache_dir("refaudit", appauthor=False)
    return Path(folder) / "answers.sqlite"


class Cache:
    """A store of answers. A file that is no cache is moved aside; where nothing can be written, nothing is kept."""

    def __init__(self, path: Path) -> None:
        """Open or create the file at ``path``; never raises."""
        self.path = path
        self.notices: list[str] = []
        self._lock = threading.Lock()
        self._base: sqlite3.Connection | None = None
        try:
            self._base = self._connect()
        except sqlite3.OperationalError as error:
            self.notices.append(f"the cache {path} cannot be used ({error}); answers are not kept")
        except sqlite3.DatabaseError:
            self._move_aside()
        except OSError as error:
            self.notices.append(f"the cache folder {path.parent} cannot be written ({error.strerror}); answers are not kept")

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self.path, timeout=15, check_same_thread=False, isolation_level=None)
        try:
            base.execute("PRAGMA trusted_schema=OFF")
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("PRAGMA synchronous=NORMAL")
            base.executescript(_SCHEMA)
            base.execute("SELECT count(*) FROM (SELECT kind, stored, body FROM answer LIMIT 1)").fetchone()
        except sqlite3.Error:
            base.close()
            raise
        return base

    def _move_aside(self) -> None:
        self.close()
        aside = self.path.with_name(f"{self.path.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}")
        try:
            self.path.rename(aside)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            self._base = self._connect()
            self.notices.append(f"the cache {self.path} could not be read: it was moved to {aside.name} and a new one begun")
        except (OSError, sqlite3.Error):
            self._base = None
            self.notices.append(f"the cache {self.path} is broken and cannot be replaced; answers are not kept")

    def get(self, keys: Iterable[str]) -> dict[str, Stored]:
        """The answers that are there and within their lifetime."""
        wanted, found, now = list(dict.fromkeys(keys)), {}, time.time()
        with self._lock:
            if self._base is None:
                return {}
            try:
                for at in range(0, len(wanted), 500):
                    part = wanted[at : at + 500]
                    marks = ",".join("?" * len(part))
                    rows = self._base.execute(f"SELECT key, kind, stored, body FROM answer WHERE key IN ({marks})", part)  # noqa: S608
                    for key, kind, stored, body in rows:
                        if 0 <= now - stored < LIFETIME.get(kind, DAY):
                            found[key] = Stored(kind, stored, json.loads(zlib.decompress(body)))
            except sqlite3.OperationalError:
                return found
            except (sqlite3.DatabaseError, zlib.error, ValueError, RecursionError):
                self._move_aside()
                return {}
        return found

    def put(self, answers: Iterable[tuple[str, str, Any]]) -> None:
        """Keep answers: (key, kind, JSON value) each."""
        now = time.time()
        rows = [
            (key, kind, now, zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 6)) for key, kind, value in answers
        ]
        with self._lock:
            if self._base is None or not rows:
                return
            try:
                self._base.execute("BEGIN IMMEDIATE")
                self._base.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", rows)
                self._base.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                text = f"the cache {self.path} cannot be written ({error}); answers of this run are not all kept"
                if text not in self.notices:
                    self.notices.append(text)
            except sqlite3.DatabaseError:
                self._move_aside()

    def info(self) -> dict[str, Any]:
        """Path, size in bytes, and per kind: how many, oldest, newest (ISO dates)."""
        kinds = {}
        with self._lock:
            if self._base is not None:
                for kind, count, oldest, newest in self._base.execute(
                    "SELECT kind, count(*), min(stored), max(stored) FROM answer GROUP BY kind ORDER BY kind"
                ):
                    kinds[kind] = (count, Stored("", oldest, None).date, Stored("", newest, None).date)
        return {"path": str(self.path), "bytes": self.path.stat().st_size if self.path.exists() else 0, "kinds": kinds}

    def clear(self) -> int:
        """Forget everything; how many answers there were."""
        with self._lock:
            if self._base is None:
                return 0
            count = int(self._base.execute("SELECT count(*) FROM answer").fetchone()[0])
            self._base.execute("DELETE FROM answer")
            self._base.execute("VACUUM")
            return count

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            self._base.close()
            self._base = None
