"""LNK004: citations that fit several entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from refaudit.model import BlockKind, CitedItem, Difference, Level, Link, LinkStatus, Reference, System
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.rules.lnk.cited_works import (
    by_work,
    citations,
    near_entries,
    needs_letters,
    spans,
    subject,
    times,
)
from refaudit.words.no_date import UNLISTED


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
            message=f"{wording.item(audit.item(links[0]))} fits {count} works of the list{times(links)}: {_told_apart(near)}.",
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
    if audit.citation[link.citation].system is System.FOOTNOTE and not item.title:
        return True  # a note names the title; it was not recognised as one
    place = audit.citation[link.citation].span.start
    if any(block.kind is BlockKind.TABLE and block.span.start <= place < block.span.end for block in audit.document.blocks):
        numeric = sum(citation.system is System.NUMERIC for citation in audit.citations)
        if numeric * 2 > len(audit.citations):
            return True  # the name of a study in a table of a text that cites by number
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
        return wording.listing(list(dict.fromkeys(wording.quote(title, 50) for title in titles if title)), 4)
    return wording.listing(list(dict.fromkeys(wording.quote(reference.text, 70) for reference in references)), 4)


RULES = (ambiguous_citation,)
