"""Numeric citations: brackets, parentheses, superscripts, and bare digits where the raised position was lost.

Each printed form is a hypothesis about the whole text. The list says which numbers exist; a true form covers most of
them, first appears in rising order and stays within the list. Only then are its single places read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from refaudit.model import CitedItem, Span
from refaudit.parse.citations.bare_digits import bare_digits, settle_bare
from refaudit.parse.citations.brackets import Found
from refaudit.parse.citations.numbers import DASH, MOST_IN_RANGE, Candidate, expand
from refaudit.words import connectors, locators

_NUMBERS = rf"\d{{1,4}}(?:\s{{0,3}}[,;{DASH}]\s{{0,3}}\d{{1,4}}){{0,60}}"
_GROUPS = re.compile(rf"{_NUMBERS}(?:\s{{1,3}}{_NUMBERS}){{0,6}}")  # raised groups side by side: "39 40, 41"
_PARTS = r"(?:[a-h](?:[,–-][a-h]){0,7}(?![^\W\d_]))?"  # "[5a,b]": works of one entry
_PARTED = rf"\d{{1,4}}{_PARTS}(?:\s{{0,3}}[,{DASH}]\s{{0,3}}\d{{1,4}}{_PARTS}){{0,60}}{locators.BEHIND_NUMBER}"
_SQUARE = re.compile(rf"\[\s?({_PARTED}(?:\s{{0,3}};\s{{0,3}}{_PARTED}){{0,60}})[,;]?\s?\](?!\()")
_ROUND = re.compile(rf"(?<![\d\]])\(\s?({_NUMBERS}){locators.BEHIND_NUMBER}\s?\)")
_KEY = r"[A-Za-z][\w+&.'’-]{0,14}\d{2,4}[a-z]?"
_WHERE = r"(?:§{1,2}\s?|[^\W\d_]{1,12}(?:\.\s?|\s))[\dIVXivx][\w.–-]{0,12}"  # "p. 12", "Theorem 3", "§2"
_KEYED = re.compile(rf"\[({_KEY}(?:\s?[,;]\s?(?:{_WHERE}|{_KEY})){{0,20}})\]")
_PIECE = re.compile(r"[^,;]+")
# Where citations are raised, running text says "ref. 8" and "refs 9,10".
_WORDED = re.compile(rf"\b[Rr]efs?\.?\s({_NUMBERS})(?![\w%])")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_UNICODE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}(?:\s?[,;⁻–—-]\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}){0,40}")
_NEXT = re.compile(rf"\s?[,{DASH}]\s?")
_MOST_IN_RUN = 100  # brackets that follow each other as one citation
_DENSE = 0.8  # of the numbers up to the last stand in a list that counts through
_FEW_MARKS = 10
_GOES_ON = re.compile(rf"(?:[:;,.]|\n|\b(?:{connectors.PATTERN}|{connectors.OR}))\s{{0,12}}$")
_STOPPED = re.compile(r"[.,;:]")


class Form(Enum):
    """The printed forms."""

    SQUARE = "square"
    ROUND = "round"
    RAISED = "raised"
    BARE = "bare"


def candidates(text: str, start: int, end: int, raised: Sequence[Span]) -> dict[Form, list[Candidate]]:
    """Every place of every form in ``text[start:end]``."""
    found: dict[Form, list[Candidate]] = {form: [] for form in Form}
    for match in _SQUARE.finditer(text, start, end):
        numbers, flaw = expand(text, *match.span(1))
        if _around_value(text, start, match):
            continue
        found[Form.SQUARE].append(Candidate(Span(*match.span()), Span(match.start() + 1, match.end() - 1), numbers, flaw))
    found[Form.SQUARE] = _merge(text, found[Form.SQUARE])
    found[Form.ROUND] = _rounds(text, start, end)
    unicode_raised = [Span(*match.span()) for match in _UNICODE.finditer(text, start, end)]
    plain = text.translate(_PLAIN_DIGITS) if unicode_raised else text
    for span in sorted([*raised, *unicode_raised]):
        if start <= span.start and span.end <= end:
            inner = plain[span.start : span.end].strip("[]() ,;.")
            if _GROUPS.fullmatch(inner):
                numbers, flaw = expand(plain, span.start, span.end)
                found[Form.RAISED].append(Candidate(span, span, numbers, flaw))
    found[Form.BARE] = bare_digits(text, start, end)
    for match in _WORDED.finditer(text, start, end):
        numbers, flaw = expand(text, *match.span(1))
        for form in (Form.RAISED, Form.BARE):
            found[form].append(Candidate(Span(*match.span(1)), Span(*match.span(1)), numbers, flaw))
    return {form: sorted(places, key=lambda place: place.span) for form, places in found.items()}


_VALUE = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3}){1,3}|\d{1,7})(?:\.\d{1,4})?\s?%?\s?$")
_VALUES = re.compile(rf"\[\s?(\d{{1,3}}(?:,\d{{3}}){{0,3}})\s?[{DASH}]\s?(\d{{1,3}}(?:,\d{{3}}){{0,3}})\s?\]")


def _around_value(text: str, floor: int, match: re.Match[str]) -> bool:
    """Whether a bracket holds the range of the number before it: "104 [8-5,017]" is a median."""
    limits = _VALUES.fullmatch(match.group())
    value = _VALUE.search(text, max(floor, match.start() - 16), match.start()) if limits else None
    if limits is None or value is None:
        return False
    low, high, at = (int(number.replace(",", "")) for number in (limits[1], limits[2], value[1]))
    return low <= at <= high and low < high


def _merge(text: str, found: list[Candidate]) -> list[Candidate]:
    """ "[3]–[5]" is one range and "[1], [2]" one citation."""
    merged: list[Candidate] = []
    run: list[Candidate] = []
    for candidate in found:
        if run:
            between = text[run[-1].span.end : candidate.span.start]
            if len(between) > 4 or not _NEXT.fullmatch(between) or len(run) >= _MOST_IN_RUN:
                merged.append(_one(text, run))
                run = []
        run.append(candidate)
    return [*merged, _one(text, run)] if run else merged


def _one(text: str, run: Sequence[Candidate]) -> Candidate:
    """Neighbouring brackets as one citation."""
    if len(run) == 1:
        return run[0]
    numbers = list(run[0].numbers)
    for before, after in zip(run, run[1:], strict=False):
        ranged = text[before.span.end : after.span.start].strip() != ","
        if ranged and numbers and after.numbers and numbers[-1][0] < after.numbers[0][0] <= numbers[-1][0] + MOST_IN_RANGE:
            first, last = numbers.pop(), after.numbers[0]
            whole = Span(first[1].start, last[1].end)
            numbers.extend((number, whole) for number in range(first[0], last[0] + 1))
            numbers.extend(after.numbers[1:])
        else:
            numbers.extend(after.numbers)
    return Candidate(
        Span(run[0].span.start, run[-1].span.end),
        Span(run[0].inner.start, run[-1].inner.end),
        tuple(numbers),
        next((candidate.flaw for candidate in run if candidate.flaw), ""),
    )


def _rounds(text: str, start: int, end: int) -> list[Candidate]:
    """Numbers in parentheses that are no statistic ("F(2, 37) = 4.2"), interval ("5 (4–6)") or enumeration (": (1) ...; (2) ...")."""
    found: list[Candidate] = []
    enumerated = 0
    for match in _ROUND.finditer(text, start, end):
        before, after = text[max(start, match.start() - 12) : match.start()], text[match.end() : match.end() + 3]
        word = re.search(r"[^\W_]+$", before)
        if re.match(r"\s?[=<>≤≥±]", after) or (word and (len(word.group()) < 2 or word.group()[-1].isdigit())):
            continue
        numbers, flaw = expand(text, *match.span(1))
        estimate = re.search(r"(?<![\d.])(\d{1,6}(?:\.\d{1,4})?)\s?%?\s?$", before)
        if estimate and re.search(rf"[{DASH}]", match[1]) and numbers[0][0] <= float(estimate[1]) <= numbers[-1][0]:
            continue
        if len(numbers) == 1 and re.match(r"\s", after):
            opens = numbers[0][0] == 1 and re.search(r"(?:[:;,–—]|\n|^)\s*$", before)
            goes_on = numbers[0][0] == enumerated + 1 and enumerated and _GOES_ON.search(before)
            if opens or goes_on:
                enumerated = numbers[0][0]
                continue
        found.append(Candidate(Span(*match.span()), Span(match.start() + 1, match.end() - 1), numbers, flaw))
    return found


@dataclass(frozen=True, slots=True)
class Fit:
    """How a form fits the list: the share of entries it reaches, of first appearances in rising order, of numbers outside."""

    coverage: float
    order: float
    outside: float
    count: int


def fit(found: Sequence[Candidate], known: frozenset[int]) -> Fit:
    """Measure one form against the numbers that the list has."""
    firsts: list[int] = []
    seen: set[int] = set()
    outside = total = 0
    for candidate in found:
        for number, _ in candidate.numbers:
            total += 1
            if number not in known:
                outside += 1
            elif number not in seen:
                seen.add(number)
                firsts.append(number)
    top = rising = 0
    for number in firsts:
        if number > top:
            top = number
            rising += 1
    return Fit(len(seen) / max(1, len(known)), rising / max(1, len(firsts)), outside / max(1, total), len(found))


def choose(text: str, found: dict[Form, list[Candidate]], known: frozenset[int]) -> tuple[Form | None, Fit]:
    """The form that the text cites in, when one fits the list."""
    best: tuple[Form | None, Fit] = (None, Fit(0, 0, 0, 0))
    for form, places in found.items():
        places = settle(text, form, places, known) if form is Form.BARE else places
        own = fit(places, known)
        if own.count == 0 or own.outside > 0.5:
            continue
        value = (
            own.coverage
            * (0.6 + 0.4 * own.order)
            * (1 - own.outside)
            * (0.8 if form is Form.BARE else 0.95 if form is Form.ROUND else 1)
        )
        now = (
            best[1].coverage
            * (0.6 + 0.4 * best[1].order)
            * (1 - best[1].outside)
            * (0.8 if best[0] is Form.BARE else 0.95 if best[0] is Form.ROUND else 1)
        )
        if value > now:
            best = (form, own)
    return best


def settle(text: str, form: Form, found: Sequence[Candidate], known: frozenset[int]) -> list[Candidate]:
    """The places of the chosen form that are citations; numbers that the list skips count as if they stood in it."""
    last = max(known, default=0)
    listed = frozenset(range(1, last + 1)) if len(known) >= _DENSE * last else known
    if form is Form.SQUARE:
        most = max(last * 2, last + 30) if known else 10_000
        return [c for c in found if all((number or number in known) and number <= most for number, _ in c.numbers)]
    if form is Form.ROUND:
        inside = [c for c in found if all(0 < n <= last + 5 for n, _ in c.numbers) and any(n in listed for n, _ in c.numbers)]
        return sorted(inside + _beyond(text, found, inside, last), key=lambda c: c.span)
    if form is Form.RAISED:
        return [c for c in found if all(number <= last + 5 for number, _ in c.numbers)]
    return settle_bare(found, listed)


def counts_like_notes(found: Sequence[Candidate]) -> bool:
    """Whether numbers run as the marks of notes do: one at a time, each one more than the last or from one again."""
    singles = [place.numbers[0][0] for place in found if len(place.numbers) == 1]
    if len(singles) < _FEW_MARKS or len(singles) < 0.95 * len(found):
        return False
    return sum(after == before + 1 or after == 1 for before, after in pairwise(singles)) >= 0.85 * (len(singles) - 1)


def _beyond(text: str, found: Sequence[Candidate], inside: Sequence[Candidate], last: int) -> list[Candidate]:
    """Numbers a little beyond the list that stand as its citations do: behind a word, before a stop."""
    usual = [candidate for candidate in inside if _STOPPED.match(text, candidate.span.end)]
    if len(usual) < max(5, 0.5 * len(inside)):
        return []
    return [
        candidate
        for candidate in found
        if len(candidate.numbers) == 1
        and last < candidate.numbers[0][0] <= last + 30
        and _STOPPED.match(text, candidate.span.end)
        and re.search(r"[a-zß-öø-ÿ]{3}\s?$", text[max(0, candidate.span.start - 5) : candidate.span.start])
    ]


def as_found(candidate: Candidate) -> Found:
    """The citation of a place."""
    items = tuple(CitedItem(span=span, label=str(number)) for number, span in candidate.numbers)
    return Found(candidate.inner, items, False, candidate.flaw)


def keyed(text: str, start: int, end: int, labels: frozenset[str]) -> list[Found]:
    """Citations by alphanumeric label ("[Knu84, Lam94]", "[Knu84, p. 12]") that the list carries."""
    found = []
    for match in _KEYED.finditer(text, start, end):
        items: list[CitedItem] = []
        for piece in _PIECE.finditer(text, *match.span(1)):
            value = piece.group().strip()
            if items and re.fullmatch(_WHERE, value):
                items[-1] = replace(
                    items[-1],
                    locator=value,
                    span=Span(items[-1].span.start, piece.start() + piece.group().rfind(value) + len(value)),
                )
            else:
                at = piece.start() + piece.group().find(value)
                items.append(CitedItem(span=Span(at, at + len(value)), label=value))
        if any(item.label in labels for item in items):
            found.append(Found(Span(match.start(1), match.end(1)), tuple(items), False))
    return found
