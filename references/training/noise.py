"""What happens to references on their way into a manuscript: line breaks, hyphenation, lost spaces, dropped marks."""

from __future__ import annotations

import random
import re
from typing import Any

from references.training.render import Labelled

_PLAIN = {"–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "‘": "'"}


def wear(labelled: Labelled, pick: random.Random) -> Labelled:
    """A copy with the marks of real life; labelled stretches move along."""
    raw, spans = labelled["raw"], [list(span) for span in labelled["spans"]]
    edits: list[tuple[int, int, str]] = []
    kind = pick.random()
    if kind < 0.22:  # typewriter punctuation
        edits += [(m.start(), m.end(), _PLAIN[m.group()]) for m in re.finditer("[–—“”’‘]", raw)]
    elif kind < 0.27:  # doubled dash
        edits += [(m.start(), m.end(), "--") for m in re.finditer(r"(?<=\d)[–-](?=\d)", raw)]
    elif kind < 0.31:  # spaces around dashes
        edits += [(m.start(), m.end(), f" {m.group()} ") for m in re.finditer(r"(?<=\d)[–-](?=\d)", raw)]
    chance = pick.random()
    if chance < 0.10:  # lines broken at a fixed width, words hyphenated
        for match in re.finditer(r"[^\W\d_]{4,}(?=[^\W\d_]{3,})", raw):
            if pick.random() < 0.03:
                middle = match.start() + pick.randint(3, len(match.group()))
                edits.append((middle, middle, pick.choice(("- ", "- ", "-\n", " - "))))
    elif chance < 0.14:  # spaces lost after marks
        edits += [(m.start(), m.end(), "") for m in re.finditer(r"(?<=[.,;:]) (?=\S)", raw) if pick.random() < 0.15]
    elif chance < 0.17:  # marks lost
        edits += [(m.start(), m.end(), "") for m in re.finditer(r"[.,](?= )", raw) if pick.random() < 0.12]
    elif chance < 0.19:  # spaces before marks
        edits += [(m.start(), m.start(), " ") for m in re.finditer(r"[:;,](?= )", raw) if pick.random() < 0.4]
    if pick.random() < 0.02:  # a letter misread
        for match in re.finditer(r"[il1O0]", raw):
            if pick.random() < 0.04:
                edits.append((match.start(), match.end(), pick.choice("il1|O0")))
    edits.sort()
    out, at, moved = [], 0, []
    for start, end, text in edits:
        if start < at:
            continue
        out.append(raw[at:start] + text)
        moved.append((start, end, len(text) - (end - start)))
        at = end
    out.append(raw[at:])

    def shift(offset: int, *, is_end: bool) -> int:
        return offset + sum(
            delta for start, end, delta in moved if (end < offset or (end == offset and not (start == end and is_end)))
        )

    result: dict[str, Any] = dict(labelled)
    result["raw"] = "".join(out)
    result["spans"] = [[shift(s, is_end=False), shift(e, is_end=True), label] for s, e, label in spans]
    tail = pick.random()
    if tail < 0.02:
        result["raw"] += pick.choice(
            (" [PubMed]", " [Google Scholar]", " [CrossRef]", " [DOI]", " [PubMed: 12345678]", " [PMC free article]")
        )
    elif tail < 0.03:
        result["raw"] += pick.choice(
            (" (accessed 12 May 2019).", " Epub 2012 Jan 5.", " Epub ahead of print.", " PMID: 18588440", " Review.")
        )
    return result
