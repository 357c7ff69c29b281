"""Which citation style an entry, and a list, is set in.

A style family is a set of habits: how names are printed, where the year stands, how volume, issue and pages are joined,
quotation marks around titles. ``refaudit.parse.style.style_guides`` says how often entries of a family show each form. The chances
of all habits that an entry shows are multiplied (as if they were independent), tempered because they are not, and compared
between families; an entry that fits none, or two equally well, is of no known family.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from refaudit.model import ListStyle, Reference
from refaudit.parse.style.printed_features import Manner, manner
from refaudit.parse.style.style_guides import FORMS

FAMILIES = tuple(dict.fromkeys(name for name, _, _ in FORMS))
"""The names of the style families, in the order of the points that are given to them."""
KIN = {"AMA": "Vancouver"}
"""Families whose single entries mostly fit a wider family as well: AMA differs from it in what few entries show."""
_RARE = 0.012
"""The chance of a form that the manual of a family does not know: a slip of the author's or of the reading."""
_TEMPER = 0.75
_LEAST_HABITS = 5
_LEAST_FIT = 0.72
_CORE = ("names", "year")
_FEW_HABITS = 3
_LEAST_CHANCE = 0.6
_CHANCE_OF_FEW = 0.9
_CLEARLY = 3.0
"""Points by which another family has to fit an entry better before the entry departs from its list."""
_LEAST_SHARE = 0.6
_SEVERAL = 4
_VETO = -5.0
"""The least that one entry says of a family: an entry from elsewhere must not decide for the list."""


@cache
def _logs(habit: str, form: str) -> tuple[float, ...]:
    """For each row, the logarithm of the chance that its entries show ``form``; rows without a say get the mean."""
    given = [habits[habit].get(form, _RARE) if habit in habits else None for _, _, habits in FORMS]
    said = [math.log(chance) for chance in given if chance is not None]
    mean = sum(said) / len(said) if said else 0.0
    return tuple(mean if chance is None else math.log(chance) for chance in given)


_PRIORS = tuple(math.log(often) for _, often, _ in FORMS)
_ROWS = tuple(tuple(row for row, (name, _, _) in enumerate(FORMS) if name == family) for family in FAMILIES)


def points(shown: Manner) -> list[float]:
    """How well an entry that shows these habits fits each family (the logarithm of a chance), in the order of ``FAMILIES``."""
    columns = zip(_PRIORS, *(_logs(habit, form) for habit, form in shown.items()), strict=True)
    rows = [_TEMPER * sum(column) for column in columns]
    return [max(rows[row] for row in chosen) for chosen in _ROWS]


def fit(shown: Manner, family: str) -> float:
    """The share of the habits shown which one form of the family knows (0-1); what its manual says nothing of does not count.

    How the names are printed and where the year stands count twice; a form that knows neither fits not at all.
    """
    best = 0.0
    for row in _ROWS[FAMILIES.index(family)]:
        habits = FORMS[row][2]
        asked = [form in habits[habit] for habit, form in shown.items() if habit in habits]
        core = [shown[habit] in habits[habit] for habit in _CORE if habit in shown]
        if asked and (any(core) or not core):
            best = max(best, (sum(asked) + sum(core)) / (len(asked) + len(core)))
    return best


def chances(given: Sequence[float]) -> list[float]:
    """Points as probabilities that sum to 1."""
    top = max(given)
    weights = [math.exp(point - top) for point in given]
    return [weight / sum(weights) for weight in weights]


def style_of(shown: Manner, given: Sequence[float] = ()) -> tuple[str, float]:
    """The family that one entry fits best by itself, "" when it is not sure; and the chance of the best (0-1).

    ``given`` are its points, where they are known.
    """
    if len(shown) < _FEW_HABITS:
        return "", 0.0
    given = given or points(shown)
    chance = chances(given)
    best = max(range(len(FAMILIES)), key=given.__getitem__)
    least = _LEAST_CHANCE if len(shown) >= _LEAST_HABITS else _CHANCE_OF_FEW
    name, sure = FAMILIES[best], chance[best]
    if sure < least:  # what fits both of a pair is named by the wider one
        name = KIN.get(name, name)
        sure = sum(chance[at] for at, family in enumerate(FAMILIES) if KIN.get(family, family) == name)
    return name if sure >= least and fit(shown, name) >= _LEAST_FIT else "", sure


def list_style(shown: Sequence[tuple[Manner, Sequence[float]]]) -> ListStyle:
    """The family that the entries of a list fit best together: what one entry leaves open another one settles.

    Takes what each entry shows and its points.
    """
    telling = [(habits, given) for habits, given in shown if len(habits) >= _LEAST_HABITS]
    if not telling:
        return ListStyle()
    sums = [0.0] * len(FAMILIES)
    for _, given in telling:
        top = max(given)
        whole = top + math.log(sum(math.exp(point - top) for point in given))
        sums = [total + max(_VETO, point - whole) for total, point in zip(sums, given, strict=True)]
    family = FAMILIES[max(range(len(FAMILIES)), key=sums.__getitem__)]
    following = [habits for habits, given in telling if follows(habits, given, family)]
    share = len(following) / len(telling)
    if share < _LEAST_SHARE or (len(telling) < _SEVERAL and max(chances(sums)) < _LEAST_CHANCE):
        return ListStyle(entries=len(telling))
    return ListStyle(family=family, share=share, entries=len(telling), reasons=reasons(following, family))


def follows(shown: Manner, given: Sequence[float], family: str) -> bool:
    """Whether an entry of a list in this style can pass for one in that style: no other family fits it clearly better."""
    return max(given) - given[FAMILIES.index(family)] < _CLEARLY and fit(shown, family) >= _LEAST_FIT


def settle(references: Sequence[Reference]) -> tuple[tuple[Reference, ...], ListStyle]:
    """The entries of a list with their style, and the style of the list.

    An entry that can pass for one in the style of its list has that style; another one has its own where that is sure.
    """
    if all(reference.printed is not None for reference in references):  # fields of a database show no style
        return tuple(references), ListStyle()
    shown = [(habits, points(habits)) for habits in map(manner, references)]
    whole = list_style(shown)
    done = []
    for reference, (habits, given) in zip(references, shown, strict=True):
        style = ""
        if whole.family and len(habits) > 1 and follows(habits, given, whole.family):
            style = whole.family
        else:
            style = style_of(habits, given)[0]
        done.append(replace(reference, style=style) if style else reference)
    return tuple(done), whole


def reasons(shown: Sequence[Manner], family: str, most: int = 4) -> tuple[str, ...]:
    """The forms, in words, by which these entries tell the family from the others, the most telling first."""
    at = FAMILIES.index(family)
    counted = Counter((habit, form) for habits in shown for habit, form in habits.items())
    told: list[tuple[float, str]] = []
    for (habit, form), count in counted.items():
        words = _in_words(habit, form)
        logs = _logs(habit, form)
        own = max(logs[row] for row in _ROWS[at])
        others = sum(max(logs[row] for row in rows) for rows in _ROWS) / len(_ROWS)
        if words and own > others and count >= len(shown) / 3:
            told.append(((own - others) * count, words))
    told.sort(key=lambda pair: (-pair[0], pair[1]))
    return tuple(dict.fromkeys(words for _, words in told))[:most]


_WORDS = {
    "names": "names as “{}”", "initials": "initials as “{}”", "joint": "“{}” between the last names", "issue": "volume and issue as “{}”",
    "house": "“{}”", "words": "“{}”", "label": "labels as “{}”",
}  # fmt: skip
_FORM_WORDS = {
    ("others", "direct"): "only the first name inverted", ("year", "(y)"): "the year in brackets after the names",
    ("year", "(y)."): "the year in brackets after the names", ("year", ". y."): "the year after the names, between stops",
    ("year", ", y."): "the year after the names, behind a comma", ("year", "y;v"): "“year;volume”", ("year", "y, v"): "“year, volume”",
    ("year", "v (y) p"): "the year in brackets before the pages", ("year", "v, y, p"): "the year between volume and pages",
    ("year", "end y"): "the year after the pages", ("year", "end (y)"): "the year in brackets at the end",
    ("year", "house; y"): "“publisher; year”", ("quotes", "double"): "titles in double quotation marks",
    ("quotes", "single"): "titles in single quotation marks", ("volume", "vol."): "“vol.” before the volume",
    ("volume", "v."): "“v.” before the volume", ("issue", "no."): "“no.” before the issue", ("issue", "n."): "“n.” before the issue",
    ("pages", "pp."): "“pp.” before the pages", ("pages", ":"): "a colon before the pages", ("pages", ": "): "a colon before the pages",
    ("pages", ", "): "a comma before the pages", ("words", "[J]"): "marks of the kind of work as “[J]”",
}  # fmt: skip


def _in_words(habit: str, form: str) -> str:
    return _FORM_WORDS.get((habit, form)) or (_WORDS[habit].format(form) if habit in _WORDS else "")
