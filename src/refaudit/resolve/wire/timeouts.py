"""How long the program waits for others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds. ``first_answer`` holds for a service that has not answered at all yet, ``read`` between two pieces of an answer.

    ``pause`` is the longest wait between two attempts, also where a service asks for more; ``whole`` bounds a request with all
    its attempts.
    """

    connect: float
    first_answer: float
    read: float
    pause: float
    whole: float


SERVICES = Timeouts(connect=2.0, first_answer=4.2, read=15.0, pause=10.0, whole=60.0)
"""For registries: a dead one is noticed within five seconds."""
PAGES = Timeouts(connect=5.0, first_answer=10.0, read=10.0, pause=10.0, whole=20.0)
"""For cited pages of any host."""
