"""Review files: read strictly, honoured by the audit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from refaudit.cli import main
from refaudit.errors import ConfigError
from refaudit.report.author_queries import plain
from refaudit.review import Decision, apply, parse
from tests.report import sample


def review(*decisions: dict[str, object]) -> str:
    return json.dumps({"refaudit_review": 1, "version": "0.1.0", "decisions": list(decisions)})


ROW: dict[str, object] = {
    "path": "papers/tides.md",
    "code": "LNK006",
    "fingerprint": "f",
    "decision": "false-alarm",
    "note": "a pen name",
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "not a review file; 'Export review'"),
        ('{"refaudit_review": 2, "decisions": []}', "not a review file"),
        (
            review({**ROW, "decision": "maybe"}),
            "r.json: decision 1: 'maybe' is none of accept, false-alarm, ask-author, undecided",
        ),
        (review(ROW, {**ROW, "note": 3}), "r.json: decision 2: note must be text"),
        (review({**ROW, "code": ""}), "decision 1: code and fingerprint must be text"),
        ('{"refaudit_review": 1, "decisions": [1]}', "decision 1: not an object"),
    ],
)
def test_what_is_no_review_is_said(text: str, words: str):
    with pytest.raises(ConfigError) as caught:
        parse(text, "r.json")
    assert words in str(caught.value)


def test_only_false_alarms_are_set_aside_and_only_in_their_paper():
    paper = sample.paper()
    fingerprints = {finding.code: finding.fingerprint for finding in paper.findings}
    decisions = [
        Decision(
            path="elsewhere/tides.md",
            code="LNK006",
            fingerprint=fingerprints["LNK006"],
            decision="false-alarm",
            note="a pen name",
        ),
        Decision(path="tides.md", code="LNK001", fingerprint=fingerprints["LNK001"], decision="ask-author"),
        Decision(path="other.md", code="LNK004", fingerprint=fingerprints["LNK004"], decision="false-alarm"),
        Decision(path="tides.md", code="MET053", fingerprint=fingerprints["MET053"], decision="false-alarm"),
    ]
    (reviewed,) = apply([paper], decisions)
    assert {f.code: f.suppressed for f in reviewed.findings if f.suppressed} == {
        "LNK006": "false alarm: a pen name",
        "MET053": "false alarm",
        "REF007": "known, the journal asks for it",
    }


def test_the_audit_honours_a_review_and_still_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(
        "Rain falls (Lopez, 2019; Mason, 2011).\n\n## References\n\n"
        "Lopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9.\n"
    )
    audit = ["audit", "a.md", "--offline", "-f", "json"]
    (finding,) = json.loads(CliRunner().invoke(main, audit).stdout)["files"][0]["findings"]
    row = {"path": "a.md", "code": "LNK001", "fingerprint": finding["fingerprint"], "decision": "false-alarm", "note": ""}
    (tmp_path / "review.json").write_text(review(row))
    result = CliRunner().invoke(main, [*audit, "--review", "review.json"])
    file = json.loads(result.stdout)["files"][0]
    assert (result.exit_code, file["counts"]["errors"], file["counts"]["suppressed"]) == (0, 0, 1)
    assert file["findings"][0]["suppressed"] == "false alarm"


ASKED: dict[str, object] = {
    "path": "papers/tides.md", "code": "LNK006", "fingerprint": "a" * 16, "decision": "ask-author", "note": "Dorn *or* Dorne?",
    "place": "line 13", "message": 'The text cites "Dorn (2017)", <b>the list</b> has "Dorne (2017)".',
    "quote": "Dorne, P. (2017). The harbour's mouth\u202e. Quay Press. https://doi.org/10.1/a_b_c",
    "context": "Dorn (2017) saw it first.", "advice": "Check the spelling against the work itself.\n\nMore.",
}  # fmt: skip
EARLIER = {
    **ASKED, "note": "", "place": "line 3", "quote": "", "context": "", "advice": "", "message": "One.", "fingerprint": "b" * 16,
}  # fmt: skip
OTHER = {**EARLIER, "path": "b.md", "place": "page 2"}


def test_queries_make_a_numbered_letter_in_the_order_of_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "review.json").write_text(review(ASKED, ROW, EARLIER))
    result = CliRunner().invoke(main, ["queries", "review.json"])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert (lines[:3], lines[-1].endswith("Thank you.")) == (["# Author queries: tides.md", "", "Dear author,"], True)
    assert lines[6:-2] == [
        "**AQ1** (line 3) One.",
        "",
        '**AQ2** (line 13) The text cites "Dorn (2017)", &lt;b&gt;the list&lt;/b&gt; has "Dorne (2017)".',
        "",
        "> Dorn (2017) saw it first.",
        "",
        "> Dorne, P. (2017). The harbour's mouth\\\\u202e. Quay Press. https://doi.org/10.1/a_b_c",
        "",
        "Please check the spelling against the work itself.",
        "",
        "*Editor's note:* Dorn \\*or\\* Dorne?",
    ]
    (tmp_path / "review.json").write_text(review(ASKED, ROW, OTHER))
    two = CliRunner().invoke(main, ["queries", "review.json"]).stdout.splitlines()
    assert [line for line in two if line.startswith(("#", "**"))] == [
        "# Author queries",
        "## papers/tides.md",
        '**AQ1** (line 13) The text cites "Dorn (2017)", &lt;b&gt;the list&lt;/b&gt; has "Dorne (2017)".',
        "## b.md",
        "**AQ2** (page 2) One.",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("![i](http://x/y.png) [a](javascript:b)", "\\!\\[i\\](http://x/y.png) \\[a\\](javascript\\:b)"),
        ("`code` *e* _u_ ~s~ $f$ |c|", "\\`code\\` \\*e\\* \\_u\\_ \\~s\\~ \\$f\\$ \\|c\\|"),
        ("# heading", "\\# heading"),
        ("1. item", "1\\. item"),
        ("- item", "\\- item"),
        ("&lt;b&gt; & co. AT&T;", "&amp;lt;b&amp;gt; & co. AT&amp;T;"),
        ("@somebody a@b.org", "\\@somebody a\\@b.org"),
        ("a\u2028b\u202ec\x1b[31m\n# x", "a b\\\\u202ec\\\\x1b\\[31m # x"),
        ("www.example.org https://doi.org/10.1/a_b", "www\\.example.org https://doi.org/10.1/a_b"),
    ],
)
def test_nothing_in_a_letter_is_markup(words: str, expected: str):
    assert plain(words) == expected


def test_queries_as_a_word_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from docx import Document

    monkeypatch.chdir(tmp_path)
    (tmp_path / "review.json").write_text(review(ASKED, OTHER))
    result = CliRunner().invoke(main, ["queries", "review.json", "-o", "out/letter.docx"])
    assert (result.exit_code, result.stderr) == (0, "refaudit: wrote out/letter.docx with 2 queries\n")
    document = Document(str(tmp_path / "out" / "letter.docx"))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert headings == ["Author queries", "papers/tides.md", "b.md"]
    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables] == [
        [
            ["No.", "Query", "Answer"],
            [
                "AQ1",
                'Line 13. The text cites "Dorn (2017)", <b>the list</b> has "Dorne (2017)".\n'
                "In the text: Dorn (2017) saw it first.\n"
                "In the list: Dorne, P. (2017). The harbour's mouth\\u202e. Quay Press. https://doi.org/10.1/a_b_c\n"
                "Please check the spelling against the work itself.\n"
                "Editor's note: Dorn *or* Dorne?",
                "",
            ],
        ],
        [["No.", "Query", "Answer"], ["AQ2", "Page 2. One.", ""]],
    ]
    again = CliRunner().invoke(main, ["queries", "review.json", "-o", "again.docx"])
    assert again.exit_code == 0
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "out" / "letter.docx").read_bytes()


def test_queries_say_when_there_is_nothing_to_ask_or_nowhere_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "review.json").write_text(review(ROW))
    nothing = CliRunner().invoke(main, ["queries", "review.json"])
    assert (nothing.exit_code, nothing.stdout, "no finding is marked 'ask author'" in nothing.stderr) == (0, "", True)
    (tmp_path / "review.json").write_text(review(ASKED))
    assert CliRunner().invoke(main, ["queries", "review.json", "-o", "letter.pdf"]).exit_code == 2
    assert CliRunner().invoke(main, ["queries", "none.json"]).exit_code == 2
