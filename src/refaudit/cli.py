"""The commands: the only place that prints and chooses exit codes. Imports nothing but click at module level."""

from __future__ import annotations

from pathlib import Path

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="refaudit-manuscript", prog_name="refaudit")
def main() -> None:
    """Read a manuscript, find what is wrong with its citations and references, and prove each finding."""


@main.command()
@click.argument("papers", nargs=-1, required=True)
def audit(papers: tuple[str, ...]) -> None:
    """Audit manuscripts: files, folders or globs; '-' reads standard input."""
    from refaudit.audit import audit_file, report
    from refaudit.config import Config
    from refaudit.report import FORMATS

    config = Config()
    result = report([audit_file(paper, Path(paper).read_bytes(), config) for paper in papers], config)
    click.echo(FORMATS["concise"](result), nl=False)
