"""``refaudit parse``, ``explain`` and ``rules``."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from refaudit.cli import main
from refaudit.rules import RULES
from refaudit.rules.base import HEADINGS
from tests.cli.invoke import run

PAPER = "Rain falls (Lopez, 2019; Mason, 2011).\r\n\r\n## References\r\n\r\n"
PAPER += "Lopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9.\r\n"


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_bytes(PAPER.encode())
    (tmp_path / "b.md").write_text("Rain falls.")
    return tmp_path / "a.md"


def test_parse_prints_the_objects_of_the_report_without_findings(paper: Path):
    lines = run("parse", "a.md", "b.md").stdout.splitlines()
    report = json.loads(run("audit", "a.md", "b.md", "--offline", "-f", "json").stdout)
    for line, file in zip(lines, report["files"], strict=True):
        read = json.loads(line)
        assert list(read) == ["path", "format", "counts", "citations", "references", "style"]
        assert {key: read[key] for key in ("path", "format", "citations", "references", "style")} == {
            key: file[key] for key in ("path", "format", "citations", "references", "style")
        }
        assert {key: file["counts"][key] for key in read["counts"]} == read["counts"]


def test_positions_are_offsets_into_the_text_as_it_is_stored(paper: Path):
    read = json.loads(run("parse", "a.md").stdout)
    assert [PAPER[c["start"] : c["end"]] for c in read["citations"]] == ["Lopez, 2019; Mason, 2011"]
    (entry,) = read["references"]
    assert PAPER[entry["start"] : entry["end"]].startswith("Lopez, A. (2019). Rain on bare ground.")
    assert (entry["line"], entry["column"]) == (5, 1)


def test_parse_text_is_the_text_itself(paper: Path):
    assert run("parse", "--text", "a.md").stdout_bytes == PAPER.encode()


def test_parse_reads_one_reference_a_line(paper: Path):
    lines = "Lopez, A. (2019). Rain on bare ground. Journal of Soils, 12(1), 1–9.\n\nVega, B. (2018). Crusts. Soil Press.\n"
    rows = [json.loads(line) for line in run("parse", "--list", "-", data=lines).stdout.splitlines()]
    assert [row["raw"] for row in rows] == lines.split("\n")[:3]
    assert [set(row) for row in rows] == [{"raw", "fields", "confidence", "style"}] * 3
    assert [row["style"] for row in rows] == ["APA", None, "APA"]
    assert (rows[0]["fields"]["authors"], rows[0]["fields"]["year"], rows[1]["fields"]) == (
        [{"family": "Lopez", "given": "A."}],
        "2019",
        {},
    )
    assert set(rows[0]["confidence"]) <= set(rows[0]["fields"])


def test_lines_pair_up_whatever_ends_them(paper: Path):
    """One object a line: CR LF, a lone CR, a last line without an end, bytes that are not UTF-8, marks that break lines."""
    data = "\ufeffa\r\n\rb\u2028c\n".encode() + "Café, R. (2019). Mud.\n".encode("cp1252") + "Zoë\nlast".encode()
    result = CliRunner().invoke(main, ["parse", "--list", "-"], input=data)
    assert [json.loads(line)["raw"] for line in result.stdout.splitlines()] == [
        "a", "", "b\u2028c", "Café, R. (2019). Mud.", "Zoë", "last"
    ]  # fmt: skip
    assert (result.exit_code, result.stderr) == (0, "refaudit: -: line 3: not UTF-8, read as Windows-1252\n")
    assert run("parse", "--list", "-", data="").stdout == ""
    utf16 = CliRunner().invoke(main, ["parse", "--list", "-"], input="Zoë\nend\n".encode("utf-16"))
    assert [json.loads(line)["raw"] for line in utf16.stdout.splitlines()] == ["Zoë", "end"]


def test_a_list_that_is_none_is_told(paper: Path):
    Path("bytes.txt").write_bytes(bytes(range(256)) * 40)
    Path("endless.txt").write_bytes(b"x" * (17 << 20))
    Path("good.txt").write_text("Vega, B. (2018). Crusts. Soil Press.")
    result = run("parse", "--list", "none.txt", "bytes.txt", "endless.txt", "good.txt")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "refaudit: none.txt: no such file or folder",
        "refaudit: bytes.txt: is a binary file, not text; name its format with --input-format",
        "refaudit: endless.txt: a line of more than 16 MB; --list wants one reference a line",
    ]
    assert [json.loads(line)["raw"] for line in result.stdout.splitlines()] == ["Vega, B. (2018). Crusts. Soil Press."]


@pytest.mark.parametrize(("leave", "code"), [("pipe", 0), ("interrupt", 130)])
def test_a_list_without_end_is_answered_block_by_block_and_may_be_left(leave: str, code: int):
    process = subprocess.Popen(
        [sys.executable, "-m", "refaudit", "parse", "--list", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(b"Vega, B. (2018). Crusts. Soil Press.\n" * 1000)
    process.stdin.flush()
    first = json.loads(process.stdout.readline())  # while the input is still open
    assert first["fields"]["title"] == "Crusts"
    if leave == "pipe":
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.write(b"x\n" * 3000)
            process.stdin.close()
    else:
        process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == code
    assert process.stderr.read() == (b"" if leave == "pipe" else b"refaudit: interrupted\n")
    for stream in (process.stdin, process.stdout, process.stderr):
        with suppress(BrokenPipeError):
            stream.close()


def test_what_cannot_be_read_is_an_object_with_its_error(paper: Path):
    result = run("parse", "none.md", "a.md")
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (result.exit_code, first, second["path"]) == (
        2,
        {"path": "none.md", "error": "none.md: no such file or folder"},
        "a.md",
    )
    assert run("parse", "--text", "none.md").stdout == ""
    assert run("parse", "--text", "--list", "a.md").exit_code == 2


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_explain_prints_every_heading(rule: object):
    by_code = run("explain", rule.code.lower())  # type: ignore[attr-defined]
    assert by_code.stdout in run("explain", rule.name).stdout  # type: ignore[attr-defined]
    assert by_code.stdout.startswith(f"# {rule.code} {rule.name}\n")  # type: ignore[attr-defined]
    headings = [line[3:] for line in by_code.stdout.splitlines() if line.startswith("## ")]
    assert [heading for heading in headings if heading in HEADINGS] == list(HEADINGS)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("LNK01", "near: LNK001"),
        ("LNK", "near: LNK001, LNK002"),
        ("uncited-refrence", "near: uncited-reference"),
        ("", "lists them all"),
    ],
)
def test_explain_names_what_is_near(asked: str, hint: str):
    result = run("explain", asked)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr


def test_rules_are_listed():
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in RULES]
    rows = json.loads(run("rules", "-f", "json").stdout)
    assert [(row["code"], row["level"], row["online"]) for row in rows] == [(r.code, r.level.value, r.online) for r in RULES]
