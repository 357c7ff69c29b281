"""How titles end, and how they cannot: the words by which a title is seen to be cut."""

from __future__ import annotations

NEVER_LAST = {
    "en": frozenset("the an and or between among into its their versus upon onto whose as than".split()),
    "de": frozenset("der das dem des eine einer und von zum zur im für auf aus bei über zwischen".split()),
    "fr": frozenset("le la les de du des une et dans sur pour par aux avec entre".split()),
    "es": frozenset("el la los las de del en una con para por entre sobre".split()),
    "pt": frozenset("de da do das dos em na no nos uma com para pelo pela entre sobre".split()),
    "it": frozenset("il gli di del della dei delle nel nella una con per tra".split()),
}
"""Function words that never end a finished title; single letters are left out ("vitamin e")."""
PREPOSITIONS = frozenset("of in on for with to from by at about through during within toward towards".split())
"""They can end a clause in English ("the world we live in"), never a mere noun phrase ("a review of")."""
GRADED = frozenset(
    "vitamin hepatitis influenza type class group part protein phase section grade level case factor toxin".split()
)
"""Nouns that a letter may follow ("vitamin a")."""
CLAUSE = frozenset("what who whom which where how why when that we you they i it he she".split())
AUXILIARY = frozenset("is are was were do does did can to".split())
"""With ``CLAUSE``: words by which a title is a clause."""
PHRASAL = frozenset(
    "log sign opt drop plug stand check buy add work start carry go going move moving hands follow look turn tune come hold keep "
    "get build built live believe think deal lean step".split()
)
"""Verbs whose preposition may stand last ("log on")."""
