"""What a first run shows on documents that people wrote, against findings that were read and judged by hand.

    python -m benchmarks wild [--only ID...] [--new FILE] [--json FILE] [--keep FOLDER] [--calibration] [--check] [--write]

Audits every document of ``wild/`` as a process of its own, calls the scorer that comes with the data and prints its tables:
precision and recall by kind of document, by rule and by cause. ``--calibration`` prints, for each rule and band of confidence, how
many findings are right. ``--write`` pins the counts in ``benchmarks/wild.ratchet.tsv``; ``--check`` fails when fewer true findings are told or
more false ones than pinned, when a document is read less far than pinned, or when a run crashes; what got better passes. With both,
what passes is pinned. Findings that came after the labels of the data are judged in ``benchmarks/wild.judged.tsv``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.shared import ABSENT, companion, program, shared

RATCHET = Path(__file__).with_name("wild.ratchet.tsv")
JUDGED = Path(__file__).with_name("wild.judged.tsv")
COLUMNS = ("true kept", "true gone", "false kept", "new")
READ = ("items", "references")
LESS = 0.9
"""Share of the citation items or entries that were read of a document below which it counts as no longer read: a list that is lost
takes its false findings with it, which must not look like a gain."""
BANDS = (0.9, 0.8, 0.65, 0.5)
_HEADER = (
    "# document, then findings: true told / true lost / false told / new, then citation items and entries read. "
    "Made by: python -m benchmarks wild --write\n"
)


def pinned() -> dict[str, tuple[int, ...]]:
    """The pinned counts by document."""
    lines = RATCHET.read_text(encoding="utf-8").splitlines() if RATCHET.exists() else []
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: tuple(int(cell) for cell in row[1:]) for row in rows}


def judged() -> list[dict[str, Any]]:
    """What was read and judged of findings that came after the labels of the data, as labels of the same form."""
    rows = [line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [
        {
            **dict(zip(("doc", "code", "path", "line", "fingerprint", "verdict", "cause"), row, strict=True)),
            "line": int(row[3]) if row[3] else None,
            **dict.fromkeys(("paragraph", "page")),
            **dict.fromkeys(("message", "entry"), ""),
            "level": "",
            "how": "read",
        }
        for row in rows
    ]


def counts(rows: Iterable[Mapping[str, Any]], runs: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[int, ...]]:
    """The scorer's rows, and what was read in each document, as pinned."""
    return {
        row["id"]: (*(row.get(column, 0) for column in COLUMNS), *(runs[row["id"]]["read"][what] for what in READ))
        for row in rows
    }


def regressions(before: Mapping[str, Sequence[int]], now: Mapping[str, Sequence[int]]) -> list[str]:
    """What got worse over the documents that both hold: fewer true findings told, more false ones, or a document read less far."""
    both = [name for name in now if name in before]
    told = {column: (sum(before[n][i] for n in both), sum(now[n][i] for n in both)) for i, column in enumerate(COLUMNS)}
    worse = []
    if told["true kept"][1] < told["true kept"][0]:
        worse.append("true findings told: {} were, {} are".format(*told["true kept"]))
    if told["false kept"][1] > told["false kept"][0]:
        worse.append("false findings told: {} were, {} are".format(*told["false kept"]))
    for i, what in enumerate(READ, len(COLUMNS)):
        worse += [f"{n}: {before[n][i]} {what} were read, {now[n][i]} are" for n in both if now[n][i] < LESS * before[n][i]]
    return worse


def band(confidence: float) -> str:
    """The band of confidence a finding is in, for the table of calibration."""
    edges = (1.01, *BANDS)
    return next((f"{low}-{min(high, 1)}" for high, low in zip(edges, BANDS, strict=False) if confidence >= low), "below")


def calibration(
    score: Any, labels: Sequence[Mapping[str, Any]], runs: Mapping[str, Mapping[str, Any]]
) -> Counter[tuple[str, str, str]]:
    """How many findings told today are true, false, or in no label, by rule and band of the confidence they have today."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for name, run in runs.items():
        mine = [label for label in labels if label["doc"] == name]
        found = run["findings"]
        pairs, _, free = score.match(mine, found)
        for i, j, _ in pairs:
            sums[found[j]["code"], band(found[j]["confidence"]), mine[i]["verdict"]] += 1
        for j in free:
            sums[found[j]["code"], band(found[j]["confidence"]), "new"] += 1
    return sums


def main(arguments: Sequence[str]) -> None:
    """Score, print, and pin or check when asked to."""
    options = _options(arguments)
    folder = shared()
    if folder is None or not (folder / "wild").is_dir():
        raise SystemExit(ABSENT)
    wild = folder / "wild"
    score = companion(wild / "score_wild.py")
    docs = [doc for doc in score.read_table(wild) if not options.only or doc["id"] in options.only]
    chosen = {doc["id"] for doc in docs}
    labels = [label for label in (*score.read_lines(wild / "labels.jsonl"), *judged()) if label["doc"] in chosen]
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        results = pool.map(lambda doc: score.audit(wild, doc, str(program()), score.LIMIT_S, options.keep), docs)
        runs = {result["id"]: result for result in results}
    found = score.score(docs, labels, runs)
    score.show(docs, runs, found)
    now, before = counts(found["rows"], runs), pinned()
    _print_changes(before, now)
    if options.calibration:
        print_calibration(calibration(score, labels, runs))
    if options.new:
        lines = (json.dumps(finding, ensure_ascii=False) + "\n" for finding in found["new"])
        options.new.write_text("".join(lines), encoding="utf-8")
    if options.check:
        ended = [f"{name}: {run['ended']}" for name, run in runs.items() if run["ended"] in ("crash", "time")]
        if worse := [*regressions(before, now), *ended]:
            raise SystemExit("worse than pinned in benchmarks/wild.ratchet.tsv: " + "; ".join(worse))
    if options.write:
        kept = (before if options.only else {}) | now
        RATCHET.write_text(_HEADER + "".join("\t".join(map(str, (n, *kept[n]))) + "\n" for n in sorted(kept)), encoding="utf-8")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks wild")
    parser.add_argument("--only", nargs="*", default=[], help="ids of documents")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--new", type=Path, help="write the findings that no label covers there, to be judged")
    parser.add_argument("--keep", type=Path, help="keep each document's JSON report in this folder")
    parser.add_argument("--calibration", action="store_true", help="how many findings are right, by rule and confidence")
    parser.add_argument(
        "--check", action="store_true", help="fail for less true or more false findings than pinned, or less read"
    )
    parser.add_argument("--write", action="store_true", help="pin the result")
    return parser.parse_args(arguments)


def _print_changes(before: Mapping[str, Sequence[int]], now: Mapping[str, Sequence[int]]) -> None:
    changed = [name for name in now if name in before and tuple(before[name]) != tuple(now[name])]
    if changed:
        print("\nother than pinned (true told / true lost / false told / new / items / entries)")
    for name in changed:
        print(f"  {name}  {' / '.join(map(str, before[name]))}  now  {' / '.join(map(str, now[name]))}")


def print_calibration(sums: Mapping[tuple[str, str, str], int]) -> None:
    """A table: rule and band of confidence; right, wrong, share right, share right with every new one counted wrong."""
    print("\n| rule | confidence | true | false | debatable | new | right | new counted false |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    order = [band(low) for low in BANDS]
    rules = sorted({code for code, _, _ in sums})
    for code in (*rules, "all"):
        for row in order:
            count = Counter[str]()
            for (rule, where, verdict), n in sums.items():
                if where == row and code in (rule, "all"):
                    count[verdict] += n
            if not count:
                continue
            right, wrong, new = count["true"], count["false"], count["new"]
            shares = (f"{right / n:.2f}" if n else "-" for n in (right + wrong, right + wrong + new))
            print(f"| {code} | {row} | {right} | {wrong} | {count['debatable']} | {new} | " + " | ".join(shares) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
