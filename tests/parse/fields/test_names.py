"""Names as printed in reference lists."""

from __future__ import annotations

import pytest

from refaudit.model import Name
from refaudit.parse.fields.names import split_names


def n(family: str = "", given: str = "", **more: str) -> Name:
    return Name(family=family, given=given, **more)


TABLE: dict[str, tuple[tuple[Name, ...], bool]] = {
    "Smith, J. P., & Doe, M.": ((n("Smith", "J. P."), n("Doe", "M.")), False),
    "Smith JP, Doe M": ((n("Smith", "JP"), n("Doe", "M")), False),
    "J. P. Smith, M. Doe and T. van den Berg": (
        (n("Smith", "J. P."), n("Doe", "M."), n("Berg", "T.", particle="van den")),
        False,
    ),
    "Smith, John, Mary Doe, and Tom Roe": ((n("Smith", "John"), n("Doe", "Mary"), n("Roe", "Tom")), False),
    "John Smith and Mary Doe": ((n("Smith", "John"), n("Doe", "Mary")), False),
    "SILVA, A. B.; COSTA, C. et al.": ((n("SILVA", "A. B."), n("COSTA", "C.")), True),
    "Smith J, Doe M, et al": ((n("Smith", "J"), n("Doe", "M")), True),
    "King, M. L., Jr., & Roe, T.": ((n("King", "M. L.", suffix="Jr."), n("Roe", "T.")), False),
    "World Health Organization": ((n(literal="World Health Organization"),), False),
    "Berg, T. van den, & Doe, M.": ((n("Berg", "T. van den"), n("Doe", "M.")), False),
    "LEE J B, WU X, SMITH J P, et al.": ((n("LEE", "J B"), n("WU", "X"), n("SMITH", "J P")), True),
    "WU, X.; LEE, J. B.": ((n("WU", "X."), n("LEE", "J. B.")), False),
    "KM LEE, AB Smith": ((n("LEE", "KM"), n("Smith", "AB")), False),
    "Lee K, Ng A": ((n("Lee", "K"), n("Ng", "A")), False),
    "SÁ, A. B.; DEL RÍO, M.": ((n("SÁ", "A. B."), n("DEL RÍO", "M.")), False),
    "Santos MR dos, Lima EF": ((n("Santos", "MR dos"), n("Lima", "EF")), False),
    "FREIRE, Paulo.": ((n("FREIRE", "Paulo"),), False),
    "Wang, Li-Hua, Chen, Mei, & Zhao, Q.": ((n("Wang", "Li-Hua"), n("Chen", "Mei"), n("Zhao", "Q.")), False),
    "José da Silva e Maria de Souza": ((n("Silva", "José", particle="da"), n("Souza", "Maria", particle="de")), False),
    "St. John P, O’Brien K": ((n("St. John", "P"), n("O’Brien", "K")), False),
    "Kim Y-J, Park S-H": ((n("Kim", "Y-J"), n("Park", "S-H")), False),
    "Machado, Maria Helena (coord.)": ((n("Machado", "Maria Helena"),), False),
    "": ((), False),
    ", ; and": ((), False),
}


@pytest.mark.parametrize("printed", TABLE)
def test_split_names(printed: str) -> None:
    assert split_names(printed) == TABLE[printed]


@pytest.mark.parametrize(
    ("printed", "families"),
    [
        ("Nils Kimber, Arno K. Jassen, and Xenia Lindt", ["Kimber", "Jassen", "Lindt"]),
        ("Wei Zhang, Li Chen, Hao Wang", ["Zhang", "Chen", "Wang"]),
        ("Jan van den Berk, Anna de la Cruzada, and Otto von Hagel", ["Berk", "Cruzada", "Hagel"]),
        ("Kimber, Nils, Arno Jassen, and Xenia Lindt", ["Kimber", "Jassen", "Lindt"]),
        ("LEVANT, P., MARTELL, K., AND DUNN, R.", ["LEVANT", "MARTELL", "DUNN"]),
        ("Garsol Merquez, Gabriel Jose", ["Garsol Merquez"]),
    ],
)
def test_lists_of_three_given_names_first(printed, families):
    assert [name.family for name in split_names(printed)[0]] == families
