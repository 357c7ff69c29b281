"""The one grammar for years: in running text, and in a field that holds nothing else."""

import pytest

from refaudit.model import Year
from refaudit.parse.years import ALONE, field_year, years_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(Vega, 2019a)", [(7, 12, "2019a")]),
        ("Vega 1399, 1400, 2099, 2100", [(11, 15, "1400"), (17, 21, "2099")]),
        ("pp. 1998-2004", []),
        ("(Vega, n.d.)", [(7, 11, "n.d.")]),
        ("Vega, 380 BCE", [(6, 13, "-380")]),
    ],
)
def test_years_of_a_text(text: str, found: list[tuple[int, int, str]]) -> None:
    assert [(start, end, str(year)) for start, end, year in years_in(text)] == found


def test_ranges_are_years_where_they_are_asked_for() -> None:
    assert years_in("Moren 2003–2004", ranges=True) == [(6, 15, Year(number=2003, until=2004))]
    assert years_in("1400–1499", ranges=True) == [(0, 9, Year(number=1400, until=1499))]
    assert years_in("1400–1500", ranges=True) == []


def test_four_digits_alone() -> None:
    assert ALONE.findall("1399 1400 20199 2019b x2020") == ["1400", "2019", "2020"]


@pytest.mark.parametrize(
    ("field", "month", "year"),
    [
        ("2019-05-02", "", Year(number=2019, month=5, day=2)),
        ("2019a", "mar", Year(number=2019, letter="a", month=3)),
        ("-0380", "", Year(number=-380)),
        ("c. 1066", "12", Year(number=1066, month=12)),
        ("2019", "13", Year(number=2019)),
        ("in press", "", Year(text="in press")),
    ],
)
def test_year_of_a_field(field: str, month: str, year: Year) -> None:
    assert field_year(field, month) == year
