"""Crossref's REST API: many DOIs in one request, one DOI (aliases), search with the words of a reference."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from refaudit.config import CROSSREF_URL
from refaudit.errors import ResolverError
from refaudit.model import Record
from refaudit.resolve.sources.protocol import Known, Lists, Question, Reply, reply
from refaudit.resolve.sources.record import SELECT, from_crossref, same_doi
from refaudit.resolve.wire.cache import STATUS, Cache, Stored, key
from refaudit.resolve.wire.transport import Access, Answer, Service, Transport

NAME = "Crossref"
# Fifty DOIs in one request work (measured by others in August 2026); the address stays under 4,000 bytes.
BATCH, LONGEST = 50, 3400
ROWS = 10
# Crossref's own test of a DOI in a filter: one that fails makes the whole list fail.
_ACCEPTED = re.compile(r"10\.[0-9]{4,}/\S+")


def service(access: Access) -> Service:
    """Its faster pool where a mail address is sent; the key is the token of its Plus service."""
    return Service(
        name=NAME,
        base=access.base,
        personal=access.personal,
        keys={"Crossref-Plus-API-Token": f"Bearer {access.key}"} if access.key else {},
        rates={"single": 10.0, "list": 3.0} if access.polite else {"single": 5.0, "list": 1.0},
        concurrency=3 if access.polite else 1,
    )


class Crossref:
    """The client. Answers come from the cache where they are fresh; ``refresh`` asks again."""

    name = NAME
    schemes = frozenset({"doi"})
    lists = frozenset({Lists.SCHOLARLY})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._transport, self._cache, self._refresh = transport, cache, refresh

    def _key(self, kind: str, what: str) -> str:
        return key(self.name, self._transport.base(self.name), kind, what)

    def _stored(self, keys: Sequence[str]) -> dict[str, Stored]:
        return {} if self._cache is None or self._refresh else self._cache.get(keys)

    def _keep(self, answers: list[tuple[str, str, Any]]) -> None:
        if self._cache is not None:
            self._cache.put(answers)

    # -------------------------------------------------------------- by DOI

    def records(self, dois: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each DOI; ABSENT may still be an alias (see ``prime``)."""
        stored = self._stored([self._key("work", doi) for doi in dois])
        replies: dict[str, Reply] = {}
        old: dict[str, Reply] = {}
        for doi in dois:
            have = stored.get(self._key("work", doi))
            given = _read(have.body, doi, have.date) if have else None
            if have is None or given is None or given.known is Known.FAILED:
                continue
            if have.kind == "work" and time.time() - have.stored > STATUS:
                old[doi] = given
            else:
                replies[doi] = given
        wanted = [doi for doi in dois if doi not in replies]
        for batch in batches([doi for doi in wanted if _ACCEPTED.fullmatch(doi)]):
            replies.update(self._batch(batch))
        for doi in wanted:
            given = replies.setdefault(doi, Reply(known=Known.ABSENT, detail="not a DOI that Crossref could have"))
            if given.known is Known.FAILED and doi in old:  # an older description is better than none
                replies[doi] = old[doi]
        return replies

    def _batch(self, dois: Sequence[str]) -> dict[str, Reply]:
        params = {"filter": ",".join(f"doi:{doi}" for doi in dois), "rows": str(len(dois)), "select": SELECT}
        try:
            answer = self._transport.get(self.name, "/works", kind="list", params=params, valid=_is_list)
        except ResolverError as error:
            return {doi: Reply(known=Known.FAILED, detail=str(error)) for doi in dois}
        if answer.status in (400, 414):  # one of them is refused: halve until it stands alone
            if len(dois) == 1:
                return {dois[0]: self._single(dois[0])}
            middle = len(dois) // 2
            return self._batch(dois[:middle]) | self._batch(dois[middle:])
        items = {str(item.get("DOI", "")).lower(): item for item in _message(answer)["items"] if isinstance(item, dict)}
        today = Stored("", time.time(), None).date
        given = {doi: _read(items.get(doi), doi, today) for doi in dois}
        self._keep(
            [
                (self._key("work", doi), "work" if doi in items else "absent", items.get(doi))
                for doi in dois
                if given[doi].known is not Known.FAILED
            ]
        )  # fmt: skip
        return given

    def _single(self, doi: str) -> Reply:
        """The record of one DOI, an alias followed to the record it stands for."""
        path, asked, named = "/works/" + quote(doi, safe=""), doi, doi
        for _ in range(3):
            try:
                answer = self._transport.get(self.name, path, valid=_is_single)
            except ResolverError as error:
                return Reply(known=Known.FAILED, detail=str(error))
            if answer.status in (301, 302, 308):
                location = answer.headers.get("location", "")
                base = self._transport.base(self.name)
                path = location.removeprefix(base)
                path = re.sub(r"^/v1(?=/works/)", "", path)
                if not path.startswith("/works/"):  # never to another host
                    return Reply(known=Known.FAILED, detail="Crossref redirects to another host")
                named = unquote(path.removeprefix("/works/"))
                path = "/works/" + quote(named, safe="")
                continue
            if answer.status == 200:
                item = dict(_message(answer))
                aliases = item["aliases"] if isinstance(item.get("aliases"), list) else []
                # Crossref itself sent us from this DOI to that one
                if named != asked and same_doi(item.get("DOI"), named.lower()):
                    item["aliases"] = [*aliases, asked]
                given = _read(item, asked, Stored("", time.time(), None).date)
                if given.known is not Known.FAILED:
                    self._keep([(self._key("work", asked), "work", item)])
                return given
            return Reply(known=Known.ABSENT)
        return Reply(known=Known.FAILED, detail="Crossref redirects in a circle")

    def prime(self, doi: str) -> Reply:
        """The record behind an alias: lists leave aliases out, the route of single works redirects them (301)."""
        return self._single(doi)

    def notices(self, dois: Sequence[str]) -> Sequence[Record]:
        """The notices about works, from a server that is a mirror of the registry's files: Crossref's own API says in the record of
        a work what notices say of it, and is not asked. No answer is none."""
        if self._transport.base(self.name) == CROSSREF_URL:
            return ()
        found: list[Record] = []
        for batch in batches(dois):
            key = self._key("notices", hashlib.sha256("|".join(batch).encode()).hexdigest())
            have = self._stored([key]).get(key)
            if have is None or not isinstance(have.body, list):
                params = {"filter": ",".join(f"updates:{doi}" for doi in batch), "rows": "100", "select": SELECT}
                try:
                    answer = self._transport.get(self.name, "/works", kind="list", params=params, valid=_is_list)
                except ResolverError:
                    return found
                if answer.status != 200:
                    continue
                today = Stored("", time.time(), None).date
                items = [item for item in _message(answer)["items"] if _parsed(item, today).record]
                self._keep([(key, "search", items)])
                have = Stored("search", time.time(), items)
            found += [record for item in have.body if (record := _parsed(item, have.date).record)]
        return found

    # -------------------------------------------------------------- by words

    def search(self, question: Question) -> Sequence[Record]:
        """The works that fit the whole entry best. Raises ResolverError when there is no answer."""
        text = question.text
        place = self._key("search", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
        have = self._stored([place]).get(place)
        if have is None or not isinstance(have.body, list):
            params = {"query.bibliographic": text, "rows": str(ROWS), "select": SELECT}
            answer = self._transport.get(self.name, "/works", kind="list", params=params, valid=_is_list)
            if answer.status != 200:
                raise ResolverError(f"Crossref refuses the search ({answer.status})")
            today = Stored("", time.time(), None).date
            items = [item for item in _message(answer)["items"] if _parsed(item, today).record]
            self._keep([(place, "search", items)])
            have = Stored("search", time.time(), items)
        replies = [_parsed(item, have.date) for item in have.body]
        return [given.record for given in replies if given.record]


def batches(dois: Sequence[str]) -> list[list[str]]:
    """DOIs in groups for one request each: at most BATCH, at most LONGEST bytes, those with "," and ":" alone.

    In a filter a comma divides; what follows it is read as part of the DOI only while it holds no colon.
    """
    groups: list[list[str]] = []
    size = LONGEST + 1
    for doi in sorted(set(dois)):
        if "," in doi and ":" in doi.partition(",")[2]:
            groups.insert(0, [doi])
            continue
        length = len(quote("doi:" + doi + ",", safe=""))
        if size + length > LONGEST or not groups or len(groups[-1]) >= BATCH:
            groups.append([])
            size = 0
        groups[-1].append(doi)
        size += length
    return [group for group in groups if group]


def _parsed(item: object, date: str) -> Reply:
    return reply(Crossref.name, lambda: from_crossref(item, retrieved_at=date) if isinstance(item, dict) else None)


def _read(item: object, doi: str, date: str) -> Reply:
    """The reply to a DOI: an item that is of another one, and does not say that this is its alias, is no answer to it."""
    if item is None:
        return Reply(known=Known.ABSENT)
    given = _parsed(item, date)
    if given.record and doi not in (given.record.doi, *given.record.aliases):
        return Reply(known=Known.FAILED, detail=f"{Crossref.name} described another DOI than the one asked for")
    return given


def _json(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def _message(answer: Answer) -> Any:
    return _json(answer)["message"]


def _is_list(answer: Answer) -> bool:
    data = _json(answer)
    if answer.status in (400, 414):
        return answer.status == 414 or (isinstance(data, dict) and data.get("message-type") == "validation-failure")
    message = data.get("message") if isinstance(data, dict) and data.get("message-type") == "work-list" else None
    return answer.status == 200 and isinstance(message, dict) and isinstance(message.get("items"), list)


def _is_single(answer: Answer) -> bool:
    if answer.status == 404:
        return b"resource not found" in answer.body[:200].lower()
    if answer.status in (301, 302, 308):
        return bool(answer.headers.get("location"))
    data = _json(answer)
    if answer.status == 400:
        return isinstance(data, dict)
    message = data.get("message") if isinstance(data, dict) and data.get("message-type") == "work" else None
    return answer.status == 200 and isinstance(message, dict) and isinstance(message.get("DOI"), str)
