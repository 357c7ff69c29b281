"""Defects with their proof, what was set aside, and the edits that mend them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from refaudit.model.places import Location, Span


class Level(StrEnum):
    """How bad a finding is if true."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for error, 1 for warning, 2 for note."""
        return ("error", "warning", "note").index(self.value)


# The field of a row of evidence that only leads to a place where the work can be searched for.
SEARCH = "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One row of proof: what the manuscript says beside what the registry (or the other place) says."""

    field: str
    cited: str
    registered: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One defect. ``location`` is its first place, ``related`` the others; ``absorbed`` the codes it explains."""

    code: str
    name: str
    level: Level
    confidence: float
    message: str
    location: Location
    span: Span | None = None
    related: tuple[Location, ...] = ()
    citations: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    advice: str = ""
    fingerprint: str = ""
    absorbed: tuple[str, ...] = ()
    suppressed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """What a comment in a manuscript sets aside: findings of ``codes`` that begin in ``[covers)`` of the file at ``place``.

    ``covers`` counts characters like ``Location``; None stands for the whole file. ``text`` is the comment's own words.
    """

    codes: tuple[str, ...]
    reason: str
    place: Location
    covers: Span | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """``[start, end)`` of the file ``path`` becomes ``text``; offsets count characters like ``Location``."""

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Edits that belong together, and why. ``code`` and ``fingerprint`` name the finding they mend ("" where there is none)."""

    kind: str
    what: str
    edits: tuple[Edit, ...]
    code: str = ""
    fingerprint: str = ""
