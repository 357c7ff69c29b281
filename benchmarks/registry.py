"""The client against the stand-in registry: requests, seconds, limits kept, faults survived.

``python -m benchmarks registry``: 500 DOIs with limits enforced; a list of 40 with 20 DOIs; the same again; the same list
under faults, whose verdicts must be those without faults or "could not be checked"; a dead server; hard DOIs.
"""

from __future__ import annotations

import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.matching import FILES, citable, works
from benchmarks.printed import STYLES
from benchmarks.shared import ABSENT, shared
from benchmarks.standin import standin
from refaudit.config import Config
from refaudit.model import Lookup, LookupStatus, Record, Reference, Span
from refaudit.parse.fields import read_fields
from refaudit.resolve.configure import transport
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.sources.record import from_crossref
from refaudit.resolve.wire.cache import Cache

FAULTS = ("--fail-rate", ".1", "--drop-rate", ".05", "--garbage-rate", ".05", "--truncate-rate", ".05", "--hang-rate", ".02")


def references(strings: Sequence[str]) -> tuple[Reference, ...]:
    """Strings as references with their fields read."""
    return read_fields([Reference(id=f"r{n}", span=Span(0, len(raw)), raw=raw) for n, raw in enumerate(strings)])


def ask(listed: Sequence[Reference], environment: dict[str, str]) -> tuple[tuple[Lookup, ...], int, float]:
    """Lookups, requests made, seconds."""
    began = time.perf_counter()
    line, cache = transport(Config(), environment), Cache(Path(environment["REFAUDIT_CACHE_DIR"]) / "answers.sqlite")
    resolve = Resolver(snapshot=None, transport=line, cache=cache)
    lookups = resolve(listed)
    cache.close()
    return lookups, resolve.requests, time.perf_counter() - began


def verdict(lookup: Lookup) -> tuple[Any, ...]:
    """What the rules would see of a lookup."""
    record = lookup.record
    return lookup.status.value, record.doi if record else "", lookup.doi_registered


def _statuses(lookups: Sequence[Lookup]) -> dict[str, int]:
    return dict(Counter(lookup.status.value for lookup in lookups))


def mixed(records: Sequence[Record], rng: random.Random) -> list[str]:
    """A list of 40 with 20 DOIs: known ones, one that does not exist, one of another work, and works that are not there."""
    strings = []
    for number, record in enumerate(rng.sample(list(records), 40)):
        raw = STYLES["apa"](record)
        if number == 0:
            raw += " https://doi.org/10.99999/nothing.1"
        elif number == 1:
            raw += f" https://doi.org/{records[0].doi}"
        elif number < 20:
            raw += f" https://doi.org/{record.doi}"
        elif number > 36:
            place = f"Journal of Absent Things, {number}(2), 1{number}-190."
            raw = f"Quillfeather, B. ({1990 + number}). Untold matters of sediment {number}. {place}"
        strings.append(raw)
    return strings


SICI = "10.1002/(sici)1099-0771(199806)11:2<107::aid-bdm292>3.0.co;2-y"
HARD = (
    ("alias", "https://doi.org/10.26434/chemrxiv.5406907", "10.26434/chemrxiv.5406907.v5"),
    ("SICI", f"doi:{SICI.upper()}.", SICI),
    ("# in the DOI", "https://doi.org/10.5555/hash#1", "10.5555/hash#1"),
    ("? in the DOI", "https://doi.org/10.5555/what?1", "10.5555/what?1"),
    ("autolink and escapes", r"<https://doi.org/10.5555/soil\_1>.", "10.5555/soil_1"),
    ("comma and colon", "doi:10.5555/a,b:c", "10.5555/a,b:c"),
    ("line break", "https://doi.org/10.5555/soil.2010. 01.002", "10.5555/soil.2010.01.002"),
)  # fmt: skip


def hard_dois(folder: Path, place: Path) -> None:
    """DOIs that other clients lose."""
    import json

    extra = place / "extra.jsonl"
    with extra.open("w", encoding="utf-8") as out:
        for _, _, doi in HARD:
            if doi.startswith(("10.5555", "10.1002")):
                work = {"DOI": doi, "type": "journal-article", "title": ["Rain on bare ground"], "author": [{"family": "Lopez"}],
                        "issued": {"date-parts": [[2019]]}, "container-title": ["Soils"], "prefix": doi[:7]}  # fmt: skip
                out.write(json.dumps(work) + "\n")
    with standin(folder, "--enforce", "--works", str(folder / "crossref" / FILES[0]), "--works", str(extra)) as server:
        listed = references([f"Lopez, A. (2019). Rain on bare ground. Journal of Soils. {dress}" for _, dress, _ in HARD])
        lookups, requests, _ = ask(listed, server.environment(place / "hard"))
    for (name, _, doi), lookup in zip(HARD, lookups, strict=True):
        found = lookup.record or lookup.doi_record
        print(f"  {name:24}{'right' if found and found.doi == doi else f'WRONG: {found and found.doi} {lookup.detail}'}")
    print(f"  {requests} requests")


def faults(folder: Path, place: Path, listed: Sequence[Reference], truth: Sequence[Lookup], seeds: int) -> None:
    """The same list under faults: how many verdicts are the same, how many could not be checked, and none may be another."""
    other = unknown = same = 0
    slowest = 0.0
    for seed in range(seeds):
        with standin(folder, "--enforce", "--seed", str(seed), *FAULTS) as server:
            lookups, _, seconds = ask(listed, server.environment(place / f"faults{seed}"))
        slowest = max(slowest, seconds)
        for lookup, right in zip(lookups, truth, strict=True):
            if verdict(lookup) == verdict(right):
                same += 1
            elif lookup.status is LookupStatus.UNAVAILABLE and lookup.doi_registered is not False:
                unknown += 1
            elif (
                lookup.status is LookupStatus.FOUND
                and verdict(lookup)[:2] == verdict(right)[:2]
                and lookup.doi_registered is None
            ):
                unknown += 1  # the work was found by search, whether its DOI exists could not be asked
            else:
                other += 1
                print(f"  OTHER VERDICT (seed {seed}): {verdict(lookup)} {lookup.detail} instead of {verdict(right)}")
    print(f"faults, {seeds} seeds: same {same}, could not be checked {unknown}, other {other}; slowest run {slowest:.1f} s")


def main(arguments: Sequence[str] = ()) -> None:
    """Optional argument: how many seeds of faults."""
    seeds = int(arguments[0]) if arguments else 4
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    rng = random.Random(7)
    records = [record for record in map(from_crossref, works(folder, FILES[0])) if record and citable(record)]
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        many = references([f"{STYLES['apa'](record)} https://doi.org/{record.doi}" for record in rng.sample(records, 500)])
        forty = references(mixed(records, rng))
        runs = (("500 DOIs", many, "a"), ("500 DOIs again", many, "a"), ("40 with 20 DOIs", forty, "b"), ("40 again", forty, "b"))
        with standin(folder, "--enforce", "--latency-ms", "200", "--preload") as server:
            for label, listed, cache in runs:
                server.reset()
                lookups, requests, seconds = ask(listed, server.environment(place / cache))
                refused = sum(server.stats()["sent_429"].values())
                print(f"{label:18}{requests:4} requests {seconds:6.2f} s  429: {refused}  {_statuses(lookups)}")
            truth = lookups
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        for label, address in (("server dead", f"http://127.0.0.1:{port}"), ("server silent", "")):
            with socket.create_server(("127.0.0.1", 0)) as deaf:
                base = address or f"http://127.0.0.1:{deaf.getsockname()[1]}"
                environment = dict.fromkeys(("REFAUDIT_CROSSREF_URL", "REFAUDIT_DOI_URL", "REFAUDIT_DATACITE_URL"), base)
                lookups, requests, seconds = ask(forty, environment | {"REFAUDIT_CACHE_DIR": str(place / label)})
            print(f"{label:18}{requests:4} requests {seconds:6.2f} s  {_statuses(lookups)}  {lookups[0].detail}")
        hard_dois(folder, place)
        faults(folder, place, forty, truth, seeds)
