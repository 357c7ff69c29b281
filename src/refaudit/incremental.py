"""What need not be done twice when one paper is audited again and again: bibliographies, fields, registry answers.

Nothing here changes a result: what is remembered is used only where its input reads exactly as it did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from refaudit.audit import Resolve, off
from refaudit.model import FileReport, Lookup, LookupStatus, Reference, Span
from refaudit.parse.fields import known, read_fields
from refaudit.readers.project_files import Kept

_SETTLED = frozenset({LookupStatus.FOUND, LookupStatus.AMBIGUOUS, LookupStatus.NOT_FOUND, LookupStatus.NOT_COVERED})
_NOWHERE = Span(0, 0)
_LISTS = 64
"""Lists of references that are kept: more papers than anybody watches at once."""


class Memory:
    """The last reading of each list and the answer for each entry, for as long as the run goes on."""

    def __init__(self, resolve: Resolve) -> None:
        """Remember what ``resolve`` answers and what is read from lists."""
        self._ask = resolve
        self.bibliographies: Kept = {}
        self._answers: dict[Reference, Lookup] = {}
        self._lists: dict[tuple[Reference, ...], tuple[Reference, ...]] = {}

    def keep(self, report: FileReport) -> None:
        """Remember every answer of an audit, also that there was none: nobody is asked again in this run."""
        entries = {reference.id: reference for reference in report.references}
        self._answers.update({_words(entries[lookup.reference]): lookup for lookup in report.lookups})

    def resolve(self, references: Sequence[Reference]) -> tuple[Lookup, ...]:
        """The answers, asked for once as long as there was one and the entry reads the same."""
        if self._ask is off:
            return off(references)
        answered = self._answers
        words = [_words(reference) for reference in references]
        new = [reference for reference, key in zip(references, words, strict=True) if key not in answered]
        fresh = {lookup.reference: lookup for lookup in (self._ask(new) if new else ())}
        answers = []
        for reference, key in zip(references, words, strict=True):
            lookup = fresh.get(reference.id) or answered[key]
            if lookup.status in _SETTLED:
                answered[key] = lookup
            answers.append(replace(lookup, reference=reference.id))
        return tuple(answers)

    def read_fields(self, references: Sequence[Reference]) -> tuple[Reference, ...]:
        """The fields of a list, read again when one of its entries reads otherwise: all entries share a style."""
        if all(known(reference) for reference in references):
            return read_fields(references)  # nothing is read from their text
        key = tuple(_words(reference) for reference in references)
        done = self._lists.pop(key, None) or tuple(_words(reference) for reference in read_fields(references))
        self._lists[key] = done
        if len(self._lists) > _LISTS:
            del self._lists[next(iter(self._lists))]
        return tuple(replace(read, id=now.id, span=now.span, parts=now.parts) for read, now in zip(done, references, strict=True))


def _words(reference: Reference) -> Reference:
    """An entry wherever it stands."""
    return replace(reference, id="", span=_NOWHERE, parts=())
