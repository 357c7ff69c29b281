"""Annotations for GitHub Actions, and after them the plain list, since GitHub shows ten of each level and drops the rest."""

from __future__ import annotations

from refaudit.model import Finding, Level, Report
from refaudit.report.ci_text import by_severity, message, proof, proofs
from refaudit.report.escape import no_commands, one_line, visible
from refaudit.report.paths import Shown, shown
from refaudit.report.terminal import place, verdict_line

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
MOST = 10  # annotations of one level that a step may make


def _data(text: str) -> str:
    return no_commands(visible(text)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(text: str) -> str:
    """A line of the log in which the runner finds no command."""
    return "- " + no_commands(one_line(text)).replace("::", ": :")


def _annotation(finding: Finding, show: Shown) -> str:
    location = finding.location
    properties = [f"file={_property(show(location.path))}"]
    if location.line is not None:
        properties.append(f"line={location.line}")
        if location.end_line not in (None, location.line):
            properties.append(f"endLine={location.end_line}")  # columns of a stretch over lines are refused
        else:
            properties.append(f"col={location.column or 1}")
            if location.end_column and location.end_column > (location.column or 1):
                properties.append(f"endColumn={location.end_column}")
    properties.append(f"title={_property(f'{finding.code} {finding.name}')}")
    text = "\n".join([message(finding), *(proof(row) for row in proofs(finding))])
    return f"::{COMMANDS[finding.level]} {','.join(properties)}::{_data(text)}"


def render(report: Report) -> str:
    """The most severe findings as annotations, then every finding as a line."""
    show = shown(file.path for file in report.files)
    findings = by_severity(report)
    lines = []
    left_out = 0
    for level in Level:
        of_level = [finding for finding in findings if finding.level is level]
        lines += [_annotation(finding, show) for finding in of_level[:MOST]]
        left_out += max(0, len(of_level) - MOST)
    for file in report.files:
        if file.error is not None:
            lines.append(_plain(file.error.replace(file.path, show(file.path))))
    if left_out:
        lines.append(_plain(f"{left_out} more findings are not annotated: GitHub shows {MOST} of each level. All of them:"))
    lines += [_plain(f"{place(f.location)} {f.code} {f.level.value} {message(f)}") for f in findings]
    lines.append(_plain(verdict_line(report)))
    return "\n".join(lines) + "\n"
