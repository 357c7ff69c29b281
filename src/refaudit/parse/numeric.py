"""Numeric citations: brackets, parentheses, superscripts, and bare digits where the raised position was lost.

Each printed form is a hypothesis about the whole text. The list says which numbers exist; a true form covers most of
them, first appears in rising order and stays within the list. Only then are its single places read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

from refaudit.model import CitedItem, Span
from refaudit.parse.author_date import Found
from refaudit.parse.index import ListIndex
from refaudit.text import letters

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_DASH = r"\-\u2010-\u2014\u2212"  # inside a character class
_NUMBERS = rf"\d{{1,4}}(?:\s{{0,3}}[,;{_DASH}]\s{{0,3}}\d{{1,4}}){{0,60}}"
_LOCATOR = r"(?:\s?,\s?(?:pp?|S|ch|sec|Fig|Theorem|Thm|Eq|vol|n[ºo°]|[cс]|[CС]|стр|т|гл|str|s)\.?\s?[\d.–-]{1,12})?"
_PARTS = r"(?:[a-h](?:[,–-][a-h]){0,7}(?![^\W\d_]))?"  # "[5a,b]": works of one entry
_PARTED = rf"\d{{1,4}}{_PARTS}(?:\s{{0,3}}[,{_DASH}]\s{{0,3}}\d{{1,4}}{_PARTS}){{0,60}}{_LOCATOR}"
_SQUARE = re.compile(rf"\[\s?({_PARTED}(?:\s{{0,3}};\s{{0,3}}{_PARTED}){{0,60}})[,;]?\s?\](?!\()")
_WITHIN = re.compile(_LOCATOR[:-1])  # a locator that is there
_ROUND = re.compile(rf"(?<![\d\]])\(\s?({_NUMBERS}){_LOCATOR}\s?\)")
_KEYED = re.compile(r"\[([A-Za-z][\w+&.'’-]{0,14}\d{2,4}[a-z]?(?:\s?[,;]\s?[A-Za-z][\w+&.'’-]{0,14}\d{2,4}[a-z]?){0,20})\]")
# The first digit stands first so that the search can skip to digits; what stands before it is looked at behind it.
_BARE = re.compile(
    rf"\d(?:(?<=[^\W\d_]\d)|(?<=[.,;:!?)\]”\"’'%*†]\d))\d{{0,17}}"
    rf"(?:\s?[,{_DASH}]\s?\d{{1,3}}|\s\d{{1,3}}(?=[\s.,;{_DASH}]|$)){{0,40}}(?=[\s.,;:)\]”]|\(pp?\.?\s?\d|$)"
)
# Where citations are raised, running text says "ref. 8" and "refs 9,10".
_WORDED = re.compile(rf"\b[Rr]efs?\.?\s({_NUMBERS})(?![\w%])")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_UNICODE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}(?:\s?[,;⁻–—-]\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}){0,40}")
_NEIGHBOURS = re.compile(r"(?<=[.,;:a-z])(\d{1,3})\s(\d{1,3})(?=[\s.,;])")
_NUMBER = re.compile(r"\d{1,18}")
_NEXT = re.compile(rf"\s?[,{_DASH}]\s?")
_MOST_IN_RUN = 100  # brackets that follow each other as one citation
_DENSE = 0.8  # of the numbers up to the last stand in a list that counts through
_STOPPED = re.compile(r"[.,;:]")
_MOST_IN_RANGE = 80  # a range longer than this is no list of works

_UNITS = frozenset(
    "hz kb mb gb ha ev kw mw ng pg dl ms ns ka ma ga ac wt st th "
    "m cm mm km nm dm um µm ft in kg mg ml l h s min log exp co ch cd sp spp ca cl fe mg na so no ph pm cm² vol fig figs table tab eq ref refs no nos pp chr".split()
)


class Form(Enum):
    """The printed forms."""

    SQUARE = "square"
    ROUND = "round"
    RAISED = "raised"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be a numeric citation: the stretch of its numbers and the numbers with their own stretches."""

    span: Span
    inner: Span
    numbers: tuple[tuple[int, Span], ...]
    flaw: str = ""
    strength: int = 3


def expand(text: str, start: int, end: int) -> tuple[tuple[tuple[int, Span], ...], str]:
    """The numbers of ``text[start:end]`` with ranges written out, and the flaw of a range that runs backwards."""
    numbers: list[tuple[int, Span]] = []
    flaw = ""
    last_end = start
    previous: int | None = None
    previous_start = start
    within = [place.span() for place in _WITHIN.finditer(text, start, end)] if "," in text[start:end] else []
    for match in _NUMBER.finditer(text, start, end):
        if any(first < match.start() < last for first, last in within):
            continue
        value = int(match.group())
        between = text[last_end : match.start()]
        if previous is not None and any(dash in between for dash in _DASHES):
            if previous < value <= previous + _MOST_IN_RANGE:
                whole = Span(previous_start, match.end())
                numbers[-1] = (previous, whole)
                numbers.extend((number, whole) for number in range(previous + 1, value + 1))
            else:
                if value <= previous:
                    flaw = f"the range {previous}–{value} runs backwards"
                numbers.append((value, Span(*match.span())))
        else:
            numbers.append((value, Span(*match.span())))
        previous, previous_start, last_end = value, match.start(), match.end()
    return tuple(numbers), flaw


def candidates(text: str, start: int, end: int, raised: Sequence[Span]) -> dict[Form, list[Candidate]]:
    """Every place of every form in ``text[start:end]``."""
    found: dict[Form, list[Candidate]] = {form: [] for form in Form}
    for match in _SQUARE.finditer(text, start, end):
        numbers, flaw = expand(text, *match.span(1))
        found[Form.SQUARE].append(Candidate(Span(*match.span()), Span(match.start() + 1, match.end() - 1), numbers, flaw))
    found[Form.SQUARE] = _merge(text, found[Form.SQUARE])
    found[Form.ROUND] = _rounds(text, start, end)
    unicode_raised = [Span(*match.span()) for match in _UNICODE.finditer(text, start, end)]
    plain = text.translate(_PLAIN_DIGITS) if unicode_raised else text
    for span in sorted([*raised, *unicode_raised]):
        if start <= span.start and span.end <= end:
            inner = plain[span.start : span.end].strip("[]() ,;.")
            if re.fullmatch(_NUMBERS, inner):
                numbers, flaw = expand(plain, span.start, span.end)
                found[Form.RAISED].append(Candidate(span, span, numbers, flaw))
    # some texts lose the commas between raised numbers: then neighbours such as "16 17" stand in several places
    spaced = sum(int(pair[1]) + 1 == int(pair[2]) for pair in _NEIGHBOURS.finditer(text, start, end)) >= 2
    for match in _BARE.finditer(text, start, end):
        candidate = _bare(text, match, spaced)
        if candidate:
            found[Form.BARE].append(candidate)
    for match in _WORDED.finditer(text, start, end):
        numbers, flaw = expand(text, *match.span(1))
        for form in (Form.RAISED, Form.BARE):
            found[form].append(Candidate(Span(*match.span(1)), Span(*match.span(1)), numbers, flaw))
    return {form: sorted(places, key=lambda place: place.span) for form, places in found.items()}


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
        if ranged and numbers and after.numbers and numbers[-1][0] < after.numbers[0][0] <= numbers[-1][0] + _MOST_IN_RANGE:
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
        if estimate and re.search(rf"[{_DASH}]", match[1]) and numbers[0][0] <= float(estimate[1]) <= numbers[-1][0]:
            continue
        if len(numbers) == 1 and re.match(r"\s", after):
            opens = numbers[0][0] == 1 and re.search(r"(?:[:;,–—]|\n|^)\s*$", before)
            goes_on = (
                numbers[0][0] == enumerated + 1 and enumerated and re.search(r"(?:[:;,.]|\n|\b(?:and|or|und|y|e|et))\s*$", before)
            )
            if opens or goes_on:
                enumerated = numbers[0][0]
                continue
        found.append(Candidate(Span(*match.span()), Span(match.start() + 1, match.end() - 1), numbers, flaw))
    return found


def _bare(text: str, match: re.Match[str], spaced: bool) -> Candidate | None:
    """Digits set directly behind a word or a stop, with how strongly their surroundings speak for a lost superscript."""
    start, end = match.span()
    before = text[start - 1]
    numbers_text = match.group()
    pieces = re.split(r"\s(?=\d)", numbers_text)
    if len(pieces) > 1 and any(sign in numbers_text for sign in "," + _DASHES):
        end = start + len(numbers_text)
    elif len(pieces) > 1:
        # "trials.12 13 The": numbers joined by spaces must rise closely, and the sentence must go on as one begins
        kept = pieces[0]
        for piece in pieces[1:]:
            if int(kept.split()[-1]) < int(piece) <= int(kept.split()[-1]) + 30:
                kept += " " + piece
            else:
                break
        if not spaced and not re.match(r"\s+[^\W\d_a-z]|[.,;:)]|\s*\n|\s*$", text[start + len(kept) : start + len(kept) + 12]):
            kept = pieces[0]
        end = start + len(kept)
    if text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit():
        return None
    if before.isalpha():
        word = re.search(r"[^\W_][\w-]*$", text[max(0, start - 30) : start])
        value = word.group() if word else ""
        if len(value) < 2 or value.casefold() in _UNITS or any(char.isdigit() for char in value):
            return None
        plain = value.replace("-", "")
        if len(value) == 2 and not value.islower():
            return None
        # "HLA2", "STH3", "bp4": more often a name or a measure than a citation
        strength = 2 if len(value) > 2 and plain[1:].islower() else 1
        if text[max(0, start - len(value) - 1) : start - len(value)] in ("/", "-", "–", "^"):
            return None
    elif before in ".,;:":
        inner = text[max(0, start - 2) : start - 1]
        if inner.isdigit():
            digits = re.search(r"(?<![\d.,])(\d+)[.,;:]$", text[max(0, start - 9) : start])
            if (
                before in ",:;"
                or digits is None
                or not (len(digits[1]) == 4 and re.match(r"\s+[^\W\d_a-z]|\s*$", text[end : end + 6]))
            ):
                return None
        elif inner.isspace() or not inner:
            return None
        word = re.search(r"([^\W\d_]+)\.$", text[max(0, start - 12) : start])
        if before == "." and word and word[1].casefold() in _UNITS - {"sp", "spp"}:
            return None
        strength = 3
        if re.match(r"\s?(?:%|mg|ml|g\b|kg|years|weeks|days|months|h\b|min\b|mm\b|cm\b)", text[end : end + 7]):
            strength = 1
    else:
        inner = text[max(0, start - 2) : start - 1]
        if before == ")" and inner.isdigit() and re.search(r"\d\(\d+\)$", text[max(0, start - 12) : start]):
            return None
        strength = 2
    numbers, flaw = expand(text, start, end)
    return Candidate(Span(start, end), Span(start, end), numbers, flaw, strength)


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
    return _settle_bare(found, listed)


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


def _settle_bare(found: Sequence[Candidate], known: frozenset[int]) -> list[Candidate]:
    """Bare digits: what was cited before may return anywhere, a new number must be about the next one."""
    kept: list[Candidate] = []
    seen = 0
    commas = sum(len(candidate.numbers) > 1 for candidate in found if candidate.strength >= 2)
    merged = sum(number > max(known, default=0) for candidate in found for number, _ in candidate.numbers)
    for position, candidate in enumerate(found):
        numbers = [number for number, _ in candidate.numbers]
        if merged > commas and len(numbers) == 1 and (numbers[0] > seen + 4 or numbers[0] not in known):
            run = _run_together(str(numbers[0]), seen, known)
            if len(run) > 1:
                candidate = replace(candidate, numbers=tuple((number, candidate.span) for number in run))
                numbers = run
        if not all(number in known for number in numbers):
            continue
        fresh = [number for number in numbers if number > seen]
        score = float(candidate.strength)
        if fresh:
            jump = min(fresh) - seen
            if jump == 1:
                score += 2
            elif jump <= 4:
                # numbers cited only in tables and figures leave small holes; a place soon after must not fill the hole better
                soon = any(number == seen + 1 for other in found[position + 1 : position + 6] for number, _ in other.numbers[:1])
                score += -1.5 if soon else 0.5
            elif candidate.strength < 2 or not _goes_on(found[position + 1 : position + 200], min(fresh), known):
                score -= 3
            else:
                score += 0.5
            if max(fresh) > seen + len(fresh) + 6:
                score -= 2
        if len(numbers) > 1:
            score += 1
            if any(b <= a for a, b in zip(numbers, numbers[1:], strict=False)):
                score -= 1
        if score >= 2.5 or (not fresh and score >= 2):
            kept.append(candidate)
            seen = max(seen, *numbers) if fresh else seen
    return kept


def _goes_on(following: Iterable[Candidate], number: int, known: frozenset[int]) -> bool:
    """Whether the count goes on from ``number``: what lies between was cited where the text was not read (tables, figures)."""
    higher = (n for candidate in following if candidate.strength >= 2 for n, _ in candidate.numbers if number < n and n in known)
    return len({n for n in islice(higher, 4) if n <= number + 5}) >= 2


def _run_together(digits: str, seen: int, known: frozenset[int]) -> list[int]:
    """The rising numbers that a run of digits is made of, the fewest that fit; [] when none do.

    Texts that lose their superscripts often lose the commas too: "891011" is 8, 9, 10, 11. Each number must be known
    to the list, and be cited before or be the next one.
    """
    best: dict[tuple[int, int, int], list[int] | None] = {}

    def rest(at: int, last: int, top: int) -> list[int] | None:
        if at == len(digits):
            return []
        key = (at, last, top)
        if key not in best:
            found: list[int] | None = None
            for size in (3, 2, 1):
                piece = digits[at : at + size]
                if len(piece) < size or piece[0] == "0":
                    continue
                number = int(piece)
                if number <= last or number not in known or number > top + 1:
                    continue
                tail = rest(at + size, number, max(top, number))
                if tail is not None and (found is None or len(tail) + 1 < len(found)):
                    found = [number, *tail]
            best[key] = found
        return best[key]

    return rest(0, 0, seen) or []


def without_names(text: str, found: Sequence[Candidate], index: ListIndex) -> list[Candidate]:
    """Leave out words that always carry their one number ("Pax6", "mdm2"): names of things, not citations."""
    tails = Counter(_tail(text, candidate) for candidate in found)
    words: Counter[str] | None = None
    kept = []
    for candidate in found:
        tail = _tail(text, candidate)
        if tail and tails[tail] > 1 and len(candidate.numbers) == 1:
            word = tail.rstrip("0123456789,–- ")
            entry = index.labels.get(str(candidate.numbers[0][0]))
            if entry is not None and letters(word) in index.head(entry).grams:
                kept.append(candidate)  # "Rothenberg1" cites an entry of Rothenberg's
                continue
            if words is None:
                words = Counter(re.findall(r"[\w-]+", text))
            if words[word] < tails[tail]:
                continue
        kept.append(candidate)
    return kept


def _tail(text: str, candidate: Candidate) -> str:
    start = candidate.span.start
    if not text[start - 1].isalpha():
        return ""
    word = re.search(r"[^\W_][\w-]*$", text[max(0, start - 30) : start])
    return (word.group() if word else "") + text[start : candidate.span.end]


def as_found(candidate: Candidate) -> Found:
    """The citation of a place."""
    items = tuple(CitedItem(span=span, label=str(number)) for number, span in candidate.numbers)
    return Found(candidate.inner, items, False, candidate.flaw)


def keyed(text: str, start: int, end: int, labels: frozenset[str]) -> list[Found]:
    """Citations by alphanumeric label ("[Knu84, Lam94]") that the list carries."""
    found = []
    for match in _KEYED.finditer(text, start, end):
        items = tuple(
            CitedItem(span=Span(match.start(1) + piece.start(), match.start(1) + piece.end()), label=piece.group())
            for piece in re.finditer(r"[^\s,;]+", match[1])
        )
        if any(item.label in labels for item in items):
            found.append(Found(Span(match.start(1), match.end(1)), items, False))
    return found
