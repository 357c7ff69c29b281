"""Citations in notes: chapter by chapter, run together, in several languages; marks of notes that are no entry numbers."""

from refaudit.model import Document, System
from refaudit.parse import Parse, parse
from refaudit.parse.citations.notes import notes_of
from refaudit.parse.entries.sections import lines_of
from refaudit.readers import read

LIST = (
    "\n\nBibliography\n\nArlov, Anna. Painting and Silence. Oslo: North Press, 1981.\n\n"
    "Benko, Bruno. “Gardens of the Coast.” Journal of Gardens 12, no. 3 (1999): 41–60.\n\n"
    "Cernat, Carla. A History of Gardens. Bern: North Press, 1992.\n\nDarius, Dora. On Walls. Bern: North Press, 1993.\n\n"
    "Elmas, Elsa. On Slow Walking. Leeds: North Press, 1985.\n\nFodor, Lia. Paths. Bern: North Press, 1994.\n"
)


def paper(text: str, suffix: str = "md") -> tuple[Document, Parse]:
    document = read(f"paper.{suffix}", text.encode())
    return document, parse(document)


def reached(parsed: Parse) -> list[tuple[str, tuple[str, ...]]]:
    text = {citation.id: citation.text for citation in parsed.citations}
    return [(text[link.citation], link.references) for link in parsed.links]


def test_notes_below_a_heading_in_each_chapter() -> None:
    chapter = "Gardens were rare^1^ and dry^2^ at first.^3^\n\nEndnotes\n\n"
    one = "1 Anna Arlov, Painting and Silence (Oslo: North Press, 1981), 12.\n\n2 Ibid., 14. 3 Bruno Benko, “Gardens of the Coast,” 44.\n\n"
    two = "1 Carla Cernat, A History of Gardens (Bern: North Press, 1992), 9.\n\n2 Arlov, Painting, 19.\n\n3 Darius, 7.\n\n"
    document, parsed = paper(chapter + one + "Chapter two\n\n" + chapter + two + LIST, "txt")
    assert [label for label, _ in notes_of(document, lines_of(document))] == ["1", "2", "3", "1", "2", "3"]
    assert {citation.system for citation in parsed.citations} == {System.FOOTNOTE}
    assert [references for _, references in reached(parsed)] == [("r1",), ("r1",), ("r2",), ("r3",), ("r1",), ("r4",)]


def test_raised_numbers_of_a_text_with_notes_lead_to_no_entry() -> None:
    body = "".join(f"Gardens were dry in year {n}.[^{n}] " for n in range(1, 7))
    notes = "".join(f"\n[^{n}]: A remark on the weather of the year.\n" for n in range(1, 7))
    raised = " Walls^1^ stood^2^ in rows^3^ and fell^4^ later^5^ on.^6^"
    _, parsed = paper(body + raised + "\n" + notes + LIST)
    assert parsed.citations == ()


def test_raised_numbers_that_count_one_by_one_beside_an_alphabetical_list_are_marks() -> None:
    body = " ".join(f"Gardens of kind {n} were dry^{n}^." for n in (1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6))
    assert paper(body + LIST)[1].citations == ()


def test_an_alphabetical_list_may_be_cited_by_numbers_in_any_order() -> None:
    body = " ".join(f"Gardens were dry^{n}^." for n in ("3", "1,4", "2", "6", "5", "1", "3", "2,5"))
    assert {citation.system for citation in paper(body + LIST)[1].citations} == {System.NUMERIC}


def test_the_author_named_again_by_a_word() -> None:
    notes = (
        "Regen.[^1] Krusten.[^2] Samen.[^3]\n\n[^1]: Bruno Vegan, Krusten nach dem Regen, Hamburg 2018, S. 12.\n"
        "[^2]: Ders., Samen unter Krusten, Berlin 2017, S. 31.\n[^3]: Ebd., S. 33.\n\n# Literaturverzeichnis\n\n"
        "Vegan, Bruno: Krusten nach dem Regen, Hamburg 2018.\n\nVegan, Bruno: Samen unter Krusten, Berlin 2017.\n"
    )
    _, parsed = paper(notes)
    assert reached(parsed) == [
        ("Bruno Vegan, Krusten nach dem Regen, Hamburg 2018, S. 12.", ("r1",)),
        ("Ders., Samen unter Krusten, Berlin 2017, S. 31.", ("r2",)),
        ("Ebd., S. 33.", ("r2",)),
    ]


def test_two_full_references_in_notes_are_a_list() -> None:
    _, parsed = paper(
        'Rain.[^1] Crusts.[^2] Seeds.[^3]\n\n[^1]: Ann Moren, "Rain on Bare Ground," *Journal of Soils* 12 (2019): 3.\n'
        "[^2]: Bruno Vegan, *Crusts after Rain* (Harbour: North Press, 2018), 12.\n[^3]: Vegan, *Crusts*, 14.\n"
    )
    assert [one.raw[:10] for one in parsed.references] == ["Ann Moren,", "Bruno Vega"]
    assert [references for _, references in reached(parsed)] == [("r1",), ("r2",), ("r2",)]


def test_what_a_note_says_behind_pages_gives_no_year_to_the_work_before() -> None:
    body = "Gardens.[^1] Paths.[^2] Walls.[^3] Rain.[^4]\n"
    notes = (
        "\n[^1]: Anna Arlov, *Painting and Silence* (Oslo: North Press, 1981), 12.\n[^2]: Carla Cernat, *A History of Gardens*, 9.\n"
        "[^3]: Lia Fodor, *Paths*, 3.\n[^4]: Arlov, *Painting*, 21, as well as a reply in a book on walls (Bern: Coast Press, 1974), 39.\n"
    )
    _, parsed = paper(body + notes + LIST)
    assert [(item.title, str(item.year or "")) for one in parsed.citations for item in one.items] == [
        ("Painting and Silence", "1981"),
        ("A History of Gardens", ""),
        ("Paths", ""),
        ("Painting", ""),
    ]


def linked(notes: str, listed: str) -> list[tuple[str, ...]]:
    body = "".join(f"Gardens of kind {n} were dry.[^{n}] " for n in range(1, notes.count("\n") + 2))
    marked = "\n".join(f"[^{n}]: {note}" for n, note in enumerate(notes.split("\n"), start=1))
    parsed = paper(f"{body}\n\n{marked}\n\n## Bibliography\n\n{listed}")[1]
    return [link.references for link in parsed.links]


def test_a_story_is_not_the_collections_that_bear_its_title_too() -> None:
    listed = (
        "Arlov, Anna. “The Ladder.” In *The Lantern, the Ladder, and the Wall*, 1–40. Oslo: North Press, 2004.\n\n"
        "Arlov, Anna. “The Lantern.” In *The Lantern, the Ladder, and the Wall*, 41–90. Oslo: North Press, 2004.\n\n"
        "Arlov, Anna. “The Wall.” In *The Lantern, the Ladder, and the Wall*, 91–99. Oslo: North Press, 2004.\n"
    )
    notes = "\n".join(
        f"Anna Arlov, “{title},” in *The Lantern, the Ladder, and the Wall* (Oslo: North Press, 2004), 7."
        for title in ("The Ladder", "The Lantern", "The Wall")
    )
    assert linked(notes, listed) == [("r1",), ("r2",), ("r3",)]


def test_a_title_without_italics_is_read_with_its_subtitle() -> None:
    listed = (
        "Arlov, Anna. The Use of Walls: Volume 2 of the History of Gardens. Oslo: North Press, 1990.\n\n"
        "Arlov, Anna. The Care of Paths: Volume 3 of the History of Gardens. Oslo: North Press, 1990.\n\n"
        "Arlov, Anna. The History of Gardens: An Introduction. Oslo: North Press, 1990.\n"
    )
    notes = (
        "Anna Arlov, The History of Gardens: An Introduction [HG], trans. Bo Benko (Oslo: North Press, 1990), 85.\n"
        "Arlov, The Care of Paths: Volume 3 of the History of Gardens [CP] (Oslo: North Press, 1990), 3.\n"
        "Arlov, The Use of Walls, 12."
    )
    assert linked(notes, listed) == [("r3",), ("r2",), ("r1",)]


def test_of_two_bare_years_in_a_note_neither_is_that_of_the_work() -> None:
    listed = "Fiori, Nino. 2018. A5405. Il coraggio dei muri. Milano. Nord.\n\nArlov, Anna. 1990. Sui muri. Roma. Nord.\n\nBenko, Bo. 1991. Sentieri. Roma. Nord.\n"
    notes = "Nino Fiori, A5405. Il coraggio dei muri, Milano, prima edizione maggio 2018, Estate 1944, I muri.\nAnna Arlov, Sui muri, p. 4.\nBo Benko, Sentieri, p. 9."
    assert linked(notes, listed) == [("r1",), ("r2",), ("r3",)]
