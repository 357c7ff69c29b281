"""``refaudit fix``: safe repairs, as a diff or written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from refaudit.cli import inputs, output, saving, settings
from refaudit.cli.audit import audit_one, resolver
from refaudit.cli.exits import FAILED


def _kinds(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Names of repairs for the shell."""
    from refaudit.repair import KINDS

    return [kind for kind in KINDS if kind.startswith(incomplete)]


@click.command()
@settings.run_options
@click.option(
    "--repair",
    "kinds",
    multiple=True,
    metavar="KIND",
    shell_complete=_kinds,
    help="Only these repairs (repeat it); 'uncited' must be named.",
)
@click.option("--write", is_flag=True, help="Make the repairs, keeping each file as it was under NAME.orig.")
@click.pass_context
def fix(ctx: click.Context, /, kinds: tuple[str, ...], write: bool, **options: Any) -> None:
    """Print the safe repairs of PAPERs as a diff; --write makes them.

    Repairs: doi-form, doi-missing, tracking, duplicates, year-letters and, only when named, uncited. Markdown, LaTeX and
    BibTeX files are repaired, never DOCX or PDF. Each repair is audited before it is offered.
    """
    from refaudit.incremental import Memory
    from refaudit.repair import ASKED_FOR, KINDS, checked, propose, texts

    wrong = [kind for kind in kinds if kind not in KINDS]
    if wrong:
        raise click.UsageError(f"--repair {wrong[0]}: known are {', '.join(KINDS)}")
    chosen = [kind for kind in KINDS if kind in kinds or (not kinds and kind not in ASKED_FOR)]
    config = settings.configuration(**options)
    memory = Memory(resolver(config))
    reports, failed = [], False
    for item in inputs.gather(options["papers"]):
        report = audit_one(item, config, memory, options["input_format"])
        failed = failed or report.error is not None
        if report.error is not None:
            output.notice(report.error)
        elif item.path == inputs.STDIN or not texts([report]):
            output.notice(f"{item.path}: only Markdown, LaTeX and BibTeX files are repaired")
        elif not item.named and Path(item.path).is_symlink():
            output.notice(f"{item.path}: is a link; name it to have the file repaired that it leads to")
        else:
            memory.keep(report)
            reports.append(report)
    kept, after = checked(reports, propose(reports, chosen), config, memory)
    before = texts(reports)
    changed = {path: text for path, text in after.items() if text != before.get(path, "")}
    for repair in kept:
        paths = dict.fromkeys(edit.path for edit in repair.edits)
        output.notice(f"{', '.join(paths)}: {repair.kind}: {repair.what}")
    if write:
        _write(before, changed)
    else:
        for path, text in changed.items():
            _show(path, before.get(path, ""), text)
    if not changed:
        output.notice("nothing to repair")
    ctx.exit(FAILED if failed else 0)


def _show(path: str, before: str, after: str) -> None:
    from difflib import unified_diff
    from io import StringIO

    old = f"a/{path}" if before else "/dev/null"
    # lines end at newlines alone: patch knows no others
    lines = list(unified_diff(list(StringIO(before, newline="\n")), list(StringIO(after, newline="\n")), old, f"b/{path}"))
    text = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    output.out(text)


def _write(before: Mapping[str, str], changed: Mapping[str, str]) -> None:
    """Write the repaired files, all of them or none, each as it was kept beside it. Raises ConfigError, before anything is
    written, where one is no longer what was audited."""
    contents = {path: _content(path, before.get(path), text) for path, text in changed.items()}
    copies = saving.replace_all(contents)
    for path in contents:
        output.notice(f"wrote {path}" + (f" (as it was: {copies[path]})" if path in copies else ""))


def _content(path: str, before: str | None, after: str) -> tuple[bytes | None, bytes]:
    """The bytes of a file now, None for a new one, and those to write, in the encoding it has."""
    from refaudit.errors import ConfigError, InputError
    from refaudit.readers.decode import decode, encode

    if before is None:
        if Path(path).exists():
            raise ConfigError(f"{path}: is already there; move it first")
        return None, after.encode("utf-8")
    try:
        data = Path(path).read_bytes()
        same = decode(path, data)[0] == before and encode(data, before) == data
    except (OSError, InputError, ValueError):
        same = False
    if not same:
        raise ConfigError(f"{path}: changed since it was audited, or not in UTF-8 or Windows-1252; nothing was written")
    try:
        return data, encode(data, after)
    except ValueError:
        raise ConfigError(f"{path}: its encoding has no sign for what is repaired; save it as UTF-8 and run again") from None
