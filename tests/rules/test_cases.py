"""The case tables: one file a rule, one heading a case, a manuscript, and everything an audit of it shows.

``LNK001.md`` holds cases as

    ## name of the case

    ```text
    the manuscript
    ```

    ```expect
    3:1 LNK001 the whole message
    ```

An empty ``expect`` block says that nothing is found. The whole result is compared, so an extra finding fails too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from refaudit.rules import RULES
from tests.rules.run import lines

FOLDER = Path(__file__).parent
CASE = re.compile(
    r"^## (?P<name>[^\n]+)\n+```text\n(?P<text>.*?)^```\n+```expect\n(?P<expect>.*?)^```$", re.MULTILINE | re.DOTALL
)


def cases() -> list[tuple[str, str, str]]:
    """(file and case name, manuscript, expected lines) of every table."""
    return [
        (f"{path.stem}: {match['name']}", match["text"], match["expect"])
        for path in sorted(FOLDER.glob("[A-Z][A-Z][A-Z][0-9][0-9][0-9].md"))
        for match in CASE.finditer(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("name", "text", "expect"), cases())
def test_case(name: str, text: str, expect: str) -> None:
    """An audit of the manuscript shows exactly the findings of the table."""
    assert lines(text) == expect.splitlines(), name


def test_every_case_is_read() -> None:
    """A slip in the form of a table must not hide a case, and every table belongs to a rule."""
    codes = {rule.code for rule in RULES}
    for path in FOLDER.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert path.stem in codes
        assert len(CASE.findall(text)) == text.count("```expect") == text.count("```text") > 0
