"""Why a reference has the verdict that it has: who was asked for it, in which order, by what, and what each said."""

from __future__ import annotations

from collections.abc import Iterator

from refaudit.model import FileReport, Lookup, LookupStatus, Reference, Said
from refaudit.report.escape import one_line, shorten

_SAID = {
    Said.FOUND: "has it",
    Said.NO_RECORD: "no record",
    Said.ANOTHER_WORK: "another work",
    Said.UNREGISTERED: "no such DOI",
    Said.NOT_ASKED: "no answer",
}
_STATUS = {
    LookupStatus.FOUND: "found",
    LookupStatus.AMBIGUOUS: "several records fit",
    LookupStatus.NOT_FOUND: "no record",
    LookupStatus.NOT_COVERED: "not covered",
    LookupStatus.UNAVAILABLE: "no answer",
    LookupStatus.OFF: "not asked",
}


def explained(file: FileReport) -> Iterator[str]:
    """One line a reference, and one for each source that was asked for it, in that order."""
    lookups = {lookup.reference: lookup for lookup in file.lookups}
    for reference in file.references:
        lookup = lookups.get(reference.id)
        if lookup:
            yield _verdict(reference, lookup)
            for one in lookup.answers:
                why = f" ({one_line(one.detail)})" if one.detail else ""
                yield f"    {one_line(one.source)}, by {one_line(one.by)}: {_SAID[one.said]}{why}"
            if lookup.page:
                detail = f" ({one_line(lookup.page.detail)})" if lookup.page.detail else ""
                yield f"    {one_line(lookup.page.url)}: page {lookup.page.status.value}{detail}"


def _verdict(reference: Reference, lookup: Lookup) -> str:
    name = one_line(reference.label or reference.key or reference.id)
    record = f" {one_line(lookup.record.url)} ({one_line(lookup.record.source)})" if lookup.record else ""
    why = f" ({one_line(lookup.detail)})" if lookup.detail else ""
    return f"{name} {shorten(reference.text, 60)}: {_STATUS[lookup.status]}{record}{why}"
