"""The formats of continuous integration: valid, exact, and harmless whatever a manuscript says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from refaudit.model import Report
from refaudit.report import github, gitlab, junit, markdown, sarif
from refaudit.rules import RULES
from tests.report import sample


def log() -> Any:
    return json.loads(sarif.render(sample.report()))


def many(count: int) -> Report:
    """A paper with ``count`` errors, each of its own."""
    paper = sample.paper()
    error = paper.findings[2]
    return sample.report(
        replace(paper, findings=tuple(replace(error, message=f"number {n}", fingerprint=f"{n:016x}") for n in range(count)))
    )


# ---------------------------------------------------------------- SARIF


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


def test_sarif_follows_its_schema():
    Sarif.model_validate(log())
    broken = log()
    broken["runs"][0]["results"][0]["nonsense"] = 1
    with pytest.raises(ValueError, match="nonsense"):
        Sarif.model_validate(broken)


def test_sarif_meets_what_github_demands():
    run = log()["runs"][0]
    driver = run["tool"]["driver"]
    assert (log()["version"], driver["name"], run["automationDetails"]["id"]) == ("2.1.0", "refaudit", "refaudit/")
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in RULES]
    for rule in driver["rules"]:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["markdown"].startswith(f"# {rule['id']} ")
        assert set(rule["properties"]) == {"tags", "precision", "problem.severity"}
    for result in run["results"]:
        places = [*result["locations"], *result.get("relatedLocations", [])]
        for place in places:
            region, uri = (place["physicalLocation"][key] for key in ("region", "artifactLocation"))
            assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
            assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])
            assert re.fullmatch(r"(?!/)(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri["uri"])
        assert result["partialFingerprints"]["primaryLocationLineHash"].endswith(":1")
    assert "security-severity" not in json.dumps(log())
    assert "" not in strings(log())


def test_sarif_results_are_the_findings_that_count_most_severe_first():
    results = log()["runs"][0]["results"]
    assert [(r["ruleId"], r["level"]) for r in results] == [
        ("RET051", "error"), ("LNK002", "error"), ("LNK002", "error"), ("LNK001", "error"), ("LNK006", "error"),
        ("LNK004", "warning"), ("MET053", "warning"), ("MET051", "warning"), ("LNK003", "warning"), ("AUD051", "note"),
    ]  # fmt: skip
    first, author = results[0], results[4]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "papers/tides.md"},
        "region": {"startLine": 11, "startColumn": 1, "endLine": 11, "endColumn": 123},
    }
    assert author["message"]["text"] == (
        'The text cites "Dorn (2017)", the list has "Dorne (2017)". author: cited “Dorn”, registered “Dorne” (reference list). '
        "See also [line 17](1)."
    )
    assert author["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 17


def test_sarif_of_pages_and_paragraphs():
    page = log()["runs"][0]["results"][1]
    assert page["message"]["text"] == "Page 2: The text cites and there is no list."
    assert page["locations"][0]["logicalLocations"] == [{"name": "page 2"}]
    assert page["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}


def test_sarif_says_what_could_not_be_read():
    (invocation,) = log()["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [n["message"]["text"] for n in invocation["toolExecutionNotifications"]] == [
        "broken.docx: is not a DOCX file (no document inside)"
    ]


def test_sarif_links_only_where_it_means_to():
    paper = sample.paper()
    finding = replace(paper.findings[2], message="see [12](3) and [x](http://y)")
    result = json.loads(sarif.render(sample.report(replace(paper, findings=(finding,)))))["runs"][0]["results"][0]
    assert re.findall(r"\[[^\]]*\]\(([^)]*)\)", result["message"]["text"]) == ["1"]


def test_sarif_uris_follow_links_and_escape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    show = lambda path: path  # noqa: E731
    assert sarif.uri("link/é 100%:a#b?.md", show) == "real/%C3%A9%20100%25%3Aa%23b%3F.md"
    assert sarif.uri(str(tmp_path / "real" / "x.md"), show) == "real/x.md"
    assert sarif.uri("-", show) == "stdin"


def test_sarif_keeps_within_the_number_github_takes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    run = json.loads(sarif.render(many(5)))["runs"][0]
    assert len(run["results"]) == 3
    assert "2 findings are left out" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


# ---------------------------------------------------------------- GitHub annotations


def test_annotations_carry_place_title_and_proof():
    lines = github.render(sample.report()).splitlines()
    assert lines[4] == (
        "::error file=papers/tides.md,line=3,col=53,endColumn=63,title=LNK006 author-differs::"
        'The text cites "Dorn (2017)", the list has "Dorne (2017)".%0Aauthor: cited “Dorn”, registered “Dorne” (reference list)'
    )
    assert lines[1] == "::error file=scan.pdf,title=LNK002 no-reference-list::Page 2: The text cites and there is no list."


def test_a_stretch_over_lines_has_no_columns():
    paper = sample.paper()
    finding = paper.findings[2]
    long = replace(finding, location=replace(finding.location, end_line=5), message="50 % of it: a, b")
    line = github.render(sample.report(replace(paper, findings=(replace(long, evidence=()),)))).splitlines()[0]
    assert line == "::error file=papers/tides.md,line=3,endLine=5,title=LNK006 author-differs::50 %25 of it: a, b"


def test_github_shows_ten_of_a_level_and_the_list_shows_all():
    lines = github.render(many(13)).splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert "- 3 more findings are not annotated: GitHub shows 10 of each level. All of them:" in lines
    assert sum(line.startswith("- papers/tides.md:") for line in lines) == 13


def test_a_manuscript_gives_the_runner_no_command():
    report = sample.report(replace(sample.hostile(), path="::error::x ##[add-path]y.md"))
    paper = report.files[0]
    named = tuple(
        replace(
            f, message=f"##[set-env name=A]b\n::set-output name=x::y {f.message}", location=replace(f.location, path=paper.path)
        )
        for f in paper.findings
    )
    lines = github.render(sample.report(replace(paper, findings=named))).split("\n")
    ours = r"::(?:error|warning|notice) file=[^:,]+(?:,\w+=[^:,]+)*::[^\r\n]*"
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert len(commands) == 2
    assert all(re.fullmatch(ours, line) for line in commands)
    assert not any("##[" in line for line in lines if line not in commands)


# ---------------------------------------------------------------- JUnit, GitLab, Markdown


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 5), ("warning", 9), ("note", 10), ("never", 0), (None, 5)])
def test_junit_fails_where_the_run_fails(fail_on: str | None, failures: int):
    report = sample.report()
    given = {"fail_on": fail_on} if fail_on else {}
    root = etree.fromstring(junit.render(replace(report, options={**report.options, **given})).encode())
    etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd"))).assertValid(root)
    assert (root.get("failures"), len(root.findall(".//failure")), root.get("tests")) == (str(failures), failures, "11")
    assert len(root.findall(".//system-out")) == 10 - failures


def test_junit_follows_its_schema_and_counts_right():
    report = sample.report()
    text = junit.render(replace(report, options={**report.options, "fail_on": "warning"}))
    root = etree.fromstring(text.encode())
    etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd"))).assertValid(root)
    assert dict(root.attrib) == {"name": "refaudit", "tests": "11", "failures": "9", "errors": "1"}
    assert [(s.get("name"), s.get("tests"), s.get("failures"), s.get("errors")) for s in root] == [
        ("papers/tides.md", "6", "5", "0"),
        ("scan.pdf", "1", "1", "0"),
        ("letter.docx", "1", "1", "0"),
        ("papers/<hostile> & 'co'.md", "2", "2", "0"),
        ("broken.docx", "1", "0", "1"),
    ]
    failure = root.find(".//testcase[2]/failure")
    assert (failure.get("type"), failure.text.splitlines()[1]) == (
        "warning",
        "year: cited “2018”, registered “2019” (Crossref, 2025-11-02, https://doi.org/10.5555/coast.12.45)",
    )


def test_junit_fails_for_references_that_were_not_looked_up_where_the_run_does():
    clean = replace(sample.paper(), findings=())
    report = sample.report(clean)
    root = etree.fromstring(junit.render(replace(report, options={**report.options, "fail_on_unchecked": True})).encode())
    etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd"))).assertValid(root)
    assert [(case.get("name"), case[0].get("message")) for case in root.iter("testcase")] == [
        ("references looked up", "2 of 5 references were not looked up")
    ]
    assert dict(root.attrib) == {"name": "refaudit", "tests": "1", "failures": "1", "errors": "0"}


def test_junit_of_a_clean_paper_is_one_case_that_passes():
    clean = replace(sample.paper(), findings=())
    root = etree.fromstring(junit.render(sample.report(clean)).encode())
    assert [(case.get("name"), len(case)) for case in root.iter("testcase")] == [("citations and references", 0)]


def test_gitlab_rows_are_whole_and_their_fingerprints_unique():
    rows = json.loads(gitlab.render(sample.report()))
    assert len({row["fingerprint"] for row in json.loads(gitlab.render(many(50)))}) == 50
    assert rows[3] == {
        "description": '"Evers (2011)" has no entry in the reference list.',
        "check_name": "LNK001 citation-without-reference",
        "fingerprint": rows[3]["fingerprint"],
        "severity": "major",
        "location": {"path": "papers/tides.md", "lines": {"begin": 3}},
    }
    assert {row["severity"] for row in rows} == {"major", "minor", "info"}
    assert rows[1]["description"].startswith("Page 2: ")


# the keys that GitLab's page on custom code quality tools asks for
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!/|\\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_gitlab_takes_the_report():
    jsonschema.validate(json.loads(gitlab.render(sample.report())), GITLAB)
    assert gitlab.render(sample.report()).startswith("[")  # and no byte order mark, which GitLab refuses


def test_markdown_summary():
    lines = markdown.render(sample.report(sample.paper())).splitlines()
    assert lines[0] == (
        "## refaudit: 1 cited work is retracted; 1 citation has no entry; 2 citations disagree with the list; "
        "1 entry differs from its record; 2 of 5 references were not looked up."
    )
    assert lines[2] == (
        "3 errors, 2 warnings, 1 note; 1 suppressed; 1 below the confidence asked for; "
        "1 file without citations or references skipped"
    )
    assert lines[-1] == (
        "2 of 5 references were not looked up: it was not checked whether these works exist, agree with their entries, or have "
        "been retracted. Signals to verify, not a judgement about a person."
    )
    assert lines[6] == "| papers/tides.md | 5 | 5 | 3 | 2 | 1 | 1 |"
    assert lines[12] == (
        '| 🔴 error | papers/tides.md<br>line 3 | LNK006 | The text cites "Dorn (2017)", the list has "Dorne (2017)".'
        "<br>author: cited “Dorn”, registered “Dorne” (reference list) |"
    )
    assert "<details><summary>1 note</summary>" in lines
    assert lines[-3].startswith("papers/tides.md: 5 references: 1 found (Crossref 1), 1 without a record")


def test_markdown_without_findings_is_no_praise_where_nothing_was_looked_up():
    clean = replace(sample.paper(), findings=())
    assert "Nothing to report of what was checked." in markdown.render(sample.report(clean)).splitlines()
    checked = replace(clean, counts={**clean.counts, "unavailable": 0, "off": 0})
    assert "Nothing to report." in markdown.render(sample.report(checked)).splitlines()


def test_markdown_text_is_text():
    hostile = "<b> & @me #1 [x](http://y) ![i](z) `c` *e* _u_ |c| ~s~ $f$ www.a.b \\ https://q"
    assert markdown.text(hostile) == (
        "&lt;b&gt; &amp; &commat;me &num;1 \\[x\\](http\\://y) \\!\\[i\\](z) \\`c\\` \\*e\\* "
        "\\_u\\_ \\|c\\| \\~s\\~ \\$f\\$ www\\.a.b \\\\ https\\://q"
    )
    body = markdown.render(sample.report())
    assert not re.search(r"<(?!br>|/?details>|/?summary>)", body)
    assert all(len(re.findall(r"(?<!\\)\|", line)) in (5, 8) for line in body.splitlines() if line.startswith("| "))


def test_markdown_fits_a_comment():
    body = markdown.render(many(2000))
    assert len(body) <= markdown.LONGEST
    left = re.search(r"(\d+) findings more: see the full report", body)
    assert left is not None
    assert int(left[1]) + body.count("| 🔴 error |") == 2000


@pytest.mark.parametrize("module", [sarif, github, gitlab, junit, markdown])
def test_no_hidden_character_passes(module: Any):
    text = module.render(sample.report())
    decoded = "".join(strings(json.loads(text))) if module in (sarif, gitlab) else text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", decoded.replace("\t", ""))
    assert text == module.render(sample.report())
