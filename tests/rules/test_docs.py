"""docs/rules.md is what ``refaudit rules -f markdown`` prints."""

from __future__ import annotations

from pathlib import Path

from refaudit.report.rule_docs import markdown
from refaudit.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
# never said about a reference: a finding states what was seen, not what somebody did
WORDS = ("fake", "fabricat", "hallucinat", "fraud", "invented", "bogus", "ai-generated")


def test_rules_page_is_fresh() -> None:
    """When this fails: ``refaudit rules -f markdown > docs/rules.md``."""
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == "\n".join(markdown(rule) for rule in RULES)


def test_no_rule_accuses() -> None:
    """Neither documentation nor messages (the case tables hold them) use words of accusation."""
    texts = [(ROOT / "docs" / "rules.md").read_text(encoding="utf-8")]
    texts += [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.md"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "src/refaudit/rules").glob("*.py"))]
    assert [word for word in WORDS for text in texts if word in text.lower()] == []
