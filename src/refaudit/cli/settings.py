"""The options that every command which audits takes, and from them one ``Config``: defaults, the file, the command line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from refaudit.config import Config

F = TypeVar("F", bound=Callable[..., Any])


def complete_codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Rule codes for the shell; behind a comma the next one."""
    from refaudit.rules import RULES

    before, comma, begun = incomplete.rpartition(",")
    return [f"{before}{comma}{rule.code}" for rule in RULES if rule.code.startswith(begun.upper())]


timeout = click.option(
    "--timeout",
    type=click.FloatRange(0, 3600, min_open=True),
    metavar="SECONDS",
    help="What the audit of one file may take (60), waiting for registries and pages not counted; the other files go on.",
)


bibliography = click.option(
    "--bibliography",
    multiple=True,
    metavar="FILE",
    help="A bibliography file of the papers, whatever they name themselves: their whole list, or more of it; repeat it for several.",
)


def complete_sources(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Names of sources for the shell; behind a comma the next one."""
    from refaudit.config import SOURCES

    before, comma, begun = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in SOURCES if name.startswith(begun.lower())]


_OPTIONS = (
    click.argument("papers", nargs=-1, required=True, metavar="PAPER..."),
    click.option(
        "--select",
        multiple=True,
        metavar="CODES",
        shell_complete=complete_codes,
        help="Run only these rules (codes or their beginnings, by commas).",
    ),
    click.option("--ignore", multiple=True, metavar="CODES", shell_complete=complete_codes, help="Leave these rules out."),
    click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="0-1", help="Show findings at least this sure (0.5)."),
    click.option("--offline", is_flag=True, default=None, help="Ask no registry; a snapshot is still used."),
    click.option(
        "--web/--no-web",
        default=None,
        help="Look at cited web pages, too: are they there, and what they say. Contacts the hosts that the manuscript names.",
    ),
    click.option(
        "--sources",
        metavar="LIST",
        shell_complete=complete_sources,
        help="Who is asked, in which order, by commas: crossref, datacite, openalex, s2, europepmc, pubmed, openreview, dblp, acl,"
        " arxiv, openlibrary, catalogues.",
    ),
    click.option("--snapshot", metavar="PATH", help="A local registry copy to look works up in."),
    click.option("--retractions", metavar="FILE", help="A list of retractions to check against."),
    bibliography,
    click.option("--mailto", metavar="ADDRESS", help="Mail address for the registries, as they ask of frequent users."),
    click.option("--refresh", is_flag=True, default=None, help="Ask again what the cache already holds."),
    click.option(
        "--config", "config_file", metavar="FILE", help="Settings, instead of the nearest refaudit.toml or pyproject.toml."
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
    click.option("--input-format", metavar="FORMAT", help="Read the papers as this format, whatever they are called."),
    timeout,
    click.option("--today", metavar="DATE", help="The date from which years are judged, as YYYY-MM-DD."),
)
_SETTINGS = (
    *("min_confidence", "offline", "web", "snapshot", "retractions", "mailto", "refresh", "baseline", "timeout"),
    "fail_on_unchecked",
)


def run_options(command: F) -> F:
    """Add the options of a run to a command; ``configuration`` takes them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def codes(values: Iterable[str]) -> tuple[str, ...]:
    """Rule codes from repeated, comma-separated options."""
    return tuple(code.strip().upper() for value in values for code in value.split(",") if code.strip())


def date(value: str) -> datetime.date:
    """A date as YYYY-MM-DD. Raises UsageError."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise click.UsageError(f"--today {value}: give a date as YYYY-MM-DD") from error


def configuration(**options: Any) -> Config:
    """The settings of a run. Options that were not given leave what the file says. Raises ConfigError."""
    from refaudit import rules
    from refaudit.config import Config, find_file, load, parse_level, parse_sources
    from refaudit.errors import ConfigError

    if options["config_file"] and options["isolated"]:
        raise click.UsageError("--config and --isolated exclude each other")
    config = Config(today=datetime.datetime.now(tz=datetime.UTC).date())
    path = Path(options["config_file"]) if options["config_file"] else None
    if path is None and not options["isolated"]:
        with suppress(FileNotFoundError):  # the working folder was deleted
            path = find_file(Path.cwd())
    if path is not None:
        if not path.is_file():
            raise ConfigError(f"{path}: no such configuration file")
        config = load(path, config)
    given: dict[str, Any] = {name: options[name] for name in _SETTINGS if options.get(name) not in (None, "")}
    for name in ("select", "ignore"):
        if options[name]:
            given[name] = codes(options[name])
    if options.get("bibliography"):
        given["bibliography"] = options["bibliography"]
    if options["today"]:
        given["today"] = date(options["today"])
    if options.get("fail_on"):
        given["fail_on"] = parse_level(options["fail_on"], where="--fail-on")
    if options.get("sources"):
        given["asked"] = parse_sources(options["sources"], where="--sources")
    config = replace(config, **given)
    if not 0 <= config.min_confidence <= 1:
        raise ConfigError(f"min-confidence is a number from 0 to 1, not {config.min_confidence}")
    for name in config.bibliography:
        if not Path(name).is_file():
            raise ConfigError(f"{name}: no such bibliography file")
    rules.select(config)  # an unknown code is told before any work is done
    for what, _ in config.ignore_findings:
        if not rules.known(what.strip().partition(" ")[0].upper()):
            raise ConfigError(f"[ignore-findings] '{what}': begins with no code of a rule; 'refaudit rules' lists them")
    return config
