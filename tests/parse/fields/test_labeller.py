"""The labeller's arithmetic against the counting of all paths."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from refaudit.parse.fields.features import Batch
from refaudit.parse.fields.model import Model, shipped


@pytest.fixture(scope="module")
def small() -> Model:
    """A model of three labels."""
    return replace(shipped(), transitions=np.random.default_rng(3).normal(scale=2, size=(3, 3)).astype(np.float32))


def test_the_best_path_and_the_chances_are_those_of_all_paths(small: Model) -> None:
    lengths = [1, 6, 3, 2, 6, 5]
    first = np.cumsum([0, *lengths])
    group = Batch(words=[], types=np.zeros(first[-1], dtype=np.int64), first=first, spaced=np.ones(first[-1], dtype=np.bool_))
    scores = np.random.default_rng(5).normal(scale=3, size=(first[-1], 3)).astype(np.float32)
    best, chance = small.decode(scores, group), small.chances(scores, group)
    for start, length in zip(first, lengths, strict=False):
        own, total, counted = scores[start : start + length], {}, np.zeros((length, 3))
        for path in itertools.product(range(3), repeat=length):
            total[path] = float(
                own[np.arange(length), path].sum() + sum(small.transitions[a, b] for a, b in itertools.pairwise(path))
            )
        for path, score in total.items():
            counted[np.arange(length), path] += np.exp(score)
        assert tuple(best[start : start + length]) == max(total, key=total.__getitem__)
        assert np.allclose(chance[start : start + length], counted / counted.sum(axis=1, keepdims=True), atol=1e-4)


def test_long_entries_and_strong_scores_keep_their_chances(small: Model) -> None:
    first = np.array([0, 1500, 1501])
    group = Batch(words=[], types=np.zeros(1501, dtype=np.int64), first=first, spaced=np.ones(1501, dtype=np.bool_))
    scores = np.random.default_rng(6).normal(scale=12, size=(1501, 3)).astype(np.float32)
    chance = small.chances(scores, group)
    assert np.allclose(chance.sum(axis=1), 1, atol=1e-3)
    assert np.all(chance >= 0)


def test_a_title_is_one_stretch(small: Model) -> None:
    named = replace(small, labels=("title", "container", "year"), transitions=np.zeros((3, 3), dtype=np.float32))
    first = np.array([0, 5, 9])
    group = Batch(words=[], types=np.zeros(9, dtype=np.int64), first=first, spaced=np.ones(9, dtype=np.bool_))
    scores = np.zeros((9, 3), dtype=np.float32)
    for at, label, score in ((0, 0, 5), (1, 0, 5), (2, 1, 2), (3, 0, 1), (4, 2, 5), (5, 2, 5), (6, 0, 3), (7, 1, 3), (8, 2, 3)):
        scores[at, label] = score
    assert named.decode(scores, group).tolist() == [0, 0, 1, 0, 2, 2, 0, 1, 2]
    # the second entry is left as it is; in the first the short title after the container goes to it
    assert named.decode_once(scores, group).tolist() == [0, 0, 1, 1, 2, 2, 0, 1, 2]
    scores[2, 1] = 0.5
    assert named.decode_once(scores, group).tolist() == [0, 0, 0, 0, 2, 2, 0, 1, 2]
