"""Pages whose letters stand for nothing: fonts without a usable map to characters. Told instead of read."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from refaudit.model import Problem
from refaudit.readers.pdf.geometry import UNMAPPED, Page

_LEAST = 80
"""Characters of a page below which nothing is said about it."""
_ODD = frozenset({"Sk", "So", "Sc", "Co", "Cn", "Lm", "No"})


def without_unreadable(pages: Sequence[Page]) -> tuple[list[Page], tuple[Problem, ...]]:
    """The pages with those emptied that cannot be read, and a problem that names them."""
    gone = [number for number, page in enumerate(pages, 1) if _unreadable(page)]
    if not gone:
        return list(pages), ()
    left_out = set(gone)
    kept = [replace(page, runs=()) if number in left_out else page for number, page in enumerate(pages, 1)]
    which, left = ("page", "it is") if len(gone) == 1 else ("pages", "they are")
    problem = Problem(
        message=f"the letters of {which} {_ranges(gone)} have no usable map to characters (what is copied from there is unreadable too): "
        f"{left} left out; export the file again with searchable text"
    )
    return kept, (problem,)


def _unreadable(page: Page) -> bool:
    letters = unmapped = odd = 0
    for run in page.runs:
        text = run.text.replace(" ", "")
        letters += len(text)
        if run.face & UNMAPPED:
            unmapped += len(text)
        if not text.isascii():
            odd += sum(_odd(char) for char in text if char > "\x7f")
    return letters >= _LEAST and (unmapped * 2 > letters or odd * 3 > letters)


def _odd(char: str) -> bool:
    """Whether a character hardly stands in a text of any language: signs, private ones, letters of phonetic notation."""
    return "\u0180" <= char <= "\u02ff" or unicodedata.category(char) in _ODD


def _ranges(numbers: Sequence[int]) -> str:
    """ "3, 5-9, 12" with en dashes."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    shown = [str(one) if one == two else f"{one}–{two}" for one, two in found[:20]]
    return ", ".join(shown) + (" …" if len(found) > 20 else "")
