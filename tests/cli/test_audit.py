"""``refaudit audit``: what goes where, and the exit codes."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from refaudit.cli import inputs, main
from refaudit.model import FileReport, Level
from tests.report import sample


def run(*args: str, data: bytes | None = None, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, ["audit", *args], input=data, env=env)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, here: Path) -> Path:
    """Every file that can be read gives the findings of the sample paper, restricted to the levels it names."""

    def audit_file(path: str, data: bytes, config: object, **_: object) -> FileReport:
        from refaudit.errors import InputError
        from refaudit.readers import read

        text = data.decode("utf-8", "replace")
        if "interrupt" in text:
            raise KeyboardInterrupt
        if "crash" in text:
            raise ZeroDivisionError("by nought")
        try:
            read(path, data)
        except InputError as error:
            return FileReport(path=path, error=str(error))
        file = sample.paper()
        kept = tuple(f for f in file.findings if f.level.value in text)
        nothing = {} if "cited" in text or kept else {"citations": (), "references": ()}
        counts = {**file.counts, "unavailable": 0, "off": 0} if "checked" in text else file.counts
        return replace(file, path=path, counts=counts, findings=kept, notices=(), **nothing)  # type: ignore[arg-type]

    import_module("refaudit.repair")  # which keeps the function that it finds when it is first used
    monkeypatch.setattr(import_module("refaudit.audit"), "audit_file", audit_file)
    for level in Level:
        (here / f"{level}.md").write_text(f"{level.value} cited")
    (here / "clean.md").write_text("cited")
    (here / "checked.md").write_text("cited checked")
    (here / "empty.md").write_text("")
    (here / "crash.md").write_text("crash")
    (here / "interrupt.md").write_text("interrupt")
    return here


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["clean.md"], 0),
        (["note.md"], 0),
        (["warning.md"], 0),
        (["error.md"], 1),
        (["error.md", "clean.md"], 1),
        (["warning.md", "--fail-on", "warning"], 1),
        (["note.md", "--fail-on", "warning"], 0),
        (["note.md", "--fail-on", "note"], 1),
        (["error.md", "--fail-on", "never"], 0),
        (["error.md", "--exit-zero"], 0),
        (["error.md", "--min-confidence", "0.95"], 0),
        (["clean.md", "--fail-on-unchecked"], 3),
        (["clean.md", "--fail-on-unchecked", "--fail-on", "never"], 3),
        (["clean.md", "--fail-on-unchecked", "--exit-zero"], 0),
        (["checked.md", "--fail-on-unchecked"], 0),
        (["checked.md", "clean.md", "--fail-on-unchecked"], 3),
        (["error.md", "--fail-on-unchecked"], 1),
        (["empty.md", "clean.md", "--fail-on-unchecked"], 2),
        (["empty.md"], 2),
        (["empty.md", "error.md"], 2),
        (["empty.md", "--exit-zero"], 2),
        (["nowhere.md", "clean.md"], 2),
        (["crash.md", "clean.md"], 2),
        (["*.nothing"], 2),
        (["clean.md", "--select", "XYZ999"], 2),
        (["clean.md", "--no-such-option"], 2),
        (["clean.md", "-f", "jsonn"], 2),
        (["clean.md", "-f", "json", "-f", "csv"], 2),
        (["clean.md", "--today", "soon"], 2),
        (["clean.md", "--config", "none.toml"], 2),
        (["clean.md", "--min-confidence", "2"], 2),
        ([], 2),
        (["error.md", "interrupt.md", "clean.md"], 130),
    ],
)
@pytest.mark.parametrize("form", ["full", "concise", "json", "csv"])
def test_exit_codes_are_the_same_for_every_format(found: Path, args: list[str], code: int, form: str):
    if "-f" not in args:
        args = [*args, "-f", form]
    result = run(*args)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output


def test_what_cannot_be_read_is_one_line_and_the_rest_is_still_audited(found: Path):
    (found / "binary.md").write_bytes(bytes(range(256)) * 40)
    (found / "folder").mkdir()
    result = run("nowhere.md", "empty.md", "binary.md", "folder", "*.none", "crash.md", "error.md", "-f", "json")
    assert result.stderr.splitlines() == [
        "refaudit: nowhere.md: no such file or folder",
        "refaudit: empty.md: the file is empty",
        "refaudit: binary.md: is a binary file, not text; name its format with --input-format",
        "refaudit: folder: no manuscripts in this folder; name a file, or give its format with --input-format",
        "refaudit: *.none: no file matches this pattern",
        "refaudit: crash.md: internal error (ZeroDivisionError: by nought); set REFAUDIT_DEBUG=1 to see where",
        "refaudit: 3 errors, no warnings, no notes; 6 files could not be read",
    ]
    files = json.loads(result.stdout)["files"]
    assert [(file["path"], "error" in file) for file in files] == [
        ("nowhere.md", True),
        ("empty.md", True),
        ("binary.md", True),
        ("folder", True),
        ("*.none", True),
        ("crash.md", True),
        ("error.md", False),
    ]


def test_odd_names_are_one_line_each(found: Path):
    result = run("", "x" * 5000, "a\0b", "clean.md", "-f", "concise")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert lines[0] == "refaudit: an empty name is no file"
    assert lines[1].endswith(": cannot be opened (File name too long)")
    assert lines[2].startswith("refaudit: a\\x00b: ")


def test_an_interrupt_gives_the_report_so_far(found: Path):
    result = run("error.md", "interrupt.md", "clean.md", "-f", "json")
    assert [file["path"] for file in json.loads(result.stdout)["files"]] == ["error.md"]
    assert "refaudit: interrupted; the report holds 1 of 3 files" in result.stderr


def _wait_for_reader(pipe: Path) -> None:
    """Return once somebody reads a named pipe: only then can it be opened for writing without waiting."""
    for _ in range(600):
        try:
            os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)  # stays open, so that the reader goes on waiting
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("nobody reads the pipe")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_real_interrupt_ends_with_130_and_the_report_so_far(here: Path):
    (here / "a.md").write_text("Rain falls (Lopez, 2019).\n")
    os.mkfifo(here / "pipe.md")  # reading it waits for a writer who never comes
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "refaudit", "audit", "a.md", "pipe.md", "--offline", "-f", "json", "--isolated"],
        cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        _wait_for_reader(here / "pipe.md")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, [file["path"] for file in json.loads(out)["files"]]) == (130, ["a.md"])
    assert "Traceback" not in err
    assert "refaudit: interrupted; the report holds 1 of 2 files" in err


def test_a_reader_who_leaves_does_not_change_the_exit_code(here: Path):
    (here / "a.md").write_text("Rain falls (Lopez, 2019).\n")
    reading, writing = os.pipe()
    os.close(reading)
    arguments = ["audit", "a.md", "--offline", "-f", "json", "--isolated"]
    result = subprocess.run(
        [sys.executable, "-m", "refaudit", *arguments], cwd=here, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (result.returncode, "Broken" in result.stderr, "Traceback" in result.stderr) == (1, False, False)


def test_an_interrupt_while_waiting_for_a_registry_keeps_the_file_at_work(found: Path, monkeypatch: pytest.MonkeyPatch):
    class Stopped:
        interrupted = True

        def __call__(self, references: object) -> tuple[()]:
            return ()

    monkeypatch.setattr(import_module("refaudit.cli.audit"), "resolver", lambda config: Stopped())
    result = run("error.md", "clean.md", "-f", "json")
    assert (result.exit_code, [file["path"] for file in json.loads(result.stdout)["files"]]) == (130, ["error.md"])


def test_a_folder_gives_its_manuscripts_and_skips_what_cites_nothing(found: Path):
    (found / "sub" / ".git").mkdir(parents=True)
    (found / "sub" / ".git" / "no.md").write_text("error")
    (found / "sub" / "b.md").write_text("error")
    (found / "sub" / "a.txt").write_text("warning")
    (found / "sub" / "readme.md").write_text("nothing at all")
    (found / "sub" / "void.md").write_text("")
    (found / "sub" / "picture.png").write_bytes(b"\x89PNG")
    (found / "sub" / "data.json").write_text("{}")
    (found / "sub" / "refs.bib").write_text("error")
    run("error.md", "-f", "html:sub/report.html")
    result = run("sub", "-f", "json")
    report = json.loads(result.stdout)
    assert [file["path"] for file in report["files"]] == ["sub/a.txt", "sub/b.md", "sub/void.md"]
    assert report["skipped_files"] == ["sub/readme.md"]
    assert result.exit_code == 1  # the empty file was met, not named


def test_globs_and_repeated_names_give_each_file_once(found: Path):
    result = run("[en]*r.md", "error.md", "./error.md", "e*.md", "-f", "json")
    assert [file["path"] for file in json.loads(result.stdout)["files"]] == ["error.md", "empty.md"]


def test_standard_input(found: Path):
    result = run("-", "-f", "json", data=b"error cited")
    assert (result.exit_code, json.loads(result.stdout)["files"][0]["path"]) == (1, "-")
    assert run("-", data=b"").exit_code == 2


def test_several_formats_at_once(found: Path):
    result = run("error.md", "-f", "concise", "-f", "json:out/deep/r.json", "-f", "csv:r.csv")
    assert result.stdout.count("\n") == 3
    assert json.loads((found / "out" / "deep" / "r.json").read_text())["schema"] == 1
    assert (found / "r.csv").read_bytes().startswith(b"\xef\xbb\xbfpath,line,")
    assert "refaudit: wrote out/deep/r.json" in result.stderr
    assert result.exit_code == 1


def test_a_report_that_cannot_be_written_is_one_line(found: Path):
    (found / "file").write_text("x")
    result = run("clean.md", "-f", "json:file/r.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith("refaudit: file/r.json: cannot be written (")


def test_usage_errors_name_the_nearest(found: Path):
    assert "did you mean 'json'?" in run("clean.md", "-f", "jsno").stderr
    assert "two formats for standard output" in run("clean.md", "-f", "json", "-f", "csv").stderr


def test_the_date_stands_in_the_report_only_when_it_was_given(found: Path):
    assert "today" not in json.loads(run("clean.md", "-f", "json").stdout)["options"]
    given = json.loads(run("clean.md", "-f", "json", "--today", "2024-05-06").stdout)["options"]
    assert given["today"] == "2024-05-06"


def test_settings_of_the_project_and_over_them_the_command_line(found: Path):
    (found / "refaudit.toml").write_text('fail-on = "warning"\n')
    assert run("warning.md").exit_code == 1
    assert run("warning.md", "--isolated").exit_code == 0
    assert run("warning.md", "--fail-on", "error").exit_code == 0
    (found / "refaudit.toml").write_text("fail-on-unchecked = true\n")
    assert run("clean.md").exit_code == 3
    assert run("clean.md", "--no-fail-on-unchecked").exit_code == 0
    assert run("clean.md", "-f", "json").stderr.splitlines()[-2:] == [
        "refaudit: 2 of 5 references were not looked up: it was not checked whether these works exist, agree with their entries, or "
        "have been retracted.",
        "refaudit: no errors, no warnings, no notes",
    ]
    (found / "refaudit.toml").write_text("fail-onn = 1\n")
    wrong = run("warning.md")
    assert (wrong.exit_code, "did you mean 'fail-on'?" in wrong.stderr) == (2, True)
    assert run("warning.md", "--config", "refaudit.toml", "--isolated").exit_code == 2


@pytest.mark.parametrize(
    ("args", "env", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_color(found: Path, args: list[str], env: dict[str, str], colored: bool):
    assert ("\x1b[" in run("error.md", *args, env=env).stdout) is colored


def test_a_reader_who_leaves_early_is_no_failure(here: Path):
    (here / "a.md").write_text("Nothing here.\n" * 3)
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [sys.executable, "-m", "refaudit", "parse", "--text", "a.md"],
        cwd=here,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (0, b"")


def test_json_needs_neither_rich_nor_pandas_nor_jinja(here: Path):
    (here / "a.md").write_text("Text (Abel, 2018).\n\n## References\n\nAbel, K. (2018). Silt. Coasts, 1, 2-3.\n")
    code = (
        "import sys\nfrom refaudit.cli import main\n"
        "main(['audit', 'a.md', '--offline', '-f', 'json:r.json', '--exit-zero'], standalone_mode=False)\n"
        "print(sorted(set(sys.modules) & {'rich', 'pandas', 'jinja2', 'requests', 'habanero', 'lxml'}))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


def test_starting_imports_click_alone(here: Path):
    code = (
        "import sys\nfrom refaudit.cli import main\n"
        "print(sorted(m for m in sys.modules if m.startswith('refaudit') and '.cli' not in m))\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'rich', 'pandas', 'jinja2', 'requests', 'lxml', 'rapidfuzz'}))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, text=True, check=True)
    assert result.stdout == "['refaudit']\n[]\n"


def test_nothing_is_animated_outside_a_terminal_or_for_quick_work(here: Path):
    (here / "a.md").write_text("Nothing.\n")
    master, slave = pty.openpty()
    # work is quick here whatever else the machine has to do
    code = "from refaudit.cli import main, output\noutput.QUICK = 600\nmain(['audit', 'a.md', '-f', 'json'])"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=here, stdout=subprocess.DEVNULL, stderr=slave)
    process.wait()
    os.close(slave)
    text = os.read(master, 10_000).decode()
    os.close(master)
    assert "1/1" not in text
    assert text.startswith("refaudit: ")


def test_a_folder_holds_manuscripts_not_their_parts(here: Path):
    (here / "parts").mkdir()
    body = "\\begin{thebibliography}{1}\\bibitem{a} Abel, K. Silt. Coasts, 1, 2018.\\end{thebibliography}"
    (here / "main.tex").write_text("\\documentclass{a}\\begin{document}\\input{parts/x}" + body + "\\end{document}")
    (here / "parts" / "x.tex").write_text("Part \\cite{a}.")
    (here / "pom.xml").write_text("<project><a>b</a></project>")
    from refaudit.cli import inputs

    assert [Path(one.path).name for one in inputs.gather([str(here)])] == ["main.tex"]


def test_uncited_entries_of_a_shared_bibliography_are_judged_only_when_asked_for(here: Path):
    (here / "refs.bib").write_text(
        "@article{a, author={Lopez, Ana}, title={Rain on bare ground}, journal={Journal of Soils}, year=2019, volume=2}\n"
        "@article{b, author={Vega, B.}, title={[Title of article]}, journal={Journal of Soils}, year=2018, volume=1}\n"
    )
    (here / "p.tex").write_text("\\documentclass{article}\\begin{document}Rain \\cite{a}.\\bibliography{refs}\\end{document}")
    quiet = run("p.tex", "--isolated", "--offline", "-f", "concise")
    assert (quiet.exit_code, quiet.stdout) == (0, "")
    (here / "refaudit.toml").write_text("include-uncited = true\n")
    asked = run("p.tex", "--offline", "-f", "concise")
    assert [line.split(":")[0] + line.split(" ")[1] for line in asked.stdout.splitlines()] == ["refs.bibLNK003", "refs.bibREF002"]


def test_the_list_that_a_title_is_compared_with_is_what_is_cited(here: Path):
    """Of a shared bibliography in capitals the uncited entries say nothing about the list."""
    entry = "@article{{{key}, author={{Lopez, Ana}}, title={{{title}}}, journal={{Journal of Soils {key}}}, year=2019, volume=2, pages={{1--9}}}}\n"
    titles = {key: f"Rain on ground of kind {key}" for key in "abcd"} | {
        key: f"SLOW LOOSENING OF BARE GROUND {key * 3}" for key in "efghijkl"
    }
    (here / "refs.bib").write_text("".join(entry.format(key=key, title=title) for key, title in titles.items()))
    paper = "\\documentclass{{article}}\\begin{{document}}Rain \\cite{{{keys}}}.\\bibliography{{refs}}\\end{{document}}"
    found = []
    for keys in ("a,b,c,e", "a,b,e", "a,b,c"):
        (here / "p.tex").write_text(paper.format(keys=keys))
        lines = run("p.tex", "--isolated", "--offline", "-f", "concise", "--select", "REF010").stdout.splitlines()
        found.append([line.split(" ")[0] + line.split(" ")[1] for line in lines])
    assert found == [["refs.bib:5:1REF010"], [], []]


def test_a_bibliography_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """On the command line any file, in the settings one of their folder; what is not there is told before any work."""
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.md").write_text("Rain falls [@a].\n")
    entry = "@book{a, author={Moren, Ann}, title={Rain}, publisher={Soils Press}, year={2019}}"
    (papers / "in.bib").write_text(entry)
    (tmp_path / "out.ris").write_text("TY  - BOOK\nID  - b\nTI  - Rain\nER  - \n")
    monkeypatch.chdir(papers)
    runner = CliRunner()

    def run(*options: str) -> tuple[int, str]:
        result = runner.invoke(main, ["audit", "a.md", "--offline", "-f", "concise", *options])
        return result.exit_code, result.output

    assert run("--isolated", "--bibliography", "in.bib", "--bibliography", "../out.ris")[0] == 0
    code, output = run("--isolated", "--bibliography", "../out.ris")
    assert (code, "LNK001" in output) == (1, True)
    code, output = run("--isolated", "--bibliography", "gone.bib")
    assert (code, "gone.bib: no such bibliography file" in output) == (2, True)
    (papers / "refaudit.toml").write_text('bibliography = "in.bib"\n')
    assert run()[0] == 0
    (papers / "refaudit.toml").write_text('bibliography = ["../out.ris"]\n')
    code, output = run()
    assert (code, "outside this folder; give it with --bibliography" in output) == (2, True)
    (papers / "refaudit.toml").write_text("bibliography = [1]\n")
    assert "'bibliography' must be the name of a file, or a list of names" in run()[1]


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("README.md", True), ("readme.zh-CN.md", True), ("docs/CHANGELOG.rst", True), ("newsletter-2020-05.md", True), ("LICENSE.txt", True),
        ("roles.md", True), ("release-notes-2.1.md", True), ("readmes-of-science.md", False), ("history-of-rain.md", False), ("news media.docx", False),
        ("chapter.md", False), ("change.md", False),
    ],
)  # fmt: skip
def test_pages_about_a_project_are_known_by_their_names(name: str, about: bool):
    assert inputs.about_the_project(name) is about


def test_what_is_no_manuscript_of_a_folder_is_counted_as_skipped(tmp_path: Path):
    """A page about the project needs citations and a list; any other page a list, keys, or three citations. Named, each is audited."""
    listed = 'Rain falls (Moren 2019).\n\nReferences\n\nMoren, A. 2019. "Rain." Journal of Soils 3: 1-9.\n'
    texts = {
        "README.md": "The hackathon of Moren (2019), with Lee (2020), Vega (2018) and Abel (2017).\n",
        "CHANGES.md": listed,
        "event.md": "We met Moren (2019) and Lee (2020).\n",
        "paper.md": "Rain falls (Moren 2019), crusts follow (Lee 2020), seeds fail (Vega 2018).\n",
        "keyed.md": "Rain falls [@moren2019].\n",
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    result = CliRunner().invoke(main, ["audit", str(tmp_path), "--offline", "--isolated", "-f", "json"])
    report = json.loads(result.stdout)
    assert [Path(one["path"]).name for one in report["files"]] == ["CHANGES.md", "keyed.md", "paper.md"]
    assert [Path(one).name for one in report["skipped_files"]] == ["README.md", "event.md"]
    result = CliRunner().invoke(main, ["audit", str(tmp_path / "event.md"), "--offline", "--isolated", "-f", "json"])
    assert [one["code"] for one in json.loads(result.stdout)["files"][0]["findings"] if one["code"] == "LNK002"] == ["LNK002"]
