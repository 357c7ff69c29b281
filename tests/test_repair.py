"""``refaudit fix``: exact repairs, nothing else touched, nothing offered that the audit does not bear out."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from refaudit.cli import main
from refaudit.config import Config
from refaudit.model import Candidate, FileReport, Lookup, LookupStatus, Record
from refaudit.repair import Edit, Repair, checked, edited, propose, untracked
from tests.report import sample

BIB = """% kept
@article{lopez2019,
  author = {Lopez, Ana},
  title = {Rain on bare ground},
  journal = {Journal of Soils},
  year = {2019},
  volume = {12},
  pages = {1--9},
  doi = {https://dx.doi.org/10.5555/soils.12.1},
  url = {https://soils.example.org/12?utm_source=newsletter&id=3}
}

@article{lopezrain,
  author = {Ana Lopez},
  title = {Rain on Bare Ground},
  journal = {Journal of Soils},
  year = 2019,
  volume = 12,
  pages = {1--9},
  doi = {10.5555/soils.12.1}
}

@book{vega2018, author = {Vega, Berta}, title = {Crusts}, publisher = {Soil Press}, year = 2018}
"""
TEX = r"""\documentclass{article}
\begin{document}
Rain \cite{lopez2019}. Again \citep[p.~3]{lopezrain}.
\bibliography{refs}
\end{document}
"""
MD = """Rain falls (Lopez, 2019), and dries (Vega, 2018).\r

## References\r

Lopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9. <http://dx.doi.org/10.5555/soils.12.1>\r

Vega, B. (2018). Crusts. *Soil\\_Blog*. https://soils.example.org/a\\_b?utm_source=x&id=3#:~:text=abc\r
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "refs.bib").write_bytes(BIB.encode())
    (tmp_path / "paper.tex").write_bytes(TEX.encode())
    (tmp_path / "paper.md").write_bytes(b"\xef\xbb\xbf" + MD.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fix(*args: str) -> Result:
    result = CliRunner().invoke(main, ["fix", *args, "--offline"])
    assert "Traceback" not in result.output
    return result


def test_bibtex_and_its_citations_are_repaired_together(project: Path):
    result = fix("paper.tex", "--write")
    assert result.exit_code == 0, result.stderr
    assert (project / "paper.tex").read_text() == TEX.replace("lopezrain", "lopez2019")
    first, _, last = BIB.split("\n\n")
    first = first.replace("{https://dx.doi.org/10.5555", "{10.5555").replace("?utm_source=newsletter&id=3", "?id=3")
    assert (project / "refs.bib").read_text() == f"{first}\n\n{last}"
    assert ((project / "paper.tex.orig").read_text(), (project / "refs.bib.orig").read_text()) == (TEX, BIB)
    assert result.stdout == ""


def test_markdown_keeps_its_mark_its_newlines_and_its_escapes(project: Path):
    assert fix("paper.md", "--write").exit_code == 0
    expected = MD.replace("http://dx.doi.org/", "https://doi.org/").replace("?utm_source=x&id=3#:~:text=abc", "?id=3")
    assert (project / "paper.md").read_bytes() == b"\xef\xbb\xbf" + expected.encode()
    again = fix("paper.md", "--write")
    assert (again.stdout, again.stderr) == ("", "refaudit: nothing to repair\n")


def test_without_write_it_is_a_diff_that_patch_takes(project: Path):
    result = fix("paper.tex", "paper.md")
    assert ((project / "refs.bib").read_text(), (project / "paper.tex").read_text()) == (BIB, TEX)
    if shutil.which("patch") is None:
        pytest.skip("no patch on this machine")
    subprocess.run(["patch", "-p1", "--binary"], input=result.stdout_bytes, cwd=project, check=True, capture_output=True)
    assert "lopezrain" not in (project / "paper.tex").read_text() + (project / "refs.bib").read_text()
    assert b"dx.doi.org" not in (project / "paper.md").read_bytes()


def test_only_the_kinds_that_were_named(project: Path):
    result = fix("paper.tex", "--repair", "tracking")
    changed = [line for line in result.stdout.splitlines() if line.startswith(("+", "-")) and line[:3] not in ("+++", "---")]
    assert changed == [
        "-  url = {https://soils.example.org/12?utm_source=newsletter&id=3}",
        "+  url = {https://soils.example.org/12?id=3}",
    ]
    wrong = fix("paper.tex", "--repair", "everything")
    assert (wrong.exit_code, "known are doi-form, doi-missing" in wrong.stderr) == (2, True)


def test_entries_that_no_paper_of_the_run_cites_move_when_asked(project: Path):
    (project / "other.tex").write_text(TEX.replace("lopez2019", "vega2018").replace("lopezrain", "vega2018"))
    assert fix("paper.tex", "other.tex", "--repair", "uncited").stdout == ""
    fix("paper.tex", "--repair", "uncited", "--write")
    first, second, last = BIB.split("\n\n")
    assert (project / "refs.bib").read_text() == f"{first}\n\n{second}\n\n"
    assert (project / "refs.uncited.bib").read_text() == last


def test_a_parent_entry_stays_and_a_bracket_never_names_a_work_twice(project: Path):
    (project / "paper.tex").write_text(TEX.replace("{lopez2019}", "{lopez2019,lopezrain}"))
    assert fix("paper.tex", "--repair", "duplicates").stdout == ""
    (project / "paper.tex").write_text(TEX)
    (project / "refs.bib").write_text(BIB.replace("@book{vega2018,", "@inbook{vega2018, crossref = {lopezrain},"))
    assert fix("paper.tex", "--repair", "duplicates").stdout == ""


def test_a_letter_that_no_entry_needs_is_dropped(project: Path):
    (project / "paper.md").write_text(MD.replace("(Lopez, 2019)", "(Lopez, 2019a)").replace("\r", ""))
    result = fix("paper.md", "--repair", "year-letters")
    changed = [line for line in result.stdout.splitlines() if line.startswith(("+R", "-R"))]
    assert changed == [
        "-Rain falls (Lopez, 2019a), and dries (Vega, 2018).",
        "+Rain falls (Lopez, 2019), and dries (Vega, 2018).",
    ]


def test_other_formats_and_unreadable_files_are_said(project: Path):
    (project / "plain.txt").write_text(
        "Rain falls (Lopez, 2019).\n\nReferences\n\nLopez, A. (2019). Rain. http://dx.doi.org/10.5555/a\n"
    )
    result = fix("plain.txt", "none.md")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "refaudit: plain.txt: only Markdown, LaTeX and BibTeX files are repaired",
        "refaudit: none.md: no such file or folder",
        "refaudit: nothing to repair",
    ]


def test_files_of_another_encoding_are_not_written(project: Path):
    (project / "paper.md").write_bytes(MD.replace("–", "-").replace("Rain falls", "R\xe9gen f\xe4llt").encode("cp1252"))
    result = fix("paper.md", "--write")
    assert result.exit_code == 2
    assert "paper.md: changed since it was audited, or not UTF-8; save it as UTF-8 and run again" in result.stderr
    assert not (project / "paper.md.orig").exists()


def audited(text: str, doi: str, score: float) -> tuple[FileReport, Config, object]:
    def resolve(references: object) -> tuple[Lookup, ...]:
        record = Record(source="Crossref", doi=doi, title="Rain on bare ground")
        found = (Candidate(record=record, score=score),)
        return tuple(Lookup(reference=r.id, status=LookupStatus.FOUND, by="search", candidates=found) for r in references)  # type: ignore[attr-defined]

    config = Config()
    report: FileReport = import_module("refaudit.audit").audit_file("p.md", text.encode(), config, resolve=resolve)
    finding = sample.paper().findings[0]
    missing = replace(finding, code="DOI053", name="doi-available", references=("r1",), span=None)
    return replace(report, findings=(missing,)), config, resolve


@pytest.mark.parametrize(("score", "added"), [(0.97, [" https://doi.org/10.5555/soils.12.1"]), (0.9, [])])
def test_a_doi_is_added_only_where_the_record_is_beyond_doubt(score: float, added: list[str]):
    text = (
        "Rain falls (Lopez, 2019).\n\n## References\n\nLopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9.\n"
    )
    report, _, _ = audited(text, "10.5555/soils.12.1", score)
    repairs = list(propose(report, ["doi-missing"]))
    assert [edit.text for repair in repairs for edit in repair.edits] == added


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.org/x?utm_source=b", "https://a.org/x"),
        ("https://a.org/x?id=1&utm_source=b&fbclid=c&q=2#top", "https://a.org/x?id=1&q=2#top"),
        ("https://a.org/x#:~:text=abc", "https://a.org/x"),
        ("https://a.org/x#top:~:text=abc", "https://a.org/x#top"),
        ("https://a.org/x?utm\\_source=b&a\\_b=1", "https://a.org/x?a\\_b=1"),
        ("https://a.org/x?id=1", "https://a.org/x?id=1"),
    ],
)
def test_addresses_keep_what_readers_need(url: str, clean: str):
    assert untracked(url) == clean


def test_edits_apply_from_the_end_and_never_overlap():
    def repair(*edits: tuple[int, int, str]) -> Repair:
        return Repair(kind="x", what="", edits=tuple(Edit(path="a", start=s, end=e, text=t) for s, e, t in edits))

    assert edited({"a": "abcdef"}, [repair((0, 1, "X"), (4, 6, "")), repair((2, 2, "-"))]) == {"a": "Xb-cd"}
    with pytest.raises(ValueError, match="two repairs touch a"):
        edited({"a": "abcdef"}, [repair((0, 3, "")), repair((2, 4, ""))])


def test_a_repair_that_breaks_something_is_not_offered():
    text = (
        "Rain falls (Lopez, 2019).\n\n## References\n\nLopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9.\n"
    )
    module = import_module("refaudit.audit")
    report = module.audit_file("p.md", text.encode(), Config())
    at = text.index("2019")
    wrong = Repair(kind="x", what="", edits=(Edit(path="p.md", start=at, end=at + 4, text="1919"),))
    useless = Repair(kind="x", what="", edits=(Edit(path="p.md", start=0, end=4, text="Hail"),), code="LNK001")
    harmless = Repair(kind="x", what="", edits=(Edit(path="p.md", start=0, end=4, text="Hail"),))
    kept, after = checked(report, [wrong, useless, harmless], Config(), module.off)
    assert (kept, after) == ([harmless], {"p.md": text.replace("Rain falls", "Hail falls")})
