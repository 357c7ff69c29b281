"""Manuscripts through the whole pipeline, for tests of rules."""

from __future__ import annotations

import datetime

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import Finding

TODAY = datetime.date(2026, 1, 15)


def findings(text: str, *, input_format: str = "", named: bool = True) -> tuple[Finding, ...]:
    """What an offline audit of a Markdown manuscript, or of a BibTeX database (which begins with "@"), shows."""
    input_format = input_format or ("bib" if text.startswith("@") else "md")
    config = Config(today=TODAY)
    report = audit_file("paper.md", text.encode(), config, input_format=input_format, named=named)
    assert report.error is None
    return tuple(f for f in report.findings if f.suppressed is None and f.confidence >= config.min_confidence)


def lines(text: str) -> list[str]:
    """The findings of a manuscript as ``line:col CODE message``."""
    return [f"{f.location.line}:{f.location.column} {f.code} {f.message}" for f in findings(text)]
