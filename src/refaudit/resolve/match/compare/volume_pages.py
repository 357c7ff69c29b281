"""The numbers: another volume, issue or page."""

from __future__ import annotations

import re

from refaudit.model import Parsed, Record
from refaudit.resolve.match.compare.difference import Difference
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.numbers import number_of, page_range
from refaudit.text import fold, plain

# Issues of one volume; past that, numbers run on through the volumes, and are counted either way.
_MOST_ISSUES = 53


def numbering_difference(entry: Entry, record: Record) -> Difference | None:
    """Another volume, issue, first or last page. Article numbers stand in for pages; a page 1 of a registry says nothing.

    Issue and last page are compared only where volume and first page agree: registries often lack them or have them wrong.
    """
    volume, page = _volume_difference(entry, record), _page_difference(entry, record)
    found = [found for found in (volume, page) if found] or [
        found for found in (_issue_difference(entry, record), _last_page_difference(entry, record)) if found
    ]
    if len(found) < 2:
        return found[0] if found else None
    return Difference(
        ", ".join(one.cited for one in found),
        ", ".join(one.registered for one in found),
        min(0.9, found[0].confidence + 0.1),
        found[0].field,
    )


def _sure(field: Parsed[str] | None, least: float) -> str:
    """The value of a field read at least that surely, else ""."""
    return field.value if field and field.value and field.confidence >= least else ""


def _volume_difference(entry: Entry, record: Record) -> Difference | None:
    field = entry.reference.volume
    cited, registered = number_of(_sure(field, 0.7)), number_of(record.volume)
    if not field or cited is None or registered is None or cited == registered or str(registered) in entry.numbers:
        return None
    if registered in record.years or cited in record.years or cited in entry.years:  # yearly volumes are numbered either way
        return None
    return Difference(f"volume {field.value}", f"volume {record.volume}", min(0.8, 0.1 + 0.7 * field.confidence), "volume")


def _issue_difference(entry: Entry, record: Record) -> Difference | None:
    field = entry.reference.issue
    cited, registered = number_of(_sure(field, 0.8)), number_of(record.issue)
    if not field or cited is None or registered is None or cited == registered or str(registered) in entry.numbers:
        return None
    if number_of(_sure(entry.reference.volume, 0.8)) != number_of(record.volume) or not record.volume:
        return None
    if min(cited, registered) < 1 or max(cited, registered) > _MOST_ISSUES:
        return None
    return Difference(f"issue {field.value}", f"issue {record.issue}", min(0.7, 0.7 * field.confidence), "issue")


def _page_difference(entry: Entry, record: Record) -> Difference | None:
    field = entry.reference.pages
    cited, registered = _first_page(_sure(field, 0.7)), _first_page(record.pages)
    if not field or not cited or not registered or cited == registered or registered in entry.numbers:
        return None
    digits = re.sub(r"[^0-9]", "", registered).lstrip("0")
    number = fold(record.article_number)
    if registered == "1" or digits in entry.numbers or (number and (number in entry.numbers or cited in number)):
        return None
    if cited == "1" or len(cited) > 5 or len(registered) > 5:  # paging of the article itself, article numbers
        return None
    if re.match(r"[a-z]", cited) or re.match(r"[a-z]", registered):
        return None
    return Difference(f"page {field.value}", f"page {record.pages}", min(0.8, 0.1 + 0.7 * field.confidence), "pages")


def _last_page_difference(entry: Entry, record: Record) -> Difference | None:
    field = entry.reference.pages
    cited, registered = page_range(_sure(field, 0.8)), page_range(record.pages)
    if not field or not cited or not registered or cited[0] != registered[0] or cited[1] == registered[1]:
        return None
    if registered[0] == 1 or str(registered[1]) in entry.numbers or any(last <= first for first, last in (cited, registered)):
        return None
    # one page more or less is as often the registry's slip (a blank page, the next article) as the entry's
    least = 0.4 if abs(cited[1] - registered[1]) == 1 else 0.7
    return Difference(f"pages {field.value}", f"pages {record.pages}", min(least, 0.7 * field.confidence), "pages")


def _first_page(pages: str) -> str:
    match = re.match(r"\s{0,3}(?:pp?\.?\s{0,2})?([a-z]{0,3}[0-9]+)", plain(pages).lower())
    return match[1].lstrip("0") if match else ""
