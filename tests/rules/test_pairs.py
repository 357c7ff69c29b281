"""When two entries are one work: both sides of each edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refaudit.rules.works.pair import Card, Verdict, card_of, judge
from tests.rules import make

RAW = "Lopez, A. (2019). Rain on bare ground and what it does to crusts. Journal of Soils, 12, 11-19."
SAME, PROBABLE, SHARED, NOTHING = Verdict.SAME, Verdict.PROBABLE, Verdict.SHARED, None
FIELDS = {
    "authors": "Lopez, A.",
    "year": "2019",
    "title": "Rain on bare ground and what it does to crusts",
    "container": "Journal of Soils",
    "volume": "12",
    "pages": "11-19",
}


def card(raw: str = "", **changes: str) -> Card:
    fields = {name: value for name, value in (FIELDS | changes).items() if value}
    return card_of(make.reference("r", raw or " ".join(fields.values()), **fields))


def verdict(**changes: str) -> Verdict | None:
    one, other = card(), card(**changes)
    assert judge(one, other) == judge(other, one)
    return judge(one, other)[0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, SAME),
        ({"title": "Rain on bare ground and what it does to crust"}, SAME),  # a slip
        ({"title": "Rain on bare ground and what it did for roots"}, NOTHING),
        ({"title": "Flight distances of solitary bees in orchards"}, NOTHING),
        ({"title": "Rain on bare ground and what it does to crusts 2"}, NOTHING),
        ({"title": "Rain on bare ground and what it does to crusts: erratum"}, NOTHING),
        ({"year": "2020"}, PROBABLE),
        ({"year": "2021"}, PROBABLE),
        ({"year": "2022"}, NOTHING),
        ({"year": "2020", "volume": "13"}, NOTHING),
        ({"volume": "13"}, NOTHING),  # nothing but numbers: issues of a series
        ({"pages": "21-29"}, PROBABLE),
        ({"pages": "11-29"}, SAME),
        ({"volume": "", "pages": ""}, NOTHING),
        ({"authors": "Okafor, N."}, PROBABLE),  # the title is long, and the year is the same
        ({"authors": "Okafor, N.", "year": "2020"}, NOTHING),
        ({"authors": "Okafor, N.", "pages": "21-29"}, NOTHING),
        ({"edition": "2"}, SAME),
    ],
)
def test_fields(changes: dict[str, str], expected: Verdict | None) -> None:
    assert verdict(**changes) is expected


BARE = {"year": "", "container": "", "volume": "", "pages": ""}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PROBABLE),
        ({"year": "2019"}, SAME),
        ({"authors": "Lopez, A."}, NOTHING),
        ({"authors": "Lopez, A.; Lund, C."}, NOTHING),
        ({"title": "Rain on bare ground and what it does to many crusts"}, NOTHING),
        ({"title": "Rain on bare ground"}, NOTHING),
    ],
)
def test_an_entry_of_names_and_title_alone(changes: dict[str, str], expected: Verdict | None) -> None:
    """Several people hardly write two works of one long title; one may."""
    long = card(authors="Lopez, A.; Vega, B.", publisher="A workshop on soils and on what stands beside them, held in the north")
    short = card(**({"authors": "Lopez, A.; Vega, B."} | BARE | changes))
    assert (judge(long, short)[0], judge(short, long)[0]) == (expected, expected)


DOI = "10.5555/soils.12.1"


@pytest.mark.parametrize(
    ("changes", "expected", "reason"),
    [
        ({}, SAME, "the same words"),
        ({"volume": "13"}, SAME, "the same DOI and title"),
        ({"title": ""}, SAME, "the same DOI"),
        ({"title": "Flight distances of solitary bees in orchards"}, SHARED, "the same DOI"),
        ({"title": "Flight distances of solitary bees in orchards", "pages": "21-29"}, NOTHING, ""),  # parts of one volume
        ({"doi": "10.5555/soils.12.2"}, PROBABLE, "everything but the DOI agrees"),
        ({"doi": "10.5555/soils.12.2", "volume": "13"}, NOTHING, ""),
    ],
)
def test_identifiers(changes: dict[str, str], expected: Verdict | None, reason: str) -> None:
    assert judge(card(doi=DOI), card(**({"doi": DOI} | changes))) == (expected, reason)


def test_half_of_a_doi_is_none() -> None:
    assert card(doi="10.5555/0010-0285").doi == card(doi="10.5555/0010-028X").doi == ""
    assert card(doi="10.5555/0010-02852").doi == "10.5555/0010-02852"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.example.org/rain/", "example.org/rain"),
        ("https://example.org/rain/index.html", "example.org/rain"),
        ("https://example.org/rain/en", "example.org/rain"),
        ("https://example.org/rain?utm_source=x&id=7", "example.org/rain?id=7"),
        ("https://example.org/", ""),
        ("https://doi.org/10.5555/1", ""),
        ("https://[example.org/rain", ""),
    ],
)
def test_addresses(url: str, address: str) -> None:
    assert card(url=url).url == address


def test_a_card_holds_what_is_compared() -> None:
    made = card(raw="[7] " + RAW, edition="2nd ed.", container="Journal of Soils (Berlin)", title="Reply: rain, part 2")
    assert replace(made, raw="", bare="") == Card(
        id="r", raw="", bare="", title="replyrainpart2", spoken="reply rain part 2", families=("lopez",), year=2019, letter="",
        doi="", url="", container="journal of soils", volume="12", page="11", edition="2nded", parts=frozenset({"2"}),
        about=frozenset({"reply"}),
    )  # fmt: skip
