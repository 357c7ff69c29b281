""" "and": what joins the last two names of a printed list."""

from __future__ import annotations

from refaudit.words.forms import listed

# Language -> the words that join names.
_BY_LANGUAGE = {
    "en": "and with",
    "de": "und u. u",
    "fr": "et",
    "es": "y e",
    "pt": "e",
    "it": "e ed",
    "ca": "i",
    "ro": "și şi si",
    "nl": "en",
    "sv": "och",
    "da": "og",
    "no": "og",
    "fi": "ja",
    "hu": "és",
    "pl": "i oraz",
    "cs": "a",
    "sk": "a",
    "hr": "i te",
    "sl": "in ter",
    "lt": "ir",
    "lv": "un",
    "ru": "и",
    "uk": "і та й",
    "bg": "и",
    "el": "και κι",
    "tr": "ve ile",
    "id": "dan",
    "vi": "và",
    "zh": "和 与 與 及",
    "ja": "と 及び",
    "ko": "와 과 및",
    "ar": "و",
    "fa": "و",
}
# Words that are common in other languages too: they join only what is a name on both sides beyond doubt.
WEAK = frozenset("a in te ter ir un ile si u o".split())
CONNECTORS = frozenset(word for row in _BY_LANGUAGE.values() for word in row.split()) - WEAK | {"a", "u", "&", "&amp;"}
WORDS = tuple(
    sorted((word for word in CONNECTORS if word[0].isalpha() and len(word) > 1 and word != "with"), key=len, reverse=True)
)
"""The connectors of two letters and more."""
LETTERS = frozenset(word for word in CONNECTORS if len(word) == 1 and word.isalpha()) - {"a", "u"}
"""The connectors of one letter ("y", "и"), which are initials where they are capitals."""
PATTERN = "|".join((*WORDS, "y", "e"))
"""The connectors that are read between any two things, as a part of other patterns."""
_UNSPACED = "".join(sorted(letter for letter in LETTERS if "\u3040" <= letter <= "\ud7af"))
_SPACED = "|".join((*(word for word in WORDS if word.isalpha()), "u", "a", *sorted(LETTERS - {*_UNSPACED})))
ANY = rf"(?:(?:{_SPACED})(?!\w)\.?|&|及び|[{_UNSPACED}])"
"""A connector where years, numbers or links stand on both sides, as a part of other patterns."""
BETWEEN = rf"(?:(?:(?:{_SPACED})(?!\w)\.?|&)\s+|(?:及び|[{_UNSPACED}])\s*)"
"""The same with the space behind it."""
_OR_BY_LANGUAGE = {
    "en": "or",
    "de": "oder",
    "fr": "ou",
    "es": "o u",
    "pt": "ou",
    "it": "o",
    "sv": "eller",
    "pl": "lub",
}
OR = "|".join(sorted(listed(_OR_BY_LANGUAGE)))
""" "or", as a part of other patterns."""
