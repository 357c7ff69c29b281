"""What a format declares itself: citations by key, entries with keys, and the links that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from refaudit.model import Citation, Document, Link, LinkStatus, Reference


def given(document: Document) -> tuple[tuple[Citation, ...], tuple[Reference, ...]]:
    """The declared citations and references in the order of the text, numbered "c1", "c2", ... and "r1", "r2", ..."""
    citations = sorted(document.citations, key=lambda citation: citation.span)
    references = sorted(document.references, key=lambda reference: reference.span)
    return (
        tuple(replace(citation, id=f"c{number}") for number, citation in enumerate(citations, 1)),
        tuple(replace(reference, id=f"r{number}") for number, reference in enumerate(references, 1)),
    )


def key_links(document: Document, citations: Sequence[Citation], references: Sequence[Reference]) -> tuple[Link, ...]:
    """The links of all cited items that carry a key: exact where an entry has it, else missing.

    Of entries that share a key the first counts, as it does for BibTeX. A key that no entry has gives no link at all
    while bibliographies of the manuscript are unread or the list is not declared: nothing is known then.
    """
    first: dict[str, str] = {}
    for reference in references:
        if reference.key:
            first.setdefault(reference.key, reference.id)
    known = document.list_given and not document.list_unread
    links = []
    for citation in citations:
        for number, item in enumerate(citation.items):
            if item.key is None:
                continue
            target = first.get(item.key)
            if target is not None:
                links.append(
                    Link(citation=citation.id, item=number, status=LinkStatus.EXACT, references=(target,), reasons=("same key",))
                )
            elif known:
                links.append(
                    Link(
                        citation=citation.id,
                        item=number,
                        status=LinkStatus.MISSING,
                        score=0.0,
                        reasons=("no entry has this key",),
                    )
                )
    return tuple(links)
