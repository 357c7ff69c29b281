"""Letters after years ("2019a"): dropped where one work needs none, assigned where the text says which work it means.

Letters follow the order of the list in every style that uses them. Which of two works a citation without a letter means
is known only where it names all of them side by side ("Lopez, 2019, 2019"), or gives a page that one of them alone has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from refaudit.model import Citation, CitedItem, Document, Edit, FileReport, Finding, Link, LinkStatus, Reference, Repair
from refaudit.repair.edits import Texts, after_year, name, opened, stretch
from refaudit.text import letters

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_PAGE = re.compile(r"\d{1,6}")
_RANGE = re.compile(r"(\d{1,6})\s*[-–—]{1,3}\s*(\d{1,6})")


@dataclass(frozen=True, slots=True)
class _Cited:
    """A cited item and its link."""

    citation: Citation
    item: CitedItem
    link: Link


def year_letters(report: FileReport, document: Document, texts: Texts) -> Iterator[Repair]:
    """Letters that nothing needs, then letters that are missing."""
    cited = [
        _Cited(citation, citation.items[link.item], link)
        for citation in report.citations
        for link in report.links
        if link.citation == citation.id
    ]
    entries = {reference.id: reference for reference in report.references}
    yield from _dropped(report, document, texts, cited, entries)
    for family in _families(report.references):
        finding = _about(report, family)
        edits = _assigned(document, texts, family, cited) if finding else None
        if finding and edits:
            what = f"{name(family[0])}: works of one year are told apart by letters"
            yield Repair(kind="year-letters", what=what, edits=tuple(edits), code=finding.code, fingerprint=finding.fingerprint)


def _dropped(
    report: FileReport, document: Document, texts: Texts, cited: Sequence[_Cited], entries: Mapping[str, Reference]
) -> Iterator[Repair]:
    """A letter in the text where the list holds one such work and it carries none.

    Two letters in the text say that the list lacks a work, and another entry of the author and year that it lost a letter.
    """
    used: dict[str, set[str]] = defaultdict(set)
    for one in cited:
        for identity in {*one.link.references, *one.link.nearest}:
            used[identity] |= {one.item.year.letter} - {""} if one.item.year else set()
    for finding in opened(report, "LNK007"):
        edits = []
        for one in cited:
            year = one.item.year
            if one.citation.id not in finding.citations or year is None or not year.letter:
                continue
            near = one.link.references or one.link.nearest
            entry = entries.get(near[0]) if len(near) == 1 and one.link.status is not LinkStatus.AMBIGUOUS else None
            if entry is None or entry.year is None or entry.year.value is None or entry.year.value.letter:
                continue
            others = (other for other in entries.values() if other is not entry and _first(other) == _first(entry))
            if len(used[entry.id]) > 1 or any(str(year.number) in other.raw for other in others):
                continue
            place = after_year(document, one.item, texts)
            if place is not None:
                path, end = place
                edits.append(Edit(path=path, start=end - len(year.letter), end=end, text=""))
        if edits:
            what = "the letter after a year that has one work"
            yield Repair(kind="year-letters", what=what, edits=tuple(edits), code=finding.code, fingerprint=finding.fingerprint)


def _first(reference: Reference) -> str:
    names = reference.authors.value if reference.authors and reference.authors.value else ()
    return letters(names[0].family or names[0].literal) if names else ""


def _families(references: Sequence[Reference]) -> list[list[Reference]]:
    """Entries of the same authors and year, in the order of the list."""
    families: dict[tuple[tuple[str, ...], int], list[Reference]] = defaultdict(list)
    for reference in references:
        year = reference.year.value if reference.year else None
        names = reference.authors.value if reference.authors else None
        if names and year and year.number is not None and reference.year and reference.year.span:
            key = tuple(letters(one.literal or one.particle + one.family + one.given[:1]) for one in names)
            families[key, year.number].append(reference)
    return [family for family in families.values() if 1 < len(family) <= len(_ALPHABET)]


def _about(report: FileReport, family: Sequence[Reference]) -> Finding | None:
    """The finding that says that the text does not tell these entries apart."""
    members = {reference.id for reference in family}
    found = (f for f in opened(report, "LNK004", "LNK007") if f.references and set(f.references) <= members)
    duplicates = {identity for f in report.findings if f.code.startswith("DUP") for identity in f.references}
    return next(found, None) if len(members & duplicates) < 2 else None  # what may be one work gets no letters


def _assigned(document: Document, texts: Texts, family: Sequence[Reference], cited: Sequence[_Cited]) -> list[Edit] | None:
    """The letters that list and text lack; None where some citation leaves open which work it means."""
    has = [reference.year.value.letter if reference.year and reference.year.value else "" for reference in family]
    free = [letter for letter in _ALPHABET[: len(family)] if letter not in has]
    bare = [number for number, letter in enumerate(has) if not letter]
    if len(free) != len(bare) or len(bare) not in (0, 1, len(family)):
        return None
    given = dict(zip(bare, free, strict=True))
    full = [given.get(number, letter) for number, letter in enumerate(has)]
    edits: list[Edit] = []
    for number, letter in given.items():
        edit = _in_list(document, texts, family[number], letter)
        if edit is None:
            return None
        edits.append(edit)
    place_of = {reference.id: number for number, reference in enumerate(family)}
    reaching: dict[str, list[_Cited]] = defaultdict(list)
    for one in cited:
        if place_of.keys() & {*one.link.references, *one.link.nearest}:
            reaching[one.citation.id].append(one)
    for together in reaching.values():
        for position, one in enumerate(together):
            year = one.item.year
            if year is None or not place_of.keys() >= {*one.link.references, *one.link.nearest}:
                return None  # it may mean a work of other authors
            if year.letter:
                if year.letter not in full:
                    return None
                continue
            meant = position if _all_named(together, family) else _by_page(one.item, family)
            place = after_year(document, one.item, texts)
            if meant is None or place is None:
                return None
            edits.append(Edit(path=place[0], start=place[1], end=place[1], text=full[meant]))
    return edits


def _in_list(document: Document, texts: Texts, reference: Reference, letter: str) -> Edit | None:
    """The letter behind the year of an entry that is printed as text."""
    year = reference.year
    if year is None or year.span is None or year.value is None:
        return None
    place = document.locate(reference.place_of(year.span))
    printed = texts.get(place.path, "")[place.start : place.end]
    at = printed.find(str(year.value.number))
    path, start, _ = stretch(document, reference)
    if at < 0 or texts[path][start : start + 1] == "@":
        return None
    end = place.start + at + len(str(year.value.number))
    return Edit(path=place.path, start=end, end=end, text=letter)


def _all_named(together: Sequence[_Cited], family: Sequence[Reference]) -> bool:
    """Whether a citation names every work of the family, one after the other, and nothing else of it."""
    return len(together) == len(family) and all(one.item.year and not one.item.year.letter for one in together)


def _by_page(item: CitedItem, family: Sequence[Reference]) -> int | None:
    """The one work whose pages hold the page cited; None where the pages of another are unknown."""
    page = _PAGE.search(item.locator)
    ranges = [_RANGE.search((reference.pages.value or "") if reference.pages else "") for reference in family]
    if page is None or not all(ranges):
        return None
    number = int(page[0])
    fitting = [at for at, found in enumerate(ranges) if found and int(found[1]) <= number <= _last(found[1], found[2])]
    return fitting[0] if len(fitting) == 1 else None


def _last(first: str, last: str) -> int:
    """The last page of a range whose end may be shortened ("1425–37")."""
    return int(first[: len(first) - len(last)] + last) if len(last) < len(first) else int(last)
