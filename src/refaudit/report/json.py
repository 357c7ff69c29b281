"""JSON, byte for byte the same for the same input and options; ``schema.json`` beside this module describes it."""

from __future__ import annotations

import json
import re
from typing import Any

from refaudit.model import Report
from refaudit.report.objects import report_object

# Valid in JSON, yet they break lines in other tools or reorder what a person sees: written as escapes instead.
_RISKY = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def dumps(value: Any, *, indent: int | None = None) -> str:
    """One value as JSON that can be printed anywhere: a value without ``indent`` never spans lines."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _RISKY.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def render(report: Report) -> str:
    """The whole report."""
    return dumps(report_object(report), indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of the report (draft 2020-12)."""
    from importlib.resources import files

    loaded: dict[str, Any] = json.loads(files("refaudit.report").joinpath("schema.json").read_text(encoding="utf-8"))
    return loaded
