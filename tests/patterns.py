"""How much work a regular expression does, counted: a small matcher for the trees of ``re``, and texts made from a pattern's own structure.

The matcher backtracks as the one of ``re`` does. A step is a character taken, a turn of a repeat, or a place where matching begins or
goes on; what fails at its first character costs nothing, as it costs next to nothing there. Bounds above ``BOUND`` are cut to it, so that
a repeat that is bounded by whatever number counts as the constant that it is, and texts can stay short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

BOUND = 6
TEXTS = 120
"""Of each pattern; the shortest lead to most of it."""
_MOST = 200_000
_LIKELY = "a1 A.,-_\n\t(['\"é中%/\\:;&<#@*~|={}^$!?+)]>`0éxX"

Next = Callable[[int], bool]


class TooMany(Exception):  # noqa: N818
    """More steps than any linear pattern takes on the texts here."""


class Matcher:
    """One pattern, ready to be counted."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        source = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        self.tree = _parser.parse(source, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)
        self.flags = self.tree.state.flags | (re.ASCII if isinstance(pattern, bytes) else 0)
        self.steps = 0
        self.text = ""
        self._end = 0
        self._groups: dict[int, tuple[int, int]] = {}
        self._run = self._sequence(list(self.tree), self._finish, self.flags)

    def count(self, text: str, *, search: bool) -> int:
        """The steps of finding all matches in ``text``, or of one match at its beginning."""
        self.steps, self.text = 0, text
        at = 0
        try:
            while at <= len(text):
                self.steps += 1
                self._groups.clear()
                found = self._run(at)
                if not search:
                    break
                at = max(self._end, at + 1) if found else at + 1
        except TooMany:
            pass
        return self.steps

    def _step(self) -> None:
        self.steps += 1
        if self.steps > _MOST:
            raise TooMany

    def _finish(self, at: int) -> bool:
        self._end = at
        return True

    def _sequence(self, items: Sequence[Any], after: Next, flags: int) -> Next:
        for item in reversed(items):
            after = self._node(item, after, flags)
        return after

    def _node(self, item: Any, after: Next, flags: int) -> Next:
        kind, given = item
        if (holds := single(item, flags)) is not None:
            return self._one(holds, after)
        if kind is op.SUBPATTERN:
            group, add, gone, inner = given
            return self._group(group, list(inner), after, (flags | add) & ~gone)
        if kind is op.BRANCH:
            ways = [self._sequence(list(way), after, flags) for way in given[1]]
            return lambda at: any(way(at) for way in ways)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            return self._repeat(kind, *given, after, flags)
        if kind is op.ATOMIC_GROUP:
            return self._atomic(list(given), after, flags)
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return self._look(kind is op.ASSERT, given, after, flags)
        if kind is op.AT:
            return self._place(given, after, flags)
        if kind is op.GROUPREF:
            return self._again(given, after)
        if kind is op.GROUPREF_EXISTS:
            group, yes, no = given
            there, missing = self._sequence(list(yes), after, flags), self._sequence(list(no or ()), after, flags)

            def there_or_not(at: int) -> bool:
                return there(at) if group in self._groups else missing(at)

            return there_or_not
        raise NotImplementedError(str(kind))

    def _one(self, holds: Callable[[str], bool], after: Next) -> Next:
        def one(at: int) -> bool:
            if at < len(self.text) and holds(self.text[at]):
                self._step()
                return after(at + 1)
            return False

        return one

    def _group(self, group: int | None, items: list[Any], after: Next, flags: int) -> Next:
        if group is None:
            return self._sequence(items, after, flags)
        begins: list[int] = []

        def close(at: int) -> bool:
            before = self._groups.get(group)
            self._groups[group] = (begins[-1], at)
            begin = begins.pop()
            if after(at):
                return True
            begins.append(begin)
            if before is None:
                del self._groups[group]
            else:
                self._groups[group] = before
            return False

        inner = self._sequence(items, close, flags)

        def enter(at: int) -> bool:
            begins.append(at)
            if inner(at):
                return True
            begins.pop()
            return False

        return enter

    def _repeat(self, kind: Any, low: int, high: Any, items: Any, after: Next, flags: int) -> Next:
        most = len if high is op.MAXREPEAT else None
        low = min(low, BOUND)
        high = 10**9 if most else min(int(high), BOUND)
        body = list(items)
        if kind is op.POSSESSIVE_REPEAT:
            return self._atomic([(op.MAX_REPEAT, (low, op.MAXREPEAT if most else high, items))], after, flags)
        holds = single(body[0], flags) if len(body) == 1 else None
        if holds is not None:
            return self._run_of(holds, low, high, after, lazy=kind is op.MIN_REPEAT)
        state: list[tuple[int, int]] = [(0, -1)]

        def turn(at: int) -> bool:
            count, last = state[0]
            self._step()
            more = count < low or (count < high and at != last)
            if kind is op.MIN_REPEAT and count >= low and after(at):
                return True
            if more:
                state[0] = (count + 1, at)
                if inner(at):
                    return True
                state[0] = (count, last)
            return kind is op.MAX_REPEAT and count >= low and after(at)

        inner = self._sequence(body, turn, flags)

        def enter(at: int) -> bool:
            before, state[0] = state[0], (0, -1)
            found = turn(at)
            state[0] = before
            return found

        return enter

    def _run_of(self, holds: Callable[[str], bool], low: int, high: int, after: Next, *, lazy: bool) -> Next:
        def greedy(at: int) -> bool:
            end = at
            while end < len(self.text) and end - at < high and holds(self.text[end]):
                self._step()
                end += 1
            while end - at >= low:
                self._step()
                if after(end):
                    return True
                end -= 1
            return False

        def slow(at: int) -> bool:
            end = at
            while True:
                self._step()
                if end - at >= low and after(end):
                    return True
                if not (end < len(self.text) and end - at < high and holds(self.text[end])):
                    return False
                end += 1

        return slow if lazy else greedy

    def _atomic(self, items: list[Any], after: Next, flags: int) -> Next:
        inner = self._sequence(items, self._finish, flags)
        return lambda at: inner(at) and after(self._end)

    def _look(self, wanted: bool, given: Any, after: Next, flags: int) -> Next:
        direction, items = given
        inner = self._sequence(list(items), self._finish, flags)
        back = items.getwidth()[0] if direction < 0 else 0

        def look(at: int) -> bool:
            found = at >= back and inner(at - back)
            return found is wanted and after(at)

        return look

    def _place(self, where: Any, after: Next, flags: int) -> Next:
        def word(at: int) -> bool:
            return 0 <= at < len(self.text) and (self.text[at].isalnum() or self.text[at] == "_")

        lines = bool(flags & re.MULTILINE)
        tests: dict[Any, Callable[[int], bool]] = {
            op.AT_BEGINNING: lambda at: at == 0 or (lines and self.text[at - 1] == "\n"),
            op.AT_BEGINNING_STRING: lambda at: at == 0,
            op.AT_END: lambda at: at == len(self.text) or (self.text[at] == "\n" and (lines or at == len(self.text) - 1)),
            op.AT_END_STRING: lambda at: at == len(self.text),
            op.AT_BOUNDARY: lambda at: word(at - 1) != word(at),
            op.AT_NON_BOUNDARY: lambda at: word(at - 1) == word(at),
        }
        holds = tests[where]
        return lambda at: holds(at) and after(at)

    def _again(self, group: int, after: Next) -> Next:
        def again(at: int) -> bool:
            if group not in self._groups:
                return False
            begin, end = self._groups[group]
            self._step()
            return self.text.startswith(self.text[begin:end], at) and after(at + end - begin)

        return again


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdecimal(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    op.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    op.CATEGORY_NOT_WORD: lambda sign: not (sign.isalnum() or sign == "_"),
}


def single(item: Any, flags: int) -> Callable[[str], bool] | None:
    """The test for a node that takes one character; None for other nodes."""
    kind, given = item
    fold = bool(flags & re.IGNORECASE)
    if kind is op.LITERAL:
        chars = {chr(given), chr(given).lower(), chr(given).upper()} if fold else {chr(given)}
        return lambda sign: sign in chars
    if kind is op.NOT_LITERAL:
        return lambda sign: sign != chr(given)
    if kind is op.ANY:
        return (lambda _: True) if flags & re.DOTALL else (lambda sign: sign != "\n")
    if kind is op.IN:
        return _class(given, fold)
    return None


def _class(given: Sequence[Any], fold: bool) -> Callable[[str], bool]:
    negated = bool(given) and given[0][0] is op.NEGATE
    parts = list(given[1:] if negated else given)
    known: dict[str, bool] = {}

    def within(sign: str) -> bool:
        for kind, value in parts:
            if kind is op.LITERAL and ord(sign) == value:
                return True
            if kind is op.RANGE and value[0] <= ord(sign) <= value[1]:
                return True
            if kind is op.CATEGORY and _CATEGORIES[value](sign):
                return True
        return False

    def holds(sign: str) -> bool:
        if sign not in known:
            forms = {sign, *(form for form in (sign.lower(), sign.upper()) if fold and len(form) == 1)}
            known[sign] = any(map(within, forms)) is not negated
        return known[sign]

    return holds


# ------------------------------------------------------------------ texts from a pattern's own structure


class Texts:
    """Texts that grow, each made to lead far into the pattern and then to fail there."""

    def __init__(self, matcher: Matcher) -> None:
        self._flags = matcher.flags
        sets: list[Callable[[str], bool]] = []
        signs = ""
        for kind, given in _nodes(list(matcher.tree)):
            if kind is op.LITERAL:
                signs += chr(given)
            if kind is op.IN:
                signs += "".join(
                    chr(value if what is op.LITERAL else value[0]) for what, value in given if what in (op.LITERAL, op.RANGE)
                )
                sets.append(_class(given, bool(self._flags & re.IGNORECASE)))
        every = dict.fromkeys(_LIKELY + signs)
        self._signs = sorted(every, key=lambda sign: -sum(holds(sign) for holds in sets))  # what most classes share comes first
        self.found: dict[tuple[str, str, str], None] = {}
        end = self._walk(list(matcher.tree), "")
        self._add("", end, "")
        self._add("", end[:-1], "")

    def _add(self, before: str, pump: str, after: str) -> None:
        if pump:
            self.found.setdefault((before, pump, after))

    def _walk(self, items: Sequence[Any], before: str) -> str:
        """Add the texts for every node behind ``before``; what all of them look like together is given back."""
        for item in items:
            kind, given = item
            self._add("", before, "")
            if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
                before = self._repeat(given, before)
            elif kind is op.SUBPATTERN:
                before = self._walk(list(given[3]), before)
            elif kind is op.ATOMIC_GROUP:
                before = self._walk(list(given), before)
            elif kind is op.BRANCH:
                before, *_ = [self._walk(list(way), before) for way in given[1]]
            elif kind is op.GROUPREF_EXISTS:
                before = self._walk(list(given[1]), before)
            elif kind is op.ASSERT and given[0] > 0:
                self._walk(list(given[1]), before)
            else:
                before += self._sample([item])
        return before

    def _repeat(self, given: Any, before: str) -> str:
        low, high, items = given
        bodies = [body for body in self._bodies(list(items)) if body]
        if high is op.MAXREPEAT or high > BOUND:
            last = next((sign for sign in self._signs if sign not in "".join(bodies)), "")
            for body in bodies:
                for start in dict.fromkeys(("", before)):
                    for end in dict.fromkeys(("", last or "\x00")):
                        self._add(start, body, end)
                self._add("", before + body, "")
        once = self._walk(list(items), before)
        return before + once[len(before) :] * max(1, min(low, BOUND))

    def _bodies(self, items: list[Any]) -> list[str]:
        if len(items) == 1 and (holds := single(items[0], self._flags)) is not None:
            return [sign for sign in self._signs if holds(sign)][:4]
        if len(items) == 1 and items[0][0] is op.SUBPATTERN:
            return self._bodies(list(items[0][1][3]))
        if len(items) == 1 and items[0][0] is op.BRANCH:
            return [body for way in items[0][1][1][:12] for body in self._bodies(list(way))[:2]]
        return [self._sample(items), self._sample(items, least=True)]

    def _sample(self, items: Sequence[Any], *, least: bool = False) -> str:
        made = ""
        for item in items:
            kind, given = item
            if (holds := single(item, self._flags)) is not None:
                made += chr(given) if kind is op.LITERAL else next((sign for sign in self._signs if holds(sign)), "")
            elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
                made += self._sample(list(given[2]), least=least) * min(given[0] if least else max(1, given[0]), BOUND)
            elif kind is op.SUBPATTERN:
                made += self._sample(list(given[3]), least=least)
            elif kind is op.ATOMIC_GROUP:
                made += self._sample(list(given), least=least)
            elif kind is op.BRANCH:
                made += self._sample(list(given[1][0]), least=least)
        return made


def _nodes(items: Any) -> Iterator[Any]:
    for item in items:
        kind, given = item
        yield item
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from _nodes(list(given[2]))
        elif kind is op.SUBPATTERN:
            yield from _nodes(list(given[3]))
        elif kind is op.ATOMIC_GROUP:
            yield from _nodes(list(given))
        elif kind is op.BRANCH:
            for way in given[1]:
                yield from _nodes(list(way))
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _nodes(list(given[1]))
        elif kind is op.GROUPREF_EXISTS:
            yield from _nodes(list(given[1]))
            yield from _nodes(list(given[2] or ()))


def super_linear(pattern: str | bytes, flags: int, *, search: bool, most: float = 2.3) -> tuple[str, str, str] | None:
    """A text (begin, what is repeated, end) on which the steps of a pattern more than double with its length; None for none."""
    matcher = Matcher(pattern, flags)

    def steps(before: str, pump: str, after: str, times: int) -> int:
        return matcher.count(before + pump * times + after, search=search)

    for text in sorted(Texts(matcher).found, key=lambda text: len("".join(text)))[:TEXTS]:
        times = max(2, 24 // len(text[1]))
        few, more = steps(*text, times), steps(*text, 2 * times)
        if more > _MOST:
            return text
        if more > 2.1 * few:
            few, more = steps(*text, 8 * times), steps(*text, 16 * times)
            if more > min(most * few, _MOST):
                return text
    return None
