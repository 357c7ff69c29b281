"""RET: what has happened to the cited work since: retraction, concern, correction, a published version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refaudit.model import Evidence, Level, Lookup, Reference, Update
from refaudit.resolve.editorial_status import CONCERN, CORRECTED, RETRACTED, unmarked, version_of_record
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import titles
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.text import fold

# An entry that says so itself, in the languages of the corpora; looked for outside the title of the work, which may hold such
# words by their own meaning.
_SAYS = {
    "retracted": re.compile(
        r"\b(?:retract(?:ed|ion)|withdrawn|withdrawal|retratad|retratacao|retractad|zuruckgezogen|retractat|ritrattat|retire de)"
    ),
    "concern": re.compile(r"\bexpression of concern|\bretract(?:ed|ion)"),
    "corrected": re.compile(r"\b(?:correct(?:ed|ion)|corrigend|errat(?:um|a)\b|addend|retract(?:ed|ion))"),
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
    updated = [
        (lookup, update) for lookup in audit.lookups if (update := next((u for u in lookup.updates if u.kind in kinds), None))
    ]
    listed = {identifier for reference in audit.references for identifier in Entry(reference).dois} if updated else set()
    for lookup, update in updated:
        reference = audit.reference[lookup.reference]
        entry = Entry(reference)
        if _SAYS[says].search(_outside_title(entry, lookup)):
            continue
        told = words.format(what=_WORDS.get(update.kind, update.kind), work=_work(update))
        beside = update.doi and update.doi in listed
        yield Hit(
            message=f"{wording.entry(reference)}: {told}{_details(update)}{_ABOUT[beside and update.doi in entry.dois] if beside else ''}.",
            references=(lookup.reference,),
            evidence=_evidence(lookup, reference, kinds),
            confidence=_KNOWN if beside and update.doi not in entry.dois else None,
            subject=f"{update.kind} {update.doi} {wording.entry(reference)}",
        )


# A list that holds the notice too shows that it is known: kept, and not shown.
_KNOWN = 0.45
_ABOUT = {True: "; the DOI printed is that of the notice", False: "; the notice stands in the list too"}


def _work(update: Update) -> str:
    return f"the published version of the cited work, https://doi.org/{update.of}," if update.of else "the cited work"


def _outside_title(entry: Entry, lookup: Lookup) -> str:
    """The folded entry without the titles of the work and its container, but with what marks a title: "RETRACTED: …", "… [Retracted]"."""
    text = fold(entry.reference.text)
    record = lookup.record
    known = [*titles(record), *record.containers] if record else []
    printed = re.split(r"[(\[][^()\[\]]{0,200}[)\]]", unmarked(entry.title))
    for title in sorted(filter(None, map(fold, (*known, *printed, entry.container))), key=len, reverse=True):
        text = text.replace(title, " ")
    return text


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
    Watch), from the record of a notice, or from a local list; of a preprint, also that of its published version. A later
    reinstatement clears it; the notice itself may be cited. An entry that says so ("[Retracted]") is passed over; a word of the
    title says nothing. Where the list holds the notice too, confidence is low.

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
    yield from _hits(audit, RETRACTED, "retracted", "{work} was {what}")


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
    yield from _hits(audit, CONCERN, "concern", "an expression of concern about {work} was published")


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
    yield from _hits(audit, CORRECTED, "corrected", "a correction to {work} was published")


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
    Only where the record of one of the two names the other, and, where that is the article's, only in a local copy of the
    registry or when the article was among the answers of the run.
    """
    for lookup in audit.lookups:
        record = lookup.record
        if record is None:
            continue
        published = version_of_record(record)
        reference = audit.reference[lookup.reference]
        withdrawn = any(update.of == published and update.kind in RETRACTED for update in lookup.updates)
        if not published or withdrawn or published in reference.text.lower():
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
