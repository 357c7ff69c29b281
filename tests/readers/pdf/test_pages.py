"""Invented pages: what is a column, furniture, a note, a table, a link, and what cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refaudit.errors import InputError
from refaudit.model import BlockKind, Document, MarkKind
from refaudit.parse import parse
from refaudit.readers.pdf import columns, internal_links, layout, lines, unreadable
from refaudit.readers.pdf import reader as reader_
from refaudit.readers.pdf.geometry import UNMAPPED, Jump, Line, Page, Run, upright
from refaudit.readers.pdf.joining import dashes

Text = tuple[str, float, float, float]


def run(text: str, left: float, base: float, size: float = 10, face: int = 0, quarter: int = 0) -> Run:
    """5 points a character at size 10."""
    return Run(text, left, left + len(text) * size / 2, base, size, face, quarter)


def page(*texts: Text, links: tuple[Jump, ...] = ()) -> Page:
    return Page(600, 800, tuple(run(*one) for one in texts), links)


def read(*pages: Page) -> Document:
    return layout.document("p.pdf", pages, ())


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    return [(one.kind, document.text[one.span.start : one.span.end]) for one in document.blocks]


def column(word: str, left: float, top: float, count: int, size: float = 10) -> list[Text]:
    return [(f"{word} line {number} goes on to the edge here now", left, top - 12 * number, size) for number in range(count)]


# ------------------------------------------------------------------ columns


def test_a_title_across_parts_the_page_and_the_columns_are_read_one_after_the_other():
    text = read(
        page(
            ("A title that runs over both of the columns of this page", 150, 700, 10),
            *column("Left", 50, 640, 8),
            *column("Right", 320, 640, 8),
        )
    ).text
    assert [text.index(one) for one in ("A title", "Left line 0", "Left line 7", "Right line 0")] == sorted(
        text.index(one) for one in ("A title", "Left line 0", "Left line 7", "Right line 0")
    )


_PLACES = st.tuples(st.sampled_from((50, 200, 320)), st.integers(0, 11), st.sampled_from((4, 20, 40, 60, 90)))


@given(st.lists(_PLACES, min_size=1, max_size=40))
def test_every_line_of_any_page_is_read_once_also_beside_one_that_runs_across(places: list[tuple[int, int, int]]):
    lines_ = [
        Line(0, [run("w" * letters, left, 640 - 12 * row)], left, left + letters * 5, 640 - 12 * row, 10)
        for left, row, letters in places
    ]
    read_ = [line for column_ in columns.in_order(lines_, [320.0]) for line in column_]
    assert sum(line.text.count("w") for line in read_) == sum(letters for _, _, letters in places)


def test_labels_that_hang_out_of_the_right_column_belong_to_it():
    right = [("Dorn E. A title of some length that fills", 340, 640 - 12 * n, 10) for n in range(8)]
    labels = [(f"{n}.", 320, 640 - 24 * n, 10) for n in range(1, 4)]
    text = read(page(*column("Left", 50, 640, 8), *right, *labels)).text
    assert "Left line 7" in text.split("1. Dorn")[0]
    assert "Left line" not in text.split("1. Dorn")[1]


def test_a_label_column_is_no_column_of_text():
    entries = [(f"Abel {n} wrote a title of some length that goes on", 80, 700 - 12 * n, 10) for n in range(1, 9)]
    text = read(page(*((f"[{n}]", 50, 700 - 12 * n, 10) for n in range(1, 9)), *entries)).text
    assert "[3] Abel 3 wrote" in text


def test_text_in_another_direction_is_left_out_unless_the_page_is_turned():
    stamp = Run("Author Manuscript", 100, 300, 20, 10, 0, 1)
    body = run("The text of the page stands upright and is longer.", 50, 700)
    assert upright(Page(600, 800, (body, stamp))).runs == (body,)
    turned = upright(Page(600, 800, (Run("A wide table on a page that was turned", 100, 300, 20, 10, 0, 1),)))
    assert (turned.width, turned.height, len(turned.runs)) == (800, 600, 1)


# ------------------------------------------------------------------ furniture


def test_running_heads_are_known_by_repetition_and_page_numbers_by_rising():
    pages = [
        page(
            (f"Dry Soils 12 (2018) 40–52 {n}", 50, 770, 8),
            *column(f"Page {n}", 50, 640, 5),
            (f"199{n};132:1872–{n}.", 50, 100, 10),
        )
        for n in (1, 2, 3)
    ]
    text = read(*pages).text
    assert "Dry Soils" not in text
    assert all(f"199{n};132:1872–{n}." in text for n in (1, 2, 3))


def test_a_page_number_between_words_of_any_language_goes():
    pages = [page(*column(f"Page {n}", 50, 640, 5), (f"עמוד {n} מתוך 8", 260, 60, 10)) for n in range(1, 5)]
    assert "עמוד" not in read(*pages).text


def test_a_page_number_beside_the_number_of_all_pages_goes_from_the_last_page_too():
    pages = [page(*column(f"Page {n}", 50, 640, 5), (f"עמוד {n} מתוך 8", 260, 60, 10)) for n in range(1, 9)]
    assert "עמוד" not in read(*pages).text


@pytest.mark.parametrize(("alone", "stays"), [("1993.", True), ("2002", True), ("417", False), ("xiv", False)])
def test_a_year_alone_on_the_first_line_is_the_end_of_an_entry_and_no_page_number(alone: str, stays: bool):
    text = read(page((alone, 50, 770, 10), *column("Entry", 50, 700, 9))).text
    assert (alone in text) is stays


def test_pages_may_be_numbered_like_years():
    pages = [page(*column(f"Page {n}", 50, 640, 5), (str(1990 + n), 290, 40, 10)) for n in range(6)]
    assert "199" not in read(*pages).text


def test_a_heading_that_returns_with_each_chapter_stays():
    pages = [
        page(*([("Endnotes", 50, 700, 10)] if n % 4 == 0 else []), *column(f"Page {'abcdefgh'[n % 8] * (n + 1)}", 50, 640 - n, 5))
        for n in range(28)
    ]
    assert read(*pages).text.count("Endnotes") == 7


def test_a_head_on_two_of_five_pages_stays():
    pages = [
        page(("A line at the top" if n < 2 else f"Another start {'abcde'[n]}", 50, 770, 8), *column("Page", 50, 640 - n, 5))
        for n in range(5)
    ]
    assert read(*pages).text.count("A line at the top") == 2


# ------------------------------------------------------------------ tables, floats, notes


def test_a_caption_and_the_cells_below_it_are_a_table_and_the_paragraph_goes_on_behind():
    full = "words that fill the line to its right edge here"
    document = read(
        page(
            (f"First {full}", 50, 700, 10), (f"second {full}s", 50, 688, 10),
            ("Table 1. Crusts by year", 50, 650, 8), ("Year References", 50, 638, 8), ("2001 none", 50, 628, 8),
            (f"third {full}s", 50, 580, 10), ("ends here.", 50, 568, 10),
        )
    )  # fmt: skip
    kinds = [kind for kind, _ in blocks(document)]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.TABLE]
    assert f"second {full}s third {full}s ends here." in document.text


def test_raised_numbers_side_by_side_are_one_mark_and_a_word_of_four_letters_bears_its_line():
    line = Line(0, [run("ure.", 50, 700), Run("13–16", 70, 85, 704, 6, 0)], 50, 85, 704, 6)
    line.settle()
    assert (line.size, line.pieces()) == (10, [("ure.", False), ("13–16", True)])
    parts = [run("deaths", 50, 700), Run("1", 80, 83, 704, 6, 0), Run("-", 83, 86, 704, 6, 0), Run("6", 86, 89, 704, 6, 0)]
    (one,) = lines.fragments(0, Page(600, 800, tuple(parts)))
    assert one.pieces() == [("deaths", False), ("1-6", True)]


def test_lines_from_right_to_left_keep_names_and_numbers_in_their_order():
    given = [("שלום לכולם", 300, 350), ("(", 288, 291), ("Abel", 240, 262), ("2010", 265, 288), ("(", 237, 240)]
    line = Line(0, [Run(text, left, right, 700, 10, 0) for text, left, right in given], 236, 350, 700, 10)
    assert line.text == "שלום לכולם (Abel 2010)"


# ------------------------------------------------------------------ letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1;2e4. 2;5e19. 3:11e13. 4;1e2. See [2e4].", "1;2–4. 2;5–19. 3:11–13. 4;1–2. See [2–4]."),
        ("1;2e4. 2;5e19. 3:11e13. See [2e4].", "1;2e4. 2;5e19. 3:11e13. See [2e4]."),
        ("1;2e4. 2;5e19. 3:11e13. 4;1e2. 5;3–4. 6;3–4.", "1;2e4. 2;5e19. 3:11e13. 4;1e2. 5;3–4. 6;3–4."),
    ],
)
def test_dashes_printed_as_letters(text: str, expected: str):
    assert dashes(text) == expected


def test_pages_of_letters_without_a_map_are_named_and_a_file_of_them_refused(monkeypatch: pytest.MonkeyPatch):
    good = page(*column("Good", 50, 640, 5))
    bad = Page(600, 800, tuple(run("´£¦ unknown letters in a font", 50, 640 - 12 * n, face=UNMAPPED) for n in range(5)))
    kept, problems = unreadable.without_unreadable([good, bad, bad, good, bad])
    assert [bool(one.runs) for one in kept] == [True, False, False, True, False]
    assert [one.message.split(" have")[0] for one in problems] == ["the letters of pages 2–3, 5"]
    assert unreadable.without_unreadable([good]) == ([good], ())
    monkeypatch.setattr(reader_, "_pages", lambda _path, _data: ([bad], ()))
    with pytest.raises(InputError, match="no usable map to characters"):
        reader_.read("p.pdf", b"%PDF-1.4")


# ------------------------------------------------------------------ links


def test_a_link_decides_between_entries_that_fit_equally_well():
    entries = [
        ("References", 50, 400, 12),
        ("Abel, K. (2018). Crusts after rain on bare ground. Journal of Dry Soils, 14, 1–9.", 50, 370, 10),
        ("Abel, K. (2018). Ditches and salt in the plain. Journal of Wet Soils, 3, 11–19.", 50, 340, 10),
    ]
    click = Jump((190, 638, 210, 652), 0, 50, 352)
    other = Jump((10, 10, 20, 20), 0, 50, 382)
    text = ("We found crusts here (Abel, 2018) on every slope.", 50, 640, 10)
    document = read(page(text, *entries, links=(click, other)))
    marks = [(document.text[m.span.start : m.span.end], int(m.target[1:])) for m in document.marks if m.kind is MarkKind.LINK]
    assert [(shown, document.text[at : at + 30]) for shown, at in marks] == [("2018", "Abel, K. (2018). Ditches and s")]
    parsed = parse(document)
    assert [(one.status.value, one.references) for one in parsed.links] == [("exact", ("r2",))]
    plain = parse(read(page(text, *entries)))
    assert [one.status.value for one in plain.links] == ["ambiguous"]


def test_destinations_that_aim_at_no_line_lead_nowhere():
    line = Line(0, [run("Abel, K. (2018). Crusts.", 50, 370)], 50, 170, 370, 10, (50, 500))
    near, far, elsewhere = Jump((0, 0, 9, 9), 0, 50, 380), Jump((0, 0, 9, 9), 0, 50, 500), Jump((0, 0, 9, 9), 4, 50, 380)
    assert internal_links.targets([line], [near, far, elsewhere]) == {near: line}


def test_the_heading_of_a_list_is_known_in_any_script():
    entries = [
        (f"[{n}] 王某. 某种土壤的结皮研究[J]. 土壤学报, 201{n}, 4(2): 10-1{n}.", 50, 640 - 30 * n, 10) for n in range(1, 5)
    ]
    wrapped = [(f"第{n}行续写", 66, 628 - 30 * n, 10) for n in range(1, 5)]
    found = blocks(read(page(("参考文献", 50, 660, 12), *entries, *wrapped)))
    assert [kind for kind, _ in found] == [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 4]
    assert all(text.endswith(f"第{n}行续写") for n, (_, text) in enumerate(found) if n)
