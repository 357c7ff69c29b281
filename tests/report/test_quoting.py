"""The sentence that cites: whole values, where it ends, and that the work grows with the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from refaudit.model import Block, BlockKind, Citation, Document, FileReport, Finding, Level, Link, LinkStatus, Span, System
from refaudit.report.quoting import cited_by, sentences
from tests.counting import grows_linearly
from tests.report import sample

NEAR = 160  # characters on either side that may be quoted


def paper(text: str, *cited: str, blocks: tuple[Block, ...] = ()) -> FileReport:
    """A paper with a citation at each of ``cited`` and a finding about each."""
    base = sample.paper()
    assert base.document is not None
    citations, at = [], 0
    for number, words in enumerate(cited, 1):
        at = text.index(words, at)
        citations.append(
            Citation(id=f"cit-{number}", text=words, span=Span(at, at + len(words)), system=System.AUTHOR_DATE, items=())
        )
        at += len(words)
    document: Document = replace(base.document, text=text, blocks=blocks)
    findings = tuple(replace(base.findings[0], citations=(one.id,), references=()) for one in citations)
    return replace(base, document=document, citations=tuple(citations), findings=findings, links=())


def test_each_finding_of_the_sample_has_its_sentence_in_order():
    file = sample.paper()
    harbours = "Harbours silt up (Abel & Braun, 2018; Cole, 2020a)."
    dorn = "Dorn (2017) saw it first, and so did Evers (2011)."
    method = "We follow Cole (2020) and, against it, Fenn et al. (2015)."
    assert [(found.code, said) for found, said in zip(file.findings, sentences(file), strict=True)] == [
        ("RET051", harbours), ("MET053", harbours), ("LNK006", dorn), ("LNK001", dorn), ("LNK004", method), ("REF007", method),
        ("REF008", method), ("AUD051", ""),
    ]  # fmt: skip


def test_a_finding_about_an_entry_has_the_sentence_that_cites_it_first():
    file = paper("One (A 2001). Two (A 2001). Three (B 2002).", "(A 2001)", "(A 2001)", "(B 2002)")
    links = tuple(
        Link(citation=cit, item=0, status=LinkStatus.EXACT, references=(ref,), score=1.0)
        for cit, ref in (("cit-2", "ref-1"), ("cit-1", "ref-1"), ("cit-3", "ref-2"), ("cit-3", "ref-2"))
    )
    entry: Finding = replace(file.findings[0], citations=(), references=("ref-2", "ref-1"), level=Level.NOTE)
    uncited = replace(entry, references=("ref-3",))
    file = replace(file, links=links, findings=(entry, uncited, replace(entry, references=())))
    assert cited_by(file) == {"ref-1": ["cit-2", "cit-1"], "ref-2": ["cit-3"]}
    assert sentences(file) == ["Three (B 2002).", "", ""]
    assert sentences(replace(file, document=None)) == ["", "", ""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It rained. As (A 2001) says. So it was.", "As (A 2001) says."),
        ("See e.g. the tables of (A 2001) vol. two.", "See e.g. the tables of (A 2001) vol. two."),
        ('He said "no." But (A 2001) did not!', "But (A 2001) did not!"),
        ("Above\n\nthe one (A 2001)\n\nBelow", "the one (A 2001)"),
        ("two\nlines (A 2001) in\nall", "two lines (A 2001) in all"),
        (f"{'a' * (NEAR - 1)}(A 2001){'b' * (NEAR - 1)}", f"{'a' * (NEAR - 1)}(A 2001){'b' * (NEAR - 1)}"),
        (f"x{'a' * NEAR}(A 2001){'b' * NEAR}x", f"…{'a' * NEAR}(A 2001){'b' * NEAR}…"),
        ("turned \u202e round (A 2001)", "turned \\u202e round (A 2001)"),
    ],
)
def test_where_a_sentence_begins_and_ends(text: str, said: str):
    assert sentences(paper(text, "(A 2001)")) == [said]


def test_a_sentence_stays_in_the_innermost_block():
    text = "whole first (A 2001) second last"
    cell, outer = Span(6, 27), Span(0, len(text))
    blocks = tuple(Block(kind=BlockKind.TABLE, span=span) for span in (outer, cell))
    assert sentences(paper(text, "(A 2001)", blocks=blocks)) == ["first (A 2001) second"]
    assert sentences(paper(text, "(A 2001)", blocks=blocks[::-1])) == ["first (A 2001) second"]


def test_the_work_grows_with_the_paper():
    def work(size: int) -> Callable[[], object]:
        file = paper("As (A 2001) says.\n\n" * size, *["(A 2001)"] * size)
        blocks = tuple(Block(kind=BlockKind.PARAGRAPH, span=Span(19 * at, 19 * at + 17)) for at in range(size))
        assert file.document is not None
        file = replace(file, document=replace(file.document, blocks=blocks))
        return lambda: sentences(file)

    assert grows_linearly(work, 60)
    assert work(3)() == ["As (A 2001) says."] * 3
