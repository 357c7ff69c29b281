"""The author's own file with the findings as comments at their words: nothing else of it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from refaudit.annotate.comments import comments
from refaudit.errors import ConfigError
from refaudit.model import FileReport, Report

FORMATS: Mapping[str, str] = {"docx": "Word"}
"""Formats that can be handed back with comments, and what people call them."""


def annotated(
    report: Report, format_: str, sources: Mapping[str, bytes], notes: Mapping[tuple[str, str], str], day: str
) -> bytes:
    """The one audited file of ``format_`` with a comment of ``day`` (ISO) for every finding that is shown.

    ``sources`` holds the bytes of the audited files by path; ``notes`` what a review says of a finding, by code and fingerprint.
    Raises ConfigError where there is not exactly one such file, where it could not be read, or changed since it was.
    """
    file = _one(report.files, format_)
    from refaudit.annotate import word

    shown = {(one.code, one.fingerprint) for one in report.findings}
    found = [one for one in file.findings if one.suppressed is None and (one.code, one.fingerprint) in shown]
    return word.annotate(file, sources[file.path], comments(file, found, notes), day)


def _one(files: Sequence[FileReport], format_: str) -> FileReport:
    name = FORMATS[format_]
    if len(files) != 1:
        raise ConfigError(f"-f {format_}: writes comments into one file, and {len(files)} were audited; name one {name} file")
    if files[0].error is not None or files[0].format != format_:
        raise ConfigError(f"-f {format_}: {files[0].path} is no {name} file (.{format_}) that could be read")
    return files[0]
