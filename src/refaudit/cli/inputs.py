"""Which files a command line names, and their bytes. A name that leads nowhere becomes one clear line, never an exception."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from refaudit.readers.project_files import Files, Kept

STDIN = "-"
LARGEST = 256 * 1024 * 1024  # bytes; a manuscript is a thousandth of this, a device without end is not
# met in a folder, these are no manuscripts: bibliographies (read beside the papers that use them), data, archives
_OF_A_ROOT = re.compile(rb"\\documentclass[ \t]*\[[^\[\]\n]{1,300}\][ \t]*\{subfiles\}")
_OF_CONTEXT = re.compile(rb"^[ \t]*\\start(?:text|product)(?![A-Za-z])", re.MULTILINE)
_CONTEXT_PART = re.compile(rb"^[ \t]*\\start(?:component|environment|project)(?![A-Za-z])", re.MULTILINE)
_NOT_PAPERS = frozenset(".bib .bibtex .biblatex .bbl .ris .nbib .enw .json .yaml .yml .zip .tar .gz .tgz .bz2 .xz".split())
_WITH_PARTS = frozenset(
    ".md .markdown .mdown .qmd .rmd .myst .ipynb .typ .org .rst .rest .adoc .asciidoc .asc".split()
)  # whose parts look like papers
_WOVEN = (".rnw", ".snw")
_LOOKED_INTO = frozenset(".html .tex .ltx .xml .rnw .snw .mkii .mkiv .mkvi .mkxl .mklx .lmtx".split())
_OUR_MARK = b'<meta name="generator" content="refaudit'
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})


_ABOUT = re.compile(
    r"(?i)(?:readme|change[-_ ]?log|changes|news|newsletters?|history|release[-_ ]?notes?|licen[cs]es?|copying|notice|contributing|contributors"
    r"|code[-_ ]of[-_ ]conduct|security|maintainers|governance|roles?|support|todo|roadmap|install|installation|faq)"
    r"(?:[-_. ](?:[a-z]{2}(?:[-_](?:[a-z]{2}|hans|hant))?|v?\d[\w.\-]{0,20}))?|newsletter[-_ ][^/]{0,80}"
)
"""Names of pages that tell of a project: what projects on GitHub, and open communities of research, call them, with a language or a
version."""


def about_the_project(path: str) -> bool:
    """Whether a file tells of a project rather than being a manuscript of it, as its name says."""
    return _ABOUT.fullmatch(Path(path).stem) is not None


@dataclass(frozen=True, slots=True)
class Input:
    """One file to audit. ``named`` is False for files met while walking a folder; ``problem`` says why it cannot be."""

    path: str
    named: bool = True
    problem: str = ""


def gather(papers: Iterable[str]) -> list[Input]:
    """The files that arguments (files, folders, globs, ``-``) stand for, each once, folders in sorted order.

    A file that another one of them takes in (a chapter of a book) is read there.
    """
    found: dict[str, Input] = {}
    for paper in papers:
        for item in _found(paper):
            place = item.path if item.path == STDIN else str(Path(item.path))
            known = found.get(place)
            if known is None or (item.named and not known.named):
                found[place] = item
    return _whole(list(found.values()))


def _whole(found: list[Input]) -> list[Input]:
    """The inputs without those that are parts of others among them."""
    if len(found) < 2:
        return found
    from refaudit.errors import InputError
    from refaudit.readers import taken_in

    parts: set[str] = set()
    for item in found:
        place = os.path.normpath(item.path)
        if item.problem or item.path == STDIN or place in parts or Path(item.path).suffix.lower() not in _WITH_PARTS:
            continue
        try:
            if not Path(item.path).is_file():  # a pipe is read once
                continue
            data = read_bytes(item.path)
        except (OSError, InputError):
            continue  # reading it will say why
        parts |= {os.path.normpath(part) for part in taken_in(item.path, data, beside(item.path))} - {place}
    return [item for item in found if os.path.normpath(item.path) not in parts]


def _found(paper: str) -> list[Input]:
    try:
        return list(_expand(paper))
    except (OSError, ValueError) as error:  # a name that is too long, a folder above it that may not be entered
        return [Input(paper, problem=f"{paper}: cannot be opened ({getattr(error, 'strerror', None) or error})")]


def _expand(paper: str) -> Iterator[Input]:
    path = Path(paper)
    if not paper:
        yield Input(paper, problem="an empty name is no file")
    elif paper == STDIN:
        yield Input(STDIN)
    elif path.is_dir():
        files = list(_walk(path))
        if not files:
            yield Input(
                paper, problem=f"{paper}: no manuscripts in this folder; name a file, or give its format with --input-format"
            )
        yield from (Input(file, named=False) for file in files)
    elif path.exists():
        yield Input(paper)
    elif any(char in paper for char in "*?["):
        import glob

        names = glob.glob(paper, recursive=True)  # noqa: PTH207 (Path.glob refuses absolute patterns)
        matches = sorted(name for name in names if not Path(name).is_dir())
        if not matches:
            yield Input(paper, problem=f"{paper}: no file matches this pattern")
        yield from (Input(match) for match in matches)
    else:
        gone = "is a link that leads to no file" if path.is_symlink() else "no such file or folder"
        yield Input(paper, problem=f"{paper}: {gone}")


def _walk(folder: Path) -> Iterator[str]:
    from refaudit.readers import SUFFIXES

    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED_FOLDERS)
        for name in sorted(files):
            suffix = Path(name).suffix.lower()
            path = Path(here, name)
            if path.exists() and not path.is_file():  # a pipe or a device among the papers would be waited for
                continue
            if name.startswith("_") and suffix in (".qmd", ".rmd"):  # a part: Quarto and bookdown make no page of it
                continue
            if not name.startswith((".", "~$")) and suffix in SUFFIXES and suffix not in _NOT_PAPERS and _paper(path):
                yield str(path)


def _paper(path: Path) -> bool:
    """Whether a file met in a folder is a manuscript of its own: no report of ours, no part of a project of LaTeX or ConTeXt, no other XML."""
    suffix = path.suffix.lower()
    if suffix not in _LOOKED_INTO:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(200_000)
    except OSError:
        return True  # reading it will say why
    if suffix == ".html":
        return _OUR_MARK not in head[:4096]
    if suffix == ".xml":
        from refaudit.readers.detect_format import by_content

        return by_content(head) in ("jats", "tei", "html")
    if _OF_A_ROOT.search(head[:5000]):  # a chapter of the document that it names
        return False
    if b"\\documentclass" in head or b"\\documentstyle" in head:
        return suffix not in _WOVEN or not path.with_suffix(".tex").exists()  # what knitr makes of it
    return _OF_CONTEXT.search(head) is not None and _CONTEXT_PART.search(head) is None


def beside(path: str, kept: Kept | None = None) -> Files:
    """The files that the reader of an input may open beside it: none for standard input."""
    from refaudit.readers.project_files import NO_FILES, Files

    return NO_FILES if path == STDIN else Files.beside(path, kept)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """One input, open for reading; standard input stays open. Raises InputError with one line, also while it is read."""
    from refaudit.errors import InputError

    try:
        if path == STDIN:
            import sys

            if sys.stdin is None:  # closed by whoever started the program
                raise InputError("-: standard input is closed; name a file")
            yield sys.stdin.buffer
        else:
            with Path(path).open("rb") as file:
                yield file
    except BrokenPipeError:  # of the reader of our output
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from error


def read_bytes(path: str) -> bytes:
    """The bytes of one input. Raises InputError with one line."""
    from refaudit.errors import InputError

    with opened(path) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(f"{path}: larger than {LARGEST // 1024 // 1024} MB; split it or leave out its pictures")
    return data
