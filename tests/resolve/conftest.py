"""What tests of registries share: a network that answers as told, and no waiting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import responses

from refaudit.resolve.wire import rate_limit, transport


@pytest.fixture
def net() -> Iterator[responses.RequestsMock]:
    """The network: answers what a test has put there, and fails everything else."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause between requests or before another try."""
    monkeypatch.setattr(transport, "TIMEOUTS", replace(transport.TIMEOUTS, pause=0.0))
    monkeypatch.setattr(rate_limit, "_MARGIN", 0.0)
