"""What holds for every light markup: any text is read, and places lead back to the source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refaudit.errors import InputError
from refaudit.model import Span
from refaudit.readers import read
from tests.readers.show import source_of

PIECES = {
    "org": ["[cite:@a]", "[cite/t:see @a;@b]", "cite:a,b", "[[cite:&a;&b]]", "* Head :noexport:\n", "** Head\n", "#+begin_src\n", "#+end_src\n",
            "#+caption: ", "[fn:1]", "[fn::", "]", "| a |", "- ", "1. ", "=", "~", "*", "/", "$", "\\(", ":drawer:\n", ":end:\n", "[[", "][", "]]",
            "#+include: \"a.org\"\n", "#+bibliography: r.bib\n", "^{2}"],
    "asciidoc": ["cite:[a]", "cite:see[a(3), b]", "fullcite:[b, page=3]+[a]", "citenp:[", "]", "* [[[a]]] ", "* [[[b,7]]] ", "<<a>>", "<<b,x>>", "xref:a[t]",
                 "= Head\n", "=== Head\n", "Head\n----\n", "----\n", "....\n", "////\n", "[source]\n", "[bibliography]\n", ":n: rain {n}\n", "{n}",
                 "footnote:[", "include::a.adoc[]\n", "`", "+", "*", "_", "^2^", "|===\n", "|a |b\n", "1. ", ". ", ".Title\n", "  set in\n", "// c\n"],
    "rst": [":cite:`a`", ":cite:p:`{see}a{p. 3},b`", "[a]_", "[1]_", "[#n]_", ".. [a] ", ".. [1] ", ".. [#n] ", "Head\n====\n", "----\n", "::\n\n", "   ", ".. note:: ",
            ".. math::\n", ".. bibliography:: r.bib\n", ".. toctree::\n", ":all:\n", "`", "``", "`x <y>`_", ":doi:`10.1/x`", ":sup:`2`", "*", "**", "|", "+--+\n",
            "=== ===\n", "- ", "1. ", ">>> ", "\\ ", ".. c\n", "References\n----------\n"],
    "context": ["\\cite[a]", "\\cite[authoryear][a,b]", "\\cite[lefttext={see }][x::b]", "\\starttext\n", "\\stoptext", "\\startchapter[title={", "}]",
                "\\section{", "}", "{",
                "\\define[1]\\own{\\cite[#1]}", "\\own{a}", "\\starttyping\n", "\\stoptyping", "\\startbuffer[b]\n@book{a, title={T}}\n", "\\stopbuffer",
                "\\usebtxdataset[b.buffer]",
                "\\startitemize[n]", "\\item ", "\\stopitemize", "\\footnote{", "\\in{x}[y]", "\\component c\n", "\\bTABLE", "\\eTABLE", "\\NC ", "$", "%", "[", "]",
                "\\placelistofpublications[criterium=all]", "\\startformula", "\\high{2}", "\\type{", "\\placefigure[x][y]{"],
    "wikitext": ["{{cite book|last=A|year=2001|title=T}}", "{{sfn|A|2001|p=3}}", "{{", "}}", "|", "<ref>", "<ref name=x />", "</ref>", "<ref name=\"x\">",
                 "[[a|b]]", "[https://x.org y]",
                 "== Head ==\n", "* ", "# ", "{|\n", "|}\n", "''", "<!--", "-->", "<nowiki>", "</nowiki>", "<br />", "{{quote|"],
}  # fmt: skip
WORDS = ["rain ", "Süd", " ", "\n", "\n\n", "\r\n", "\t", ".", ",", "𝔸", "(", ")", "2019"]


@pytest.mark.parametrize("form", PIECES)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_text_is_read_and_places_lead_back(form: str, data: st.DataObject):
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES[form] + WORDS), max_size=30)))
    try:
        document = read(f"f.{form}", text.encode(), input_format=form)
    except InputError as error:
        assert "\n" not in str(error)
        return
    length = len(document.text)
    assert all(0 <= block.span.start < block.span.end <= length for block in document.blocks)
    assert all(0 <= mark.span.start < mark.span.end <= length for mark in document.marks)
    assert list(document.pieces) == sorted(document.pieces, key=lambda piece: piece.at)
    for number, char in enumerate(document.text):  # what is printed is in the source, at its place
        if char.isalpha():
            source = source_of(document, number, number + 1)
            # an attribute of AsciiDoc is replaced; the role of a text may stand behind it, and its word stands for the mark before
            assert char in source or source in ("{n}", "`")
    for citation in document.citations:
        assert document.text[citation.span.start : citation.span.end] == citation.text
        for item in citation.items:
            assert citation.span.start <= item.span.start <= item.span.end <= citation.span.end
            assert item.span == citation.span or document.text[item.span.start : item.span.end] == item.key
    for reference in document.references:
        assert document.text[reference.span.start : reference.span.end] == reference.raw
        assert document.locate(Span(reference.span.start, reference.span.end)).line is not None
