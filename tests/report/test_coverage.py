"""The line of coverage: every reference in one count, in words."""

from __future__ import annotations

from refaudit.model import (
    Candidate,
    FileReport,
    Lookup,
    LookupStatus,
    Page,
    PageStatus,
    Record,
    Reference,
    Said,
    SourceAnswer,
    Span,
)
from refaudit.report.coverage import coverage, line
from refaudit.report.lookups import explained


def lookup(status, source="", page=None, answers=()):
    candidates = (Candidate(record=Record(source=source, url="https://example.org/w"), score=1.0),) if source else ()
    shown = Page(url="https://example.org/p", status=page) if page else None
    return Lookup(reference="r1", status=status, candidates=candidates, page=shown, answers=tuple(answers))


def answer(source, said, detail=""):
    return SourceAnswer(source=source, by="search", said=said, detail=detail)


NONE = (
    answer("Crossref", Said.NO_RECORD),
    answer("OpenAlex", Said.NO_RECORD),
    answer("DBLP", Said.NOT_ASKED, "a page for persons"),
)


def test_each_reference_is_in_one_count():
    known = coverage(
        [
            lookup(LookupStatus.FOUND, "Crossref"),
            lookup(LookupStatus.FOUND, "OpenAlex"),
            lookup(LookupStatus.FOUND, "OpenAlex"),
            lookup(LookupStatus.NOT_COVERED, page=PageStatus.ALIVE),
            lookup(LookupStatus.NOT_COVERED, page=PageStatus.MOVED),
            lookup(LookupStatus.NOT_FOUND, page=PageStatus.GONE),
            lookup(LookupStatus.NOT_FOUND, answers=NONE),
            lookup(LookupStatus.AMBIGUOUS),
            lookup(LookupStatus.NOT_COVERED, page=PageStatus.REFUSED),
            lookup(LookupStatus.UNAVAILABLE),
            lookup(LookupStatus.OFF),
        ]
    )
    assert line(known) == (
        "11 references: 3 found (OpenAlex 2, Crossref 1), 1 with several records that fit, 2 pages alive, 1 page gone, "
        "1 without a record in 2 sources that list such works, 1 of a kind that the sources do not list, "
        "1 nobody could be asked about, 1 not looked up; 8 of 11 with a verdict"
    )
    assert (known.verdicts, round(known.share, 3)) == (8, 0.727)


def test_where_nobody_was_asked_there_is_no_coverage():
    assert coverage([lookup(LookupStatus.OFF)]) is None
    assert coverage([]) is None


def test_lookups_are_explained_without_raw_text():
    reference = Reference(id="r1", span=Span(0, 9), raw="Lopez\x1b[2J, A. Rain", label="[1]")
    file = FileReport(path="a.md", references=(reference,), lookups=(lookup(LookupStatus.NOT_FOUND, answers=NONE),))
    told = list(explained(file))
    assert told[1:] == [
        "    Crossref, by search: no record",
        "    OpenAlex, by search: no record",
        "    DBLP, by search: no answer (a page for persons)",
    ]
    assert told[0].startswith("[1] Lopez") and "\x1b" not in told[0] and told[0].endswith(": no record")
