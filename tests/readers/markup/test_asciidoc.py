"""AsciiDoc: keys of its extensions, bibliography sections, what is code, parts and bibliographies."""

from pathlib import Path

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import MarkKind
from refaudit.readers.project_files import Files
from tests.readers.show import cited, document, project, source_of

BIB = "@book{a, title={A}}@book{b, title={B}}@book{nist:180, title={C}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain cite:[a].", ("cite:[a]", [("a", "", "")])),
        ("Rain cite:[a,nist:180].", ("cite:[a,nist:180]", [("a", "", ""), ("nist:180", "", "")])),
        ("Rain cite:[a(3, 5), see b].", ("cite:[a(3, 5), see b]", [("a", "", "3, 5"), ("b", "see", "")])),
        ("Rain cite:See[a(59)].", ("cite:See[a(59)]", [("a", "See", "59")])),
        ("Rain citenp:[a].", ("citenp:[a]", [("a", "", "")])),
        ("Rain citep:[a, page=3]+[b].", ("citep:[a, page=3]+[b]", [("a", "", ""), ("b", "", "")])),
        ("*Bold fullcite:[a]*", ("fullcite:[a]", [("a", "", "")])),
        ("== On cite:[a]", ("cite:[a]", [("a", "", "")])),
        (".Title of cite:[a]\nimage::x.png[]", ("cite:[a]", [("a", "", "")])),
        ("* Item\n  goes on cite:[a]", ("cite:[a]", [("a", "", "")])),
        ("[quote]\n____\nRain cite:[a]\n____", ("cite:[a]", [("a", "", "")])),
        ("|===\n|x |cite:[a]\n|===", ("cite:[a]", [("a", "", "")])),
        ("Text.footnote:[As cite:[a] says.]", ("cite:[a]", [("a", "", "")])),
        ("[NOTE]\n====\ncite:[a]\n====", ("cite:[a]", [("a", "", "")])),
    ],
)
def test_what_cites(text: str, expected: tuple[str, list[tuple[str, str, str]]]):
    read = document(text, "a.adoc")
    assert all(source_of(read, item.span.start, item.span.end) == item.key for one in read.citations for item in one.items)
    assert [(one.text, [(item.key, item.prefix, item.locator) for item in one.items]) for one in read.citations] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "----\ncite:[a]\n----", "....\ncite:[a]\n....", "////\ncite:[a]\n////", "```ruby\ncite:[a]\n```", "++++\ncite:[a]\n++++", "// cite:[a]",
        "[source,c]\ncite:[a]\nand cite:[b]", "[source]\n--\ncite:[a]\n\ncite:[b]\n--", " set in cite:[a]", "`cite:[a]`", "``cite:[a]``", "+cite:[a]+",
        "stem:[cite:[a]]", "x/cite:[a]", "recite:[a]", ":name: cite:[a]", "See <<a>> and <<_a_heading>> and xref:other.adoc#a[there].",
    ],
)  # fmt: skip
def test_what_does_not_cite(text: str):
    assert cited(document(f"Text.\n\n{text}\n\nEnd.", "a.adoc")) == []


def test_the_text_without_markup():
    read = document(
        "= Rain\nA. Moren\n:soil: clay loam\n\n[#first]\n== First\n\nSoils of {soil} *lose* `n` of https://x.org[water]^2^.footnote:[A\nnote.]\n\n"
        "Old heading\n-----------\n\n. One\n+\nmore\n. Two\n\n|===\n|a |b\n\n|c |d\n|===\n\n'''\n",
        "a.adoc",
    )
    assert [(block.kind.value, block.level, read.text[block.span.start : block.span.end]) for block in read.blocks] == [
        ("heading", 1, "Rain"),
        ("paragraph", 0, "A. Moren"),
        ("heading", 2, "First"),
        ("paragraph", 0, "Soils of clay loam lose `n` of water2."),
        ("code", 0, "`n`"),
        ("footnote", 0, "A note."),
        ("heading", 2, "Old heading"),
        ("item", 0, "One"),
        ("paragraph", 0, "more"),
        ("item", 0, "Two"),
        ("table", 0, "|a |b"),
        ("table", 0, "|c |d"),
        ("paragraph", 0, "'''"),
    ]
    assert [(mark.kind, read.text[mark.span.start : mark.span.end]) for mark in read.marks] == [
        (MarkKind.LINK, "water"),
        (MarkKind.SUPERSCRIPT, "2"),
    ]
    at = read.text.index("clay")
    assert source_of(read, at, at + 9) == "{soil}"


def test_a_section_of_entries_and_what_leads_to_them():
    """Of what leads nowhere, only what looks like the keys of the list may be an entry that is missing."""
    read = document(
        "[[intro]]\n== Intro\nRain <<moren2019>>, <<lee2020,Lee>>; <<intro>>, <<sec-two>>, <<lost2018>>, <<b12>>.\n\n[bibliography]\n== References\n\n"
        "* [[[moren2019]]] Moren, A. (2019). _Rain_.\n  Soils Press.\n* [[[lee2020,7]]] Lee, B. (2020). Crusts.\n\nBehind.\n",
        "a.adoc",
    )
    assert cited(read) == [("<<moren2019>>", ["moren2019"]), ("<<lee2020,Lee>>", ["lee2020"]), ("<<lost2018>>", ["lost2018"])]
    assert [(one.key, one.label, one.raw) for one in read.references] == [
        ("moren2019", None, "Moren, A. (2019). Rain. Soils Press."),
        ("lee2020", "7", "Lee, B. (2020). Crusts."),
    ]
    assert read.list_given


@pytest.mark.parametrize(
    "named",
    [":bibtex-file: r.bib", ":bibliography-database: r.bib", ":here: r\n:bibtex-file: {here}.bib", "bibliography::r.bib[]", ""],
)
def test_bibliographies_however_they_are_named(tmp_path: Path, named: str):
    read = project(
        tmp_path, "a.adoc", a_dot_adoc=f"= T\n{named}\n\nRain cite:[a] and cite:[gone].\n\nbibliography::[]\n", r_dot_bib=BIB
    )
    assert [keys for _, keys in cited(read)] == [["a"], ["gone"]]
    assert ([one.key for one in read.references], read.list_given, read.problems) == (["a", "b", "nist:180"], True, ())


def test_parts_and_their_places(tmp_path: Path):
    read = project(
        tmp_path,
        "a.adoc",
        a_dot_adoc="= T\n:bibtex-file: r.bib\n:dir: c\n\ncite:[a]\n\ninclude::{dir}/one.adoc[leveloffset=+1]\n\ninclude::code.py[]\n\ncite:[b]\n",
        c__one_dot_adoc="= One\n\nText cite:[b]\n",
        code_dot_py="cite:[no]",
        r_dot_bib=BIB,
    )
    assert cited(read) == [("cite:[a]", ["a"]), ("cite:[b]", ["b"]), ("cite:[b]", ["b"])]
    places = [read.locate(one.span) for one in read.citations]
    assert [(Path(one.path).name, one.line, one.column) for one in places] == [
        ("a.adoc", 5, 1),
        ("one.adoc", 3, 6),
        ("a.adoc", 11, 1),
    ]


def test_an_archive_of_a_project():
    read = document("cite:[a]\n:bibtex-file: r.bib\n", "a.adoc", Files(members={"r.bib": BIB.encode()}))
    assert [one.key for one in read.references] == ["a", "b", "nist:180"]


def test_a_part_of_a_work_that_was_not_given_is_not_asked_for_a_list():
    part, work = (
        document("== Soils\n\nRain cite:[a], cite:[b], cite:[c].\n", "a.adoc"),
        document("= Soils\n\nRain cite:[a].\n", "a.adoc"),
    )
    assert (part.is_part, work.is_part) == (True, False)
    report = audit_file("a.adoc", b"== Soils\n\nRain cite:[a], cite:[b], cite:[c].\n", Config())
    assert [one.code for one in report.findings if one.confidence >= 0.5] == []
    report = audit_file("a.adoc", b"= Soils\n\nRain cite:[a], cite:[b], cite:[c].\n", Config())
    assert [one.code for one in report.findings if one.confidence >= 0.5] == ["LNK002"]
