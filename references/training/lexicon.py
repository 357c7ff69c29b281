"""How much a word leans to names, titles, containers, publishers or places, counted over registry facts."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from refaudit.parse.fields.features import LEXICON_STEP, lexicon_key, spelling
from refaudit.parse.fields.tokens import tokens
from references.training import words
from references.training.facts import Facts


def build(facts: Facts, least: int = 3) -> tuple[NDArray[np.uint32], NDArray[np.int8]]:
    """Sorted keys and one row of six leanings a word (log-odds against the mean of the kinds, in steps)."""
    kinds: list[Counter[bytes]] = [Counter() for _ in range(6)]

    def count(column: int, texts: list[str], weight: int = 1) -> None:
        for text in texts:
            for word, _, _ in tokens(text):
                if word[0].isalpha():
                    kinds[column][spelling(word)] += weight

    count(0, facts.families)
    count(1, facts.givens)
    count(2, facts.titles)
    count(3, [cited["journal"] for cited in facts.cited])
    count(3, facts.journals)
    count(3, [str(work["container-title"]) for work in facts.works] + [str(work.get("short", "")) for work in facts.works])
    count(2, facts.books)
    count(4, facts.publishers, 3)
    for column, table, weight in (
        (0, {"": words.WORLD[0]}, 3),
        (1, {"": words.WORLD[1]}, 3),
        (0, words.FAMILIES, 4),
        (1, words.GIVENS, 4),
        (4, words.PUBLISHERS, 8),
        (4, words.UNIVERSITIES, 8),
        (4, words.ORGANISATIONS, 6),
        (5, words.PLACES, 20),
        (3, words.JOURNALS, 8),
    ):
        for values in table.values():
            count(column, list(values), weight)
    totals = [sum(counter.values()) for counter in kinds]
    rows: dict[int, list[int]] = {}
    for word in set().union(*kinds):
        counts = [counter[word] for counter in kinds]
        if sum(counts) < least:
            continue
        rates = [math.log((number + 0.3) / (total + 0.3 * 20000)) for number, total in zip(counts, totals, strict=True)]
        mean = sum(rates) / len(rates)
        rows[lexicon_key(word)] = [max(-120, min(120, round((rate - mean) * LEXICON_STEP))) for rate in rates]
    keys = np.array(sorted(rows), dtype=np.uint32)
    return keys, np.array([rows[int(key)] for key in keys], dtype=np.int8)
