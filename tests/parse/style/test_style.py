"""The style family of entries and lists; entries are our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refaudit.model import ListStyle, Parsed, Reference, Span, Year
from refaudit.parse.fields import read_fields
from refaudit.parse.style.printed_features import manner
from refaudit.parse.style.recognition import FAMILIES, chances, points, reasons, settle, style_of
from refaudit.parse.style.style_guides import FORMS

# As the manuals print an article, a book or a chapter.
ENTRIES = {
    "APA": "Okafor, L. M., & Rossi, C. (2019). Salt marshes after storms. Journal of Coastal Studies, 45(3), 112–130.",
    "Harvard": "Okafor, L.M. and Rossi, C. (2019) ‘Salt marshes after storms’, Journal of Coastal Studies, 45(3), pp. 112–130.",
    "Chicago author-date": "Okafor, Lena, and Carlo Rossi. 2019. “Salt Marshes after Storms.” Coastal Studies 45 (3): 112–30.",
    "Chicago notes": "Okafor, Lena, and Carlo Rossi. “Salt Marshes after Storms.” Coastal Studies 45, no. 3 (2019): 112–30.",
    "MLA": "Okafor, Lena, and Carlo Rossi. “Salt Marshes after Storms.” Coastal Studies, vol. 45, no. 3, 2019, pp. 112–30.",
    "Vancouver": "Okafor LM, Rossi C. Salt marshes after storms. J Coast Stud. 2019 Mar;45(3):112-30.",
    "AMA": "Okafor LM, Rossi C, Berg TV, et al. Salt marshes after storms. J Coast Stud. 2019;45(3):112-130. doi:10.1234/jcs.45",
    "IEEE": "L. M. Okafor and C. Rossi, “Salt marshes after storms,” J. Coast. Stud., vol. 45, no. 3, pp. 112–130, 2019.",
    "ACS": "Okafor, L.; Rossi, C. Salt Marshes after Storms. J. Coast. Stud. 2019, 45, 112–130.",
    "GB/T 7714": "OKAFOR L M, ROSSI C. Salt marshes after storms[J]. Journal of Coastal Studies, 2019, 45(3): 112-130.",
    "Nature": "Okafor, L. & Rossi, C. Salt marshes after storms. J. Coast. Stud. 45, 112–130 (2019).",
    "ABNT": "OKAFOR, L. M.; ROSSI, C. Marismas depois das tempestades. Revista de Geografia, v. 45, n. 3, p. 112-130, 2019.",
    "Springer": "Okafor LM, Rossi C (2019) Salt marshes after storms. J Coast Stud 45:112–130",
    "Elsevier numeric": "L.M. Okafor, C. Rossi, Salt marshes after storms, J. Coast. Stud. 45 (2019) 112–130.",
    "CSE": "Okafor LM, Rossi C. 2019. Salt marshes after storms. J Coast Stud. 45(3):112–130.",
    "MHRA": "Okafor, Lena, and Carlo Rossi, ‘Salt Marshes after Storms’, Coastal Studies, 45.3 (2019), 112–30",
    "Science": "L. M. Okafor, C. Rossi, Salt marshes after storms. J. Coast. Stud. 45, 112–130 (2019).",
    "RSC": "L. M. Okafor and C. Rossi, Salt marshes after storms, J. Coast. Stud., 2019, 45, 112–130.",
    "Linguistics": "Okafor, Lena & Carlo Rossi. 2019. Salt marshes after storms. Coastal Studies 45(3). 112–130.",
}
OTHERS = {
    "Okafor, L., & Rossi, C. (2015). Marshes and people. In T. van den Berg (Ed.), Handbook of wetlands (pp. 21–48). Earthscan.": "APA",
    "Okafor, L.M., Rossi, C., 2019. Salt marshes after storms. J. Coast. Stud. 45, 112–130.": "Harvard",
    "Okafor, L. M., and Rossi, C. (2019). Salt marshes after storms. J. Coast. Stud. 45, 112–130. doi: 10.1234/jcs.45": "Harvard",
    "Lena Okafor and Carlo Rossi, “Salt Marshes after Storms,” Coastal Studies 45, no. 3 (2019): 115.": "Chicago notes",
    "Okafor LM. Marshes and people. 2nd ed. London: Earthscan; 2015.": "Vancouver",
    "Okafor, L. Marshes and People, 2nd ed.; Earthscan: London, 2015.": "ACS",
    # of two families alike, or too little to tell
    "Okafor L, Marsh R. Salt marshes. 2019.": "",
    "World Health Organization. (2021). Guidelines on drinking water. https://www.who.int/water": "",
    "Nothing to see": "",
    "": "",
}


def read(raw: str) -> Reference:
    return read_fields([Reference(id="r", span=Span(0, len(raw)), raw=raw)])[0]


@pytest.mark.parametrize("name", ENTRIES)
def test_family_of_an_article(name: str) -> None:
    assert style_of(manner(read(ENTRIES[name])))[0] == name


@pytest.mark.parametrize("raw", OTHERS)
def test_family_of_other_entries(raw: str) -> None:
    assert style_of(manner(read(raw)))[0] == OTHERS[raw]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "APA",
            {
                "names": "Family, I.", "others": "inverted", "initials": "J. P.", "joint": ", &", "year": "(y).", "quotes": "none",
                "title": ".", "journal": ", v", "volume": "bare", "issue": "v(i)", "pages": ", ", "range": "full",
            },
        ),
        (
            "MLA",
            {
                "names": "Family, Given", "others": "direct", "joint": ", and", "year": "v, y, p", "quotes": "double",
                "title": ".”", "journal": ", v", "volume": "vol.", "issue": "no.", "pages": "pp.", "range": "short",
            },
        ),
        (
            "AMA",
            {
                "names": "Family I", "others": "inverted", "initials": "JP", "cut": "3", "year": "y;v", "quotes": "none",
                "title": ".", "journal": ". y", "volume": "bare", "issue": "v(i)", "pages": ":", "range": "full", "doi": "doi:",
            },
        ),
        (
            "GB/T 7714",
            {
                "names": "FAMILY I", "others": "inverted", "initials": "J P", "joint": ",", "year": "y, v", "quotes": "none",
                "journal": ", y", "volume": "bare", "issue": "v(i)", "pages": ": ", "range": "full", "words": "[J]",
            },
        ),
    ],
)  # fmt: skip
def test_what_an_entry_shows(name: str, shown: dict[str, str]) -> None:
    assert manner(read(ENTRIES[name])) == shown


def test_fields_read_with_doubt_show_nothing() -> None:
    raw = "Mud (2019)"
    year = Parsed(value=Year(number=2019), raw="2019", span=Span(5, 9), confidence=0.3)
    title = Parsed(value="Mud", raw="Mud", span=Span(0, 3), confidence=0.3)
    assert manner(Reference(id="r", span=Span(0, 10), raw=raw, year=year, title=title)) == {}


def test_entries_of_a_database_show_nothing() -> None:
    given = Reference(id="r", span=Span(0, 4), raw="@book{a, title={[J]}}", title=Parsed(value="[J]", raw="[J]"))
    assert (manner(given), settle([given])) == ({}, ((given,), ListStyle()))


def test_a_list_settles_what_its_entries_leave_open() -> None:
    """An entry that shows little has the style of its list; one that shows another style keeps its own."""
    entries = [
        *(ENTRIES["APA"].replace("Okafor", family) for family in ("Abel", "Cruz", "Diaz", "Egede")),
        "World Health Organization. (2021). Guidelines on drinking water. https://www.who.int/water",
        ENTRIES["IEEE"],
    ]
    done, whole = settle([read(raw) for raw in entries])
    assert [reference.style for reference in done] == ["APA", "APA", "APA", "APA", "APA", "IEEE"]
    assert whole == ListStyle(
        family="APA",
        share=0.8,
        entries=5,
        reasons=(
            "“, &” between the last names",
            "the year in brackets after the names",
            "names as “Family, I.”",
            "a comma before the pages",
        ),
    )


def test_no_style_where_the_entries_disagree() -> None:
    done, whole = settle([read(ENTRIES[name]) for name in ("APA", "IEEE", "MLA", "ABNT")])
    assert [reference.style for reference in done] == ["APA", "IEEE", "MLA", "ABNT"]
    assert whole == ListStyle(entries=4)
    assert settle([]) == ((), ListStyle())
    assert settle([read("Nothing to see")])[1] == ListStyle()


def test_reasons_are_what_tells_a_family_from_the_others() -> None:
    assert reasons([manner(read(ENTRIES["IEEE"]))], "IEEE", most=3) == (
        "“vol.” before the volume",
        "“pp.” before the pages",
        "“no.” before the issue",
    )


def test_the_table_holds_chances() -> None:
    for name, often, habits in FORMS:
        assert 0 < often <= 1, name
        for habit, forms in habits.items():
            assert 0.3 <= sum(forms.values()) <= 1.0001, (name, habit)
            assert all(0 < chance < 1 for chance in forms.values()), (name, habit)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["names", "year", "quotes", "pages", "odd"]), st.sampled_from(["Family I", "(y).", "?"])))
def test_any_habits_have_chances(shown: dict[str, str]) -> None:
    assert len(points(shown)) == len(FAMILIES)
    assert sum(chances(points(shown))) == pytest.approx(1)
