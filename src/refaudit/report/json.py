"""JSON, byte for byte the same for the same input and options; ``schema.json`` beside this module describes it."""

from __future__ import annotations

import json
import re
from typing import Any

from refaudit.model import Report
from refaudit.report.json_contract import report_object

# Valid in JSON, yet they break lines in other tools, reorder what a person sees, or begin a command where the log of a
# runner shows them: written as escapes instead.
_RISKY = re.compile(
    "(?<=#)#(?=(?:vso|teamcity)?\\[)|["
    "\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


_OUTLINED = 4  # report, its files, a file, its lists: each citation, entry and finding stands on a line of its own


def dumps(value: Any) -> str:
    """One value as JSON on one line that can be printed anywhere."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _RISKY.sub(lambda match: "\\u0023" if match.group() == "#" else json.dumps(match.group())[1:-1], text)


def render(report: Report) -> str:
    """The whole report, its outline set in and its items a line each (quick to write, and readable in a diff)."""
    return outline(report_object(report), _OUTLINED) + "\n"


def outline(value: Any, depth: int, margin: str = "") -> str:
    """JSON whose outer ``depth`` levels are set in; what lies deeper stands on one line."""
    if not depth or not value or not isinstance(value, dict | list):
        return dumps(value)
    inner = margin + " "
    if isinstance(value, dict):
        items = [f"{dumps(key)}: {outline(item, depth - 1, inner)}" for key, item in value.items()]
    else:
        items = [outline(item, depth - 1, inner) for item in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return opening + "\n" + ",\n".join(inner + item for item in items) + "\n" + margin + closing


def schema() -> dict[str, Any]:
    """The JSON Schema of the report (draft 2020-12)."""
    from importlib.resources import files

    loaded: dict[str, Any] = json.loads(files("refaudit.report").joinpath("schema.json").read_text(encoding="utf-8"))
    return loaded
