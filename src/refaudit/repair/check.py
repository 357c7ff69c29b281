"""A repair is offered only when the audit of the edited text bears it out."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import PurePath

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.incremental import Memory
from refaudit.model import FileReport, Finding, Repair, Source
from refaudit.readers.project_files import Files
from refaudit.repair.edits import Texts, edited, texts

_FEWER_ENTRIES = frozenset({"duplicates", "uncited"})
"""Kinds after which the list is shorter."""


def checked(
    reports: Sequence[FileReport], repairs: Sequence[Repair], config: Config, memory: Memory
) -> tuple[list[Repair], dict[str, str]]:
    """The repairs that hold, and all texts after them.

    They are applied together and every paper they touch is audited again; where that is no better than before, each half
    is tried by itself, on top of what holds, until what fails stands alone.
    """
    before = texts(reports)
    kept: list[Repair] = []
    now = {report.path: report for report in reports}

    def attempt(group: Sequence[Repair]) -> None:
        audited = _audited(now, before, [*kept, *group], group, config, memory)
        if audited is not None:
            kept.extend(group)
            now.update(audited)
        elif len(group) > 1:
            attempt(group[: len(group) // 2])
            attempt(group[len(group) // 2 :])

    if repairs:
        attempt(repairs)
    return kept, edited(before, kept)


def _audited(
    now: Mapping[str, FileReport],
    before: Texts,
    repairs: Sequence[Repair],
    group: Sequence[Repair],
    config: Config,
    memory: Memory,
) -> dict[str, FileReport] | None:
    """The papers that ``group`` touches, audited after all ``repairs``; None where one of them is no better for it."""
    try:
        after = edited(before, repairs)
    except ValueError:
        return None
    paths = {edit.path for repair in group for edit in repair.edits}
    result = {}
    there = {(finding.code, finding.fingerprint) for report in now.values() for finding in _open(report)}
    if any(repair.code and (repair.code, repair.fingerprint) not in there for repair in group):
        return None  # nothing is there to mend
    for path, report in now.items():
        if report.document is None or paths.isdisjoint(source.path for source in report.document.sources):
            continue
        audited = _audit(report, after, config, memory)
        if audited is None or not _better(report, audited, group, there):
            return None
        result[path] = audited
    return result


def _audit(report: FileReport, after: Texts, config: Config, memory: Memory) -> FileReport | None:
    document = report.document
    data = after.get(report.path)
    if document is None or data is None:
        return None
    folder = posixpath.dirname(PurePath(report.path).as_posix()) or "."
    members = {posixpath.relpath(PurePath(s.path).as_posix(), folder): _bytes(s, after) for s in document.sources}
    audited = audit_file(
        report.path,
        data.encode("utf-8", "surrogatepass"),
        config,
        resolve=memory.resolve,
        fields=memory.read_fields,
        input_format=document.format,
        files=Files(members=members),
    )
    return audited if audited.error is None else None


def _bytes(source: Source, after: Texts) -> bytes:
    return after.get(source.path, source.text).encode("utf-8", "surrogatepass")


def _open(report: FileReport) -> Iterable[Finding]:
    return (finding for finding in report.findings if finding.suppressed is None)


def _better(before: FileReport, after: FileReport, group: Sequence[Repair], known: Container[tuple[str, str]]) -> bool:
    """Whether what was to be mended is gone, nothing else has come, and as much is read and linked as before.

    What is ``known`` of another paper is not new: an entry that takes over citations brings its findings with it.
    """
    was, is_now = (Counter((f.code, f.fingerprint) for f in _open(report)) for report in (before, after))
    if any(repair.code and 0 < was[key] <= is_now[key] for repair in group if (key := (repair.code, repair.fingerprint))):
        return False
    codes = Counter(finding.code for finding in _open(before))
    codes_now = Counter(f.code for f in _open(after) if (key := (f.code, f.fingerprint)) in was or key not in known)
    if any(codes_now[code] > codes[code] for code in codes_now):
        return False
    same = ["citations", "items"]
    if not any(repair.kind in _FEWER_ENTRIES for repair in group):
        same.append("references")
    return after.counts.get("linked", 0) >= before.counts.get("linked", 0) and all(
        after.counts.get(key, 0) == before.counts.get(key, 0) for key in same
    )
