"""MyST's roles and directives, and the bibliographies that a project's configuration names."""

import json
from pathlib import Path

import pytest

from refaudit.parse import parse
from refaudit.readers import read
from refaudit.readers.project_files import Files
from tests.readers.show import cited, document, project, source_of

BIB = "@book{a, title={A}}\n@book{b_1, title={B}}\n@book{c, title={C}}"


@pytest.mark.parametrize(
    ("role", "keys", "prefix", "locator"),
    [
        ("{cite}`a`", ["a"], "", ""),
        ("{cite}`a,b_1`", ["a", "b_1"], "", ""),
        ("{cite:p}`a, b_1 ,c`", ["a", "b_1", "c"], "", ""),
        ("{cite:t}`a:b/c-2`", ["a:b/c-2"], "", ""),
        ("{cite:author}`a`", ["a"], "", ""),
        ("{cite:yearpar}`a`", ["a"], "", ""),
        ("{citep}`a`", ["a"], "", ""),
        ("{footcite:p}`a`", ["a"], "", ""),
        ("{cite:p}`{see}a{p. 3}`", ["a"], "see", "p. 3"),
        ("{cite}`a,\n  b_1_x`", ["a", "b_1_x"], "", ""),
    ],
)
def test_roles(role: str, keys: list[str], prefix: str, locator: str):
    read_ = document(f"Text {role} goes *on*.\n")
    assert [[item.key for item in one.items] for one in read_.citations] == [keys]
    first, last = read_.citations[0].items[0], read_.citations[0].items[-1]
    assert (first.prefix, last.locator) == (prefix, locator)
    assert source_of(read_, last.span.start, last.span.end) == keys[-1]
    assert source_of(read_, read_.citations[0].span.start, read_.citations[0].span.end) == role


@pytest.mark.parametrize(
    "text",
    [
        "```md\n{cite}`a`\n```",
        "`` {cite}`a` ``",
        "{ref}`a` and {numref}`b` and {math}`x`",
        "{cite} `a`",
        "Set {cite}.",
    ],
)
def test_no_role_that_cites(text: str):
    assert document(f"Text.\n\n{text}\n").citations == ()


def test_a_directive_names_the_files(tmp_path: Path):
    read_ = project(
        tmp_path,
        "paper.md",
        paper_dot_md="Text {cite}`a` and [@b_1].\n\n```{bibliography} one.bib\n:style: plain\n```\n",
        one_dot_bib=BIB,
    )
    assert cited(read_) == [("{cite}`a`", ["a"]), ("@b_1", ["b_1"])]
    assert [(one.key, one.cited_only) for one in read_.references] == [("a", True), ("b_1", True), ("c", True)]
    links = parse(read_).links
    assert [(link.status.value, link.references) for link in links] == [("exact", ("r1",)), ("exact", ("r2",))]


@pytest.mark.parametrize(
    "configuration",
    [
        {"_config.yml": "title: Book\nbibtex_bibfiles:\n  - refs/r.bib\n", "_toc.yml": "root: intro"},
        {"_config.yml": "sphinx:\n  config:\n    bibtex_bibfiles: [refs/r.bib]\n", "_toc.yml": "root: intro"},
        {"myst.yml": "project:\n  bibliography: [refs/r.bib]\n"},
        {"_quarto.yml": "project:\n  type: book\nbibliography: refs/r.bib\n"},
        {"pyproject.toml": "", "conf.py": "project = 'x'\nbibtex_bibfiles = ['refs/r.bib']\n"},
        {"_bookdown.yml": "book_filename: x", "index.Rmd": "---\ntitle: Book\nbibliography: refs/r.bib\n---\nHello\n"},
    ],
)
def test_the_configuration_above_names_the_files(tmp_path: Path, configuration: dict[str, str]):
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "r.bib").write_text(BIB)
    for name, text in configuration.items():
        (tmp_path / name).write_text(text)
    paper = tmp_path / "part" / "one.md"
    paper.parent.mkdir()
    paper.write_text("Text {cite}`a`.\n")
    read_ = read(str(paper), paper.read_bytes(), files=Files.beside(paper))
    assert ([one.key for one in read_.references], read_.problems) == (["a", "b_1", "c"], ())


def test_a_myst_project_without_names_takes_all_its_files(tmp_path: Path):
    read_ = project(
        tmp_path,
        "p.md",
        p_dot_md="{cite}`a`\n",
        myst_dot_yml="project: {}\n",
        x_dot_bib="@book{a, title={A}}",
        y_dot_bib="@book{z, title={Z}}",
    )
    assert [one.key for one in read_.references] == ["a", "z"]


def test_nothing_above_the_project_is_read(tmp_path: Path):
    (tmp_path / "_config.yml").write_text("bibtex_bibfiles: [r.bib]\n")
    (tmp_path / "r.bib").write_text(BIB)
    (tmp_path / "in").mkdir()
    read_ = project(tmp_path / "in", "p.md", p_dot_md="Text {cite}`a`.\n")
    assert (cited(read_), read_.references) == ([("{cite}`a`", ["a"])], ())


def test_roles_in_a_notebook(tmp_path: Path):
    cells = [
        {"cell_type": "markdown", "source": ["Text {cite:p}`a,c`.\n"]},
        {"cell_type": "code", "source": "x = '{cite}`no`'"},
        {"cell_type": "markdown", "source": "```{bibliography}\n```"},
    ]
    (tmp_path / "_config.yml").write_text("bibtex_bibfiles: r.bib\n")
    (tmp_path / "r.bib").write_text(BIB)
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}))
    read_ = read(str(path), path.read_bytes(), files=Files.beside(path))
    assert cited(read_) == [("{cite:p}`a,c`", ["a", "c"])]
    assert [link.references for link in parse(read_).links] == [("r1",), ("r3",)]
