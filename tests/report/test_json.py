"""The JSON report: its form, its exact content for a known report, and that it is the same every time."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from refaudit.model import Name
from refaudit.report.json import dumps, render, schema
from refaudit.report.json_contract import person
from tests.report import sample


def data() -> Any:
    return json.loads(render(sample.report()))


def test_the_sample_follows_the_schema_and_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(data(), schema(), cls=jsonschema.Draft202012Validator)


def _remove(key: str, *path: str | int) -> Any:
    def change(report: Any) -> None:
        for step in path:
            report = report[step]
        del report[key]

    return change


def _set(value: object, *path: str | int) -> Any:
    def change(report: Any) -> None:
        for step in path[:-1]:
            report = report[step]
        report[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _remove("tool"),
        _remove("page", "files", 0, "findings", 0),
        _remove("end_column", "files", 0, "citations", 0),
        _remove("suppressed", "files", 0, "findings", 0),
        _set(1, "files", 0, "extra"),
        _set("bad", "files", 0, "findings", 0, "level"),
        _set("FOUND", "files", 0, "references", 0, "lookup", "status"),
        _set(["ref-1"], "files", 0, "citations", 2, "items", 0, "references"),
        _set([], "files", 0, "citations", 0, "items", 0, "references"),
        _set({"family": "X"}, "files", 0, "references", 0, "fields", "authors", 0),
        _set("no", "files", 4, "format"),
        _set(2, "schema"),
    ],
)
def test_the_schema_refuses_what_is_not_the_contract(change: Any):
    broken = copy.deepcopy(data())
    change(broken)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema(), cls=jsonschema.Draft202012Validator)


def test_top_level_and_unreadable_file():
    report = data()
    assert list(report) == ["schema", "tool", "options", "files", "skipped_rules", "skipped_files"]
    assert report["tool"] == {"name": "refaudit", "version": "0.1.0"}
    assert report["files"][4] == {"path": "broken.docx", "error": "broken.docx: is not a DOCX file (no document inside)"}
    assert report["skipped_rules"] == [{"code": "FND051", "reason": "offline and no snapshot"}]
    assert report["skipped_files"] == ["notes.md"]


def test_one_citation_in_full():
    assert data()["files"][0]["citations"][0] == {
        "id": "cit-1",
        "text": "Abel & Braun, 2018; Cole, 2020a",
        "path": "papers/tides.md",
        "start": 37,
        "end": 68,
        "line": 3,
        "column": 19,
        "end_line": 3,
        "end_column": 50,
        "page": None,
        "paragraph": None,
        "system": "author-date",
        "items": [
            {
                "surnames": ["Abel", "Braun"],
                "year": "2018",
                "label": None,
                "key": None,
                "status": "exact",
                "references": ["ref-1"],
            },
            {"surnames": ["Cole"], "year": "2020a", "label": None, "key": None, "status": "exact", "references": ["ref-2"]},
        ],
    }


def test_ambiguous_items_hold_all_candidates_and_missing_ones_none():
    items = [c["items"][0] for c in data()["files"][0]["citations"][1:]]
    assert [(i["status"], i["references"]) for i in items] == [
        ("missing", []),
        ("missing", []),
        ("ambiguous", ["ref-2", "ref-3"]),
        ("probable", ["ref-5"]),
    ]


def test_one_reference_in_full():
    assert data()["files"][0]["references"][0] == {
        "id": "ref-1",
        "key": None,
        "label": None,
        "raw": "Abel, K., & Braun, L. (2018). Silt in small harbours. Journal of Coasts, 12(3), 45–61. "
        "https://doi.org/10.5555/coast.12.45",
        "path": "papers/tides.md",
        "start": 209,
        "end": 331,
        "line": 11,
        "column": 1,
        "end_line": 11,
        "end_column": 123,
        "page": None,
        "paragraph": None,
        "type": "article-journal",
        "fields": {
            "authors": [{"family": "Abel", "given": "K."}, {"family": "Braun", "given": "L."}],
            "year": "2018",
            "title": "Silt in small harbours",
            "container": "Journal of Coasts",
            "volume": "12",
            "issue": "3",
            "page": "45–61",
            "doi": "10.5555/coast.12.45",
            "url": "https://doi.org/10.5555/coast.12.45",
            "type": "article-journal",
        },
        "confidence": dict.fromkeys(
            ["authors", "year", "title", "container", "volume", "issue", "page", "doi", "url", "type"], 1.0
        ),
        "style": None,
        "cited_by": ["cit-1"],
        "lookup": {
            "status": "found",
            "source": "Crossref",
            "doi": "10.5555/coast.12.45",
            "scores": {"title": 1.0, "year": 0.5},
            "nearest": None,
            "beside": [{"doi": None, "url": None, "type": "dataset", "title": "Silt, measured", "source": "DataCite"}],
            "page": None,
            "sources": [],
        },
    }


def test_a_record_that_is_not_the_work_is_the_nearest_and_never_its_doi():
    near = {"doi": "10.5555/port.9", "url": None, "type": None, "title": "Dredging <b>", "source": "Crossref"}
    assert data()["files"][0]["references"][1]["lookup"] == {
        "status": "not_found",
        "source": "Crossref, DataCite",
        "doi": None,
        "scores": {},
        "nearest": near,
        "beside": [],
        "page": None,
        "sources": [],
    }


def test_names_organisations_and_what_was_not_understood():
    fields = data()["files"][0]["references"][4]["fields"]
    assert fields["authors"] == [{"family": "van Fenn", "given": "R., Jr."}, {"literal": "Sand Office"}]
    assert fields["editors"] == [{"literal": "Gall ed"}]
    assert fields["et_al"] is True
    assert person(Name(family="Ohm")) == {"family": "Ohm", "given": ""}


def test_findings_keep_the_suppressed_and_the_unsure_and_the_counts_tell_them_apart():
    file = data()["files"][0]
    assert [(f["code"], f["suppressed"]) for f in file["findings"] if f["suppressed"]] == [
        ("REF007", "known, the journal asks for it")
    ]
    assert {key: file["counts"][key] for key in ("errors", "warnings", "notes", "suppressed", "unsure")} == {
        "errors": 3,
        "warnings": 2,
        "notes": 1,
        "suppressed": 1,
        "unsure": 1,
    }


def test_pages_and_paragraphs_stand_where_there_are_no_lines():
    places = [
        {key: f["findings"][0][key] for key in ("line", "column", "end_line", "end_column", "page", "paragraph")}
        for f in data()["files"][1:3]
    ]
    nothing = {"line": None, "column": None, "end_line": None, "end_column": None}
    assert places == [{**nothing, "page": 2, "paragraph": None}, {**nothing, "page": None, "paragraph": 2}]


def test_no_absolute_path_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    inside, outside = sample.paper(), sample.paper()
    files = (
        replace(inside, path=str(tmp_path / "a" / "x.md")),
        replace(outside, path="/elsewhere/b/y.md"),
        replace(outside, path="/elsewhere/c/y.md"),
        replace(outside, path="./d/../z.md"),
    )
    report = json.loads(render(sample.report(*files)))
    assert [file["path"] for file in report["files"]] == ["a/x.md", "b/y.md", "c/y.md", "z.md"]


def test_the_same_report_gives_the_same_bytes():
    assert render(sample.report()).encode() == render(sample.report()).encode()


def test_json_lines_stay_lines_and_hidden_marks_are_escaped():
    text = dumps({"a": "x\u2028y\x85z\u202e\ud800é\n"})
    assert text == '{"a": "x\\u2028y\\u0085z\\u202e\\ud800é\\n"}'
    assert text.splitlines() == [text]
    assert json.loads(text) == {"a": "x\u2028y\x85z\u202e\ud800é\n"}
