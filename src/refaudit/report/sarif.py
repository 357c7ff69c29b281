"""SARIF 2.1.0 as GitHub code scanning wants it.

One result without a place, or one artifact URI with a scheme, makes GitHub refuse the whole file: every result has all
four region fields, and every URI is relative to the repository and percent-encoded.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from refaudit import rules
from refaudit.model import Finding, Level, Location, Report
from refaudit.report.ci_text import by_severity, message, proof, proofs, where
from refaudit.report.escape import one_line
from refaudit.report.paths import Shown, shown
from refaudit.report.rule_docs import markdown
from refaudit.rules.base import Rule

Json = dict[str, Any]
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000  # GitHub refuses a run with more
_MOST_RELATED = 20
_LONGEST_DESCRIPTION = 1024
_SEVERITY = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "recommendation"}


def uri(path: str, show: Shown) -> str:
    """A path as a relative URI reference: symbolic links resolved inside the working folder, percent-encoded."""
    if path == "-":
        return "stdin"
    try:
        here, real = Path.cwd().resolve(), Path(path).resolve()
        relative = real.relative_to(here).as_posix() if real.is_relative_to(here) else show(path)
    except (FileNotFoundError, ValueError):  # the working folder was deleted; a name that no file can have
        relative = show(path)
    return quote(relative.encode("utf-8", "surrogateescape"), safe="/")  # names are bytes, and some are no UTF-8


def _place(location: Location, show: Shown) -> Json:
    line, column = location.line or 1, location.column or 1
    end_line, end_column = location.end_line or line, location.end_column or column
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    place: Json = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(location.path, show)},
            "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
        }
    }
    if location.line is None and where(location):
        place["logicalLocations"] = [{"name": where(location)}]
    return place


def _result(finding: Finding, index: dict[str, int], show: Shown) -> Json:
    text = " ".join([message(finding), *(f"{proof(row)}." for row in proofs(finding))])
    text = text.replace("](", "] (")  # else it would be a link of SARIF's own
    related = []
    if finding.related:
        others = finding.related[:_MOST_RELATED]
        related = [
            {"id": n, **_place(other, show), "message": {"text": where(other) or "the other place"}}
            for n, other in enumerate(others, 1)
        ]
        text += " See also " + ", ".join(f"[{where(other) or 'there'}]({n})" for n, other in enumerate(others, 1)) + "."
    result: Json = {
        "ruleId": finding.code,
        "level": finding.level.value,
        "message": {"text": text},
        "locations": [_place(finding.location, show)],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
            "refauditFingerprint/v1": finding.fingerprint,
        },
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    if related:
        result["relatedLocations"] = related
    return result


def _precision(confidence: float) -> str:
    for name, least in (("very-high", 0.95), ("high", 0.85), ("medium", 0.7)):
        if confidence >= least:
            return name
    return "low"


def _rule(rule: Rule) -> Json:
    text = markdown(rule)
    full = rule.sections.get("What it finds") or rule.summary
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary[:_LONGEST_DESCRIPTION]},
        "fullDescription": {"text": full[:_LONGEST_DESCRIPTION]},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {
            "tags": ["references", rule.code[:3]],
            "precision": _precision(rule.confidence),
            "problem.severity": _SEVERITY[rule.level],
        },
    }


def render(report: Report) -> str:
    """The log: one run, the rules with their documentation, the findings that count."""
    show = shown(file.path for file in report.files)
    findings = by_severity(report)
    index = {rule.code: number for number, rule in enumerate(rules.RULES)}
    notes = [file.error.replace(file.path, show(file.path)) for file in report.files if file.error is not None]
    if len(findings) > MOST_RESULTS:
        notes.append(f"{len(findings) - MOST_RESULTS} findings are left out: a run holds {MOST_RESULTS} at most")
    invocation: Json = {"executionSuccessful": not notes}
    if notes:
        invocation["toolExecutionNotifications"] = [{"level": "error", "message": {"text": one_line(note)}} for note in notes]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": report.tool, "semanticVersion": report.version, "rules": [_rule(r) for r in rules.RULES]}
                },
                "automationDetails": {"id": f"{report.tool}/"},
                "columnKind": "unicodeCodePoints",
                "invocations": [invocation],
                "results": [_result(finding, index, show) for finding in findings[:MOST_RESULTS]],
            }
        ],
    }
    return json.dumps(log, indent=1) + "\n"
