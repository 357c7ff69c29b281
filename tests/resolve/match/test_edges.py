"""Both sides of each edge of a match: the numbers that decide whether a record is the work, score by score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refaudit.model import Candidate, Name, Parsed
from refaudit.resolve.match.container_names import container_score, is_preprint_server, same_container, shortens, stands_in
from refaudit.resolve.match.decide import accepted, has_title, nearest, of_title, one_work, points, rank, score
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.language import in_english, other_language
from refaudit.resolve.match.names import family_forms, has_name, initial_fits, titles
from refaudit.resolve.match.numbers import number_of, page_range
from refaudit.resolve.match.persons import given_agree, initials, sounds, turned
from refaudit.resolve.match.scores import (
    author_score,
    authors_score,
    kind_score,
    near_title_score,
    page_score,
    place_score,
    same_place,
    same_title_score,
    title_score,
    unexplained_score,
    volume_score,
    year_score,
)
from tests.resolve.match.test_compare import entry, people, record

# ------------------------------------------------------------------ the decision


def candidate(total, doi="10.5555/1", **changes):
    return Candidate(record=record(doi=doi, **changes), score=0.5, scores=(("points", total),))


@pytest.mark.parametrize(("total", "taken"), [(4.4, True), (4.39, False)])
def test_a_record_is_accepted_from_44_points_on(total, taken):
    one = candidate(total)
    assert accepted([one]) == ((one,) if taken else ())


@pytest.mark.parametrize(("other", "tied"), [(5.66, True), (5.64, False), (5.0, False)])
def test_works_less_than_035_apart_fit_equally_well(other, tied):
    best, second = candidate(6.0), candidate(other, "10.5555/2", title="Snow", authors=people("Okafor, N."))
    assert accepted([best, second]) == ((best, second) if tied else (best,))


def test_one_work_registered_twice_is_no_tie():
    same = candidate(6.0, "10.5555/2", aliases=("10.5555/1",))
    assert accepted([candidate(6.0), same]) == (candidate(6.0),)


# An altered reference, one thing at a time: the points that are left of the 8.37 of the true one.
ALTERED = [
    ({}, {}, 8.37),
    ({}, {"years": (2018,)}, 7.97),
    ({}, {"years": (2017,)}, 6.37),
    ({}, {"years": (2016,)}, 5.87),
    ({}, {"years": ()}, 7.37),
    ({}, {"volume": "13"}, 6.87),
    ({}, {"volume": ""}, 7.37),
    ({}, {"pages": "31-39"}, 6.37),
    ({}, {"volume": "13", "pages": "31-39"}, 3.62),
    ({}, {"containers": ()}, 7.62),
    ({}, {"authors": people("Lopez, Karl", "Vega, Berta")}, 7.77),
    ({}, {"authors": people("Okafor, Ngozi", "Vega, Berta")}, 7.62),
    ({}, {"authors": people("Okafor, Ngozi", "Sato, Yui")}, 5.08),
    ({}, {"authors": people("Okafor, Ngozi", "Sato, Yui"), "pages": "31-39"}, 2.34),
    ({}, {"authors": ()}, 6.08),
    ({}, {"type": "preprint"}, 7.37),
    ({}, {"type": "peer-review"}, 6.97),
    ({}, {"title": "Flight distances of solitary bees"}, 3.42),
    ({}, {"title": "Flight distances of solitary bees", "pages": "31-39"}, 1.42),
    ({"sure": 0.4}, {"title": "Flight distances of solitary bees"}, 4.92),
]


@pytest.mark.parametrize(("printed", "registered", "expected"), ALTERED)
def test_points(printed, registered, expected):
    found = score(entry(**printed), record(**registered))
    assert points(found) == expected
    assert found.score == pytest.approx(max(0.0, min(1.0, expected / 6.6)), abs=0.002)


def test_the_best_comes_first_and_equal_ones_by_their_address():
    same = [record(doi=doi) for doi in ("10.5555/b", "10.5555/a", "10.5555/b")]
    worse = record(doi="10.5555/0", volume="13")
    assert [one.record.doi for one in rank(entry(), [worse, *same])] == ["10.5555/a", "10.5555/b", "10.5555/0"]


def test_the_nearest_records_are_three_with_points_and_first_one_of_the_printed_title():
    ranked = [candidate(3.0, f"10.5555/{n}", title=f"Rain {n}") for n in range(4)]
    assert nearest(entry(), ranked) == tuple(ranked[:3])
    assert nearest(entry(), [*ranked[:2], candidate(0.0)]) == tuple(ranked[:2])
    long = entry(title="Rain on the bare ground of hills")
    same = [candidate(-1.0, f"10.5555/{n}", title="Rain on the bare ground of hills") for n in (8, 9)]
    assert nearest(long, [*ranked, *same]) == (same[0], *ranked[:2])


@pytest.mark.parametrize(
    ("title", "registered", "says"),
    [
        ("Rain on bare grounds abc", "Rain on bare grounds, abc", True),  # 20 letters
        ("Rain on bare grounds ab", "Rain on bare grounds ab", False),
        ("Rain on bare grounds abc", "Rain on bare grounds abd", False),
    ],
)
def test_a_title_letter_by_letter(title, registered, says):
    assert has_title(entry(title=title), record(title=registered)) is says


TITLE = "Rain on bare ground and oaks abc"  # 26 letters


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ({}, {"aliases": ("10.5555/1",)}, True),
        ({"aliases": ("10.5555/2",)}, {}, True),
        ({"relations": (("is-preprint-of", "10.5555/2"),)}, {}, True),
        ({}, {"relations": (("has-preprint", "10.5555/1"),)}, True),
        ({}, {}, False),  # a short title is many works'
        ({"title": TITLE}, {"title": TITLE}, True),
        ({"title": TITLE[:-1]}, {"title": TITLE[:-1]}, True),
        ({"title": TITLE[:-2]}, {"title": TITLE[:-2]}, False),  # 24
        ({"title": TITLE}, {"title": TITLE, "authors": people("Lopez, Ana")}, False),
        ({"title": TITLE, "authors": ()}, {"title": TITLE, "authors": ()}, False),
        (
            {"title": TITLE, "authors": people("A, A", "B, B", "C, C", "D, D")},
            {"title": TITLE, "authors": people("A, A", "B, B", "C, C")},
            True,
        ),
        (
            {"title": TITLE, "authors": people("A, A", "B, B", "C, C")},
            {"title": TITLE, "authors": people("A, A", "B, B", "D, D")},
            False,
        ),
    ],
)
def test_two_records_of_one_work(one, other, says):
    assert one_work(record(doi="10.5555/1", **one), record(doi="10.5555/2", **other)) is says


def test_works_of_just_this_title():
    same, slip, other = record(), record(doi="10.5555/2", title="Rain on bare grounds"), record(doi="10.5555/3", title="Snow")
    alias = record(doi="10.5555/4", aliases=("10.5555/1",))
    assert of_title("Rain on bare ground", [other, same, slip, alias]) == [same, slip]
    assert of_title("Rain on bare", [same]) == []


# ------------------------------------------------------------------ its scores


@pytest.mark.parametrize(
    ("title", "registered", "expected"),
    [
        ("Rain on bare ground", "Rain on bare ground", 0.706),
        ("Rain", "Rain", 0.439),
        ("Rain on the bare ground of the hills", "Rain on the bare ground of the hills", 0.994),
        ("Rain on the bare ground of the hills now", "Rain on the bare ground of the hills now", 1.0),
        ("Rain on bare grounds of", "Rain on bare ground", 0.403),
        ("Rain on the bare ground", "Rain on the bare ground: a survey", 0.036),
        ("Snow on frozen lakes", "Rain on bare ground", 0.0),
        ("Rain on bare ground", "…", 0.0),
    ],
)
def test_title(title, registered, expected):
    assert title_score(entry(title=title), record(title=registered)) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (("Lopez, Ana", "Vega, Berta"), 1.0),
        (("Lopez, Karl", "Vega, Berta"), 0.6),
        (("Okafor, Ngozi", "Vega, Berta"), 0.5),
        (("Okafor, Ngozi", "Sato, Yui", "Vega, Berta"), 0.5),
        (("Okafor, Ngozi", "Sato, Yui", "Dorn, Dan", "Vega, Berta"), 0.0),
        ((), None),
    ],
)
def test_first_author(authors, expected):
    assert author_score(entry(), record(authors=people(*authors))) == expected


NINE = ("Lopez, Ana", "Vega, B", "Abel, C", "Bohr, D", "Cram, E", "Dorn, F", "Edel, G", "Fenn, H", "Gall, I")


@pytest.mark.parametrize(
    ("printed", "et_al", "registered", "expected"),
    [
        (("Lopez, A.",), False, NINE[:1], None),
        (("Lopez, A.",), False, NINE[:2], 0.0),
        (("Lopez, A.", "Vega, B."), False, NINE[:3], 0.5),
        (("Lopez, A.", "Vega, B."), True, NINE, 0.5),
        (("Lopez, A.", "Vega, B.", "Abel, C."), True, NINE, 1.0),
        (NINE[:8], False, NINE, 1.0),
        (NINE[:7], False, NINE, pytest.approx(6 / 7)),
    ],
)
def test_other_authors(printed, et_al, registered, expected):
    cited = Entry(replace(entry(authors=printed).reference, et_al=et_al))
    assert authors_score(cited, record(authors=people(*registered))) == expected


@pytest.mark.parametrize(
    ("registered", "expected"),
    [((2019,), 1.0), ((2020,), 0.6), ((2018,), 0.6), ((2017,), -1.0), ((2016,), -1.5), ((2010, 2020), 0.6), ((), None)],
)
def test_year(registered, expected):
    assert year_score(entry(), record(years=registered)) == expected


def test_a_year_that_is_not_surely_read_is_any_of_the_entry():
    cited = entry(raw="Lopez A. Rain 2016, 2019.")
    doubtful = Entry(replace(cited.reference, year=None))
    assert [year_score(doubtful, record(years=(year,))) for year in (2016, 2019, 2021)] == [1.0, 1.0, -1.0]
    assert year_score(Entry(replace(entry(raw="Lopez A. Rain.").reference, year=None)), record()) is None


@pytest.mark.parametrize(("number", "year"), [("1500", True), ("1499", False)])
def test_what_is_older_than_registered_works_is_no_year(number, year):
    assert entry(raw=f"Lopez A. Rain {number}.").years == (frozenset({int(number)}) if year else frozenset())


@pytest.mark.parametrize(
    ("registered", "sure", "expected"),
    [
        ("12", 0.95, 1.0),
        ("012", 0.95, 1.0),
        ("13", 0.95, -0.5),
        ("13", 0.8, -0.5),
        ("13", 0.79, 0.0),
        ("", 0.95, None),
        ("-", 0.95, None),
    ],
)
def test_volume(registered, sure, expected):
    cited = entry()
    cited = Entry(replace(cited.reference, volume=Parsed(value="12", raw="12", confidence=sure)))
    assert volume_score(cited, record(volume=registered)) == expected


@pytest.mark.parametrize(
    ("printed", "registered", "expected"),
    [
        ("11-19", {"pages": "11-19"}, 1.0),
        ("11-19", {"pages": "11-29"}, 1.0),
        ("12-19", {"pages": "12-19", "volume": "3"}, 1.0),
        ("31-39", {"pages": "12-18"}, 0.0),  # the first page is the volume by chance
        ("11-19", {"pages": "31-39"}, -0.33),
        ("11-19", {"pages": ""}, None),
        ("11-19", {"pages": "1"}, None),
        ("1-19", {"pages": "1-19"}, 1.0),
        ("1-19", {"pages": "1-18"}, None),
        ("1-19", {"pages": "1-18", "article_number": "77"}, -0.33),
        ("77", {"pages": "1-18", "article_number": "77"}, 1.0),
        ("105", {"pages": "e105"}, 1.0),
        ("105", {"pages": "n/a"}, None),
    ],
)
def test_page(printed, registered, expected):
    assert page_score(entry(pages=printed), record(**registered)) == expected


def test_an_entry_without_numbers_says_nothing_of_pages():
    assert page_score(entry(volume="", pages="", raw="Lopez A (2019). Rain. Soils."), record()) == 0.0


@pytest.mark.parametrize(
    ("pages", "volume", "expected"),
    [("31-39", "13", 1.0), ("11-19", "13", 0.0), ("31-39", "12", 0.0), ("", "13", 0.0), ("31-39", "", 0.0)],
)
def test_another_place(pages, volume, expected):
    assert place_score(entry(), record(pages=pages, volume=volume)) == expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("Lopez A (2019). Rain. Soils 12.", 0.0), ("Lopez A (2019). Rain. Soils 12, 11.", 1.0)]
)
def test_another_place_needs_two_numbers(raw, expected):
    assert place_score(entry(raw=raw), record(pages="31-39", volume="13")) == expected


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, True),
        ({"pages": "31-39"}, False),
        ({"volume": "13"}, False),
        ({"containers": ("Apidology",)}, False),
        ({"containers": ()}, False),
    ],
)
def test_the_same_place(changes, says):
    assert same_place(entry(), record(**changes)) is says


SURE = "Rain on bare ground and oaks in spring"  # 31 letters


@pytest.mark.parametrize(
    ("title", "changes", "expected"),
    [
        (SURE, {}, 1.0),
        (SURE[:-1], {}, 1.0),
        (SURE[:-2], {}, None),
        (SURE, {"years": (2018,)}, None),
        (SURE, {"title": SURE + "s"}, None),
        (SURE, {"containers": ("Apidology",)}, None),
    ],
)
def test_the_same_title_of_thirty_letters(title, changes, expected):
    assert same_title_score(entry(title=title), record(**{"title": title} | changes)) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Lopez A, Vega B (2019). Rain on bare ground. Journal of Soils 12.", 0.0),
        ("Lopez A, Vega B (2019). Rain on bare ground. Journal of Soils 12. Publishers.", 0.0),
        ("Lopez A, Vega B (2019). Rain on bare ground. Journal of Soils 12. Nobody Explains Anything Whatever.", 0.356),
        ("Okafor N (2011). Solitary bees. Apidology 7.", 1.0),
    ],
)
def test_what_no_word_of_the_record_explains(raw, expected):
    cited = Entry(replace(entry(raw=raw).reference, title=None))
    assert unexplained_score(cited, record()) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    ("title", "changes", "expected"),
    [
        ("Rain on bare ground", {}, 0.0),
        (SURE, {"title": f"Erratum: {SURE}"}, 1.0),
        (f"Erratum: {SURE}", {"title": SURE}, 1.0),
        (f"Comment on {SURE}", {"title": SURE}, 1.0),
        (SURE, {"title": f"Corrigendum to “{SURE}” [Journal of Soils 12 (2019) 11–19]"}, 1.0),
        (SURE, {"title": f"Author’s Correction: {SURE}"}, 1.0),
        ("Rain on bare", {"title": "Retraction Note: Rain on bare"}, 0.0),  # eleven letters, and no title by its likeness
        ("Rain on bares", {"title": "Retraction Note: Rain on bares"}, 0.0),
        ("Rain on barest", {"title": "Retraction Note: Rain on barest"}, 1.0),
        (SURE, {"title": SURE}, 0.0),
        ("Rain on bare ground part 2", {"title": "Rain on bare ground part 3"}, 0.7),
        ("Rain on bare ground part 2", {"title": "Rain on bare ground part 2"}, 0.0),
        ("Rain on bare ground", {"type": "journal-issue"}, 0.7),
        ("Rain on bare ground", {"type": "preprint"}, 0.5),
        ("Rain on bare ground", {"type": "book"}, 1.0),
    ],
)
def test_other_kinds(title, changes, expected):
    assert kind_score(entry(title=title), record(**changes)) == expected


def test_a_notice_at_the_place_of_the_work_is_not_the_work():
    work = entry(title="Rain on bare ground and its crusts")
    for title in (
        "Correction to: {}",
        "Corrigendum to “{}”",
        "Retraction Note: {}",
        "Comment on “{}”",
        "Expression of Concern: {}",
    ):
        notice = record(title=title.format("Rain on bare ground and its crusts"))
        assert accepted(rank(work, [notice])) == ()


# ------------------------------------------------------------------ names of containers


@pytest.mark.parametrize(
    ("short", "full", "says"),
    [
        ("biol", "biology", True),
        ("natl", "national", True),
        ("nt", "national", False),
        ("ntl", "rational", False),
        ("nax", "national", False),
    ],
)
def test_an_abbreviated_word(short, full, says):
    assert shortens(short, full) is says


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("Geoderma", "Geoderma Regional", True),  # eight letters are a name without its section
        ("Geoderm", "Geodermatology Reviews and Notes", False),
        ("", "Geoderma", True),
        ("The", "Geoderma", True),
        ("JSR", "Journal of Soil Research", True),
        ("J S R", "Journal of Soil Research", True),
        ("JS", "Journal of Soil Research", False),
        ("JSRN", "Journal of Soil Research Notes Abroad", True),
        ("JSRM", "Journal of Soil Research Notes Abroad", False),
        ("Soil Res.", "Soil Research", True),
        ("Soil Res.", "Soil Science Research", True),
        ("Soil Res.", "Soil Science Plant Nutrition Research", False),
        ("Research Soil", "Soil Research", True),
    ],
)
def test_one_container(one, other, says):
    assert same_container(one, other) is same_container(other, one) is says


@pytest.mark.parametrize(
    ("printed", "containers", "expected"),
    [
        ("Journal of Soils", ("Journal of Soils",), 1.0),
        ("Soils", ("Soils",), 1.0),
        ("JSRN", ("Journal of Soil Research Notes",), 0.9),
        ("Geod", ("Geoderma",), 1.0),
        ("Apidology", ("Journal of Soils",), 0.0),
        ("Apidology", (), None),
        ("Apidology", ("Journal of Soils", "Apidology"), 1.0),
        ("Apidology", ("of the",), 0.0),
    ],
)
def test_a_container_in_an_entry(printed, containers, expected):
    assert container_score(entry(container=printed), containers) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Ann. Clim. Polic. Stud. 12, 11.", 1.0),
        ("Ann. Clim. Polic.", 0.75),
        ("Ann. Clim. Polic. 12.", 0.6),
        ("Ann. Clim. Polic. 12, 11.", 0.0),
        ("Ann. Clim.", 0.0),
        ("Ann. Xyz Clim. Polic. Stud.", 0.85),
        ("Ann. Xyz Clim. Polic.", 0.6),
    ],
)
def test_an_abbreviated_container_in_an_entry(printed, expected):
    cited = entry(container="", raw=f"Lopez A. Rain. {printed}")
    assert container_score(cited, ("Annals of Climate Policy Studies",)) == pytest.approx(expected)


def test_a_container_in_a_text():
    assert stands_in("in ann clim polic 12", "Annals of Climate Policy")
    assert stands_in("the soils of old", "Soils")
    assert not stands_in("in ann clim 12", "Annals of Climate Policy")
    assert not stands_in("in soi 12", "Soils")
    assert not stands_in("of the", "of the")


def test_servers_of_preprints():
    assert [is_preprint_server(name) for name in ("bioRxiv", "SSRN Electronic Journal", "HAL", "Journal of Halogens")] == [
        True, True, True, False,
    ]  # fmt: skip


# ------------------------------------------------------------------ names of persons


def named(text, *, family, given=""):
    return has_name(entry(raw=text), Name(family=family, given=given))


@pytest.mark.parametrize(
    ("text", "family", "says"),
    [
        ("Vega B. Rain.", "Vega", True),
        ("Vegas B. Rain.", "Vega", False),
        ("Delmar B. Rain.", "Del Mar", True),  # six letters run together
        ("Delma B. Rain.", "Del Ma", False),
        ("Linden B. Rain.", "Lindem", False),
        ("Lindenau B. Rain.", "Lindenas", False),
        ("Lindenauer B. Rain.", "Lindenaur", True),
        ("Rindenauer B. Rain.", "Lindenauer", False),
    ],
)
def test_a_name_in_an_entry(text, family, says):
    assert named(text, family=family) is says


@pytest.mark.parametrize(("given", "says"), [("Berta", True), ("Bert", True), ("Ber", False), ("Berta K", False)])
def test_a_given_name_in_place_of_the_surname(given, says):
    assert named(f"{given} V. Rain.", family="Vega", given=given) is says


@pytest.mark.parametrize(
    ("text", "given", "says"),
    [
        ("Vega B. Rain.", "Berta", True),
        ("B. Vega. Rain.", "Berta", True),
        ("Vega K. Rain.", "Berta", False),
        ("Vega. Rainfall again.", "Berta", True),
        ("Vega K. Rain.", "", True),
        ("Vega K. Rain.", "Ωmega", True),
        ("Vega K. L. B. Rain.", "Berta", True),
        ("Vega Karl Ludwig Otto B. Rain.", "Berta", True),
    ],
)
def test_an_initial_beside_a_surname(text, given, says):
    assert initial_fits(entry(raw=text), Name(family="Vega", given=given)) is says


def test_how_surnames_are_printed():
    assert family_forms(Name(family="Müller", particle="von")) == ("muller", "von muller", "mueller")
    assert family_forms(Name(family="Vega")) == ("vega",)
    assert family_forms(Name(literal="Soil Group")) == ("soil group",)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ("Rain",)),
        ({"subtitle": "A survey"}, ("Rain: A survey", "Rain")),
        ({"subtitle": "rain"}, ("Rain",)),
        ({"title": "Poster: Rain"}, ("Poster: Rain", "Rain")),
        ({"title": "Rain (Extended abstract)"}, ("Rain (Extended abstract)", "Rain")),
        ({"other_titles": ("Regen im Felde", "Regen im Feld")}, ("Rain", "Regen im Felde")),  # twelve letters
        ({"title": ""}, ()),
    ],
)
def test_titles_by_which_a_work_is_cited(changes, found):
    assert titles(record(**{"title": "Rain"} | changes)) == found


def test_initials():
    assert initials(Name(given="Ana Berta")) == {"a", "b"}
    assert initials(Name(given="RMFK")) == {"r", "m", "f", "k"}
    assert initials(Name(given="RMFKL")) == {"r"}
    assert initials(Name(given="Rm")) == {"r"}
    assert initials(Name(given="J.-P.")) == {"j", "p"}


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("Ana", "A.", True),
        ("Ana", "", True),
        ("Ana", "Karl", False),
        ("Ana Karla", "K.", True),
        ("Bill", "William", True),
        ("Ana", "Ωmega", True),
        ("Shira", "Shirin", True),
    ],
)
def test_given_names_of_one_person(one, other, says):
    assert given_agree(Name(family="V", given=one), Name(family="V", given=other)) is says


def test_family_and_given_names_in_each_others_place():
    assert turned(Name(family="Wang", given="X."), Name(family="Xiaoming", given="Wang"))
    assert not turned(Name(family="Wang", given="Y."), Name(family="Xiaoming", given="Wang"))
    assert not turned(Name(family="W", given="X."), Name(family="Xiaoming", given="W"))
    assert turned(Name(family="Li", given="X."), Name(family="Xiaoming", given="Li"))
    assert not turned(Name(family="Wang", given="X."), Name(family="", given="Wang"))
    assert sounds("hanna") == sounds("hana")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("99999", 99999),
        ("100000", None),
        ("xiv", 14),
        ("XIX", 19),
        ("mcmxc", 1990),
        ("iv", 4),
        ("vi", 6),
        ("12a", None),
        ("", None),
    ],
)
def test_numbers(text, number):
    assert number_of(text) == number


def test_ranges_of_pages():
    assert page_range("1425-37") == (1425, 1437)
    assert page_range("11–19.") == (11, 19)
    assert page_range("e11-e19") is page_range("11") is page_range("") is None


def test_languages():
    assert in_english("The rain of the hills")
    assert in_english("Soil Journal")
    assert in_english("A rain-based model — bare ground. Soil Letters")
    assert in_english("The rain of TGF-β")
    assert not in_english("The rain of βροχή")
    assert not in_english("Böden. Soil Letters")
    assert not in_english("Geoderma")
    assert not in_english("Die Böden und der Regen")
    assert not in_english("Почвы и the")
    assert other_language("The rain of the hills", "Der Regen und die Berge")
    assert other_language("Der Regen und die Berge", "The rain of the hills")
    assert other_language("Rain", "Дождь")
    assert not other_language("The rain of the hills", "A rain on the fields")
    assert not other_language("", "Дождь")


NEAR = {
    "title": "Rain on bare ground and its crusts",
    "type": "proceedings-article",
    "volume": "",
    "pages": "",
    "article_number": "",
}


@pytest.mark.parametrize(
    ("cited", "registered", "near"),
    [
        ({}, {}, True),
        ({"title": "Rain on bare ground and its crusts"}, {}, False),  # nothing is another word
        ({"title": "Rain on bare sand and some crusts"}, {}, False),  # two words
        ({"title": "Rain on bare ice and its crusts"}, {}, False),  # a word of three letters
        ({"title": "Snow bare ground crusts"}, {"title": "Rain bare ground crusts"}, False),  # four words
        ({"title": "Snow on bare ground crusts"}, {"title": "Rain on bare ground crusts"}, True),
        ({"year": 2018}, {}, False),
        ({"authors": ("Lopez, A.",)}, {}, False),  # an author less
        ({"container": "Mud"}, {}, False),
        ({}, {"pages": "41-49"}, False),
        ({}, {"pages": "11-19"}, True),
        ({}, {"volume": "13"}, False),
        ({}, {"authors": people("Lopez, Ana")}, False),  # one author alone
    ],
)
def test_a_title_with_one_other_word_is_near_where_all_else_agrees(cited, registered, near):
    one = entry(**{"title": "Rain on bare sands and its crusts", **cited})
    assert near_title_score(one, record(**{**NEAR, **registered})) == (1.0 if near else None)


def test_a_record_of_a_near_title_is_accepted():
    cited, work = entry(title="Rain on muddy ground and its crusts"), record(**NEAR)
    assert dict(score(cited, work).scores)["near-title"] == 1.0
    assert len(accepted(rank(cited, [work]))) == 1
    assert accepted(rank(entry(title="Rain on muddy sands and its crusts"), [work])) == ()
