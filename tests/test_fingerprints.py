"""Fingerprints name the rule, the work and the field: edits elsewhere leave every one of them as it was."""

from __future__ import annotations

import datetime
import random
import textwrap
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from refaudit.config import Config
from refaudit.readers.project_files import Files
from refaudit.resolve.configure import resolver

ROOT = Path(__file__).resolve().parents[1]
DEMO = (ROOT / "references" / "samples" / "demo.md").read_text(encoding="utf-8")
CONFIG = Config(offline=True, snapshot=str(ROOT / "references" / "snapshot" / "demo.sqlite"), today=datetime.date(2026, 1, 15))
HEADING = "## References\n\n"

Edit = Callable[[str, random.Random], str]


@pytest.fixture(scope="module")
def found() -> Callable[[str], set[tuple[str, str]]]:
    """Code and fingerprint of every finding of a text."""
    resolve = resolver(CONFIG)

    def audit(text: str) -> set[tuple[str, str]]:
        report = import_module("refaudit.audit").audit_file("demo.md", text.encode(), CONFIG, resolve=resolve)
        return {(finding.code, finding.fingerprint) for finding in report.findings}

    return audit


def paragraphs_before(text: str, generator: random.Random) -> str:
    body, heading, entries = text.partition(HEADING)
    parts = body.split("\n\n")
    for _ in range(generator.randrange(1, 5)):
        parts.insert(generator.randrange(1, len(parts)), "Some words that cite nothing were put here, and then a few more.")
    return "\n\n".join(parts) + heading + entries


def list_reordered(text: str, generator: random.Random) -> str:
    body, heading, entries = text.partition(HEADING)
    shuffled = entries.strip().split("\n\n")
    generator.shuffle(shuffled)
    return body + heading + "\n\n".join(shuffled) + "\n"


def lines_reflowed(text: str, generator: random.Random) -> str:
    width = generator.randrange(40, 130)
    return "\n\n".join(
        part
        if part.startswith(("#", "|", "-", "<"))
        else textwrap.fill(part, width, break_long_words=False, break_on_hyphens=False)
        for part in text.split("\n\n")
    )


def newlines_of_windows(text: str, _: random.Random) -> str:
    return "\ufeff" + text.replace("\n", "\r\n")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("edit", [paragraphs_before, list_reordered, lines_reflowed, newlines_of_windows])
def test_edits_elsewhere_change_no_fingerprint(found: Callable[[str], set[tuple[str, str]]], edit: Edit, seed: int):
    before = found(DEMO)
    assert len(before) > 20
    assert found(edit(DEMO, random.Random(seed))) == before


def test_a_new_entry_and_a_new_citation_add_and_take_nothing_away(found: Callable[[str], set[tuple[str, str]]]):
    before = found(DEMO)
    longer = DEMO.rstrip() + "\n\nZwick, A. (2017). Something else altogether. *Journal of Odds*, 2(1), 3–9.\n"
    assert {code for code, _ in found(longer) - before} == {"LNK003"}
    assert before <= found(longer)
    cited = DEMO.replace("\n\n## References", "\n\nWords, and a work that is not listed (Quist, 2003).\n\n## References")
    assert {code for code, _ in found(cited) - before} == {"LNK001"}
    assert before <= found(cited)


def test_an_edit_of_the_work_itself_gives_another_fingerprint(found: Callable[[str], set[tuple[str, str]]]):
    assert ("Kozlov, 2014" in DEMO, found(DEMO.replace("Kozlov, 2014", "Kozlov, 2013")) == found(DEMO)) == (True, False)


BIB = (
    "@article{a,\n  author = {Lopez, Ana},\n  title = {Rain on bare ground},\n  year = {2019}\n}",
    "@book{b,\n  author = {Vega, Berta},\n  title = {[Title of book]},\n  year = {2018}\n}",
    "@article{c,\n  author = {Nash, Dora},\n  title = {Hail},\n  journal = {Water},\n  year = {2093},\n  volume = 2\n}",
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
@pytest.mark.parametrize(("indent", "more"), [("  ", ""), ("\t", ""), ("    ", "% a comment\n\n")])
def test_moving_and_indenting_bibtex_entries_changes_no_fingerprint(order: tuple[int, ...], indent: str, more: str):
    text = (
        "\\documentclass{article}\\begin{document}Rain \\cite{a}, \\cite{b,c}, \\cite{gone}.\\bibliography{refs}\\end{document}"
    )

    def audit(tex: str, entries: str) -> set[tuple[str, str]]:
        files = Files(members={"p.tex": tex.encode(), "refs.bib": entries.encode()})
        report = import_module("refaudit.audit").audit_file("p.tex", tex.encode(), Config(today=CONFIG.today), files=files)
        return {(finding.code, finding.fingerprint) for finding in report.findings}

    before = audit(text, "\n\n".join(BIB))
    assert {code for code, _ in before} == {"LNK001", "REF002", "REF003"}
    moved = more + "\n\n".join(BIB[number] for number in order).replace("\n  ", f"\n{indent}")
    assert audit(text.replace("Rain", "More words.\n\nRain"), moved) == before
