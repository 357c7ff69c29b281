"""What a link says on both sides of each edge, and what else a file says that decides a link."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refaudit.model import Citation, CitedItem, Difference, Link, LinkStatus, Mark, MarkKind, Name, Reference, Span, System, Year
from refaudit.parse.entries.author_year import head_of
from refaudit.parse.entries.index import ListIndex, Match
from refaudit.parse.link import led, link, numbered
from refaudit.readers import read

OAK = "Alder, B., & Birch, C. (2019). Oaks."
ELM = "Cedar, D. (2018). Elms."
YEW = "Cedar, D. (2018). Yews."


def listed(*raws, labels=()):
    """Entries one behind the other from 1000 on, each of 100 places."""
    labels = labels or [None] * len(raws)
    return [
        Reference(id=f"r{n + 1}", span=Span(1000 + 100 * n, 1100 + 100 * n), raw=raw, label=label)
        for n, (raw, label) in enumerate(zip(raws, labels, strict=True))
    ]


def index_of(references):
    return ListIndex([head_of(one) for one in references], [one.label for one in references])


def cited(start, *items, system=System.AUTHOR_DATE, end=None, name="c1"):
    return Citation(id=name, span=Span(start, end or start + 10), text="", system=system, items=items)


def by_name(family, year, start=0):
    return CitedItem(span=Span(start, start + 10), names=(Name(family=family),), year=year and Year(number=year))


def by_number(label, start=0):
    return CitedItem(span=Span(start, start + 3), label=label)


class Scored:
    """An index that gives the scores that it is told to give."""

    def __init__(self, *matches, near=()):
        self.labels, self.found, self.near = {}, list(matches), list(near)

    def matches(self, *_):
        return self.found

    def near_names(self, *_):
        return self.near


def linked(*matches, near=()):
    (one,) = link([cited(0, by_name("Cedar", 2018))], listed(OAK, ELM, YEW), Scored(*matches, near=near))
    return one


@pytest.mark.parametrize(
    ("score", "reasons", "status"),
    [
        (0.85, (), LinkStatus.EXACT),
        (0.84, (), LinkStatus.PROBABLE),
        (1.0, ("a reason",), LinkStatus.PROBABLE),
    ],
)
def test_a_link_is_exact_from_085_on_where_nothing_speaks_against_it(score, reasons, status):
    assert linked(Match(1, score, reasons=reasons)) == Link(
        citation="c1", item=0, status=status, references=("r2",), score=score, reasons=reasons
    )


@pytest.mark.parametrize(("other", "references"), [(0.88, ("r2", "r3")), (0.87, ("r3",))])
def test_scores_up_to_002_apart_are_no_decision(other, references):
    found = linked(Match(2, 0.9), Match(1, other))
    assert found.references == references
    assert found.status is (LinkStatus.EXACT if len(references) == 1 else LinkStatus.AMBIGUOUS)
    assert found.reasons == (() if len(references) == 1 else ("several entries fit equally well",))


def test_an_undecided_link_gives_each_reason_once():
    found = linked(Match(2, 0.9, reasons=("one", "two")), Match(1, 0.9, reasons=("two",)))
    assert found == Link(
        citation="c1", item=0, status=LinkStatus.AMBIGUOUS, references=("r2", "r3"), score=0.9, reasons=("one", "two")
    )


@pytest.mark.parametrize(("score", "nearest"), [(0.5, ("r2",)), (0.49, ())])
def test_an_entry_of_another_year_is_near_from_05_on(score, nearest):
    assert linked(Match(1, score, Difference.YEAR, ("the entry says 2017",))) == Link(
        citation="c1",
        item=0,
        status=LinkStatus.MISSING,
        score=0.0,
        reasons=("the entry says 2017",) if nearest else (),
        nearest=nearest,
        difference=Difference.YEAR if nearest else Difference.NONE,
    )


def test_three_entries_of_other_years_are_shown_at_most():
    matches = [Match(n % 3, 0.7, Difference.YEAR) for n in range(4)]
    assert linked(*matches).nearest == ("r1", "r2", "r3")


@pytest.mark.parametrize(("other", "references"), [(0.73, ()), (0.72, ("r1",))])
def test_one_name_spelled_otherwise_is_reached_and_of_two_alike_none(other, references):
    near = [Match(0, 0.75, Difference.AUTHOR, ("spelled",)), Match(1, other, Difference.AUTHOR, ("spelled",))]
    found = linked(near=near)
    if references:
        assert found == Link(
            citation="c1", item=0, status=LinkStatus.PROBABLE, references=("r1",), score=0.75, reasons=("spelled",),
            nearest=("r1",), difference=Difference.AUTHOR,
        )  # fmt: skip
    else:
        assert found == Link(citation="c1", item=0, status=LinkStatus.MISSING, score=0.0)


def test_a_letter_that_differs_shows_the_entry():
    found = linked(Match(1, 0.85, Difference.LETTER, ("no entry carries '2018a'",)))
    assert (found.status, found.nearest, found.difference) == (LinkStatus.PROBABLE, ("r2",), Difference.LETTER)


@pytest.mark.parametrize(("numbers", "status"), [(4, LinkStatus.EXACT), (3, LinkStatus.MISSING)])
def test_a_list_is_counted_where_four_of_five_citations_are_numbers(numbers, status):
    citations = [cited(20 * n, by_number("2"), system=System.NUMERIC, name=f"c{n}") for n in range(numbers)]
    citations += [cited(20 * n, by_name("Alder", 2019), name=f"c{n}") for n in range(numbers, 5)]
    references = listed(OAK, ELM)
    first, *_ = link(citations, references, index_of(references))
    expected = {"references": ("r2",)} if status is LinkStatus.EXACT else {"score": 0.0}
    assert first == Link(citation="c0", item=0, status=status, **expected)


def test_a_list_with_numbers_is_not_counted_and_declared_keys_are_left_alone():
    references = listed(OAK, ELM, labels=("7", "8"))
    citation = cited(0, by_number("8"), by_number("2"), CitedItem(span=Span(0, 1), key="alder"), system=System.NUMERIC)
    assert link([citation], references, index_of(references)) == (
        Link(citation="c1", item=0, status=LinkStatus.EXACT, references=("r2",)),
        Link(citation="c1", item=1, status=LinkStatus.MISSING, score=0.0),
    )


# ------------------------------------------------------------------ a number behind a name

CEDAR = Link(citation="c1", item=0, status=LinkStatus.AMBIGUOUS, references=("r2", "r3"), score=0.9)
THREE = Link(citation="c2", item=0, status=LinkStatus.EXACT, references=("r3",))
DECIDED = replace(
    CEDAR, status=LinkStatus.EXACT, references=("r3",), score=1.0, reasons=("the number behind it is that of this entry",)
)


def by_numbers(between, *, made=CEDAR, number=THREE, items=1, system=System.NUMERIC):
    text = "Cedar 2018" + between + "3]"
    document = read("a.txt", text.encode())
    behind = cited(10 + len(between), *[by_number("3")] * items, system=system, end=len(text), name="c2")
    links = tuple(one for one in (made, number) if one)
    return numbered(document, [behind, cited(0, by_name("Cedar", 2018))], links)


@pytest.mark.parametrize("between", [" [", ") [", ")\n(", " ", ") ( "])
def test_a_number_right_behind_decides(between):
    assert by_numbers(between) == (DECIDED, THREE)


@pytest.mark.parametrize(
    ("between", "changes"),
    [
        (" )  [", {}),  # five places on is not right behind
        (", [", {}),
        (" [", {"system": System.AUTHOR_DATE}),
        (" [", {"items": 2}),
        (" [", {"number": replace(THREE, references=("r1",))}),
        (" [", {"number": replace(THREE, status=LinkStatus.MISSING, references=())}),
        (" [", {"number": None}),
        (" [", {"made": replace(CEDAR, status=LinkStatus.PROBABLE)}),
        (" [", {"made": None}),
    ],
)
def test_what_a_number_does_not_decide(between, changes):
    given = {"made": CEDAR, "number": THREE} | changes
    assert by_numbers(between, **changes) == tuple(one for one in (given["made"], given["number"]) if one)


def test_the_number_decides_the_last_of_several_works():
    document = read("a.txt", b"Alder 2019; Cedar 2018 [3]")
    names = cited(0, by_name("Alder", 2019), by_name("Cedar", 2018, 12), end=22)
    first = Link(citation="c1", item=0, status=LinkStatus.AMBIGUOUS, references=("r1", "r3"))
    last = replace(CEDAR, item=1)
    behind = cited(24, by_number("3", 24), system=System.NUMERIC, end=25, name="c2")
    assert numbered(document, [names, behind], [first, last, THREE]) == (first, replace(DECIDED, item=1), THREE)


# ------------------------------------------------------------------ where a click leads

CLICKED = ("the link in the file leads to this entry",)
ABSENT = Link(citation="c1", item=0, status=LinkStatus.MISSING, score=0.0)


def clicked(made, *marks, item=None, form="pdf", raws=(OAK, ELM, YEW)):
    document = replace(read("a.txt", b"Trees grow (Cedar, 2018) and elsewhere."), format=form, marks=marks)
    references = listed(*raws)
    citation = cited(12, item or by_name("Cedar", 2018, 12))
    (one,) = led(document, [citation], references, [made])
    return one


def click(target, start=12, end=22, kind=MarkKind.LINK):
    return Mark(kind=kind, span=Span(start, end), target=target)


@pytest.mark.parametrize(
    ("marks", "reached"),
    [
        ((click("#1200"),), "r3"),
        ((click("#1198"),), "r3"),  # a little above the entry
        ((click("#1197"),), "r2"),
        ((click("#1299"),), "r3"),
        ((click("#1300"),), ""),  # behind the list
        ((click("#997"),), ""),  # before it
        ((click("#1200", 5, 13),), "r3"),
        ((click("#1200", 5, 12),), ""),  # ends where the item begins
        ((click("#1200", 21, 30),), "r3"),
        ((click("#1200", 22, 30),), ""),
        ((click("#1200", 12, 14), click("#1250", 15, 22)), "r3"),  # in two lines
        ((click("#1200", 12, 14), click("#1150", 15, 22)), ""),  # to two entries
        ((click("#1200", kind=MarkKind.NOTE),), ""),
        ((click("1200"),), ""),
        ((click("#x1"),), ""),
        ((click("https://example.org"), click("#1200")), "r3"),
        ((click("#1100", 0, 3), click("#1200", 12, 22), click("#1100", 30, 33)), "r3"),
        ((), ""),
    ],
)
def test_a_click_decides_between_entries_that_fit(marks, reached):
    decided = replace(CEDAR, status=LinkStatus.EXACT, references=(reached,), score=1.0, reasons=CLICKED)
    assert clicked(CEDAR, *marks) == (decided if reached else CEDAR)


def test_a_click_is_no_evidence_against_what_is_printed():
    assert clicked(CEDAR, click("#1000")) == CEDAR  # to an entry that does not fit
    sure = Link(citation="c1", item=0, status=LinkStatus.EXACT, references=("r2",))
    assert clicked(sure, click("#1200")) == sure
    year = replace(ABSENT, difference=Difference.YEAR, nearest=("r3",))
    assert clicked(year, click("#1200")) == year
    assert clicked(CEDAR, click("#1200"), form="docx") == CEDAR


@pytest.mark.parametrize(
    ("name", "raw", "found"),
    [
        (Name(family="Cedar"), YEW, True),
        (Name(literal="Cedar Group"), "The Cedar Group (2018). Yews.", True),
        (Name(family="Larch"), YEW, False),
        (Name(family="—"), YEW, False),
        (Name(family="Cedar"), "-" * 195 + "Cedar", True),  # within 200 characters
        (Name(family="Cedar"), "-" * 196 + "Cedar", False),
    ],
)
def test_a_click_names_the_entry_that_prints_the_name(name, raw, found):
    item = CitedItem(span=Span(12, 22), names=(name,), year=Year(number=2016))
    made = replace(ABSENT, status=LinkStatus.PROBABLE, references=("r3",), score=0.8, reasons=CLICKED)
    assert clicked(ABSENT, click("#1200"), item=item, raws=(OAK, ELM, raw)) == (made if found else ABSENT)


def test_a_click_on_a_number_or_without_a_name_names_nothing():
    assert clicked(ABSENT, click("#1200"), item=by_number("3", 12)) == ABSENT
