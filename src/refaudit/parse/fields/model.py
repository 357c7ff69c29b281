"""The sequence labeller: a linear-chain conditional random field whose weights are small integers in numpy tables.

Made by ``references/training``; ``docs/model-card.md`` says from what. Scores, the best path (Viterbi) and the
probability of every label (forward-backward) are computed for many entries at once, sorted by length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

import numpy as np
from numpy.typing import NDArray

from refaudit.parse.fields.features import (
    KINDS,
    LEXICON_STEP,
    OFFSETS,
    REACH,
    SIZE,
    Batch,
    Floats,
    Ints,
    hashed,
    lexicon_key,
    place_features,
)
from refaudit.parse.fields.tokens import class_of

MANNER = -3  # the place feature that holds the manner of the entry (times SIZE)
HABITS = (2, 13, 14, 22, 23, 27, 37, 38, 42)
PULL = 3.0
TRUST = 0.6
_ROWS = 64  # entries decoded side by side: wide enough for numpy, narrow enough that lengths stay alike


def lexicon_rows(words: Sequence[str], keys: NDArray[np.uint32], table: NDArray[np.int8]) -> NDArray[np.int8]:
    """The lexicon's row of every word, zeros where it has none."""
    wanted = np.array([lexicon_key(word) for word in words], dtype=np.uint32)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where((keys[at] == wanted)[:, None], table[at], np.int8(0)).astype(np.int8)


@dataclass(frozen=True)
class Model:
    """Weights. ``word_keys`` are sorted hashes, ``word_weights[offset]`` their rows (last row zero); ``place`` pairs,
    for each place feature, a table from value to row with the rows (row 0 zero)."""

    labels: tuple[str, ...]
    transitions: Floats
    word_keys: NDArray[np.uint32]
    word_weights: tuple[Floats, ...]
    edges: Floats
    place: tuple[tuple[Ints, Floats], ...]
    lexicon_keys: NDArray[np.uint32]
    lexicon: NDArray[np.int8]

    def scores(self, group: Batch) -> tuple[Floats, list[Ints]]:
        """The score of every label for every token, ``(tokens, labels)``, and the place features they rest on."""
        rows = lexicon_rows(group.words, self.lexicon_keys, self.lexicon)
        kinds = [class_of(word) for word in group.words]
        hashes = hashed(group.words, kinds, rows)
        at = np.minimum(np.searchsorted(self.word_keys, hashes), len(self.word_keys) - 1)
        at = np.where(self.word_keys[at] == hashes, at, len(self.word_keys))
        owner = np.repeat(np.arange(len(group.first) - 1), np.diff(group.first))
        total = np.zeros((group.size, len(self.labels)), dtype=np.float32)
        for number, offset in enumerate(OFFSETS):
            of_type = self.word_weights[number][at[:, : REACH[offset]]].sum(axis=1)
            if offset == 0:
                total += of_type[group.types]
                continue
            near = np.arange(group.size) + offset
            inside = (near >= 0) & (near < group.size)
            clipped = np.where(inside, near, 0)
            inside &= owner[clipped] == owner
            total += np.where(inside[:, None], of_type[group.types[clipped]], self.edges[number])
        places = place_features(group, np.array(kinds, dtype=np.int64), rows.astype(np.float32) / np.float32(LEXICON_STEP))
        for (index, weights), values in zip(self.place, places, strict=True):
            total += weights[index[np.minimum(values, len(index) - 1)]]
        return total, places

    def decode(self, group: Batch, scores: Floats) -> tuple[Ints, Floats]:
        """The best label of every token and the probability of each label, ``(tokens,)`` and ``(tokens, labels)``."""
        best = np.zeros(group.size, dtype=np.int64)
        chance = np.zeros_like(scores)
        lengths = np.diff(group.first)
        order = np.argsort(lengths, kind="stable")
        for start in range(0, len(order), _ROWS):
            chosen = order[start : start + _ROWS]
            self._decode(scores, group.first[chosen], lengths[chosen], best, chance)
        return best, chance

    def _decode(self, scores: Floats, first: Ints, lengths: Ints, best: Ints, chance: Floats) -> None:
        """Entries of rising length side by side, padded on the left so that all end together."""
        count, width, size = len(first), int(lengths[-1]), scores.shape[1]
        position = np.arange(width)[None, :] - (width - lengths)[:, None]
        real = position >= 0
        where = np.where(real, first[:, None] + position, 0)
        local = np.where(real[:, :, None], scores[where], np.float32(0))
        begins = (width - lengths).astype(np.int64)
        # Viterbi
        path = np.zeros((width, count, size), dtype=np.int8)
        state = local[:, 0].copy()
        into = np.ascontiguousarray(self.transitions.T)[None]
        for at in range(1, width):
            options = state[:, None, :] + into
            came = options.argmax(axis=2)
            path[at] = came
            score = np.take_along_axis(state, came, axis=1) + self.transitions[came, np.arange(size)]
            state = np.where((begins < at)[:, None], score, np.float32(0)) + local[:, at]
        label = state.argmax(axis=1)
        rows = np.arange(count)
        for at in range(width - 1, -1, -1):
            alive = begins <= at
            best[where[alive, at]] = label[alive]
            label = path[at][rows, label].astype(np.int64)
        # forward and backward in probabilities, scaled at each step
        peak = local.max(axis=2, keepdims=True)
        weight = np.exp(local - peak)
        move = np.exp(self.transitions)
        forward = np.empty((width, count, size), dtype=np.float32)
        forward[0] = weight[:, 0] / weight[:, 0].sum(axis=1, keepdims=True)
        for at in range(1, width):
            step = np.where((begins < at)[:, None], forward[at - 1] @ move, np.float32(1)) * weight[:, at]
            forward[at] = step / np.maximum(step.sum(axis=1, keepdims=True), np.float32(1e-30))
        backward = np.ones((count, size), dtype=np.float32)
        for at in range(width - 1, -1, -1):
            both = forward[at] * backward
            both /= np.maximum(both.sum(axis=1, keepdims=True), np.float32(1e-30))
            alive = begins <= at
            chance[where[alive, at]] = both[alive]
            backward = (backward * weight[:, at]) @ move.T
            backward /= np.maximum(backward.sum(axis=1, keepdims=True), np.float32(1e-30))


def load(source: IO[bytes] | str) -> Model:
    """The model in an open ``.npz`` file or the file of that name."""
    with np.load(source, allow_pickle=False) as data:
        arrays = {name: data[name] for name in data.files}
    step = np.float32(arrays["step"])
    labels = tuple(str(label) for label in arrays["labels"])
    size = len(labels)
    keys = np.unique(np.concatenate([arrays[f"keys{offset}"] for offset in OFFSETS]))
    tables = []
    edges = np.zeros((len(OFFSETS), size), dtype=np.float32)
    for number, offset in enumerate(OFFSETS):
        table = np.zeros((len(keys) + 1, size), dtype=np.float32)
        table[np.searchsorted(keys, arrays[f"keys{offset}"])] = arrays[f"weights{offset}"].astype(np.float32) * step
        tables.append(table)
        if f"edge{offset}" in arrays:
            edges[number] = arrays[f"edge{offset}"].astype(np.float32) * step
    place: list[tuple[Ints, Floats]] = []
    while f"keysk{len(place)}" in arrays:
        values = arrays[f"keysk{len(place)}"].astype(np.int64)
        index = np.zeros(int(values.max()) + 2, dtype=np.int64)
        index[values] = np.arange(1, len(values) + 1)
        weights = np.zeros((len(values) + 1, size), dtype=np.float32)
        weights[1:] = arrays[f"weightsk{len(place)}"].astype(np.float32) * step
        place.append((index, weights))
    return Model(
        labels=labels,
        transitions=arrays["transitions"].astype(np.float32),
        word_keys=keys,
        word_weights=tuple(tables),
        edges=edges,
        place=tuple(place),
        lexicon_keys=arrays["lexicon_keys"],
        lexicon=arrays["lexicon"].reshape(-1, KINDS),
    )


def in_style(group: Batch, chance: Floats, places: Sequence[Ints]) -> Floats:
    """What the other entries of the list say about each token: to be added to its scores.

    Entries of one list share a style, so a mark or a stretch in a given place has the label that it has in the other
    entries. For each habit (a place feature) the mean label probabilities over the other entries printed in the same
    manner are compared with those over all their tokens; the token's own entry is left out of the count.
    """
    lengths = np.diff(group.first)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    manner = places[MANNER] // SIZE
    bonus = np.zeros_like(chance)
    base = chance.mean(axis=0) + np.float32(1e-3)
    base /= base.sum()
    for number in HABITS:
        _, key = np.unique(manner * (1 << 24) + places[number] % (1 << 24), return_inverse=True)
        _, own = np.unique(key.astype(np.int64) * len(lengths) + owner, return_inverse=True)
        total, count = _sums(key, chance)
        mine, few = _sums(own, chance)
        others = total[key] - mine[own]
        number_of_others = (count[key] - few[own])[:, None]
        mean = (np.maximum(others, 0) + PULL * base) / (number_of_others + PULL)
        bonus += np.log(mean / base).astype(np.float32)
    return bonus * np.float32(TRUST / len(HABITS))


def _sums(key: Ints, values: Floats) -> tuple[Floats, Floats]:
    """Sums and counts of ``values`` by key."""
    order = np.argsort(key, kind="stable")
    heads = np.flatnonzero(np.append(True, np.diff(key[order]) > 0))
    return np.add.reduceat(values[order], heads, axis=0), np.diff(np.append(heads, len(key))).astype(np.float32)


@cache
def shipped() -> Model:
    """The model of the package, loaded at the first list and kept."""
    with files(__package__).joinpath("model.npz").open("rb") as stream:
        return load(stream)
