"""What the text says where a work is cited: who cites an entry, and the sentence around a citation. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from refaudit.model import FileReport, Finding, Span
from refaudit.report.escape import one_line

_AROUND = 160  # characters of the text on either side of a citation that are quoted
_STOP = re.compile(r"[.?!][\"”’)\]]{0,2}(\s{1,20})")  # where a sentence may end: the next one begins with a capital


def cited_by(file: FileReport) -> dict[str, list[str]]:
    """The citations that reach each entry, in the order of the text."""
    found: dict[str, list[str]] = {}
    for link in file.links:
        for identity in link.references:
            known = found.setdefault(identity, [])
            if link.citation not in known:
                known.append(link.citation)
    return found


def sentence(file: FileReport, found: Finding, citing: Mapping[str, Sequence[str]]) -> str:
    """The sentence of the text that a finding is about, in one line; "" where no citation stands behind it.

    For a finding about an entry it is the sentence that cites the entry first; ``citing`` is what `cited_by` gave.
    """
    citations = found.citations or [cited for identity in found.references[:1] for cited in citing.get(identity, ())]
    spans = [citation.span for citation in file.citations if citation.id in citations[:1]]
    if not spans or file.document is None:
        return ""
    text, span = file.document.text, spans[0]
    blocks = (block.span for block in file.document.blocks if block.span.start <= span.start < block.span.end)
    block = next(blocks, Span(text.rfind("\n\n", 0, span.start) + 1, max(span.end, text.find("\n\n", span.end))))
    before = text[max(block.start, span.start - _AROUND) : span.start]
    after = text[span.end : min(max(block.end, span.end), span.end + _AROUND)]
    starts = [match.end() for match in _STOP.finditer(before) if (before + text[span.start])[match.end()].isupper()]
    ends = [match.start(1) for match in _STOP.finditer(after) if not after[match.end() :] or after[match.end()].isupper()]
    lead = before[starts[-1] :] if starts else ("…" if len(before) == _AROUND else "") + before
    tail = after[: ends[0]] if ends else after + ("…" if len(after) == _AROUND else "")
    return one_line(lead + text[span.start : span.end] + tail).strip()
