"""From a printed form to a pattern: the one reading of the tables of this room."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Scripts that set no space between words, so that a word has no border to ask for.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]$")


def pattern(form: str) -> str:
    """A form as a pattern: white space of any kind, none needed behind a stop; a closing stop may stand where the form has none."""
    escaped = re.sub(r"(\\\.)?\\ ", lambda space: r"\.\s{0,4}" if space[1] else r"\s{1,4}", re.escape(form))
    return escaped if form.endswith(".") or _UNSPACED.search(form) else rf"{escaped}(?!\w)\.?"


def any_of(forms: Iterable[str]) -> str:
    """Alternatives of ``pattern``, longer forms first."""
    return "|".join(pattern(form) for form in sorted(set(forms), key=lambda form: (-len(form), form)))


def listed(table: dict[str, str]) -> frozenset[str]:
    """The words of a table of languages."""
    return frozenset(word for words in table.values() for word in words.split())
