"""Matching: reference strings against a registry that has the work, or has it not.

``python -m benchmarks matching``: positives are strings rendered from registry records in twelve styles with noise, and
real deposited references whose target is there; negatives are strings of works taken out of the registry, and chimeras
(authors of one work, title of another, place of a third).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.printed import STYLES, TITLE_LESS, noisy
from benchmarks.shared import ABSENT, shared
from refaudit.model import Record, Reference, Span
from refaudit.parse.fields import read_fields
from refaudit.resolve.match.decide import accepted, rank
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import own_title
from refaudit.resolve.snapshot.build import build
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.sources.record import from_crossref
from refaudit.text import letters

FILES = ("works.jsonl.gz", "works_jama_extra.jsonl.gz", "works_legacy_2015.jsonl.gz")


@dataclass(frozen=True, slots=True)
class Case:
    """One string; ``dois`` are the right answers, none for a negative; ``style`` is what it counts under."""

    raw: str
    dois: frozenset[str]
    style: str


def works(folder: Path, name: str) -> Iterator[dict[str, object]]:
    """The works of one file."""
    with gzip.open(folder / "crossref" / name, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def citable(record: Record) -> bool:
    """Whether a work has what a reference to it would print."""
    return bool(
        (record.authors or record.editors)
        and len(own_title(record)) >= 8
        and record.years
        and record.containers
        and record.type in ("journal-article", "proceedings-article", "book-chapter", "preprint")
    )


def cases(records: Sequence[Record], gone: Sequence[Record], rng: random.Random, each: int) -> list[Case]:
    """Positives from ``records`` and negatives from ``gone``, ``each`` of them for every style, and chimeras."""
    made = []
    for style, render in STYLES.items():
        usable = records if style not in TITLE_LESS else [r for r in records if r.volume and (r.pages or r.article_number)]
        made += [Case(noisy(render(r), rng), frozenset({r.doi, *r.aliases}), style) for r in rng.sample(list(usable), each)]
        missing = gone if style not in TITLE_LESS else [r for r in gone if r.volume and (r.pages or r.article_number)]
        made += [Case(noisy(render(r), rng), frozenset(), f"absent {style}") for r in rng.sample(list(missing), each * 2 // 3)]
        for _ in range(each // 4):
            one, two, three = rng.sample(list(gone), 3)
            mixed = replace(
                three,
                authors=one.authors or one.editors,
                title=two.title,
                subtitle=two.subtitle,
                years=(rng.randint(1985, 2023),),
            )
            if style not in TITLE_LESS:
                made.append(Case(render(mixed), frozenset(), f"chimera {style}"))
    return made


def references(strings: Sequence[str]) -> tuple[Reference, ...]:
    """Strings as references with their fields read."""
    bare = [Reference(id=f"r{n}", span=Span(0, len(raw)), raw=raw.replace("\n", " ")) for n, raw in enumerate(strings)]
    return read_fields(bare)


def main(arguments: Sequence[str] = ()) -> None:
    """``--seed N``, ``--each N`` strings a style, ``--show N`` errors of each kind in full, ``--raw`` without reading fields."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks matching", description=__doc__)
    for name, value in (("seed", 1), ("each", 210), ("show", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--raw", action="store_true")
    options = parser.parse_args(list(arguments))
    measure(options.each, options.seed, options.show, parse=not options.raw)


def measure(each: int, seed: int, show: int, *, parse: bool) -> dict[str, float]:
    """Print precision, recall and F1, by style. Returns the totals."""
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        kept_file, gone = Path(place) / "kept.jsonl", []
        kept = []
        with kept_file.open("w", encoding="utf-8") as out:
            for name in FILES:
                for work in works(folder, name):
                    record = from_crossref(work)
                    if record and name == FILES[0] and rng.random() < 0.3 and citable(record):
                        gone.append(record)
                        continue
                    out.write(json.dumps(work) + "\n")
                    if record and name == FILES[0] and citable(record):
                        kept.append(record)
        there = {_identity(record) for record in kept}
        gone = [record for record in gone if _identity(record) not in there]  # registered twice: not absent
        build([kept_file], Path(place) / "snapshot.sqlite", complete=True)
        snapshot = Snapshot(Path(place) / "snapshot.sqlite")
        todo = cases(kept, gone, rng, each)
        entries = [
            Entry(reference)
            for reference in (
                references([case.raw for case in todo])
                if parse
                else [Reference(id="r", span=Span(0, 1), raw=case.raw.replace("\n", " ")) for case in todo]
            )
        ]
        tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
        shown: Counter[str] = Counter()
        same = {key: {r.doi for r in group} for key, group in _twins(kept).items()}
        for case, entry in zip(todo, entries, strict=True):
            hits = snapshot.search(entry.query)
            ranked = rank(entry, hits)
            best = accepted(ranked)
            outcome = _outcome(case, best, same)
            tally[case.style][outcome] += 1
            tally["all"][outcome] += 1
            if outcome not in ("right", "right none") and shown[outcome] < show:
                shown[outcome] += 1
                print(f"{outcome} [{case.style}] {case.raw}\n    wanted {sorted(case.dois)}")
                for candidate in ranked[:2]:
                    print(f"    {candidate.record.doi} {candidate.record.title[:70]} {candidate.scores}")
    return _print(tally)


def _identity(record: Record) -> tuple[str, str, tuple[int, ...]]:
    """Title, container and years: records that share them describe one work, and it is not absent while one stays."""
    return letters(record.title), letters(record.containers[0]), record.years


def _twins(records: Sequence[Record]) -> dict[str, list[Record]]:
    """Records that print alike: either is right."""
    groups: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[STYLES["apa"](record)].append(record)
    return groups


def _outcome(case: Case, best: Sequence[object], same: dict[str, set[str]]) -> str:
    dois = [candidate.record.doi for candidate in best]  # type: ignore[attr-defined]
    wanted = set(case.dois)
    for group in same.values():
        if wanted & group:
            wanted |= group
    if not case.dois:
        return "right none" if not dois else "false" if len(dois) == 1 else "ambiguous none"
    if not dois:
        return "missed"
    if len(dois) == 1:
        return "right" if dois[0] in wanted else "wrong"
    return "ambiguous" if not set(dois) <= wanted else "right"


def _print(tally: dict[str, Counter[str]]) -> dict[str, float]:
    print(f"{'':24}{'right':>7}{'missed':>7}{'wrong':>7}{'ambig':>7}{'false':>7}{'  recall':>9}{'  precision':>11}")
    totals: dict[str, float] = {}
    for style in sorted(tally):
        count = tally[style]
        positives = count["right"] + count["missed"] + count["wrong"] + count["ambiguous"]
        given = count["right"] + count["wrong"] + count["false"]
        recall = count["right"] / positives if positives else float("nan")
        precision = count["right"] / given if given else float("nan")
        ambiguous = count["ambiguous"] + count["ambiguous none"]
        right = count["right"] + count["right none"]
        print(
            f"{style:24}{right:7}{count['missed']:7}{count['wrong']:7}{ambiguous:7}{count['false']:7}{recall:9.4f}{precision:11.4f}"
        )
        if style == "all":
            totals = {"recall": recall, "precision": precision, "f1": 2 * recall * precision / (recall + precision)}
    print(f"F1 {totals['f1']:.4f}")
    return totals
