"""What the world does to a command: full disks, closed streams, lost folders, odd names, other encodings. One line, and nothing broken."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

PAPER = "Rain falls (Lopez, 2019) and (Abel, 2018).\n\n## References\n\nAbel, K. (2018). Silt in rivers. *Coasts*, 1(2), 3–9.\n"
SHORT = ["--offline", "--isolated", "--today", "2026-01-15", "-f", "concise"]
VERDICT = "refaudit: 1 error, no warnings, no notes"
HEADLINE = "refaudit: 1 citation has no entry; 1 of 1 reference was not looked up."


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "paper.md").write_text(PAPER, encoding="utf-8")
    return tmp_path


def run(here: Path, *arguments: str | bytes, redirect: str = "", env: dict[str, str] | None = None) -> tuple[int, str, list[str]]:
    """Exit code, standard output and lines of standard error; ``redirect`` is put behind the command in a shell."""
    command: list[str | bytes] = [sys.executable, "-m", "refaudit", *arguments]
    if redirect:
        command = ["sh", "-c", f'exec "$@" {redirect}', "sh", *command]
    done = subprocess.run(command, cwd=here, capture_output=True, timeout=60, check=False, env=env)
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    assert not any("Traceback" in line or "internal error" in line for line in lines), lines
    about_offline = re.compile(r"; 1 of 1 reference was not looked up$")
    told = [about_offline.sub("", line) for line in lines if "not run" not in line and "(offline):" not in line]
    return done.returncode, done.stdout.decode("utf-8"), told


@pytest.mark.parametrize(
    "name", ["a b.md", "new\nline.md", "-dash.md", "es\x1b[31mc.md", "ü.md", b"lat\xffin.md", "*.md", "a:b.md"]
)
def test_odd_file_names(here: Path, name: str | bytes):
    place = Path(os.fsdecode(name))
    (here / "paper.md").rename(here / place)
    formats = [
        part
        for form in ("html", "csv", "sarif", "junit", "markdown", "github", "gitlab", "xlsx")
        for part in ("-f", f"{form}:o.{form}")
    ]
    code, output, lines = run(here, "audit", "--offline", "--isolated", "-f", "json", *formats, "--", name)
    assert (code, lines[-1]) == (1, VERDICT)
    assert json.loads(output)["files"][0]["counts"]["citations"] == 2
    assert len([line for line in lines if line.startswith("refaudit: wrote o.")]) == 8
    assert not any("\x1b" in line for line in [*output.splitlines(), *lines])


@pytest.mark.parametrize("env", [{}, {"HOME": "/nonexistent"}, {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
                                 {"PYTHONIOENCODING": "ascii", "COLUMNS": "0"}, {"COLUMNS": "junk", "TERM": "nonsense"}, {"COLUMNS": "99999999"}])  # fmt: skip
def test_little_or_odd_environments(here: Path, env: dict[str, str]):
    code, output, lines = run(here, "audit", "paper.md", *SHORT, env=env)
    assert (code, lines[-1]) == (1, HEADLINE)
    assert output == "paper.md:1:13 LNK001 error Lopez 2019 is cited here, but no entry of the reference list fits.\n"
    code, output, _ = run(here, "audit", "paper.md", "--offline", "--isolated", env=env)
    assert code == 1
    assert "Lopez 2019" in output


def test_the_working_folder_is_gone(here: Path):
    for form in ("concise", "json", "sarif", "html"):
        gone = here / "gone"
        gone.mkdir()
        done = subprocess.run(
            [sys.executable, "-P", "-m", "refaudit", "audit", str(here / "paper.md"), "paper.md", "--offline", "-f", form],
            cwd=gone, preexec_fn=gone.rmdir, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "refaudit: paper.md: no such file or folder" in done.stderr
        assert "internal error" not in done.stderr
        assert "Lopez 2019" in done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_as_output_is_written_to(here: Path):
    os.mkfifo(here / "pipe")
    reader = subprocess.Popen(["cat", "pipe"], cwd=here, stdout=subprocess.PIPE)
    code, _, lines = run(here, "audit", "paper.md", "--offline", "--isolated", "-f", "json:pipe")
    assert (code, lines) == (1, ["refaudit: wrote pipe", VERDICT])
    assert json.loads(reader.communicate(timeout=30)[0])["files"][0]["path"] == "paper.md"
    assert stat.S_ISFIFO((here / "pipe").stat().st_mode)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root can make a device, and only root could replace one"
)
@pytest.mark.parametrize(("minor", "last"), [(3, VERDICT), (7, "refaudit: device: cannot be written (no space left on device)")])
def test_a_device_as_output_is_never_replaced(here: Path, minor: int, last: str):
    try:
        os.mknod(here / "device", 0o666 | stat.S_IFCHR, os.makedev(1, minor))
        (here / "device").write_bytes(b"") if minor == 3 else None
    except OSError:
        pytest.skip("devices cannot be made here")
    _, _, lines = run(here, "audit", "paper.md", "--offline", "--isolated", "-f", "json:device")
    assert lines[-1] == last
    assert stat.S_ISCHR((here / "device").stat().st_mode)
    assert sorted(one.name for one in here.iterdir()) == ["device", "paper.md"]


@pytest.mark.parametrize(
    "command",
    [["audit", "paper.md", "--offline", "--isolated", "-f", "json"], ["rules"], ["explain", "LNK001"], ["parse", "paper.md"]],
)
@pytest.mark.parametrize(
    ("redirect", "message"),
    [
        (">/dev/full", "refaudit: standard output cannot be written (no space left on device)"),
        (">&-", "refaudit: standard output is closed; write to a file, as in -f json:FILE"),
    ],
)
def test_a_full_or_closed_standard_output(here: Path, command: list[str], redirect: str, message: str):
    assert run(here, *command, redirect=redirect) == (2, "", [message])


def test_all_streams_closed(here: Path):
    code, _, _ = run(here, "audit", "paper.md", "--offline", "--isolated", "-f", "json:o.json", redirect="<&- >&- 2>&-")
    assert code == 1
    assert json.loads((here / "o.json").read_text())["files"][0]["path"] == "paper.md"
    code, _, lines = run(here, "audit", "-", *SHORT, redirect="<&-")
    assert (code, lines[0]) == (2, "refaudit: -: standard input is closed; name a file")


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("folder", "refaudit: folder: cannot be written (is a directory)"),
        ("paper.md/o.json", "refaudit: paper.md/o.json: cannot be written (its folder is a file)"),
        ("/proc/none/o.json", "refaudit: /proc/none/o.json: cannot be written (no such file or directory)"),
    ],
)
def test_outputs_that_cannot_be(here: Path, file: str, message: str):
    (here / "folder").mkdir()
    code, _, lines = run(here, "audit", "paper.md", "--offline", "--isolated", "-f", f"json:{file}")
    assert (code, lines) == (2, [message])
    assert sorted(one.name for one in here.iterdir()) == ["folder", "paper.md"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("suffix", ["bib", "ris", "json", "yaml"])
def test_bibliographies_in_other_encodings(here: Path, encoding: str, suffix: str):
    text = {
        "bib": "@book{a, author={Müller, Jörg}, title={Straße}, year={2018}}\n",
        "ris": "TY  - BOOK\nID  - a\nAU  - Müller, Jörg\nTI  - Straße\nPY  - 2018\nER  - \n",
        "json": '[{"id": "a", "type": "book", "author": [{"family": "Müller", "given": "Jörg"}], "title": "Straße", "issued": "2018"}]',
        "yaml": "- id: a\n  type: book\n  author: [{family: Müller, given: Jörg}]\n  title: Straße\n  issued: 2018\n",
    }[suffix]
    mark = {"utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (here / f"refs.{suffix}").write_bytes(mark + text.encode(encoding))
    code, output, lines = run(here, "parse", f"refs.{suffix}")
    fields = json.loads(output)["references"][0]["fields"]
    assert code == 0
    assert (fields["title"], fields["authors"], fields["year"]) == ("Straße", [{"family": "Müller", "given": "Jörg"}], "2018")
    told = [f"refaudit: refs.{suffix}: not UTF-8: read as Windows-1252; save the file as UTF-8 to be sure"]
    assert lines == (told if encoding == "cp1252" else [])


def test_the_list_of_a_latex_paper_is_exported_from_its_database(here: Path):
    (here / "paper.tex").write_text("\\documentclass{article}\\begin{document}See \\cite{a}.\\bibliography{refs}\\end{document}")
    (here / "refs.bib").write_text("@book{a, author={Abel, Karl}, title={Silt}, year={2018}}\n")
    code, output, lines = run(here, "export", "paper.tex")
    assert (code, lines, [one["title"] for one in json.loads(output)]) == (0, [], ["Silt"])
