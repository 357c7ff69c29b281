"""PDF files: how many pages a second are read, and how much memory that takes.

    python -m benchmarks pdf [FILE...] [--only ID...] [--runs 3]

Each file is opened as the program does it, but in this process: ``text`` is asking the library for the characters of the
pages with their places and fonts, ``layout`` making a document of them (furniture, columns, blocks). Seconds are processor
time, the best of the runs; the memory is the peak of a whole audit as a process of its own. Without files, the PDF documents of ``wild/`` are read.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.shared import ABSENT, companion, shared
from benchmarks.speed import process


def pages_of(path: Path, runs: int) -> tuple[int, float, float]:
    """The pages of a file, and the processor seconds for their text and for the layout."""
    import pypdfium2 as pdfium

    from refaudit.readers.pdf import layout, page_runs
    from refaudit.readers.pdf.annotations import jumps
    from refaudit.readers.pdf.reader import page as described

    best = (float("inf"), float("inf"))
    count = 0
    for _ in range(runs):
        begin = time.process_time()
        document, fonts, pages = pdfium.PdfDocument(path.read_bytes()), page_runs.Fonts(), []
        count = len(document)
        for page in document:
            found: dict[str, object] = {"runs": page_runs.runs(page, fonts), "jumps": jumps(document, page)}
            pages.append(found | {"size": list(page_runs.size(page))})
            page.close()
        document.close()
        middle = time.process_time()
        layout.document(path.name, [described(page) for page in pages], ())
        best = min(best[0], middle - begin), min(best[1], time.process_time() - middle)
    return count, *best


def main(arguments: Sequence[str]) -> None:
    """One line a file, and one for all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks pdf")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="ids of documents of wild/")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    files = options.files or _wild(options.only)
    print("| file | pages | text, pages/s | layout, pages/s | both | peak MB |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    sums = [0.0, 0.0, 0.0, 0.0]
    for path in files:
        count, text, made = pages_of(path, options.runs)
        audit = ["-m", "refaudit", "audit", str(path), "--isolated", "--offline", "--fail-on", "never", "-f", "json"]
        _, peak = process(audit, 1)
        print(_row(f"{path.parent.name}/{path.name}"[:40], count, text, made, peak), flush=True)
        sums = [sums[0] + count, sums[1] + text, sums[2] + made, max(sums[3], peak)]
    if sums[0]:
        print(_row("all", int(sums[0]), *sums[1:]))


def _row(name: str, count: int, text: float, made: float, peak: float) -> str:
    return f"| {name} | {count} | {count / text:.0f} | {count / made:.0f} | {count / (text + made):.0f} | {peak:.0f} |"


def _wild(only: Sequence[str]) -> list[Path]:
    folder = shared()
    if folder is None or not (folder / "wild").is_dir():
        raise SystemExit(ABSENT)
    score = companion(folder / "wild" / "score_wild.py")
    chosen = [doc["id"] for doc in score.read_table(folder / "wild") if not only or doc["id"] in only]
    return sorted(path for name in chosen for path in (folder / "wild" / "docs" / name).glob("*.pdf"))


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
