"""In which language a title or the name of a journal is written, as far as its small words tell. Pure."""

from __future__ import annotations

from refaudit.text import scripts, words

_ENGLISH = frozenset(
    "the of and for with from by using between among through toward towards during its their at under within into".split()
)
_FOREIGN = frozenset(
    """der die das und von zur zum im für fur des du et la le les dans pour sur une un el los las del y en para por con il della nella di
    e da do dos das nas na sobre och av som til een het van voor og i iz po v s na pri dlya ob az egy hatasa ve ile bir ja seka z de em
    em um uma el au aux nel""".split()
)
_LETTERS = frozenset("iesv")  # small words of one letter are initials and symbols too


def in_english(text: str) -> bool:
    """Whether a text reads as English: small words of English in it, or plain letters and a "journal", and none of other languages."""
    found = set(words(text))
    if not scripts(text) <= {"LATIN"} or (found & _FOREIGN) - _LETTERS:
        return False
    return bool(found & _ENGLISH) or (text.isascii() and "journal" in found)


def other_language(one: str, other: str) -> bool:
    """Whether two texts are in different languages: no alphabet in common, or small words of English in one and of another
    language in the other."""
    if not one or not other:
        return False
    if not scripts(one) & scripts(other):
        return True
    first, second = set(words(one)), set(words(other))
    return any(
        a & _ENGLISH and not b & _ENGLISH and (b & _FOREIGN) - _LETTERS and not (a & _FOREIGN) - _LETTERS
        for a, b in ((first, second), (second, first))
    )
