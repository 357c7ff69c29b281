"""Our readers beside others, on the same documents: time, memory, and what each keeps.

    python -m benchmarks.readers --compare [FORMAT...]

Only what is installed is measured; none of it is a dependency. A virtual environment with all of it:

    pip install -e '.[all]' bibtexparser pybtex pylatexenc texsoup markdown-it-py mistune python-docx docx2python docx2txt \\
      mammoth odfpy odfdo pdfminer.six pypdf pdfplumber pymupdf pubmed-parser grobid-tei-xml beautifulsoup4 trafilatura \\
      html2text ebooklib rispy nbib biopython nbformat nbconvert citeproc-py endnote-utils typst ruamel.yaml pypandoc_binary

and ``apt install poppler-utils`` for pdftotext. bibtexparser 1 and 2 exclude each other: install one, then the other.
(PyMuPDF is AGPL: here it is only measured.)

Each row is a process of its own. Time is processor time, the best of up to five readings (the first includes loading), for
programs of their own the whole run; memory is the peak of the process or of the program it starts. What is kept is counted by marks in the
text (see benchmarks.documents): paragraphs whole and in order, notes, citations as data, entries, and how much of what
does not belong to the text came along. A dash stands for what a reader does not give at all.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks import documents


@dataclass
class Kept:
    """What a reader gave: its text, and citations and entries where it has them as data."""

    text: str = ""
    citations: int | None = None
    entries: int | None = None


Step = Callable[[Any], Any]


@dataclass(frozen=True)
class Reader:
    """A reader: its name, the package whose version is shown, reading (timed), what came of it (not timed), whether it says where."""

    name: str
    package: str
    read: Step
    kept: Callable[[Any], Kept]
    where: str = "no"


def _ours(path: Path) -> Any:
    from refaudit.readers import read
    from refaudit.readers.project_files import Files

    return read(str(path), path.read_bytes(), files=Files.beside(path))


def _ours_kept(document: Any) -> Kept:
    # where nothing is declared, the parser finds citations and entries later; text that another file holds is no text of ours
    return Kept(document.text, len(document.citations) or None, len(document.references) or None)


def _plain(text: Any) -> Kept:
    return Kept(str(text))


# ------------------------------------------------------------------ pandoc: any format to its syntax tree


def _program() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except ImportError:
        found = shutil.which("pandoc")
        if found is None:
            raise ImportError("pandoc") from None
        return found


def _pandoc(source: str, *options: str) -> Step:
    def run(path: Path) -> bytes:
        command = [_program(), "-f", source, *options, "-t", "json", path.name]
        done = subprocess.run(command, cwd=path.parent, capture_output=True, check=False)
        if done.returncode:
            raise ImportError(done.stderr.decode()[:200])
        return done.stdout

    return run


def _pandoc_kept(output: bytes) -> Kept:
    tree = json.loads(output)
    parts: list[str] = []
    cited = 0

    def walk(node: Any) -> None:
        nonlocal cited
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            kind, content = node.get("t"), node.get("c")
            if kind == "Str":
                parts.append(str(content))
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                parts.append(" ")
            elif kind in ("Code", "CodeBlock", "RawInline", "RawBlock", "Math"):
                pass
            elif kind == "Cite":
                cited += 1
                walk(content[1] if isinstance(content, list) else content)
            elif kind in ("Link", "Image", "Span", "Div"):
                walk(content[1] if isinstance(content, list) else content)
            else:
                walk(content)
            if kind in ("Para", "Plain", "Header"):
                parts.append("\n")

    walk(tree["blocks"])
    references = tree.get("meta", {}).get("references", {}).get("c")
    return Kept("".join(parts), cited or None, len(references) if references else None)


# ------------------------------------------------------------------ Word and OpenDocument


def _python_docx(path: Path) -> str:
    import docx

    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)


def _docx2txt(path: Path) -> str:
    import docx2txt

    return str(docx2txt.process(str(path)))


def _docx2python(path: Path) -> str:
    from docx2python import docx2python

    with docx2python(path) as content:
        return str(content.text)


def _mammoth(path: Path) -> str:
    import mammoth

    with path.open("rb") as file:
        return re.sub(r"<[^>]*>", "", mammoth.convert_to_html(file).value)


def _odfpy(path: Path) -> str:
    from odf import teletype
    from odf.opendocument import load
    from odf.text import P

    return "\n".join(teletype.extractText(one) for one in load(str(path)).getElementsByType(P))


def _odfdo(path: Path) -> str:
    from odfdo import Document

    return str(Document(path).get_formatted_text())


# ------------------------------------------------------------------ PDF


def _pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(str(path)))


def _pypdf(path: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def _pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def _pymupdf(path: Path) -> str:
    import pymupdf

    with pymupdf.open(path) as document:
        return "\n".join(page.get_text(sort=False, flags=pymupdf.TEXT_DEHYPHENATE) for page in document)


def _pdfium(path: Path) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def _pdftotext(path: Path) -> str:
    if not shutil.which("pdftotext"):
        raise ImportError("pdftotext")
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()


# ------------------------------------------------------------------ markup


def _markdown_it(path: Path) -> str:
    from markdown_it import MarkdownIt

    return "\n".join(one.content for one in MarkdownIt().parse(path.read_text(encoding="utf-8")) if one.type == "inline")


def _mistune(path: Path) -> str:
    import mistune

    return re.sub(r"<[^>]*>", "", str(mistune.create_markdown(plugins=["footnotes", "table"])(path.read_text(encoding="utf-8"))))


def _nbconvert(path: Path) -> str:
    from nbconvert import MarkdownExporter

    return str(MarkdownExporter().from_filename(str(path))[0])


def _nbformat(path: Path) -> str:
    import nbformat

    return "\n".join(one.source for one in nbformat.read(str(path), as_version=4).cells if one.cell_type == "markdown")


def _thesis(path: Path) -> str:
    """The thesis as one text: the others do not open the files that a file includes."""
    return re.sub(
        r"\\include\{(\w+)\}", lambda match: (path.parent / f"{match[1]}.tex").read_text(encoding="utf-8"), path.read_text()
    )


def _pylatexenc(path: Path) -> str:
    from pylatexenc.latex2text import LatexNodes2Text

    return str(LatexNodes2Text().latex_to_text(_thesis(path)))


def _texsoup(path: Path) -> Any:
    from TexSoup import TexSoup

    return TexSoup(_thesis(path))


def _texsoup_kept(soup: Any) -> Kept:
    return Kept("".join(str(one) for one in soup.text), len(list(soup.find_all("citep"))))


def _typst_query(path: Path) -> str:
    import typst

    return str(typst.query(str(path), "cite", root=str(path.parent)))


def _typst_compiler(path: Path) -> str:
    import typst

    return str(typst.query(str(path), "heading", root=str(path.parent)))


def _lxml(path: Path) -> Kept:
    from lxml import etree

    tree = etree.parse(path)
    found = [one for one in tree.iter("{*}xref", "{*}ref") if one.get("ref-type") == "bibr" or one.get("type") == "bibr"]
    listed = [
        one
        for one in tree.iter("{*}ref", "{*}biblStruct", "{*}record")
        if one.get("id") or one.tag.endswith(("Struct", "record"))
    ]
    return Kept("".join(str(part) for part in tree.getroot().itertext("*")), len(found), len(listed))


def _as_it_is(found: Kept) -> Kept:
    return found


def _pubmed(path: Path) -> Any:
    import pubmed_parser

    return pubmed_parser.parse_pubmed_paragraph(str(path), all_paragraph=True), pubmed_parser.parse_pubmed_references(str(path))


def _pubmed_kept(found: Any) -> Kept:
    parts, listed = found
    return Kept("\n".join(one["text"] for one in parts), sum(len(one["reference_ids"]) for one in parts), len(listed or ()))


def _grobid(path: Path) -> Any:
    from grobid_tei_xml import parse_document_xml

    return parse_document_xml(path.read_text(encoding="utf-8"))


def _grobid_kept(found: Any) -> Kept:
    return Kept(found.body or "", None, len(found.citations or ()))


def _soup(path: Path) -> str:
    from bs4 import BeautifulSoup

    return str(BeautifulSoup(path.read_bytes(), "lxml").get_text())


def _trafilatura(path: Path) -> str:
    import trafilatura

    return str(trafilatura.extract(path.read_text(encoding="utf-8")))


def _html2text(path: Path) -> str:
    import html2text

    return str(html2text.HTML2Text(bodywidth=0).handle(path.read_text(encoding="utf-8")))


def _ebooklib(path: Path) -> str:
    import ebooklib
    from bs4 import BeautifulSoup
    from ebooklib import epub

    book = epub.read_epub(str(path), {"ignore_ncx": True})
    return "\n".join(
        BeautifulSoup(one.get_content(), "lxml").get_text() for one in book.get_items_of_type(ebooklib.ITEM_DOCUMENT)
    )


# ------------------------------------------------------------------ bibliographies


def _listed(items: Any) -> Kept:
    return Kept(json.dumps(items, ensure_ascii=False, default=str), None, len(items))


def _bibtexparser(wanted: int) -> Step:
    def run(path: Path) -> Any:
        if int(version("bibtexparser").split(".")[0]) != wanted:
            raise ImportError("another version")
        import bibtexparser

        if wanted == 1:
            from bibtexparser.bparser import BibTexParser
            from bibtexparser.customization import convert_to_unicode

            with path.open(encoding="utf-8") as file:
                return bibtexparser.load(file, BibTexParser(common_strings=True, customization=convert_to_unicode)).entries
        from bibtexparser.middlewares import LatexDecodingMiddleware

        library = bibtexparser.parse_string(path.read_text(encoding="utf-8"), append_middleware=[LatexDecodingMiddleware()])
        return [one.fields_dict for one in library.entries]

    return run


def _pybtex(path: Path) -> Any:
    from pybtex.database import parse_file

    try:
        return {key: str(entry.persons) for key, entry in parse_file(str(path)).entries.items()}
    except Exception:  # noqa: BLE001 (it ends at the first broken entry, with nothing)
        return {}


def _pandoc_listed(output: bytes) -> Kept:
    return _listed(json.loads(output))


def _pandoc_list(source: str) -> Step:
    def run(path: Path) -> bytes:
        done = subprocess.run([_program(), "-f", source, "-t", "csljson", str(path)], capture_output=True, check=False)
        return done.stdout if done.returncode == 0 else b"[]"

    return run


def _rispy(path: Path) -> Any:
    import rispy

    with path.open(encoding="utf-8") as file:
        return rispy.load(file)


def _nbib(path: Path) -> Any:
    import nbib

    return nbib.read_file(str(path))


def _biopython(path: Path) -> Any:
    from Bio import Medline

    with path.open(encoding="utf-8") as file:
        return list(Medline.parse(file))


def _endnote_utils(path: Path) -> Any:
    from endnote_utils.core import export_files_to_csv_with_report

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        _, out, _ = export_files_to_csv_with_report([path], Path(folder, "a.csv"), Path(folder, "r.txt"))
        return out.read_text(encoding="utf-8-sig").splitlines()[1:]


def _citeproc(path: Path) -> Any:
    from citeproc.source.json import CiteProcJSON

    return dict(CiteProcJSON(json.loads(path.read_text(encoding="utf-8"))))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _pyyaml(path: Path) -> Any:
    import yaml

    return _items(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def _ruamel(path: Path) -> Any:
    from ruamel.yaml import YAML

    return _items(YAML(typ="safe").load(path))


def _items(value: Any) -> Any:
    return value["references"] if isinstance(value, dict) and "references" in value else value


# ------------------------------------------------------------------ the table


def _row(name: str, read: Step, kept: Callable[[Any], Kept] = _plain, package: str = "", where: str = "no") -> Reader:
    return Reader(name, package or name, read, kept, where)


def _both(where: str) -> Reader:
    return _row("refaudit", _ours, _ours_kept, "refaudit-manuscript", where)


def _tree(source: str, *options: str) -> Reader:
    return _row("pandoc", _pandoc(source, *options), _pandoc_kept)


def _list(name: str, read: Step, package: str = "") -> Reader:
    return _row(name, read, _listed, package)


ROWS: dict[str, tuple[str, tuple[Reader, ...]]] = {
    "docx": ("100-page DOCX", (
        _both("paragraph"), _row("python-docx", _python_docx), _row("docx2txt", _docx2txt), _row("docx2python", _docx2python),
        _row("mammoth", _mammoth), _tree("docx+citations", "--track-changes=accept"))),
    "odt": ("100-page ODT", (_both("paragraph"), _row("odfpy", _odfpy), _row("odfdo", _odfdo), _tree("odt"))),
    "pdf": ("30-page PDF", (
        _both("page"), _row("pdfminer.six", _pdfminer), _row("pypdf", _pypdf), _row("pdfplumber", _pdfplumber), _row("PyMuPDF", _pymupdf, package="pymupdf"),
        _row("pypdfium2", _pdfium), _row("pdftotext", _pdftotext))),
    "tex": ("300-page LaTeX thesis, 20 files", (
        _both("line, file"), _row("pylatexenc", _pylatexenc), _row("TexSoup", _texsoup, _texsoup_kept, where="line"), _tree("latex"))),
    "md": ("100-page Markdown", (
        _both("line"), _row("markdown-it-py", _markdown_it, where="block"), _row("mistune", _mistune), _tree("markdown"))),
    "ipynb": ("100-page notebook", (_both("cell"), _row("nbformat", _nbformat, where="cell"), _row("nbconvert", _nbconvert), _tree("ipynb"))),
    "typ": ("100-page Typst", (
        _both("line, file"), _tree("typst"),
        _row("typst", _typst_query, lambda found: Kept("", len(json.loads(found))), where="no"))),
    "jats": ("100-page JATS", (
        _both("line"), _row("lxml", _lxml, _as_it_is, where="line"), _row("pubmed_parser", _pubmed, _pubmed_kept, "pubmed-parser"), _tree("jats"))),
    "tei": ("100-page TEI", (_both("line"), _row("lxml", _lxml, _as_it_is, where="line"), _row("grobid_tei_xml", _grobid, _grobid_kept, "grobid-tei-xml"))),
    "html": ("100-page HTML", (
        _both("line"), _row("Beautiful Soup", _soup, package="beautifulsoup4"), _row("trafilatura", _trafilatura), _row("html2text", _html2text),
        _tree("html"))),
    "epub": ("100-page EPUB", (_both("chapter, line"), _row("EbookLib", _ebooklib), _tree("epub"))),
    "bib": ("BibTeX, 1,000 entries", (
        _both("line"), _list("bibtexparser 2", _bibtexparser(2), "bibtexparser"), _list("bibtexparser 1", _bibtexparser(1), "bibtexparser"),
        _list("pybtex", _pybtex), _row("pandoc", _pandoc_list("bibtex"), _pandoc_listed))),
    "csl-json": ("CSL-JSON, 1,000 entries", (
        _both("line"), _list("json", _json), _list("citeproc-py", _citeproc), _row("pandoc", _pandoc_list("csljson"), _pandoc_listed))),
    "csl-yaml": ("CSL-YAML, 1,000 entries", (_both("line"), _list("PyYAML", _pyyaml), _list("ruamel.yaml", _ruamel), _tree("markdown"))),
    "hayagriva": ("Hayagriva, 1,000 entries", (
        _both("line"), _list("PyYAML", _pyyaml), _list("ruamel.yaml", _ruamel))),
    "ris": ("RIS, 1,000 entries", (_both("line"), _list("rispy", _rispy), _row("pandoc", _pandoc_list("ris"), _pandoc_listed))),
    "nbib": ("NBIB, 1,000 entries", (_both("line"), _list("nbib", _nbib), _list("Biopython", _biopython, "biopython"))),
    "endnote": ("EndNote XML, 1,000 entries", (
        _both("line"), _list("endnote-utils", _endnote_utils), _row("lxml", _lxml, _as_it_is, where="line"),
        _row("pandoc", _pandoc_list("endnotexml"), _pandoc_listed))),
}  # fmt: skip
"""The format by the name used here, what is read, and by whom; ours first."""


def make(folder: Path) -> dict[str, Path]:
    """Write the documents; the file of each format of ``ROWS``."""
    refs = documents.bib(300).replace("key50\n", "key50,\n").replace("key150\n", "key150,\n").replace("key250\n", "key250,\n")
    texts = {
        "md": ("a.md", documents.markdown(100)), "ipynb": ("a.ipynb", documents.notebook(100)), "typ": ("a.typ", documents.typst(100)),
        "jats": ("jats.xml", documents.jats(100)), "tei": ("tei.xml", documents.tei(100)), "html": ("a.html", documents.html(100)),
        "bib": ("a.bib", documents.bib(1000)), "csl-json": ("a.json", documents.csl_json(1000)), "csl-yaml": ("csl.yaml", documents.csl_yaml(1000)),
        "hayagriva": ("hayagriva.yml", documents.hayagriva(1000)), "ris": ("a.ris", documents.ris(1000)), "nbib": ("a.nbib", documents.nbib(1000)),
        "endnote": ("endnote.xml", documents.endnote(1000)), "refs": ("refs.bib", refs),
    }  # fmt: skip
    data = {
        **{name: (file, text.encode()) for name, (file, text) in texts.items()},
        "docx": ("a.docx", documents.docx(100)),
        "odt": ("a.odt", documents.odt(100)),
        "pdf": ("a.pdf", documents.pdf(30)),
        "epub": ("a.epub", documents.epub(100)),
    }
    made = {}
    for name, (file, content) in data.items():
        made[name] = folder / file
        made[name].write_bytes(content)
    made["tex"] = documents.thesis(folder, 300, 20)
    return made


def _processor_time() -> float:
    """Seconds of processor time of this process and of those it has waited for: other work on the machine does not count."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def measure(reader: Reader, path: Path) -> dict[str, Any]:
    """Run in a process of its own: seconds, the peak of memory in MB, and what was kept."""
    seconds: list[float] = []
    found: Any = None
    with contextlib.redirect_stderr(io.StringIO()):
        while len(seconds) < 5 and sum(seconds) < 8:
            begin = _processor_time()
            found = reader.read(path)
            seconds.append(_processor_time() - begin)
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    peak = max(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    kept = reader.kept(found)
    text = " ".join(kept.text.split())
    dois = len({one.rstrip(".,") for one in re.findall(r"10\.1000/jds\.\d+", text)})
    try:
        shown = version(reader.package)
    except PackageNotFoundError:
        shown = ""
    return {
        "seconds": min(seconds),
        "peak": peak // 1024,
        "version": shown,
        "text": len(set(re.findall(r"The watershed p(\d{4}) was dry", text))),
        "notes": len(set(re.findall(r"Note f(\d{4}) was kept", text))),
        "gone": len(re.findall(r"Gone g\d{4}", text)),
        "citations": kept.citations,
        "entries": kept.entries if kept.entries is not None else dois or None,
        "accents": "Müller" in text,
    }


def main(formats: list[str]) -> None:
    """Print a Markdown table of every reader that is installed."""
    unknown = [name for name in formats if name not in ROWS]
    if unknown:
        raise SystemExit(f"no format '{unknown[0]}'; known: {', '.join(ROWS)}")
    with tempfile.TemporaryDirectory() as name:
        paths = make(Path(name))
        print("| | reader | s | MB | paragraphs | notes | citations | entries | not text | places |")
        print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
        for form in formats or ROWS:
            title, readers = ROWS[form]
            for number, reader in enumerate(readers):
                command = [sys.executable, "-W", "ignore", "-m", "benchmarks.compare", form, reader.name, str(paths[form])]
                done = subprocess.run(command, capture_output=True, check=False, timeout=600)
                if done.returncode:
                    print(f"{reader.name}: not measured: {done.stderr.decode().strip().splitlines()[-1:]}", file=sys.stderr)
                    continue
                got = json.loads(done.stdout.splitlines()[-1])
                shown = [got["text"], got["notes"], got["citations"], got["entries"], got["gone"]]
                cells = " | ".join("–" if one is None else f"{one:,}" for one in shown)
                release = (
                    f" {got['version']}" if got["version"] and reader.name != "refaudit" and not reader.name[-1].isdigit() else ""
                )
                print(
                    f"| {title if number == 0 else ''} | {reader.name}{release} | {got['seconds']:.2f} | {got['peak']} | {cells} | {reader.where} |",
                    flush=True,
                )


def one(arguments: list[str]) -> None:
    """The process that measures one reader."""
    form, name, path = arguments
    reader = next(one for one in ROWS[form][1] if one.name == name)
    print(json.dumps(measure(reader, Path(path))))


if __name__ == "__main__":
    one(sys.argv[1:])
