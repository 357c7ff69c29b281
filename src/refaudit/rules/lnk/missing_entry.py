"""LNK001, LNK002: does every citation in the text have its entry?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refaudit.model import CitedItem, Difference, Level, LinkStatus, Span, System
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.rules.lnk.cited_works import (
    by_work,
    citations,
    inner_numbers,
    near_entries,
    spans,
    subject,
    times,
    work_key,
)
from refaudit.rules.lnk.doubtful_citations import Doubts
from refaudit.text import letters, whole
from refaudit.words.headings import RUN_IN
from refaudit.words.no_date import UNLISTED


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
    doubts = Doubts(audit)
    listless = bool(_without_list(audit))
    for links in by_work(audit, missing):
        item = audit.item(links[0])
        system = audit.citation[links[0].citation].system
        if (item.year and item.year.text in UNLISTED) or (item.names and letters(item.names[0].surname) in _OURSELVES):
            continue
        near = near_entries(audit, links[0])[:1]
        if not audit.references:
            tail = "the text has no reference list"
        elif item.label is not None and item.label.isdecimal() and numbers:
            tail = f"the list goes from [{numbers[0]}] to [{numbers[-1]}] and has no such number"
        else:
            tail = "no entry of the reference list fits"
        if near:
            tail += f"; the nearest is {wording.entry(near[0])}"
        yield Hit(
            message=f"{wording.item(item) or wording.quote(audit.citation[links[0].citation].text)} is cited here{times(links)}, but {tail}.",
            citations=citations(links),
            spans=spans(audit, links),
            # where nothing of this kind leads to the list, the mark of a note or a name with a date was probably read as one;
            # a number inside the list may belong to an entry that was read as part of the one before it
            confidence=0.45
            if listless  # the missing list is told once, with its works (LNK002)
            else 0.4
            if (linked and system not in linked) or item.label in swallowed or doubts.doubtful(links[0])
            else max(0.6, min(0.9, max(audit.item(link).confidence for link in links))),
            subject=subject(audit, links[0]),
        )


# "Source: the authors, 2022" below a figure names the paper itself.
_OURSELVES = frozenset(
    "author authors theauthor theauthors autor autores autora autoras elautor losautores oautor osautores auteur auteurs lesauteurs "
    "verfasser derverfasser dieverfasser autore autori gliautori".split()
)


_EXPRESSION = re.compile(r"[\\`$#]|://")  # a name that a program makes, a file of another machine
_WORKS = 12  # works without a list that are named one by one


def _without_list(audit: Audit) -> list[CitedItem]:
    """What a text without a list cites, notes left out (they may hold the references); empty where there is a list."""
    if audit.references:
        return []
    return [item for citation in audit.citations if citation.system is not System.FOOTNOTE for item in citation.items]


@rule("LNK002", "no-reference-list", Level.ERROR)
def no_reference_list(audit: Audit) -> Iterator[Hit]:
    """The text cites works and has no reference list.

    What it finds:
    A text with citations in which no list of references was found: no list under a heading or at the end, no notes
    that hold the references, no bibliography file.

    Why it matters:
    None of the sources can be found by a reader, and nothing about them can be checked.

    Flags:
    The list that is missing, with the works that are cited. Each of them is also an LNK001 of its own, which the JSON
    report holds below the confidence shown.
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
    With fewer than three citations the finding is less certain, since a date in brackets can look like one. A file that is
    plainly a part of a larger work (AsciiDoc without a title and without a place for a list) is not asked for a list.
    """
    items = _without_list(audit)
    if not items or audit.document.is_part:
        return
    named = list({work_key(item): wording.item(item) for item in items}.values())
    works = len(named)
    plural = "s" if works != 1 else ""
    unread = RUN_IN.search(audit.document.text)
    if unread:
        yield Hit(
            message=f"The text cites {works} work{plural}; a reference list seems to begin here, but its entries cannot be told apart.",
            spans=(Span(*unread.span(1)),),
            advice="Put the heading and each entry on a line of its own.",
            subject="no reference list",
        )
        return
    unopened = audit.document.list_unread
    if unopened:
        yield Hit(
            message=f"The text cites {works} work{plural}, but its bibliography could not be read: {wording.listing(unopened, _WORKS)}.",
            spans=tuple(item.span for item in items),
            confidence=0.45 if any(_EXPRESSION.search(name) for name in unopened) else 0.9 if len(items) >= 3 else 0.6,
            advice="Put the file where the text says that it stands.",
            subject="no reference list",
        )
        return
    what = "bibliography file" if all(item.key for item in items) else "reference list"
    yield Hit(
        message=f"The text cites {works} work{plural}, but no {what} was found: {wording.listing(named, _WORKS)}.",
        spans=tuple(item.span for item in items),
        confidence=0.9 if len(items) >= 3 else 0.6,
        subject="no reference list",
    )


RULES = (citation_without_reference, no_reference_list)
