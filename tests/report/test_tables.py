"""Tables: exact rows, and nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv as reader
import io
import time
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from refaudit.report.tables import csv, to_frames, xlsx
from tests.report import sample


def rows() -> list[dict[str, str]]:
    return list(reader.DictReader(io.StringIO(csv(sample.report()), newline="")))


def test_one_row_a_finding_with_whole_numbers():
    assert len(rows()) == 12
    assert rows()[2] == {
        "path": "papers/tides.md", "line": "3", "column": "53", "page": "", "paragraph": "", "heading": "", "words": "", "code": "LNK006",
        "name": "author-differs", "level": "error", "confidence": "0.9",
        "message": 'The text cites "Dorn (2017)", the list has "Dorne (2017)".',
        "evidence": "author: cited “Dorn”, registered “Dorne” (reference list)", "advice": "Compare the two by hand.",
        "context": "Dorn (2017) saw it first, and so did Evers (2011).", "citations": "cit-2", "references": "ref-4", "absorbed": "", "suppressed": "",
        "fingerprint": rows()[2]["fingerprint"], "start": "71", "end": "81",
    }  # fmt: skip
    assert rows()[8]["page"] == "2"


def test_no_cell_begins_a_formula_or_hides_a_character():
    hostile = rows()[10]
    assert hostile["message"] == '\'=1+1 <img src=x onerror=alert(5)> ]]> ${x} \\u202etxt\\u2028 %0A::error::y | `tick` "q"'
    assert rows()[11]["message"] == "'@SUM(A1) \\x1b]0;title\\x07"
    book = load_workbook(io.BytesIO(xlsx(sample.report())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [c.value for c in cells if isinstance(c.value, str) and c.value[:1] in ("=", "+", "@")] == []
    assert book.sheetnames == ["findings", "citations", "references", "files"]


def test_frames_hold_one_row_a_cited_work_and_the_values_as_read():
    made = to_frames(sample.report())
    assert {name: len(frame) for name, frame in made.items()} == {"findings": 12, "citations": 9, "references": 6, "files": 5}
    row = made["references"].iloc[0]
    assert (row["authors"], row["page_range"], row["lookup"], row["cited_by"]) == (
        "Abel, K.; Braun, L.",
        "45–61",
        "found",
        "cit-1",
    )
    assert made["citations"]["status"].tolist()[:6] == ["exact", "exact", "missing", "missing", "ambiguous", "probable"]
    assert made["files"]["error"].tolist()[4] == "broken.docx: is not a DOCX file (no document inside)"


def test_a_report_gives_its_frames():
    made = sample.report().to_frames()
    assert {name: len(frame) for name, frame in made.items()} == {"findings": 12, "citations": 9, "references": 6, "files": 5}
    assert all(made[name].equals(frame) for name, frame in to_frames(sample.report()).items())


def test_the_same_report_gives_the_same_workbook(monkeypatch: pytest.MonkeyPatch):
    first = xlsx(sample.report())
    later = time.time() + 90_000
    monkeypatch.setattr(time, "time", lambda: later)  # the clock of zip members
    second = xlsx(sample.report())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")


def test_the_bytes_of_a_name_that_are_no_text_are_written_out():
    paper = sample.paper()
    odd = replace(paper, path="lat\udcff.md", findings=(replace(paper.findings[0], message="half \ud83d"),))
    made = to_frames(replace(sample.report(), files=(odd,)))
    assert (list(made["files"]["path"]), list(made["findings"]["message"])) == (["lat\\udcff.md"], ["half \\ud83d"])
