"""Folding text for comparison: pure functions, one place for what counts as "the same letters"."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose but that registries and authors write either way.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
     "ı": "i", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H",
     "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "ʹ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None}
)  # fmt: skip
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_DASH = re.compile(f"[{DASHES}]")
_SPACE = re.compile(r"\s+")
# What a decomposed letter loses: the combining marks of the Latin, Greek, Cyrillic, Hebrew, Arabic and Japanese scripts.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ufe20-\ufe2f]+"
)
_WORD = re.compile(r"[^\W_]+")
_NO_LETTER = re.compile(r"[\W_]+")


def whole(text: str) -> int | None:
    """The number that up to nine decimal digits of any script write; None for everything else ("²", thousands of digits)."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def plain(text: str) -> str:
    """Accents off, typographic quotes and dashes plain, compatibility forms unfolded; case and length may differ."""
    if text.isascii():
        return text
    text = _DASH.sub("-", text.translate(_LETTERS))
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))


def fold(text: str) -> str:
    """``plain`` in lower case with white space folded: the form in which texts are compared."""
    return _SPACE.sub(" ", plain(text)).strip().casefold()


def letters(text: str) -> str:
    """Only letters and digits of ``fold``: hyphens, apostrophes and spaces do not count."""
    folded = plain(text).casefold()
    return folded if folded.isalnum() else _NO_LETTER.sub("", folded)


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def scripts(text: str) -> frozenset[str]:
    """The alphabets of a text's letters, as the first word of their Unicode names ("LATIN", "CYRILLIC", "CJK")."""
    return frozenset(unicodedata.name(char, "?").split()[0] for char in text if char.isalpha())
