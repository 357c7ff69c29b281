"""The sequence labeller: a linear-chain conditional random field whose weights are small integers in numpy tables.

Made by ``references/training``; ``docs/model-card.md`` says from what. Scores, the best path (Viterbi) and the
probability of every label (forward-backward) are computed for many entries at once, sorted by length.
"""

from __future__ import annotations

import io
import pkgutil
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

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
HABITS = (13, 14, 22, 38, 41)
PULL = 3.0
TRUST = 0.6
_TOKENS = 4096  # tokens scored at a time: their scores stay in the processor's cache
_ROWS = 128  # entries decoded side by side: wide enough for numpy, narrow enough that lengths stay alike


def lexicon_rows(words: Sequence[str], keys: NDArray[np.uint32], table: NDArray[np.int8]) -> NDArray[np.int8]:
    """The lexicon's row of every word, zeros where it has none."""
    wanted = np.array([lexicon_key(word) for word in words], dtype=np.uint32)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where((keys[at] == wanted)[:, None], table[at], np.int8(0)).astype(np.int8)


@dataclass(frozen=True)
class Model:
    """Weights in units of ``step``. ``word_keys`` are sorted hashes, ``word_weights[offset]`` their rows (last row zero); ``place`` pairs,
    for each place feature, a table from value to row with the rows (row 0 zero). ``calibration`` pairs, by field, probabilities
    of the model with the share of fields that were right at them."""

    labels: tuple[str, ...]
    transitions: Floats
    word_keys: NDArray[np.uint32]
    step: np.float32
    word_weights: tuple[NDArray[np.int8], ...]
    edges: NDArray[np.int16]
    place: tuple[tuple[Ints, NDArray[np.int16]], ...]
    lexicon_keys: NDArray[np.uint32]
    lexicon: NDArray[np.int8]
    calibration: Mapping[str, tuple[list[float], list[float]]]

    def sureness(self, field: str, chance: float) -> float:
        """The share of fields that were right, on references the model had not seen, where it gave ``chance``."""
        known = self.calibration.get(field)
        if known is None:
            return chance
        chances, shares = known
        at = min(max(bisect_right(chances, chance), 1), len(chances) - 1)
        low, high = chances[at - 1], chances[at]
        part = (chance - low) / (high - low) if high > low else 1.0
        return shares[at - 1] + (shares[at] - shares[at - 1]) * min(1.0, part)

    def scores(self, group: Batch) -> tuple[Floats, list[Ints]]:
        """The score of every label for every token, ``(tokens, labels)``, and the place features they rest on."""
        rows = lexicon_rows(group.words, self.lexicon_keys, self.lexicon)
        kinds = [class_of(word) for word in group.words]
        hashes = hashed(group.words, kinds, rows)
        at = np.minimum(np.searchsorted(self.word_keys, hashes), len(self.word_keys) - 1)
        at = np.where(self.word_keys[at] == hashes, at, len(self.word_keys))
        owner = np.repeat(np.arange(len(group.first) - 1), np.diff(group.first))
        total = np.zeros((group.size, len(self.labels)), dtype=np.int16)  # some 110 weights of one byte fit
        for number, offset in enumerate(OFFSETS):
            of_type = self.word_weights[number][at[:, : REACH[offset]]].sum(axis=1, dtype=np.int16)
            if offset == 0:
                total += of_type[group.types]
                continue
            near = np.arange(group.size) + offset
            inside = (near >= 0) & (near < group.size)
            clipped = np.where(inside, near, 0)
            inside &= owner[clipped] == owner
            total += np.where(inside[:, None], of_type[group.types[clipped]], self.edges[number])
        places = place_features(group, np.array(kinds, dtype=np.int64), rows.astype(np.float32) / np.float32(LEXICON_STEP))
        rows_of = [index[np.minimum(values, len(index) - 1)] for (index, _), values in zip(self.place, places, strict=True)]
        for start in range(0, group.size, _TOKENS):
            block = total[start : start + _TOKENS]
            for (_, weights), chosen in zip(self.place, rows_of, strict=True):
                block += weights.take(chosen[start : start + _TOKENS], axis=0)
        return total * self.step, places

    def decode(self, scores: Floats, group: Batch) -> Ints:
        """The best label of every token: Viterbi."""
        best = np.zeros(group.size, dtype=np.int64)
        size = scores.shape[1]
        into = np.ascontiguousarray(self.transitions.T)[None]
        for block in _blocks(group):
            local, begins = block.padded(scores), block.begins
            width, rows = local.shape[0], np.arange(len(begins))
            path = np.zeros(local.shape, dtype=np.int8)
            state = local[0].copy()
            for at in range(1, width):
                options = state[:, None, :] + into
                came = options.argmax(axis=2)
                path[at] = came
                score = np.take_along_axis(state, came, axis=1) + self.transitions[came, np.arange(size)]
                if begins[-1] >= at:
                    score = np.where((begins < at)[:, None], score, np.float32(0))
                state = score + local[at]
            label = state.argmax(axis=1)
            for at in range(width - 1, -1, -1):
                alive = block.alive(at)
                best[block.where[:alive, at]] = label[:alive]
                label = path[at][rows, label].astype(np.int64)
        return best

    def chances(self, scores: Floats, group: Batch) -> Floats:
        """The probability of every label for every token: forward and backward, scaled at each step."""
        chance = np.zeros_like(scores)
        move = np.exp(self.transitions)
        back = np.ascontiguousarray(move.T)
        for block in _blocks(group):
            local, begins = block.padded(scores), block.begins
            width = local.shape[0]
            weight = np.exp(local - local.max(axis=2, keepdims=True))
            forward = np.empty_like(weight)
            forward[0] = weight[0] / weight[0].sum(axis=1, keepdims=True)
            for at in range(1, width):
                step = forward[at - 1] @ move
                if begins[-1] >= at:
                    step = np.where((begins < at)[:, None], step, np.float32(1))
                step *= weight[at]
                step /= np.maximum(step.sum(axis=1, keepdims=True), _TINY)
                forward[at] = step
            backward = np.ones((len(begins), scores.shape[1]), dtype=np.float32)
            for at in range(width - 1, -1, -1):
                alive = block.alive(at)
                both = forward[at][:alive] * backward[:alive]
                both /= np.maximum(both.sum(axis=1, keepdims=True), _TINY)
                chance[block.where[:alive, at]] = both
                backward = (backward * weight[at]) @ back
                backward /= np.maximum(backward.sum(axis=1, keepdims=True), _TINY)
        return chance


_TINY = np.float32(1e-30)


@dataclass(frozen=True)
class _Block:
    """Entries of falling length side by side, padded on the left so that all end together: entry ``i`` fills the columns
    from ``begins[i]`` on, and ``where`` holds the token numbers."""

    where: Ints
    begins: Ints

    def padded(self, scores: Floats) -> Floats:
        """The scores by column, entry and label; zeros before an entry begins."""
        real = np.arange(self.where.shape[1])[None, :] >= self.begins[:, None]
        return np.ascontiguousarray(np.where(real[:, :, None], scores[self.where], np.float32(0)).transpose(1, 0, 2))

    def alive(self, at: int) -> int:
        """How many entries have begun by column ``at``."""
        return int(np.searchsorted(self.begins, at, side="right"))


def _blocks(group: Batch) -> Iterator[_Block]:
    """The entries in blocks of like length."""
    lengths = np.diff(group.first)
    order = np.argsort(-lengths, kind="stable")
    for start in range(0, len(order), _ROWS):
        chosen = order[start : start + _ROWS]
        width = int(lengths[chosen[0]])
        begins = width - lengths[chosen]
        position = np.arange(width)[None, :] - begins[:, None]
        yield _Block(np.maximum(group.first[chosen][:, None] + np.maximum(position, 0), 0), begins)


def pack(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The tables of a trained model (``keysG`` and ``weightsG`` of each group of features) as ``load`` reads them.

    Few and large arrays load quickly: the place features stand one behind the other, and the word features point at the
    rows of one list of keys.
    """
    groups: list[str] = []
    while f"keysk{len(groups)}" in arrays:
        groups.append(f"k{len(groups)}")
    keys = np.unique(np.concatenate([arrays[f"keys{offset}"] for offset in OFFSETS]))
    packed = {name: value for name, value in arrays.items() if not name.startswith(("keys", "weightsk"))}
    packed["word_keys"] = keys
    for offset in OFFSETS:
        packed[f"rows{offset}"] = np.searchsorted(keys, arrays[f"keys{offset}"]).astype(np.uint32)
    packed["place_sizes"] = np.array([len(arrays[f"keys{group}"]) for group in groups], dtype=np.int64)
    packed["place_keys"] = np.concatenate([arrays[f"keys{group}"] for group in groups])
    packed["place_weights"] = np.concatenate([arrays[f"weights{group}"] for group in groups])
    return packed


def load(source: IO[bytes] | str) -> Model:
    """The model in an open ``.npz`` file or the file of that name."""
    with np.load(source, allow_pickle=False) as data:
        arrays = {name: data[name] for name in data.files}
    labels = tuple(str(label) for label in arrays["labels"])
    size = len(labels)
    keys = arrays["word_keys"]
    tables = []
    edges = np.zeros((len(OFFSETS), size), dtype=np.int16)
    for number, offset in enumerate(OFFSETS):
        table = np.zeros((len(keys) + 1, size), dtype=np.int8)
        table[arrays[f"rows{offset}"]] = arrays[f"weights{offset}"]
        tables.append(table)
        if f"edge{offset}" in arrays:
            edges[number] = arrays[f"edge{offset}"]
    place: list[tuple[Ints, NDArray[np.int16]]] = []
    ends = np.cumsum(arrays["place_sizes"])
    for begin, end in zip([0, *ends[:-1]], ends, strict=True):
        values = arrays["place_keys"][begin:end].astype(np.int64)
        index = np.zeros(int(values.max()) + 2, dtype=np.int64)
        index[values] = np.arange(1, len(values) + 1)
        weights = np.zeros((len(values) + 1, size), dtype=np.int16)
        weights[1:] = arrays["place_weights"][begin:end]
        place.append((index, weights))
    return Model(
        labels=labels,
        transitions=arrays["transitions"].astype(np.float32),
        word_keys=keys,
        step=np.float32(arrays["step"]),
        word_weights=tuple(tables),
        edges=edges,
        place=tuple(place),
        lexicon_keys=arrays["lexicon_keys"],
        lexicon=arrays["lexicon"].reshape(-1, KINDS),
        calibration={
            name.removeprefix("sure-"): (arrays[name][0].tolist(), arrays[name][1].tolist())
            for name in arrays
            if name.startswith("sure-")
        },
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
        key = (((manner * 40503) ^ (places[number] * 2654435761 >> 7)) & 0xFFFF).astype(np.uint16)
        order = np.argsort(key, kind="stable")  # radix for 16 bits; tokens of one entry stay together within a key
        sorted_key, sorted_owner, values = key[order], owner[order], chance[order]
        new_key = np.append(True, sorted_key[1:] != sorted_key[:-1])
        heads = np.flatnonzero(new_key | np.append(True, sorted_owner[1:] != sorted_owner[:-1]))
        few = np.diff(np.append(heads, len(key))).astype(np.float32)
        mine = np.add.reduceat(values, heads, axis=0)
        starts = np.flatnonzero(new_key[heads])
        runs = np.diff(np.append(starts, len(heads)))
        others = np.repeat(np.add.reduceat(mine, starts, axis=0), runs, axis=0) - mine
        count = np.repeat(np.add.reduceat(few, starts), runs) - few
        mean = (np.maximum(others, 0) + np.float32(PULL) * base) / (count + np.float32(PULL))[:, None]
        gain = np.log(mean / base)
        bonus[order] += np.repeat(gain, few.astype(np.int64), axis=0)
    return bonus * np.float32(TRUST / len(HABITS))


@cache
def shipped() -> Model:
    """The model of the package, loaded at the first list and kept."""
    data = pkgutil.get_data(__package__, "model.npz")  # importlib.resources takes longer to load than the model
    if data is None:
        raise FileNotFoundError("the package was installed without its model file model.npz")
    return load(io.BytesIO(data))
