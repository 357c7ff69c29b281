"""The documentation of every rule is true: its snippets give what it says."""

from __future__ import annotations

import re

import pytest

from refaudit.rules import RULES
from refaudit.rules.base import HEADINGS, Rule
from tests.rules.run import findings

OFFLINE = [rule for rule in RULES if not rule.online]
# a finding that always stands beside the one in question
BESIDE = {"LNK002": {"LNK001"}}
# rules whose defect no short manuscript shows; they have tests of their own
PROSE = {"AUD002"}
BLOCK = re.compile(r"```\n(.*?)```", re.DOTALL)


def blocks(rule: Rule, heading: str) -> list[str]:
    return BLOCK.findall(rule.sections[heading])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_documentation_has_every_heading(rule: Rule) -> None:
    """A summary of one sentence, then the fixed headings in their order, none of them empty."""
    assert rule.summary.endswith(".")
    assert tuple(rule.sections) == HEADINGS
    assert all(rule.sections.values())


@pytest.mark.parametrize("rule", OFFLINE, ids=lambda rule: rule.code)
def test_flags(rule: Rule) -> None:
    """Each snippet under "Flags" gives that code and no other."""
    found = blocks(rule, "Flags")
    assert bool(found) == (rule.code not in PROSE)
    for text in found:
        assert {finding.code for finding in findings(text)} - BESIDE.get(rule.code, set()) == {rule.code}, text


@pytest.mark.parametrize("rule", OFFLINE, ids=lambda rule: rule.code)
def test_does_not_flag(rule: Rule) -> None:
    """Each snippet under "Does not flag" gives nothing."""
    found = blocks(rule, "Does not flag")
    assert found
    for text in found:
        assert [(finding.code, finding.message) for finding in findings(text)] == [], text


def test_codes_are_unique() -> None:
    """No code stands twice, no name twice in its family, and families stand in their order."""
    codes = [rule.code for rule in RULES]
    order = ["LNK", "CIT", "REF", "DUP", "DOI", "FND", "MET", "RET", "WEB", "AUD"]
    assert len(set(codes)) == len(codes) == len({(rule.code[:3], rule.name) for rule in RULES})
    assert [order.index(code[:3]) for code in codes] == sorted(order.index(code[:3]) for code in codes)
    assert all(re.fullmatch(r"[A-Z]{3}\d{3}", rule.code) and re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name) for rule in RULES)
