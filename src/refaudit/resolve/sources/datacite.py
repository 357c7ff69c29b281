"""DataCite's REST API: the record of a DOI that DataCite registered (data, software, theses, arXiv)."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refaudit.errors import ResolverError
from refaudit.resolve.sources.protocol import Known, Reply
from refaudit.resolve.sources.record import from_datacite
from refaudit.resolve.wire.cache import Cache, Stored
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
        key = f"{self._transport.base(self.name)}|work|{doi}"
        have = None if self._cache is None or self._refresh else self._cache.get([key]).get(key)
        if have is None:
            try:
                answer = self._transport.get(self.name, "/dois/" + quote(doi, safe=""), valid=_is_record)
            except ResolverError as error:
                return Reply(known=Known.FAILED, detail=str(error))
            data = json.loads(answer.body).get("data") if answer.status == 200 else None
            have = Stored("work" if data else "absent", time.time(), data)
            if self._cache is not None:
                self._cache.put([(key, have.kind, data)])
        record = from_datacite(have.body, retrieved_at=have.date) if isinstance(have.body, dict) else None
        return Reply(known=Known.RECORD, record=record) if record else Reply(known=Known.ABSENT)


def _is_record(answer: Answer) -> bool:
    try:
        data: Any = json.loads(answer.body)
    except (ValueError, RecursionError):
        return False
    if answer.status == 404:
        return isinstance(data, dict) and "errors" in data
    return answer.status == 200 and isinstance(data, dict) and isinstance(data.get("data"), dict)
