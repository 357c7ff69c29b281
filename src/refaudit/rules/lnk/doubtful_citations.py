"""Reasons to doubt that a work without an entry is cited at all: what was read as a citation may be something else."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from refaudit.model import Link
from refaudit.parse.entries.sections import entry_score
from refaudit.rules.base import Audit
from refaudit.text import letters
from refaudit.words.headings import RUN_IN

_SPECIES = re.compile(r"[A-Z][a-z]+\s(?:[a-z]+\s)?([a-z]{3,}(?:us|um|is|ii|ae|a|i|e|ensis|oides))\s?\(?$")
_NO_EPITHETS = frozenset(
    """data area areas media analysis basis status focus forum virus hypothesis crisis thesis schema criteria phenomena agenda era idea via
    formula bacteria bonus campus census consensus corpus stimulus apparatus emphasis diagnosis synthesis axis medium spectrum momentum
    museum curriculum maximum minimum optimum are the see more have these those were where case issue people life state age rate change
    role use type value measure scale score size case course science service article literature language culture nature structure
    article practice knowledge evidence experience performance influence difference reference violence presence distance importance
    finance governance insurance compliance resistance china africa asia america india europe online alone one some outside inside side
    la della alla dalla una esta essa uma para como de le une sur quelle die eine keine seine deine meine
    pandemia economia história historia teoria escola pesquisa área política politica literatura cultura""".split()
)
# A work cited through another one need not stand in the list.
_THROUGH = re.compile(
    r"(?i)[\s,;]{0,3}(?:apud|(?:as\s)?(?:cited|quoted)\s(?:in|by)|qtd\.?\sin|zit(?:iert)?\.?\s(?:nach|n\.|in)|cit[ée]e?\s(?:par|dans)"
    r"|(?:como\sse\s)?cit(?:ó|ado|ada|ato|ata)\s(?:en|por|em|da|in))\b"
)
_OLDER = 60  # years before the oldest work of a list in which a number is hardly a year of publication


_APART = 40  # characters between the names of one citation that another cell of a table may put there


_LINE = re.compile(r"(?m)^[^\w\n]{0,6}(?:\d{1,4}[.)\]]\s?)?([^\W\d_][\w'’-]*)[^\n]{0,400}")


class Doubts:
    """What of a text and its list speaks against a cited item without entry; looked up once for all of them."""

    def __init__(self, audit: Audit) -> None:
        """Look at this text and list; nothing is read before it is asked for."""
        self._audit = audit

    def doubtful(self, link: Link) -> bool:
        """Whether a cited item that no entry fits is rather something else: a year to come (the number of a specimen or a document),
        the authority of a species, a shelf mark, a work of the list by its title, one cited through another, or one whose entry was
        not read."""
        item = self._audit.item(link)
        if _THROUGH.match(self._audit.document.text, item.span.end):
            return True
        if not item.names or item.year is None or item.year.number is None:
            return False
        year, today = item.year.number, self._audit.config.today.year
        if today > 1970 and year > today + 1:  # when the day is known
            return True
        species = _SPECIES.search(self._audit.document.text[max(0, item.span.start - 60) : item.span.start])
        if species and species[1] not in _NO_EPITHETS and not item.et_al:
            return True
        if self._titles and year < min(self._titles) - _OLDER:
            return True
        name = letters(item.names[0].surname)
        before = letters(self._audit.document.text[max(0, item.span.start - _APART) : item.span.start])
        if any(first in before for first in self._beside.get((year, name), ())):
            return True  # "Arlov, “new” Benko et al. 2016" of a table whose cells are read line by line
        if len(name) >= 5 and any(name in title for title in self._titles.get(year, ())):
            return True
        if not self._audit.references:
            return self._run_in
        first = (item.names[0].literal or item.names[0].family).split()[0].casefold()
        return any(str(year) in line for line in self._entries.get(first, ()))

    @cached_property
    def _titles(self) -> dict[int, list[str]]:
        """The letters of the titles of the list by year; a year without a title has none."""
        found: dict[int, list[str]] = {}
        for reference in self._audit.references:
            if reference.year and reference.year.value and reference.year.value.number:
                titles = found.setdefault(reference.year.value.number, [])
                titles.extend([letters(reference.title.value)] if reference.title and reference.title.value else [])
        return found

    @cached_property
    def _beside(self) -> dict[tuple[int, str], list[str]]:
        """The first authors, as letters, of the works on which a person is a later author, by year and name."""
        found: dict[tuple[int, str], list[str]] = {}
        for reference in self._audit.references:
            year = reference.year.value.number if reference.year and reference.year.value else None
            people = [letters(name.surname) for name in (reference.authors.value or () if reference.authors else ())]
            for person in people[1:] if year is not None else ():
                found.setdefault((year or 0, person), []).append(people[0])
        return found

    @cached_property
    def _run_in(self) -> bool:
        return bool(RUN_IN.search(self._audit.document.text))

    @cached_property
    def _entries(self) -> dict[str, list[str]]:
        """The lines of the text that read like entries and begin with no citation, by their first word."""
        starts = [citation.span.start for citation in self._audit.citations]
        found: dict[str, list[str]] = {}
        for line in _LINE.finditer(self._audit.document.text):
            cited = bisect_left(starts, line.start())
            if not (cited < len(starts) and starts[cited] < line.start() + 40) and entry_score(line.group().strip()) >= 3:
                found.setdefault(line[1].casefold(), []).append(line.group())
        return found
