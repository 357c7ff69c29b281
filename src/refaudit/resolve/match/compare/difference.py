"""The shape of what is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """The cited and the registered value, as printed, how sure it is that they differ (0-1), and the field of the entry where
    the cited one stands when that is not the one compared. ``detail`` says in words what is different."""

    cited: str
    registered: str
    confidence: float = 0.85
    field: str = ""
    detail: str = ""
