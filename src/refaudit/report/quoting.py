"""What the text says where a work is cited: who cites an entry, and the sentence around a citation. Pure."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from refaudit.model import FileReport, Span
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


def sentences(file: FileReport) -> list[str]:
    """For each finding, in order, the sentence of the text that it is about, in one line; "" where no citation stands behind it.

    For a finding about an entry it is the sentence that cites the entry first.
    """
    if file.document is None:
        return [""] * len(file.findings)
    citing = cited_by(file)
    spans = {citation.id: citation.span for citation in file.citations}
    edges = sorted({edge for block in file.document.blocks for edge in (block.span.start, block.span.end)})
    told = []
    for found in file.findings:
        citations = found.citations or tuple(citing.get(found.references[0], ()) if found.references else ())
        span = spans.get(citations[0]) if citations else None
        told.append(_sentence(file.document.text, span, edges) if span else "")
    return told


def _sentence(text: str, span: Span, edges: Sequence[int]) -> str:
    """The sentence around ``span``; it crosses neither an edge of a block nor a blank line."""
    above = bisect.bisect_right(edges, span.start)
    below = bisect.bisect_left(edges, span.end)
    begin = max(span.start - _AROUND, edges[above - 1] if above else 0)
    end = min(span.end + _AROUND, edges[below] if below < len(edges) else len(text))
    before = text[begin : span.start].rpartition("\n\n")[2]
    after = text[span.end : end].partition("\n\n")[0]
    starts = [match.end() for match in _STOP.finditer(before) if (before + text[span.start])[match.end()].isupper()]
    ends = [match.start(1) for match in _STOP.finditer(after) if not after[match.end() :] or after[match.end()].isupper()]
    lead = before[starts[-1] :] if starts else ("…" if len(before) == _AROUND else "") + before
    tail = after[: ends[0]] if ends else after + ("…" if len(after) == _AROUND else "")
    return one_line(lead + text[span.start : span.end] + tail).strip()
