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
from refaudit.parse.entries.author_year import early_year, name_form
from refaudit.parse.entries.sections import BULLET, Line, Region, entry_score
from refaudit.parse.lexicon import LABEL
from refaudit.text import whole

_STYLES = ("square", "round", "stop", "raised", "bare")
_ENDED = re.compile(r"[.!?;)\]>”\"’'。]$|\d$|/\S*$|\bS/N$")
_INITIAL = re.compile(r"(?:^|[\s.,-])[^\W\d_a-z]\.$")  # a line that ends in an initial stands inside a list of names
_GOES_ON = re.compile(r"[,;&–—]$|[\s,](?:and|und|et|y|e|of|the|in|for|de|der|di|van|von)$")
_FULL_STOP = re.compile(r"[.!?)\]>”\"。]$|\d$|https?://\S+$|10\.\d{4,9}/\S+$")


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
    lines = region.lines
    starts, labelled = _starts(lines)
    groups = [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    joined: list[tuple[list[Line], str]] = []
    habit = _LazyHabit(groups)
    for group in groups:
        if joined and not labelled and (why := _belongs(_text(joined[-1][0]), _text(group), habit)):
            joined[-1] = (joined[-1][0] + group, why)
        else:
            joined.append((group, ""))
    entries = [_entry(group, broken, labelled) for group, broken in joined]
    return entries, _count_again(entries)


# ------------------------------------------------------------------ where entries begin


def _starts(lines: Sequence[Line]) -> tuple[list[int], bool]:
    """The indexes of the lines that begin an entry, and whether printed labels say so."""
    by_label = _labelled(lines)
    if by_label:
        return by_label, True
    bullets = [index for index, line in enumerate(lines) if BULLET.match(line.text)]
    paragraphs = 1 + sum(line.blank for line in lines[1:])
    if bullets and bullets[0] == 0 and len(bullets) >= 2 and len(bullets) >= 0.5 * paragraphs:
        return bullets, False
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
            return [index for index, line in enumerate(lines) if index == 0 or line.blank], False
    if not tight:
        return list(range(len(lines))), False
    alone = sum(entry_score(line.text) >= 3 and not line.text[0].islower() for line in lines)
    if width > 170 or alone >= 0.9 * len(lines):
        return list(range(len(lines))), False
    hanging = _hanging(lines)
    if hanging:
        return hanging, False
    return _wrapped(lines, width), False


def _label(line: Line) -> tuple[str, str] | None:
    match = LABEL.match(line.text)
    if match is None:
        return None
    for style in _STYLES:
        if match[style]:
            return style, match[style]
    return None


def _labelled(lines: Sequence[Line]) -> list[int]:
    """The lines at which labels of one form count up; lines that merely begin with a number do not disturb the count."""
    found = [(index, *label) for index, line in enumerate(lines) if (label := _label(line))]
    best: list[int] = []
    for style in _STYLES:
        own = [(index, value) for index, form, value in found if form == style]
        if len(own) < 2:
            continue
        numbered = [(index, number) for index, value in own if (number := whole(value)) is not None]
        chain = _chain(lines, numbered) if len(numbered) * 2 > len(own) else [index for index, _ in own]
        if len(chain) > len(best):
            best = chain
    if not best or best[0] > 1 or len(best) < 2:
        return []
    paragraphs = sum(line.blank for line in lines[1:]) + 1
    if len(best) < 0.5 * paragraphs or (len(best) < 4 and len(best) < 0.3 * len(lines)):
        return []
    if best[0] == 1:
        best = [0, *best]
    if len(best) >= 0.8 * len(lines):
        # one entry a line: an unlabelled line that reads like an entry is one
        known = set(best)
        best = sorted(
            known
            | {i for i, line in enumerate(lines) if i not in known and entry_score(line.text) >= 4 and not line.text[0].islower()}
        )
    return best


def _chain(lines: Sequence[Line], numbered: list[tuple[int, int]]) -> list[int]:
    dense = len(numbered) >= 0.8 * len(lines)  # one entry a line: every label counts, also one out of order
    chain: list[int] = []
    expected: int | None = None
    for at, (index, number) in enumerate(numbered):
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


class _Habit:
    """How the entries of this list begin: their usual name form, whether the year stands early, whether they are sorted."""

    def __init__(self, bodies: Sequence[str]) -> None:
        sample = bodies[:80]
        forms = Counter(name_form(body) for body in sample)
        total = max(1, len(sample))
        self.forms = {form: count / total for form, count in forms.items()}
        self.early = sum(early_year(body) for body in sample) / total
        keys = [_sort_key(body) for body in sample]
        self.sorted = sum(a <= b for a, b in zip(keys, keys[1:], strict=False)) / max(1, len(keys) - 1) if len(keys) > 4 else 0.0

    def likeness(self, body: str) -> float:
        """How much a text begins as the entries of this list do, about -2 to 3."""
        score = 2.0 * (self.forms.get(name_form(body), 0.0) >= 0.15) + (self.forms.get(name_form(body), 0.0) >= 0.5)
        if name_form(body) == "other":
            score -= 1
        if self.early >= 0.75:
            score += 1 if early_year(body) else -2
        return score


# What stands in the last lines of an entry and begins none.
_TAIL = re.compile(
    r"(?i)(?:dispon[ií]ve[lis]+|acess?o|acc?esso|available|retrieved|accessed|abgerufen|verfügbar|consult[ée]|url|doi|https?:|www\.|in:|en:|pp?\.|vol\.|v\."
    r"|last (?:access|visit|check)|[^\d,]{2,60},\s(?:v|vol|n|no|núm|nº|t|Bd)\.?\s?\d|[^\d,.]{2,60},?\s\d{1,4}\s?[(:]\s?\d"
    r"|\d|isbn|issn|pmid|pmc|arxiv|epub|ed\.|\()"
)


def _sort_key(body: str) -> str:
    return "".join(char for char in body[:40].casefold() if char.isalpha())[:12]


def _wrapped(lines: Sequence[Line], width: int) -> list[int]:
    """Hard-wrapped lines without indents or labels."""
    # only a word that cannot be broken (an address) runs over the width
    width = max((len(line.text) + line.indent for line in lines if " " in line.text), default=width)
    sure = [0] + [index for index in range(1, len(lines)) if lines[index].blank or _sure_end(lines, index, width)]
    # a list whose lines are ragged (text from a PDF) has sure ends almost nowhere or almost everywhere
    begins = [_body(" ".join(line.text for line in lines[index : index + 4])) for index in sure]
    good = sum(name_form(body) != "other" for body in begins)
    if good < 0.7 * len(begins):
        sure, begins = [0], begins[:1]
        begins += [_body(line.text) for line in lines if entry_score(line.text) >= 4]
    habit = _Habit(begins)
    sure_set = set(sure)
    starts = [0]
    for index in range(1, len(lines)):
        body = _body(" ".join(line.text for line in lines[index : index + 4]))
        ended = bool(_FULL_STOP.search(lines[index - 1].text)) and not _INITIAL.search(lines[index - 1].text)
        score = habit.likeness(body) + (1.0 if ended else -1.5)
        if index in sure_set:
            score += 3.0 if ended else 1.0
        if _GOES_ON.search(lines[index - 1].text):
            score -= 4.0
        if habit.sorted >= 0.85:
            last = _sort_key(_body(lines[starts[-1]].text))
            key = _sort_key(body)
            score += 0.5 if last[:1] <= key[:1] <= chr(ord(last[:1] or "a") + 2) else -1.5
        if _TAIL.match(body) or (body[:1].islower() and name_form(body) == "other"):
            score -= 3.0
        if score >= 3.0:
            starts.append(index)
    return starts


# ------------------------------------------------------------------ one entry out of several lines


def _body(text: str) -> str:
    match = LABEL.match(text)
    if match and not match["bare"]:
        return text[match.end() :]
    return BULLET.sub("", text)


def _text(group: Sequence[Line]) -> str:
    return BULLET.sub("", " ".join(line.text for line in group))


def _open_quote(text: str) -> bool:
    """A quotation that was opened and not closed."""
    return text.count("“") > text.count("”") or text.count("«") > text.count("»") or text.count('"') % 2 == 1


class _LazyHabit:
    """The habit of a list, read only when an entry looks broken: most lists never need it."""

    def __init__(self, groups: Sequence[Sequence[Line]]) -> None:
        self._groups = groups

    @cached_property
    def habit(self) -> _Habit:
        """How the entries begin."""
        return _Habit([_body(_text(group)) for group in self._groups])


def _belongs(before: str, text: str, lazy: _LazyHabit) -> str:
    """Why ``text`` is the rest of the entry ``before`` (split over a page or list item), or ""."""
    body = _body(text)
    ended = bool(_ENDED.search(before.rstrip()))
    if _open_quote(before) and _open_quote(text) and not ended and not early_year(body):
        return "the quotation it opens is closed in the next piece"
    if not ended and lazy.habit.likeness(body) < 1 and (body[:1].islower() or not re.search(r"\b(?:1[4-9]|20)\d\d\b", before)):
        return "it breaks off without a stop and the next piece does not begin an entry"
    if body[:1].islower() and name_form(body) == "other" and not re.match(r"https?://|www\.|doi", body) and not ended:
        return "the next piece goes on in lower case"
    if re.match(r"(?:https?://|www\.|doi:|DOI)", body) and len(body.split()) <= 3 and not re.match(r"https?://\S+$", before):
        return "the next piece is only its address"
    return ""


def _entry(group: Sequence[Line], broken: str, labelled: bool) -> Entry:
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
    label, body = None, 0
    match = LABEL.match(raw) if labelled else None
    if match:
        label = next((match[style] for style in _STYLES if match[style]), None)
        body = match.end() if label else 0
    return Entry(Span(parts[0][1].start, group[-1].end), raw, tuple(parts), label, body, broken)


def _glued(before: str, after: str) -> bool:
    """Whether a line break stands inside a word, DOI or URL: nothing goes between the pieces."""
    last = before.rsplit(None, 1)[-1]
    if re.match(r"(?i)[<(]?(?:https?://|www\.|doi:|10\.\d{4,9}/)", last):
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
        return max(labels)
    return len(entries) + sum(_holds_two(entry.raw) for entry in entries)


_SECOND = re.compile(
    r"(?<=[.\d])\s+[^\W\d_a-zß-ÿ][\w'’-]+,\s(?:[A-Z]\.[\s-]?){1,3}(?:,|&|and|\(|;).{0,120}?\((?:1[89]|20)\d\d[a-z]?\)"
)


def _holds_two(raw: str) -> bool:
    """An entry in whose middle another author list with a bracketed year begins."""
    return bool(_SECOND.search(raw, 60))
