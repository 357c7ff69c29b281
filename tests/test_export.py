"""The list as CSL-JSON, BibTeX and RIS."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from refaudit.cli import main
from refaudit.export import bibtex, csl_items, keys, ris
from refaudit.model import Name, Parsed, Reference, Span, Year


def p(value: object) -> Parsed[object]:
    return Parsed(value=value, raw=str(value))


def ref(**fields: object) -> Reference:
    more = {name: fields.pop(name) for name in ("key", "et_al") if name in fields}
    return Reference(id="r1", span=Span(0, 4), raw="The entry.", **more, **{name: p(value) for name, value in fields.items()})  # type: ignore[arg-type]


ARTICLE = ref(
    type="article-journal",
    authors=(
        Name(family="Berg", given="T. A.", particle="van den"),
        Name(family="King", given="M.", suffix="Jr."),
        Name(literal="Mud & Silt Group"),
    ),
    year=Year(number=2019, letter="a", month=3, day=5),
    title="100% wet: {salt}_marsh",
    container="J. Mud",
    volume="45",
    issue="3",
    pages="112–30",
    doi="10.1234/a_b(1)",
    et_al=True,
)
CHAPTER = ref(
    type="chapter",
    authors=(Name(family="Roe", given="R."),),
    editors=(Name(family="Sand and Stone", given="B."),),
    year=Year(text="in press"),
    title="Mud",
    container="Soils",
    pages="e11",
    publisher="Springer",
    place="Berlin",
)


def test_csl() -> None:
    assert csl_items([ARTICLE, CHAPTER, ref()]) == [
        {
            "id": "berg2019a",
            "type": "article-journal",
            "author": [
                {"family": "Berg", "given": "T. A.", "non-dropping-particle": "van den"},
                {"family": "King", "given": "M.", "suffix": "Jr."},
                {"literal": "Mud & Silt Group"},
            ],
            "issued": {"date-parts": [[2019, 3, 5]]},
            "title": "100% wet: {salt}_marsh",
            "container-title": "J. Mud",
            "volume": "45",
            "issue": "3",
            "DOI": "10.1234/a_b(1)",
            "page": "112-30",
        },
        {
            "id": "roe",
            "type": "chapter",
            "author": [{"family": "Roe", "given": "R."}],
            "editor": [{"family": "Sand and Stone", "given": "B."}],
            "issued": {"literal": "in press"},
            "title": "Mud",
            "container-title": "Soils",
            "publisher": "Springer",
            "publisher-place": "Berlin",
            "page": "e11",
        },
        {"id": "ref3", "type": "document", "note": "The entry."},
    ]


def test_bibtex() -> None:
    assert bibtex([ARTICLE, CHAPTER]) == (
        "@article{berg2019a,\n"
        "  author = {van den Berg, T. A. and King, Jr., M. and {Mud \\& Silt Group} and others},\n"
        "  title = {100\\% wet: \\{salt\\}\\_marsh},\n"
        "  journal = {J. Mud},\n"
        "  volume = {45},\n"
        "  number = {3},\n"
        "  pages = {112--30},\n"
        "  year = {2019},\n"
        "  month = {3},\n"
        "  doi = {10.1234/a_b(1)},\n"
        "}\n"
        "\n"
        "@incollection{roe,\n"
        "  author = {Roe, R.},\n"
        "  editor = {{Sand and Stone}, B.},\n"
        "  title = {Mud},\n"
        "  booktitle = {Soils},\n"
        "  publisher = {Springer},\n"
        "  address = {Berlin},\n"
        "  pages = {e11},\n"
        "  year = {in press},\n"
        "}\n"
    )


def test_bibtex_hostile_text_stays_inside_its_field() -> None:
    text = bibtex([ref(type="book", title="x},\n@book{evil, title={y\\input{z}}", url="https://e.org/}{\\x")])
    assert text == (
        "@book{xbooke,\n  title = {x\\}, @book\\{evil, title=\\{y\\textbackslash{}input\\{z\\}\\}},\n  url = {https://e.org/x},\n}\n"
    ).replace("xbooke", text.split("{")[1].split(",")[0])
    assert text.count("@") == 2
    assert text.count("\n@") == 0


def test_ris() -> None:
    assert ris([ARTICLE]) == (
        "TY  - JOUR\r\nID  - berg2019a\r\nAU  - van den Berg, T. A.\r\nAU  - King, M., Jr.\r\nAU  - Mud & Silt Group\r\n"
        "PY  - 2019\r\nDA  - 2019/03/05/\r\nTI  - 100% wet: {salt}_marsh\r\nT2  - J. Mud\r\nVL  - 45\r\nIS  - 3\r\n"
        "SP  - 112\r\nEP  - 30\r\nDO  - 10.1234/a_b(1)\r\nER  - \r\n"
    )
    assert "\r\nN1  - The entry.\r\n" in ris([ref()])
    assert ris([ref(title="a\r\nER  - \r\nTY  - BOOK")]).count("\r\nER") == 1


def test_keys_are_distinct() -> None:
    one = ref(authors=(Name(family="Roe"),), year=Year(number=2001))
    assert keys([one, one, one, ref(key="own")]) == ["roe2001", "roe2001a", "roe2001b", "own"]


LIST = "Text (Abel, 2018).\n\n## References\n\nAbel, K. (2018). Silt in bays. *Coasts*, *1*(2), 2–3.\n"


def test_command(tmp_path: Path) -> None:
    paper, out = tmp_path / "a.md", tmp_path / "a.json"
    paper.write_text(LIST, encoding="utf8")
    result = CliRunner().invoke(main, ["export", str(paper), "-o", str(out)])
    assert (result.exit_code, result.output) == (0, "")
    assert json.loads(out.read_text(encoding="utf8")) == [
        {
            "id": "abel2018",
            "type": "article-journal",
            "author": [{"family": "Abel", "given": "K."}],
            "issued": {"date-parts": [[2018]]},
            "title": "Silt in bays",
            "container-title": "Coasts",
            "volume": "1",
            "issue": "2",
            "page": "2-3",
        }
    ]


@pytest.mark.parametrize(("format_", "start"), [("bibtex", "@article{abel2018,"), ("ris", "TY  - JOUR"), ("csl-json", "[\n")])
def test_formats_of_the_command(tmp_path: Path, format_: str, start: str) -> None:
    paper = tmp_path / "a.md"
    paper.write_text(LIST, encoding="utf8")
    result = CliRunner().invoke(main, ["export", str(paper), "-f", format_])
    assert result.exit_code == 0
    assert result.stdout.startswith(start)


def test_unreadable_paper_is_told_and_the_others_are_exported(tmp_path: Path) -> None:
    paper = tmp_path / "a.md"
    paper.write_text(LIST, encoding="utf8")
    result = CliRunner().invoke(main, ["export", str(tmp_path / "none.md"), str(paper), "-f", "ris"])
    assert result.exit_code == 2
    assert "none.md" in result.stderr
    assert result.stdout.startswith("TY  - JOUR")


def test_the_bibliography_of_a_paper_is_exported_as_far_as_it_is_cited(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@book{mud,title={Mud},author={Roe, R.}}\n@book{rain,title={Rain},author={Doe, D.}}\n")
    paper = tmp_path / "a.md"
    paper.write_text("---\nbibliography: refs.bib\n---\n\nText [@mud].\n", encoding="utf8")
    result = CliRunner().invoke(main, ["export", str(paper), "-f", "bibtex"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "@book{mud,\n  author = {Roe, R.},\n  title = {Mud},\n}\n"


def test_a_bibliography_from_outside_is_read_by_parse_and_export(tmp_path: Path) -> None:
    (tmp_path / "own.bib").write_text("@book{mud,title={Mud},author={Roe, R.}}\n@book{rain,title={Rain},author={Doe, D.}}\n")
    paper = tmp_path / "a.md"
    paper.write_text("Text [@mud].\n", encoding="utf8")
    given = [str(paper), "--bibliography", str(tmp_path / "own.bib")]
    result = CliRunner().invoke(main, ["export", *given, "-f", "bibtex"])
    assert (result.exit_code, result.stdout) == (0, "@book{mud,\n  author = {Roe, R.},\n  title = {Mud},\n}\n")
    parsed = json.loads(CliRunner().invoke(main, ["parse", *given]).stdout)
    assert ([one["key"] for one in parsed["references"]], parsed["counts"]["linked"]) == (["mud", "rain"], 1)
    for command in ("parse", "export"):
        gone = CliRunner().invoke(main, [command, str(paper), "--bibliography", str(tmp_path / "gone.bib")])
        assert (gone.exit_code, gone.stderr.count("\n"), "gone.bib: no such bibliography file" in gone.stderr) == (2, 1, True)


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    paper = tmp_path / "a.md"
    paper.write_text(LIST, encoding="utf8")
    result = CliRunner().invoke(main, ["export", str(paper), "-o", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "cannot be written" in result.stderr
