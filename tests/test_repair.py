"""``refaudit fix``: exact repairs, nothing else touched, nothing offered that the audit does not bear out."""

from __future__ import annotations

import codecs
import shutil
import subprocess
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from refaudit.cli import main
from refaudit.config import Config
from refaudit.incremental import Memory
from refaudit.model import Candidate, Edit, FileReport, Lookup, LookupStatus, Record, Repair
from refaudit.repair import checked, edited, propose, untracked
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


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (b"", "cp1252"), (codecs.BOM_UTF16_LE, "utf-16-le")]
)
def test_a_file_keeps_its_encoding_its_mark_its_newlines_and_its_permissions(project: Path, mark: bytes, encoding: str):
    paper = project / "paper.md"
    words = MD.replace("Rain falls", "Régen fällt")
    paper.write_bytes(mark + words.encode(encoding))
    paper.chmod(0o640)
    result = fix("paper.md", "--write")
    assert result.exit_code == 0, result.stderr
    expected = words.replace("http://dx.doi.org/", "https://doi.org/").replace("?utm_source=x&id=3#:~:text=abc", "?id=3")
    assert paper.read_bytes() == mark + expected.encode(encoding)
    assert (project / "paper.md.orig").read_bytes() == mark + words.encode(encoding)
    assert (paper.stat().st_mode & 0o777, [file.name for file in project.glob(".*")]) == (0o640, [])


def test_bytes_that_no_encoding_explains_are_not_written(project: Path):
    before = MD.replace("–", "-").replace("Rain falls", "R\xe9gen").encode("cp1252") + b"\x81"  # no sign of Windows-1252
    (project / "paper.md").write_bytes(before)
    result = fix("paper.md", "paper.tex", "--write")
    assert result.exit_code == 2
    assert "paper.md: changed since it was audited, or not in UTF-8 or Windows-1252; nothing was written" in result.stderr
    assert ((project / "paper.md").read_bytes(), (project / "paper.tex").read_text()) == (before, TEX)
    assert list(project.glob("*.orig")) == []


def test_a_link_stays_a_link(project: Path):
    (project / "real").mkdir()
    (project / "refs.bib").rename(project / "real" / "refs.bib")
    (project / "refs.bib").symlink_to(project / "real" / "refs.bib")
    assert fix("paper.tex", "--write", "--repair", "tracking").exit_code == 0
    assert (project / "refs.bib").is_symlink()
    assert "utm_source" not in (project / "real" / "refs.bib").read_text()


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
    repairs = propose([report], ["doi-missing"])
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
    kept, after = checked([report], [wrong, useless, harmless], Config(), Memory(module.off))
    assert (kept, after) == ([harmless], {"p.md": text.replace("Rain falls", "Hail falls")})


# ---------------------------------------------------------------- merged entries


def test_papers_that_share_a_bibliography_are_renamed_together(project: Path):
    other = TEX.replace("lopez2019", "vega2018").replace("\\citep[p.~3]{lopezrain}", "\\citet{vega2018, lopezrain}")
    (project / "other.tex").write_text(other)
    result = fix("paper.tex", "other.tex", "--write", "--repair", "duplicates")
    assert result.exit_code == 0, result.stderr
    assert (project / "paper.tex").read_text() == TEX.replace("lopezrain", "lopez2019")
    assert (project / "other.tex").read_text() == other.replace("lopezrain", "lopez2019")
    assert "lopezrain" not in (project / "refs.bib").read_text()


def test_the_kept_entry_takes_what_only_the_other_says(project: Path):
    first, second, last = BIB.split("\n\n")
    second = second.replace("doi = {10.5555/soils.12.1}", "number = 3,\n  doi = {10.5555/soils.12.1},\n  issn = {1234-5679}")
    (project / "refs.bib").write_text(f"{first}\n\n{second}\n\n{last}", newline="\r\n")
    fix("paper.tex", "--write", "--repair", "duplicates")
    merged = first[:-2] + ",\n  number = {3},\n  issn = {1234-5679}\n}"
    assert (project / "refs.bib").read_bytes() == f"{merged}\n\n{last}".replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("volume = 12,\n  pages = {1--9},\n  doi = {10.5555/soils.12.1}", "volume = 13,\n  pages = {1--9},\n  doi = {10.5555/soils.12.1}"),
        ("pages = {1--9},\n  doi = {10.5555/soils.12.1}", "pages = {11--19},\n  doi = {10.5555/soils.12.1}"),
    ],
)  # fmt: skip
def test_entries_that_contradict_each_other_are_left_to_a_person(project: Path, old: str, new: str):
    assert old in BIB
    (project / "refs.bib").write_text(BIB.replace(old, new))
    assert fix("paper.tex", "--repair", "duplicates").stdout == ""


@pytest.mark.parametrize("more", ["\\mycite{lopezrain}", "% see lopezrain", "\\nocite{vega2018,lopezrain}"])
def test_a_key_that_stands_where_nobody_can_rename_it_keeps_its_entry(project: Path, more: str):
    (project / "paper.tex").write_text(TEX.replace("\\bibliography", more + "\n\\bibliography"))
    result = fix("paper.tex", "--repair", "duplicates", "--write")
    text = (project / "paper.tex").read_text() + (project / "refs.bib").read_text()
    # either every place is renamed, or none is
    assert ("lopezrain" in text) is ("{lopezrain," in text), result.stderr


def test_pandoc_citations_are_renamed_too(project: Path):
    (project / "paper.md").write_text(
        "---\nbibliography: refs.bib\n---\n\nRain falls [@lopez2019], again [see @lopezrain, p. 3]; @lopezrain says so.\n"
    )
    fix("paper.md", "--repair", "duplicates", "--write")
    assert (project / "paper.md").read_text() == (
        "---\nbibliography: refs.bib\n---\n\nRain falls [@lopez2019], again [see @lopez2019, p. 3]; @lopez2019 says so.\n"
    )


# ---------------------------------------------------------------- letters after years

TWO = """

## References

Lopez, A. (2019{0}). Crusts after rain. *Journal of Soils*, 12(1), 1–9.

Lopez, A. (2019{1}, May 3). Rain on bare ground. *Journal of Soils*, 12(4), 401–420.

Vega, B. (2018). Wind over dry ground. *Journal of Soils*, 11(1), 1–9.
"""


def changed(text: str, *, kind: str = "year-letters") -> str:
    """The Markdown after the repair; "" where none is offered."""
    module = import_module("refaudit.audit")
    report = module.audit_file("p.md", text.encode(), Config())
    kept, after = checked([report], propose([report], [kind]), Config(), Memory(module.off))
    return after["p.md"] if kept else ""


@pytest.mark.parametrize(
    ("text", "letters", "expected"),
    [
        # the text names both side by side
        ("Rain falls (Lopez, 2019, 2019).", ("", ""), "Rain falls (Lopez, 2019a, 2019b)."),
        # the text has letters, the list has none: the order of the list is the order of the letters
        ("Crusts (Lopez, 2019a) and rain (Lopez, 2019b).", ("", ""), "Crusts (Lopez, 2019a) and rain (Lopez, 2019b)."),
        # one entry lost its letter
        ("Crusts (Lopez, 2019a) and rain (Lopez, 2019b).", ("", "b"), "Crusts (Lopez, 2019a) and rain (Lopez, 2019b)."),
        # the page stands in one of the two works alone
        (
            "Crusts (Lopez, 2019, p. 7) and rain (Lopez, 2019, pp. 404-405).",
            ("", ""),
            "Crusts (Lopez, 2019a, p. 7) and rain (Lopez, 2019b, pp. 404-405).",
        ),
        ("Crusts (Lopez, 2019, p. 7) and rain (Lopez, 2019b).", ("a", "b"), "Crusts (Lopez, 2019a, p. 7) and rain (Lopez, 2019b)."),
        # nobody can know which is meant
        ("Crusts (Lopez, 2019) and rain (Lopez, 2019).", ("", ""), ""),
        ("Crusts (Lopez, 2019, p. 7) and rain (Lopez, 2019).", ("", ""), ""),
        ("Crusts (Lopez, 2019, p. 77) and rain (Lopez, 2019, p. 404).", ("", ""), ""),
        ("Crusts (Lopez, 2019a) and rain (Lopez, 2019c).", ("", ""), ""),
        ("Crusts (Lopez, 2019a) and rain (Lopez, 2019b).", ("a", "b"), ""),
    ],
)  # fmt: skip
def test_letters_are_assigned_only_where_every_citation_says_what_it_means(text: str, letters: tuple[str, str], expected: str):
    text, expected = text + " Wind too (Vega, 2018).", expected and expected + " Wind too (Vega, 2018)."
    assert changed(text + TWO.format(*letters)) == (expected and expected + TWO.format("a", "b"))


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        # two letters: the list lacks a work
        ("Rain (Lopez, 2019a) and hail (Lopez, 2019b).", "Lopez, A. (2019). Rain on bare ground. *Soils*, 12, 1–9."),
        # another entry of the author and year: one of them lost its letter
        ("Rain (Lopez, 2019a) and hail (Lopez, 2019b).",
         "Lopez, A. (2019). Rain on bare ground. *Soils*, 12, 1–9.\n\nLopez, A. (2019b). Hail on bare ground. *Soils*, 12, 11–19."),
    ],
)  # fmt: skip
def test_a_letter_that_may_tell_works_apart_is_not_dropped(text: str, entries: str):
    after = changed(f"{text}\n\n## References\n\n{entries}\n")
    assert "Lopez, 2019)" not in after


def test_entries_that_may_be_one_work_get_no_letters():
    same = TWO.replace("Crusts after rain", "Rain on bare ground").replace("12(1), 1–9", "12(4), 401–420")
    assert changed("Rain falls (Lopez, 2019, 2019). Wind too (Vega, 2018)." + same.format("", "")) == ""


# ---------------------------------------------------------------- missing DOIs


@pytest.mark.parametrize(
    ("name", "entry", "added"),
    [
        ("p.md", "Lopez, A. (2019). Rain. <https://doi.org/10.5555/x>\n\nMason, B. (2011). Hail. *Water*, 2, 1–9.",
         " <https://doi.org/10.5555/soils.12.1>"),
        ("p.md", "Lopez, A. (2019). Rain. doi: 10.5555/x\n\nMason, B. (2011). Hail. *Water*, 2, 1–9.", " doi: 10.5555/soils.12.1"),
        ("p.md", "Lopez, A. (2019). Rain. *Water*, 3, 3–5.\n\nMason, B. (2011). Hail. *Water*, 2, 1–9.",
         " https://doi.org/10.5555/soils.12.1"),
    ],
)  # fmt: skip
def test_a_doi_is_written_as_the_list_writes_its_own(name: str, entry: str, added: str):
    text = f"Rain falls (Lopez, 2019; Mason, 2011).\n\n## References\n\n{entry}\n"
    report, _, _ = audited(text, "10.5555/soils.12.1", 0.97)
    finding = replace(report.findings[0], references=("r2",))
    (repair,) = propose([replace(report, findings=(finding,))], ["doi-missing"])
    assert [(edit.start, edit.text) for edit in repair.edits] == [(len(text) - 1, added)]


@pytest.mark.parametrize(
    ("name", "entry", "mended"),
    [
        ("p.md", "Rain. https://doi.org/10.5555/soils.12v2.full.", "Rain. https://doi.org/10.5555/soils.12."),
        ("p.md", "Rain. <http://dx.doi.org/10.5555/Soils.12/pdf>", "Rain. <https://doi.org/10.5555/Soils.12>"),
        ("p.md", "Rain. doi: 10.5555/soils.12v1.full.pdf", "Rain. doi: 10.5555/soils.12"),
        ("r.bib", "@article{lopez, title = {Rain}, doi = {10.5555/soils.12.abstract}}", "@article{lopez, title = {Rain}, doi = {10.5555/soils.12}}"),
        ("r.bib", '@article{lopez, title = {Rain}, doi = "10.5555/soils.12."}', '@article{lopez, title = {Rain}, doi = "10.5555/soils.12"}'),
        # another DOI, the address of a server, and the form that is right stay
        ("p.md", "Rain. https://doi.org/10.5555/soils.12345", ""),
        ("p.md", "Rain. https://doi.org/10.5555/soils.12v2b", ""),
        ("p.md", "Rain. https://soils.example.org/content/10.5555/soils.12v2.full", ""),
        ("p.md", "Rain. https://doi.org/10.5555/soils.12. Accessed", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("by", ["doi", "search"])
def test_what_stands_behind_a_registered_doi_goes(name: str, entry: str, mended: str, by: str):
    from refaudit.audit import audit_file

    def resolve(references: object) -> tuple[Lookup, ...]:
        found = (Candidate(record=Record(source="Crossref", doi="10.5555/soils.12", title="Rain"), score=1.0),)
        return tuple(Lookup(reference=r.id, status=LookupStatus.FOUND, by=by, candidates=found) for r in references)  # type: ignore[attr-defined]

    text = entry if name == "r.bib" else f"Rain falls (Lopez, 2019).\n\n## References\n\nLopez, A. (2019). {entry}\n"
    report = audit_file(name, text.encode(), Config(include_uncited=True), resolve=resolve)
    mended = mended if by == "doi" else mended and entry.replace("http://dx.", "https://")  # the prefix needs no record
    expected = text.replace(entry, mended or entry)
    assert edited({name: text}, propose([report], ["doi-form"]))[name] == expected


DEMO = Path(__file__).resolve().parents[1] / "references" / "snapshot" / "demo.sqlite"


def test_the_doi_of_a_registered_work_is_found_and_the_finding_is_gone(project: Path):
    paper = Path(__file__).resolve().parents[1] / "references" / "samples" / "demo.md"
    (project / "demo.md").write_bytes(paper.read_bytes())
    options = ("--snapshot", str(DEMO), "--today", "2026-01-15")
    result = fix("demo.md", *options, "--repair", "doi-missing", "--write")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.count("demo.md: doi-missing: ") >= 1
    before, after = ((project / f"demo.md{end}").read_text() for end in (".orig", ""))
    removed = [line for line in before.splitlines() if line not in after.splitlines()]
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert all(new.startswith(old) and " https://doi.org/10." in new[len(old) :] for old, new in zip(removed, added, strict=True))
    assert fix("demo.md", *options, "--repair", "doi-missing").stdout == ""


def test_latex_and_bibtex_entries_get_a_doi_in_their_own_form(project: Path):
    from refaudit.repair.doi_and_url import _added

    bib = "@article{a,\r\n\ttitle = {Rain}\r\n}\r\n"
    tex = "\\bibitem{a} Rain. \\url{https://doi.org/10.1000/1}\n\\bibitem{b} Hail.\n"
    assert _added(bib, "r.bib", (0, len(bib) - 2), "10.5555/x") == Edit(
        path="r.bib", start=11, end=11, text="\r\n\tdoi = {10.5555/x},"
    )
    end = len(tex) - 1
    assert _added(tex, "p.tex", (0, end), "10.5555/x") == Edit(
        path="p.tex", start=end, end=end, text=" \\url{https://doi.org/10.5555/x}"
    )
    assert _added("\\bibitem{b} Hail.\n", "p.tex", (0, 17), "10.5555/x") is None
    assert _added(bib, "r.bib", (0, len(bib) - 2), "10.5555/a_b%20<c>") is None
