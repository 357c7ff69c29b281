"""The list of references as something to look names, years and labels up in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import OSA

from refaudit.model import Difference, Name, Year
from refaudit.parse.entries.author_year import Head, surname_key, without_particles
from refaudit.text import letters

_SHORT = re.compile(r"[(\[]\s?([^\W\d_a-z][\w&-]{1,11})\s?[,;)\]]")
_ELIDED = re.compile(r"[dlDL]['’](?=[^\W\d_])")
_ENDING = re.compile(r"['’][a-zığüşöç]{1,5}$")  # of a case, as Turkish sets it off
_REPEATS = re.compile(r"(?:Ders|Dies|Derselbe|Dieselbe|Idem|Id|Eadem)\b\.?(?=,|$)")
_LEAD = 25  # letters of a title that its short form may leave out before it ("The Haunting of Hill House")
_ENOUGH = 6  # entries that show an order
_LONG = 10  # letters of an organisation's name that a short form may stand behind


@dataclass(frozen=True, slots=True)
class Match:
    """An entry beside a cited name and year: ``score`` 0-1, what still differs, and the reasons in words."""

    entry: int
    score: float
    difference: Difference = Difference.NONE
    reasons: tuple[str, ...] = ()

    @property
    def linked(self) -> bool:
        """Whether the entry is reached (a different year keeps it out of reach)."""
        return self.difference is not Difference.YEAR


def name_key(name: Name) -> str:
    """The letters by which a cited name is looked up."""
    return surname_key(name.surname)


def _numbers() -> defaultdict[str, list[int]]:
    return defaultdict(list)


@dataclass(slots=True)
class _Tables:
    """Numbers of entries by the letters of names (of first authors, of others, of beginnings, of short forms) and by year."""

    effective: list[Head] = field(default_factory=list)
    first: defaultdict[str, list[int]] = field(default_factory=_numbers)
    any: defaultdict[str, list[int]] = field(default_factory=_numbers)
    opening: defaultdict[str, list[int]] = field(default_factory=_numbers)
    short: defaultdict[str, list[int]] = field(default_factory=_numbers)
    by_year: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


class ListIndex:
    """Entries by the letters of their authors' names and by label. Built once; lookups do not change it.

    ``text`` is the running text: it may give the organisations of the list short names.
    """

    def __init__(self, heads: Sequence[Head], labels: Sequence[str | None], text: str = "") -> None:
        self.heads = heads
        self.labels = {label: number for number, label in reversed(list(enumerate(labels))) if label}
        self._text = text
        self._known: dict[tuple[tuple[Name, ...], bool, Year | None, str], list[Match]] = {}

    @cached_property
    def _tables(self) -> _Tables:
        """Made when first something is looked up by name or year: a text that cites by key asks for labels at most."""
        tables = _Tables()
        previous: Head | None = None
        for number, head in enumerate(self.heads):
            own = head
            # a dash or "Ders." repeats the authors above
            if previous is not None and (head.zone.startswith(("--", "—", "–", "__")) or _REPEATS.match(head.zone)):
                own = Head(zone=previous.zone, years=head.years, after=head.after)
            previous = own
            tables.effective.append(own)
            for gram, index in own.grams.items():
                (tables.first if index < own.first_words else tables.any)[gram].append(number)
            for start in own.opening:
                tables.opening[start].append(number)
            for short in own.acronyms:
                tables.short[short].append(number)
            for year in {y.number for y in own.years if y.number is not None}:
                tables.by_year[year].append(number)
        for short, number in _introduced(self._text, tables.effective):
            tables.short[short].append(number)
        return tables

    @cached_property
    def alphabetical(self) -> bool:
        """Whether the list stands in the order of its first authors: its entries were then not numbered in the order of citing."""
        firsts = [letters(head.first)[:4] for head in self._tables.effective]
        rising = sum(one <= other for one, other in pairwise(firsts))
        return len(firsts) >= _ENOUGH and rising >= 0.85 * (len(firsts) - 1)

    def head(self, entry: int) -> Head:
        """The head of an entry, a repeated author's dash filled in."""
        return self._tables.effective[entry]

    def at_place(self, label: str) -> int | None:
        """The entry that a number means in a list that prints none: the one at that place."""
        number = int(label) - 1 if label.isdecimal() else -1
        return number if 0 <= number < len(self.heads) else None

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The letters of the surnames of all persons of the list."""
        return frozenset(person for head in self._tables.effective if not head.organisation for person in head.people)

    def knows(self, name: Name) -> bool:
        """Whether some entry's first author has this name."""
        return bool(self._candidates(name))

    def _candidates(self, name: Name) -> list[int]:
        key = name_key(name)
        if not key:
            return []
        found = self._tables.first.get(key)
        if found and key in self._tables.short and sum(char.isupper() for char in name.literal or name.family) > 1:
            bodies = [entry for entry in self._tables.short[key] if self._tables.effective[entry].organisation]
            return sorted({*found, *bodies})  # "WHO" of "FAO/WHO" and of "World Health Organization (WHO)"
        if not found and name.literal:
            found = (
                self._tables.short.get(key) or self._shortened(name) or (self._tables.opening.get(key) if len(key) >= 6 else None)
            )
        if not found and not name.literal:
            bare = without_particles(f"{name.particle} {name.family}")
            found = self._tables.first.get(bare) if bare != key else None
            elided, ending = _ELIDED.match(name.family), _ENDING.search(name.family)
            if not found and elided:  # "l'Insee (2021)"
                return self._candidates(Name(family=name.family[elided.end() :]))
            if not found and ending:  # "Bekdemir'e (2007)"
                return self._candidates(Name(family=name.family[: ending.start()]))
            if not found:
                found = self._tables.short.get(key) if sum(char.isupper() for char in name.family) > 1 else None
        return found or []

    def _shortened(self, name: Name) -> list[int]:
        """A long organisation in the text whose first words stand in the list, or the other way round by its initials."""
        capitals = "".join(word[0] for word in name.literal.split() if word[0].isupper())
        return self._tables.first.get(letters(capitals), []) if len(capitals) >= 3 else []

    def matches(self, names: Sequence[Name], et_al: bool, year: Year | None, title: str = "") -> list[Match]:
        """Entries whose first author is the first name given, best first; a cited (short) title decides between them."""
        key = (tuple(names), et_al, year, title)
        if key not in self._known:  # the same work is asked for again and again while a text is read
            self._known[key] = self._all_matches(*key) if names else self._titled(title)
        return self._known[key]

    def _all_matches(self, names: tuple[Name, ...], et_al: bool, year: Year | None, title: str) -> list[Match]:
        found = [self._match(entry, names, et_al, year) for entry in self._candidates(names[0])]
        if title:
            wanted = letters(title)[:60]
            titled = [match for match in found if wanted in self._behind[match.entry]]
            # a story also stands in the title of the collection that holds it and others
            titled = [match for match in titled if self._behind[match.entry].startswith(wanted)] or titled
            found = [replace(match, score=min(1.0, match.score + 0.3), reasons=()) for match in titled] or [
                replace(match, score=match.score - 0.1, reasons=(*match.reasons, "the title is not found in the entry"))
                for match in found
                if match.linked  # another title in another year is another work
            ]
        return sorted(found, key=lambda match: (match.difference is Difference.YEAR, -match.score, match.entry))

    @cached_property
    def _behind(self) -> list[str]:
        """The letters of what stands behind the names of each entry."""
        return [letters(head.after) for head in self._tables.effective]

    def _titled(self, title: str) -> list[Match]:
        """The entry of a work that is cited by its (short) title alone; none where several titles begin with it."""
        wanted = letters(title)
        if len(wanted) < 6:
            return []
        found = [n for n, title in enumerate(self._behind) if wanted in title[: len(wanted) + _LEAD]]
        return [Match(found[0], 0.9)] if len(found) == 1 else []

    def _match(self, entry: int, names: Sequence[Name], et_al: bool, year: Year | None) -> Match:
        head = self._tables.effective[entry]
        score, reasons = 0.6, []
        people = head.people
        for place, other in enumerate(names[1:], start=1):
            forms = {name_key(other), without_particles(f"{other.particle} {other.family}")} - {""}
            if place < len(people) and people[place] in forms:
                continue
            if any(head.grams.get(form, -1) >= head.first_words for form in forms):
                score -= 0.05  # named, but not at this place
            else:
                score -= 0.25
                reasons.append(f"'{other.literal or other.family}' is not among its authors")
        count = head.authors
        if count:
            expected = len(names) + et_al
            if et_al and count <= 2:
                score -= 0.05
            elif not et_al and count != expected:
                score -= 0.04 if count > expected else 0.03
        if names[0].given:
            agrees = _given_agrees(names[0].given, head)
            if agrees is not None:
                score += 0.08 if agrees else -0.3
                if not agrees:
                    reasons.append(f"the given name '{names[0].given}' differs")
        gain, difference, why = _year_match(year, head.years)
        if why:
            reasons.append(why)
        return Match(entry, max(0.0, min(1.0, score + gain)), difference, tuple(reasons))

    def near_names(self, names: Sequence[Name], year: Year | None) -> list[Match]:
        """Entries of the same year whose first author is spelled a little differently (edit distance 1-2), best first."""
        if not names or year is None or year.number is None:
            return []
        key = name_key(names[0])
        allowed = 0 if len(key) < 4 else 1 if len(key) < 7 else 2
        found = []
        for entry in self._tables.by_year.get(year.number, ()):
            head = self._tables.effective[entry]
            if not head.years or head.years[0].number != year.number:
                continue
            first = letters(head.first)
            words = head.words[: head.first_words]
            distance = min(OSA.distance(key, form, score_cutoff=allowed) for form in {first, *words})
            if 0 < distance <= allowed:
                others = sum(head.grams.get(name_key(other), -1) >= head.first_words for other in names[1:])
                if names[1:] and not others and len(names) > 1:
                    continue
                found.append(
                    Match(
                        entry,
                        0.9 - 0.15 * distance + 0.05 * others,
                        Difference.AUTHOR,
                        (f"the name is spelled '{head.first.strip()}' in the list",),
                    )
                )
        return sorted(found, key=lambda match: (-match.score, match.entry))


def _introduced(text: str, heads: Sequence[Head]) -> list[tuple[str, int]]:
    """The short names that a text gives to organisations of the list ("the Economic Commission (ECLAC, 2019)"), with their entries."""
    ends: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, head in enumerate(heads):
        if head.organisation and len(name := letters(head.zone)) >= _LONG:
            ends[name[-_LONG:]].append((name, number))
    found: dict[tuple[str, int], None] = {}
    for match in _SHORT.finditer(text) if ends else ():
        if sum(char.isupper() for char in match[1]) * 2 > len(match[1]):
            before = letters(text[max(0, match.start() - 200) : match.start()])
            for name, number in ends.get(before[-_LONG:], ()):
                if before.endswith(name) and letters(match[1]) not in heads[number].acronyms:
                    found[letters(match[1]), number] = None
    return list(found)


def _given_agrees(given: str, head: Head) -> bool | None:
    """Whether the initials before a cited surname fit the entry's; None when the entry prints none."""
    cited = [word[0] for word in given.replace(".", " ").replace("-", " ").split() if word]
    rest = head.zone[len(head.first) :].lstrip(" ,")
    printed = [word[0] for word in rest.replace(".", " ").replace("-", " ").split()[: len(cited)] if word and word[0].isupper()]
    if not printed:
        words = head.first.replace(".", " ").split()
        printed = [word[0] for word in words[:-1] if word[0].isupper()]
    if not printed or not cited:
        return None
    return all(letters(a) == letters(b) for a, b in zip(cited, printed, strict=False))


def _year_match(year: Year | None, years: Sequence[Year]) -> tuple[float, Difference, str]:
    """Score and difference of a cited year against the years an entry prints (its own first)."""
    if year is None:
        return 0.3, Difference.NONE, ""
    if not years:
        return (0.3, Difference.NONE, "") if year.number is None else (0.0, Difference.YEAR, "the entry prints no year")
    own = years[0]
    if year.number is None:
        if own.text == year.text or own.number is None:
            return 0.4 if own.letter == year.letter else 0.2, Difference.NONE, ""
        return 0.15, Difference.NONE, "the list prints a year"
    if year.until and own.until and (year.number, year.until) != (own.number, own.until) and own.number == year.number:
        return 0.1, Difference.YEAR, f"the entry says {own}"
    if own.until and year.until is None and year.number == own.until:
        return 0.35, Difference.NONE, f"the entry says {own}"
    if own.number == year.number:
        if year.month is not None and own.month is not None:
            same = year.month == own.month and (year.day is None or own.day is None or year.day == own.day)
            return (0.4, Difference.NONE, "") if same else (0.05, Difference.NONE, "the date differs")
        if own.letter == year.letter:
            return 0.4, Difference.NONE, ""
        if not year.letter:
            return 0.35, Difference.NONE, f"the entry carries the letter '{own.letter}'"
        return 0.25, Difference.LETTER, f"no entry carries '{year}'" if not own.letter else f"the entry says '{own}'"
    for other in years[1:4]:
        if other.number == year.number:
            return 0.25, Difference.NONE, "the year is printed later in the entry"
    if own.number is None:
        return 0.15, Difference.NONE, f"the entry says '{own.text}'"
    return 0.2 - min(abs(own.number - year.number), 20) / 100, Difference.YEAR, f"the entry says {own}"
