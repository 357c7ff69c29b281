"""Speed of the readers on documents of the size that people have, made here: seconds to read, without parsing.

python -m benchmarks.readers
"""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
from pathlib import Path

from refaudit.readers import read
from refaudit.readers.files import Files

SENTENCE = "Crusts form on bare ground after rain, and they hold back the water of the next storm for a while. "
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(pages: int) -> bytes:
    """A Word document: 25 sentences a page in five paragraphs, each in three runs."""
    run = f'<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">{SENTENCE}</w:t></w:r>'
    body = f'<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr>{run * 5}</w:p>' * (5 * pages)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return stream.getvalue()


def pdf(pages: int) -> bytes:
    """A PDF of 45 lines a page."""
    stream = "BT /F1 10 Tf 72 750 Td 14 TL " + f"({SENTENCE[:90]}) ' " * 45 + "ET"
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} /Resources << /Font << /F1 {font} >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        *["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R >>"] * pages,
    ]
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R >>\n%%EOF".encode("latin-1")


def bib(entries: int) -> bytes:
    """A database of articles with eight fields."""
    entry = (
        '@article{{key{n},\n  author = {{M{{\\"u}}ller, J{{\\"o}}rg and van der Berg, A. B. and Cole, Ann}},\n'
        "  title = {{Crusts on {{B}}are Ground, Part {n}}},\n  journal = {{Journal of Dry Soils}},\n  year = {{2018}},\n"
        "  volume = {{{n}}},\n  number = {{2}},\n  pages = {{105--117}},\n  doi = {{10.1000/jds.{n}}}\n}}\n"
    )
    return "".join(entry.format(n=number) for number in range(entries)).encode()


def thesis(folder: Path, pages: int, files: int) -> Path:
    """A LaTeX thesis with its chapters in files and one database."""
    page = ((SENTENCE * 5).strip() + " As shown \\citep[see][p.~3]{key1,key2}, it \\emph{holds} \\ldots{} $\\alpha$.\n\n") * 5
    for number in range(files):
        chapter = f"\\chapter{{Part {number}}}\n" + page * (pages // files)
        (folder / f"part{number}.tex").write_text(chapter)
    inputs = "".join(f"\\include{{part{number}}}\n" for number in range(files))
    main = folder / "thesis.tex"
    main.write_text(f"\\documentclass{{book}}\n\\begin{{document}}\n{inputs}\\bibliography{{refs}}\n\\end{{document}}\n")
    (folder / "refs.bib").write_bytes(bib(300))
    return main


def main() -> None:
    """Print the best of three runs for each document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for suffix, data in {".docx": docx(100), ".pdf": pdf(30), ".bib": bib(1000)}.items():
            (folder / f"a{suffix}").write_bytes(data)
        tasks = {
            "100-page DOCX": folder / "a.docx",
            "30-page PDF": folder / "a.pdf",
            "1,000-entry .bib": folder / "a.bib",
            "300-page LaTeX thesis, 20 files": thesis(folder, 300, 20),
        }
        for what, path in tasks.items():
            seconds = []
            for _ in range(3):
                begin = time.perf_counter()
                read(str(path), path.read_bytes(), files=Files.beside(path))
                seconds.append(time.perf_counter() - begin)
            print(f"{what:<34}{min(seconds):.2f} s")


if __name__ == "__main__":
    main()
