"""One HTTP session for all services: politeness, retries, time limits, a circuit breaker. Nothing here knows a service.

Certificates are checked, redirects are never followed by themselves, bodies are bounded, proxies of the environment are
honoured, credentials of a ``.netrc`` are not. Personal data (mail address, token) goes only where ``Service`` allows it.
"""

from __future__ import annotations

import datetime
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote, urlencode, urlsplit

from refaudit.errors import ResolverError
from refaudit.resolve.wire.rate_limit import Busy, Pace
from refaudit.resolve.wire.timeouts import SERVICES as TIMEOUTS

if TYPE_CHECKING:
    import requests

ATTEMPTS = 5
STORM = 15.0
"""Seconds for which a service may ask for fewer requests, and nothing else, before it is left alone for the rest of the run; one
that names a longer time is left alone at once."""
_YEAR = 365 * 86400.0
LARGEST_BODY = 48 * 1024 * 1024
# Failures in a row after which a service is left alone for the rest of the run.
UNREACHABLE, FAILING = 3, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where a service lives. ``personal`` allows the mail address to be sent there (as the parameter ``mail``, "" for the
    User-Agent alone); ``keys`` are headers and ``key_params`` parameters with the user's keys, sent there and nowhere else;
    ``rates`` are requests a second by class, used until its headers say otherwise; ``budget`` says that it counts what a day
    costs, so that a long Retry-After means that today is over; ``contact`` that it refuses programs which neither give an
    address to write to nor look like a browser."""

    name: str
    base: str
    personal: bool = False
    mail: str = "mailto"
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    key_params: Mapping[str, str] = field(default_factory=dict, repr=False)
    budget: bool = False
    contact: bool = False
    rates: Mapping[str, float] = field(default_factory=lambda: {"single": 5.0, "list": 1.0})
    concurrency: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How the user reaches one service: its address, whether it may learn the mail address (``personal``), whether there is one
    (``polite``), and the user's key, "" for none."""

    base: str
    personal: bool = False
    polite: bool = False
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a service answered: status, headers with lower-case names, body (decoded transfer, not text)."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Again(Exception):  # noqa: N818  a signal within this module, not an error of the program
    """An attempt failed in a way that another may mend."""

    def __init__(self, reason: str, *, pause: float | None = None, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.pause = pause
        self.unreachable = unreachable


@dataclass(slots=True)
class _Health:
    answered: bool = False
    failures: int = 0
    unreachable: int = 0
    closed: str = ""
    refused_since: float | None = None


class Transport:
    """Asks services; safe to share between threads. ``stop`` set from outside ends every wait."""

    def __init__(self, services: tuple[Service, ...], *, mailto: str = "") -> None:
        """``mailto`` may be empty; it is never part of an error text, nor is a token."""
        self.stop = threading.Event()
        self.requests = 0
        self.notices: list[str] = []
        self._mailto = mailto
        self._services = {service.name: service for service in services}
        self._pace = {service.name: Pace(service.rates, service.concurrency, self.stop) for service in services}
        self._health = {service.name: _Health() for service in services}
        self._lock = threading.Lock()
        self._session: requests.Session | None = None
        self._waits: dict[int, str] = {}

    @property
    def waiting(self) -> str:
        """Which services are waited for now, in words for people; "" for none."""
        with self._lock:
            return ", ".join(dict.fromkeys(self._waits.values()))

    @contextmanager
    def _waiting(self, what: str) -> Iterator[None]:
        with self._lock:
            self._waits[threading.get_ident()] = what
        try:
            yield
        finally:
            with self._lock:
                self._waits.pop(threading.get_ident(), None)

    def base(self, name: str) -> str:
        """The address of a service without a slash at its end."""
        return self._services[name].base.rstrip("/")

    def get(
        self,
        name: str,
        path: str,
        *,
        kind: str = "single",
        params: Mapping[str, str] | None = None,
        accept: str = "application/json",
        valid: Callable[[Answer], bool],
    ) -> Answer:
        """The answer to ``GET base + path`` that ``valid`` accepts. Raises ResolverError saying why there is none.

        ``path`` comes percent-encoded. Statuses 429 and 5xx, resets, time-outs and answers that ``valid`` refuses are tried
        again, ``ATTEMPTS`` times in all.
        """
        service, health = self._services[name], self._health[name]
        url = service.base.rstrip("/") + path
        query = {**(params or {}), **service.key_params}
        if service.personal and self._mailto and service.mail:
            query[service.mail] = self._mailto
        if query:
            url += "?" + urlencode(query)
        began, reason = time.monotonic(), ""
        for attempt in range(ATTEMPTS):
            if health.closed:
                raise ResolverError(health.closed)
            try:
                with self._waiting(name):
                    answer = self._once(service, kind, url, accept)
                if not valid(answer):
                    raise _Again(f"{name} sent an answer that is not its own")
            except _Again as failure:
                reason = str(failure)
                self._failed(service, failure)
                pause = min(0.2 * 2**attempt, TIMEOUTS.pause) if failure.pause is None else failure.pause
                if health.closed or time.monotonic() + pause - began > TIMEOUTS.whole:
                    break
                with self._waiting(f"{name} ({pause:.0f} s, {reason.removeprefix(name).strip()})" if pause >= 1 else name):
                    if self.stop.wait(pause):
                        raise ResolverError("interrupted") from failure
            else:
                with self._lock:
                    health.answered, health.failures, health.unreachable, health.refused_since = True, 0, 0, None
                return answer
        raise ResolverError(health.closed or reason)

    def _failed(self, service: Service, failure: _Again) -> None:
        health = self._health[service.name]
        with self._lock:
            health.failures += 1
            health.unreachable = health.unreachable + 1 if failure.unreachable else 0
            silent = not health.answered and failure.unreachable and "no answer" in str(failure)
            given_up = not health.closed and (silent or health.unreachable >= UNREACHABLE or health.failures >= FAILING)
            if given_up and health.refused_since is None:
                health.closed = f"{failure} (given up after {health.failures} attempts)" if health.failures > 1 else str(failure)
        if given_up and health.refused_since is not None:
            self._leave(service.name, None)

    def _open(self) -> requests.Session:
        with self._lock:
            if self._session is None:
                import requests
                from requests.adapters import HTTPAdapter

                session = requests.Session()
                session.auth = lambda request: request  # keeps credentials of ~/.netrc out
                for scheme in ("https://", "http://"):
                    session.mount(scheme, HTTPAdapter(pool_connections=8, pool_maxsize=8, max_retries=0))
                self._session = session
            return self._session

    def _headers(self, service: Service, accept: str) -> dict[str, str]:
        from refaudit import __version__

        agent = f"refaudit-manuscript/{__version__}"
        if service.personal and self._mailto:
            agent += f" (mailto:{quote(self._mailto, safe='@+')})"
        elif service.contact:
            agent = f"Mozilla/5.0 (compatible; {agent})"
        return {"User-Agent": agent, "Accept": accept, **service.keys}

    def _once(self, service: Service, kind: str, url: str, accept: str) -> Answer:
        import requests

        name, pace = service.name, self._pace[service.name]
        session, headers = self._open(), self._headers(service, accept)
        try:
            ticket = pace.start(kind, lambda: self._patience(name))
        except Busy:
            self._leave(name, None)
        answer: Answer | None = None
        patience = TIMEOUTS.read if self._health[name].answered else TIMEOUTS.first_answer
        try:
            if self._health[name].closed:
                raise _Again(self._health[name].closed)
            with self._lock:
                self.requests += 1
            answer = _fetch(session, url, headers, patience)
        except requests.exceptions.ConnectTimeout as error:
            raise _Again(f"{name} cannot be reached ({_host(url)}: time-out)", unreachable=True) from error
        except requests.exceptions.ReadTimeout as error:
            raise _Again(f"no answer from {name} within {patience:g} s", unreachable=True) from error
        except requests.exceptions.SSLError as error:
            raise _Again(f"{name}: the certificate of {_host(url)} is not accepted", unreachable=True) from error
        except requests.exceptions.ConnectionError as error:
            refused = "NewConnectionError" in repr(error) or "ProxyError" in repr(error) or "NameResolution" in repr(error)
            words = f"{name} cannot be reached ({_host(url)})" if refused else f"{name} broke the connection off"
            raise _Again(words, unreachable=refused) from error
        except requests.exceptions.RequestException as error:
            raise _Again(f"{name}: the answer broke off ({type(error).__name__})") from error
        finally:
            pace.done(kind, ticket, answer.headers if answer else None)
        return self._judge(service, answer)

    def _judge(self, service: Service, answer: Answer) -> Answer:
        name = service.name
        if _asks_for_a_person(answer):
            self._close(name, f"{name} answers with a page that wants to see a person, not with data")
        if answer.status == 401:
            self._close(name, f"{name} does not accept the key that it was given (401)")
        pool = answer.headers.get("x-api-pool", "")
        if pool.startswith("public"):
            self._notice(f"{name} answers from its slower public pool: give a mail address with --mailto or REFAUDIT_MAILTO")
        if answer.status == 403:
            self._close(name, f"{name} refuses requests from here (403)")
        if answer.status == 429:
            if service.budget and _far_away(answer.headers.get("retry-after")):
                self._close(name, f"what {name} gives away in a day is used up (429)")
            pause = _retry_after(answer.headers.get("retry-after"))
            self._refused(name, _seconds(answer.headers.get("retry-after")))
            self._pace[name].back_off(1.0 if pause is None else pause)
            raise _Again(f"{name} asks for fewer requests (429)", pause=pause)
        if answer.status >= 500 or answer.status == 408:
            raise _Again(f"{name} is in trouble ({answer.status})", pause=_retry_after(answer.headers.get("retry-after")))
        return answer

    def _patience(self, name: str) -> float:
        """Until when a request to a service may wait for its turn: without end, unless the service asks for fewer."""
        health = self._health[name]
        return float("inf") if health.refused_since is None else health.refused_since + STORM

    def _refused(self, name: str, asked: float | None) -> None:
        """A service asked for fewer requests, perhaps for ``asked`` seconds. Raises ResolverError once that is not worth waiting for."""
        health, now = self._health[name], time.monotonic()
        with self._lock:
            since = health.refused_since = now if health.refused_since is None else health.refused_since
        if now + (asked or 0.0) > since + STORM:
            self._leave(name, asked)

    def _leave(self, name: str, asked: float | None) -> NoReturn:
        """End the asking of a service that asks for fewer requests, and say when it may be asked again."""
        health = self._health[name]
        if not health.closed:
            when = "in an hour"
            if asked is not None and asked > STORM:
                moment = datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(seconds=min(asked, _YEAR))
                when = f"after {moment:%Y-%m-%d %H:%M} UTC"
            why = f"{name} asks for fewer requests (429) and was not asked any more; try again {when}"
            self._notice(why)
            self._close(name, why)
        raise ResolverError(health.closed)

    def _close(self, name: str, why: str) -> NoReturn:
        """Leave a service alone for the rest of the run."""
        with self._lock:
            self._health[name].closed = why
        raise ResolverError(why)

    @property
    def cut_off(self) -> bool:
        """Whether at least two services could not be reached and none has answered: there is no network, so that asking others is idle."""
        with self._lock:
            health = list(self._health.values())
        return sum(bool(one.closed) and one.unreachable > 0 for one in health) >= 2 and not any(one.answered for one in health)

    def _notice(self, text: str) -> None:
        with self._lock:
            if text not in self.notices:
                self.notices.append(text)


def _fetch(session: requests.Session, url: str, headers: Mapping[str, str], patience: float) -> Answer:
    """One exchange, in a thread of its own: neither a server that drips bytes nor a silent name server can hold the run up.

    Raises what requests raises; an exchange that takes too long is left to itself.
    """
    import requests

    begun = threading.Event()
    done: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            with session.get(
                url, headers=headers, timeout=(TIMEOUTS.connect, patience), allow_redirects=False, stream=True
            ) as response:
                begun.set()
                folded = {key.lower(): value for key, value in response.headers.items()}
                done.put(Answer(status=response.status_code, headers=folded, body=_read(response)))
        except Exception as error:  # noqa: BLE001  raised again where it is waited for
            done.put(error)
        finally:
            begun.set()

    threading.Thread(target=work, daemon=True).start()
    if not begun.wait(patience + 0.3):
        raise requests.exceptions.ReadTimeout
    try:
        result = done.get(timeout=patience)
    except queue.Empty:
        raise requests.exceptions.ReadTimeout from None
    if isinstance(result, Exception):
        raise result
    return result


def _read(response: requests.Response) -> bytes:
    """The body, bounded in size also once it is unpacked."""
    import requests

    parts, size = [], 0
    for part in response.iter_content(65536):
        parts.append(part)
        size += len(part)
        if size > LARGEST_BODY:
            raise requests.exceptions.ContentDecodingError("too large")
    return b"".join(parts)


# Pages that let persons pass and programs not, as they are served in place of data, also with status 200.
_CHALLENGE = re.compile(
    rb"not a bot|anubis_challenge|cf-chl|just a moment\.\.\.|captcha|verify (?:that )?you are (?:a )?human", re.IGNORECASE
)


def _asks_for_a_person(answer: Answer) -> bool:
    return "html" in answer.headers.get("content-type", "") and _CHALLENGE.search(answer.body[:20_000]) is not None


def _far_away(value: str | None) -> bool:
    """Whether a Retry-After means later than this run."""
    return bool(value and re.fullmatch(r"\s*[0-9]{3,9}\s*", value) and float(value) > 2 * TIMEOUTS.whole)


def _host(url: str) -> str:
    parts = urlsplit(url)
    return (parts.hostname or "") + (f":{parts.port}" if parts.port else "")


def _retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header, capped; None when there is none."""
    seconds = _seconds(value)
    return None if seconds is None else min(seconds, TIMEOUTS.pause)


def _seconds(value: str | None) -> float | None:
    """Seconds of a Retry-After header; None when there is none (RFC 9110, 10.2.3)."""
    if not value:
        return None
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None
