"""Building, resuming, looking up and searching a snapshot."""

from __future__ import annotations

import gzip
import json
import sqlite3
from dataclasses import replace

import pytest

from refaudit.errors import InputError, ResolverError
from refaudit.resolve.snapshot import build as module
from refaudit.resolve.snapshot.build import build, input_files, iter_items
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.sources.protocol import Known
from refaudit.resolve.sources.record import from_crossref


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
    known = [snapshot.records([f"10.5555/w{n}"])[f"10.5555/w{n}"].known for n in range(1, 8)]
    assert known == [Known.RECORD] * 6 + [Known.ABSENT]
    assert snapshot.work("10.5555/w1") == {
        "DOI": "10.5555/w1",
        "title": ["Rain on field 1"],
        "author": [{"family": "Lopez"}],
        "issued": {"date-parts": [[2019]]},
    }
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


FULL = {
    "DOI": "10.5555/Full",
    "type": "posted-content",
    "subtype": "preprint",
    "title": ["Rain &amp; <i>sand</i>"],
    "subtitle": ["A  study"],
    "original-title": ["Lluvia y arena"],
    "container-title": ["Journal of Soils", "Series B"],
    "short-container-title": ["J. Soils"],
    "author": [
        {"family": "López", "given": "Ana", "suffix": "Jr."},
        {"family": "Berg", "given": "Ida", "non-dropping-particle": "van den"},
        {"family": "Li"},
        {"name": "Soil Group"},
    ],
    "editor": [{"family": "Vega", "given": "Berta"}],
    "issued": {"date-parts": [[2019, 5]]},
    "published-print": {"date-parts": [[2020, 1, 7]]},
    "volume": "12",
    "issue": "3",
    "page": "11-19",
    "article-number": "e7",
    "publisher": "Soil Press",
    "ISBN": ["https://id.example/isbn/978-3-16-148410-0"],
    "aliases": ["10.5555/OLD"],
    "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/Final"}]},
    "updated-by": [{"DOI": "10.5555/n1", "type": "Expression_of_Concern", "source": "retraction-watch"}],
    "update-to": [{"DOI": "10.5555/n0", "type": "new version", "updated": {"date-parts": [[2021, 3, 2]]}}],
}


def test_a_record_comes_back_as_it_would_from_the_registry(tmp_path):
    build([lines(tmp_path / "works.jsonl", [FULL])], tmp_path / "db.sqlite", date="2026-01-02")
    snapshot = Snapshot(tmp_path / "db.sqlite")
    record = snapshot.records(["10.5555/full"])["10.5555/full"].record
    assert record == from_crossref(FULL, source="Crossref snapshot", retrieved_at="2026-01-02")
    assert snapshot.search("Lopez, Rain and sand, Journal of Soils 2020") == [record]
    work = snapshot.work("10.5555/full")
    again = from_crossref(work, source="Crossref snapshot", retrieved_at="2026-01-02")
    assert (replace(again, years=record.years), work["issued"]) == (record, {"date-parts": [[2019, 5]]})


def test_a_later_description_replaces_the_earlier_one_in_the_index_too(tmp_path):
    build([lines(tmp_path / "one.jsonl", [work(1), work(2)])], tmp_path / "db.sqlite")
    build([lines(tmp_path / "two.jsonl", [work(1, title=["Snow on glass"])])], tmp_path / "db.sqlite")
    snapshot = Snapshot(tmp_path / "db.sqlite")
    assert [[record.title for record in snapshot.search(text)] for text in ("snow glass", "rain field")] == [
        ["Snow on glass"],
        ["Rain on field 2"],
    ]


def test_shards_of_one_name_and_size_are_all_read(tmp_path):
    for number in (1, 2):
        (tmp_path / f"part{number}").mkdir()
        lines(tmp_path / f"part{number}" / "0.jsonl", [work(number)])
    assert build(input_files([str(tmp_path)]), tmp_path / "db.sqlite").works == 2


def test_half_surrogates_and_odd_dates_are_survived(tmp_path):
    odd = work(1, title=["Rain \ud800 fields"], issued={"date-parts": [["2019", 13, -2]]}, aliases=["10.5555/\udfff"])
    nan = '{"DOI": "10.5555/nan", "issued": {"date-parts": [[NaN, 1e999]]}}\n'
    (tmp_path / "odd.jsonl").write_text(json.dumps(odd) + "\n" + json.dumps(work("\ud800")) + "\n" + nan)
    built = build([tmp_path / "odd.jsonl"], tmp_path / "db.sqlite")
    assert built.works + built.skipped == 3
    snapshot = Snapshot(tmp_path / "db.sqlite")
    assert snapshot.about.works == built.works


def test_a_snapshot_of_another_version_is_refused_in_one_line(tmp_path):
    path = tmp_path / "db.sqlite"
    build([lines(tmp_path / "works.jsonl", [work(1)])], path)
    with sqlite3.connect(path) as base:
        base.execute("UPDATE about SET value = 'refaudit-snapshot-1' WHERE key = 'format'")
    base.close()
    with pytest.raises(ResolverError) as error:
        Snapshot(path)
    assert str(error.value) == (
        f"{path}: a snapshot of another version (refaudit-snapshot-1, this is refaudit-snapshot-2); "
        "build it again with 'refaudit snapshot build'"
    )
    with pytest.raises(ResolverError) as error:
        build([tmp_path / "works.jsonl"], path)
    assert str(error.value) == f"{path}: a snapshot of another version stands there; delete it or give another name"


def test_a_database_of_somebody_else_is_left_alone(tmp_path):
    path = tmp_path / "mine.sqlite"
    sqlite3.connect(path).execute("CREATE TABLE papers (title)").connection.close()
    before = path.read_bytes()
    with pytest.raises(ResolverError, match="another database stands there; give another name"):
        build([lines(tmp_path / "works.jsonl", [work(1)])], path)
    assert path.read_bytes() == before


def test_a_damaged_record_is_told(tmp_path):
    path = tmp_path / "db.sqlite"
    build([lines(tmp_path / "works.jsonl", [work(1)])], path)
    with sqlite3.connect(path) as base:
        base.execute("UPDATE work SET body = '[1,'")
    base.close()
    with pytest.raises(ResolverError, match="the snapshot is damaged"):
        Snapshot(path).records(["10.5555/w1"])
    build([lines(tmp_path / "more.jsonl", [work(n) for n in range(300)])], tmp_path / "two.sqlite")
    data = bytearray((tmp_path / "two.sqlite").read_bytes())
    data[8192:] = bytes(byte ^ 0x33 for byte in data[8192:])
    (tmp_path / "two.sqlite").write_bytes(data)
    for use in (lambda snapshot: snapshot.records(["10.5555/w1"]), lambda snapshot: snapshot.search("Rain on field 77")):
        with pytest.raises(ResolverError, match=r"two.sqlite: the snapshot is damaged \(.*\); build it again"):
            use(Snapshot(tmp_path / "two.sqlite"))


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
