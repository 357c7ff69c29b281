"""From a document to its citations, its list of references, and the links between them. Pure functions only."""

from __future__ import annotations

from dataclasses import dataclass

from refaudit.model import Citation, Document, Link, Reference, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """What a document says about its references. ``entry_counts`` are two independent counts of the list's entries."""

    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    list_spans: tuple[Span, ...]
    entry_counts: tuple[int, int]


def parse(document: Document) -> Parse:
    """Read ``document``. Never raises on any text."""
    return Parse(citations=(), references=(), links=(), list_spans=(), entry_counts=(0, 0))
