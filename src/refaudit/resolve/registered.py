"""What stands under the DOIs of entries: a local copy first, then the registries of agencies, then the DOI system itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from refaudit.model import Record
from refaudit.parse.identifiers import valid_doi
from refaudit.resolve.editorial_status import version_of_record
from refaudit.resolve.match.beside import work_behind
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.identity import Identity, identity
from refaudit.resolve.plan import printed_dois
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.sources import datacite, registration_agency
from refaudit.resolve.sources.content_negotiation import Negotiation
from refaudit.resolve.sources.crossref import Crossref
from refaudit.resolve.sources.protocol import Known, Reply, Source

_VERSIONED = re.compile(r"(10\.48550/arxiv\.\S{4,40})v[0-9]{1,2}")


class Registered:
    """Replies about DOIs; keeps them for the next file of the same run. Never raises but when it is interrupted."""

    def __init__(
        self,
        snapshot: Snapshot | None,
        sources: Mapping[str, Source],
        agencies: registration_agency.Agencies | None,
        negotiation: Negotiation | None,
    ) -> None:
        """``sources`` by name, in order; ``agencies`` and ``negotiation`` None ask nobody beside the snapshot."""
        self._snapshot, self._agencies, self._negotiation = snapshot, agencies, negotiation
        crossref = sources.get("crossref")
        self._crossref = crossref if isinstance(crossref, Crossref) else None
        self._datacite = sources.get("datacite")
        self._others = [
            source for name, source in sources.items() if name not in ("crossref", "datacite") and "doi" in source.schemes
        ]
        self.known: dict[str, Reply] = {}
        self.told: list[Record] = []
        """Records of notices that were asked for."""
        self.said: dict[str, dict[str, Reply]] = {}
        """The reply of each source that was asked, by DOI and name of the source."""
        self._reading: dict[str, str] = {}
        self._behind: dict[str, str] = {}

    def look_up(self, entries: Sequence[Entry]) -> None:
        """Ask for the DOIs of entries, for the works behind what stands there, and for what is told of them."""
        dois = list(dict.fromkeys(doi for entry in entries for doi in printed_dois(entry)))
        self.ask([doi for doi in dois if doi not in self.known])
        # a DOI that nobody knows may have been read wrongly: try its other readings before asking whether it exists
        others = {
            variant: doi
            for entry in entries
            for doi in entry.dois
            if self._missing(doi)
            for variant in entry.readings(doi)
            if valid_doi(variant)
        }
        self.ask([variant for variant in others if variant not in self.known])
        for variant, doi in others.items():
            if self.known[variant].known is Known.RECORD:
                self._reading.setdefault(doi, variant)
        for doi in dois:  # arXiv registers all versions under one DOI
            if doi not in self._reading and self._missing(doi) and (version := _VERSIONED.fullmatch(doi)):
                self._reading[doi] = version[1]
        missing = [one for doi in dois if (one := self._reading.get(doi, doi)) not in self.known or self._missing(one)]
        if missing and self._agencies:
            self._ask_agencies(missing)
        self._ask_others([one for doi in dois if self._unanswered(one := self._reading.get(doi, doi))])
        self._look_behind(entries)

    def _look_behind(self, entries: Sequence[Entry]) -> None:
        """The works behind records of something beside them, and the published versions of preprints."""
        behind, published = {}, []
        for entry in entries:
            for doi in printed_dois(entry):
                reply = self.reply_to(doi)
                if reply and reply.record:
                    behind[doi] = work_behind(entry, reply.record)
                    published.append(version_of_record(reply.record))
        self._behind |= {doi: work for doi, work in behind.items() if work}
        self.ask([doi for doi in dict.fromkeys((*self._behind.values(), *published)) if valid_doi(doi) and doi not in self.known])

        if self._crossref:
            works = {reply.record.doi for entry in entries for reply in self.replies(entry) if reply.record}
            self.told += self._crossref.notices(sorted(doi for doi in works if doi and not self._known_notices(doi)))

    def _known_notices(self, doi: str) -> bool:
        reply = self.known.get(doi)
        return bool(reply and reply.record and reply.record.updated_by)

    def _missing(self, doi: str) -> bool:
        reply = self.known.get(doi)
        return reply is not None and reply.known is Known.ABSENT

    def _unanswered(self, doi: str) -> bool:
        reply = self.known.get(doi)
        return reply is not None and reply.known in (Known.FAILED, Known.ELSEWHERE)

    # -------------------------------------------------------------- asking

    def ask(self, dois: Sequence[str]) -> None:
        """First the snapshot, then the registry of the only agency that can have a DOI, else Crossref."""
        left = list(dict.fromkeys(dois))
        if self._snapshot and left:
            replies = self._snapshot.records(left)
            self.known |= replies
            left = [doi for doi in left if replies[doi].known is Known.ABSENT]
        if self._datacite and (owned := [doi for doi in left if datacite.own(doi)]):
            self._keep(self._datacite, self._datacite.records(owned))
            left = [doi for doi in left if doi not in owned]
        if self._crossref and left:
            self._keep(self._crossref, self._crossref.records(left))
            left = []
        for doi in left:
            self.known.setdefault(doi, Reply(known=Known.ABSENT))

    def _keep(self, source: Source, replies: Mapping[str, Reply]) -> None:
        self.known |= replies
        for doi, reply in replies.items():
            self.said.setdefault(doi, {})[source.name] = reply

    def _ask_agencies(self, dois: Sequence[str]) -> None:
        assert self._agencies and self._negotiation  # noqa: S101  set together
        agencies = self._agencies.of(dois)
        listed = [doi for doi in dois if agencies[doi] == "DataCite" and not self._asked_datacite(doi)]
        if self._datacite and listed:
            self._keep(self._datacite, self._datacite.records(listed))
        for doi in dois:
            name = agencies[doi]
            if name == registration_agency.UNREGISTERED:
                self.known[doi] = Reply(known=Known.UNREGISTERED)
            elif not name:
                self.known[doi] = Reply(known=Known.FAILED, detail="doi.org did not say whether the DOI exists")
            else:
                self.known[doi] = self._of_agency(doi, name)

    def _asked_datacite(self, doi: str) -> bool:
        return bool(self._datacite and self._datacite.name in self.said.get(doi, {}))

    def _of_agency(self, doi: str, name: str) -> Reply:
        """The reply about a DOI that ``name`` registered."""
        assert self._negotiation  # noqa: S101
        reply = Reply(known=Known.ABSENT)
        if name == "Crossref" and self._crossref:
            reply = self._crossref.prime(doi)
        elif name == "DataCite" and self._datacite:
            reply = self.said.get(doi, {}).get(self._datacite.name, reply)
        if reply.known is Known.ABSENT and not (name == "Crossref" and self._crossref):
            reply = self._negotiation.records([doi])[doi]
        if reply.known is Known.ABSENT or reply.known is Known.ELSEWHERE:
            reply = Reply(known=Known.ELSEWHERE, detail=f"registered with {name}, whose description cannot be read here")
        if reply.record and reply.record.source == registration_agency.NAME:
            reply = replace(reply, record=replace(reply.record, source=name))
        return reply

    def _ask_others(self, dois: Sequence[str]) -> None:
        """Those who compile descriptions of others' DOIs, where a DOI's own agency gave none."""
        left = list(dict.fromkeys(dois))
        for source in self._others:
            if not left:
                return
            replies = source.records(left)
            for doi, reply in replies.items():
                self.said.setdefault(doi, {})[source.name] = reply
                if reply.known is Known.RECORD:
                    self.known[doi] = reply
            left = [doi for doi in left if self._unanswered(doi)]

    # -------------------------------------------------------------- answers

    def reply_to(self, doi: str) -> Reply | None:
        """The reply about a printed DOI, read as it was understood."""
        return self.known.get(self._reading.get(doi, doi))

    def sayings(self, entry: Entry) -> Iterator[tuple[str, Reply]]:
        """Each source that was asked for the DOIs of an entry, with its reply."""
        for doi in printed_dois(entry):
            yield from self.said.get(self._reading.get(doi, doi), {}).items()

    def through_system(self, doi: str) -> bool:
        """Whether the DOI system led to the description of a DOI, which Crossref does not have."""
        reply = self.reply_to(doi)
        return bool(reply and reply.record and "Cross" not in reply.record.source and not datacite.own(doi))

    def replies(self, entry: Entry) -> list[Reply]:
        """The replies for the printed DOIs, each for the work behind its record where that is what is printed."""
        found = []
        for doi in printed_dois(entry):
            reply = self.reply_to(doi)
            behind = self.known.get(self._behind.get(doi, ""))
            if behind and behind.record and identity(entry, behind.record) is Identity.SAME:
                reply = behind
            if reply:
                found.append(reply)
        return found

    def reply(self, entry: Entry) -> Reply | None:
        """The reply that fits best: of several DOIs printed, one is the work's and others lead to its data or supplement."""
        replies = self.replies(entry)
        order = [*Identity]
        fit = [(order.index(identity(entry, reply.record)), place) for place, reply in enumerate(replies) if reply.record]
        return replies[min(fit)[1]] if fit else next(iter(replies), None)

    def beside(self, entry: Entry, work: Record) -> tuple[Record, ...]:
        """The records of the other printed DOIs, and of those behind which the work was found."""
        replies = (self.reply_to(doi) for doi in printed_dois(entry))
        return tuple(reply.record for reply in replies if reply and reply.record and reply.record.doi != work.doi)
