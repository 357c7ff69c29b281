"""The same lists in layouts that their papers do not have: entries found exactly, in F1.

    python -m benchmarks layouts

Takes the labelled plain-text manuscripts whose lists stand one entry a line or with blank lines, and sets them anew: without their
heading, hard-wrapped at 80 and at 100 columns with nothing between the entries, and with figure legends and methods
behind the list. An entry counts when its letters and digits are exactly those of the gold.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import golds
from benchmarks.shared import ABSENT, shared
from refaudit.parse import find_references
from refaudit.parse.entries.sections import find_lists, lines_of
from refaudit.readers import read
from refaudit.text import letters

_BEHIND = (
    "\n\nFigure legends\n\nFigure 1. Growth over the years, with mean and range for each of the plots that were measured (n = 12).\n\n"
    "Figure 2. What was seen in the summer of 2012.\n\nSupplementary Methods\n\nWe measured everything again (Smith 2010).\n"
)


def layouts(text: str, gold: dict[str, Any]) -> dict[str, str]:
    """The paper in each layout."""
    head, first = gold["references_start"], gold["references"][0]["start"]
    raws = [re.sub(r"\s+", " ", reference["raw"]) for reference in gold["references"]]

    def wrapped(width: int) -> str:
        return text[:first] + "\n".join(textwrap.fill(raw, width, break_long_words=False, break_on_hyphens=False) for raw in raws)

    return {
        "without heading": text[:head] + "\n\n" + text[first:],
        "wrapped at 80 columns": wrapped(80),
        "wrapped at 100 columns": wrapped(100),
        "other text behind the list": text.rstrip() + _BEHIND,
    }


def entries(text: str) -> Counter[str]:
    """The letters of every entry that is read."""
    document = read("paper.txt", text.encode())
    references, _ = find_references(find_lists(document, lines_of(document)))
    return Counter(letters(reference.raw) for reference in references)


def main(arguments: Sequence[str]) -> None:
    """Print precision, recall and F1 of each layout."""
    if arguments:
        raise SystemExit("usage: python -m benchmarks layouts")
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    counts: dict[str, list[int]] = {}
    chosen = [gold for gold in golds(folder, ("txt",)) if gold["layout"] in ("lines", "blank")]
    for gold in chosen:
        text = (Path(folder) / "corpora/manuscripts" / gold["file"]).read_bytes().decode("utf-8")
        expected = Counter(letters(reference["raw"]) for reference in gold["references"])
        for name, made in layouts(text, gold).items():
            found = entries(made)
            row = counts.setdefault(name, [0, 0, 0])
            row[0] += (expected & found).total()
            row[1] += found.total()
            row[2] += expected.total()
    print(f"{len(chosen)} manuscripts")
    for name, (right, found_total, gold_total) in counts.items():
        precision, recall = right / found_total, right / gold_total
        print(f"{name:<28} P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}")
