"""The findings of a project that are known: a sorted text file, one finding a line, matched by content and never by line.

A line holds the path from the baseline's folder, the code, the fingerprint (rule, work and field) and, for the reader
alone, the beginning of the message, separated by tabs. Tabs, newlines and their like in a path are written as escapes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from refaudit import regular_file
from refaudit.errors import ConfigError
from refaudit.model import FileReport, Finding
from refaudit.report.escape import shorten, written_out

REASON = "in the baseline"
HEADER = (
    "# refaudit baseline 1\n"
    "# Findings that are known and do not count. 'refaudit baseline write' makes this file,\n"
    "# 'refaudit baseline prune' takes out what is gone. Path, code, fingerprint, message.\n"
)
_MESSAGE = 100
LARGEST = 8 << 20
"""Bytes of a baseline, some 60,000 findings."""

Key = tuple[str, str, str]
"""Path from the baseline's folder, code, fingerprint."""


def place(path: str, folder: Path) -> str:
    """The path of a manuscript as a baseline in ``folder`` writes it: one field of one line that is no comment."""
    written = written_out(Path(os.path.relpath(Path(path).absolute(), folder.absolute())).as_posix())
    return f"\\{written}" if written.startswith("#") else written


def parse(text: str, name: str) -> Counter[Key]:
    """The findings of a baseline. Raises ConfigError with the line that cannot be read."""
    known: Counter[Key] = Counter()
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.rstrip("\r").split("\t")
        if len(parts) < 3:
            raise ConfigError(f"{name}:{number}: not a line of a baseline (path, code, fingerprint, message, separated by tabs)")
        known[parts[0], parts[1], parts[2]] += 1
    return known


def load(path: str) -> Counter[Key]:
    """Read a baseline file. Raises ConfigError."""
    return parse(read(path), path)


def read(path: str) -> str:
    """The text of a baseline file. Raises ConfigError."""
    return regular_file.text(path, "the baseline", LARGEST)


def apply(files: Sequence[FileReport], known: Counter[Key], folder: Path) -> tuple[tuple[FileReport, ...], Counter[Key]]:
    """The files with known findings marked as suppressed, and the entries of the baseline that matched nothing."""
    left = Counter(known)
    result = []
    for file in files:
        where = place(file.path, folder)
        findings = []
        for finding in file.findings:
            key = (where, finding.code, finding.fingerprint)
            if finding.suppressed is None and left[key] > 0:
                left[key] -= 1
                findings.append(replace(finding, suppressed=REASON))
            else:
                findings.append(finding)
        result.append(replace(file, findings=tuple(findings)))
    return tuple(result), +left


def render(files: Iterable[FileReport], folder: Path, least: float) -> str:
    """A baseline of every finding that is shown (not suppressed, at least as sure as ``least``)."""
    return _written([_line(place(file.path, folder), f) for file in files for f in file.findings if _shown(f, least)])


def prune(text: str, gone: Counter[Key]) -> str:
    """The text of a baseline without the entries in ``gone``."""
    left = Counter(gone)
    kept = []
    for line in text.lstrip("\ufeff").replace("\r\n", "\n").split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        first, code, fingerprint = line.split("\t")[:3]
        key = (first, code, fingerprint)
        if left[key] > 0:
            left[key] -= 1
        else:
            kept.append(line)
    return _written(kept)


def _shown(finding: Finding, least: float) -> bool:
    return finding.suppressed is None and finding.confidence >= least


def _line(where: str, finding: Finding) -> str:
    return "\t".join((where, finding.code, finding.fingerprint, shorten(finding.message, _MESSAGE)))


def _written(lines: Iterable[str]) -> str:
    return HEADER + "".join(f"{line}\n" for line in sorted(lines))
