"""Speed and memory, as whole processes where a person waits for one.

    python -m benchmarks speed [--runs 5]

Start-up, one audit, further manuscripts of a run, growth with length (1, 10 and 100 times one document; lists of 10 to
10,000 entries), and the throughput of reading, finding, splitting and linking. Documents come from the measuring data;
where these are absent the project's own sample stands in.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.shared import shared

ROOT = Path(__file__).resolve().parents[1]


def process(arguments: Sequence[str], runs: int) -> tuple[list[float], float]:
    """Wall seconds of each run of a Python process, sorted, and its largest resident size in MB."""
    seconds, peak = [], 0.0
    for _ in range(runs):
        begin = time.perf_counter()
        child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
        seconds.append(time.perf_counter() - begin)
        peak = max(peak, usage.ru_maxrss / 1024)
    return sorted(seconds), peak


def show(what: str, seconds: Sequence[float], peak: float | None = None) -> None:
    """One line: minimum, median and maximum in milliseconds."""
    memory = "" if peak is None else f"   peak {peak:.0f} MB"
    print(
        f"{what:<58} min {seconds[0] * 1e3:8.1f}   median {statistics.median(seconds) * 1e3:8.1f}   max {seconds[-1] * 1e3:8.1f} ms{memory}"
    )


def document() -> tuple[str, str]:
    """The document that is timed (name and text)."""
    folder = shared()
    found = sorted((folder / "seeds").glob("003_*")) if folder else []
    path = found[0] if found else ROOT / "references/samples/demo.md"
    return path.name.split("_")[0], path.read_bytes().decode("utf-8")


def audit(paths: Sequence[Path], runs: int) -> tuple[list[float], float]:
    """Whole processes that audit files offline to JSON."""
    return process(
        ["-m", "refaudit", "audit", *map(str, paths), "--isolated", "--offline", "--fail-on", "never", "-f", "json"], runs
    )


def stages(text: str) -> Callable[[], None]:
    """Reading, finding, splitting and linking, field labelling left out."""
    from refaudit.parse import find_references
    from refaudit.parse.citations.systems import find_citations
    from refaudit.parse.entries.author_year import head_of
    from refaudit.parse.entries.index import ListIndex
    from refaudit.parse.entries.sections import find_lists, lines_of
    from refaudit.parse.link import link
    from refaudit.readers import read

    data = text.encode()

    def run() -> None:
        read_document = read("paper.txt", data)
        lines = lines_of(read_document)
        regions = find_lists(read_document, lines)
        references, _ = find_references(regions)
        index = ListIndex([head_of(reference) for reference in references], [reference.label for reference in references])
        link(find_citations(read_document, lines, regions, index), references, index)

    return run


def timed(run: Callable[[], object], runs: int) -> list[float]:
    """Processor seconds of each call, sorted."""
    seconds = []
    for _ in range(runs):
        begin = time.process_time()
        run()
        seconds.append(time.process_time() - begin)
    return sorted(seconds)


def made_list(entries: int) -> str:
    """A text of our own that cites each entry of its list once."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"Q{letters[i // 676 % 26]}{letters[i // 26 % 26]}{letters[i % 26]}er" for i in range(entries)]
    body = " ".join(f"Water moves under the hill ({name}, {1950 + i % 70})." for i, name in enumerate(names))
    listed = "\n".join(
        f"{name}, A. B. ({1950 + i % 70}). Water under hill {i}. Journal of Hills, {i % 90 + 1}(2), {i}–{i + 9}."
        for i, name in enumerate(names)
    )
    return f"{body}\n\nReferences\n\n{listed}\n"


def main(arguments: Sequence[str]) -> None:
    """Run everything and print one line each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks speed")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args(arguments).runs
    name, text = document()
    show("python -c 'import click'", process(["-c", "import click"], runs * 2)[0])
    show("refaudit --help", process(["-m", "refaudit", "--help"], runs * 2)[0])
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(21):
            paths.append(Path(folder) / f"{number}.txt")
            paths[-1].write_bytes(text.encode())
        one, peak = audit(paths[:1], runs)
        show(f"audit of document {name} ({len(text) / 1e3:.0f} kB) to JSON", one, peak)
        many, peak = audit(paths, max(2, runs // 2))
        show("audit of 21 of them in one run", many, peak)
        print(f"{'each further manuscript':<58} {(statistics.median(many) - statistics.median(one)) / 20 * 1e3:12.1f} ms")
        for times in (1, 10, 100):
            path = Path(folder) / "long.txt"
            path.write_bytes((text + "\n\n").encode() * times)
            show(f"audit of document {name} {times} times over", *audit([path], 1 if times == 100 else 2))
    for entries in (10, 100, 1000, 10000):
        made = made_list(entries)
        seconds = timed(stages(made), 1 if entries == 10000 else 3)
        print(
            f"list of {entries:>6} entries, each cited: {seconds[0] * 1e3:10.1f} ms   {seconds[0] / entries * 1e6:8.1f} µs an entry"
        )
    folder_shared = shared()
    if folder_shared:
        texts = [path.read_text(encoding="utf-8") for path in sorted((folder_shared / "corpora/manuscripts").glob("*.txt"))]
        size = sum(len(one.encode()) for one in texts)
        least = min(sum(timed(stages(one), 1)[0] for one in texts) for _ in range(2))
        print(
            f"reading, finding, splitting, linking of {len(texts)} manuscripts: {size / least / 1e6:.2f} MB/s of processor time"
        )
