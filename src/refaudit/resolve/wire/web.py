"""One request to a cited web page: public hosts only, one at a time a host, bounded in time and size. Follows nothing by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from refaudit.errors import ResolverError
from refaudit.resolve.wire import public_hosts
from refaudit.resolve.wire.timeouts import PAGES as TIMEOUTS

if TYPE_CHECKING:
    import requests

LARGEST_PAGE = 512 * 1024
APART = 1.0
"""Seconds between two requests to one host."""
_ROBOTS = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent for one address: headers with lower-case names, at most ``LARGEST_PAGE`` bytes of the body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class Unreachable(ResolverError):  # noqa: N818  an answer rather than a fault
    """No answer: a time-out, a connection refused or broken off, a certificate that is not accepted."""


class Web:
    """Asks web servers for cited pages; safe to share between threads. ``stop`` ends every wait."""

    def __init__(self, *, permitted: frozenset[tuple[str, int]], stop: threading.Event, apart: float = APART) -> None:
        """``permitted`` are private places that may be contacted. The user's mail address is not given: the manuscript names the hosts."""
        from refaudit import __version__

        self.stop = stop
        self.requests = 0
        self.agent = f"Mozilla/5.0 (compatible; refaudit-manuscript/{__version__}; checks cited pages)"
        self._permitted, self._apart = permitted, apart
        self._lock = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser | None] = {}

    def chain(self) -> requests.Session:
        """A session for one chain of redirects: cookies live as long as it does, as some publishers ask for them on the way."""
        return public_hosts.session(self._permitted, connect=TIMEOUTS.connect)

    def permits(self, url: str) -> bool:
        """Whether the robots.txt of the host lets programs ask for an address. Absent or unreadable files permit all."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = origin in self._robots
        if not known:
            rules: RobotFileParser | None = None
            try:
                answer = self.get(self.chain(), origin + "/robots.txt", most=_ROBOTS)
                if answer.status == 200 and "html" not in answer.headers.get("content-type", ""):
                    rules = RobotFileParser()
                    rules.parse(answer.body.decode("utf-8", "replace").splitlines()[:2000])
            except ResolverError:
                rules = None
            with self._lock:
                self._robots[origin] = rules
        found = self._robots[origin]
        return found is None or found.can_fetch("refaudit-manuscript", url)

    def get(self, session: requests.Session, url: str, *, most: int = LARGEST_PAGE) -> Fetched:
        """``GET url``. Raises NotPublic, NoSuchHost, Unreachable with the reason in words."""
        host = urlsplit(url).netloc.lower()
        with self._lock:
            turn = self._hosts.setdefault(host, threading.Lock())
        with turn:
            due = self._last.get(host, float("-inf")) + self._apart - time.monotonic()
            if due > 0 and self.stop.wait(due):
                raise Unreachable("interrupted")
            try:
                return self._bounded(lambda stopped: _exchange(session, url, self.agent, most, stopped), host)
            finally:
                self._last[host] = time.monotonic()

    def _bounded(self, work: Callable[[threading.Event], Fetched], host: str) -> Fetched:
        """The exchange in a thread of its own: a server that drips bytes, or a silent name server, holds nobody up."""
        import queue

        done: queue.SimpleQueue[Fetched | Exception] = queue.SimpleQueue()
        enough = threading.Event()

        def run() -> None:
            try:
                done.put(work(enough))
            except Exception as error:  # noqa: BLE001  raised again where it is waited for
                done.put(error)

        with self._lock:
            self.requests += 1
        threading.Thread(target=run, daemon=True).start()
        try:
            result = done.get(timeout=TIMEOUTS.whole)
        except queue.Empty:
            enough.set()
            raise Unreachable(f"no whole answer from {host} within {TIMEOUTS.whole:g} s") from None
        if isinstance(result, Fetched):
            return result
        raise _told(result, host)


def _told(error: Exception, host: str) -> ResolverError:
    import requests

    inner: BaseException | None = error
    while inner is not None:  # what public_hosts raised comes wrapped
        if isinstance(inner, ResolverError):
            return inner
        inner = inner.__cause__ or inner.__context__
    if isinstance(error, requests.exceptions.SSLError):
        return Unreachable(f"the certificate of {host} is not accepted, or it does not speak TLS")
    if isinstance(error, requests.exceptions.Timeout):
        return Unreachable(f"no answer from {host} within {TIMEOUTS.read:g} s")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema | UnicodeError):
        return public_hosts.NoSuchHost("this is not the address of a page")
    return Unreachable(f"{host} cannot be reached, or broke the connection off")


def _exchange(session: requests.Session, url: str, agent: str, most: int, enough: threading.Event) -> Fetched:
    headers = {
        "User-Agent": agent,
        "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
        "Accept-Language": "en,*;q=0.5",
    }
    with session.get(
        url, headers=headers, timeout=(TIMEOUTS.connect, TIMEOUTS.read), allow_redirects=False, stream=True
    ) as response:
        body = bytearray()
        try:
            for part in response.iter_content(16 * 1024):
                body += part
                if len(body) >= most or enough.is_set():
                    break
        except Exception:
            if not body:  # what came before the break may still be a whole head
                raise
        folded = {name.lower(): value for name, value in response.headers.items()}
        return Fetched(url=url, status=response.status_code, headers=folded, body=bytes(body[:most]))
