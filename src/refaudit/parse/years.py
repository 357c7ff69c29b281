"""Years and dates as they are printed: the one grammar for citations, entries, notes, fields and databases."""

from __future__ import annotations

import re

from refaudit.model import Year
from refaudit.text import whole
from refaudit.words import eras, no_date
from refaudit.words.months import month_in, month_named

NUMBER = r"(?:1[4-9]|20)\d\d"
"""The digits of a year of publication in running text, as a part of other patterns: since there are printed books."""
ALONE = re.compile(rf"(?<!\d){NUMBER}(?!\d)")
"""Four digits that may be a year, whatever stands around them."""
YEAR = re.compile(rf"(?<![\w.\-–/])({NUMBER})(?:\s?([a-z])(?![a-z]))?(?![\d\w])(?!\s?[-–]\s?{NUMBER})")
"""A year with its letter ("2019a") that is no part of a number, word or range: number, letter."""
RANGE = re.compile(rf"(?<![\w.\-–/])({NUMBER})\s?[-–]\s?({NUMBER})(?!\w)")
"""A range of years ("2003–2004"): first, last."""
REPRINT = re.compile(rf"/\s?({NUMBER})(?!\d)")
"""Behind the year of an edition, that of its reprint ("1857/1999")."""
ORIGINAL_FIRST = re.compile(rf"\]\s?(?={NUMBER})")
"""Behind the year of the first edition, before that of the one cited ("[1857] 1999")."""
ORIGINAL_BEHIND = re.compile(r"[-–]\d\d(?![\d\w–-])|\s?\[\s?\d{4}(?:\s?[-–/]\s?\d{2,4})?\s?\]|\s?/\s?\d{4}(?!\d)")
"""Behind a year: that of the first edition or the end of a range ("2008 [1963]", "1857/1999", "1995-97")."""
_LIFE = 100  # years that the longest range of years spans
# Words in place of a year stand behind a stop, as a year would.
_NO_DATE = re.compile(rf"[,(;\[.:（［，]\s?({no_date.WORDS})(?:[-–]?([a-z])(?![a-z]))?(?!\w)")
# "(Vega in press)": without a comma where the citation ends.
_NO_DATE_BARE = re.compile(rf"(?<=[^\W\d_])[.]?\s({no_date.WORDS})(?:[-–]?([a-z])(?![a-z]))?(?=\s?[,;:)\]])")
_DAY_AND_MONTH = re.compile(r"[\s,.]{1,3}(?:(\d{1,2})\.?\s+)?([^\W\d_]{3,13})\.?(?:\s+(\d{1,2})\b(?!\s*[-–]?\d))?")
# Where a date must stand, older years are dates too.
_NUMBER = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)")
_ORIGINAL = re.compile(r"\W{0,3}\[\d{4}\]\s?(?=\d{4})")
_UNTIL = re.compile(r"\s?[-–—]\s?((?:1\d|20)\d\d)(?!\d)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_DMY = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})")
_FIELD_DATE = re.compile(r"\s*(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?!\d)")
_FIELD_YEAR = re.compile(r"(?<!\d)(\d{4})([a-z](?![a-z]))?(?!\d)")
_DAY = re.compile(r"(?<!\d)(?:[12]?\d|3[01])(?!\d)")


def years_in(text: str, *, ranges: bool = False) -> list[tuple[int, int, Year]]:
    """Every year, or words in its place, as ``(start, end, Year)``; ``ranges`` too, which may be pages as well."""
    found = [(*match.span(), Year(number=int(match[1]), letter=match[2] or "")) for match in YEAR.finditer(text)]
    for match in (*_NO_DATE.finditer(text), *_NO_DATE_BARE.finditer(text)):
        found.append((match.start(1), match.end(), Year(text=no_date.said(match[1]), letter=match[2] or "")))
    if ranges:
        for match in RANGE.finditer(text):
            first, last = int(match[1]), int(match[2])
            if first < last < first + _LIFE:
                found.append((*match.span(), Year(number=first, until=last)))
    before = [(*match.span(), Year(number=-int(match[1] or match[2]))) for match in eras.YEAR.finditer(text)]
    if before:  # "1450 BC" is no 1450
        found = [item for item in found if not any(start <= item[0] < end for start, end, _ in before)] + before
    return sorted(found, key=lambda item: item[0])


def date_after(text: str, end: int, year: Year) -> tuple[int, Year]:
    """Month and day printed behind a year ("2024, May 10"); returns where they end and the fuller year."""
    match = _DAY_AND_MONTH.match(text, end)
    month = month_named(match[2]) if match else None
    if match is None or month is None:
        return end, year
    day = match[3] or match[1]
    return match.end(), Year(
        number=year.number, letter=year.letter, text=year.text, month=month, day=int(day) if day and int(day) <= 31 else None
    )


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


def field_year(text: str, month: str = "") -> Year:
    """The year of a field that holds nothing else ("2019-05-02", "-0380", "2019a"), with the month of another field.

    Any four digits are a year there; a field without them is kept as words.
    """
    date, number = _FIELD_DATE.match(text), _FIELD_YEAR.search(text)
    if date:
        letter = (number[2] or "") if number and number.start() == 0 else ""
        months = int(date[2]) if date[2] else _field_month(month)
        return Year(number=int(date[1]), letter=letter, month=months, day=int(date[3]) if date[3] else None)
    if number:
        return Year(number=int(number[1]), letter=number[2] or "", month=_field_month(month))
    return Year(text=text)


def _field_month(text: str) -> int | None:
    """The month of a field: its number or its name."""
    text = text.strip().strip(".").lower()
    if not text.isdecimal():
        return month_in(text)
    number = whole(text)
    return number if number and number <= 12 else None
