"""Everything one run found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refaudit.model.document import Document
from refaudit.model.findings import Finding, Repair
from refaudit.model.links import Citation, Link
from refaudit.model.records import Lookup
from refaudit.model.references import ListStyle, Reference

if TYPE_CHECKING:
    from pandas import DataFrame

_NO_STYLE = ListStyle()


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """The audit of one input. ``error`` is set, and everything else empty, when the file could not be read.

    ``repairs`` holds the safe repairs, where somebody asked for them.
    """

    path: str
    format: str = ""
    error: str | None = None
    document: Document | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    style: ListStyle = _NO_STYLE
    links: tuple[Link, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    findings: tuple[Finding, ...] = ()
    notices: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything one run found. ``skipped_rules`` pairs a code with the reason it did not run."""

    schema: int
    tool: str
    version: str
    options: Mapping[str, object]
    files: tuple[FileReport, ...]
    skipped_rules: tuple[tuple[str, str], ...] = ()
    skipped_files: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings that are shown: not suppressed, at or above the confidence asked for."""
        least = float(str(self.options.get("min_confidence", 0.5)))
        return tuple(f for file in self.files for f in file.findings if f.suppressed is None and f.confidence >= least)

    def to_frames(self) -> dict[str, DataFrame]:
        """``findings``, ``citations`` (one row a cited work), ``references`` and ``files`` as pandas frames, values as read."""
        import refaudit  # the public face: the tables need pandas and stand above this package

        return refaudit.to_frames(self)
