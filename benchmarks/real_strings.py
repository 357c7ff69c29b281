"""Matching of real reference strings, out of PDF files and as publishers deposited them.

``python -m benchmarks real-strings``: the registry is made of the facts that come with the strings (title, first author,
journal, volume, first page; no years), so it is poorer than a real one. Negatives are other sets' strings, whose works it lacks.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.matching import FILES, references, works
from benchmarks.shared import ABSENT, shared
from refaudit.resolve.match.decide import accepted, rank
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.snapshot.build import build
from refaudit.resolve.snapshot.reading import Snapshot


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one set."""
    with gzip.open(folder / "crossref" / "ref2doi" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def as_work(row: dict[str, Any]) -> dict[str, Any]:
    """The facts beside a string as a Crossref work."""
    return {
        "DOI": row["doi"],
        "type": "journal-article",
        "title": [row.get("atitle") or ""],
        "author": [{"family": row["firstAuthor"]}] if row.get("firstAuthor") else [],
        "container-title": [row.get("jtitle") or ""],
        "volume": row.get("volume") or "",
        "page": row.get("firstPage") or "",
    }


def main(arguments: Sequence[str] = ()) -> None:
    """Optional argument: how many errors of each kind are printed in full."""
    count, show = 2500, int(arguments[0]) if arguments else 0
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    rng = random.Random(3)
    printed = [row for row in rows(folder, "glutton_pmc_17k") if row.get("doi")]
    asked = [(row["reference"], {row["doi"].lower()}, "PDF strings") for row in rng.sample(printed, count)]
    known = {row["doi"].lower() for row in printed}
    deposited = [row for row in rows(folder, "crossref_real_unstructured_2k") if (row["doi"] or "").lower() not in known]
    asked += [(row["ref_string"], set(), "deposited strings, absent") for row in deposited]
    asked += [(row["apa"], set(), "no such work") for row in rows(folder, "source_taster_fake_apa")]
    for row in rows(folder, "source_taster_200_styles"):
        asked += [(text, {row["doi"].lower()}, f"CSL styles, {row['category']}") for text in row["bibliography"].values()]
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "works.jsonl"
        with source.open("w", encoding="utf-8") as out:
            for row in printed:
                out.write(json.dumps(as_work(row)) + "\n")
            for work in works(folder, FILES[0]):
                out.write(json.dumps(work) + "\n")
        build([source], Path(place) / "s.sqlite", complete=True)
        snapshot = Snapshot(Path(place) / "s.sqlite")
        there = {doi for _, dois, _ in asked for doi, _ in snapshot.packed(list(dois))}
        asked = [item for item in asked if not item[1] or item[1] & there]
        tally: dict[str, Counter[str]] = {}
        shown: Counter[str] = Counter()
        for (raw, dois, kind), reference in zip(asked, references([raw for raw, _, _ in asked]), strict=True):
            entry = Entry(reference)
            ranked = rank(entry, snapshot.search(entry.query))
            best = [candidate.record.doi for candidate in accepted(ranked)]
            if not dois:
                outcome = "right" if not best else "false"
            elif best:
                outcome = "right" if best == list(dois & set(best)) else "ambiguous" if dois & set(best) else "wrong"
            else:
                outcome = "missed" if any(candidate.record.doi in dois for candidate in ranked) else "not in the search"
            tally.setdefault(kind, Counter())[outcome] += 1
            if outcome != "right" and shown[kind + outcome] < show:
                shown[kind + outcome] += 1
                print(f"{outcome} [{kind}] {raw!r} {sorted(dois)}")
                for candidate in ranked[:2]:
                    print(f"    {candidate.record.doi} {candidate.record.title[:80]!r} {candidate.scores}")
    for kind, counted in sorted(tally.items()):
        print(f"{kind:34}{dict(sorted(counted.items()))}")
