"""Whether two entries are the same work: what is compared of an entry, and the verdict on a pair."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from refaudit.model import Name, Reference
from refaudit.parse.identifiers import find_doi, find_url, fold_doi
from refaudit.parse.label import without_label
from refaudit.text import fold, letters, words
from refaudit.words import accessed

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
_WORD = re.compile(r"[^\W\d_]{2,}")
_TRACKING = re.compile(r"(?:utm_\w{1,40}|fbclid|gclid|srsltid|ref|source)=[^&]*&?", re.IGNORECASE)
_ENDS_TITLE = re.compile(r"""\W{0,3}[.?!"”»*_](?!\s*(?:part|vol|no)\b)""", re.IGNORECASE)
_HALF = re.compile(r"/\d{4}-\d{3}[\dxX]$")  # what is left of "10.1016/0010-0285(82)90007-X" broken at a space
_LONGEST = 5000  # characters of an entry that are compared; no entry is longer but one that was not split


class Verdict(Enum):
    """How two entries stand to each other."""

    SAME = "same"
    PROBABLE = "probable"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Card:
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


def card_of(reference: Reference) -> Card:
    """What is compared of an entry, folded once."""
    title = reference.title.value or "" if reference.title else ""
    year = reference.year.value if reference.year else None
    doi = (reference.doi.value or "") if reference.doi else (find_doi(reference.text) or ("",))[0]
    if _HALF.search(doi):
        doi = ""
    url = (reference.url.value or "") if reference.url else (find_url(reference.text) or ("",))[0]
    raw = without_label(reference.text[:_LONGEST].lstrip())
    names = reference.authors.value or () if reference.authors else ()
    return Card(
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


def judge(one: Card, other: Card) -> tuple[Verdict | None, str]:
    """How two entries stand to each other, and why in words; None for two works."""
    if one.bare == other.bare and (len(one.raw) < _LONGEST or one.title == other.title):  # a long list of authors may fill it
        return Verdict.SAME, "the same words"
    alike = _title_likeness(one, other)
    if one.doi and one.doi == other.doi:
        return _same_identifier(one, other, alike, "the same DOI")
    different = bool(one.doi and other.doi)
    if one.url and one.url == other.url and not different:
        return _same_identifier(one, other, alike, "the same address")
    if _pages_of_one_site(one, other):
        return None, ""
    if alike < 85 or one.parts != other.parts or one.about != other.about or _conflict(one.edition, other.edition):
        return None, ""
    if different:
        # two registered works: only a copy with a slip in the DOI looks the same in every other respect
        same = alike >= 97 and _same_place(one, other) and fuzz.ratio(one.bare, other.bare) >= 90
        return (Verdict.PROBABLE, "everything but the DOI agrees") if same else (None, "")
    return _same_fields(one, other, alike)


def _same_identifier(one: Card, other: Card, alike: float, what: str) -> tuple[Verdict | None, str]:
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


def _pages_of_one_site(one: Card, other: Card) -> bool:
    """Whether the addresses end in different words of one site, each of which its own entry prints: two headwords of a dictionary."""
    if not one.url or not other.url or one.url.partition("/")[0] != other.url.partition("/")[0]:
        return False
    tails = [set(_WORD.findall(re.split(r"[/=]", card.url)[-1].casefold())) for card in (one, other)]
    texts = [set(words(_URL.sub(" ", card.raw))) for card in (one, other)]
    own = (tails[0] - tails[1], tails[1] - tails[0])
    return all(part and part <= texts[place] and not part & texts[1 - place] for place, part in enumerate(own))


def _same_host(one: Card, other: Card) -> bool:
    """Whether both are parts of one book, as the words after "In" say."""
    hosts = [letters(match[1]) if (match := _HOST_WORK.search(card.raw)) else "" for card in (one, other)]
    return bool(hosts[0]) and hosts[0] == hosts[1]


def _series(one: Card, other: Card) -> bool:
    """Whether two entries differ in nothing but numbers (issues of a bulletin, years of a report)."""
    if one.volume and one.volume == other.volume:
        return False
    texts = [accessed.SEEN.sub("", _URL.sub("", card.raw)) for card in (one, other)]
    spelled = ["".join(char for char in letters(text) if not char.isdigit()) for text in texts]
    numbers = [re.findall(r"\d+", text) for text in texts]
    return numbers[0] != numbers[1] and fuzz.ratio(spelled[0], spelled[1]) >= 97


def _same_fields(one: Card, other: Card, alike: float) -> tuple[Verdict | None, str]:
    authors = _author_likeness(one, other)
    years = one.year == other.year if one.year and other.year else None
    if _conflict(one.letter, other.letter) and (alike < 97 or _conflict(one.page, other.page)):
        return None, ""  # the list itself tells them apart
    short = min(len(one.title or one.bare), len(other.title or other.bare)) < 20
    # an entry that has hardly more than names and title: several people hardly write two works of one long title
    whole = alike >= 98 and not short and len(one.families) > 1 and one.families == other.families
    if not _same_place(one, other) and fuzz.ratio(one.bare, other.bare) < 55 and not whole:
        return None, ""
    place = _same_place(one, other)
    conflict = _other_place(one, other)
    reason = "the same authors, year and title"
    if _series(one, other) and not place:
        return None, ""
    if _conflict(one.page, other.page) and (authors is False or _same_host(one, other)):
        return None, ""
    if authors is False and _same_host(one, other):
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
        if years is None and not place and fuzz.ratio(one.bare, other.bare) < 75 and not whole:
            return None, ""
        if _conflict(one.volume, other.volume) or _conflict(one.page, other.page) or urls or years is None:
            return Verdict.PROBABLE, "the same authors and title"
        return Verdict.SAME, reason
    if place and authors:
        return Verdict.SAME, "the same authors, year, volume and page"
    if alike >= 92 and authors and not short:
        return Verdict.PROBABLE, "the same authors and year, and nearly the same title"
    return None, ""


def _title_likeness(one: Card, other: Card) -> float:
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


def _holds(card: Card, title: str) -> bool:
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


def _author_likeness(one: Card, other: Card) -> bool | None:
    """Whether the first authors agree; None where an entry has none that was read."""
    if one.families and other.families:
        return one.families[0] == other.families[0] or fuzz.ratio(one.families[0], other.families[0]) >= 88
    for named, nameless in ((one, other), (other, one)):
        if named.families and not nameless.families:
            opening = next((word for word in words(nameless.raw[:200]) if len(word) > 2), "")
            if opening and opening not in named.bare:
                return False  # it begins with a name or title that the other one does not print at all
            return True if named.families[0] in nameless.bare else None
    return None


def _conflict(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _same_place(one: Card, other: Card) -> bool:
    """The same volume and first page."""
    return bool(one.volume and one.volume == other.volume and one.page and one.page == other.page)


def _other_place(one: Card, other: Card) -> bool:
    """Two containers that are not one name and its abbreviation."""
    if not one.container or not other.container or _same_place(one, other):
        return False
    short, long = sorted((words(one.container), words(other.container)), key=len)
    rest = iter(long)
    return (
        not all(any(word.startswith(piece) for word in rest) for piece in short)
        and fuzz.token_set_ratio(one.container, other.container) < 85
    )
