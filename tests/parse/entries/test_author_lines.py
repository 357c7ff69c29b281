"""Authors on a line of their own, years below."""

from refaudit.model import Span
from refaudit.parse import parse
from refaudit.readers import read

TEXT = "Rain loosens bare ground (Abbot 1990, 1995; Bell and Cole 2001).\n\nReferences Cited\n\n"
LIST = (
    "Abbot, Ann\n1990 Rain on Bare Ground. Journal of Soils 12:1-9.\n1995 Crusts after Rain. North Press, Bern.\n"
    "Bell, Bea, and Carl Cole\n2001 Seeds under Crusts, with a Remark on Rain.\nSoil Antiquity 66:11-19.\n"
)
RAWS = [
    "Abbot, Ann 1990 Rain on Bare Ground. Journal of Soils 12:1-9.",
    "Abbot, Ann 1995 Crusts after Rain. North Press, Bern.",
    "Bell, Bea, and Carl Cole 2001 Seeds under Crusts, with a Remark on Rain. Soil Antiquity 66:11-19.",
]


def read_list(listed: str) -> list[str]:
    return [one.raw for one in parse(read("paper.txt", (TEXT + listed).encode())).references]


def test_each_year_begins_an_entry_of_the_names_above() -> None:
    parsed = parse(read("paper.txt", (TEXT + LIST).encode()))
    assert [one.raw for one in parsed.references] == RAWS
    assert [link.references for link in parsed.links] == [("r1",), ("r2",), ("r3",)]
    text = TEXT + LIST
    second = parsed.references[1]
    assert text[second.span.start : second.span.end] == "1995 Crusts after Rain. North Press, Bern."
    assert second.place_of(Span(0, 10)) == Span(text.index("Abbot, Ann\n"), text.index("Abbot, Ann\n") + 10)


def test_blank_lines_and_indents_change_nothing() -> None:
    assert read_list(LIST.replace("\n1", "\n\n  1").replace("\n2", "\n\n\t2")) == RAWS


def test_an_author_line_that_is_repeated_serves_the_work_below_it() -> None:
    assert read_list(LIST.replace("1995", "Abbot, Ann\n1995")) == RAWS


def test_a_wrapped_list_whose_lines_break_before_the_year_is_none() -> None:
    usual = [
        "Abbot, A. (1990). Rain on bare ground. Journal of Soils, 12, 1-9.",
        "Bell, B., Cole, C., Dunn, D., & Evers, E.",
        "(2001). Seeds under crusts. Soil Antiquity, 66, 11-19.",
        "Dunn, D. (1988). Worms after drought. Pedobiologia, 60, 30-38.",
    ]
    assert read_list("\n".join(usual)) == [usual[0], " ".join(usual[1:3]), usual[3]]
