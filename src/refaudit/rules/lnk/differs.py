"""LNK005-007: citations that come near an entry: another year, another spelling, another letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from refaudit.model import CitedItem, Difference, Evidence, Level, Link, LinkStatus, Reference
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule, without_links
from refaudit.rules.lnk.cited_works import (
    by_work,
    citations,
    differing,
    near_entries,
    needs_letters,
    spans,
    subject,
    times,
)
from refaudit.text import letters


@rule("LNK005", "year-differs", Level.ERROR)
def year_differs(audit: Audit) -> Iterator[Hit]:
    """The list has a work of these authors, but from another year.

    What it finds:
    A citation whose authors are in the list with another year only, and for which no other entry fits better.

    Why it matters:
    Either the year is wrong in one of the two places, or the entry of another work is missing.

    Flags:
    ```
    Rain loosens bare ground (Lopez and Vega 2018).

    References

    Lopez, A., and B. Vega. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez and Vega 2019).

    References

    Lopez, A., and B. Vega. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Look the work up: correct the year in the text or in the list, or add the entry that is missing.

    Limits:
    Which of the two years is right cannot be told without a registry.
    """
    for links in differing(audit, Difference.YEAR):
        item, near = audit.item(links[0]), near_entries(audit, links[0])
        found = sorted({str(r.year.value) for r in near if r.year and r.year.value and r.year.value.number})
        if not found or str(item.year) in found or _prints_year(item, near):
            continue
        years = wording.listing(found)
        who = wording.people(item.names, et_al=item.et_al)
        yield Hit(
            message=f"{wording.item(item)} is cited here{times(links)}, but the list has {who} only from "
            f"{years}: {wording.quote(near[0].text, 70)}.",
            citations=citations(links),
            references=tuple(reference.id for reference in near[:1]),
            spans=spans(audit, links),
            evidence=(Evidence(field="year", cited=str(item.year or ""), registered=years, source="reference list"),),
            subject=subject(audit, links[0]),
        )


def _prints_year(item: CitedItem, near: Iterable[Reference]) -> bool:
    """Whether an entry prints the year cited after all, somewhere: which of its numbers is the year is then in doubt."""
    number = str(item.year.number) if item.year and item.year.number else ""
    return bool(number) and any(
        re.search(rf"(?<![\d./:-]){number}(?![\d/])", without_links(reference.text)) for reference in near
    )


@rule("LNK006", "author-differs", Level.ERROR)
def author_differs(audit: Audit) -> Iterator[Hit]:
    """A name is spelled one way in the text and another way in the list.

    What it finds:
    A citation that fits an entry of the same year but for the spelling of a name.

    Why it matters:
    One of the two spellings is wrong, and a reader who searches for it does not find the work.

    Flags:
    ```
    Rain loosens bare ground (Morenno and Vega 2019).

    References

    Moreno, A., and B. Vega. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Garcia-Muller 2019; Van der Berg 2020).

    References

    Berg, J. van der. 2020. "Crusts after rain." Journal of Soils 13: 20-31.
    García Müller, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Check the spelling against the work itself and correct it in the text or in the list.

    Limits:
    Accents, case, hyphens, apostrophes and particles ("van", "de la") alone are no difference. Two authors with similar
    names and works of one year are told apart only when both are listed.
    """
    for links in differing(audit, Difference.AUTHOR):
        item, reference = audit.item(links[0]), near_entries(audit, links[0])[0]
        names = reference.authors.value if reference.authors and reference.authors.value else ()
        listed = [name.surname for name in names]
        if all(_same_but_particle(name.surname, listed) for name in item.names):
            continue
        spelled = wording.listing(_respelled(item, listed))
        yield Hit(
            message=f"{wording.item(item)} is cited here{times(links)}, but the list spells the name "
            f"{spelled + ': ' if spelled else ''}{wording.quote(reference.text, 70)}.",
            citations=citations(links),
            references=(reference.id,),
            spans=spans(audit, links),
            evidence=(
                Evidence(
                    field="author",
                    cited=wording.listing([name.surname for name in item.names]),
                    registered=wording.listing(listed),
                    source="reference list",
                ),
            ),
            subject=subject(audit, links[0]),
        )


_PARTICLE = re.compile(r"(?:o|d|l|da|de|di|do|du|el|al|la|le|mc|mac|van|von|der|den|st|san|santa|ten|ter|ben|ibn){1,2}")


def _same_but_particle(cited: str, listed: Iterable[str]) -> bool:
    """Whether a name is in the list as it is, or with or without a particle before it."""
    name = letters(cited)
    for other in map(letters, listed):
        short, long = sorted((name, other), key=len)
        if short == long or (long.endswith(short) and _PARTICLE.fullmatch(long[: len(long) - len(short)])):
            return True
    return False


def _respelled(item: CitedItem, listed: Sequence[str]) -> list[str]:
    """The names of an entry that the citation does not print as they are, at most as many as it prints wrongly."""
    cited = {letters(name.surname) for name in item.names}
    wrong = sum(letters(name.surname) not in {letters(name) for name in listed} for name in item.names)
    return [f"“{name}”" for name in listed if letters(name) not in cited][:wrong]


@rule("LNK007", "year-letter-unmatched", Level.WARNING)
def year_letter_unmatched(audit: Audit) -> Iterator[Hit]:
    """The letter after a year does not agree between text and list.

    What it finds:
    A citation with a year letter ("2019a") that no entry carries, or one without a letter where the entries of these
    authors and this year are told apart by letters.

    Why it matters:
    The letter is what tells works of one year apart; without it the reader cannot know which is meant.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019a).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019a, 2019b).

    References

    Lopez, A. 2019a. "Crusts after rain." Geoderma 20: 20-31.
    Lopez, A. 2019b. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Put the same letters in text and list, or drop the letter where there is only one work of that year.

    Limits:
    Whether the letters follow the order of the titles is not checked.
    """
    unmatched = [
        link
        for link in audit.links
        if (link.difference is Difference.LETTER and near_entries(audit, link) and _letter_matters(audit, link))
        or (
            link.status is LinkStatus.AMBIGUOUS
            and link.difference is Difference.NONE
            and audit.works.distinct(link.references) > 1
            and needs_letters(audit, link)
        )
    ]
    for links in by_work(audit, unmatched):
        item, near = audit.item(links[0]), near_entries(audit, links[0])
        years = wording.listing(list(dict.fromkeys(str(r.year.value) for r in near if r.year and r.year.value)))
        what = (
            f"no entry carries the letter “{item.year.letter}”: the list has"
            if item.year and item.year.letter
            else "the list tells the works apart by letters:"
        )
        yield Hit(
            message=f"{wording.item(item)} is cited here{times(links)}, but {what} "
            f"{wording.people(item.names, et_al=item.et_al)} {years}.",
            citations=citations(links),
            references=tuple(reference.id for reference in near),
            spans=spans(audit, links),
            subject=subject(audit, links[0]),
        )


def _letter_matters(audit: Audit, link: Link) -> bool:
    """A letter printed in the text, or missing there where the list needs it; a lone lettered entry is clear without."""
    year = audit.item(link).year
    return bool(year and year.letter) or audit.works.distinct(reference.id for reference in near_entries(audit, link)) > 1


RULES = (year_differs, author_differs, year_letter_unmatched)
