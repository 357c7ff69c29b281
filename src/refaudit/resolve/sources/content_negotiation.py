"""Content negotiation at doi.org: a description of a DOI of any agency (JaLC, mEDRA, KISTI, …) as CSL-JSON.

doi.org redirects to a server of the agency. Only servers named here, or the services that were set, are followed.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from refaudit.errors import ResolverError
from refaudit.resolve.sources.protocol import Known, Reply, reply
from refaudit.resolve.sources.record import from_csl
from refaudit.resolve.sources.registration_agency import NAME
from refaudit.resolve.wire.cache import Cache, Stored, key
from refaudit.resolve.wire.transport import Answer, Service, Transport

CSL = "application/vnd.citationstyles.csl+json"
_REDIRECTS = (301, 302, 303, 307, 308)
# Where the agencies answer content negotiation.
AGENCY_HOSTS: Mapping[str, str] = {
    "api.crossref.org": "Crossref",
    "data.crossref.org": "Crossref",
    "data.crosscite.org": "DataCite",
    "api.datacite.org": "DataCite",
    "api.japanlinkcenter.org": "JaLC",
    "data.medra.org": "mEDRA",
    "data.doi.or.kr": "KISTI",
    "data.doi.org.cn": "ISTIC",
}


def services() -> tuple[Service, ...]:
    """The agencies' servers as services of their own: gently, and never with a mail address or token."""
    return tuple(
        Service(name=f"https://{host}", base=f"https://{host}", rates={"single": 2.0}, concurrency=1) for host in AGENCY_HOSTS
    )


class Negotiation:
    """The client; answers are cached. ``agency`` of a reply's record is its source."""

    name = NAME

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._transport, self._cache, self._refresh = transport, cache, refresh

    def records(self, dois: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each DOI."""
        return {doi: self._one(doi) for doi in dois}

    def _one(self, doi: str) -> Reply:
        place = key(NAME, self._transport.base(NAME), "csl", doi)
        have = None if self._cache is None or self._refresh else self._cache.get([place]).get(place)
        kept = _read(have, doi) if have else None
        if kept and kept.record:
            return kept
        try:
            item = self._follow("/" + quote(doi, safe="/"))
        except ResolverError as error:
            return Reply(known=Known.FAILED, detail=str(error))
        if item is None:
            return Reply(known=Known.ELSEWHERE, detail="its agency gives no description that can be read here")
        given = _read(Stored("work", time.time(), item), doi)
        if given.record is None:
            return Reply(known=Known.ELSEWHERE, detail="the description of its agency holds no title, or is of another DOI")
        if self._cache is not None:
            self._cache.put([(place, "work", item)])
        return given

    def check(self, doi: str, accept: str) -> None:
        """Whether doi.org answers for a DOI in that form itself or names a server of a registration agency for it.

        Raises ResolverError where it does not: a page that anybody may have registered is not read.
        """
        path = "/" + quote(doi, safe="/")
        answer = self._transport.get(NAME, path, accept=accept, valid=lambda _: True)
        if answer.status == 404:
            raise ResolverError(f"{doi}: not a registered DOI")
        if answer.status in _REDIRECTS and self._next(NAME, path, answer) is None:
            host = re.sub(r"^https?://|/.*", "", answer.headers.get("location", ""))[:100]
            raise ResolverError(f"{doi}: its agency gives no citation; doi.org leads to {host}, which is not asked")

    def _follow(self, path: str) -> Any:
        """The CSL-JSON at the end of at most three redirects among known servers; None when it ends elsewhere."""
        name = NAME
        for _ in range(4):
            answer = self._transport.get(name, path, accept=CSL, valid=_is_answer)
            if answer.status == 200:
                return json.loads(answer.body)
            place = self._next(name, path, answer) if answer.status in _REDIRECTS else None
            if place is None:
                return None
            name, path = place
        return None

    def _next(self, name: str, path: str, answer: Answer) -> tuple[str, str] | None:
        """Service and path of a redirect; None where it leads to any other place than doi.org or an agency's server."""
        own, location = self._transport.base(NAME), answer.headers.get("location")
        if not location:
            return None
        try:
            parts = urlsplit(urljoin(self._transport.base(name) + path, location))
        except ValueError:  # no address at all
            return None
        rest = parts.path + (f"?{parts.query}" if parts.query else "")
        if f"{parts.scheme}://{parts.netloc}{rest}".startswith(own + "/"):
            return NAME, f"{parts.scheme}://{parts.netloc}{rest}".removeprefix(own)
        if parts.scheme == "https" and parts.netloc in AGENCY_HOSTS:
            return f"https://{parts.netloc}", rest
        return None


def _read(have: Stored, doi: str) -> Reply:
    return reply(NAME, lambda: from_csl(have.body, source=NAME, doi=doi, retrieved_at=have.date))


def _is_answer(answer: Answer) -> bool:
    if answer.status != 200:
        return True
    try:
        return isinstance(json.loads(answer.body), dict)
    except (ValueError, RecursionError):
        return False
