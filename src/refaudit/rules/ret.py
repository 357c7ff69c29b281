"""RET: what has happened to the cited work since: retraction, concern, correction, a published version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refaudit.model import Evidence, Level, Lookup, Reference, Update
from refaudit.resolve.editorial_status import CONCERN, CORRECTED, RETRACTED, version_of_record
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.text import fold

# An entry that says so itself, in the languages of the corpora.
_SAYS = {
    "retracted": re.compile(r"retract|withdrawn|withdrawal|retrata|zuruckgezogen|retrait|retire de|ritratt"),
    "concern": re.compile(r"expression of concern|retract"),
    "corrected": re.compile(r"correct(?:ed|ion)|corrigend|errat|addend|retract"),
}
_WORDS = {
    "retraction": "retracted",
    "retracted": "retracted",
    "partial-retraction": "retracted in part",
    "withdrawal": "withdrawn",
    "withdrawn": "withdrawn",
    "removal": "removed",
}


def _hits(audit: Audit, kinds: frozenset[str], says: str, words: str) -> Iterator[Hit]:
    for lookup in audit.lookups:
        update = next((update for update in lookup.updates if update.kind in kinds), None)
        if update is None:
            continue
        reference = audit.reference[lookup.reference]
        if _SAYS[says].search(fold(reference.text)):
            continue
        yield Hit(
            message=f"{wording.entry(reference)}: {words.format(what=_WORDS.get(update.kind, update.kind))}{_details(update)}.",
            references=(lookup.reference,),
            evidence=_evidence(lookup, reference, kinds),
            subject=f"{update.kind} {update.doi} {wording.entry(reference)}",
        )


def _details(update: Update) -> str:
    parts = [f" on {update.date}" if update.date else "", f", notice https://doi.org/{update.doi}" if update.doi else ""]
    return "".join(parts) + f" (source: {update.source})"


def _evidence(lookup: Lookup, reference: Reference, kinds: frozenset[str]) -> tuple[Evidence, ...]:
    record = lookup.record
    return tuple(
        Evidence(
            field="standing",
            cited=wording.quote(reference.text, 120),
            registered=f"{update.kind.replace('-', ' ')}{f', {update.date}' if update.date else ''}",
            source=update.source,
            url=f"https://doi.org/{update.doi}" if update.doi else record.url if record else "",
        )
        for update in lookup.updates
        if update.kind in kinds
    )


@rule("RET051", "retracted-work", Level.ERROR, confidence=0.95, absorbs=("RET052", "RET053"))
def retracted_work(audit: Audit) -> Iterator[Hit]:
    """The cited work has been retracted or withdrawn.

    What it finds:
    A retraction, withdrawal or removal of the cited work, from its record in the registry (publisher or Retraction
    Watch) or from a local list. A later reinstatement clears it; the notice itself may be cited.

    Why it matters:
    The text builds on results that no longer stand.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19",
      "updated-by": [{"DOI": "10.5555/soils.14.300", "type": "retraction", "source": "publisher",
                      "updated": {"date-parts": [[2021, 3, 2]]}}]}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts [Retracted]. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19",
      "updated-by": [{"DOI": "10.5555/soils.14.300", "type": "retraction", "source": "publisher",
                      "updated": {"date-parts": [[2021, 3, 2]]}}]}]
    ```

    What to do:
    Take the work out, or say in the entry and in the text that it was retracted.

    Limits:
    Registries learn of a retraction days to months after it.
    """
    yield from _hits(audit, RETRACTED, "retracted", "the cited work was {what}")


@rule("RET052", "expression-of-concern", Level.WARNING, confidence=0.93, absorbs=("RET053",))
def expression_of_concern(audit: Audit) -> Iterator[Hit]:
    """An expression of concern was published about the cited work.

    What it finds:
    An expression of concern in the record of the cited work or in a local list, not taken back since.

    Why it matters:
    Its publisher doubts the work.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19",
      "updated-by": [{"DOI": "10.5555/soils.13.9", "type": "expression_of_concern", "source": "retraction-watch",
                      "updated": {"date-parts": [[2020, 6, 3]]}}]}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    What to do:
    Read the notice, and decide whether the text can still rest on the work.

    Limits:
    Registries learn of a notice days to months after it.
    """
    yield from _hits(audit, CONCERN, "concern", "an expression of concern about the cited work was published")


@rule("RET053", "corrected-work", Level.NOTE, confidence=0.9)
def corrected_work(audit: Audit) -> Iterator[Hit]:
    """A correction to the cited work was published.

    What it finds:
    A correction, corrigendum, erratum or addendum in the record of the cited work or in a local list.

    Why it matters:
    What the text takes from the work may be what was corrected.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19",
      "updated-by": [{"DOI": "10.5555/soils.13.9", "type": "erratum", "source": "publisher",
                      "updated": {"date-parts": [[2020, 6, 3]]}}]}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts (with erratum). *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19",
      "updated-by": [{"DOI": "10.5555/soils.13.9", "type": "erratum", "source": "publisher",
                      "updated": {"date-parts": [[2020, 6, 3]]}}]}]
    ```

    What to do:
    Read the correction, and see whether it touches what is cited.

    Limits:
    Corrections of spelling count like those of results.
    """
    yield from _hits(audit, CORRECTED, "corrected", "a correction to the cited work was published")


@rule("RET054", "superseded-preprint", Level.NOTE, confidence=0.9)
def superseded_preprint(audit: Audit) -> Iterator[Hit]:
    """A preprint is cited of which a published version exists.

    What it finds:
    The record of the cited preprint names its version of record.

    Why it matters:
    Review may have changed the work; readers and journals expect the published version.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *EarthArXiv*. https://doi.org/10.5555/preprint.77
    ```
    ```json
    [{"DOI": "10.5555/preprint.77", "type": "posted-content", "subtype": "preprint",
      "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "posted": {"date-parts": [[2019]]}, "issued": {"date-parts": [[2019]]},
      "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/soils.12.1", "asserted-by": "subject"}]}}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *EarthArXiv*. https://doi.org/10.5555/preprint.77
    ```
    ```json
    [{"DOI": "10.5555/preprint.77", "type": "posted-content", "subtype": "preprint",
      "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "posted": {"date-parts": [[2019]]}, "issued": {"date-parts": [[2019]]}}]
    ```

    What to do:
    Cite the published version, unless the preprint itself is meant.

    Limits:
    Only where the preprint's record names the published version.
    """
    for lookup in audit.lookups:
        record = lookup.record
        if record is None:
            continue
        published = version_of_record(record)
        reference = audit.reference[lookup.reference]
        if not published or published in reference.text.lower():
            continue
        yield Hit(
            message=f"{wording.entry(reference)}: this preprint has been published: https://doi.org/{published}.",
            references=(lookup.reference,),
            evidence=(
                Evidence(
                    field="version",
                    cited=record.doi,
                    registered=published,
                    source=record.source,
                    url=f"https://doi.org/{published}",
                ),
            ),
            advice=f"Cite https://doi.org/{published} unless the preprint itself is meant.",
        )


RULES = (retracted_work, expression_of_concern, corrected_work, superseded_preprint)
