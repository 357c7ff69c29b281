"""When a request to one service may start: rate and concurrency as the service's own headers state them.

Crossref names its limits in ``x-rate-limit-limit``, ``x-rate-limit-interval`` and ``x-concurrency-limit``, for single
records and lists apart (https://www.crossref.org/documentation/retrieve-metadata/rest-api/). Until the first answer
has told them, one request at a time is made.
"""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from refaudit.errors import ResolverError

# A little more than the interval, because clocks and networks are not exact.
_MARGIN = 1.06


class Busy(ResolverError):  # noqa: N818  an answer rather than a fault
    """A request may not start in time."""


@dataclass(slots=True)
class Ticket:
    """One request under way. ``since`` is the time from which it counts; None while it may still be on its way there."""

    since: float | None


@dataclass(slots=True)
class _Window:
    limit: float
    interval: float
    tickets: deque[Ticket] = field(default_factory=deque)

    def wait(self, now: float, slower: float) -> float:
        """Seconds until one more request may start; -1 when that depends on a request under way."""
        span = self.interval * _MARGIN * slower
        while self.tickets and self.tickets[0].since is not None and now - self.tickets[0].since >= span:
            self.tickets.popleft()
        if len(self.tickets) < max(1, int(self.limit)):
            return 0.0
        times = [ticket.since for ticket in self.tickets if ticket.since is not None]
        return max(0.001, min(times) + span - now) if times else -1.0


class Pace:
    """The limits of one service, shared by all threads that ask it.

    ``defaults`` maps a class of requests ("single", "list") to requests a second, used where headers do not say.
    """

    def __init__(self, defaults: Mapping[str, float], concurrency: int, stop: threading.Event) -> None:
        """``stop`` ends every wait with a ResolverError."""
        self._condition = threading.Condition()
        self._windows = {kind: _Window(max(1.0, rate), max(1.0, 1.0 / rate)) for kind, rate in defaults.items()}
        self._fallback = concurrency
        self._concurrency = 1
        self._running = 0
        self._warm = 0
        self._not_before = 0.0
        self._slower = 1.0
        self._stop = stop
        self._answered = False

    def start(self, kind: str, until: Callable[[], float] = lambda: float("inf")) -> Ticket:
        """Wait until a request of this class may start. Raises ResolverError when the run is interrupted, and Busy when that
        would be after ``until`` (of the monotonic clock; it may change while others ask)."""
        window = self._windows[kind]
        with self._condition:
            while True:
                if self._stop.is_set():
                    raise ResolverError("interrupted")
                now = time.monotonic()
                wait = self._not_before - now if now < self._not_before else window.wait(now, self._slower)
                if self._running < self._concurrency and wait == 0.0:
                    break
                if now + max(wait, 0.0) > until():
                    raise Busy
                self._condition.wait(min(wait, 0.25) if wait > 0 and self._running < self._concurrency else 0.25)
            # the first request on each connection pays for its set-up, so it counts from its answer, which is later
            fresh = self._warm < self._concurrency
            ticket = Ticket(None if fresh else now)
            window.tickets.append(ticket)
            self._running += 1
            return ticket

    def done(self, kind: str, ticket: Ticket, headers: Mapping[str, str] | None) -> None:
        """A request has ended; ``headers`` of its answer (None when there was none) set the limits."""
        with self._condition:
            self._running -= 1
            if ticket.since is None:
                ticket.since = time.monotonic()
                self._warm += headers is not None
            if headers is not None:
                self._learn(kind, headers)
            self._condition.notify_all()

    def back_off(self, seconds: float) -> None:
        """The service said that it is too much: nothing starts for ``seconds``, and the rate is halved for this run."""
        with self._condition:
            self._not_before = max(self._not_before, time.monotonic() + seconds)
            self._slower = min(self._slower * 2, 16.0)

    def _learn(self, kind: str, headers: Mapping[str, str]) -> None:
        limit, interval = _number(headers.get("x-rate-limit-limit")), _number(headers.get("x-rate-limit-interval"))
        window = self._windows[kind]
        if limit and limit >= 1:
            window.limit = min(limit, 50.0)
        if interval and interval > 0:
            window.interval = min(interval, 60.0)
        concurrency = _number(headers.get("x-concurrency-limit"))
        if concurrency and concurrency >= 1:
            self._concurrency = min(int(concurrency), 8)
        elif not self._answered:
            self._concurrency = self._fallback
        self._answered = True


def _number(text: str | None) -> float | None:
    match = re.match(r"\s{0,4}([0-9]{1,6}(?:\.[0-9]{1,3})?)", text or "")
    return float(match[1]) if match else None
