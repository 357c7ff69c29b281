"""Locators: the page, chapter, section or figure that a citation points to in the work ("p. 12", "Kap. 3", "§ 4")."""

from __future__ import annotations

import re

BEHIND_YEAR = re.compile(
    r"""(?ix)\s{0,9}[,:]?\s{0,9}(?:
      (?:pp?|pgs?|pag|pág|págs|page|pages|S|Seite|s|c|ch|chap|chapter|kap|cap|capítulo|sec|section|§+|para|paras|paragraph|art|fig|figs|figure|table|tab|eq|note|n|fn|vol|v|ff?|apud|appendix|f)
        (?:\.\s*|\s+|(?=[\d§]))(?:[\d§][\w.§]*|(?-i:[ivxlc]{1,8}|[IVXLC]{1,8})\b)(?:\s?[-–—,&]\s?[\divxlc]+(?!\d*[a-z]?\d{3}))*\s*(?:ff?\.)?
    | :\s*\d+(?:\s?[-–—]\s?\d+)? (?:\s*,\s*\d+(?:\s?[-–—]\s?\d+)?)*
    | ,\s*\d{1,3}(?:\s?[-–—]\s?\d{1,4})?(?![\d\w])
    )"""
)
"""Behind the year of a citation."""
BEHIND_NUMBER = r"(?:\s?,\s?(?:pp?|S|ch|sec|Fig|Theorem|Thm|Eq|vol|n[ºo°]|[cс]|[CС]|стр|т|гл|str|s)\.?\s?[\d.–-]{1,12})?"
"""Behind the number of an entry in its bracket, if any; a part of other patterns."""
