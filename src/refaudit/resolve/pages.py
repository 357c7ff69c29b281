"""The cited web pages of a list: which entries are asked about, side by side over hosts, and what each page says.

Off unless asked for, because it contacts hosts that a manuscript names.
"""

from __future__ import annotations

import datetime
import queue
import re
import threading
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlsplit

from refaudit.errors import ResolverError
from refaudit.model import Lookup, LookupStatus, Page, PageStatus, Reference
from refaudit.parse.years import read_year
from refaudit.resolve.match.page import judged
from refaudit.resolve.sources.page_metadata import PageMetadata
from refaudit.resolve.sources.wayback import Wayback
from refaudit.resolve.sources.web_page import Seen, look
from refaudit.resolve.wire.cache import Cache, key
from refaudit.resolve.wire.web import Web

MOST = 1000  # pages of one list
_AT_ONCE = 8  # hosts
_KEPT = frozenset({PageStatus.ALIVE, PageStatus.MOVED, PageStatus.GONE})
_RESOLVERS = re.compile(r"https?://(?:(?:dx\.|www\.)?doi\.org/10\.|hdl\.handle\.net/)", re.IGNORECASE)


class Pages:
    """Asks for cited pages, and for archived copies of those that are gone (``archive``: of all). Never raises."""

    def __init__(
        self, web: Web, wayback: Wayback | None, cache: Cache | None, *, refresh: bool = False, archive: bool = False
    ) -> None:
        """``refresh`` asks again for what the cache holds."""
        self._web, self._wayback, self._cache = web, wayback, cache
        self._refresh, self._archive = refresh, archive
        self._seen: dict[str, Seen] = {}

    @property
    def requests(self) -> int:
        """How many requests went to cited pages."""
        return self._web.requests

    def stop(self) -> None:
        """End every wait; what is not there yet stays away."""
        self._web.stop.set()

    def __call__(self, references: Sequence[Reference], lookups: Sequence[Lookup]) -> tuple[Lookup, ...]:
        """The lookups, those of entries with an address and no record of a registry with their page."""
        wanted = {
            reference.id: address
            for reference, lookup in zip(references, lookups, strict=True)
            if (address := cited_page(reference)) and lookup.status not in (LookupStatus.FOUND, LookupStatus.AMBIGUOUS)
        }
        self._look([address for address in dict.fromkeys(wanted.values()) if address not in self._seen][:MOST])
        made = []
        for reference, lookup in zip(references, lookups, strict=True):
            seen = self._seen.get(wanted.get(reference.id, ""))
            made.append(replace(lookup, page=self._judged(reference, seen)) if seen else lookup)
        return tuple(made)

    def _judged(self, reference: Reference, seen: Seen) -> Page:
        page = judged(seen.page, reference, titles=seen.says.titles, shorter=seen.shorter, above=seen.above)
        if self._wayback and (
            page.status is PageStatus.GONE or (self._archive and page.status in (PageStatus.ALIVE, PageStatus.MOVED))
        ):
            try:
                copy = self._wayback.nearest(page.url, _day(reference))
            except ResolverError:
                return page
            page = replace(page, archive_asked=True)
            if copy:
                page = replace(page, archived=copy.url, archived_on=copy.day)
        return page

    def _look(self, addresses: Sequence[str]) -> None:
        """One thread a host, a few at once; the threads are daemons, so that an interrupted run does not wait for them."""
        left = [address for address in addresses if not self._remembered(address)]
        by_host: dict[str, list[str]] = {}
        for address in left:
            by_host.setdefault(urlsplit(address).netloc.lower(), []).append(address)
        todo: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[str, Seen]] = queue.SimpleQueue()
        for group in by_host.values():
            todo.put(group)

        def work() -> None:
            while not self._web.stop.is_set():
                try:
                    group = todo.get_nowait()
                except queue.Empty:
                    return
                for address in group:
                    try:
                        done.put((address, look(self._web, address)))
                    except Exception as error:  # noqa: BLE001  pages are made by others; one may cost its own verdict only
                        detail = f"what was sent cannot be read ({type(error).__name__})"
                        done.put((address, Seen(page=Page(url=address, status=PageStatus.UNCLEAR, detail=detail))))

        for _ in range(min(_AT_ONCE, len(by_host))):
            threading.Thread(target=work, daemon=True).start()
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        for _ in left:
            address, seen = done.get()
            seen = replace(seen, page=replace(seen.page, checked_on=today))
            self._seen[address] = seen
            if self._cache and seen.page.status in _KEPT:
                kind = "gone" if seen.page.status is PageStatus.GONE else "page"
                self._cache.put([(_place(address), kind, asdict(seen))])

    def _remembered(self, address: str) -> bool:
        if self._cache is None or self._refresh:
            return False
        kept = self._cache.get([_place(address)]).get(_place(address))
        seen = _restored(kept.body) if kept else None
        if seen:
            self._seen[address] = seen
        return seen is not None


def cited_page(reference: Reference) -> str:
    """The address of the page that an entry cites, "" where it cites none, or a DOI in the form of an address."""
    address = reference.url.value if reference.url and reference.url.value else ""
    return "" if not re.match(r"[a-zA-Z]{2,9}:", address) or _RESOLVERS.match(address) else address


def _place(address: str) -> str:
    return key("web", "", "page", address)


def _restored(body: Any) -> Seen | None:
    """What was kept, or None when it has another form by now."""
    try:
        page = Page(**{**body["page"], "status": PageStatus(body["page"]["status"]), "authors": tuple(body["page"]["authors"])})
        says = PageMetadata(
            **{**body["says"], "titles": tuple(body["says"]["titles"]), "authors": tuple(body["says"]["authors"])}
        )
        return Seen(page=page, says=says, shorter=bool(body["shorter"]), above=bool(body["above"]))
    except (KeyError, TypeError, ValueError):
        return None


def _day(reference: Reference) -> str:
    """The day of access as printed, else the year of the work, in the form that the archive takes; "" for neither."""
    for field in (
        reference.accessed.value if reference.accessed else None,
        str(reference.year.value) if reference.year and reference.year.value else None,
    ):
        date = read_year(field) if field else None
        if date and date.number:
            return "-".join([str(date.number), *(f"{part:02d}" for part in (date.month, date.day) if part)])
    return ""
