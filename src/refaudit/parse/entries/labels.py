"""The printed labels of a list, and the lines at which they say that an entry begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from refaudit.parse.entries.beginnings import rest
from refaudit.parse.entries.sections import Line, entry_score
from refaudit.parse.label import LABEL, STYLES, label_of
from refaudit.text import whole

_STRAY = 4  # lines before the first label that are no entry: the rest of something else
_INNER = {
    "square": re.compile(r"(?<=[.\d)\]>/;])\s+(?=\[(\d{1,4})\]\s?[^\W\d_a-z])"),
    "stop": re.compile(r"(?<=[.\d)\]>])\s+(?=(\d{1,4})\.\s[^\W\d_a-z])"),
}


def labelled(lines: Sequence[Line]) -> tuple[list[Line], list[int]]:
    """The lines at which labels of one form count up; lines that merely begin with a number do not disturb the count.

    Returns the lines, those in whose middle a labelled entry begins cut in two, and the indexes of the first lines of the
    entries (empty where no labels count up).
    """
    cut = _cut(lines)
    found = [(index, *label) for index, line in enumerate(cut) if (label := label_of(line.text))]
    best: list[int] = []
    for style in STYLES:
        own = [(index, value) for index, form, value in found if form == style]
        if len(own) < 2:
            continue
        numbered = [(index, number) for index, value in own if (number := whole(value)) is not None]
        chain = _chain(cut, numbered) if len(numbered) * 2 > len(own) else [index for index, _ in own]
        if style == "glued" and not _counts([label_of(cut[index].text) for index in chain]):
            continue
        if len(chain) > len(best):
            best = chain
    if len(best) < 2:
        return list(lines), []
    counting = _counts([label_of(cut[index].text) for index in best])
    if counting:
        best = _with_missing(cut, best)
    if best[0] > (min(_STRAY, len(best) // 2) if counting else 1):
        return list(lines), []
    paragraphs = sum(line.blank for line in cut[1:]) + 1
    if len(best) < (0.25 if counting else 0.5) * paragraphs or (len(best) < 4 and len(best) < 0.3 * len(cut)):
        return list(lines), []
    if best[0]:
        if counting and not any(entry_score(line.text) >= 4 for line in cut[: best[0]]):
            first = best[0]  # what stands before the first label is the end of something else
            cut, best = cut[first:], [index - first for index in best]
        else:
            best = [0, *best]
    if len(best) >= 0.8 * len(cut):
        # one entry a line: an unlabelled line that reads like an entry is one
        known = set(best)
        best = sorted(
            known
            | {
                i
                for i, line in enumerate(cut)
                if i not in known
                and entry_score(line.text) >= 4
                and not line.text[0].islower()
                and not rest(cut[i - 1].text, line.text)
            }
        )
    return cut, best


def _with_missing(lines: Sequence[Line], chain: Sequence[int]) -> list[int]:
    """The chain with the lines that alone carry a number that it skips: columns may have been read in the wrong order."""
    style = next((label[0] for index in chain if (label := label_of(lines[index].text))), "")
    known = {whole(label[1]) for index in chain if (label := label_of(lines[index].text))}
    highest = max((number for number in known if number is not None), default=0)
    carried = {
        index: number
        for index, line in enumerate(lines)
        if (label := label_of(line.text)) and label[0] == style and (number := whole(label[1])) is not None
    }
    often = Counter(carried.values())
    extra = [
        index
        for index, number in carried.items()
        if number < highest
        and number not in known
        and often[number] == 1
        and entry_score(lines[index].text) >= 3
        and not _no_label(lines, index)
    ]
    return sorted({*chain, *extra})


def _counts(labels: Sequence[tuple[str, str] | None]) -> bool:
    """Whether labels count up from one (one in five may be missing)."""
    numbers = [number for label in labels if label and (number := whole(label[1])) is not None]
    rising = sum(b == a + 1 for a, b in zip(numbers, numbers[1:], strict=False))
    return len(numbers) >= 3 and numbers[0] == 1 and rising >= 0.8 * (len(numbers) - 1) - 1


def _chain(lines: Sequence[Line], numbered: list[tuple[int, int]]) -> list[int]:
    dense = len(numbered) >= 0.8 * len(lines)  # one entry a line: every label counts, also one out of order
    chain: list[int] = []
    expected: int | None = None
    for at, (index, number) in enumerate(numbered):
        if number != (expected or 1) and _no_label(lines, index):
            continue
        if expected is None:
            if number > 3 and not dense and index > 0:
                continue
            take = True
        elif number == expected or dense:
            take = True
        else:
            soon = any(other == expected for _, other in numbered[at + 1 : at + 6])
            odd = (expected < number <= expected + 3) or number == expected - 1 or (lines[index].blank and number < expected + 10)
            take = odd and not soon and entry_score(lines[index].text) >= (3 if number > expected else 4)
            if not take and lines[index].blank and entry_score(lines[index].text) >= 4 and number < 1400:
                take = True
        if take:
            chain.append(index)
            expected = number + 1
    return chain


def _no_label(lines: Sequence[Line], index: int) -> bool:
    """Whether what looks like a label is a number at the beginning of a piece ("7:534. doi", "12. doi:", "605. https://")."""
    text = lines[index].text
    match = LABEL.match(text)
    before = lines[index - 1].text if index else ""
    return bool(rest(before, text)) or (match is not None and bool(rest(before, text[match.end() :])))


def _cut(lines: Sequence[Line]) -> list[Line]:
    """Lines in whose middle stands the one label that is missing at the beginnings of lines, cut before it."""
    at_start = [(label, line) for line in lines if (label := label_of(line.text))]
    usual = Counter(style for (style, value), _ in at_start if whole(value) is not None).most_common(1)
    if not usual or usual[0][0] not in _INNER or usual[0][1] < 3:
        return list(lines)
    style = usual[0][0]
    known = {whole(value) for (form, value), _ in at_start if form == style}
    highest = max(number for number in known if number is not None)
    missing = set(range(1, highest + 2)) - known if highest <= 2 * len(lines) + 10 else set()
    places = [(number, place) for place, line in enumerate(lines) for number in _within(style, line.text)]
    often = Counter(number for number, _ in places)
    wanted = {number for number in often if number in missing and often[number] == 1}
    wanted |= {number for number, place in places if style == "square" and _whole_entry(style, lines[place].text, number)}
    found: list[Line] = []
    for line in lines:
        start = 0
        for match in _INNER[style].finditer(line.text):
            if int(match[1]) in wanted and match.start() > start:
                found.append(_part(line, start, match.start()))
                start = match.end()
        found.append(_part(line, start, len(line.text)) if start else line)
    return found


def _within(style: str, text: str) -> list[int]:
    return [int(match[1]) for match in _INNER[style].finditer(text)]


def _whole_entry(style: str, text: str, number: int) -> bool:
    """Whether what follows the label inside a line reads like an entry of its own."""
    return any(int(match[1]) == number and entry_score(text[match.end() :]) >= 5 for match in _INNER[style].finditer(text))


def _part(line: Line, start: int, end: int) -> Line:
    return replace(
        line,
        start=line.start + start,
        end=line.start + end,
        text=line.text[start:end],
        indent=line.indent if not start else 0,
        blank=line.blank and not start,
    )
