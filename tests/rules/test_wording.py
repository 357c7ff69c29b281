"""How findings name entries and citations."""

from __future__ import annotations

import pytest

from refaudit.model import CitedItem, Name, Span, Year
from refaudit.rules import wording
from tests.rules import make

RAW = "Lopez, A. 2019. Rain."


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        (make.reference("r", "@book{lopez19, title={Rain}}", key="lopez19", label="7"), "'lopez19'"),
        (make.reference("r", RAW, key="lopez19", label="7"), "[7]"),
        (make.reference("r", RAW, authors="Lopez, A.", year="2019a"), "“Lopez 2019a”"),
        (make.reference("r", RAW, authors="Lopez, A.; Vega, B.", year="2019"), "“Lopez and Vega 2019”"),
        (make.reference("r", RAW, authors="Lopez, A.; Vega, B.; Sand, C.", year="2019"), "“Lopez et al. 2019”"),
        (make.reference("r", RAW, authors="Lopez, A.", year="2019", et_al=True), "“Lopez et al. 2019”"),
        (make.reference("r", RAW, authors="Lopez, A."), f"“{RAW}”"),
        (make.reference("r", RAW, year="2019"), f"“{RAW}”"),
    ],
)
def test_an_entry(reference, named):
    assert wording.entry(reference) == named


@pytest.mark.parametrize(
    ("labels", "named"),
    [
        ("1", "[1]"),
        ("1 6 9", "[1], [6] and [9]"),
        ("1 1", "two entries [1]"),
        ("1 1 1", "three entries [1]"),
        ("1 1 1 1", "four entries [1]"),
        ("1 1 1 1 1", "5 entries [1]"),
        ("1 2 1", "[1] and [2]"),
    ],
)
def test_entries(labels, named):
    assert wording.entries(make.reference(f"r{n}", RAW, label=label) for n, label in enumerate(labels.split())) == named


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"label": "12", "key": "x"}, "[12]"),
        ({"key": "lopez19"}, "@lopez19"),
        ({"key": "lopez19", "names": (Name(family="Lopez"),)}, "Lopez"),
        ({"names": (Name(family="Lopez"),), "year": Year(number=2019)}, "Lopez 2019"),
        ({"names": (Name(family="Lopez"),), "year": Year(number=2019), "et_al": True}, "Lopez et al. 2019"),
        ({"year": Year(number=2019)}, "2019"),
        ({"title": "Rain"}, "Rain"),
    ],
)
def test_a_cited_item(values, named):
    assert wording.item(CitedItem(span=Span(0, 1), **values)) == named


def test_nobody_has_no_name():
    assert wording.people([]) == wording.people([], et_al=True) == ""


@pytest.mark.parametrize(
    ("text", "limit", "quoted"),
    [
        ("Rain  on\nground", 14, "“Rain on ground”"),
        ("Rain on ground", 13, "“Rain on …”"),
        ("Rain, on ground", 7, "“Rain …”"),
        ("x" * 60, 60, f"“{'x' * 60}”"),
        ("x" * 61, 60, f"“{'x' * 60} …”"),
    ],
)
def test_a_quotation_is_cut_at_a_word(text, limit, quoted):
    assert wording.quote(text, limit) == quoted


def test_a_quotation_has_sixty_characters():
    assert wording.quote("x" * 60) == f"“{'x' * 60}”"
    assert wording.quote("x" * 61) == f"“{'x' * 60} …”"


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("", ""),
        ("a", "a"),
        ("ab", "a and b"),
        ("abc", "a, b and c"),
        ("abcdef", "a, b, c, d, e and f"),
        ("abcdefg", "a, b, c, d, e, f and 1 more"),
        ("abcdefgh", "a, b, c, d, e, f and 2 more"),
    ],
)
def test_a_list(words, listed):
    assert wording.listing(list(words)) == listed


def test_the_beginning_of_a_sentence():
    assert wording.first_upper("rain falls") == "Rain falls"
    assert wording.first_upper("") == ""
