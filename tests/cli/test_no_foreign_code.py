"""A folder of strangers is data: none of its Python is run, whatever it is called and whichever file is audited in it."""

import os
import shutil
import subprocess
import sys
import zipapp
from pathlib import Path

import pytest

import refaudit

FORMS = Path(__file__).parents[1] / "readers" / "forms"
FORMATS = ("pdf", "docx", "md", "tex", "epub", "ipynb")
PLANTED = (
    "ctypes", "json", "signal", "typing", "encodings/__init__", "sitecustomize", "usercustomize", "resource", "zipfile", "os",
    "refaudit/__init__", "pypdfium2/__init__", "pypdfium2_raw/__init__", "pypdfium2_cfg/__init__", "numpy/__init__", "runpy",
)  # fmt: skip
MARK = "the folder's own code ran"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Papers in every format beside modules with the names of those that the program uses."""
    here = tmp_path / "clone"
    here.mkdir()
    for form in FORMATS:
        shutil.copy(FORMS / f"paper.{form}", here)
    for name in PLANTED:
        module = here / f"{name}.py"
        module.parent.mkdir(exist_ok=True)
        module.write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name + ' '!r})\nraise SystemExit({MARK!r})\n")
    return here


def ran(folder: Path) -> str:
    """Which of the planted modules were run."""
    mark = folder.parent / "ran"
    return mark.read_text() if mark.exists() else ""


def audit(folder: Path, *command: str, **env: str) -> str:
    """Standard output of an audit of all papers in the folder, by the command that is given."""
    done = subprocess.run(
        [*command, "audit", "--isolated", "--offline", "-f", "concise", *(f"paper.{form}" for form in FORMATS)],
        cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_the_modules_of_the_working_folder_are_not_run(folder: Path):
    output = audit(folder, sys.executable, "-P", "-m", "refaudit")
    assert ran(folder) == ""
    assert {line.partition(":")[0].partition("/")[0] for line in output.splitlines()} == {f"paper.{form}" for form in FORMATS}


def test_started_as_a_module_the_folder_is_left_before_anything_is_loaded(folder: Path):
    """``python -m`` itself looks into the working folder; what the program loads after that does not."""
    for name in ("refaudit", "runpy.py", "encodings", "os.py"):  # these Python itself would take
        place = folder / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    audit(folder, sys.executable, "-m", "refaudit")
    assert ran(folder) == ""


def test_a_program_in_one_file_reads_pdf_too(folder: Path, tmp_path: Path):
    """A zipapp: the process that reads the PDF finds the program within the archive, the library where it is installed."""
    source = tmp_path / "source"
    shutil.copytree(Path(refaudit.__file__).parent, source / "refaudit", ignore=shutil.ignore_patterns("__pycache__"))
    program = tmp_path / "refaudit.pyz"
    zipapp.create_archive(source, program, main="refaudit.cli:main")
    output = audit(folder, sys.executable, "-P", str(program))
    assert ran(folder) == ""
    assert "paper.pdf:" in output
