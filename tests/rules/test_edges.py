"""Rules on both sides of their edges, on model values made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refaudit.model import Block, BlockKind, Candidate, Link, LinkStatus, Lookup, LookupStatus, Name, Parsed, Record, Span, System
from refaudit.rules import RULES
from refaudit.rules.base import Audit, Hit, not_looked_up, sure, without_links
from refaudit.rules.fnd import entry_words
from tests.rules import make

RULE = {rule.code: rule for rule in RULES}


def hits(code: str, audit: Audit) -> list[Hit]:
    return list(RULE[code].check(audit))


def mixed(names: int, numbers: int, **more: object) -> list[str]:
    """A text that cites so often by name and by number."""
    systems = [System.AUTHOR_DATE] * names + [System.NUMERIC] * numbers
    citations = [
        make.citation(f"c{n}", make.item("Lopez", "2019", at=10 * n) if system is System.AUTHOR_DATE else make.item(label="1", at=10 * n),
                      system=system)
        for n, system in enumerate(systems)
    ]  # fmt: skip
    status = more.pop("status", LinkStatus.EXACT)
    links = [Link(citation=one.id, item=0, status=status, references=("r1",)) for one in citations]
    audit = make.audit([make.reference("r1", "Lopez 2019.")], citations, links)
    blocks = more.pop("blocks", ())
    return [hit.message for hit in hits("CIT002", replace(audit, document=replace(audit.document, blocks=blocks)))]


@pytest.mark.parametrize(
    ("names", "numbers", "told"),
    [(4, 4, True), (3, 4, False), (16, 4, True), (17, 4, False), (4, 16, True), (4, 17, False), (8, 0, False)],
)
def test_two_systems_compete_from_four_citations_and_a_fifth_on(names: int, numbers: int, told: bool) -> None:
    few, many = sorted((names, numbers))
    word = {True: ("author and year", "number"), False: ("number", "author and year")}[names > numbers]
    if names == numbers:
        word = ("number", "author and year")
    expected = f"The text cites {many} times by {word[0]} and {few} times by {word[1]}."
    assert mixed(names, numbers) == ([expected] if told else [])


def test_only_what_leads_to_the_list_competes() -> None:
    assert mixed(5, 5, status=LinkStatus.MISSING) == []
    assert len(mixed(5, 5, status=LinkStatus.PROBABLE)) == 1


@pytest.mark.parametrize(("span", "told"), [(Span(0, 1), False), (Span(1, 10), True), (Span(1, 11), False), (Span(40, 90), True)])
def test_names_in_a_table_do_not_compete(span: Span, told: bool) -> None:
    table = Block(kind=BlockKind.TABLE, span=span)
    assert bool(mixed(4, 4, blocks=(table,))) is told  # names begin at 0, 10, 20 and 30, numbers behind them
    assert len(mixed(4, 4, blocks=(replace(table, kind=BlockKind.PARAGRAPH),))) == 1


def cited_twice(authors: str, first: tuple[str, bool], second: tuple[str, bool], **changes: object) -> list[Hit]:
    reference = make.reference("r1", "An entry", authors=authors, year="2019", **changes)
    citations = [
        make.citation(f"c{n}", make.item(names, "2019", at=10 * n, et_al=et_al))
        for n, (names, et_al) in enumerate((first, second, second))
    ]
    links = [Link(citation=one.id, item=0, status=LinkStatus.EXACT, references=("r1",)) for one in citations]
    return hits("CIT003", make.audit([reference], citations, links))


THREE = "Lopez, A.; Vega, B.; Sand, C."


@pytest.mark.parametrize(
    ("authors", "first", "second", "told"),
    [
        (THREE, ("Lopez", True), ("Lopez;Vega;Sand", False), True),
        (THREE, ("Lopez;Vega", True), ("Lopez;Vega;Sand", False), False),
        (THREE, ("Lopez", True), ("Lopez;Vega", False), False),
        (THREE, ("Lopez;Vega;Sand", False), ("Lopez", True), False),
        ("Lopez, A.; Vega, B.", ("Lopez", True), ("Lopez;Vega", False), False),
    ],
)
def test_et_al_and_all_names(authors: str, first: tuple[str, bool], second: tuple[str, bool], told: bool) -> None:
    found = cited_twice(authors, first, second)
    assert [(hit.message, hit.citations, hit.references, hit.spans) for hit in found] == (
        [("“Lopez et al. 2019” is cited with all names here, but with “et al.” before.", ("c1",), ("r1",), (Span(10, 11),))]
        if told
        else []
    )


def test_a_list_that_is_cut_itself_has_no_all_names() -> None:
    assert cited_twice(THREE, ("Lopez", True), ("Lopez;Vega;Sand", False), et_al=True) == []


@pytest.mark.parametrize(
    ("form", "text", "confidence"),
    [
        ("pdf", "א" + " " * 39 + "(Lopez" + " " * 60, 0.9),
        ("pdf", " " + "א" + " " * 39 + "(Lopez", 0.4),
        ("pdf", " " * 41 + "(" + " " * 39 + "א", 0.4),
        ("pdf", " " * 41 + "(" + " " * 40 + "א", 0.9),
        ("md", " " + "א" + " " * 39 + "(Lopez", 0.9),
    ],
)
def test_a_slip_among_words_from_the_right(form: str, text: str, confidence: float) -> None:
    citation = make.citation("c1", make.item("Lopez", "2019", at=41), text="(Lopez 2019", flaw="a bracket is missing")
    audit = make.audit((), [citation], text=text)
    (hit,) = hits("CIT001", replace(audit, document=replace(audit.document, format=form)))
    assert hit == Hit(
        message="“(Lopez 2019”: a bracket is missing.", citations=("c1",), confidence=confidence,
        subject="a bracket is missing “(Lopez 2019”",
    )  # fmt: skip


# ------------------------------------------------------------------ sample authors

TITLE = "Rain on bare ground and what it does"


@pytest.mark.parametrize(
    ("authors", "confidences"),
    [
        ("Doe, J.", []),
        ("Doe, Jo", []),
        ("Doe, Jane", [0.55]),
        ("Doe, John P.", [0.55]),
        ("Doe, J.; Doe, J.", [None]),
        ("Doe, J.; Lopez, A.", []),
        ("Author, A.", [None]),
    ],
)
def test_one_person_called_doe_may_be_real(authors: str, confidences: list[float | None]) -> None:
    reference = make.reference("r1", f"{authors} (2019). {TITLE}. Soils.", authors=authors, year="2019", title=TITLE)
    assert [hit.confidence for hit in hits("REF002", make.audit([reference]))] == confidences


# ------------------------------------------------------------------ no record found


def found(score: float, *, title: str = "Snow on lakes", authors: str = "Lopez", journal: str = "", near: bool = True) -> Hit:
    reference = make.reference(
        "r1", f"Lopez, A. (2019). {TITLE}. Soils.", authors="Lopez, A.", year="2019", title=TITLE, label="7"
    )
    record = Record(
        source="Crossref", doi="10.5555/1", title=title, authors=(Name(family=authors),), url="https://doi.org/10.5555/1"
    )
    lookup = Lookup(
        reference="r1", status=LookupStatus.NOT_FOUND, asked=("Crossref", "DataCite"), journal=journal,
        candidates=(Candidate(record=record, score=score),) if near else (),
    )  # fmt: skip
    (hit,) = hits("FND051", make.audit([reference], lookups=(lookup,)))
    return hit


@pytest.mark.parametrize(
    ("score", "journal", "title", "confidence"),
    [
        (0.44, "Soils", "Snow on lakes", 0.75),
        (0.45, "Soils", "Snow on lakes", 0.45),
        (0.45, "", "Snow on lakes", 0.4),
        (0.1, "", "Snow on lakes", 0.4),
        (0.1, "", TITLE, 0.6),
        (0.9, "Soils", TITLE, 0.75),
    ],
)
def test_how_sure_it_is_that_nothing_matches(score: float, journal: str, title: str, confidence: float) -> None:
    assert found(score, journal=journal, title=title).confidence == confidence


@pytest.mark.parametrize(
    ("score", "title", "authors", "words", "evidence"),
    [
        (0.2, "Snow on lakes", "Lopez", " The nearest record is https://doi.org/10.5555/1: ", 5),
        (0.19, "Snow on lakes", "Lopez", "", 4),
        (0.2, "Snow on lakes", "Okafor", "", 5),
        (0.1, TITLE, "Okafor", " https://doi.org/10.5555/1 has this title: ", 5),
    ],
)
def test_the_nearest_record_is_named(score: float, title: str, authors: str, words: str, evidence: int) -> None:
    hit = found(score, title=title, authors=authors)
    begin = "[7]: no record that matches this entry was found (Crossref and DataCite asked)."
    assert hit.message.startswith(begin + words)
    assert (hit.message == begin) is (words == "")
    assert len(hit.evidence) == evidence


def test_where_nothing_is_near_the_searches_are_left() -> None:
    hit = found(0.0, near=False, journal="Soils")
    assert hit.message == (
        "[7]: no record that matches this entry was found (Crossref and DataCite asked, which has “Soils” of that time)."
    )
    assert [one.source for one in hit.evidence] == ["Crossref", "OpenAlex", "Google Scholar", "WorldCat"]


def test_the_beginning_of_an_entry() -> None:
    assert entry_words("x" * 160) == "x" * 160
    assert entry_words("x" * 161) == "x" * 157 + "…"


# ------------------------------------------------------------------ what rules share


def test_a_field_counts_where_it_was_read_without_much_doubt() -> None:
    assert sure(Parsed(value="Rain", raw="Rain", confidence=0.3)) == "Rain"
    assert sure(Parsed(value="Rain", raw="Rain", confidence=0.29)) is None
    assert sure(Parsed(value="Rain", raw="Rain", confidence=0.69), 0.7) is None
    assert sure(None) is None


def test_links_are_blanked_in_place() -> None:
    assert without_links("See 10.5555/abc, and https://example.org/x too.") == "See            , and                       too."


def test_entries_of_a_database_that_nobody_cites_are_not_looked_up() -> None:
    references = [make.reference(f"r{n}", "Rain", cited_only=n > 1) for n in (1, 2, 3)]
    audit = make.audit(references, (), [Link(citation="c1", item=0, status=LinkStatus.EXACT, references=("r2",))])
    assert audit.not_looked_up == {"r3"}
    assert [one.id for one in audit.asked] == ["r1", "r2"]
    assert not_looked_up(references, audit.links, replace(audit.config, include_uncited=True)) == frozenset()
