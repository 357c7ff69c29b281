"""What the labeller looks at: features of a token by itself, and of its place among the others.

Word features are strings hashed once per distinct token (CRC-32, the same everywhere); place features are small
integers computed for all tokens of a batch at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from refaudit.parse.fields.tokens import CLASS, CLASSES, Token
from refaudit.text import plain

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
SIZE = len(CLASSES) + 1
KINDS = 6
"""Columns of the lexicon: family names, given names, titles, containers, publishers and organisations, places."""
OFFSETS = (0, -1, 1, -2, 2)
LEXICON_STEP = 8.0

_HASHED = 1 << 16


def _hash(feature: str) -> int:
    return crc32(feature.encode("utf8", "replace"))


REACH = {0: 18, -1: 12, 1: 12, -2: 3, 2: 3}
"""How many of a token's features its neighbours see: the columns of ``hashed`` stand the most telling first."""
WIDTH = 18
_LINKS = frozenset((CLASS["url"], CLASS["DOI"]))
_LEAN = 3
_CLASS_HASH = np.array([_hash(f"c{kind}") for kind in range(SIZE)], dtype=np.uint32)
_LEAN_HASH = np.array([[_hash(f"k{kind}{lean}") for lean in range(-_LEAN, _LEAN + 1)] for kind in range(KINDS)], dtype=np.uint32)
_PAIR_HASH = np.array([[_hash(f"o{one}{two}") for two in range(KINDS)] for one in range(KINDS)], dtype=np.uint32)
_UNKNOWN = _hash("u")


_SEEDS = {name: crc32(name.encode()) for name in ("t", "n", "w", ">", "s", "<", "L")}
_CASE = tuple(tuple(_hash(f"a{ascii_:d}{upper:d}") for upper in (0, 1)) for ascii_ in (0, 1))
_LENGTH = tuple(_hash(f"l{min(size, 12)}") for size in range(14))


def spelling(word: str) -> bytes:
    """A word as it is hashed: lower case, without accents."""
    return (word if word.isascii() else plain(word) or word).casefold().encode("utf8", "replace")


def hashed(words: Sequence[str], lows: Sequence[bytes], kinds: Sequence[int], rows: NDArray[np.int8]) -> NDArray[np.uint32]:
    """What each token is by itself as feature hashes, ``(words, WIDTH)``, 0 where a token has fewer.

    Columns: class; the word (number form, mark); two strongest kinds of the lexicon; leaning to each kind; last three
    letters; shape; script and case; beginnings and endings; length. ``lows`` are the words as ``spelling`` gives them,
    ``rows`` is what the lexicon says of them.
    """
    found = np.zeros((len(words), WIDTH), dtype=np.uint32)
    found[:, 0] = _CLASS_HASH[list(kinds)]
    mark, number, name, end, form, begin = (_SEEDS[seed] for seed in ("t", "n", "w", ">", "s", "<"))
    spelled: list[int] = []
    letters: list[tuple[int, ...]] = []
    for index, (word, low, kind) in enumerate(zip(words, lows, kinds, strict=True)):
        first = word[0]
        if first.isalpha():
            if kind in _LINKS:
                continue
            spelled.append(index)
            letters.append(
                (
                    crc32(low[:24], name),
                    crc32(low[-3:], end),
                    crc32(_shape(word)[:6], form),
                    _CASE[word.isascii()][word.isupper()],
                    crc32(low[:2], begin),
                    crc32(low[:3], begin),
                    crc32(low[:4], begin),
                    crc32(low[-2:], end),
                    crc32(low[-4:], end),
                    _LENGTH[min(len(word), 12)],
                )
            )
        elif not first.isalnum():
            found[index, 1] = crc32(low, mark)
        elif kind not in _LINKS:
            found[index, 1] = crc32(
                b"%d%b" % (len(word), low[: 2 if len(word) == 4 else 1]) if word.isdecimal() else _shape(word)[:8], number
            )
    if spelled:
        at = np.array(spelled)
        columns = np.array(letters, dtype=np.uint32)
        found[at, 1] = columns[:, 0]
        found[at, 9:18] = columns[:, 1:]
        own = rows[at].astype(np.int64)
        known = own.any(axis=1)
        order = np.argsort(-own, axis=1, kind="stable")
        leans = np.clip(np.round(own / (LEXICON_STEP * 1.5)), -_LEAN, _LEAN).astype(np.int64) + _LEAN
        found[at, 2] = np.where(known, _PAIR_HASH[order[:, 0], order[:, 1]], _UNKNOWN)
        found[at, 3:9] = np.where(known[:, None], _LEAN_HASH[np.arange(KINDS)[None, :], leans], _UNKNOWN)
    return found


def lexicon_key(word: bytes) -> int:
    """The key under which the lexicon knows a word, given as ``spelling`` gives it."""
    return crc32(word, _SEEDS["L"])


_SHAPE = bytes(
    ord("X") if 65 <= code <= 90 else ord("x") if 97 <= code <= 122 else ord("9") if 48 <= code <= 57 else code
    for code in range(256)
)
_REPEATED = re.compile(rb"(.)\1\1+")


def _shape(word: str) -> bytes:
    """Letters and digits as "X", "x", "9", runs cut to two: "McGraw" -> "XxXxx"."""
    if word.isascii():
        shape = word.encode().translate(_SHAPE)
    else:
        kinds = ("X" if char.isupper() else "9" if char.isdigit() else "x" if char.isalpha() else char for char in word[:64])
        shape = "".join(kinds).encode("utf8", "replace")
    return _REPEATED.sub(rb"\1\1", shape) if len(shape) > 2 else shape


@dataclass(frozen=True)
class Batch:
    """Entries as one run of tokens: entry ``i`` is ``[first[i], first[i + 1])``."""

    words: list[str]
    types: Ints
    first: Ints
    spaced: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """The number of tokens."""
        return len(self.types)


def batch(entries: Sequence[Sequence[Token]]) -> Batch:
    """The entries laid end to end; every entry has at least one token."""
    known: dict[str, int] = {}
    types: list[int] = []
    spaced: list[bool] = []
    first = [0]
    for entry in entries:
        before = -1
        for word, start, end in entry:
            types.append(known.setdefault(word, len(known)))
            spaced.append(start != before)
            before = end
        first.append(len(types))
    return Batch(
        words=list(known),
        types=np.array(types, dtype=np.int64),
        first=np.array(first, dtype=np.int64),
        spaced=np.array(spaced, dtype=np.bool_),
    )


def _members(names: str) -> NDArray[np.bool_]:
    table = np.zeros(SIZE, dtype=np.bool_)
    for name in names.split():
        table[CLASS[name]] = True
    return table


_STRONG = _members('? “ ” " ( ) [ ] < ')
_WEAK = _members(', ; : . ? “ ” " ( ) [ ] ')
_INITIAL = _members("X XX XXX")
_DIGITS = _members("d1 d2 d3 d4 d5 a1 1a year")
_WORDY = np.ones(SIZE, dtype=np.bool_)
for _name in (".", ",", ";", ":", "?", "“", "”", '"', "(", ")", "[", "]", "-", "–", "/", "&", "‘", "’", "*", "=", "#", "other"):
    _WORDY[CLASS[_name]] = False
_WORDY &= ~_DIGITS
_WORDY[0] = False


def _shift(values: Ints, owner: Ints, by: int, fill: int = 0) -> Ints:
    """``values`` of the token ``by`` places on in the same entry, ``fill`` beyond its ends."""
    out = np.full_like(values, fill)
    if by > 0 and len(values) > by:
        out[:-by] = np.where(owner[:-by] == owner[by:], values[by:], fill)
    elif by < 0 and len(values) > -by:
        out[-by:] = np.where(owner[-by:] == owner[:by], values[:by], fill)
    return out


def _mix(*parts: Ints) -> Ints:
    out = np.zeros_like(parts[0])
    for part in parts:
        out = (out * 1000003 + part * 7919 + 12289) & 0x7FFFFFFF
    return (out ^ (out >> 13)) & (_HASHED - 1)


def place_features(group: Batch, classes: Ints, lexicon: Floats) -> list[Ints]:
    """Integer features of every token: ``classes`` and ``lexicon`` are given per distinct token of the batch."""
    size = group.size
    first, lengths = group.first[:-1], np.diff(group.first)
    owner = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    index = np.arange(size, dtype=np.int64) - first[owner]
    kind = classes[group.types]
    spaced = group.spaced.astype(np.int64)
    after, after2, after3 = (_shift(kind, owner, by) for by in (1, 2, 3))
    before, before2 = (_shift(kind, owner, by) for by in (-1, -2))
    space_next = _shift(spaced, owner, 1, 1)

    def counted(flags: NDArray[np.bool_]) -> Ints:
        """How many flags stand before each token in its entry, itself excluded."""
        total = np.cumsum(flags, dtype=np.int64)
        start = np.where(first > 0, total[first - 1], 0)
        return total - flags - start[owner]

    stop = (kind == CLASS["."]) & (space_next == 1) & ~(_INITIAL[before] & (before != 0)) & (after != 0)
    strong = _STRONG[kind] | stop
    weak = _WEAK[kind] & ~((kind == CLASS["."]) & ~stop) | strong
    years = kind == CLASS["year"]
    seen_year = np.minimum(counted(years), 2)
    quoted = counted(np.isin(kind, [CLASS["“"], CLASS["”"], CLASS['"']]))
    in_round = np.clip(counted(kind == CLASS["("]) - counted(kind == CLASS[")"]), 0, 1)
    in_square = np.clip(counted(kind == CLASS["["]) - counted(kind == CLASS["]"]), 0, 1)
    linked = np.minimum(counted(np.isin(kind, list(_LINKS))), 1)
    chunk_number = np.minimum(counted(strong), 15)
    colons = np.minimum(counted(kind == CLASS[":"]), 2)
    digits_seen = np.minimum(counted(_DIGITS[kind]), 6)
    tenth = (index * 12) // np.maximum(lengths[owner], 1)

    features = [
        before * SIZE + kind,
        kind * SIZE + after,
        _mix(before, kind, after),
        _mix(before2, before, kind),
        _mix(kind, after, after2),
        _mix(before2, before, kind, after, after2),
        _mix(kind, after, after2, after3),
        tenth,
        np.minimum(index, 9) * SIZE + kind,
        np.minimum(lengths[owner] - index, 9) * SIZE + kind,
        (np.minimum(quoted, 3) * 2 + in_round) * 2 + in_square,
        (kind * 2 + spaced) * 2 + space_next,
        _mix(kind, seen_year, linked, in_round, np.minimum(quoted, 3)),
        _mix(kind, digits_seen, seen_year),
        (np.minimum(chunk_number, 11) * 3 + seen_year) * 3 + colons,
    ]
    likeness = lexicon[group.types] * _WORDY[kind][:, None]
    for flags in (strong, weak):
        features += _chunk_features(flags, group, kind, owner, likeness, seen_year)
    # The manner of the whole entry: where its first year stands and what is around it, beside each mark and number.
    at_year = np.where(years, index, 10**6)
    first_year = np.minimum.reduceat(at_year, first)
    has = first_year < 10**6
    where = np.clip(first_year * 4 // np.maximum(lengths, 1), 0, 3)
    position = np.where(has, first + first_year, first)
    manner = np.where(has, where * 4 + (before[position] == CLASS["("]) * 2 + (after[position] == CLASS[")"]), 16)
    marks = np.where(_WORDY[kind], 1, kind)
    features.append(manner[owner] * SIZE + marks)
    features.append(_mix(manner[owner], np.minimum(chunk_number, 5), marks))
    semis = np.minimum.reduceat(np.where(kind == CLASS[";"], 0, 1), first)
    quotes = np.minimum.reduceat(np.where(np.isin(kind, [CLASS["“"], CLASS['"']]), 0, 1), first)
    features.append(_mix(semis[owner], quotes[owner], manner[owner], np.minimum(chunk_number, 3), np.minimum(quoted, 3)))
    return features


def _chunk_features(
    flags: NDArray[np.bool_], group: Batch, kind: Ints, owner: Ints, likeness: Floats, seen_year: Ints
) -> list[Ints]:
    """Features of the stretch between two separators that a token stands in."""
    size = group.size
    starts = np.zeros(size, dtype=np.bool_)
    starts[group.first[:-1]] = True
    starts[1:] |= flags[:-1]
    heads = np.flatnonzero(starts)
    chunk = np.cumsum(starts) - 1
    count = np.diff(np.append(heads, size))
    ends = heads + count - 1
    sums = np.add.reduceat(likeness, heads, axis=0)
    wordy = np.maximum(np.add.reduceat(_WORDY[kind].astype(np.float32), heads), 1)
    mean = sums / wordy[:, None]
    binned = np.clip(np.round(mean * 2.0), -4, 4).astype(np.int64) + 4
    order = np.argsort(-mean, axis=1, kind="stable")
    best = order[:, 0] * KINDS + order[:, 1]
    size_bin = np.searchsorted([1, 2, 3, 4, 6, 9, 13, 20], count).astype(np.int64)
    capital = np.add.reduceat(
        np.isin(kind, [CLASS["Xx"], CLASS["XX"], CLASS["XXX"], CLASS["XXXX"], CLASS["X"]]).astype(np.float32), heads
    )
    capital_bin = np.clip((capital / wordy) * 4, 0, 4).astype(np.int64)
    initials = np.add.reduceat(_INITIAL[kind].astype(np.float32), heads)
    initial_bin = np.clip((initials / wordy) * 4, 0, 4).astype(np.int64)
    digit_bin = np.minimum(np.add.reduceat(_DIGITS[kind].astype(np.int64), heads), 3)
    opener = np.where(heads > group.first[owner[heads]], kind[np.maximum(heads - 1, 0)], 0)
    closer = kind[ends]
    head_kind = kind[heads]
    same = owner[heads]
    following = np.where(np.append(same[1:] == same[:-1], False), np.append(head_kind[1:], 0), 0)
    previous_best = np.where(np.append(False, same[1:] == same[:-1]), np.append(0, best[:-1]), 99)
    next_best = np.where(np.append(same[1:] == same[:-1], False), np.append(best[1:], 0), 99)
    next_digit = np.where(np.append(same[1:] == same[:-1], False), np.append(digit_bin[1:], 0), 4)
    inside = np.arange(size) - heads[chunk]
    at = chunk
    return [
        *(binned[at, column] for column in range(KINDS)),
        best[at],
        _mix(opener[at], closer[at], head_kind[at]),
        _mix(closer[at], following[at], size_bin[at]),
        _mix(size_bin[at], capital_bin[at], initial_bin[at], digit_bin[at]),
        _mix(best[at], previous_best[at], seen_year),
        _mix(best[at], next_best[at], next_digit[at]),
        _mix(binned[at, 3], binned[at, 2], next_digit[at], size_bin[at]),
        _mix(kind, np.minimum(inside, 4), closer[at], initial_bin[at]),
        _mix(head_kind[at], best[at], np.minimum(inside, 2)),
    ]
