"""Which entries of a list are the same work: the one place that decides it, for DUP, LNK003 and LNK004.

Entries are compared only inside small blocks (one DOI, one address, one beginning of a title, one surname and year,
or several rare words in common), so the work grows with the list and not with its square. Two entries are the same
work on positive evidence (identifier and title, or title with authors, year and place of publication); anything that
tells works apart (numbers in titles, editions, errata and replies, another container) outweighs likeness.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from refaudit.model import Reference
from refaudit.rules.works.pair import Card, Verdict, card_of, judge
from refaudit.text import words
from refaudit.words.withdrawn import withdrawn

_WINDOW = 4  # neighbours compared inside a block that is too large for all pairs
_BLOCK = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Entries (ids, in list order) that are, or probably are, one work, and why."""

    members: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Shared:
    """One identifier ("DOI" or "address") printed on entries that are different works."""

    kind: str
    value: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Works:
    """The entries of a list grouped by work."""

    same: tuple[Group, ...] = ()
    probable: tuple[Group, ...] = ()
    shared: tuple[Shared, ...] = ()

    @cached_property
    def _of(self) -> Mapping[str, str]:
        roots = _Roots(member for group in (*self.same, *self.probable) for member in group.members)
        for group in (*self.same, *self.probable):
            for member in group.members[1:]:
                roots.join(group.members[0], member)
        return {member: roots.root(member) for member in roots}

    def work(self, reference: str) -> str:
        """One id for every entry of a work, certain or probable."""
        return self._of.get(reference, reference)

    def distinct(self, references: Iterable[str]) -> int:
        """How many works a set of entries is."""
        return len({self.work(reference) for reference in references})


class _Roots(dict[str, str]):
    """Disjoint sets."""

    def __init__(self, members: Iterable[str]) -> None:
        super().__init__((member, member) for member in members)

    def root(self, member: str) -> str:
        while self[member] != member:
            self[member] = self[self[member]]
            member = self[member]
        return member

    def join(self, one: str, other: str) -> None:
        self[self.root(other)] = self.root(one)


def compare(references: Sequence[Reference]) -> Works:
    """Group the entries of a list by work."""
    cards = [card_of(reference) for reference in references if not withdrawn(reference.text)]
    order = {card.id: index for index, card in enumerate(cards)}
    same, probable = _Roots(order), _Roots(order)
    why: dict[str, str] = {}
    likely: list[tuple[str, str, str]] = []
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other in _pairs(cards):
        verdict, reason = judge(one, other)
        if verdict is Verdict.SAME:
            same.join(one.id, other.id)
            why.setdefault(one.id, reason)
        elif verdict is Verdict.PROBABLE:
            likely.append((one.id, other.id, reason))
        elif verdict is Verdict.SHARED:
            key = ("DOI", one.doi) if one.doi and one.doi == other.doi else ("address", one.url)
            shared[key].update((one.id, other.id))
    reasons: dict[str, str] = {}
    for one_id, other_id, reason in likely:
        if same.root(one_id) != same.root(other_id):
            probable.join(same.root(one_id), same.root(other_id))
            reasons.setdefault(one_id, reason)
    return Works(
        same=tuple(Group(members, next(why[m] for m in members if m in why)) for members in _sets(same, order)),
        probable=tuple(
            Group(m, next(reasons[x] for x in m if x in reasons)) for m in _likely_sets(probable, same, likely, order)
        ),
        shared=tuple(
            Shared(kind, value, tuple(sorted(members, key=order.__getitem__)))
            for (kind, value), members in sorted(shared.items(), key=lambda pair: min(order[m] for m in pair[1]))
        ),
    )


def _sets(roots: _Roots, order: Mapping[str, int]) -> list[tuple[str, ...]]:
    gathered: dict[str, list[str]] = defaultdict(list)
    for member in sorted(order, key=order.__getitem__):
        gathered[roots.root(member)].append(member)
    return [tuple(members) for members in gathered.values() if len(members) > 1]


def _likely_sets(
    probable: _Roots, same: _Roots, likely: Iterable[tuple[str, str, str]], order: Mapping[str, int]
) -> list[tuple[str, ...]]:
    gathered: dict[str, set[str]] = defaultdict(set)
    for one, other, _ in likely:
        if same.root(one) != same.root(other):
            gathered[probable.root(same.root(one))].update((one, other))
    return [tuple(sorted(members, key=order.__getitem__)) for members in gathered.values()]


def _pairs(cards: Sequence[Card]) -> Iterator[tuple[Card, Card]]:
    seen: set[tuple[int, int]] = set()
    for block in _blocks(cards):
        members = sorted(set(block), key=lambda index: (cards[index].title or cards[index].bare, index))
        near = (
            combinations(members, 2)
            if len(members) <= _BLOCK
            else ((one, other) for at, one in enumerate(members) for other in members[at + 1 : at + 1 + _WINDOW])
        )
        for one, other in near:
            pair = (one, other) if one < other else (other, one)
            if pair not in seen:
                seen.add(pair)
                yield cards[pair[0]], cards[pair[1]]


def _blocks(cards: Sequence[Card]) -> Iterator[Sequence[int]]:
    keyed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, card in enumerate(cards):
        for kind, value in (
            ("doi", card.doi),
            ("url", card.url),
            ("title", card.title[:24]),
            ("raw", card.bare[:40]),
            ("author", f"{card.families[0]} {card.year}" if card.families else ""),
        ):
            if value:
                keyed[kind, value].append(index)
    yield from (block for block in keyed.values() if len(block) > 1)
    yield from _alike(cards)


def _alike(cards: Sequence[Card]) -> Iterator[Sequence[int]]:
    """Pairs that have three rare words in common: finds a work set in two styles whatever was read of its fields."""
    where: dict[str, list[int]] = defaultdict(list)
    for index, card in enumerate(cards):
        for word in {word for word in words(card.raw) if len(word) > 4 and word.isalpha()}:
            where[word].append(index)
    most = 8 if len(cards) < 2000 else 4
    common: Counter[tuple[int, int]] = Counter()
    for members in where.values():
        if 2 <= len(members) <= most:
            common.update(combinations(members, 2))
    yield from (pair for pair, count in common.items() if count >= 3)
