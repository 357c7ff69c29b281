"""LNK001-004: does every citation in the text have its entry, and every entry its citation?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from refaudit.model import CitedItem, Difference, Level, Link, LinkStatus, Reference, Span, System
from refaudit.parse.sections import entry_score
from refaudit.rules import naming
from refaudit.rules.base import Audit, Hit, rule
from refaudit.rules.cited import (
    UNLISTED,
    by_work,
    citations,
    inner_numbers,
    near_entries,
    needs_letters,
    spans,
    subject,
    times,
    work_key,
)
from refaudit.text import letters, whole, words


@rule("LNK001", "citation-without-reference", Level.ERROR)
def citation_without_reference(audit: Audit) -> Iterator[Hit]:
    """A work is cited in the text and has no entry in the reference list.

    What it finds:
    One finding for each distinct work that the text cites and the list does not hold, with all the places where it is
    cited. When an entry comes near, it is named.

    Why it matters:
    A reader cannot find the source. Most often the entry was lost while editing, or the citation is misspelt.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019; Moreno 2020).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019; López & Vega, 2020).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    Lopez, A., and B. Vega. 2020. "Crusts after rain." Journal of Soils 13: 20-31.
    ```

    What to do:
    Add the entry to the reference list, or correct the citation if it means a work that is listed.

    Limits:
    A citation that the program does not recognise as one is not missed. Personal communications are no citations.
    """
    missing = [
        link
        for link in audit.links
        if link.status is LinkStatus.MISSING and not (link.difference is not Difference.NONE and near_entries(audit, link))
    ]
    numbers = sorted(number for one in audit.references if (number := whole(one.label or "")) is not None)
    swallowed = inner_numbers(audit.references)
    linked = {audit.citation[link.citation].system for link in audit.links if link.references}
    for links in by_work(audit, missing):
        item = audit.item(links[0])
        system = audit.citation[links[0].citation].system
        if (item.year and item.year.text in UNLISTED) or (item.names and letters(naming.family(item.names[0])) in _OURSELVES):
            continue
        near = near_entries(audit, links[0])[:1]
        if not audit.references:
            tail = "the text has no reference list"
        elif item.label is not None and item.label.isdecimal() and numbers:
            tail = f"the list goes from [{numbers[0]}] to [{numbers[-1]}] and has no such number"
        else:
            tail = "no entry of the reference list fits"
        if near:
            tail += f"; the nearest is {naming.entry(near[0])}"
        yield Hit(
            message=f"{naming.item(item)} is cited here{times(links)}, but {tail}.",
            citations=citations(links),
            spans=spans(audit, links),
            # where nothing of this kind leads to the list, the mark of a note or a name with a date was probably read as one;
            # a number inside the list may belong to an entry that was read as part of the one before it, and a year to come
            # is rather the number of a specimen or a document; a line that reads like the entry is one that was not read
            confidence=0.4
            if (linked and system not in linked)
            or item.label in swallowed
            or _not_yet(audit, item)
            or _named_otherwise(audit, links[0])
            or _unread(audit, item)
            else None,
            subject=subject(audit, links[0]),
        )


# "Source: the authors, 2022" below a figure names the paper itself.
_OURSELVES = frozenset(
    "author authors theauthor theauthors autor autores autora autoras elautor losautores oautor osautores auteur auteurs lesauteurs "
    "verfasser derverfasser dieverfasser autore autori gliautori".split()
)


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
        return bool(_INLINE_LIST.search(audit.document.text))
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
_INLINE_LIST = re.compile(
    r"\S[ \t]+((?:REFERENCES|References|BIBLIOGRAPHY|Bibliography|LITERATURE CITED|Literature [Cc]ited|WORKS CITED|Works [Cc]ited|REFERENCIAS|Referencias"
    r"|REFERÊNCIAS|Referências|Références|Literatur(?:verzeichnis)?)\s?:)[ \t]+\S"
)


@rule("LNK002", "no-reference-list", Level.ERROR)
def no_reference_list(audit: Audit) -> Iterator[Hit]:
    """The text cites works and has no reference list.

    What it finds:
    A text with citations in which no list of references was found: no list under a heading or at the end, no notes
    that hold the references, no bibliography file.

    Why it matters:
    None of the sources can be found by a reader, and nothing about them can be checked.

    Flags:
    The list that is missing and, with LNK001, each work that is cited.
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Vega 2018). Seeds fail (Moreno 2020).
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Add the reference list. If it stands in another file, give that file too or append it to the manuscript.

    Limits:
    With fewer than three citations the finding is less certain, since a date in brackets can look like one.
    """
    items = [item for citation in audit.citations if citation.system is not System.FOOTNOTE for item in citation.items]
    if not items or audit.references:
        return
    works = len({work_key(item) for item in items})
    plural = "s" if works != 1 else ""
    unread = _INLINE_LIST.search(audit.document.text)
    if unread:
        yield Hit(
            message=f"The text cites {works} work{plural}; a reference list seems to begin here, but its entries cannot be told apart.",
            spans=(Span(*unread.span(1)),),
            advice="Put the heading and each entry on a line of its own.",
            subject="no reference list",
        )
        return
    what = "bibliography file" if all(item.key for item in items) else "reference list"
    yield Hit(
        message=f"The text cites {works} work{plural}, but no {what} was found.",
        spans=(items[0].span,),
        confidence=0.9 if len(items) >= 3 else 0.6,
        subject="no reference list",
    )


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
    gives none. Entries of a shared bibliography file are checked only when asked for.
    """
    if not audit.citations or not audit.references:
        return
    reached = {identity for link in audit.links for identity in (*link.references, *link.nearest)}
    works = {audit.works.work(identity) for identity in reached}
    asked = [r for r in audit.references if audit.config.include_uncited or not r.cited_only]
    labels = {audit.reference[identity].label for identity in reached if identity in audit.reference} - {None}
    lonely = [
        r for r in asked if r.id not in reached and audit.works.work(r.id) not in works and r.label not in labels
    ]  # a second entry with a number that is cited is a matter of the numbers (LNK009)
    named = sum(citation.system is System.AUTHOR_DATE for citation in audit.citations) * 2 > len(audit.citations)
    linked = sum(bool(link.references) for link in audit.links)
    # names and years that were not read as citations are looked for below, numbers cannot be
    readable = len(lonely) * 2 <= len(asked) or len(asked) <= 4 or (named and linked >= 0.9 * len(audit.links))
    mentioned = _mentions(audit) if lonely and named else frozenset()
    undated = [
        item.year is None for citation in audit.citations if citation.system is not System.NUMERIC for item in citation.items
    ]
    # where names are cited without years, a name in a sentence may be the citation of a page in the next bracket
    spoken = frozenset(words(_body(audit))) if lonely and sum(undated) * 2 > len(audit.citations) else frozenset()
    spoken -= frozenset().union(*(_surname(r) for r in audit.references if r.id in reached))
    recommended = _recommended(audit) if lonely else ()
    unread = _runs(lonely) if _bare_numbers(audit) else frozenset()
    for reference in lonely:
        if len(words(reference.raw)) < 4:
            continue  # a scrap of an entry
        yield Hit(
            message=f"{naming.entry(reference)} is in the reference list, but the text does not cite it.",
            references=(reference.id,),
            confidence=0.9
            if readable
            and reference.id not in unread
            and not _mentioned(reference, mentioned)
            and not _surname(reference) & spoken
            and not any(place.start <= reference.span.start < place.end for place in recommended)
            else 0.4,
        )


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


_DATED_WORDS = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


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
    for year in _DATED_WORDS.finditer(body):
        found.update((word, int(year.group())) for word in words(body[max(0, year.start() - 100) : year.start()]))
    return frozenset(found)


def _mentioned(reference: Reference, mentioned: frozenset[tuple[str, int]]) -> bool:
    """Whether name and year of an entry stand near each other in the text, in a form that was not read as a citation."""
    names = reference.authors.value if reference.authors and reference.authors.value else ()
    year = reference.year.value if reference.year else None
    if not names or year is None or year.number is None:
        return False
    said = words(naming.family(names[0]))
    return bool(said) and (said[-1], year.number) in mentioned


# Lists that are not meant to be cited.
_RECOMMENDED = re.compile(
    r"(?im)^[\s#*_\d.]{0,12}(?:further|additional|recommended|suggested|selected)\s+(?:readings?|sources|literature)[\s:*_#]*$"
    r"|^[\s#*_\d.]{0,12}(?:weiterführende\s+literatur|zum\s+weiterlesen|lecturas?\s+(?:recomendadas?|complementarias?)|leituras?\s+(?:recomendadas?|complementares?)"
    r"|pour\s+(?:en\s+savoir\s+plus|aller\s+plus\s+loin)|letture\s+consigliate)[\s:*_#]*$"
)


def _recommended(audit: Audit) -> tuple[Span, ...]:
    """The stretches below a heading such as "Further reading", up to the next heading of a list."""
    text = audit.document.text
    starts = sorted(span.start for span in audit.list_spans)
    found = []
    for heading in _RECOMMENDED.finditer(text):
        own = bisect_left(starts, heading.end() - 1)
        found.append(Span(heading.end(), starts[own + 1] if own + 1 < len(starts) else len(text)))
    return tuple(found)


def _surname(reference: Reference) -> frozenset[str]:
    """The last word of the first author's name, folded; empty where none was read."""
    names = reference.authors.value if reference.authors and reference.authors.value else ()
    return frozenset(words(naming.family(names[0]))[-1:]) if names else frozenset()


@rule("LNK004", "ambiguous-citation", Level.WARNING)
def ambiguous_citation(audit: Audit) -> Iterator[Hit]:
    """A citation fits several entries that are different works.

    What it finds:
    A citation that could mean more than one work of the list. Entries that are the same work twice count as one.

    Why it matters:
    The reader cannot tell which source is meant.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Crusts after rain." Geoderma 20: 20-31.
    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019a) and leaves crusts (Lopez 2019b).

    References

    Lopez, A. 2019a. "Crusts after rain." Geoderma 20: 20-31.
    Lopez, A. 2019b. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Tell the works apart in text and list: letters after the year (2019a, 2019b), initials, or a second author.

    Limits:
    Whether one of the candidates is meant by the context is not judged.
    """
    ambiguous = [
        link
        for link in audit.links
        if link.status is LinkStatus.AMBIGUOUS
        and link.difference is Difference.NONE
        and audit.works.distinct(link.references) > 1
        and not needs_letters(audit, link)
        and not _decided(audit, link)
    ]
    for links in by_work(audit, ambiguous):
        near = near_entries(audit, links[0])
        count = audit.works.distinct(reference.id for reference in near)
        yield Hit(
            message=f"{naming.item(audit.item(links[0]))} fits {count} works of the list{times(links)}: {_told_apart(near)}.",
            citations=citations(links),
            references=tuple(reference.id for reference in near),
            spans=spans(audit, links),
            subject=subject(audit, links[0]),
        )


def _decided(audit: Audit, link: Link) -> bool:
    """Whether the number of names printed fits only one of the candidates, or the citation is too short to judge."""
    item = audit.item(link)
    if item.label is None and item.key is None and (item.year is None or item.year.text in UNLISTED):
        return True
    fitting = [r for r in near_entries(audit, link) if _names_fit(item, r)]
    return len(fitting) >= 1 and audit.works.distinct(r.id for r in fitting) == 1


def _names_fit(item: CitedItem, reference: Reference) -> bool:
    count = len(reference.authors.value) if reference.authors and reference.authors.value else 0
    if item.et_al:
        return count > len(item.names) or reference.et_al
    return count == len(item.names) and not reference.et_al


def _told_apart(references: Sequence[Reference]) -> str:
    """Entries by title (or first words), since their authors and years are the same."""
    titles = [reference.title.value for reference in references if reference.title and reference.title.value]
    if len(titles) == len(references):
        return naming.listing(list(dict.fromkeys(naming.quote(title, 50) for title in titles if title)), 4)
    return naming.listing(list(dict.fromkeys(naming.quote(reference.raw, 70) for reference in references)), 4)


RULES = (citation_without_reference, no_reference_list, uncited_reference, ambiguous_citation)
