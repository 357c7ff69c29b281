"""Which names belong to a year: those before it in its bracket, or before the bracket that it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from refaudit.model import Name
from refaudit.parse.citations.names import Names, Token, backwards, read, tokens
from refaudit.parse.entries.index import ListIndex
from refaudit.words import connectors, roles
from refaudit.words.circa import CIRCA

_AND = connectors.CONNECTORS - {"with", "a", "i", "u", "u."}
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
# The end of a paragraph behind which a list of names goes on.
_NAMES_GO_ON = re.compile(r"(?:[,&(\[–-]|\b(?:[^\W\d_a-z]\.|and|et|und|y|e|von|van|der|den|de|del|della|di|da|la|le|al|of))$")


def names_before(text: str, index: ListIndex, at: int, floor: int) -> Names | None:
    """The names that end where a year or its bracket begins, not before ``floor``."""
    role = roles.BRACKET.search(text, max(floor, at - 14), at)
    at = role.start() if role else at
    floor = _paragraph_start(text, floor, at)
    found = tokens(text, floor, at)
    if floor > 0 and found and text[floor - 1].isalnum() and found[0].start == floor:
        found = found[1:]
    start = backwards(found, bracketed=False, semicolons=True, surnames=index.surnames)
    if start >= len(found):
        return None
    chosen = found[start:]
    while chosen and chosen[-1].kind == "mark":
        chosen = chosen[:-1]
    return read(text, _trim(text, index, chosen), index.knows)


def _paragraph_start(text: str, floor: int, at: int) -> int:
    """Where names before ``at`` may begin: not before the paragraph, unless a page or line ends within them.

    A heading set as a plain paragraph stands before the names without a stop: "... Not Wholly Equal / Arlov and Benko (2014)".
    """
    border = max(_PARAGRAPH.finditer(text, floor, at), key=re.Match.start, default=None)
    if border is None or not text[border.end() : at].strip() or _NAMES_GO_ON.search(text, floor, border.start()):
        return floor
    return border.end() if text[border.end()].isupper() else floor


def _trim(text: str, index: ListIndex, chosen: list[Token]) -> list[Token]:
    """Prose gives a narrative citation capitalised words too many: "In Europe, Smith and Jones (2010)"."""
    commas = [i for i, token in enumerate(chosen) if token.kind == "mark" and token.text in ",;"]
    joined = any(token.text.casefold() in _AND for token in chosen) or any(t.kind == "etal" for t in chosen)
    whole = read(text, chosen, index.knows)
    if whole and index.knows(whole.names[0]):
        return chosen
    for first in range(1, len(chosen)):  # the longest tail whose first name the list knows; never one half of "A and B"
        if chosen[first - 1].text.casefold() in _AND:
            break
        if chosen[first].kind not in ("name", "lower") or chosen[first].text.casefold() in _AND:
            continue
        if chosen[first].kind == "lower" and (first + 1 >= len(chosen) or chosen[first + 1].kind != "name"):
            continue
        tail = read(text, chosen[first:], index.knows)
        if tail and index.knows(tail.names[0]):
            return chosen[first:]
    if commas and not joined:
        return chosen[commas[-1] + 1 :]
    return chosen


def names_in_bracket(text: str, index: ListIndex, start: int, end: int) -> Names | None:
    """The names of ``text[start:end]``, a stretch of a bracket that ends at a year."""
    role = roles.BRACKET.search(text, max(start, end - 14), end)
    found = tokens(text, start, role.start() if role else end)
    if len(found) > 3 and [t.text for t in found[-3:-1:2]] == ["[", "]"] and found[-2].kind == "number":
        found = found[:-3]
    while found and (found[-1].text in ",.:;([*…" or (found[-1].kind == "lower" and found[-1].text in CIRCA)):
        found.pop()
    if len(found) > 4 and found[-1].text in ")]" and found[-2].text.isupper() and found[-3].text in "([":
        found = found[:-3]  # "American Psychiatric Association (APA), 2000"
    if not found:
        return None
    first = _whole(index, found, backwards(found, bracketed=True, semicolons=True, surnames=index.surnames))
    if first >= len(found):
        return _organisation(text, index, found) or _uncapitalised(index, found)
    organisation = _organisation(text, index, found)
    if organisation is not None:
        return organisation
    chosen = found[first:]
    while chosen and chosen[0].kind == "mark":
        chosen = chosen[1:]
    result = read(text, chosen, index.knows)
    if result and not index.knows(result.names[0]):
        # the list may know a shorter tail: "Data from Smith 2010", "Quito Jones 2011"
        trimmed = _trim(text, index, chosen)
        if trimmed is not chosen:
            shorter = read(text, trimmed, index.knows)
            if shorter and index.knows(shorter.names[0]):
                return shorter
    return result


def _organisation(text: str, index: ListIndex, found: Sequence[Token]) -> Names | None:
    """The whole stretch as a name that the list knows, lower-case words and commas included."""
    if len(found) < 2 or any(token.kind == "etal" for token in found):
        return None
    value = " ".join(text[found[0].start : found[-1].end].split())
    name = Name(literal=value)
    if len(value) >= 6 and found[0].kind == "name" and index.knows(name) and len(found) > 3:
        return Names((name,), False, found[0].start, found[-1].end, False, True)
    return None


def _whole(index: ListIndex, found: Sequence[Token], first: int) -> int:
    """Where a list of names really begins whose members read like other words ("First, Spitzer, & Williams", "Mayo")."""
    name = Name(family=found[0].text)
    plain = all(t.kind == "name" or t.text in ",&" or t.text.casefold() in _AND for t in found[:first])
    return 0 if first and plain and found[0].kind == "name" and index.knows(name) else first


def _uncapitalised(index: ListIndex, found: Sequence[Token]) -> Names | None:
    """A lower-case word before a year that is a first author of the list ("hooks, 1994")."""
    name = Name(family=found[-1].text)
    if found[-1].kind != "lower" or len(found[-1].text) < 3 or not index.knows(name):
        return None
    return Names((name,), False, found[-1].start, found[-1].end, False, False)
