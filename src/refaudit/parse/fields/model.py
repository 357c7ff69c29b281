"""The sequence labeller: a linear-chain conditional random field whose weights are small integers in numpy tables.

Made by ``references/training``; ``docs/development/model-card.md`` says from what. Scores, the best path (Viterbi) and the
probability of every label (forward-backward) are computed for many entries at once, sorted by length.
"""

from __future__ import annotations

import io
import pkgutil
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    spelling,
)
from refaudit.parse.fields.tokens import class_of

MANNER = -3  # the place feature that holds the manner of the entry (times SIZE)
HABITS = (13, 14, 22, 38, 41)
PULL = 3.0
TRUST = 0.6
_TOKENS = 4096  # tokens scored at a time: their scores stay in the processor's cache
_ROWS = 64  # entries decoded side by side: wide enough for numpy, narrow enough that lengths stay alike


def lexicon_rows(wanted: NDArray[np.uint32], keys: NDArray[np.uint32], table: NDArray[np.int8]) -> NDArray[np.int8]:
    """The lexicon's row of every word, given by its key; zeros where it has none."""
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
        lows = [spelling(word) for word in group.words]
        wanted = np.array([lexicon_key(low) for low in lows], dtype=np.uint32)
        rows = lexicon_rows(wanted, self.lexicon_keys, self.lexicon)
        kinds = [class_of(word) for word in group.words]
        classes = np.array(kinds, dtype=np.int64)
        hashes = hashed(group.words, lows, kinds, rows)
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
        places = place_features(group, classes, rows.astype(np.float32) / np.float32(LEXICON_STEP))
        rows_of = [index[np.minimum(values, len(index) - 1)] for (index, _), values in zip(self.place, places, strict=True)]
        for start in range(0, group.size, _TOKENS):
            block = total[start : start + _TOKENS]
            for (_, weights), chosen in zip(self.place, rows_of, strict=True):
                block += weights.take(chosen[start : start + _TOKENS], axis=0)
        return total * self.step, places

    def decode(self, scores: Floats, group: Batch) -> Ints:
        """The best label of every token: Viterbi."""
        best = np.zeros(group.size, dtype=np.int64)
        entering = self.transitions.max(axis=0)  # what the best way into a label adds to states that are all nought
        moves = self.transitions[:, :, None]
        for block in _blocks(group):
            # entries stand in the last axis: numpy adds and compares them side by side, whatever label they come from
            local = np.ascontiguousarray(block.padded(scores, -entering).transpose(0, 2, 1))
            local[block.begins, :, np.arange(len(block.begins))] -= entering
            local[0] += entering[:, None]
            width, size, rows = local.shape
            options = np.empty((size, size, rows), dtype=np.float32)
            for at in range(1, width):
                np.add(local[at - 1][:, None, :], moves, out=options)
                local[at] += np.maximum.reduce(options, axis=0)
            path = np.empty((width, rows), dtype=np.int64)
            path[-1] = label = local[-1].argmax(axis=0)
            for at in range(width - 2, -1, -1):
                path[at] = label = (local[at] + self.transitions[:, label]).argmax(axis=0)
            best[block.where[block.real]] = path.T[block.real]
        return best

    def decode_once(self, scores: Floats, group: Batch) -> Ints:
        """The best labels in which a work has one title and one container, each in one stretch.

        The chain sees two neighbours at a time, so it may print a title, a stop, a series and a title again. Entries where that
        happens are decoded again with the label held to its first run, to its last, and to all that lies between; the
        best of these is taken.
        """
        best = self.decode(scores, group)
        owner = np.repeat(np.arange(len(group.first) - 1), np.diff(group.first))
        for label in (self.labels.index(name) for name in ONCE if name in self.labels):
            labelled = best == label
            heads = labelled & np.append(True, ~labelled[:-1] | (owner[1:] != owner[:-1]))
            split = np.flatnonzero(np.bincount(owner[heads], minlength=len(group.first) - 1) > 1)
            if not len(split):
                continue
            held: list[Floats] = []
            for entry in split.tolist():
                span = slice(group.first[entry], group.first[entry + 1])
                own, runs = scores[span], np.flatnonzero(heads[span])
                end = np.flatnonzero(labelled[span])[-1] + 1
                first, last, between = own.copy(), own.copy(), np.full_like(own, _NEVER)
                first[runs[1] :, label] = last[: runs[-1], label] = _NEVER
                between[: runs[0]], between[end:] = own[: runs[0]], own[end:]
                between[runs[0] : end, label] = own[runs[0] : end, label]
                held += [first, last, between]
            starts = np.append(0, np.cumsum([len(one) for one in held]))
            lines = np.concatenate(held)
            again = self.decode(lines, replace(group, types=np.zeros(len(lines), dtype=np.int64), first=starts))
            totals = lines[np.arange(len(lines)), again]
            totals[1:] += np.where(np.isin(np.arange(1, len(lines)), starts), 0, self.transitions[again[:-1], again[1:]])
            chosen = np.add.reduceat(totals, starts[:-1]).reshape(-1, 3).argmax(axis=1)
            for number, entry in enumerate(split.tolist()):
                at = 3 * number + int(chosen[number])
                best[group.first[entry] : group.first[entry + 1]] = again[starts[at] : starts[at + 1]]
        return best

    def chances(self, scores: Floats, group: Batch) -> Floats:
        """The probability of every label for every token: forward and backward, scaled every few steps."""
        chance = np.zeros_like(scores)
        move = np.exp(self.transitions)
        back = np.ascontiguousarray(move.T)
        entering = move.mean(axis=0)  # what the ways into a label make of states that are all alike
        alike = np.float32(1 / len(entering))
        for block in _blocks(group):
            local = block.padded(scores, np.float32(0))
            weight = np.exp(local - local.max(axis=2, keepdims=True))
            ahead = np.where(block.real.T[:, :, None], weight, alike / entering)
            ahead[block.begins, np.arange(len(block.begins))] /= entering
            ahead[0] *= entering
            width = len(ahead)
            forward, backward = np.empty_like(ahead), np.empty_like(ahead)
            forward[0] = ahead[0]
            for at in range(1, width):
                state = np.matmul(forward[at - 1], move, out=forward[at])
                state *= ahead[at]
                if at % _RESCALE == 0:
                    state /= np.maximum(state.sum(axis=1, keepdims=True), _TINY)
            backward[-1] = 1
            for at in range(width - 2, -1, -1):
                state = np.matmul(backward[at + 1] * weight[at + 1], back, out=backward[at])
                if at % _RESCALE == 0:
                    state /= np.maximum(state.sum(axis=1, keepdims=True), _TINY)
            forward *= backward
            forward /= np.maximum(forward.sum(axis=2, keepdims=True), _TINY)
            chance[block.where[block.real]] = forward.transpose(1, 0, 2)[block.real]
        return chance


ONCE = ("title", "container")
_NEVER = np.float32(-1e4)
_TINY = np.float32(1e-30)
_RESCALE = 4  # steps after which the states are brought back to a sum of one: far from the ends of the range of 32 bits


@dataclass(frozen=True)
class _Block:
    """Entries of falling length side by side, padded on the left so that all end together: entry ``i`` fills the columns
    from ``begins[i]`` on; ``where`` holds the token numbers, ``real`` what is no padding.

    Before an entry begins its states are held alike by scores chosen for that, which its first token takes off again:
    so no step asks which entries have begun.
    """

    where: Ints
    begins: Ints
    real: NDArray[np.bool_]

    def padded(self, scores: Floats, padding: Floats | np.float32) -> Floats:
        """The scores by column, entry and label; ``padding`` before an entry begins."""
        found = scores[self.where.T]
        found[~self.real.T] = padding
        return found


def _blocks(group: Batch) -> Iterator[_Block]:
    """The entries in blocks of like length."""
    lengths = np.diff(group.first)
    order = np.argsort(-lengths, kind="stable")
    for start in range(0, len(order), _ROWS):
        chosen = order[start : start + _ROWS]
        width = int(lengths[chosen[0]])
        begins = width - lengths[chosen]
        position = np.arange(width)[None, :] - begins[:, None]
        yield _Block(group.first[chosen][:, None] + np.maximum(position, 0), begins, position >= 0)


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
