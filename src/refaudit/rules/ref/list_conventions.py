"""REF007-008: how the authors of an entry are listed, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from refaudit.model import Level, Name, Reference, Year
from refaudit.parse.years import ALONE
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule, sure
from refaudit.text import DASHES, letters, words
from refaudit.words.particles import PARTICLES


def _authors(reference: Reference) -> tuple[Name, ...]:
    return sure(reference.authors) or ()


@rule("REF007", "et-al-in-list", Level.NOTE, confidence=0.7)
def et_al_in_list(audit: Audit) -> Iterator[Hit]:
    """The authors of an entry are cut with "et al." where the list gives them in full.

    What it finds:
    An entry whose author list ends in "et al." although entries with more authors are printed in full.

    Why it matters:
    The list is not uniform, and the authors left out cannot be found by name.

    Flags:
    ```
    Rain loosens bare ground (Lopez et al., 2019). Crusts follow (Alto et al., 2018; Bravo et al., 2017; Cruz et al., 2016).

    References

    Alto, B., Duran, F., Egea, G., & Faro, H. (2018). Crusts after rain. *Geoderma*, 20, 5-11.
    Bravo, C., Duran, F., Egea, G., & Gil, I. (2017). Worms after drought. *Pedobiologia*, 60, 30-38.
    Cruz, D., Egea, G., Faro, H., & Gil, I. (2016). Grass on slopes. *Catena*, 140, 12-19.
    Lopez, A., Vega, B., et al. (2019). Rain on bare ground. *Journal of Soils*, 12, 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground [1]. Crusts follow [2].

    References

    [1] Lopez A, Vega B, Alto C, Bravo D, Cruz E, Duran F, et al. Rain on bare ground. Journal of Soils. 2019;12:1-9.
    [2] Vega B, Alto C, Bravo D, Cruz E, Duran F, Egea G, et al. Crusts after rain. Geoderma. 2018;20:5-11.
    ```

    What to do:
    Give the authors of the entry as the style of the list asks for.

    Limits:
    Styles that cut after one, three or six names are recognised by those numbers; an entry that such a style cuts is
    flagged only when the list prints more than six authors elsewhere.
    """
    cut = [(reference, len(_authors(reference))) for reference in audit.asked if reference.et_al]
    full = Counter(len(_authors(reference)) for reference in audit.asked if not reference.et_al)
    usual = Counter(shown for _, shown in cut)
    for reference, shown in cut:
        if not shown:
            continue
        least = max(7, shown + 1) if shown in (1, 3, 6, 7) else shown + 1
        longer = sum(count for names, count in full.items() if names >= least)
        if longer >= 3 and longer >= 3 * usual[shown]:
            yield Hit(
                message=f"{wording.entry(reference)} gives {shown} author{'s' if shown > 1 else ''} and “et al.”; "
                f"{longer} other entries with {least} or more authors give them all.",
                references=(reference.id,),
            )


_LABEL = re.compile(r"""^[\s"“”‘’'«*_\[(¿¡.-]*(?:\d{1,4}[.)\]]\s*)?[\s"“”‘’'«*_\[(¿¡]*""")
_HEAD = re.compile(r"[^,;:.()\[\]\d]{1,80}")
_ARTICLES = "the a an le la les los las el das di".split()
_FIRST_WORDS = "|".join(
    sorted({re.escape(word.rstrip("'")) for word in (*PARTICLES, *_ARTICLES)}, key=lambda word: (-len(word), word))
)
_PARTICLES = re.compile(rf"^(?:(?:{_FIRST_WORDS})(?:\s+|['’-]\s?))+", re.IGNORECASE)
_REPEATED = re.compile(rf"^\W{{0,3}}[{DASHES}_]{{2,10}}")


def _sort_keys(reference: Reference) -> tuple[str, ...]:
    """The letters under which an entry may be sorted, from the words it begins with.

    Styles differ in whether particles and articles count, and whether a space sorts before letters.
    """
    head = _HEAD.match(_LABEL.sub("", reference.raw))
    if head is None or not letters(head.group()):
        return ()
    forms = {head.group(), _PARTICLES.sub("", head.group())}
    keys = {key for form in forms for key in (letters(form), " ".join(words(form)))}
    first = letters(head.group())
    if first.startswith("mc"):
        keys.add("mac" + first[2:])
    return tuple(sorted(keys - {""}))


def _strays(keys: Sequence[tuple[str, ...]]) -> list[int]:
    """The fewest positions whose removal leaves the rest in rising order."""
    tails: list[str] = []
    ends: list[int] = []
    before: list[int] = []
    for index, forms in enumerate(keys):
        form = forms[0]
        at = bisect_right(tails, form)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [form]
        ends[at : at + 1] = [index]
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return [index for index in range(len(keys)) if index not in kept]


def _in_place(keys: Sequence[tuple[str, ...]], index: int) -> bool:
    """Whether some form of an entry's name fits between its neighbours."""
    low = min(keys[index - 1]) if index else ""
    high = max(keys[index + 1]) if index + 1 < len(keys) else "\uffff"
    return any(low <= form <= high or form[:3] in (low[:3], high[:3]) for form in keys[index])


def _when(year: Year) -> tuple[int, str, int, int]:
    return (year.number or 0, year.letter, year.month or 0, year.day or 0)


@rule("REF008", "list-out-of-order", Level.NOTE)
def list_out_of_order(audit: Audit) -> Iterator[Hit]:
    """An entry stands out of the order of its list.

    What it finds:
    In a list sorted by author: an entry that stands among other letters, and two entries of the same authors whose
    years, letters or dates are in reverse.

    Why it matters:
    A reader looks for the entry where it should be and takes it for missing.

    Flags:
    ```
    Rain (Alto 2018; Bravo 2017; Cruz 2016; Duran 2015; Egea 2014; Faro 2013; Gil 2012).

    References

    Alto, B. 2018. "Crusts after rain." *Geoderma* 20: 5-11.
    Bravo, C. 2017. "Worms after drought." *Pedobiologia* 60: 30-38.
    Gil, I. 2012. "Mulch and heat." *Catena* 100: 40-49.
    Cruz, D. 2016. "Grass on slopes." *Catena* 140: 12-19.
    Duran, F. 2015. "Roots in clay." *Plant and Soil* 390: 1-12.
    Egea, G. 2014. "Frost and crumbs." *Geoderma* 16: 33-41.
    Faro, H. 2013. "Sand in wind." *Aeolian Research* 9: 51-60.
    ```

    Does not flag:
    ```
    Rain (Alto 2018; van Bravo 2017; Cruz 2016; Duran 2015; Egea 2014; Faro 2013; Gil 2012).

    References

    Alto, B. 2018. "Crusts after rain." *Geoderma* 20: 5-11.
    van Bravo, C. 2017. "Worms after drought." *Pedobiologia* 60: 30-38.
    Cruz, D. 2016. "Grass on slopes." *Catena* 140: 12-19.
    Duran, F. 2015. "Roots in clay." *Plant and Soil* 390: 1-12.
    Egea, G. 2014. "Frost and crumbs." *Geoderma* 16: 33-41.
    Faro, H. 2013. "Sand in wind." *Aeolian Research* 9: 51-60.
    Gil, I. 2012. "Mulch and heat." *Catena* 100: 40-49.
    ```

    What to do:
    Move the entry to its place, or sort the list anew.

    Limits:
    Lists with another order, lists of fewer than six entries, and database files, which styles put in order, are left alone. The order of works by one author
    with different co-authors differs from style to style and is not checked.
    """
    listed = [
        (reference, keys)
        for reference in audit.references
        if reference.printed is None and not _REPEATED.match(reference.raw) and (keys := _sort_keys(reference))
    ]
    if len(listed) < 6 or len(listed) * 10 < len(audit.references) * 8:
        return
    forms = [keys for _, keys in listed]
    strays = _strays(forms)
    if len(strays) > max(1, len(listed) // 10):
        return
    gone = set(strays)
    for index in strays:
        if _in_place(forms, index) or (not listed[index][0].raw.lstrip("*_[(").isascii() and not forms[index][0].isascii()):
            continue
        reference = listed[index][0]
        yield Hit(message=_astray(reference, [r for r, _ in listed], index), references=(reference.id,))
    yield from _reversed([reference for index, (reference, _) in enumerate(listed) if index not in gone])


def _astray(reference: Reference, listed: Sequence[Reference], index: int) -> str:
    between = [wording.entry(listed[at]) for at in (index - 1, index + 1) if 0 <= at < len(listed)]
    where = f"between {between[0]} and {between[1]}" if len(between) > 1 else f"next to {between[0]}"
    return f"{wording.entry(reference)} stands {where}, out of the alphabetical order of the list."


def _reversed(listed: Sequence[Reference]) -> Iterator[Hit]:
    """Neighbours with the same authors whose dates run against the rest of the list."""
    pairs = []
    for one, other in pairwise(listed):
        years = (sure(one.year), sure(other.year))
        if any(len(set(ALONE.findall(reference.raw))) != 1 for reference in (one, other)):
            continue  # reprints and access dates: which year the list is sorted by is not known
        same = [letters(n.surname) + letters(n.given)[:1] for n in _authors(one)] == [
            letters(n.surname) + letters(n.given)[:1] for n in _authors(other)
        ]
        if same and years[0] and years[1] and years[0].number and years[1].number and not one.et_al and not other.et_al:
            pairs.append((one, other, years[0], years[1]))
    newest_first = sum((a.number or 0) > (b.number or 0) for _, _, a, b in pairs) * 2 > sum(
        a.number != b.number for _, _, a, b in pairs
    )
    for one, other, early, late in pairs:
        if early.number != late.number:
            if newest_first or (early.number or 0) < (late.number or 0) or _titles_rise(one, other) is not False:
                continue
        elif _when(early) <= _when(late) or not _wrong_way(one, other, early, late):
            continue
        yield Hit(
            message=f"{wording.first_upper(wording.entries((one, other)))}: "
            "the later of these two entries of the same authors stands first "
            f"({_date(early)} before {_date(late)}).",
            references=(one.id, other.id),
        )


def _wrong_way(one: Reference, other: Reference, early: Year, late: Year) -> bool:
    """Letters in reverse, or dates in reverse that the order of the titles does not explain (styles use either)."""
    if early.letter or late.letter:
        return bool(early.letter and late.letter)
    return bool(early.month and late.month) and _titles_rise(one, other) is False


def _titles_rise(one: Reference, other: Reference) -> bool | None:
    """Whether two titles are in order, with or without their articles; None where one was not read."""
    first, second = sure(one.title), sure(other.title)
    if not first or not second:
        return None
    article = re.compile(r"^\W*(?:the|an?|der|die|das|le|la|les|el|los|las|il|o|a|os|as)\s", re.IGNORECASE)
    return letters(first) <= letters(second) or letters(article.sub("", first)) <= letters(article.sub("", second))


def _date(year: Year) -> str:
    day = f"-{year.month:02d}" + (f"-{year.day:02d}" if year.day else "") if year.month else ""
    return f"{year}{day}"


RULES = (et_al_in_list, list_out_of_order)
