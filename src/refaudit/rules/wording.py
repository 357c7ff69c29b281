"""How findings name entries and citations, in words the author of the text recognises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from refaudit.model import CitedItem, Name, Reference


def entry(reference: Reference) -> str:
    """A record of a database by the key that stands in it; else by label, else by authors and year, else by its first words.

    The key of a printed entry (an XML identifier, an address in somebody's library) tells its author nothing.
    """
    if reference.key and reference.key in reference.raw:
        return f"'{reference.key}'"
    if reference.label:
        return f"[{reference.label}]"
    names = reference.authors.value if reference.authors and reference.authors.value else ()
    year = reference.year.value if reference.year and reference.year.value else None
    if names and year:
        return f"“{people(names, et_al=reference.et_al)} {year}”"
    return quote(reference.raw)


def entries(references: Iterable[Reference]) -> str:
    """Several entries, as "[1], [6] and [9]", or "two entries “Lopez 2019”" where they are named alike."""
    named = [entry(reference) for reference in references]
    alike = list(dict.fromkeys(named))
    if len(alike) == 1 and len(named) > 1:
        return f"{_COUNTS.get(len(named), str(len(named)))} entries {alike[0]}"
    return listing(alike)


_COUNTS = {2: "two", 3: "three", 4: "four"}


def first_upper(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def item(cited: CitedItem) -> str:
    """A cited item as "[12]", "Siddiqa et al. 2024" or, where nothing is printed, "@key"."""
    if cited.label is not None:
        return f"[{cited.label}]"
    if cited.key and not cited.names:
        return f"@{cited.key}"
    who = people(cited.names, et_al=cited.et_al)
    return f"{who} {cited.year}".strip() if cited.year else who or cited.title


def people(names: Sequence[Name], *, et_al: bool = False) -> str:
    """Names as a citation prints them: one, two with "and", more with "et al."."""
    shown = [name.surname for name in names]
    if not shown:
        return ""
    if et_al or len(shown) > 2:
        return f"{shown[0]} et al."
    return " and ".join(shown)


def quote(text: str, limit: int = 60) -> str:
    """A text in quotation marks, cut at a word where it is long."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) > limit:
        text = text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
    return f"“{text}”"


def listing(words: Sequence[str], limit: int = 6) -> str:
    """ "a, b and c"; a long list is cut and its rest counted."""
    if len(words) > limit:
        return f"{', '.join(words[:limit])} and {len(words) - limit} more"
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
