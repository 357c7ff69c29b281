"""From references to lookups: DOIs in batches, then the DOI system for what is missing, then a search for the rest.

Whatever fails becomes UNAVAILABLE; nothing here ever raises towards the audit.
"""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

from refaudit.errors import ResolverError
from refaudit.model import Candidate, Lookup, LookupStatus, Record, Reference, Update
from refaudit.parse.identifiers import valid_doi
from refaudit.resolve.editorial_status import standing
from refaudit.resolve.match.decide import accepted, points, rank, score
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.identity import Identity, another, identity
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.sources import content_negotiation, registration_agency, retraction_watch
from refaudit.resolve.sources.crossref import Crossref
from refaudit.resolve.sources.datacite import DataCite
from refaudit.resolve.sources.protocol import Known, Reply, Searchable
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Transport

Found = Sequence[Record] | str
"""What a search gave: records, or in words why there is no answer."""

# Kinds of works that no scholarly registry lists, so that asking would only burden it.
_NOT_LISTED = frozenset(
    """webpage post post-weblog article-newspaper legislation legal_case bill regulation treaty hearing patent
    personal_communication interview motion_picture broadcast song speech map graphic entry-encyclopedia software
    manuscript""".split()
)
# Kinds of which registries list most: only for these does an empty search say something.
_LISTED = frozenset({"article-journal", "article", "paper-conference"})
_JOURNAL_LIKE = re.compile(r"[0-9]{1,4} ?\([0-9]{1,3}\)|\bvol\b|[0-9]{1,4}[:,] ?[0-9]{1,5} ?- ?[0-9]|[0-9]{4}; ?[0-9]{1,4}")


class Resolver:
    """Answers for references; keeps what it learned for the next file of the same run.

    ``notices`` are for people; ``interrupted`` is set when the user stopped it, and then the rest is UNAVAILABLE.
    """

    def __init__(
        self,
        *,
        snapshot: Snapshot | None,
        transport: Transport | None,
        cache: Cache | None,
        refresh: bool = False,
        notices: Mapping[str, Sequence[Update]] | None = None,
    ) -> None:
        """``transport`` None asks nobody; ``notices`` is a local list of retractions by DOI."""
        self.interrupted = False
        self._snapshot, self._transport, self._cache = snapshot, transport, cache
        self._notices = notices or {}
        self._crossref = Crossref(transport, cache, refresh=refresh) if transport else None
        self._agencies = registration_agency.Agencies(transport, cache, refresh=refresh) if transport else None
        self._datacite = DataCite(transport, cache, refresh=refresh) if transport else None
        self._negotiation = content_negotiation.Negotiation(transport, cache, refresh=refresh) if transport else None
        self._known: dict[str, Reply] = {}
        self._reading: dict[str, str] = {}
        self._searched: dict[str, Found] = {}

    @property
    def notices(self) -> tuple[str, ...]:
        """What people should know about the services and the cache."""
        return (*(self._cache.notices if self._cache else ()), *(self._transport.notices if self._transport else ()))

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return self._transport.requests if self._transport else 0

    def __call__(self, references: Sequence[Reference]) -> tuple[Lookup, ...]:
        """One lookup for each reference, in order."""
        entries = [Entry(reference) for reference in references]
        if self._snapshot is None and self._transport is None:
            return tuple(self._off(entry) for entry in entries)
        try:
            self._look_up(list(dict.fromkeys(doi for entry in entries for doi in _dois(entry))), entries)
            self._search([entry for entry in entries if self._wants_search(entry)])
        except KeyboardInterrupt:
            self.interrupted = True
            if self._transport:
                self._transport.stop.set()
        return tuple(self._judged(entry) for entry in entries)

    # -------------------------------------------------------------- asking

    def _look_up(self, dois: Sequence[str], entries: Sequence[Entry]) -> None:
        self._ask([doi for doi in dois if doi not in self._known])
        # a DOI that nobody knows may have been read wrongly: try its other readings before asking whether it exists
        others = {
            variant: entry.doi
            for entry in entries
            if entry.doi and self._missing(entry.doi)
            for variant in entry.other_dois
            if valid_doi(variant)
        }
        self._ask([variant for variant in others if variant not in self._known])
        for variant, doi in others.items():
            if self._known[variant].known is Known.RECORD:
                self._reading.setdefault(doi, variant)
        missing = [doi for doi in dois if self._missing(doi) and doi not in self._reading]
        if missing and self._agencies:
            self._ask_agencies(missing)

    def _missing(self, doi: str) -> bool:
        reply = self._known.get(doi)
        return reply is not None and reply.known is Known.ABSENT

    def _ask(self, dois: Sequence[str]) -> None:
        """First the snapshot, then Crossref."""
        left = list(dois)
        if self._snapshot and left:
            replies = self._snapshot.records(left)
            self._known |= replies
            left = [doi for doi in left if replies[doi].known is Known.ABSENT]
        if self._crossref and left:
            self._known |= self._crossref.records(left)

    def _ask_agencies(self, dois: Sequence[str]) -> None:
        assert self._agencies and self._crossref and self._datacite and self._negotiation  # noqa: S101  set together
        agencies = self._agencies.of(dois)
        for doi in dois:
            name = agencies[doi]
            if name == registration_agency.UNREGISTERED:
                self._known[doi] = Reply(known=Known.UNREGISTERED)
            elif not name:
                self._known[doi] = Reply(known=Known.FAILED, detail="doi.org did not say whether the DOI exists")
            else:
                reply = Reply(known=Known.ABSENT)
                if name == "Crossref":
                    reply = self._crossref.prime(doi)
                elif name == "DataCite":
                    reply = self._datacite.records([doi])[doi]
                if reply.known is Known.ABSENT and name != "Crossref":
                    reply = self._negotiation.records([doi])[doi]
                if reply.known is Known.ABSENT or reply.known is Known.ELSEWHERE:
                    reply = Reply(known=Known.ELSEWHERE, detail=f"registered with {name}, whose description cannot be read here")
                if reply.record and reply.record.source == registration_agency.NAME:
                    reply = replace(reply, record=replace(reply.record, source=name))
                self._known[doi] = reply

    def _wants_search(self, entry: Entry) -> bool:
        if entry.query in self._searched or not _searchable(entry):
            return False
        reply = self._reply(entry)
        return reply is None or reply.record is None or identity(entry, reply.record) is not Identity.SAME

    def _search(self, entries: Sequence[Entry]) -> None:
        left = []
        for entry in entries:
            if self._snapshot:
                found = self._snapshot.search(entry.query)
                if accepted(rank(entry, found)) or not self._crossref:
                    self._searched[entry.query] = found
                    continue
            left.append(entry)
        if self._crossref and left:
            self._in_parallel(self._crossref, left)

    def _in_parallel(self, source: Searchable, entries: Sequence[Entry]) -> None:
        """Searches from a few threads at once; how many may really run, the pace of the service decides.

        The threads are daemons, so that an interrupted run does not wait for answers on their way.
        """
        todo: queue.SimpleQueue[Entry] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[str, Found]] = queue.SimpleQueue()
        unique = {entry.query: entry for entry in entries}
        for entry in unique.values():
            todo.put(entry)

        def work() -> None:
            while True:
                try:
                    entry = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    done.put((entry.query, source.search(entry.query)))
                except ResolverError as error:
                    done.put((entry.query, str(error)))
                except Exception as error:  # noqa: BLE001  a thread must not die without an answer
                    done.put((entry.query, f"{type(error).__name__} while searching"))

        for _ in range(min(4, len(unique))):
            threading.Thread(target=work, daemon=True).start()
        for _ in unique:
            query, found = done.get()
            self._searched[query] = found

    # -------------------------------------------------------------- judging

    def _judged(self, entry: Entry) -> Lookup:
        """The lookup of one entry; a record on which judging fails is one entry that could not be checked."""
        try:
            return self._with_standing(entry, self._judge(entry))
        except Exception as error:  # noqa: BLE001  records are made by others, and the other entries have their answers
            detail = f"the answer about it cannot be compared ({type(error).__name__})"
            return Lookup(reference=entry.reference.id, status=LookupStatus.UNAVAILABLE, detail=detail)

    def _reply(self, entry: Entry) -> Reply | None:
        for doi in _dois(entry):
            reply = self._known.get(self._reading.get(doi, doi))
            if reply:
                return reply
        return None

    def _judge(self, entry: Entry) -> Lookup:
        reply = self._reply(entry)
        asked = self._asked(entry)
        base = Lookup(reference=entry.reference.id, status=LookupStatus.UNAVAILABLE, asked=asked)
        if reply:
            registered = {Known.RECORD: True, Known.ELSEWHERE: True, Known.UNREGISTERED: False}.get(reply.known)
            base = replace(base, doi_registered=registered)
        found = self._searched.get(entry.query)
        ranked = rank(entry, found) if found and not isinstance(found, str) else ()
        best = accepted(ranked)
        if reply and reply.record:
            says = identity(entry, reply.record)
            if says is Identity.SAME or (
                says is Identity.DOUBTFUL and not any(another(entry, reply.record, candidate.record) for candidate in best)
            ):
                by = "doi" if entry.doi else "arxiv"
                return replace(base, status=LookupStatus.FOUND, by=by, candidates=(score(entry, reply.record),))
            base = replace(base, doi_record=reply.record)
        base = replace(base, by="search")
        if len(best) == 1:
            return replace(base, status=LookupStatus.FOUND, candidates=best)
        if best:
            return replace(base, status=LookupStatus.AMBIGUOUS, candidates=best[:5])
        return self._nothing(base, entry, reply, found, ranked)

    def _nothing(
        self, base: Lookup, entry: Entry, reply: Reply | None, found: Found | None, ranked: tuple[Candidate, ...]
    ) -> Lookup:
        """The reasons why no record is given, the ones that say least about the reference first."""
        if reply and reply.known is Known.FAILED:
            return replace(base, status=LookupStatus.UNAVAILABLE, detail=reply.detail)
        if reply and reply.known is Known.ELSEWHERE:
            return replace(base, status=LookupStatus.NOT_COVERED, detail=reply.detail)
        if isinstance(found, str):
            return replace(base, status=LookupStatus.UNAVAILABLE, detail=found)
        if found is None:
            if self.interrupted:
                return replace(base, status=LookupStatus.UNAVAILABLE, detail="interrupted")
            return replace(base, status=LookupStatus.NOT_COVERED, detail="registries of scholarly works do not list such works")
        near = tuple(candidate for candidate in ranked[:3] if points(candidate) > 0)
        base = replace(base, candidates=near)
        if self._snapshot and not self._crossref and not self._complete_for(entry):
            detail = "the snapshot is a part of the registry: what is not in it may still be registered"
            return replace(base, status=LookupStatus.NOT_COVERED, detail=detail)
        if not _listed(entry):
            detail = "registries list few works of this kind, or it could not be told what kind it is"
            return replace(base, status=LookupStatus.NOT_COVERED, detail=detail)
        return replace(base, status=LookupStatus.NOT_FOUND)

    def _complete_for(self, entry: Entry) -> bool:
        assert self._snapshot  # noqa: S101  asked only where there is one
        return self._snapshot.about.complete or bool(entry.doi and self._snapshot.covers(entry.doi))

    def _asked(self, entry: Entry) -> tuple[str, ...]:
        names = []
        if self._snapshot:
            names.append(f"Crossref snapshot of {self._snapshot.about.date}")
        if self._crossref:
            names.append(self._crossref.name)
            reply = self._known.get(entry.doi)
            if reply and (
                reply.known in (Known.UNREGISTERED, Known.ELSEWHERE) or (reply.record and "Cross" not in reply.record.source)
            ):
                names.append(registration_agency.NAME)
        return tuple(names)

    def _off(self, entry: Entry) -> Lookup:
        updates = tuple(self._notices.get(entry.doi, ())) if entry.doi else ()
        stands = standing(Record(source=retraction_watch.SOURCE, doi=entry.doi), updates) if updates else ()
        return Lookup(reference=entry.reference.id, status=LookupStatus.OFF, updates=stands)

    def _with_standing(self, entry: Entry, lookup: Lookup) -> Lookup:
        record = lookup.record
        if record is None:
            if lookup.doi_record is None and entry.doi in self._notices:
                stands = standing(Record(source=retraction_watch.SOURCE, doi=entry.doi), self._notices[entry.doi])
                return replace(lookup, updates=stands)
            return lookup
        more = [update for doi in (record.doi, *record.aliases) for update in self._notices.get(doi, ())]
        return replace(lookup, updates=standing(record, more))


def _dois(entry: Entry) -> tuple[str, ...]:
    """The DOI to look up: the printed one, or the one that arXiv gives each of its papers."""
    if entry.doi:
        return (entry.doi,) if valid_doi(entry.doi) else ()
    arxiv = entry.reference.arxiv
    if arxiv and arxiv.value:
        return ("10.48550/arxiv." + re.sub(r"v[0-9]{1,2}$", "", arxiv.value.lower()),)
    return ()


def _kind(entry: Entry) -> str:
    field = entry.reference.type
    return field.value if field and field.value and field.confidence >= 0.5 else ""


def _searchable(entry: Entry) -> bool:
    reference = entry.reference
    if len(entry.letters) < 15:
        return False
    if entry.doi:
        return True
    bare = not (reference.volume or reference.pages or reference.issue)
    if _kind(entry) in _NOT_LISTED and bare:
        return False
    web = bool(reference.url and reference.url.value)
    return not (web and bare and not reference.container and not _JOURNAL_LIKE.search(entry.text))


def _listed(entry: Entry) -> bool:
    """Whether a registry would have the work if it is what it looks like: an article in a journal or in proceedings."""
    if _kind(entry) not in ("", *_LISTED):
        return False
    reference = entry.reference
    placed = bool(reference.volume or reference.pages or reference.issue)
    if reference.container and placed:
        return True
    return not reference.container and bool(_JOURNAL_LIKE.search(entry.text))
