"""The paths a report shows: never absolute, the same on every machine, always with forward slashes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

Shown = Callable[[str], str]


def working_folder() -> Path:
    """The folder in which the program runs; a place where nothing lies when that folder was deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path(os.path.abspath(os.sep), "\0")  # noqa: PTH100 (the root of the system, whatever it is called)


def shown(inputs: Iterable[str]) -> Shown:
    """How to write the paths of a report on ``inputs``.

    A relative path stays as the user gave it. An absolute one is written from the working folder when it lies in it,
    otherwise from the folder that all such inputs share.
    """
    here = working_folder()
    outside = [str(Path(path).parent) for path in inputs if Path(path).is_absolute() and not Path(path).is_relative_to(here)]
    try:
        shared = os.path.commonpath(outside) if outside else ""
    except ValueError:  # several drives
        shared = ""

    def show(path: str) -> str:
        given = PurePath(path)
        if not given.is_absolute():
            return PurePath(os.path.normpath(path)).as_posix()
        for root in (str(here), shared):
            if root and given.is_relative_to(root):
                return given.relative_to(root).as_posix()
        return given.name

    return show
