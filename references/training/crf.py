"""Fits a linear-chain conditional random field by stochastic gradient (AdaGrad, averaged) on sparse integer features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass
class Part:
    """A minibatch: entries of rising length, their feature columns among ``used``, and their labels."""

    matrix: sparse.csr_matrix
    used: Ints
    first: Ints
    lengths: Ints
    gold: Ints
    lexical: NDArray[np.bool_]


def parts(columns: Ints, lengths: Ints, gold: Ints, lexical: NDArray[np.bool_], seed: int, rows: int = 48) -> list[Part]:
    """Minibatches of entries of like length. ``columns`` is ``(tokens, features)``, -1 where there is none;
    ``lexical`` says which columns of that table hold features that name a word."""
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(lengths))
    starts = np.concatenate([[0], np.cumsum(lengths)])
    found = []
    for begin in range(0, len(order), rows * 16):
        chunk = order[begin : begin + rows * 16]
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        for cut in range(0, len(chunk), rows):
            chosen = chunk[cut : cut + rows]
            at = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in chosen])
            table = columns[at]
            present = table >= 0
            used, local = np.unique(table[present], return_inverse=True)
            pointer = np.concatenate([[0], np.cumsum(present.sum(axis=1))])
            matrix = sparse.csr_matrix(
                (np.ones(len(local), dtype=np.float32), local.astype(np.int32), pointer.astype(np.int32)),
                shape=(len(at), len(used)),
            )
            own = lengths[chosen]
            names = np.broadcast_to(lexical, table.shape)[present]
            found.append(Part(matrix, used, np.concatenate([[0], np.cumsum(own)[:-1]]), own, gold[at], names))
    return found


def gradients(scores: Floats, transitions: Floats, first: Ints, lengths: Ints, gold: Ints) -> tuple[Floats, Floats, float]:
    """Expected minus observed counts of labels and of transitions, and the loss of the batch."""
    count, width, size = len(first), int(lengths[-1]), scores.shape[1]
    position = np.arange(width)[None, :] - (width - lengths)[:, None]
    real = position >= 0
    where = np.where(real, first[:, None] + position, 0)
    local = np.where(real[:, :, None], scores[where], np.float32(0))
    begins = width - lengths
    peak = local.max(axis=2)
    weight = np.exp(local - peak[:, :, None])
    top = transitions.max()
    move = np.exp(transitions - top)
    forward = np.zeros((width, count, size), dtype=np.float32)
    logz = np.zeros(count)
    state = np.zeros((count, size), dtype=np.float32)
    for at in range(width):
        start = (begins == at)[:, None]
        alive = (begins <= at)[:, None]
        step = np.where(start, np.float32(1), state @ move if at else np.float32(0)) * weight[:, at]
        total = np.maximum(step.sum(axis=1, keepdims=True), np.float32(1e-30))
        state = np.where(alive, step / total, np.float32(0))
        forward[at] = state
        logz += np.where(alive[:, 0], np.log(total[:, 0]) + peak[:, at] + np.where(start[:, 0], 0, top), 0)
    chance = np.zeros_like(scores)
    pairs = np.zeros((size, size), dtype=np.float32)
    backward = np.ones((count, size), dtype=np.float32)
    for at in range(width - 1, -1, -1):
        alive = begins <= at
        both = forward[at] * backward
        both /= np.maximum(both.sum(axis=1, keepdims=True), np.float32(1e-30))
        chance[where[alive, at]] = both[alive]
        ahead = backward * weight[:, at]
        inner = begins < at
        if at and inner.any():
            before = forward[at - 1][inner]
            scale = np.maximum(((before @ move) * ahead[inner]).sum(axis=1, keepdims=True), np.float32(1e-30))
            pairs += (before / scale).T @ ahead[inner] * move
        backward = ahead @ move.T
        backward /= np.maximum(backward.sum(axis=1, keepdims=True), np.float32(1e-30))
    chance[np.arange(len(gold)), gold] -= 1
    begins_at = np.zeros(len(gold), dtype=bool)
    begins_at[first] = True
    before, after = gold[:-1][~begins_at[1:]], gold[1:][~begins_at[1:]]
    np.subtract.at(pairs, (before, after), 1)
    score = scores[np.arange(len(gold)), gold].sum() + transitions[before, after].sum()
    return chance, pairs, float(logz.sum() - score)


def fit(
    batches: Sequence[Part], width: int, labels: int, *, epochs: int, rate: float, l2: float, drop: float, seed: int
) -> tuple[Floats, Floats]:
    """Weights ``(columns, labels)`` and transitions, averaged over the last epochs. ``drop`` is the share of word-naming
    features left out at each step, so that the model does not lean on words it will not meet again."""
    chance = np.random.default_rng(seed)
    weights = np.zeros((width, labels), dtype=np.float32)
    squares = np.full((width, labels), 1e-2, dtype=np.float32)
    transitions = np.zeros((labels, labels), dtype=np.float32)
    move_squares = np.full((labels, labels), 1.0, dtype=np.float32)
    total, move_total, averaged = np.zeros_like(weights), np.zeros_like(transitions), 0
    for epoch in range(epochs):
        loss = 0.0
        for index in chance.permutation(len(batches)):
            part = batches[index]
            matrix = part.matrix
            if drop:
                keep = (chance.random(len(part.lexical), dtype=np.float32) >= drop) | ~part.lexical
                matrix = sparse.csr_matrix((keep.astype(np.float32), part.matrix.indices, part.matrix.indptr), shape=matrix.shape)
            own = weights[part.used]
            node, pairs, cost = gradients(
                np.asarray(matrix @ own, dtype=np.float32), transitions, part.first, part.lengths, part.gold
            )
            loss += cost
            gradient = np.asarray(matrix.T @ node, dtype=np.float32) + l2 * own
            square = squares[part.used] + gradient * gradient
            squares[part.used] = square
            weights[part.used] = own - rate * gradient / np.sqrt(square)
            move_squares += pairs * pairs
            transitions -= rate * pairs / np.sqrt(move_squares)
        print(f"epoch {epoch + 1}: loss {loss / sum(len(part.first) for part in batches):.3f} an entry", flush=True)
        if epoch >= epochs - 3:
            total += weights
            move_total += transitions
            averaged += 1
    return total / averaged, move_total / averaged
