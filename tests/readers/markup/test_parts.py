"""One work in several files: included parts, chapters of books, and the places in their files."""

from pathlib import Path

import pytest

from refaudit.audit import audit_file
from refaudit.cli import inputs
from refaudit.config import Config
from refaudit.readers.project_files import Files
from tests.readers.show import cited, project, source_of

BIB = "@article{a, title={Rain}, author={Moren, Ann}, journal={J. Soils}, year={2019}, volume={1}, pages={1--2}}\n"


@pytest.mark.parametrize(
    "call",
    [
        "{{< include parts/_one.qmd >}}",
        "```{include} parts/_one.qmd\n```",
        "```{r child='parts/_one.qmd'}\n```",
        '```{r, child = c("parts/_one.qmd")}\n```',
        "```{r}\n#| child: parts/_one.qmd\n```",
    ],
)
def test_a_part_is_read_at_its_place(tmp_path: Path, call: str):
    read = project(
        tmp_path,
        "paper.md",
        paper_dot_md=f"---\nbibliography: r.bib\n---\nFirst [@a].\n\n{call}\n\nLast [@c].\n",
        parts___one_dot_qmd="---\ntitle: no\n---\nPart *in* [@b].\n",
        r_dot_bib=BIB,
    )
    assert cited(read) == [("@a", ["a"]), ("@b", ["b"]), ("@c", ["c"])]
    place = read.locate(read.citations[1].span)
    assert (Path(place.path).name, place.line, place.column) == ("_one.qmd", 4, 12)
    assert [source_of(read, one.span.start, one.span.end) for one in read.citations] == ["@a", "@b", "@c"]


def test_a_part_that_takes_itself_in_or_is_not_there(tmp_path: Path):
    read = project(
        tmp_path,
        "a.qmd",
        a_dot_qmd="{{< include b.qmd >}}\n\n{{< include gone.qmd >}}\n\n{{< include ../../x.qmd >}}\n",
        b_dot_qmd="Text.\n\n{{< include a.qmd >}}\n",
    )
    assert [problem.message for problem in read.problems] == [
        "a.qmd: takes itself in; read once",
        "the part gone.qmd: no such file",
        "the part ../../x.qmd: lies outside the project folder and is not opened",
    ]


def test_slash_is_the_top_of_the_project(tmp_path: Path):
    (tmp_path / "_quarto.yml").write_text("project:\n  type: default\n")
    read = project(tmp_path, "sub/a.qmd", sub__a_dot_qmd="One.\n\n{{< include /parts/b.qmd >}}\n", parts__b_dot_qmd="Two.\n")
    assert [word for word in read.text.split() if "." in word and "/" not in word] == ["One.", "Two."]


BOOKS = {
    "quarto": (
        "index.qmd",
        {"_quarto.yml": "book:\n  chapters:\n    - index.qmd\n    - part: P\n      chapters: [c/one.qmd]\nbibliography: r.bib\n"},
        ["c/one.qmd"],
    ),
    "bookdown": ("index.Rmd", {"_bookdown.yml": "rmd_files: [index.Rmd, c/one.Rmd]\nbibliography: r.bib\n"}, ["c/one.Rmd"]),
    "bookdown without names": ("index.Rmd", {"_bookdown.yml": "bibliography: r.bib\n", "_no.Rmd": "[@no]"}, ["01-one.Rmd"]),
    "jupyter book": (
        "intro.md",
        {"_toc.yml": "root: intro\nparts:\n- chapters:\n  - file: c/one\n", "_config.yml": "bibtex_bibfiles: [r.bib]\n"},
        ["c/one.md"],
    ),
    "jupyter book of old": ("intro.md", {"_toc.yml": "- file: intro\n- file: c/one\n", "_config.yml": "title: T\n"}, ["c/one.md"]),
    "myst": ("intro.md", {"myst.yml": "project:\n  toc:\n    - file: intro.md\n    - title: T\n      children:\n        - file: c/one.md\n"}, ["c/one.md"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOOKS)
def test_the_root_page_of_a_book_brings_its_chapters(tmp_path: Path, kind: str):
    root, files, chapters = BOOKS[kind]
    names = {
        **files,
        root: "# Preface\n",
        chapters[0]: "Rain [@a].\n" if "myst" not in kind else "Rain {cite}`a`.\n",
        "r.bib": BIB,
    }
    if kind == "jupyter book of old":
        names["_bibliography/references.bib"] = names.pop("r.bib")
    for name, text in names.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    path = tmp_path / root
    report = audit_file(str(path), path.read_bytes(), Config(), files=Files.beside(path))
    assert (report.findings, report.counts["items"], report.counts["linked"]) == ((), 1, 1)
    assert [Path(source.path).name for source in report.document.sources[:2]] == [root, Path(chapters[0]).name]
    assert [item.path for item in inputs.gather([str(tmp_path)])] == [str(path)]  # no chapter is audited twice


def test_a_page_of_a_site_without_citations_is_no_failure(tmp_path: Path):
    read = project(tmp_path, "page.md", page_dot_md="Text.\n", _quarto_dot_yml="bibliography: r.bib\n", r_dot_bib=BIB)
    assert read.list_given


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("defaults.yaml", "input-files: [paper.md]\nbibliography: r.bib\n"),
        ("build.yaml", "input-file: paper.md\nmetadata:\n  bibliography: r.bib\n"),
        ("Makefile", "paper.pdf: paper.md\n\tpandoc --citeproc --bibliography=r.bib paper.md\n"),
        ("metadata.yaml", "references:\n- id: a\n  title: Rain\n"),
        ("index.Rmd", "---\noutput:\n  bookdown::pdf_book:\n    template: tex/t.tex\n---\n"),
        ("notes.txt", "nothing names it, and it stands beside the text"),
    ],
)
def test_where_a_bibliography_may_be_named(tmp_path: Path, name: str, text: str):
    (tmp_path / name).write_text(text)
    (tmp_path / "tex").mkdir()
    (tmp_path / "tex" / "t.tex").write_text("\\addbibresource{r.bib}\n")
    read = project(tmp_path, "paper.md", paper_dot_md="Rain [@a].\n", r_dot_bib=BIB)
    assert ([entry.key for entry in read.references], read.list_given) == (["a"], True)


def test_a_bibliography_that_has_not_the_keys_is_not_taken(tmp_path: Path):
    read = project(tmp_path, "paper.md", paper_dot_md="Rain [@a; @b; @c].\n", r_dot_bib=BIB)
    assert (read.references, read.list_given) == ((), False)


def test_a_bare_name_is_no_citation_where_sphinx_reads(tmp_path: Path):
    read = project(
        tmp_path,
        "p.md",
        p_dot_md="By @someone, {cite}`a`, @a, cite:a.\n",
        _config_dot_yml="bibtex_bibfiles: [r.bib]\n",
        r_dot_bib=BIB,
    )
    assert cited(read) == [("{cite}`a`", ["a"]), ("@a", ["a"]), ("cite:a", ["a"])]
