"""LNK001, LNK002, LNK004: does every citation in the text have its entry, and one entry only?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from refaudit.model import CitedItem, Difference, Level, Link, LinkStatus, Reference, Span, System
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
from refaudit.rules.doubts import RUN_IN_LIST, doubtful
from refaudit.text import letters, whole


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
            # a number inside the list may belong to an entry that was read as part of the one before it
            confidence=0.4 if (linked and system not in linked) or item.label in swallowed or doubtful(audit, links[0]) else None,
            subject=subject(audit, links[0]),
        )


# "Source: the authors, 2022" below a figure names the paper itself.
_OURSELVES = frozenset(
    "author authors theauthor theauthors autor autores autora autoras elautor losautores oautor osautores auteur auteurs lesauteurs "
    "verfasser derverfasser dieverfasser autore autori gliautori".split()
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
    unread = RUN_IN_LIST.search(audit.document.text)
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


RULES = (citation_without_reference, no_reference_list, ambiguous_citation)
