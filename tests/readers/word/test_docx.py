"""Word documents: text as accepted, numbering, notes, and the citation fields of four programs."""

import base64
import json

import pytest

from refaudit.errors import InputError
from refaudit.model import BlockKind, MarkKind
from tests.readers.show import cited, document, zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
STYLES = (
    f'<w:styles {W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style></w:styles>'
)
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="[%1]"/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
FOOTNOTES = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>See Abel 2018.</w:t></w:r></w:p></w:footnote></w:footnotes>'
ITEM = {
    "id": 7,
    "uris": ["http://zotero.org/users/1/items/ABC"],
    "itemData": {
        "type": "book",
        "title": "Silt in rivers",
        "author": [{"family": "Abel", "given": "K"}],
        "issued": {"date-parts": [["2018"]]},
    },
    "locator": "12",
}

CITAVI = {
    "$id": "1",
    "Entries": [
        {
            "PageRange": {"OriginalString": "12"},
            "ReferenceId": "r-1",
            "Reference": {"Authors": [{"FirstName": "K", "LastName": "Abel"}], "Title": "Silt in rivers", "Year": "2018"},
        }
    ],
    "FormattedText": {"Text": "(Abel, 2018, p. 12)"},
}


def word(body: str, **parts: str):
    members = {
        "[Content_Types]_dot_xml": "<Types/>",
        "word__document_dot_xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
    }
    return document(zipped(**members, **parts), "paper.docx")


def p(*runs: str, style: str = "", properties: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, shown: str, data: str = "") -> str:
    data = f"<w:fldData>{data}</w:fldData>" if data else ""
    escaped = instruction.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText>{escaped[:20]}</w:instrText></w:r>'
        f"<w:r><w:instrText>{escaped[20:]}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_text_as_accepted():
    read = word(
        p(r("One"), style="mine")
        + p(
            r("A "), f"<w:ins>{r('new ')}</w:ins>", "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>",
            r("hidden", "<w:vanish/>"), r("word"), r("1,2", '<w:vertAlign w:val="superscript"/>'), r(" in "), r("italics", "<w:i/>"),
            '<w:hyperlink r:id="rId9">' + r(" link") + "</w:hyperlink>", "<w:r><w:noBreakHyphen/></w:r>",
        )
        + "<w:tbl><w:tr><w:tc>" + p(r("a")) + "</w:tc><w:tc>" + p(r("b")) + "</w:tc></w:tr></w:tbl>",
        word__styles_dot_xml=STYLES,
        word___rels__document_dot_xml_dot_rels='<Relationships><Relationship Id="rId9" Target="https://x.org" TargetMode="External"/></Relationships>',
    )  # fmt: skip
    assert read.text == "One\n\nA new word1,2 in italics link-\n\na \tb \t\n"
    assert [(b.kind, b.level) for b in read.blocks] == [(BlockKind.HEADING, 1), (BlockKind.PARAGRAPH, 0), (BlockKind.TABLE, 0)]
    assert [(m.kind, read.text[m.span.start : m.span.end], m.target) for m in read.marks] == [
        (MarkKind.SUPERSCRIPT, "1,2", ""),
        (MarkKind.ITALIC, "italics", ""),
        (MarkKind.LINK, " link", "https://x.org"),
    ]


def test_numbered_lists_and_notes():
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    read = word(
        p(r("Text"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r("."))
        + p(r("First."), properties=numbered)
        + p(r("Second."), properties=numbered),
        word__numbering_dot_xml=NUMBERING,
        word__footnotes_dot_xml=FOOTNOTES,
    )
    assert read.text == "Text.\n\nSee Abel 2018.\n\n[1] First.\n\n[2] Second."
    assert [(b.kind, b.label) for b in read.blocks] == [
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.FOOTNOTE, "1"),
        (BlockKind.ITEM, "[1]"),
        (BlockKind.ITEM, "[2]"),
    ]
    assert read.locate(read.blocks[3].span).paragraph == 4


LISTED = p(field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", r("Abel, K. (2018). Silt in rivers. Shore Press.")))


@pytest.mark.parametrize(
    ("shown", "key"),
    [
        (
            field("ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [ITEM]}), r("(Abel, 2018, p. 12)")),
            ITEM["uris"][0],
        ),
        (
            field("ADDIN CSL_CITATION " + json.dumps({"citationItems": [ITEM], "mendeley": {}}), r("(Abel, 2018, p. 12)")),
            ITEM["uris"][0],
        ),
        (
            '<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_'
            + base64.b64encode(json.dumps({"citationItems": [{**ITEM, "uris": None}]}).encode()).decode()
            + f'"/></w:sdtPr><w:sdtContent>{r("(Abel, 2018, p. 12)")}</w:sdtContent></w:sdt>',
            "7",
        ),
        (
            field(
                "ADDIN EN.CITE <EndNote><Cite><Author>Abel</Author><Year>2018</Year><RecNum>3</RecNum><Pages>12</Pages><record><titles>"
                "<title>Silt in rivers</title></titles></record></Cite></EndNote>",
                r("(Abel, 2018, p. 12)"),
            ),
            "3",
        ),
        (
            field(
                "ADDIN EN.CITE ",
                r("(Abel, 2018, p. 12)"),
                base64.b64encode(
                    b"<EndNote><Cite><Author>Abel</Author><Year>2018</Year><RecNum>3</RecNum></Cite></EndNote>"
                ).decode(),
            ),
            "3",
        ),
        (
            '<w:sdt><w:sdtPr><w:tag w:val="CitaviPlaceholder#c1"/></w:sdtPr><w:sdtContent>'
            + field(
                "ADDIN CitaviPlaceholder{" + base64.b64encode(json.dumps(CITAVI).encode()).decode() + "}",
                r("(Abel, 2018, p. 12)"),
            )
            + "</w:sdtContent></w:sdt>",
            "r-1",
        ),
        (field(r"CITATION Abe18 \p 12 \l 1033", r("(Abel, 2018, p. 12)")), "Abe18"),
    ],
)
def test_citation_fields(shown: str, key: str):
    sources = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Abe18</b:Tag>'
        "<b:Author><b:Author><b:NameList><b:Person><b:Last>Abel</b:Last><b:First>K</b:First></b:Person></b:NameList></b:Author></b:Author>"
        "<b:Title>Silt in rivers</b:Title><b:Year>2018</b:Year></b:Source></b:Sources>"
    )
    read = word(
        p(r("As said "), shown, r(".")) + p(r("References"), style="berschrift1") + LISTED, customXml__item1_dot_xml=sources
    )
    assert read.text.startswith("As said (Abel, 2018, p. 12).")
    assert cited(read) == [("Abel, 2018, p. 12", [key])]
    item = read.citations[0].items[0]
    assert ([name.family for name in item.names], str(item.year)) == (["Abel"], "2018")
    assert [(one.key, one.raw) for one in read.references] == [(key, "Abel, K. (2018). Silt in rivers. Shore Press.")]
    assert read.list_given


def test_a_typed_list_is_left_to_the_parser():
    """Without a bibliography field the keys lead nowhere: names, year and title of the data serve to find the entry."""
    shown = field("ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [ITEM]}), r("(Abel, 2018)"))
    read = word(p(shown))
    item = read.citations[0].items[0]
    assert (item.key, [name.family for name in item.names], str(item.year), item.title) == (
        None,
        ["Abel"],
        "2018",
        "Silt in rivers",
    )
    assert not read.list_given


def zotero(key: str, shown: str, **data: object) -> str:
    item = {"id": key, "uris": [key], "itemData": data}
    return field("ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [item]}), r(shown))


def work(title: str, year: str, family: str = "Abel") -> dict[str, object]:
    return {"type": "book", "title": title, "author": [{"family": family}], "issued": {"date-parts": [[year]]}}


def printed_list(*entries: str) -> str:
    first, *between, last = entries
    opening, closing = field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "|").split("|")
    return p(opening, r(first)) + "".join(p(r(entry)) for entry in between) + p(r(last), closing)


def test_each_work_has_the_entry_that_shows_it():
    """One author and year: the title decides, the longer one where one is the beginning of the other; else the order."""
    read = word(
        p(
            zotero("k1", "(Abel, 2018a)", **work("Silt in rivers of the north", "2018")),
            zotero("k2", "(Abel, 2018b)", **work("Silt in rivers", "2018")),
            zotero("k3", "(Cole, 2019)", **work("Data", "2019", "Cole")),
            zotero("k4", "(Cole, 2019)", **work("Data", "2019", "Cole")),
            zotero("k5", "(Zorn, 2001)", **work("Never printed", "2001", "Zorn")),
        )
        + printed_list(
            "Abel (2018b). Silt in rivers. Shore.",
            "Abel (2018a). Silt in rivers of the north. Shore.",
            "Cole (2019). Data. Here.",
            "Cole (2019). Data. There.",
            "Dorn (2020). Typed into the list.",
        )
    )
    assert [one.key for one in read.references] == ["k2", "k1", "k3", "k4", None]
    assert cited(read)[-1] == ("Zorn, 2001", [None])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 not really", "is not a Word (.docx) file"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word (.doc) or a password-protected file"),
        (zipped(other_dot_xml="<a/>"), "without a Word document in it"),
        (zipped(word__document_dot_xml="not xml"), "is not readable as XML"),
        (zipped(word__document_dot_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "declares XML entities"),
    ],
)
def test_what_is_no_word_document(data: bytes, message: str):
    with pytest.raises(InputError) as error:
        document(data, "paper.docx", input_format="docx")
    assert message in str(error.value)


def lists(*nums: str, levels: str = "", links: str = "") -> str:
    """A numbering part with one definition of two levels ("[1]" and "1.a") and the lists that use it."""
    levels = levels or (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="first"/><w:lvlText w:val="[%1]"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:pStyle w:val="second"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{links}{levels}</w:abstractNum>'
        + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="7"/>{inside}</w:num>' for n, inside in enumerate(nums, 1))
        + "</w:numbering>"
    )


def items(*places: tuple[int, int]) -> str:
    """A paragraph for each list and level."""
    return "".join(
        p(r("x"), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        for number, level in places
    )


def labels(body: str, numbering: str, **parts: str) -> list[str]:
    found = word(body, word__numbering_dot_xml=numbering, **parts)
    return [found.text[block.span.start : block.span.end].removesuffix("x").strip() for block in found.blocks]


OVERRIDE = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'


def test_lists_of_one_definition_count_on_unless_a_start_is_given():
    body = items((1, 0), (1, 0), (2, 0), (3, 0), (3, 0), (1, 0), (2, 0))
    numbering = lists("", "", OVERRIDE.format(1))
    assert labels(body, numbering) == ["[1]", "[2]", "[3]", "[1]", "[2]", "[3]", "[4]"]


def test_a_given_start_may_be_any_number_and_counts_once():
    assert labels(items((1, 0), (2, 0), (2, 0), (1, 0)), lists("", OVERRIDE.format(5))) == ["[1]", "[5]", "[6]", "[7]"]


def test_a_level_begins_anew_behind_a_higher_one_unless_it_is_told_not_to():
    body = items((1, 0), (1, 1), (1, 1), (1, 0), (1, 1))
    assert labels(body, lists("")) == ["[1]", "1.a", "1.b", "[2]", "2.a"]
    on = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%2)"/></w:lvl>'
    )
    assert labels(body, lists("", levels=on)) == ["[1]", "1)", "2)", "[2]", "3)"]


def test_a_list_may_define_a_level_of_its_own():
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:lvlOverride>'
    assert labels(items((2, 0), (2, 0)), lists("", own)) == ["III.", "IV."]


def test_numbers_that_come_from_the_style():
    styles = (
        f'<w:styles {W}><w:style w:styleId="first"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="second"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="plain"><w:basedOn w:val="first"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    body = p(r("x"), style="first") + p(r("x"), style="second") + p(r("x"), style="plain") + p(r("x"), style="first")
    assert labels(body, lists(""), word__styles_dot_xml=styles) == ["[1]", "1.a", "", "[2]"]


def test_a_definition_that_only_names_a_list_style():
    styles = f'<w:styles {W}><w:style w:type="numbering" w:styleId="refs"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    numbering = lists("").replace(
        "</w:numbering>",
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="refs"/></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num></w:numbering>',
    )
    assert labels(items((4, 0), (4, 0)), numbering, word__styles_dot_xml=styles) == ["[1]", "[2]"]


def test_the_page_of_a_paragraph_where_word_left_it():
    broken = "<w:r><w:lastRenderedPageBreak/><w:t>Two</w:t></w:r>"
    found = word(p(r("One")) + p(broken) + p(r("Three")))
    assert [found.locate(block.span).page for block in found.blocks] == [1, 2, 2]
    plain = word(p(r("One")))
    assert [plain.locate(block.span).page for block in plain.blocks] == [None]


def test_a_place_in_words():
    """The heading above and words to search for; the number that Word prints itself cannot be searched for."""
    styles = STYLES
    item = p(
        r("Abel, K. Silt in rivers and in lakes of the northern and the southern plains."),
        properties=('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'),
    )
    found = word(
        p(r("Before any heading")) + p(r("Works  cited"), style="mine") + item,
        word__styles_dot_xml=styles,
        word__numbering_dot_xml=NUMBERING,
    )
    first, _, last = (found.pointed(block.span) for block in found.blocks)
    assert (first.heading, first.words, first.paragraph) == ("", "Before any heading", 1)
    assert (last.heading, last.words, last.paragraph) == ("Works cited", "Abel, K. Silt in rivers and in lakes of the", 3)
