"""Citations as printed, one line a wild form: what is read, where, and what is none."""

import pytest

from refaudit.model import Document, System
from refaudit.parse import parse
from refaudit.readers import read

AUTHOR_DATE = """
Ahmed, W., & Ali, S. (2020). Ports. Journal of Ports, 45(2), 123-139.
Breiman, L. (2001). Random trees. Machines, 45, 5-32.
Coastal Water Agency. (2024, January 1). New gauges. https://example.org/a
Coastal Water Agency. (2024, February 8). Old gauges. https://example.org/b
Hernández-López, M., Smith, J., & van der Berg, K. (2019). Sand. Dunes, 3, 1-9.
Ministry of Education of the Republic of Somewhere. (2025). Schools. https://example.org/c
Müller, A. (2010a). Rain. Water, 1, 1-2.
Müller, A. (2010b). Snow. Water, 1, 3-4.
Nitza-Makowska, A. (2022). Hearts. Policy, 28(3), 274-289.
Rehman, H. U., Warraich, S. K., & Ahmed, U. (2023). Power. Review, 7, 551-563.
Rehman, N., Liu, J., & Zhang, W. (2022). Print. Journal, 16, 1-20.
Organização para a Cooperação dos Portos. (2018). Cais. https://example.org/d
van der Berg, K. (n.d.). Undated dunes. Dunes Press.
World Health Organization. (2012). Health. WHO.
"""
NUMERIC = "".join(f"[{n}] Alder B. Work number {n}. J Trees. 200{n % 9};{n}:1-9.\n" for n in range(1, 13))


def read_text(body: str, listed: str) -> Document:
    """A paper of one paragraph with a list."""
    return read("paper.txt", f"{body}\n\nReferences\n\n{listed.strip()}\n".encode())


def found(body: str, listed: str) -> list[tuple[str, list[str]]]:
    """Each citation with what its items reach: surname and year, or label, of the entry; "?" for none."""
    document = read_text(body, listed)
    parsed = parse(document)
    entries = {reference.id: reference for reference in parsed.references}
    reached: dict[str, list[str]] = {}
    for link in parsed.links:
        names = [
            entries[identity].label or f"{entries[identity].raw.split(',')[0].split('.')[0]} {number}"
            for number, identity in enumerate(link.references)
        ]
        reached.setdefault(link.citation, []).append("|".join(name.removesuffix(" 0") for name in names) or "?")
    assert all(document.text[c.span.start : c.span.end] == c.text for c in parsed.citations)
    return [(citation.text, reached[citation.id]) for citation in parsed.citations]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Seen (Ahmed & Ali, 2020).", [("Ahmed & Ali, 2020", ["Ahmed"])]),
        ("Seen (Ahmed and Ali 2020).", [("Ahmed and Ali 2020", ["Ahmed"])]),
        ("Breiman (2001) grew them.", [("Breiman (2001", ["Breiman"])]),
        ("Breiman's (2001) trees.", [("Breiman's (2001", ["Breiman"])]),
        ("Trees (see Breiman, 2001, p. 12).", [("see Breiman, 2001, p. 12", ["Breiman"])]),
        ("Both (Ahmed & Ali, 2020; Breiman, 2001).", [("Ahmed & Ali, 2020; Breiman, 2001", ["Ahmed", "Breiman"])]),
        ("Rain and snow (Müller, 2010a, b).", [("Müller, 2010a, b", ["Müller", "Müller"])]),
        ("Rain (Muller, 2010a).", [("Muller, 2010a", ["Müller"])]),
        ("Sand (Hernandez Lopez et al., 2019).", [("Hernandez Lopez et al., 2019", ["Hernández-López"])]),
        ("Hernández-López, Smith, and van der Berg (2019) dug.", [("Hernández-López, Smith, and van der Berg (2019", ["Hernández-López"])]),
        ("Undated (van der Berg, n.d.).", [("van der Berg, n.d.", ["van der Berg"])]),
        ("Gauges: Coastal Water Agency (2024, Jan. 1; 2024, Feb. 8).",
         [("Coastal Water Agency (2024, Jan. 1; 2024, Feb. 8", ["Coastal Water Agency", "Coastal Water Agency"])]),
        ("Schools (Ministry of Education of the Republic of Somewhere, 2025).",
         [("Ministry of Education of the Republic of Somewhere, 2025", ["Ministry of Education of the Republic of Somewhere"])]),
        ("Health (WHO, 2012).", [("WHO, 2012", ["World Health Organization"])]),
        ("Power (H.U. Rehman, Warraich, and Ahmed 2023).", [("H.U. Rehman, Warraich, and Ahmed 2023", ["Rehman"])]),
        ("Print (N. Rehman, Liu, and Zhang 2022).", [("N. Rehman, Liu, and Zhang 2022", ["Rehman"])]),
        ("Hearts (Nitza-\n\nMakowska 2022).", [("Nitza-\n\nMakowska 2022", ["Nitza-Makowska"])]),
        ("In Europe, Breiman (2001) grew trees.", [("Breiman (2001", ["Breiman"])]),
        ("Ports (Ahmed/Ali 2020: 34) and Ahmed/Ali (2020).", [("Ahmed/Ali 2020: 34", ["Ahmed"]), ("Ahmed/Ali (2020", ["Ahmed"])]),
        ("Ports: Ahmed/Ali (Hrsg.) (2020).", [("Ahmed/Ali (Hrsg.) (2020", ["Ahmed"])]),
        ("Ports (Ahmed & Ali (eds.) 2020).", [("Ahmed & Ali (eds.) 2020", ["Ahmed"])]),
        ("As Ahmed and Ali (2020; see also Breiman, 2001) say.", [("Ahmed and Ali (2020", ["Ahmed"]), ("Breiman, 2001", ["Breiman"])]),
        ("As Okonkwo (2010, cited in Breiman, 2001) says.", [("Breiman, 2001", ["Breiman"])]),
        ("The Ministry of Education of the Republic of Somewhere (MoES, 2025) built; MoES (2025) grew.",
         [("MoES, 2025", ["Ministry of Education of the Republic of Somewhere"]),
          ("MoES (2025", ["Ministry of Education of the Republic of Somewhere"])]),
        ("Quays (OCP, 2018), and what l’OCP (2018) built.",
         [("OCP, 2018", ["Organização para a Cooperação dos Portos"]), ("l’OCP (2018", ["Organização para a Cooperação dos Portos"])]),
        ("Breiman'e (2001) göre, (Ahmed ve Ali, 2020), (Rehman vd., 2023).",
         [("Breiman'e (2001", ["Breiman"]), ("Ahmed ve Ali, 2020", ["Ahmed"]), ("Rehman vd., 2023", ["Rehman"])]),
        ("Ports (Ahmed & Ali 2020, Scholl and Berg 2013, Fischer & Sim 2014).",
         [("Ahmed & Ali 2020, Scholl and Berg 2013, Fischer & Sim 2014", ["Ahmed", "?", "?"])]),
        ("For Argentina (, 2018) nothing.", []),
        ("The reform of Gentile (1923) and La legge Gentile (1923).", []),
        ("Unlisted (Okonkwo & Silva, 2016).", [("Okonkwo & Silva, 2016", ["?"])]),
        ("Unlisted (Okonkwo et al., in press).", [("Okonkwo et al., in press", ["?"])]),
    ],
)  # fmt: skip
def test_author_date_forms(body: str, expected: list[tuple[str, list[str]]]) -> None:
    """The printed forms of author-date citations and what they reach."""
    assert found(body + " And (Breiman, 2001) again (Ahmed & Ali, 2020).", AUTHOR_DATE)[:-2] == expected


def test_a_name_without_capital_is_read_where_the_list_has_it() -> None:
    """ "hooks, 1994" is a citation when the list has hooks; another lower-case word before a year is none."""
    listed = "quill, b. (1994). Low letters: Essays. Harbour Press.\n\n" + AUTHOR_DATE.strip().replace("\n", "\n\n")
    assert found("Letters (quill, 1994) and soil (winter, 2001).", listed) == [("quill, 1994", ["quill"])]


@pytest.mark.parametrize(
    "body",
    [
        "The period (1990–2014) was quiet.",
        "Phase-I (2015-2020) ended.",
        "Volume.4, Issue.3 (2024)",
        "After the economic reform (1991) prices rose.",
        "The CPFTA-II (2020) had added to it.",
        "It opened in May (2010).",
        "See Table 3 (2010) and Figure 2 (2011).",
        "Some 2000 people came in 2010.",
        "See https://example.org/Smith/2010 there.",
        "The Water Act (1974) holds.",
    ],
)
def test_no_citations(body: str) -> None:
    """Years in prose, page furniture and ranges are no citations."""
    assert found(body + " And (Breiman, 2001).", AUTHOR_DATE) == [("Breiman, 2001", ["Breiman"])]


def test_a_missing_bracket_is_a_flaw() -> None:
    """One half of a bracket is missing: the citation is read and its flaw named."""
    document = read("paper.txt", b"Rain falls at night, Lopez, 2023). Wind (Marsh, 2019; Hill, 2020).")
    citations = parse(document).citations
    assert [(c.text, c.flaw) for c in citations] == [
        ("Lopez, 2023", "the opening bracket is missing"),
        ("Marsh, 2019; Hill, 2020", ""),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One [1] and two [2].", [("1", ["1"]), ("2", ["2"])]),
        ("More [1–3, 5].", [("1–3, 5", ["1", "2", "3", "5"])]),
        ("More [1]–[3].", [("1]–[3", ["1", "2", "3"])]),
        ("More [1], [2].", [("1], [2", ["1", "2"])]),
        ("Page [4, p. 12].", [("4, p. 12", ["4"])]),
        ("Beyond [14].", [("14", ["?"])]),
        ("In the interval [0, 1] all holds.", []),
        ("Pages [1; 2, с. 15] and [4, с. 7; 6].", [("1; 2, с. 15", ["1", "2"]), ("4, с. 7; 6", ["4", "6"])]),
        ("Parts [5a,b] and [8a, 9].", [("5a,b", ["5"]), ("8a, 9", ["8", "9"])]),
    ],
)
def test_numeric_brackets(body: str, expected: list[tuple[str, list[str]]]) -> None:
    """Numbers in square brackets, ranges and neighbours written out."""
    rest = " All [1,2,3,4,5,6], [7–12]."
    assert found(body + rest, NUMERIC)[:-1] == expected


def test_superscripts_that_lost_their_position() -> None:
    """Bare digits behind words and stops are citations where the count goes on; names of things and decimals are not."""
    listed = "".join(f"{n}. Alder B. Work number {n}. J Trees. 200{n % 9};{n}:1-9.\n" for n in range(1, 13))
    body = (
        "Oaks grow.1 Elms fall,2,3 and Pax6 is a gene; Pax6 acts.4–6 At 0.5 mg the trials7 ended. "
        "PM10 rose.8 A range.9,10 It closed in 2010.11 The end12."
    )
    assert [text for text, _ in found(body, listed)] == ["1", "2,3", "4–6", "7", "8", "9,10", "11", "12"]


def test_raised_numbers_after_a_gap_and_behind_short_words() -> None:
    """Numbers cited in a figure leave a gap; "ref. 8" is a citation where others are raised; a range is no name of a thing."""
    listed = "".join(f"{n}. Alder B. Work number {n}. J Trees. 200{n % 9};{n}:1-9.\n" for n in range(1, 20))
    body = (
        "Oaks grow.1 In modules2–4 they stand and modules2–4 fall. We read ref. 5 and others (refs 6,7). So they do8 in 10 cm2 plots. "
        "Page8(p12) too. Genes mut72 and mut198 act, mut72 too, mut198 too, and mut72 again. The reports15 agree, the mut198 line16 also, then17 all18,19."
    )
    assert [text for text, _ in found(body, listed)] == ["1", "2–4", "2–4", "5", "6,7", "8", "8", "15", "16", "17", "18,19"]


def test_raised_digits_of_unicode() -> None:
    """Superscript characters are numbers too, with their commas and dashes."""
    body = "Oaks grow.¹ Elms fall,²,³ and ash.⁴–⁶ Yew⁷ and box.⁸⁻¹² Area in m² stays."
    assert [text for text, _ in found(body, NUMERIC)][:5] == ["¹", "²,³", "⁴–⁶", "⁷", "⁸⁻¹²"]


def test_statistics_and_enumerations_are_no_numbers_of_entries() -> None:
    """ "F(2, 37) = 4", "5 (4–6)" and ": (1) ...; (2) ..." in a text that cites in parentheses."""
    body = (
        "Oaks grow (1). Elms fall (2, 3). An effect, F(2, 11) = 4.1, was seen (4–6). The median was 5 (4–6) days (7). "
        "We ask: (1) what grows; (2) what falls; and (3) when. It was known (8, 9). All agree (10–12). Below 50% (4–6)."
    )
    listed = "".join(f"{n}. Alder B. Work number {n}. J Trees. 200{n % 9};{n}:1-9.\n" for n in range(1, 13))
    assert [text for text, _ in found(body, listed)] == ["1", "2, 3", "4–6", "7", "8, 9", "10–12", "4–6"]


def test_notes_reach_the_list_by_name_and_title() -> None:
    """Markdown footnotes: short forms with titles, "ibid." and "see note"."""
    text = (
        "Oaks.[^1] Elms.[^2] Ash.[^3] Yew.[^4] Box.[^5]\n\n[^1]: Alder, “The Oak in Winter,” 12.\n\n[^2]: Ibid., 14.\n\n"
        "[^3]: Alder, “Elms of the North”; Birch and Cedar, “Ash.”\n\n[^4]: See note 3.\n\n"
        "[^5]: Ibid., 4. But compare Carl Birch and Dora Cedar, “Ash,” 5.\n\n## Bibliography\n\n"
        "Alder, B. “The Oak in Winter.” *Trees* 4 (2001): 1–19.\n\nAlder, B. “Elms of the North.” *Trees* 5 (2002): 2–9.\n\n"
        "Birch, C., and D. Cedar. “Ash.” *Trees* 6 (2003): 3–8.\n"
    )
    parsed = parse(read("paper.md", text.encode()))
    assert {citation.system for citation in parsed.citations} == {System.FOOTNOTE}
    assert [link.references for link in parsed.links] == [("r1",), ("r1",), ("r2",), ("r3",), ("r2",), ("r2",), ("r3",)]


def test_notes_that_hold_the_references() -> None:
    """Without a list the full references of the notes are the entries, and short forms and "ibid." reach them."""
    text = (
        "Oaks.[^1] Elms.[^2] Ash.[^3] Yew.[^4] Box.[^5]\n\n[^1]: Anna Alder, “The Oak in Winter,” *Trees* 4 (2001): 1–19.\n\n[^2]: Ibid., 14.\n\n"
        "[^3]: Carl Birch and Dora Cedar, *Elms of the North* (London: Harbour Press, 2003), 8.\n\n[^4]: Alder, “The Oak in Winter,” 12.\n\n"
        "[^5]: Emil Dogwood, “Box and Yew,” *Trees* 6 (2004): 3–8; Birch and Cedar, *Elms of the North*, 9.\n"
    )
    parsed = parse(read("paper.md", text.encode()))
    assert [reference.raw.split(",")[0] for reference in parsed.references] == [
        "Anna Alder",
        "Carl Birch and Dora Cedar",
        "Emil Dogwood",
    ]
    assert [link.references for link in parsed.links] == [("r1",), ("r1",), ("r2",), ("r1",), ("r3",), ("r2",)]


def test_author_page_brackets() -> None:
    """MLA: a name, perhaps a title, perhaps pages, and no year."""
    body = "Oaks (Alder 12). Elms (Birch and Cedar, “Elms” 4; Dogwood). Acronyms (DNA) stay. Ash (Alder 3). Yew (Dogwood 7)."
    listed = (
        "Alder, B. “Oak.” Trees, vol. 4, 2001, pp. 1–19.\nBirch, C., and D. Cedar. “Elms.” Trees, vol. 5, 2002, pp. 2–9.\n"
        "Dogwood, E. “Ash.” Trees, vol. 6, 2003, pp. 3–8.\n"
    )
    assert [text for text, _ in found(body, listed)] == ["Alder 12", "Birch and Cedar, “Elms” 4; Dogwood", "Alder 3", "Dogwood 7"]


def test_author_page_by_title_and_in_sentences() -> None:
    """MLA: works cited by a short title in lost italics, by title alone, and with the names before the bracket."""
    body = (
        "Oaks (*Hill Farm* 12). Elms (Alder, *Castle* 4; Dogwood 5). Ash (“Books of the Day” 3). Birch and Cedar (215) agree. "
        "Yew (Dogwood 7) and box (Birch and Cedar 9)."
    )
    listed = (
        "Alder, Beth. *The Haunting of Hill Farm*. 1959. Harbour, 2006.\n\n---. *We Lived in the Castle*. 1962. Harbour, 2006.\n\n"
        "“Books of the Day.” *The Daily Leaf*, 18 Sept. 1962, p. 31.\n\n"
        "Birch, Carl, and Dora Cedar. “Elms in the Shade of Many Northern Barns and of Hill Farm.” *Trees*, vol. 5, 2002, pp. 2–9.\n\n"
        "Dogwood, Emil. “Ash.” *Trees*, vol. 6, 2003, pp. 3–8.\n"
    )
    parsed = parse(read("paper.md", f"{body}\n\n## Works Cited\n\n{listed}".encode()))
    assert [link.references for link in parsed.links] == [("r1",), ("r2",), ("r5",), ("r3",), ("r4",), ("r5",), ("r4",)]


def test_notes_with_single_quotation_marks() -> None:
    """OSCOLA: given names first, titles in single quotation marks, and "(n 1)" for an earlier note."""
    text = (
        "Oaks.[^1] Elms.[^2] Ash.[^3]\n\n[^1]: Anna Alder, 'The Oak’s Winter and Law' [2010] Tree Law Review 265, 270.\n\n"
        "[^2]: Carl NE Birch, 'Against Elms' in Dora Cedar (ed), *The Scope of Woods* (Harbour 2015) 91.\n\n"
        "[^3]: Alder (n 1) 272; Birch (n 2).\n\n## Bibliography\n\n"
        "Alder A, 'The Oak’s Winter and Law' [2010] Tree Law Review 265\n\n"
        "Birch CNE, 'Against Elms' in Dora Cedar (ed), *The Scope of Woods* (Harbour 2015)\n"
    )
    parsed = parse(read("paper.md", text.encode()))
    assert [(link.citation, link.references) for link in parsed.links] == [
        ("c1", ("r1",)),
        ("c2", ("r2",)),
        ("c3", ("r1",)),
        ("c3", ("r2",)),
    ]


def test_notes_below_a_heading_beside_a_list_without_numbers() -> None:
    """Raised numbers that lead to notes are no numbers of entries."""
    text = (
        "Oaks stood in 1601.1 Elms came.2 Ash fell.3\n\nNotes\n\n1. Anna Alder, The Oak in Winter (London: Harbour, 1984), 23.\n"
        "2. Carl Birch, On Elms: Trees of the North, 1550–1900 (London: Harbour, 2005), 84–90.\n3. Alder, Oak in Winter, 201; Birch, On Elms, 2.\n\n"
        "Bibliography\n\nAlder, Anna. The Oak in Winter. London: Harbour, 1984.\nBirch, Carl. On Elms: Trees of the North, 1550–1900. London: Harbour, 2005.\n"
        "Cedar, Dora. Yews of the South. London: Harbour, 1993.\n"
    )
    parsed = parse(read("paper.txt", text.encode()))
    assert [(link.citation, link.references) for link in parsed.links] == [
        ("c1", ("r1",)),
        ("c2", ("r2",)),
        ("c3", ("r1",)),
        ("c3", ("r2",)),
    ]


def test_chapters_cite_their_own_lists() -> None:
    """Lists below the same heading, with running text between them, each serve the text before them."""
    text = (
        "Oaks (Alder, 2001) and elms (Birch, 2002).\n\nReferences\n\nAlder, A. (2001). Oaks. Trees, 1, 1-9.\nBirch, B. (2002). Elms. Trees, 2, 1-9.\n\n"
        "Chapter 2\n\nIn winter the yews stand as they do in summer (Alder, 2001). Box is clipped twice a year (Cedar, 2003), and that is all there is to say of it.\n\n"
        "References\n\nAlder, A. (2001). Yews. Trees, 3, 1-9.\nCedar, C. (2003). Box. Trees, 4, 1-9.\n"
    )
    parsed = parse(read("paper.txt", text.encode()))
    assert [(link.citation, link.item, link.references) for link in parsed.links] == [
        ("c1", 0, ("r1",)),
        ("c2", 0, ("r2",)),
        ("c3", 0, ("r3",)),
        ("c4", 0, ("r4",)),
    ]
    assert [[reference.id for reference in part.references] for part in parsed.chapters] == [["r1", "r2"], ["r3", "r4"]]
