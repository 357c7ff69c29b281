"""Files made to hurt, as a user meets them: the command says one line about each, within time and memory, and opens nothing else."""

import gzip
import io
import re
import resource
import subprocess
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.readers.show import zipped

MEMORY = 1_500_000_000
"""Bytes of address space for the command; Python and numpy take a third of it before a file is opened."""
SECONDS = 120
"""For all files of a test together; they take some five."""
SECRET = "root-secret-line"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"<w:document {W}><w:body><w:p><w:r><w:t>&x; Known (Abel, 2018).</w:t></w:r></w:p></w:body></w:document>"
BIG = 270_000_000
FORMS = Path(__file__).parents[1] / "readers" / "forms"


def word(content: str | bytes) -> bytes:
    return zipped(**{"[Content_Types]_dot_xml": "<a/>", "word__document_dot_xml": content})


def tex(body: str) -> bytes:
    return f"\\documentclass{{article}}\\begin{{document}}Text \\cite{{a}}. {body}\\end{{document}}".encode()


OFFLINE = re.compile(r"; \d+ of \d+ references? w(?:as|ere) not looked up$")  # as is to be expected, and no matter here


def audit(folder: Path, *names: str, memory: int = MEMORY, select: str = "LNK001") -> tuple[int, str, list[str]]:
    """Exit code, standard output and the lines of standard error of one audit within the limits."""
    done = subprocess.run(
        [sys.executable, "-m", "refaudit", "audit", *names, "--offline", "--isolated", "-f", "json", "--select", select],
        cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
    )  # fmt: skip
    assert SECRET not in done.stdout + done.stderr
    lines = [line.removeprefix("refaudit: ") for line in done.stderr.splitlines()]
    return done.returncode, done.stdout, [OFFLINE.sub("", line) for line in lines]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.tex").write_text(SECRET)
    (tmp_path / "secret.bib").write_text(f"@book{{a, title={{{SECRET}}}}}")
    (tmp_path / "papers").mkdir()
    return tmp_path / "papers"


def test_bombs_and_entities(folder: Path):
    secret = folder.parent / "secret.tex"
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghix", strict=True)
    )
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">'
    liar = bytearray(zipped(main_dot_tex=tex("x" * 1_000_000)))
    at = liar.find(b"PK\x01\x02")
    liar[at + 24 : at + 28] = liar[22:26] = (100).to_bytes(4, "little")  # the size that the archive claims
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"{number}.tex", "")
    files = {
        "bomb.docx": (word(f"{bomb}]>{BODY}"), "declares XML entities, which are not expanded; save the file without them"),
        "outside.docx": (word(f"{outside}]>{BODY}"), "declares XML entities, which are not expanded; save the file without them"),
        "big.docx": (word(b" " * BIG), "its contents are larger than 256 MB and are not read"),
        "big.zip": (zipped(main_dot_tex=b" " * BIG), "its contents are larger than 256 MB and are not read"),
        "big.tar.gz": (gzip.compress(b"\0" * BIG, 1), "its contents are larger than 256 MB and are not read"),
        "liar.zip": (bytes(liar), "the part 'main.tex' is damaged; save the file again"),
        "many.zip": (many.getvalue(), "holds more than 20,000 members and is not opened"),
        "inner.zip": (zipped(inner_dot_zip=zipped(a_dot_tex="x")), "holds no manuscript that can be read; unpack it and name the file"),
    }  # fmt: skip
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    code, _, lines = audit(folder, *files)
    assert code == 2
    assert lines[:-1] == [f"{name}: {message}" for name, (_, message) in files.items()]
    assert lines[-1] == "no errors, no warnings, no notes; 8 files could not be read"
    for name, opening in (("bomb.xml", bomb), ("outside.xml", outside)):  # text formats are read, entities as they are written
        (folder / name).write_text(f"{opening}]><article><front/><body><p>&x; Known (Abel, 2018).</p></body></article>")
    code, output, lines = audit(folder, "bomb.xml", "outside.xml", select="LNK002")
    assert (code, lines) == (1, ["2 errors, no warnings, no notes"])
    assert len(output) < 20_000


def test_files_that_are_not_what_they_are_called(folder: Path):
    def half(name: str) -> bytes:
        data = (FORMS / name).read_bytes()
        return data[: len(data) // 2]

    files = {
        "noise.docx": (b"\x00\x91\xfe\x07" * 900, "is not a Word (.docx) file (it cannot be opened as a zip container); save it again"),
        "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "is an old Word (.doc) or a password-protected file; save an unprotected copy as .docx"),
        "half.docx": (half("paper.docx"), "is not a Word (.docx) file (it cannot be opened as a zip container); save it again"),
        "half.odt": (half("paper.odt"), "is not an OpenDocument (.odt) file (it cannot be opened as a zip container); save it again"),
        "half.epub": (half("paper.epub"), "is not an EPUB file (it cannot be opened as a zip container); save it again"),
        "half.pdf": (half("paper.pdf"), "is damaged and cannot be read as PDF; export it again"),
        "half.ipynb": (b'{"nbformat": 4, "cells": [{"cell_ty', "is not a notebook (no valid JSON); save it again"),
        "half.yaml": (b"- id: a\n  title: [x", ", line 2: not valid YAML (did not find expected ',' or ']')"),
        "empty.docx": (b"", "the file is empty"),
        "blank.md": (b" \n", "the file is empty"),
    }  # fmt: skip
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    (folder / "round.tex").symlink_to("round.tex")
    code, _, lines = audit(folder, *files, "round.tex")
    assert code == 2
    assert lines == [
        *(f"{name}{message}" if message[0] == "," else f"{name}: {message}" for name, (_, message) in files.items()),
        "round.tex: is a link that leads to no file",
        "no errors, no warnings, no notes; 11 files could not be read",
    ]


def test_what_is_cut_off_is_told(folder: Path):
    (folder / "half.xml").write_text("<article><front/><body><p>Known (Abel, 2018)")
    (folder / "half.bib").write_text("@article{a, title={Unclosed")
    (folder / "half.json").write_text('[{"id":"a","title":"x","type":"book"},{"id":')
    code, _, lines = audit(folder, "half.xml", "half.bib", "half.json", select="LNK002")
    assert (code, lines) == (
        1,
        [
            "half.xml: the file ends inside <article>: it may be cut off, and then what stood behind is missing",
            "half.bib:1: the entry 'a' is broken: a brace or quotation mark is not closed; what could be read of it is used",
            "half.json: line 1: not valid JSON; the entries before it are used",
            "1 error, no warnings, no notes",
        ],
    )


@pytest.mark.parametrize("form", ["docx", "odt", "epub", "pdf"])
def test_the_suffix_may_be_wrong(folder: Path, form: str):
    names = [f"paper.{suffix}" for suffix in ("txt", "tex", "md", form)]
    for name in names:
        (folder / name).write_bytes((FORMS / f"paper.{form}").read_bytes())
    (folder / f"text.{form}").write_text((FORMS / "paper.md").read_text())
    code, output, lines = audit(folder, *names, f"text.{form}")
    assert (code, lines) == (1, ["5 errors, no warnings, no notes"])
    assert output.count(f'"format": "{form}"') == 4


def test_pdf_files_without_end(folder: Path):
    def pdf(*objects: bytes) -> bytes:
        numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
        return b"%PDF-1.4\n" + numbered + b"trailer << /Root 1 0 R >>\n%%EOF"

    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    text = zlib.compress(b"BT /F1 9 Tf (x) Tj ET " * 3_000_000, 9)
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    )
    files = {
        "loop.pdf": (
            pdf(catalog, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 100000 >>"),
            "no page of it can be read (damaged, or beyond the limits of time and memory); export it again",
        ),
        "million.pdf": (
            pdf(catalog, *(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % number for number in range(3, 1_000_003))),
            "no page of it can be read (damaged, or beyond the limits of time and memory); export it again",
        ),
        "deep.pdf": (
            pdf(catalog + b" /A " + b"[" * 1_000_000, b"<< /Type /Pages /Kids [] /Count 0 >>"),
            "is damaged and cannot be read as PDF; export it again",
        ),
        "stream.pdf": (
            pdf(
                catalog,
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                page,
                b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(text), text),
            ),
            "no page of it can be read (damaged, or beyond the limits of time and memory); export it again",
        ),
    }
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    code, _, lines = audit(folder, *files, memory=900_000_000)
    assert code == 2
    assert lines == [
        *(f"{name}: {message}" for name, (_, message) in files.items()),
        "no errors, no warnings, no notes; 4 files could not be read",
    ]


def test_nothing_outside_the_folder_is_opened(folder: Path):
    (folder / "above.tex").write_bytes(tex("\\input{../secret}\\input{/etc/passwd}\\bibliography{../secret}"))
    (folder / "out.tex").symlink_to("../secret.tex")
    (folder / "out.bib").symlink_to("../secret.bib")
    (folder / "link.tex").write_bytes(tex("\\bibliography{out}"))
    (folder / "above.md").write_text("---\nbibliography: [../secret.bib, out.bib, /etc/passwd]\n---\nSee [@a].\n")
    (folder / "above.typ").write_text('See @a. #include "../secret.tex"\n#bibliography("../secret.bib")\n')
    (folder / "slip.zip").write_bytes(zipped(main_dot_tex=tex("\\input{../secret}"), **{"..__..__evil_dot_tex": SECRET}))
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        member = tarfile.TarInfo("main.tex")
        content = tex("\\input{link}\\bibliography{hard}")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
        for name, kind in (("link.tex", tarfile.SYMTYPE), ("hard.bib", tarfile.LNKTYPE), ("device.tex", tarfile.CHRTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, str(folder.parent / "secret.tex")
            archive.addfile(member)
    (folder / "links.tar.gz").write_bytes(stream.getvalue())
    code, _, lines = audit(folder, "above.tex", "link.tex", "above.md", "above.typ", "slip.zip", "links.tar.gz")
    outside = "lies outside the project folder and is not opened"
    assert code == 0
    assert lines == [
        f"above.tex: \\input: ../secret: {outside}",
        f"above.tex: \\input: /etc/passwd: {outside}",
        f"above.tex: the bibliography ../secret.bib: {outside}",
        f"link.tex: the bibliography out.bib: {outside}",
        f"above.md: the bibliography ../secret.bib: {outside}",
        f"above.md: the bibliography out.bib: {outside}",
        "above.md: the bibliography etc/passwd.bib: no such file",  # "/" is the top of the project here
        f"above.typ: #include: ../secret.tex: {outside}",
        f"above.typ: the bibliography ../secret.bib: {outside}",
        "slip.zip: \\input: ../secret: no such file in the archive",
        "links.tar.gz: \\input: link: no such file in the archive",
        "links.tar.gz: the bibliography hard.bib: no such file in the archive",
        lines[-1],
    ]


def test_documents_that_input_themselves(folder: Path):
    (folder / "a.tex").write_bytes(tex("\\input{b}"))
    (folder / "b.tex").write_text("\\input{a}\\input{b}\\input{a} in b")
    for number in range(45):  # each inputs the next twice: 2 to the power of 45, were there no bound
        (folder / f"f{number}.tex").write_bytes(tex(f"\\input{{f{number + 1}}}\\input{{./f{number + 1}}}"))
    code, output, lines = audit(folder, "a.tex", "f0.tex")
    assert code == 0
    assert len(lines) <= 5
    assert {line.partition(": ")[2] for line in lines[:-1]} == {
        "a: inputs itself; read once",
        "b: inputs itself; read once",
        "f31: not read, the document inputs too many files",
        "./f31: not read, the document inputs too many files",
    }
    assert len(output) < 1_000_000


def test_a_bibliography_of_thousands_of_broken_entries_is_told_in_a_few_lines(folder: Path):
    (folder / "a.bib").write_text("@book{open,\n  title = {No}\n" * 3000)
    _, _, lines = audit(folder, "a.bib")
    assert len(lines) < 25
    assert lines[20].endswith("more of this kind")
