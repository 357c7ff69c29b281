"""Are two names of a journal, book or proceedings the same? Full names, ISO 4 abbreviations, acronyms. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from refaudit.resolve.match.entry import Entry
from refaudit.text import letters, words
from refaudit.words import stop_words

# ISO 4 leaves articles, prepositions and conjunctions out.
_DROPPED = stop_words.ALL | {"e", "i", "o", "y"}

# Where two words of an abbreviation were run together ("Postgrad MedJ").
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def content_words(name: str) -> tuple[str, ...]:
    """The words of a container that an abbreviation keeps; letters at its end (section "B", "U S A") are left out."""
    kept = [word for word in words(name) if word not in _DROPPED]
    while len(kept) > 2 and len(kept[-1]) == 1:
        kept.pop()
    return tuple(kept)


def shortens(short: str, full: str) -> bool:
    """Whether a word is an abbreviation of another: a beginning ("biol"), or a contraction ("natl" for "national")."""
    if full.startswith(short):
        return True
    if len(short) < 3 or short[0] != full[0]:
        return False
    rest = iter(full)
    return all(char in rest for char in short)


@lru_cache(maxsize=8192)
def same_container(one: str, other: str) -> bool:
    """Whether two printed names can be one container."""
    a, b = letters(one), letters(other)
    if not a or not b or a == b:
        return True
    if (len(a) >= 8 and b.startswith(a)) or (len(b) >= 8 and a.startswith(b)):  # a subtitle, section or place left out
        return True
    first, second = content_words(one), content_words(other)
    if not first or not second:
        return True
    if fuzz.ratio(a, b) >= 88 or fuzz.token_sort_ratio(" ".join(first), " ".join(second)) >= 90:
        return True
    if _acronym(first, second) or _acronym(second, first):
        return True
    if _abbreviates(first, second) or _abbreviates(second, first):
        return True
    torn = _JOINED.sub(" ", one), _JOINED.sub(" ", other)
    return torn != (one, other) and same_container(*torn)


def _acronym(short: Sequence[str], full: Sequence[str]) -> bool:
    """ "pnas" for "proceedings national academy sciences …": initials in order, the last words may be missing."""
    if len(short) != 1 or len(full) < 2:
        return len(short) <= 3 and len(full) > len(short) and _acronym(("".join(short),), full)
    initials = "".join(word[0] for word in full)
    return len(short[0]) >= 2 and (initials == short[0] or (len(short[0]) >= 4 and initials.startswith(short[0])))


def _abbreviates(short: Sequence[str], full: Sequence[str]) -> bool:
    """Every word of ``short`` shortens a word of ``full``, in order; words of ``full`` may be left out while most are there."""
    at, matched = 0, 0
    for word in short:
        while at < len(full) and not shortens(word, full[at]):
            at += 1
        if at == len(full):
            break
        matched, at = matched + 1, at + 1
    return matched == len(short) and matched >= 0.6 * len(full) and short[0][0] == full[0][0]


def container_score(entry: Entry, containers: Sequence[str]) -> float | None:
    """1 when a container stands in the entry, in full or abbreviated; less for a part of it; None when there is none."""
    scores = [_in_entry(entry, container) for container in containers]
    return max(scores) if scores else None


def _in_entry(entry: Entry, container: str) -> float:
    flat = letters(container)
    if len(flat) >= 8 and flat in entry.letters:
        return 1.0
    wanted = content_words(container)
    if not wanted:
        return 0.0
    if f" {' '.join(wanted)} " in entry.spaced or f" {' '.join(words(container))} " in entry.spaced:
        return 1.0
    initials = "".join(word[0] for word in wanted)
    if len(initials) >= 3 and f" {initials} " in entry.spaced:
        return 0.9
    if entry.container and same_container(entry.container, container):
        return 1.0
    if len(flat) >= 12 and len(flat) < len(entry.letters) and fuzz.partial_ratio(flat, entry.letters) >= 90:
        return 0.9
    if len(wanted) == 1:
        return 0.8 if any(len(word) >= 4 and wanted[0].startswith(word) for word in entry.words) else 0.0
    return _run(entry.words, wanted)


def _run(text: Sequence[str], wanted: Sequence[str]) -> float:
    """The longest run of the text whose words shorten ``wanted`` in order, as a share of ``wanted``."""
    best = 0.0
    for start, word in enumerate(text):
        if not shortens(word, wanted[0]):
            continue
        at, matched, misses, length = 0, 0, 0, 0
        for token in text[start : start + 2 * len(wanted) + 2]:
            if token in _DROPPED:
                continue
            length += 1
            hit = next((k for k in range(at, min(at + 2, len(wanted))) if shortens(token, wanted[k])), None)
            if hit is None:
                misses += 1
                if misses > 1:
                    break
                continue
            matched, at = matched + 1, hit + 1
            if at == len(wanted):
                break
        if matched >= 2:
            best = max(best, matched / len(wanted) - 0.15 * misses)
    return best if best >= 0.6 else 0.0


def stands_in(text: str, container: str) -> bool:
    """Whether a folded text holds a container's name, in full or with every word abbreviated."""
    found, wanted = words(text), content_words(container)
    if not wanted:
        return False
    if f" {' '.join(words(container))} " in f" {' '.join(found)} ":
        return True
    return len(wanted) > 1 and _run(found, wanted) >= 0.99


def is_preprint_server(name: str) -> bool:
    """Whether a container is a place for preprints and working papers, so that it says nothing about the journal."""
    return bool(
        re.search(r"rxiv|preprint|research ?square|ssrn|working paper|osf|zenodo|figshare|hal\b|repec", " ".join(words(name)))
    )
