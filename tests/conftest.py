"""Fixtures for every test: where the measuring data stand, and no network."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest

from benchmarks.shared import ABSENT
from benchmarks.shared import shared as find_shared

# A suite started in the background by a shell inherits an ignored Ctrl-C, and so would the processes that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measuring data; skips where they are absent, fails instead when REFAUDIT_REQUIRE_SHARED is set."""
    folder = find_shared()
    if folder is None:
        if os.environ.get("REFAUDIT_REQUIRE_SHARED"):
            pytest.fail(ABSENT)
        pytest.skip(ABSENT)
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may reach anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "unix"
        if host not in ("127.0.0.1", "::1", "localhost", "unix"):
            raise OSError(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
