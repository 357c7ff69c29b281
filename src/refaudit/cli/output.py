"""Where results go: one format to standard output, any number to files; notices to standard error.

What a person reads passes ``notice`` or ``say``, which leave nothing that a terminal or the log of a runner would obey;
what a program reads passes ``out``, which changes it for a terminal alone.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import click

from refaudit.cli import saving

if TYPE_CHECKING:
    from rich.status import Status
    from rich.text import Text

    from refaudit.model import Report

STDOUT = ""
TEXTS = frozenset({"full", "concise"})
"""Formats for people alone; their renderers write every hidden character of a manuscript out."""
LONGEST = 4000
"""Characters of one line on standard error."""
MOST_NOTICES = 20
"""Lines about one file on standard error; a broken bibliography can have thousands."""
QUICK = 1.0
"""Seconds of work without a sign of it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A format and the file it goes to ("" is standard output)."""

    format: str
    file: str = STDOUT


def formats() -> tuple[str, ...]:
    """The names of all formats: reports, and manuscripts that are handed back with comments."""
    from refaudit.annotate import FORMATS
    from refaudit.report import HOMES

    return (*HOMES, *FORMATS)


def targets(values: Iterable[str]) -> list[Target]:
    """``FORMAT[:FILE]`` options. Raises UsageError for an unknown format or two formats for one place."""
    from difflib import get_close_matches

    from refaudit.annotate import FORMATS

    known = formats()
    result: list[Target] = []
    for value in values:
        name, _, file = value.partition(":")
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}"
            raise click.UsageError(f"-f {value}: no format '{name}'; {hint}")
        if any(file == other.file for other in result):
            place = f"the file {file}" if file else "standard output"
            raise click.UsageError(f"-f {value}: two formats for {place}; give one of them a file of its own, as in {name}:FILE")
        result.append(Target(name, file))
    for name in FORMATS:
        if Target(name) in result:
            raise click.UsageError(f"-f {name}: an annotated manuscript is not for the terminal; write {name}:FILE")
    if Target("xlsx") in result and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("-f xlsx: a workbook is not for the terminal; write xlsx:FILE")
    return result


def use_color(choice: str) -> bool:
    """Whether standard output takes colour: the option, then NO_COLOR, FORCE_COLOR, TERM=dumb, then the terminal itself."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and sys.stdout is not None and sys.stdout.isatty()


def write(report: Report, target: Target, *, color: bool) -> None:
    """Render a report and put it where it belongs. Raises ConfigError for a file that cannot be written."""
    from refaudit.report import renderer

    if target.format == "full" and target.file == STDOUT:
        from shutil import get_terminal_size

        from refaudit.report.terminal import full

        content: str | bytes = full(report, color=color, width=get_terminal_size().columns)
    else:
        content = renderer(target.format)(report)
    if target.file:
        # a spreadsheet takes a CSV file for UTF-8 only when it begins with a byte order mark
        saving.save(target.file, content, encoding="utf-8-sig" if target.format == "csv" else "utf-8")
    elif target.format in TEXTS and isinstance(content, str):
        from refaudit.report.escape import no_commands

        out(no_commands(content), safe=True)
    else:
        out(content)


def say(text: str) -> bool:
    """Print a text for people, who may read it on a terminal or in the log of a runner. As ``out``."""
    from refaudit.report.escape import no_commands, visible

    return out(no_commands(visible(text)), safe=True)


def out(content: str | bytes, *, safe: bool = False) -> bool:
    """Print a result as it is, on a terminal with hidden characters written out unless it is ``safe`` already.

    UTF-8 with the newlines it has, whatever the locale says. A reader who has left is no failure: False when nobody reads any
    more, so that a long run may end. Raises ConfigError when standard output is closed or its disk is full.
    """
    from refaudit.errors import ConfigError

    if sys.stdout is None:  # closed by whoever started the program
        raise ConfigError("standard output is closed; write to a file, as in -f json:FILE")
    if isinstance(content, str) and not safe and sys.stdout.isatty():
        from refaudit.report.escape import visible

        content = visible(content)
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    stream = getattr(sys.stdout, "buffer", None)
    try:
        if stream is None:
            sys.stdout.write(data.decode("utf-8"))
        else:
            sys.stdout.flush()
            stream.write(data)
            stream.flush()
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in the buffer goes nowhere
        if not isinstance(error, BrokenPipeError):
            raise ConfigError(f"standard output cannot be written ({(error.strerror or str(error)).lower()})") from error
        return False
    return True


def notice(text: str) -> None:
    """One line for people, on standard error."""
    from refaudit.report.escape import no_commands, one_line

    line = one_line(text if len(text) <= LONGEST else f"{text[: LONGEST - 501]}…{text[-500:]}")
    click.echo(f"refaudit: {no_commands(line)}", err=True)


def usage(text: str) -> None:
    """What click says of wrong use, on standard error: the arguments that it quotes may be names of files of strangers."""
    from refaudit.report.escape import no_commands, visible

    click.echo(no_commands(visible(text)), err=True, nl=False)


def notices(path: str, texts: Iterable[str]) -> None:
    """What was met in reading one file: a line each, the same one once, and only their number beyond what people read."""
    different = list(dict.fromkeys(texts))
    for text in different[:MOST_NOTICES]:
        notice(text if text.startswith(f"{path}:") else f"{path}: {text}")
    if len(different) > MOST_NOTICES:
        notice(f"{path}: and {len(different) - MOST_NOTICES} more of this kind")


class Progress:
    """A line on standard error that says how far the work is: only on a terminal, and only once it takes over a second."""

    def __init__(self, total: int, waiting: Callable[[], str] = lambda: "") -> None:
        """Begin counting towards ``total`` files; ``waiting`` says, whenever it is asked, which services are waited for."""
        self._total, self._text, self._waiting = total, "", waiting
        self._status: Status | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(QUICK, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._status is not None:
                self._status.stop()

    def step(self, done: int, path: str) -> None:
        """Say which file is at work."""
        from refaudit.report.escape import shorten

        with self._lock:
            self._text = f"{done + 1}/{self._total} {shorten(path, 60)}"
            if self._status is not None:
                self._status.update(self)

    def _show(self) -> None:
        from rich.console import Console

        with self._lock:
            self._status = Console(stderr=True, markup=False, highlight=False).status(self)
            self._status.start()

    def __rich__(self) -> Text:
        """The line as it is now; a plain string would be read as markup."""
        from rich.text import Text

        from refaudit.report.escape import shorten

        waiting = self._waiting()
        return Text(f"{self._text}, waiting for {shorten(waiting, 80)}" if waiting else self._text)
