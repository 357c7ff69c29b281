"""docs/commands.md: the help of every command. ``python docs/commands.py`` writes it; a test compares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from refaudit.cli import main

PAGE = Path(__file__).with_name("commands.md")
HEAD = """# Commands

What `--help` prints for each command. Exit codes: 0 nothing to report, 1 findings at or above `--fail-on`, 2 wrong use, a
failure, or an input that could not be read, 130 interrupted.

Completion of commands and options in your shell, one line in its start-up file:

```text
eval "$(_REFAUDIT_COMPLETE=bash_source refaudit)"        bash
eval "$(_REFAUDIT_COMPLETE=zsh_source refaudit)"         zsh
_REFAUDIT_COMPLETE=fish_source refaudit | source         fish
```
"""


def commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and all below it, in the order of the alphabet."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in sorted(command.list_commands(context)):
            found = command.get_command(context, name)
            if found is not None:
                yield from commands(found, (*path, name))


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for path, command in commands(main, ("refaudit",)):
        width = {"max_content_width": 100, "terminal_width": 100}
        context = click.Context(command, info_name=" ".join(path), help_option_names=["-h", "--help"], **width)
        parts.append(f"## {' '.join(path)}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
