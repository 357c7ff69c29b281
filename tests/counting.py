"""How much work a call does, counted and not timed: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def steps(call: Callable[[], object]) -> int:
    """The instructions of Python code that ``call`` executes, calls included.

    What happens inside C functions counts as one step; the growth of regular expressions is counted by a test of its own.
    """
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Callable[..., object]:
        nonlocal count
        if event == "call":
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def grows_linearly(work: Callable[[int], Callable[[], object]], size: int, *, most: float = 2.3) -> bool:
    """Whether ``work(size)`` done for twice and four times the size takes at most ``most`` times the steps at each doubling.

    ``work`` prepares the input of a size and gives the call to be counted. The largest is done once before, for what is made at
    first use.
    """
    work(4 * size)()
    counts = [steps(work(times * size)) for times in (1, 2, 4)]
    return all(after <= most * before for before, after in zip(counts, counts[1:], strict=False))
