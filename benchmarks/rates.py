"""How often each rule fires on real manuscripts, per 100 references.

    python -m benchmarks rates [--show CODE…] [--only ID…]

Published papers have few defects, so a rule that fires often is probably wrong: ``--show`` prints its findings with
the text they are about, to be read by eye. LNK003 is counted apart for entries that the gold says are cited, since
tables and figures (where the others are cited) are left out of these texts.
"""

from __future__ import annotations

import argparse
import datetime
import time
from collections import Counter, defaultdict
from collections.abc import Sequence

from benchmarks.gold import Gold, manuscripts
from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import FileReport, Finding, Span
from refaudit.rules import RULES

CONFIG = Config(today=datetime.date(2026, 1, 15), offline=True)


def findings(gold: Gold) -> tuple[FileReport, list[Finding]]:
    """What an offline audit shows of a manuscript."""
    report = audit_file(f"{gold.id}.{gold.form}", gold.text.encode(), CONFIG)
    return report, [finding for finding in report.findings if finding.confidence >= CONFIG.min_confidence]


def source_span(report: FileReport, span: Span) -> tuple[int, int]:
    """Where a stretch of the text as read stands in the file, as gold counts."""
    assert report.document is not None
    place = report.document.locate(span)
    return place.start, place.end


def gold_cited(gold: Gold, report: FileReport, finding: Finding) -> bool:
    """Whether the entry of an LNK003 finding overlaps a reference that the gold says is cited."""
    spans = [(r["start"], r["end"]) for r in gold.references if r["id"] in gold.cited and r.get("end")]
    places = [source_span(report, r.span) for r in report.references if r.id in finding.references]
    return any(low < end and start < high for low, high in places for start, end in spans)


def main(arguments: Sequence[str]) -> None:
    """Count, and print findings of the codes asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks rates")
    parser.add_argument("--show", nargs="*", default=[], help="codes whose findings are printed with their texts")
    parser.add_argument("--only", nargs="*", default=[], help="ids of manuscripts, or beginnings of them")
    options = parser.parse_args(arguments)
    fired: Counter[str] = Counter()
    papers: dict[str, set[str]] = defaultdict(set)
    references = documents = 0
    start = time.perf_counter()
    for gold in manuscripts():
        if options.only and not gold.id.startswith(tuple(options.only)):
            continue
        report, found = findings(gold)
        references += len(gold.references)
        documents += 1
        for finding in found:
            code = finding.code
            if code == "LNK003" and not gold_cited(gold, report, finding):
                code = "LNK003 (not cited in gold)"
            fired[code] += 1
            papers[code].add(gold.id)
            if finding.code in options.show and code == finding.code:
                _show(gold, report, finding)
    seconds = time.perf_counter() - start
    print(f"{documents} manuscripts, {references} references, {seconds:.1f} s")
    levels = {rule.code: rule.level.value for rule in RULES}
    for code in sorted(fired):
        per100 = 100 * fired[code] / references
        print(f"{code:<28}{levels[code[:6]]:<9}{fired[code]:>5}{per100:>7.2f} per 100 references in {len(papers[code])} papers")
    for level, least in (("error", 0.5), ("warning", 2.0)):
        total = sum(count for code, count in fired.items() if levels.get(code) == level)
        print(f"{level}s: {100 * total / references:.2f} per 100 references (budget for false ones: {least})")


def _show(gold: Gold, report: FileReport, finding: Finding) -> None:
    print(f"{finding.code} {gold.id}:{finding.location.line}:{finding.location.column} {finding.message}")
    entry = {reference.id: reference.raw for reference in report.references}
    for identity in finding.references[:3]:
        print(f"      {entry[identity][:240]}")
    if finding.citations and finding.span:
        start, end = source_span(report, finding.span)
        print(f"      … {' '.join(gold.text[max(0, start - 70) : end + 50].split())} …")
