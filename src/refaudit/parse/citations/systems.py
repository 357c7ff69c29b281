"""Which system a text cites in, and its citations.

Each system reads the text as if it were the one in use; the share of the list that its reading reaches decides. A
second system is kept only where it reaches a good part of the list too: then the two compete in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from refaudit.model import BlockKind, Citation, Document, MarkKind, Span, System
from refaudit.parse.citations import author_page, notes, numeric
from refaudit.parse.citations.author_date import Finder
from refaudit.parse.citations.bare_digits import without_names
from refaudit.parse.citations.brackets import Found
from refaudit.parse.citations.numbers import Candidate
from refaudit.parse.entries.index import ListIndex
from refaudit.parse.entries.sections import Line, Region
from refaudit.parse.identifiers import DOI_BEGINS
from refaudit.parse.years import NUMBER
from refaudit.text import whole
from refaudit.words.prose import OWN_CITATION

_COMPETES = 0.2  # the share of the list that a second system must reach to count as one
_AT_LEAST = 0.15  # the share of the list that a numeric reading must reach to be believed
_NOTES = 5  # notes that are no accident
_UNLABELLED = 0.5  # the same where the list prints no numbers and its order stands for them
_COVER = "\ufffc"  # stands for each character of code: no letter, no digit, no space
_SHOWN = re.compile(r"[^\r\n\f]+")


# Formats that keep what is raised: bare digits behind words are citations there only where they reach nearly all of the list.
_KEEP_RAISED = frozenset({"docx", "odt", "html", "epub", "jats", "tei"})
_BARE_COVERS = 0.8


_OWN_LINE = 200  # characters between "How to cite" and the name of the first author


@dataclass(frozen=True, slots=True)
class Reading:
    """The citations of one system and the share of the list that they reach."""

    system: System
    found: Sequence[Found]
    share: float


def find_citations(
    document: Document, lines: Sequence[Line], regions: Sequence[Region], index: ListIndex, within: Span | None = None
) -> tuple[Citation, ...]:
    """The citations of the running text (of a stretch of it): everything but the list of references, code and formulas."""
    return _stamp(document, _readings(without_code(document), lines, regions, index, within or Span(0, len(document.text))))


def _readings(
    document: Document, lines: Sequence[Line], regions: Sequence[Region], index: ListIndex, within: Span
) -> list[Reading]:
    """The systems that the text cites in, mostly one."""
    stretches = [(max(start, within.start), min(end, within.end)) for start, end in _body(document, regions)]
    stretches = [(start, end) for start, end in stretches if end > start]
    named = _named(document, stretches, index, listed=bool(regions) or bool(index.heads))
    held = [(label, span) for label, span in notes.notes_of(document, lines) if within.start <= span.start < within.end]
    numbered, competes = _numbered(document, stretches, index, noted=len(held) >= _NOTES)
    if not index.heads:
        return [numbered] if numbered.found and not named.found else [named]
    others = [numbered, _keyed(document, stretches, index)]
    if named.share < 0.5 and (numbered.share < 0.5 or not index.labels):
        noted = _noted(document, held, index)
        if noted.share >= _COMPETES and not index.labels:  # raised numbers are the marks of the notes
            others = [noted]
        others += [noted, _paged(document, stretches, index)]
    best = max(others, key=lambda reading: reading.share)
    least = _UNLABELLED if best is numbered and not index.labels else _AT_LEAST
    if best.found and best.share > max(named.share, least):
        both = best is numbered and named.share >= _COMPETES and len(named.found) >= 4
        return [best, named] if both else [best]
    return [named, numbered] if competes else [named]


def without_code(document: Document) -> Document:
    """The document with code and formulas covered: what stands in brackets there ("x[1]", "$[0, 1]$") is no citation."""
    text = document.text
    parts: list[str] = []
    at = 0
    for span in sorted(block.span for block in document.blocks if block.kind is BlockKind.CODE):
        start = max(at, span.start)
        if span.end > start:
            parts += (text[at:start], _SHOWN.sub(lambda match: _COVER * len(match.group()), text[start : span.end]))
            at = span.end
    return replace(document, text="".join([*parts, text[at:]])) if parts else document


def _body(document: Document, regions: Sequence[Region]) -> list[tuple[int, int]]:
    """The stretches outside the list."""
    found, at = [], 0
    for region in regions:
        found.append((at, (region.heading or region.span).start))
        at = region.span.end
    found.append((at, len(document.text)))
    return [(start, end) for start, end in found if end > start]


def _named(document: Document, stretches: Sequence[tuple[int, int]], index: ListIndex, *, listed: bool) -> Reading:
    finder = Finder(document.text, index, listed=listed)
    found = [one for start, end in stretches for one in finder.find(start, end)]
    reached = set()
    for one in found:
        for item in one.items:
            best = index.matches(item.names, item.et_al, item.year)
            if best and best[0].linked:
                reached.add(best[0].entry)
    return Reading(System.AUTHOR_DATE, found, len(reached) / max(1, len(index.heads)))


def _numbered(document: Document, stretches: Sequence[tuple[int, int]], index: ListIndex, *, noted: bool) -> tuple[Reading, bool]:
    """The numeric reading, and whether its form is one that can compete with names in the same text.

    Where the list prints no numbers, raised ones are the marks of notes if the text has notes (``noted``), or if they count
    up one by one while the list is in the order of the alphabet.
    """
    raised = [mark.span for mark in document.marks if mark.kind is MarkKind.SUPERSCRIPT]
    found: dict[numeric.Form, list[Candidate]] = {form: [] for form in numeric.Form}
    for start, end in stretches:
        for form, places in numeric.candidates(document.text, start, end, raised).items():
            found[form].extend(places)
    known = frozenset(number for label in index.labels if (number := whole(label)) is not None) or frozenset(
        range(1, len(index.heads) + 1)
    )
    if not known:
        own = found[numeric.Form.SQUARE]
        rising = numeric.fit(own, frozenset(number for place in own for number, _ in place.numbers if number < 500)).order >= 0.8
        own = own if len(own) >= 3 and rising else []
        return Reading(System.NUMERIC, [numeric.as_found(place) for place in own], 1.0), False
    found[numeric.Form.BARE] = without_names(document.text, found[numeric.Form.BARE], index)
    best, _ = numeric.choose(document.text, found, known)
    if best is None:
        return Reading(System.NUMERIC, [], 0.0), False
    places = numeric.settle(document.text, best, found[best], known)
    fit = numeric.fit(places, known)
    if best is numeric.Form.BARE and document.format in _KEEP_RAISED and (fit.coverage < _BARE_COVERS or fit.order < 0.9):
        return Reading(System.NUMERIC, [], 0.0), False
    like_notes = noted or (index.alphabetical and numeric.counts_like_notes(places))
    if like_notes and best is not numeric.Form.SQUARE and not index.labels:
        return Reading(System.NUMERIC, [], 0.0), False
    reading = Reading(System.NUMERIC, [numeric.as_found(place) for place in places], fit.coverage)
    return reading, best is numeric.Form.SQUARE and fit.coverage >= _COMPETES and fit.order >= 0.8


def _keyed(document: Document, stretches: Sequence[tuple[int, int]], index: ListIndex) -> Reading:
    labels = frozenset(label for label in index.labels if not label.isdigit())
    found = [one for start, end in stretches for one in numeric.keyed(document.text, start, end, labels)] if labels else []
    reached = {item.label for one in found for item in one.items} & labels
    return Reading(System.NUMERIC, found, len(reached) / max(1, len(index.heads)))


def _noted(document: Document, held: Sequence[tuple[str, Span]], index: ListIndex) -> Reading:
    found = notes.note_citations(document, held, index)
    return Reading(
        System.FOOTNOTE, found, author_page.reached(found, index) / max(1, len(index.heads)) if len(found) >= 3 else 0.0
    )


def _paged(document: Document, stretches: Sequence[tuple[int, int]], index: ListIndex) -> Reading:
    found = author_page.author_page(document.text, stretches, index)
    return Reading(
        System.AUTHOR_DATE, found, author_page.reached(found, index) / max(1, len(index.heads)) if len(found) >= 3 else 0.0
    )


def _stamp(document: Document, readings: Sequence[Reading]) -> tuple[Citation, ...]:
    both = sorted(
        (
            (found, reading.system)
            for reading in readings
            for found in reading.found
            if not _of_the_paper_itself(document.text, found.span.start)
        ),
        key=lambda pair: pair[0].span,
    )
    return tuple(
        Citation(
            id=f"c{number}",
            span=found.span,
            text=document.text[found.span.start : found.span.end],
            system=system,
            items=found.items,
            flaw=found.flaw,
        )
        for number, (found, system) in enumerate(both, start=1)
    )


_OWN_HEADING = re.compile(r"(?im)^[ \t]*(?:how to cite(?: this article)?|cite this article(?: as)?|citation)[ \t]*:[ \t]*\n\s*")
_GIVEN = re.compile(r"\s*(?:[^\W\d_a-z][\w.'’-]{0,20}\s){0,3}")  # given names before the name at which a citation begins
_STOP = re.compile(r"[^\W\d_]{3}[.?!]\s")
# "Arlov, A. (2020, January 22). Soil data (Version 1.2). North Archive. https://doi.org/...": a paragraph that is a reference itself.
_WHOLE_REFERENCE = re.compile(
    rf"[^()\n]{{3,120}}\({NUMBER}[a-z]?(?:,\s[^()\n]{{3,20}})?\)\.\s+[^\W\d_a-z\d][^\n]{{10,400}}?(?:https?://|doi:|\b{DOI_BEGINS})[^\s]{{3,200}}\s*(?:\n|$)"
)


def _of_the_paper_itself(text: str, at: int) -> bool:
    """Whether a place belongs to a full reference of the paper itself (or of its data) that stands in the text.

    That is so behind "How to cite:" or "Citation:", and in a paragraph that is a whole reference with its address.
    """
    start = max(text.rfind("\n", 0, at) + 1, at - _OWN_LINE)
    if OWN_CITATION.search(text, start, at):
        return True
    headed = _OWN_HEADING.search(text, max(0, at - _OWN_LINE), at)
    if headed and not _STOP.search(text, headed.end(), at):
        return True
    return bool(_GIVEN.fullmatch(text, start, at)) and bool(_WHOLE_REFERENCE.match(text, at))
