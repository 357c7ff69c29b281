"""Nothing that a stranger wrote reaches a terminal raw, or the log of a runner as a command, on either stream."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from refaudit.cli.output import LONGEST, Progress
from refaudit.report.escape import no_commands, visible
from tests.cli.invoke import run

TITLE = "\x1b]0;owned\x07\x9b2J"
COMMAND = "\n::error::owned\n##[error]owned ##vso[task.complete] ##teamcity[x]"
HOSTILE = f"{TITLE}{COMMAND}"
PAPER = "Rain falls (Mason, 2011).\n\n## References\n\nVarga, E. (2019). Rain on clay. *Soils*, 2(1), 1–9.\n"
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
_OBEYED = re.compile(r"##(?:vso|teamcity)?\[|^\s*::", re.MULTILINE)


def assert_harmless(text: str, *, commands: bool = False) -> None:
    """Our own commands are allowed with ``commands``, each a line of the form that the runner knows and nothing else."""
    assert _CONTROLS.findall(text) == []
    left = re.sub(r"^::(?:error|warning|notice) file=[^:]*::", "", text, flags=re.MULTILINE) if commands else text
    assert _OBEYED.findall(left) == []


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.md").write_text(PAPER)
    return tmp_path


@pytest.mark.parametrize(
    "settings",
    [
        '"{}" = 1',
        'ignore = ["{}"]',
        'fail-on = "{}"',
        'snapshot = "{}"',
        'retractions = "{}"',
        'baseline = "{}"',
        '[sources]\n"{}" = "x"',
        '[sources]\ncrossref-url = "{}"',
        '[ignore-findings]\n"{}" = "x"',
        '[per-file-ignores]\n"{}" = 5',
        'mailto = "{}"',
    ],
)
def test_settings(here: Path, settings: str):
    escaped = "".join(f"\\u{ord(char):04x}" for char in HOSTILE)
    (here / "refaudit.toml").write_text(settings.format(escaped) + "\n")
    result = run("audit", "paper.md", "-f", "concise")
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert_harmless(result.stderr)


@pytest.mark.parametrize("form", ["full", "concise", "github"])
@pytest.mark.parametrize("name", [f"{HOSTILE}.md", f"{TITLE}.md", "::error::x.md", " ::error::x.md", "##[group]x.md"])
def test_names_of_files(here: Path, name: str, form: str):
    name = name.replace("/", "")
    (here / name).write_text(PAPER)
    (here / f"{name}.docx").write_text("no zip")
    (here / f"{name}.tex").write_text(f"\\documentclass{{a}}\\begin{{document}}\\input{{{TITLE}none}}\\end{{document}}")
    result = run("audit", ".", "--offline", "-f", form, "--min-confidence", "0")
    assert result.exit_code == 1
    assert "LNK001" in result.stdout
    assert_harmless(result.stdout, commands=form == "github")
    assert_harmless(result.stderr)


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_manuscripts(here: Path, form: str):
    flat = HOSTILE.replace("\n", " ")
    (here / "paper.md").write_text(
        f"Rain falls (Mason, 2011). {flat}\n\n## References\n\nVarga, E. (2019). {flat} Rain. *Soils*, 2(1), 1–9.\n\n"
        f"Ott, B. (2031). ::error::{flat}. *Soils*, 2(1), 9–1. https://doi.org/10.5555/{flat}\n"
    )
    result = run("audit", "paper.md", "--offline", "-f", form, "--min-confidence", "0")
    assert result.exit_code == 1
    assert_harmless(result.stdout, commands=form == "github")
    assert_harmless(result.stderr)


@pytest.mark.parametrize(
    "args",
    [
        [f"--{HOSTILE}"],
        [HOSTILE],
        ["audit", f"--{HOSTILE}"],
        ["audit", HOSTILE],
        ["audit", "paper.md", "-f", HOSTILE],
        ["audit", "paper.md", "--fail-on", HOSTILE],
        ["audit", "paper.md", "--today", HOSTILE],
        ["audit", "paper.md", "--config", HOSTILE],
        ["audit", "paper.md", "--baseline", HOSTILE],
        ["audit", "paper.md", "--review", HOSTILE],
        ["explain", HOSTILE],
        ["queries", HOSTILE],
        ["snapshot", "info", HOSTILE],
        ["fix", "paper.md", "--repair", HOSTILE],
        ["cite", HOSTILE, "--offline"],
    ],
)
def test_arguments(here: Path, args: list[str]):
    result = run(*args)
    assert (result.exit_code, "owned" in result.stderr) == (2, True)
    assert_harmless(result.stdout)
    assert_harmless(result.stderr)


def test_a_defect_of_ours_is_one_harmless_line(here: Path, monkeypatch: pytest.MonkeyPatch):
    def fails(*_: object) -> None:
        raise ZeroDivisionError(HOSTILE)

    monkeypatch.setattr("refaudit.cli.inputs.gather", fails)
    result = run("audit", "paper.md")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert result.stderr.startswith("refaudit: internal error (ZeroDivisionError: \\x1b]0;owned")
    assert_harmless(result.stderr)


def test_a_line_without_end_is_cut(here: Path):
    result = run("audit", "x" * 100_000)
    assert len(result.stderr.splitlines()[0]) == len("refaudit: ") + LONGEST


@pytest.mark.parametrize("args", [["parse", "--text"], ["parse"], ["export", "-f", "bibtex"], ["export", "-f", "ris"], ["fix"]])
def test_results_for_programs_are_harmless_on_a_terminal_and_exact_elsewhere(here: Path, args: list[str]):
    (here / "paper.md").write_text(
        f"Rain falls.{TITLE}\n\n## References\n\nVarga, E. (2019). Rain {TITLE} on clay. *Soils*, 2(1). https://dx.doi.org/10.5555/a\n"
    )
    command = [sys.executable, "-P", "-m", "refaudit", args[0], "paper.md", *args[1:]]
    piped = subprocess.run(command, capture_output=True, check=False).stdout.decode()
    main_end, other = pty.openpty()
    subprocess.run(command, stdout=other, stderr=subprocess.DEVNULL, check=False)
    os.close(other)
    shown = b""
    try:
        while part := os.read(main_end, 65536):
            shown += part
    except OSError:  # the end of a terminal
        pass
    os.close(main_end)
    text = re.sub(r"\r+\n", "\n", shown.decode())  # a terminal returns its carriage at each newline
    assert_harmless(text.replace("\t", " "))
    assert text == visible(piped).replace("\r\n", "\n")
    assert ("\x9b" in piped) == (args != ["parse"])  # JSON escapes it everywhere


@pytest.mark.parametrize("path", ["[/red].md", "[link=http://evil.example]x.md", f"{TITLE}.md"])
def test_progress_reads_no_markup(path: str):
    progress = Progress(3)
    progress.step(0, path)
    assert progress.__rich__().plain.startswith("1/3 ")
    assert_harmless(progress.__rich__().plain)
    assert progress.__rich__().spans == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::error::x", ": :error::x"),
        ("  ::x", "  : :x"),
        ("a\n::b", "a\n: :b"),
        ("x ::set-output name=a::b", "x : :set-output name=a::b"),
        ("std::vector of papers", "std::vector of papers"),
        ("a ##[group]b ###[x]", "a # #[group]b ## #[x]"),
        ("##vso[a] ##teamcity[b] ## [c] #[d]", "# #vso[a] # #teamcity[b] ## [c] #[d]"),
    ],
)
def test_what_a_runner_would_obey_is_parted(text: str, expected: str):
    assert no_commands(text) == expected


def test_a_carriage_return_alone_writes_over_nothing():
    assert visible("a\rb\r\nc\td") == "a\\x0db\r\nc\td"


def test_progress_says_what_is_waited_for():
    services = [""]
    progress = Progress(3, lambda: services[0])
    progress.step(1, "a.md")
    assert progress.__rich__().plain == "2/3 a.md"
    services[0] = f"Crossref (3 s){TITLE}"
    assert progress.__rich__().plain == "2/3 a.md, waiting for Crossref (3 s)\\x1b]0;owned\\x07\\x9b2J"
