"""The list as something to look names up in: scores, differences and reasons, on both sides of each edge."""

from __future__ import annotations

import re

import pytest

from refaudit.model import Difference, Name, Year
from refaudit.parse.entries.author_year import Head, read_head
from refaudit.parse.entries.index import ListIndex, Match


def index(*raws, labels=None, text=""):
    return ListIndex([read_head(raw) for raw in raws], labels or [None] * len(raws), text)


def matches(raw, names, *, et_al=False, year=None, title=""):
    found = index(raw).matches([Name(family=name) if isinstance(name, str) else name for name in names], et_al, year, title)
    return [(round(one.score, 3), one.difference, one.reasons) for one in found]


TWO = "Alder, B., & Birch, C. (2019). Oaks. Trees, 1, 1-9."
THREE = "Alder, B., Birch, C., & Cedar, D. (2019). Oaks. Trees, 1, 1-9."
NO = Difference.NONE


@pytest.mark.parametrize(
    ("raw", "names", "et_al", "expected"),
    [
        (TWO, ["Alder", "Birch"], False, (1.0, NO, ())),
        (TWO, ["Alder"], False, (0.96, NO, ())),  # another author is not named
        (TWO, ["Alder"], True, (0.95, NO, ())),  # two are no "et al."
        (THREE, ["Alder"], True, (1.0, NO, ())),
        (THREE, ["Alder", "Cedar", "Birch"], False, (0.9, NO, ())),  # each at another's place
        (THREE, ["Alder", "Larch", "Cedar"], False, (0.75, NO, ("'Larch' is not among its authors",))),
        (TWO, ["Alder", "Birch", "Cedar"], False, (0.72, NO, ("'Cedar' is not among its authors",))),  # more than there are
        (TWO, ["Alder", "Birch", Name(literal="Tree Group")], True, (0.7, NO, ("'Tree Group' is not among its authors",))),
        ("Alder, B., et al. (2019). Oaks.", ["Alder"], False, (1.0, NO, ())),  # the list does not count its authors
        (TWO, [Name(given="B.", family="Alder"), "Birch"], False, (1.0, NO, ())),
        (TWO, [Name(given="B. C.", family="Alder"), "Birch"], False, (1.0, NO, ())),
        (TWO, [Name(given="K.", family="Alder"), "Birch"], False, (0.7, NO, ("the given name 'K.' differs",))),
        ("Bo Alder (2019). Oaks.", [Name(given="B.", family="Alder")], False, (1.0, NO, ())),
        ("Bo Alder (2019). Oaks.", [Name(given="K.", family="Alder")], False, (0.7, NO, ("the given name 'K.' differs",))),
    ],
)
def test_names(raw, names, et_al, expected):
    found = matches(raw, names, et_al=et_al, year=Year(number=2019))
    assert found == [expected]


@pytest.mark.parametrize(
    ("given", "score"), [(None, 0.96), ("B.", 1.0), ("B.-C.", 1.0), ("B. K.", 0.66), ("C.", 0.66), ("-", 0.96)]
)
def test_initials_are_compared_as_far_as_both_print_them(given, score):
    names = [Name(given=given or "", family="Alder")]
    ((found, _, reasons),) = matches("Alder, B. C., & Birch, C. (2019). Oaks.", names, year=Year(number=2019))
    assert found == score
    assert reasons == ((f"the given name '{given}' differs",) if score == 0.66 else ())


def years(cited, *printed):
    """A full score of the name is 0.6: what the years add, with difference and reason."""
    ((one),) = ListIndex([Head("Alder, B.", printed)], [None]).matches([Name(family="Alder")], False, cited)
    return round(one.score - 0.6, 3), one.difference, " ".join(one.reasons)


Y = Year
SAME = Y(number=2019)
LETTERED = "the entry carries the letter 'a'"


@pytest.mark.parametrize(
    ("cited", "printed", "expected"),
    [
        (None, [Y(number=2019)], (0.3, NO, "")),
        (Y(number=2019), [], (0.0, Difference.YEAR, "the entry prints no year")),
        (Y(text="n.d."), [], (0.3, NO, "")),
        (Y(text="n.d."), [Y(text="n.d.")], (0.4, NO, "")),
        (Y(text="n.d.", letter="a"), [Y(text="n.d.", letter="b")], (0.2, NO, "")),
        (Y(text="n.d."), [Y(text="in press")], (0.4, NO, "")),
        (Y(text="n.d."), [Y(number=2019)], (0.15, NO, "the list prints a year")),
        (Y(number=2019), [Y(text="in press")], (0.15, NO, "the entry says 'in press'")),
        (Y(number=2019), [Y(number=2019)], (0.4, NO, "")),
        (Y(number=2019, letter="a"), [Y(number=2019, letter="a")], (0.4, NO, "")),
        (Y(number=2019), [Y(number=2019, letter="a")], (0.35, NO, LETTERED)),
        (Y(number=2019, letter="b"), [Y(number=2019, letter="a")], (0.25, Difference.LETTER, "the entry says '2019a'")),
        (Y(number=2019, letter="b"), [Y(number=2019)], (0.25, Difference.LETTER, "no entry carries '2019b'")),
        (Y(number=2018), [Y(number=2019)], (0.19, Difference.YEAR, "the entry says 2019")),
        (Y(number=2000), [Y(number=2019)], (0.01, Difference.YEAR, "the entry says 2019")),
        (Y(number=1999), [Y(number=2019)], (0.0, Difference.YEAR, "the entry says 2019")),
        (Y(number=1900), [Y(number=2019)], (0.0, Difference.YEAR, "the entry says 2019")),
        (Y(number=2018), [Y(number=2019), Y(number=2018)], (0.25, NO, "the year is printed later in the entry")),
        (
            Y(number=2018),
            [Y(number=2019), Y(number=2010), Y(number=2011), Y(number=2018)],
            (0.25, NO, "the year is printed later in the entry"),
        ),
        (
            Y(number=2018),
            [Y(number=2019), Y(number=2010), Y(number=2011), Y(number=2012), Y(number=2018)],
            (0.19, Difference.YEAR, "the entry says 2019"),
        ),
        (Y(number=2019, month=5, day=2), [Y(number=2019, month=5, day=2)], (0.4, NO, "")),
        (Y(number=2019, month=5), [Y(number=2019, month=5, day=2)], (0.4, NO, "")),
        (Y(number=2019, month=5, day=2), [Y(number=2019, month=5)], (0.4, NO, "")),
        (Y(number=2019, month=5, day=2), [Y(number=2019, month=5, day=3)], (0.05, NO, "the date differs")),
        (Y(number=2019, month=5), [Y(number=2019, month=6)], (0.05, NO, "the date differs")),
        (Y(number=2019, month=5), [Y(number=2019, letter="a")], (0.35, NO, LETTERED)),
        (Y(number=2019), [Y(number=2019, month=6)], (0.4, NO, "")),
    ],
)
def test_years(cited, printed, expected):
    assert years(cited, *printed) == expected


def test_spans_of_years():
    span = Y(number=2010, until=2012)
    assert years(span, span) == (0.4, NO, "")
    assert years(span, Y(number=2010)) == (0.4, NO, "")
    assert years(Y(number=2010, until=2013), span) == (0.1, Difference.YEAR, f"the entry says {span}")
    assert years(Y(number=2012), span) == (0.35, NO, f"the entry says {span}")
    assert years(Y(number=2010), span) == (0.4, NO, "")
    assert years(Y(number=2011), span) == (0.19, Difference.YEAR, f"the entry says {span}")
    assert years(Y(number=2012, until=2014), span) == (0.18, Difference.YEAR, f"the entry says {span}")


@pytest.mark.parametrize(
    ("cited", "printed", "score"),
    [
        ("Tan", "Ten", 0),  # three letters: another name
        ("Lind", "Lund", 0.75),
        ("Linden", "Lundun", 0),  # two letters of six
        ("Lindens", "Lunduns", 0.6),
        ("Lindens", "Lunduna", 0),  # three
        ("Lindens", "Lindesn", 0.75),  # two letters turned are one slip
        ("Lindens", "Lindens", 0),  # no slip: it is found by its name
    ],
)
def test_a_name_spelled_a_little_otherwise(cited, printed, score):
    found = index(f"{printed}, B. (2019). Oaks.").near_names([Name(family=cited)], Y(number=2019))
    reasons = (f"the name is spelled '{printed}' in the list",)
    assert found == ([Match(0, pytest.approx(score), Difference.AUTHOR, reasons)] if score else [])


def test_a_near_name_needs_its_year_and_one_of_the_others():
    lists = index("Lund, B., Birch, C., & Cedar, D. (2019). Oaks.", "Lund, B. (2018). Elms (2019).")
    lind, birch, larch = Name(family="Lind"), Name(family="Birch"), Name(family="Larch")

    def near(*names, year=SAME):
        return [(one.entry, round(one.score, 3)) for one in lists.near_names(names, year)]

    assert near(lind) == [(0, 0.75)]
    assert near(lind, birch) == [(0, 0.8)]
    assert near(lind, birch, Name(family="Cedar")) == [(0, 0.85)]
    assert near(lind, larch) == []
    assert near(lind, larch, birch) == [(0, 0.8)]
    assert near(lind, year=Y(number=2018)) == [(1, 0.75)]
    assert near(lind, year=Y(text="n.d.")) == near(lind, year=None) == near() == []


def test_near_names_come_the_nearest_first():
    lists = index("Lundenas, B. (2019). Oaks.", "Lindenau, B. (2019). Elms.", "Lindenaz, B. (2019). Yews.")
    found = lists.near_names([Name(family="Lindenas")], Y(number=2019))
    assert [(one.entry, round(one.score, 2)) for one in found] == [(0, 0.75), (1, 0.75), (2, 0.75)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("", (0.96, ())),
        ("Old oaks", (1.0, ())),
        ("in rain", (1.0, ())),
        ("Young elms", (0.86, ("the title is not found in the entry",))),
    ],
)
def test_a_cited_title_speaks_for_or_against(title, expected):
    found = matches("Alder, B., & Birch, C. (2019). Old oaks in rain.", ["Alder"], year=Y(number=2019), title=title)
    assert [(score, reasons) for score, _, reasons in found] == [expected]


def test_a_title_reaches_a_work_of_a_year_that_is_not_given():
    two = index("Alder, B. (2019). Oaks.", "Alder, B. (2018). The book of oaks.", "Alder, B. (2017). Elms.")
    assert [one.entry for one in two.matches([Name(family="Alder")], False, None, "Oaks")] == [0]  # it begins with it
    assert [one.entry for one in two.matches([Name(family="Alder")], False, None, "Book of")] == [1]
    assert two.matches([Name(family="Alder")], False, Y(number=2016), "Yews") == []  # another title in another year


# letters of a title that may be left out before its short form
@pytest.mark.parametrize(("before", "found"), [("A" * 25, True), ("A" * 26, False)])
def test_a_work_cited_by_its_title_alone(before, found):
    lists = index(f"Alder, B. (2019). {before} autumn. Press.", "Birch, C. (2018). Spring oaks. Press.")
    assert lists.matches([], False, None, "Autumn") == ([Match(0, 0.9)] if found else [])


def test_a_title_alone_must_be_long_and_of_one_work():
    lists = index("Alder, B. (2019). Autumn leaves.", "Birch, C. (2018). Autumn rain.", "Birch, C. (2017). Oaken.")
    assert lists.matches([], False, None, "Autumn") == []
    assert lists.matches([], False, None, "Autumn rain") == [Match(1, 0.9)]
    assert lists.matches([], False, None, "Oaken") == []  # five letters
    assert lists.matches([], False, None, "Oaken.") == []


@pytest.mark.parametrize(("label", "entry"), [("1", 0), ("2", 1), ("3", None), ("0", None), ("x", None), ("²", None)])
def test_the_entry_at_a_place(label, entry):
    assert index(TWO, THREE).at_place(label) == entry


def test_the_first_of_two_entries_has_a_label():
    assert index(TWO, THREE, TWO, labels=["1", "1", None]).labels == {"1": 0}


@pytest.mark.parametrize(
    ("firsts", "alphabetical"),
    [
        ("Ash Birch Cedar Dogwood Elm", False),  # five show no order
        ("Ash Birch Cedar Dogwood Elm Fir", True),
        ("Birch Ash Cedar Dogwood Elm Fir", False),  # four of five
        ("Birch Ash Cedar Dogwood Elm Fir Hazel Holly", True),  # six of seven: 0.857
        ("Cedarwood Cedarling Dogwood Elm Fir Hazel", True),  # by four letters
        ("Ash Ash Ash Ash Ash Ash", True),
    ],
)
def test_the_order_of_a_list(firsts, alphabetical):
    assert index(*(f"{name}, B. (2019). Oaks." for name in firsts.split())).alphabetical is alphabetical


@pytest.mark.parametrize("dash", ["—", "–––", "---", "___", "Ders.", "Idem"])
def test_a_dash_stands_for_the_authors_above(dash):
    lists = index("Alder, B. (2019). Oaks.", f"{dash}, (2018). Elms.")
    found = lists.matches([Name(family="Alder")], False, Y(number=2018))
    assert [(one.entry, one.difference) for one in found] == [(1, NO), (0, Difference.YEAR)]
    assert lists.head(1).zone == lists.head(0).zone


def entries(name, *raws, text=""):
    return [one.entry for one in index(*raws, text=text).matches([name], False, None)]


FAO = "Food and Agriculture Organization (2019). Crops."
BOTH = ("WHO (2018). Health.", "World Health Organization (2019). Wealth.", "Who, D. (2017). Songs.")


@pytest.mark.parametrize(
    ("name", "raws", "found"),
    [
        (Name(literal="FAO"), (FAO,), [0]),
        (Name(family="FAO"), (FAO,), [0]),
        (Name(family="Fao"), (FAO,), []),  # a person
        (Name(literal="World Health Organization"), ("WHO (2018). Health.",), [0]),
        (Name(literal="World Health"), ("WH (2018). Health.",), []),  # two initials are many names
        (Name(literal="WHO"), BOTH, [0, 1, 2]),
        (Name(family="Who"), BOTH, [0, 2]),
        (Name(literal="Forest"), ("Forest of ours (2018).",), [0]),
        (Name(family="Insee"), ("Insee (2021). Crops.",), [0]),
        (Name(family="l'Insee"), ("Insee (2021). Crops.",), [0]),
        (Name(family="Bekdemir'e"), ("Bekdemir, A. (2007). Oaks.",), [0]),
        (Name(family="Berg", particle="van"), ("Berg, J. (2007). Oaks.",), [0]),
        (Name(family="—"), ("Berg, J. (2007). Oaks.",), []),
    ],
)
def test_how_a_name_finds_entries(name, raws, found):
    assert sorted(entries(name, *raws)) == found
    assert index(*raws).knows(name) is bool(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as the Agency of Eastern Rivers (EARIV, 2019) says", [0]),
        ("as the Agency of Eastern Rivers [EARIV] says", [0]),
        ("as the Agency of Eastern Rivers (Eariv) says", []),  # no short form: one capital of five
        ("as the Agency of Eastern Rivers (EARiv) says", [0]),
        ("as the Agency of Eastern Rivers (EAri) says", []),  # half of them
        ("as the Bureau of Eastern Rivers (EARIV) says", []),
        ("", []),
    ],
)
def test_the_text_gives_an_organisation_a_short_name(text, found):
    short = re.search(r"\bEAR\w*|\bEari\w*", text, re.IGNORECASE)
    name = Name(literal=short[0] if short else "EARIV")
    assert entries(name, "Agency of Eastern Rivers (2019). Floods.", text=text) == found


@pytest.mark.parametrize(("organisation", "found"), [("Tree Boards", [0]), ("Oak Boards", [])])
def test_an_organisation_that_gets_a_short_name_has_ten_letters(organisation, found):
    assert entries(Name(literal="XQZ"), f"{organisation} (2019). Oaks.", text=f"the {organisation} (XQZ) says") == found


def test_the_surnames_of_a_list_are_those_of_persons():
    assert index(TWO, FAO).surnames == {"alder", "birch"}
