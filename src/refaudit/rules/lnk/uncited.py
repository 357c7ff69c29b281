"""LNK003: entries that the text does not cite, and what speaks against saying so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from refaudit.model import Level, Reference, Span, System
from refaudit.parse.citations.numbers import MOST_IN_RANGE
from refaudit.parse.years import ALONE
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.text import letters, whole, words
from refaudit.words.headings import RECOMMENDED
from refaudit.words.withdrawn import withdrawn

_FEW_LINKS = 3  # citations that lead to the list and so show that the text was read
_TOO_MUCH = 2_000_000_000  # characters to be searched through for titles
_SLIPS = 3  # uncited entries of a bibliography below notes that are slips; where there are more, it lists what was consulted
_TELLING = 16  # letters of a title that do not stand in a text by chance


@rule("LNK003", "uncited-reference", Level.WARNING)
def uncited_reference(audit: Audit) -> Iterator[Hit]:
    """An entry of the reference list that the text does not cite.

    What it finds:
    An entry that no citation reaches, not even a probable, ambiguous or nearly fitting one.

    Why it matters:
    Most styles allow only cited works in the list. An entry that stays behind is often the trace of a citation that
    was deleted or misspelt.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    Moreno, C. 2020. "Crusts after rain." Journal of Soils 13: 20-31.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019; Moreno 2020).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    Moreno, C. 2020. "Crusts after rain." Journal of Soils 13: 20-31.
    ```

    What to do:
    Cite the work where it belongs, or take the entry out of the list.

    Limits:
    Citations in figures, in tables that were left out and in supplements are not seen. Where most of a list seems
    uncited the text was probably not read well, and the findings are kept out of sight. A text without any citation
    gives none. The bibliography of a text that cites in notes may list works that were only consulted (Chicago, MHRA,
    OSCOLA): where more than three stay uncited the findings are kept out of sight too, unless its heading says "cited".
    Entries of a shared bibliography file are checked only when asked for.
    """
    if not audit.citations or not audit.references:
        return
    reached = {identity for link in audit.links for identity in (*link.references, *link.nearest)} | _between(audit)
    works = {audit.works.work(identity) for identity in reached}
    asked = [r for r in audit.references if audit.config.include_uncited or not r.cited_only]
    labels = {audit.reference[identity].label for identity in reached if identity in audit.reference} - {None}
    lonely = [
        r for r in asked if r.id not in reached and audit.works.work(r.id) not in works and r.label not in labels
    ]  # a second entry with a number that is cited is a matter of the numbers (LNK009)
    named = sum(citation.system is System.AUTHOR_DATE for citation in audit.citations) * 2 > len(audit.citations)
    linked = sum(bool(link.references) for link in audit.links)
    mentioned = _mentions(audit) if lonely and named else frozenset()
    undated = [
        item.year is None for citation in audit.citations if citation.system is not System.NUMERIC for item in citation.items
    ]
    # where names are cited without years, a name in a sentence may be the citation of a page in the next bracket or a note
    in_notes = sum(citation.system is System.FOOTNOTE for citation in audit.citations) * 2 > len(audit.citations)
    loose = in_notes or sum(undated) * 2 > len(audit.citations)
    body = _body(audit) if lonely else ""
    spoken = frozenset(words(body)) if loose else frozenset()
    spoken -= frozenset().union(*(_surname(r) for r in audit.references if r.id in reached))
    recommended = _recommended(audit) if lonely else ()
    # where little of the list is cited by name, works are named by title or address
    titled = (loose or len(lonely) * 2 > len(asked)) and not _all_numeric(audit) and len(body) * len(lonely) < _TOO_MUCH
    said = letters(body) if titled else ""
    lost = _lost_numbers(audit)
    consulted = in_notes and len(lonely) > _SLIPS and not _headed_cited(audit)
    unread = (_runs(lonely) if _bare_numbers(audit) else frozenset()) | _within_long_ranges(audit, lonely)
    named_anyhow = {
        reference.id
        for reference in lonely
        if _mentioned(reference, mentioned)
        or _surname(reference) & spoken
        or (titled and _named_by_title(reference, body, said))
        or _marked(reference, body)
    }
    # names and years that were not read as citations are looked for, numbers cannot be
    readable = (
        (len(lonely) - len(named_anyhow)) * 2 <= len(asked)
        or len(asked) <= 4
        or (named and linked >= 0.9 * len(audit.links) and linked >= _FEW_LINKS)
    )
    for reference in lonely:
        if len(words(reference.text)) < 4 or withdrawn(reference.text):
            continue  # a scrap of an entry, or one that was taken out on purpose
        yield Hit(
            message=f"{wording.entry(reference)} is in the reference list, but the text does not cite it.",
            references=(reference.id,),
            confidence=0.9
            if readable
            and not consulted
            and not lost
            and reference.id not in unread
            and reference.id not in named_anyhow
            and not any(place.start <= reference.span.start < place.end for place in recommended)
            else 0.4,
        )


def _lost_numbers(audit: Audit) -> bool:
    """Whether citations print 0: the fields of a word processor lost their entries on export, so that any entry may be meant."""
    return any(not link.references and audit.citation[link.citation].text.strip("[]() ") == "0" for link in audit.links)


_CITED = re.compile(r"(?i)\b(?:cited|cit[ée]e?s|citad[ao]s?|citat[aei]|zitiert\w{0,3}|cytowan\w{1,3}|цитир\w{3,8})\b|引用")
_HEADING = 60  # characters before a list in which its heading stands


def _headed_cited(audit: Audit) -> bool:
    """Whether the heading of the list says that it holds cited works only."""
    text = audit.document.text
    return any(_CITED.search(text, max(0, span.start - _HEADING), span.start) for span in audit.list_spans)


_JOINED = re.compile(r"\s{0,2}(?:[-\u2010-\u2015]{1,3}|to|bis|through)\s{0,2}")


def _between(audit: Audit) -> frozenset[str]:
    """The entries of the manuscript's own list between two citations by key that a dash joins: ``\\cite{b1}--\\cite{b3}`` prints [1]-[3]."""
    links = {link.citation: link for link in audit.links if len(link.references) == 1}
    places = {reference.id: number for number, reference in enumerate(audit.references)}
    found: set[str] = set()
    for first, last in pairwise(audit.citations):
        ends = [links[one.id].references[0] for one in (first, last) if one.id in links and len(one.items) == 1]
        keyed = first.system is last.system is System.KEY
        if keyed and len(ends) == 2 and _JOINED.fullmatch(audit.document.text[first.span.end : last.span.start]):
            inside = audit.references[places[ends[0]] + 1 : places[ends[1]]]
            found.update(reference.id for reference in inside if not reference.cited_only)
    return frozenset(found)


def _all_numeric(audit: Audit) -> bool:
    """Whether the text cites by number alone: a title in it is then no citation."""
    return all(citation.system is System.NUMERIC for citation in audit.citations)


def _named_by_title(reference: Reference, body: str, said: str) -> bool:
    """Whether the title of an entry (a subtitle left out) or its address stands in the text, as works are named most of all in notes."""
    title = reference.title.value or "" if reference.title else ""
    titles = (letters(title), letters(title.partition(". ")[0]))
    fields = (reference.url.value if reference.url else None, reference.doi.value if reference.doi else None)
    addresses = [value.rstrip("/").rpartition("://")[2] for value in fields if value]
    return any(len(title) >= _TELLING and title in said for title in titles) or any(
        len(address) >= _TELLING and address in body for address in addresses
    )


_MARK = re.compile(r"\[\d{1,3}\]")


def _marked(reference: Reference, body: str) -> bool:
    """Whether an entry begins with a number that the list does not count in ("[1] https://...") and that stands in the text."""
    mark = _MARK.match(reference.raw) if reference.label is None else None
    return mark is not None and mark[0] in body


def _bare_numbers(audit: Audit) -> bool:
    """Whether the text cites by numbers without brackets (superscripts), which are easily taken for something else."""
    text = audit.document.text
    numeric = [citation for citation in audit.citations if citation.system is System.NUMERIC]
    bare = sum(text[max(0, citation.span.start - 1) : citation.span.start] not in ("[", "(", "^") for citation in numeric)
    return bare * 2 > len(numeric)


def _runs(lonely: Sequence[Reference]) -> frozenset[str]:
    """Entries of four and more successive numbers: rather a range that was not read than so many lost citations."""
    numbers = {number: r.id for r in lonely if (number := whole(r.label or "")) is not None}
    found: set[str] = set()
    for number in numbers:
        run = [number]
        while run[-1] + 1 in numbers and number - 1 not in numbers:
            run.append(run[-1] + 1)
        if len(run) >= 4:
            found.update(numbers[member] for member in run)
    return frozenset(found)


_RANGE = re.compile(r"(\d{1,4})\s?[-–—]\s?(\d{1,4})")


def _within_long_ranges(audit: Audit, lonely: Sequence[Reference]) -> frozenset[str]:
    """Entries inside a range that is too long to be meant as printed ("[8–93]" for "[88–93]"): it may cite them."""
    numeric = [citation for citation in audit.citations if citation.system is System.NUMERIC]
    ranges = [(int(found[1]), int(found[2])) for citation in numeric for found in _RANGE.finditer(citation.text)]
    long = [(low, high) for low, high in ranges if high > low + MOST_IN_RANGE]
    return frozenset(
        r.id for r in lonely if (number := whole(r.label or "")) is not None and any(low < number < high for low, high in long)
    )


def _body(audit: Audit) -> str:
    """The text with the list blanked; offsets stay as they are."""
    text = list(audit.document.text)
    for span in (*audit.list_spans, *(reference.span for reference in audit.references)):
        text[span.start : span.end] = " " * (span.end - span.start)
    return "".join(text)


def _mentions(audit: Audit) -> frozenset[tuple[str, int]]:
    """Every word of the text outside the list with each year that stands at most 100 characters behind it."""
    body = _body(audit)
    found: set[tuple[str, int]] = set()
    for year in ALONE.finditer(body):
        found.update((word, int(year.group())) for word in words(body[max(0, year.start() - 100) : year.start()]))
    return frozenset(found)


def _mentioned(reference: Reference, mentioned: frozenset[tuple[str, int]]) -> bool:
    """Whether name and year of an entry stand near each other in the text, in a form that was not read as a citation."""
    names = reference.authors.value if reference.authors and reference.authors.value else ()
    year = reference.year.value if reference.year else None
    if not names or year is None or year.number is None:
        return False
    said = words(names[0].surname)
    return bool(said) and (said[-1], year.number) in mentioned


def _recommended(audit: Audit) -> tuple[Span, ...]:
    """The stretches below a heading such as "Further reading", up to the next heading of a list."""
    text = audit.document.text
    starts = sorted(span.start for span in audit.list_spans)
    found = []
    for heading in RECOMMENDED.finditer(text):
        own = bisect_left(starts, heading.end() - 1)
        found.append(Span(heading.end(), starts[own + 1] if own + 1 < len(starts) else len(text)))
    return tuple(found)


def _surname(reference: Reference) -> frozenset[str]:
    """The last word of the first author's name, folded; empty where none was read."""
    names = reference.authors.value if reference.authors and reference.authors.value else ()
    return frozenset(words(names[0].surname)[-1:]) if names else frozenset()


RULES = (uncited_reference,)
