"""The style family of entries and lists; entries are our own."""

from __future__ import annotations

import pytest

from refaudit.model import Reference, Span
from refaudit.parse.fields import read_fields
from refaudit.parse.style import family, list_style

ENTRIES = {
    "APA": "Okafor, L. M., & Rossi, C. (2019). Salt marshes after storms. Journal of Coastal Studies, 45(3), 112–130.",
    "Vancouver": "Okafor LM, Rossi C. Salt marshes after storms. J Coast Stud. 2019 Mar;45(3):112-30.",
    "IEEE": "L. M. Okafor and C. Rossi, “Salt marshes after storms,” J. Coast. Stud., vol. 45, no. 3, pp. 112–130, 2019.",
    "ACS": "Okafor, L.; Rossi, C. Salt Marshes after Storms. J. Coast. Stud. 2019, 45, 112–130.",
    "GB/T 7714": "OKAFOR L M, ROSSI C. Salt marshes after storms[J]. Journal of Coastal Studies, 2019, 45(3): 112-130.",
    "Chicago notes": "Okafor, Lena, and Carlo Rossi. “Salt Marshes after Storms.” Coastal Studies 45, no. 3 (2019): 112–30.",
    "Nature": "Okafor, L. & Rossi, C. Salt marshes after storms. J. Coast. Stud. 45, 112–130 (2019).",
    "ABNT": "OKAFOR, L. M.; ROSSI, C. Marismas depois das tempestades. Revista de Geografia, v. 45, n. 3, p. 112-130, 2019.",
    "Elsevier numeric": "L.M. Okafor, C. Rossi, Salt marshes after storms, J. Coast. Stud. 45 (2019) 112–130.",
    "Springer": "Okafor LM, Rossi C (2019) Salt marshes after storms. J Coast Stud 45:112–130",
}


def read(raw: str) -> Reference:
    return read_fields([Reference(id="r", span=Span(0, len(raw)), raw=raw)])[0]


@pytest.mark.parametrize("name", ENTRIES)
def test_family(name: str) -> None:
    assert family(read(ENTRIES[name]))[0] == name


def test_list_style() -> None:
    entries = [read(ENTRIES["APA"])] * 3 + [read(ENTRIES["ACS"])]
    assert list_style(entries) == ("APA", 0.75)
    assert list_style([]) == ("", 0.0)
    assert list_style([read("Nothing to see")]) == ("", 0.0)
