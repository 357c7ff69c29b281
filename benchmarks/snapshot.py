"""The local registry copy: speed of building, of looking up and of searching, and memory, at growing sizes.

``python -m benchmarks snapshot``: real works fill up with works shuffled together from them (title words of two works,
authors of a third, place of a fourth), so that words are as common as in a real registry. Rates and times are of
processor time, so that other work on the machine does not count.
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.matching import FILES, citable, works
from benchmarks.printed import STYLES
from benchmarks.shared import ABSENT, shared
from refaudit.model import Reference, Span
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.snapshot.build import build, index_text, iter_items
from refaudit.resolve.snapshot.reading import Snapshot, json_tools
from refaudit.resolve.sources.record import from_crossref
from refaudit.text import words


def write(folder: Path, target: Path, size: int) -> list[dict[str, Any]]:
    """``size`` works as JSON lines, as long as those of the public data file; returns the real ones."""
    rng, dump = random.Random(2), json_tools()[1]
    real: list[dict[str, Any]] = list(works(folder, FILES[0]))
    usable = [work for work in real if work.get("title") and work.get("author")]
    with target.open("wb") as out:
        for work in real[:size]:
            out.write(dump(work) + b"\n")
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
            out.write(dump(made) + b"\n")
    return real[:size]


def percentile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def rate(look_up: Callable[[Sequence[str]], Sequence[object]], groups: Sequence[Sequence[str]]) -> float:
    """DOIs found a second of processor time, the best of five rounds; every one of them must be found."""
    best = 0.0
    for _ in range(5):
        began, found = time.process_time(), 0
        for group in groups:
            found += len(look_up(group))
        best = max(best, found / (time.process_time() - began))
        assert found == sum(map(len, groups))
    return best


def prepare(folder: Path, place: Path, size: int) -> None:
    """Write the works, and what is asked of them, where a process that holds nothing else finds them."""
    real = write(folder, place / "works.jsonl", size)
    dois = list(dict.fromkeys(str(work["DOI"]).lower() for work in real))
    (place / "asked.json").write_text(json.dumps({"dois": dois, "queries": asked_for(real)}), encoding="utf-8")


def peak() -> float:
    """The most memory this process has held, in MB; ``getrusage`` would count that of the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    most = re.search(r"VmHWM:\s+(\d+)", status)
    return int(most[1]) / 1024 if most else 0.0


def measure(place: Path) -> None:
    """A few lines of figures for what was prepared."""
    source, target = place / "works.jsonl", place / "snapshot.sqlite"
    asked = json.loads((place / "asked.json").read_text(encoding="utf-8"))
    dois, queries = asked["dois"], [(text, doi) for text, doi in asked["queries"]]
    before = peak()
    began, cpu = time.perf_counter(), time.process_time()
    built = build([source], target, complete=True)
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    grown = peak() - before
    print(
        f"{built.works:9,} works  build {built.works / used:7,.0f}/s ({seconds:.0f} s in all), +{grown:.0f} MB, "
        f"{target.stat().st_size / 1e6:.0f} MB on disk from {source.stat().st_size / 1e6:.0f} MB"
    )
    snapshot = Snapshot(target)
    random.Random(3).shuffle(dois)
    groups = [dois[at : at + 500] for at in range(0, len(dois), 500)]
    for name, look_up, asked in (
        ("values, 500 at once", lambda group: list(snapshot.packed(group)), groups),
        ("records, 500 at once", lambda group: [r for r in snapshot.records(group).values() if r.record], groups),
        ("records, one by one", lambda group: [r for r in snapshot.records(group).values() if r.record], [[d] for d in dois]),
    ):
        print(f"          look-up of {name:22}{rate(look_up, asked):9,.0f}/s")
    figures("FTS5", lambda text: [record.doi for record in snapshot.search(text)], queries)
    if importlib.util.find_spec("tantivy"):
        with_tantivy(source, place / "tantivy", queries)


def asked_for(real: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """A thousand references in four styles, with the DOI of their work."""
    rng = random.Random(4)
    records = [record for record in map(from_crossref, real) if record and citable(record)]
    made = []
    for record in rng.sample(records, 1000):
        raw = STYLES[rng.choice(("apa", "vancouver", "nature", "chicago"))](record)
        made.append((Entry(Reference(id="r", span=Span(0, 1), raw=raw)).query, record.doi))
    return made


def figures(name: str, search: Callable[[str], list[str]], queries: Sequence[tuple[str, str]]) -> None:
    """How long searches take, and how often the work is the first hit, or among ten."""
    times, first, ten = [], 0, 0
    for query, doi in queries:
        began = time.process_time()
        hits = search(query)
        times.append(1000 * (time.process_time() - began))
        first += hits[:1] == [doi]
        ten += doi in hits[:10]
    print(
        f"          search, {name:22} p50 {percentile(times, 0.5):.1f} ms, p95 {percentile(times, 0.95):.1f} ms, "
        f"first hit right {first / len(queries):.3f}, among ten {ten / len(queries):.3f}"
    )


def with_tantivy(source: Path, target: Path, queries: Sequence[tuple[str, str]]) -> None:
    """The same works and searches with Tantivy, where it is installed: the words of a work as one field, its DOI stored."""
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    index_in = schema.add_text_field("doi", stored=True, tokenizer_name="raw").build()
    target.mkdir()
    index = tantivy.Index(index_in, path=str(target))
    writer = index.writer(64_000_000, 1)
    began, count = time.process_time(), 0
    for item in iter_items(source):
        record = from_crossref(item)
        if record:
            document = tantivy.Document()
            document.add_text("words", index_text(record))
            document.add_text("doi", record.doi)
            writer.add_document(document)
            count += 1
    writer.commit()
    writer.wait_merging_threads()
    used = time.process_time() - began
    size = sum(path.stat().st_size for path in target.iterdir()) / 1e6
    print(f"          Tantivy {version('tantivy')}: build {count / used:,.0f}/s, {size:.0f} MB (the index alone)")
    index.reload()
    searcher = index.searcher()

    def every_word(text: str) -> list[str]:
        terms = [tantivy.Query.term_query(index_in, "words", word) for word in dict.fromkeys(words(text)[:120])]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return [searcher.doc(place)["doi"][0] for _, place in searcher.search(query, 10).hits]

    figures("Tantivy, all words", every_word, queries)


def main(arguments: Sequence[str] = ()) -> None:
    """Optional arguments: sizes in works. Each is measured in a process of its own, which holds nothing else."""
    if not all(size.isdecimal() for size in arguments):
        raise SystemExit("usage: python -m benchmarks snapshot [WORKS…]")
    sizes = [int(size) for size in arguments] or [20_000, 200_000]
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            prepare(folder, Path(place), size)
            subprocess.run([sys.executable, "-m", "benchmarks.snapshot", place], check=True)


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
