"""Building, resuming, looking up and searching a snapshot."""

from __future__ import annotations

import gzip
import json
import sqlite3

import pytest

from refaudit.errors import InputError, ResolverError
from refaudit.resolve import snapshot as module
from refaudit.resolve.snapshot import Snapshot, build, input_files, iter_items
from refaudit.resolve.source import Known


def work(number, **more):
    return {
        "DOI": f"10.5555/W{number}",
        "title": [f"Rain on field {number}"],
        "author": [{"family": "Lopez"}],
        "issued": {"date-parts": [[2019]]},
        "reference": [{"key": "left out"}],
    } | more


def lines(path, works):
    path.write_text("".join(json.dumps(item) + "\n" for item in works), encoding="utf-8")
    return path


def test_every_shape_of_input(tmp_path):
    shapes = {
        "lines.jsonl": "".join(json.dumps(work(n)) + "\n" for n in (1, 2)).encode(),
        "shard.json.gz": gzip.compress(json.dumps({"items": [work(3), work(4)]}, indent=1).encode()),
        "single.json": json.dumps({"status": "ok", "message-type": "work", "message": work(5)}).encode(),
        "list.json": json.dumps(
            {"status": "ok", "message-type": "work-list", "message": {"items": [work(6)]}}, indent=2
        ).encode(),
    }
    for name, data in shapes.items():
        (tmp_path / name).write_bytes(data)
    built = build(input_files([str(tmp_path)]), tmp_path / "db.sqlite", date="2026-01-02")
    assert (built.works, built.files, built.skipped) == (6, 4, 0)
    snapshot = Snapshot(tmp_path / "db.sqlite")
    assert sorted(snapshot.items([f"10.5555/w{n}" for n in range(1, 8)])) == [f"10.5555/w{n}" for n in range(1, 7)]
    assert "reference" not in snapshot.items(["10.5555/w1"])["10.5555/w1"]
    assert (snapshot.about.date, snapshot.about.complete, snapshot.about.works) == ("2026-01-02", False, 6)


def test_an_interrupted_build_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_CHUNK", 10)
    source = lines(tmp_path / "works.jsonl", [work(n) for n in range(45)])
    seen = []

    def stop(built):
        seen.append(built.works)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([source], tmp_path / "db.sqlite", progress=stop)
    with pytest.raises(ResolverError, match="its build was not finished"):
        Snapshot(tmp_path / "db.sqlite")
    built = build([source], tmp_path / "db.sqlite")
    assert (built.works, built.resumed) == (25, 20)
    assert Snapshot(tmp_path / "db.sqlite").about.works == 45
    again = build([source], tmp_path / "db.sqlite")
    assert (again.works, again.resumed) == (0, 45)


def test_search_finds_by_the_rarest_words(tmp_path):
    build([lines(tmp_path / "works.jsonl", [work(n) for n in range(200)])], tmp_path / "db.sqlite")
    assert Snapshot(tmp_path / "db.sqlite").search("Lopez, A. (2019). Rain on field 77.")[0].doi == "10.5555/w77"
    assert Snapshot(tmp_path / "db.sqlite").search("“” — !?") == []
    assert Snapshot(tmp_path / "db.sqlite").search('" OR words: NEAR(') == []


def test_aliases_prefixes_and_recorded_answers(tmp_path):
    items = [work(1, aliases=["10.5555/OLD"]), {"DOI": "10.99999", "status": "DOI does not exist"}]
    build([lines(tmp_path / "works.jsonl", items)], tmp_path / "db.sqlite", prefixes=["10.5555"])
    snapshot = Snapshot(tmp_path / "db.sqlite")
    replies = snapshot.records(["10.5555/old", "10.99999/a", "10.5555/none"])
    assert [reply.known for reply in replies.values()] == [Known.RECORD, Known.UNREGISTERED, Known.ABSENT]
    assert replies["10.5555/old"].record.aliases == ("10.5555/old",)
    assert (snapshot.covers("10.5555/none"), snapshot.covers("10.5556/none")) == (True, False)


def test_what_is_no_snapshot(tmp_path):
    (tmp_path / "text.sqlite").write_text("no database at all, but some text that is long enough to be looked at")
    sqlite3.connect(tmp_path / "other.sqlite").execute("CREATE TABLE a (b)").connection.close()
    for name, words in (("text", "not a snapshot"), ("other", "not a snapshot"), ("absent", "there is no such snapshot")):
        with pytest.raises(ResolverError, match=words):
            Snapshot(tmp_path / f"{name}.sqlite")


def test_bad_input(tmp_path):
    (tmp_path / "bad.json").write_text("{not json")
    (tmp_path / "cut.json.gz").write_bytes(gzip.compress(b'{"DOI": "10.5555/1"}\n')[:-6])
    for name in ("bad.json", "cut.json.gz"):
        with pytest.raises(InputError):
            list(iter_items(tmp_path / name))
    with pytest.raises(InputError, match="no such file"):
        input_files([str(tmp_path / "nowhere")])
    source = tmp_path / "mixed.jsonl"
    source.write_text(json.dumps(work(1)) + "\n{broken\n\n" + json.dumps({"no": "doi"}) + "\n" + json.dumps(work(2)) + "\n")
    built = build([source], tmp_path / "db.sqlite")
    assert (built.works, built.skipped) == (2, 2)
