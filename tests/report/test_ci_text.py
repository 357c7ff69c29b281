"""Places in words."""

import pytest

from refaudit.model import Location
from refaudit.report.ci_text import signposts, where


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"line": 12, "column": 3}, "line 12"),
        ({"page": 3}, "page 3"),
        ({"page": 3, "heading": "Methods", "words": "Rain loosens"}, "page 3 under “Methods”, “Rain loosens”"),
        ({"paragraph": 7}, "paragraph 7"),
        ({"paragraph": 7, "page": 2, "words": "Rain loosens"}, "paragraph 7 (page 2) “Rain loosens”"),
        ({"paragraph": 7, "heading": "Methods\x1b[2J"}, "paragraph 7 under “Methods\\x1b[2J”"),
        ({}, ""),
    ],
)
def test_a_place_in_words(place: dict[str, object], words: str) -> None:
    assert where(Location(path="a.docx", start=0, end=1, **place)) == words


def test_signposts_only_where_they_are_known() -> None:
    assert signposts(Location(path="a.md", start=0, end=1, line=1, column=1)) == ""
