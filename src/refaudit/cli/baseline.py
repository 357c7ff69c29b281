"""``refaudit baseline``: the list of findings that are known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from refaudit.cli import inputs, output, saving, settings
from refaudit.cli.audit import run
from refaudit.cli.exits import FAILED, INTERRUPTED

DEFAULT = "refaudit-baseline.txt"
_output = click.option("-o", "--output", "file", metavar="FILE", help=f"The baseline (as configured, else {DEFAULT}).")


@click.group()
def baseline() -> None:
    """Keep a list of known findings, so that only new ones count."""


@baseline.command()
@settings.run_options
@_output
@click.pass_context
def write(ctx: click.Context, /, file: str | None, **options: Any) -> None:
    """Audit the papers and write all that is found now to the baseline."""
    from refaudit.baseline import render

    config = settings.configuration(**options)
    path = file or config.baseline or DEFAULT
    found = inputs.gather(options["papers"])
    report, interrupted = run(found, replace(config, baseline=""), input_format=options["input_format"])
    if interrupted or any(one.error is not None for one in report.files):
        output.notice(f"{path}: not written, since not every paper could be read")
        ctx.exit(INTERRUPTED if interrupted else FAILED)
    text = render(report.files, Path(path).parent, config.min_confidence)
    saving.save(path, text)
    output.notice(f"wrote {path} with {len(report.findings)} findings")


@baseline.command()
@settings.run_options
@_output
@click.pass_context
def prune(ctx: click.Context, /, file: str | None, **options: Any) -> None:
    """Audit the papers and take out of the baseline what is no longer found in them."""
    from refaudit.baseline import apply, load, place, read
    from refaudit.baseline import prune as pruned

    config = settings.configuration(**options)
    path = file or config.baseline or DEFAULT
    known = load(path)
    folder = Path(path).parent
    found = inputs.gather(options["papers"])
    report, interrupted = run(found, replace(config, baseline=""), input_format=options["input_format"])
    if interrupted:
        ctx.exit(INTERRUPTED)
    _, left = apply(report.files, known, folder)
    audited = {place(one.path, folder) for one in report.files if one.error is None}
    audited |= {place(one, folder) for one in report.skipped_files}
    gone = left.__class__({key: number for key, number in left.items() if key[0] in audited})
    saving.save(path, pruned(read(path), gone))
    output.notice(f"{path}: {gone.total()} gone, {known.total() - gone.total()} left")
    ctx.exit(FAILED if any(one.error is not None for one in report.files) else 0)
