"""The process that opens PDF files: started apart from the caller's folder and settings, and confined."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from refaudit.readers.pdf import process, sandbox
from refaudit.readers.pdf.limits import LIMITS, PdfLimits

FORMS = Path(__file__).parents[1] / "forms"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Landlock and seccomp are Linux's")


def probe(code: str) -> dict[str, object]:
    """What Python of ours sees or can do in the process where a PDF would be opened, once it is confined."""
    boot = (
        "import errno, json, os, socket, sys\n"
        "sys.path += sys.argv[1:]\n"
        "from refaudit.readers.pdf import sandbox\n"
        "import resource; sandbox.limit()\n"
        "held = sandbox.confine(sys.argv[1:])\n"
        "def tried(call, *arguments):\n"
        "    try:\n"
        "        call(*arguments)\n"
        "    except OSError as error:\n"
        "        return errno.errorcode[error.errno]\n"
        "    return 'done'\n"
        f"{code}\n"
        "print(json.dumps({'held': held, 'answer': answer}))\n"
    )
    done = subprocess.run(
        [*process.isolated(), boot, *process.places()], cwd=sys.base_prefix, env=process.environment(),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_pages_come_back_and_what_cannot_be_read_has_a_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    code, lines = process.run((FORMS / "paper.pdf").read_bytes(), 0)
    pages = [json.loads(line) for line in lines]
    assert (code, pages[0], [page["page"] for page in pages[1:]]) == (0, {"pages": len(pages) - 1}, list(range(len(pages) - 1)))
    assert process.run(b"%PDF-1.4\nnothing", 0) == (4, [])


def test_settings_for_python_in_the_environment_do_not_reach_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    (tmp_path / "json.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    for name, value in {"PYTHONPATH": str(tmp_path), "PYTHONINSPECT": "1", "API_TOKEN": "secret", "LD_LIBRARY_PATH": ""}.items():
        monkeypatch.setenv(name, value)
    assert process.run((FORMS / "paper.pdf").read_bytes(), 0)[0] == 0
    assert not (tmp_path / "ran").exists()
    seen = probe("answer = [sorted(os.environ), os.getcwd(), sys.flags.isolated, sys.flags.no_site]")["answer"]
    assert isinstance(seen, list)
    assert set(seen[0]) <= {"LC_CTYPE", "LD_LIBRARY_PATH"}
    assert seen[1:] == [sys.base_prefix, 1, 1]


def test_what_takes_too_long_or_says_too_much_is_ended(monkeypatch: pytest.MonkeyPatch):
    data = (FORMS / "paper.pdf").read_bytes()
    monkeypatch.setattr(process, "LIMITS", PdfLimits(output=1000))
    code, lines = process.run(data, 0)
    assert (code != 0, sum(map(len, lines)) <= 1000) == (True, True)
    monkeypatch.setattr(process, "LIMITS", PdfLimits(seconds=0.01))
    assert process.run(data, 0)[0] != 0


@linux
def test_it_gives_up_the_network_where_the_kernel_lets_it():
    found = probe(
        "answer = [tried(socket.socket, *kind) for kind in ((2, 1), (2, 2), (10, 1), (1, 1), (16, 3))] + [tried(socket.socketpair)]"
    )
    if "seccomp" not in str(found["held"]):
        pytest.skip("this kernel has no seccomp")
    assert found["answer"] == ["EPERM"] * 6


@linux
def test_it_gives_up_files_where_the_kernel_lets_it(tmp_path: Path):
    (tmp_path / "there").write_text("kept")
    there, new = str(tmp_path / "there"), str(tmp_path / "new")
    found = probe(
        f"there, new = {there!r}, {new!r}\n"
        "answer = [tried(open, there, 'a'), tried(open, new, 'w'), tried(open, there), tried(os.listdir, '/'), tried(os.unlink, there),"
        " tried(os.rename, there, new), tried(os.mkdir, new), tried(os.symlink, there, new), tried(open, '/etc/passwd')]"
    )
    if "landlock" not in str(found["held"]):
        pytest.skip("this kernel has no Landlock")
    assert found["answer"] == ["EACCES"] * 9
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("there", "kept")]


@linux
def test_it_starts_no_program_and_touches_no_other_process():
    found = probe(
        "answer = [tried(os.execv, sys.executable, ['python']), tried(os.fork), tried(os.kill, os.getppid(), 0),"
        " tried(os.posix_spawn, sys.executable, ['python'], {})]"
    )
    if "seccomp" not in str(found["held"]):
        pytest.skip("this kernel has no seccomp")
    assert found["answer"] == ["EPERM"] * 4


def test_resources_are_bounded_on_every_posix_system():
    resource = pytest.importorskip("resource")
    found = probe(
        "answer = [resource.getrlimit(getattr(resource, 'RLIMIT_' + name))"
        " for name in ('CORE', 'FSIZE', 'NPROC', 'NOFILE', 'AS', 'CPU')]"
    )["answer"]
    assert isinstance(found, list)
    assert found[:4] == [[0, 0], [0, 0], [0, 0], [LIMITS.open_files, LIMITS.open_files]]
    assert [most for _, most in found[4:]] == [
        min(bound, most) if (most := resource.getrlimit(name)[1]) >= 0 else bound
        for name, bound in ((resource.RLIMIT_AS, LIMITS.memory), (resource.RLIMIT_CPU, LIMITS.seconds))
    ]


def test_a_kernel_without_these_means_is_no_failure(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox.sys, "platform", "plan9")
    assert sandbox.landlock(()) is False
    assert sandbox.seccomp() is False
    monkeypatch.setattr(sandbox.sys, "platform", "linux")
    monkeypatch.setattr(sandbox.platform, "machine", lambda: "vax")
    assert sandbox.seccomp() is False


def test_no_setting_of_the_caller_is_passed_on():
    assert set(process.environment()) <= process.KEPT
    assert all(Path(place).is_absolute() for place in process.places())
