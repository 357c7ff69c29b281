"""In which language a title or the name of a journal is written, as far as its small words tell. Pure."""

from __future__ import annotations

from refaudit.text import scripts, words
from refaudit.words.stop_words import ENGLISH, OTHER


def in_english(text: str) -> bool:
    """Whether a text reads as English: small words of English in it, or plain letters and a "journal", and none of other languages."""
    found = set(words(text))
    if not scripts(text) <= {"LATIN"} or found & OTHER:
        return False
    return bool(found & ENGLISH) or (text.isascii() and "journal" in found)


def other_language(one: str, other: str) -> bool:
    """Whether two texts are in different languages: no alphabet in common, or small words of English in one and of another
    language in the other."""
    if not one or not other:
        return False
    if not scripts(one) & scripts(other):
        return True
    first, second = set(words(one)), set(words(other))
    return any(a & ENGLISH and not b & ENGLISH and b & OTHER and not a & OTHER for a, b in ((first, second), (second, first)))
