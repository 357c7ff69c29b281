"""Under which names and titles a work may be cited, and whether an entry prints them. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from refaudit.model import Name, Record
from refaudit.resolve.editorial_status import unmarked
from refaudit.resolve.match.entry import Entry, untex
from refaudit.text import letters, words
from refaudit.words import stop_words
from refaudit.words.months import MONTHS

# German and Nordic letters are also written with two: "Müller", "Mueller".
_WIDE = str.maketrans(dict(zip("äöüÄÖÜøØåÅ", ("ae", "oe", "ue", "Ae", "Oe", "Ue", "oe", "Oe", "aa", "Aa"), strict=True)))
# Capitals and vowels of other alphabets that registries hold in Latin names ("Κita" with a Greek kappa).
_LOOKALIKE = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕКМНОРСТУХаеорсухі", "ABEZHIKMNOPTYXoABEKMHOPCTYXaeopcyxi")
# What entries print beside names, titles and numbers.
_BIBLIOGRAPHIC = frozenset(
    """vol no pp p doi ed eds edn edition press university publishers publishing inc ltd retrieved available accessed online
    journal proceedings conference international annual issue volume pages chapter editors editor in pmid pmcid arxiv preprint http
    https www com org internet cited al""".split()
)
SMALL = stop_words.ALL | _BIBLIOGRAPHIC | MONTHS.keys()
"""Words of an entry that tell one work from another no better than chance does."""


# What proceedings add to a title and lists leave out: "Brief announcement: …", "… (Extended abstract)".
_ADDITIONS = (
    r"brief announcement|extended abstract|short paper|invited (?:talk|paper|lecture)|poster|keynote|tutorial|demo(?:nstration)?"
)
_ADDITION = re.compile(rf"^(?:{_ADDITIONS})\s?[:.\u2013-]\s?|\s?[(\[](?:{_ADDITIONS})[)\]]$", re.IGNORECASE)


def own_title(record: Record) -> str:
    """The record's title without a registry's mark of retraction."""
    return unmarked(record.title)


def titles(record: Record) -> tuple[str, ...]:
    """The titles by which a work may be cited: with and without subtitle, and its other titles."""
    main = own_title(record)
    found = [main]
    if record.subtitle and letters(record.subtitle) not in letters(main):
        found.insert(0, f"{main}: {record.subtitle}")
    if (bare := _ADDITION.sub("", main)) != main:
        found.append(bare)
    found += [other for other in record.other_titles if len(letters(other)) >= 12]
    return tuple(title for title in found if title)


@lru_cache(maxsize=4096)
def title_letters(text: str) -> str:
    """The letters and digits of a title, without the LaTeX that may stand in it."""
    return letters(untex(text))


def people(record: Record) -> tuple[Name, ...]:
    """The names by which a work is cited: its authors, or its editors where it has none."""
    return record.authors or record.editors


def _latin(word: str) -> str:
    """A word of Latin letters with Greek or Cyrillic ones that look the same put right; other words as they are."""
    return word if word.isascii() or not re.search("[A-Za-z]", word) else word.translate(_LOOKALIKE)


def family_forms(name: Name) -> tuple[str, ...]:
    """How a surname may be printed, folded: with and without particle, umlauts either way, organisations by their words."""
    if name.literal:
        return (" ".join(words(name.literal)),)
    family = " ".join(words(_latin(name.family)))
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


def initial_fits(entry: Entry, name: Name) -> bool:
    """Whether an initial beside the surname is that of the given name; True where none is printed or registered."""
    given, family = words(name.given), words(name.family)
    if not given or not family or not given[0][0].isascii():
        return True
    for at, word in enumerate(entry.words):
        if word == family[-1]:
            near = [*entry.words[max(0, at - len(family) - 2) : at], *entry.words[at + 1 : at + 4]]
            letter = [other for other in near if len(other) <= 3 and other.isalpha() and other not in SMALL]
            if not letter or any(other[0] == given[0][0] for other in near):
                return True
    return family[-1] not in entry.words
