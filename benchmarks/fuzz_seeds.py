r"""What the fuzzer starts from: for each reader small files that use much of their format, and pieces of its grammar.

Word, OpenDocument, EPUB and PDF files that programs wrote are taken from tests/readers/forms.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

from benchmarks import fuzz_light
from benchmarks.fuzz_target import Target

FORMS = Path(__file__).parents[1] / "tests" / "readers" / "forms"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

LIST = "Abel, K., & Cole, A. (2018). Silt in rivers. *Coasts*, 1(2), 3–9. https://doi.org/10.1000/silt\n\nDorn, E. (2020a). *Mud*. Shore Press.\n"

PLAIN = f"Silt\n\nKnown (Abel & Cole, 2018; see Dorn, 2020a, p. 4) and [1-3, 7]. Eck et al. (2016) say so.\n\n1\n\nReferences\n\n{LIST}"

MARKDOWN = f"""---
title: T
bibliography: [r.bib]
nocite: "@n"
references:
- {{id: a, type: book, title: In, author: [{{family: Abel}}], issued: {{date-parts: [[2018]]}}}}
---
# One {{#one}}

Known [see @a, pp. 3-5; -@b], @c [p. 2], {{cite:p}}`d`, and^[a note @e]. Raised^1,2^ and <sup>3</sup> and `@code`.[^n]

[^n]: A note (Abel & Cole, 2018).

| a | b |
|---|---|
| [@f] | x |

```r
@chunk
```

## References

{LIST}
"""

LATEX = r"""\documentclass{article}
\newcommand{\mine}[2][]{\citep[#1]{#2}}\def\other#1{\cite{#1}}\let\third\citet
\title{The \emph{title}}
\begin{document}
\section{One \LaTeX{}}
Known \citep[see][p.~3]{a,b}, \textcites[1]{c}[2]{d}, \mine[x]{e}, \other{f}, \third{g}.\footnote{A note \cite{n}.} % no \cite{x}
M\"uller's ``great'' {\O}re---$\alpha$\textsuperscript{1} $^{2,3}$ \verb|\cite{v}| \href{http://x.org/\%7e}{here} \input{part}
\begin{verbatim}
\cite{w}
\end{verbatim}
\iffalse \cite{i} \fi
\begin{tabular}{ll}x & \cite{t} \\ y & z\end{tabular}
\begin{thebibliography}{9}
\bibitem[Abel(2018)]{a} K. Abel. Silt in rivers. \emph{Coasts}, 1(2):3--9, 2018. \url{http://x.org/_a}
\bibitem{b} E. Dorn. \textit{Mud}. Shore Press, 2020.
\end{thebibliography}
\bibliography{r,s}
\end{document}
"""

BBL = r"""\begin{thebibliography}{2}
\providecommand{\natexlab}[1]{#1}
\bibitem[{Abel and Cole(2018)}]{a}
\bibinfo{author}{Abel, K.}, \bibinfo{year}{2018}.
\newblock \bibinfo{title}{Silt in rivers}.
\end{thebibliography}
"""

BIBTEX = r"""@string{c = "Coasts"}
@preamble{"\newcommand{\x}{}"}
@article{a, author = {M{\"u}ller, J{\"o}rg and Ludwig van der Berg and {World Health Organization} and others},
  title = "On {DNA} and \emph{E. coli}", journal = c # ", B", year = 2018, month = mar, pages = {12--19},
  doi = {https://doi.org/10.1000/a\_b}, volume = 3, number = {4}, issn={1234-5678}, url = {http://x.org/~a}}
@inproceedings{p, crossref={whole}, xdata={x}, title={Part}, author={family=Hasselt, given=Jan, prefix=van}}
@xdata{x, location={Oslo}}
@proceedings(whole, title={Proceedings}, date={2010-05-01/2010-05-03}, editor={Ed, C}, eprint={2101.00001}, archivePrefix={arXiv})
@comment{ignored}
"""

CSL_ITEMS: list[dict[str, object]] = [
    {
        "id": "a", "type": "article-journal", "title": "Silt <i>in</i> rivers", "container-title": "Coasts", "volume": 1,
        "issue": "2", "page": "3–9", "DOI": "https://doi.org/10.1000/silt", "issued": {"date-parts": [[2018, 5]]},
        "accessed": {"raw": "2020-01-02"}, "author": [{"family": "Abel", "given": "Karl"}, {"literal": "World Health Organization"}],
    },
    {"id": 7, "type": "book", "title": ["Mud"], "author": [{"name": "Dorn"}], "issued": "2020", "ISBN": "978-3-16-148410-0", "URL": "x"},
]  # fmt: skip

CSL_YAML = """---
references:
- id: a
  type: article-journal
  title: Silt in rivers
  container-title: &c Coasts
  volume: 1
  page: 3–9
  DOI: 10.1000/silt
  issued: 2018-05-01
  author:
  - {family: Abel, given: Karl}
- id: b
  container-title: *c
  title: |
    Mud
    and more
  issued: {year: 2020}
...
"""

HAYAGRIVA = """a:
  type: article
  title: {value: Silt in rivers, verbatim: true}
  author: ["Abel, Karl", {name: Cole, given-name: A}]
  date: 2018-05
  page-range: 3-9
  url: {value: http://x.org, date: 2020-01-02}
  serial-number: {doi: 10.1000/silt}
  parent:
    - type: periodical
      title: Coasts
      volume: 1
      issue: 2
b: {type: book, title: Mud, author: Dorn, date: 2020}
"""

RIS = """TY  - JOUR
ID  - a
AU  - Abel, Karl
A1  - World Health Organization
TI  - Silt in
 rivers
JF  - Coasts
VL  - 1
IS  - 2
SP  - 3
EP  - 9
PY  - 2018/05/01/
DO  - 10.1000/silt
UR  - http://x.org
ER  - \n
TY  - BOOK
TI  - Mud
ER  -
"""

NBIB = """PMID- 123
TI  - Silt in
      rivers.
FAU - Abel, Karl
AU  - Abel K
CN  - World Health Organization
JT  - Coasts
VI  - 1
IP  - 2
PG  - 3-9
DP  - 2018 May 1
LID - 10.1000/silt [doi]

PMID- 124
TI  - Mud
"""

ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record><rec-number>a</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Abel, Karl</style></author>
<author>World Health Organization</author></authors></contributors><titles><title><style>Silt in rivers</style></title>
<secondary-title>Coasts</secondary-title></titles><pages>3–9</pages><volume>1</volume><number>2</number>
<dates><year>2018</year></dates><urls><related-urls><url>http://x.org</url></related-urls></urls>
<electronic-resource-num>10.1000/silt</electronic-resource-num></record></records></xml>"""

JATS = """<?xml version="1.0" encoding="UTF-8"?>
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><title-group><article-title>Silt &amp; <italic>sand</italic>
</article-title></title-group><abstract><p>Short.</p></abstract></article-meta></front>
<body><sec><title>Intro</title><p>Known [<xref ref-type="bibr" rid="B1">1</xref>&#x2013;<xref ref-type="bibr" rid="B3">3</xref>],
and <xref ref-type="bibr" rid="B9 B1">4</xref>; <xref ref-type="fn" rid="f1">a</xref>.<sup><xref ref-type="bibr" rid="B2">2</xref></sup></p>
<table-wrap><table><tr><td>a</td><td>b</td></tr></table></table-wrap><fig id="F1"><caption><p>A caption.</p></caption></fig></sec></body>
<back><fn-group><fn id="f1"><p>Note.</p></fn></fn-group><ref-list><title>References</title>
<ref id="B1"><label>1.</label><mixed-citation publication-type="journal"><name><surname>Abel</surname><given-names>K</given-names></name>.
<article-title>Silt in rivers</article-title>. <source>Coasts</source> <year>2018</year>;<volume>1</volume>:<fpage>2</fpage>-<lpage>9</lpage>.
<pub-id pub-id-type="doi">10.1000/silt</pub-id><ext-link xlink:href="http://x.org">x</ext-link></mixed-citation></ref>
<ref id="B2"><element-citation publication-type="book"><person-group person-group-type="author"><collab>Dorn</collab><etal/></person-group>
<source>Mud</source><year>2020a</year></element-citation></ref><ref id="B3"><mixed-citation>Eck P. Sand, 2016.</mixed-citation></ref>
</ref-list></back></article>"""

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Silt</title></titleStmt></fileDesc></teiHeader>
<text><body><div><head n="1">Intro</head><p>Known <ref type="bibr" target="#b0">(Abel, 2018)</ref> and <ref type="bibr">[2]</ref>.</p>
<note place="foot" n="1">A note.</note></div></body>
<back><listBibl><biblStruct xml:id="b0"><analytic><title level="a">Silt in rivers</title><author><persName><forename>Karl</forename>
<surname>Abel</surname></persName></author><idno type="DOI">10.1000/silt</idno></analytic><monogr><title level="j">Coasts</title><imprint>
<biblScope unit="volume">1</biblScope><biblScope unit="page" from="2" to="9"/><date type="published" when="2018"/></imprint></monogr>
<note type="raw_reference">Abel K. Silt in rivers. Coasts 2018;1:2-9.</note></biblStruct><bibl xml:id="b1">Dorn, Mud, 2020.</bibl>
</listBibl></back></text></TEI>"""

HTML = """<!doctype html><html><head><title>T</title><meta charset="utf-8"><style>p {}</style></head><body><nav><a href="#refs">Menu</a></nav>
<h1>Silt</h1><p>Known<sup><a href="#ref-1">1</a>–<a href="#ref-3">3</a></sup> &amp; <em>more</em> <a href="https://x.org/?a=1&amp;b=2">here</a>.
<span class="citation" data-cites="ref-1 ref-2">(<a href="#ref-2">2020</a>)</span><table><tr><td>a<th>b</table>
<p>Second &#8220;one&#8221;<script>if (a < b) { "<p>" }</script> by Dorn (<a href="#ref-2">2020</a>).<aside role="doc-footnote">A note.</aside>
<h2>References</h2><ol id="refs"><li id="ref-1">Abel, K. (2018). <i>Silt</i>. <a href="https://doi.org/10.1000/silt">doi</a>
<li id="ref-2">Dorn, E. (2020). Mud.<li id="ref-3">Eck, P. (2016). Sand.</ol></body></html>"""

TYPST = """#set page("a4")
= Intro <intro>
See @a, @b[p. 3] and @intro. // @no
/* @no */ `@no` me@x.org https://x.org/@no *bold* _it_ #footnote[See @c]
#cite(<c>, supplement: [12], form: "prose") #quote(attribution: <d>)[x] $ x @y $
#include "part.typ"
#bibliography(("r.bib", "s.yml"), style: "apa")
"""

NOTEBOOK: dict[str, object] = {
    "nbformat": 4,
    "metadata": {},
    "cells": [
        {"cell_type": "raw", "source": ["---\n", "bibliography: r.bib\n", "---\n"]},
        {"cell_type": "markdown", "source": ["# H\n", "See [@a; @b] and Abel (2018).\n"]},
        {"cell_type": "code", "source": "x = '@no'", "outputs": []},
        {"cell_type": "markdown", "source": "## References\n\nAbel, K. (2018). Silt. *Coasts*, 1, 2–3.\n"},
    ],
}


def _word() -> bytes:
    """A Word document with what the forms lack: fields of citation programs, a numbered list, notes, changes, a text box."""
    item = {
        "id": 7,
        "uris": ["u1"],
        "itemData": {"type": "book", "title": "Mud", "author": [{"family": "Dorn"}]},
        "locator": "12",
    }
    code = json.dumps({"citationItems": [item]}).replace('"', "&quot;")

    def field(instruction: str, shown: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr>'
    body = (
        '<w:p><w:pPr><w:pStyle w:val="mine"/></w:pPr><w:r><w:t>One</w:t></w:r></w:p><w:p><w:r><w:t>Known </w:t></w:r>'
        f"{field('ADDIN ZOTERO_ITEM CSL_CITATION ' + code, '(Dorn, 2020)')}{field('CITATION abel18', '(Abel, 2018)')}"
        '<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1,2</w:t></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        f"<w:p>{numbered}<w:r><w:t>Abel, K. (2018). Silt. Coasts, 1, 2.</w:t></w:r></w:p>"
        f"<w:p>{field('ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY', 'Dorn, E. (2020). Mud. Shore Press.')}</w:p>"
        '<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_eyJjaXRhdGlvbkl0ZW1zIjpbXX0="/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
    )
    space = f'xmlns:w="{W}"'
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>".encode(),
            "word/styles.xml": f'<w:styles {space}><w:style w:styleId="h1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="mine">'
            f'<w:name w:val="Mine"/><w:basedOn w:val="h1"/></w:style></w:styles>'.encode(),
            "word/numbering.xml": f'<w:numbering {space}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="[%1]"/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/>'
            "</w:num></w:numbering>".encode(),
            "word/footnotes.xml": f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>See Abel (2018).</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>".encode(),
            "customXml/item1.xml": b'<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source>'
            b"<b:Tag>abel18</b:Tag><b:SourceType>Book</b:SourceType><b:Author><b:Author><b:NameList><b:Person><b:Last>Abel</b:Last>"
            b"</b:Person></b:NameList></b:Author></b:Author><b:Title>Silt</b:Title><b:Year>2018</b:Year></b:Source></b:Sources>",
        }
    )


def _open_document() -> bytes:
    item = '{"citationItems":[{"id":1,"uris":["u1"],"itemData":{"title":"Silt","author":[{"family":"Abel"}]}}]}'.replace(
        '"', "&quot;"
    )
    mark = f"ZOTERO_ITEM CSL_CITATION {item} RND1"
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:fo="f"><office:automatic-styles>'
        '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style></office:automatic-styles>'
        '<office:body><office:text><text:h text:outline-level="2">Head</text:h><text:p>See <text:s text:c="3"/>'
        f'<text:reference-mark-start text:name="{mark}"/>(Abel, 2018)<text:reference-mark-end text:name="{mark}"/>'
        '<text:span text:style-name="T1">2</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>A note.</text:p></text:note-body></text:note>.</text:p><text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>"
        '<text:section text:name="ZOTERO_BIBL {} CSL_BIBLIOGRAPHY RND2"><text:p>Abel, K. (2018). Silt in rivers.</text:p></text:section>'
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


PROJECT = {
    "src/main.tex": LATEX.replace(r"\input{part}", r"\input{parts/one}").encode(),
    "src/parts/one.tex": b"See \\cite{a} \\input{../main}.",
    "src/r.bib": BIBTEX.encode(),
    "src/main.bbl": BBL.encode(),
    "README.md": b"# Read me\n",
}


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip container."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    """A tar archive, not compressed."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


_TAGS = ("<", ">", "</", "/>", "<p>", "</p>", "&amp;", "&#x0;", "&#xD800;", "&nbsp;", "&x;", "<!--", "-->", "<![CDATA[", "]]>", "<?a", '"', "'",
         '<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;&x;">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">', "xmlns:a='b'", ' id="B1"')  # fmt: skip
_MARKDOWN = ("[@", "]", "@a", "`", "```\n", "---\n", "^[", "*", "_", "<sup>", "(", "](", "\\", "[^n]", "[^n]: ", "| a |\n", "{cite}`", "-@", "@{",
             "1. ", "- ", "# ", "> ", "    ", "<!-- refaudit: ignore LNK001 -->", "bibliography: ", "references:\n- ", "\n\n")  # fmt: skip
_YAML = ("- ", ": ", "&a ", "*a", "[", "]", "{", "}", "|\n", ">\n", "? ", "<<: *a", "!!python/object/apply:os.system [x]", "!!binary ====", "!!set {a}",
         "!!timestamp x", "!!int x", "!!float .inf", "2018-13-45", "2001-12-14t21:59:43.10-05:00", "0o17", ".nan", "~", "---\n", "...\n", "%YAML 9.9\n",
         "&a [*a]", "\n  ", "\t", "null", "'", '"', "\\x", "? [a, b]\n: c\n", "? {a: b}\n: c\n", "=")  # fmt: skip
_TEXT = ("(", ")", "[", "]", "(Abel, 2018)", "[1", "–", "et al.", " & ", "; ", "1999", "2018a", "https://doi.org/10.", "“", "”", "\n\n", "\f", "References\n",
         "10.1000/", "pp. ", "ed. ", "In ", "Abel, K.", "99999999999999999999", "et al. (", "^1^", "¹²", "[1-99999999]", "(1900-2100)", "ibid. ")  # fmt: skip
_LATEX = ("\\cite{", "}", "{", "$", "$$", "\\begin{verbatim}", "\\begin{equation}", "\\end{document}", "\\bibitem[", "]", "[", "%", "\n\n", "\\input{x}",
          "\\input{/etc/passwd}", "\\newcommand{\\a}[1]{\\cite{#1}}", "\\newcommand{\\a}[9]{\\a{#1}\\a{#9}}", "\\a", "\\verb|", "\\footnote{", "\\\"", "\\let\\a\\a",
          "\\url{", "\\item", "\\iffalse", "\\fi", "\\begin{tabular}{", "&", "\\\\", "#1", "~", "\\def\\a#1#2{", "\\section{",
          "\\end{", "\\begin{", "^", "_", "\\")  # fmt: skip
_BIBTEX = ("@a{", "{", "}", '"', ",", "=", "#", "@string{c = c # c}", "\n@book{", "crossref={a}", "crossref={p}", " and ", "and others", "@comment{", "@preamble{",
           "\\\"", "{\\", "author=", "year={", "month=", "date={1900/..}", "date={../}", "xdata={x,x}", "\\url{", "$", "~", "@")  # fmt: skip
_JSON = (
    "{",
    "}",
    "[",
    "]",
    '"',
    ",",
    ":",
    "null",
    "true",
    "NaN",
    "Infinity",
    "1e999",
    "-0",
    "\\u0000",
    "\\ud800",
    "9" * 5000,
    '{"id":',
    "//",
)

TARGETS: dict[str, Target] = {
    "plain": Target("f.txt", "txt", "text", (PLAIN.encode(),), _TEXT),
    "markdown": Target("f.md", "md", "text", (MARKDOWN.encode(), PLAIN.encode()), _MARKDOWN + _TEXT),
    "latex": Target("f.tex", "tex", "text", (LATEX.encode(), BBL.encode()), _LATEX),
    "bibtex": Target("f.bib", "bib", "text", (BIBTEX.encode(),), _BIBTEX),
    "docx": Target("f.docx", "docx", "zip", (_word(), (FORMS / "paper.docx").read_bytes(), (FORMS / "numbered.docx").read_bytes()), _TAGS),
    "odt": Target("f.odt", "odt", "zip", (_open_document(), (FORMS / "paper.odt").read_bytes()), _TAGS),
    "epub": Target("f.epub", "epub", "zip", ((FORMS / "paper.epub").read_bytes(), (FORMS / "numbered.epub").read_bytes()), _TAGS),
    "pdf": Target("f.pdf", "pdf", "pdf", tuple((FORMS / f"{one}.pdf").read_bytes() for one in ("paper", "columns", "lines"))),
    "pdf-layout": Target("f.pdf", "pages", "json", ()),
    "jats": Target("f.xml", "jats", "xml", (JATS.encode(),), (*_TAGS, '<xref ref-type="bibr" rid="B1">', "</xref>", '<ref id="B1">', "<fn>")),
    "tei": Target("f.xml", "tei", "xml", (TEI.encode(),), (*_TAGS, '<ref type="bibr" target="#b0">', "<biblStruct>", "<note>")),
    "html": Target("f.html", "html", "xml", (HTML.encode(), (FORMS / "paper.html").read_bytes()), (*_TAGS, '<a href="#ref-1">', "<li>", "<script>", "<td>", "<title>")),
    "typst": Target("f.typ", "typst", "text", (TYPST.encode(),), ("@a", "#cite(<a>)", '#bibliography("', "/*", "*/", "//", "```", "<a>", "= ",
                    "#let a(", "[", "]", "(", ")", '"', "\\", "$")),
    "notebook": Target("f.ipynb", "ipynb", "json", (json.dumps(NOTEBOOK).encode(),), _JSON + _MARKDOWN),
    "csl-json": Target("f.json", "csl-json", "json", (json.dumps(CSL_ITEMS, indent=1, ensure_ascii=False).encode(),), _JSON),
    "csl-yaml": Target("f.yaml", "csl-yaml", "yaml", (CSL_YAML.encode(),), _YAML),
    "hayagriva": Target("f.yml", "yaml", "yaml", (HAYAGRIVA.encode(),), _YAML),
    "ris": Target("f.ris", "ris", "text", (RIS.encode(),), ("TY  - ", "ER  - \n", "\n", "AU  - ", "PY  - ", "SP  - ", "  - ", "TY  - XXXX\n", "ID  - ")),
    "nbib": Target("f.nbib", "nbib", "text", (NBIB.encode(),), ("PMID- ", "FAU - ", "LID - ", "\n      ", "DP  - ", " [doi]", "\n\n", "PG  - ")),
    "endnote": Target("f.xml", "endnote", "xml", (ENDNOTE.encode(),), (*_TAGS, "<record>", "<style>", "<year>")),
    "zip": Target("f.zip", "zip", "zip", (zipped(PROJECT),), _LATEX),
    "tar": Target("f.tar", "tar", "tar", (tarred(PROJECT), gzip.compress(tarred(PROJECT), mtime=0)), _LATEX),
} | fuzz_light.TARGETS  # fmt: skip
"""Every reader by its name; ``guess`` stands for files of all of them under wrong names."""

TARGETS["guess"] = Target(
    "f",
    None,
    "any",
    tuple(seed for target in TARGETS.values() for seed in target.seeds[:1]),
    _TAGS + _MARKDOWN + _LATEX + _BIBTEX + _YAML,
)
