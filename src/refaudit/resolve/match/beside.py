"""Records of something beside a work: its notice, supplement or review, or the book in which it stands. Pure."""

from __future__ import annotations

import re

from refaudit.model import Record
from refaudit.resolve.editorial_status import is_notice, notice_title
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import has_name, people, title_letters, titles

# How publishers number the parts of an article under its DOI: "….s001", "….g002", "…/suppl_file", "….t003".
_PART = re.compile(r"(10\.[0-9.]{4,20}/\S{3,100}?)[./](?:s|t|g|f|fig|supp|suppl|tab|sd|sm|m|appendix)[0-9]{0,3}$")


def work_behind(entry: Entry, record: Record) -> str:
    """The DOI of the work that an entry prints where the record under its DOI is only about that work, else ""."""
    if is_notice(record) and not notice_title(entry.title or entry.bare):
        return next((update.doi for update in record.update_to if update.doi and update.doi != record.doi), "")
    if record.type == "peer-review":
        return next((doi for kind, doi in record.relations if kind == "is-review-of"), "")
    if record.type == "component":
        part = _PART.fullmatch(record.doi)
        return part[1] if part else ""
    return ""


def book_of(entry: Entry, record: Record) -> bool:
    """Whether a record is the book that an entry cites, or in which the cited chapter stands: its whole title stands in the entry
    and so does one of its people, or one of its years where it names nobody. Editions differ in year and publisher."""
    if record.type not in ("book", "monograph", "edited-book", "reference-book"):
        return False
    needles = [title_letters(title) for title in titles(record)]
    if not any(len(needle) >= 12 and needle in entry.letters for needle in needles):
        return False
    if people(record):
        return any(has_name(entry, name) for name in people(record)[:5])
    return bool(entry.years & set(record.years))
