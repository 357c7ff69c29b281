"""Small inputs with what a careful editor expects of an audit, written as checks a program can make.

    python -m benchmarks cases [--only PIECE] [--verbose] [--check] [--write]

Runs every case of ``cases/dev`` with the checker that comes with the data (those that need a registry against a stand-in on the
loopback), prints what differs and the totals by kind. ``--only`` takes a piece of a name or kind. ``--write`` pins in
``benchmarks/cases.ratchet.tsv`` which pass; ``--check`` fails when one that passed does not. With both, what
got better is pinned.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.shared import ABSENT, companion, program, shared

RATCHET = Path(__file__).with_name("cases.ratchet.tsv")
_HEADER = "# case, then pass or fail. Made by: python -m benchmarks cases --write\n"


def pinned() -> dict[str, str]:
    """The pinned result of each case."""
    lines = RATCHET.read_text(encoding="utf-8").splitlines() if RATCHET.exists() else []
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def regressions(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The cases that passed and fail now."""
    return [name for name, result in now.items() if result == "fail" and before.get(name) == "pass"]


def main(arguments: Sequence[str]) -> None:
    """Run, print, and pin or check when asked to."""
    options = _options(arguments)
    folder = shared()
    if folder is None or not (folder / "cases").is_dir():
        raise SystemExit(ABSENT)
    check = companion(folder / "cases" / "check_cases.py")
    cases = check.load(folder / "cases" / "dev", options.only)
    if options.no_registry:
        cases = [case for case in cases if not case["expect"]["run"].get("registry")]
    results = check.run_all(cases, str(program()), folder / "crossref" / "standin.py", options.jobs)
    now: dict[str, str] = {}
    totals: Counter[tuple[str, str]] = Counter()
    for case in cases:
        differs = check.compare(case["expect"], results[case["name"]])
        now[case["name"]] = "fail" if differs else "pass"
        totals[case["expect"]["kind"], now[case["name"]]] += 1
        if differs or options.verbose:
            print(f"{now[case['name']]} {case['name']} ({case['expect']['kind']}): {'; '.join(differs)}")
    print()
    for kind in sorted({kind for kind, _ in totals}):
        print(f"{kind:<24} pass {totals[kind, 'pass']:>3}  fail {totals[kind, 'fail']:>3}")
    print(f"{'all':<24} pass {list(now.values()).count('pass'):>3}  fail {list(now.values()).count('fail'):>3}")
    before = pinned()
    if better := [name for name, result in now.items() if result == "pass" and before.get(name) == "fail"]:
        print("\npass now: " + " ".join(better))
    if options.check and (worse := regressions(before, now)):
        raise SystemExit("passed when benchmarks/cases.ratchet.tsv was written, and fail: " + " ".join(worse))
    if options.write:
        partial = options.only or options.no_registry
        kept = (before if partial else {}) | now
        RATCHET.write_text(_HEADER + "".join(f"{name}\t{kept[name]}\n" for name in sorted(kept)), encoding="utf-8")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks cases")
    parser.add_argument("--only", default="", help="a piece of the name or kind of a case")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-registry", action="store_true", help="only the cases that ask no registry: these run in batches")
    parser.add_argument("--verbose", action="store_true", help="name the passing cases too")
    parser.add_argument("--check", action="store_true", help="fail for a case that passed when pinned")
    parser.add_argument("--write", action="store_true", help="pin the result")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
