"""Every source beside Crossref: works that only it knows, printed without and with their identifiers, against the stand-ins.

``python -m benchmarks sources [NAME…] [--each N] [--faults]`` prints per source how many of its works are found, how many of the
accepted records are the right ones, and the requests per entry; with ``--faults`` whether 503s, drops, garbage and a page for
persons change a verdict. Exit code 1 where a wrong record is accepted, or a fault turned a work into "no record".
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from benchmarks.shared import ABSENT, shared
from benchmarks.standin import standin
from refaudit.config import Config
from refaudit.model import Lookup, LookupStatus, Record, Reference, Span
from refaudit.parse.fields import read_fields
from refaudit.resolve.configure import resolver
from refaudit.resolve.match.names import title_letters
from refaudit.resolve.sources.arxiv import from_entry
from refaudit.resolve.sources.dblp import from_hit
from refaudit.resolve.sources.europe_pmc import from_europe_pmc
from refaudit.resolve.sources.open_library import from_open_library
from refaudit.resolve.sources.openalex import from_openalex
from refaudit.resolve.sources.semantic_scholar import from_paper

FAULTS = ["--fail-rate", "0.1", "--drop-rate", "0.05", "--garbage-rate", "0.05", "--dblp-challenge", "200"]
_PATHS = {name: f"/{name}" for name in ("openalex", "europepmc", "eutils", "arxiv", "dblp", "s2", "openlibrary")}


def _rows(folder: Path, service: str) -> Iterator[Any]:
    with gzip.open(folder / service / "answers.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["body"]


def objects(body: Any) -> Iterator[dict[str, Any]]:
    """Every object in an answer, the outer ones first."""
    if isinstance(body, dict):
        yield body
    for one in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        if isinstance(one, dict | list):
            yield from objects(one)


def _dump(folder: Path) -> Iterator[Record | None]:
    with gzip.open(folder / "arxiv" / "dump_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            names = [" ".join(part for part in (name[1], name[0]) if part) for name in row["authors_parsed"]]
            first = row["versions"][0]["created"].split()[3] if row.get("versions") else row["update_date"]
            yield from_entry({"id": row["id"], "title": row["title"], "authors": names, "published": first}, "")


def works(folder: Path, service: str, most: int) -> list[Record]:
    """Works of a service that can be printed as an entry, the same in every run, in no order."""
    readers = {
        "openalex": from_openalex, "europepmc": from_europe_pmc, "dblp": from_hit, "s2": from_paper, "openlibrary": from_open_library,
    }  # fmt: skip
    if service == "arxiv":
        found = list(_dump(folder))
    else:
        read = readers[service]
        found = [read(item, "") for body in _rows(folder, service) for item in objects(body) if "title" in item]
    unique = {title_letters(record.title): record for record in found if record and record.authors and record.years}
    good = [record for record in unique.values() if len(record.title.split()) >= 3 and len(record.title) < 250]
    return sorted(good, key=lambda record: hashlib.sha256(record.title.encode()).hexdigest())[:most]


def printed(record: Record, number: int, service: str) -> Reference:
    """An entry that cites the work, as a list prints it, without an identifier."""
    names = [f"{name.family}, {name.given[:1]}." if name.family else name.literal for name in record.authors[:6]]
    place = record.containers[0] if record.containers else record.publisher
    if service == "arxiv":
        place = "arXiv preprint"
    volume = f", {record.volume}" + (f"({record.issue})" if record.issue else "") if record.volume else ""
    pages = f", {record.pages}" if record.pages else ""
    raw = f"{', '.join(names)} ({record.years[0]}). {record.title}. {place}{volume}{pages}."
    return Reference(id=f"r{number}", span=Span(0, len(raw)), raw=raw)


def right(record: Record, lookup: Lookup) -> bool:
    """Whether the accepted record is the work: the same DOI, or the same title and first author."""
    found = lookup.record
    if found is None:
        return False
    if record.doi and found.doi == record.doi:
        return True
    one, other = (title_letters(f"{of.title}{of.subtitle}") for of in (record, found))
    return fuzz.ratio(one, other) >= 90 or fuzz.partial_ratio(one, other) >= 97


@contextmanager
def services(folder: Path, *options: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The stand-in of all services but Crossref, DataCite and doi.org: its address, and the settings with which it is asked."""
    command = [sys.executable, str(folder / "standin.py"), "--port", "0", "--openlibrary-ua", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            base = server.stdout.readline().strip()
            yield base, {f"REFAUDIT_{name.upper()}_URL": base + path for name, path in _PATHS.items()}
        finally:
            server.kill()


def ask(references: Sequence[Reference], environment: Mapping[str, str]) -> tuple[tuple[Lookup, ...], int]:
    """The lookups under these settings, without waiting for the pace of services, and how many requests they took."""
    resolve = resolver(Config(), environment)
    assert resolve._transport  # noqa: SLF001
    for pace in resolve._transport._pace.values():  # noqa: SLF001
        for window in pace._windows.values():  # noqa: SLF001
            window.limit, window.interval = 1000.0, 1.0
    return resolve(read_fields(list(references))), resolve.requests


def main(arguments: list[str]) -> None:
    """Print the figures."""
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    parser = argparse.ArgumentParser(prog="python -m benchmarks sources")
    parser.add_argument("names", nargs="*", default=["openalex", "europepmc", "dblp", "arxiv", "openlibrary", "s2"])
    parser.add_argument("--each", type=int, default=60, help="works of each source")
    parser.add_argument("--faults", action="store_true", help="with faults beside the run without")
    parser.add_argument("--verbose", action="store_true", help="what is missed and what is wrong")
    chosen = parser.parse_args(arguments)
    bad = False
    with tempfile.TemporaryDirectory() as place, standin(folder) as crossref:
        for name in chosen.names:
            bad |= _measure(folder, name, chosen, crossref.environment(Path(place)), Path(place))
    if bad:
        raise SystemExit(1)


def _measure(folder: Path, name: str, chosen: argparse.Namespace, environment: Mapping[str, str], place: Path) -> bool:
    records = works(folder / "sources", name, chosen.each)
    references = [printed(record, number, name) for number, record in enumerate(records)]
    env = {**environment, "REFAUDIT_S2_KEY": "stand-in"}
    os.environ["REFAUDIT_CACHE_DIR"] = str(place / name)
    with services(folder / "sources") as (_, more):
        lookups, requests = ask(references, {**env, **more})
    found = [lookup.status is LookupStatus.FOUND for lookup in lookups]
    wrong = [number for number, lookup in enumerate(lookups) if found[number] and not right(records[number], lookup)]
    by = Counter(lookup.record.source for lookup in lookups if lookup.record)
    print(
        f"{name:<12} {sum(found):>4} of {len(records)} found ({sum(found) / max(1, len(records)):.3f}), {len(wrong)} wrong, "
        f"{requests / max(1, len(records)):.2f} requests an entry; {', '.join(f'{source} {count}' for source, count in by.most_common())}"
    )
    if chosen.verbose:
        for number, lookup in enumerate(lookups):
            if not found[number] or number in wrong:
                told = "; ".join(f"{one.source} {one.by} {one.said}" for one in lookup.answers)
                got = f" {lookup.record.title} {lookup.record.url}" if lookup.record else ""
                print(f"    {lookup.status} {references[number].raw}\n        {lookup.detail} [{told}]{got}")
    if not chosen.faults:
        return bool(wrong)
    os.environ["REFAUDIT_CACHE_DIR"] = str(place / f"{name}-faults")
    with services(folder / "sources", *FAULTS) as (_, more):
        again, _ = ask(references, {**env, **more})
    changed = Counter(
        (one.status.value, two.status.value) for one, two in zip(lookups, again, strict=True) if one.status != two.status
    )
    lost = changed[LookupStatus.FOUND.value, LookupStatus.NOT_FOUND.value]
    print(f"{'':<12} with faults: {dict(changed) or 'no verdict differs'}, {lost} found ones became no record")
    return bool(wrong or lost)
