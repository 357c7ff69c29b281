"""The documentation of a rule, made from its docstring: the same text in the terminal, SARIF, the HTML report and docs."""

from __future__ import annotations

from refaudit.report.json_contract import Json
from refaudit.rules.base import Needs, Rule

_NEEDS = {
    Needs.NOTHING: "works offline",
    Needs.REGISTRY: "needs a registry",
    Needs.WEB: "looks at the cited pages, with `--web` only",
}


def markdown(rule: Rule) -> str:
    """A rule's page."""
    parts = [f"# {rule.code} {rule.name}", f"{rule.summary}\n\nLevel: {rule.level.value}; {_NEEDS[rule.needs]}."]
    parts += [f"## {heading}\n\n{body}" for heading, body in rule.sections.items()]
    return "\n\n".join(parts) + "\n"


def rule_object(rule: Rule) -> Json:
    """A rule as data."""
    return {
        "code": rule.code,
        "name": rule.name,
        "level": rule.level.value,
        "confidence": rule.confidence,
        "online": rule.online,
        "summary": rule.summary,
        "sections": dict(rule.sections),
    }
