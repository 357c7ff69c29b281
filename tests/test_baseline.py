"""The baseline: written, honoured, pruned, stable under edits elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.invoke import run

LIST = "\n\n## References\n\nLopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9.\n"
OLD = "Rain falls (Lopez, 2019; Mason, 2011)." + LIST


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "b a.md").write_text(OLD)
    (tmp_path / "papers" / "c.md").write_text(OLD.replace("Mason", "Nash"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(project: Path) -> list[str]:
    result = run("baseline", "write", "papers", "--offline")
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert result.stderr == "refaudit: wrote refaudit-baseline.txt with 2 findings\n"
    return [line for line in (project / "refaudit-baseline.txt").read_text().splitlines() if not line.startswith("#")]


def test_written_sorted_one_finding_a_line_and_the_same_every_time(project: Path):
    lines = write(project)
    assert [line.split("\t")[:2] for line in lines] == [["papers/b a.md", "LNK001"], ["papers/c.md", "LNK001"]]
    assert all(len(line.split("\t")[2]) == 16 and "\n" not in line for line in lines)
    assert write(project) == lines


def test_known_findings_do_not_count_and_new_ones_do(project: Path):
    write(project)
    assert run("audit", "papers", "--offline").exit_code == 1
    assert run("audit", "papers", "--offline", "--baseline", "refaudit-baseline.txt").exit_code == 0
    # a paragraph before, one behind, and another entry: the known finding is still known, the new one is not
    edited = (
        "New first words.\n\n" + OLD.replace("2011).", "2011). Hail too (Osborn, 2001).") + "\nZane, B. (2020). Wind. Soils.\n"
    )
    (project / "papers" / "b a.md").write_text(edited)
    result = run("audit", "papers", "--offline", "--baseline", "refaudit-baseline.txt", "-f", "concise", "--select", "LNK001")
    assert result.exit_code == 1
    assert [line.split(" LNK001")[0] for line in result.stdout.splitlines()] == ["papers/b a.md:3:50"]


def test_it_can_be_named_in_the_settings_and_used_from_any_folder(project: Path, monkeypatch: pytest.MonkeyPatch):
    write(project)
    (project / "refaudit.toml").write_text('baseline = "refaudit-baseline.txt"\n')
    monkeypatch.chdir(project / "papers")
    assert run("audit", "c.md", "--offline").exit_code == 0


def test_pruned_of_what_is_gone_in_the_papers_that_were_audited(project: Path):
    lines = write(project)
    (project / "papers" / "b a.md").write_text("Rain falls (Lopez, 2019)." + LIST)
    (project / "papers" / "c.md").write_text("Rain falls (Lopez, 2019)." + LIST)
    told = run("audit", "papers", "--offline", "--baseline", "refaudit-baseline.txt")
    assert "refaudit-baseline.txt: 2 of its findings are gone" in told.stderr
    result = run("baseline", "prune", "papers/b a.md", "--offline")
    assert result.stderr == "refaudit: refaudit-baseline.txt: 1 gone, 1 left\n"
    assert [line for line in (project / "refaudit-baseline.txt").read_text().splitlines() if not line.startswith("#")] == lines[
        1:
    ]


def test_wrong_files_are_one_line_and_exit_2(project: Path):
    (project / "bad.txt").write_text("one two\n")
    for file, words in (
        ("bad.txt", "bad.txt:1: not a line of a baseline"),
        ("none.txt", "none.txt: the baseline cannot be read"),
    ):
        result = run("audit", "papers", "--offline", "--baseline", file)
        assert (result.exit_code, words in result.stderr, result.stdout) == (2, True, "")


def test_not_written_when_a_paper_cannot_be_read(project: Path):
    (project / "empty.md").write_text("")
    result = run("baseline", "write", "papers/c.md", "empty.md", "--offline")
    assert result.exit_code == 2
    assert not (project / "refaudit-baseline.txt").exists()


WRITTEN = {  # the name of a file, and how a baseline writes it
    "a\tb.md": "a\\x09b.md",
    "a b.md": "a b.md",
    "a\nb.md": "a\\x0ab.md",
    "a\\nb.md": "a\\\\nb.md",
    "#c.md": "\\#c.md",
    "\\#c.md": "\\\\#c.md",
    "x\ntouch $HOME #\n.md": "x\\x0atouch $HOME #\\x0a.md",
    "d\r.md": "d\\x0d.md",
    "\x1b[2J.md": "\\x1b[2J.md",
    "e\u2028f.md": "e\\u2028f.md",
    os.fsdecode(b"\xff.md"): "\\udcff.md",
}


def test_names_cannot_shape_a_baseline_and_what_is_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    names = [*WRITTEN]
    for name in names:
        (tmp_path / name).write_text(OLD)
    assert run("baseline", "write", ".", "--offline", "-o", "known.txt").exit_code == 0
    lines = [line for line in (tmp_path / "known.txt").read_text().split("\n") if line and not line.startswith("# ")]
    assert sorted(line.split("\t")[0] for line in lines) == sorted(WRITTEN.values())
    result = run("audit", ".", "--offline", "--baseline", "known.txt")
    assert (result.exit_code, "are gone" in result.stderr) == (0, False)
    (tmp_path / "a b.md").write_text(OLD.replace("; Mason, 2011", ""))  # its namesake with a tab keeps its finding
    assert "1 of its findings are gone" in run("audit", ".", "--offline", "--baseline", "known.txt").stderr
    assert (
        run("baseline", "prune", ".", "--offline", "-o", "known.txt").stderr
        == f"refaudit: known.txt: 1 gone, {len(names) - 1} left\n"
    )
