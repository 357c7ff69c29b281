"""In which language a title or the name of a journal is written, as far as its small words tell. Pure."""

from __future__ import annotations

import re

from refaudit.text import scripts, words
from refaudit.words.stop_words import ENGLISH, OTHER

# Words of English alone that stand in the names of thousands of journals.
_JOURNALS = frozenset("journal letters advances science sciences engineering research review reviews studies".split())
# A Greek letter that stands for itself, as in all languages ("TGF-β").
_SYMBOL = re.compile(r"(?<![^\W\d_])[\u0370-\u03ff](?![^\W\d_])")
# Dashes, quotation marks and the like, which are no letters of another language.
_MARKS = re.compile(r"[\u2010-\u2027]")


def in_english(text: str) -> bool:
    """Whether a text reads as English: small words of English in it, or plain letters and a "journal", and none of other languages."""
    found = set(words(text))
    plain = _SYMBOL.sub("", text)
    if not scripts(plain) <= {"LATIN"} or found & OTHER:
        return False
    return bool(found & ENGLISH) or (_MARKS.sub("", plain).isascii() and bool(found & _JOURNALS))


def other_language(one: str, other: str) -> bool:
    """Whether two texts are in different languages: no alphabet in common, or small words of English in one and of another
    language in the other."""
    if not one or not other:
        return False
    if not scripts(one) & scripts(other):
        return True
    first, second = set(words(one)), set(words(other))
    return any(a & ENGLISH and not b & ENGLISH and b & OTHER and not a & OTHER for a, b in ((first, second), (second, first)))
