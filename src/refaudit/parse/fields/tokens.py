"""The tokens of an entry and the small set of classes they fall into."""

from __future__ import annotations

import re

from refaudit.parse.identifiers import DOI_BEGINS
from refaudit.words.field_words import KINDS

_TOKEN = re.compile(
    rf"(?:https?|ftp)://[^\s<>\"“”]{{1,2000}}|www\.[^\s<>\"“”]{{1,2000}}|(?<![0-9]){DOI_BEGINS}[^\s<>\"“”]{{1,300}}|"
    # words with their accents set apart, hyphens ("non-linear", "Jean-Paul") and ampersands between capitals ("AT&T") inside
    r"[^\W_]+(?:['’\-‐‑][^\W\d_]+|[\u0300-\u036f]+[^\W_]*|(?<=[A-Z])&[A-Z]{1,3}(?![a-z])){0,12}|_|[^\w\s]"
)
_TAIL = re.compile(r"(?<![.,;:!?)\]}>'’…])[.,;:!?)\]}>'’…]+$")
_YEAR = re.compile(r"1[4-9]\d\d|20[0-4]\d")
_ROMAN = re.compile(r"[IVXLC]{2,8}|[ivxlc]{2,8}")

Token = tuple[str, int, int]


def tokens(text: str) -> list[Token]:
    """``(text, start, end)`` of every word, number, link and punctuation mark; white space is left out."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if end - start > 6 and (word[0] in "hfwW1") and ("/" in word or word.startswith("www.")):
            tail = _TAIL.search(word)
            if tail:
                cut = tail.start()
                while cut < len(word) and word[cut] == ")" and word.count("(", 0, cut) > word.count(")", 0, cut):
                    cut += 1
                found.append((word[:cut], start, start + cut))
                found.extend((word[at], start + at, start + at + 1) for at in range(cut, len(word)))
                continue
        found.append((word, start, end))
    return found


MONTH_WORDS = frozenset(word for word, kind in KINDS.items() if kind == "month")
_PUNCTUATION = {
    mark: name
    for name, marks in (
        (".", ".…。"), (",", ",，、"), (";", ";；"), (":", ":："), ("(", "(（"),
        (")", ")）"), ("[", "["), ("]", "]"), ('"', '"'),
        ("“", "“„«《‹"), ("”", "”»》›"), ("‘", "‘"), ("’", "’'"),
        ("-", "-‐‑"), ("–", "–—−"), ("/", "/"), ("&", "&+"), ("?", "?!"),
        ("<", "<"), (">", ">"), ("*", "*·•_｀"), ("=", "="), ("#", "#"),
    )
    for mark in marks
}  # fmt: skip
_NUMBERS = ("d1", "d2", "d3", "d4", "d5")
_SHAPES = ("X", "XX", "XXX", "XXXX", "Xx", "xx", "x", "xX", "han", "roman", "a1", "1a", "url", "DOI", "year", "other", "ref")
CLASSES: tuple[str, ...] = (
    "<", *sorted(set(_PUNCTUATION.values()) - {"<"}), *_NUMBERS, *_SHAPES, *sorted(set(KINDS.values()))
)  # fmt: skip
CLASS = {name: index + 1 for index, name in enumerate(CLASSES)}
"""Class numbers; 0 stands beyond both ends of an entry."""


def class_of(word: str) -> int:
    """The class number of one token."""
    first = word[0]
    if not first.isalnum():
        return CLASS[_PUNCTUATION.get(word, "other")]
    if len(word) > 6 and "/" in word:
        return CLASS["DOI" if word.startswith("10.") else "url"]
    if first.isdigit():
        if word.isdecimal():
            if len(word) == 4 and _YEAR.fullmatch(word):
                return CLASS["year"]
            return CLASS[_NUMBERS[min(len(word), 5) - 1]]
        if _YEAR.fullmatch(word[:4]) and len(word) == 5:
            return CLASS["year"]
        return CLASS["1a"]
    if "\u2e80" <= first <= "\u9fff" or "\uac00" <= first <= "\ud7af":
        return CLASS["han"]
    known = KINDS.get(word.casefold())
    if known and not (len(word) == 1 and word.isupper()):
        return CLASS[known]
    if word.startswith("www."):
        return CLASS["url"]
    if not word.isalpha() and any(char.isdigit() for char in word):
        return CLASS["a1"]
    if len(word) == 1:
        return CLASS["X" if word.isupper() else "x"]
    if _ROMAN.fullmatch(word):
        return CLASS["roman"]
    if word.isupper():
        return CLASS["XX" if len(word) == 2 else "XXX" if len(word) == 3 else "XXXX"]
    if first.isupper():
        return CLASS["Xx"] if word[1:].islower() else CLASS["xX"]
    return CLASS["xx"] if word.islower() else CLASS["xX"]
