"""Which format a file is in, by its suffix and by its content; content wins where a suffix cannot be right."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import islice
from pathlib import PurePath

SUFFIXES = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".mdown": "md", ".qmd": "md", ".rmd": "md", ".myst": "md",
    ".tex": "tex", ".ltx": "tex", ".lhs": "tex", ".latex": "tex", ".bbl": "tex", ".bib": "bib", ".bibtex": "bib", ".biblatex": "bib",
    ".rnw": "tex", ".snw": "tex", ".mkii": "context", ".mkiv": "context", ".mkvi": "context", ".mkxl": "context", ".mklx": "context", ".lmtx": "context",
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".rtf": "rtf", ".xml": "jats", ".nxml": "jats",
    ".ris": "ris", ".nbib": "nbib", ".json": "csl-json", ".yaml": "yaml", ".yml": "yaml",
    ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html", ".epub": "epub",
    ".odt": "odt", ".fodt": "odt", ".ipynb": "ipynb", ".typ": "typst", ".org": "org", ".tei": "tei", ".zip": "zip", ".tar": "tar", ".gz": "tar", ".tgz": "tar",
    ".wiki": "wikitext", ".mediawiki": "wikitext", ".wikitext": "wikitext",
    ".rst": "rst", ".rest": "rst", ".adoc": "asciidoc", ".asciidoc": "asciidoc", ".asc": "asciidoc",
    ".bz2": "tar", ".xz": "tar",
}  # fmt: skip
"""Suffix to format. ``.xml``, ``.json`` and ``.yaml`` are looked into."""

# Signs of Markdown that plain text hardly ever shows: headings, strong text, links, autolinks, escapes, raised numbers.
_MARKDOWN = re.compile(
    rb"^#{1,6} \S|\*\*[^\s*][^*\n]{0,200}\*\*|\]\(https?:|<https?://[^\s<>]+>|\w\\_\w|\^\[?[\d,]{1,20}[\]^]", re.MULTILINE
)
_ENOUGH = 3
# ConTeXt and LaTeX share a suffix. What only ConTeXt has, in the part of a file that sets it up.
_CONTEXT = re.compile(
    rb"^[ \t]*\\(?:start(?:text|component|product|project|environment|setups|chapter|section|part|subject)|stop(?:text|component)"
    rb"|usebtxdataset|setup(?:bodyfont|papersize|layout|head|btx|publications|bibtex|interaction|whitespace)[A-Za-z]*"
    rb"|(?:environment|component|product)[ \t]+[\w./\-]+[ \t]*\r?$)(?![A-Za-z])",
    re.MULTILINE,
)
_LATEX = re.compile(rb"^[^%\n]{0,300}\\(?:document(?:class|style)|begin[ \t]*\{|usepackage|cite[a-z]*\{)", re.MULTILINE)
_LOOKED_AT = 200_000
_BINARY = {"docx", "rtf", "odt", "epub", "pdf", "zip", "tar"}


def detect_format(path: str, data: bytes) -> str:
    """The format of a file. What is certain from its first bytes overrules the suffix."""
    name = SUFFIXES.get(PurePath(path).suffix.lower(), "")
    found = by_content(data)
    if found and (found in _BINARY or not name or name in ("jats", "csl-json", "csl-yaml", "txt")):
        return found
    if name in _BINARY and not found and not data.startswith(b"\xd0\xcf\x11\xe0"):
        return name if b"\0" in data[:4096] else "txt"
    name = name or "txt"
    if name == "tex" and _CONTEXT.search(head := data[:_LOOKED_AT]) and not _LATEX.search(head):
        return "context"
    if name == "txt" and sum(1 for _ in islice(_MARKDOWN.finditer(data), _ENOUGH)) >= _ENOUGH:
        return "md"  # texts converted from PDF are often Markdown named .txt
    return name


def by_content(data: bytes) -> str:
    """The format that the content shows beyond doubt, "" when it shows none."""
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if data.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ")) or data[257:262] == b"ustar":
        return "tar"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "docx"  # old Word or encrypted: its reader says so
    head = data[:4000].decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        return _markup(head, data)
    if re.match(r"\\(?:documentclass|documentstyle|begin|RequirePackage)\b", head):
        return "tex"
    if re.match(r"(?:%[^\n]*\n\s*)*@[A-Za-z]{3,20}\s*\{\s*[^\s,{}=]+\s*,", head):
        return "bib"
    if re.match(r"TY  - ", head):
        return "ris"
    if re.match(r"PMID- ?\d", head):
        return "nbib"
    if re.match(r"[\[{]", head):
        return _json(data)
    return ""


def _zip(data: bytes) -> str:
    """The kind of zip container by its members' names."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist()[:5000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        head = data[:4000]  # cut off: the list of members stands at the end, and these stand at the beginning
        marks = {"docx": b"word/", "epub": b"application/epub+zip", "odt": b"application/vnd.oasis.opendocument.text"}
        return next((name for name, mark in marks.items() if mark in head), "zip")
    if any(name.startswith("word/") for name in names) and "[Content_Types].xml" in names:
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    if "content.xml" in names and ("mimetype" in names or "meta.xml" in names):
        return "odt"
    return "zip"


def _markup(head: str, data: bytes) -> str:
    low = head.lower()
    if re.search(r"<!doctype\s+html|<html[\s>]", low):
        return "html"
    if re.search(r"<(?:\w+:)?tei[\s>]|<teicorpus", low):
        return "tei"
    if re.search(r"<xml>\s*<records>|<records>\s*<record>", low):
        return "endnote"
    if re.search(r"<!doctype\s+(?:article|book)|<(?:article|book|book-part-wrapper|pmc-articleset)[\s>]", low):
        return "jats" if b"<front" in data or b"<ref-list" in data or b"<book-meta" in data or b"<body" in data else "html"
    if re.search(r"<office:document[\s>]", low):
        return "odt"
    if low.startswith("<?xml"):
        return ""
    return "html" if re.search(r"<(?:body|head|div|p|h1|article|section)[\s>]", low) else ""


def _json(data: bytes) -> str:
    head = data[:20000]
    if re.search(rb'"(?:nbformat|cells)"\s*:', data[:2000]) or (b'"cell_type"' in head and b'"cells"' in head):
        return "ipynb"
    if re.search(rb'"(?:author|issued|container-title|DOI|citation-key|title)"\s*:', head) and re.search(
        rb'"(?:id|type)"\s*:', head
    ):
        return "csl-json"
    return ""
