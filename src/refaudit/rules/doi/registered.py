"""DOI: what the DOI system and the registries say about the identifier of an entry."""

from __future__ import annotations

from collections.abc import Iterator

from refaudit.model import Evidence, Level, LookupStatus
from refaudit.resolve.match.compare import names_text
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import people
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.rules.records import described, evidence

_CALLED = {"doi": "DOI", "arxiv": "arXiv number"}


def _identifier(entry: Entry) -> tuple[str, str, str]:
    """What an entry was looked up by: the field, its printed value, and the DOI that stands for it."""
    if entry.doi:
        return "doi", entry.doi, entry.doi
    arxiv = entry.reference.arxiv
    number = arxiv.value if arxiv and arxiv.value else ""
    return "arxiv", number, f"10.48550/arXiv.{number}"


@rule("DOI051", "doi-not-registered", Level.ERROR, confidence=0.95)
def doi_not_registered(audit: Audit) -> Iterator[Hit]:
    """A DOI of which the DOI system itself says that it does not exist.

    What it finds:
    doi.org was asked which agency registered the printed DOI and answered "DOI does not exist". A registry that does not
    have the DOI is not enough, and no answer is none.

    Why it matters:
    The reader cannot get to the work; often a character was lost or added.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9. https://doi.org/10.5555/soils.12.l
    ```
    ```json
    [{"DOI": "10.5555/soils.12.l", "status": "DOI does not exist"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "RA": "JaLC"}]
    ```

    What to do:
    Copy the DOI from the first page of the work or from its web page.

    Limits:
    A DOI printed before it is registered (in proofs, in press) is flagged until it is.
    """
    for lookup in audit.lookups:
        if lookup.doi_registered is not False:
            continue
        entry = Entry(audit.reference[lookup.reference])
        found = lookup.record
        more = f" The work itself is registered as https://doi.org/{found.doi}." if found and found.doi else ""
        field, printed, doi = _identifier(entry)
        span = entry.span_of(field)
        yield Hit(
            message=f"{wording.entry(entry.reference)}: the {_CALLED[field]} {printed} does not exist.{more}",
            references=(lookup.reference,),
            spans=(entry.reference.place_of(span),) if span else (),
            evidence=(
                Evidence(
                    field=field,
                    cited=printed,
                    registered=found.doi if found else "not registered",
                    source="doi.org",
                    url=f"https://doi.org/{doi}",
                ),
            ),
            advice=f"Put https://doi.org/{found.doi} if this is the work meant." if found and found.doi else "",
            subject=f"{field} {printed}",
        )


@rule("DOI052", "doi-of-another-work", Level.ERROR, confidence=0.92, absorbs=("FND051",))
def doi_of_another_work(audit: Audit) -> Iterator[Hit]:
    """A DOI under which another work is registered.

    What it finds:
    The registered title stands nowhere in the entry, and neither does any registered author: year and journal may agree,
    as they do for a DOI of the same issue. Where an author agrees, the printed title must be registered under another
    DOI. Arxiv numbers count as the DOIs that arXiv gives them. Both works are named, and the DOI of the printed one where a
    search finds it. A smaller difference is told by MET051 to MET055 and never here.

    Why it matters:
    The link leads the reader to something else, and indexes count a citation that was not made.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and what it does to crusts. *Journal of Soils*, 12, 1-9. https://doi.org/10.5555/bees.7.44
    ```
    ```json
    [{"DOI": "10.5555/bees.7.44", "type": "journal-article", "title": ["Flight distances of solitary bees in orchards"],
      "author": [{"family": "Okafor", "given": "Ngozi"}], "issued": {"date-parts": [[2011]]},
      "container-title": ["Apidology Today"], "volume": "7", "page": "44-52"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and what it does to crusts. *Journal of Soils*, 12, 1-9. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare soil"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2018]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "1-9"}]
    ```

    What to do:
    Look the work up and put its own DOI, or none.

    Limits:
    A work whose volume and first page agree is taken for the printed one. Where an author agrees and the printed title is
    not registered, or title or names are registered in another alphabet, the difference is told field by field instead.
    """
    for lookup in audit.lookups:
        other = lookup.doi_record
        if other is None:
            continue
        reference = audit.reference[lookup.reference]
        entry = Entry(reference)
        found = lookup.record
        more = ""
        if found and found.doi:
            more = f" The work cited is registered as https://doi.org/{found.doi}: {described(found)}."
        elif lookup.status is LookupStatus.NOT_FOUND:
            more = " No record of the work cited was found."
        field, printed, _ = _identifier(entry)
        span = entry.span_of(field)
        yield Hit(
            message=f"{wording.entry(reference)}: the {_CALLED[field]} {printed} belongs to another work: {described(other)}.{more}",
            references=(lookup.reference,),
            spans=(reference.place_of(span),) if span else (),
            evidence=(
                evidence(other, "title", entry.title or reference.text, other.title),
                evidence(other, "authors", names_text(entry.authors) or reference.text[:80], names_text(people(other))),
                evidence(other, "year", str(entry.year or ""), " or ".join(map(str, other.years))),
            ),
            advice=f"Put https://doi.org/{found.doi}." if found and found.doi else "",
            confidence=0.96 if found and found.doi else 0.92,
            subject=f"{field} {printed}",
        )


@rule("DOI053", "doi-available", Level.NOTE, confidence=0.85)
def doi_available(audit: Audit) -> Iterator[Hit]:
    """An entry without a DOI for which the registry has one.

    What it finds:
    The entry prints no DOI, exactly one record fits it, and that record has a DOI.

    Why it matters:
    A DOI leads to the work for good, and lets indexes count the citation.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and what it does to crusts. *Journal of Soils*, 12, 1-9.
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and what it does to crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "1-9"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and what it does to crusts. *Journal of Soils*, 12, 1-9. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and what it does to crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "1-9"}]
    ```

    What to do:
    Add the DOI if the journal's style asks for it.

    Limits:
    Journals whose style prints no DOIs will want to ignore this rule.
    """
    for lookup in audit.lookups:
        record = lookup.record
        reference = audit.reference[lookup.reference]
        if record is None or lookup.status is not LookupStatus.FOUND or lookup.by != "search" or not record.doi:
            continue
        if Entry(reference).doi or "doi.org/" in reference.text.lower():
            continue
        yield Hit(
            message=f"{wording.entry(reference)}: the registry has a DOI for this work, https://doi.org/{record.doi}.",
            references=(lookup.reference,),
            evidence=(evidence(record, "doi", "none", record.doi),),
            advice=f"Add https://doi.org/{record.doi}.",
        )


RULES = (doi_not_registered, doi_of_another_work, doi_available)
