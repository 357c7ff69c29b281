"""GitLab's code quality report: a JSON array, one finding an object, fingerprints that tell new from old."""

from __future__ import annotations

import hashlib
import json

from refaudit.model import Level, Report
from refaudit.report.ci_text import by_severity, message, proof, proofs
from refaudit.report.paths import shown

SEVERITY = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


def render(report: Report) -> str:
    """The findings that count. GitLab knows lines alone: another place stands in the description."""
    show = shown(file.path for file in report.files)
    rows = []
    for finding in by_severity(report):
        path = show(finding.location.path)
        rows.append(
            {
                "description": " ".join([message(finding), *(f"{proof(row)}." for row in proofs(finding))]),
                "check_name": f"{finding.code} {finding.name}",
                "fingerprint": hashlib.sha256(f"{path}|{finding.fingerprint}".encode(errors="surrogatepass")).hexdigest(),
                "severity": SEVERITY[finding.level],
                "location": {"path": path, "lines": {"begin": finding.location.line or 1}},
            }
        )
    return json.dumps(rows, indent=1) + "\n"
