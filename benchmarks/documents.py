"""Documents of the size that people have, made here in every format, with marks by which to count what a reader keeps.

Each has paragraphs of 500 characters that end in "The watershed p0001 was dry.", a citation in each, a note ("Note f0010
was kept.") in every tenth, a list of entries with a DOI each, and what a reader has to leave out ("Gone g0010": deleted
text, comments, menus, running heads).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

WORDS = (
    "bare open stony sandy shaded grazed burnt northern".split(),
    "rain frost heat wind trampling flooding ploughing drought".split(),
    "water silt seed litter snow dust salt carbon".split(),
    "storm year season decade winter month visit survey".split(),
)
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
A_PAGE = 5
"""Paragraphs of a page: some 2,500 characters."""
ENTRIES = 100


def paragraphs(pages: int) -> Iterator[tuple[str, int, str, str]]:
    """Text, the number of the entry it cites, the note or "", and what is to be left out or ""."""
    rng = Random(1)
    for number in range(A_PAGE * pages):
        tenth = number % 10 == 0
        text = ""
        for _ in range(4):
            ground, event, matter, time = (rng.choice(words) for words in WORDS)
            text += (
                f"Crusts form on {ground} ground after {event}, and they hold back the {matter} of the next {time} for a while. "
            )
        yield (
            f"{text}The watershed p{number:04} was dry",
            number % ENTRIES,
            f"Note f{number:04} was kept." if tenth else "",
            f"Gone g{number:04}." if tenth else "",
        )


def entry(number: int) -> str:
    """An entry as printed."""
    return (
        f"Müller, J., & Cole, A. (2018). Crusts on bare ground, part {number}. Journal of Dry Soils, {number}(2), 105–117. "
        f"https://doi.org/10.1000/jds.{number}"
    )


def csl(number: int) -> dict[str, object]:
    """An entry as a CSL item."""
    return {
        "id": f"key{number}", "type": "article-journal", "title": f"Crusts on bare ground, part {number}",
        "container-title": "Journal of Dry Soils", "volume": str(number), "issue": "2", "page": "105-117",
        "DOI": f"10.1000/jds.{number}", "issued": {"date-parts": [[2018]]},
        "author": [{"family": "Müller", "given": "Jörg"}, {"family": "Cole", "given": "Ann"}],
    }  # fmt: skip


def _zip(members: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def docx(pages: int) -> bytes:
    """A Word document: paragraphs of several runs, Zotero's fields for citations and list, footnotes, tracked deletions."""

    def field(code: str, shown: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            f'{_attribute(code)}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def run(text: str, look: str = "") -> str:
        return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{_attribute(text)}</w:t></w:r>'

    body, notes = [], []
    for number, (text, cited, note, gone) in enumerate(paragraphs(pages)):
        item = {"id": cited, "uris": [f"http://zotero.org/items/{cited}"], "itemData": csl(cited)}
        code = f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps({'citationItems': [item]})}"
        runs = "".join(run(text[at : at + 100], "<w:i/>" if at else "") for at in range(0, len(text), 100))
        runs += run(" ") + field(code, run(f"(Müller & Cole, 2018, {cited})")) + run(".")
        if note:
            runs += f'<w:r><w:footnoteReference w:id="{number + 2}"/></w:r>'
            notes.append(f'<w:footnote w:id="{number + 2}"><w:p>{run(note)}</w:p></w:footnote>')
        if gone:
            runs += f'<w:del w:id="{number}" w:author="A"><w:r><w:delText>{gone}</w:delText></w:r></w:del>'
        body.append(f"<w:p>{runs}</w:p>")
    body.append(f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("References")}</w:p>')
    begin, end = field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "|").split("|")
    for number in range(ENTRIES):
        body.append(f"<w:p>{begin * (number == 0)}{run(entry(number))}{end * (number == ENTRIES - 1)}</w:p>")
    kinds, office = "application/vnd.openxmlformats-officedocument.wordprocessingml", "http://schemas.openxmlformats.org"
    return _zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            + "".join(
                f'<Override PartName="/word/{name}.xml" ContentType="{kinds}.{kind}+xml"/>'
                for name, kind in (("document", "document.main"), ("styles", "styles"), ("footnotes", "footnotes"))
            )
            + "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
            + "".join(
                f'<Relationship Id="rId{number}" Type="{office}/officeDocument/2006/relationships/{name}" Target="{name}.xml"/>'
                for number, name in enumerate(("styles", "footnotes"), 1)
            )
            + "</Relationships>",
            "word/document.xml": f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>",
            "word/styles.xml": f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>',
            "word/footnotes.xml": f"<w:footnotes {W}>{''.join(notes)}</w:footnotes>",
        }
    )


def odt(pages: int) -> bytes:
    """An OpenDocument text with Zotero's reference marks, notes and tracked deletions."""
    body, changes = [], []
    for number, (text, cited, note, gone) in enumerate(paragraphs(pages)):
        item = {"citationItems": [{"id": cited, "uris": [f"http://zotero.org/items/{cited}"], "itemData": csl(cited)}]}
        name = _attribute(f"ZOTERO_ITEM CSL_CITATION {json.dumps(item)} RND{number}")
        mark = f'<text:reference-mark-start text:name="{name}"/>(Müller &amp; Cole, 2018, {cited})<text:reference-mark-end text:name="{name}"/>'
        foot = (
            f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
            f"<text:note-body><text:p>{note}</text:p></text:note-body></text:note>"
        )
        body.append(f"<text:p>{text} {mark}.{foot if note else ''}</text:p>")
        if gone:
            changes.append(
                f'<text:changed-region text:id="c{number}"><text:deletion><text:p>{gone}</text:p></text:deletion></text:changed-region>'
            )
    listed = "".join(f"<text:p>{_attribute(entry(number))}</text:p>" for number in range(ENTRIES))
    base = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{base}office:1.0" xmlns:text="{base}text:1.0" office:version="1.2"><office:body><office:text>'
        f'<text:tracked-changes>{"".join(changes)}</text:tracked-changes>{"".join(body)}<text:h text:outline-level="1">References</text:h>'
        f'<text:section text:name="ZOTERO_BIBL {{}} CSL_BIBLIOGRAPHY RND">{listed}</text:section></office:text></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{base}manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    styles = f'<office:document-styles xmlns:office="{base}office:1.0" office:version="1.2"><office:styles/>'
    styles += "<office:automatic-styles/><office:master-styles/></office:document-styles>"
    return _zip({"mimetype": kind, "content.xml": content, "styles.xml": styles, "META-INF/manifest.xml": manifest})


def pdf(pages: int) -> bytes:
    """A PDF of two columns with 54 lines each, words divided at line ends, running heads and page numbers."""
    lines: list[str] = []
    for text, _, _, _ in paragraphs(pages):
        lines += _lines(f"{text}.", 48)
    for number in range(ENTRIES):
        lines += _lines(entry(number), 48, hang="  ")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for number, at in enumerate(range(0, 108 * pages, 108)):
        stream = f"BT /F1 9 Tf 12 TL 54 760 Td (Journal of Dry Soils, Gone g{number:04}.) Tj ET BT /F1 9 Tf 300 30 Td ({number + 1}) Tj ET "
        for left, column in ((54, lines[at : at + 54]), (318, lines[at + 54 : at + 108])):
            shown = " ".join(f"({one.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) '" for one in column)
            stream += f"BT /F1 9 Tf 12 TL {left} 740 Td {shown} ET "
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects) + 2} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} /Resources << /Font << /F1 {font} >> >> >>"
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\nstartxref\n{len(data)}\n%%EOF"
    return data + end.encode()


def _lines(text: str, width: int, hang: str = "") -> list[str]:
    """Text in lines of some ``width`` characters; "watershed" is divided where it would stand near a line's end."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 <= width:
            line = f"{line} {word}".strip() if line.strip() else line + word
            continue
        if word == "watershed" and len(line) + 7 <= width:
            lines.append(f"{line} water-")
            line = hang + "shed"
            continue
        lines.append(line)
        line = hang + word
    return [*lines, line]


def html(pages: int, *, epub_notes: bool = False) -> str:
    """A saved article: menu, script, links to the list, notes behind the text."""
    body, notes = [], []
    for number, (text, cited, note, gone) in enumerate(paragraphs(pages)):
        mark = f'<sup><a href="#fn{number}" role="doc-noteref">n</a></sup>' if note else ""
        body.append(f'<p>{text} (<a href="#ref-{cited}">Müller &amp; Cole, 2018</a>).{mark}</p>')
        if note:
            notes.append(f'<li id="fn{number}" role="doc-footnote">{note}</li>')
        if gone and not epub_notes:
            body.append(f"<script>var a = '{gone}' < 1</script>")
    listed = "".join(f'<li id="ref-{number}">{_attribute(entry(number))}</li>' for number in range(ENTRIES))
    return (
        '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/><title>Crusts</title></head><body>'
        f'<nav><a href="#a">Gone g0000.</a></nav><article id="a"><h1>Crusts</h1>{"".join(body)}<section role="doc-endnotes"><ol>{"".join(notes)}</ol></section>'
        f"<h2>References</h2><ol>{listed}</ol></article></body></html>"
    )


def epub(pages: int) -> bytes:
    """An EPUB of one chapter."""
    return _zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
            "OPS/p.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="u"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="u">a</dc:identifier><dc:title>Crusts</dc:title><dc:language>en'
            '</dc:language></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
            "OPS/a.xhtml": html(pages, epub_notes=True),
        }
    )


def jats(pages: int) -> str:
    """A JATS article with element citations."""
    body, notes = [], []
    for number, (text, cited, note, gone) in enumerate(paragraphs(pages)):
        mark = f'<xref ref-type="fn" rid="f{number}">n</xref>' if note else ""
        body.append(
            f'<p>{text} (<xref ref-type="bibr" rid="b{cited}">Müller &amp; Cole, 2018</xref>).{mark}{f"<!-- {gone} -->" if gone else ""}</p>'
        )
        if note:
            notes.append(f'<fn id="f{number}"><p>{note}</p></fn>')
    listed = "".join(
        f'<ref id="b{number}"><element-citation publication-type="journal"><person-group person-group-type="author"><name><surname>Müller'
        "</surname><given-names>J</given-names></name><name><surname>Cole</surname><given-names>A</given-names></name></person-group>"
        f"<article-title>Crusts on bare ground, part {number}</article-title><source>Journal of Dry Soils</source><year>2018</year>"
        f'<volume>{number}</volume><issue>2</issue><fpage>105</fpage><lpage>117</lpage><pub-id pub-id-type="doi">10.1000/jds.{number}</pub-id>'
        "</element-citation></ref>"
        for number in range(ENTRIES)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><article><front><journal-meta/><article-meta><article-id pub-id-type="pmid">1</article-id>'
        "<title-group><article-title>Crusts</article-title></title-group></article-meta></front>"
        f"<body><sec><title>One</title>{''.join(body)}</sec></body><back><fn-group>{''.join(notes)}</fn-group>"
        f"<ref-list><title>References</title>{listed}</ref-list></back></article>"
    )


def tei(pages: int) -> str:
    """A TEI document as GROBID writes it."""
    body = []
    for number, (text, cited, note, gone) in enumerate(paragraphs(pages)):
        foot = f'<note place="foot" n="{number}">{note}</note>' if note else ""
        body.append(
            f'<p>{text} <ref type="bibr" target="#b{cited}">(Müller &amp; Cole, 2018)</ref>.{foot}{f"<!-- {gone} -->" if gone else ""}</p>'
        )
    listed = "".join(
        f'<biblStruct xml:id="b{number}"><analytic><title level="a" type="main">Crusts on bare ground, part {number}</title><author><persName>'
        "<forename>Jörg</forename><surname>Müller</surname></persName></author><author><persName><forename>Ann</forename><surname>Cole</surname>"
        f'</persName></author><idno type="DOI">10.1000/jds.{number}</idno></analytic><monogr><title level="j">Journal of Dry Soils</title><imprint>'
        f'<biblScope unit="volume">{number}</biblScope><biblScope unit="page" from="105" to="117"/><date type="published" when="2018"/></imprint>'
        "</monogr></biblStruct>"
        for number in range(ENTRIES)
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title level="a" type="main">Crusts</title></titleStmt>'
        "<publicationStmt/><sourceDesc><biblStruct><analytic/><monogr><imprint/></monogr></biblStruct></sourceDesc></fileDesc><encodingDesc><appInfo>"
        '<application version="0.8.0" ident="GROBID" when="2024-01-01T00:00+0000"/></appInfo></encodingDesc></teiHeader>'
        f"<text><body><div><head>One</head>{''.join(body)}</div></body><back><div><listBibl>{listed}</listBibl></div></back></text></TEI>"
    )


def markdown(pages: int) -> str:
    """A manuscript for pandoc with keys, notes and comments; its bibliography is ``refs.bib``."""
    parts = ["---\ntitle: Crusts\nbibliography: refs.bib\n---\n"]
    for number, (text, cited, note, gone) in enumerate(paragraphs(pages)):
        parts.append(f"{text} [see @key{cited}, p. 3].{f'[^{number}]' if note else ''}\n")
        if note:
            parts.append(f"[^{number}]: {note}\n\n<!-- {gone} -->\n")
    return "\n".join(parts)


def notebook(pages: int) -> str:
    """The same as a notebook of one cell for each paragraph, with code between."""
    head, *rest = markdown(pages).split("\n\nCrusts")
    cells: list[dict[str, object]] = [{"cell_type": "raw", "id": "raw", "metadata": {}, "source": head}]
    for number, one in enumerate(rest):
        cells.append({"cell_type": "markdown", "id": f"m{number}", "metadata": {}, "source": f"Crusts{one}"})
        if number % 10 == 0:
            code: dict[str, object] = {"execution_count": None, "outputs": [], "source": f"'Gone g{number:04}.'"}
            cells.append({"cell_type": "code", "id": f"c{number}", "metadata": {}, **code})
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def typst(pages: int) -> str:
    """A Typst document with keys, notes and comments; its bibliography is ``refs.bib``."""
    parts = ["= Crusts\n"]
    for text, cited, note, gone in paragraphs(pages):
        parts.append(f"{text} @key{cited}[p. 3].{f'#footnote[{note}]' if note else ''}{f' // {gone}' if gone else ''}\n")
    return "\n".join([*parts, '#bibliography("refs.bib")\n'])


def thesis(folder: Path, pages: int, files: int) -> Path:
    """A LaTeX thesis with its chapters in files and one database."""
    made = list(paragraphs(pages))
    for number in range(files):
        parts = [f"\\chapter{{Part {number}}}\n"]
        for text, cited, note, gone in made[number::files]:
            foot = f"\\footnote{{{note}}}" if note else ""
            parts.append(
                f"{text} \\citep[see][p.~3]{{key{cited}}}.{foot} It \\emph{{holds}} \\ldots{{}} $\\alpha$.{f' % {gone}' if gone else ''}\n\n"
            )
        (folder / f"part{number}.tex").write_text("".join(parts), encoding="utf-8")
    inputs = "".join(f"\\include{{part{number}}}\n" for number in range(files))
    main = folder / "thesis.tex"
    main.write_text(f"\\documentclass{{book}}\n\\begin{{document}}\n{inputs}\\bibliography{{refs}}\n\\end{{document}}\n")
    return main


def bib(entries: int) -> str:
    """A database of articles: accents by commands, a journal by @string, and every hundredth entry broken in a way that people leave."""
    made = ['@string{jds = "Journal of Dry Soils"}\n']
    for number in range(entries):
        broken = number % 100 == 50
        comma = "" if broken else ","
        made.append(
            f'@article{{key{number}{comma}\n  author = {{M{{\\"u}}ller, J{{\\"o}}rg and van der Berg, A. B. and Cole, Ann}},\n'
            f"  title = {{Crusts on {{B}}are Ground, Part {number}}},\n  journal = jds,\n  year = {{2018}},\n"
            f"  volume = {{{number}}},\n  number = {{2}},\n  pages = {{105--117}},\n  doi = {{10.1000/jds.{number}}}\n}}\n"
        )
    return "".join(made)


def hayagriva(entries: int) -> str:
    """The same for Typst."""
    return "".join(
        f'key{number}:\n  type: article\n  title: Crusts on bare ground, part {number}\n  author: ["Müller, Jörg", "Cole, Ann"]\n  date: 2018\n'
        f"  page-range: 105-117\n  serial-number: {{doi: 10.1000/jds.{number}}}\n  parent: {{type: periodical, title: Journal of Dry Soils, "
        f"volume: {number}, issue: 2}}\n"
        for number in range(entries)
    )


def ris(entries: int) -> str:
    """The same as RIS."""
    return "".join(
        f"TY  - JOUR\nID  - key{number}\nAU  - Müller, Jörg\nAU  - Cole, Ann\nTI  - Crusts on bare ground, part {number}\nJO  - Journal of Dry Soils\n"
        f"PY  - 2018\nVL  - {number}\nIS  - 2\nSP  - 105\nEP  - 117\nDO  - 10.1000/jds.{number}\nER  - \n\n"
        for number in range(entries)
    )


def nbib(entries: int) -> str:
    """The same as PubMed gives it."""
    return "".join(
        f"PMID- {100000 + number}\nTI  - Crusts on bare ground, part\n      {number}.\nFAU - Müller, Jörg\nAU  - Müller J\nFAU - Cole, Ann\nAU  - Cole A\n"
        f"JT  - Journal of Dry Soils\nTA  - J Dry Soils\nDP  - 2018 May\nVI  - {number}\nIP  - 2\nPG  - 105-117\nLID - 10.1000/jds.{number} [doi]\n\n"
        for number in range(entries)
    )


def endnote(entries: int) -> str:
    """The same as EndNote exports it."""
    records = "".join(
        f'<record><rec-number>{number}</rec-number><ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">'
        'Müller, Jörg</style></author><author><style face="normal">Cole, Ann</style></author></authors></contributors><titles><title>'
        f'<style face="normal">Crusts on bare ground, part {number}</style></title><secondary-title><style>Journal of Dry Soils</style></secondary-title></titles>'
        f"<periodical><full-title><style>Journal of Dry Soils</style></full-title></periodical><pages><style>105-117</style></pages>"
        f"<volume><style>{number}</style></volume>"
        f"<number><style>2</style></number><dates><year><style>2018</style></year></dates><electronic-resource-num><style>10.1000/jds.{number}</style>"
        "</electronic-resource-num></record>"
        for number in range(entries)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><xml><records>{records}</records></xml>'


def csl_json(entries: int) -> str:
    """The same as CSL-JSON."""
    return json.dumps([csl(number) for number in range(entries)], ensure_ascii=False, indent=1)


def csl_yaml(entries: int) -> str:
    """The same as CSL-YAML, one item after the other as pandoc writes it."""
    items = "".join(
        f"- id: key{number}\n  type: article-journal\n  title: Crusts on bare ground, part {number}\n  container-title: Journal of Dry Soils\n"
        f"  volume: {number}\n  issue: 2\n  page: 105-117\n  DOI: 10.1000/jds.{number}\n  issued: 2018\n  author:\n"
        "  - family: Müller\n    given: Jörg\n  - family: Cole\n    given: Ann\n"
        for number in range(entries)
    )
    return f"---\nreferences:\n{items}...\n"
