"""MET: does the matched record say the same as the entry?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from refaudit.model import Level, Record
from refaudit.resolve.match.compare import (
    Difference,
    authors_difference,
    container_difference,
    numbering_difference,
    title_difference,
    year_difference,
)
from refaudit.resolve.match.entry import Entry
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.rules.records import evidence

Compare = Callable[[Entry, Record], Difference | None]


def _differences(audit: Audit, what: str, compare: Compare) -> Iterator[Hit]:
    for lookup in audit.lookups:
        record = lookup.record
        if record is None or record.compiled:
            continue
        reference = audit.reference[lookup.reference]
        entry = Entry(reference)
        found = compare(entry, record)
        if found is None:
            continue
        span = entry.span_of(found.field or what)
        are, detail = "are" if what == "authors" else "is", f" ({found.detail})" if found.detail else ""
        yield Hit(
            message=f"{wording.entry(reference)}: the {what} “{found.cited}” {are} registered as “{found.registered}”{detail}.",
            references=(lookup.reference,),
            spans=(reference.place_of(span),) if span else (),
            evidence=(evidence(record, what, found.cited, found.registered),),
            confidence=found.confidence,
            subject=f"{what} {record.doi} {found.cited}",
        )


@rule("MET051", "title-differs", Level.WARNING)
def title_differs(audit: Audit) -> Iterator[Hit]:
    """The matched record has another title.

    What it finds:
    Words of the registered title that are others in the entry. Case, accents, hyphens, markup, British and American
    spelling, small slips, Greek letters written out, and a subtitle left out are no difference.

    Why it matters:
    Readers search by title, and another title may be another work.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on frozen ground and what it does to crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and what it does to crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["RAIN ON BARE-GROUND"],
      "subtitle": ["What it does to crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    What to do:
    Compare with the work itself, and take the title from there.

    Limits:
    Words left out in the middle of a title are not told, nor is a translated title in another script.
    """
    yield from _differences(audit, "title", title_difference)


@rule("MET052", "authors-differ", Level.WARNING)
def authors_differ(audit: Audit) -> Iterator[Hit]:
    """The matched record names other authors, or the same ones in another order.

    What it finds:
    A cited author whom the record does not know, in place of one whom the entry does not name or beyond the registered ones;
    a registered author who is left out of a list that does not say that it is cut; another given name or initial beside a
    surname that agrees; two authors the other way round. Initials, accents, particles, compound surnames, short forms of
    given names, other romanisations, cut lists, family and given name in each other's place, and a record that is sorted by
    name are no difference. Organisations are left aside, and so are names in an alphabet that the other side does not use.

    Why it matters:
    Somebody is credited with the work of another.

    Flags:
    ```text
    Rain loosens bare ground (Sandoval & Vega 2019).

    References

    Sandoval, A., & Vega, B. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}, {"family": "Vega", "given": "Berta"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```
    ```text
    Rain loosens bare ground (Lopez & Vega 2019).

    References

    Lopez, A., & Vega, B. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}, {"family": "Sand", "given": "Dan"}, {"family": "Vega", "given": "Berta"}],
      "issued": {"date-parts": [[2019]]}, "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez et al. 2019).

    References

    Lopez, A., et al. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "López", "given": "Ana"}, {"family": "Vega", "given": "Berta"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    What to do:
    Take the authors from the work itself.

    Limits:
    Registries hold cut author lists: names beyond a record of one author are not told. Where more registered names are missing
    than printed, the list may have been cut without words, and confidence is low. Lists read with doubt are compared less.
    """
    yield from _differences(audit, "authors", authors_difference)


@rule("MET053", "year-differs", Level.WARNING)
def year_differs(audit: Audit) -> Iterator[Hit]:
    """The matched record has another year.

    What it finds:
    A year that is none of the registered ones (issued, in print, online). One year apart has low confidence: print and
    online years differ in one article of six, and registries do not always hold both.

    Why it matters:
    Author and year are how a text cites; another year may be another work.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2015).

    References

    Lopez, A. (2015). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2018).

    References

    Lopez, A. (2018). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "published-print": {"date-parts": [[2019]]},
      "published-online": {"date-parts": [[2018, 11]]}, "issued": {"date-parts": [[2018, 11]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    What to do:
    Take the year from the work itself, and change the citations with it.

    Limits:
    Reprints and later editions of books carry other years than the record; they are told with low confidence.
    """
    yield from _differences(audit, "year", year_difference)


@rule("MET054", "container-differs", Level.WARNING)
def container_differs(audit: Audit) -> Iterator[Hit]:
    """The matched record stands in another journal or another meeting.

    What it finds:
    A journal whose name is neither the registered one nor an abbreviation or acronym of it; a meeting named by its acronym
    ("ICML") where the record names another ("… (CVPR)"); a meeting named in full that has no telling word in common with the
    registered one, or half of them at most where that is a well-known one.

    Why it matters:
    The reader looks in the wrong place.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *Annals of Climate Policy*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *J. Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    What to do:
    Take the journal from the work itself.

    Limits:
    Books are not compared, nor meetings registered under a series of books. Names of meetings in full are printed in too many
    ways for more than that to be told. Whether a meeting exists at all is not asked.
    """
    yield from _differences(audit, "container", container_difference)


@rule("MET055", "numbering-differs", Level.WARNING)
def numbering_differs(audit: Audit) -> Iterator[Hit]:
    """The matched record has another volume, issue or page.

    What it finds:
    A volume or first page that is not the registered one and a registered one that stands nowhere in the entry; where these
    two agree, another issue or another last page. Article numbers stand in for pages; page forms ("1425-37", "S12") are
    compared as what they mean.

    Why it matters:
    The reader looks in the wrong place.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12(2), 211-219. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "17", "issue": "2", "page": "411-419"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12(2), 411-9. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "issue": "2", "page": "411-419"}]
    ```

    What to do:
    Take the numbers from the work itself.

    Limits:
    Issues numbered through the volumes, double issues and supplements are not compared. A last page one off has low
    confidence: registries count blank pages either way.
    """
    yield from _differences(audit, "numbering", numbering_difference)


RULES = (title_differs, authors_differ, year_differs, container_differs, numbering_differs)
