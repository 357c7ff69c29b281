"""Writes into a model how often its fields are right.

``python -m references.training.calibrate --corpora DIR --models DIR --model NPZ``

The models of ``references.training.evaluate`` read the sets they were not trained on; for every field the probabilities
they gave are set beside what was right (soft match), smoothed so that more probability never means less (isotonic
regression), and stored with the model that is shipped. The table that is printed is crossed: the fields of each set are
counted by the confidence that the other sets alone would have given them.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fields import as_fields, predict, scorer
from refaudit.parse.fields.model import load

FIELDS = {"authors": "authors", "title": "title", "container": "container", "year": "year", "volume": "volume", "issue": "issue",
          "pages": "page", "publisher": "publisher", "type": "type"}  # fmt: skip
ALIKE = {"editors": "authors", "place": "publisher", "edition": "publisher"}
"""Fields that too few entries have take the table of a field of their kind."""


def isotonic(points: Sequence[tuple[float, bool]], least: int = 60) -> tuple[Any, Any]:
    """Probabilities and the share right at them: pooled neighbours, never falling (pool adjacent violators)."""
    ordered = sorted(points)
    blocks: list[list[float]] = []  # sum of probabilities, number right, number
    for start in range(0, len(ordered), least):
        chunk = ordered[start : start + least]
        blocks.append([sum(c for c, _ in chunk), float(sum(r for _, r in chunk)), float(len(chunk))])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    # one right and one wrong beside each block: a few lucky cases do not make certainty
    shares = np.maximum.accumulate([(right + 1) / (count + 2) for _, right, count in blocks])
    chances = [total / count for total, _, count in blocks]
    return np.array([0.0, *chances, 1.0], dtype=np.float32), np.array([0.0, *shares, shares[-1]], dtype=np.float32)


def judged(rules: Any, corpora: Path, name: str, model: Path) -> dict[str, list[tuple[float, bool]]]:
    """For every field of one set the probability given and whether it was right."""
    found: dict[str, list[tuple[float, bool]]] = {field: [] for field in FIELDS}
    entries = rules.lines(corpora / f"{name}.jsonl")
    for entry, reference in zip(entries, predict(entries, replace(load(str(model)), calibration={})), strict=True):
        gold, read = entry["fields"], as_fields(reference)
        for field, key in FIELDS.items():
            parsed = getattr(reference, field)
            expected, given = rules.value(gold, key, gold), rules.value(read, key, gold)
            if parsed is not None and given and (expected or key != "type"):
                found[field].append((parsed.confidence, bool(expected) and rules.same(key, expected, given, "soft")))
    return found


def crossed(points: Mapping[str, Sequence[tuple[float, bool]]]) -> list[tuple[float, bool]]:
    """The confidence of every field by a table that was fitted on the other sets, and whether it was right."""
    found = []
    for name, own in points.items():
        table = isotonic([pair for other, pairs in points.items() if other != name for pair in pairs])
        found += [(float(np.interp(chance, *table)), right) for chance, right in own]
    return found


def main() -> None:
    """Measure, store, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True, help="folder of models named without-SET.npz")
    parser.add_argument("--sets", nargs="+", default=["csl-rendered", "jats-typeset", "scielo", "linkedbooks"])
    parser.add_argument("--model", type=Path, required=True, help="the model to write into")
    options = parser.parse_args()
    rules = scorer(options.corpora.parents[1])
    points = {name: judged(rules, options.corpora, name, options.models / f"without-{name}.npz") for name in options.sets}
    with np.load(options.model, allow_pickle=False) as data:
        arrays = {name: data[name] for name in data.files if not name.startswith("sure-")}
    for field in FIELDS:
        of_field = {name: found[field] for name, found in points.items()}
        table = isotonic([pair for pairs in of_field.values() for pair in pairs])
        for stored in (field, *(other for other, like in ALIKE.items() if like == field)):
            arrays[f"sure-{stored}"] = np.stack(table)
        sure, shares = crossed(of_field), []
        for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
            chosen = [right for chance, right in sure if low <= chance < high]
            shares.append(f"{low:.1f}: {sum(chosen) / len(chosen):.3f} of {len(chosen)}" if chosen else f"{low:.1f}: none")
        print(f"{field:<10} {'  '.join(shares)}")
    np.savez(options.model, **arrays)


if __name__ == "__main__":
    main()
