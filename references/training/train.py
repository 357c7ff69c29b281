"""Trains the labeller: ``python -m references.training.train --rendered FILE --crossref DIR [--corpora DIR] --out model.npz``."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from refaudit.parse.fields import features as feature
from refaudit.parse.fields.features import OFFSETS, batch, hashed, lexicon_key, place_features, spelling
from refaudit.parse.fields.model import lexicon_rows, pack
from refaudit.parse.fields.tokens import class_of
from references.training import crf, lexicon, rare
from references.training.facts import Facts, Maker, load, title_key
from references.training.labels import read_set, token_labels
from references.training.noise import wear
from references.training.render import Labelled
from references.training.templates import make

_NAMING = (1, 13, 14, 16)  # the columns of ``hashed`` whose features all but name the word
_LEAST_WEIGHT = 0.07  # features with less say are left out of the file: 8 MB are allowed
FREE = ("anystyle-gold", "csl-rendered", "grobid-citation", "jats-typeset", "linkedbooks", "scielo")
"""The labelled sets whose licences let a model be made of them (BSD, Apache, MIT, CC BY, CC0)."""
LABELS = (
    "author",
    "org",
    "editor",
    "title",
    "container",
    "year",
    "volume",
    "issue",
    "page",
    "publisher",
    "place",
    "edition",
    "series",
    "doi",
    "url",
    "accessed",
    "type",
    "note",
    "other",
    "lead",
)


Table = tuple[Any, Any]
EDGE = 1
"""The hash that stands for a neighbour beyond the ends of an entry."""


def columns_of(labelled: Sequence[Labelled], table: Table) -> tuple[crf.Tokens, list[tuple[str, int]]]:
    """The tokens with the columns of their features, and the meaning of each column ``(group, value)``. Features met fewer
    than three times are left out."""
    pairs = [pair for pair in map(token_labels, labelled) if pair]
    group = batch([tokens for tokens, _ in pairs])
    gold = np.array([LABELS.index(label) for _, labels in pairs for label in labels], dtype=np.int32)
    lows = [spelling(word) for word in group.words]
    wanted = np.array([lexicon_key(low) for low in lows], dtype=np.uint32)
    rows = lexicon_rows(wanted, *table)
    kinds = np.array([class_of(word) for word in group.words], dtype=np.int64)
    hashes = hashed(group.words, lows, kinds.tolist(), rows).astype(np.int64)
    beyond = np.zeros((1, hashes.shape[1]), dtype=np.int64)
    beyond[0, 0] = EDGE
    hashes = np.concatenate([hashes, beyond])  # the last type stands beyond the ends of an entry
    hashes[hashes == 0] = -1
    owner = np.repeat(np.arange(len(group.first) - 1), np.diff(group.first))
    meaning: list[tuple[str, int]] = []
    types = np.zeros((group.size, len(OFFSETS)), dtype=np.int32)
    tables, naming = [], []
    for number, offset in enumerate(OFFSETS):
        near = np.arange(group.size) + offset
        inside = (near >= 0) & (near < group.size)
        clipped = np.where(inside, near, 0)
        inside &= owner[clipped] == owner
        types[:, number] = np.where(inside, group.types[clipped], len(group.words))
        often = np.bincount(types[:, number], minlength=len(hashes))
        width = feature.REACH[offset]
        known, local = np.unique(hashes[:, :width], return_inverse=True)
        local = local.reshape(-1, width)
        counts = np.zeros(len(known), dtype=np.int64)
        for column in range(width):
            np.add.at(counts, local[:, column], often)
        kept = (counts >= 3) & (known >= 0)
        numbers = np.where(kept, np.cumsum(kept) - 1 + len(meaning), -1).astype(np.int32)
        meaning.extend((str(offset), int(value)) for value in known[kept])
        tables.append(numbers[local])
        naming.append(np.isin(np.arange(width), _NAMING))
    listed = []
    leanings = rows.astype(np.float32) / np.float32(feature.LEXICON_STEP)
    for number, values in enumerate(place_features(group, kinds, leanings)):
        counts = np.bincount(values)
        kept = counts >= 3
        numbers = np.where(kept, np.cumsum(kept) - 1 + len(meaning), -1).astype(np.int32)
        meaning.extend((f"k{number}", int(value)) for value in np.flatnonzero(kept))
        listed.append(numbers[values])
    return crf.Tokens(types, tuple(tables), tuple(naming), np.stack(listed, axis=1), group.first, gold), meaning


def train(
    labelled: Sequence[Labelled], table: Table, out: Path, *, epochs: int, rate: float, l2: float, drop: float, seed: int
) -> None:
    """Fit the weights and write the model."""
    tokens, meaning = columns_of(labelled, table)
    print(f"{len(tokens.first) - 1} references, {len(tokens.gold)} tokens, {len(meaning)} features", flush=True)
    weights, transitions = crf.fit(tokens, len(meaning), len(LABELS), epochs=epochs, rate=rate, l2=l2, drop=drop, seed=seed)
    export(weights, transitions, meaning, table, out)


def export(weights: Any, transitions: Any, meaning: Sequence[tuple[str, int]], table: Table, out: Path) -> None:
    """Weights in tables of small integers, by group of features: sorted values and one row of labels for each."""
    step = min(float(np.abs(weights).max()), 5.0) / 127
    small = np.clip(np.round(weights / step), -127, 127).astype(np.int8)
    arrays: dict[str, Any] = {
        "labels": np.array(LABELS), "transitions": transitions, "step": np.float32(step),
        "lexicon_keys": table[0], "lexicon": table[1],
    }  # fmt: skip
    groups: dict[str, list[int]] = {}
    for column, (group, value) in enumerate(meaning):
        if group[0] != "k" and value == EDGE:
            arrays[f"edge{group}"] = small[column]
        elif (np.abs(small[column]) * step).max() >= _LEAST_WEIGHT:
            groups.setdefault(group, []).append(column)
    for group, columns in groups.items():
        columns.sort(key=lambda column: meaning[column][1])
        arrays[f"keys{group}"] = np.array([meaning[column][1] for column in columns], dtype=np.uint32)
        arrays[f"weights{group}"] = small[columns]
    tables: dict[str, Any] = dict(pack(arrays))
    np.savez(out, **tables)


def gather(
    facts: Facts,
    rendered: Path,
    corpora: Path | None,
    sets: Sequence[str],
    *,
    templates: int,
    rares: int,
    seed: int,
    skip_styles: set[str],
    excluded: set[str],
    copies: int = 1,
) -> list[Labelled]:
    """All training references: rendered, templated and hand-labelled, worn and shuffled."""
    pick = random.Random(seed)
    found = [entry for entry in map(json.loads, rendered.read_text("utf8").splitlines()) if entry["style"] not in skip_styles]
    found += make(Maker(facts, seed), templates, seed)
    found += rare.make(Maker(facts, seed + 1), rares, seed + 1)
    found = [wear(entry, pick) for entry in found]
    for name in sets if corpora else ():
        assert corpora is not None
        for entry in read_set(corpora / f"{name}.jsonl"):
            titles = [entry["raw"][s:e] for s, e, label in entry["spans"] if label == "title"]
            if not any(title_key(title) in excluded for title in titles):
                found += [entry] * copies
    pick.shuffle(found)
    return found


def titles_of(paths: Iterable[Path]) -> set[str]:
    """The title keys of labelled files."""
    return {
        title_key(json.loads(line)["fields"].get("title", "")) for path in paths for line in path.read_text("utf8").splitlines()
    } - {""}


def arguments(description: str) -> argparse.ArgumentParser:
    """The options that training and evaluation share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rendered", type=Path, required=True, help="what references.training.build wrote")
    parser.add_argument("--crossref", type=Path, required=True, help="folder of registry records")
    parser.add_argument("--corpora", type=Path, help="folder of labelled sets (jsonl)")
    parser.add_argument("--templates", type=int, default=9000)
    parser.add_argument("--rares", type=int, default=9000, help="references of kinds that registries and styles do not hold")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--l2", type=float, default=5e-3)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    return parser


def run(options: argparse.Namespace, leave_out: Sequence[str], out: Path) -> None:
    """Train one model without the sets named, their titles and their styles."""
    begun = time.monotonic()
    corpora = sorted(options.corpora.glob("*.jsonl")) if options.corpora else []
    left = [path for path in corpora if path.stem in leave_out]
    styles = {json.loads(line).get("style", "") for path in left for line in path.read_text("utf8").splitlines()} - {""}
    facts = load(options.crossref, titles_of(corpora))
    labelled = gather(
        facts, options.rendered, options.corpora, [name for name in FREE if name not in leave_out], templates=options.templates, rares=options.rares,
        seed=options.seed, skip_styles=styles, excluded=titles_of(left), copies=options.copies,
    )  # fmt: skip
    table = lexicon.build(facts)
    train(labelled, table, out, epochs=options.epochs, rate=options.rate, l2=options.l2, drop=options.drop, seed=options.seed)
    size = out.stat().st_size / 1e6
    print(
        f"{len(labelled)} references, {len(table[0])} words in the lexicon, {size:.1f} MB, {time.monotonic() - begun:.0f} s",
        flush=True,
    )


def main() -> None:
    """Train one model."""
    parser = arguments(__doc__ or "")
    parser.add_argument(
        "--leave-out", nargs="*", default=[], help="sets not to train on; their titles and styles are left out too"
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    run(options, options.leave_out, options.out)


if __name__ == "__main__":
    main()
