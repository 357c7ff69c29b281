"""What every source of records looks like, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from refaudit.model import Record


class Known(StrEnum):
    """What one source says about one DOI."""

    RECORD = "record"
    ABSENT = "absent"  # this source answered and does not have it
    UNREGISTERED = "unregistered"  # the DOI system itself says that it does not exist
    ELSEWHERE = "elsewhere"  # registered, but with an agency whose records cannot be read here
    FAILED = "failed"  # no answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer about one DOI: ``record`` with RECORD; ``detail`` says why there is none."""

    known: Known
    record: Record | None = None
    detail: str = ""


def reply(name: str, parse: Callable[[], Record | None]) -> Reply:
    """The reply that a description parses to. What cannot be parsed, for whatever reason, is one DOI without an answer."""
    try:
        record = parse()
    except Exception:  # noqa: BLE001  an answer is made by others; it may cost its own verdict and nothing else
        record = None
    if record is None:
        return Reply(known=Known.FAILED, detail=f"what {name} sent about this DOI cannot be read")
    return Reply(known=Known.RECORD, record=record)


class Source(Protocol):
    """A registry that describes works by their DOI."""

    name: str

    def records(self, dois: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each (lower-case) DOI. Never raises."""
        ...


class Searchable(Source, Protocol):
    """A registry that can also be searched with the words of a reference."""

    def search(self, text: str) -> Sequence[Record]:
        """The works that fit the words best, best first. Raises ResolverError when there is no answer."""
        ...
