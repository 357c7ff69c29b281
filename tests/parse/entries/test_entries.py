"""Finding and splitting the list: one test a layout, and what ends a list."""

import textwrap

import pytest

from refaudit.parse import parse
from refaudit.readers import read

ENTRIES = [
    "Adair, J. G. (1984). The effect of being watched: A reconsideration of an artifact in a very long title that goes on. "
    "Journal of Applied Watching, 69, 334–345. https://doi.org/10.1000/watch.69.2",
    "Barblett, L., and Maloney, C. (2010). Complexities of assessing young children in groups. Early Childhood, 35, 13–18.",
    "Canvas Community. (2024). How do I use the gradebook? https://community.example.org/t5/Guide/How-do-I-use-the-Gradebook/ta-p/701",
    "Cohen, J. (1988). Statistical Power for Everyone (2nd ed.). Harbour Press.",
    "Côté, S. M., Boivin, M., Liu, X., and Nagin, D. S. (2009). Depression and anxiety symptoms: Onset, course and risk factors during "
    "early childhood. Journal of Children, 50, 1201–1208.",
    "Dias, P. R. (2016). On the use of trees. Forest Letters, 8(2), 1–12.",
]
TEXT = (
    "Watching matters (Adair, 1984; Cohen, 1988; Dias, 2016). Groups differ (Barblett and Maloney, 2010; Côté et al., 2009).\n\n"
)


def raws(listed: str, suffix: str = "txt") -> list[str]:
    """The entries read from a paper with this list."""
    return [reference.raw for reference in parse(read(f"paper.{suffix}", (TEXT + listed).encode())).references]


WRAPPED = "\n".join(textwrap.fill(entry, 78, break_long_words=False, break_on_hyphens=False) for entry in ENTRIES)
HANGING = "\n".join(
    textwrap.fill(entry, 78, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False) for entry in ENTRIES
)
BLANK = "\n\n".join(textwrap.fill(entry, 78, break_long_words=False, break_on_hyphens=False) for entry in ENTRIES)


@pytest.mark.parametrize(
    ("layout", "listed"),
    [
        ("one a line", "References\n\n" + "\n".join(ENTRIES)),
        ("blank lines", "References\n\n" + "\n\n".join(ENTRIES)),
        ("bullets", "## REFERENCES\n\n" + "\n".join(f"- {entry}" for entry in ENTRIES)),
        ("hanging indents", "Bibliography\n\n" + HANGING),
        ("wrapped with blank lines", "7. References:\n\n" + BLANK),
        ("wrapped, nothing else", "Literature Cited\n\n" + WRAPPED),
        ("no heading", "\n".join(ENTRIES)),
        ("German heading", "Literaturverzeichnis\n\n" + "\n".join(ENTRIES)),
        ("Portuguese heading", "REFERÊNCIAS BIBLIOGRÁFICAS\n" + "\n".join(ENTRIES)),
        (
            "appendix behind",
            "References\n\n" + "\n".join(ENTRIES) + "\n\nAppendix A\n\nHere stands some prose about trees and water.\n",
        ),
        (
            "numbered appendix behind",
            "2.0 Reference List\n\n"
            + "\n".join(ENTRIES)
            + "\n\n3.0 Appendices\n\nHere stands some prose about trees and water.\n",
        ),
        ("page break", "References\n\n" + "\n".join(ENTRIES[:3]) + "\n\n\f12\n\n" + "\n".join(ENTRIES[3:])),
    ],
    ids=lambda value: value if len(value) < 40 else "",
)
def test_layouts(layout: str, listed: str) -> None:
    """The same six entries in every layout."""
    assert raws(listed) == ENTRIES


def test_labels() -> None:
    """Printed labels stay in the raw text, are known by themselves, and wrapped lines that begin with a number disturb nothing."""
    listed = "References\n\n" + "\n".join(
        textwrap.fill(f"[{n}] {entry}", 60, break_long_words=False, break_on_hyphens=False) for n, entry in enumerate(ENTRIES, 1)
    )
    references = parse(read("paper.txt", (TEXT + listed).encode())).references
    assert [(r.label, r.raw) for r in references] == [(str(n), f"[{n}] {entry}") for n, entry in enumerate(ENTRIES, 1)]


def test_an_entry_split_over_a_page_is_joined() -> None:
    """The quotation that one piece opens is closed in the next: one entry, and the reason is kept."""
    listed = (
        '## References\n\n- Faiz, Asma. 2022. "Hard to soft." *Ports* 4: 1-9.\n- Ullah, Asad. 2024. "A Nexus: Exploring Intersections with\n\n'
        '- Work, Sports, and Schools." *Journal of Many Things* 5 (2): 41-61.\n- Zubair, Bilal. 2023. *Soft power*. Springer.\n'
    )
    references = parse(read("paper.md", listed.encode())).references
    assert [r.raw for r in references] == [
        'Faiz, Asma. 2022. "Hard to soft." Ports 4: 1-9.',
        'Ullah, Asad. 2024. "A Nexus: Exploring Intersections with Work, Sports, and Schools." Journal of Many Things 5 (2): 41-61.',
        "Zubair, Bilal. 2023. Soft power. Springer.",
    ]
    assert [bool(r.broken) for r in references] == [False, True, False]


def test_a_table_of_contents_is_no_list() -> None:
    """The heading alone opens nothing: lines below it must read like entries."""
    text = "Contents\n\nIntroduction\nReferences\nAppendix\n\nOaks grow in the north, and people have known it for long.\n"
    assert parse(read("paper.txt", text.encode())).references == ()


def test_positions_of_joined_lines() -> None:
    """A stretch of the raw text is found again in the file, over a line break too."""
    text = TEXT + "References\n\n" + WRAPPED
    document = read("paper.txt", text.encode())
    first = parse(document).references[0]
    at = first.raw.index("10.1000/watch")
    place = document.locate(first.place_of(type(first.span)(at, at + 13)))
    assert text[place.start : place.end] == "10.1000/watch"
