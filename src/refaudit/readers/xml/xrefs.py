"""Citations made of cross-references (JATS, TEI, HTML links): one citation a bracket, ranges filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from refaudit.model import Citation, CitedItem, Span, System
from refaudit.parse.years import NUMBER
from refaudit.words import connectors

CrossReference = tuple[int, int, tuple[str, ...]]
"""Where the printed cross-reference stands in the text, and the keys of the entries it leads to."""

_BETWEEN = re.compile(rf"[\s,;–—‒−-]*{connectors.BETWEEN}?|[\])][\s,;–—‒−-]*[\[(]")
_DASH = re.compile(r"[\])]?\s*[–—‒−-]\s*[\[(]?")
_RANGE = re.compile(r"\s*(\d{1,4})\s*[–—‒−-]\s*(\d{1,4})\s*")
_DIGITS = re.compile(r"\D{0,3}(\d{1,4})\D{0,3}")
_YEAR = re.compile(rf"\b{NUMBER}")


def grouped(text: str, found: Sequence[CrossReference], keys: Sequence[str]) -> tuple[Citation, ...]:
    """Cross-references that stand in one bracket make one citation. ``keys`` are those of the entries, in their order."""
    position = {key: index for index, key in enumerate(keys) if key}
    groups: list[list[CrossReference]] = []
    for one in found:
        if groups and one[0] - groups[-1][-1][1] < 12 and _BETWEEN.fullmatch(text, groups[-1][-1][1], one[0]):
            groups[-1].append(one)
        else:
            groups.append([one])
    citations: list[Citation] = []
    for group in groups:
        items: list[CitedItem] = []
        for index, (start, end, targets) in enumerate(group):
            before = group[index - 1][1] if index else start
            if items and targets and targets[0] in position and _DASH.fullmatch(text, before, start):
                first, last = position.get(items[-1].key or "", len(keys)) + 1, position[targets[0]]
                if 0 < last - first < 100:  # publishers leave the works between the ends without a cross-reference
                    items.extend(CitedItem(span=Span(before, start), key=key) for key in keys[first:last] if key)
            reached = _ranged(text[start:end], targets, keys, position)
            printed = _DIGITS.fullmatch(text[start:end])
            label = printed[1] if printed and len(reached) == 1 else None
            items.extend(CitedItem(span=Span(start, end), key=key, label=label) for key in reached)
        if items:
            citations.append(_citation(text, len(citations) + 1, Span(group[0][0], group[-1][1]), tuple(items)))
    return tuple(citations)


def _ranged(shown: str, targets: tuple[str, ...], keys: Sequence[str], position: dict[str, int]) -> Sequence[str]:
    """The works of one cross-reference whose text is a range ("14–16") though it names only its ends."""
    match = _RANGE.fullmatch(shown)
    if match is None or not targets or targets[0] not in position:
        return targets
    count = int(match[2]) - int(match[1]) + 1
    if not len(targets) < count < 100:
        return targets
    start = position[targets[0]]
    filled = [key for key in keys[start : start + count] if key]
    return targets if len(targets) > 1 and filled[-1] != targets[-1] else filled


def _citation(text: str, number: int, span: Span, items: tuple[CitedItem, ...]) -> Citation:
    start, end = span.start, span.end
    if end - start > 2 and text[start] + text[end - 1] in ("()", "[]") and text.find(text[end - 1], start, end) == end - 1:
        start, end = start + 1, end - 1
    shown = text[start:end]
    system = (
        System.AUTHOR_DATE if _YEAR.search(shown) else System.NUMERIC if any(char.isdigit() for char in shown) else System.KEY
    )
    return Citation(id=f"g{number}", span=Span(start, end), text=shown, system=system, items=items)
