"""Work counted in steps instead of seconds: lines of the package run. The same on every machine, at any load."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """How many lines of ``refaudit`` run while ``work`` does. What C does between two lines is not seen."""
    count = 0

    def inside(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return inside

    def enter(frame: FrameType, event: str, _: object) -> Any:
        return inside if "refaudit" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
