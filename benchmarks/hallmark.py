"""Altered and absent references of the public HALLMARK set (development split), beside its valid ones.

``python -m benchmarks hallmark``: its entries go through the reader of .bib files. No registry can be asked, so one is made
of what the set itself holds to be true: the valid entries, titles given as the original of an altered one, and that a DOI is
said not to resolve. Where the set tells nothing of the true work, a registry so small can say nothing either; those entries
are counted apart. So this measures kinds of errors, not coverage: 95 % of the entries are conference papers, most of them
without a record in any registry of DOIs.

``--meetings`` instead puts meetings of real references beside the names under which DBLP and OpenAlex list a work of their title,
and prints which are told to be others: nearly none should be.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.shared import ABSENT, shared
from benchmarks.sources import objects
from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import FileReport, Finding, Level, Reference
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.match.meetings import other_meeting
from refaudit.resolve.snapshot.build import build
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.text import letters

# What one entry says by itself or against a registry; entries are not compared with one another, since the set repeats them.
FAMILIES = ("REF", "DOI", "FND", "MET")
TODAY = datetime.date(2026, 7, 22)  # the day of the set
_ORIGINAL = re.compile(r"\(original: '(.+)'\)")


def rows(folder: Path) -> list[dict[str, Any]]:
    """The entries."""
    with (folder / "hallmark" / "dev_public.jsonl").open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def bib(listed: Sequence[dict[str, Any]]) -> bytes:
    """A .bib file; each entry's key is its number."""
    entries = []
    for number, row in enumerate(listed):
        fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in row["fields"].items())
        entries.append(f"@{row['bibtex_type']}{{e{number},\n{fields}\n}}\n")
    return "\n".join(entries).encode()


def truths(listed: Sequence[dict[str, Any]], read: Sequence[Reference]) -> Iterator[dict[str, Any]]:
    """The works that the set holds to be true, as Crossref would give them, and answers about DOIs."""
    seen: set[str] = set()
    valid = [(number, "") for number, row in enumerate(listed) if row["label"] == "VALID"]
    told = [(n, match[1]) for n, row in enumerate(listed) if (match := _ORIGINAL.search(row.get("explanation") or ""))]
    for number, title in (*valid, *told):
        row, reference = listed[number], read[number]
        title = title or row["fields"].get("title", "")
        if not letters(title) or letters(title) in seen:
            continue
        seen.add(letters(title))
        names = reference.authors.value if reference.authors and reference.authors.value else ()
        yield {
            "DOI": row["fields"].get("doi") or f"10.5555/true.{number}",
            "type": "journal-article" if row["bibtex_type"] == "article" else "proceedings-article",
            "title": [title],
            "author": [
                {"name": name.literal} if name.literal else {"family": name.surname, "given": name.given} for name in names
            ],
            "issued": {"date-parts": [[int(row["fields"]["year"])]]} if row["fields"].get("year", "").isdigit() else {},
            "container-title": [row["fields"].get("journal") or row["fields"].get("booktitle") or ""],
            "volume": row["fields"].get("volume", ""),
            "page": row["fields"].get("pages", "").replace("--", "-"),
        }
    for row in listed:
        if row.get("hallucination_type") == "fabricated_doi" and "does not resolve" in row.get("explanation", ""):
            yield {"DOI": row["fields"]["doi"], "status": "DOI does not exist"}


def audited(listed: Sequence[dict[str, Any]], snapshot: Path | None) -> FileReport:
    """The set as one bibliography, with or without a registry."""
    config = Config(today=TODAY, offline=True, snapshot=str(snapshot) if snapshot else "")
    resolve = Resolver(snapshot=Snapshot(snapshot) if snapshot else None, transport=None, cache=None)
    return audit_file("hallmark.bib", bib(listed), config, resolve=resolve)


def told(report: FileReport) -> dict[str, list[Finding]]:
    """By key of the entry, the errors and warnings that are shown."""
    keys = {reference.id: reference.key for reference in report.references}
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.code.startswith(FAMILIES) and finding.level is not Level.NOTE and finding.confidence >= 0.5:
            for reference in finding.references:
                found[keys[reference] or ""].append(finding)
    return found


def main(arguments: Sequence[str] = ()) -> None:
    """``--show N``: that many valid entries with findings, and altered ones without, of each kind."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks hallmark", description=__doc__)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--meetings", action="store_true", help="names of meetings in real references only")
    options = parser.parse_args(list(arguments))
    show, folder = options.show, shared()
    if folder is None:
        raise SystemExit(ABSENT)
    if options.meetings:
        meetings(folder / "sources")
        return
    listed = rows(folder)
    alone = audited(listed, None)
    read = {reference.key: reference for reference in alone.references}
    with tempfile.TemporaryDirectory() as place:
        works = list(truths(listed, [read[f"e{number}"] for number in range(len(listed))]))
        (Path(place) / "true.jsonl").write_text("".join(json.dumps(work) + "\n" for work in works), encoding="utf-8")
        build([Path(place) / "true.jsonl"], Path(place) / "true.sqlite", complete=True, date=TODAY.isoformat())
        against = audited(listed, Path(place) / "true.sqlite")
    score(listed, works, told(alone), told(against), show)


def meetings(folder: Path) -> None:
    """Print the real pairs of a printed and a listed name that are told to be two meetings."""
    pairs = [*dict.fromkeys([*_listed(folder / "dblp", _of_dblp), *_listed(folder / "openalex", _of_openalex)])]
    others = [(printed, name, title) for printed, name, title in pairs if other_meeting(printed, [name])]
    for printed, name, title in others:
        print(f"{printed!r} is not {name!r}: {title}")
    print(f"{len(pairs)} pairs, {len(others)} told")


def _listed(folder: Path, names: Callable[[dict[str, Any]], tuple[str, list[str]] | None]) -> Iterator[tuple[str, str, str]]:
    """Printed name, listed name and title, for the works that a search for a reference found under its title."""
    known: dict[str, tuple[str, list[str]]] = {}
    with gzip.open(folder / "answers.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            for item in objects(json.loads(line)["body"]):
                if (name := names(item)) and isinstance(item.get("title"), str):
                    known[letters(item["title"])] = name
    with gzip.open(folder / "searches.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            reference = json.loads(line)["reference"]
            found = known.get(letters(reference["title"]))
            if found and reference.get("venue"):
                yield from ((reference["venue"], name, reference["title"]) for name in found[1] if name != reference["venue"])


def _of_dblp(item: dict[str, Any]) -> tuple[str, list[str]] | None:
    venue = item.get("venue")
    return (
        (item["key"], [venue] if isinstance(venue, str) else venue) if venue and item.get("key", "").startswith("conf/") else None
    )


def _of_openalex(item: dict[str, Any]) -> tuple[str, list[str]] | None:
    if "primary_location" not in item:
        return None
    sources = [
        (place.get("source") or {}).get("display_name") or place.get("raw_source_name") for place in item.get("locations") or ()
    ]
    return item["id"], [name for name in sources if name]


def score(
    listed: Sequence[dict[str, Any]],
    works: Sequence[dict[str, Any]],
    alone: dict[str, list[Finding]],
    against: dict[str, list[Finding]],
    show: int,
) -> None:
    """Print how many entries of each kind are told, offline and against the registry, and with which codes."""
    known = {letters(work["title"][0]) for work in works if "title" in work} | {work["DOI"].lower() for work in works}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    for number, row in enumerate(listed):
        original = _ORIGINAL.search(row.get("explanation") or "")
        names = {
            letters(row["fields"].get("title", "")),
            letters(original[1]) if original else "",
            row["fields"].get("doi", "").lower(),
        }
        kind = (
            "valid"
            if row["label"] == "VALID"
            else f"{row['hallucination_type']}{'' if names & known - {''} else ', true work unknown'}"
        )
        found = against.get(f"e{number}", [])
        codes = {finding.code for finding in found}
        counts[kind].update(["n", *(["offline"] if f"e{number}" in alone else []), *(["told"] if codes else []), *codes])
        if bool(codes) == (kind == "valid") and shown[kind] < show:
            shown[kind] += 1
            print(f"[{kind}] {row['fields']}\n    {row.get('explanation')}")
            for finding in found:
                print(f"    {finding.code} {finding.confidence:.2f} {finding.message}")
    print(f"{'':46}{'n':>5}{'offline':>9}{'told':>7}   codes")
    for kind, count in sorted(counts.items(), key=lambda item: ("unknown" in item[0], item[0] != "valid", item[0])):
        shown_codes = ", ".join(f"{code} {n}" for code, n in sorted(count.items()) if code[:3] in FAMILIES)
        print(
            f"{kind.replace('_', ' '):46}{count['n']:5}{count['offline'] / count['n']:9.3f}{count['told'] / count['n']:7.3f}   {shown_codes}"
        )
    altered = [count for kind, count in counts.items() if kind != "valid" and "unknown" not in kind]
    right, all_told = sum(count["told"] for count in altered), sum(count["told"] for count in altered) + counts["valid"]["told"]
    recall, precision = right / sum(count["n"] for count in altered), right / all_told
    print(
        f"where the true work is known: precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f}"
    )
