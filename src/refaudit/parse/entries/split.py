"""Splitting the list into entries.

Every layout leaves its own traces: printed labels that count up, bullets, blank lines, hanging indents, one entry a
line. Hard-wrapped text without any of these still shows where paragraphs end: a line that had room for the next word
was the last of its paragraph. What stays open is decided by how the line reads, given how the sure beginnings of the
same list read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from refaudit.model import Span
from refaudit.parse.entries.author_lines import works_below_authors
from refaudit.parse.entries.author_year import name_form
from refaudit.parse.entries.beginnings import Habit, line_score, rest_of
from refaudit.parse.entries.labels import labelled
from refaudit.parse.entries.sections import Line, Region, entry_score
from refaudit.parse.identifiers import DOI_BEGINS
from refaudit.parse.label import BULLET, LABEL, label_of, without_label
from refaudit.parse.years import NUMBER
from refaudit.text import whole


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the lines it is made of, its text with breaks joined, its printed label, and how it was broken."""

    span: Span
    raw: str
    parts: tuple[tuple[int, Span], ...]
    label: str | None
    body: int
    broken: str = ""


def split(region: Region) -> tuple[list[Entry], int]:
    """The entries of a region, and a second, independent count of them."""
    if below := works_below_authors(region.lines):
        found = [_entry(group, "", numbered=False, borrowed=authors) for authors, group in _borrowed(below)]
        return found, len(found)
    lines, starts, numbered = _starts(region.lines)
    groups = [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    joined: list[tuple[list[Line], str]] = []
    lazy = _LazyHabit(groups)
    for group in groups:
        if joined and not numbered and (why := rest_of(_text(joined[-1][0]), _text(group), lazy.habit)):
            joined[-1] = (joined[-1][0] + group, why)
        else:
            joined.append((group, ""))
    entries = [_entry(group, broken, numbered=numbered) for group, broken in joined]
    return entries, _count_again(entries)


def _borrowed(below: Sequence[tuple[int, list[Line]]]) -> list[tuple[int, list[Line]]]:
    """The works below lines of authors; the lines count as borrowed for every work but the first below them."""
    return [
        (authors if number and below[number - 1][1][0] is group[0] else 0, group) for number, (authors, group) in enumerate(below)
    ]


# ------------------------------------------------------------------ where entries begin


def _starts(lines: Sequence[Line]) -> tuple[Sequence[Line], list[int], bool]:
    """The lines, the indexes of those that begin an entry, and whether printed labels say so."""
    cut, by_label = labelled(lines)
    if by_label:
        return cut, by_label, True
    return lines, _unlabelled(lines), False


def _unlabelled(lines: Sequence[Line]) -> list[int]:
    bullets = [index for index, line in enumerate(lines) if BULLET.match(line.text)]
    paragraphs = 1 + sum(line.blank for line in lines[1:])
    if bullets and bullets[0] == 0 and len(bullets) >= 2 and len(bullets) >= 0.5 * paragraphs:
        return bullets
    width = max(len(line.text) + line.indent for line in lines)
    tight = [line for line in lines[1:] if not line.blank]
    if paragraphs > 1 and tight and paragraphs >= 0.15 * len(lines):
        # blank lines between entries, each wrapped - unless the lines inside the blocks are entries of their own
        own = sum(
            entry_score(line.text) >= 3 and _sure_end(lines, index, width)
            for index, line in enumerate(lines)
            if index and not line.blank
        )
        if own < 0.5 * len(tight):
            return [index for index, line in enumerate(lines) if index == 0 or line.blank]
    if not tight:
        return list(range(len(lines)))
    alone = sum(entry_score(line.text) >= 3 and not line.text[0].islower() for line in lines)
    if width > 170 or alone >= 0.9 * len(lines):
        return list(range(len(lines)))
    hanging = _hanging(lines)
    if hanging:
        return hanging
    return _wrapped(lines, width)


def _hanging(lines: Sequence[Line]) -> list[int]:
    """Entries whose further lines are set in (or whose first line is)."""
    indents = Counter(min(line.indent, 40) for line in lines)
    if len(indents) < 2:
        return []
    low = min(indents)
    out = [index for index, line in enumerate(lines) if line.indent <= low]
    if 0.1 * len(lines) <= len(out) <= 0.75 * len(lines) and out[0] == 0:
        good = sum(entry_score(lines[index].text) >= 2 and not lines[index].text[0].islower() for index in out)
        if good >= 0.8 * len(out):
            return out
    return []


def _sure_end(lines: Sequence[Line], index: int, width: int) -> bool:
    """Whether the line before ``index`` had room for the first word of this one: its paragraph ended there."""
    before, line = lines[index - 1], lines[index]
    word = line.text.split(None, 1)[0]
    return len(before.text) + before.indent + 1 + len(word) <= width


def _wrapped(lines: Sequence[Line], width: int) -> list[int]:
    """Hard-wrapped lines without indents or labels."""
    # only a word that cannot be broken (an address) runs over the width
    width = max((len(line.text) + line.indent for line in lines if " " in line.text), default=width)
    sure = [0] + [index for index in range(1, len(lines)) if lines[index].blank or _sure_end(lines, index, width)]
    # a list whose lines are ragged (text from a PDF) has sure ends almost nowhere or almost everywhere
    begins = [without_label(" ".join(line.text for line in lines[index : index + 4])) for index in sure]
    good = sum(name_form(body) != "other" for body in begins)
    if good < 0.7 * len(begins):
        sure, begins = [0], begins[:1]
        begins += [without_label(line.text) for line in lines if entry_score(line.text) >= 4]
    habit = Habit(begins)
    sure_set = set(sure)
    starts = [0]
    for index in range(1, len(lines)):
        body = without_label(" ".join(line.text for line in lines[index : index + 4]))
        last = without_label(lines[starts[-1]].text)
        if line_score(lines[index - 1].text, lines[index].text, body, habit, last, sure=index in sure_set) >= 3.0:
            starts.append(index)
    return starts


# ------------------------------------------------------------------ one entry out of several lines


def _text(group: Sequence[Line]) -> str:
    return BULLET.sub("", " ".join(line.text for line in group))


class _LazyHabit:
    """The habit of a list, read only when an entry looks broken: most lists never need it."""

    def __init__(self, groups: Sequence[Sequence[Line]]) -> None:
        self._groups = groups

    @cached_property
    def habit(self) -> Habit:
        """How the entries begin."""
        return Habit([without_label(_text(group)) for group in self._groups])


def _entry(group: Sequence[Line], broken: str, *, numbered: bool, borrowed: int = 0) -> Entry:
    """One entry; its first lines may be ``borrowed``: names that stand above another work."""
    first = group[0]
    bullet = BULLET.match(first.text)
    skip = bullet.end() if bullet else 0
    parts: list[tuple[int, Span]] = []
    raw = ""
    for index, line in enumerate(group):
        drop = skip if index == 0 else 0
        if index and broken and (mark := BULLET.match(line.text)):
            drop = mark.end()
        value = line.text[drop:]
        if raw and not _glued(raw, value):
            raw += " "
        parts.append((len(raw), Span(line.start + drop, line.end)))
        raw += value
    printed = LABEL.match(raw) if numbered else None
    label = label_of(raw) if printed else None
    body = printed.end() if printed and label else 0
    return Entry(Span(parts[borrowed][1].start, group[-1].end), raw, tuple(parts), label[1] if label else None, body, broken)


def _glued(before: str, after: str) -> bool:
    """Whether a line break stands inside a word, DOI or URL: nothing goes between the pieces."""
    last = before.rsplit(None, 1)[-1]
    if re.match(rf"(?i)[<(]?(?:https?://|www\.|doi:|{DOI_BEGINS})", last):
        return (
            last[-1] in "/-_=&?%#"
            or (last[-1] == "." and (after[:1].islower() or after[:1].isdigit()))
            or (last[-1] == ":" and after.startswith(("/", "10.")))
        )
    return bool(re.search(r"[^\W\d_]-$", before)) and after[:1].isalpha()


# ------------------------------------------------------------------ the second count


def _count_again(entries: Sequence[Entry]) -> int:
    """A count of entries that does not look at how they were split: labels printed, else beginnings that read like entries."""
    labels = [number for entry in entries if (number := whole(entry.label or "")) is not None]
    if len(labels) >= 0.8 * len(entries) and labels:
        return _counted_through(labels) or len(entries)
    return len(entries) + sum(_holds_two(entry.raw) for entry in entries)


def _counted_through(labels: Sequence[int]) -> int:
    """The highest label up to which hardly one is missing; 0 where they do not count up from one."""
    own = sorted(set(labels))
    return max((number for place, number in enumerate(own, start=1) if number and place >= 0.8 * number), default=0)


_SECOND = re.compile(
    rf"(?<=[.\d])\s+[^\W\d_a-zß-ÿ][\w'’-]+,\s(?:[A-Z]\.[\s-]?){{1,3}}(?:,|&|and|\(|;).{{0,120}}?\({NUMBER}[a-z]?\)"
)


def _holds_two(raw: str) -> bool:
    """An entry in whose middle another author list with a bracketed year begins."""
    return bool(_SECOND.search(raw, 60))
