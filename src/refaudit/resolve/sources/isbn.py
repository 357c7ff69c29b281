"""Numbers of books in one form. Pure."""

from __future__ import annotations

import re

from refaudit.parse.identifiers import isbn_ok


def as_13(text: str) -> str:
    """The thirteen digits of an ISBN of ten or thirteen (ISO 2108); "" where its check digit is wrong."""
    number = re.sub(r"[^0-9Xx]", "", text).upper()
    if not isbn_ok(number):
        return ""
    if len(number) == 13:
        return number
    core = "978" + number[:9]
    return core + str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(core)) % 10)
