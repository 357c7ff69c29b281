"""Lists that set the authors on a line of their own and each of their works, year first, below it.

So print American Antiquity, the American Anthropologist, Administrative Science Quarterly and others. Each work is an
entry, whose text begins with the names of the line above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from refaudit.parse.entries.author_year import early_year, name_like
from refaudit.parse.entries.sections import Line
from refaudit.parse.years import NUMBER

_DATED = re.compile(rf"[(\[]?(?:{NUMBER}[a-z]?(?![\w/–-])|n\. ?d\.|[Ii]n press|[Ff]orthcoming)[)\]]?[.,:]?\s+\S")
_LONGEST = 400  # characters of a line of authors
_MOST_LINES = 6  # lines that the authors of one work take


def works_below_authors(lines: Sequence[Line]) -> list[tuple[int, list[Line]]]:
    """The entries of such a list: how many lines at the beginning are the authors' (and may serve several), and all lines.

    Empty where the list is set otherwise: two lines of authors with a work below are needed, and hardly an entry may
    have names and year on one line.
    """
    dated = [bool(_DATED.match(line.text)) for line in lines]
    if sum(dated) < 2:
        return []
    heads = [_head(lines, dated, index) for index in range(len(lines))]
    pairs = sum(index > 0 and dated[index] and heads[index - 1] for index in range(len(lines)))
    if pairs < 2 or not heads[0] or 3 * sum(early_year(line.text) for line in lines if line.text[0].isupper()) > pairs:
        return []
    entries: list[tuple[int, list[Line]]] = []
    authors: list[Line] = []
    for index, line in enumerate(lines):
        if heads[index]:
            authors = [*authors, line] if index and heads[index - 1] else [line]
        elif dated[index] and authors:
            entries.append((len(authors), [*authors, line]))
        elif entries:
            entries[-1][1].append(line)
        else:
            return []
    return entries


def _head(lines: Sequence[Line], dated: Sequence[bool], index: int) -> bool:
    """Whether a line holds nothing but names, and a work stands below it (below the rest of the names)."""
    for further in range(index, min(index + _MOST_LINES, len(lines))):
        if dated[further]:
            return further > index
        text = lines[further].text
        if len(text) > _LONGEST or (text.endswith((".", "?")) and not _NAME_END.search(text)) or not name_like(text):
            return False
    return False


_NAME_END = re.compile(r"\b(?:[^\W\d_]|Jr|Sr|al|[Ee]ds?|Inc|Ltd|Co)\.$")
