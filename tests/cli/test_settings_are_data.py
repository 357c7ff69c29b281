"""Files that settings name can be anything: each is one line and exit code 2, and nothing waits, runs or fills memory."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from refaudit.cli import main
from refaudit.resolve.sources import retraction_watch

SECONDS = 60
PAPER = "Rain falls (Varga, 2019).\n\n## References\n\nVarga, E. (2019). Rain on clay. *Soils*, 2(1), 1–9.\n"
MAKERS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
    "absent": lambda _: None,
    "circle": lambda path: path.symlink_to(path.name),
    "huge": lambda path: _sparse(path, 3 << 30),
    "noise": lambda path: path.write_bytes(b"\x00\xff\xfe" * 9000),
}


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as stream:
        stream.truncate(size)


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    """What waits for ever fails here."""

    def enough(*_: object) -> None:
        raise AssertionError(f"took longer than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, enough)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def audit(*args: str) -> tuple[int, list[str]]:
    """Exit code and lines of standard error of an audit."""
    done = CliRunner().invoke(main, ["audit", "paper.md", "--offline", "-f", "concise", *args])
    return done.exit_code, done.stderr.splitlines()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.md").write_text(PAPER)
    return tmp_path


def told(here: Path, *args: str) -> str:
    """The one line that an audit ends with."""
    code, lines = audit(*args)
    assert (code, len(lines)) == (2, 1), lines
    assert "Traceback" not in lines[0]
    assert "internal error" not in lines[0]
    return lines[0].replace(f"{here}/", "")


@pytest.mark.parametrize(
    ("option", "what", "most"),
    [("--baseline", "the baseline", 8), ("--review", "the review", 16), ("--retractions", "the list of retractions", 256)],
)
def test_files_of_every_kind(here: Path, option: str, what: str, most: int):
    for name, make in MAKERS.items():
        make(here / name)
    reasons = {
        "pipe": f"{what} cannot be read (it is no regular file)",
        "device": f"{what} cannot be read (it is no regular file)",
        "folder": f"{what} cannot be read (is a directory)",
        "absent": f"{what} cannot be read (no such file or directory)",
        "circle": f"{what} cannot be read (too many levels of symbolic links)",
        "huge": f"{what} is larger than {most} MB and is not read",
    }
    for name, reason in reasons.items():
        assert told(here, option, name) == f"refaudit: {name}: {reason}"
    assert told(here, option, "noise").startswith("refaudit: noise: ")


@pytest.mark.parametrize("name", ["pipe", "device", "folder", "absent", "circle"])
def test_settings_and_snapshots_of_every_kind(here: Path, name: str):
    MAKERS[name](here / name)
    assert told(here, "--config", name) == f"refaudit: {name}: no such configuration file"
    assert told(here, "--snapshot", name) == f"refaudit: {name}: there is no such snapshot; 'refaudit snapshot build' makes one"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("select = " + "[" * 3000 + "]" * 3000, "cannot be read as TOML (maximum recursion depth exceeded"),
        ("min-confidence = " + "9" * 5000, "cannot be read as TOML (Exceeds the limit (4300 digits)"),
        (".".join("a" * 5000) + " = 1", "cannot be read as TOML (a line with more than 100 dots)"),
        ("min-confidence = nan", "min-confidence is a number from 0 to 1, not nan"),
        ("min-confidence = inf", "min-confidence is a number from 0 to 1, not inf"),
        ("ignore-findings.LNK001." + ".".join("a" * 90) + " = 1", "[ignore-findings] gives each finding its reason as text"),
        ("a" * 500_000 + " = 1", "unknown key 'aaaa"),
        ("\x00", "cannot be read as TOML"),
    ],
)
def test_settings(here: Path, content: str, words: str):
    (here / "refaudit.toml").write_text(content)
    assert words in told(here)


def test_settings_too_large_or_not_a_table(here: Path):
    _sparse(here / "refaudit.toml", 1 << 30)
    assert told(here) == "refaudit: refaudit.toml: the configuration is larger than 1 MB and is not read"
    (here / "refaudit.toml").unlink()
    (here / "pyproject.toml").write_text("[tool]\nrefaudit = 5\n")
    assert told(here) == "refaudit: pyproject.toml: [tool.refaudit] is a table"


@pytest.mark.parametrize("content", ["tool = 5", "[tool.other]\nx = ", "[" * 4000, "tool = 5 # refaudit"])
def test_a_pyproject_of_other_programs_is_theirs(here: Path, content: str):
    (here / "pyproject.toml").write_text(content)
    assert audit() == audit("--isolated") == (0, audit("--isolated")[1])


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"a":' * 100_000, "9" * 5000, '{"refaudit_review": 1, "decisions": [5]}', "NaN"]
)
def test_reviews(here: Path, content: str):
    (here / "r.json").write_text(content)
    assert told(here, "--review", "r.json").startswith("refaudit: r.json: ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(b"doi\n" + b"a" * 9_000_000, mtime=0), "r: not a table"),
        (gzip.compress(b"doi\n" + b"10.1/a\n" * 4002, mtime=0), "r: a list of more than 4,000 retractions, or 8 MB; it is not read"),
        (gzip.compress(b"doi\n" + b"\n" * 9_000_000, mtime=0), "r: a list of more than 4,000 retractions, or 8 MB; it is not read"),
        (gzip.compress(b"doi\n" + b'"a",\n' + (b"b," * 60_000 + b"\n") * 90, mtime=0), "r: a list of more than 4,000 retractions, or 8 MB; it is not read"),
        (gzip.compress(b"doi\n10.1/a\n" * 5, mtime=0)[:-9], "r: the list of retractions cannot be read"),
        (b"\x1f\x8b\x08\x00rubbish of a packed file", "r: the list of retractions cannot be read"),
        (b'doi\n"' + b"a" * 200_000, "r: not a table"),
        (b"\x00" * 200_000, "r: "),
    ],
)  # fmt: skip
def test_lists_of_retractions(here: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, words: str):
    monkeypatch.setattr(retraction_watch, "LARGEST", 8 << 20)
    monkeypatch.setattr(retraction_watch, "_ROWS", 4000)
    (here / "r").write_bytes(data)
    assert told(here, "--retractions", "r").startswith(f"refaudit: {words}")


def test_a_list_of_as_many_rows_as_are_read(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(retraction_watch, "_ROWS", 4000)
    for rows in (4000, 4001):
        (here / "r.gz").write_bytes(gzip.compress(b"doi\n" + b"10.1/a\n" * rows, mtime=0))
        assert (audit("--retractions", "r.gz")[0] == 2) == (rows > 4000)


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT 'format' AS key, x AS value FROM c"


@pytest.fixture
def snapshot(here: Path) -> Path:
    (here / "works.jsonl").write_text(json.dumps({"DOI": "10.5555/a", "title": ["Rain on clay"]}) + "\n")
    assert CliRunner().invoke(main, ["snapshot", "build", "works.jsonl", "-o", "db.sqlite"]).exit_code == 0
    assert audit("--snapshot", "db.sqlite")[0] == 0
    return here / "db.sqlite"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (f"DROP TABLE about; CREATE VIEW about AS {ENDLESS};", "not a snapshot (its "),
        (f"DROP TABLE work; CREATE VIEW work AS {ENDLESS};", "not a snapshot (its "),
        (
            "CREATE TRIGGER t AFTER INSERT ON work BEGIN DELETE FROM work; END;",
            "not a snapshot (its trigger 't' is not that of a snapshot)",
        ),
        ("CREATE TABLE more (a, b AS (zeroblob(1000000000)));", "not a snapshot (its table 'more' is not that of a snapshot)"),
        ("DROP TABLE common;", "not a snapshot (its table 'common' is not that of a snapshot)"),
        ("DELETE FROM about WHERE key = 'works';", "not a snapshot (what it says of itself is incomplete)"),
        ("UPDATE about SET value = 'many' WHERE key = 'works';", "not a snapshot (what it says of itself is incomplete)"),
        ("UPDATE about SET value = 'x' WHERE key = 'format';", "a snapshot of another version (x, this is refaudit-snapshot-2)"),
    ],
)
def test_snapshots_with_more_than_a_snapshot_holds(snapshot: Path, script: str, words: str):
    base = sqlite3.connect(snapshot)
    base.executescript(script)
    base.close()
    assert words in told(snapshot.parent, "--snapshot", "db.sqlite")


@pytest.mark.parametrize("body", [b"[" * 100_000, b"5", b"null", b'["a"]', b"\xff", b"{}", b"[[[],5,{}]]"])
def test_snapshots_with_odd_works(snapshot: Path, body: bytes):
    base = sqlite3.connect(snapshot)
    base.execute("UPDATE work SET body = ?", (body,))
    base.commit()
    base.close()
    (snapshot.parent / "paper.md").write_text(PAPER.replace("1–9.", "1–9. https://doi.org/10.5555/a"))
    code, lines = audit("--snapshot", "db.sqlite")
    assert code in (0, 1, 2)
    assert [line for line in lines if "internal error" in line or "Traceback" in line] == []


def test_a_pipe_among_the_papers_of_a_folder_is_not_waited_for(here: Path):
    for name in ("a.md", "b.html", "c.tex"):
        os.mkfifo(here / name)
    assert CliRunner().invoke(main, ["audit", ".", "--offline", "-f", "concise"]).exit_code == 0
