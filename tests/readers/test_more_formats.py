# ruff: noqa: E501
"""Typst, OpenDocument, archives, PDF; which format a file is in; files beside the manuscript."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from refaudit.errors import InputError
from refaudit.model import BlockKind, MarkKind, Span
from refaudit.readers import detect_format, read
from refaudit.readers.pdf import layout as layout_
from refaudit.readers.pdf import reader
from refaudit.readers.pdf.geometry import Page, Run
from refaudit.readers.project_files import Files
from tests.readers.show import cited, document, project, zipped


def test_typst(tmp_path: Path):
    read_ = project(
        tmp_path,
        "main.typ",
        main_dot_typ='#set page("a4")\n= Intro <intro>\nSee @a, @b[p. 3] and @intro. // @no\n/* @no */ `@no` me@x.org https://x.org/@no\n'
        '#cite(<c>, supplement: [12])\n#include "part.typ"\n#bibliography(("r.bib", "s.yml"))\n',
        part_dot_typ="In a part @d.",
        r_dot_bib="@book{a, title={A}}@book{b, title={B}}",
        s_dot_yml="c:\n  type: book\n  title: C\n",
    )
    assert cited(read_) == [
        ("@a", ["a"]),
        ("@b[p. 3]", ["b"]),
        ("#cite(<c>, supplement: [12])", ["c"]),
        ("@d", ["d"]),
    ]
    assert [one.items[0].locator for one in read_.citations] == ["", "p. 3", "12", ""]
    assert [one.key for one in read_.references] == ["a", "b", "c"]
    assert [Path(read_.locate(one.span).path).name for one in read_.citations] == ["main.typ", "main.typ", "main.typ", "part.typ"]


def test_typst_lists():
    """``+`` is the next number; a nested list counts for itself, and so does one behind a paragraph."""
    source = "+ One @a\n+ Two\n  + Inner\n+ Three\n\n+ Four\n\nText.\n\n+ One again\n- Dash\n7. Seven\n"
    read_ = document(source, "a.typ")
    assert [(block.kind.value, block.label, read_.text[block.span.start : block.span.end]) for block in read_.blocks] == [
        ("item", "1.", "1. One @a"),
        ("item", "2.", "2. Two"),
        ("item", "1.", "1. Inner"),
        ("item", "3.", "3. Three"),
        ("item", "4.", "4. Four"),
        ("paragraph", "", "Text."),
        ("item", "1.", "1. One again"),
        ("item", "", "Dash"),
        ("item", "7.", "7. Seven"),
    ]


TYPST_BIB = "@book{a, title={A}}@book{b, title={B}}"


@pytest.mark.parametrize(
    "call",
    [
        '#show: paper.with(title: [T], bibliography: bibliography("r.bib"))',
        '#show: paper.with(\n  bibliography: bibliography("r.bib", title: "No.bib"),\n)',
        '#{\n  set heading(numbering: none)\n  bibliography(("r.bib",), style: "ieee")\n}',
        '#bibliography(bytes(read("r.bib")))',
        '#show: paper.with(bibliography-file: "r.bib")',
        '#bibliography("/r.bib")',
        '#import "parts/lib.typ": *',
    ],
)
def test_typst_finds_a_bibliography_however_it_is_given(tmp_path: Path, call: str):
    read_ = project(
        tmp_path, "main.typ", main_dot_typ=f"{call}\nRain @a, #cite(<b>, form: \"prose\"), {{cite(label(\"a\"))}}, #cite(\"a\", \"b\").\n",
        parts__lib_dot_typ='#let end = bibliography("../r.bib")\n', r_dot_bib=TYPST_BIB,
    )  # fmt: skip
    assert [key for _, keys in cited(read_) for key in keys] == ["a", "b", "a", "a", "b"]
    assert ([entry.key for entry in read_.references], read_.list_given) == (["a", "b"], True)


@pytest.mark.parametrize(
    "call", ['#include {"c/one.typ"}', '#include("c/one.typ")', '#for n in ("one",) { include "c/" + n + ".typ" }']
)
def test_typst_includes_of_expressions(tmp_path: Path, call: str):
    read_ = project(
        tmp_path,
        "main.typ",
        main_dot_typ=f"Text.\n\n{call}\n",
        c__one_dot_typ='Rain @a.\n#bibliography("/r.bib")',
        r_dot_bib=TYPST_BIB,
    )
    assert cited(read_) == [("@a", ["a"])]


def test_typst_names_that_may_be_labels_are_no_missing_works():
    text = (
        '#let snippet(name, body) = [#figure(body) #label("lst." + name)]\n= Method <intro>\n'
        'See @intro, @lst.loop, @fig:syntax, @oop:sem:step, @glossed, @loop.x and @lost. Text $a "@str"$ and #mono("@name").\n'
        '#snippet("loop", [code])\n#glossary((key: "glossed"))\n#own-cite(("b"), x)\n#bibliography("r.bib")\n'
    )
    files = Files(members={"r.bib": TYPST_BIB.encode()})
    assert cited(document(text, "main.typ", files)) == [("@lost", ["lost"]), ('#own-cite(("b"), x)', ["b"])]


def test_typst_bibliography_in_full(tmp_path: Path):
    """A quotation's attribution cites; ``full: true`` prints every entry, which is then audited."""
    read_ = project(
        tmp_path,
        "main.typ",
        main_dot_typ='#show: paper.with(\n  title: [T],\n)\n#quote(attribution: <a>)[Words.]\n#bibliography("r.bib", full: true)\n',
        r_dot_bib="@book{a, title={A}}@book{b, title={B}}",
    )
    assert cited(read_) == [("<a>", ["a"]), ("#bibliography", ["a", "b"])]


def test_flat_odt():
    source = (
        '<?xml version="1.0"?><office:document xmlns:office="o" xmlns:text="t" xmlns:style="s"><office:automatic-styles>'
        '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
        '</office:automatic-styles><office:body><office:text><text:p>Salt<text:span text:style-name="T1">2</text:span></text:p>'
        "</office:text></office:body></office:document>"
    )
    for name in ("a.fodt", "a.xml", "a"):
        read_ = document(source, name)
        assert (read_.format, read_.text, [mark.span.start for mark in read_.marks]) == ("odt", "Salt2", [4])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.fb2", b"<?xml version='1.0'?><FictionBook/>", "a.fb2: is XML of a kind that is not read"),
    ],
)
def test_other_formats_are_refused(name: str, data: bytes, message: str):
    with pytest.raises(InputError) as error:
        document(data, name)
    assert str(error.value).startswith(message)


def test_odt():
    item = (
        '{"citationItems":[{"id":1,"uris":["u1"],"itemData":{"title":"Silt in rivers","author":[{"family":"Abel"}]}}]}'.replace(
            '"', "&quot;"
        )
    )
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:fo="f"><office:automatic-styles>'
        '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style></office:automatic-styles>'
        "<office:body><office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Head</text:h><text:p>See  <text:reference-mark-start text:name="ZOTERO_ITEM CSL_CITATION '
        f'{item} RND1"/>(Abel, 2018)<text:reference-mark-end text:name="ZOTERO_ITEM CSL_CITATION {item} RND1"/>'
        '<text:span text:style-name="T1">2</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>A note.</text:p></text:note-body></text:note>.</text:p>"
        '<text:section text:name="ZOTERO_BIBL {} CSL_BIBLIOGRAPHY RND2"><text:p>Abel, K. (2018). Silt in rivers.</text:p></text:section>'
        "</office:text></office:body></office:document-content>"
    )
    read_ = document(zipped(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml=content), "paper.odt")
    assert read_.text == "Head\n\nSee (Abel, 2018)2.\n\nA note.\n\nAbel, K. (2018). Silt in rivers."
    assert cited(read_) == [("Abel, 2018", ["u1"])]
    assert [(one.key, one.raw) for one in read_.references] == [("u1", "Abel, K. (2018). Silt in rivers.")]
    assert [(b.kind, b.level, b.label) for b in read_.blocks] == [
        (BlockKind.HEADING, 2, ""),
        (BlockKind.PARAGRAPH, 0, ""),
        (BlockKind.FOOTNOTE, 0, "1"),
        (BlockKind.PARAGRAPH, 0, ""),
    ]


# ------------------------------------------------------------------ archives

MEMBERS = {
    "src/main.tex": b"\\documentclass{article}\\begin{document}\\input{parts/one}\\bibliography{../refs}\\end{document}",
    "src/parts/one.tex": b"See \\cite{a}.",
    "refs.bib": b"@book{a, title={A}}",
    "README.md": b"# Read me\n",
    "../../evil.tex": b"\\documentclass{x} evil",
}


def tarred(mode: str = "w:gz") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in MEMBERS.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("src/link.tex")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("p.tar.gz", tarred()),
        ("p.tgz", tarred()),
        ("p.tar", tarred("w")),
        ("p.tar.bz2", tarred("w:bz2")),
        ("p.tar.xz", tarred("w:xz")),
        (
            "p.zip",
            zipped(
                **{
                    name.replace("/", "__").replace(".", "_dot_"): content
                    for name, content in MEMBERS.items()
                    if "evil" not in name
                }
            ),
        ),
    ],
)
def test_archives(name: str, data: bytes):
    read_ = document(data, name)
    assert cited(read_) == [("\\cite{a}", ["a"])]
    assert [(one.key, one.cited_only) for one in read_.references] == [("a", True)]
    assert read_.problems == ()
    assert "evil" not in read_.text


def test_a_single_packed_source():
    read_ = document(gzip.compress(MEMBERS["src/main.tex"].replace(b"\\input{parts/one}", b"Text.")), "2101.00001.gz")
    assert read_.text == "Text."


def test_an_archive_without_a_manuscript():
    with pytest.raises(InputError, match="holds no manuscript"):
        document(zipped(a_dot_png=b"x"), "a.zip")


# ------------------------------------------------------------------ PDF layout


def page(*lines: tuple[str, float, float, float], height: float = 800) -> Page:
    """Lines as (text, left, baseline, size); 5 points a character at size 10."""
    return Page(
        600, height, tuple(Run(text, left, left + len(text) * size / 2, base, size, False) for text, left, base, size in lines)
    )


def layout(*pages: Page):
    return layout_.document("p.pdf", pages, ())


def test_lines_become_paragraphs_and_hyphens_go():
    full = "words that fill the measure of this column to the very right edge of it all xx-"
    read_ = layout(
        page(
            ("Heading of it", 50, 700, 14),
            ("A first " + full, 50, 680, 10),
            ("plain ends here. The ﬁrst soft hy\x02", 50, 668, 10),
            ("phen goes too; see https://doi.org/10.1000/", 50, 656, 10),
            ("abc.5 and on.", 50, 644, 10),
            ("    Second begins with an indent and goes on to the right edge of this column here ab", 62, 632, 10),
            ("and ends.", 50, 620, 10),
        )
    )
    assert [(b.kind, read_.text[b.span.start : b.span.end]) for b in read_.blocks] == [
        (BlockKind.HEADING, "Heading of it"),
        (
            BlockKind.PARAGRAPH,
            "A first words that fill the measure of this column to the very right edge of it all xxplain ends here. "
            "The first soft hyphen goes too; see https://doi.org/10.1000/abc.5 and on.",
        ),
        (BlockKind.PARAGRAPH, "Second begins with an indent and goes on to the right edge of this column here ab and ends."),
    ]


NAMES = ["", "Abel", "Cole", "Dorn", "Eck", "Finn", "Gray", "Hale", "Ivers"]


def test_hanging_indents_split_the_list_over_pages():
    def entry(number: int, base: float) -> list[tuple[str, float, float, float]]:
        return [
            (f"{NAMES[number]}, A. (2001). A title that is long enough to fill the whole first line of it", 50, base, 10),
            (f"and a second. Journal, {number}, 1-2.", 70, base - 12, 10),
        ]

    first = [("References", 50, 740, 14), *(line for n in range(1, 6) for line in entry(n, 740 - 30 * n))]
    first = [*first[:-1]]  # the fifth entry goes on over the page
    second = [
        ("and a second. Journal, 5, 1-2.", 70, 740, 10),
        *(line for n in range(6, 9) for line in entry(n, 740 - 24 * (n - 5))),
    ]
    read_ = layout(page(*first), page(*second))
    entries = [read_.text[b.span.start : b.span.end] for b in read_.blocks if b.kind is BlockKind.PARAGRAPH]
    assert [one.split(",")[0] for one in entries] == NAMES[1:9]
    assert entries[4].endswith("and a second. Journal, 5, 1-2.")
    assert [read_.locate(b.span).page for b in read_.blocks] == [1, 1, 1, 1, 1, 1, 2, 2, 2]


def test_columns_furniture_line_numbers_and_superscripts():
    left = [(f"Left line {n} of the column that is wide.", 50, 700 - 12 * n, 10) for n in range(12)]
    right = [(f"Right line {n} of the column that is so.", 320, 700 - 12 * n, 10) for n in range(12)]
    rows = [line for pair in zip(left, right, strict=True) for line in pair]
    pages = [page((f"Running head {n}", 50, 780, 8), *rows, (str(n), 300, 20, 8)) for n in (1, 2, 3)]
    text = layout(*pages).text
    assert "Running head" not in text
    assert text.index("Left line 11") < text.index("Right line 0")
    numbered = page(*((str(n), 30.0, 700.0 - 12 * n, 8.0) for n in range(1, 13)), *((f"A line {n} of running text that is long", 60.0, 700.0 - 12 * n, 10.0) for n in range(1, 13)))  # fmt: skip
    assert layout(numbered).text.startswith("A line 1 of running text that is long A line 2 of")
    raised = Page(
        600,
        800,
        (Run("as shown", 50, 90, 700, 10, False), Run("1,2", 90, 99, 704, 6, False), Run(" before", 99, 130, 700, 10, False)),
    )
    read_ = layout(raised)
    assert read_.text == "as shown1,2 before"
    assert [(read_.text[m.span.start : m.span.end], m.kind) for m in read_.marks] == [("1,2", MarkKind.SUPERSCRIPT)]


def minimal_pdf(text: str, *, pages: int = 1) -> bytes:
    """A PDF of plain lines, written by hand."""
    stream = "BT /F1 12 Tf 72 600 Td 14 TL " + " ".join(f"({line}) '" for line in text.split("\n")) + " ET" if text else ""
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        *("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R >>" for _ in range(pages)),
    ]
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj\n{one}\nendobj\n" for n, one in enumerate(objects, 1))
    return (body + "trailer << /Root 1 0 R >>\n%%EOF").encode("latin-1")


def test_pdf_through_its_process():
    read_ = document(minimal_pdf("One two three four five six seven eight nine ten.\nEleven.", pages=2), "paper.pdf")
    assert read_.text.count("Eleven.") == 2
    at = read_.text.rindex("Eleven.")
    assert read_.locate(Span(at, at + 7)).page == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (minimal_pdf(""), "has no text layer"),
        (b"%PDF-1.4\n" + b"garbage " * 50, "is damaged and cannot be read as PDF"),
        (b"no pdf at all", "is not a PDF file"),
    ],
)
def test_pdf_that_cannot_be_read(data: bytes, message: str):
    with pytest.raises(InputError, match=message):
        document(data, "paper.pdf", input_format="pdf")


def test_pages_that_hang_are_left_out(monkeypatch: pytest.MonkeyPatch):
    runs = [["Some text that stands on a page of its own, long enough.", 50, 300, 700, 10, False]]

    def killed(_: bytes, first: int) -> tuple[int, list[dict[str, object]]]:
        items: list[dict[str, object]] = [{"pages": 3}]
        items += [{"page": n, "size": [600, 800], "runs": runs} for n in range(first, 3) if first > 1 or n < 1]
        return (0 if first > 1 else -14), items

    monkeypatch.setattr(reader, "_run", killed)
    read_ = reader.read("p.pdf", b"%PDF-1.4")
    assert [one.message for one in read_.problems] == ["page 2 takes too much time or memory and is left out"]
    at = read_.text.rindex("Some text")
    assert (at > 0, read_.locate(Span(at, at + 4)).page) == (True, 3)


# ------------------------------------------------------------------ guessing, files


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"Just text.", "txt"),
        ("a", b"\\documentclass{article}", "tex"),
        ("a.md", b"PK\x03\x04" + b"word/" * 9, "docx"),
        ("a.docx", b"%PDF-1.7 ...", "pdf"),
        ("a.pdf", b"Plain text called a PDF.", "txt"),
        ("a.xml", b"<?xml version='1.0'?><TEI xmlns='x'>", "tei"),
        ("a.xml", b"<article><front></front></article>", "jats"),
        ("a.xml", b"<!DOCTYPE html><html><body>", "html"),
        ("a.json", b'{"cells": [], "nbformat": 4}', "ipynb"),
        ("a.txt", b"TY  - JOUR\n", "ris"),
        ("a.txt", b"@article{a,\n title={x}}", "bib"),
        ("a.qmd", b"text", "md"),
    ],
)
def test_guess(name: str, data: bytes, expected: str):
    assert detect_format(name, data) == expected


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(InputError, match="no reader for the format 'word'; known: txt, md, tex"):
        read("a", b"x", input_format="word")


def test_files_stay_inside_the_project(tmp_path: Path):
    project_ = tmp_path / "project"
    (project_ / "paper").mkdir(parents=True)
    (project_ / ".git").mkdir()
    (project_ / "refs.bib").write_text("inside")
    (tmp_path / "outside.bib").write_text("outside")
    files = Files.beside(project_ / "paper" / "main.tex")
    assert files.read("../refs.bib")[1] == b"inside"
    for name, message in [
        ("../../outside.bib", "lies outside the project folder"),
        (str(tmp_path / "outside.bib"), "lies outside the project folder"),
        ("gone.bib", "no such file"),
        (".", "is not a regular file"),
        ("a\0b", "NUL"),
        ("x" * 5000, "cannot be opened"),
    ]:
        with pytest.raises(InputError, match=message):
            files.read(name)
        assert not files.exists(name)


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        ("SP  - 12\nEP  - 19", "12–19"), ("SP  - 12-19\nEP  - 19", "12–19"), ("SP  - 12–19", "12–19"), ("SP  - 12--19\nEP  - 12--19", "12–19"),
        ("EP  - 12-19", "12–19"), ("SP  - 12\nEP  - 12-19", "12–19"), ("SP  - 12\nEP  - 12", "12"), ("SP  - e12", "e12"), ("EP  - 19", "19"),
        ("SP  - S12-4\nEP  - S12-9", "S12-4–S12-9"), ("SP  - 12-", "12-"),
    ],
)  # fmt: skip
def test_pages_of_ris(lines: str, pages: str):
    """Programs write first and last page, or the whole range into one of the two."""
    read = document(f"TY  - JOUR\nTI  - Rain\n{lines}\nER  - \n", "a.ris")
    assert read.references[0].pages is not None
    assert read.references[0].pages.value == pages
