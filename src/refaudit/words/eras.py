"""Words that count a year back from the beginning of our era."""

from __future__ import annotations

import re

BEFORE = (
    r"(?:B\.\s?C\.(?:\s?E\.)?|BCE?|a\.\s?C\.(?:\s?n\.)?|a\.\s?e\.\s?c\.|v\.\s?Chr\.|v\.\s?u\.\s?Z\.|av(?:ant|\.)\s?J\.-C\.|f\.\s?Kr\.|e\.\s?Kr\.|p\.\s?n\.\s?e\."
    r"|př\.\s?n\.\s?l\.|до\s?н\.\s?[эе]\.|π\.\s?Χ\.|M\.\s?Ö\.)"
)
YEAR = re.compile(rf"(?<![\w.–-])(?:公元前\s?)?(\d{{1,4}})\s?{BEFORE}(?!\w)|公元前\s?(\d{{1,4}})")
"""A year before our era ("380 BCE", "350 v. Chr.")."""
