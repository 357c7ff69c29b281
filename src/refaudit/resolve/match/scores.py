"""The named scores of a record beside an entry: small functions whose weighted sum is a match (see ``match``). Pure."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from refaudit.model import Record
from refaudit.resolve.match.container_names import container_score
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.kinds import never_one_work
from refaudit.resolve.match.language import other_language
from refaudit.resolve.match.names import SMALL, family_forms, has_name, initial_fits, own_title, people, title_letters, titles
from refaudit.resolve.match.numbers import page_range
from refaudit.text import fold, letters, words

# How many words a title must have for one of them to be a slip, and how many letters each of these two: not "II" for "I".
_WORDS, _A_WORD = 5, 4

# How many letters must stand in another title to be a title within it.
_A_TITLE = 12

# Words that make a text about a work out of the work itself.
_KINDS = (
    (
        "correction",
        re.compile(r"\b(?:erratum|errata|corrigend(?:um|a)|correction(?: to|:)|(?:publisher|author)(?: s)? correction|addendum)"),
    ),
    ("retraction", re.compile(r"\b(?:retraction(?: note| notice| of|:)|statement of retraction|expression of concern)")),
    (
        "comment",
        re.compile(
            r"\b(?:comments? on|commentary(?: on|:)|repl(?:y|ies) to|response to|letter to the editor|re:)|\w ?- ?reply\b"
        ),
    ),
    ("review", re.compile(r"\b(?:book review|review of)\b")),
)


def title_score(entry: Entry, record: Record) -> float:
    """How much of the title stands in the entry, 0-1; titles of one or two short words say little and count less."""
    best = 0.0
    for title in titles(record):
        needle = title_letters(title)
        if not needle:
            continue
        if needle in entry.letters:
            likeness = 1.0
        elif len(needle) > len(entry.letters):
            likeness = fuzz.ratio(needle, entry.letters) / 100
        else:
            likeness = fuzz.partial_ratio(needle, entry.letters) / 100
        if entry.title and not (likeness == 1.0 and len(needle) >= 30):
            read = letters(entry.title)
            likeness = min(likeness, max(fuzz.ratio(needle, read), 100 * _begins(needle, read)) / 100)
        weight = min(1.0, 0.35 + len(needle) / 45)
        best = max(best, max(0.0, (likeness - 0.8) / 0.2) * weight)
    return best


def _begins(one: str, other: str) -> float:
    """1 when the shorter text begins the longer one and is long enough to be a title without its subtitle."""
    short, long = sorted((one, other), key=len)
    return 1.0 if len(short) >= 18 and long.startswith(short) else 0.0


def same_title_score(entry: Entry, record: Record) -> float | None:
    """1 where the title that was surely read is the registered one letter by letter, is a long one, and container and year agree.

    Two works do not share all that by chance, so that such a record is the work even where the entry names other authors.
    """
    read = title_letters(entry.title)
    if len(read) < 30 or year_score(entry, record) != 1.0 or read not in map(title_letters, titles(record)):
        return None
    return 1.0 if (container_score(entry, record.containers) or 0.0) >= 0.9 else None


def near_title_score(entry: Entry, record: Record) -> float | None:
    """1 where one word of the surely read title is another one, and all the rest is the record's: every author, year, container
    and whatever else of the place is registered.

    So much is not shared by two works that differ in a word, unless both have pages to tell them apart, or are parts of one.
    """
    names = people(record)
    if len(names) < 2 or year_score(entry, record) != 1.0 or author_score(entry, record) != 1.0:
        return None
    if not all(has_name(entry, name) for name in names) or (container_score(entry, record.containers) or 0.0) < 0.9:
        return None
    if any(value is not None and value <= 0 for value in (volume_score(entry, record), page_score(entry, record))):
        return None
    printed = words(entry.title)
    for title in titles(record):
        wanted = words(title)
        other = [(old, new) for old, new in zip(wanted, printed, strict=False) if old != new]
        long = len(printed) == len(wanted) >= _WORDS and len(other) == 1
        if long and all(len(word) >= _A_WORD and not word[0].isdigit() for word in other[0]):
            return 1.0
    return None


def author_score(entry: Entry, record: Record) -> float | None:
    """1 when the first author stands in the entry, 0.5 when another of the first three does; None when there is none."""
    names = people(record)
    if not names:
        return None
    if has_name(entry, names[0]):
        return 1.0 if initial_fits(entry, names[0]) else 0.6
    return 0.5 if any(has_name(entry, name) for name in names[1:3]) else 0.0


def authors_score(entry: Entry, record: Record) -> float | None:
    """The share of the authors that stand in the entry, of as many as a cut list would print."""
    names = people(record)
    if len(names) < 2:
        return None
    counted = names[1:3] if entry.et_al else names[1:8]
    return sum(has_name(entry, name) for name in counted) / len(counted)


def year_score(entry: Entry, record: Record) -> float | None:
    """1 when a registered year is the cited one, 0.6 when one year off, -1 to -1.5 when further; None when either is missing."""
    cited = frozenset({entry.year}) if entry.year else entry.years
    if not record.years or not cited:
        return None
    if cited & set(record.years):
        return 1.0
    gap = min(abs(year - registered) for year in cited for registered in record.years)
    return 0.6 if gap == 1 else -1.0 if gap == 2 else -1.5


def _first(pages: str) -> str:
    match = re.match(r"\s{0,3}([a-z]{0,3}[0-9]+)", fold(pages))
    return match[1] if match else ""


def _range_fits(entry: Entry, record: Record) -> bool:
    """False where both print a range and the surely read one is another: numbers as small as pages meet by chance."""
    field = entry.reference.pages
    if field is None or not field.value or field.confidence < 0.8:
        return True
    registered, cited = page_range(record.pages), page_range(field.value)
    return registered is None or cited is None or registered[0] == cited[0] or registered[1] == cited[1]


def volume_score(entry: Entry, record: Record) -> float | None:
    """1 when the volume is one of the entry's numbers, -0.5 when another one was surely read; None when there is none."""
    volume = fold(record.volume).lstrip("0")
    if not volume or not volume[0].isalnum():
        return None
    if volume in entry.numbers or f" {volume} " in entry.spaced:
        return 1.0
    field = entry.reference.volume
    return -0.5 if field and field.value and field.confidence >= 0.8 else 0.0


def page_score(entry: Entry, record: Record) -> float | None:
    """1 when the first page or the article number is one of the entry's numbers, -0.33 when others are; None when the record
    has neither.

    Page 1 says nothing by itself (whole journals begin every article there); with its last page it does.
    """
    ends = re.fullmatch(r"1-([0-9]+)", fold(record.pages))
    if ends and not record.article_number:
        return 1.0 if {"1", ends[1]} <= entry.numbers else None
    wanted = {_first(record.pages), fold(record.article_number)} - {"", "1", "n/a"}
    if not wanted:
        return None
    bare = {re.sub(r"^[a-z]+", "", page).lstrip("0") for page in wanted} - {"", "1"}
    if (wanted | bare) & entry.numbers:
        return 1.0 if _range_fits(entry, record) else 0.0
    return -0.33 if entry.numbers - {str(year) for year in entry.years} else 0.0


def unexplained_score(entry: Entry, record: Record) -> float:
    """The share of the entry's words, by length, that nothing of the record explains, less what any entry has of its own."""
    known = set(words(" ".join((*titles(record), record.title, record.subtitle, record.publisher, *record.containers))))
    for name in (*record.authors, *record.editors):
        known |= set(words(f"{name.given} {name.particle} {name.family} {name.suffix} {name.literal}"))
        known |= {part for form in family_forms(name) for part in form.split()}
    container_words = {word for container in record.containers for word in words(container)}
    total = missing = 0
    for word in entry.words:
        if word in SMALL or len(word) < 3 or word[0].isdigit():
            continue
        total += len(word)
        if word in known or any(other.startswith(word) for other in container_words):
            continue
        if len(word) >= 6 and any(word[0] == other[0] and fuzz.ratio(word, other) >= 85 for other in known if len(other) >= 5):
            continue
        missing += len(word)
    for title in titles(record):  # words broken or run together differ as words and not as letters
        if missing and title_letters(title) in entry.letters:
            missing = min(missing, max(0, total - len(title_letters(title))))
    share = missing / total if total else 0.0
    # an entry with the record's title may add publisher, place or editors; one that prints no title adds little
    usual = 0.25 if title_score(entry, record) > 0 else 0.1
    return max(0.0, share - usual) / (1 - usual)


_PART = re.compile(r"\b(?:part|pt|teil|partie|parte|paper|volume|chapter|no) ?\.? ?([ivx]{1,5}|[0-9]{1,2})\b")
_PAGES = re.compile(r"(?<![0-9])[0-9]{1,4} ?- ?[0-9]{1,4}(?![0-9])")


def _parts(text: str) -> frozenset[str]:
    return frozenset(match[1] for match in _PART.finditer(text) if not match[0].startswith(("volume", "no")))


def kind_score(entry: Entry, record: Record) -> float:
    """How much the kinds of the two differ, 0-1: correction, comment or review of a work beside the work, parts of a series, a
    chapter beside its book, an article beside its preprint; 2 for kinds that are never one work (``kinds``)."""
    if never_one_work(entry, record):
        return 2.0
    title, text = fold(own_title(record)), entry.text
    read = letters(entry.title)
    # the title of a notice is the work's with words before and behind it, so that the two need not be alike
    within = len(read) >= _A_TITLE and read in letters(title)
    if within or title_score(entry, record) > 0:
        for kind, pattern in _KINDS:
            if bool(pattern.search(title)) and not pattern.search(text):
                return 1.0
            # without a surely read title, only a comment shows: "erratum in …" stands in entries of the work itself
            found = pattern.search(fold(entry.title) or (text if kind == "comment" else ""))
            if found and not pattern.search(title):
                return 1.0
        if _parts(fold(entry.title) or text) != _parts(" ".join(map(fold, titles(record)))) and title_letters(title) != letters(
            entry.title
        ):
            return 0.7
    if record.type in ("peer-review", "component", "journal", "journal-issue", "journal-volume"):
        return 0.7
    if record.type == "preprint" and not re.search(r"rxiv|preprint|research square|ssrn|preprints|osf|working paper", text):
        return 0.5
    if record.type in ("book", "monograph", "edited-book", "reference-book") and _PAGES.search(text):
        return 1.0  # a whole book is cited without pages
    return 0.0


def place_score(entry: Entry, record: Record) -> float:
    """1 when volume and page are registered and the entry has numbers, but neither of these two."""
    volume, page = volume_score(entry, record), page_score(entry, record)
    numbers = {number for number in entry.numbers if number.isdigit()} - {str(year) for year in entry.years}
    return 1.0 if volume is not None and volume <= 0 and page is not None and page <= 0 and len(numbers) >= 2 else 0.0


def same_place(entry: Entry, record: Record) -> bool:
    """Whether volume and first page agree, and the container where the entry prints one that can be compared."""
    volume, page = volume_score(entry, record), page_score(entry, record)
    return (volume or 0) > 0 and (page or 0) > 0 and (container_score(entry, record.containers) or 0) >= 0.6


def translated(entry: Entry, record: Record) -> bool:
    """Whether the printed title is the registered one in another language: authors, year, volume and first page agree."""
    agree = author_score(entry, record) == 1.0 and year_score(entry, record) == 1.0
    place = volume_score(entry, record) == 1.0 and page_score(entry, record) == 1.0
    return agree and place and other_language(entry.title, own_title(record))
