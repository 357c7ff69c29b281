"""From the text of an entry to its fields.

Identifiers are read by grammar (``parse.identifiers``); authors, title, container and the rest by a sequence labeller
(``model``) whose runs ``assemble`` turns into values. The confidence of a field is the calibrated probability that
all of it is right.
"""

from __future__ import annotations

from collections.abc import Sequence

from refaudit.model import Reference


def read_fields(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references with their fields read from ``raw``; fields that are already there are kept.

    All entries of one list are given at once, since they share a style. References of structured sources (their
    title, authors or container is known) are left as they are. Never raises on any text.
    """
    waiting = [index for index, reference in enumerate(references) if reference.raw and not _known(reference)]
    if not waiting:
        return tuple(references)
    from refaudit.parse.fields.reader import read_list  # numpy and the model are loaded only when a list is read

    done = list(references)
    for index, reference in zip(waiting, read_list([references[index] for index in waiting]), strict=True):
        done[index] = reference
    return tuple(done)


def _known(reference: Reference) -> bool:
    return any(field is not None for field in (reference.title, reference.authors, reference.container, reference.editors))
