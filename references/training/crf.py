"""Fits a linear-chain conditional random field by stochastic gradient (AdaGrad, averaged) on sparse integer features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass
class Tokens:
    """The tokens of all entries, end to end, with the columns of the weight matrix that they use (-1: none).

    ``types[i, k]`` is the row of ``word_columns[k]`` for the ``k``-th neighbour of token ``i`` (itself included); the
    columns that a row holds are features of the word, and ``naming[k]`` says which of them all but name it.
    ``place_columns`` holds the features of the token's place, one row a token.
    """

    types: Ints
    word_columns: tuple[Ints, ...]
    naming: tuple[NDArray[np.bool_], ...]
    place_columns: Ints
    first: NDArray[np.int64]
    gold: Ints


@numba.njit(cache=True)
def _dropped(token: int, feature: int, salt: int, level: int) -> bool:
    """Whether a feature that names a word is left out this time: a hash of token, feature and epoch, so that the forward
    and the backward pass agree."""
    mixed = (token * 2654435761 + feature * 40503 + salt * 97 + 12345) & 0xFFFFFFFF
    mixed ^= mixed >> 15
    mixed = (mixed * 2246822519) & 0xFFFFFFFF
    mixed ^= mixed >> 13
    return (mixed & 0xFFFF) < level


@numba.njit(fastmath=True, cache=True)
def _gather(token: int, columns: Any, types: Any, tables: Any, naming: Any, places: Any, salt: int, level: int) -> int:
    """Writes the columns of a token into ``columns``; how many there are."""
    count = 0
    for near in range(types.shape[1]):
        row = types[token, near]
        for number in range(tables.shape[2]):
            column = tables[near, row, number]
            if column >= 0 and not (naming[near, number] and _dropped(token, near * 64 + number, salt, level)):
                columns[count] = column
                count += 1
    for number in range(places.shape[1]):
        column = places[token, number]
        if column >= 0:
            columns[count] = column
            count += 1
    return count


@numba.njit(fastmath=True, cache=True)
def spread(scores: Any, gold: Any, transitions: Any, move: Any, forward: Any, node: Any, pairs: Any) -> float:
    """The loss of one entry. ``node`` is filled with expected minus observed labels, and to ``pairs`` expected minus observed
    transitions are added. ``move`` holds the exponentials of ``transitions``; ``scores`` and ``forward`` are written over."""
    width, size = len(gold), scores.shape[1]
    loss = 0.0
    for at in range(width):
        own = gold[at]
        loss -= scores[at, own]
        if at:
            loss -= transitions[gold[at - 1], own]
            pairs[gold[at - 1], own] -= 1
        peak = scores[at].max()
        total = np.float32(0)
        for label in range(size):
            scores[at, label] = np.exp(scores[at, label] - peak)
            reach = np.float32(1)
            if at:
                reach = np.float32(0)
                for before in range(size):
                    reach += forward[at - 1, before] * move[before, label]
            forward[at, label] = reach * scores[at, label]
            total += forward[at, label]
        total = max(total, np.float32(1e-30))
        for label in range(size):
            forward[at, label] /= total
        loss += np.log(total) + peak
    backward = np.ones(size, np.float32)
    ahead = np.zeros(size, np.float32)
    for at in range(width - 1, -1, -1):
        total = np.float32(0)
        for label in range(size):
            node[at, label] = forward[at, label] * backward[label]
            total += node[at, label]
        total = max(total, np.float32(1e-30))
        for label in range(size):
            node[at, label] /= total
            ahead[label] = backward[label] * scores[at, label]
        if at:
            total = np.float32(0)
            peak = np.float32(0)
            for before in range(size):
                reach = np.float32(0)
                for label in range(size):
                    reach += move[before, label] * ahead[label]
                backward[before] = reach
                total += forward[at - 1, before] * reach
                peak += reach
            scale = np.float32(1) / max(total, np.float32(1e-30))
            for before in range(size):
                part = forward[at - 1, before] * scale
                for label in range(size):
                    pairs[before, label] += part * move[before, label] * ahead[label]
            for label in range(size):
                backward[label] /= max(peak, np.float32(1e-30))
    for at in range(width):
        node[at, gold[at]] -= 1
    return loss


@numba.njit(fastmath=True, cache=True)
def _epoch(
    order: Any, rows: int, first: Any, gold: Any, types: Any, tables: Any, naming: Any, places: Any, weights: Any, squares: Any,
    transitions: Any, move_squares: Any, gradient: Any, rate: np.float32, l2: np.float32, salt: int, level: int,
) -> float:  # fmt: skip
    """One pass over the entries in minibatches of ``rows``; the summed loss."""
    size = weights.shape[1]
    longest = 0
    for entry in range(len(first) - 1):
        longest = max(longest, first[entry + 1] - first[entry])
    scores = np.zeros((longest, size), np.float32)
    forward = np.zeros((longest, size), np.float32)
    node = np.zeros((longest, size), np.float32)
    columns = np.zeros(512, np.int32)
    stamp = np.full(weights.shape[0], -1, np.int32)
    touched = np.zeros(weights.shape[0], np.int32)
    pairs = np.zeros((size, size), np.float32)
    loss = 0.0
    for begin in range(0, len(order), rows):
        used = 0
        pairs[:] = 0
        move = np.exp(transitions)
        for entry in order[begin : begin + rows]:
            start, width = first[entry], first[entry + 1] - first[entry]
            for at in range(width):
                count = _gather(start + at, columns, types, tables, naming, places, salt, level)
                for label in range(size):
                    scores[at, label] = 0
                for number in range(count):
                    column = columns[number]
                    if stamp[column] != begin:
                        stamp[column] = begin
                        touched[used] = column
                        used += 1
                        gradient[column, :] = 0
                    for label in range(size):
                        scores[at, label] += weights[column, label]
            loss += spread(scores, gold[start : start + width], transitions, move, forward, node, pairs)
            for at in range(width):
                count = _gather(start + at, columns, types, tables, naming, places, salt, level)
                for number in range(count):
                    column = columns[number]
                    for label in range(size):
                        gradient[column, label] += node[at, label]
        for number in range(used):
            column = touched[number]
            for label in range(size):
                slope = gradient[column, label] + l2 * weights[column, label]
                squares[column, label] += slope * slope
                weights[column, label] -= rate * slope / np.sqrt(squares[column, label])
        for before in range(size):
            for label in range(size):
                slope = pairs[before, label]
                move_squares[before, label] += slope * slope
                transitions[before, label] -= rate * slope / np.sqrt(move_squares[before, label])
    return loss


def fit(
    tokens: Tokens, width: int, labels: int, *, epochs: int, rate: float, l2: float, drop: float, seed: int, rows: int = 48
) -> tuple[Floats, Floats]:
    """Weights ``(columns, labels)`` and transitions, averaged over the last epochs. ``drop`` is the share of word-naming
    features left out at each step, so that the model does not lean on words it will not meet again."""
    chance = np.random.default_rng(seed)
    reach, most = len(tokens.word_columns), max(table.shape[1] for table in tokens.word_columns)
    tables = np.full((reach, max(len(table) for table in tokens.word_columns), most), -1, dtype=np.int32)
    naming = np.zeros((reach, most), dtype=np.bool_)
    for near, (table, named) in enumerate(zip(tokens.word_columns, tokens.naming, strict=True)):
        tables[near, : len(table), : table.shape[1]] = table
        naming[near, : len(named)] = named
    weights = np.zeros((width, labels), dtype=np.float32)
    squares = np.full((width, labels), 1e-2, dtype=np.float32)
    gradient = np.zeros((width, labels), dtype=np.float32)
    transitions = np.zeros((labels, labels), dtype=np.float32)
    move_squares = np.full((labels, labels), 1.0, dtype=np.float32)
    total, move_total, averaged = np.zeros_like(weights), np.zeros_like(transitions), 0
    count = len(tokens.first) - 1
    for epoch in range(epochs):
        loss: float = _epoch(
            chance.permutation(count), rows, tokens.first, tokens.gold, tokens.types, tables, naming, tokens.place_columns,
            weights, squares, transitions, move_squares, gradient, np.float32(rate), np.float32(l2), epoch + 1, int(drop * 65536),
        )  # fmt: skip
        print(f"epoch {epoch + 1}: loss {loss / count:.3f} an entry", flush=True)
        if epoch >= epochs - 3:
            total += weights
            move_total += transitions
            averaged += 1
    return total / np.float32(averaged), move_total / np.float32(averaged)
