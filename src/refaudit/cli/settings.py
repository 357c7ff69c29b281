"""From options to one ``Config``: defaults, then the configuration file, then the command line."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from refaudit.config import Config


def codes(values: Iterable[str]) -> tuple[str, ...]:
    """Rule codes from repeated, comma-separated options."""
    return tuple(code.strip().upper() for value in values for code in value.split(",") if code.strip())


def date(value: str) -> datetime.date:
    """A date as YYYY-MM-DD. Raises UsageError."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise click.UsageError(f"--today {value}: give a date as YYYY-MM-DD") from error


def configuration(config_file: str | None, *, isolated: bool, **options: Any) -> Config:
    """The settings of a run. Options that are None or empty leave what the file says. Raises ConfigError."""
    from refaudit.config import Config, find_file, load
    from refaudit.errors import ConfigError

    if config_file and isolated:
        raise click.UsageError("--config and --isolated exclude each other")
    config = Config(today=datetime.datetime.now(tz=datetime.UTC).date())
    path = Path(config_file) if config_file else None if isolated else find_file(Path.cwd())
    if path is not None:
        if not path.is_file():
            raise ConfigError(f"{path}: no such configuration file")
        config = load(path, config)
    config = replace(config, **{name: value for name, value in options.items() if value not in (None, (), "")})
    if not 0 <= config.min_confidence <= 1:
        raise ConfigError(f"min-confidence is a number from 0 to 1, not {config.min_confidence}")
    return config
