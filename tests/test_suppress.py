"""Suppressions in comments and in the settings, and AUD003 for those without a purpose."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from refaudit.cli import main
from refaudit.config import Config
from refaudit.model import FileReport, Source, Span
from refaudit.suppress import COMMENTS, comments, line_for
from tests.counting import grows_linearly

LIST = "\n\n## References\n\nLopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9.\n"


def audit(text: str, path: str = "a.md", **config: Any) -> FileReport:
    report: FileReport = import_module("refaudit.audit").audit_file(path, text.encode(), Config(**config))
    assert report.error is None
    return report


def told(report: FileReport) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.suppressed) for finding in report.findings]


def found(text: str, path: str = "a.md") -> list[tuple[tuple[str, ...], str, Span | None, int | None]]:
    source = Source(path=path, text=text)
    return [(s.codes, s.reason, s.covers, s.place.line) for s in comments(source, "")]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.md", "x\n<!-- refaudit: ignore LNK001 -->\ny\nz\n\nw", [(("LNK001",), "", Span(2, 38), 2)]),
        ("a.md", "x y <!-- refaudit: ignore LNK001, ref002 the editor adds it. -->\nz",
         [(("LNK001", "REF002"), "the editor adds it", Span(0, 65), 1)]),
        ("a.md", "<!-- refaudit: ignore-file LNK NOT here -->", [(("LNK",), "NOT here", None, 1)]),
        ("a.md", "<!-- refaudit: ignore the rest -->", [((), "the rest", Span(0, 34), 1)]),
        ("a.md", "<!-- refaudit: ignored LNK001 --> <!-- other -->", []),
        ("a.tex", "a % refaudit: ignore LNK001 -- known\nb \\% refaudit: ignore LNK002",
         [(("LNK001",), "known", Span(0, 37), 1)]),
        ("a.bib", "% refaudit: ignore REF001\r\n@book{a,\r\n title={b}}\r\n\r\n@book{c}", [(("REF001",), "", Span(0, 48), 1)]),
        ("a.typ", "// refaudit: ignore LNK001 x\n\n\ntext\n", [(("LNK001",), "x", Span(0, 36), 1)]),
        ("a.html", "<p>a<!--refaudit: ignore LNK001--></p>", [(("LNK001",), "", Span(0, 38), 1)]),
        ("a.txt", "<!-- refaudit: ignore LNK001 -->", []),
    ],
)  # fmt: skip
def test_what_a_comment_says_and_covers(path: str, text: str, expected: list[object]):
    assert found(text, path) == expected


FORMS = sorted(name for name in COMMENTS if not name.startswith("."))


def test_the_line_offered_for_a_finding_is_read_as_its_suppression():
    (finding,) = (f for f in audit("# T\n\nRain falls (Mason, 2011)." + LIST).findings if f.code == "LNK001")
    for form in FORMS:
        line = line_for(form, finding)
        given = [(s.codes, s.reason, s.covers) for s in comments(Source(path="-", text=f"{line}\ntext\n"), form)]
        assert given == [(("LNK001",), "reason", Span(0, len(line) + 6))], form
    assert line_for("docx", finding) == f'"LNK001 {finding.fingerprint}" = "reason"'


def test_a_comment_sets_aside_what_it_names_where_it_stands():
    text = (
        "# T\n\n<!-- refaudit: ignore LNK001 added in proof -->\nRain falls (Mason, 2011),\nand hail (Lopez, 2019).\n\n"
        "Wind blows (Nash, 2012)." + LIST
    )
    assert told(audit(text)) == [("LNK001", "added in proof"), ("LNK001", None)]


def test_a_comment_without_a_reason_says_where_the_decision_stands():
    text = "Rain falls (Lopez, 2019; Mason, 2011). <!-- refaudit: ignore LNK001 -->" + LIST
    assert told(audit(text)) == [("LNK001", "suppressed in the text")]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore LNK001 gone", "“refaudit: ignore LNK001 gone” suppresses nothing: no finding of this kind is here."),
        ("ignore XYZ001", "“refaudit: ignore XYZ001” names XYZ001, which is no rule."),
        ("ignore everything", "“refaudit: ignore everything” names no rule, so it suppresses nothing."),
    ],
)
def test_a_comment_that_sets_nothing_aside_is_a_finding_at_its_place(comment: str, message: str):
    report = audit(f"# T\n\nRain falls (Lopez, 2019). <!-- refaudit: {comment} -->" + LIST)
    assert [(f.code, f.message, f.location.line, f.location.column) for f in report.findings] == [("AUD003", message, 3, 27)]


def test_nobody_can_call_a_suppression_unused_whose_rule_did_not_run():
    comment = "<!-- refaudit: ignore LNK001 -->"
    assert told(audit("Rain falls (Lopez, 2019). " + comment + LIST, ignore=("LNK001",))) == []
    assert told(audit("Rain falls (Lopez, 2019). " + comment + LIST, ignore=("AUD003",))) == []


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("LNK001", "why"),
        ("LNK", "why"),
        ("lnk001 Mason, 2011", "why"),
        ("LNK001 mason", "why"),
        ("LNK001 Nash", None),
        ("LNK003", None),
    ],
)
def test_the_settings_set_aside_by_code_and_subject(what: str, reason: str | None):
    text = "Rain falls (Lopez, 2019; Mason, 2011)." + LIST
    assert told(audit(text, path="a.txt", ignore_findings=((what, "why"),))) == [("LNK001", reason)]


def test_the_settings_set_aside_by_fingerprint():
    text = "Rain falls (Lopez, 2019; Mason, 2011)." + LIST
    fingerprint = audit(text).findings[0].fingerprint
    assert told(audit(text, ignore_findings=((f"LNK001 {fingerprint}", "why"),))) == [("LNK001", "why")]
    assert told(audit(text, ignore_findings=(("LNK001 " + "0" * 16, "why"),))) == [("LNK001", None)]


@pytest.mark.parametrize(
    "unit",
    [
        "<!-- refaudit: ignore LNK001 ",
        "<!-- refaudit:",
        "refaudit: ignore LNK001, ",
        "<!--" + " " * 30,
        "% refaudit: ignore A ",
        "% refaudit: ignore LNK001\n",
        "\n% refaudit: ignore LNK001\n \n",
    ],
)
def test_hostile_comments_take_linear_time(unit: str):
    def work(times: int) -> Callable[[], object]:
        text = unit * times
        return lambda: [list(comments(Source(path=path, text=text), "")) for path in ("a.md", "a.tex", "a.typ")]

    assert grows_linearly(work, 500)


def test_lines_of_the_table_without_a_purpose_are_told_over_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.md").write_text("Rain falls (Lopez, 2019; Mason, 2011)." + LIST)
    (tmp_path / "papers" / "b.md").write_text("Rain falls (Lopez, 2019; Nash, 2012)." + LIST)
    (tmp_path / "refaudit.toml").write_text(
        "[ignore-findings]\n"
        '"LNK001 Mason" = "in proof"\n"LNK001 Nash" = "in proof"\n"LNK001 Osborn" = "gone"\n"RET051 Lopez" = "on purpose"\n'
    )
    result = CliRunner().invoke(main, ["audit", "papers", "--offline", "-f", "concise"])
    idle = [line for line in result.stderr.splitlines() if "ignore-findings" in line]
    assert (result.exit_code, idle) == (
        0,
        ["refaudit: [ignore-findings] 'LNK001 Osborn' sets nothing aside; take it out, or correct it"],
    )
    one = CliRunner().invoke(main, ["audit", "papers/a.md", "--offline", "-f", "concise"])
    assert "ignore-findings" not in one.stderr


def test_a_line_of_the_table_that_names_no_rule_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("Rain falls (Lopez, 2019)." + LIST)
    (tmp_path / "refaudit.toml").write_text('[ignore-findings]\n"XYZ001 Mason" = "why"\n')
    result = CliRunner().invoke(main, ["audit", "a.md", "--offline"])
    assert (result.exit_code, result.stderr) == (
        2,
        "refaudit: [ignore-findings] 'XYZ001 Mason': begins with no code of a rule; 'refaudit rules' lists them\n",
    )
