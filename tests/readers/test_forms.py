"""One manuscript in eight formats gives the same findings, up to position."""

from pathlib import Path

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.readers.files import Files

FORMS = Path(__file__).parent / "forms"


def findings(suffix: str) -> list[tuple[str, str]]:
    path = FORMS / f"paper{suffix}"
    report = audit_file(str(path), path.read_bytes(), Config(), files=Files.beside(path))
    assert report.error is None
    return [(one.code, one.message) for one in report.findings]


def test_the_findings_are_the_planted_ones():
    assert sorted(code for code, _ in findings(".md")) == ["LNK001", "LNK003", "LNK005", "REF004"]


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".odt", ".html", ".tex", ".epub", ".pdf"])
def test_same_findings(suffix: str):
    assert findings(suffix) == findings(".md")
