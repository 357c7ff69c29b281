"""The author and editor fields of BibTeX: where one name ends and the next begins, and names that are several."""

from __future__ import annotations

import re

from refaudit.model import Span

NAMED = re.compile(r"(?i)(?:family|given|prefix|suffix)(?:-i)?\s*=")
"""How a name of BibLaTeX's extended format begins, whose parts are named."""
SUFFIXES = ("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV")

_AND = re.compile(r"[{}]|\\.|(?<=\s)(?i:and)(?=\s)", re.DOTALL)
_SIGN = re.compile(r"[{},;]|\\.|&[A-Za-z#0-9]{1,10};", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_][\w.'’\-]*(?:\s[^\W\d_][\w.'’\-]*){1,3}")


def parts(text: str) -> list[Span]:
    """The stretches of a field between the words "and" that stand outside braces."""
    found: list[Span] = []
    depth, at = 0, 0
    for match in _AND.finditer(text):
        sign = match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and sign.lower() == "and":
            found.append(Span(at, match.start()))
            at = match.end()
    return [*found, Span(at, len(text))]


def crowded(text: str) -> list[Span]:
    """The stretches that BibTeX reads as one name and that must be several, or an organisation without its braces.

    A name has two commas at most ("von Last, Jr, First"), so that three divide more than one; with two, each of the three parts
    must be a given and a family name. A semicolon never stands in a name.
    """
    found = []
    for part in parts(text):
        name = text[part.start : part.end]
        if NAMED.match(name.strip()):
            continue
        pieces, semicolons = _pieces(name)
        several = len(pieces) > 3 or (len(pieces) == 3 and all(map(_WORDS.fullmatch, pieces)) and not _suffixed(pieces))
        if several or semicolons:
            start = part.start + len(name) - len(name.lstrip())
            found.append(Span(start, start + len(name.strip())))
    return found


def _pieces(name: str) -> tuple[list[str], int]:
    """What stands between the commas of a name outside braces, without empty pieces, and how many semicolons divide it."""
    pieces: list[str] = []
    depth, at, semicolons = 0, 0, 0
    for match in _SIGN.finditer(name):
        sign = match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and sign in ",;":
            pieces.append(name[at : match.start()].strip())
            at = match.end()
            semicolons += sign == ";" and bool(name[at:].strip())
    pieces.append(name[at:].strip())
    return [piece for piece in pieces if piece], semicolons


def _suffixed(pieces: list[str]) -> bool:
    return any(piece.split()[-1] in SUFFIXES for piece in pieces)
