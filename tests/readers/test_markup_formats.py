"""JATS, TEI, HTML and EPUB: positions in the source, cross-references as keys, entries as printed."""

import pytest

from refaudit.model import BlockKind, MarkKind
from tests.readers.show import cited, document, fields, source_of, zipped

JATS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-title>Skip me</journal-title></journal-meta>
<article-meta><title-group><article-title>Silt &amp; <italic>sand</italic></article-title></title-group>
<abstract><p>Short.</p></abstract></article-meta></front>
<body><sec><title>Intro</title><p>Known [<xref ref-type="bibr" rid="B1">1</xref>&#x2013;<xref ref-type="bibr" rid="B3">3</xref>],
and <xref ref-type="bibr" rid="B9">4</xref>; see <xref ref-type="fig" rid="F1">Fig. 1</xref>.<sup><xref ref-type="bibr" rid="B2">2</xref></sup></p>
<fig id="F1"><caption><p>A caption.</p></caption></fig></sec></body>
<back><ref-list><title>References</title>
<ref id="B1"><label>1.</label><mixed-citation publication-type="journal"><name><surname>Abel</surname><given-names>K</given-names></name>,
<name><surname>Cole</surname><given-names>A</given-names></name>. <article-title>Silt in rivers</article-title>. <source>Coasts</source>
<year>2018</year>;<volume>1</volume>:<fpage>2</fpage>-<lpage>9</lpage>. <pub-id pub-id-type="doi">10.1000/silt</pub-id></mixed-citation></ref>
<ref id="B2"><label>2.</label><element-citation publication-type="book"><person-group person-group-type="author"><name><surname>Dorn</surname>
<given-names>E</given-names></name></person-group><source>Mud</source><year>2020</year><publisher-name>Shore Press</publisher-name>
</element-citation></ref>
<ref id="B3"><label>3.</label><mixed-citation>Eck P. Sand. Plain text entry, 2016.</mixed-citation></ref>
</ref-list></back></article>"""


def test_jats():
    read = document(JATS, "paper.xml")
    assert read.format == "jats"
    assert [(one.text, [item.key for item in one.items], [item.label for item in one.items]) for one in read.citations] == [
        ("1–3", ["B1", "B2", "B3"], ["1", None, "3"]),
        ("4", ["B9"], ["4"]),
        ("2", ["B2"], ["2"]),
    ]
    assert [(b.kind, b.level, read.text[b.span.start : b.span.end]) for b in read.blocks][:6] == [
        (BlockKind.HEADING, 1, "Silt & sand"),
        (BlockKind.PARAGRAPH, 0, "Short."),
        (BlockKind.HEADING, 2, "Intro"),
        (BlockKind.PARAGRAPH, 0, "Known [1–3], and 4; see Fig. 1.2"),
        (BlockKind.PARAGRAPH, 0, "A caption."),
        (BlockKind.HEADING, 2, "References"),
    ]
    assert [(one.key, one.label, one.raw) for one in read.references] == [
        ("B1", "1", "1. Abel K, Cole A. Silt in rivers. Coasts 2018;1:2-9. 10.1000/silt"),
        ("B2", "2", "2. Dorn E. Mud 2020. Shore Press."),
        ("B3", "3", "3. Eck P. Sand. Plain text entry, 2016."),
    ]
    assert [fields(one) for one in read.references[:2]] == [
        {
            "key": "B1", "type": "article-journal", "title": "Silt in rivers", "container": "Coasts", "volume": "1", "pages": "2–9",
            "doi": "10.1000/silt", "year": "2018", "authors": ["Abel, K", "Cole, A"],
        },
        {"key": "B2", "type": "book", "title": "Mud", "publisher": "Shore Press", "year": "2020", "authors": ["Dorn, E"]},
    ]  # fmt: skip
    place = read.locate(read.references[2].span)
    assert (place.line, JATS[place.start : place.end]) == (16, "3.</label><mixed-citation>Eck P. Sand. Plain text entry, 2016.")


def test_jats_range_in_one_cross_reference():
    source = JATS.replace(
        '<xref ref-type="bibr" rid="B1">1</xref>&#x2013;<xref ref-type="bibr" rid="B3">3</xref>',
        '<xref ref-type="bibr" rid="B1 B3">1-3</xref>',
    )
    assert cited(document(source, "paper.xml"))[0] == ("1-3", ["B1", "B2", "B3"])


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Silt</title></titleStmt></fileDesc></teiHeader>
<text><body><div><head>Intro</head><p>Known <ref type="bibr" target="#b0">(Abel, 2018)</ref> and <ref type="bibr">(Cole, 2019)</ref>.</p></div></body>
<back><listBibl><biblStruct xml:id="b0"><analytic><title level="a">Silt in rivers</title><author><persName><forename>Karl</forename>
<surname>Abel</surname></persName></author><idno type="DOI">10.1000/silt</idno></analytic><monogr><title level="j">Coasts</title><imprint>
<biblScope unit="volume">1</biblScope><biblScope unit="page" from="2" to="9"/><date type="published" when="2018"/></imprint></monogr>
<note type="raw_reference">Abel K. Silt in rivers. Coasts 2018;1:2-9.</note></biblStruct></listBibl></back></text></TEI>"""


def test_tei():
    read = document(TEI, "paper.xml")
    assert read.format == "tei"
    assert cited(read) == [("Abel, 2018", ["b0"])]
    assert read.references[0].raw == "Abel K. Silt in rivers. Coasts 2018;1:2-9."
    assert fields(read.references[0]) == {
        "key": "b0", "type": "article-journal", "title": "Silt in rivers", "container": "Coasts", "volume": "1", "pages": "2–9",
        "doi": "10.1000/silt", "year": "2018", "authors": ["Abel, Karl"],
    }  # fmt: skip


HTML = """<!doctype html><html><head><title>T</title><style>p {}</style></head><body><nav><a href="#refs">Menu</a></nav>
<h1>Silt</h1><p>Known<sup><a href="#ref-1">1</a>–<a href="#ref-3">3</a></sup> &amp; <em>more</em> <a href="https://x.org/?a=1&amp;b=2">here</a>.
<p>Second &#8220;one&#8221;<script>if (a < b) { "<p>" }</script> by Dorn (<a href="#ref-2">2020</a>).
<h2>References</h2><ol id="refs"><li id="ref-1">Abel, K. (2018). <i>Silt</i>. <a href="https://doi.org/10.1000/silt">doi</a>
<li id="ref-2">Dorn, E. (2020). Mud.<li id="ref-3">Eck, P. (2016). Sand.</ol></body></html>"""


def test_html():
    read = document(HTML, "paper.html")
    assert read.text.replace(" \n", "\n").rstrip() == (
        "Silt\n\nKnown1–3 & more here.\n\nSecond “one” by Dorn (2020).\n\nReferences\n\n"
        "1. Abel, K. (2018). Silt. doi\n\n2. Dorn, E. (2020). Mud.\n\n3. Eck, P. (2016). Sand."
    )
    assert cited(read) == [("1–3", ["ref-1", "ref-2", "ref-3"]), ("2020", ["ref-2"])]
    assert [(one.key, one.raw) for one in read.references] == [
        ("ref-1", "1. Abel, K. (2018). Silt. doi"),
        ("ref-2", "2. Dorn, E. (2020). Mud."),
        ("ref-3", "3. Eck, P. (2016). Sand."),
    ]
    links = [(read.text[m.span.start : m.span.end], m.target) for m in read.marks if m.kind is MarkKind.LINK]
    assert links == [("here", "https://x.org/?a=1&b=2"), ("doi", "https://doi.org/10.1000/silt")]
    assert source_of(read, read.references[1].span.start, read.references[1].span.end) == '<li id="ref-2">Dorn, E. (2020). Mud.'


def test_html_without_links_is_left_to_the_parser():
    read = document(
        "<html><body><p>Known (Abel, 2018).</p><h2>References</h2><p>Abel, K. (2018). Silt.</p></body></html>", "a.html"
    )
    assert (read.citations, read.references, read.list_given) == ((), (), False)


@pytest.mark.parametrize(("encoding", "declared"), [("latin-1", "iso-8859-1"), ("cp1250", "windows-1250"), ("utf-8", "utf-8")])
def test_declared_encodings(encoding: str, declared: str):
    data = f'<html><head><meta charset="{declared}"></head><body><p>Dvořák</p></body></html>'.replace(
        "ř", "ö" if encoding == "latin-1" else "ř"
    )
    assert document(data.encode(encoding), "a.html").text.strip() == ("Dvoöák" if encoding == "latin-1" else "Dvořák")


def test_epub():
    chapter = "<html><body><h1>{}</h1><p>{}</p></body></html>"
    data = zipped(
        mimetype="application/epub+zip",
        **{
            "META-INF__container_dot_xml": '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>',
            "OPS__p_dot_opf": '<package><manifest><item id="b" href="b.xhtml"/><item id="a" href="a.xhtml"/></manifest>'
            '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
            "OPS__a_dot_xhtml": chapter.format("One", "See Abel (2018)."),
            "OPS__b_dot_xhtml": chapter.format("References", "Abel, K. (2018). Silt."),
        },
    )
    read = document(data, "book.epub")
    assert read.text == "One\n\nSee Abel (2018).\n\nReferences\n\nAbel, K. (2018). Silt."
    at = read.text.index("Silt")
    assert source_of(read, at, at + 4) == "Silt"
    assert [source.path for source in read.sources] == ["book.epub/OPS/a.xhtml", "book.epub/OPS/b.xhtml"]


def test_entries_beside_the_linked_ones_belong_to_the_list():
    """The first and the last entry are cited by no link: they stand right beside linked ones and are named like them."""
    names = ["abel2018", "cole2019", "dorn2020", "eck2021"]
    entries = "".join(f"<p id='ref-{name}'>{name.title()}, Silt.</p>" for name in names)
    read = document(
        "<p id='p1'>Known <a href='#ref-cole2019'>Cole</a> and <a href='#ref-dorn2020'>Dorn</a>.</p>"
        f"<p id='p2'>The list:</p>{entries}<p id='p3'>Received in May.</p>",
        "a.html",
    )
    assert [(one.key, one.raw) for one in read.references] == [(f"ref-{name}", f"{name.title()}, Silt.") for name in names]


def test_text_set_high_by_a_style_sheet():
    """Word processors write a class or a style in place of ``sup``."""
    source = (
        "<style>.a2 { vertical-align: super } .b { font-size: 0.58em; position: relative; top: -0.33em; } .c { top: 1em }</style>"
        "<p>Salt<span class='x a2'>1</span> and<span class='b'>2</span> sand<span style='vertical-align:super'>3</span>"
        " of<span class='c'>4</span></p>"
    )
    read = document(f"<html><head></head><body>{source}</body></html>", "a.html")
    assert [read.text[mark.span.start : mark.span.end] for mark in read.marks] == ["1", "2", "3"]
