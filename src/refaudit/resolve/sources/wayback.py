"""The Wayback Machine: the archived copy of a page nearest to a day. Its index (CDX) is asked, because the quicker availability
answer is known to be empty for pages that are archived."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from refaudit.errors import ResolverError
from refaudit.resolve.wire.cache import Cache, key
from refaudit.resolve.wire.transport import Answer, Transport

NAME = "Wayback Machine"
_ADDRESS = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,4000}")


@dataclass(frozen=True, slots=True)
class Copy:
    """One archived copy: its address and day (ISO)."""

    url: str
    day: str


class Wayback:
    """Asks for copies; what was found is kept in the cache."""

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``refresh`` asks again for what the cache holds."""
        self._transport, self._cache, self._refresh = transport, cache, refresh

    def nearest(self, url: str, day: str) -> Copy | None:
        """The copy (status 200) nearest to ``day`` ("2019-05-01", "2019", or "" for the latest), None when the index has none.

        Raises ResolverError when the archive could not be asked.
        """
        moment = (day.replace("-", "") + "0601000000"[max(0, len(day.replace("-", "")) - 4) :])[:14] if day else "20991231235959"
        place = key(NAME, self._transport.base(NAME), "copy", f"{moment[:8]} {url}")
        if self._cache and not self._refresh and (kept := self._cache.get([place]).get(place)):
            copy = _copy(kept.body)
            if copy or not kept.body:
                return copy
        params = {
            "url": url, "output": "json", "fl": "timestamp,original", "filter": "statuscode:200", "limit": "1",
            "sort": "closest", "closest": moment,
        }  # fmt: skip
        answer = self._transport.get(NAME, "/cdx/search/cdx", params=params, valid=_is_index)
        rows = json.loads(answer.body or b"[]")
        body = {"timestamp": rows[1][0], "original": rows[1][1]} if len(rows) > 1 else {}
        copy = _copy(body)
        if body and not copy:
            raise ResolverError(f"what the {NAME} sent cannot be read")
        if self._cache:
            self._cache.put([(place, "copy" if body else "absent", body)])
        return copy


def _copy(body: object) -> Copy | None:
    if not isinstance(body, dict) or not body.get("timestamp"):
        return None
    moment, original = str(body["timestamp"]), str(body.get("original"))
    if not re.fullmatch(r"[12][0-9]{3}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{0,6}", moment) or not _ADDRESS.fullmatch(
        original
    ):
        return None
    return Copy(f"https://web.archive.org/web/{moment}/{original}", f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}")


def _is_index(answer: Answer) -> bool:
    """Whether an answer is the index's own: a JSON list of rows, or nothing. A page of words is a refusal."""
    if answer.status != 200:
        return False
    try:
        rows = json.loads(answer.body or b"[]")
    except (ValueError, RecursionError):
        return False
    return isinstance(rows, list) and all(
        isinstance(row, list) and len(row) >= 2 and all(isinstance(one, str) for one in row) for row in rows
    )
