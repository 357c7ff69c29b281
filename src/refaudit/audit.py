"""The pipeline: the calls, in order, nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from refaudit import rules, suppress
from refaudit.budget import Budget, waiting
from refaudit.config import Config
from refaudit.errors import InputError
from refaudit.model import FileReport, LinkStatus, Lookup, LookupStatus, Reference, Report
from refaudit.parse import Parse, ReadFields, parse
from refaudit.parse.fields import read_fields
from refaudit.readers import read
from refaudit.readers.project_files import NO_FILES, Files
from refaudit.rules.base import Audit, Needs, not_looked_up
from refaudit.rules.runner import run

SCHEMA_VERSION = 1

Resolve = Callable[[Sequence[Reference]], tuple[Lookup, ...]]
"""Whatever answers for references (registries, cache, snapshot): one lookup each, in order, never raising."""


def off(references: Sequence[Reference]) -> tuple[Lookup, ...]:
    """The resolver of a run that asks nobody."""
    return tuple(Lookup(reference=reference.id, status=LookupStatus.OFF) for reference in references)


def audit_file(
    path: str,
    data: bytes,
    config: Config,
    *,
    resolve: Resolve = off,
    input_format: str | None = None,
    named: bool = True,
    files: Files = NO_FILES,
    fields: ReadFields = read_fields,
) -> FileReport:
    """Audit the bytes of one file. ``named`` is False for files met while walking a folder. Never raises InputError.

    It takes no longer than ``config.timeout`` allows, waiting for ``resolve`` not counted. ``files`` gives access to the
    files beside it (parts, bibliographies); without it nothing else is opened.
    ``fields`` reads the fields of a list of entries; ``Memory`` gives one that remembers.
    """
    budget = Budget(path, config.timeout)
    budget.reached = "the file was opened"
    try:
        return budget.run(lambda: _audited(path, data, config, budget, resolve, input_format, named, files, fields))
    except InputError as error:
        return FileReport(path=path, error=str(error))


def _audited(
    path: str,
    data: bytes,
    config: Config,
    budget: Budget,
    resolve: Resolve,
    input_format: str | None,
    named: bool,
    files: Files,
    fields: ReadFields,
) -> FileReport:
    document = read(path, data, input_format=input_format, files=files.with_bibliographies(config.bibliography))
    budget.reached = "its text was read"
    parsed = parse(document, fields)
    budget.reached = "its citations and entries were found"
    unasked = not_looked_up(parsed.references, parsed.links, config)
    with waiting():
        lookups = resolve(tuple(reference for reference in parsed.references if reference.id not in unasked))
    budget.reached = "its entries were looked up"
    chosen = rules.select(config, path)

    def bundle(part: Parse) -> Audit:
        own = {reference.id for reference in part.references}
        return Audit(
            document=document,
            citations=part.citations,
            references=part.references,
            style=part.style,
            links=part.links,
            lookups=tuple(lookup for lookup in lookups if lookup.reference in own),
            list_spans=parsed.list_spans,
            entry_counts=part.entry_counts,
            named=named,
            config=config,
        )

    # a rule looks at one list and the text that it serves; what it says of the text as a whole comes once
    found = dict.fromkeys(hit for part in parsed.chapters or (parsed,) for hit in run(bundle(part), chosen))
    return FileReport(
        path=path,
        format=document.format,
        document=document,
        counts=counts(parsed, lookups),
        citations=parsed.citations,
        references=parsed.references,
        style=parsed.style,
        links=parsed.links,
        lookups=lookups,
        findings=suppress.apply(bundle(parsed), tuple(found), chosen),
        notices=tuple(problem.message for problem in document.problems),
    )


def counts(parsed: Parse, lookups: Sequence[Lookup]) -> dict[str, int]:
    """What was read and checked, in numbers."""
    return {
        "citations": len(parsed.citations),
        "items": sum(len(citation.items) for citation in parsed.citations),
        "references": len(parsed.references),
        "linked": sum(link.status is not LinkStatus.MISSING for link in parsed.links),
        "checked": sum(
            lookup.status in (LookupStatus.FOUND, LookupStatus.AMBIGUOUS, LookupStatus.NOT_FOUND) for lookup in lookups
        ),
        "found": sum(lookup.status is LookupStatus.FOUND for lookup in lookups),
        "not_covered": sum(lookup.status is LookupStatus.NOT_COVERED for lookup in lookups),
        "unavailable": sum(lookup.status is LookupStatus.UNAVAILABLE for lookup in lookups),
        "off": sum(lookup.status is LookupStatus.OFF for lookup in lookups),
    }


def report(files: Sequence[FileReport], config: Config, skipped_files: Sequence[str] = ()) -> Report:
    """The report of a run over ``files``."""
    from refaudit import __version__

    missing = {
        Needs.REGISTRY: "offline and no snapshot" if config.offline and not config.snapshot else "",
        Needs.WEB: "offline" if config.offline else "" if config.web else "cited pages are looked at with --web only",
    }
    chosen = [rule for rule in rules.select(config) if missing.get(rule.needs)]
    skipped = tuple((rule.code, missing[rule.needs]) for need in missing for rule in chosen if rule.needs is need)
    return Report(
        schema=SCHEMA_VERSION,
        tool="refaudit",
        version=__version__,
        options={
            "offline": config.offline,
            "snapshot": bool(config.snapshot),
            "retractions": bool(config.retractions),
            "select": list(config.select),
            "ignore": list(config.ignore),
            "min_confidence": config.min_confidence,
            "fail_on": config.fail_on.value if config.fail_on else "never",
            "fail_on_unchecked": config.fail_on_unchecked,
        },
        files=tuple(files),
        skipped_rules=skipped,
        skipped_files=tuple(skipped_files),
    )


def audit(*paths: str | Path, config: Config | None = None, resolve: Resolve = off) -> Report:
    """Audit files and return the report: the same as the command line with ``--offline`` unless ``resolve`` is given."""
    config = config or Config(today=datetime.datetime.now(tz=datetime.UTC).date())
    return report(
        [audit_file(str(path), Path(path).read_bytes(), config, resolve=resolve, files=Files.beside(path)) for path in paths],
        config,
    )
