"""The answers of one service, each asked for once: from the cache while it is fresh, else over the connection."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from refaudit.errors import ResolverError
from refaudit.model import Record
from refaudit.resolve.sources.protocol import Known, Reply, reply
from refaudit.resolve.wire.cache import Cache, Stored, key
from refaudit.resolve.wire.transport import Answer, Transport

Found = TypeVar("Found")
Read = Callable[[Any, str], Record | None]
"""From a description and the day it came (ISO) to a record; None where it holds none."""


def decoded(answer: Answer) -> Any:
    """The JSON of an answer, None where it is none."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


class Answers:
    """What one service said and says; ``read`` turns its descriptions into records."""

    def __init__(self, name: str, transport: Transport, cache: Cache | None, *, refresh: bool, read: Read) -> None:
        """``cache`` None keeps nothing; ``refresh`` asks again for what it holds."""
        self.name = name
        self.transport, self._cache, self._refresh, self._read = transport, cache, refresh, read

    def path(self, beginning: str, rest: str) -> str:
        """``beginning + rest``; the beginning is left out where the address that was set ends in it already."""
        return rest if self.transport.base(self.name).endswith(beginning) else beginning + rest

    def get(
        self,
        path: str,
        params: Mapping[str, str],
        *,
        valid: Callable[[Any], bool],
        read: Callable[[Answer], Any] = decoded,
        accept: str = "application/json",
        absent: bool = False,
    ) -> Any:
        """What ``read`` makes of an answer (status 200), where ``valid`` accepts it.

        With ``absent`` it is None where there is no such thing (404); a list or search that is not there is no answer. Raises
        ResolverError when there is none.
        """

        def good(answer: Answer) -> bool:
            return answer.status == 404 or (answer.status == 200 and valid(read(answer)))

        answer = self.transport.get(self.name, path, params=params, accept=accept, valid=good)
        if answer.status == 404 and not absent:
            raise ResolverError(f"{self.name} takes no such question at {self.transport.base(self.name)} (404)")
        return None if answer.status == 404 else read(answer)

    def by_identifier(
        self, identifiers: Sequence[str], ask: Callable[[Sequence[str]], Mapping[str, Any]], *, together: int = 1
    ) -> dict[str, Reply]:
        """One reply for each identifier, ``together`` of them asked for at once.

        ``ask`` gives the descriptions of those that the service has, and None for what it described unreadably; it may raise
        ResolverError.
        """
        different, replies = list(dict.fromkeys(identifiers)), dict[str, Reply]()
        for at in range(0, len(different), together):
            replies |= self._of_group(different[at : at + together], ask)
        return replies

    def _of_group(self, identifiers: Sequence[str], ask: Callable[[Sequence[str]], Mapping[str, Any]]) -> dict[str, Reply]:
        places = {one: self._place("work", one) for one in identifiers}
        kept = self._kept(list(places.values()))
        replies = {one: self._reply(kept[place]) for one, place in places.items() if place in kept}
        replies = {one: said for one, said in replies.items() if said.known is not Known.FAILED}
        wanted = [one for one in identifiers if one not in replies]
        if not wanted:
            return replies
        try:
            found = self._asked(lambda: ask(wanted))
        except ResolverError as error:
            return replies | {one: Reply(known=Known.FAILED, detail=str(error)) for one in wanted}
        for one in wanted:
            fresh = Stored("work" if one in found else "absent", time.time(), found.get(one))
            replies[one] = self._reply(fresh)
            if self._cache is not None and replies[one].known is not Known.FAILED:
                self._cache.put([(places[one], fresh.kind, fresh.body)])
        return replies

    def by_words(self, words: str, ask: Callable[[], Sequence[Any]]) -> Sequence[Record]:
        """The records of a search that is known by its ``words``; it is kept where each of its items can be read.

        Raises ResolverError when there is no answer, or one of which nothing can be read: that is no silence.
        """
        place = self._place("search", hashlib.sha256(words.encode("utf-8", "replace")).hexdigest())
        have = self._kept([place]).get(place)
        if have is not None and isinstance(have.body, list):
            replies = [self._reply(Stored("work", have.stored, item)) for item in have.body]
            if all(said.record for said in replies):
                return [said.record for said in replies if said.record]
        items = self._asked(lambda: list(ask()))
        replies = [self._reply(Stored("work", time.time(), item)) for item in items]
        records = [said.record for said in replies if said.record]
        if items and not records:
            raise ResolverError(f"what {self.name} sent cannot be read")
        if self._cache is not None and len(records) == len(items):
            self._cache.put([(place, "search", items)])
        return records

    def _asked(self, ask: Callable[[], Found]) -> Found:
        """What ``ask`` gives. An answer is made by others: whatever it breaks, it is one without an answer."""
        try:
            return ask()
        except ResolverError:
            raise
        except Exception as error:
            raise ResolverError(f"what {self.name} sent cannot be read") from error

    def _place(self, kind: str, what: str) -> str:
        return key(self.name, self.transport.base(self.name), kind, what)

    def _kept(self, places: Sequence[str]) -> dict[str, Stored]:
        return {} if self._cache is None or self._refresh else self._cache.get(places)

    def _reply(self, have: Stored) -> Reply:
        if have.kind == "absent":
            return Reply(known=Known.ABSENT)
        return reply(self.name, lambda: self._read(have.body, have.date))
