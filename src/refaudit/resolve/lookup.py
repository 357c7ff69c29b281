"""From references to lookups: DOIs, other identifiers, then a search, each source after the other until one has the work.

Whatever fails becomes UNAVAILABLE; nothing here ever raises towards the audit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from refaudit.model import Candidate, Lookup, LookupStatus, Record, Reference, Said, SourceAnswer, Update
from refaudit.parse.identifiers import valid_doi
from refaudit.resolve.editorial_status import CONCERN, RETRACTED, standing, turned, version_of_record
from refaudit.resolve.match.coverage import is_paper, journal_known, listed, searchable, unlisted_kind, unregistered_series
from refaudit.resolve.match.decide import accepted, nearest, points, rank, score
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.identity import Identity, another, identity, title_of_others
from refaudit.resolve.pages import Pages
from refaudit.resolve.registered import Registered
from refaudit.resolve.searching import Searched, Searches
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.sources import TABLE, content_negotiation, registration_agency, retraction_watch
from refaudit.resolve.sources.protocol import Known, Reply
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Transport

Notices = Mapping[str, Sequence[Update]]
"""Notices by the DOI of the work that they are about."""
ASKED = ("crossref", "datacite")


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
        asked: Sequence[str] = ASKED,
        in_order: bool = False,
    ) -> None:
        """``transport`` None asks nobody; ``notices`` is a local list of retractions by DOI; ``pages`` looks at cited web pages;
        ``asked`` names the sources of ``sources.TABLE`` to ask, each entry of those that may have it, ``in_order``: as they stand there."""
        self.interrupted = False
        self._snapshot, self._transport, self._cache = snapshot, transport, cache
        self._notices, self._pages = notices or {}, pages
        line = transport
        made = {name: TABLE[name].make(line, cache, refresh=refresh) for name in asked if name in TABLE} if line else {}
        self._online = bool(made)
        self._registered = Registered(
            snapshot,
            made,
            registration_agency.Agencies(line, cache, refresh=refresh) if line else None,
            content_negotiation.Negotiation(line, cache, refresh=refresh) if line else None,
        )
        self._searches = Searches(made, lambda: line is None or line.cut_off, given=in_order)

    @property
    def notices(self) -> tuple[str, ...]:
        """What people should know about the services and the cache."""
        return (*(self._cache.notices if self._cache else ()), *(self._transport.notices if self._transport else ()))

    @property
    def waiting(self) -> str:
        """Which services are waited for now, in words for people."""
        return self._transport.waiting if self._transport else ""

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
            self._registered.look_up(entries)
            self._search([entry for entry in entries if self._wants_more(entry)])
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

    def _wants_more(self, entry: Entry) -> bool:
        """Whether no DOI leads to the work of an entry."""
        reply = self._registered.reply(entry)
        return reply is None or reply.record is None or identity(entry, reply.record) is not Identity.SAME

    def _search(self, entries: Sequence[Entry]) -> None:
        if self._online:
            self._searches.by_identifiers(entries, self._derived)
        left = []
        for entry in entries:
            if self._snapshot and searchable(entry) and not self._searches.of(entry):
                found = self._snapshot.search(entry.query)
                ranked = rank(entry, found)
                asked = Searched(
                    source=self._snapshot.title, by="search", found=found, ranked=ranked, best=accepted(ranked), counts=True
                )
                self._searches.add(entry, asked)
            left.append(entry)
        if self._online:
            self._searches.by_words(left)
            # what others know is registered, too, where it has a DOI: the registry says more, and what became of the work
            works = [candidate.record for entry in entries for candidate in self._searches.found(entry)[:1]]
            dois = {record.doi for record in works if record.compiled}
            self._registered.ask(sorted(doi for doi in dois if valid_doi(doi) and doi not in self._registered.known))

    def _derived(self, dois: Sequence[str]) -> Mapping[str, Reply]:
        """Replies about DOIs that follow from numbers of series. That there is none says nothing: nobody printed it."""
        self._registered.ask([doi for doi in dois if doi not in self._registered.known])
        return {doi: reply for doi in dois if (reply := self._registered.known[doi]).record}

    # -------------------------------------------------------------- judging

    def _judged(self, entry: Entry, notices: Notices, articles: Mapping[str, str]) -> Lookup:
        """The lookup of one entry; a record on which judging fails is one entry that could not be checked."""
        try:
            return self._with_standing(entry, self._judge(entry), notices, articles)
        except Exception as error:  # noqa: BLE001  records are made by others, and the other entries have their answers
            detail = f"the answer about it cannot be compared ({type(error).__name__})"
            return Lookup(reference=entry.reference.id, status=LookupStatus.UNAVAILABLE, detail=detail)

    def _judge(self, entry: Entry) -> Lookup:
        reply = self._registered.reply(entry)
        base = Lookup(
            reference=entry.reference.id,
            status=LookupStatus.UNAVAILABLE,
            asked=self._asked(entry),
            answers=tuple(self._answers(entry)),
        )
        if reply:
            registered = {Known.RECORD: True, Known.ELSEWHERE: True, Known.UNREGISTERED: False}.get(reply.known)
            base = replace(base, doi_registered=registered)
        best = self._searches.found(entry)
        if reply and reply.record:
            says = identity(entry, reply.record)
            if says is Identity.SAME or (
                says is Identity.DOUBTFUL and not any(another(entry, reply.record, candidate.record) for candidate in best)
            ):
                by = "doi" if entry.doi else "arxiv"
                base = replace(base, beside=self._registered.beside(entry, reply.record))
                return replace(base, status=LookupStatus.FOUND, by=by, candidates=(score(entry, reply.record),))
            base = replace(base, doi_record=reply.record)
        base = replace(base, by=next((one.by for one in self._searches.of(entry) if one.best), "search"))
        if len(best) == 1:
            return replace(base, status=LookupStatus.FOUND, candidates=(self._as_registered(entry, best[0]),))
        if best:
            return replace(base, status=LookupStatus.AMBIGUOUS, candidates=best[:5])
        return self._nothing(base, entry, reply)

    def _as_registered(self, entry: Entry, candidate: Candidate) -> Candidate:
        """The candidate as the registry of its DOI describes it, where that is the same work."""
        own = self._registered.known.get(candidate.record.doi)
        if not candidate.record.compiled or own is None or own.record is None:
            return candidate
        return score(entry, own.record) if identity(entry, own.record) is Identity.SAME else candidate

    def _nothing(self, base: Lookup, entry: Entry, reply: Reply | None) -> Lookup:
        """The reasons why no record is given, the ones that say least about the reference first."""
        searched = [one for one in self._searches.of(entry) if one.by == "search"]
        first, failed = next(iter(searched), None), [one for one in searched if isinstance(one.found, str)]
        if reply and reply.known is Known.FAILED:
            return replace(base, status=LookupStatus.UNAVAILABLE, detail=reply.detail)
        if reply and reply.known is Known.ELSEWHERE:
            return replace(base, status=LookupStatus.NOT_COVERED, detail=reply.detail)
        if first and isinstance(first.found, str) and first.counts:
            return replace(base, status=LookupStatus.UNAVAILABLE, detail=first.found)
        if not searched:
            if self.interrupted:
                return replace(base, status=LookupStatus.UNAVAILABLE, detail="interrupted")
            return replace(base, status=LookupStatus.NOT_COVERED, detail="registries of scholarly works do not list such works")
        base = replace(base, candidates=nearest(entry, self._ranked(searched)))
        if self._snapshot and not self._online and not self._complete_for(entry):
            detail = "the snapshot is a part of the registry: what is not in it may still be registered"
            return replace(base, status=LookupStatus.NOT_COVERED, detail=detail)
        if base.candidates and is_paper(entry) and title_of_others(entry, base.candidates[0].record):
            # whatever the series registers: a work of this title is there, and it is by other people
            return replace(base, status=LookupStatus.NOT_FOUND, journal=self._journal(entry))
        series = unregistered_series(entry)
        if series:
            return replace(
                base, status=LookupStatus.NOT_COVERED, detail=f"{series} registers nothing with Crossref, or did not then"
            )
        if not listed(entry):
            kind = unlisted_kind(entry)
            detail = "registries list few works of this kind, or it could not be told what kind it is"
            return replace(base, status=LookupStatus.NOT_COVERED, detail=f"registries list no {kind}" if kind else detail)
        if failed:  # one that may have it did not answer: its silence is none
            detail = next(str(one.found) for one in failed)
            return replace(base, status=LookupStatus.UNAVAILABLE, detail=detail)
        if not any(one.counts for one in searched):
            detail = "none of the sources asked lists all works of this kind"
            return replace(base, status=LookupStatus.NOT_COVERED, detail=detail)
        return replace(base, status=LookupStatus.NOT_FOUND, journal=self._journal(entry))

    @staticmethod
    def _ranked(searched: Sequence[Searched]) -> tuple[Candidate, ...]:
        """What all sources answered, best first; of one work the record of the source that was asked first."""
        unique: dict[str, Candidate] = {}
        for one in searched:
            for candidate in one.ranked:
                unique.setdefault(candidate.record.doi or candidate.record.url, candidate)
        return tuple(sorted(unique.values(), key=lambda c: (-points(c), c.record.doi or c.record.url)))

    def _journal(self, entry: Entry) -> str:
        """The registered name of the entry's journal, as far as what was seen in this run or stands in the snapshot tells."""
        here = (
            self._snapshot.search(f"{entry.container} {entry.year}") if self._snapshot and entry.container and entry.year else ()
        )
        return journal_known(entry, (record for record in chain(here, self._seen()) if not record.compiled))

    def _complete_for(self, entry: Entry) -> bool:
        assert self._snapshot  # noqa: S101  asked only where there is one
        return self._snapshot.about.complete or bool(entry.doi and self._snapshot.covers(entry.doi))

    def _asked(self, entry: Entry) -> tuple[str, ...]:
        """The names of the sources that answered about an entry, the snapshot first, the DOI system last."""
        names = [self._snapshot.title] if self._snapshot else []
        names += [answer.source for answer in self._answers(entry) if answer.said is not Said.NOT_ASKED]
        return tuple(dict.fromkeys(names))

    def _answers(self, entry: Entry) -> Iterator[SourceAnswer]:
        """What each source said about an entry, in the order in which they were asked."""
        for source, reply in self._registered.sayings(entry):
            said = _SAID[reply.known]
            if reply.record and identity(entry, reply.record) is Identity.OTHER:
                said = Said.ANOTHER_WORK
            yield SourceAnswer(source=source, by="doi", said=said, detail=reply.detail if said is Said.NOT_ASKED else "")
        system = self._registered.reply_to(entry.doi) if entry.doi else None
        told = system and (system.known in (Known.UNREGISTERED, Known.ELSEWHERE) or self._registered.through_system(entry.doi))
        if self._online and system and told:
            yield SourceAnswer(source=registration_agency.NAME, by="doi", said=_SAID[system.known])
        for one in self._searches.of(entry):
            if isinstance(one.found, str):
                yield SourceAnswer(source=one.source, by=one.by, said=Said.NOT_ASKED, detail=one.found)
            else:
                other = Said.ANOTHER_WORK if one.found and one.by != "search" else Said.NO_RECORD
                yield SourceAnswer(source=one.source, by=one.by, said=Said.FOUND if one.best else other)

    def _off(self, entry: Entry) -> Lookup:
        updates = tuple(self._notices.get(entry.doi, ())) if entry.doi else ()
        stands = standing(Record(source=retraction_watch.SOURCE, doi=entry.doi), updates) if updates else ()
        return Lookup(reference=entry.reference.id, status=LookupStatus.OFF, updates=stands)

    def _seen(self) -> Iterator[Record]:
        yield from self._registered.told
        for reply in self._registered.known.values():
            if reply.record:
                yield reply.record
        yield from self._searches.seen()

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
        published = self._registered.known.get(version_of_record(record))
        if published and published.record:
            of = published.record.doi
            told = standing(published.record, notices.get(of, ()))
            updates += tuple(replace(update, of=of) for update in told if update.kind in RETRACTED | CONCERN)
        return replace(lookup, updates=updates)


_SAID = {
    Known.RECORD: Said.FOUND,
    Known.ABSENT: Said.NO_RECORD,
    Known.ELSEWHERE: Said.NO_RECORD,
    Known.UNREGISTERED: Said.UNREGISTERED,
    Known.FAILED: Said.NOT_ASKED,
}
