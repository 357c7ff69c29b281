"""Printed labels: what is one, what only looks like one, and what a stray line may not undo."""

import pytest

from refaudit.parse import parse
from refaudit.readers import read

NAMES = "Arlov Benko Cernat Darius Elmas Fodor Gruia Horn Ivers Jonas".split()


def listed(*lines: str, suffix: str = "txt") -> list[tuple[str | None, str]]:
    text = "Rain loosens bare ground [1].\n\nReferences\n\n" + "\n".join(lines) + "\n"
    return [(one.label, one.raw) for one in parse(read(f"paper.{suffix}", text.encode())).references]


def entry(number: int, label: str = "[{}] ") -> str:
    return f"{label.format(number)}{NAMES[number - 1]} A. Crusts of kind {number}. Journal of Soils 2019;{number}:1-9."


def test_a_stray_line_before_the_first_label_undoes_nothing() -> None:
    assert listed("on clay. Catena 2016;140:12-19.", *map(entry, range(1, 6))) == [(str(n), entry(n)) for n in range(1, 6)]


def test_more_stray_lines_than_four_are_no_accident() -> None:
    stray = [f"remark {n} on the plots" for n in range(5)]
    found = listed(*stray, *map(entry, range(1, 6)))
    assert [label for label, _ in found] == [None] * len(found)


@pytest.mark.parametrize(
    "piece", ["7{}:534. doi: 10.5555/a.{}", "1{}. doi: 10.5555/a.{}", "60{}. https://doi.org/10.5555/a.{}", "201{};12:1-{}."]
)
def test_a_piece_that_begins_with_a_number_has_no_label(piece: str) -> None:
    heads = [f"{n}. {NAMES[n - 1]} A. Crusts of kind {n}. J Soils." for n in range(1, 6)]
    lines = [line for n, head in enumerate(heads, 1) for line in (head, "", piece.format(n, n), "")]
    assert listed(*lines) == [(str(n), f"{head} {piece.format(n, n)}") for n, head in enumerate(heads, 1)]


def test_a_label_in_the_middle_of_a_line_begins_the_entry_that_is_missing() -> None:
    lines = [entry(1), entry(2) + " " + entry(3), entry(4), entry(5)]
    assert listed(*lines) == [(str(n), entry(n)) for n in range(1, 6)]


def test_a_number_in_brackets_inside_an_entry_is_left_alone() -> None:
    lines = [entry(1), entry(2), entry(3) + " [4] is a reply.", entry(4)]
    assert [label for label, _ in listed(*lines)] == ["1", "2", "3", "4"]


def test_the_entry_of_a_skipped_number_is_found_out_of_its_place() -> None:
    lines = [entry(4), entry(1), entry(2), entry(3), entry(5), entry(6)]
    assert listed(*lines) == [(str(n), entry(n)) for n in (4, 1, 2, 3, 5, 6)]


@pytest.mark.parametrize(("label", "printed"), [("{}", "{}"), ("{}", "¹²³⁴⁵")])
def test_labels_glued_to_the_name(label: str, printed: str) -> None:
    raised = printed != "{}"
    lines = [
        f'{printed[n - 1] if raised else n}{NAMES[n - 1][0]}. {NAMES[n - 1]}, "Crusts of kind {n}," J. Soils 12, 1-9 (2019).'
        for n in range(1, 6)
    ]
    assert [one for one, _ in listed(*lines)] == ["1", "2", "3", "4", "5"]


def test_names_that_begin_with_a_digit_are_no_glued_labels() -> None:
    lines = [
        "3M Company. (2019). Soil tapes. North Press.",
        "Arlov, P. (2018). Rain. Catena, 1, 2-9.",
        "Horn, N. (2019). Rain. Catena, 2, 3-9.",
    ]
    assert [label for label, _ in listed(*lines)] == [None, None, None]
