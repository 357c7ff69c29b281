"""Files that say little and cost much: each is refused with one line, or costs what its length costs."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable

import pytest

from refaudit.errors import InputError
from refaudit.readers import archive, read, zip_container
from refaudit.readers.databases import bibtex, bibtex_source
from refaudit.readers.latex.text import Text
from refaudit.readers.pdf import process, reader
from refaudit.readers.word import package_xml
from tests.counting import grows_linearly
from tests.readers.show import document, zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str) -> bytes:
    return zipped(
        **{"[Content_Types]_dot_xml": "<a/>", "word__document_dot_xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    )


PARAGRAPH = "<w:p><w:r><w:t>Rain</w:t></w:r></w:p>"

# ------------------------------------------------------------------ archives


def sparse(size: int) -> bytes:
    """A member of a tar archive that says it has ``size`` bytes, all of them a hole (the old GNU form)."""
    head = tarfile.TarInfo(f"main{size}.tex")
    head.type = tarfile.GNUTYPE_SPARSE
    block = bytearray(head.tobuf(tarfile.GNU_FORMAT))
    block[386:410] = b"%011o\0" % size + b"%011o\0" % 0
    block[483:495] = b"%011o\0" % size
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


@pytest.mark.parametrize(("sizes", "over"), [((600, 400), False), ((600, 401), True)])
def test_holes_of_an_archive_count_as_they_are_read(sizes: tuple[int, ...], over: bool, monkeypatch: pytest.MonkeyPatch):
    data = b"".join(map(sparse, sizes)) + b"\0" * 1024
    monkeypatch.setattr(archive, "_unpacked", lambda _path, content: content)
    monkeypatch.setattr(archive, "MAX_TOTAL", 1000)
    if over:
        with pytest.raises(InputError, match=r"^a\.tar: its contents are larger than 0 MB and are not read$"):
            archive._tar("a.tar", data)
    else:
        assert archive._tar("a.tar", data) == {f"main{size}.tex": b"\0" * size for size in sizes}


@pytest.mark.parametrize(("size", "over"), [(0, False), (1, True)])
def test_the_list_of_members_is_bounded_before_it_is_read(size: int, over: bool):
    data = bytearray(zipped(main_dot_md="Rain falls."))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = (zip_container.MAX_DIRECTORY + size).to_bytes(4, "little")
    message = "holds more than 20,000 members" if over else "cannot be opened as a zip container"
    with pytest.raises(InputError, match=message):
        read("a.zip", bytes(data))


def test_a_chapter_stands_in_a_book_once():
    book = zipped(
        mimetype="application/epub+zip",
        OPS__p_dot_opf='<package><manifest><item id="a" href="a.xhtml"/><item id="b" href="a.xhtml"/></manifest><spine>'
        + '<itemref idref="a"/><itemref idref="b"/>' * 500
        + "</spine></package>",
        OPS__a_dot_xhtml="<html><body><p>Rain falls.</p></body></html>",
        **{"META-INF__container_dot_xml": '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>'},
    )
    assert read("a.epub", book).text.split() == ["Rain", "falls."]


# ------------------------------------------------------------------ Word


@pytest.mark.parametrize(("paragraphs", "over"), [(3, False), (4, True)])
def test_elements_are_counted_before_they_are_read(paragraphs: int, over: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(package_xml, "MAX_ELEMENTS", 2 + 3 * 3)
    data = word(PARAGRAPH * paragraphs)
    if over:
        with pytest.raises(InputError, match=r"^a\.docx\S*: has more than 11 elements and is not read; split it$"):
            read("a.docx", data)
    else:
        assert read("a.docx", data).text.split() == ["Rain"] * paragraphs


@pytest.mark.parametrize(("number", "over"), [(2_999, False), (3_000, True)])
def test_attributes_without_end(number: int, over: bool):
    attributes = " ".join(f"a{one}='>'" for one in range(number))
    data = word(PARAGRAPH.replace("<w:p>", f"<w:p {attributes}>", 1))
    if over:
        with pytest.raises(InputError, match="has an element with thousands of attributes and is not read; save the file again"):
            read("a.docx", data)
    else:
        assert read("a.docx", data).text == "Rain"


# ------------------------------------------------------------------ PDF


@pytest.mark.parametrize(("total", "told"), [(2, ()), (100_000, ("only the first 2 of 100,000 pages are read; split the file",))])
def test_pages_that_are_not_read_are_told(total: int, told: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    run = ["Rain falls on the roof of the house and on the fields around it.", 72.0, 500.0, 700.0, 10.0, False]
    pages = [{"page": number, "size": [612.0, 792.0], "runs": [run]} for number in range(2)]
    lines = [json.dumps(one).encode() for one in ({"pages": total}, *pages)]
    monkeypatch.setattr(process, "run", lambda _data, _first: (0, lines))
    assert tuple(one.message for one in reader.read("a.pdf", b"%PDF-1.4").problems) == told


# ------------------------------------------------------------------ BibTeX


@pytest.mark.parametrize(("spare", "copied"), [(30, 3), (29, 2)])
def test_strings_are_copied_as_often_as_the_file_is_long(spare: int, copied: int, monkeypatch: pytest.MonkeyPatch):
    source = '@string{a = "0123456789"}\n' + "".join(f"@article{{k{number}, title = a}}\n" for number in range(3))
    for module in (bibtex, bibtex_source):
        monkeypatch.setattr(module, "SPARE", spare - len(source))
    found = document(source, "a.bib")
    assert [one.title.value if one.title else None for one in found.references] == ["0123456789"] * copied + [None] * (3 - copied)
    assert len(found.problems) == 3 - copied
    assert all("strings are repeated without end" in one.message for one in found.problems)


@pytest.mark.parametrize("field", ["crossref", "xdata"])
@pytest.mark.parametrize(("spare", "copied"), [(30, 3), (29, 2)])
def test_fields_are_inherited_as_often_as_the_file_is_long(spare: int, copied: int, field: str, monkeypatch: pytest.MonkeyPatch):
    whole = "@xdata{p, publisher = {0123456789}}\n" if field == "xdata" else "@book{p, publisher = {0123456789}}\n"
    source = "".join(f"@inbook{{k{number}, {field} = {{p}}}}\n" for number in range(3)) + whole
    for module in (bibtex, bibtex_source):
        monkeypatch.setattr(module, "SPARE", spare - len(source))
    found = document(source, "a.bib").references[:3]
    assert [one.publisher.value if one.publisher else None for one in found] == ["0123456789"] * copied + [None] * (3 - copied)


# ------------------------------------------------------------------ LaTeX


def test_the_whole_list_is_cited_once():
    def work(size: int) -> Callable[[], object]:
        entries = "".join(f"\\bibitem{{k{number}}} Abel, A. Rain. 2018.\n" for number in range(size))
        source = (
            "\\documentclass{article}\\begin{document}"
            + "\\nocite{*} " * size
            + f"\\begin{{thebibliography}}{{9}}{entries}\\end{{thebibliography}}\\end{{document}}"
        )
        return lambda: read("a.tex", source.encode())

    assert grows_linearly(work, 60)
    found = work(3)()
    assert [[item.key for item in one.items] for one in found.citations] == [["k0", "k1", "k2"]]  # type: ignore[attr-defined]


class Counted(str):
    """A text that counts how often something is looked for in it."""

    looks = 0

    def find(self, *given: object) -> int:
        self.looks += 1
        return str.find(self, *given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("source", "looks"), [("\\[" * 50, 1), ("\\[" * 50 + "\\]" + "\\[" * 50, 2), ("\\[a\\] " * 50, 51)])
def test_the_end_of_a_formula_is_looked_for_once(source: str, looks: int):
    text = Text(Counted(source), 0)
    for at in range(len(source)):
        assert text.next_of("\\]", at) == source.find("\\]", at)
    assert text.text.looks == looks  # type: ignore[attr-defined]
