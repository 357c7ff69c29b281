"""Whether a piece of a list begins an entry: each kind of rest, and what looks like one and is none."""

import pytest

from refaudit.parse.entries.beginnings import Habit, closes_quotation, opens_quotation, rest, rest_of

HABIT = Habit(
    [
        "Arlov, P., & Benko, T. (2018). Crusts in the north. Journal of Soils, 13(3), 188-199.",
        "Cernat, M. (2010). Testing crusts. Bern: North Press.",
        "Elmas, S. (2009). Crusts of the coast. Catena, 12, 3-9.",
        "Horn, N. (2019). Rain on clay. Geoderma, 13, 20-31.",
    ]
)
WHOLE = "Horn, N. (2019). Rain on clay. Geoderma, 13, 20-31."
OPEN = "Horn, N. (2019). Rain on clay"

ADDRESS = "the next piece is only its address"
VISIT = "the next piece only says where and when it was looked at"
NUMBERS = "the next piece is only its volume, pages or year"
JOURNAL = "the next piece is only the journal with its volume"
PLACE = "the next piece is only the place and publisher"


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        ("https://example.org/rain", ADDRESS),
        ("<http://example.org/coast/crusts.pdf> Accessed 7 July 2015.", ADDRESS),
        ("doi: 10.5555/js.12", ADDRESS),
        ("Accessed 02/09/18.", VISIT),
        ("Retrieved from https://example.org/rain", VISIT),
        ("Disponível em: <http://example.org/a>. Acesso em: 12 maio 2012.", VISIT),
        ("Acesso em 12 maio 2012.", VISIT),
        ("7:534. doi: 10.5555/ats.2", NUMBERS),
        ("605. doi: 10.5555/ats.6", NUMBERS),
        ("1995;96:1280-7.", NUMBERS),
        ("37(4), 704-712.", NUMBERS),
        ("pp. 12-19.", NUMBERS),
        ("S. 12–19.", NUMBERS),
        ("2009.", NUMBERS),
        ("(2009).", NUMBERS),
        ("123-145.", NUMBERS),
        ("Plant Review 10:189-210.", JOURNAL),
        ("Soil Research and Practice, 37(4), 704-712.", JOURNAL),
        ("Transplant Soils. (2006) 23:1970–4. doi: 10.5555/ts.1", JOURNAL),
        ("Advances in Soils and Practices, 2515245918771304. doi:10.5555/a.1", JOURNAL),
        ("Bern: North Press.", PLACE),
        ("New York, NY: North Press & Sons.", PLACE),
    ],
)
def test_a_rest_whatever_stands_before(piece: str, why: str) -> None:
    before = OPEN if why is JOURNAL else "Horn, N. (2019). Rain on clay (2nd ed.)."
    assert rest_of(before, piece, HABIT) == why


@pytest.mark.parametrize(
    "piece",
    [
        "Ivers, S. (2018). Rain and roots. Geoderma, 13, 20-31.",
        "Ivers S. Rain and roots. Geoderma 2018;13:20-31.",
        "Vegan, Bruno: Krusten nach dem Regen, Hamburg 2018.",
        "North Press. (2019). Available data of the coast. https://example.org/data",
        "Accessibility of fields: A review. 2019. Journal of Soils 12: 1-9.",
        "1984. Oslo: North Press, 1949.",
        "Plant Review. (2019). Rules for authors. North Press.",
    ],
)
def test_a_beginning(piece: str) -> None:
    assert rest(WHOLE, piece, HABIT) == ""
    assert rest_of(WHOLE, piece, HABIT) == ""


def test_a_journal_or_a_place_behind_a_whole_entry_is_no_rest_of_it() -> None:
    assert rest("Horn, N. (2019). Rain on clay. Geoderma, 13, 20-31.", "Plant Review 10:189-210.", HABIT) == ""
    assert rest("Horn, N. (2019). Rain on clay. Bern: North Press.", "Oslo: Coast Press.", HABIT) == ""


def test_where_titles_stand_first_a_title_with_a_colon_is_no_publisher() -> None:
    titles = Habit(["Rain: a film. 2019.", "Crusts: the game. 2018.", "Soils: A Play. 2001."])
    assert rest("Rain: a film. 2019.", "Wikipedia: Soil Crusts.", titles) == ""


@pytest.mark.parametrize(
    ("before", "piece", "why"),
    [
        (
            "Fodor, L. (in press). Plants in crusts. In N.",
            "Horn & S. Ivers (Eds.), The handbook of crusts (pp. 11-29). Bern: North Press.",
            "the name of an editor is cut off",
        ),
        (
            "Arlov, P., & Benko, T. (2018).",
            "Crust strength and its measures in dry fields. Journal of Soils, 13(3), 188-199.",
            "names and year stand alone before the next piece",
        ),
        ("Horn, N., Ivers, S., &", "Jonas, O. (2018). Rain. Catena, 12, 3-9.", "it breaks off within the names"),
        ("Elmas, S. (2009). Crusts. Available at:", "Coast and Rain, at the library.", "its address stands in the next piece"),
        (
            "Jonas, O. (1993). Parasitic weeds on the",
            "Coasts of the North and their crusts.",
            "it breaks off without a stop and the next piece does not begin an entry",
        ),
    ],
)
def test_an_end_behind_which_the_entry_must_go_on(before: str, piece: str, why: str) -> None:
    assert rest_of(before, piece, HABIT) == why


@pytest.mark.parametrize("before", ["Jonas, O. (1993). Parasitic weeds on the", "Elmas, S. (2009). Crusts. Available at:"])
def test_a_whole_entry_is_never_the_rest_of_a_cut_one(before: str) -> None:
    assert rest_of(before, WHOLE, HABIT) == ""


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        ("“The Role of Rain in Crusts: A Study with", "Soils, Slopes, and Seeds.” Journal of Soils"),
        ('"The Role of Rain in Crusts: A Study with', 'Soils, Slopes, and Seeds." Journal of Soils'),
        ("«Le rôle de la pluie dans les", "croûtes.» Journal"),
        ("„Die Rolle des Regens in", "Krusten.“ Zeitschrift"),
    ],
)
def test_quotations_of_every_make(before: str, piece: str) -> None:
    assert opens_quotation(before) and closes_quotation(piece)
    assert not opens_quotation(before + " " + piece) and not closes_quotation(before + " " + piece)


def test_in_a_list_of_addresses_each_is_an_entry() -> None:
    assert rest_of("https://example.org/rain", "https://example.org/crusts", HABIT) == ""
    assert rest_of("[1] https://example.org/rain", "[2] https://example.org/crusts", HABIT) == ""


def test_an_address_cut_at_a_hyphen() -> None:
    before = "Horn, N. Rain on clay. 2019. Disponível em: <https://example.org/rain-"
    assert rest_of(before, "on-clay.pdf> Acesso em 18 jun. 2015", HABIT) == "the address it opens is closed in the next piece"


def test_place_and_year_of_an_entry_without_year() -> None:
    piece = "Fortaleza. Set. 2012. Disponível em: <http://example.org/a.pdf> Acesso em 13 jun. 2015."
    assert (
        rest_of("HORN, N. Desenho de solos: histórico e características.", piece, HABIT)
        == "its place and year stand in the next piece"
    )
    assert rest_of(WHOLE, piece, HABIT) == ""
