"""``refaudit fix``: safe repairs, as a diff or written."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path
from typing import Any

import click

from refaudit.cli import inputs, output, settings
from refaudit.cli.audit import audit_one, resolver
from refaudit.cli.exits import FAILED


@click.command()
@settings.run_options
@click.option("--repair", "kinds", multiple=True, metavar="KIND", help="Only these repairs (repeat it); 'uncited' must be named.")
@click.option("--write", is_flag=True, help="Make the repairs, keeping each file as it was under NAME.orig.")
@click.pass_context
def fix(ctx: click.Context, /, kinds: tuple[str, ...], write: bool, **options: Any) -> None:
    """Print the safe repairs of PAPERs as a diff; --write makes them.

    Repairs: doi-form, doi-missing, tracking, duplicates, year-letters and, only when named, uncited. Markdown, LaTeX and
    BibTeX files are repaired, never DOCX or PDF. Each repair is audited before it is offered.
    """
    from refaudit.repair import ASKED_FOR, KINDS, checked, cited_keys, propose, sources

    wrong = [kind for kind in kinds if kind not in KINDS]
    if wrong:
        raise click.UsageError(f"--repair {wrong[0]}: known are {', '.join(KINDS)}")
    chosen = [kind for kind in KINDS if kind in kinds or (not kinds and kind not in ASKED_FOR)]
    config = settings.configuration(**options)
    resolve = resolver(config)
    found = inputs.gather(options["papers"])
    reports = [audit_one(item, config, resolve, options["input_format"]) for item in found]
    cited = frozenset[str]().union(*(cited_keys(report) for report in reports))
    failed = False
    done: set[tuple[str, str]] = set()
    for item in found:
        report = audit_one(item, config, resolve, options["input_format"])  # what was written for the paper before counts
        if report.error is not None:
            output.notice(report.error)
            failed = True
            continue
        before = sources(report)
        if not before or item.path == inputs.STDIN:
            output.notice(f"{item.path}: only Markdown, LaTeX and BibTeX files are repaired")
            continue
        kept, after = checked(report, list(propose(report, chosen, cited)), config, resolve)
        for repair in kept:
            output.notice(f"{item.path}: {repair.kind}: {repair.what}")
        for path, text in after.items():
            if text == before.get(path, "") or (path, text) in done:
                continue
            done.add((path, text))
            if write:
                _replace(path, before.get(path), text)
            else:
                _show(path, before.get(path, ""), text)
    if not done:
        output.notice("nothing to repair")
    ctx.exit(FAILED if failed else 0)


def _show(path: str, before: str, after: str) -> None:
    from difflib import unified_diff
    from io import StringIO

    from refaudit.report.escape import visible

    old = f"a/{path}" if before else "/dev/null"
    # lines end at newlines alone: patch knows no others
    lines = list(unified_diff(list(StringIO(before, newline="\n")), list(StringIO(after, newline="\n")), old, f"b/{path}"))
    text = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    output.out(visible(text) if sys.stdout.isatty() else text)


def _replace(path: str, before: str | None, after: str) -> None:
    """Write a repaired file, the old one kept beside it. Raises ConfigError when it is no longer what was audited."""
    from refaudit.errors import ConfigError

    if before is None:
        if Path(path).exists():
            raise ConfigError(f"{path}: is already there; move it first")
        output.save(path, after)
        output.notice(f"wrote {path}")
        return
    data = Path(path).read_bytes()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    if data[len(mark) :] != before.encode("utf-8", "surrogatepass"):
        raise ConfigError(f"{path}: changed since it was audited, or not UTF-8; save it as UTF-8 and run again")
    backup = Path(f"{path}.orig")
    number = 1
    while backup.exists():
        number += 1
        backup = Path(f"{path}.orig{number}")
    output.save(str(backup), data)
    output.save(path, mark + after.encode("utf-8"))
    output.notice(f"wrote {path} (as it was: {backup})")
