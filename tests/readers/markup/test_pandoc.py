"""Citations by key in Markdown, Quarto, notebooks and MyST, and the bibliographies of front matter."""

import json
from pathlib import Path

import pytest

from refaudit.model import Span
from refaudit.readers import read
from refaudit.readers.markup import pandoc
from refaudit.readers.project_files import Files
from tests.readers.show import cited, document, project, source_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [@a].", [("@a", [("a", "", "")])]),
        ("See [@a; @b, p. 3].", [("@a; @b, p. 3", [("a", "", ""), ("b", "", "p. 3")])]),
        (
            "[see @a, pp. 33-35; also -@b, ch. 1 and on]",
            [("see @a, pp. 33-35; also -@b, ch. 1 and on", [("a", "see", "pp. 33-35"), ("b", "also", "ch. 1 and on")])],
        ),
        ("As @a [p. 3] says.", [("@a", [("a", "", "p. 3")])]),
        ("As @a says, @b.", [("@a", [("a", "", "")]), ("@b", [("b", "", "")])]),
        ("Key @{https://x.org/a.b} here.", [("@{https://x.org/a.b}", [("https://x.org/a.b", "", "")])]),
        ("Key [@doe:99_a-b.c/d].", [("@doe:99_a-b.c/d", [("doe:99_a-b.c/d", "", "")])]),
        ("End [@a_b], and @c.", [("@a_b", [("a_b", "", "")]), ("@c", [("c", "", "")])]),
        ("[nested [@a] here]", [("@a", [("a", "", "")])]),
        ("A note^[see @a, and [@b]].", [("@b", [("b", "", "")])]),
        ("mail me@x.org or \\@a; twitter.com/@b", []),
        ("@fig-one and [@tbl-two; @sec-three] and @eq:x", []),
        ("[open @a\n\nnext] @b", [("@a", [("a", "", "")]), ("@b", [("b", "", "")])]),
        ("[@a](http://x.org)", [("@a", [("a", "", "")])]),
        ("Ends with @a:", [("@a", [("a", "", "")])]),
    ],
)
def test_syntax(text: str, expected: list[object]):
    found = list(pandoc.citations(text))
    if text.startswith("A note"):  # the note holds a narrative citation and a bracket
        assert [one.text for one in found] == ["@a", "@b"]
        return
    assert [(one.text, [(i.key, i.prefix, i.locator) for i in one.items]) for one in found] == expected
    assert all(text[one.span.start : one.span.end] == one.text for one in found)


def test_code_is_skipped():
    text = "Run `@a` then @b."
    assert [one.text for one in pandoc.citations(text, [Span(4, 8)])] == ["@b"]


def test_front_matter(tmp_path: Path):
    front = (
        "---\ntitle: T\nbibliography:\n  - one.bib\n  - two.json\nnocite: |\n  @n\nreferences:\n- id: inline\n  type: book\n  title: In\n"
        "  author:\n  - family: Abel\n    given: Karl\n  issued: {date-parts: [[2018]]}\n---\n"
    )
    read_ = project(
        tmp_path,
        "paper.qmd",
        paper_dot_qmd=front + "\n# One\n\nText [@a; @j] and @inline [p. 2], `@code`, \\@escaped.\n\n```{r}\n@chunk\n```\n",
        one_dot_bib="@book{a, title={A}}\n@book{n, title={N}}",
        two_dot_json='[\n {"id": "j", "type": "book", "title": "J"}\n]',
    )
    assert cited(read_) == [("@a; @j", ["a", "j"]), ("@inline", ["inline"]), ("nocite", ["n"])]
    assert [(one.key, one.cited_only, one.title and one.title.value) for one in read_.references] == [
        ("a", True, "A"),
        ("n", True, "N"),
        ("j", True, "J"),
        ("inline", False, "In"),
    ]
    assert read_.list_given
    places = [read_.locate(one.span) for one in read_.references]
    assert [(Path(place.path).name, place.line) for place in places] == [
        ("one.bib", 1),
        ("one.bib", 2),
        ("two.json", 2),
        ("paper.qmd", 9),
    ]


def test_the_project_names_the_bibliography(tmp_path: Path):
    read_ = project(
        tmp_path,
        "paper.qmd",
        paper_dot_qmd="Text @a.\n",
        r_dot_bib="@book{a, title={A}}",
        _quarto_dot_yml="project:\n  type: book\nbibliography: r.bib\n",
    )
    assert [one.key for one in read_.references] == ["a"]


def test_an_account_is_no_citation_without_a_bibliography():
    assert document("Thanks to @someone on the web.").citations == ()


def test_an_unread_bibliography_leaves_the_list_open():
    read_ = document("---\nbibliography: refs.bib\n---\nText @a.\n")
    assert (read_.list_given, read_.list_unread) == (False, ("refs.bib",))
    assert read_.problems[0].message.startswith("the bibliography refs.bib: other files are not read from here")


def test_broken_front_matter_is_told():
    read_ = document("---\nbibliography: [a\n---\nText [@a].\n")
    assert cited(read_) == [("@a", ["a"])]
    assert "the front matter is not used" in read_.problems[0].message


def test_notebook(tmp_path: Path):
    cells = [
        {"cell_type": "raw", "source": ["---\n", "bibliography: r.bib\n", "---\n"]},
        {"cell_type": "code", "source": "x = '@no'"},
        {"cell_type": "markdown", "source": ["# Head\n", "\n", "Text [@a]."]},
        {"cell_type": "markdown", "source": "More @b."},
    ]
    (tmp_path / "r.bib").write_text("@book{a, title={A}}@book{b, title={B}}")
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}))
    read_ = read(str(path), path.read_bytes(), files=Files.beside(path))
    assert cited(read_) == [("@a", ["a"]), ("@b", ["b"])]
    assert [read_.locate(one.span).paragraph for one in read_.citations] == [3, 4]
    assert [one.key for one in read_.references] == ["a", "b"]


def test_links_of_a_wiki_cite():
    """Obsidian's "[[@key#part|shown]]": what is shown is no locator, a part is none of the key; other links cite nothing."""
    files = Files(members={"r.bib": b"@book{a, title={A}}@book{b, title={B}}"})
    text = "---\nbibliography: r.bib\n---\nSee [[@a]], [[@b|Lee 2020]], [[@b#Part]] and [[note]], [[@gone]].\n"
    read = document(text, "a.md", files)
    assert [(one.text, [(item.key, item.locator) for item in one.items]) for one in read.citations] == [
        ("@a", [("a", "")]),
        ("@b|Lee 2020", [("b", "")]),
        ("@b#Part", [("b", "")]),
        ("@gone", [("gone", "")]),
    ]
    assert [source_of(read, one.items[0].span.start, one.items[0].span.end) for one in read.citations] == [
        "@a",
        "@b",
        "@b",
        "@gone",
    ]
