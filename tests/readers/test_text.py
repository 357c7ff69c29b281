"""Plain text and Markdown: what is taken out, what is kept, and that every character is found again."""

import pytest

from refaudit.errors import InputError
from refaudit.model import BlockKind, Document, MarkKind, Span
from refaudit.readers import read


def back(document: Document, part: str) -> str:
    """The source behind a stretch of the text."""
    at = document.text.index(part)
    place = document.locate(Span(at, at + len(part)))
    return document.sources[0].text[place.start : place.end]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A **bold** and *slanted* word", "A bold and slanted word"),
        ("press\\_releases \\[1\\]", "press_releases [1]"),
        ("<https://doi.org/10.1000/x_y>", "https://doi.org/10.1000/x_y"),
        ("[text](https://example.org/a_(b)) end", "text end"),
        ("[a\\_b](http://example.org)", "a_b end".replace(" end", "")),
        ("<b>Bold</b><sup>2</sup>", "Bold2"),
        ("word.^[3]^ Next ^[4]also", "word.[3] Next [4]also"),
        ("word^12,13^.", "word12,13."),
        ("5 * 3 and 2*3*4 and a_b_c", "5 * 3 and 2*3*4 and a_b_c"),
        ("caf&eacute; &amp; tea", "café & tea"),
        ("before <!-- a note --> after", "before  after"),
        ("# Title\n\ntext", "Title\n\ntext"),
        ("![picture](a.png) text", " text"),
    ],
)
def test_markdown_inline(source: str, text: str) -> None:
    """Markup goes, letters stay."""
    assert read("a.md", source.encode()).text == text


def test_markdown_places() -> None:
    """Positions count in the file, markup included."""
    document = read("a.md", b"A **bold** [link](http://example.org) caf&eacute;.")
    assert [back(document, part) for part in ("A", "bold", "link", "é.")] == ["A", "bold", "link", "&eacute;."]


def test_markdown_marks_and_blocks() -> None:
    """Superscripts, links, headings, code and notes are evidence for the parser."""
    text = "# One\n\nTwo ===\n\nword^3^ [a](http://e.org)[^n]\n\n```\ncode [9]\n```\n\n[^n]: The note.\n"
    document = read("a.md", text.encode())
    marks = [(mark.kind, document.text[mark.span.start : mark.span.end], mark.target) for mark in document.marks]
    assert marks == [(MarkKind.SUPERSCRIPT, "3", ""), (MarkKind.LINK, "a", "http://e.org"), (MarkKind.NOTE, "[^n]", "n")]
    blocks = [(block.kind, document.text[block.span.start : block.span.end]) for block in document.blocks]
    assert blocks == [
        (BlockKind.HEADING, "One"),
        (BlockKind.CODE, "```\ncode [9]\n```"),
        (BlockKind.FOOTNOTE, "The note."),
    ]


@pytest.mark.parametrize(("encoding", "problems"), [("utf-8", 0), ("utf-8-sig", 0), ("utf-16", 0), ("cp1252", 1)])
def test_encodings(encoding: str, problems: int) -> None:
    """BOM, UTF-8, and Windows-1252 with a notice; the BOM is no character."""
    document = read("a.txt", "Müller’s café".encode(encoding))
    assert (document.text, len(document.problems)) == ("Müller’s café", problems)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.txt: the file is empty"),
        (b" \n\t ", "a.txt: the file is empty"),
        (bytes(range(256)) * 9, "a.txt: is a binary file"),
    ],
)
def test_what_cannot_be_read(data: bytes, message: str) -> None:
    """One line: what, and why."""
    with pytest.raises(InputError) as caught:
        read("a.txt", data)
    assert str(caught.value).startswith(message)


def test_page_furniture() -> None:
    """Page numbers that stand alone, and short lines that return with other numbers, are not text of the paper."""
    pages = [f"Prose of page {name}.\n\nJournal of Trees {n}\n\n{n}\n\n" for n, name in enumerate(("one", "two", "three"), 11)]
    document = read("a.txt", "".join(pages).encode())
    furniture = [document.text[b.span.start : b.span.end] for b in document.blocks if b.kind is BlockKind.FURNITURE]
    assert furniture == ["Journal of Trees 11", "11", "Journal of Trees 12", "12", "Journal of Trees 13", "13"]


def test_text_named_txt_that_is_markdown() -> None:
    """Texts converted from PDF are often Markdown with another suffix."""
    assert read("a.txt", b"# One\n\n**Two** <https://example.org/a>\n").format == "md"
    assert read("a.txt", b"One * two * three, p < 0.05*\n").format == "txt"


def test_line_numbers_of_a_manuscript_are_left_out() -> None:
    """The numbers of a manuscript for review are no text, and positions still count in the file."""
    prose = [
        "Biochar holds water, as",
        "many have seen, and as",
        "",
        "our trials show. In sand it",
        "helps most [1,2], and in clay it",
        "does not [3].",
    ]
    listed = ["", "References", "1. Alder B. Oaks. J Trees 2001;1:1-9.", "2. Birch C. Elms and other trees of the", "northern woods. J Trees 2002;2:1-9.",
              "3. Cedar D. Yews. J Trees 2003;3:1-9."]  # fmt: skip
    lines = prose + listed
    source = "\n".join(f"{number:3d}  {line}".rstrip() for number, line in enumerate(lines, start=1))
    document = read("paper.txt", source.encode())
    assert document.text == "\n".join(lines)
    assert [back(document, part) for part in ("helps most", "1. Alder", "trees of the\nnorthern")] == [
        "helps most",
        "1. Alder",
        "trees of the\n 11  northern",
    ]


def test_a_list_that_counts_up_is_no_numbered_text() -> None:
    """Entries with bare numbers keep them."""
    source = "\n".join(f"{n} Alder B. Work number {n} on oaks. J Trees 2001;{n}:1-9." for n in range(1, 20))
    assert read("list.txt", source.encode()).text == source


def test_attributes_and_divisions_of_markdown_are_no_text():
    """What pandoc and Quarto write around headings, entries and spans; keys in brackets stay citations."""
    source = (
        "# References {#references .unnumbered}\n\n::: {#refs .references}\n::: {#ref-abel .csl-entry}\n"
        "[1. ]{.csl-left-margin}[Abel, K. *Silt*.]{.csl-right-inline}\n:::\n:::\n\nSets {.x} and {#a} and a:::b stay ^2^.\n"
    )
    read_ = read("a.md", source.encode())
    assert [line for line in read_.text.splitlines() if line] == [
        "References",
        "1. Abel, K. Silt.",
        "Sets {.x} and {#a} and a:::b stay 2.",
    ]
    heading = read_.blocks[0]
    assert (heading.kind.value, read_.text[heading.span.start : heading.span.end]) == ("heading", "References")
