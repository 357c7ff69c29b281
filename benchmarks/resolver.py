"""The rules that ask a registry, on references whose truth is known.

``python -m benchmarks resolver``: true references with true records must stay without findings; altered ones must be found.
References are rendered from registry records in twelve styles, with and without their DOI; each alteration changes one thing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.matching import FILES, citable, works
from benchmarks.printed import STYLES, TITLE_LESS
from benchmarks.shared import ABSENT, shared
from refaudit.config import Config
from refaudit.model import Document, Finding, Piece, Record, Reference, Source, Span
from refaudit.parse.fields import read_fields
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.snapshot.build import build
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.sources.record import from_crossref
from refaudit.rules import fnd, met
from refaudit.rules.base import Audit
from refaudit.rules.doi import registered
from refaudit.rules.runner import run

RULES = (*registered.RULES, *fnd.RULES, *met.RULES)
MET = frozenset({"MET051", "MET052", "MET053", "MET054", "MET055"})


@dataclass(frozen=True, slots=True)
class Made:
    """A reference string; ``expects`` are codes of which one must be found (empty: none may)."""

    raw: str
    kind: str
    expects: frozenset[str]
    doi: str = ""


def audit(strings: Sequence[str], resolve: Resolver, *, batch: int = 40) -> list[list[Finding]]:
    """The findings of each string, read in lists of ``batch`` as a manuscript would hold them."""
    found: list[list[Finding]] = []
    for at in range(0, len(strings), batch):
        part = strings[at : at + batch]
        text, references, start = "", [], 0
        for number, raw in enumerate(part):
            text += raw + "\n"
            references.append(Reference(id=f"r{number}", span=Span(start, start + len(raw)), raw=raw))
            start = len(text)
        document = Document(
            path="list", format="txt", text=text, sources=(Source(path="list", text=text),), pieces=(Piece(0, 0, len(text)),)
        )
        read = read_fields(references)
        bundle = Audit(document=document, citations=(), references=read, links=(), lookups=resolve(read), config=Config())
        per = {f"r{number}": [] for number in range(len(part))}  # type: dict[str, list[Finding]]
        for finding in run(bundle, RULES):
            if finding.confidence >= 0.5:
                per[finding.references[0]].append(finding)
        found += per.values()
    return found


# ------------------------------------------------------------------ alterations


def _swap_author(record: Record, other: Record, rng: random.Random) -> Record:
    names = list(record.authors)
    names[rng.randrange(min(3, len(names)))] = other.authors[0]
    return replace(record, authors=tuple(names))


def _swap_order(record: Record, _: Record, __: random.Random) -> Record:
    names = list(record.authors)
    names[0], names[1] = names[1], names[0]
    return replace(record, authors=tuple(names))


def _year(record: Record, _: Record, rng: random.Random) -> Record:
    step = rng.choice([-5, -4, -3, -2, 2, 3, 4])
    return replace(record, years=(record.years[-1] + step if step > 0 else record.years[0] + step,))


def _title_word(record: Record, other: Record, rng: random.Random) -> Record:
    longer = re.findall(r"[A-Za-z]{5,}", record.title)
    new = [word for word in re.findall(r"[A-Za-z]{5,}", other.title) if word.lower() not in record.title.lower()]
    if not longer or not new:
        return record
    old = rng.choice(longer)
    return replace(record, title=re.sub(rf"\b{old}\b", rng.choice(new).lower(), record.title, count=1))


def _container(record: Record, other: Record, _: random.Random) -> Record:
    return replace(record, containers=other.containers)


def _numbers(field: str) -> Callable[[Record, Record, random.Random], Record]:
    """Another volume or issue."""

    def change(record: Record, _: Record, rng: random.Random) -> Record:
        old = getattr(record, field)
        if not old.isdecimal():
            return record
        new = str(int(old) + rng.choice((1, 2, 3, 10)))
        return replace(record, volume=new) if field == "volume" else replace(record, issue=new)

    return change


def _last_page(record: Record, _: Record, rng: random.Random) -> Record:
    match = re.fullmatch(r"([0-9]+)-([0-9]+)", record.pages)
    if not match or not 1 < int(match[1]) < int(match[2]):
        return record
    return replace(record, pages=f"{match[1]}-{int(match[2]) + rng.choice((2, 3, 10))}")


def _first_page(record: Record, _: Record, rng: random.Random) -> Record:
    match = re.fullmatch(r"([0-9]+)-([0-9]+)", record.pages)
    if not match or not 1 < int(match[1]) < int(match[2]):
        return record
    step = rng.choice((1, 10, 100))
    return replace(record, pages=f"{int(match[1]) + step}-{int(match[2]) + step}")


ALTERED: dict[str, tuple[Callable[[Record, Record, random.Random], Record], frozenset[str]]] = {
    "author replaced": (_swap_author, frozenset({"MET052"})),
    "author order swapped": (_swap_order, frozenset({"MET052"})),
    "year off by two or more": (_year, frozenset({"MET053"})),
    "title word changed": (_title_word, frozenset({"MET051"})),
    "other container": (_container, frozenset({"MET054"})),
    "other volume": (_numbers("volume"), frozenset({"MET055"})),
    "other issue": (_numbers("issue"), frozenset({"MET055"})),
    "other pages": (_first_page, frozenset({"MET055"})),
    "other last page": (_last_page, frozenset({"MET055"})),
}


def _usable(record: Record) -> bool:
    return (
        record.type == "journal-article"
        and len(record.authors) >= 2
        and all(name.family and name.given for name in record.authors[:4])
        and len(record.title.split()) >= 4
        and bool(record.volume or record.pages or record.article_number)
    )


def _different(one: Record, other: Record) -> bool:
    """Whether swapping a value between two records changes it."""
    return (
        one.containers[0].lower() != other.containers[0].lower()
        and {n.family.lower() for n in one.authors}.isdisjoint({n.family.lower() for n in other.authors})
        and other.doi != one.doi
    )


def make(records: Sequence[Record], gone: Sequence[Record], rng: random.Random, each: int) -> list[Made]:
    """The strings: true ones of every style with and without DOI, and ``each`` of every alteration."""
    made: list[Made] = []
    good = [record for record in records if _usable(record)]
    for style, render in STYLES.items():
        for record in rng.sample(list(records), each // 2):
            raw = render(record)
            made.append(Made(f"{raw} https://doi.org/{record.doi}", "true, with DOI", frozenset(), record.doi))
        plain = rng.sample(good, each // 4) if style not in TITLE_LESS else []
        made += [Made(render(record), "true, without DOI", frozenset(), record.doi) for record in plain]
    styles = [style for style in STYLES if style not in TITLE_LESS]
    for kind, (change, expects) in ALTERED.items():
        count = 0
        while count < each:
            record, other = rng.sample(good, 2)
            style = rng.choice(styles)
            if not _different(record, other):
                continue
            changed = change(record, other, rng)
            raw = STYLES[style](changed)
            if raw == STYLES[style](record):
                continue
            if kind.startswith("author") and _names(raw, changed) < 2 and kind.endswith("swapped"):
                continue
            with_doi = rng.random() < 0.7
            made.append(Made(raw + (f" https://doi.org/{record.doi}" if with_doi else ""), kind, expects, record.doi))
            count += 1
    for _ in range(each):
        record, other = rng.sample(good, 2)
        style = rng.choice(styles)
        if set(record.years) & set(other.years) or not _different(record, other):
            continue
        made.append(
            Made(f"{STYLES[style](record)} https://doi.org/{other.doi}", "DOI of another work", frozenset({"DOI052"}), other.doi)
        )
    gone = [record for record in gone if _usable(record)]
    for _ in range(each):  # no such work: authors, title and place of three works that the registry does not have
        one, two, three = rng.sample(list(gone), 3)
        mixed = replace(three, authors=one.authors, title=two.title, subtitle=two.subtitle, years=(rng.randint(1990, 2023),))
        made.append(Made(STYLES[rng.choice(styles)](mixed), "no such work", frozenset({"FND051"})))
    return made


def _names(raw: str, record: Record) -> int:
    return sum(name.family in raw for name in record.authors[:2])


def main(arguments: Sequence[str] = ()) -> None:
    """``--seed N``, ``--each N`` strings a kind, ``--show N`` failures of each kind in full."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks resolver", description=__doc__)
    for name, value in (("seed", 5), ("each", 120), ("show", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args(list(arguments))
    measure(options.each, options.seed, options.show)


def measure(each: int, seed: int, show: int) -> None:
    """Print findings per kind."""
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        kept_file, kept, gone = Path(place) / "kept.jsonl", [], []
        with kept_file.open("w", encoding="utf-8") as out:
            for work in works(folder, FILES[0]):
                record = from_crossref(work)
                if record and citable(record) and rng.random() < 0.15:
                    gone.append(record)
                    continue
                out.write(json.dumps(work) + "\n")
                if record and citable(record):
                    kept.append(record)
        build([kept_file], Path(place) / "s.sqlite", complete=True)
        resolve = Resolver(snapshot=Snapshot(Path(place) / "s.sqlite"), transport=None, cache=None)
        made = make(kept, gone, rng, each)
        rng.shuffle(made)  # lists of one kind only would be unlike any manuscript; lists of one style would flatter the reader
        findings = audit([item.raw for item in made], resolve)
    counts: dict[str, Counter[str]] = {}
    shown: Counter[str] = Counter()
    for item, found in zip(made, findings, strict=True):
        count = counts.setdefault(item.kind, Counter())
        codes = {finding.code for finding in found} - {"DOI053"}
        count["all"] += 1
        for code in codes:
            count[code] += 1
        right = bool(codes & item.expects) if item.expects else not codes
        caught = bool(codes) if item.expects else not codes
        count["right"] += right
        count["caught"] += caught
        if not right and shown[item.kind] < show:
            shown[item.kind] += 1
            print(f"[{item.kind}] {item.raw}  ({item.doi})")
            for finding in found:
                print(f"    {finding.code} {finding.confidence:.2f} {finding.message}")
    print(f"{'':28}{'n':>6}{'as expected':>13}{'any finding':>13}   findings")
    for kind, count in sorted(counts.items()):
        codes_seen = ", ".join(f"{code} {number}" for code, number in sorted(count.items()) if code[0].isupper())
        told = count["caught"] if not kind.startswith("true") else count["all"] - count["caught"]
        print(f"{kind:28}{count['all']:6}{count['right'] / count['all']:13.3f}{told / count['all']:13.3f}   {codes_seen}")
