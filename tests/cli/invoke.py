"""The program as a person calls it, in this process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from refaudit.cli import main


def run(*args: str, data: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
    """``refaudit ARGS`` with ``data`` as standard input."""
    return CliRunner().invoke(main, [*args], input=data, env=env)
