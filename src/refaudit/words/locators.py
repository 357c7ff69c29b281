"""Locators: the page, chapter, section or figure that a citation points to in the work ("p. 12", "Kap. 3", "§ 4")."""

from __future__ import annotations

import re

from refaudit.words.forms import listed

# Language -> words and their abbreviations, without stop.
BY_LANGUAGE = {
    "en": "p pp pg pgs page pages c ch chap chapter sec section para paras paragraph art fig figs figure table tab eq theorem thm "
    "note n fn vol v f ff appendix",
    "de": "s seite kap",
    "es": "pag pág págs cap capítulo",
    "pt": "pág págs cap capítulo",
    "cs": "str",
    "ru": "с стр т гл",
    "la": "apud",
}
_WORD = "|".join(sorted(listed(BY_LANGUAGE)))
BEHIND_YEAR = re.compile(
    rf"""(?ix)\s{{0,9}}[,:]?\s{{0,9}}(?:
      (?:{_WORD}|§+)
        (?:\.\s*|\s+|(?=[\d§]))(?:[\d§][\w.§]*|(?-i:[ivxlc]{{1,8}}|[IVXLC]{{1,8}})\b)(?:\s?[-–—,&]\s?[\divxlc]+(?!\d*[a-z]?\d{{3}}))*\s*(?:ff?\.)?
    | :\s*\d+(?:\s?[-–—]\s?\d+)? (?:\s*,\s*\d+(?:\s?[-–—]\s?\d+)?)*
    | ,\s*\d{{1,3}}(?:\s?[-–—]\s?\d{{1,4}})?(?![\d\w])
    )"""
)
"""Behind the year of a citation."""
BEHIND_NUMBER = r"(?:\s?,\s?(?:pp?|S|ch|sec|Fig|Theorem|Thm|Eq|vol|n[ºo°]|[cс]|[CС]|стр|т|гл|str|s)\.?\s?[\d.–-]{1,12})?"
"""Behind the number of an entry in its bracket, if any; a part of other patterns."""
