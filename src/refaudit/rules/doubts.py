"""Reasons to doubt that a work without an entry is cited at all: what was read as a citation may be something else."""

from __future__ import annotations

import re
from bisect import bisect_left

from refaudit.model import CitedItem, Link
from refaudit.parse.sections import entry_score
from refaudit.rules import naming
from refaudit.rules.base import Audit
from refaudit.text import letters


def doubtful(audit: Audit, link: Link) -> bool:
    """Whether a cited item that no entry fits is rather something else: a year to come (the number of a specimen or a document),
    the authority of a species, a work of the list by its title, one cited through another, or one whose entry was not read."""
    return _not_yet(audit, audit.item(link)) or _named_otherwise(audit, link) or _unread(audit, audit.item(link))


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


def _named_otherwise(audit: Audit, link: Link) -> bool:
    """Whether the names and number are rather the authority of a species, a shelf mark, a work of the list by its title, or one
    cited through another."""
    item = audit.item(link)
    if _THROUGH.match(audit.document.text, item.span.end):
        return True
    if not item.names or item.year is None or item.year.number is None:
        return False
    before = audit.document.text[max(0, item.span.start - 60) : item.span.start]
    species = _SPECIES.search(before)
    if species and species[1] not in _NO_EPITHETS and not item.et_al:
        return True
    dated = [r.year.value.number for r in audit.references if r.year and r.year.value and r.year.value.number]
    if dated and item.year.number < min(dated) - _OLDER:
        return True
    name = letters(naming.family(item.names[0]))
    return len(name) >= 5 and any(
        r.year and r.year.value and r.year.value.number == item.year.number and r.title and name in letters(r.title.value or "")
        for r in audit.references
    )


def _unread(audit: Audit, item: CitedItem) -> bool:
    """Whether a line of the text begins with the cited name, holds the year and reads like an entry."""
    if not item.names or item.year is None or item.year.number is None:
        return False
    if not audit.references:
        return bool(RUN_IN_LIST.search(audit.document.text))
    name = re.escape((item.names[0].literal or item.names[0].family).split()[0])
    starts = [citation.span.start for citation in audit.citations]
    for line in re.finditer(rf"(?im)^[^\w\n]{{0,6}}(?:\d{{1,4}}[.)\]]\s?)?{name}\b[^\n]{{0,400}}", audit.document.text):
        cited = bisect_left(starts, line.start())
        if (
            str(item.year.number) in line.group()
            and not (cited < len(starts) and starts[cited] < line.start() + 40)
            and entry_score(line.group().strip()) >= 3
        ):
            return True
    return False


def _not_yet(audit: Audit, item: CitedItem) -> bool:
    """Whether the year lies in the future (when the day is known)."""
    number = item.year.number if item.year else None
    return bool(number) and audit.config.today.year > 1970 and (number or 0) > audit.config.today.year + 1


# "... in bees. REFERENCES: Goulson D, ...": a list that was run into the text.
RUN_IN_LIST = re.compile(
    r"\S[ \t]+((?:REFERENCES|References|BIBLIOGRAPHY|Bibliography|LITERATURE CITED|Literature [Cc]ited|WORKS CITED|Works [Cc]ited|REFERENCIAS|Referencias"
    r"|REFERÊNCIAS|Referências|Références|Literatur(?:verzeichnis)?)\s?:)[ \t]+\S"
)
