"""Forms of Markdown and Typst projects: where bibliographies are named, and signs that name something else than entries."""

from pathlib import Path

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import FileReport
from refaudit.readers.project_files import Files

BIB = "".join(
    f"@article{{{key}, title={{{title}}}, author={{Moren, Ann}}, journal={{J. Soils}}, year={{2019}}, volume={{{number}}}, pages={{1--2}}}}\n"
    for number, (key, title) in enumerate((("rain", "Rain"), ("snow", "Snow"), ("kpi-x", "Frost")), 1)
)


def audited(folder: Path, name: str, text: str, **beside: str) -> FileReport:
    for own, content in {name: text, "refs.bib": BIB, **beside}.items():
        path = folder / own.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (folder / ".git").mkdir()
    path = folder / name
    return audit_file(name, path.read_bytes(), Config(), files=Files.beside(path))


def found(report: FileReport) -> tuple[list[str | None], list[str]]:
    """The keys cited and the findings told."""
    return [item.key for one in report.citations for item in one.items], [one.message for one in report.findings]


GONE = "@gone is cited here, but no entry of the reference list fits."


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("![Ground after [@rain]](x.png){#fig-x}\n\nText [@gone].\n", ["rain", "gone"]),
        ("![Ground](x@y.png)\n\nText [@gone].\n", ["gone"]),
        ("(@) First\n(@good) Second\n\nBy (@good) and @good, [@rain; @gone].\n", ["rain", "gone"]),
    ],
)
def test_captions_cite_and_labels_of_example_lists_do_not(tmp_path: Path, text: str, keys: list[str]) -> None:
    report = audited(tmp_path, "paper.md", "---\nbibliography: refs.bib\n---\n" + text)
    assert found(report) == (keys, [GONE])


@pytest.mark.parametrize("name", ["/refs.bib", "\"`r here::here('refs.bib')`\"", "[../refs.bib, /more.bib]"])
def test_front_matter_names_bibliographies_from_the_top_of_the_project(tmp_path: Path, name: str) -> None:
    text = f"---\nbibliography: {name}\n---\nText [@rain] and [@gone].\n"
    report = audited(tmp_path, "posts/page.qmd", text, _quarto_dot_yml="project:\n  type: website\n", more_dot_bib=BIB)
    assert found(report) == (["rain", "gone"], [GONE])


def test_labels_of_the_text_are_no_keys(tmp_path: Path) -> None:
    text = (
        "---\nbibliography: refs.bib\n---\nSee @vid-one, @my-part, @tip and [@plot; @rain; @gone].\n\n"
        "::: {#vid-one}\nx\n:::\n\n(my-part)=\n## Part\n\n```{figure} x.png\n:label: tip\n```\n\n```{r}\n#| label: plot\n```\n"
    )
    assert found(audited(tmp_path, "paper.qmd", text)) == (["rain", "gone"], [GONE])


def test_a_bibliography_that_a_program_names_is_no_missing_one(tmp_path: Path) -> None:
    text = '---\nbibliography: "`r normalizePath(params$bib)`"\n---\nText [@a], [@b], [@c].\n'
    report = audited(tmp_path, "paper.Rmd", text)
    assert [(one.code, one.confidence) for one in report.findings if one.code == "LNK002"] == [("LNK002", 0.45)]


def test_a_doi_as_key_is_an_entry_of_its_own_in_myst(tmp_path: Path) -> None:
    myst = "version: 1\nproject:\n  bibliography: [refs.bib]\n"
    report = audited(tmp_path, "page.md", "Text [@doi:10.1234/abc] and [@rain].\n", myst_dot_yml=myst)
    assert found(report) == (["doi:10.1234/abc", "rain"], [])
    report = audited(tmp_path / "other", "page.md", "---\nbibliography: refs.bib\n---\nText [@doi:10.1234/abc], [@rain].\n")
    assert found(report)[1] == ["@doi:10.1234/abc is cited here, but no entry of the reference list fits."]


LISTED = '#bibliography("refs.bib")\n'


@pytest.mark.parametrize(
    ("text", "beside", "keys"),
    [
        ('#let prose(key, ..more) = cite(key, form: "prose", ..more)\n#prose(<rain>) @gone\n' + LISTED, {}, ["rain", "gone"]),
        ("#link(<top>)[see @rain] @gone\n" + LISTED, {}, ["rain", "gone"]),
        (
            '#for part in ("one.typ", "two.typ") { include part }\n' + LISTED,
            {"one_dot_typ": "@rain", "two_dot_typ": "@gone"},
            ["rain", "gone"],
        ),
        (
            '#import "@preview/glossarium:0.5.0": *\n#register-glossary(((key: "kpi", short: "KPI"),))\n@kpi:pl @kpi @rain @gone\n'
            + LISTED,
            {},
            ["rain", "gone"],
        ),
        (
            '#import "@preview/acrostiche:0.5.0": *\n#init-acronyms((oidc: ("OpenID",)))\n@oidc @rain @gone\n' + LISTED,
            {},
            ["rain", "gone"],
        ),
        (
            '#import "@preview/alexandria:0.2.0": *\n#show: alexandria(prefix: "x-", read: it => read(it))\n@x-rain @gone\n'
            '#bibliographyx("refs.bib")\n',
            {},
            ["rain", "gone"],
        ),
    ],
)
def test_what_typst_cites_and_what_it_names_otherwise(tmp_path: Path, text: str, beside: dict[str, str], keys: list[str]) -> None:
    assert found(audited(tmp_path, "main.typ", text, **beside)) == (keys, [GONE])


def test_terms_out_of_a_data_file_are_not_known_and_so_not_missed(tmp_path: Path) -> None:
    text = '#import "@preview/glossy:0.8.0": *\n#show: init-glossary.with(yaml("terms.yml"))\n@html @rain\n' + LISTED
    assert found(audited(tmp_path, "main.typ", text, terms_dot_yml="html: Hypertext\n")) == (["rain"], [])


def test_a_typst_chapter_takes_bibliography_and_labels_of_the_document_that_includes_it(tmp_path: Path) -> None:
    main = '#include "parts/one.typ"\n#figure(rect()) <plot>\n' + LISTED
    report = audited(tmp_path, "parts/one.typ", "= One\n@rain, @plot and @gone\n", main_dot_typ=main)
    assert found(report) == (["rain", "gone"], [GONE])


def test_a_bibliography_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    report = audited(
        tmp_path, "x/p.tex", "\\documentclass{article}\\begin{document}A \\cite{a,b,c}.\\bibliography{lost}\\end{document}"
    )
    assert [(one.code, one.message, one.confidence) for one in report.findings if one.code == "LNK002"] == [
        ("LNK002", "The text cites 3 works, but its bibliography could not be read: lost.bib.", 0.9)
    ]


def test_a_bibliography_named_by_something_unknown_is_no_missing_one(tmp_path: Path) -> None:
    text = "\\documentclass{article}\\begin{document}A \\cite{a,b,c}.\\bibliography{\\elsewhere}\\end{document}"
    report = audited(tmp_path, "p.tex", text)
    assert [(one.code, one.confidence) for one in report.findings if one.code == "LNK002"] == [("LNK002", 0.45)]
    assert report.notices == ("a bibliography is named by \\elsewhere, which is not understood",)
