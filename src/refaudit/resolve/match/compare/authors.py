"""The authors: other ones, or another order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from refaudit.model import Name, Record
from refaudit.resolve.match.compare.difference import Difference
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import family_forms, people
from refaudit.text import letters, scripts, words


def name_text(name: Name) -> str:
    """A name as people write it in a list."""
    if name.literal:
        return name.literal
    family = f"{name.particle} {name.family}".strip()
    return f"{family}, {name.given}" if name.given else family


def names_text(names: tuple[Name, ...], most: int = 4) -> str:
    """A list of names, cut after ``most``."""
    shown = "; ".join(name_text(name) for name in names[:most])
    return shown + (f"; and {len(names) - most} more" if len(names) > most else "")


def authors_difference(entry: Entry, record: Record) -> Difference | None:
    """A cited author whom the record does not know in place of one whom the entry does not name, or another order.

    Cut lists, initials, particles, compound surnames, organisations and changed name order are no difference.
    """
    registered = people(record)
    cited = entry.authors
    if not cited or not registered or any(name.literal for name in cited) or any(name.literal for name in registered):
        return None
    # a registry's slip, or a wrong reading: initials or dashes for surnames
    if any(len(letters(name.family)) < 2 for name in (*cited, *registered)):
        return None
    pairs, strangers = _paired(cited, registered)
    strangers = [name for name in strangers if not any(_same_person(name, editor) for editor in record.editors)]
    # a name that a cut list would print must be missing too: else the reading took something else for a name
    counted = registered[: len(cited)] if entry.et_al else registered
    missing = [name for place, name in enumerate(counted) if place not in pairs and not _printed(entry, name, pairs.values())]
    if strangers and missing and _one_script(strangers, missing):
        field = entry.reference.authors
        sure = field.confidence if field else 0.0
        return Difference(names_text(cited), names_text(registered), min(0.9, 0.2 + 0.7 * sure))
    return _order_difference(entry, cited, registered)


def _paired(cited: Sequence[Name], registered: Sequence[Name]) -> tuple[dict[int, Name], list[Name]]:
    """Who is who: the cited name of each place of the registered list, and the cited names that are nobody's.

    Each registered author is given once, to the likeliest first, so that of two authors with one surname a missing one shows.
    """
    pairs: dict[int, Name] = {}
    left = list(cited)
    for alike in (_same_name, _same_surname, _same_person):
        for name in tuple(left):
            place = next((k for k, other in enumerate(registered) if k not in pairs and alike(name, other)), None)
            if place is not None:
                pairs[place] = name
                left.remove(name)
    strangers = []
    for name in left:  # a compound surname read as two names belongs to one author
        known = any(_same_person(name, other) for other in registered)
        if not known or len(cited) <= len(registered):
            strangers.append(name)
    return pairs, strangers


def _same_surname(one: Name, other: Name) -> bool:
    return bool(set(family_forms(one)) & set(family_forms(other)))


def _same_name(one: Name, other: Name) -> bool:
    return _same_surname(one, other) and letters(one.given)[:1] == letters(other.given)[:1]


def _printed(entry: Entry, name: Name, cited: Iterable[Name]) -> bool:
    """Whether a registered surname stands in the entry more often than the other authors and the title explain."""
    others = [form for other in cited for form in family_forms(other)]
    title, text = f" {' '.join(words(entry.title))} ", entry.letters.replace(letters(entry.title), " ", 1)
    explained = set(words(entry.title)) | {word for form in others for word in form.split()}
    for form in family_forms(name):
        needle = f" {form} "
        if entry.spaced.count(needle) > title.count(needle) + others.count(form):
            return True
        joined = form.replace(" ", "")
        if len(joined) >= 6 and joined not in explained and joined in text and needle not in entry.spaced:
            return True
        if len(form) >= 6 and any(
            word[0] == form[0] and word not in explained and fuzz.ratio(word, form) >= 88 for word in entry.words
        ):
            return True
    return False


def _one_script(some: Iterable[Name], others: Iterable[Name]) -> bool:
    """Whether two lists of surnames share an alphabet; names in another one are transliterated, not replaced."""
    return bool(scripts("".join(name.family for name in some)) & scripts("".join(name.family for name in others)))


def _same_person(one: Name, other: Name) -> bool:
    """Whether two printed names can be one person: surnames alike, or given and family name in each other's place."""
    for form in family_forms(one):
        for known in family_forms(other):
            a, b = form.replace(" ", ""), known.replace(" ", "")
            if a == b or set(form.split()) & {word for word in known.split() if len(word) >= 3}:
                return True
            if (min(len(a), len(b)) >= 5 and (a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a))) or (
                min(len(a), len(b)) >= 4 and a[0] == b[0] and fuzz.ratio(a, b) >= 80
            ):
                return True
    given = {word for word in words(other.given) if len(word) >= 3}
    return bool(given & set(words(one.family))) or bool({w for w in words(one.given) if len(w) >= 3} & set(words(other.family)))


def _order_difference(entry: Entry, cited: tuple[Name, ...], registered: tuple[Name, ...]) -> Difference | None:
    """Two of the first authors in another order than registered."""
    places = []
    for name in cited:
        alike = [k for k, other in enumerate(registered) if set(family_forms(name)) & set(family_forms(other))]
        if len(alike) > 1:  # several authors of one surname
            alike = [k for k in alike if name.given[:1] and registered[k].given[:1].lower() == name.given[0].lower()]
        if len(alike) == 1:
            places.append(alike[0])
    # a list cut in its middle ("… Last") jumps forward; only a step back is another order
    if len(places) >= 2 and any(later < earlier for earlier, later in pairwise(places)):
        field = entry.reference.authors
        return Difference(names_text(cited), names_text(registered), min(0.85, 0.15 + 0.7 * (field.confidence if field else 0.0)))
    return None
