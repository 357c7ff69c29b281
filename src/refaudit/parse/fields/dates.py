"""Printed dates and page ranges in forms that can be compared."""

from __future__ import annotations

import re

from refaudit.model import Year
from refaudit.text import DASHES
from refaudit.words import eras
from refaudit.words.months import month_in

_NUMBER = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)")
_ORIGINAL = re.compile(r"\W{0,3}\[\d{4}\]\s?(?=\d{4})")
_UNTIL = re.compile(r"\s?[-–—]\s?((?:1\d|20)\d\d)(?!\d)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_DMY = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})")
_DAY = re.compile(r"(?<!\d)(?:[12]?\d|3[01])(?!\d)")
_RANGE = re.compile(rf"\s*(\D{{0,3}})(\d{{1,9}})\s*[{DASHES}]{{1,2}}\s*(\D{{0,3}})(\d{{1,9}})\s*")


def read_year(text: str) -> Year:
    """The year of a printed date: "2019a", "2007 Jan 12", "12.03.2019", "in press"."""
    reprinted = _ORIGINAL.match(text)
    number = _NUMBER.search(text, reprinted.end() if reprinted else 0)
    era = eras.YEAR.search(text)
    if era:
        return Year(number=-int(era[1] or era[2]))
    if number is None:
        return Year(text=re.sub(r"\s+", " ", text).strip(" ()[],;"))
    letter = re.match(r"[\s-]?([a-z])(?![^\W\d_])", text[number.end() :])
    month = day = None
    iso, dmy = _ISO.search(text), _DMY.search(text)
    if iso and 1 <= int(iso.group(2)) <= 12:
        month, day = int(iso.group(2)), int(iso.group(3)) if iso.group(3) else None
    elif dmy and 1 <= int(dmy.group(2)) <= 12:
        day, month = int(dmy.group(1)), int(dmy.group(2))
    else:
        month = month_in(text)
        if month:
            found = _DAY.search(text[: number.start()] + " " + text[number.end() :])
            day = int(found.group()) if found and int(found.group()) else None
    if day is not None and not 1 <= day <= 31:
        day = None
    until = _UNTIL.match(text, number.end())
    last = int(until[1]) if until and int(until[1]) > int(number.group()) else None
    return Year(number=int(number.group()), letter=letter.group(1) if letter else "", month=month, day=day, until=last)


def expand_pages(pages: str) -> str:
    """A page range with its shortened end written out ("1425–37" -> "1425-1437"); other texts without spaces around dashes."""
    found = _RANGE.fullmatch(pages)
    if not found:
        return re.sub(rf"\s*[{DASHES}]+\s*", "-", pages.strip())
    lead, first, lead_end, last = found.groups()
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{lead.strip()}{first}-{lead_end.strip() or lead.strip()}{last}"
