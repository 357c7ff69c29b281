"""Is this record the work that the entry means? Named scores, their sum, and the decision. Pure.

Every score is a small function of the printed entry and the record (``scores``); their weighted sum is the points of a pair,
and the scores are kept so that a match explains itself. The entry is compared as a whole text, so that a wrong reading of its
fields cannot make a wrong verdict; fields that were read surely are used beside it. The idea of searching with the whole
reference and validating each hit is Crossref's (https://www.crossref.org/blog/matchmaker-matchmaker-make-me-a-match/).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from refaudit.model import Candidate, Record
from refaudit.resolve.match.container_names import container_score, same_container
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import family_forms, people, title_letters, titles
from refaudit.resolve.match.scores import (
    author_score,
    authors_score,
    kind_score,
    near_title_score,
    page_score,
    place_score,
    same_title_score,
    title_score,
    translated,
    unexplained_score,
    volume_score,
    year_score,
)
from refaudit.resolve.match.weights import WEIGHTS
from refaudit.text import letters, words

# Likeness (0-100) from which two titles are one with a slip of the keyboard in it.
_SAME_TITLE = 96


def _other_title(entry: Entry, record: Record) -> bool:
    """Whether the entry prints a title that is not the record's; a journal or a name read as a title is none."""
    if not entry.title or any(same_container(entry.title, container) for container in record.containers):
        return False
    known = {
        word for text in (*record.containers, *(" ".join(family_forms(name)) for name in people(record))) for word in words(text)
    }
    return sum(word not in known and not word.isdigit() for word in words(entry.title)) >= 2


def score(entry: Entry, record: Record) -> Candidate:
    """A record beside an entry: all scores by name, and their points (``points``); ``score`` is their share of ``WEIGHTS.certain``, 0-1."""
    named = {
        "title": title_score(entry, record),
        "author": author_score(entry, record),
        "authors": authors_score(entry, record),
        "year": year_score(entry, record),
        "container": container_score(entry, record.containers),
        "volume": volume_score(entry, record),
        "page": page_score(entry, record),
        "unexplained": unexplained_score(entry, record),
        "same-title": same_title_score(entry, record),
        "near-title": near_title_score(entry, record),
        "other-kind": kind_score(entry, record),
        "other-place": place_score(entry, record),
    }
    in_translation = (named["title"] or 0.0) < 0.5 and translated(entry, record)
    if in_translation:
        named["unexplained"] = 0.0  # the words of a title in another language explain themselves
    points = sum(WEIGHTS.of(name) * value for name, value in named.items() if value is not None)
    elsewhere = named["page"] is not None and named["page"] < 0
    if named["author"] == 0.0:
        points += WEIGHTS.somebody_else_elsewhere if elsewhere else WEIGHTS.somebody_else  # the entry names somebody else
    if (
        named["title"] is not None
        and named["title"] < 0.5
        and record.title
        and not in_translation
        and not named["near-title"]
        and _other_title(entry, record)
    ):
        points += WEIGHTS.other_title if named["title"] < 0.15 else WEIGHTS.other_title_elsewhere if elsewhere else 0.0
    scores = tuple((name, round(value, 3)) for name, value in named.items() if value is not None)
    return Candidate(
        record=record,
        score=round(max(0.0, min(1.0, points / (WEIGHTS.certain))), 3),
        scores=(*scores, ("points", round(points, 2))),
    )


def points(candidate: Candidate) -> float:
    """The points of a candidate."""
    return dict(candidate.scores)["points"]


def rank(entry: Entry, records: Iterable[Record]) -> tuple[Candidate, ...]:
    """The records beside the entry, best first; equal ones in the order of their address, so that every run says the same."""
    unique = {record.doi or record.url: record for record in reversed(list(records))}
    ranked = (score(entry, record) for record in unique.values())
    return tuple(sorted(ranked, key=lambda c: (-points(c), c.record.doi or c.record.url)))


def accepted(ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates that are accepted: none, one, or several that fit equally well and are different works."""
    good = [candidate for candidate in ranked if points(candidate) >= WEIGHTS.accept]
    if not good:
        return ()
    best = good[0]
    tied = [
        candidate
        for candidate in good[1:]
        if points(best) - points(candidate) < WEIGHTS.tie and not one_work(best.record, candidate.record)
    ]
    return (best, *tied)


def nearest(entry: Entry, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The records to show where none is accepted: one of the printed title first, whoever its authors are, then the likeliest."""
    same = [candidate for candidate in ranked if has_title(entry, candidate.record)]
    return tuple(dict.fromkeys([*same[:1], *(candidate for candidate in ranked[:3] if points(candidate) > 0)]))[:3]


def has_title(entry: Entry, record: Record) -> bool:
    """Whether the surely read title is a registered one letter by letter, and long enough not to be a heading."""
    read = letters(entry.title)
    return len(read) >= 20 and read in map(letters, titles(record))


def one_work(one: Record, other: Record) -> bool:
    """Whether two records describe one work: alias, version, the same registered twice, two languages of it, or preprint and
    article."""
    linked = {doi for _, doi in one.relations} | set(one.aliases)
    back = {doi for _, doi in other.relations} | set(other.aliases)
    if (other.doi and other.doi in linked) or (one.doi and one.doi in back):
        return True
    shared = set(map(letters, titles(one))) & set(map(letters, titles(other)))
    return (
        any(len(title) >= 25 for title in shared)
        and [family_forms(name) for name in people(one)[:3]] == [family_forms(name) for name in people(other)[:3]]
        and bool(people(one))
    )


def of_title(title: str, records: Iterable[Record]) -> list[Record]:
    """The works among records that have just this title, with or without subtitle; of one work the first record."""
    wanted = letters(title)
    found: list[Record] = []
    for record in records:
        same = any(fuzz.ratio(wanted, title_letters(one)) >= _SAME_TITLE for one in titles(record))
        if same and not any(one_work(record, other) for other in found):
            found.append(record)
    return found
