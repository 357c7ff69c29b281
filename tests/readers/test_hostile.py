"""Files made to hurt: read or refused in bounded time and memory, with one clear line, and nothing outside is opened."""

import contextlib
import gzip
import io
import json
import zipfile
from collections.abc import Callable

import pytest

from refaudit.errors import InputError
from refaudit.readers import read
from tests.counting import grows_linearly
from tests.readers.show import zipped

N = 5_000
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

REPEATED = {
    "tex": [
        "{", "}", "$a", "\\cite{a,b}", "\\cite[", "\\begin{verbatim}", "\\begin{equation}", "\\footnote{", "\\emph{", "\\item ",
        "\\bibitem{a} x ", "-", "\\(", "\\verb|", "%\n", "\\foo[", "\\'{", "\\iffalse ", "\\section{", "\\begin{thebibliography}",
        "\\newcommand{\\a}{\\a\\a}\\a", "\\input{a}", "\\let\\a\\a", "\\href{", "\\texorpdfstring{a}",
    ],
    "bib": ["@article{a, title={", "@a{b,c=\"", "@", "@article{a, title={\n", "@string{a = a # a}\n", "@inbook{a,crossref={a}}\n"],
    "md": ["[", "@a ", "[@a", "[@a](", "@", "@{", "^[", "`", "---\n", "@a [", "\\@", "$a", "$$", "```\n", "```{note}\n",
        "a ``` ", "<script>", "\\begin{align}", "    x = y\n", "{{< include f >}}\n", "[@tag:a]: doi:10.1/a\n", "@doi:10.1/", "cite:a,", "\\cite{a", "@a_"],
    "html": ["<div>", "<", '<a href="', "<p>", "&", "<!--", "<script>", "</b>", "<sup>", "<table><tr><td>", '<li id="b1"><a href="#b1">', "<![CDATA["],
    "jats": ["<sec>", "<article>", '<xref ref-type="bibr" rid="a">1-9</xref>', '<ref id="a">', "<mixed-citation><name>", "&#x0;"],
    "tei": ['<div><ref type="bibr" target="#a">', "<biblStruct>", "<p>"],
    "typst": ["#bibliography(", "#cite(", "/*", "@a ", "```", '#bibliography("', "#include \"a.typ\"\n", "= ",
        "$a", "include \"", "#a-cite(", "#cite(\"a\",", "#include a + ", "label(", "import \"a\""],
    "ris": ["TY  - JOUR\n", "TI  - a\n", "ER  -\n"],
    "nbib": ["PMID- 1\n", "AU  - a\n"],
    "csl-json": ["[", '{"id":', '[{"id": "a"}, '],
    "endnote": ["<record>", "<author>"],
}  # fmt: skip


@pytest.mark.parametrize(("format_", "piece"), [(name, piece) for name, pieces in REPEATED.items() for piece in pieces])
def test_one_sign_over_and_over(format_: str, piece: str):
    opening = {"html": "<html><body>", "jats": "<article><front/><body><p>", "csl-json": "["}.get(format_, "")
    try:
        document = read("f", (opening + piece * N).encode(), input_format=format_)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(0 <= block.span.start <= block.span.end <= len(document.text) for block in document.blocks)


@pytest.mark.parametrize(("format_", "piece"), [(name, piece) for name, pieces in REPEATED.items() for piece in pieces])
def test_reading_grows_with_the_length(format_: str, piece: str):
    opening = {"html": "<html><body>", "jats": "<article><front/><body><p>", "csl-json": "["}.get(format_, "")

    def work(times: int) -> Callable[[], object]:
        data = (opening + piece * times).encode()

        def call() -> None:
            with contextlib.suppress(InputError):
                read("f", data, input_format=format_)

        return call

    assert grows_linearly(work, 300)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", zipped(**{"[Content_Types]_dot_xml": "<a/>", "word__document_dot_xml": b"<a>" + b" " * 300_000_000}), "larger than 256 MB"),
        ("a.zip", zipped(main_dot_tex=b" " * 300_000_000), "larger than 256 MB"),
        ("a.tar.gz", gzip.compress(b"\0" * 300_000_000), "larger than 256 MB"),
        ("a.docx", zipped(**{"[Content_Types]_dot_xml": "<a/>", "word__document_dot_xml": "<a>" * 10_000}), "holds no text"),
        ("a.epub", zipped(**{"META-INF__container_dot_xml": "<a/>"}), "without readable chapters"),
        ("a.odt", zipped(content_dot_xml="<a/>", mimetype="x"), "without running text"),
        ("a.ipynb", b"[" * 100_000, "is not a notebook"),
        ("a.ipynb", b'{"nbformat": 4}', "it has no cells"),
        ("a.json", b'"text"', "neither a list nor an object"),
        ("a.tar.gz", b"\x1f\x8b damaged", "is damaged and cannot be unpacked"),
        (
            "a.pdf",
            b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n"
            b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 100000 >>\nendobj\ntrailer << /Root 1 0 R >>",
            "no page of it can be read",
        ),
    ],
)  # fmt: skip
def test_bombs_loops_and_wrong_insides(name: str, data: bytes, message: str):
    with pytest.raises(InputError) as error:
        read(name, data)
    assert message in str(error.value)


def test_entities_are_neither_expanded_nor_fetched():
    source = (
        '<!DOCTYPE article [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<article><front/><body><p>&b; &x; &amp;</p></body></article>"
    )
    assert read("a.xml", source.encode()).text == "&b; &x; &"


def test_names_that_lead_out_of_an_archive_are_left_out():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../../evil.tex", "\\documentclass{a}\\begin{document}evil\\end{document}")
        archive.writestr("/abs.tex", "\\documentclass{a}\\begin{document}evil\\end{document}")
        archive.writestr("ok.tex", "\\documentclass{a}\\begin{document}fine \\input{../../evil}\\end{document}")
    document = read("a.zip", stream.getvalue())
    assert document.text.strip() == "fine"
    assert [one.message for one in document.problems] == ["\\input: ../../evil: no such file in the archive"]


def test_word_fields_and_tables_without_end():
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 2000
        + "<w:tbl><w:tr><w:tc>" * 60
        + "<w:p/>"
        + "</w:tc></w:tr></w:tbl>" * 60
    )
    members = {
        "[Content_Types]_dot_xml": "<a/>",
        "word__document_dot_xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    with pytest.raises(InputError, match="holds no text"):
        read("a.docx", zipped(**members))


def test_a_notebook_of_odd_cells():
    cells = [
        1,
        None,
        {"cell_type": "markdown"},
        {"cell_type": "markdown", "source": [1, "a"]},
        {"cell_type": "markdown", "source": {"a": 1}},
    ]
    document = read("a.ipynb", json.dumps({"nbformat": 4, "cells": cells}).encode())
    assert "a" in document.text
