"""One manuscript whose every word tries to be something else, through the whole program, into every format."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree, html
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from refaudit.cli import main
from refaudit.report import HOMES

NAME = "=cmd <img src=x onerror=alert(1)> [a](javascript:b) ::error::.md"
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
EVIL = (
    "<svg onload=alert(1)> ]]> ${jndi:ldap://x} {{7*7}} =HYPERLINK(1) @SUM(1) \u202egnp\u202c a\u2028b \x1b[31mred\x1b]0;t\x07 "
    "\x00\x01\ufffe ##[set-env name=A]b ::add-mask::c %0A::error::d `e` [f](javascript:g) ![h](http://i/j.png) |k| <!-- --> &lt;l&gt; "
    "</textarea></style></title> \U000e0041 $(touch m) ; rm -rf n"
)
TEXT = f"""# {EVIL}

Words {EVIL} (Lopez, 2019; Mason, 2011). More {EVIL} in Vega (2017), and (Nash {EVIL[:40]}, 2001

::error::at the beginning of a line (Osborn, 2005).

## References

Lopez, A. (2019). {EVIL}. *{EVIL}*, 12(9–1), 9–1. https://dx.doi.org/10.5555/<b>x?utm_source={EVIL[:30].replace(" ", "")}

=1+1 Vega, B. (2018). {EVIL}. *Journal of Soils*, 1, 1–9. https://soils.example.org/a?utm_source=b&c=<i>

@SUM Nash, C. (2099). [Title of article]. {EVIL}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / NAME).write_text(TEXT, encoding="utf-8", newline="")
    return tmp_path


def made(here: Path, form: str, *more: str) -> bytes:
    """What a format writes to a file; the findings are there, and nothing crashes."""
    command = ["audit", NAME, "--isolated", "--offline", "--min-confidence", "0", "-f", f"{form}:out", *more]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1, result.stderr
    assert not HIDDEN.search(result.stderr)
    return (here / "out").read_bytes()


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def test_every_format_is_looked_at():
    assert set(HOMES) == {"full", "concise", "json", "csv", "xlsx", "html", "sarif", "github", "gitlab", "junit", "markdown"}


@pytest.mark.parametrize("form", ["full", "concise", "github", "markdown", "junit", "html", "csv", "sarif", "gitlab", "json"])
def test_no_hidden_character_stands_in_the_file(here: Path, form: str):
    text = made(here, form).decode("utf-8-sig" if form == "csv" else "utf-8")
    assert not HIDDEN.search(text)
    assert "alert(1)" in text


def test_html_has_no_element_handler_or_address_of_the_manuscript(here: Path):
    root = html.document_fromstring(made(here, "html").decode())
    assert [len(root.xpath(f"//{tag}")) for tag in ("img", "iframe", "textarea", "base", "form")] == [0] * 5
    assert (len(root.xpath("//script")), len(root.xpath("//style"))) == (2, 1)
    assert [key for node in root.iter() for key in node.attrib if key.startswith("on")] == []
    assert {re.match(r"#|https?://", href) is not None for href in root.xpath("//a/@href")} == {True}
    assert all(not href.startswith("http") or "<" not in href for href in root.xpath("//a/@href"))
    json.loads(root.xpath("//script[@type='application/json']")[0].text)


def test_junit_is_xml_without_a_character_that_xml_forbids(here: Path):
    root = etree.fromstring(made(here, "junit"), etree.XMLParser(resolve_entities=False))
    assert {node.tag for node in root.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "system-out", "error"}


def test_github_gives_the_runner_none_but_our_commands(here: Path):
    lines = made(here, "github").decode().split("\n")
    ours = r"::(?:error|warning|notice) file=[^:,]+(?:,[A-Za-z]+=[^:,]+)*::.*"
    for line in lines:
        if "::" in line or "##[" in line:
            assert re.fullmatch(ours, line), line
    assert sum(line.startswith("::") for line in lines) > 3


def test_markdown_renders_to_our_tables_alone(here: Path):
    body = made(here, "markdown").decode()
    page = html.document_fromstring(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(body))
    allowed = {"html", "body", "h2", "table", "thead", "tbody", "tr", "th", "td", "br", "p", "details", "summary"}
    assert {node.tag for node in page.iter() if isinstance(node.tag, str)} <= allowed
    assert {len(row) for row in page.iter("tr")} <= {4, 7}
    assert "@SUM" not in body


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_is_a_formula(here: Path, form: str):
    data = made(here, form)
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    else:
        sheets = load_workbook(io.BytesIO(data))
        assert [cell.coordinate for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
        cells = [c.value for sheet in sheets for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
    assert [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@", "|", "%")] == []
    assert any("=cmd" in cell for cell in cells)


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_messages_of_services_hold_no_hidden_character_even_decoded(here: Path, form: str):
    log = json.loads(made(here, form))
    assert [text for text in texts(log) if HIDDEN.search(text)] == []
    if form == "sarif":
        uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["runs"][0]["results"]}
        assert all(re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri) for uri in uris)
        links = [link for r in log["runs"][0]["results"] for link in re.findall(r"\]\(([^)]*)\)", r["message"]["text"])]
        assert all(link.isdecimal() for link in links)


def test_json_says_what_was_read_and_only_escapes_it(here: Path):
    report = json.loads(made(here, "json"))
    assert any("\u202e" in text for text in texts(report))  # the data are the data


def test_a_terminal_receives_no_command(here: Path):
    for form in ("full", "concise"):
        result = CliRunner().invoke(
            main, ["audit", NAME, "--isolated", "--offline", "--min-confidence", "0", "-f", form, "--color", "always"]
        )
        assert not re.search("\x1b(?!\\[[0-9;]*m)", result.stdout)
        assert not HIDDEN.search(result.stdout.replace("\x1b", ""))


def test_repairs_and_queries_are_harmless_too(here: Path):
    diff = CliRunner().invoke(main, ["fix", NAME, "--isolated", "--offline"])
    assert (diff.exit_code, HIDDEN.search(diff.stderr)) == (0, None)
    assert (here / NAME).read_text(encoding="utf-8") == TEXT
    row = {
        "path": NAME, "code": "LNK001", "fingerprint": "a" * 16, "decision": "ask-author", "note": EVIL, "place": EVIL,
        "message": EVIL, "quote": EVIL, "context": EVIL, "advice": EVIL,
    }  # fmt: skip
    (here / "review.json").write_text(json.dumps({"refaudit_review": 1, "decisions": [row]}))
    letter = CliRunner().invoke(main, ["queries", "review.json"]).stdout
    assert not HIDDEN.search(letter)
    page = html.document_fromstring(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(letter))
    assert {node.tag for node in page.iter() if isinstance(node.tag, str)} <= {
        "html", "body", "h1", "p", "strong", "em", "blockquote",
    }  # fmt: skip
    assert CliRunner().invoke(main, ["queries", "review.json", "-o", "letter.docx"]).exit_code == 0
    with zipfile.ZipFile(here / "letter.docx") as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    assert not HIDDEN.search("".join(document.itertext()))
