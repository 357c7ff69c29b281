"""A review file: what an editor decided about each finding, exported from the HTML report, honoured by the next audit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from refaudit import regular_file
from refaudit.errors import ConfigError
from refaudit.model import FileReport

ACCEPT = "accept"
FALSE_ALARM = "false-alarm"
ASK_AUTHOR = "ask-author"
DECISIONS = (ACCEPT, FALSE_ALARM, ASK_AUTHOR, "undecided")
LARGEST = 16 << 20
"""Bytes of a review file."""
_TEXTS = ("path", "code", "fingerprint", "decision", "note", "place", "message", "quote", "context", "advice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, with enough of the finding to write to the author about it without the report.

    ``quote`` is the entry and ``context`` the sentence of the text that the finding is about, ``advice`` what to do.
    """

    path: str
    code: str
    fingerprint: str
    decision: str
    note: str = ""
    place: str = ""
    message: str = ""
    quote: str = ""
    context: str = ""
    advice: str = ""


def parse(text: str, name: str) -> tuple[Decision, ...]:
    """The decisions of a review file. Raises ConfigError with what is wrong and where."""
    try:
        data: Any = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{name}: not a review file (no JSON: {error})") from error
    if not isinstance(data, dict) or data.get("refaudit_review") != 1 or not isinstance(data.get("decisions"), list):
        raise ConfigError(f"{name}: not a review file; 'Export review' in the HTML report writes one")
    result = []
    for number, row in enumerate(data["decisions"], 1):
        where = f"{name}: decision {number}"
        if not isinstance(row, dict):
            raise ConfigError(f"{where}: not an object")
        values = {key: row.get(key, "") for key in _TEXTS}
        wrong = [key for key, value in values.items() if not isinstance(value, str)]
        if wrong or not values["code"] or not values["fingerprint"]:
            raise ConfigError(f"{where}: {', '.join(wrong) or 'code and fingerprint'} must be text")
        if values["decision"] not in DECISIONS:
            raise ConfigError(f"{where}: '{values['decision']}' is none of {', '.join(DECISIONS)}")
        result.append(Decision(**values))
    return tuple(result)


def load(path: str) -> tuple[Decision, ...]:
    """Read a review file. Raises ConfigError."""
    return parse(regular_file.text(path, "the review", LARGEST), path)


def apply(files: Sequence[FileReport], decisions: Sequence[Decision]) -> tuple[FileReport, ...]:
    """The files with the findings that were marked as false alarms suppressed; the other decisions change nothing.

    A decision belongs to the manuscript of its file name, wherever that file lies now.
    """
    alarms = {(PurePath(d.path).name, d.code, d.fingerprint): d for d in decisions if d.decision == FALSE_ALARM}
    result = []
    for file in files:
        name = PurePath(file.path).name
        findings = []
        for finding in file.findings:
            decision = alarms.get((name, finding.code, finding.fingerprint))
            if decision is not None and finding.suppressed is None:
                reason = f"false alarm: {decision.note}" if decision.note else "false alarm"
                findings.append(replace(finding, suppressed=reason))
            else:
                findings.append(finding)
        result.append(replace(file, findings=tuple(findings)))
    return tuple(result)
