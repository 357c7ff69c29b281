"""The head of an entry: who and when, read from the printed text alone, for linking.

Linking must not depend on a field parser's every decision. What it needs is small: the words of the author zone in
order, where the first author ends, and the years printed. Names are compared as runs of letters (``van der Berg``,
``Nitza-Makowska``), so the zone is indexed by the letters of its word n-grams.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from refaudit.model import Reference, Year
from refaudit.parse.label import LABEL
from refaudit.parse.years import ORIGINAL_FIRST, RANGE, REPRINT, date_after, years_in
from refaudit.text import letters, plain
from refaudit.words import circa, organisations, roles
from refaudit.words.accessed import STEMS as ACCESS_STEMS
from refaudit.words.connectors import CONNECTORS, LETTERS
from refaudit.words.connectors import WORDS as JOINING
from refaudit.words.et_al import PATTERN as ET_AL
from refaudit.words.months import month_named
from refaudit.words.particles import PARTICLES
from refaudit.words.suffixes import GENERATIONS

_CIRCA = re.compile(rf"(?:(?<![,.\s(\[])[,.\s(\[]+)?(?:\bc(?:irca|a)?\.|\bCa\.|\bCirca|[(\[](?i:{circa.PATTERN})\.?|©)\s*$")
_ABOUT = re.compile(rf"(?:[.©]|[(\[](?i:{circa.PATTERN}))$")
_TOKEN = re.compile(r"[^\W_](?:[\w'’ʼ´`‐‑-]*\w)?|[^\s\w]")
_WORD = re.compile(r"[^\W\d_](?:[\w'’ʼ´`‐‑-]*\w)?")
_GRAM = 4  # words in the longest surname that is indexed ("Ortiz de la Torre")
_PREFIX = 14  # words of an organisation's name
_ZONE = 1600  # characters in which the authors of an entry end

_JOINING = rf"\s(?:{'|'.join(JOINING)}|AND|UND|OCH|[{''.join(sorted(LETTERS))}])\s"
_SEPARATOR = re.compile(rf"[,;&，；、]|{_JOINING}|\.\s(?=[^\W\d_]{{2,}})")
_FIRST = re.compile(rf"[,;&，；、]|{_JOINING}")
_ONLY_INITIALS = re.compile(r"(?:[^\W\d_a-zß-ÿ]\.?[\s-]*){1,4}|(?:[^\W\d_]\.[\s-]*){1,4}")
_SUFFIXES = GENERATIONS | roles.FORMS


@dataclass(frozen=True)
class Head:
    """Who and when of an entry. ``zone`` is the text of the author zone; ``years`` the years printed, the entry's own first."""

    zone: str
    years: tuple[Year, ...]
    after: str = ""

    @cached_property
    def words(self) -> list[str]:
        """The words of the zone as letters, initials and connectors left in."""
        return [letters(word) for word in _WORD.findall(self.zone)]

    @cached_property
    def grams(self) -> dict[str, int]:
        """Letters of each run of up to four words, and of the first author as a whole -> index of its first word.

        Initials belong to no run: "Siddiq, A." does not hold "Siddiqa".
        """
        printed = _WORD.findall(self.zone)
        words = self.words
        initial = [len(word) == 1 and word.isupper() for word in printed]
        found = {letters(self.first): 0}
        if not any(initial):
            found[letters(self.zone)] = 0
        start = ""
        for index, word in enumerate(words[:_PREFIX]):  # organisations are cited by their first words, or all of them
            if initial[index]:
                break
            start += word
            found.setdefault(start, 0)
        for index in range(len(words)):
            gram = ""
            for further in range(index, min(index + _GRAM, len(words))):
                if initial[further] and not (further == index and len(words) == 1):
                    break
                gram += words[further]
                found.setdefault(gram, index)
        found.pop("", None)
        return found

    @cached_property
    def first(self) -> str:
        """The text of the first author: up to the first comma, semicolon, connector or initial."""
        zone = self.zone.strip()
        stop = len(zone)
        for match in _FIRST.finditer(zone):
            if match.start() > 0:
                stop = match.start()
                break
        return zone[:stop]

    @cached_property
    def first_words(self) -> int:
        """How many words of the zone belong to the first author."""
        return max(1, len(_WORD.findall(self.first)))

    @cached_property
    def organisation(self) -> bool:
        """Whether the zone reads as an organisation: several words, no comma or initial."""
        zone = self.zone.strip(" .")
        return len(self.words) >= 2 and "," not in zone and ";" not in zone and not re.search(r"\b[^\W\d_]\.", zone)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Letters by which an organisation may be cited: its initials, and a short form in brackets."""
        found = set()
        for match in re.finditer(r"[(\[]([A-Z][\w-]{1,11})[)\]]|\b([A-Z]{2,8})\b", self.zone):
            found.add(letters(match[1] or match[2]))
        printed = _WORD.findall(self.first.split("(")[0])
        capitals = [word[0] for word in printed if word[0].isupper()]
        if len(capitals) >= 3:
            found.add(letters("".join(capitals)))
        # all in capitals, or with a connector inside: "ORGANIZAÇÃO PARA A COOPERAÇÃO E DESENVOLVIMENTO ECONÔMICO" is OCDE
        whole = _WORD.findall(self.zone.split("(")[0]) if self.organisation else []
        heavy = [word[0] for word in whole if word[0].isupper() and word.casefold() not in organisations.SMALL]
        if len(heavy) >= 3:
            found.add(letters("".join(heavy)))
        return frozenset(found)

    @cached_property
    def people(self) -> list[str]:
        """The letters of each author's surname, in printed order (a guess where full given names stand behind commas)."""
        if self.organisation:
            return [letters(self.zone)]
        chunks = [chunk.strip(" .") for chunk in _SEPARATOR.split(ET_AL.sub(" ", self.zone))]
        chunks = [chunk for chunk in chunks if chunk and chunk.casefold() not in _SUFFIXES]
        initials = [bool(_ONLY_INITIALS.fullmatch(chunk)) for chunk in chunks]
        found: list[str] = []
        for number, chunk in enumerate(chunks):
            if initials[number]:
                continue
            if (
                number == 1
                and not any(initials)
                and ";" not in self.zone
                and len(chunks[0].split()) <= 3
                and " " not in chunks[0].strip()
            ):
                continue  # "Rehman, Hafeez Ul, Saqib Khan Warraich": only the first name is turned round
            words = [word for word in chunk.split() if not _ONLY_INITIALS.fullmatch(word)]
            if words:
                given_first = bool(_ONLY_INITIALS.fullmatch(chunk.split()[0])) or (
                    number > 0 and not any(initials) and len(words) > 1
                )
                found.append(
                    letters(words[-1])
                    if given_first and not (len(words) > 1 and words[-2].casefold() in PARTICLES)
                    else letters(" ".join(words))
                )
        return found

    @cached_property
    def authors(self) -> int:
        """How many authors the zone names (0 when it says "et al.")."""
        return 0 if ET_AL.search(self.zone) else max(1, len(self.people))

    @cached_property
    def opening(self) -> list[str]:
        """The letters of the first one, two, three ... words of the entry: works without author are cited by their title."""
        found, start = [], ""
        for word in _WORD.findall(f"{self.zone} {self.after}")[:_PREFIX]:
            start += letters(word)
            found.append(start)
        return found


_DATE_BEFORE = re.compile(r"(?:(\d{1,2})\.?\s+(?:de\s+)?)?([^\W\d_]{3,13})\.?\s*(?:(\d{1,2}),?\s*)?(?:de\s+)?$")


def name_like(text: str, *, slack: int = 0) -> bool:
    """Whether a text can be a printed author list: capitalised words, initials, particles, connectors, no digits or quotes."""
    bad = 0
    any_name = False
    for token in _TOKEN.findall(ET_AL.sub(" ", text)):
        first = token[0]
        if first.isalpha():
            if not first.islower():
                any_name = True
            elif (
                token.casefold() not in PARTICLES
                and token.casefold() not in CONNECTORS
                and token.casefold() not in organisations.SMALL
            ):
                bad += 2 if len(token) > 3 else 1
        elif first.isdigit() or first in '"“”«»„?!=<>@%':
            bad += 2
        if bad > slack:
            return False
    return any_name


def head_of(reference: Reference) -> Head:
    """The head of a reference: from its declared names where the source is structured, else from its text."""
    if reference.authors is not None and reference.authors.value:
        years = (reference.year.value,) if reference.year is not None and reference.year.value is not None else ()
        return Head(zone="; ".join(map(str, reference.authors.value)), years=years)
    label = LABEL.match(reference.raw) if reference.label else None
    return read_head(reference.raw[label.end() :] if label else reference.raw)


def read_head(body: str) -> Head:
    """The head of an entry whose printed label has been taken off."""
    text = body[:_ZONE]
    dated = [item for item in years_in(text) if not _in_address(text, item[0])]
    for start, end, year in [item for item in years_in(text, ranges=True) if not _in_address(text, item[0])]:
        if text[start - 1 : start] == "[" and ORIGINAL_FIRST.match(text, end):  # "[1857] 1999"
            continue
        before = re.sub(r"\[\d{4}\]\s?$", "", text[:start])
        opened = before.rstrip()[-1:] in "(["
        zone = before.rstrip().rstrip("([").rstrip()
        if _ABOUT.search(zone, max(0, len(zone) - 9)):
            about = _CIRCA.search(zone)
            opened = opened or bool(about and about[0].lstrip(" ,.")[:1] in ("(", "["))
            zone = zone[: about.start()] if about else zone
        zone = _drop_date(zone)
        if not zone and start > 3:
            break
        editors = roles.BEFORE_YEAR.search(zone, max(0, len(zone) - 24))
        if editors:
            zone = zone[: editors.start()]
        if _unquoted(zone) and (name_like(zone, slack=1 if opened else 0) or (opened and len(zone) < 140 and _titleless(zone))):
            if not opened and not _zone_ends(zone, text[end : end + 2]):
                continue
            walked = zone if opened else _walk(zone)
            if len(walked) < len(zone) - 3:  # "Jackson, Shirley. The Haunting of Hill House. 1959": the year follows a title
                stop, full = len(walked), year
                zone = walked
            else:
                stop, full = date_after(text, end, year)
            others = tuple(other for at, _, other in dated if at != start)
            reprint = REPRINT.match(text, end)
            others = (Year(number=int(reprint[1])), *others) if reprint else others
            return Head(zone=zone.strip(" .,:;"), years=(full, *others), after=text[stop : stop + 300])
        break
    zone = _walk(text)
    ordered = sorted(dated, key=lambda item: _lateness(text, item[0], item[1]))
    years = tuple(year for _, _, year in ordered)
    if not years:
        years = tuple(Year(number=int(number)) for match in RANGE.finditer(text) for number in (match[2], match[1]))
    return Head(zone=zone.strip(" .,:;"), years=years, after=text[len(zone) : len(zone) + 300])


def _in_address(text: str, at: int) -> bool:
    """Whether an offset lies inside a URL or DOI."""
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    return text.startswith(("http", "www.", "10.", "doi:", "<http", "(http"), start) or "/" in text[start:at]


def _unquoted(zone: str) -> bool:
    return not any(quote in zone for quote in '"“«„')


def _titleless(zone: str) -> bool:
    """A short zone before a bracketed year may be an organisation with lower-case words; a full stop or numbers inside say more."""
    return not re.search(r"[^\W\d_]{3}\.\s+\S|[,;:]\s*\d|\d[-–]\d", zone)


def _drop_date(zone: str) -> str:
    """Take off a printed day and month before the year ("12 May 2019")."""
    match = _DATE_BEFORE.search(zone)
    if match and month_named(match[2]) and match.start() > 0:
        return zone[: match.start()].rstrip(" ,.(")
    return zone


def _zone_ends(zone: str, behind: str) -> bool:
    """A bare year ends the author zone when stops stand around it ("Smith J. 2019. Title", "Smith J, 2019, Title", "Smith J 2019 Title")."""
    words = zone.split()
    if zone.endswith((".", ",", ":", ";")) or ET_AL.search(zone[-12:]):
        return True
    return len(words) >= 2 and (len(words[-1]) <= 3 or behind[:1] in ".,:;" or zone.count(",") >= 1)


def _walk(text: str) -> str:
    """The author zone of an entry whose year stands late: name after name up to the stop behind a whole word or the title."""
    stop = len(text)
    match = re.match(r"\s*(?:-{2,}|—{2,}|_{2,}|–{2,})\s*[.,]?", text)
    if match:
        return text[: match.end()]
    last_word = ""
    for token in _TOKEN.finditer(text):
        value, at = token.group(), token.start()
        if value[0].isalpha():
            low = value.casefold()
            if (
                value[0].islower()
                and low not in PARTICLES
                and low not in CONNECTORS
                and low not in organisations.SMALL
                and not ET_AL.match(text, at)
                and low not in ("al", "eds", "ed", "hrsg", "org", "orgs")
            ):
                # a sentence began with the capitalised word before: the zone ended ahead of it
                cut = text.rfind(".", 0, at)
                comma = text.rfind(",", 0, at)
                stop = max(cut, comma) if max(cut, comma) > 0 else at
                break
            last_word = value
        elif value.isdigit() or value[0] in '"“«„([':
            stop = at
            break
        elif (
            value in ".:"
            and len(last_word) > 2
            and not last_word.isupper()
            and last_word.casefold() not in ("jr", "al", "eds", "hrsg", "sen")
        ):
            stop = at
            break
        elif value in ":?!":
            stop = at
            break
        elif value == "." and len(last_word) > 3:
            stop = at
            break
    return text[:stop]


def _lateness(text: str, start: int, end: int) -> tuple[bool, bool, int]:
    """Order of years in an entry whose year stands late: not of access, then followed by a stop, then the last printed."""
    before = text[max(0, start - 40) : start].casefold()
    accessed = any(word in before for word in ACCESS_STEMS)
    return accessed, text[end : end + 1] not in (";", ":", ",", ".", ")", ""), -start


_FORMS = (
    ("dash", re.compile(r"[-—–_]{2,}")),
    ("quote", re.compile(r"[\"“«„]")),
    ("initials-first", re.compile(r"(?:[^\W\d_]\.[\s-]?){1,3}(?:\s?(?:van|von|de|del|der|da|di|la|le|du)\s)*[^\W\d_][\w'’‐-]+")),
    ("surname, I.", re.compile(r"(?:[^\W\d_][\w'’‐-]*\s){0,3}[^\W\d_][\w'’‐-]+,\s(?:[^\W\d_]\.|[^\W\d_]{1,3}[,.;\s])")),
    ("surname, Given", re.compile(r"(?:[^\W\d_][\w'’‐-]*\s){0,3}[^\W\d_][\w'’‐-]+,\s[^\W\d_][\w'’‐-]+")),
    ("surname I", re.compile(r"(?:[^\W\d_][\w'’‐-]*\s){0,2}[^\W\d_][\w'’‐-]+\s(?:[A-ZÀ-Þ]\.?-?){1,4}(?=[,.;:\s(]|$)")),
)


def name_form(body: str) -> str:
    """The form in which an entry begins: "surname, I.", "surname I", "initials-first", ... or "words" or "other"."""
    for form, pattern in _FORMS:
        if pattern.match(body) and (
            form in ("dash", "quote")
            or body[0].isupper()
            or body.startswith(("van ", "von ", "de ", "d'", "’", "al-", "da ", "di ", "ten ", "del ", "den "))
        ):
            return form
    return "words" if body[:1].isupper() else "other"


def early_year(body: str) -> bool:
    """Whether a text begins with names and a year behind them."""
    head = read_head(body[:700])
    return (
        bool(head.years and head.after)
        and len(head.zone) < 600
        and head.zone != ""
        and body.find(str(head.years[0].number or head.years[0].text), 0, len(head.zone) + 30) >= 0
    )


def surname_key(name: str) -> str:
    """The letters of a surname without accents, hyphens, apostrophes and case."""
    return letters(name)


def without_particles(name: str) -> str:
    """The surname as letters with leading particles left out ("van der Berg" -> "berg")."""
    words = plain(name).replace("'", " ").split()
    kept = [word for index, word in enumerate(words) if not (word.casefold() in PARTICLES and index < len(words) - 1)]
    return letters("".join(kept))
