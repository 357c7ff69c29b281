"""The year: one that the registry does not give, neither for print nor online."""

from __future__ import annotations

import re

from refaudit.model import Record
from refaudit.resolve.match.compare.difference import Difference
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.scores import same_place
from refaudit.text import fold

# Registries date volumes put online long after they were printed by that day, and articles by the day they first stood online:
# where volume and pages agree, a registered year that much later or earlier is no other year.
_BACKFILE, _ONLINE_FIRST = 5, 2


def year_difference(entry: Entry, record: Record) -> Difference | None:
    """A year that the registry does not give, neither for print nor online. One year apart is told with low confidence,
    and so is a year that the deposit explains."""
    year = entry.year
    if year is None or not record.years or set(record.years) & (_other_years(entry, record) | {year}):
        return None
    gap = min(abs(year - registered) for registered in record.years)
    if gap == 0:
        return None
    confidence = 0.4 if gap == 1 else 0.88
    if same_place(entry, record) and (min(record.years) - year >= _BACKFILE or 0 < year - max(record.years) <= _ONLINE_FIRST):
        confidence = 0.4
    if record.type in ("book", "monograph", "edited-book", "reference-book", "book-chapter", "book-section"):
        confidence -= 0.3  # books are reprinted, and registries date the file
    field = entry.reference.year
    return Difference(
        str(year), " or ".join(map(str, record.years)), min(confidence, 0.3 + 0.65 * (field.confidence if field else 0))
    )


def _other_years(entry: Entry, record: Record) -> frozenset[int]:
    """Years in the entry that may be the work's own in spite of the reading: not its volume, and not within its title."""
    text = entry.text
    field = entry.reference.year
    if re.fullmatch(r"[0-9]{4}", record.volume) and text.count(record.volume) == 1 and int(record.volume) in entry.years:
        return entry.years - {int(record.volume)}  # journals that number their volumes by years
    if field is None or field.confidence < 0.85:
        return entry.years
    volume = entry.reference.volume
    outside = text.replace(fold(entry.title), " ", 1) if entry.title else text
    return frozenset(
        year
        for year in entry.years
        if f"{year}" in outside and not (volume and volume.value and volume.value.strip() == f"{year}")
    )
