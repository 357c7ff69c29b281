"""What the format declares, taken over and checked against what is printed."""

import pytest

from refaudit.model import Document, LinkStatus
from refaudit.parse import parse
from refaudit.readers import read

PAGE = """<html><body><p>{}</p><h2>References</h2><ul>
<li id="ref-1">Abel, K., &amp; Cole, A. (2018). Crusts after rain. Journal of Soils, 14, 105-117.</li>
<li id="ref-2">Dorn, E. (2009). A survey of slope crusts. Shore Press.</li>
<li id="ref-3">Eck, P. (2016). Runoff figures. Water and Slope, 8, 33-41.</li></ul></body></html>"""
BOTH = 'Known (<a href="#ref-1">Abel &amp; Cole, 2018</a>) and <a href="#ref-3">Eck (2016)</a>. '


def page(body: str) -> Document:
    return read("a.html", PAGE.format(BOTH + body).encode())


def links(body: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """What the last citation says: its text, and status, entries and nearest entries of its last link."""
    parsed = parse(page(body))
    last = parsed.citations[-1]
    return [(last.text, link.status.value, link.references, link.nearest) for link in parsed.links if link.citation == last.id]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('As Dorn (<a href="#ref-2">2009</a>) said.', [("Dorn (2009", "exact", ("r2",), ())]),
        ('See (e.g. <a href="#ref-2">Dorn, 2009</a>).', [("e.g. Dorn, 2009", "exact", ("r2",), ())]),
        ('See (<a href="#ref-2">Dorn, 2011</a>).', [("Dorn, 2011", "missing", (), ("r2",))]),
        ('See (<a href="#ref-2">Eck, 2016</a>).', [("Eck, 2016", "ambiguous", ("r2", "r3"), ())]),
        ('See (<a href="#ref-2">the survey</a>).', [("the survey", "exact", ("r2",), ())]),
    ],
)
def test_the_link_is_checked_against_the_print(body: str, expected: list[object]):
    assert links(body) == expected


def test_an_unlinked_mention_counts_when_it_names_an_entry():
    parsed = parse(page('Dorn (<a href="#ref-2">2009</a>). It was said again by Eck (2016), and the beetle (Fabricius, 1775).'))
    assert [one.text for one in parsed.citations] == ["Abel & Cole, 2018", "Eck (2016", "Dorn (2009", "Eck (2016"]
    parsed = parse(page('Dorn (2009) said so; see <a href="#ref-2x">x</a>.'))
    assert [one.text for one in parsed.citations] == ["Abel & Cole, 2018", "Eck (2016", "Dorn (2009"]


def test_works_between_linked_ones_count_when_they_name_an_entry():
    body = 'Both (<a href="#ref-1">Abel &amp; Cole, 2018</a>; Dorn, 2009; Zorn, 1999; <a href="#ref-3">Eck, 2016</a>).'
    last = page(body)
    parsed = parse(last)
    assert [(one.text, [item.key for item in one.items]) for one in parsed.citations][-1] == (
        "Abel & Cole, 2018; Dorn, 2009; Zorn, 1999; Eck, 2016",
        ["ref-1", None, "ref-3"],
    )
    assert [link.references for link in parsed.links][-3:] == [("r1",), ("r2",), ("r3",)]


def test_an_entry_without_a_year_contradicts_no_link():
    source = PAGE.replace("(2009)", "(forthcoming text)").format(BOTH + 'See (<a href="#ref-2">Dorn, 2011</a>).')
    assert [link.status for link in parse(read("a.html", source.encode())).links] == [LinkStatus.EXACT] * 3


def test_keys_without_a_readable_list_are_neither_linked_nor_missing():
    parsed = parse(read("a.tex", b"\\begin{document}Text \\cite{a}.\\bibliography{gone}\\end{document}"))
    assert (len(parsed.citations), parsed.links) == (1, ())


def test_keys():
    source = (
        b"Text \\cite{b,zz}.\\begin{thebibliography}{1}\\bibitem{a} Abel, Silt.\\bibitem{b} Cole, Sand.\\end{thebibliography}"
    )
    parsed = parse(read("a.tex", source))
    assert [(link.status, link.references) for link in parsed.links] == [(LinkStatus.EXACT, ("r2",)), (LinkStatus.MISSING, ())]
