"""Where a list was probably misread: told once, and nothing about its entries and citations is shown."""

import pytest

from refaudit.model import Reference, Span
from refaudit.rules.reading import doubt
from tests.rules.run import findings

NAMES = "Arlov Benko Cernat Darius Elmas Fodor Gruia Horn Ivers Jonas Kessel Lorin Marek Novak Orlov Petrov Rusu Sava Tudor Ursu".split()


def entry(number: int, label: str | None = None, raw: str = "") -> Reference:
    raw = raw or f"{NAMES[number % 20]}, A. (20{number % 20 + 1:02}). Crusts of kind {number}. Journal of Soils, {number}, 1-9."
    return Reference(id=f"r{number}", span=Span(0, 1), raw=raw, parts=((0, Span(0, 1)),), label=label)


def listed(count: int, *labels: int) -> list[Reference]:
    return [entry(n, str(labels[n]) if labels else None) for n in range(count)]


@pytest.mark.parametrize(
    ("references", "counts", "why"),
    [
        (listed(20), (20, 20), ""),
        (listed(20), (20, 22), ""),
        (listed(20), (20, 23), "The reference list was read as 20 entries, but a second count gives 23"),
        (listed(3, 1, 2, 42), (3, 42), "The reference list was read as 3 entries, but its printed numbers go up to [42]"),
        (listed(10, 1, 2, 3, 5, 7, 9, 10, 11, 12, 13), (10, 10), ""),
        (
            listed(10, 1, 2, 4, 6, 8, 10, 11, 12, 13, 14),
            (10, 10),
            "The reference list was read as 10 entries, but their numbers break off 4 times",
        ),
        (listed(9, 1, 3, 5, 7, 9, 11, 13, 15, 17), (9, 9), ""),
        ([*listed(9), *(entry(n, raw="on the coast of the north") for n in range(9, 12))], (12, 12), ""),
        (
            [*listed(9), *(entry(n, raw="on the coast of the north") for n in range(9, 13))],
            (13, 13),
            "The reference list was read as 13 entries, but 4 of them do not read like references",
        ),
        (
            [
                *listed(9),
                *(entry(n, raw=f"[{n}] {NAMES[n]}, A. (2001). Crusts. Journal of Soils, 1, 1-9.") for n in range(9, 13)),
            ],
            (13, 13),
            "The reference list was read as 13 entries, but 4 of them begin with a number that the others lack",
        ),
    ],
    ids=range(10),
)
def test_what_speaks_against_a_reading(references: list[Reference], counts: tuple[int, int], why: str) -> None:
    assert doubt(references, counts) == why


def test_nothing_is_told_of_a_list_in_doubt() -> None:
    lines = [
        f"[{n}] {NAMES[n % 20]} A. Crusts of kind {n}. Journal of Soils 2019;{n}:1-9." for n in (1, 2, 3, 5, 7, 9, 11, 13, 15, 17)
    ]
    text = (
        "Rain loosens bare ground [1]. Crusts follow [2]. Seeds fail [3]. More rain [4,99].\n\n## References\n\n"
        + "\n\n".join(lines)
        + "\n"
    )
    shown = findings(text)
    assert [one.code for one in shown] == ["AUD002"]
    assert shown[0].message.startswith("The reference list was read as 10 entries, but its printed numbers go up to [5]: ")


def numbered(text: str, count: int) -> list[str]:
    entries = "".join(
        f"[{n}] Lopez A. Rain on bare ground number {n}. Journal of Soils. 2019;{n}:1-9.\n" for n in range(1, count + 1)
    )
    return [f.message for f in findings(f"{text}\n\nReferences\n\n{entries}") if f.code == "LNK003"]


@pytest.mark.parametrize(("cited", "told"), [("[2–98]", []), ("[2–40], [41–98]", []), ("[2–40], [43–98]", [41, 42])])
def test_entries_inside_a_range_too_long_to_be_meant_are_not_uncited(cited: str, told: list[int]) -> None:
    """ "[8–93]" for "[88–93]": the range is read as its two ends only."""
    assert numbered(f"Rain loosens bare ground [1]. Crusts follow {cited}. Seeds fail [99].", 99) == [
        f"[{n}] is in the reference list, but the text does not cite it." for n in told
    ]
