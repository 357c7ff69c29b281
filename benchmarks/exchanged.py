"""DOIs of other works, altered lists of authors, and works without a record, beside controls of the same make.

``python -m benchmarks exchanged``: references are rendered from registry records in styles that print titles. A DOI is
exchanged with one of a work of the same year, of another year, or of the same authors, with the printed work registered or not;
names are left out, added, exchanged or reordered in styles that print the whole list. Controls are the same works with
nothing changed, strings out of PDF files beside their own DOI, and deposited references whose target is registered. Real
references that people found to have no record stand beside articles made of pieces of three works.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.matching import FILES, citable, works
from benchmarks.printed import STYLES, TITLE_LESS
from benchmarks.real_strings import as_work, rows
from benchmarks.resolver import _different, _usable, audit
from benchmarks.shared import ABSENT, shared
from refaudit.model import Finding, Record
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.snapshot.build import build
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.sources.record import from_crossref

# Styles that print every author of a list of up to eight.
FULL = ("apa", "chicago", "springer")
MET = frozenset({"MET051", "MET052", "MET053", "MET054", "MET055"})


@dataclass(frozen=True, slots=True)
class Made:
    """A string; ``expects`` are codes of which one must be found; ``right`` must then be named; ``never`` may not be found."""

    raw: str
    kind: str
    expects: frozenset[str] = frozenset()
    right: str = ""
    never: frozenset[str] = frozenset()


def _styles(rng: random.Random) -> str:
    return rng.choice([style for style in STYLES if style not in TITLE_LESS])


def exchanged(records: Sequence[Record], gone: Sequence[Record], rng: random.Random, each: int) -> Iterator[Made]:
    """DOIs of other works, and as control ten times as many own ones."""
    wanted = frozenset({"DOI052"})
    years: defaultdict[int, list[Record]] = defaultdict(list)
    first: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        years[record.years[-1]].append(record)
        first[(record.authors[0].family, record.authors[0].given[:1])].append(record)

    def give(kind: str, pool: Sequence[Record], other: Callable[[Record], Sequence[Record]], known: bool) -> Iterator[Made]:
        count = 0
        for record in rng.sample(list(pool), len(pool)):
            others = [work for work in other(record) if work.doi != record.doi]
            if not others:
                continue
            raw = STYLES[_styles(rng)](record)
            yield Made(f"{raw} https://doi.org/{rng.choice(others).doi}", kind, wanted, record.doi if known else "")
            count += 1
            if count == each:
                return

    def same_year(record: Record) -> Sequence[Record]:
        return [work for work in years[record.years[-1]] if _different(record, work)]

    def other_year(record: Record) -> Sequence[Record]:
        work = rng.choice(records)
        return [work] if _different(record, work) and min(abs(a - b) for a in record.years for b in work.years) >= 3 else []

    def same_journal(record: Record) -> Sequence[Record]:
        near = [work for work in years[record.years[-1]] if work.containers[0] == record.containers[0]]
        families = {name.family.lower() for name in record.authors}
        return [work for work in near if families.isdisjoint(name.family.lower() for name in work.authors)]

    def same_author(record: Record) -> Sequence[Record]:
        who = first[(record.authors[0].family, record.authors[0].given[:1])]
        return [work for work in who if work.title[:20].lower() != record.title[:20].lower()]

    yield from give("DOI of the same year", records, same_year, True)
    yield from give("DOI of another year", records, other_year, True)
    yield from give("DOI of the same journal and year", records, same_journal, True)
    yield from give("DOI of the same author", records, same_author, True)
    yield from give("DOI of the same year, work unknown", gone, same_year, False)
    for style, render in STYLES.items():
        for record in rng.sample(list(records), min(len(records), each)):
            yield Made(f"{render(record)} https://doi.org/{record.doi}", f"own DOI{', no title' * (style in TITLE_LESS)}")


def _without(record: Record, place: int) -> Record:
    return replace(record, authors=record.authors[:place] + record.authors[place + 1 :])


def authors(records: Sequence[Record], rng: random.Random, each: int) -> Iterator[Made]:
    """Lists of three to eight names, one thing changed in each."""
    wanted = frozenset({"MET052"})
    lists = [record for record in records if 3 <= len(record.authors) <= 8 and all(n.family and n.given for n in record.authors)]

    def added(record: Record, other: Record) -> Record:
        return replace(record, authors=record.authors + other.authors[: rng.randint(1, 2)])

    def person(record: Record, other: Record) -> Record:
        names = list(record.authors)
        names[rng.randrange(len(names))] = other.authors[0]
        return replace(record, authors=tuple(names))

    def given(record: Record, other: Record) -> Record:
        names = list(record.authors)
        at = rng.randrange(len(names))
        names[at] = replace(names[at], given=other.authors[0].given)
        return replace(record, authors=tuple(names))

    def order(record: Record, _: Record) -> Record:
        names = list(record.authors)
        at = rng.randrange(len(names) - 1)
        names[at], names[at + 1] = names[at + 1], names[at]
        return replace(record, authors=tuple(names))

    changes: dict[str, Callable[[Record, Record], Record]] = {
        "first author left out": lambda record, _: _without(record, 0),
        "author left out": lambda record, _: _without(record, rng.randrange(1, len(record.authors) - 1)),
        "last author left out": lambda record, _: _without(record, len(record.authors) - 1),
        "author added": added,
        "author of another work": person,
        "other given name": given,
        "two authors in turned order": order,
        "all authors": lambda record, _: record,
    }
    for kind, change in changes.items():
        count = 0
        while count < (each if kind != "all authors" else 5 * each):
            record, other = rng.sample(lists, 2)
            if kind == "other given name" and other.authors[0].given[:1].lower() in {n.given[:1].lower() for n in record.authors}:
                continue
            render = STYLES[rng.choice(FULL)]
            raw = render(change(record, other))
            if kind != "all authors" and (raw == render(record) or not _different(record, other)):
                continue
            yield Made(f"{raw} https://doi.org/{record.doi}", kind, wanted if kind != "all authors" else frozenset())
            count += 1


def absent(folder: Path, gone: Sequence[Record], rng: random.Random, each: int) -> Iterator[Made]:
    """Real references without a record, articles made of three works, and articles in journals that do not exist."""
    told = frozenset({"FND051", "DOI052", "DOI051"})
    for row in rows(folder, "crossref_real_unstructured_2k"):
        if not row["doi"]:
            yield Made(" ".join(row["ref_string"].split()), "real, without a record", never=frozenset({"FND051"}))
    for _ in range(each):
        one, two, three = rng.sample(list(gone), 3)
        mixed = replace(three, authors=one.authors, title=two.title, subtitle=two.subtitle, years=(rng.randint(1990, 2023),))
        yield Made(STYLES[_styles(rng)](mixed), "made of three works", told)
        recent = replace(mixed, years=(three.years[-1],))
        yield Made(STYLES[_styles(rng)](recent), "made of three works, year of the place", told)
    for row in rows(folder, "source_taster_fake_apa"):
        if row["category"] == "journal-article":
            yield Made(row["apa"].split(" https://doi.org")[0], "no such article, no such journal", told)


def real(folder: Path, records: dict[str, Record], rng: random.Random, count: int) -> Iterator[Made]:
    """Strings beside their own DOI: out of PDF files (the record is poor), and as deposited with the target registered."""
    printed = [row for row in rows(folder, "glutton_pmc_17k") if row.get("doi") and row.get("atitle")]
    for row in rng.sample(printed, count):
        yield Made(f"{' '.join(row['reference'].split())} doi:{row['doi']}", "PDF strings with their DOI")
    for row in rows(folder, "in_collection_pairs"):
        text = row["reference"].get("unstructured")
        if text and row["target"].lower() in records:
            yield Made(" ".join(text.split()), "deposited strings")


def main(arguments: Sequence[str] = ()) -> None:
    """``--seed N``, ``--each N`` strings a kind, ``--show N`` failures of each kind in full, ``--only`` one part."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks exchanged", description=__doc__)
    for name, value in (("seed", 11), ("each", 150), ("show", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--only", choices=("dois", "authors", "absent", "real"))
    options = parser.parse_args(list(arguments))
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    measure(folder, options.seed, options.each, options.show, options.only)


def measure(folder: Path, seed: int, each: int, show: int, only: str | None) -> None:
    """Print the shares of each kind."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        source, kept, gone = Path(place) / "works.jsonl", [], []
        with source.open("w", encoding="utf-8") as out:
            for work in _registered(folder):
                record = from_crossref(work)
                fit = record is not None and citable(record) and _usable(record)
                if record and fit and random.Random(record.doi).random() < 0.15:
                    gone.append(record)
                    continue
                out.write(json.dumps(work) + "\n")
                if record and fit:
                    kept.append(record)
        build([source], Path(place) / "s.sqlite", complete=True)
        resolve = Resolver(snapshot=Snapshot(Path(place) / "s.sqlite"), transport=None, cache=None)
        parts: dict[str, Callable[[], Iterator[Made]]] = {
            "dois": lambda: exchanged(kept, gone, rng, each),
            "authors": lambda: authors(kept, rng, each),
            "absent": lambda: absent(folder, gone, rng, each),
            "real": lambda: real(folder, {record.doi: record for record in kept}, rng, 10 * each),
        }
        made = [item for part, give in parts.items() if only in (None, part) for item in give()]
        rng.shuffle(made)
        found = audit([item.raw for item in made], resolve)
    report(list(zip(made, found, strict=True)), show)


def _registered(folder: Path) -> Iterator[dict[str, Any]]:
    for work in works(folder, FILES[0]):
        yield dict(work)
    for row in rows(folder, "glutton_pmc_17k"):
        if row.get("doi"):
            yield as_work(row)


def report(judged: Sequence[tuple[Made, list[Finding]]], show: int) -> None:
    """Told, told with the right work named, and findings by code, for every kind."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    for item, findings in judged:
        count, codes = counts[item.kind], {finding.code for finding in findings} - {"DOI053"}
        count["n"] += 1
        told = bool(codes & item.expects)
        words = " ".join(f"{finding.message} {finding.advice}".lower() for finding in findings)
        count["told"] += told
        count["named"] += told and (not item.right or item.right in words)
        count["any"] += bool(codes)
        for code in codes:
            count[code] += 1
        failed = not told if item.expects else bool(codes & (item.never or codes))
        if failed and shown[item.kind] < show:
            shown[item.kind] += 1
            print(f"[{item.kind}] {item.raw}  (right: {item.right})")
            for finding in findings:
                print(f"    {finding.code} {finding.confidence:.2f} {finding.message}")
    print(f"{'':40}{'n':>6}{'told':>8}{'right named':>13}{'any finding':>13}   findings")
    for kind, count in sorted(counts.items()):
        codes_seen = ", ".join(f"{code} {number}" for code, number in sorted(count.items()) if code[0].isupper())
        shares = [count[name] / count["n"] for name in ("told", "named", "any")]
        print(f"{kind:40}{count['n']:6}{shares[0]:8.3f}{shares[1]:13.3f}{shares[2]:13.3f}   {codes_seen}")
