"""Lines put together to running text: ligatures parted, words divided at line ends made whole, addresses left unbroken."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from refaudit.readers.pdf.geometry import Line

_LIGATURES: dict[int, str | None] = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_LIGATURES |= {0x00A0: " ", 0x2028: " ", 0x2029: " ", 0xFFFE: "\x02", 0x00AD: "\x02", 0xFEFF: None, 0x200B: None}
_CONTROL = re.compile(r"[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WORD_END = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-‐\x02]$")
_WORD_START = re.compile(r"[^\W\d_]+")
_ADDRESS_END = re.compile(r"(?:https?:|www\.|10\.\d{4,9}/|doi\.org)[^\s<>]{0,400}$")
_ADDRESS_GOES_ON = re.compile(r"//|[^\s]*[\d/=&_%~?-][^\s]*|[a-z]+\.[a-z]|[a-z]{2,}\.?$")


def words(lines: Iterable[Line]) -> Counter[str]:
    """How often each word stands in the lines, in lower case."""
    return Counter(word for line in lines for word in _WORD_START.findall(line.text.translate(_LIGATURES).lower()))


def clean(text: str) -> str:
    """The text with ligatures parted and control characters out; hyphens of divided words are "\\x02"."""
    return text if text.isascii() and text.isprintable() else _CONTROL.sub("", text.translate(_LIGATURES))


def cleaned(line: Line) -> list[tuple[str, bool]]:
    """The pieces of a line with ligatures parted and control characters out, without white space at the ends."""
    pieces = [(clean(text), raised) for text, raised in line.pieces()]
    pieces[0] = (pieces[0][0].lstrip(), pieces[0][1])
    pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
    return [piece for piece in pieces if piece[0]] or [("", False)]


def joint(before: str, after: str, words: Counter[str]) -> str:
    """What stands between two lines: a space, nothing, or nothing with the hyphen taken back ("\\b")."""
    address = _ADDRESS_END.search(before[-450:])
    if address and not before.endswith((",", ";", ")")):
        follows = _ADDRESS_GOES_ON.match(after)
        if (
            before.endswith(("/", "-", "_", "=", "&", "?", ":", "\x02", "%"))
            or (follows and not before.endswith("."))
            or (before.endswith(".") and re.match(r"\d|[a-z]", after))
        ):
            return ""  # addresses are broken behind hyphens of their own
    match = _WORD_END.search(before[-60:])
    start = _WORD_START.match(after)
    if match and start and start[0][0].islower():
        joined = (match[1] + start[0]).lower()
        known = words[match[1].lower()] > 1 and words[start[0].lower()] > 1  # each counts once from these two lines
        return "" if known and not words[joined] else "\b"
    if before.endswith(("\x02", "-", "‐")) and (match or before[-2:-1].isdigit()):
        return ""
    if before.endswith(("–", "—", "/")) or after.startswith(("–", "—")):
        return ""
    return " "


_RANGES = re.compile(r"(?<=\d)e(?=\d)")
_PAGES = re.compile(r"[;:,]\s?\d{1,5}e\d{1,5}\b(?!\w)")
_DASHES = re.compile(r"[;:,]\s?\d{1,5}[–-]\d{1,5}\b")


def dashes(text: str) -> str:
    """The text with en dashes where its font prints the letter "e" for them: page ranges show it ("2008;135:816e23").

    Publishers' fonts of that kind have no other dash between digits: where page ranges have one, an "e" is an "e".
    """
    ranges = len(_PAGES.findall(text))
    if ranges < 4 or ranges < 3 * len(_DASHES.findall(text)):
        return text
    return _RANGES.sub("–", text)
