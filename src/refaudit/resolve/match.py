"""Is this record the work that the entry means? Named scores, their sum, and the decision. Pure.

Every score is a small function of the printed entry and the record; their weighted sum is the points of a pair, and the
scores are kept so that a match explains itself. The entry is compared as a whole text, so that a wrong reading of its
fields cannot make a wrong verdict; fields that were read surely are used beside it. The idea of searching with the whole
reference and validating each hit is Crossref's (https://www.crossref.org/blog/matchmaker-matchmaker-make-me-a-match/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from refaudit.model import Candidate, Name, Record
from refaudit.resolve.entry import Entry, untex
from refaudit.resolve.journal import container_score, same_container
from refaudit.resolve.standing import unmarked
from refaudit.text import fold, letters, words

# Points a full score gives; a work is accepted from ACCEPT on, and called near from NEAR on.
WEIGHTS = {
    "title": 3.0,
    "author": 1.5,
    "authors": 0.5,
    "year": 1.0,
    "container": 0.75,
    "volume": 1.0,
    "page": 1.5,
    "unexplained": -3.0,
    "other-kind": -2.0,
    "other-place": -1.25,
}
ACCEPT, NEAR = 4.4, 3.2
# Two records this close in points are equally good.
TIE = 0.35

# German and Nordic letters are also written with two: "Müller", "Mueller".
_WIDE = str.maketrans(dict(zip("äöüÄÖÜøØåÅ", ("ae", "oe", "ue", "Ae", "Oe", "Ue", "oe", "Oe", "aa", "Aa"), strict=True)))
_SMALL = frozenset(
    """a an the of and or in on for to with from by at as is are its into using via und der die das von zur zum im des den dem
    et de la le les du des un une en sur pour dans par el los las y del para con por o os da do dos das e em no na
    vol no pp p doi ed eds edn edition press university publishers publishing inc ltd retrieved available accessed online
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october
    november december journal proceedings conference international annual issue volume pages chapter editors editor in pmid
    pmcid arxiv preprint http https www com org internet cited al""".split()
)
# Words that make a text about a work out of the work itself.
_KINDS = (
    (
        "correction",
        re.compile(r"\b(?:erratum|errata|corrigend(?:um|a)|correction(?: to|:)|publisher correction|author correction)"),
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


def own_title(record: Record) -> str:
    """The record's title without a registry's mark of retraction."""
    return unmarked(record.title)


def titles(record: Record) -> tuple[str, ...]:
    """The titles by which a work may be cited: with and without subtitle, and its other titles."""
    main = own_title(record)
    found = [main]
    if record.subtitle and letters(record.subtitle) not in letters(main):
        found.insert(0, f"{main}: {record.subtitle}")
    found += [other for other in record.other_titles if len(letters(other)) >= 12]
    return tuple(title for title in found if title)


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return letters(untex(text))


def title_score(entry: Entry, record: Record) -> float:
    """How much of the title stands in the entry, 0-1; titles of one or two short words say little and count less."""
    best = 0.0
    for title in titles(record):
        needle = _letters(title)
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


def family_forms(name: Name) -> tuple[str, ...]:
    """How a surname may be printed, folded: with and without particle, umlauts either way, organisations by their words."""
    if name.literal:
        return (" ".join(words(name.literal)),)
    family = " ".join(words(name.family))
    forms = [family]
    if name.particle:
        forms.append(" ".join(words(f"{name.particle} {name.family}")))
    if re.search("[äöüÄÖÜøØåÅ]", name.family):
        wide = name.family.translate(_WIDE)
        forms.append(" ".join(words(wide)))
    return tuple(form for form in dict.fromkeys(forms) if form)


def has_name(entry: Entry, name: Name) -> bool:
    """Whether the name stands in the entry as whole words, or with its spaces and hyphens lost."""
    for form in family_forms(name):
        if f" {form} " in entry.spaced:
            return True
        joined = form.replace(" ", "")
        if len(joined) >= 6 and joined in entry.letters:
            return True
        if (
            " " not in form
            and len(form) >= 6
            and any(
                word[0] == form[0] and fuzz.ratio(word, form) >= 88 for word in entry.words if abs(len(word) - len(form)) <= 1
            )
        ):
            return True
    if name.family and name.given and len(name.given) >= 4 and " " not in name.given.strip():
        given = " ".join(words(name.given))  # given and family names change places
        return len(given) >= 4 and f" {given} " in entry.spaced and bool(re.match(r"[a-z]{2,}$", given))
    return False


def _initial_fits(entry: Entry, name: Name) -> bool:
    """Whether an initial beside the surname is that of the given name; True where none is printed or registered."""
    given, family = words(name.given), words(name.family)
    if not given or not family or not given[0][0].isascii():
        return True
    for at, word in enumerate(entry.words):
        if word == family[-1]:
            near = [*entry.words[max(0, at - len(family) - 2) : at], *entry.words[at + 1 : at + 4]]
            letter = [other for other in near if len(other) <= 3 and other.isalpha() and other not in _SMALL]
            if not letter or any(other[0] == given[0][0] for other in near):
                return True
    return family[-1] not in entry.words


def people(record: Record) -> tuple[Name, ...]:
    """The names by which a work is cited: its authors, or its editors where it has none."""
    return record.authors or record.editors


def author_score(entry: Entry, record: Record) -> float | None:
    """1 when the first author stands in the entry, 0.5 when another of the first three does; None when there is none."""
    names = people(record)
    if not names:
        return None
    if has_name(entry, names[0]):
        return 1.0 if _initial_fits(entry, names[0]) else 0.6
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


_ENDS = re.compile(r"\s{0,3}(?:pp?\.? ?)?([0-9]{1,6}) ?- ?([0-9]{1,6})\.?\s{0,3}")


def _first(pages: str) -> str:
    match = re.match(r"\s{0,3}([a-z]{0,3}[0-9]+)", fold(pages))
    return match[1] if match else ""


def _range_fits(entry: Entry, record: Record) -> bool:
    """False where both print a range and the surely read one is another: numbers as small as pages meet by chance."""
    field = entry.reference.pages
    if field is None or not field.value or field.confidence < 0.8:
        return True
    registered, cited = _ENDS.fullmatch(fold(record.pages)), _ENDS.fullmatch(fold(field.value))
    if not registered or not cited:
        return True
    last = cited[2] if len(cited[2]) >= len(cited[1]) else cited[1][: len(cited[1]) - len(cited[2])] + cited[2]
    return registered[1] == cited[1] or registered[2] == last


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
        if word in _SMALL or len(word) < 3 or word[0].isdigit():
            continue
        total += len(word)
        if word in known or any(other.startswith(word) for other in container_words):
            continue
        if len(word) >= 6 and any(word[0] == other[0] and fuzz.ratio(word, other) >= 85 for other in known if len(other) >= 5):
            continue
        missing += len(word)
    for title in titles(record):  # words broken or run together differ as words and not as letters
        if missing and _letters(title) in entry.letters:
            missing = min(missing, max(0, total - len(_letters(title))))
    share = missing / total if total else 0.0
    # an entry with the record's title may add publisher, place or editors; one that prints no title adds little
    usual = 0.25 if title_score(entry, record) > 0 else 0.1
    return max(0.0, share - usual) / (1 - usual)


_PART = re.compile(r"\b(?:part|pt|teil|partie|parte|paper|volume|chapter|no) ?\.? ?([ivx]{1,5}|[0-9]{1,2})\b")
_PAGES = re.compile(r"(?<![0-9])[0-9]{1,4} ?- ?[0-9]{1,4}(?![0-9])")


def _parts(text: str) -> frozenset[str]:
    return frozenset(match[1] for match in _PART.finditer(text) if not match[0].startswith(("volume", "no")))


def kind_score(entry: Entry, record: Record) -> float:
    """How much the kinds of the two differ, 0-1: correction, comment or review of a work beside the work, parts of a series,
    a chapter beside its book, an article beside its preprint."""
    title, text = fold(own_title(record)), entry.text
    if title_score(entry, record) > 0:
        for kind, pattern in _KINDS:
            if bool(pattern.search(title)) and not pattern.search(text):
                return 1.0
            # without a surely read title, only a comment shows: "erratum in …" stands in entries of the work itself
            found = pattern.search(fold(entry.title) or (text if kind == "comment" else ""))
            if found and not pattern.search(title):
                return 1.0
        if _parts(fold(entry.title) or text) != _parts(" ".join(map(fold, titles(record)))) and _letters(title) != letters(
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


def _other_title(entry: Entry, record: Record) -> bool:
    """Whether the entry prints a title that is not the record's; a journal or a name read as a title is none."""
    if not entry.title or any(same_container(entry.title, container) for container in record.containers):
        return False
    known = {
        word for text in (*record.containers, *(" ".join(family_forms(name)) for name in people(record))) for word in words(text)
    }
    return sum(word not in known and not word.isdigit() for word in words(entry.title)) >= 2


def score(entry: Entry, record: Record) -> Candidate:
    """A record beside an entry: all scores by name, and their points (``points``); ``score`` is the points over ACCEPT, 0-1."""
    named = {
        "title": title_score(entry, record),
        "author": author_score(entry, record),
        "authors": authors_score(entry, record),
        "year": year_score(entry, record),
        "container": container_score(entry, record.containers),
        "volume": volume_score(entry, record),
        "page": page_score(entry, record),
        "unexplained": unexplained_score(entry, record),
        "other-kind": kind_score(entry, record),
        "other-place": place_score(entry, record),
    }
    points = sum(WEIGHTS[name] * value for name, value in named.items() if value is not None)
    elsewhere = named["page"] is not None and named["page"] < 0
    if named["author"] == 0.0:
        points -= 1.75 if elsewhere else 1.0  # the entry names somebody else
    if named["title"] is not None and named["title"] < 0.5 and record.title and _other_title(entry, record):
        points -= 1.5 if named["title"] < 0.15 else 0.75 if elsewhere else 0.0
    scores = tuple((name, round(value, 3)) for name, value in named.items() if value is not None)
    return Candidate(
        record=record, score=round(max(0.0, min(1.0, points / (ACCEPT * 1.5))), 3), scores=(*scores, ("points", round(points, 2)))
    )


def points(candidate: Candidate) -> float:
    """The points of a candidate."""
    return dict(candidate.scores)["points"]


def rank(entry: Entry, records: Iterable[Record]) -> tuple[Candidate, ...]:
    """The records beside the entry, best first; equal ones in the order of their DOI, so that every run says the same."""
    unique = {record.doi: record for record in reversed(list(records))}
    return tuple(sorted((score(entry, record) for record in unique.values()), key=lambda c: (-points(c), c.record.doi)))


def accepted(ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates that are accepted: none, one, or several that fit equally well and are different works."""
    good = [candidate for candidate in ranked if points(candidate) >= ACCEPT]
    if not good:
        return ()
    best = good[0]
    tied = [
        candidate
        for candidate in good[1:]
        if points(best) - points(candidate) < TIE and not _one_work(best.record, candidate.record)
    ]
    return (best, *tied)


def _one_work(one: Record, other: Record) -> bool:
    """Whether two records describe one work: alias, version, the same registered twice, or preprint and article."""
    linked = {doi for _, doi in one.relations} | set(one.aliases)
    back = {doi for _, doi in other.relations} | set(other.aliases)
    if other.doi in linked or one.doi in back:
        return True
    return (
        letters(one.title) == letters(other.title)
        and len(letters(one.title)) >= 25
        and [family_forms(name) for name in people(one)[:3]] == [family_forms(name) for name in people(other)[:3]]
        and bool(people(one))
    )


def speaks_against(entry: Entry, record: Record) -> bool:
    """Whether title, authors and year all say that a record is another work than the entry's.

    Each must be there on both sides: what is not printed or not registered says nothing. Where an entry prints no title,
    its place (container, volume, page) must speak instead.
    """
    year = year_score(entry, record)
    author = author_score(entry, record)
    if year is None or year == 1.0 or author is None or author > 0 or not record.title:
        return False
    if year > 0 and container_score(entry, record.containers):  # one year apart is little: the container must differ too
        return False
    if any(has_name(entry, name) for name in (*record.authors, *record.editors)):
        return False
    if _title_in(entry, record) >= 0.72:
        return False
    place = [value for value in (page_score(entry, record), volume_score(entry, record)) if value is not None]
    if any(value > 0 for value in place) and container_score(entry, record.containers):
        return False
    return bool(entry.title) or len(entry.letters) >= 60


def _title_in(entry: Entry, record: Record) -> float:
    best = 0.0
    for title in titles(record):
        needle = _letters(title)
        if needle:
            best = max(best, fuzz.partial_ratio(needle, entry.letters) / 100 if len(needle) <= len(entry.letters) else
                       fuzz.ratio(needle, letters(entry.title) if entry.title else entry.letters) / 100)  # fmt: skip
    return best
