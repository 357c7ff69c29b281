"""Light markup made to hurt: one sign over and over is read, and twice as much of it takes twice the work."""

import contextlib
from collections.abc import Callable

import pytest

from refaudit.errors import InputError
from refaudit.readers import read
from tests.counting import grows_linearly

PIECES = {
    "org": ["[cite:@a;", "cite:a,", "[[cite:&a", "[fn::", "*a ", "|", "- a\n", "* a\n", "#+include: \"a.org\"\n", "#+begin_src\n", "=a", "$a", "\\(", "^{"],
    "asciidoc": ["cite:[a,", "cite:[a]+[", "footnote:[", "[[[a]]]", "<<a>>", "`a", ":a: {a}{a}\n", "include::a.adoc[]\n", "----\n", "a\n====\n",
        "|a|", "* [[[a]]] b\n", "xref:a["],
    "rst": [":cite:`a,", "[a]_", ".. [a] b\n", "a\n==\n\n", "a::\n\n b\n", ".. a\n b\n", "`a <", "*a", "- a\n", ".. toctree::\n a\n", "+--+\n", ">>> ",
        ".. bibliography:: a.bib\n"],
    "context": ["\\cite[a,", "\\starttyping ", "\\startbuffer[a]\n@book{", "\\startchapter[title={", "\\section{", "\\define[1]\\x{", "\\in{", "\\startformula ", "[",
        "\\footnote{", "\\usepath[{", "\\startpublication ", "\\bTABLE", "\\placefigure[", "\\component a\n", "\\startitemize"],
}  # fmt: skip
GROW = {
    "org": ["[cite:@a;", "[fn::", "*a ", "- a\n", "[fn::a] "],
    "asciidoc": ["cite:[a,", "footnote:[", "[[[a]]]", "<<a>>", ":a: {a}{a}\n"],
    "rst": [":cite:`a,", ".. [a] b\n", "a\n==\n\n", "- a\n", "a::\n\n b\n"],
    "context": [
        "\\cite[a,",
        "\\cite[a]",
        "\\starttyping ",
        "\\startbuffer[a]\n@book{",
        "\\startchapter[title={",
        "\\startformula ",
        "\\startpublication ",
        "\\startchapter[title={\\cite[a]}]",
        "\\in{a}[b]",
    ],
}


@pytest.mark.parametrize("form", PIECES)
def test_one_sign_over_and_over(form: str):
    for piece in PIECES[form]:
        try:
            document = read("f", (piece * 3_000).encode(), input_format=form)
        except InputError as error:
            assert "\n" not in str(error)
        else:
            assert all(0 <= block.span.start < block.span.end <= len(document.text) for block in document.blocks)


@pytest.mark.parametrize(("form", "piece"), [(form, piece) for form, pieces in GROW.items() for piece in pieces])
def test_reading_grows_with_the_length(form: str, piece: str):
    def work(times: int) -> Callable[[], object]:
        data = (piece * times).encode()

        def call() -> None:
            with contextlib.suppress(InputError):
                read("f", data, input_format=form)

        return call

    assert grows_linearly(work, 60)
