"""Surnames that are words or months, years that are ranges or before our era, and the initial C."""

import pytest

from refaudit.parse import parse
from refaudit.readers import read

LIST = """
Box, H. T., & Cobb, L. N. (1964). Change of soils. Journal of Soils, 1, 11-19.
Law, J. (2011). Crusts after rain. Journal of Soils, 4, 11-19.
Lopin, A. (2017). Crusts on clay. Journal of Soils, 10, 1-9.
Lopin, C. (2017). Crusts on sand. Journal of Soils, 10, 11-19.
Mai, N. K., & Tran, T. H. (2016). Soil crusts after rain. Journal of Soils, 12, 1-9.
May, O. K. (1972). Size and rest of soils. Journal of Soils, 9, 1-9.
Moren, A. (2003-2004). Rain on bare ground. Journal of Soils, 12, 1-39.
Vegan, B. (ca. 1723). Crusts. Old Press.
"""


def found(body: str) -> list[tuple[str, list[str]]]:
    """The citations of a paragraph, each with the beginnings of the entries that it reaches."""
    parsed = parse(read("paper.txt", f"{body}\n\nReferences\n\n{LIST.strip()}\n".encode()))
    raw = {reference.id: reference.raw[:9] for reference in parsed.references}
    reached: dict[str, list[str]] = {}
    for link in parsed.links:
        reached.setdefault(link.citation, []).extend(raw[identity] for identity in link.references)
    return [(citation.text, reached[citation.id]) for citation in parsed.citations]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The change of Box and Cobb (1964).", [("Box and Cobb (1964", ["Box, H. T"])]),
        ("The model of Mai and Tran (2016).", [("Mai and Tran (2016", ["Mai, N. K"])]),
        ("Law (2011) agrees.", [("Law (2011", ["Law, J. ("])]),
        ("As May (1972) did.", [("May (1972", ["May, O. K"])]),
        ("In May (2015) it rained.", []),
        ("See Table (2011).", []),
        ("Rules hold (Page et al., 2021).", [("Page et al., 2021", [])]),
        ("Rain (Moren 2003–2004, pp. 12–13).", [("Moren 2003–2004, pp. 12–13", ["Moren, A."])]),
        ("Ferrol (1740-1780) was a botanist; Law (1740-1780) too.", []),
        ("Rain (Law 2011, 1989–2001).", [("Law 2011", ["Law, J. ("])]),
        ("Rain (Vegan, ca. 1723).", [("Vegan, ca. 1723", ["Vegan, B."])]),
        ("Sand (C. Lopin, 2017).", [("C. Lopin, 2017", ["Lopin, C."])]),
    ],
)
def test_what_is_cited(body, expected):
    assert found(body) == expected
