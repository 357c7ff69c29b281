"""Printed numbers as what they mean. Pure."""

from __future__ import annotations

import re

from refaudit.parse.pages import expand_pages
from refaudit.text import fold

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_RANGE = re.compile(r"(?:pp?\.? ?)?([0-9]{1,6}) ?- ?([0-9]{1,6})\.?")


def number_of(text: str) -> int | None:
    """An Arabic or Roman number."""
    flat = fold(text)
    if re.fullmatch(r"[0-9]{1,5}", flat):
        return int(flat)
    if not re.fullmatch(r"[ivxlcdm]{1,9}", flat):
        return None
    total = 0
    for index, char in enumerate(flat):
        value = _ROMAN[char]
        total += -value if index + 1 < len(flat) and _ROMAN[flat[index + 1]] > value else value
    return total


def page_range(pages: str) -> tuple[int, int] | None:
    """First and last page of a range of Arabic numbers, a shortened end written out; None for anything else."""
    match = _RANGE.fullmatch(fold(expand_pages(pages))) if pages else None
    return (int(match[1]), int(match[2])) if match else None
