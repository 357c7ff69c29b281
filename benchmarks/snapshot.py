"""The local registry copy: speed of building, of looking up and of searching, and memory, at growing sizes.

``python -m benchmarks snapshot``: real works fill up with works shuffled together from them (title words of two works,
authors of a third, place of a fourth), so that words are as common as in a real registry. Rates and times are of
processor time, so that other work on the machine does not count.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.matching import FILES, citable, works
from benchmarks.printed import STYLES
from benchmarks.shared import ABSENT, shared
from refaudit.model import Reference, Span
from refaudit.resolve.entry import Entry
from refaudit.resolve.record import from_crossref, slim
from refaudit.resolve.snapshot import Snapshot, build


def write(folder: Path, target: Path, size: int) -> list[dict[str, Any]]:
    """``size`` works as JSON lines; returns the real ones."""
    rng = random.Random(2)
    real = [slim(work) for work in works(folder, FILES[0])]
    usable = [work for work in real if work.get("title") and work.get("author")]
    with target.open("w", encoding="utf-8") as out:
        for work in real[:size]:
            out.write(json.dumps(work) + "\n")
        for number in range(size - len(real)):
            one, two, three, four = rng.choices(usable, k=4)
            title = one["title"][0].split()[: rng.randint(3, 9)] + two["title"][0].split()[-rng.randint(2, 8) :]
            made = four | {
                "DOI": f"10.5555/made.{number}",
                "title": [" ".join(title)],
                "author": rng.sample(three["author"], min(len(three["author"]), 6)),
                "volume": str(rng.randint(1, 400)),
                "page": str(rng.randint(1, 9000)),
            }
            out.write(json.dumps(made) + "\n")
    return real


def percentile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure(size: int, folder: Path) -> None:
    """One line of figures for a size."""
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place) / "works.jsonl", Path(place) / "snapshot.sqlite"
        real = write(folder, source, size)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began, cpu = time.perf_counter(), time.process_time()
        built = build([source], target, complete=True)
        seconds, used = time.perf_counter() - began, time.process_time() - cpu
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        snapshot = Snapshot(target)
        dois = [str(work["DOI"]).lower() for work in real]
        began = time.process_time()
        rounds, found = 5, 0
        for _ in range(rounds):
            for at in range(0, len(dois), 500):
                found += len(snapshot.items(dois[at : at + 500]))
        rate = found / (time.process_time() - began)
        assert found == rounds * len(dois)
        rng = random.Random(4)
        records = [record for record in map(from_crossref, real) if record and citable(record)]
        times, first = [], 0
        for record in rng.sample(records, 1000):
            raw = STYLES[rng.choice(("apa", "vancouver", "nature", "chicago"))](record)
            query = Entry(Reference(id="r", span=Span(0, 1), raw=raw)).query
            began = time.process_time()
            hits = snapshot.search(query)
            times.append(1000 * (time.process_time() - began))
            first += bool(hits) and hits[0].doi == record.doi
        print(
            f"{built.works:9,} works  build {built.works / used:7,.0f}/s ({seconds:.0f} s in all), +{grown:.0f} MB, "
            f"{target.stat().st_size / 1e6:.0f} MB on disk  look-up {rate:9,.0f}/s  search p50 {percentile(times, 0.5):.1f} ms, "
            f"p95 {percentile(times, 0.95):.1f} ms, first hit right {first / 1000:.3f}"
        )


def main(arguments: Sequence[str] = ()) -> None:
    """Optional arguments: sizes in works. Each runs in a process of its own, so that memory is told apart."""
    if not all(size.isdecimal() for size in arguments):
        raise SystemExit("usage: python -m benchmarks snapshot [WORKS…]")
    sizes = [int(size) for size in arguments] or [20_000, 200_000]
    if shared() is None:
        raise SystemExit(ABSENT)
    for size in sizes:
        subprocess.run([sys.executable, "-m", "benchmarks.snapshot", str(size)], check=True)


if __name__ == "__main__":
    where = shared()
    if len(sys.argv) > 1 and where:
        measure(int(sys.argv[1]), where)
    else:
        main()
