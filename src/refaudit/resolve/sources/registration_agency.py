"""doi.org: which agency registered a DOI, or that it does not exist. Only this answer makes a DOI unregistered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refaudit.errors import ResolverError
from refaudit.resolve.wire.cache import Cache, key
from refaudit.resolve.wire.transport import Answer, Transport

NAME = "doi.org"
UNREGISTERED = "DOI does not exist"
# DOIs in one request; the service takes a list divided by commas (https://www.doi.org/the-identifier/resources/factsheets).
BATCH, LONGEST = 20, 1800


class Agencies:
    """Asks doi.org; answers are cached, "does not exist" for a day only, since a DOI may be registered tomorrow."""

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._transport, self._cache, self._refresh = transport, cache, refresh

    def of(self, dois: Sequence[str]) -> Mapping[str, str]:
        """The agency of each DOI ("Crossref", "DataCite", "JaLC", …), UNREGISTERED, or "" where there is no answer."""
        base = self._transport.base(NAME)
        found: dict[str, str] = {}
        if self._cache is not None and not self._refresh:
            places = {key(NAME, base, "agency", doi): doi for doi in dois}
            found = {places[place]: str(have.body) for place, have in self._cache.get(places).items()}
        group: list[str] = []
        length = 0
        for doi in sorted(set(dois) - set(found)):
            alone = "," in doi  # a comma divides the list
            if group and (alone or len(group) >= BATCH or length + len(quote(doi)) > LONGEST):
                found |= self._ask(group)
                group, length = [], 0
            group.append(doi)
            length += len(quote(doi)) + 1
            if alone:
                found |= self._ask(group)
                group, length = [], 0
        if group:
            found |= self._ask(group)
        return {doi: found.get(doi, "") for doi in dois}

    def _ask(self, dois: list[str]) -> dict[str, str]:
        path = "/doiRA/" + ",".join(quote(doi, safe="/") for doi in dois)
        try:
            answer = self._transport.get(NAME, path, valid=_is_list)
        except ResolverError:
            return {}
        found = {}
        for row in _rows(answer):
            doi, agency, status = str(row.get("DOI", "")).lower(), row.get("RA"), row.get("status")
            if doi not in dois:
                continue
            if isinstance(agency, str) and agency != "Unknown":
                found[doi] = agency
            elif status == UNREGISTERED:
                found[doi] = UNREGISTERED
        if self._cache is not None:
            base = self._transport.base(NAME)
            self._cache.put(
                (key(NAME, base, "agency", doi), "unregistered" if agency == UNREGISTERED else "agency", agency)
                for doi, agency in found.items()
            )
        return found


def _rows(answer: Answer) -> list[dict[str, Any]]:
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError):
        return []
    return [row for row in data if isinstance(row, dict) and "DOI" in row] if isinstance(data, list) else []


def _is_list(answer: Answer) -> bool:
    return answer.status == 200 and bool(_rows(answer))
