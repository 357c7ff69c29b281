"""From the text of an entry to its fields.

Identifiers are read by grammar (``parse.identifiers``); authors, title, container and the rest by a sequence labeller
(``model``) whose runs ``assemble`` turns into values. The confidence of a field is the calibrated probability that
all of it is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refaudit.model import Name, Parsed, Reference

_REPEATED = re.compile(r"\s*(?:[—–―]{1,6}|-{2,6}|_{2,12})[\s.,:;(]")


def read_fields(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references with their fields read from ``raw``; fields that are already there are kept.

    All entries of one list are given at once, since they share a style. References of structured sources (their
    title, authors or container is known) are left as they are. Never raises on any text.
    """
    waiting = [index for index, reference in enumerate(references) if reference.raw and not known(reference)]
    if not waiting:
        return tuple(references)
    from refaudit.parse.fields.reader import read_list  # numpy and the model are loaded only when a list is read

    done = list(references)
    for index, reference in zip(waiting, read_list([references[index] for index in waiting]), strict=True):
        done[index] = reference
    for index in waiting:
        if index and _REPEATED.match(done[index].raw) and not done[index].authors:
            done[index] = replace(done[index], authors=_above(done[index - 1]))
    return tuple(done)


def _above(reference: Reference) -> Parsed[tuple[Name, ...]] | None:
    """The authors that a dash repeats: they are not printed in the entry itself, so they have no stretch there."""
    return replace(reference.authors, raw="", span=None) if reference.authors else None


def known(reference: Reference) -> bool:
    """Whether the format itself declares the fields of an entry, if it declares none but a note."""
    return reference.printed is not None or any(
        field is not None for field in (reference.title, reference.authors, reference.container, reference.editors)
    )
