"""Which entries of a list are the same work: the one place that decides it, for DUP, LNK003 and LNK004.

Entries are compared only inside small blocks (one DOI, one address, one beginning of a title, one surname and year,
or several rare words in common), so the work grows with the list and not with its square. Two entries are the same
work on positive evidence (identifier and title, or title with authors, year and place of publication); anything that
tells works apart (numbers in titles, editions, errata and replies, another container) outweighs likeness.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import combinations
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from refaudit.model import Name, Reference
from refaudit.parse.identifiers import find_doi, find_url, fold_doi
from refaudit.text import fold, letters, words

# Words by which a publication says that it is about another one of the same title.
_ABOUT = frozenset(
    "erratum errata correction corrections corrigendum retraction retracted addendum reply replies rejoinder comment "
    "comments commentary response responses rebuttal editorial supplement appendix review summary abridged poster slides".split()
)
_PART = re.compile(r"[0-9]+|(?<![a-z])(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|first|second|third|fourth|one|two|three|four)(?![a-z])")
_PART_OF = re.compile(r"\b(?:part|pt|teil|parte|partie|band|tome|tomo|chapter|kapitel|episode|day)\.? (?:[0-9]+|[ivx]+|[a-d])\b")
_HOST_WORK = re.compile(r"""\b[Ii]n:?\s+[*_“"']{0,2}([A-Z][^,.:()*_“”"\d]{5,80})""")
_INDEX = re.compile(r"/(?:index|default|home)\.\w{3,5}$|/[a-z]{2}(?:-[a-z]{2})?$", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S{1,500}|\bdoi\S{0,200}", re.IGNORECASE)
_SEEN = re.compile(
    r"(?:access(?:ed)?|retrieved|visit(?:ed)?|acesso|acessado|consult\w{2,6}|abgerufen|zugriff|cited|viewed|\bseen)\b[^.;\]\)]{0,60}"
    r"|,?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}\.?\s*$",
    re.IGNORECASE,
)
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|srsltid|ref|source)=[^&]*&?", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:[\[(]\s*\w{1,6}\s*[\])]|\d{1,4}[.)]|[-*•])\s*")
_ENDS_TITLE = re.compile(r"""\W{0,3}[.?!"”»*_](?!\s*(?:part|vol|no)\b)""", re.IGNORECASE)
_HALF = re.compile(r"/\d{4}-\d{3}[\dxX]$")  # what is left of "10.1016/0010-0285(82)90007-X" broken at a space
_LONGEST = 5000  # characters of an entry that are compared; no entry is longer but one that was not split
_WINDOW = 4  # neighbours compared inside a block that is too large for all pairs
_BLOCK = 12


class Verdict(Enum):
    """How two entries stand to each other."""

    SAME = "same"
    PROBABLE = "probable"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Group:
    """Entries (ids, in list order) that are, or probably are, one work, and why."""

    members: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Shared:
    """One identifier ("DOI" or "address") printed on entries that are different works."""

    kind: str
    value: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Works:
    """The entries of a list grouped by work."""

    same: tuple[Group, ...] = ()
    probable: tuple[Group, ...] = ()
    shared: tuple[Shared, ...] = ()

    @cached_property
    def _of(self) -> Mapping[str, str]:
        roots = _Roots(member for group in (*self.same, *self.probable) for member in group.members)
        for group in (*self.same, *self.probable):
            for member in group.members[1:]:
                roots.join(group.members[0], member)
        return {member: roots.root(member) for member in roots}

    def work(self, reference: str) -> str:
        """One id for every entry of a work, certain or probable."""
        return self._of.get(reference, reference)

    def distinct(self, references: Iterable[str]) -> int:
        """How many works a set of entries is."""
        return len({self.work(reference) for reference in references})


class _Roots(dict[str, str]):
    """Disjoint sets."""

    def __init__(self, members: Iterable[str]) -> None:
        super().__init__((member, member) for member in members)

    def root(self, member: str) -> str:
        while self[member] != member:
            self[member] = self[self[member]]
            member = self[member]
        return member

    def join(self, one: str, other: str) -> None:
        self[self.root(other)] = self.root(one)


@dataclass(frozen=True, slots=True)
class _Card:
    """What is compared of an entry, folded once."""

    id: str
    raw: str
    bare: str
    title: str
    spoken: str
    families: tuple[str, ...]
    year: int | None
    letter: str
    doi: str
    url: str
    container: str
    volume: str
    page: str
    edition: str
    parts: frozenset[str]
    about: frozenset[str]


def compare(references: Sequence[Reference]) -> Works:
    """Group the entries of a list by work."""
    cards = [_card(reference) for reference in references]
    order = {card.id: index for index, card in enumerate(cards)}
    same, probable = _Roots(order), _Roots(order)
    why: dict[str, str] = {}
    likely: list[tuple[str, str, str]] = []
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other in _pairs(cards):
        verdict, reason = _judge(one, other)
        if verdict is Verdict.SAME:
            same.join(one.id, other.id)
            why.setdefault(one.id, reason)
        elif verdict is Verdict.PROBABLE:
            likely.append((one.id, other.id, reason))
        elif verdict is Verdict.SHARED:
            key = ("DOI", one.doi) if one.doi and one.doi == other.doi else ("address", one.url)
            shared[key].update((one.id, other.id))
    reasons: dict[str, str] = {}
    for one_id, other_id, reason in likely:
        if same.root(one_id) != same.root(other_id):
            probable.join(same.root(one_id), same.root(other_id))
            reasons.setdefault(one_id, reason)
    return Works(
        same=tuple(Group(members, next(why[m] for m in members if m in why)) for members in _sets(same, order)),
        probable=tuple(
            Group(m, next(reasons[x] for x in m if x in reasons)) for m in _likely_sets(probable, same, likely, order)
        ),
        shared=tuple(
            Shared(kind, value, tuple(sorted(members, key=order.__getitem__)))
            for (kind, value), members in sorted(shared.items(), key=lambda pair: min(order[m] for m in pair[1]))
        ),
    )


def _sets(roots: _Roots, order: Mapping[str, int]) -> list[tuple[str, ...]]:
    gathered: dict[str, list[str]] = defaultdict(list)
    for member in sorted(order, key=order.__getitem__):
        gathered[roots.root(member)].append(member)
    return [tuple(members) for members in gathered.values() if len(members) > 1]


def _likely_sets(
    probable: _Roots, same: _Roots, likely: Iterable[tuple[str, str, str]], order: Mapping[str, int]
) -> list[tuple[str, ...]]:
    gathered: dict[str, set[str]] = defaultdict(set)
    for one, other, _ in likely:
        if same.root(one) != same.root(other):
            gathered[probable.root(same.root(one))].update((one, other))
    return [tuple(sorted(members, key=order.__getitem__)) for members in gathered.values()]


# ------------------------------------------------------------------ what is compared


def _card(reference: Reference) -> _Card:
    title = reference.title.value or "" if reference.title else ""
    year = reference.year.value if reference.year else None
    doi = (reference.doi.value or "") if reference.doi else (find_doi(reference.raw) or ("",))[0]
    if _HALF.search(doi):
        doi = ""
    url = (reference.url.value or "") if reference.url else (find_url(reference.raw) or ("",))[0]
    raw = _LABEL.sub("", reference.raw[:_LONGEST])
    names = reference.authors.value or () if reference.authors else ()
    return _Card(
        id=reference.id,
        raw=raw,
        bare=letters(raw),
        title=letters(title[:_LONGEST]),
        spoken=" ".join(words(title[:_LONGEST])),
        families=tuple(filter(None, map(_family, names))),
        year=year.number if year else None,
        letter=year.letter if year else "",
        doi=fold_doi(doi),
        url="" if "doi.org/" in url.lower() else _address(url),
        container=fold(re.sub(r"\([^()]*\)", "", reference.container.value or "")) if reference.container else "",
        volume=letters(reference.volume.value or "") if reference.volume else "",
        page=(re.findall(r"\w+", reference.pages.value or "") or [""])[0] if reference.pages else "",
        edition=letters(reference.edition.value or "") if reference.edition else "",
        parts=frozenset(_PART.findall(fold(title))) | frozenset(_PART_OF.findall(fold(raw))),
        about=frozenset(words(title or raw)) & _ABOUT,
    )


def _family(name: Name) -> str:
    return letters(name.family or name.literal)


def _address(url: str) -> str:
    """An address without scheme, "www.", fragment, tracking and final slash; "" for one that leads to no page of its own."""
    try:
        parts = urlsplit(url if "//" in url else "//" + url)
    except ValueError:
        return ""
    query = _TRACKING.sub("", parts.query).rstrip("&")
    path = _INDEX.sub("", parts.path).rstrip("/")
    if not path and not query:
        return ""
    return parts.netloc.lower().removeprefix("www.") + path + ("?" + query if query else "")


# ------------------------------------------------------------------ which pairs


def _pairs(cards: Sequence[_Card]) -> Iterator[tuple[_Card, _Card]]:
    seen: set[tuple[int, int]] = set()
    for block in _blocks(cards):
        members = sorted(set(block), key=lambda index: (cards[index].title or cards[index].bare, index))
        near = (
            combinations(members, 2)
            if len(members) <= _BLOCK
            else ((one, other) for at, one in enumerate(members) for other in members[at + 1 : at + 1 + _WINDOW])
        )
        for one, other in near:
            pair = (one, other) if one < other else (other, one)
            if pair not in seen:
                seen.add(pair)
                yield cards[pair[0]], cards[pair[1]]


def _blocks(cards: Sequence[_Card]) -> Iterator[Sequence[int]]:
    keyed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, card in enumerate(cards):
        for kind, value in (
            ("doi", card.doi),
            ("url", card.url),
            ("title", card.title[:24]),
            ("raw", card.bare[:40]),
            ("author", f"{card.families[0]} {card.year}" if card.families else ""),
        ):
            if value:
                keyed[kind, value].append(index)
    yield from (block for block in keyed.values() if len(block) > 1)
    yield from _alike(cards)


def _alike(cards: Sequence[_Card]) -> Iterator[Sequence[int]]:
    """Pairs that have three rare words in common: finds a work set in two styles whatever was read of its fields."""
    where: dict[str, list[int]] = defaultdict(list)
    for index, card in enumerate(cards):
        for word in {word for word in words(card.raw) if len(word) > 4 and word.isalpha()}:
            where[word].append(index)
    most = 8 if len(cards) < 2000 else 4
    common: Counter[tuple[int, int]] = Counter()
    for members in where.values():
        if 2 <= len(members) <= most:
            common.update(combinations(members, 2))
    yield from (pair for pair, count in common.items() if count >= 3)


# ------------------------------------------------------------------ the verdict


def _judge(one: _Card, other: _Card) -> tuple[Verdict | None, str]:
    if one.bare == other.bare:
        return Verdict.SAME, "the same words"
    alike = _title_likeness(one, other)
    if one.doi and one.doi == other.doi:
        return _same_identifier(one, other, alike, "the same DOI")
    different = bool(one.doi and other.doi)
    if one.url and one.url == other.url and not different:
        return _same_identifier(one, other, alike, "the same address")
    if alike < 85 or one.parts != other.parts or one.about != other.about or _conflict(one.edition, other.edition):
        return None, ""
    if different:
        # two registered works: only a copy with a slip in the DOI looks the same in every other respect
        same = alike >= 97 and _same_place(one, other) and fuzz.ratio(one.bare, other.bare) >= 90
        return (Verdict.PROBABLE, "everything but the DOI agrees") if same else (None, "")
    return _same_fields(one, other, alike)


def _same_identifier(one: _Card, other: _Card, alike: float, what: str) -> tuple[Verdict | None, str]:
    if not one.title or not other.title or alike >= 80:
        if one.parts != other.parts and alike < 95:
            return None, ""
        if what == "the same address" and one.year and other.year and one.year != other.year:
            return None, ""  # editions of a page that is rewritten, or an address cut at its end
        if alike < 97 and _author_likeness(one, other) is False and one.year != other.year:
            return Verdict.SHARED, what
        return Verdict.SAME, what + (" and title" if alike >= 80 else "")
    titles = (one.title, other.title)
    if any(box and fuzz.partial_ratio(letters(box), title) >= 90 for box in (one.container, other.container) for title in titles):
        return None, ""  # a part with the identifier of the book or report that holds it
    if one.container and one.container == other.container and one.page != other.page:
        return None, ""
    if _same_host(one, other):
        return None, ""
    return Verdict.SHARED, what


def _same_host(one: _Card, other: _Card) -> bool:
    """Whether both are parts of one book, as the words after "In" say."""
    hosts = [letters(match[1]) if (match := _HOST_WORK.search(card.raw)) else "" for card in (one, other)]
    return bool(hosts[0]) and hosts[0] == hosts[1]


def _series(one: _Card, other: _Card) -> bool:
    """Whether two entries differ in nothing but numbers (issues of a bulletin, years of a report)."""
    texts = [_SEEN.sub("", _URL.sub("", card.raw)) for card in (one, other)]
    spelled = ["".join(char for char in letters(text) if not char.isdigit()) for text in texts]
    numbers = [re.findall(r"\d+", text) for text in texts]
    return numbers[0] != numbers[1] and fuzz.ratio(spelled[0], spelled[1]) >= 97


def _same_fields(one: _Card, other: _Card, alike: float) -> tuple[Verdict | None, str]:
    authors = _author_likeness(one, other)
    years = one.year == other.year if one.year and other.year else None
    if _conflict(one.letter, other.letter) and (alike < 97 or _conflict(one.page, other.page)):
        return None, ""  # the list itself tells them apart
    if not _same_place(one, other) and fuzz.ratio(one.bare, other.bare) < 55:
        return None, ""
    short = min(len(one.title or one.bare), len(other.title or other.bare)) < 20
    place = _same_place(one, other)
    conflict = _other_place(one, other)
    reason = "the same authors, year and title"
    if _series(one, other) and not place:
        return None, ""
    if authors is False and (_same_host(one, other) or _conflict(one.page, other.page)):
        return None, ""
    if authors is False:
        many = len(one.title) >= 30 and years is not False and not conflict and one.families and other.families
        return (Verdict.PROBABLE, "the same title and year") if alike >= 95 and many else (None, "")
    if years is False:
        near = abs((one.year or 0) - (other.year or 0)) <= 2
        return (Verdict.PROBABLE, "everything but the year agrees") if near and place and alike >= 95 else (None, "")
    if conflict:
        return None, ""
    if alike >= 96 and (place or not short) and (authors or place):
        urls = bool(one.url and other.url) and fuzz.ratio(one.url, other.url) < 85
        if years is None and not place and fuzz.ratio(one.bare, other.bare) < 75:
            return None, ""
        if _conflict(one.volume, other.volume) or _conflict(one.page, other.page) or urls or years is None:
            return Verdict.PROBABLE, "the same authors and title"
        return Verdict.SAME, reason
    if place and authors:
        return Verdict.SAME, "the same authors, year, volume and page"
    if alike >= 92 and authors and not short:
        return Verdict.PROBABLE, "the same authors and year, and nearly the same title"
    return None, ""


def _title_likeness(one: _Card, other: _Card) -> float:
    """0-100; a title that stands whole in the other entry counts as the same title."""
    if not one.title or not other.title:
        longer = max(one.title, other.title)
        if longer:
            return 96.0 if _holds(one, longer) and _holds(other, longer) else 0.0
        return fuzz.ratio(one.bare, other.bare)
    alike = fuzz.ratio(one.title, other.title)
    if alike >= 96:
        return alike
    shorter, longer = sorted((one.title, other.title), key=len)
    if len(shorter) >= 20 and longer.startswith(shorter) and one.url and one.url == other.url:
        return 96.0
    if len(shorter) >= 30 and _holds(one, shorter) and _holds(other, shorter):
        return 96.0
    return max(alike, fuzz.token_set_ratio(one.spoken, other.spoken) if one.url and one.url == other.url else 0.0)


def _holds(card: _Card, title: str) -> bool:
    """Whether an entry prints ``title`` (letters) and ends it there: "Title: part II" does not hold "Title"."""
    at = card.bare.find(title)
    if at < 0:
        return False
    end, count = 0, at + len(title)
    for end, char in enumerate(card.raw):  # noqa: B007 - the position is what is looked for
        count -= len(letters(char))
        if count <= 0:
            break
    return bool(_ENDS_TITLE.match(card.raw, end + 1))


def _author_likeness(one: _Card, other: _Card) -> bool | None:
    """Whether the first authors agree; None where an entry has none that was read."""
    if one.families and other.families:
        return one.families[0] == other.families[0] or fuzz.ratio(one.families[0], other.families[0]) >= 88
    for named, nameless in ((one, other), (other, one)):
        if named.families and not nameless.families:
            return True if named.families[0] in nameless.bare else None
    return None


def _conflict(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _same_place(one: _Card, other: _Card) -> bool:
    """The same volume and first page."""
    return bool(one.volume and one.volume == other.volume and one.page and one.page == other.page)


def _other_place(one: _Card, other: _Card) -> bool:
    """Two containers that are not one name and its abbreviation."""
    if not one.container or not other.container or _same_place(one, other):
        return False
    short, long = sorted((words(one.container), words(other.container)), key=len)
    rest = iter(long)
    return (
        not all(any(word.startswith(piece) for word in rest) for piece in short)
        and fuzz.token_set_ratio(one.container, other.container) < 85
    )
