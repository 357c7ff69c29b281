"""One manuscript in many formats gives the same findings, up to position: names and years, raised numbers, and keys."""

from pathlib import Path

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.readers.project_files import Files

FORMS = Path(__file__).parent / "forms"


def findings(name: str, **options: bool) -> list[tuple[str, str]]:
    path = FORMS / name
    report = audit_file(str(path), path.read_bytes(), Config(**options), files=Files.beside(path))
    assert report.error is None
    return [(one.code, one.message) for one in report.findings]


def test_the_findings_are_the_planted_ones():
    assert sorted(code for code, _ in findings("paper.md")) == ["LNK001", "LNK003", "LNK005", "REF004"]
    assert {"LNK001", "LNK003"} <= {code for code, _ in findings("numbered.md")}


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".odt", ".html", ".tex", ".epub", ".xml", ".tei", ".ipynb", ".pdf"])
def test_same_findings(suffix: str):
    assert findings(f"paper{suffix}") == findings("paper.md")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("columns.pdf", "paper.md"),
        ("lines.pdf", "paper.md"),
        ("three.pdf", "paper.md"),
        ("superiors.pdf", "numbered.md"),
        ("overhang.pdf", "numbered.md"),
    ],
)
def test_same_findings_in_columns_with_numbered_lines_and_raised_digits(name: str, source: str):
    assert findings(name) == findings(source)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".html", ".tex", ".epub", ".xml", ".tei", ".ipynb", ".pdf"])
def test_same_findings_with_numbers(suffix: str):
    assert findings(f"numbered{suffix}") == findings("numbered.md")


LOST = ("LNK001", "@lund2020 is cited here, but no entry of the reference list fits.")
UNDATED = ("REF001", "'gray2015' lacks the year.")
BACKWARDS = "has the pages {}: the last is lower than the first."


@pytest.mark.parametrize("suffix", [".md", ".natbib.tex", ".biblatex.tex", ".typ", ".myst"])
def test_same_findings_with_keys(suffix: str):
    """Of the database only what is cited is asked about: pohl2013 has a defect, but nobody cites it."""
    assert findings(f"keyed{suffix}") == [LOST, ("REF004", f"'abel2018' {BACKWARDS.format('117–105')}"), UNDATED]


@pytest.mark.parametrize("suffix", [".md", ".natbib.tex", ".biblatex.tex", ".typ", ".myst"])
def test_the_whole_database_when_asked_for(suffix: str):
    assert findings(f"keyed{suffix}", include_uncited=True) == [
        LOST,
        ("REF004", f"'abel2018' {BACKWARDS.format('117–105')}"),
        UNDATED,
        ("LNK003", "'pohl2013' is in the reference list, but the text does not cite it."),
        ("REF004", f"'pohl2013' {BACKWARDS.format('9–1')}"),
    ]


def test_a_database_alone_is_audited_and_nothing_in_it_is_called_uncited():
    assert findings("keyed.bib", include_uncited=True) == findings("keyed.bib")
    assert [code for code, _ in findings("keyed.bib")] == ["REF004", "REF001", "REF004"]
