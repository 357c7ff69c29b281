"""MyST's citations in Markdown and notebooks: roles as sphinxcontrib-bibtex and mystmd define them, and their lists.

``{cite}`a,b```, ``{cite:p}`{see}a{p. 3}```, ``{footcite}`a``` and a ``{bibliography}`` directive that may name files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from refaudit.model import Citation, CitedItem, Span, System
from refaudit.readers.databases.entry_records import fold

_ROLE = re.compile(r"\{(?:foot)?cite(?::[a-z]{1,12}|[pt]s?)?\}(?P<ticks>`{1,3})(?P<keys>[^`]{1,2000})(?P=ticks)(?!`)")
_KEY = re.compile(
    r"(?:(?<![ \t\r\n])[ \t\r\n]+)?(?:\{(?P<prefix>[^{}]{0,200})\})?(?P<key>[^\s,{}`][^,{}`]*)(?:\{(?P<locator>[^{}]{0,200})\})?"
)
_DIRECTIVE = re.compile(r"^[ \t]*(?:`{3,}|:{3,})[ \t]*\{(?:foot)?bibliography\}[ \t]*(?P<files>[^\r\n]*)", re.MULTILINE)


def cites(text: str) -> bool:
    """Whether a text holds a role that cites."""
    return _ROLE.search(text) is not None


def citations(text: str, codes: Sequence[Span]) -> tuple[Citation, ...]:
    """The roles in ``text`` that cite, outside the stretches of code (a role's own backticks make one that begins in it)."""
    blocks = sorted(codes)
    found: list[Citation] = []
    index = 0
    for match in _ROLE.finditer(text):
        while index < len(blocks) and blocks[index].end <= match.start():
            index += 1
        if index < len(blocks) and blocks[index].start <= match.start():
            continue
        at = match.start("keys")
        items = tuple(
            CitedItem(
                span=Span(at + key.start("key"), at + key.start("key") + len(key["key"].rstrip())),
                key=fold(key["key"]),
                prefix=fold(key["prefix"] or ""),
                locator=fold(key["locator"] or ""),
            )
            for key in _KEY.finditer(match["keys"])
        )
        if items:
            found.append(Citation(id="", span=Span(*match.span()), text=match[0], system=System.KEY, items=items))
    return tuple(found)


def directives(source: str) -> list[str]:
    """The files that the ``{bibliography}`` directives of a source name."""
    return [name for match in _DIRECTIVE.finditer(source) for name in match["files"].split() if "." in name]
