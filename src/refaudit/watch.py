"""Auditing again when a manuscript is saved, and serving the report to this machine alone.

Only what changed is done again: a paper none of whose files changed is kept as it was; of the others, a list that reads
as it did keeps its fields and a reference its registry answer (``Memory``).
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from refaudit.errors import ConfigError
from refaudit.model import FileReport

HOST = "127.0.0.1"
AT_ONCE, WAITING = 32, 1024
"""Requests that are answered at once, and connections that may wait; more are closed."""
SILENT, WHOLE = 2.0, 10.0
"""Seconds for which a client may say nothing, and for which an exchange may last."""

Stamp = tuple[tuple[str, int, int], ...]
"""Path, time of change and size of every file behind a paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A paper's audit and the state of its files when it was made."""

    stamp: Stamp
    report: FileReport


def stamp(path: str, report: FileReport | None) -> Stamp:
    """The state of a paper's files now, and of the bibliographies it asks for in vain. A file that is gone counts as changed."""
    files = {path}
    if report is not None and report.document is not None:
        files |= {source.path for source in report.document.sources}
        files |= {str(Path(path).parent / name) for name in report.document.list_unread}
    states = []
    for name in sorted(files):
        try:
            status = Path(name).stat()
            states.append((name, status.st_mtime_ns, status.st_size))
        except OSError:
            states.append((name, -1, -1))
    return tuple(states)


def again(papers: Sequence[str], before: Mapping[str, Audited], audit: Callable[[str], FileReport]) -> dict[str, Audited]:
    """The audits of all papers; only those with a changed file are made anew."""
    result = {}
    for path in papers:
        old = before.get(path)
        if old is not None and old.stamp == stamp(path, old.report):
            result[path] = old
        else:
            report = audit(path)
            result[path] = Audited(stamp=stamp(path, report), report=report)
    return result


def changes(audited: Callable[[], Mapping[str, Audited]], stop: threading.Event) -> Iterator[None]:
    """Yields after each save of a file behind the papers, in the folders known at the start, until ``stop``.

    Raises ConfigError where watchfiles is missing.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise ConfigError("refaudit watch needs watchfiles: pip install 'refaudit-manuscript[watch]'") from error

    def files() -> set[Path]:
        return {Path(name).resolve() for one in audited().values() for name, _, _ in one.stamp}

    def concerns(_: object, changed: str) -> bool:
        return Path(changed).resolve() in files()

    # folders, not files: editors save by putting a new file in the place of the old one
    folders = sorted({str(file.parent) for file in files()})
    for _ in watch(*folders, watch_filter=concerns, stop_event=stop, recursive=False, debounce=200, raise_interrupt=True):
        yield


class _Bounded(HTTPServer):
    """Answers a few requests at once and lets a bounded number wait; a client that says nothing is not waited for long."""

    request_queue_size = WAITING

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        """Bind to ``address``. Raises OSError where it is taken."""
        self._workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="page")
        self._room = threading.Semaphore(WAITING)
        self._open: dict[socket.socket, float] = {}
        self._lock = threading.Lock()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hand a connection to the workers; without room it is closed at once."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        self._workers.submit(self._work, request, client_address)

    def _work(self, request: socket.socket, client_address: Any) -> None:
        with self._lock:
            self._open[request] = time.monotonic()
        try:
            self.finish_request(request, client_address)
        except Exception:  # noqa: BLE001  whoever asked has left, or sent what is no request; the next one is served
            return
        finally:
            with self._lock:
                self._open.pop(request, None)
            self.shutdown_request(request)
            self._room.release()

    def service_actions(self) -> None:
        """Break off exchanges that take too long: a client may send a byte now and then for ever."""
        late = time.monotonic() - WHOLE
        with self._lock:
            for request, since in self._open.items():
                if since < late:
                    with suppress(OSError):
                        request.shutdown(socket.SHUT_RDWR)

    def server_close(self) -> None:
        """Let go of the port; what waits is dropped."""
        super().server_close()
        self._workers.shutdown(wait=False, cancel_futures=True)


class Server:
    """The newest page, for this machine alone: it binds to 127.0.0.1 and answers no request made in another name or for another page."""

    def __init__(self, port: int) -> None:
        """Bind to ``port``; to any free one when it is taken."""
        server = self

        class Handler(BaseHTTPRequestHandler):
            timeout = SILENT

            def do_GET(self) -> None:
                server._answer(self)

            def log_message(self, *_: object) -> None:
                return

        self.version = 0
        self._page = b""
        try:
            self._http = _Bounded((HOST, port), Handler)
        except OSError:
            self._http = _Bounded((HOST, 0), Handler)
        self.port: int = self._http.server_address[1]
        self.address = f"http://{HOST}:{self.port}/"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()

    def show(self, render: Callable[[int], str]) -> None:
        """Serve a new version; ``render`` is given its number."""
        page = render(self.version + 1).encode("utf-8", "backslashreplace")
        self._page, self.version = page, self.version + 1

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        # a page of another site may reach this port under a name of its own, or ask from there: only our names are answered
        names = (f"{HOST}:{self.port}", f"localhost:{self.port}")
        origin = request.headers.get("Origin")
        if request.headers.get("Host", "") not in names or (
            origin is not None and origin not in [f"http://{name}" for name in names]
        ):
            request.send_error(HTTPStatus.FORBIDDEN)
            return
        if request.path == "/":
            body, kind = self._page, "text/html; charset=utf-8"
        elif request.path == "/version":
            body, kind = str(self.version).encode(), "text/plain; charset=utf-8"
        else:
            request.send_error(HTTPStatus.NOT_FOUND)
            return
        request.send_response(HTTPStatus.OK)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("X-Frame-Options", "DENY"),
        ):
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)
