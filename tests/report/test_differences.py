"""What differs between two texts, and what a repair changes."""

from __future__ import annotations

import pytest

from refaudit.model import Document, Edit, FileReport, Piece, Repair, Source
from refaudit.report.differences import Stretches, hunks, unlike


def shown(side: Stretches) -> str:
    return "".join(f"[{text}]" if differs else text for text, differs in side)


@pytest.mark.parametrize(
    ("cited", "registered", "expected"),
    [
        ("Dorn", "Dorne", ("Dorn", "Dorn[e]")),
        ("2014", "2015", ("201[4]", "201[5]")),
        ("volume 14", "volume 11", ("volume [14]", "volume [11]")),
        ("The field of open science", "The Field of Open Access", ("The field of open [science]", "The Field of Open [Access]")),
        ("Lindgren, V.; Alperin", "Larivière, Vincent; Alperin",
         ("[Lindgren], [V].; Alperin", "[Larivière], [Vincent]; Alperin")),
        ("12(3)", "12, 3", ("12[(]3[)]", "12[, ]3")),
        ("Silt", "Xyz 123", ("Silt", "Xyz 123")),
        ("Conservation Letters", "PeerJ", ("Conservation Letters", "PeerJ")),
        ("", "x", ("", "x")),
        ("same", "SAME", ("same", "SAME")),
    ],
)  # fmt: skip
def test_words_that_differ_are_marked_and_capitals_are_not(cited: str, registered: str, expected: tuple[str, str]):
    left, right = unlike(cited, registered)
    assert "".join(text for text, _ in left) == cited
    assert "".join(text for text, _ in right) == registered
    assert (shown(left), shown(right)) == expected


def test_capitals_that_grow_when_folded_are_compared_as_they_are():
    assert [shown(side) for side in unlike("Rain in İzmir", "Rain in Izmir")] == ["Rain in [İ]zmir", "Rain in [I]zmir"]


def paper(text: str) -> FileReport:
    source = Source(path="a.md", text=text)
    return FileReport(
        path="a.md",
        document=Document(path="a.md", format="md", text=text, sources=(source,), pieces=(Piece(0, 0, len(text)),)),
    )


def changed(text: str, *edits: tuple[int, int, str]) -> list[tuple[int, str, str, str]]:
    repair = Repair(kind="x", what="", edits=tuple(Edit(path="a.md", start=s, end=e, text=t) for s, e, t in edits))
    return [(hunk.line, shown(hunk.before), shown(hunk.after), hunk.text) for hunk in hunks(paper(text), repair)]


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("one\ntwo three\nfour", [(4, 7, "2")], [(2, "[two] three", "[2] three", "2 three")]),
        ("a 2019, b 2019\r\nc", [(6, 6, "a"), (14, 14, "b")],
         [(1, "a 2019, b 2019", "a 2019[a], b 2019[b]", "a 2019a, b 2019b")]),
        ("a\nb\nc", [(0, 1, "x"), (4, 5, "y")], [(1, "[a]", "[x]", "x"), (3, "[c]", "[y]", "y")]),
        ("keep\n@a{\n x}\n\n@b{}", [(5, 13, "")], [(2, "[@a{\n x}]", "", "")]),
        ("x" * 300 + "a" + "y" * 300, [(300, 301, "b")],
         [(1, "…" + "x" * 60 + "[a]" + "y" * 60 + "…", "…" + "x" * 60 + "[b]" + "y" * 60 + "…", "x" * 300 + "b" + "y" * 300)]),
        ("http://a.org/?utm=1&b=2", [(0, 23, "http://a.org/?b=2")],
         [(1, "http://a.org/?[utm=1&]b=2", "http://a.org/?b=2", "http://a.org/?b=2")]),
        ("a\u202eb", [(0, 1, "x\x1b")], [(1, "[a]\\u202eb", "[x\\x1b]\\u202eb", "x\\x1b\\u202eb")]),
    ],
)  # fmt: skip
def test_a_repair_is_shown_line_by_line(text: str, edits: list[tuple[int, int, str]], expected: list[object]):
    assert changed(text, *edits) == expected
