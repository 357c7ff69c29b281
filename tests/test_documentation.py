"""The documentation names every key, variable, format, repair and rule, and its links lead somewhere."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from refaudit import config
from refaudit.repair import ASKED_FOR, KINDS
from refaudit.report import HOMES
from refaudit.report.rule_docs import markdown
from refaudit.rules import RULES

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "refaudit"
ROOMS = {path.name for path in SRC.iterdir() if path.is_dir() and path.name != "__pycache__"}
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def in_tables(text: str) -> set[str]:
    """What the first columns of the tables of a page set as code."""
    rows = re.findall(r"^\|([^|]*)\|", text, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_key_and_variable_of_the_settings():
    sources = {field.name.replace("_", "-") for field in fields(config.Sources)} - {"trusted"}
    text = page("configuration.md")
    assert [key for key in sorted(sources) if f"`{key}`" not in text] == []
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    variables = set(re.findall(r"\b(?:REFAUDIT_[A-Z0-9_]+[A-Z]|NO_COLOR|FORCE_COLOR|CROSSREF_PLUS_TOKEN)\b", source))
    assert len(variables) > 5
    assert in_tables(text) == set(config._KEYS) | variables


def test_every_format():
    assert set(HOMES) <= in_tables(page("reports.md")) | in_tables(page("ci.md"))


def test_every_repair():
    assert in_tables(page("fix.md")) == set(KINDS)
    assert [f"only when named: `--repair {kind}`" in page("fix.md") for kind in ASKED_FOR] == [True]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule(rule):  # type: ignore[no-untyped-def]
    assert markdown(rule).strip() in page("rules.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not target.startswith(("http", "#", "mailto:"))]
    assert [target for target in targets if not (path.parent / target.partition("#")[0]).exists()] == []


def test_the_rooms_and_files_named_for_contributors_exist():
    named = {name for name in in_tables(page("how-it-works.md")) if "/" in name or name.endswith(".py")}
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|$", page("how-it-works.md"), re.MULTILINE)
    named |= {name for row in rows for name in re.findall(r"`([\w/]+(?:/|\.\w+))`", row) if name.split("/")[0] in ROOMS}
    missing = [name for name in sorted(named) if not any((SRC / form).exists() for form in (name, f"{name}.py"))]
    assert missing == []
    assert {name.split("/")[0] for name in named} >= ROOMS
