"""Entries that no DOI leads to: by their other identifiers, then by their words, one source after the other until one has the work."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from refaudit.errors import ResolverError
from refaudit.model import Candidate, Record
from refaudit.resolve.match.beside import book_of
from refaudit.resolve.match.decide import accepted, rank, score
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.identity import is_the_work
from refaudit.resolve.plan import identifiers, order, question, question_for_book
from refaudit.resolve.sources.protocol import Known, Lists, Reply, Source, scheme

Found = Sequence[Record] | str
"""What a search gave: records, or in words why there is no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What one source gave for an entry: ``by`` an identifier's scheme or "search"; ``best`` what is accepted of it."""

    source: str
    by: str
    found: Found
    ranked: tuple[Candidate, ...] = ()
    best: tuple[Candidate, ...] = ()
    counts: bool = False
    """Whether the silence of this source says something about an article."""


class Searches:
    """What was asked for entries, by their words; keeps it for the next file of the same run."""

    def __init__(self, sources: Mapping[str, Source], cut_off: Callable[[], bool], *, given: bool = False) -> None:
        """``sources`` by name, in order, which is the user's own where it is ``given``; ``cut_off`` says whether there is no network."""
        self._sources, self._cut_off, self._given = sources, cut_off, given
        self._done: dict[str, list[Searched]] = {}

    def of(self, entry: Entry) -> Sequence[Searched]:
        """What was asked for an entry, in order."""
        return self._done.get(entry.query, ())

    def add(self, entry: Entry, searched: Searched) -> None:
        """Take over what somebody else gave for an entry."""
        self._done.setdefault(entry.query, []).append(searched)

    def found(self, entry: Entry) -> tuple[Candidate, ...]:
        """What is accepted for an entry: one, or several that fit equally well."""
        return next((one.best for one in self.of(entry) if one.best), ())

    def seen(self) -> Iterator[Record]:
        """All records that were answered."""
        for searched in self._done.values():
            for one in searched:
                if not isinstance(one.found, str):
                    yield from one.found

    # -------------------------------------------------------------- by identifier

    def by_identifiers(self, entries: Sequence[Entry], dois: Callable[[Sequence[str]], Mapping[str, Reply]]) -> None:
        """Ask for the identifiers that entries print beside DOIs. ``dois`` answers for DOIs that follow from numbers of a series."""
        left = {entry.query: entry for entry in entries if identifiers(entry) and not self.of(entry)}
        self._ask("", lambda wanted: dois([one for one in wanted if scheme(one) == "doi"]), left, frozenset({"doi"}))
        for source in self._sources.values():
            left = {query: entry for query, entry in left.items() if not self.found(entry)}
            if left and not self._cut_off():
                self._ask(source.name, source.records, left, source.schemes - {"doi"})

    def _ask(
        self,
        name: str,
        records: Callable[[Sequence[str]], Mapping[str, Reply]],
        entries: Mapping[str, Entry],
        schemes: frozenset[str],
    ) -> None:
        wanted = {query: [one for one in identifiers(entry) if scheme(one) in schemes] for query, entry in entries.items()}
        asked = list(dict.fromkeys(one for some in wanted.values() for one in some))
        replies = records(asked) if asked else {}
        for query, some in wanted.items():
            for one in some:
                reply = replies.get(one)
                if reply is None:
                    continue
                failed = reply.known is Known.FAILED
                found: Found = reply.detail if failed else [reply.record] if reply.record else []
                entry = entries[query]
                fits = reply.record and (is_the_work(entry, reply.record) or book_of(entry, reply.record))
                best = (score(entry, reply.record),) if reply.record and fits else ()
                source = reply.record.source if reply.record else name
                if source:
                    self.add(entry, Searched(source=source, by=scheme(one), found=found, best=best))

    # -------------------------------------------------------------- by words

    def by_words(self, entries: Sequence[Entry]) -> None:
        """Search for each entry until a source has its work."""
        unique = {entry.query: entry for entry in entries}
        plans = {query: order([*self._sources.values()], entry, given=self._given) for query, entry in unique.items()}
        while any(plans.values()) and not (self._cut_off() and any(self.of(entry) for entry in entries)):
            turn: dict[str, dict[str, Entry]] = {}
            for query, plan in plans.items():
                if self.found(unique[query]):
                    plan.clear()
                if plan and not self._asked(unique[query], (source := plan.pop(0)).name):
                    turn.setdefault(source.name, {})[query] = unique[query]
            for source in self._sources.values():
                for query, found in self._in_parallel(source, turn.get(source.name, {})):
                    self.add(unique[query], judged(unique[query], source, found))

    def _asked(self, entry: Entry, source: str) -> bool:
        return any(one.source == source and one.by == "search" for one in self.of(entry))

    def _in_parallel(self, source: Source, entries: Mapping[str, Entry]) -> Iterator[tuple[str, Found]]:
        """Searches from a few threads at once; how many may really run, the pace of the service decides.

        The threads are daemons, so that an interrupted run does not wait for answers on their way.
        """
        todo: queue.SimpleQueue[tuple[str, Entry]] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[str, Found]] = queue.SimpleQueue()
        for item in entries.items():
            todo.put(item)
        ask = question_for_book if Lists.BOOKS in source.lists else question

        def work() -> None:
            while True:
                try:
                    query, entry = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    done.put((query, source.search(ask(entry))))
                except ResolverError as error:
                    done.put((query, str(error)))
                except Exception as error:  # noqa: BLE001  a thread must not die without an answer
                    done.put((query, f"{type(error).__name__} while searching"))

        for _ in range(min(4, len(entries))):
            threading.Thread(target=work, daemon=True).start()
        for _ in entries:
            yield done.get()


def judged(entry: Entry, source: Source, found: Found) -> Searched:
    """What a search gave beside the entry."""
    counts = Lists.SCHOLARLY in source.lists
    if isinstance(found, str):
        return Searched(source=source.name, by="search", found=found, counts=counts)
    ranked = rank(entry, found)
    best = accepted(ranked)
    if not best and Lists.BOOKS in source.lists:
        best = tuple(candidate for candidate in ranked if book_of(entry, candidate.record))[:1]
    return Searched(source=source.name, by="search", found=found, ranked=ranked, best=best, counts=counts)
