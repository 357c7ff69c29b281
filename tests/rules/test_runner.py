"""The runner: one cause, one finding; fingerprints; time in proportion to the number of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from refaudit import rules
from refaudit.config import Config
from refaudit.errors import ConfigError
from refaudit.model import Level
from refaudit.rules.base import Audit, Hit, Rule, rule
from refaudit.rules.runner import run
from tests.counting import grows_linearly
from tests.rules import make


def always(code: str, *hits: Hit, absorbs: tuple[str, ...] = (), confidence: float = 0.9) -> Rule:
    @rule(code, "made-up", Level.WARNING, absorbs=absorbs, confidence=confidence)
    def check(audit: Audit) -> Iterator[Hit]:
        """Made up."""
        yield from hits

    return check


def two() -> Audit:
    return make.audit([make.reference("r1", "Lopez 2019"), make.reference("r2", "Vega 2018")])


def test_a_strong_finding_absorbs_the_weaker_one_on_the_same_reference() -> None:
    """Only codes it names, and only on references that it is about itself."""
    strong = always("REF002", Hit(message="strong", references=("r1",)), absorbs=("REF001", "DUP001"))
    weak = always("REF001", Hit(message="weak", references=("r1",)), Hit(message="other", references=("r2",)))
    wide = always("DUP001", Hit(message="wide", references=("r1", "r2")))
    unnamed = always("REF010", Hit(message="unnamed", references=("r1",)))
    found = run(two(), (strong, weak, wide, unnamed))
    assert [(f.code, f.message, f.absorbed) for f in found] == [
        ("DUP001", "wide", ()),
        ("REF001", "other", ()),
        ("REF002", "strong", ("REF001",)),
        ("REF010", "unnamed", ()),
    ]


def test_what_is_too_unsure_to_be_shown_absorbs_nothing() -> None:
    """A finding below the confidence asked for must not take another one with it."""
    strong = always("REF002", Hit(message="strong", references=("r1",)), absorbs=("REF001",), confidence=0.3)
    weak = always("REF001", Hit(message="weak", references=("r1",)))
    assert [(f.code, f.absorbed) for f in run(two(), (strong, weak))] == [("REF001", ()), ("REF002", ())]


def test_fingerprints_do_not_move_with_the_text_and_differ_for_twins() -> None:
    """The same defect keeps its fingerprint when the place moves; two equal entries with one defect have two."""
    check = always("REF001", Hit(message="m", references=("r1",)), Hit(message="m", references=("r2",)))
    here = make.audit([make.reference("r1", "Lopez 2019"), make.reference("r2", "Lopez  2019")])
    there = replace(here, document=make.document("\n" * 1000), references=here.references[::-1])
    prints = [finding.fingerprint for finding in run(here, (check,))]
    assert len(set(prints)) == 2
    assert sorted(prints) == sorted(finding.fingerprint for finding in run(there, (check,)))


def test_time_grows_with_the_number_of_findings_and_not_with_its_square() -> None:
    """Twice the findings take some twice the steps."""

    def work(count: int) -> Callable[[], object]:
        references = [make.reference(f"r{index}", f"Lopez {index}") for index in range(count)]
        strong = always("REF002", *(Hit(message="s", references=(r.id,)) for r in references), absorbs=("REF001",))
        weak = always("REF001", *(Hit(message="w", references=(r.id,)) for r in references))
        bundle = make.audit(references)
        return lambda: run(bundle, (strong, weak))

    assert len(work(1000)()) == 1000
    assert grows_linearly(work, 250)


def test_select_and_ignore_take_codes_and_beginnings_of_codes() -> None:
    """An unknown code is an error of the user, said in one line."""
    codes = [r.code for r in rules.select(Config(select=("DUP", "LNK001"), ignore=("DUP003",)))]
    assert codes == ["LNK001", "DUP001", "DUP002", "DUP004"]
    per_file = Config(select=("DUP",), per_file_ignores=(("old/*", ("DUP001",)),))
    assert [r.code for r in rules.select(per_file, "old/paper.md")] == ["DUP002", "DUP003", "DUP004"]
    with pytest.raises(ConfigError, match="no rule has the code 'XYZ'"):
        rules.select(Config(select=("XYZ",)))
