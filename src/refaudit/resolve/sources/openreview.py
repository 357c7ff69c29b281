"""OpenReview: submissions by the identifier of their forum, as addresses print it. It is not searched: its limits are tight.

https://docs.openreview.net
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from refaudit.model import Record
from refaudit.resolve.sources.answers import Answers
from refaudit.resolve.sources.protocol import Lists, Question, Reply
from refaudit.resolve.sources.record import name_of, text_of, year_of
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Service, Transport

NAME = "OpenReview"


def service(access: Access) -> Service:
    """Some hundred requests in half an hour."""
    return Service(name=NAME, base=access.base, personal=access.personal, mail="", budget=True, rates={"single": 0.5})


class OpenReview:
    """The client; answers are cached."""

    name = NAME
    schemes = frozenset({"openreview"})
    lists: frozenset[Lists] = frozenset()

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._answers = Answers(NAME, transport, cache, refresh=refresh, read=from_note)

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each identifier, one request each."""
        return self._answers.by_identifier(identifiers, self._ask)

    def _ask(self, identifiers: Sequence[str]) -> Mapping[str, Any]:
        found = {}
        for one in identifiers:
            number = one.partition(":")[2]
            answer = self._answers.get(
                "/notes", {"id": number}, valid=lambda data: isinstance(data, dict) and isinstance(data.get("notes"), list)
            )
            for note in answer["notes"][:1]:
                found[one] = _short(note) if isinstance(note, dict) and note.get("id") == number else None
        return found

    def search(self, question: Question) -> Sequence[Record]:  # noqa: ARG002
        """Nothing: it is not searched."""
        return ()


def _short(note: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a note."""
    kept = {name: _value(note.get("content"), name) for name in ("title", "authors", "venue")}
    return {"id": note["id"], "date": note.get("pdate") or note.get("cdate"), **kept}


def _value(content: Any, name: str) -> Any:
    """A field of a note: plain in the first version of the API, below ``value`` in the second."""
    field = content.get(name) if isinstance(content, dict) else None
    return field.get("value") if isinstance(field, dict) else field


def from_note(note: Any, retrieved_at: str) -> Record | None:
    """The record of a submission in short; the year of its venue, and that of its submission."""
    if not isinstance(note, dict) or not text_of(note.get("title")):
        return None
    venue, date, names = text_of(note.get("venue")), note.get("date"), note.get("authors")
    years = {int(word) for word in venue.split() if len(word) == 4 and year_of(word)}
    if isinstance(date, int) and 0 < date < 4_102_444_800_000:
        years.add(datetime.datetime.fromtimestamp(date / 1000, tz=datetime.UTC).year)
    return Record(
        source=NAME,
        compiled=True,
        type="proceedings-article",
        title=text_of(note.get("title")),
        containers=(venue,) if venue else (),
        authors=tuple(filter(None, (name_of(text_of(name)) for name in (names if isinstance(names, list) else ())))),
        years=tuple(sorted(years)),
        url=f"https://openreview.net/forum?id={text_of(note.get('id'))}",
        retrieved_at=retrieved_at,
    )
