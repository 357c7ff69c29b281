"""``refaudit audit``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from refaudit.cli import inputs, output, settings

if TYPE_CHECKING:
    from refaudit.audit import Resolve
    from refaudit.config import Config
    from refaudit.model import FileReport, Report

FOUND = 1
FAILED = 2
INTERRUPTED = 130


@click.command()
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FORMAT[:FILE]",
    help="full (default), concise, json, csv, xlsx, html, sarif, github, gitlab, junit or markdown; repeat it to write several.",
)  # fmt: skip
@click.option(
    "--select", multiple=True, metavar="CODES", help="Run only these rules (codes or their beginnings, separated by commas)."
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Leave these rules out.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "note", "never"]), help="Exit 1 from this level on (error).")
@click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="0-1", help="Show findings at least this sure (0.5).")
@click.option("--offline", is_flag=True, default=None, help="Ask no registry; a snapshot is still used.")
@click.option("--snapshot", metavar="PATH", help="A local registry copy to look works up in.")
@click.option("--retractions", metavar="FILE", help="A list of retractions to check against.")
@click.option("--mailto", metavar="ADDRESS", help="Mail address to send to the registries, as they ask of frequent users.")
@click.option("--refresh", is_flag=True, default=None, help="Ask again what the cache already holds.")
@click.option("--baseline", metavar="FILE", help="Findings listed here are known and do not count.")
@click.option("--review", metavar="FILE", help="A review file: findings marked as false alarms do not count.")
@click.option(
    "--config",
    "config_file",
    metavar="FILE",
    help="Read the settings here, not from the nearest refaudit.toml or pyproject.toml.",
)
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option("--input-format", metavar="FORMAT", help="Read the papers as this format, whatever they are called.")
@click.option("--today", metavar="DATE", help="The date from which years are judged, as YYYY-MM-DD.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even when something is found.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the terminal (auto).")
@click.pass_context
def audit(ctx: click.Context, /, papers: tuple[str, ...], formats: tuple[str, ...], **options: Any) -> None:
    """Audit manuscripts: files, folders or globs; '-' reads standard input.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong use or an input that could not be read,
    130 interrupted.
    """
    targets = output.targets(formats or ("full",))
    config = _config(options)
    found = inputs.gather(papers)
    report, interrupted = run(found, config, input_format=options["input_format"])
    if options["today"]:
        from dataclasses import replace

        report = replace(report, options={**report.options, "today": config.today.isoformat()})
    color = output.use_color(options["color"])
    for target in targets:
        output.write(report, target, color=color)
    _close(report, targets)
    ctx.exit(_exit_code(report, found, config, interrupted=interrupted, exit_zero=options["exit_zero"]))


def _config(options: dict[str, Any]) -> Config:
    from dataclasses import replace

    from refaudit import rules
    from refaudit.config import parse_level

    names = ("min_confidence", "offline", "snapshot", "retractions", "mailto", "refresh", "baseline")
    config = settings.configuration(
        options["config_file"],
        isolated=options["isolated"],
        select=settings.codes(options["select"]),
        ignore=settings.codes(options["ignore"]),
        today=settings.date(options["today"]) if options["today"] else None,
        **{name: options[name] for name in names},
    )
    if options["fail_on"]:
        config = replace(config, fail_on=parse_level(options["fail_on"], where="--fail-on"))
    rules.select(config)  # an unknown code is told before any work is done
    return config


def resolver(config: Config) -> Resolve:
    """Whatever answers for references under these settings."""
    from refaudit.audit import off

    if config.offline and not config.snapshot and not config.retractions:
        return off
    from refaudit.resolve.lookup import resolver as made

    return made(config)


def run(found: Sequence[inputs.Input], config: Config, *, input_format: str | None = None) -> tuple[Report, bool]:
    """Audit every input in turn; what cannot be read becomes an item with its error. The flag says that it was cut short."""
    from refaudit.audit import report

    resolve = resolver(config)
    files: list[FileReport] = []
    skipped: list[str] = []
    interrupted = False
    try:
        with output.Progress(len(found)) as progress:
            for number, item in enumerate(found):
                progress.step(number, item.path)
                file = _one(item, config, resolve, input_format)
                for text in file.notices:
                    output.notice(f"{item.path}: {text}")
                if file.error is not None:
                    output.notice(file.error)
                elif not (item.named or file.citations or file.references):
                    skipped.append(item.path)
                    continue
                files.append(file)
                if getattr(resolve, "interrupted", False):  # it ended the asking; what it had is in the report
                    raise KeyboardInterrupt
    except KeyboardInterrupt:
        interrupted = True
        output.notice(f"interrupted; the report holds {len(files)} of {len(found)} files")
    for text in getattr(resolve, "notices", ()):
        output.notice(text)
    return report(files, config, skipped), interrupted


def _one(item: inputs.Input, config: Config, resolve: Resolve, input_format: str | None) -> FileReport:
    from refaudit.audit import audit_file
    from refaudit.errors import RefauditError
    from refaudit.model import FileReport

    if item.problem:
        return FileReport(path=item.path, error=item.problem)
    try:
        data = inputs.read_bytes(item.path)
        return audit_file(item.path, data, config, resolve=resolve, input_format=input_format, named=item.named)
    except RefauditError as error:
        return FileReport(path=item.path, error=str(error))
    except Exception as error:  # a defect met in one file must not lose the others
        import os

        if os.environ.get("REFAUDIT_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        return FileReport(path=item.path, error=f"{item.path}: internal error ({what}); set REFAUDIT_DEBUG=1 to see where")


def _close(report: Report, targets: Sequence[output.Target]) -> None:
    """What people at the command line want to know beside a result that leaves it out."""
    from refaudit.report.terminal import summary, verdict_line

    for target in targets:
        if target.file:
            output.notice(f"wrote {target.file}")
    shown = {target.format for target in targets if not target.file}
    if shown == {"concise"}:
        for line in summary(report).splitlines():
            output.notice(line)
    elif "full" not in shown:
        output.notice(verdict_line(report))


def _exit_code(report: Report, found: Sequence[inputs.Input], config: Config, *, interrupted: bool, exit_zero: bool) -> int:
    if interrupted:
        return INTERRUPTED
    named = {item.path for item in found if item.named}
    if any(file.error is not None and (file.path in named) for file in report.files):
        return FAILED
    if exit_zero or config.fail_on is None:
        return 0
    return FOUND if any(finding.level.rank <= config.fail_on.rank for finding in report.findings) else 0
