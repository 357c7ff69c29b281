"""Articles, prepositions and conjunctions: the small words that say little of a title or name."""

from __future__ import annotations

from refaudit.text import fold
from refaudit.words.forms import listed

_BY_LANGUAGE = {
    "en": """a an the of and or in on for to with from by at as is are its into using via between among through toward towards during
        their under within""",
    "de": "der die das den dem des ein eine einer und von vom zu zum zur im in für",
    "fr": "le la les l de du des d un une et en dans sur pour par au aux",
    "es": "el la los las un una de del y e o en con para por",
    "pt": "o a os as um uma de do da dos das e em no na nos nas com para por sobre",
    "it": "il lo la gli le un una di del della e ed in nel nella con per i",
    "nl": "de het een van der voor en",
    "sv": "och av som till i",
    "pl": "i w z na do",
    "cs": "a v s z na pro",
    "da": "og til",
    "fi": "ja sekä",
    "hu": "az egy és hatása",
    "ru": "iz po v s na pri dlya ob i",  # as it is romanised
    "tr": "ve ile bir",
}
STOP_WORDS = {language: listed({language: words}) for language, words in _BY_LANGUAGE.items()}
"""Language -> its small words, casefolded."""
ALL = frozenset(form for words in STOP_WORDS.values() for word in words for form in (word, fold(word)) if len(form) > 1) | {"a"}
"""Those of all languages, also with their accents off; other single letters also count, name and initial ("Vitamin E")."""
ENGLISH = STOP_WORDS["en"] - frozenset(word for language in STOP_WORDS.keys() - {"en"} for word in STOP_WORDS[language])
"""Those that are words of English alone."""
OTHER = ALL - STOP_WORDS["en"] - {"no", "per", "pro"}
"""Those that are no words of English, where "no", "per" and "pro" are words too."""
