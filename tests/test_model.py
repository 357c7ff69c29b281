"""Positions: lines, columns and offset maps."""

from refaudit.model import Document, Name, Piece, Source, Span


def test_lines_end_only_at_newline_return_or_both():
    """Form feeds and U+2028 do not end a line; CRLF ends one line, not two."""
    source = Source(path="a", text="ab\r\nc\x0cd\re\u2028f\ng")
    places = [(source.location(i, i + 1).line, source.location(i, i + 1).column) for i in (0, 4, 6, 8, 10, 12)]
    assert places == [(1, 1), (2, 1), (2, 3), (3, 1), (3, 3), (4, 1)]


def test_replaced_markup_maps_to_the_whole_of_it():
    """A character read from several of the source points at all of them."""
    source = Source(path="a", text=r"M\"uller 2020")
    document = Document(
        path="a", format="tex", text="Müller 2020", sources=(source,), pieces=(Piece(0, 0, 1), Piece(1, 1, 3), Piece(2, 4, 9))
    )
    place = document.locate(Span(0, 6))
    assert (place.start, place.end) == (0, 8)
    place = document.locate(Span(1, 2))
    assert source.text[place.start : place.end] == r"\"u"


def test_a_name_as_it_is_cited_and_as_it_is_listed():
    names = (
        Name(family="Ohm"),
        Name(family="Vries", particle="de", given="R.", suffix="Jr."),
        Name(literal="Sand Office"),
        Name(given="Ana"),
    )
    assert [(name.surname, str(name)) for name in names] == [
        ("Ohm", "Ohm"),
        ("de Vries", "de Vries, R."),
        ("Sand Office", "Sand Office"),
        ("", "Ana"),
    ]
