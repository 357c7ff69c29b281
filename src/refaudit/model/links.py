"""What the text cites, and the entries it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from refaudit.model.places import Span
from refaudit.model.references import Name, Year


class System(StrEnum):
    """How a text cites."""

    AUTHOR_DATE = "author-date"
    NUMERIC = "numeric"
    KEY = "key"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedItem:
    """One work named by a citation: names and year, or a printed ``label``, or a source ``key``.

    ``confidence`` (0-1) says how sure it is that this is a citation at all.
    """

    span: Span
    names: tuple[Name, ...] = ()
    et_al: bool = False
    year: Year | None = None
    label: str | None = None
    key: str | None = None
    title: str = ""
    locator: str = ""
    prefix: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One bracket or one narrative mention. The span leaves out the outer brackets; ``flaw`` names a printed defect."""

    id: str
    span: Span
    text: str
    system: System
    items: tuple[CitedItem, ...]
    flaw: str = ""


class LinkStatus(StrEnum):
    """How a cited item stands to the list."""

    EXACT = "exact"
    PROBABLE = "probable"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


class Difference(StrEnum):
    """What keeps a missing item from its nearest entry."""

    YEAR = "year"
    AUTHOR = "author"
    LETTER = "letter"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Item ``item`` of citation ``citation`` and the entries it reaches (none when missing, all candidates when ambiguous).

    ``nearest`` names the entries that differ from the item only in ``difference`` (best first); ``score`` is 0-1.
    """

    citation: str
    item: int
    status: LinkStatus
    references: tuple[str, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    difference: Difference = Difference.NONE
