"""One manuscript in many formats gives the same findings, up to position: names and years, and raised numbers."""

from pathlib import Path

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.readers.files import Files

FORMS = Path(__file__).parent / "forms"


def findings(name: str) -> list[tuple[str, str]]:
    path = FORMS / name
    report = audit_file(str(path), path.read_bytes(), Config(), files=Files.beside(path))
    assert report.error is None
    return [(one.code, one.message) for one in report.findings]


def test_the_findings_are_the_planted_ones():
    assert sorted(code for code, _ in findings("paper.md")) == ["LNK001", "LNK003", "LNK005", "REF004"]
    assert {"LNK001", "LNK003"} <= {code for code, _ in findings("numbered.md")}


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".odt", ".html", ".tex", ".epub", ".pdf"])
def test_same_findings(suffix: str):
    assert findings(f"paper{suffix}") == findings("paper.md")


@pytest.mark.parametrize("name", ["columns.pdf", "lines.pdf"])
def test_same_findings_in_two_columns_and_with_numbered_lines(name: str):
    assert findings(name) == findings("paper.md")


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".html", ".tex", ".epub", ".pdf"])
def test_same_findings_with_numbers(suffix: str):
    assert findings(f"numbered{suffix}") == findings("numbered.md")
