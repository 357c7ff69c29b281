"""PDF files: text in reading order from a separate process with limits; layout makes paragraphs of it."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator

from refaudit.errors import InputError
from refaudit.model import Document, Problem
from refaudit.readers.pdf import layout, process
from refaudit.readers.pdf.geometry import Jump, Page, Run
from refaudit.readers.pdf.limits import LIMITS
from refaudit.readers.pdf.unreadable import without_unreadable

_FARTHEST = 1_000_000
"""Points; the largest page of PDF has 14,400, and a factor may apply."""
_SCANNED = 40
"""Characters a page below which it holds no running text: a scan has none, or a stamp."""


def read(path: str, data: bytes) -> Document:
    """A PDF manuscript. Raises InputError for scans, protected and damaged files, and when the library is absent."""
    if importlib.util.find_spec("pypdfium2") is None:
        raise InputError(f"{path}: reading PDF needs one more package: pip install 'refaudit-manuscript[pdf]'")
    start = data[:1024].find(b"%PDF-")
    if start < 0:
        raise InputError(f"{path}: is not a PDF file, whatever its name says; name its format with --input-format")
    pages, problems = _pages(path, data[start:])
    characters = sum(len(run.text) for page in pages for run in page.runs)
    opened = sum(page.width > 0 for page in pages)
    if pages and not opened:
        raise InputError(f"{path}: no page of it can be read (damaged, or beyond the limits of time and memory); export it again")
    if characters < _SCANNED * max(1, opened):
        found = f"{characters} characters on {len(pages)} {'page' if len(pages) == 1 else 'pages'}"
        raise InputError(f"{path}: has no text layer (it looks like a scan: {found}); run OCR first")
    pages, unreadable = without_unreadable(pages)
    if unreadable and not any(page.runs for page in pages):
        raise InputError(f"{path}: {unreadable[0].message}")
    return layout.document(path, pages, (*problems, *unreadable))


def _pages(path: str, data: bytes) -> tuple[list[Page], tuple[Problem, ...]]:
    """All pages that could be read; a page that hangs or crashes the library is left out and told."""
    pages: list[Page] = []
    problems: list[Problem] = []
    first, total = 0, None
    for _ in range(LIMITS.restarts + 1):
        code, output = _run(data, first)
        if code == 3:
            raise InputError(f"{path}: is protected by a password; save an unprotected copy")
        if code == 4:
            raise InputError(f"{path}: is damaged and cannot be read as PDF; export it again")
        for item in output:
            if "pages" in item:
                total = int(str(item["pages"]))
                continue
            first = int(str(item["page"])) + 1
            if "error" in item:
                problems.append(Problem(message=f"page {first} cannot be read and is left out"))
                pages.append(Page(0.0, 0.0, ()))
            else:
                pages.append(page(item))
        if code == 0:
            if total is not None and total > len(pages):
                problems.append(Problem(message=f"only the first {len(pages):,} of {total:,} pages are read; split the file"))
            return pages, tuple(problems)
        if total is None:
            raise InputError(f"{path}: cannot be read as PDF within the limits of time and memory; export it again")
        problems.append(Problem(message=f"page {first + 1} takes too much time or memory and is left out"))
        pages.append(Page(0.0, 0.0, ()))
        first += 1
        if first >= total:
            return pages, tuple(problems)
    problems.append(Problem(message=f"reading stopped at page {first}: too many pages cannot be read"))
    return pages, tuple(problems)


def _run(data: bytes, first: int) -> tuple[int, Iterator[dict[str, object]]]:
    code, lines = process.run(data, first)
    return code, (json.loads(line) for line in lines)


def page(item: dict[str, object]) -> Page:
    """A page as the process that opened the file describes it: its size, its runs (``page_runs.runs``) and its links (``annotations.jumps``)."""
    size, runs = item["size"], item["runs"]
    if not isinstance(size, list) or not isinstance(runs, list):
        return Page(0.0, 0.0, ())
    width, height = (float(side) if _sound(side) else 0.0 for side in size)
    given = item.get("jumps")
    jumps = given if isinstance(given, list) else []
    return Page(
        width,
        height,
        tuple(Run(*run) for run in runs if all(map(_sound, run[1:5]))),
        tuple(
            Jump((float(left), float(bottom), float(right), float(top)), int(to), x if _sound(x) else None, float(y))
            for left, bottom, right, top, to, x, y in jumps
            if all(map(_sound, (left, bottom, right, top, to, y)))
        ),
    )


def _sound(value: object) -> bool:
    """Whether a measure can stand on paper: damaged files place characters at infinity, or at no number at all."""
    return isinstance(value, int | float) and abs(value) < _FARTHEST
