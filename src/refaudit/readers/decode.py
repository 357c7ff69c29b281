"""Bytes to text: BOM, else strict UTF-8, else cp1252 with a notice (detectors mistake cp1252 for cp1250)."""

from __future__ import annotations

import codecs

from refaudit.errors import InputError
from refaudit.model import Problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(path: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file without BOM and without newline translation. Raises InputError for binary data."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding), ()
            except UnicodeDecodeError as error:
                raise InputError(f"{path}: begins as {encoding} but cannot be decoded; save it as UTF-8") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if _binary(data):
            raise InputError(f"{path}: is a binary file, not text; name its format with --input-format") from None
        text = data.decode("cp1252", errors="replace")
        return text, (Problem(message="not UTF-8: read as Windows-1252; save the file as UTF-8 to be sure"),)
    if _binary(data):
        raise InputError(f"{path}: is a binary file, not text; name its format with --input-format")
    return text, ()


def encode(data: bytes, text: str) -> bytes:
    """``text`` as the file ``data`` is written: its byte order mark and its encoding.

    Raises ValueError where that encoding has no sign for a character of ``text``.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return bom + text.encode(encoding)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("cp1252")
    return text.encode("utf-8")


def _binary(data: bytes) -> bool:
    """Many control characters in the first 64 KiB: no text has them (a stray NUL or form feed is no proof)."""
    head = data[:65536]
    odd = sum(head.count(bytes([code])) for code in range(32) if code not in (9, 10, 11, 12, 13, 27))
    return odd * 50 > len(head)
