"""reStructuredText: roles that cite, citations and footnotes of docutils, what is code, projects of Sphinx."""

from pathlib import Path

import pytest

from refaudit.model import MarkKind
from tests.readers.show import cited, document, project, source_of

BIB = "@book{a, title={A}}@book{b, title={B}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain :cite:`a`.", (":cite:`a`", [("a", "", "")])),
        ("Rain :cite:`a, b`.", (":cite:`a, b`", [("a", "", ""), ("b", "", "")])),
        ("Rain :cite:p:`{see}a{p. 3},b`.", (":cite:p:`{see}a{p. 3},b`", [("a", "see", "p. 3"), ("b", "", "")])),
        ("Rain :cite:ts:`a`.", (":cite:ts:`a`", [("a", "", "")])),
        ("Rain :footcite:`a`.", (":footcite:`a`", [("a", "", "")])),
        ("Rain :footcite:t:`a`.", (":footcite:t:`a`", [("a", "", "")])),
        ("Rain [Moren2019]_ falls.", ("[Moren2019]_", [("Moren2019", "", "")])),
        (".. note:: As :cite:`a` says.", (":cite:`a`", [("a", "", "")])),
        (".. admonition:: Title\n   :class: x\n\n   As :cite:`a` says.", (":cite:`a`", [("a", "", "")])),
        (".. figure:: x.png\n   :alt: y\n\n   From :cite:`a`.", (":cite:`a`", [("a", "", "")])),
        ("On :cite:`a`\n===========", (":cite:`a`", [("a", "", "")])),
        ("* Item\n  goes on :cite:`a`", (":cite:`a`", [("a", "", "")])),
        ("  Quoted :cite:`a`", (":cite:`a`", [("a", "", "")])),
        ("+---+-----------+\n| x | :cite:`a` |\n+---+-----------+", (":cite:`a`", [("a", "", "")])),
        ("Text [#n]_.\n\n.. [#n] As :cite:`a`\n   says.", (":cite:`a`", [("a", "", "")])),
    ],
)
def test_what_cites(text: str, expected: tuple[str, list[tuple[str, str, str]]]):
    read = document(text, "a.rst")
    assert all(source_of(read, item.span.start, item.span.end) == item.key for one in read.citations for item in one.items)
    assert [(one.text, [(item.key, item.prefix, item.locator) for item in one.items]) for one in read.citations] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "``:cite:`a```", "Code::\n\n  :cite:`a`\n\n  :cite:`b`", ".. code-block:: rst\n   :linenos:\n\n   :cite:`a`", ".. math:: :cite:`a`", ".. :cite:`a`\n   more",
        ".. _target: :cite:`a`", ">>> print(':cite:`a`')\n:cite:`a`", ".. literalinclude:: x :cite:`a`", "::\n\n  [a]_", ".. raw:: html\n\n   [a]_",
        "[1]_ and [*]_ and [#]_ and [a] and x[a]_y", ":ref:`cite`", ".. |x| replace:: :cite:`a`",
    ],
)  # fmt: skip
def test_what_does_not_cite(text: str):
    assert cited(document(f"Text.\n\n{text}\n\nEnd.", "a.rst")) == []


def test_a_literal_block_ends_where_its_indent_does():
    assert cited(document("Code::\n\n   [no]_\n\nText [a]_.\n", "a.rst")) == [("[a]_", ["a"])]


def test_the_text_without_markup():
    read = document(
        "====\nRain\n====\n\nFirst *part*\n------------\n\nSoils **lose** ``n`` of `water <https://x.org>`_ and :ref:`sec <x>`,\\ so\\* :sup:`2`; :doi:`10.5555/a`.\n\n"
        "1. One\n   goes on\n2. Two\n\n- Dash\n\n.. [1] A note.\n\nSecond\n------\n\n=== ===\na   b\n=== ===\nc   d\n=== ===\n",
        "a.rst",
    )
    assert [
        (block.kind.value, block.level, block.label, read.text[block.span.start : block.span.end]) for block in read.blocks
    ] == [
        ("heading", 1, "", "Rain"),
        ("heading", 2, "", "First part"),
        ("paragraph", 0, "", "Soils lose ``n`` of water and sec,so* 2; doi:10.5555/a."),
        ("code", 0, "", "``n``"),
        ("item", 0, "1.", "1. One goes on"),
        ("item", 0, "2.", "2. Two"),
        ("item", 0, "", "Dash"),
        ("footnote", 0, "1", "A note."),
        ("heading", 2, "", "Second"),
        ("table", 0, "", "a b c d"),
    ]
    assert [(mark.kind, read.text[mark.span.start : mark.span.end], mark.target) for mark in read.marks] == [
        (MarkKind.LINK, "water", "https://x.org"),
        (MarkKind.SUPERSCRIPT, "2", ""),
        (MarkKind.LINK, "10.5555/a", "https://doi.org/10.5555/a"),
    ]


def test_citations_of_docutils_are_the_list():
    read = document(
        "Rain [Mor02]_, [Gone]_.\n\n.. [Mor02] Moren, A. (2002). *Rain*.\n   Soils 3.\n.. [Lee] Lee, B. (2020). Crusts.\n\nEnd.\n",
        "a.rst",
    )
    assert cited(read) == [("[Mor02]_", ["Mor02"]), ("[Gone]_", ["Gone"])]
    assert [(one.key, one.raw) for one in read.references] == [
        ("Mor02", "Moren, A. (2002). Rain. Soils 3."),
        ("Lee", "Lee, B. (2020). Crusts."),
    ]
    place = read.locate(read.references[0].span)
    assert (read.list_given, place.line, place.column, place.end_line) == (True, 3, 12, 4)


def test_numbered_footnotes_below_a_heading_of_references_are_entries():
    text = "Rain [1]_ and [3]_.\n\nReferences\n----------\n\n.. [1] Moren, A. (2002). Rain.\n.. [2] Lee, B. (2020). Crusts.\n\nNotes\n-----\n\n.. [3] A note.\n"
    assert document(text, "a.rst").text == (
        "Rain [1] and .\n\nReferences\n\n[1] Moren, A. (2002). Rain.\n\n[2] Lee, B. (2020). Crusts.\n\nNotes\n\nA note."
    )


@pytest.mark.parametrize("named", [".. bibliography:: r.bib", ".. bibliography::", ".. footbibliography::", ""])
def test_bibliographies_of_the_page_or_the_project(tmp_path: Path, named: str):
    read = project(
        tmp_path,
        "doc/a.rst",
        doc__a_dot_rst=f"Rain :cite:`a` and :cite:`gone`, [elsewhere]_.\n\n{named}\n",
        doc__r_dot_bib=BIB,
        doc__conf_dot_py="import os\nbibtex_bibfiles = ['r.bib']\n",
    )
    assert [keys for _, keys in cited(read)] == [["a"], ["gone"]]
    assert ([one.key for one in read.references], read.list_given) == (["a", "b"], True)


def test_all_entries_are_printed_when_asked_for(tmp_path: Path):
    read = project(tmp_path, "a.rst", a_dot_rst=":cite:`a`\n\n.. bibliography:: r.bib\n   :all:\n", r_dot_bib=BIB)
    assert cited(read) == [(":cite:`a`", ["a"]), ("nocite", ["a", "b"])]


def test_the_root_page_of_a_project_brings_its_pages(tmp_path: Path):
    read = project(
        tmp_path,
        "index.rst",
        index_dot_rst="Book\n====\n\n.. toctree::\n   :maxdepth: 2\n\n   c/one\n   The end <end>\n   https://x.org\n\n.. include:: part.rst\n\nLast [M]_.\n",
        c__one_dot_rst="One\n===\n\nText :cite:`a`, [Gone]_.\n",
        end_dot_rst=".. [M] Moren, A. (2002). Rain.\n\n.. bibliography::\n",
        part_dot_rst=":cite:`b`\n",
        conf_dot_py="bibtex_bibfiles = ['r.bib']",
        r_dot_bib=BIB,
    )
    assert [
        (keys, Path(read.locate(one.span).path).name) for one, (_, keys) in zip(read.citations, cited(read), strict=True)
    ] == [
        (["a"], "one.rst"),
        (["Gone"], "one.rst"),
        (["b"], "part.rst"),
        (["M"], "index.rst"),
    ]
    assert [one.key for one in read.references] == ["M", "a", "b"]
