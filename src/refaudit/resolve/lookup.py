"""From references to lookups: DOIs in batches, then the DOI system for what is missing, then a search for the rest.

Whatever fails becomes UNAVAILABLE; nothing here ever raises towards the audit.
"""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from refaudit.errors import ResolverError
from refaudit.model import Candidate, Lookup, LookupStatus, Record, Reference, Update
from refaudit.parse.identifiers import valid_doi
from refaudit.resolve.editorial_status import CONCERN, RETRACTED, standing, turned, version_of_record
from refaudit.resolve.match.beside import work_behind
from refaudit.resolve.match.coverage import journal_known, listed, searchable, unlisted_kind, unregistered_series
from refaudit.resolve.match.decide import accepted, nearest, rank, score
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.identity import Identity, another, identity
from refaudit.resolve.pages import Pages
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.sources import content_negotiation, registration_agency, retraction_watch
from refaudit.resolve.sources.crossref import Crossref
from refaudit.resolve.sources.datacite import DataCite
from refaudit.resolve.sources.protocol import Known, Reply, Searchable
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Transport

_VERSIONED = re.compile(r"(10\.48550/arxiv\.\S{4,40})v[0-9]{1,2}")

Found = Sequence[Record] | str
"""What a search gave: records, or in words why there is no answer."""
Notices = Mapping[str, Sequence[Update]]
"""Notices by the DOI of the work that they are about."""


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
        notices: Notices | None = None,
        pages: Pages | None = None,
    ) -> None:
        """``transport`` None asks nobody; ``notices`` is a local list of retractions by DOI; ``pages`` looks at cited web pages."""
        self.interrupted = False
        self._snapshot, self._transport, self._cache = snapshot, transport, cache
        self._notices, self._pages = notices or {}, pages
        self._crossref = Crossref(transport, cache, refresh=refresh) if transport else None
        self._agencies = registration_agency.Agencies(transport, cache, refresh=refresh) if transport else None
        self._datacite = DataCite(transport, cache, refresh=refresh) if transport else None
        self._negotiation = content_negotiation.Negotiation(transport, cache, refresh=refresh) if transport else None
        self._known: dict[str, Reply] = {}
        self._reading: dict[str, str] = {}
        self._behind: dict[str, str] = {}
        self._told: list[Record] = []
        self._searched: dict[str, Found] = {}

    @property
    def notices(self) -> tuple[str, ...]:
        """What people should know about the services and the cache."""
        return (*(self._cache.notices if self._cache else ()), *(self._transport.notices if self._transport else ()))

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return (self._transport.requests if self._transport else 0) + (self._pages.requests if self._pages else 0)

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
        notices: dict[str, tuple[Update, ...]] = {doi: tuple(updates) for doi, updates in self._notices.items()}
        articles: dict[str, str] = {}
        for record in self._seen():  # what a record says of others counts for them too
            for doi, updates in turned(record).items():
                notices[doi] = (*notices.get(doi, ()), *updates)
            articles |= {doi: record.doi for kind, doi in record.relations if kind == "has-preprint"}
        lookups = tuple(self._judged(entry, notices, articles) for entry in entries)
        if self._pages is None or self.interrupted:
            return lookups
        try:
            return self._pages(references, lookups)
        except KeyboardInterrupt:
            self.interrupted = True
            self._pages.stop()
            return lookups

    # -------------------------------------------------------------- asking

    def _look_up(self, dois: Sequence[str], entries: Sequence[Entry]) -> None:
        self._ask([doi for doi in dois if doi not in self._known])
        # a DOI that nobody knows may have been read wrongly: try its other readings before asking whether it exists
        others = {
            variant: doi
            for entry in entries
            for doi in entry.dois
            if self._missing(doi)
            for variant in entry.readings(doi)
            if valid_doi(variant)
        }
        self._ask([variant for variant in others if variant not in self._known])
        for variant, doi in others.items():
            if self._known[variant].known is Known.RECORD:
                self._reading.setdefault(doi, variant)
        for doi in dois:  # arXiv registers all versions under one DOI
            if doi not in self._reading and self._missing(doi) and (version := _VERSIONED.fullmatch(doi)):
                self._reading[doi] = version[1]
        missing = [one for doi in dois if (one := self._reading.get(doi, doi)) not in self._known or self._missing(one)]
        if missing and self._agencies:
            self._ask_agencies(missing)
        self._look_behind(entries)

    def _look_behind(self, entries: Sequence[Entry]) -> None:
        """The works behind records of something beside them, and the published versions of preprints."""
        behind, published = {}, []
        for entry in entries:
            for doi in _dois(entry):
                reply = self._known.get(self._reading.get(doi, doi))
                if reply and reply.record:
                    behind[doi] = work_behind(entry, reply.record)
                    published.append(version_of_record(reply.record))
        self._behind |= {doi: work for doi, work in behind.items() if work}
        self._ask(
            [doi for doi in dict.fromkeys((*self._behind.values(), *published)) if valid_doi(doi) and doi not in self._known]
        )

        if self._crossref:
            works = {reply.record.doi for entry in entries for reply in self._replies(entry) if reply.record}
            self._told += self._crossref.notices(sorted(doi for doi in works if not self._known_notices(doi)))

    def _known_notices(self, doi: str) -> bool:
        reply = self._known.get(doi)
        return bool(reply and reply.record and reply.record.updated_by)

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
        if entry.query in self._searched or not searchable(entry):
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

    def _judged(self, entry: Entry, notices: Notices, articles: Mapping[str, str]) -> Lookup:
        """The lookup of one entry; a record on which judging fails is one entry that could not be checked."""
        try:
            return self._with_standing(entry, self._judge(entry), notices, articles)
        except Exception as error:  # noqa: BLE001  records are made by others, and the other entries have their answers
            detail = f"the answer about it cannot be compared ({type(error).__name__})"
            return Lookup(reference=entry.reference.id, status=LookupStatus.UNAVAILABLE, detail=detail)

    def _replies(self, entry: Entry) -> list[Reply]:
        """The replies for the printed DOIs, each for the work behind its record where that is what is printed."""
        found = []
        for doi in _dois(entry):
            reply = self._known.get(self._reading.get(doi, doi))
            behind = self._known.get(self._behind.get(doi, ""))
            if behind and behind.record and identity(entry, behind.record) is Identity.SAME:
                reply = behind
            if reply:
                found.append(reply)
        return found

    def _reply(self, entry: Entry) -> Reply | None:
        """The reply that fits best: of several DOIs printed, one is the work's and others lead to its data or supplement."""
        replies = self._replies(entry)
        order = [*Identity]
        fit = [(order.index(identity(entry, reply.record)), place) for place, reply in enumerate(replies) if reply.record]
        return replies[min(fit)[1]] if fit else next(iter(replies), None)

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
                base = replace(base, beside=self._beside(entry, reply.record))
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
        base = replace(base, candidates=nearest(entry, ranked))
        if self._snapshot and not self._crossref and not self._complete_for(entry):
            detail = "the snapshot is a part of the registry: what is not in it may still be registered"
            return replace(base, status=LookupStatus.NOT_COVERED, detail=detail)
        series = unregistered_series(entry)
        if series:
            return replace(
                base, status=LookupStatus.NOT_COVERED, detail=f"{series} registers nothing with Crossref, or did not then"
            )
        if not listed(entry):
            kind = unlisted_kind(entry)
            detail = "registries list few works of this kind, or it could not be told what kind it is"
            return replace(base, status=LookupStatus.NOT_COVERED, detail=f"registries list no {kind}" if kind else detail)
        return replace(base, status=LookupStatus.NOT_FOUND, journal=self._journal(entry))

    def _journal(self, entry: Entry) -> str:
        """The registered name of the entry's journal, as far as what was seen in this run or stands in the snapshot tells."""
        here = (
            self._snapshot.search(f"{entry.container} {entry.year}") if self._snapshot and entry.container and entry.year else ()
        )
        return journal_known(entry, chain(here, self._seen()))

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

    def _beside(self, entry: Entry, work: Record) -> tuple[Record, ...]:
        """The records of the other printed DOIs, and of those behind which the work was found."""
        replies = (self._known.get(self._reading.get(doi, doi)) for doi in _dois(entry))
        return tuple(reply.record for reply in replies if reply and reply.record and reply.record.doi != work.doi)

    def _seen(self) -> Iterator[Record]:
        yield from self._told
        for reply in self._known.values():
            if reply.record:
                yield reply.record
        for found in self._searched.values():
            if not isinstance(found, str):
                yield from found

    def _with_standing(self, entry: Entry, lookup: Lookup, notices: Notices, articles: Mapping[str, str]) -> Lookup:
        """The lookup with what stands about its work: in its record, in ``notices`` of other records and local lists, and about
        the published version of a preprint. ``articles`` holds published versions by the DOI of the preprint."""
        record = lookup.record
        if record is None:
            if lookup.doi_record is None and entry.doi in notices:
                return replace(
                    lookup, updates=standing(Record(source=retraction_watch.SOURCE, doi=entry.doi), notices[entry.doi])
                )
            return lookup
        if record.doi in articles and not version_of_record(record):
            record = replace(record, relations=(*record.relations, ("is-preprint-of", articles[record.doi])))
            lookup = replace(lookup, candidates=(replace(lookup.candidates[0], record=record),))
        updates = standing(record, [update for doi in (record.doi, *record.aliases) for update in notices.get(doi, ())])
        published = self._known.get(version_of_record(record))
        if published and published.record:
            of = published.record.doi
            told = standing(published.record, notices.get(of, ()))
            updates += tuple(replace(update, of=of) for update in told if update.kind in RETRACTED | CONCERN)
        return replace(lookup, updates=updates)


def _dois(entry: Entry) -> tuple[str, ...]:
    """The DOIs to look up: the printed ones, or the one that arXiv gives each of its papers."""
    if entry.dois:
        return tuple(filter(valid_doi, entry.dois))
    arxiv = entry.reference.arxiv
    if arxiv and arxiv.value:
        return ("10.48550/arxiv." + re.sub(r"v[0-9]{1,2}$", "", arxiv.value.lower()),)
    return ()
