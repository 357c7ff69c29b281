"""Particles of surnames: "van der", "de la", "bin"."""

from __future__ import annotations

from refaudit.words.forms import listed

_BY_LANGUAGE = {
    "nl": "van von der den de ter ten te op 't in't",
    "de": "von der den zu zum zur vom",
    "fr": "de du des la le les d d'",
    "it": "da dal dalla d' dei degli del della dello delle di lo la' li",
    "es": "de del la las los el y san santa",
    "pt": "da do das dos de e",
    "ca": "i dels",
    "gd": "mac mc o o' ó ní",
    "en": "st st. saint d'",
    "sv": "af av",
    "ar": "al el bin ibn ben bint abu l'",
    "fa": "al",
}
# With stops, as indexes print them.
PARTICLES = listed(_BY_LANGUAGE) | {"v.", "d.", "l'"}
# Those that are also printed with a capital when no given name stands before them ("De Wildeman", "Van Dijk").
CAPITALISED = frozenset("van von der den de del della di da dos du des la le el al ten ter".split())
# Those that are also articles, which stand before the abbreviation of an organisation ("o INEP").
ARTICLES = frozenset("o el la los las le les lo der den".split())
# Between two particles ("von und zu").
LINKING = frozenset({"und", "y"})
