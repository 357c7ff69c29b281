"""DataCite's REST API: the record of a DOI that DataCite registered (data, software, theses, arXiv)."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refaudit.errors import ResolverError
from refaudit.model import Record
from refaudit.resolve.sources.protocol import Known, Reply, reply
from refaudit.resolve.sources.record import Json, from_datacite, same_doi
from refaudit.resolve.wire.cache import Cache, Stored, key
from refaudit.resolve.wire.transport import Answer, Transport


class DataCite:
    """The client; answers are cached."""

    name = "DataCite"

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._transport, self._cache, self._refresh = transport, cache, refresh

    def records(self, dois: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each DOI, one request each."""
        return {doi: self._one(doi) for doi in dois}

    def _one(self, doi: str) -> Reply:
        place = key(self.name, self._transport.base(self.name), "work", doi)
        have = None if self._cache is None or self._refresh else self._cache.get([place]).get(place)
        kept = self._read(have, doi) if have else None
        if kept and kept.known is not Known.FAILED:
            return kept
        try:
            answer = self._transport.get(self.name, "/dois/" + quote(doi, safe=""), valid=_is_record)
        except ResolverError as error:
            return Reply(known=Known.FAILED, detail=str(error))
        data = json.loads(answer.body)["data"] if answer.status == 200 else None
        have = Stored("absent" if data is None else "work", time.time(), data)
        given = self._read(have, doi)
        if self._cache is not None and given.known is not Known.FAILED:
            self._cache.put([(place, have.kind, data)])
        return given

    def _read(self, have: Stored, doi: str) -> Reply:
        if have.kind == "absent":
            return Reply(known=Known.ABSENT)
        return reply(self.name, lambda: _record(have.body, doi, have.date))


def _record(data: Json, doi: str, date: str) -> Record | None:
    return from_datacite(data, retrieved_at=date) if same_doi(data["id"], doi) else None


def _is_record(answer: Answer) -> bool:
    try:
        data: Any = json.loads(answer.body)
    except (ValueError, RecursionError):
        return False
    if answer.status == 404:
        return isinstance(data, dict) and "errors" in data
    return answer.status == 200 and isinstance(data, dict) and isinstance(data.get("data"), dict)
