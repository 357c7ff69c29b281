"""What people did for a work: "(eds.)", "Hrsg.", "a cura di"."""

from __future__ import annotations

import re

# Language -> forms printed behind the names of editors and compilers.
_BEHIND = {
    "en": "ed eds editor editors comp comps",
    "de": "hrsg hg hgg",
    "fr": "éd éds dir dirs",
    "es": "coord coords comp comps editores editora editoras compilador compiladores",
    "pt": "org orgs organizador organizadores organizadora organizadoras organizadora coord coords",
    "it": "cur curator curatore curatori",
    "nl": "red",
    "pl": "red",
    "ru": "ред",
    "tr": "der",
    "sv": "utg",
}
FORMS = frozenset(form for row in _BEHIND.values() for form in row.split()) - {"der"}
_ALL = "|".join(sorted(FORMS, key=len, reverse=True))
TRANSLATORS = "trans|transl|translators?"

BEHIND = re.compile(
    rf"[\s,;(\[]*\b(?:{_ALL}|edited\s+by|hrsg\.\s+v(?:on|\.)|ed\.\s?lit|a\s+cura\s+di|a\s+c\.\s+di|{TRANSLATORS})\b[\s.,;:)\]]*$",
    re.IGNORECASE,
)
"""At the end of a list of names."""
BRACKET = re.compile(rf"\s?\((?:{_ALL})\.?\)\s{{0,3}}$", re.IGNORECASE)
"""In a bracket of its own before that of the year ("Brake and Herfert (eds.) (2012)")."""
BEFORE_YEAR = re.compile(rf"(?:(?<![,.\s])[,.\s]+)?\(?\b(?:{_ALL}|trans)\b\.?\s*(?:\)[.,]?\s*|[.,]\s*)?$", re.IGNORECASE)
"""Between the names of an entry and its year."""
LEAD = re.compile(
    r"^\s*(?:(?:in|em|en)\s*:\s*|in\s+|(?:edited|ed\.?|eds\.?|hrsg\.?|hg\.?)\s+(?:by|von)?\s*|edited\s+by\s+|a\s+cura\s+di\s+|"
    r"by\s+|with\s+)",
    re.IGNORECASE,
)
"""Before the names of editors."""
