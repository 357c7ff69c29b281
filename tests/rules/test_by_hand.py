"""Rules on model values made by hand: what no short manuscript shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from refaudit.model import Difference, Link, LinkStatus, System
from refaudit.rules import RULES
from refaudit.rules.base import Audit, Rule
from refaudit.rules.works.groups import compare
from tests.counting import grows_linearly
from tests.rules import make

RULE: dict[str, Rule] = {rule.code: rule for rule in RULES}


def messages(code: str, audit: Audit) -> list[str]:
    return [hit.message for hit in RULE[code].check(audit)]


def test_counts_that_differ_a_little_are_no_finding() -> None:
    """Two, or a tenth of the list, may be off."""
    assert messages("AUD002", make.audit(entry_counts=(40, 44))) == []
    assert messages("AUD002", make.audit(entry_counts=(3, 0))) == []
    assert messages("AUD002", make.audit(entry_counts=(12, 17))) == [
        "The reference list was read as 12 entries, but a second count gives 17: please compare the entries with the list. "
        "What depends on them is not told while they are in doubt."
    ]


def test_files_met_in_a_folder_may_be_without_sources() -> None:
    """Only a file that the user named must have something to check."""
    assert len(messages("AUD001", make.audit())) == 1
    assert messages("AUD001", make.audit(named=False)) == []


def cites(*years: str, system: System = System.AUTHOR_DATE) -> Audit:
    references = [make.reference(f"r{y}", f"Lopez, A. {y}. Rain.", authors="Lopez, A.", year=y) for y in ("2019a", "2019b")]
    citations = [make.citation(f"c{i}", make.item("Lopez", year, at=i)) for i, year in enumerate(years)]
    return make.audit(references, citations)


def test_near_misses_take_the_place_of_a_missing_entry() -> None:
    """An item with a difference fires LNK005 and not LNK001, whether it is linked or only near."""
    audit = cites("2018", "2018")
    audit = replace(
        audit,
        links=(
            Link(citation="c0", item=0, status=LinkStatus.MISSING, nearest=("r2019a",), difference=Difference.YEAR),
            Link(citation="c1", item=0, status=LinkStatus.PROBABLE, references=("r2019a",), difference=Difference.YEAR),
        ),
    )
    assert messages("LNK001", audit) == []
    assert messages("LNK005", audit) == [
        "Lopez 2018 is cited here (cited 2 times), but the list has Lopez only from 2019a: “Lopez, A. 2019a. Rain.”."
    ]


def test_a_lone_lettered_entry_is_clear_without_its_letter() -> None:
    """Letters matter where they tell works apart."""
    audit = cites("2019")
    one = Link(citation="c0", item=0, status=LinkStatus.PROBABLE, references=("r2019a",), difference=Difference.LETTER)
    both = Link(citation="c0", item=0, status=LinkStatus.AMBIGUOUS, references=("r2019a", "r2019b"))
    assert messages("LNK007", replace(audit, links=(one,))) == []
    assert messages("LNK007", replace(audit, links=(both,))) == [
        "Lopez 2019 is cited here, but the list tells the works apart by letters: Lopez 2019a and 2019b."
    ]
    assert messages("LNK004", replace(audit, links=(both,))) == []


def test_uncited_entries_of_a_shared_bibliography_are_checked_on_demand_only() -> None:
    """A .bib file serves many papers."""
    references = [
        make.reference("r1", "Lopez, A. 2019. Rain on bare ground.", cited_only=True),
        make.reference("r2", "Vega, B. 2018. Crusts after rain.", cited_only=True),
    ]
    link = Link(citation="c0", item=0, status=LinkStatus.EXACT, references=("r1",))
    audit = make.audit(references, [make.citation("c0", make.item("Lopez", "2019"))], [link])
    assert messages("LNK003", audit) == []
    asked = replace(audit, config=replace(audit.config, include_uncited=True))
    assert messages("LNK003", asked) == [
        "“Vega, B. 2018. Crusts after rain.” is in the reference list, but the text does not cite it."
    ]


def test_numbers_of_notes_in_a_text_that_cites_by_name_are_not_shown() -> None:
    """Where no number leads to the list, a number is rather the mark of a note."""
    references = [make.reference("r1", "Lopez, A. 2019. Rain on bare ground.", authors="Lopez, A.", year="2019")]
    citations = [
        make.citation("c0", make.item("Lopez", "2019")),
        make.citation("c1", make.item(label="3", at=5), system=System.NUMERIC),
    ]
    links = [
        Link(citation="c0", item=0, status=LinkStatus.EXACT, references=("r1",)),
        Link(citation="c1", item=0, status=LinkStatus.MISSING),
    ]
    assert [hit.confidence for hit in RULE["LNK001"].check(make.audit(references, citations, links))] == [0.4]


def test_works_are_grouped_once() -> None:
    """A work listed three times is one group; a chapter and its book are two works."""
    raws = {
        "r1": {"title": "Rain on bare ground and slopes", "authors": "Lopez, A.", "year": "2019", "doi": "10.5555/a.1"},
        "r2": {"title": "Rain on Bare Ground and Slopes", "authors": "López, A.", "year": "2019", "doi": "10.5555/A.1"},
        "r3": {
            "title": "Rain on bare ground and slopes",
            "authors": "Lopez, A.",
            "year": "2019",
            "container": "Journal of Soils",
        },
        "r4": {"title": "Crusts", "authors": "Vega, B.", "year": "2019", "container": "Handbook of Soils", "doi": "10.5555/b"},
        "r5": {"title": "Handbook of Soils", "authors": "Moreno, C.", "year": "2019", "doi": "10.5555/b"},
    }
    works = compare([make.reference(identity, " ".join(map(str, f.values())), **f) for identity, f in raws.items()])
    assert [group.members for group in works.same] == [("r1", "r2", "r3")]
    assert (works.probable, works.shared) == ((), ())
    assert works.distinct(["r1", "r3", "r4"]) == 2


@pytest.mark.parametrize(
    "unit",
    ["( ", '" ', "or similar ", "[title ", "xx-", ". ", "In A ", "doi: ", "http://a.", "12-", "2019 ", "a)", "the "],
)
def test_time_grows_with_the_length_of_an_entry_and_not_with_its_square(unit: str) -> None:
    """Hostile entries: twice the length takes some twice the steps, for all rules together."""

    def work(times: int) -> Callable[[], object]:
        raw = unit * times
        audit = make.audit([make.reference("r1", raw, title=raw, container=raw), make.reference("r2", raw + "x", title=raw)])
        return lambda: [list(rule.check(replace(audit))) for rule in RULES if not rule.online]

    assert grows_linearly(work, 500)


def test_time_grows_with_the_list_and_not_with_its_square() -> None:
    """Comparing entries works in blocks, even where all have one author, year and beginning of a title."""

    def work(count: int) -> Callable[[], object]:
        references = []
        for number in range(count):
            title = f"Rain on bare ground number {number}"
            raw = f"Lopez, A. 2019. {title}. Journal of Soils."
            references.append(make.reference(f"r{number}", raw, title=title, authors="Lopez, A.", year="2019"))
        return lambda: compare(references)

    assert grows_linearly(work, 200)


def test_where_fields_printed_0_any_entry_may_be_meant() -> None:
    """The fields of a word processor that lost their entries print 0; what such a citation means is not known."""
    references = [make.reference(f"r{n}", f"[{n}] Lopez A. Rain on ground {n}. Soils. 2019.", label=str(n)) for n in range(1, 7)]
    numeric = [make.citation(f"c{n}", make.item(label=str(n), at=n), text=f"[{n}]", system=System.NUMERIC) for n in range(1, 6)]
    links = [Link(citation=f"c{n}", item=0, status=LinkStatus.EXACT, references=(f"r{n}",)) for n in range(1, 6)]
    lost = make.citation("c0", make.item(at=90), text="[0]", system=System.NUMERIC)
    missing = Link(citation="c0", item=0, status=LinkStatus.MISSING)
    told = [make.audit(references, numeric, links), make.audit(references, [*numeric, lost], [*links, missing])]
    assert [[hit.confidence for hit in RULE["LNK003"].check(audit)] for audit in told] == [[0.9], [0.4]]
