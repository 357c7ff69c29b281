"""What one file may cost, watched from a thread beside the work, so that the audit of any file ends and the others go on.

The thread looks at the clock and at the memory of the process and raises ``Beyond`` in the thread that works (an asynchronous
exception of CPython: it needs no signal, so it serves every system and every thread). It reaches Python code at once and code in C
when that returns; what stays long in C (expressions, XML, unpacking) is bounded by itself. Waiting for services is not counted.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TypeVar

from refaudit.errors import InputError

T = TypeVar("T")

MEMORY = 2 << 30
"""Bytes that the process may grow by for one file: what the readers may unpack (256 MB) and eight times that for its text."""
_LOOK = 0.1  # seconds between two looks
_AGAIN = 5.0  # seconds until it is raised again, should a callback of the interpreter's have swallowed it


class Beyond(BaseException):
    """The file costs more than it may. No ``Exception``: whoever goes on after any error does not go on after this one."""


class Budget:
    """Bounds on the work for one file. ``reached`` says in words how far its audit came ("its text was read")."""

    def __init__(
        self, path: str, seconds: float, *, clock: Callable[[], float] = time.monotonic, held: Callable[[], int] | None = None
    ) -> None:
        """``clock`` gives seconds, ``held`` the bytes that the process holds now."""
        self.path, self.seconds, self.reached = path, seconds, ""
        self._clock, self._held = clock, held or resident
        self._began = self._waited = 0.0
        self._waiting: float | None = None
        self._before = 0
        self._over = ""
        self._done = threading.Event()

    def run(self, work: Callable[[], T]) -> T:
        """What ``work`` gives. Raises InputError with one line when it costs too much; nothing of the watch is left behind."""
        self._began, self._before = self._clock(), self._held()
        watch = threading.Thread(target=self._watch, args=(threading.get_ident(),), name="budget", daemon=True)
        token = _RUNNING.set((*_RUNNING.get(), self))
        try:
            try:
                watch.start()
                return work()
            finally:
                self._done.set()
                watch.join()
                for _ in range(100 if self._over else 0):  # what was raised as the work ended arrives here
                    pass
        except Beyond:
            self._done.set()
            watch.join()
            if not self._over:  # of a budget around this one
                raise
        except MemoryError:
            self._over = "takes more memory than there is"
        finally:
            _RUNNING.reset(token)
        raise InputError(f"{self.path}: {self._over}" + (f"; audited until {self.reached}" if self.reached else ""))

    def cost(self) -> str:
        """What is beyond the bounds now, in words; "" for nothing."""
        if self._waiting is None and self._clock() - self._began - self._waited > self.seconds:
            return f"took longer than {self.seconds:g} s (--timeout gives it more)"
        if self._held() - self._before > MEMORY:
            return f"took more than {MEMORY >> 30} GB of memory"
        return ""

    def _watch(self, thread: int) -> None:
        wait = _LOOK
        while not self._done.wait(wait):
            self._over = self._over or self.cost()
            if self._over:
                _raise(thread, Beyond)
                wait = _AGAIN

    def pause(self) -> None:
        """Count no time from here."""
        self._waiting = self._clock()

    def go_on(self) -> None:
        """Count time again."""
        if self._waiting is not None:
            self._waited, self._waiting = self._waited + self._clock() - self._waiting, None


_RUNNING: ContextVar[tuple[Budget, ...]] = ContextVar("running", default=())


@contextmanager
def waiting() -> Iterator[None]:
    """Time that counts for no budget: others are waited for."""
    running = _RUNNING.get()
    for budget in running:
        budget.pause()
    try:
        yield
    finally:
        for budget in running:
            budget.go_on()


def resident() -> int:
    """Bytes of memory that the process holds; the most it ever held on systems that tell no more, and 0 where none is told."""
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[1]
    except OSError:
        pass
    else:
        import resource

        return int(pages) * resource.getpagesize()
    try:
        import resource
    except ImportError:  # Windows
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _raise(thread: int, what: type[BaseException]) -> None:
    """Let a thread meet an exception at its next instruction.

    None, which would take one back, is never given: CPython 3.11 goes on asking for an exception that is not there, and hangs when
    it traces instructions.
    """
    import ctypes

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(what))
