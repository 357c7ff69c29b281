"""Page ranges as they are printed."""

from __future__ import annotations

import re

from refaudit.text import DASHES

_RANGE = re.compile(rf"\s*(\D{{0,3}})(\d{{1,9}})\s*[{DASHES}]{{1,2}}\s*(\D{{0,3}})(\d{{1,9}})\s*")


def expand_pages(pages: str) -> str:
    """A page range with its shortened end written out ("1425–37" -> "1425-1437"); other texts without spaces around dashes."""
    found = _RANGE.fullmatch(pages)
    if not found:
        return re.sub(rf"(?:(?<!\s)\s+)?[{DASHES}]+\s*", "-", pages.strip())
    lead, first, lead_end, last = found.groups()
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{lead.strip()}{first}-{lead_end.strip() or lead.strip()}{last}"
