"""From a ``Report`` to text or bytes: one module per format, one table."""

from __future__ import annotations

from collections.abc import Callable

from refaudit.model import Report

Render = Callable[[Report], "str | bytes"]


def concise(report: Report) -> str:
    """One line a finding."""
    return "".join(
        f"{f.location.path}:{f.location.line or f.location.page or f.location.paragraph}:{f.location.column or 1} "
        f"{f.code} {f.level} {f.message}\n"
        for f in report.findings
    )


FORMATS: dict[str, Render] = {"concise": concise}
