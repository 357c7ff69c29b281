"""Review files: read strictly, honoured by the audit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from refaudit.cli import main
from refaudit.errors import ConfigError
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
    "place": "line 3", "message": 'The text cites "Dorn (2017)", <b>the list</b> has "Dorne (2017)".',
    "quote": "Dorne, P. (2017). The harbour's mouth\u202e. Quay Press.",
}  # fmt: skip
OTHER = {**ASKED, "path": "b.md", "note": "", "place": "page 2", "quote": "", "message": "One."}


def test_queries_make_a_numbered_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "review.json").write_text(review(ASKED, ROW, OTHER))
    result = CliRunner().invoke(main, ["queries", "review.json"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[4:] == [
        "## papers/tides.md",
        "",
        '**AQ1** (line 3): The text cites "Dorn (2017)", &lt;b&gt;the list&lt;/b&gt; has "Dorne (2017)".',
        "",
        "> Dorne, P. (2017). The harbour's mouth\\\\u202e. Quay Press.",
        "",
        "Editor: Dorn \\*or\\* Dorne?",
        "",
        "## b.md",
        "",
        "**AQ2** (page 2): One.",
    ]


def test_queries_as_a_word_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from docx import Document

    monkeypatch.chdir(tmp_path)
    (tmp_path / "review.json").write_text(review(ASKED, OTHER))
    result = CliRunner().invoke(main, ["queries", "review.json", "-o", "out/letter.docx"])
    assert (result.exit_code, result.stderr) == (0, "refaudit: wrote out/letter.docx with 2 queries\n")
    texts = [paragraph.text for paragraph in Document(str(tmp_path / "out" / "letter.docx")).paragraphs]
    assert texts[0] == "Author queries"
    assert texts[2:] == [
        "papers/tides.md",
        'AQ1 (line 3): The text cites "Dorn (2017)", <b>the list</b> has "Dorne (2017)".',
        "Dorne, P. (2017). The harbour's mouth\\u202e. Quay Press.",
        "Editor: Dorn *or* Dorne?",
        "Answer: ",
        "b.md",
        "AQ2 (page 2): One.",
        "Answer: ",
    ]


def test_queries_say_when_there_is_nothing_to_ask_or_nowhere_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "review.json").write_text(review(ROW))
    nothing = CliRunner().invoke(main, ["queries", "review.json"])
    assert (nothing.exit_code, nothing.stdout, "no finding is marked 'ask author'" in nothing.stderr) == (0, "", True)
    (tmp_path / "review.json").write_text(review(ASKED))
    assert CliRunner().invoke(main, ["queries", "review.json", "-o", "letter.pdf"]).exit_code == 2
    assert CliRunner().invoke(main, ["queries", "none.json"]).exit_code == 2
