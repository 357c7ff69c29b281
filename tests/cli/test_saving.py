"""What is written stays where it belongs: no planted link is followed, several files are written all or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from refaudit.cli import saving
from refaudit.errors import ConfigError
from tests.cli.invoke import run

PAPER = "Rain falls (Varga, 2019).\n\n## References\n\nVarga, E. (2019). Rain on clay. *Soils*, 2(1), 1–9. https://dx.doi.org/10.5555/rain.%d\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder beside a file that is nobody's business."""
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def state(folder: Path) -> dict[str, str]:
    """Every file of a folder by name, with what it holds; links as where they lead."""
    return {
        path.name: f"-> {path.readlink()}" if path.is_symlink() else path.read_text()
        for path in folder.iterdir()
        if not path.is_dir()
    }


@pytest.mark.parametrize("name", [".out.json.part", "out.json"])
def test_a_planted_link_is_not_followed(here: Path, name: str):
    (here / "paper.md").write_text(PAPER % 1)
    (here / name).symlink_to("../precious")
    assert run("audit", "paper.md", "--offline", "-f", "json:out.json").exit_code == 0
    assert (here.parent / "precious").read_text() == "precious"
    assert (here / "out.json").read_text().startswith("{")
    assert not (here / "out.json").is_symlink()


def test_repairs_and_their_copies_follow_no_planted_link(here: Path):
    (here / "paper.md").write_text(PAPER % 1)
    for name in (".paper.md.part", "paper.md.orig", ".paper.md.orig.part"):
        (here / name).symlink_to("../precious")
    (here / "paper.md.orig2").symlink_to("../new")
    assert run("fix", "paper.md", "--offline", "--write").exit_code == 0
    assert state(here) == {
        "paper.md": PAPER.replace("dx.doi", "doi") % 1,
        ".paper.md.part": "-> ../precious",
        "paper.md.orig": "-> ../precious",
        ".paper.md.orig.part": "-> ../precious",
        "paper.md.orig2": "-> ../new",
        "paper.md.orig3": PAPER % 1,
    }
    assert state(here.parent) == {"precious": "precious"}


def test_a_link_met_in_a_folder_is_not_written_through_and_one_that_is_named_is(here: Path):
    outside = here.parent / "precious"
    outside.write_text(PAPER % 1)
    (here / "linked.md").symlink_to("../precious")
    result = run("fix", ".", "--offline", "--write")
    assert "linked.md: is a link; name it to have the file repaired that it leads to" in result.stderr
    assert outside.read_text() == PAPER % 1
    assert run("fix", "linked.md", "--offline", "--write").exit_code == 0
    assert outside.read_text() == PAPER.replace("dx.doi", "doi") % 1
    assert (here / "linked.md").is_symlink()


@pytest.mark.parametrize("fails", [1, 2, 3])
def test_several_repairs_are_written_all_or_none(here: Path, monkeypatch: pytest.MonkeyPatch, fails: int):
    names = [f"{number}.md" for number in (1, 2, 3)]
    for number, name in enumerate(names, 1):
        (here / name).write_text(PAPER % number)
    before = state(here)
    real, calls = os.replace, []

    def replace(source: object, target: object) -> None:
        calls.append(str(target))
        if len(calls) == fails:
            raise OSError(28, "No space left on device")
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", replace)
    result = run("fix", *names, "--offline", "--write")
    assert result.exit_code == 2
    assert (
        result.stderr.splitlines()[-1]
        == f"refaudit: {fails}.md: cannot be written (no space left on device); nothing was written"
    )
    assert state(here) == before


def test_an_interruption_leaves_every_file_as_it_was(here: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("a", "b"):
        (here / name).write_text(name)
    real = os.replace

    def replace(source: object, target: Path) -> None:
        if Path(target).name == "b":
            raise KeyboardInterrupt
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        saving.replace_all({"a": (b"a", b"A"), "new": (None, b"N"), "b": (b"b", b"B")})
    assert state(here) == {"a": "a", "b": "b"}


def test_what_cannot_be_put_back_is_told_and_its_copy_stays(here: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("a", "b"):
        (here / name).write_text(name)
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "b" or Path(source).name == "a.orig":
            raise OSError(5, "Input/output error")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(ConfigError, match=r"^a: could not be put back as it was; the copy beside it \(\.orig\) holds that$"):
        saving.replace_all({"a": (b"a", b"A"), "b": (b"b", b"B")})
    assert (here / "a.orig").read_text() == "a"


def test_a_copy_is_as_private_as_the_paper(here: Path):
    paper = here / "paper.md"
    paper.write_text(PAPER % 1)
    paper.chmod(0o600)
    assert run("fix", "paper.md", "--offline", "--write").exit_code == 0
    assert [(here / name).stat().st_mode & 0o777 for name in ("paper.md", "paper.md.orig")] == [0o600, 0o600]


@pytest.mark.parametrize("value", ["../precious", "{folder}/precious", "link", "inner/precious"])
def test_a_baseline_that_settings_name_stays_in_the_project(here: Path, value: str):
    (here / "paper.md").write_text("Rain falls (Mason, 2011).\n\n" + PAPER % 1)
    (here / "link").symlink_to("../precious")
    (here / "inner").symlink_to("..")
    (here / "refaudit.toml").write_text(f'baseline = "{value.format(folder=here.parent)}"\n')
    for command in (["baseline", "write"], ["baseline", "prune"], ["audit"]):
        result = run(*command, "paper.md", "--offline")
        assert (result.exit_code, result.stderr) == (
            2,
            "refaudit: "
            + str(here / "refaudit.toml")
            + ": 'baseline' leads out of the project's folder; name such a file with --baseline\n",
        )
    assert (here.parent / "precious").read_text() == "precious"
    assert run("baseline", "write", "paper.md", "--offline", "--isolated", "-o", "../named.txt").exit_code == 0
    (here / "refaudit.toml").write_text('baseline = "known/of this.txt"\n')
    assert run("baseline", "write", "paper.md", "--offline").exit_code == 0
    assert (here / "known" / "of this.txt").exists()
    assert run("audit", "paper.md", "--offline").exit_code == 0
