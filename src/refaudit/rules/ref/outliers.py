"""REF010-011: titles and volumes that stand against the rest of the list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from refaudit.model import Level, Reference
from refaudit.parse.years import ALONE
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule, sure, without_links
from refaudit.text import letters, words


def _in_capitals(title: str) -> bool:
    """A title of several words of which hardly a letter is small: short names in capitals are no such title."""
    big = sum(char.isupper() for char in title)
    small = sum(char.islower() for char in title)
    return big >= 15 and small * 8 <= big and sum(len(word) >= 4 for word in words(title)) >= 3


@rule("REF010", "capitals-title", Level.NOTE)
def capitals_title(audit: Audit) -> Iterator[Hit]:
    """A title is set in capitals where most of the list is not.

    What it finds:
    A title of at least three longer words in capitals, in a list of which at most a quarter is.

    Why it matters:
    The title was copied from a title page; no style sets titles so.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Alto 2018; Bravo 2017; Cruz 2016).

    References

    Alto, B. 2018. "Crusts after rain." *Geoderma* 20: 5-11.
    Bravo, C. 2017. "Worms after drought." *Pedobiologia* 60: 30-38.
    Cruz, D. 2016. "Grass on slopes." *Catena* 140: 12-19.
    Lopez, A. 2019. "THE SLOW LOOSENING OF BARE GROUND." *Journal of Soils* 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Alto 2018).

    References

    Alto, B. 2018. "USLE, RUSLE and WEPP." *Geoderma* 20: 5-11.
    Lopez, A. 2019. "The slow loosening of bare ground." *JOURNAL OF SOILS AND SEDIMENTS* 12: 1-9.
    ```

    What to do:
    Set the title in the case that the rest of the list uses.

    Limits:
    Abbreviations are not told from words; a title needs three longer words to count.
    """
    titled = [(reference, reference.title.value) for reference in audit.asked if reference.title and reference.title.value]
    loud = [(reference, title) for reference, title in titled if _in_capitals(title) and sure(reference.title) == title]
    if len(loud) * 4 > len(titled):
        return
    for reference, title in loud:
        yield Hit(
            message=f"{wording.entry(reference)} has its title in capitals: {wording.quote(title, 50)}.",
            references=(reference.id,),
        )


def _volume(reference: Reference) -> tuple[int, int] | None:
    """Year and volume of an article, where both were read as plain numbers and stand in the entry."""
    year, volume = sure(reference.year), sure(reference.volume)
    if year is None or year.number is None or volume is None or not re.fullmatch(r"\d{1,4}", volume):
        return None
    if not (reference.issue or reference.pages) or _unsure_journal(reference):
        return None
    if reference.printed is not None:
        return year.number, int(volume)  # the database says what is what
    chars = list(without_links(reference.raw))
    for span in [field.span for field in (reference.title, reference.pages) if field and field.span]:
        chars[span.start : span.end] = " " * (span.end - span.start)
    if set(ALONE.findall("".join(chars))) != {str(year.number)}:
        return None  # which of several numbers is the year is not sure
    return year.number, int(volume)


def _unsure_journal(reference: Reference) -> bool:
    """Whether words between title and journal belong to neither: the name of the journal may begin with them."""
    title, journal = reference.title, reference.container
    if reference.printed is not None or not title or not journal:
        return False
    if not title.span or not journal.span or title.span.end > journal.span.start:
        return False
    return bool(re.search(r"[^\W\d_]{3}", reference.raw[title.span.end : journal.span.start]))


def _issue(reference: Reference) -> int | None:
    issue = sure(reference.issue)
    return int(issue) if issue and re.fullmatch(r"\d{1,3}", issue) else None


def _conflicts(one: Reference, other: Reference, places: Mapping[str, tuple[int, int]]) -> bool:
    """Whether year and volume of two articles of one journal contradict each other."""
    (early, low), (late, high) = places[one.id], places[other.id]
    if early != late:
        return low > high
    if low == high or max(low, high) > 20:
        return False
    first, second = (one, other) if low < high else (other, one)
    issues = (_issue(first), _issue(second))
    # a volume may run over the turn of the year: its last issues and the next volume's first fall in one year
    straddles = abs(low - high) == 1 and (issues[0] is None or issues[1] is None or issues[0] > issues[1])
    return not straddles


@rule("REF011", "volume-year-conflict", Level.NOTE, confidence=0.7)
def volume_year_conflict(audit: Audit) -> Iterator[Hit]:
    """Year and volume of two articles of one journal contradict each other.

    What it finds:
    Within one journal, a later year with a smaller volume, or two volumes in one year of a journal so young (volume
    20 or less) that it has one a year.

    Why it matters:
    One of the years or volumes is wrong.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Alto 2018).

    References

    Alto, B. 2018. "Crusts after rain." *Journal of Soils* 14 (2): 5-11.
    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12 (1): 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Alto 2018).

    References

    Alto, B. 2018. "Crusts after rain." *Journal of Soils* 11 (2): 5-11.
    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12 (1): 1-9.
    ```

    What to do:
    Look both articles up and correct the one that is wrong.

    Limits:
    Volumes that run over the turn of the year are allowed for, and journals that visibly print several volumes a year
    are left alone. Which of the two entries is wrong cannot be told without a registry.
    """
    journals: dict[str, list[Reference]] = defaultdict(list)
    places: dict[str, tuple[int, int]] = {}
    for reference in audit.asked:
        container, place = sure(reference.container), _volume(reference)
        if container and place:
            places[reference.id] = place
            journals[letters(re.sub(r"\([^()]*\)", "", container))].append(reference)
    for members in journals.values():
        spread = _many_a_year([places[reference.id] for reference in members])
        ordered = sorted(members, key=lambda r: places[r.id])
        # in a list of one journal neighbours in time are enough
        pairs = combinations(ordered, 2) if len(ordered) <= 60 else pairwise(ordered)
        wrong = [
            (one, other)
            for one, other in pairs
            if _conflicts(one, other, places)
            and not (spread and places[one.id][0] == places[other.id][0])
            and audit.works.work(one.id) != audit.works.work(other.id)
        ]
        yield from _by_culprit(wrong, places)


def _many_a_year(places: Sequence[tuple[int, int]]) -> bool:
    """Whether the volumes of a journal rise by more than one and a half a year, so far as the list shows."""
    (early, low), (late, high) = min(places), max(places)
    years: dict[int, set[int]] = defaultdict(set)
    for year, volume in places:
        years[year].add(volume)
    several = sum(len(volumes) > 1 for volumes in years.values())
    return (late > early and (high - low) > 1.5 * (late - early)) or several > 1


def _by_culprit(wrong: Sequence[tuple[Reference, Reference]], places: Mapping[str, tuple[int, int]]) -> Iterator[Hit]:
    """One finding for each entry that explains the most contradictions, not one for every pair."""
    left = list(wrong)
    while left:
        counts = Counter(reference.id for pair in left for reference in pair)
        top = max(counts.values())
        culprit = next(reference for pair in left for reference in pair if counts[reference.id] == top)
        against = [one if other.id == culprit.id else other for one, other in left if culprit.id in (one.id, other.id)]
        left = [pair for pair in left if culprit.id not in (pair[0].id, pair[1].id)]
        (year, volume), (year2, volume2) = places[culprit.id], places[against[0].id]
        yield Hit(
            message=f"{wording.entry(culprit)} and {wording.entry(against[0])} are of one journal, "
            f"{wording.quote(_journal(culprit), 40)}; one says volume {volume} ({year}), the other volume {volume2} ({year2}).",
            references=(culprit.id, *(reference.id for reference in against[:3])),
        )


def _journal(reference: Reference) -> str:
    return reference.container.value or "" if reference.container else ""


RULES = (capitals_title, volume_year_conflict)
