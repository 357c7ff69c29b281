"""A summary in Markdown for a pull-request comment or a job summary: counts, the findings that count, the rest folded."""

from __future__ import annotations

import re

from refaudit.model import Finding, Level, Report
from refaudit.report.ci_text import by_severity, proof, proofs, where
from refaudit.report.coverage import coverage
from refaudit.report.coverage import line as coverage_line
from refaudit.report.escape import one_line, shorten
from refaudit.report.gravity import headline
from refaudit.report.json_contract import least_confidence, tally
from refaudit.report.paths import Shown, shown
from refaudit.report.terminal import counted, verdict_line
from refaudit.report.unchecked import consequence, not_run, told

LONGEST = 60_000  # characters; GitHub takes 65,536 in a comment
_SIGNS = {Level.ERROR: "🔴 error", Level.WARNING: "🟠 warning", Level.NOTE: "🔵 note"}
# what is markup inside a line of a table: emphasis, code, links, images, formulas, addresses that would become links
_MARKS = re.compile(r"([\\`*_\[\]!|~$]|:(?=//)|(?<=www)\.|(?<=WWW)\.)")
_MESSAGE = 500
_ROOM = 5_000  # characters about what was looked up


def text(words: str, length: int = _MESSAGE) -> str:
    """Text as text: nothing in it is markup, a mention, an image or a link."""
    marked = _MARKS.sub(r"\\\1", shorten(words, length))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("#", "&num;").replace("@", "&commat;")


def _row(finding: Finding, show: Shown) -> str:
    details = "".join(f"<br>{text(proof(row))}" for row in proofs(finding))
    place = f"{text(show(finding.location.path))}<br>{where(finding.location)}"
    return f"| {_SIGNS[finding.level]} | {place} | {finding.code} | {text(finding.message)}{details} |\n"


def render(report: Report) -> str:
    """The summary, never longer than a comment may be."""
    show = shown(file.path for file in report.files)
    least = least_confidence(report)
    head = f"## refaudit: {text(headline(report))}\n\n{text(verdict_line(report))}\n\n"
    head += "| Paper | References | Citations | Errors | Warnings | Notes | Set aside |\n| --- |" + " ---: |" * 6 + "\n"
    for file in report.files:
        if file.error is not None:
            head += f"| {text(show(file.path))} | {text(file.error.replace(file.path, show(file.path)))} | | | | | |\n"
            continue
        counts = {**file.counts, **tally(file, least)}
        numbers = (counts.get(k, 0) for k in ("references", "citations", "errors", "warnings", "notes", "suppressed"))
        head += f"| {text(show(file.path))} | {' | '.join(map(str, numbers))} |\n"
    findings = by_severity(report)
    if not findings:
        nothing = "Nothing to report of what was checked." if told(report.files) else "Nothing to report."
        return head + f"\n{nothing}\n" + _limits(report, show)
    table = "| | Where | Rule | What |\n| --- | --- | --- | --- |\n"
    rows = [(finding.level, _row(finding, show)) for finding in findings]
    tail = _limits(report, show)
    room = LONGEST - len(head) - len(tail) - 2 * len(table) - 400
    kept = 0
    for _, row in rows:
        room -= len(row)
        if room < 0:
            break
        kept += 1
    serious = "".join(row for level, row in rows[:kept] if level is not Level.NOTE)
    notes = [row for level, row in rows[:kept] if level is Level.NOTE]
    body = f"\n{table}{serious}" if serious else ""
    if notes:
        body += f"\n<details><summary>{counted(len(notes), 'note')}</summary>\n\n{table}{''.join(notes)}\n</details>\n"
    if kept < len(rows):
        body += f"\n{counted(len(rows) - kept, 'finding')} more: see the full report.\n"
    return head + body + tail


def _limits(report: Report, show: Shown) -> str:
    covered = ((file, coverage(file.lookups)) for file in report.files)
    known = "".join(f"\n{text(show(file.path))}: {text(coverage_line(one))}\n" for file, one in covered if one)
    lines = [one_line(consequence(report, report.files))] if told(report.files) else []
    lines += [f"{line[0].upper()}{one_line(line[1:])}." for line in not_run(report)]
    lines.append("Signals to verify, not a judgement about a person.")
    return known[:_ROOM] + "\n" + " ".join(lines) + "\n"
