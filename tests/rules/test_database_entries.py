"""Entries of databases are judged by their decoded, printed fields, never by their source."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.readers.project_files import Files
from refaudit.rules import RULES


def findings(name: str, text: str, beside: Mapping[str, str] | None = None) -> list[tuple[str, str, str]]:
    """Code, message and source text of the place of all findings."""
    members = {name: text.encode(), **{other: content.encode() for other, content in (beside or {}).items()}}
    report = audit_file(name, text.encode(), Config(min_confidence=0.5), files=Files(members=members))
    sources = {key: value.decode() for key, value in members.items()}
    return [(f.code, f.message, sources[f.location.path][f.location.start : f.location.end]) for f in report.findings]


@pytest.mark.parametrize(
    "entry",
    [
        r"@article{k, author = {L{\"o}wen, \"Ubel}, title = {Regen {\"u}ber B\"aumen}, journal = {Boden}, year = 2001, volume = 2}",
        "@article{k, author = {Lund, A}, title = {Rain}, journal = {Soil}, year = 2001, volume = 2, abstract = {i) bare [ ground)}}",
        "@article{k, author = {Lund, A}, title = {Rain}, journal = {Soil}, year = 2001, volume = 2, keywords = {a (b}, annote = {)}}",
        "@article{k, author = {Lund, A}, title = {Rain}, journal = {Soil}, year = 2001, volume = 2, file = {C:/(x.pdf;a].html}}",
        "@inproceedings{k, author = {Lund, A}, title = {Rain}, booktitle = {9th {SOIL}, {(S-9} 2004)}, year = 2004}",
        "@article{k, author = {Lund, A}, title = {Rain {$[$}Fe/H{$]$} in $[0,1)$ and (0, 1]}, journal = {Soil}, year = 2001, volume = 2}",
        "@book{k, author = {Lund, A}, title = {Missing data in rain}, publisher = {The Author(s)}, year = 2001}",
        "@book{k, author = {Lund, A}, title = {{Complete} {Volume}}, publisher = {Field}, year = 2001, note = {{DOI:} 10.5555/a}}",
        "@book{k, author = {Lund, A}, title = {Rain}, publisher = {F}, year = 2001, annotation = {A \\texttt{volume} {Year} {DOI}}}",
        "@article{k, author = {Lund, A}, title = {Rain}, journal = {Soil}, year = 2001, volume = 2, location-id = {10.5555/x [doi]}}",
        "@article{k, author = {Lund, A}, title = {Rain}, journal = {\\apj}, year = 2001, volume = 2}",
        "@misc{k, title = {See Supplemental Material at [URL to be inserted by publisher] for rain}}",
        "@article{k, author = {Lund, A}, title = {Rain}, journal = {Soil}, year = 2001, volume = {XXX}}",
        "@book{k, author = {Lund, A}, title = {Rain}, publisher = {F}, year = 2001, note = {"
        + "My thoughts on it (so far. " * 9
        + "}}",
    ],
)
def test_nothing_is_told_of_the_source(entry: str) -> None:
    assert findings("r.bib", entry) == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            "@book{k, author = {Lund, A}, title = {Rain (and its {C}rusts}, publisher = {Field}, year = 2001}",
            ("REF005", "'k': the bracket “(” has no partner.", "("),
        ),
        (
            "@book{k, author = {Lund, A and Inc.), Field}, title = {Rain}, publisher = {Field}, year = 2001}",
            ("REF005", "'k': the bracket “)” has no partner.", ")"),
        ),
        (
            "@book{k, author = {Lund, A}, title = {Rain}, publisher = {Field}, year = 2001, note = {[Accessed 3 May}}",
            ("REF005", "'k': the bracket “[” has no partner.", "["),
        ),
        (
            "@book{k, author = {Lund, A}, title = {[Title of book]}, publisher = {Field}, year = 2001}",
            ("REF002", "'k' is not finished: “[Title of book]” asks for a value that is not there.", "[Title of book]"),
        ),
        (
            "@article{k, author = {Lund, A}, title = {Rain}, journal = {TODO}, year = 2001, volume = 2}",
            ("REF002", "'k' is not finished: “TODO” stands where a value belongs.", "TODO"),
        ),
        (
            "@article{k, author = {Author, First and Author, Second}, title = {Rain}, journal = {S}, year = 2001, volume = 2}",
            ("REF002", "'k' is not finished: “Author” is the sample author of a style guide.", "Author"),
        ),
        (
            "@article{k2001, author = {Lund, A}, title = {Rain}, journal = {Soil}, volume = 2, date-added = {2001-02-03}}",
            ("REF001", "'k2001' lacks the year.", None),
        ),
        (
            "@article{k, author = {Lund, A}, title = {Rain}, volume = 2, pages = {1--9}, year = 2001}",
            ("REF001", "'k' lacks the journal.", None),
        ),
    ],
)
def test_what_is_printed_is_told_with_its_place(entry: str, expected: tuple[str, str, str | None]) -> None:
    code, message, place = expected
    assert findings("r.bib", entry) == [(code, message, entry if place is None else place)]


def test_records_of_other_databases_are_judged_alike() -> None:
    """The braces of JSON and the tags of RIS are no text."""
    csl = '[{"id": "k", "type": "book", "title": "Rain (and crusts", "author": [{"family": "Lund"}], "issued": {"date-parts": [[2001]]}}]'
    assert [found[:2] for found in findings("r.json", csl)] == [("REF005", "'k': the bracket “(” has no partner.")]
    ris = "TY  - BOOK\nID  - k\nAU  - Lund, A\nTI  - Rain\nPY  - 2001\nN2  - An abstract (cut\nER  - \n"
    assert findings("r.ris", ris) == []


def test_the_order_of_a_database_is_nobodys_list() -> None:
    kinds = ("article", "article", "book", "article", "article", "book", "article", "article")
    entries = "\n".join(
        f"@{kind}{{k{n}, author = {{{name}}}, title = {{Rain {n} {name}}}, journal = {{S}}, publisher = {{P}}, year = 2001, volume = {n}}}"
        for n, (kind, name) in enumerate(zip(kinds, "Alt Bor Cruz Dur Egea Faro Gil Hurt".split(), strict=True))
    )
    assert findings("r.bib", entries) == []
    assert "REF008" in {rule.code for rule in RULES}
