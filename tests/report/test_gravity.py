"""What weighs most comes first, and the sentence that says it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refaudit import rules
from refaudit.model import FileReport, Level
from refaudit.report.gravity import GRAVITIES, SMALLER, Phrase, gravity, headline, phrases, rank, worst_first
from tests.report import sample


def test_a_level_comes_before_a_weight_and_a_weight_before_a_place():
    paper = sample.paper()
    retracted, differs, author, missing, _, _, _, unchecked = paper.findings
    smaller = replace(missing, code="REF002")
    again = replace(author, message="another one")
    given = [unchecked, smaller, differs, again, author, missing, retracted]
    assert worst_first(given) == [retracted, missing, again, author, smaller, differs, unchecked]


def test_every_weight_names_rules_that_there_are_and_none_twice():
    codes = [code for weight in GRAVITIES for code in weight.codes]
    assert sorted(codes) == sorted({*codes} & {rule.code for rule in rules.RULES})
    assert gravity("CIT001") is SMALLER
    assert [rank(code) for code in ("AUD001", "RET051", "CIT001")] == [0, 1, len(GRAVITIES)]


def test_works_are_counted_once_and_what_is_not_shown_is_not_counted():
    paper = sample.paper()
    differs = paper.findings[1]
    other = replace(differs, code="MET051", references=("ref-2",))
    twice = replace(differs, code="MET054")
    unsure = replace(differs, code="MET055", references=("ref-3",), confidence=0.49)
    sure = replace(unsure, references=("ref-4",), confidence=0.5)
    away = replace(differs, references=("ref-5",), suppressed="known")
    file = replace(paper, findings=(differs, other, twice, unsure, sure, away), counts={})
    assert phrases([file], 0.5) == [Phrase(name="differs", count=3, words="3 entries differ from their records")]
    second = replace(file, path="b.md", findings=(differs,))
    assert phrases([file, second], 0.5) == [Phrase(name="differs", count=4, words="4 entries differ from their records")]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([FileReport(path="a.md", counts={"checked": 3})], "Nothing to correct was found."),
        ([FileReport(path="a.md", counts={"off": 3})], "Nothing to correct was found; 3 of 3 references were not looked up."),
        ([FileReport(path="a.md", error="no")], "Nothing was read; 1 file could not be read."),
        (
            [FileReport(path="a.md", counts={}), FileReport(path="b.md", error="no"), FileReport(path="c.md", error="no")],
            "Nothing to correct was found; 2 files could not be read.",
        ),
        ([replace(sample.paper(), counts={}, findings=sample.paper().findings[-1:])], "Nothing to correct was found."),
        (
            [
                replace(
                    sample.paper(), counts={}, findings=(replace(sample.paper().findings[0], code="CIT003", level=Level.NOTE),)
                )
            ],
            "1 smaller point.",
        ),
    ],
)
def test_the_sentence(files: list[FileReport], said: str):
    assert headline(replace(sample.report(), files=tuple(files))) == said
