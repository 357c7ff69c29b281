"""What a record says otherwise than the entry, field by field, as people compare. Pure.

Each function gives None where the two agree, where one of them is silent, or where the entry was read with doubt; else a
``Difference`` with both values. Before a difference is told, the registered value is looked for in the whole printed
entry: what stands there in any form was cited, whatever the reading of the fields says.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from refaudit.model import Name, Record
from refaudit.resolve.entry import Entry, untex
from refaudit.resolve.journal import container_score, is_preprint_server, same_container, stands_in
from refaudit.resolve.match import family_forms, has_name, people, titles
from refaudit.text import fold, letters, plain, words

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
# Words whose change does not make another title: articles and the like, and how a series or form is named.
_LIGHT = frozenset(
    """a an the of and or in on for to with from by at as is are der die das und von zu el la los las y de du des le les et
    article review study editorial letter part vol volume ed edition""".split()
)
# Words that so many journals share that they tell none apart.
_COMMON = frozenset(
    """journal j society soc american amer am international int proceedings proc transactions trans annals ann bulletin bull
    letters lett research res reviews rev science sci sciences european eur british br national natl archives arch""".split()
)
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu",
    "π": "pi", "σ": "sigma", "τ": "tau", "ω": "omega", "θ": "theta",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """The cited and the registered value, as printed, and how sure it is that they differ (0-1)."""

    cited: str
    registered: str
    confidence: float = 0.85


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


# ------------------------------------------------------------------ title


def title_difference(entry: Entry, record: Record) -> Difference | None:
    """Another word in the title, or another title. A title cut short, a subtitle left out, spelling and hyphens are none."""
    if not record.title or not entry.title or len(words(entry.title)) < 2 or len(letters(entry.title)) < 10:
        return None
    if any(same_container(entry.title, container) for container in record.containers):
        return None  # an entry without a title, whose container was read as one
    registered = [title for title in titles(record) if words(title)]
    if not registered:
        return None
    read = letters(entry.title)
    for title in (*registered, record.title, *record.other_titles):
        flat = letters(untex(title))
        if flat and (flat in entry.letters or (len(read) >= 12 and read in flat) or (len(flat) >= 12 and flat in read)):
            return None
    if any(not _changed(entry, title) for title in registered):
        return None
    best = max(registered, key=lambda title: fuzz.ratio(letters(title), read))
    likeness = fuzz.ratio(letters(untex(best)), read)
    field = entry.reference.title
    sure = field.confidence if field else 0.0
    # wholly different titles more often come from a wrong reading or from a translated title than from a wrong reference
    translated = likeness < 60 and not _same_script(best, entry.title)
    return None if translated else Difference(entry.title, best, min(0.9, 0.25 + 0.65 * sure))


def _changed(entry: Entry, title: str) -> bool:
    """Whether words of the registered title were replaced in the cited one.

    The two are aligned word by word; a replacement counts when no word of it is a spelling of the other, and when the
    registered word stands nowhere in the entry.
    """
    one, other = _title_words(title), _title_words(entry.title)
    field = entry.reference.title
    certain = field is not None and field.confidence >= 0.8  # else the title may go on beyond what was read as title
    everywhere = set(_title_words(entry.title if certain else entry.bare))
    joined = letters(entry.title) if certain else entry.letters
    changed = 0
    for op in Levenshtein.opcodes(one, other):
        if op.tag != "replace":
            continue
        instead = other[op.dest_start : op.dest_end]
        gone = [word for word in one[op.src_start : op.src_end] if not _present(word, everywhere, joined, instead)]
        new = [
            word
            for word in instead
            if word not in one
            and word not in _LIGHT
            and not any(_spelled_alike(word, old) for old in one[op.src_start : op.src_end])
        ]
        changed += min(len(gone), len(new))
    return changed > 0


def _present(word: str, everywhere: set[str], joined: str, instead: list[str]) -> bool:
    if word in everywhere or word in _LIGHT or len(word) < 2:
        return True
    return (len(word) >= 5 and word in joined) or any(_spelled_alike(word, other) for other in instead)


def _spelled_alike(one: str, other: str) -> bool:
    """British and American spelling, plurals, slips of the pen, abbreviations."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return one.rstrip("s") == other.rstrip("s")
    if one.startswith(other) or other.startswith(one):
        return abs(len(one) - len(other)) <= 2
    return one[0] == other[0] and fuzz.ratio(one, other) >= 82


def _title_words(title: str) -> list[str]:
    text = untex(title)
    for letter, name in _GREEK.items():
        text = text.replace(letter, f" {name} ")
    return [word for word in words(text) if word not in _LIGHT]


def _same_script(one: str, other: str) -> bool:
    def script(text: str) -> set[str]:
        return {unicodedata.name(char, "?").split()[0] for char in text if char.isalpha()}

    return bool(script(one) & script(other))


# ------------------------------------------------------------------ authors


def authors_difference(entry: Entry, record: Record) -> Difference | None:
    """A cited author whom the record does not know in place of one whom the entry does not name, or another order.

    Cut lists, initials, particles, compound surnames, organisations and changed name order are no difference.
    """
    registered = people(record)
    cited = entry.authors
    if not cited or not registered or any(name.literal for name in cited) or any(name.literal for name in registered):
        return None
    if any(len(letters(name.family)) < 2 for name in registered):  # a registry's slip: initials or dashes for surnames
        return None
    everyone = (*record.authors, *record.editors)
    if all(has_name(entry, name) for name in registered) and len(cited) <= len(registered):
        return _order_difference(entry, cited, registered)
    strangers = [name for name in cited if name.family and not any(_same_person(name, other) for other in everyone)]
    # a name that a cut list would print must be missing too: else the reading took something else for a name
    counted = registered if not entry.et_al else registered[: len(cited)]
    missing = [name for name in counted if not has_name(entry, name) and not any(_same_person(other, name) for other in cited)]
    field = entry.reference.authors
    sure = field.confidence if field else 0.0
    if strangers and missing:
        return Difference(names_text(cited), names_text(registered), min(0.9, 0.2 + 0.7 * sure))
    return _order_difference(entry, cited, registered)


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


# ------------------------------------------------------------------ year


def year_difference(entry: Entry, record: Record) -> Difference | None:
    """A year that the registry does not give, neither for print nor online. One year apart is told with low confidence."""
    year = entry.year
    if year is None or not record.years or set(record.years) & (_other_years(entry, record) | {year}):
        return None
    gap = min(abs(year - registered) for registered in record.years)
    if gap == 0:
        return None
    confidence = 0.4 if gap == 1 else 0.88
    if record.type in ("book", "monograph", "edited-book", "reference-book", "book-chapter", "book-section"):
        confidence -= 0.3  # books are reprinted, and registries date the file
    field = entry.reference.year
    return Difference(
        str(year), " or ".join(map(str, record.years)), min(confidence, 0.3 + 0.65 * (field.confidence if field else 0))
    )


def _other_years(entry: Entry, record: Record) -> frozenset[int]:
    """Years in the entry that may be the work's own in spite of the reading: not its volume, and not within its title."""
    text = entry.text
    field = entry.reference.year
    if record.volume.isdigit() and text.count(record.volume) == 1 and int(record.volume) in entry.years:
        return entry.years - {int(record.volume)}  # journals that number their volumes by years
    if field is None or field.confidence < 0.85:
        return entry.years
    volume = entry.reference.volume
    outside = text.replace(fold(entry.title), " ", 1) if entry.title else text
    return frozenset(
        year
        for year in entry.years
        if f"{year}" in outside and not (volume and volume.value and volume.value.strip() == f"{year}")
    )


# ------------------------------------------------------------------ container


def container_difference(entry: Entry, record: Record) -> Difference | None:
    """Another journal. Abbreviations, acronyms, series names and names of proceedings are no difference."""
    if record.type not in ("journal-article", "article") or not record.containers or not entry.container:
        return None
    if is_preprint_server(entry.container) or len(letters(entry.container)) < 4:
        return None
    if not entry.title and (container_score(entry, record.containers) or 0.0) >= 0.6:
        return None
    beside, outside = entry.letters, entry.text
    for title in titles(record):  # titles name journals too ("Metabolic engineering of …"), so theirs do not count
        beside = beside.replace(letters(title), " ", 1)
        outside = outside.replace(fold(title), " ", 1)
    outside = outside.replace(fold(entry.title), " ", 1) if entry.title else outside
    for container in record.containers:
        flat = letters(container)
        if (len(flat) >= 8 and flat in beside) or stands_in(outside, container):
            return None
    if any(same_container(entry.container, container) or _close(entry.container, container) for container in record.containers):
        return None
    field = entry.reference.container
    sure = field.confidence if field else 0.0
    return Difference(entry.container, record.containers[0], min(0.85, 0.1 + 0.75 * sure))


def _close(one: str, other: str) -> bool:
    """Journals change their names in part; most of the words in common are taken for one journal."""
    first, second = set(words(one)) - _LIGHT - _COMMON, set(words(other)) - _LIGHT - _COMMON
    if not first or not second:
        return not first and not second
    shared = sum(
        any(a == b or (min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a))) for b in second) for a in first
    )
    return shared / max(len(first), len(second)) >= 0.6


# ------------------------------------------------------------------ volume and pages


def numbering_difference(entry: Entry, record: Record) -> Difference | None:
    """Another volume, or another first page. Article numbers stand in for pages; a page 1 of a registry says nothing."""
    volume = _volume_difference(entry, record)
    page = _page_difference(entry, record)
    if volume and page:
        return Difference(
            f"{volume.cited}, {page.cited}", f"{volume.registered}, {page.registered}", min(0.9, volume.confidence + 0.1)
        )
    return volume or page


def _volume_difference(entry: Entry, record: Record) -> Difference | None:
    field = entry.reference.volume
    if field is None or not field.value or field.confidence < 0.7 or not record.volume:
        return None
    cited, registered = _number(field.value), _number(record.volume)
    if cited is None or registered is None or cited == registered or str(registered) in entry.numbers:
        return None
    if registered in record.years or cited in record.years or cited in entry.years:  # yearly volumes are numbered either way
        return None
    return Difference(f"volume {field.value}", f"volume {record.volume}", min(0.8, 0.1 + 0.7 * field.confidence))


def _page_difference(entry: Entry, record: Record) -> Difference | None:
    field = entry.reference.pages
    if field is None or not field.value or field.confidence < 0.7 or not record.pages:
        return None
    cited, registered = _first_page(field.value), _first_page(record.pages)
    if not cited or not registered or cited == registered or registered in entry.numbers:
        return None
    digits = re.sub(r"[^0-9]", "", registered).lstrip("0")
    number = fold(record.article_number)
    if registered == "1" or digits in entry.numbers or (number and (number in entry.numbers or cited in number)):
        return None
    if cited == "1" or len(cited) > 5 or len(registered) > 5:  # paging of the article itself, article numbers
        return None
    if re.match(r"[a-z]", cited) or re.match(r"[a-z]", registered):
        return None
    return Difference(f"page {field.value}", f"page {record.pages}", min(0.8, 0.1 + 0.7 * field.confidence))


def _first_page(pages: str) -> str:
    match = re.match(r"\s{0,3}(?:pp?\.?\s{0,2})?([a-z]{0,3}[0-9]+)", plain(pages).lower())
    return match[1].lstrip("0") if match else ""


def _number(text: str) -> int | None:
    """An Arabic or Roman number."""
    flat = fold(text)
    if re.fullmatch(r"[0-9]{1,5}", flat):
        return int(flat)
    if not re.fullmatch(r"[ivxlcdm]{1,9}", flat):
        return None
    total = 0
    for index, char in enumerate(flat):
        value = _ROMAN[char]
        total += -value if index + 1 < len(flat) and _ROMAN[flat[index + 1]] > value else value
    return total
