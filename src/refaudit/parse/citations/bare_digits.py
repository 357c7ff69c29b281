"""Bare digits directly behind words and stops: citations whose raised position was lost ("trials.12,13")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from refaudit.model import Span
from refaudit.parse.citations.numbers import DASH, DASHES, Candidate, expand
from refaudit.parse.entries.index import ListIndex
from refaudit.text import letters

# The first digit stands first so that the search can skip to digits; what stands before it is looked at behind it.
_BARE = re.compile(
    rf"\d(?:(?<=[^\W\d_]\d)|(?<=[.,;:!?)\]”\"’'%*†]\d))\d{{0,17}}"
    rf"(?:\s?[,{DASH}]\s?\d{{1,3}}|\s\d{{1,3}}(?=[\s.,;{DASH}]|$)){{0,40}}(?=[\s.,;:)\]”]|\(pp?\.?\s?\d|$)"
)
_NEIGHBOURS = re.compile(r"(?<=[.,;:a-z])(\d{1,3})\s(\d{1,3})(?=[\s.,;])")
_UNITS = frozenset(
    "hz kb mb gb ha ev kw mw ng pg dl ms ns ka ma ga ac wt st th "
    "m cm mm km nm dm um µm ft in kg mg ml l h s min log exp co ch cd sp spp ca cl fe mg na so no ph pm cm² vol fig figs table tab eq ref refs no nos pp chr".split()
)


def bare_digits(text: str, start: int, end: int) -> list[Candidate]:
    """Every place of ``text[start:end]`` where digits stand that may have been raised."""
    # some texts lose the commas between raised numbers: then neighbours such as "16 17" stand in several places
    spaced = sum(int(pair[1]) + 1 == int(pair[2]) for pair in _NEIGHBOURS.finditer(text, start, end)) >= 2
    return [found for match in _BARE.finditer(text, start, end) if (found := _bare(text, match, spaced))]


def _bare(text: str, match: re.Match[str], spaced: bool) -> Candidate | None:
    """Digits set directly behind a word or a stop, with how strongly their surroundings speak for a lost superscript."""
    start, end = match.span()
    before = text[start - 1]
    numbers_text = match.group()
    pieces = re.split(r"\s(?=\d)", numbers_text)
    if len(pieces) > 1 and any(sign in numbers_text for sign in "," + DASHES):
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
        word = re.search(r"(?<![^\W\d_])([^\W\d_]+)\.$", text[max(0, start - 12) : start])
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


def settle_bare(found: Sequence[Candidate], known: frozenset[int]) -> list[Candidate]:
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
