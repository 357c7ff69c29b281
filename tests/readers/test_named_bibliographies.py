"""Bibliographies that the user names beside the manuscript: its whole list, or more of it."""

from pathlib import Path

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.readers.project_files import Files

BIB = (
    "@article{moren2019, author={Moren, Ann}, title={Rain on bare ground}, journal={Journal of Soils}, year={2019}, volume={3}, pages={1--9}}\n"
    "@article{lee2020, author={Lee, Bo}, title={Crusts}, journal={Journal of Soils}, year={2020}, volume={4}, pages={2--8}}\n"
)
MORE = (
    "@article{vega2018, author={Vega, Eva}, title={Seeds}, journal={Journal of Soils}, year={2018}, volume={2}, pages={3--7}}\n"
)


def audited(
    folder: Path, name: str, text: str, *bibliographies: str
) -> tuple[list[str | None], list[tuple[str, str]], list[str]]:
    """Keys of the list, findings, and the status of each link."""
    (folder / "r.bib").write_text(BIB)
    (folder / "more.bib").write_text(MORE)
    path = folder / name
    path.write_text(text)
    config = Config(bibliography=tuple(str(folder / one) for one in bibliographies))
    report = audit_file(str(path), path.read_bytes(), config, files=Files.beside(path))
    assert report.error is None
    shown = [(one.code, one.message) for one in report.findings if one.confidence >= 0.5]
    return [one.key for one in report.references], shown, [link.status.value for link in report.links]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "Rain falls [@moren2019]. As @lee2020 says.\n"),
        ("a.tex", "\\documentclass{article}\\begin{document}Rain \\cite{moren2019}, \\cite{lee2020}.\\end{document}"),
        ("a.typ", "Rain @moren2019, @lee2020."),
        ("a.org", "Rain [cite:@moren2019], cite:lee2020."),
        ("a.adoc", "= T\n\nRain cite:[moren2019], cite:[lee2020]."),
        ("a.rst", "Rain :cite:`moren2019`, :cite:`lee2020`."),
        ("a.txt", "Rain loosens bare ground (Moren 2019). Crusts follow in the spring, as shown in the plain (Lee 2020).\n"),
    ],
)
def test_it_is_the_whole_list_of_a_manuscript_that_names_none(tmp_path: Path, name: str, text: str):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "refaudit.toml").write_text("")  # the project ends here: what is above is not found by itself
    path = tmp_path / "sub" / name
    path.write_text(text)
    (tmp_path / "r.bib").write_text(BIB)
    report = audit_file(str(path), path.read_bytes(), Config(bibliography=(str(tmp_path / "r.bib"),)), files=Files.beside(path))
    assert [one.code for one in report.findings if one.confidence >= 0.5] == []
    assert [one.key for one in report.references] == ["moren2019", "lee2020"]
    assert [link.status.value for link in report.links] == ["exact", "exact"]
    assert report.document is not None
    place = report.document.locate(report.references[1].span)
    assert (place.path, place.line) == (str(tmp_path / "r.bib"), 2)


def test_it_adds_to_what_the_manuscript_names(tmp_path: Path):
    text = "---\nbibliography: r.bib\n---\nRain [@moren2019; @vega2018; @lost2000].\n"
    keys, found, links = audited(tmp_path, "a.md", text, "more.bib")
    assert (keys, [code for code, _ in found], links) == (
        ["moren2019", "lee2020", "vega2018"],
        ["LNK001"],
        ["exact", "exact", "missing"],
    )


def test_it_is_read_once_where_the_manuscript_names_it_too(tmp_path: Path):
    keys, found, _ = audited(tmp_path, "a.md", "---\nbibliography: r.bib\n---\nRain [@moren2019].\n", "r.bib", "more.bib")
    assert (keys, found) == (["moren2019", "lee2020", "vega2018"], [])


def test_it_stands_in_for_one_that_is_not_there(tmp_path: Path):
    text = (
        "\\documentclass{article}\\begin{document}Rain \\cite{moren2019}, \\cite{lost2000}.\\bibliography{built}\\end{document}"
    )
    keys, found, _ = audited(tmp_path, "a.tex", text, "r.bib")
    assert (keys, [code for code, _ in found]) == (["moren2019", "lee2020"], ["LNK001"])


def test_a_typed_list_stays(tmp_path: Path):
    text = (
        "Rain loosens bare ground (Moren 2019). Crusts follow (Vega 2018). Roots hold (Abel 2017).\n\nReferences\n\n"
        "Abel, A. 2017. \"Roots.\" Journal of Soils 1: 1-9.\n\nMoren, A. 2019. \"Rain on bare ground.\" Journal of Soils 3: 1-9.\n"
    )  # fmt: skip
    keys, found, links = audited(tmp_path, "a.txt", text, "more.bib")
    assert (keys, found, links) == ([None, None, "vega2018"], [], ["exact", "exact", "exact"])


def test_another_kind_of_file_is_named():
    report = audit_file("a.md", b"Rain [@a].", Config(bibliography=(__file__,)))
    assert (
        report.error == f"{__file__}: is no bibliography file (.bib, .bibtex, .biblatex, .json, .yaml, .yml, .ris, .nbib, .xml)"
    )
    report = audit_file("a.md", b"Rain [@a].", Config(bibliography=("gone.bib",)))
    assert report.error == "gone.bib: no such bibliography file"
