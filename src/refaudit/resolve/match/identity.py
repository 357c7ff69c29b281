"""Is the record under a printed DOI the printed work? Title and authors decide. Pure.

Year and journal that agree are what a DOI of the same volume looks like, so that they never speak for a record whose title
and authors are others; volume and first page together do, for no two works share them.
"""

from __future__ import annotations

import re
from enum import StrEnum

from rapidfuzz import fuzz

from refaudit.model import Record
from refaudit.resolve.match.container_names import container_score, same_container
from refaudit.resolve.match.decide import has_title, one_work
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import family_forms, has_name, initial_fits, people, title_letters, titles
from refaudit.resolve.match.scores import page_score, same_place, title_score, volume_score
from refaudit.text import letters, scripts, words

# How much of a registered title must stand in an entry to be its title, in whatever spelling and completeness.
_IS_TITLE = 0.72
# Letters of a title that two works of about one time do not share by chance, and how far apart a preprint and its paper may be.
_LONG, _NEAR_YEARS = 30, 2


class Identity(StrEnum):
    """What title and authors say: DOUBTFUL where the title is another and the authors do not decide."""

    SAME = "same"
    DOUBTFUL = "doubtful"
    OTHER = "other"


def identity(entry: Entry, record: Record) -> Identity:
    """Whether an entry and the record under its DOI are one work.

    Both sides are compared as whole texts, so that a wrong reading of the fields cannot make another work. What is not
    registered, or registered in an alphabet that the entry does not use, says nothing.
    """
    if not record.title or title_in(entry, record) >= _IS_TITLE:
        return Identity.SAME
    if same_place(entry, record):
        return Identity.DOUBTFUL if entry.title and people(record) and not _shares_author(entry, record) else Identity.SAME
    if not (entry.title and _other_title(entry, record)) and not _place_elsewhere(entry, record):
        return Identity.SAME
    if not people(record) or _shares_author(entry, record) or not _comparable(entry, record):
        return Identity.DOUBTFUL
    return Identity.OTHER if len(letters(record.title)) >= 10 and len(entry.letters) >= 30 else Identity.DOUBTFUL


def is_the_work(entry: Entry, record: Record) -> bool:
    """Whether a record to which another identifier led is the printed work: title or place must show it, since digits are easily
    copied from the wrong line."""
    shown = bool(record.title) and title_in(entry, record) >= _IS_TITLE
    return identity(entry, record) is Identity.SAME and (shown or same_place(entry, record))


def another(entry: Entry, record: Record, found: Record) -> bool:
    """Whether a work that a search accepted shows that a doubtful record under the DOI is another one: it has the printed title
    and is no other version of that record."""
    if (found.doi and found.doi == record.doi) or one_work(found, record) or title_score(entry, found) < 0.5:
        return False
    versions = "preprint" in (found.type, record.type)
    return not (versions and [family_forms(name) for name in people(found)] == [family_forms(name) for name in people(record)])


def title_of_others(entry: Entry, record: Record) -> bool:
    """Whether the printed title, letter by letter and too long for chance, is registered of about the printed year with authors of
    whom none is printed."""
    near = entry.year is not None and any(abs(entry.year - year) <= _NEAR_YEARS for year in record.years)
    return (
        near
        and len(letters(entry.title)) >= _LONG
        and has_title(entry, record)
        and any(name.family for name in entry.authors)
        and bool(people(record))
        and _comparable(entry, record)
        and not any(has_name(entry, name) for name in (*record.authors, *record.editors))
    )


def title_in(entry: Entry, record: Record) -> float:
    """How much of a registered title stands in the entry, 0-1."""
    best = 0.0
    for title in titles(record):
        needle = title_letters(title)
        if needle:
            best = max(best, fuzz.partial_ratio(needle, entry.letters) / 100 if len(needle) <= len(entry.letters) else
                       fuzz.ratio(needle, letters(entry.title) if entry.title else entry.letters) / 100)  # fmt: skip
    return best


def _other_title(entry: Entry, record: Record) -> bool:
    """Whether what was read as title is one: neither the journal nor names of authors."""
    if any(same_container(entry.title, container) for container in record.containers):
        return False
    known = {word for name in people(record) for form in family_forms(name) for word in form.split()}
    return sum(word not in known and not word.isdigit() for word in words(entry.title)) >= 2


def _place_elsewhere(entry: Entry, record: Record) -> bool:
    """Whether an entry whose title is not surely read speaks against the record by its place."""
    volume, page = volume_score(entry, record), page_score(entry, record)
    if page is not None and page < 0:
        return True
    return volume is not None and volume <= 0 and container_score(entry, record.containers) == 0


def _shares_author(entry: Entry, record: Record) -> bool:
    return any(has_name(entry, name) and initial_fits(entry, name) for name in (*record.authors, *record.editors))


def _comparable(entry: Entry, record: Record) -> bool:
    """Whether title and names of both are written in one alphabet."""
    names = "".join(name.family or name.literal for name in people(record))
    bare = re.sub(r"[\W\d_]+", "", entry.bare)
    return bool(scripts(names) & scripts(bare)) and bool(scripts(record.title) & scripts(entry.title or bare))
