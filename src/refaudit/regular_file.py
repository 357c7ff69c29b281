"""Files that settings name, opened as data: a regular file of bounded size, never a pipe that waits or a device without end."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from refaudit.errors import ConfigError


def opened(path: str | Path, what: str, most: int) -> BinaryIO:
    """A file, open for reading. ``what`` names it in errors ("the baseline"). Raises ConfigError: absent, no file, over ``most`` bytes."""
    try:
        # a pipe without a writer would hold the opening up
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {what} cannot be read ({_reason(error)})") from error
    stream = os.fdopen(handle, "rb") if stat.S_ISREG((facts := os.fstat(handle)).st_mode) else None
    if stream is None:
        os.close(handle)
        raise ConfigError(
            f"{path}: {what} cannot be read ({'is a directory' if stat.S_ISDIR(facts.st_mode) else 'it is no regular file'})"
        )
    if facts.st_size > most:
        stream.close()
        raise ConfigError(f"{path}: {what} is larger than {most >> 20 or 1} MB and is not read")
    return stream


def text(path: str | Path, what: str, most: int) -> str:
    """The text of a file in UTF-8. Raises ConfigError, as ``opened`` and for other encodings."""
    try:
        with opened(path, what, most) as stream:
            data = stream.read(most + 1)  # it may have grown
    except OSError as error:
        raise ConfigError(f"{path}: {what} cannot be read ({_reason(error)})") from error
    try:
        return data[:most].decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: {what} is not UTF-8 text") from error


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
