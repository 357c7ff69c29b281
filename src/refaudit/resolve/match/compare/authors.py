"""The authors: other ones, left out, added, called otherwise, or in another order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from refaudit.model import Name, Record
from refaudit.resolve.match.compare.difference import Difference
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import family_forms, people
from refaudit.resolve.match.persons import given_agree, same_name, same_person, same_surname
from refaudit.text import letters, scripts, words

# How surely a list must be read before what is missing from it or beyond the record is told.
_SURE = 0.8
# Authors up to whom a list cut in its middle is not the habit of any style.
_PRINTED_IN_FULL = 10
_GROUP = re.compile(
    r"\b(?:group|consortium|team|investigators?|collaboration|committee|network|society|association|study|trial)\b"
)


def names_text(names: Sequence[Name], most: int = 4) -> str:
    """A list of names, cut after ``most``."""
    shown = "; ".join(map(str, names[:most]))
    return shown + (f"; and {len(names) - most} more" if len(names) > most else "")


def authors_difference(entry: Entry, record: Record) -> Difference | None:
    """Other persons than the registered ones, registered ones that the entry leaves out, printed ones that the record does not
    know, another given name, or another order; the first of these that is so.

    Organisations, and names in an alphabet that the other side does not use, are left aside; the rest is compared all the same.
    """
    everyone = people(record)
    printed = tuple(_as_listed(entry.authors, everyone))
    cited, known = tuple(filter(_person, printed)), tuple(filter(_person, everyone))
    groups = len(cited) < len(printed) or len(known) < len(everyone)
    registered = tuple(name for name in known if _one_script((name,), cited))
    one_script = len(registered) == len(known) and all(_one_script((name,), registered) for name in cited)
    cited = tuple(name for name in cited if _one_script((name,), registered))
    # an initial or a dash read as a surname: it cannot be told how many the others are, but where somebody is registered so
    if (
        not cited
        or not registered
        or any(_initial(name) and not any(same_name(name, one) for one in registered) for name in cited)
    ):
        return None
    pairs, strangers = _paired(cited, registered)
    strangers = [name for name in strangers if not any(same_person(name, editor) for editor in record.editors)]
    # a name that a cut list would print must be missing too: else the reading took something else for a name
    counted = registered[: len(cited)] if entry.et_al else registered
    missing = [name for place, name in enumerate(counted) if place not in pairs and not _printed(entry, name, pairs.values())]
    field = entry.reference.authors
    sure = field.confidence if field else 0.0
    if strangers and missing:
        return Difference(
            names_text(entry.authors),
            names_text(everyone),
            min(0.9, 0.2 + 0.7 * sure),
            detail=f"not registered: {names_text(strangers)}",
        )
    found = None
    if sure >= _SURE:
        found = (
            (one_script and _left_out(entry, record, cited, registered, missing, groups=groups))
            or (one_script and not groups and _added(entry, cited, registered, strangers))
            or _given_difference(cited, registered, pairs)
        )
    if found:
        confidence, detail = found
        return Difference(
            names_text(entry.authors), names_text(everyone), round(confidence * min(1.0, sure / 0.95), 3), detail=detail
        )
    return _order_difference(entry, cited, registered)


def _as_listed(cited: Sequence[Name], registered: Sequence[Name]) -> Iterator[Name]:
    """The printed names; two that stand with their given names first and were read as one ("Ana Lopez, Berta Vega") parted again."""
    families = {form for name in registered for form in family_forms(name)}
    for name in cited:
        one, other = name.family.split(), name.given.split()
        if len(one) >= 2 and len(other) >= 2 and all(" ".join(words(names[-1])) in families for names in (one, other)):
            yield Name(family=one[-1], given=" ".join(one[:-1]))
            yield Name(family=other[-1], given=" ".join(other[:-1]))
        else:
            yield name


def _person(name: Name) -> bool:
    """Whether a name is a person's; groups also stand where a family name should."""
    family = " ".join(words(name.family))
    return not name.literal and bool(family) and not (len(family.split()) >= 2 and _GROUP.search(family))


def _initial(name: Name) -> bool:
    """Whether a surname is a letter of our alphabet, or none."""
    return len(letters(name.family)) < 2 and name.family.isascii()


def _paired(cited: Sequence[Name], registered: Sequence[Name]) -> tuple[dict[int, Name], list[Name]]:
    """Who is who: the cited name of each place of the registered list, and the cited names that are nobody's.

    Each registered author is given once, to the likeliest first, so that of two authors with one surname a missing one shows.
    """
    pairs: dict[int, Name] = {}
    left = list(cited)
    for alike in (same_name, same_surname, same_person):
        for name in tuple(left):
            place = next((k for k, other in enumerate(registered) if k not in pairs and alike(name, other)), None)
            if place is not None:
                pairs[place] = name
                left.remove(name)
    strangers = []
    for name in left:  # a compound surname read as two names belongs to one author
        known = any(same_person(name, other) for other in registered)
        if not known or len(cited) <= len(registered):
            strangers.append(name)
    return pairs, strangers


def _left_out(
    entry: Entry, record: Record, cited: Sequence[Name], registered: Sequence[Name], missing: Sequence[Name], *, groups: bool
) -> tuple[float, str] | None:
    """Registered authors who are not printed in a list that does not say that it is cut. Before "et al." only the first counts.

    Where most of the registered names are missing, the list was cut without words, or the registry lists the members of a group;
    but no cut of a list that styles print in full keeps its last name.
    """
    if not missing or not record.authors or (len(missing) > 1 and groups):
        return None
    detail = f"registered and not printed: {names_text(missing)}"
    if entry.et_al:
        return (0.7, detail) if missing[0] is registered[0] else None
    if len(missing) > max(2, len(cited)):
        kept_last = missing[-1] is not registered[-1] and len(registered) <= _PRINTED_IN_FULL
        return (0.65 if kept_last else 0.45), detail
    return (0.8 if missing[0] is registered[0] or len(missing) <= 2 else 0.7), detail


def _added(
    entry: Entry, cited: Sequence[Name], registered: Sequence[Name], strangers: Sequence[Name]
) -> tuple[float, str] | None:
    """Printed authors beyond the registered ones, each with a given name; a record of one author may be of the first only."""
    if not strangers or len(registered) < 2 or not all(name.given for name in strangers):
        return None
    title = set(words(entry.title))
    if len(cited) - len(strangers) < len(registered) or any(set(words(name.family)) <= title for name in strangers):
        return None
    return 0.75 if len(registered) >= 3 else 0.65, f"not registered: {names_text(strangers)}"


def _given_difference(cited: Sequence[Name], registered: Sequence[Name], pairs: Mapping[int, Name]) -> tuple[float, str] | None:
    """A surname that agrees beside a given name that is another one's."""
    others = []
    for place, name in sorted(pairs.items()):
        known = registered[place]
        if same_surname(name, known) and not given_agree(name, known):
            level = sum(same_surname(name, one) for one in cited) == sum(same_surname(known, one) for one in registered)
            if level:
                others.append((name, known))
    if not others or (len(others) > 2 and len(others) > len(pairs) / 2):  # a record whose given names are all shifted
        return None
    full = any(min(len(letters(name.given)), len(letters(known.given))) >= 3 for name, known in others)
    detail = "; ".join(f"printed {name}, registered {known}" for name, known in others)
    return (0.75 if full else 0.65), detail


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


def _order_difference(entry: Entry, cited: Sequence[Name], registered: Sequence[Name]) -> Difference | None:
    """Two of the first authors in another order than registered."""
    places = []
    for name in cited:
        alike = [k for k, other in enumerate(registered) if set(family_forms(name)) & set(family_forms(other))]
        if len(alike) > 1:  # several authors of one surname
            alike = [k for k in alike if name.given[:1] and registered[k].given[:1].lower() == name.given[0].lower()]
        if len(alike) == 1:
            places.append(alike[0])
    # a list cut in its middle ("… Last") jumps forward; only a step back is another order
    back = sum(later < earlier for earlier, later in pairwise(places))
    if len(places) < 2 or not back:
        return None
    if _alphabetical(registered) and not _alphabetical(cited) and (back > 1 or not _neighbours_turned(places)):
        return None  # a record sorted by name says nothing of the order
    field = entry.reference.authors
    confidence = min(0.85, 0.15 + 0.7 * (field.confidence if field else 0.0))
    return Difference(names_text(entry.authors), names_text(registered), confidence, detail="in another order")


def _alphabetical(names: Sequence[Name]) -> bool:
    """Whether at least three names stand in the order of their letters."""
    families = [letters(name.family) for name in names]
    return len(families) >= 3 and families == sorted(families)


def _neighbours_turned(places: Sequence[int]) -> bool:
    """Whether turning two neighbours puts the places in order."""
    at = next(k for k in range(len(places) - 1) if places[k] > places[k + 1])
    mended = [*places[:at], places[at + 1], places[at], *places[at + 2 :]]
    return mended == sorted(mended)
