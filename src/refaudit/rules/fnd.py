"""FND: is there a record of the work at all?"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from refaudit.model import SEARCH, Candidate, Evidence, Level, Lookup, LookupStatus
from refaudit.resolve.match.compare import names_text
from refaudit.resolve.match.coverage import chance
from refaudit.resolve.match.decide import has_title
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import has_name, people
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.rules.records import described, evidence

# Where people look for a work by its title.
_SEARCHES = (
    ("Crossref", "https://search.crossref.org/search/works?q="),
    ("OpenAlex", "https://openalex.org/works?search="),
    ("Google Scholar", "https://scholar.google.com/scholar?q="),
    ("WorldCat", "https://search.worldcat.org/search?q="),
)
# How sure a finding is where the printed title is registered with other authors in another place.
_SAME_TITLE = 0.6
# Share of the points a match needs above which an unmatched record is so near that "nothing matches" would be too much to say.
_NEAR = 0.45


def _coverage(lookup: Lookup) -> str:
    return " and ".join(lookup.asked) or "the registry"


@rule("FND051", "no-record-found", Level.WARNING, confidence=0.7)
def no_record_found(audit: Audit) -> Iterator[Hit]:
    """Nothing in the registries asked matches the entry.

    What it finds:
    An article in a journal for which a search with the whole entry gave no record that fits, in registries that answered and
    that say they are complete. The message names them, says where they are known to have the journal of that time, and names
    the nearest record. The JSON and HTML reports lead to searches by title.

    Why it matters:
    A reader may be unable to find the work; a detail in the entry may be wrong, or the work is not registered.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and what it does to crusts. *Journal of Soils*, 12(3), 1-9.
    ```
    ```json
    [{"DOI": "10.5555/bees.7.44", "type": "journal-article", "title": ["Flight distances of solitary bees in orchards"],
      "author": [{"family": "Okafor", "given": "Ngozi"}], "issued": {"date-parts": [[2011]]},
      "container-title": ["Apidology Today"], "volume": "7", "page": "44-52"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019; Vega 2018).

    References

    Lopez, A. (2019). Rain on bare ground and what it does to crusts. *Journal of Soils*, 12(3), 1-9.
    Vega, B. (2018). *Crusts and their makers*. Madrid: Arena.
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and what it does to crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "issue": "3", "page": "1-9"}]
    ```

    What to do:
    Check the entry against the work itself; correct it, or leave it where the work is simply not registered.

    Limits:
    The finding says that no record was found, not that there is no such work. Of 566 references that people found to have no
    record, 5 in 100 get this finding; of articles made up of pieces of other works, 9 in 10. Kept below the line are entries in
    other languages, without a title, of meetings, and, in journals that the registry is not known to have, those before 1991 and
    those before 2000 that lack issue or pages. Series
    that register nothing (NeurIPS, ICML, JMLR, USENIX and others), laws, patents, standards, newspapers, reports and theses are
    "not covered"; but where a work with the printed title, long and of about that year, is registered by other people, that is told.
    """
    for lookup in audit.lookups:
        if lookup.status is not LookupStatus.NOT_FOUND:
            continue
        reference = audit.reference[lookup.reference]
        entry = Entry(reference)
        near = lookup.candidates[0] if lookup.candidates else None
        confidence = chance(entry, lookup.journal)
        titled = near is not None and has_title(entry, near.record)
        if near and titled:
            confidence = max(confidence, _SAME_TITLE)
        elif near and near.score >= _NEAR:
            confidence = min(confidence, 0.45)
        knows = f", which has “{lookup.journal}” of that time" if lookup.journal else ""
        yield Hit(
            message=f"{wording.entry(reference)}: no record that matches this entry was found ({_coverage(lookup)} asked{knows})."
            + (_nearest(entry, near, titled=titled) if near else ""),
            references=(lookup.reference,),
            evidence=(*_evidence(entry, near), *_searches(entry)),
            confidence=confidence,
        )


def _nearest(entry: Entry, near: Candidate, *, titled: bool) -> str:
    """In words the nearest record: one of this title by others, or by these authors under another title."""
    if titled:
        return f" {near.record.url} has this title: {described(near.record)}."
    names = people(near.record)
    if near.score >= 0.2 and names and has_name(entry, names[0]):
        return f" The nearest record is {near.record.url}: {described(near.record)}."
    return ""


def _evidence(entry: Entry, near: Candidate | None) -> tuple[Evidence, ...]:
    if near is None or not (near.score >= 0.2 or has_title(entry, near.record)):
        return ()
    printed = entry.title or wording.quote(entry.reference.text, 160)
    return (evidence(near.record, "nearest record", printed, described(near.record)),)


def _searches(entry: Entry) -> tuple[Evidence, ...]:
    """Where a person can look for the title; rows of links, without values to compare."""
    if not entry.title:
        return ()
    query = quote(entry.title[:300])
    return tuple(
        Evidence(field=SEARCH, cited=entry.title, registered="", source=name, url=url + query) for name, url in _SEARCHES
    )


@rule("FND052", "several-records", Level.NOTE, confidence=0.75)
def several_records(audit: Audit) -> Iterator[Hit]:
    """Several records fit the entry equally well.

    What it finds:
    Two or more registered works, not versions of one another, fit what the entry prints.

    Why it matters:
    The reader cannot tell which one is meant, and nothing more can be checked.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Notes on rain and bare ground. *Journal of Soils*, 12.
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Notes on rain and bare ground"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"},
     {"DOI": "10.5555/soils.12.88", "type": "journal-article", "title": ["Notes on rain and bare ground"],
      "author": [{"family": "Lopez", "given": "Aurelio"}, {"family": "Sand", "given": "P."}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "88-93"}]
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Notes on rain and bare ground. *Journal of Soils*, 12, 88-93.
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Notes on rain and bare ground"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"},
     {"DOI": "10.5555/soils.12.88", "type": "journal-article", "title": ["Notes on rain and bare ground"],
      "author": [{"family": "Lopez", "given": "Aurelio"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "88-93"}]
    ```

    What to do:
    Add what tells them apart: the pages, the volume or the DOI.

    Limits:
    A work registered twice by mistake shows here too, where its two records differ.
    """
    for lookup in audit.lookups:
        if lookup.status is not LookupStatus.AMBIGUOUS:
            continue
        reference = audit.reference[lookup.reference]
        dois = wording.listing([candidate.record.url for candidate in lookup.candidates])
        yield Hit(
            message=f"{wording.entry(reference)}: {len(lookup.candidates)} registered works fit equally well: {dois}.",
            references=(lookup.reference,),
            evidence=tuple(
                evidence(
                    candidate.record,
                    "record",
                    entry_words(reference.text),
                    f"{described(candidate.record)}, {names_text(people(candidate.record), 1)}",
                )
                for candidate in lookup.candidates
            ),
        )


def entry_words(raw: str) -> str:
    """The beginning of an entry."""
    return raw if len(raw) <= 160 else raw[:157] + "…"


RULES = (no_record_found, several_records)
