"""The one grammar for labels: their form and text, and an entry without them."""

import pytest

from refaudit.parse.label import label_of, without_label


@pytest.mark.parametrize(
    ("entry", "label", "rest"),
    [
        ("[12] Vega, A. Rain.", ("square", "12"), "Vega, A. Rain."),
        ("[Veg19] Vega, A. Rain.", ("square", "Veg19"), "Vega, A. Rain."),
        ("(3) Vega, A. Rain.", ("round", "3"), "Vega, A. Rain."),
        ("12. Vega, A. Rain.", ("stop", "12"), "Vega, A. Rain."),
        ("12) Vega, A. Rain.", ("stop", "12"), "Vega, A. Rain."),
        ("^4^ Vega, A. Rain.", ("raised", "4"), "Vega, A. Rain."),
        ("⁴Vega, A. Rain.", ("glued", "4"), "Vega, A. Rain."),
        ("12 Vega, A. Rain.", ("bare", "12"), "12 Vega, A. Rain."),
        ("• Vega, A. Rain.", None, "Vega, A. Rain."),
        ("Vega, A. Rain. 12.", None, "Vega, A. Rain. 12."),
    ],
)
def test_labels(entry: str, label: tuple[str, str] | None, rest: str) -> None:
    assert (label_of(entry), without_label(entry)) == (label, rest)
