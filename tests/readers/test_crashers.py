"""Files that once ended in a traceback, a hang or a heap of memory: as small as they can be, each with what holds now."""

import io
import re
import zipfile

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.errors import InputError
from refaudit.readers import read
from refaudit.readers.pdf import layout as layout_
from refaudit.readers.pdf import reader
from refaudit.text import whole
from tests.counting import steps
from tests.readers.show import cited, document, zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DEEP = 60


def word(body: str, **parts: str) -> bytes:
    parts["word__document_dot_xml"] = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped(**{"[Content_Types]_dot_xml": "<Types/>"}, **parts)


def opened(body: str, styles: str = "") -> bytes:
    return zipped(
        mimetype="application/vnd.oasis.opendocument.text",
        content_dot_xml='<o:document-content xmlns:o="o" xmlns:t="t" xmlns:d="d" xmlns:s="s"><o:automatic-styles>'
        f"{styles}</o:automatic-styles><o:body><o:text>{body}</o:text></o:body></o:document-content>",
    )


# ------------------------------------------------------------------ XML that only a recovering parser reads


@pytest.mark.parametrize(
    ("reference", "read_as"),
    [
        ("&#xD800;", "\ufffd"),
        ("&#xdfff", "\ufffd"),
        ("&#55296;", "\ufffd"),
        ("&#57343;", "\ufffd"),
        ("&#xD7FF;", "\ud7ff"),
        ("&#57344;", "\ue000"),
        ("&#55295;", "\ud7ff"),
        ("&#x1D800;", "\U0001d800"),
    ],
)
def test_a_reference_to_half_a_character_is_one_that_cannot_be_read(reference: str, read_as: str):
    broken = "<w:p><w:r><w:t>&nowhere;</w:t></w:r></w:p>"  # so that the strict parser gives up in any case
    paper = word(f"<w:p><w:r><w:t>Loam {reference} silt</w:t></w:r></w:p>{broken}")
    assert read("a.docx", paper).text.strip() == f"Loam {read_as} silt"


def test_in_an_encoding_of_two_bytes_too():
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>Loam &#xD800; silt</w:t></w:r></w:p></w:body></w:document>"
    paper = zipped(**{"[Content_Types]_dot_xml": "<Types/>"}, word__document_dot_xml=body)
    with zipfile.ZipFile(io.BytesIO(paper)) as one:
        types = one.read("[Content_Types].xml")
    wide = io.BytesIO()
    with zipfile.ZipFile(wide, "w") as two:
        two.writestr("[Content_Types].xml", types)
        two.writestr("word/document.xml", body.encode("utf-16"))
    with pytest.raises(InputError) as refused:
        read("a.docx", wide.getvalue())
    assert str(refused.value) == "a.docx, line 1: is not readable as XML (xmlParseCharRef: invalid xmlChar value 55296)"


def test_a_refusal_is_one_line_whatever_the_parser_says():
    with pytest.raises(InputError) as refused:
        read("a.docx", zipped(**{"[Content_Types]_dot_xml": "<Types/>"}, word__document_dot_xml="<a>\x00</a>"))
    reason = "Invalid character: Char 0x0 out of allowed range"
    assert str(refused.value) == f"a.docx, line 1: is not readable as XML ({reason})"


# ------------------------------------------------------------------ numbers that are none


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("٣", 3), ("999999999", 999999999), ("", None), ("²", None), ("①", None), ("1" * 5000, None), ("-1", None), (" 1", None)],
)  # fmt: skip
def test_whole_numbers(text: str, number: int | None):
    assert whole(text) == number


@pytest.mark.parametrize("label", ["²", "9" * 5000, "①", "½"])
def test_a_label_that_looks_like_a_number(label: str):
    source = (
        '<article><front/><body><p>Known [1], [<xref ref-type="bibr" rid="B1">1</xref>].</p></body><back><ref-list>'
        f'<ref id="B1"><label>{label}</label><mixed-citation>Eck P. Sand, 2016.</mixed-citation></ref>'
        f'<ref id="B2"><label>{label}</label><mixed-citation>Dorn E. Mud, 2018.</mixed-citation></ref></ref-list></back></article>'
    )
    report = audit_file("a.xml", source.encode(), Config())
    assert report.error is None
    assert [one.label for one in report.references] == [label, label]


@pytest.mark.parametrize("value", ["²", "9" * 5000])
def test_numbers_of_word_lists_and_headings(value: str):
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{value}"/><w:lvl w:ilvl="0"><w:start w:val="{value}"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/>'
        "</w:num></w:numbering>"
    )
    body = (
        f'<w:p><w:pPr><w:outlineLvl w:val="{value}"/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>'
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>Two</w:t></w:r></w:p>'
    )
    assert read("a.docx", word(body, word__numbering_dot_xml=numbering)).text == "One\n\n[1] Two"


@pytest.mark.parametrize("value", ["²", "9" * 5000])
def test_numbers_of_opendocument_and_html_lists(value: str):
    styles = (
        f'<t:list-style s:name="L"><t:list-level-style-number t:level="{value}" s:num-format="1"/>'
        f'<t:list-level-style-number t:level="1" s:num-format="1" s:num-suffix="." t:start-value="{value}"/></t:list-style>'
    )
    body = (
        f'<t:h t:outline-level="{value}">One</t:h><t:p>a<t:s t:c="{value}"/>b</t:p>'
        f'<t:list t:style-name="L"><t:list-item t:start-value="{value}"><t:p>Two</t:p></t:list-item></t:list>'
    )
    assert read("a.odt", opened(body, styles)).text == "One\n\na b\n\n1. Two"
    page = f'<html><body><ol start="{value}"><li value="{value}">Two</ol></body></html>'
    assert read("a.html", page.encode()).text.strip() == "1. Two"


@pytest.mark.parametrize("month", ["²", "0001" + "0" * 5000, "13", "00"])
def test_months_that_are_none(month: str):
    year = document(f"@article{{a, year = 2018, month = {{{month}}}}}", "a.bib").references[0].year
    assert year is not None
    assert year.value is not None
    assert (year.value.number, year.value.month) == (2018, None)


# ------------------------------------------------------------------ geometry


def page(*runs: tuple[str, float, float, float, float, bool]) -> reader.Page:
    return reader.page({"size": [612.0, 792.0], "runs": [list(run) for run in runs]})


def test_characters_at_infinity_are_left_out():
    odd = [
        ("a", value, 10.0, 700.0, 9.0, False) for value in (float("inf"), float("-inf"), float("nan"), 1e308)
    ] + [("b", 72.0, 90.0, float("nan"), 9.0, False), ("c", 72.0, 90.0, 700.0, float("inf"), False)]  # fmt: skip
    good = ("Known (Abel, 2018).", 72.0, 200.0, 700.0, 10.0, False)
    assert layout_.document("a.pdf", [page(*odd, good)], ()).text == "Known (Abel, 2018)."
    assert reader.page({"size": [float("nan"), float("inf")], "runs": []}) == reader.Page(0.0, 0.0, ())


@pytest.mark.parametrize("number", ["²", "\x1f8", "①"])
def test_line_numbers_that_are_none(number: str):
    lines = [
        (f"Crusts form on bare ground after rain {index}", 90.0, 300.0, 700.0 - 12 * index, 10.0, False) for index in range(9)
    ]
    margin = [(number, 40.0, 45.0, 700.0 - 12 * index, 10.0, False) for index in range(9)]
    text = layout_.document("a.pdf", [page(*lines, *margin)], ()).text
    assert all(f"after rain {index}" in text for index in range(9))


# ------------------------------------------------------------------ nesting and reference to oneself


def quick(name: str, data: bytes) -> str:
    """The text of a file that must cost no more steps than an honest one of some pages, whatever repeats itself in it."""
    found: list[str] = []
    assert steps(lambda: found.append(read(name, data).text)) < 5_000_000
    return found[0]


def test_tables_in_tables_are_read_once():
    cell = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    opening, closing = f"<w:tbl><w:tr><w:tc>{cell}", "</w:tc></w:tr></w:tbl>"
    assert quick("a.docx", word(opening * DEEP + closing * DEEP)).count("a") == DEEP
    opening, closing = "<t:table><t:table-row><t:table-cell><t:p>a</t:p>", "</t:table-cell></t:table-row></t:table>"
    assert quick("a.odt", opened(opening * DEEP + closing * DEEP)).count("a") == DEEP
    opening, closing = "<table><tr><td>a", "</td></tr></table>"
    assert quick("a.xml", f"<article><front/><body>{opening * DEEP}{closing * DEEP}</body></article>".encode()).count("a") == DEEP


def test_notes_and_boxes_inside_themselves_are_read_once():
    opening, closing = "<t:note><t:note-body><t:p>a", "</t:p></t:note-body></t:note>"
    body = f"<t:p>{opening * DEEP}{closing * DEEP}</t:p>" + "<t:p>x</t:p>" * DEEP
    assert quick("a.odt", opened(body)).count("a") == DEEP
    opening, closing = "<d:frame><d:text-box><t:p>a", "</t:p></d:text-box></d:frame>"
    assert quick("a.odt", opened(f"<t:p>{opening * DEEP}{closing * DEEP}</t:p>")).count("a") == DEEP


def test_a_footnote_that_refers_to_itself():
    sign = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>See</w:t></w:r>{sign * 3}</w:p></w:footnote></w:footnotes>'
    body = f"<w:p><w:r><w:t>x</w:t></w:r>{sign}</w:p>" * 40
    assert quick("a.docx", word(body, word__footnotes_dot_xml=notes)).split() == ["x", "See", *["x"] * 39]


def test_a_list_number_as_long_as_a_book():
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{"%1" * 100_000}"/></w:lvl>'
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>"
    )
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    assert len(quick("a.docx", word(item * 1000, word__numbering_dot_xml=numbering))) < 200_000


# ------------------------------------------------------------------ YAML


@pytest.mark.parametrize(
    ("source", "format_", "expected"),
    [
        ("---\nreferences:\n- id: ", "csl-yaml", [(None, "id:")]),
        ("- id: a\n- id: b", "csl-yaml", [("a", "id: a"), ("b", "id: b")]),
        ("\ufeff- id: a", "csl-yaml", [("a", "id: a")]),
        ('- id: "a\x85b\u2028𝐀"\r\n  title: x\r\n- id: b', "csl-yaml", [("a b 𝐀", 'id: "a\x85b\u2028𝐀"\r\n  title: x'), ("b", "id: b")]),
        ("a:\n  type: book\n? [x, y]\n: type: book\n? {x: y}\n: type: book", "hayagriva", [("a", "a:\n  type: book")]),
        ("- id: 2018-13-45\n  volume: .nan\n  issue: 0o17\n", "csl-yaml", [("2018-13-45", "id: 2018-13-45\n  volume: .nan\n  issue: 0o17")]),
        ("- id: !!python/object/apply:os.system [x]\n", "csl-yaml", [("x", "id: !!python/object/apply:os.system [x]")]),
        ("- &a {id: x, author: *a}\n", "csl-yaml", [("x", "&a {id: x, author: *a}")]),
        ("a: &a\n  b: *a\n", "hayagriva", [("a", "a: &a\n  b: *a")]),
        ("&a [*a]", "csl-yaml", []),
        ("- [a]\n- null\n- 1\n", "csl-yaml", []),
    ],
)  # fmt: skip
def test_odd_yaml(source: str, format_: str, expected: list[tuple[str | None, str]]):
    found = document(source, "r.yaml", input_format=format_).references
    assert [(one.key, one.raw) for one in found] == expected


@pytest.mark.parametrize(
    "source",
    [
        "- &a {id: x, title: BIG}\n" + "- *a\n" * 5000,
        "- {id: x, title: &t BIG, author: [" + "*t, " * 5000 + "]}\n",
        "a: &a {type: book, title: BIG}\n" + "".join(f"b{number}: *a\n" for number in range(5000)),
        "a: &a {type: book, title: BIG}\n" + "".join(f"b{number}: {{<<: *a}}\n" for number in range(5000)),
    ],
)
def test_yaml_that_repeats_a_long_text_stays_small(source: str):
    found = document(source.replace("BIG", "x" * 100_000), "r.yaml").references
    assert 1 <= len(found) <= 5000
    fields = [one for entry in found for one in (entry.title, entry.authors) if one]
    assert len({id(one.raw) for one in fields}) < 2100
    assert sum(len(one.raw) for one in fields) < 220_000_000


# ------------------------------------------------------------------ bytes that are no text


@pytest.mark.parametrize("junk", [b"\xed\xa0\x80", b"\xff", b"\xc0\x80", b"\xf4\x90\x80\x80"])
@pytest.mark.parametrize("declared", [b"", b"<?xml version='1.0'?>", b"<?xml version='1.0' encoding='UTF-8'?>"])
def test_damaged_characters_in_containers(junk: bytes, declared: bytes):
    content = opened("<t:h>One</t:h><t:p t:x='JUNK'>aJUNKb</t:p>", "<s:style s:name='JUNK'/>")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inner = archive.read("content.xml")
    text = read("a.odt", zipped(mimetype="x", content_dot_xml=declared + inner.replace(b"JUNK", junk))).text
    assert re.fullmatch("One\n\na\ufffd{1,4}b", text)


# ------------------------------------------------------------------ names in messages


def test_a_chapter_that_cannot_be_read_is_named_with_its_book():
    book = zipped(
        mimetype="application/epub+zip",
        META_INF__x="",
        OPS__p_dot_opf='<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
        OPS__a_dot_xhtml=b"\xff\xfe\x00\xd8\x00",
        **{"META-INF__container_dot_xml": '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>'},
    )
    with pytest.raises(
        InputError, match=r"^book\.epub/OPS/a\.xhtml: begins as utf-16-le but cannot be decoded; save it as UTF-8$"
    ):
        read("book.epub", book)


def test_a_word_document_with_a_table_in_a_cell():
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>(Abel, 2018)</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    data = word(f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl><w:p><w:r><w:t>End.</w:t></w:r></w:p>")
    assert read("a.docx", data).text.split() == ["(Abel,", "2018)", "End."]
    assert cited(read("a.docx", data)) == []


# ------------------------------------------------------------------ archives and records in themselves


def test_an_archive_in_an_archive_is_not_opened():
    inner = zipped(main_dot_md="Known (Abel, 2018).")
    for _ in range(40):
        inner = zipped(main_dot_md=inner)
    with pytest.raises(InputError, match=r"^a\.zip: holds another archive as 'main\.md'; unpack it and name the file$"):
        read("a.zip", inner)


def test_records_in_records_are_read_once():
    opening = "<record><titles><title>Mud</title></titles>"
    found = read("a.xml", f"<xml><records>{opening * DEEP}{'</record>' * DEEP}</records></xml>".encode()).references
    assert [one.raw for one in found[:-1]] == [opening] * (DEEP - 1)
    assert [one.title and one.title.value for one in found] == ["Mud"] * DEEP
