"""Words before a year that is known about: "ca. 1723", "um 1950"."""

from __future__ import annotations

from refaudit.words.forms import listed

_BY_LANGUAGE = {"la": "c ca circa", "de": "um", "fr": "vers", "es": "hacia"}
CIRCA = listed(_BY_LANGUAGE)
"""Casefolded, without stop."""
PATTERN = "|".join(sorted(CIRCA))
"""The same as a part of other patterns (to be read in either case)."""
