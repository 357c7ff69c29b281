"""Archives of a manuscript's project (.zip, .tar.gz, as arXiv gives them): the main document is found and read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import posixpath
import re
import tarfile
import zlib
from pathlib import PurePosixPath

from refaudit.errors import InputError
from refaudit.model import Document
from refaudit.readers.project_files import LIMIT, Files
from refaudit.readers.zip_container import MAX_MEMBERS, MAX_TOTAL, Container

_WANTED = frozenset(
    ".tex .ltx .mkii .mkiv .mkvi .mkxl .mklx .lmtx .bib .bbl .md .qmd .rmd .typ .docx .odt .html .htm .xml .pdf .txt .yml .yaml .json .ipynb .ris .nbib".split()
)
_TEX = (".tex", ".ltx", ".mkiv", ".mkxl", ".mkvi", ".mklx", ".lmtx", ".mkii")
_ORDER = (*_TEX, ".typ", ".qmd", ".rmd", ".md", ".docx", ".odt", ".ipynb", ".xml", ".html", ".htm", ".txt", ".pdf")
_MAIN_NAMES = re.compile(r"(?i)^(?:main|ms|paper|article|manuscript|thesis|root|index|report|draft)")
_COMMON = re.compile(r"(?i)^(?:readme|license|licence|changelog|contributing|code_of_conduct)")
_HEADED = re.compile(rb"\\document(?:class|style)\b|^[ \t]*\\start(?:text|product)(?![A-Za-z])", re.MULTILINE)


def read(path: str, data: bytes, _files: Files) -> Document:
    """The main document of an archive. Raises InputError when there is none or the archive is beyond the bounds."""
    from refaudit.readers import detect_format
    from refaudit.readers import read as read_file

    members = _zip(path, data) if data.startswith(b"PK") else _tar(path, data)
    main = _main(members)
    if main is None:
        raise InputError(f"{path}: holds no manuscript that can be read; unpack it and name the file")
    if detect_format(main, members[main]) in ("zip", "tar"):  # which may hold another, or itself
        raise InputError(f"{path}: holds another archive as '{main}'; unpack it and name the file")
    folder = posixpath.dirname(main)
    beside = {posixpath.relpath(name, folder or "."): content for name, content in members.items()}
    return read_file(f"{path}/{main}", members[main], files=Files(members=beside, shown=posixpath.join(path, folder)))


def _zip(path: str, data: bytes) -> dict[str, bytes]:
    container = Container(path, data, "zip")
    found: dict[str, bytes] = {}
    for name in container.names:
        if _takes(name):
            found[posixpath.normpath(name)] = container.read(name) or b""
    return found


def _takes(name: str) -> bool:
    """Members that a manuscript can need, with names that stay inside the archive."""
    normal = posixpath.normpath(name)
    return (
        not normal.startswith(("/", ".."))
        and "__MACOSX" not in name
        and not PurePosixPath(name).name.startswith(".")
        and PurePosixPath(name).suffix.lower() in _WANTED
    )


def _tar(path: str, data: bytes) -> dict[str, bytes]:
    content = _unpacked(path, data)
    found: dict[str, bytes] = {}
    left = MAX_TOTAL  # of a sparse member the archive holds less than what is read
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for count, member in enumerate(archive):
                if count > MAX_MEMBERS:
                    raise InputError(f"{path}: holds more than {MAX_MEMBERS:,} members and is not opened")
                if member.isreg() and _takes(member.name) and member.size <= LIMIT:
                    left -= member.size
                    if left < 0:
                        raise InputError(f"{path}: its contents are larger than {MAX_TOTAL // 1024 // 1024} MB and are not read")
                    stream = archive.extractfile(member)
                    found[posixpath.normpath(member.name)] = stream.read() if stream else b""
    except (tarfile.TarError, EOFError, ValueError, OSError, RecursionError) as error:
        if not found and (_HEADED.search(content[:200_000]) or b"\\begin" in content[:200_000]):
            return {"main.tex": content}  # arXiv packs a single source file without tar
        if not found:
            raise InputError(f"{path}: is damaged and cannot be unpacked") from error
    return found


def _unpacked(path: str, data: bytes) -> bytes:
    """The decompressed content, bounded: a bomb stops at the bound, not at the end of memory."""
    try:
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(data)) as stream:
                content = stream.read(MAX_TOTAL + 1)
        elif data.startswith(b"BZh"):
            with bz2.open(io.BytesIO(data)) as packed:
                content = packed.read(MAX_TOTAL + 1)
        elif data.startswith(b"\xfd7zXZ"):
            content = lzma.LZMADecompressor(memlimit=MAX_TOTAL).decompress(data, MAX_TOTAL + 1)
        else:
            content = data
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        raise InputError(f"{path}: is damaged and cannot be unpacked") from error
    if len(content) > MAX_TOTAL:
        raise InputError(f"{path}: its contents are larger than {MAX_TOTAL // 1024 // 1024} MB and are not read")
    return content


def _main(members: dict[str, bytes]) -> str | None:
    """The member that is the manuscript: LaTeX with a class before other formats, upper folders and usual names first."""
    best: tuple[tuple[int, bool, int, bool, int, str], str] | None = None
    for name, content in members.items():
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in _ORDER or not content.strip():
            continue
        if suffix in _TEX and not _HEADED.search(content[:200_000]):
            continue
        base = PurePosixPath(name).name
        rank = (
            _ORDER.index(suffix),
            bool(_COMMON.match(base)),
            name.count("/"),
            not _MAIN_NAMES.match(base),
            -len(content),
            name,
        )
        if best is None or rank < best[0]:
            best = (rank, name)
    return best[1] if best else None
