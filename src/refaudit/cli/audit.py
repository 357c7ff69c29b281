"""``refaudit audit``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refaudit.cli import inputs, output, saving, settings
from refaudit.cli.exits import FAILED, FOUND, INTERRUPTED, UNCHECKED

if TYPE_CHECKING:
    from refaudit.audit import Resolve
    from refaudit.config import Config
    from refaudit.incremental import Memory
    from refaudit.model import FileReport, Report
    from refaudit.review import Decision

SHOW_REPAIRS = frozenset({"full", "html"})
"""Formats for people, who are offered the safe repairs; finding them takes another audit where there are any."""


def _formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Names of formats for the shell."""
    return [name for name in output.formats() if name.startswith(incomplete)]


@click.command()
@settings.run_options
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[:FILE]",
    shell_complete=_formats,
    help="full (default), concise, json, csv, xlsx, html, sarif, github, gitlab, junit or markdown; docx:FILE hands a Word file "
    "back with the findings as comments; repeat it to write several.",
)
@click.option("--fail-on", type=click.Choice(["error", "warning", "note", "never"]), help="Exit 1 from this level on (error).")
@click.option(
    "--fail-on-unchecked/--no-fail-on-unchecked",
    default=None,
    help="Exit 3 when nothing worse happened and a reference was not looked up: offline, or a registry gave no answer.",
)
@click.option("--baseline", metavar="FILE", help="Findings listed here are known and do not count.")
@click.option("--review", metavar="FILE", help="A review file: findings marked as false alarms do not count.")
@click.option("--explain-lookups", is_flag=True, help="Say of each reference who was asked for it, in order, and what each said.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even when something is found.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the terminal (auto).")
@click.pass_context
def audit(
    ctx: click.Context, /, formats: tuple[str, ...], review: str | None, exit_zero: bool, color: str, **options: Any
) -> None:
    """Audit manuscripts: files, folders or globs; '-' reads standard input.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong use or an input that could not be read,
    3 with --fail-on-unchecked when a reference was not looked up, 130 interrupted.
    """
    from refaudit.annotate import FORMATS

    targets = output.targets(formats or ("full",))
    config = settings.configuration(**options)
    decisions = _decisions(review)
    known = _baseline(config)
    found = inputs.gather(options["papers"])
    mend = any(target.format in SHOW_REPAIRS for target in targets)
    report, interrupted = run(found, config, input_format=options["input_format"], mend=mend)
    _tell_unused(report, config, found)
    report = _decided(report, config, decisions, known)
    if options["today"]:
        report = replace(report, options={**report.options, "today": config.today.isoformat()})
    if options["explain_lookups"]:
        _explain(report, config)
    colored = output.use_color(color)
    for target in targets:
        if target.format in FORMATS:
            _hand_back(report, target, decisions, config.today.isoformat())
        else:
            output.write(report, target, color=colored)
    _close(report, targets)
    ctx.exit(_exit_code(report, found, config, interrupted=interrupted, exit_zero=exit_zero))


def _explain(report: Report, config: Config) -> None:
    """On standard error, who is asked in which order, and what each said of each reference."""
    from refaudit.report.lookups import explained

    if not config.offline:
        from refaudit.resolve.configure import asked

        output.notice(f"asked in this order, each for what it can know: {', '.join(asked(config))}")
    for file in report.files:
        for line in explained(file):
            output.notice(line)


def _hand_back(report: Report, target: output.Target, decisions: Sequence[Decision], day: str) -> None:
    """Write the audited manuscript with its findings as comments. Raises ConfigError; the manuscript itself is never written over."""
    from refaudit.annotate import annotated
    from refaudit.errors import ConfigError

    paths = [file.path for file in report.files if file.error is None and file.path != inputs.STDIN]
    if any(Path(target.file).exists() and Path(path).samefile(target.file) for path in paths):
        raise ConfigError(f"-f {target.format}:{target.file}: is the manuscript itself; give the annotated copy another name")
    notes = {(one.code, one.fingerprint): one.note for one in decisions if one.note}
    sources = {path: inputs.read_bytes(path) for path in paths}
    saving.save(target.file, annotated(report, target.format, sources, notes, day))


def _tell_unused(report: Report, config: Config, found: Sequence[inputs.Input]) -> None:
    """Lines of the [ignore-findings] table without a purpose; only over a folder, since they may be there for other files."""
    from refaudit.suppress import unused_lines

    if config.ignore_findings and any(not item.named for item in found):
        for what in unused_lines(config, report.files):
            output.notice(f"[ignore-findings] '{what}' sets nothing aside; take it out, or correct it")


def _decisions(review: str | None) -> Sequence[Decision]:
    from refaudit.review import load

    return load(review) if review else ()


def _baseline(config: Config) -> Counter[tuple[str, str, str]] | None:
    from refaudit.baseline import load

    return load(config.baseline) if config.baseline else None


def _decided(
    report: Report, config: Config, decisions: Sequence[Decision], known: Counter[tuple[str, str, str]] | None
) -> Report:
    """What people decided before, applied to the findings."""
    from refaudit import baseline, review

    files = report.files
    if decisions:
        files = review.apply(files, decisions)
    if known is not None:
        files, gone = baseline.apply(files, known, Path(config.baseline).parent)
        audited = {baseline.place(file.path, Path(config.baseline).parent) for file in files if file.error is None}
        stale = sum(number for (path, _, _), number in gone.items() if path in audited)
        if stale:
            output.notice(f"{config.baseline}: {stale} of its findings are gone; 'refaudit baseline prune' takes them out")
    return replace(report, files=tuple(files))


def resolver(config: Config) -> Resolve:
    """Whatever answers for references under these settings."""
    from refaudit.audit import off

    if config.offline and not config.snapshot and not config.retractions:
        return off
    from refaudit.resolve.configure import resolver as made

    return made(config)


def run(
    found: Sequence[inputs.Input], config: Config, *, input_format: str | None = None, mend: bool = False
) -> tuple[Report, bool]:
    """Audit every input in turn; what cannot be read becomes an item with its error. The flag says that it was cut short.

    With ``mend`` the safe repairs are found as well.
    """
    from refaudit.audit import report
    from refaudit.incremental import Memory

    resolve = resolver(config)
    memory = Memory(resolve)
    files: list[FileReport] = []
    skipped: list[str] = []
    interrupted = False
    try:
        with output.Progress(len(found), lambda: getattr(resolve, "waiting", "")) as progress:
            for number, item in enumerate(found):
                progress.step(number, item.path)
                file = audit_one(item, config, memory, input_format)
                output.notices(item.path, file.notices)
                if file.error is not None:
                    output.notice(file.error)
                elif not (item.named or _manuscript(file)):
                    skipped.append(item.path)
                    continue
                files.append(file)
                if getattr(resolve, "interrupted", False):  # it ended the asking; what it had is in the report
                    raise KeyboardInterrupt
            if mend:
                files = with_repairs(files, config, memory)
    except KeyboardInterrupt:
        interrupted = True
        output.notice(f"interrupted; the report holds {len(files)} of {len(found)} files")
    for text in getattr(resolve, "notices", ()):
        output.notice(text)
    return report(files, config, skipped), interrupted


_FEW = 3
"""Citations without a list that a page may have and yet be no manuscript: a name before a year is easily one of an event."""


def _manuscript(file: FileReport) -> bool:
    """Whether a file met in a folder is a manuscript: it cites and lists; a page about the project does both, or is none."""
    if inputs.about_the_project(file.path):
        return bool(file.citations and file.references)
    keyed = any(item.key for one in file.citations for item in one.items)
    return bool(file.references) or keyed or sum(len(one.items) for one in file.citations) >= _FEW


def with_repairs(files: Sequence[FileReport], config: Config, memory: Memory) -> list[FileReport]:
    """The reports, each with the safe repairs of its files; none where finding them takes longer than the audits may."""
    from refaudit.budget import Budget
    from refaudit.errors import InputError
    from refaudit.repair import offered, texts

    if not texts(files):
        return list(files)
    for file in files:
        memory.keep(file)
    try:
        repairs = Budget("repairs", config.timeout * len(files)).run(lambda: offered(files, config, memory))
    except InputError:
        output.notice("no repairs are offered: finding them took too long")
        return list(files)
    paths = [{source.path for source in file.document.sources} if file.document else set() for file in files]
    return [
        replace(file, repairs=tuple(repair for repair in repairs if any(edit.path in own for edit in repair.edits)))
        for file, own in zip(files, paths, strict=True)
    ]


def audit_one(item: inputs.Input, config: Config, memory: Memory, input_format: str | None) -> FileReport:
    """Audit one input; whatever goes wrong becomes the error of its report."""
    from refaudit.audit import audit_file
    from refaudit.errors import RefauditError
    from refaudit.model import FileReport

    if item.problem:
        return FileReport(path=item.path, error=item.problem)
    try:
        data = inputs.read_bytes(item.path)
        return audit_file(
            item.path,
            data,
            config,
            resolve=memory.resolve,
            input_format=input_format,
            named=item.named,
            files=inputs.beside(item.path, memory.bibliographies),
            fields=memory.read_fields,
        )
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
    from refaudit.report.unchecked import consequence

    for target in targets:
        if target.file:
            output.notice(f"wrote {target.file}")
    shown = {target.format for target in targets if not target.file}
    if shown == {"concise"}:
        for line in summary(report).splitlines():
            output.notice(line)
    elif "full" not in shown:
        if report.options.get("fail_on_unchecked") and (missed := consequence(report, report.files)):
            output.notice(missed)
        output.notice(verdict_line(report))


def _exit_code(report: Report, found: Sequence[inputs.Input], config: Config, *, interrupted: bool, exit_zero: bool) -> int:
    from refaudit.report.unchecked import unchecked

    if interrupted:
        return INTERRUPTED
    named = {item.path for item in found if item.named}
    if any(file.error is not None and (file.path in named) for file in report.files):
        return FAILED
    if exit_zero:
        return 0
    if config.fail_on and any(finding.level.rank <= config.fail_on.rank for finding in report.findings):
        return FOUND
    return UNCHECKED if config.fail_on_unchecked and unchecked(report.files)[0] else 0
