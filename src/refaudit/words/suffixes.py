"""Suffixes of names: "Jr.", "III", "Filho"."""

from __future__ import annotations

# Brazilian generational names belong to the family name ("SILVA FILHO, J."); they are suffixes only when set apart.
SUFFIXES = frozenset(
    "jr jr. sr sr. ii iii iv 2nd 3rd filho neto junior júnior sobrinho segundo md phd m.d. ph.d. esq. esq".split()
)
GENERATIONS = frozenset("jr jr. sr sr. ii iii iv".split())
