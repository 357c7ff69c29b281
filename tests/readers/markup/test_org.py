"""Org: its own citations and org-ref's, what is exported and what is not, parts and bibliographies."""

from pathlib import Path

import pytest

from refaudit.model import BlockKind, MarkKind
from refaudit.readers.project_files import Files
from tests.readers.show import cited, document, project, source_of

BIB = "@book{a, title={A}}@book{b, title={B}}@book{lee-2019, title={C}}"


def items(text: str) -> list[tuple[str, list[tuple[str | None, str, str]]]]:
    read = document(text, "a.org")
    assert all(source_of(read, item.span.start, item.span.end) == item.key for one in read.citations for item in one.items)
    return [(one.text, [(item.key, item.prefix, item.locator) for item in one.items]) for one in read.citations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain [cite:@a].", ("[cite:@a]", [("a", "", "")])),
        ("Rain [cite/t/f:see @a p. 3; also @lee-2019, ch. 2] falls.",
         ("[cite/t/f:see @a p. 3; also @lee-2019, ch. 2]", [("a", "see", "p. 3"), ("lee-2019", "also", "ch. 2")])),
        ("Rain [cite:@a:b.c/d].", ("[cite:@a:b.c/d]", [("a:b.c/d", "", "")])),
        ("Rain [cite:@a;\n@b].", ("[cite:@a; @b]", [("a", "", ""), ("b", "", "")])),
        ("Rain cite:a,lee-2019.", ("cite:a,lee-2019", [("a", "", ""), ("lee-2019", "", "")])),
        ("Rain citep:&a;&b, then.", ("citep:&a;&b", [("a", "", ""), ("b", "", "")])),
        ("Rain [[cite:a,b]].", ("[[cite:a,b]]", [("a", "", ""), ("b", "", "")])),
        ("Rain [[citet:See &a page 3;&b]].", ("[[citet:See &a page 3;&b]]", [("a", "See", "page 3"), ("b", "", "")])),
        ("Rain [[parencite:a][p. 4]].", ("[[parencite:a][p. 4]]", [("a", "", "")])),
        ("Rain <autocite:a> falls.", ("<autocite:a>", [("a", "", "")])),
        (r"Rain \citep[p. 3]{a,b}.", (r"\citep[p. 3]{a,b}", [("a", "", ""), ("b", "", "")])),
        ("| Rain | [cite:@a] |", ("[cite:@a]", [("a", "", "")])),
        ("* On rain [cite:@a] :tag:", ("[cite:@a]", [("a", "", "")])),
        ("#+caption: Rain, from cite:a", ("cite:a", [("a", "", "")])),
        ("- term :: *bold [cite:@a]* text", ("[cite:@a]", [("a", "", "")])),
        ("A note[fn::As [cite:@a] says].", ("[cite:@a]", [("a", "", "")])),
        ("#+begin_quote\nRain cite:a\n#+end_quote", ("cite:a", [("a", "", "")])),
    ],
)  # fmt: skip
def test_what_cites(text: str, expected: tuple[str, list[tuple[str, str, str]]]):
    assert items(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "#+begin_src org\ncite:a [cite:@a]\n#+end_src", "#+BEGIN_EXAMPLE\n[cite:@a]\n#+END_EXAMPLE", ": cite:a", "# cite:a", "=cite:a= and ~[cite:@a]~",
        "* Notes :noexport:\ncite:a\n** Below\ncite:a", "* COMMENT Draft\ncite:a", ":PROPERTIES:\n:SOURCE: cite:a\n:END:", "$cite:a$",
        "\\begin{equation}\ncite:a\n\\end{equation}", "#+begin_export latex\n\\cite{a}\n#+end_export", "#+property: cite:a", "https://x.org/cite:a",
        "recite:a", "cite: a", "incite:a",
    ],
)  # fmt: skip
def test_what_does_not_cite(text: str):
    assert cited(document(f"Text.\n\n{text}\n\nEnd.", "a.org")) == []


def test_what_is_not_exported_ends_with_the_next_heading_of_its_level():
    read = document("* One :noexport:\ncite:a\n* Two\ncite:b\n", "a.org")
    assert (cited(read), read.text) == ([("cite:b", ["b"])], "Two\n\ncite:b")


def test_the_text_without_markup():
    read = document(
        "#+title: Rain\n#+author: A. Moren\n\n* TODO [#A] First /part/ :x:\n\nSoils *lose* =n= of [[https://x.org][water]].\nRaised^{2}. "
        "[fn:1]\n\n1. One\n   goes on\n2. Two\n- [X] Dash\n\n| a | b |\n|---+---|\n| c | d |\n\n[fn:1] The note\n  has lines.\n",
        "a.org",
    )
    assert [(block.kind.value, block.label, read.text[block.span.start : block.span.end]) for block in read.blocks] == [
        ("heading", "", "Rain"),
        ("heading", "", "First part"),
        ("paragraph", "", "Soils lose =n= of water. Raised2."),
        ("code", "", "=n="),
        ("item", "1.", "1. One goes on"),
        ("item", "2.", "2. Two"),
        ("item", "", "Dash"),
        ("table", "", "| a | b |"),
        ("table", "", "| c | d |"),
        ("footnote", "1", "The note has lines."),
    ]
    assert [(mark.kind, read.text[mark.span.start : mark.span.end], mark.target) for mark in read.marks] == [
        (MarkKind.LINK, "water", "https://x.org"),
        (MarkKind.SUPERSCRIPT, "2", ""),
    ]
    place = read.locate(next(block.span for block in read.blocks if block.kind is BlockKind.FOOTNOTE))
    assert (place.line, place.column, place.end_line, place.end_column) == (18, 8, 19, 13)


@pytest.mark.parametrize(
    "named",
    [
        "#+bibliography: r.bib", "#+BIBLIOGRAPHY: \"r.bib\"", "bibliography:r.bib", "[[bibliography:r.bib]]", "bibliography:r",
        "\\bibliography{r}", "#+LATEX_HEADER: \\addbibresource{r.bib}", "#+setupfile: set/up.org", "",
    ],
)  # fmt: skip
def test_bibliographies_however_they_are_named(tmp_path: Path, named: str):
    read = project(
        tmp_path, "a.org", a_dot_org=f"{named}\n\nRain [cite:@a] and cite:gone.\n", r_dot_bib=BIB, set__up_dot_org="#+bibliography: ../r.bib\n"
    )  # fmt: skip
    assert [keys for _, keys in cited(read)] == [["a"], ["gone"]]
    assert ([one.key for one in read.references], read.list_given, read.list_unread) == (["a", "b", "lee-2019"], True, ())
    assert [one.message for one in read.problems] == (
        [] if named else ["no bibliography is named: r.bib beside the text has its keys and is used"]
    )


def test_all_entries_are_printed_when_asked_for():
    read = document("#+bibliography: r.bib\n[cite/n:@*] Text cite:b.\n", "a.org", Files(members={"r.bib": BIB.encode()}))
    assert cited(read) == [("cite:b", ["b"]), ("nocite", ["a", "b", "lee-2019"])]


def test_parts_and_their_places(tmp_path: Path):
    read = project(
        tmp_path,
        "a.org",
        a_dot_org='First cite:a\n\n#+include: "c/one.org" :minlevel 2\n#+include: "c/two.org" src org\n\nLast cite:b\n',
        c__one_dot_org="#+bibliography: own.bib\n\nPart\ncite:b\n",
        c__two_dot_org="cite:no",
        c__own_dot_bib=BIB,
    )
    assert cited(read) == [("cite:a", ["a"]), ("cite:b", ["b"]), ("cite:b", ["b"])]
    places = [read.locate(one.span) for one in read.citations]
    assert [(Path(one.path).name, one.line, one.column) for one in places] == [
        ("a.org", 1, 7),
        ("one.org", 4, 1),
        ("a.org", 6, 6),
    ]
    assert [one.key for one in read.references] == ["a", "b", "lee-2019"]
