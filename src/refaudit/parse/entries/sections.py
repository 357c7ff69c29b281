"""Where the list of references stands: under a heading in any language, or at the end without one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from refaudit.model import BlockKind, Document, Span
from refaudit.parse.entries.author_year import early_year, name_form, name_like
from refaudit.parse.identifiers import DOI_BEGINS
from refaudit.parse.label import BULLET, LABEL
from refaudit.parse.years import YEAR, years_in
from refaudit.text import letters
from refaudit.words.headings import CLOSING, reference_heading

_LINE = re.compile(r"[^\r\n\f]+")

_VOLUME = re.compile(
    r"(?i)\b\d{1,4}\s?\(\s?\w{1,9}\s?\)|\b(?:vol|v|no|n|nr|pp?|S)\.\s?\d|\d\s?[:,]\s?e?\d+\s?[-–]\s?\d|[;:,]\s?\d{1,5}\s?[-–]\s?\d{1,5}\b"
)
_IDENTIFIER = re.compile(rf"(?i)\bdoi\b|\b{DOI_BEGINS}|https?://|\barxiv\b|\bisbn\b|www\.")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_NAME_START = re.compile(r"[\"“«(\[_*]*[^\W\d_a-zß-öø-ÿ][\w'’‐‑-]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text that is not blank: its stretch without outer white space, its indent, and the blank lines before it."""

    start: int
    end: int
    text: str
    indent: int
    blank: bool


@dataclass(frozen=True, slots=True)
class Region:
    """One stretch of the list: the lines of entries below a heading (``heading`` is None where there is none)."""

    heading: Span | None
    lines: tuple[Line, ...]

    @property
    def span(self) -> Span:
        """From the first entry to the end of the last."""
        return Span(self.lines[0].start, self.lines[-1].end)


def lines_of(document: Document) -> list[Line]:
    """The lines of a document, page furniture and code left out."""
    text = document.text
    skipped = sorted((b.span.start, b.span.end) for b in document.blocks if b.kind in (BlockKind.FURNITURE, BlockKind.CODE))
    starts = [start for start, _ in skipped]
    found: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        value = raw.strip()
        if not value:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        index = bisect_right(starts, start) - 1
        if index >= 0 and start + len(value) <= skipped[index][1]:  # a line may begin with code and go on
            continue
        gap = text[last : match.start()]
        found.append(
            Line(
                start,
                start + len(value),
                value,
                start - match.start(),
                gap.count("\n") + gap.count("\f") > 1 or gap.count("\r") > 1,
            )
        )
        last = match.end()
    return found


_CHAPTER = 60  # characters between two lists that are more than a heading
_LONG = 1500  # no entry has more to show than this


@lru_cache(maxsize=8192)  # a line is asked about by several hypotheses on where and how the list stands
def entry_score(text: str) -> int:
    """How much a line or paragraph reads like the beginning of an entry, 0-6: label, names, year, numbers, identifier, length."""
    label = LABEL.match(text)
    body = (text[label.end() :] if label else BULLET.sub("", text))[:_LONG]
    score = 1 if label else 0
    year = YEAR.search(body, 0, 400)
    head = body[: year.start()] if year else body[:60]
    if _NAME_START.match(body) and (
        re.match(r"[^\s,]+(?:\s[^\s,]+){0,3},\s|[^\s,]+\s[A-Z]{1,3}[,.\s]|(?:[A-Z]\.[\s-]?){1,3}\s?\S", body) or name_like(head)
    ):
        score += 1
    if year or years_in(body[:400]):
        score += 1
    if _VOLUME.search(body):
        score += 1
    if _IDENTIFIER.search(body):
        score += 1
    if 30 <= len(body) <= 700:
        score += 1
    return score


def find_lists(document: Document, lines: list[Line]) -> list[Region]:
    """The stretches of the list of references, in order; empty when the document has none."""
    headings = {b.span.start: b.level for b in document.blocks if b.kind is BlockKind.HEADING}
    notes = sorted((b.span.start, b.span.end) for b in document.blocks if b.kind is BlockKind.FOOTNOTE)
    regions: list[Region] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if reference_heading(line.text):
            end = _end_of_list(lines, index + 1, headings)
            entries = _without_notes(lines[index + 1 : end], notes)
            if entries and _reads_as_list(entries):
                regions.append(Region(Span(line.start, line.end), tuple(entries)))
                index = end
                continue
        index += 1
    if regions:
        return regions
    tail = _list_at_end(lines)
    return [tail] if tail else []


def _without_notes(entries: list[Line], notes: Sequence[tuple[int, int]]) -> list[Line]:
    """The lines of a list without the notes at the foot of its pages; a list that consists of notes keeps them."""
    if not notes:
        return entries
    starts = [start for start, _ in notes]
    kept = [line for line in entries if (at := bisect_right(starts, line.start) - 1) < 0 or line.start >= notes[at][1]]
    return kept if len(kept) * 2 >= len(entries) else entries


def chapters_of(document: Document, regions: Sequence[Region]) -> list[list[Region]]:
    """The stretches of the list by chapter: a new one begins where the same heading returns behind further running text.

    "Primary sources" and "Secondary sources" are parts of one list; "References" at the end of each chapter are several.
    """
    chapters: list[list[Region]] = []
    for region in regions:
        first = chapters[-1][0].heading if chapters else None
        again = (
            first is not None
            and region.heading is not None
            and letters(document.text[first.start : first.end])
            == letters(document.text[region.heading.start : region.heading.end])
            and region.heading.start - chapters[-1][-1].span.end >= _CHAPTER
        )
        if chapters and not again:
            chapters[-1].append(region)
        else:
            chapters.append([region])
    return chapters


def _reads_as_list(entries: list[Line]) -> bool:
    """A table of contents or a sentence below a heading is no list: several lines must read like entries."""
    texts: list[str] = []
    for line in entries[:60]:
        if texts and _ADDRESS.match(line.text) and not _ADDRESS.match(texts[-1]):
            texts[-1] += " " + line.text  # a page of the web and its address on a line of its own
        else:
            texts.append(line.text)
    scores = [entry_score(text) + bool(_ADDRESS.search(text)) for text in texts]
    good = sum(score >= 3 for score in scores)
    return good >= max(1, len(scores) // 12) and sum(scores) >= 1.2 * len(scores)


def _end_of_list(lines: list[Line], start: int, headings: dict[int, int]) -> int:
    """The first line behind the list: a heading that closes it, or where entries give way to prose."""
    for index in range(start, len(lines)):
        line = lines[index]
        if (line.start in headings and not _part_of_entry(line.text, lines[index + 1 : index + 2])) or CLOSING.match(line.text):
            following = list(takewhile(lambda other: not reference_heading(other.text), lines[index + 1 : index + 4]))
            if (
                reference_heading(line.text)
                or not following
                or max(entry_score(other.text) for other in following) < 3
                or CLOSING.match(line.text)
            ):
                return index
        elif line.blank and reference_heading(line.text):
            end = index  # the list of the next chapter, with its text before it
            while end > start + 1 and lines[end - 1].blank and not _surely_entry(lines[end - 1].text):
                end -= 1
            return end
        elif line.blank and len(line.text) > 700 and entry_score(line.text) <= 3 and _prose(line.text):
            return index
        elif line.blank and index > start and _appendix(lines, index):
            return index
        elif line.blank and index > start and len(line.text) >= _SENTENCES and _text_behind(lines, index):
            return index
    return len(lines)


def _part_of_entry(text: str, below: Sequence[Line]) -> bool:
    """Whether what looks like a heading on the page is a line of an entry: it goes on in lower case, dates something, or has an address below."""
    if below and _ADDRESS.fullmatch(below[0].text):
        return True
    return text[0].islower() or (entry_score(text) >= 3 and text.endswith((":", ".", ",", ">")))


_LETTERED = re.compile(r"(?P<letter>[A-Z])(?:\.\d{1,2})?[.:)]?\s{1,4}[A-Z][^\n]{3,90}[^\s.,;:\d]")
_SENTENCES = 150  # characters that two sentences take at least


def _appendix(lines: list[Line], index: int) -> bool:
    """Whether a line is the lettered heading of a first appendix ("A  Prompts of the survey") with text below it."""
    line = lines[index]
    match = _LETTERED.fullmatch(line.text)
    if match is None or match["letter"] != "A" or YEAR.search(line.text) or "," in line.text or re.search(r"\.\s", line.text[3:]):
        return False
    following = lines[index + 1 : index + 4]
    return bool(following) and all(entry_score(other.text) < 4 for other in following)


def _text_behind(lines: list[Line], index: int) -> bool:
    """Whether running text begins here (about the authors, a licence, notes of reviewers): no line from here reads like an entry."""
    text = lines[index].text
    if entry_score(text) > 2 or not _SENTENCE.search(text) or LABEL.match(text):
        return False
    rest = list(takewhile(lambda other: not reference_heading(other.text), lines[index + 1 : index + 41]))
    good = sum(entry_score(other.text) >= 3 for other in rest)
    return good <= len(rest) // 8 and not (good and entry_score(rest[0].text) >= 3)


# a sentence with a verb in it: more small words in a row than titles and names have
_SENTENCE = re.compile(r"(?:(?<![\w-])[a-zß-öø-ÿ]{1,20}[,]?\s){4}[^.\n]{0,200}[^\W\d_]{3}\.(?:\s+[A-Z]|$)")


def _prose(text: str) -> bool:
    """Running text: many sentences that begin with a capital after a lower-case word and a stop."""
    return len(re.findall(r"[a-zß-öø-ÿ]{3}[)\d]?\.\s+[A-Z][a-z]+\s[a-z]", text)) >= 5


def _list_at_end(lines: list[Line]) -> Region | None:
    """A list without heading: the last run of lines that nearly all read like entries."""
    best = len(lines)
    misses = hits = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if _surely_entry(line.text):
            hits += 1
            misses = 0
            best = index
        else:
            misses += 1
            if misses > 4 or len(line.text) > 900:
                break
    chosen = lines[best:]
    while chosen and entry_score(chosen[-1].text) < 2 and len(chosen[-1].text) > 200:
        chosen.pop()
    return Region(None, tuple(chosen)) if hits >= 3 and best > 0 and hits >= 0.5 * len(chosen) else None


def _surely_entry(text: str) -> bool:
    """Without a heading a line must begin with names and show more than prose does."""
    score = entry_score(text)
    if score < 3:
        return False
    label = LABEL.match(text)
    body = text[label.end() :] if label else BULLET.sub("", text)
    return score >= 4 or (name_form(body) not in ("words", "other", "quote") and (early_year(body) or years_in(body[-60:]) != []))
