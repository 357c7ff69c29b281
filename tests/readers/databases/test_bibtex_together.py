"""BibTeX entries that borrow from others: over files of one paper, and in sets."""

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import FileReport
from refaudit.readers.databases import bibtex
from refaudit.readers.project_files import Files
from tests.readers.show import fields


def _paper(cited: str, **files: str) -> FileReport:
    """An audit of a LaTeX paper that cites ``cited`` and lists every one of ``files`` as a bibliography."""
    text = f"\\documentclass{{article}}\n\\begin{{document}}\nRain \\cite{{{cited}}}.\n\\bibliography{{{','.join(files)}}}\n\\end{{document}}\n"
    members = {"paper.tex": text.encode(), **{f"{name}.bib": content.encode() for name, content in files.items()}}
    return audit_file("paper.tex", text.encode(), Config(), files=Files(members=members))


WHOLE = "@proceedings{whole, title={Soils 2016}, year={2016}, publisher={Field}}\n"
PART = "@inproceedings{part, author={Lund, Cy}, title={Dew on clay}, pages={1--9}, crossref={Whole}}\n"


@pytest.mark.parametrize("files", [{"parts": PART, "wholes": WHOLE}, {"wholes": WHOLE, "parts": PART}, {"one": PART + WHOLE}])
def test_a_part_takes_from_the_whole_in_another_file_of_the_paper(files: dict[str, str]) -> None:
    report = _paper("part", **files)
    part = next(one for one in report.references if one.key == "part")
    assert (part.year and part.year.raw, part.container and part.container.value) == ("2016", "Soils 2016")
    assert report.findings == ()


def test_strings_and_xdata_of_another_file_of_the_paper() -> None:
    names = '@string{soils = "Journal of Soils"}\n@xdata{shared, volume = {7}, year = 2015}\n'
    report = _paper("a", names=names, own="@article{a, author={Lund, Cy}, title={Dew}, journal = soils # {, B}, xdata={shared}}")
    (one,) = report.references
    assert fields(one) == {
        "key": "a",
        "type": "article-journal",
        "title": "Dew",
        "container": "Journal of Soils, B",
        "volume": "7",
        "year": "2015",
        "authors": ["Lund, Cy"],
    }


def test_a_whole_that_is_nowhere_is_told_at_its_name() -> None:
    report = _paper("part", parts=PART)
    (found,) = [finding for finding in report.findings if finding.code == "REF012"]
    assert found.message == "'part' is misread by the programs: its crossref 'Whole' is no entry of the bibliography."
    assert (found.location.path, PART[found.location.start : found.location.end]) == ("parts.bib", "Whole")


def test_a_whole_that_may_stand_in_an_unread_bibliography_is_not_told() -> None:
    text = "\\documentclass{article}\n\\begin{document}\nRain \\cite{part}.\n\\bibliography{parts,gone}\n\\end{document}\n"
    files = Files(members={"paper.tex": text.encode(), "parts.bib": PART.encode()})
    report = audit_file("paper.tex", text.encode(), Config(), files=files)
    assert [finding.code for finding in report.findings if finding.code == "REF012"] == []


SET = (
    "@set{both, entryset={a, b}}\n"
    "@book{a, author={Lund, Cy}, title={Dew}, publisher={Field}, year={2015}}\n"
    "@book{b, author={Vega, Bo}, title={Frost}, publisher={Field}, year={2014}}\n"
    "@book{c, author={Moor, Di}, title={Hail}, publisher={Field}, year={2013}}\n"
)


def test_the_key_of_a_set_cites_all_of_its_members() -> None:
    report = _paper("both,c", refs=SET)
    keys = {one.id: one.key for one in report.references}
    assert list(keys.values()) == ["a", "b", "c"]
    assert [[keys[identity] for identity in link.references] for link in report.links] == [["a", "b"], ["c"]]
    assert report.findings == ()


def test_a_set_without_members_in_the_file_stays_an_entry() -> None:
    listing = bibtex.listing("r.bib", b"@set{both, entryset={x, y}}\n@book{a, title={Dew}}")
    assert [(one.key, one.sets) for one in listing.references] == [("both", ()), ("a", ())]
