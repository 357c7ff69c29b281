"""Wikitext: notes, entries in templates, short notes by their anchors, what is left out."""

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from tests.counting import grows_linearly
from tests.readers.show import cited, document, fields

PAGE = """== Rain ==
Rain ''falls''<ref name="m">{{cite journal |last=Moren |first=Ann |date=12 May 2019 |title=Rain on [[soil|ground]] |journal=Soils |volume=3 |pages=1–9}}</ref> on
[[Soil|soils]].{{sfn|Lee|Vega|2020|p=4}} Again<ref name=m /> and a note.<ref>As {{harvnb|Lee|Vega|2020}} say.</ref><!-- {{sfn|No|2000}} -->
<nowiki>{{sfn|No|2001}}</nowiki> {{quote|Words {{sfn|Gone|1999}}}}

== Sources ==
* {{cite book |last1=Lee |first1=Bo |last2=Vega |first2=Eva |year=2020 |title=Crusts |publisher=Soils Press}}
* {{cite book |last=Abel |year=2001 |title=Unread |publisher=Soils Press}}
"""


def test_notes_entries_and_short_notes():
    read = document(PAGE, "a.wiki")
    assert cited(read) == [
        ("<ref", ["ref:m"]),
        ("{{sfn|Lee|Vega|2020|p=4}}", ["CITEREFLeeVega2020"]),
        ("<ref", ["ref:m"]),
        ("{{sfn|Gone|1999}}", ["CITEREFGone1999"]),
        ("{{harvnb|Lee|Vega|2020}}", ["CITEREFLeeVega2020"]),
    ]
    assert [one.items[0].locator for one in read.citations] == ["", "4", "", "", ""]
    assert [(one.key, one.aliases) for one in read.references] == [
        ("ref:m", ("CITEREFMoren2019",)), ("CITEREFLeeVega2020", ()), ("CITEREFAbel2001", ()),
    ]  # fmt: skip
    assert fields(read.references[0]) == {
        "key": "ref:m", "type": "article-journal", "title": "Rain on ground", "container": "Soils", "volume": "3", "pages": "1–9",
        "year": "2019", "authors": ["Moren, Ann"],
    }  # fmt: skip
    assert [(block.kind.value, read.text[block.span.start : block.span.end]) for block in read.blocks][:2] == [
        ("heading", "Rain"), ("paragraph", "Rain falls<ref on soils.{{sfn|Lee|Vega|2020|p=4}} Again<ref and a note. {{sfn|Gone|1999}}"),
    ]  # fmt: skip
    place = read.locate(read.references[1].span)
    assert (read.list_given, place.line, place.column) == (True, 7, 3)


def test_the_audit_names_the_missing_anchor():
    report = audit_file("a.wiki", PAGE.encode(), Config())
    assert [(one.code, one.location.line) for one in report.findings if one.confidence >= 0.5] == [("LNK001", 4)]


def test_nothing_is_missing_where_a_list_holds_templates_that_are_not_understood():
    read = document(
        "Rain.{{sfn|Lee|2020}}\n\n* {{cite book|last=Abel|year=2001|title=T}}\n* {{own source|title=Crusts}}\n", "a.wiki"
    )
    assert read.list_given is False


@pytest.mark.parametrize(
    "piece",
    [
        "{{",
        "}}",
        "{{a|",
        "<ref>",
        "<ref name=a />",
        "[[",
        "==",
        "* a\n",
        "<!--",
        "''",
        "{{sfn|a|2000}}",
        "{|",
        "<ref>{{cite book|title=a}}</ref>",
    ],
)
def test_reading_grows_with_the_length(piece: str):
    document("a " + piece * 3_000, "a.wiki")
    assert grows_linearly(lambda times: lambda: document("a " + piece * times, "a.wiki"), 60)
