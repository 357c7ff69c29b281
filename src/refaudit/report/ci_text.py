"""What the formats of continuous integration share: the findings that count, most severe first, in words of one line."""

from __future__ import annotations

from refaudit.model import SEARCH, Evidence, Finding, Location, Report
from refaudit.report.escape import one_line, shorten
from refaudit.report.gravity import worst_first

_VALUE = 200


def by_severity(report: Report) -> list[Finding]:
    """The findings that are shown: errors before warnings before notes, the gravest of each first, otherwise in the order of the report."""
    return worst_first(report.findings)


def where(location: Location) -> str:
    """ "line 12", "page 3", "paragraph 7 (page 2) under “Methods”, “Rain loosens bare”", or "" """
    if location.line is not None:
        return f"line {location.line}"
    page = f"page {location.page}" if location.page is not None else ""
    if location.paragraph is not None:
        page = f"paragraph {location.paragraph}" + (f" ({page})" if page else "")
    return page + (f" {signposts(location)}" if page and signposts(location) else "")


def signposts(location: Location) -> str:
    """What to look for where lines cannot be counted: "under “Methods”, “Rain loosens bare”"."""
    heading = f"under “{one_line(location.heading)}”" if location.heading else ""
    words = f"“{one_line(location.words)}”" if location.words else ""
    return ", ".join(part for part in (heading, words) if part)


def proofs(finding: Finding) -> list[Evidence]:
    """The rows of evidence with two values; mere links to searches are for people with a browser."""
    return [row for row in finding.evidence if row.field != SEARCH]


def proof(row: Evidence) -> str:
    """One row of evidence as a phrase."""
    source = ", ".join(part for part in (one_line(row.source), one_line(row.url)) if part)
    text = f"{one_line(row.field)}: cited “{shorten(row.cited, _VALUE)}”, registered “{shorten(row.registered, _VALUE)}”"
    return text + (f" ({source})" if source else "")


def message(finding: Finding) -> str:
    """The message; for a place that is not a line it says the place first, since only lines can be shown by the services."""
    text = one_line(finding.message)
    place = where(finding.location)
    return text if finding.location.line is not None or not place else f"{place[:1].upper()}{place[1:]}: {text}"
