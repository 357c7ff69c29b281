"""What every source of records looks like, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from refaudit.model import Record


class Known(StrEnum):
    """What one source says about one identifier."""

    RECORD = "record"
    ABSENT = "absent"  # this source answered and does not have it
    UNREGISTERED = "unregistered"  # the DOI system itself says that it does not exist
    ELSEWHERE = "elsewhere"  # registered, but with an agency whose records cannot be read here
    FAILED = "failed"  # no answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer about one identifier: ``record`` with RECORD; ``detail`` says why there is none."""

    known: Known
    record: Record | None = None
    detail: str = ""


def reply(name: str, parse: Callable[[], Record | None]) -> Reply:
    """The reply that a description parses to. What cannot be parsed, for whatever reason, is one work without an answer."""
    try:
        record = parse()
    except Exception:  # noqa: BLE001  an answer is made by others; it may cost its own verdict and nothing else
        record = None
    if record is None:
        return Reply(known=Known.FAILED, detail=f"what {name} sent about this DOI cannot be read")
    return Reply(known=Known.RECORD, record=record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An entry in the words that a search takes; a field that was not surely read is empty.

    ``text`` is the whole printed entry without identifiers, ``authors`` are surnames or organisations, ``type`` is a CSL type.
    """

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    type: str = ""
    container: str = ""


class Lists(StrEnum):
    """Which works a source lists, as far as an entry can show it."""

    SCHOLARLY = "scholarly"  # what registries of scholarly works list, so that its silence about an article says something
    BIOMEDICAL = "biomedical"
    COMPUTING = "computing"
    PREPRINTS = "preprints"
    BOOKS = "books"
    DATA = "data"  # data, software, and theses of repositories


class Source(Protocol):
    """Whoever describes works.

    Identifiers are bare lower-case DOIs, or others with their scheme before a colon ("pmid:12345", "isbn:9780…"). ``schemes`` names
    those by which it can be asked ("doi", "pmid", …), ``lists`` the works it is searched for (none: by identifiers alone). Only the silence of a source of
    scholarly works says something about an entry; of all others nothing follows from it but that they were asked.
    """

    name: str
    schemes: frozenset[str]
    lists: frozenset[Lists]

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each identifier. Never raises."""
        ...

    def search(self, question: Question) -> Sequence[Record]:
        """The works that fit the words best, best first. Raises ResolverError when there is no answer."""
        ...


def scheme(identifier: str) -> str:
    """The scheme of an identifier: "doi" for a bare DOI."""
    return "doi" if identifier.startswith("10.") else identifier.partition(":")[0]
