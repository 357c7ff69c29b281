"""From labelled tokens to the fields of a reference."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from refaudit.model import Name, Parsed, Span, Year
from refaudit.parse.fields.features import Batch, Floats, Ints
from refaudit.parse.fields.names import organisation, split_names
from refaudit.parse.fields.tokens import CLASS, MONTH_WORDS, Token, class_of
from refaudit.parse.years import read_year
from refaudit.words import accessed, no_date
from refaudit.words.et_al import PATTERN as ET_AL
from refaudit.words.months import month_named

_KEYWORDS = frozenset(CLASS[name] for name in ("page", "volume", "issue", "in", "and", "edition"))
_MARKER = re.compile(
    r"(?:(?<!\s)\s+)?\[\s*(?:[A-Z]{1,2}(?:/[A-Z]{1,3})?|Internet|[Oo]nline|electronic resource|[Dd]ata ?set|(?:[Cc]omputer )?[Ss]oftware|[Vv]ideo)\s*\]"
)
_UNDATED = re.compile(rf"[(\[,.（［，]\s?\[?({no_date.WORDS})(?![^\W\d_])")
# "March 3, 2020", "12 de maio de 2019", "2020 Mar 3", "2020-03-03", "3/3/2020".
_MONTH = r"[^\W\d_]{3,10}\.?"
_DAY_FORMS = (
    rf"{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}(?:º|\.|st|nd|rd|th)? (?:de |of )?{_MONTH},? (?:de )?\d{{4}}|"
    rf"\d{{4}},? {_MONTH} \d{{1,2}}|"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
)
_ACCESS = re.compile(
    rf"\b(?:{accessed.ANNOUNCING})(?: on)?\s?:?,? ?({_DAY_FORMS})",
    re.IGNORECASE,
)
# "2019 Mar;45": a month that was taken for a part of the volume
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.?(?: \d{1,2})?\s?[;,:]\s?(?=\w)")
_MONTH_AFTER = re.compile(r"\s?([^\W\d_]{3,12})\.?(?: \d{1,2})?(?=\s?;)")
_ACCESS_DATE = re.compile(_DAY_FORMS)
# "12-19", "S225-S239", "e0132304", "xi-xx", "826-7, 829": ranges, further ones only with digits; words end the pages.
_PAGE = r"[A-Za-z]{0,4}[0-9]{1,8}[A-Za-z]{0,2}"
_SPAN = rf"{_PAGE}(?:\s?[-‐‑–—−]{{1,2}}\s?{_PAGE})?"
_PAGES = re.compile(rf"{_SPAN}(?:,\s?{_SPAN}){{0,6}}(?![^\W_])")
# what the labeller may leave before a number: the mark of GB/T ("[M]. 2nd"), "ed., Vol. 2", "ed., pp. 21", "H. 3"
_LEAD = re.compile(
    r"(?:[A-Z]{1,2}(?:/[A-Z]{2})?\]\.?\s*)?(?:(?:eds?|edn|[Vv]ols?|[Nn]os?|pp?|[Hh]|Heft|Jg|Bd|[Tt]|[ТтСс]|Вып|№)\.?[,:]?\s+){0,3}(?=\S)"
)
_PRINTED_ID = re.compile(r"[.,;(\s]{1,9}(?:ISBN|ISSN|PMID)(?:[- ]?1[03])?[:\s-]{0,3}\d")
_TWICE = re.compile(r"(?i)arxiv(?: e-?prints?| preprint)?(?=[ ,:]+arxiv[:., ]*$)")
_APOSTROPHES = re.compile(r"[\s.,]*'([^']+)'[\s.,]*")
_PAIRS = {")": "(", "]": "[", "”": "“", "»": "«"}
_EDGE = " \t\r\n,;:.·*_-–—/|"


class Segment(NamedTuple):
    """A run of tokens with one label: token indices in the entry, and the chance that the run begins and ends where it does.

    The chance is the least of the probabilities of the label for the words inside and of other labels for the words
    just outside; marks do not count, since values are read without them.
    """

    label: str
    first: int
    last: int
    confidence: float


_NEAR = 5  # tokens beyond a run in which the word just outside is looked for


def segments(group: Batch, names: tuple[str, ...], labels: Ints, chance: Floats) -> list[list[Segment]]:
    """The runs of equal labels of every entry; ``chance[i, c]`` is the probability of label ``c`` for token ``i``."""
    # a month between year and volume goes with either; the grammar of dates sets it right
    words = np.array([word[0].isalnum() and word.casefold() not in MONTH_WORDS for word in group.words], dtype=np.bool_)
    spoken, index = words[group.types], np.arange(group.size)
    first = np.repeat(group.first[:-1], np.diff(group.first))
    starts = np.append(True, (labels[1:] != labels[:-1]) | (first[1:] != first[:-1]))
    heads = np.flatnonzero(starts)
    ends = np.append(heads[1:], group.size)
    entry, label = first[heads], labels[heads]
    own = chance[index, labels]
    sure = np.minimum.reduceat(np.where(spoken, own, np.float32(2)), heads)
    sure = np.where(sure > 1, np.minimum.reduceat(own, heads), sure)
    before = np.maximum.accumulate(np.where(spoken, index, -1))[heads - 1]
    near = (heads > entry) & (before >= np.maximum(entry, heads - _NEAR))
    sure = np.minimum(sure, np.where(near & (labels[before] != label), 1 - chance[before, label], 1))
    after = np.minimum.accumulate(np.where(spoken, index, group.size)[::-1])[::-1][np.minimum(ends, group.size - 1)]
    near = (ends < group.size) & (after < ends + _NEAR)
    after = np.minimum(after, group.size - 1)
    near &= first[after] == entry
    sure = np.minimum(sure, np.where(near & (labels[after] != label), 1 - chance[after, label], 1))
    runs = list(
        map(Segment, [names[one] for one in label.tolist()], (heads - entry).tolist(), (ends - entry).tolist(), sure.tolist())
    )
    cuts = np.searchsorted(heads, group.first).tolist()
    return [runs[start:end] for start, end in pairwise(cuts)]


def read(raw: str, words: list[Token], runs: list[Segment]) -> dict[str, object]:
    """Field name -> ``Parsed`` for one entry, with ``et_al`` beside them."""
    fields: dict[str, object] = {}
    by_label: dict[str, list[Segment]] = {}
    for run in runs:
        by_label.setdefault(run.label, []).append(run)
    authors, et_al = _people(raw, words, [r for r in runs if r.label in ("author", "org")])
    if authors:
        fields["authors"] = authors
    editors, _ = _people(raw, words, by_label.get("editor", []))
    if editors:
        fields["editors"] = editors
    for label, name in (("title", "title"), ("container", "container"), ("publisher", "publisher"), ("place", "place")):
        options = by_label.get(label)
        if options:
            run = max(options, key=lambda r: r.last - r.first)
            if label == "title" and run is not options[0] and options[0].last - options[0].first > 3:
                run = options[0]
            text = _text(raw, words, run)
            if text:
                fields[name] = text
    for label, name in (("volume", "volume"), ("issue", "issue"), ("page", "pages"), ("edition", "edition")):
        for run in by_label.get(label, ()):
            number = _number(raw, words, run)
            if number:
                fields[name] = number
                break
    _settle(raw, fields)
    volume = fields.get("volume")
    if isinstance(volume, Parsed) and volume.span and (late := _MONTH_FIRST.match(volume.raw)) and month_named(late[1]):
        number = _parsed_text(raw, volume.span.start + late.end(), volume.span.end, volume.confidence)
        if number:
            fields["volume"] = number
    dates = [date for date in (_date(raw, words, run) for run in by_label.get("year", ())) if date]
    if dates:
        fields["year"] = next((d for d in dates if d.value and d.value.number), dates[0])
    if "year" not in fields:
        unnumbered = _UNDATED.search(raw)
        if unnumbered:
            found = _parsed_text(raw, *unnumbered.span(1), 0.9)
            if found:
                fields["year"] = Parsed(
                    value=read_year(raw[slice(*unnumbered.span(1))]), raw=found.raw, span=found.span, confidence=0.9
                )
    accessed = _access_date(raw, words, by_label.get("accessed", []))
    if accessed:
        fields["accessed"] = accessed
    fields["et_al"] = et_al
    return fields


_OPENING = ' ,;:([{<\n"“„«‘*_'  # what may stand between the names and what follows them
_INSIDE = re.compile(r"(?:^|[^\w])(?:in|em|en|dans|nel|à)\s*(?::\s*)?$|//\s*$", re.IGNORECASE)
_GATHERING = re.compile(r"proc|conf|symp|congr|workshop|meeting|anais|atti|actas|tagung|annual|forum", re.IGNORECASE)


def _settle(raw: str, fields: dict[str, object]) -> None:
    """A book has no container: what looks like one beside its publisher is the title (where that is missing) or a series."""
    container = fields.get("container")
    publisher = fields.get("publisher")
    if container is None and isinstance(publisher, Parsed) and "volume" in fields and "pages" in fields and "title" in fields:
        volume = fields["volume"]  # ABNT: journal, place, volume
        if isinstance(volume, Parsed) and volume.span and publisher.span and publisher.span.start < volume.span.start:
            fields["container"] = fields.pop("publisher")
            return
    if not isinstance(container, Parsed) or container.span is None or not container.value:
        return
    if any(name in fields for name in ("volume", "issue", "pages", "editors")):
        return
    if "title" not in fields:
        fields["title"] = fields.pop("container")
        return
    if not ("publisher" in fields or "place" in fields):
        return
    before = raw[max(0, container.span.start - 8) : container.span.start]
    if _INSIDE.search(before) or _GATHERING.search(container.value):
        return
    if "publisher" in fields:
        del fields["container"]


def _bounds(words: list[Token], run: Segment) -> tuple[int, int]:
    return words[run.first][1], words[run.last - 1][2]


def trim(raw: str, start: int, end: int) -> tuple[int, int]:
    """Without the separators, quotation marks and unpaired brackets at both ends; a full stop after an abbreviation stays."""
    while True:
        before = (start, end)
        while start < end and (raw[start] in _EDGE or raw[start] in '“”"«»„‘)]>'):
            start += 1
        while end > start and (raw[end - 1] in _EDGE or raw[end - 1] in '“”"«»„’‘([<'):
            end -= 1
        while (
            end > start
            and raw[end - 1] in _PAIRS
            and raw.count(_PAIRS[raw[end - 1]], start, end) < raw.count(raw[end - 1], start, end)
        ):
            end -= 1
        if start < end and raw[start] in "([<{" and not any(mark in raw[start:end] for mark in ")]>}"):
            start += 1
        if (start, end) == before:
            return start, end


def _parsed_text(raw: str, start: int, end: int, confidence: float) -> Parsed[str] | None:
    start, end = trim(raw, start, end)
    if end <= start:
        return None
    return Parsed(value=" ".join(raw[start:end].split()), raw=raw[start:end], span=Span(start, end), confidence=confidence)


def _text(raw: str, words: list[Token], run: Segment) -> Parsed[str] | None:
    start, end = _bounds(words, run)
    if run.label in ("title", "container"):
        for marker in _MARKER.finditer(raw, start, end):
            if marker.end() >= end - 3 and marker.start() > start:
                end = marker.start()
                break
    if run.label == "title":
        printed = _PRINTED_ID.search(raw, start, end)
        end = printed.start() if printed and printed.start() > start else end
        undated = _UNDATED.match(raw, max(0, start - 1), end) or _UNDATED.match(raw, start, end)
        while undated and start < end and (start < undated.end() or raw[start] in ")]., "):  # "(in press) 'Mud'"
            start += 1
        quoted = _APOSTROPHES.fullmatch(raw, start, end)
        start, end = quoted.span(1) if quoted else (start, end)
    if run.label == "container":
        twice = _TWICE.match(raw, start, end)  # "arXiv preprint arXiv:1506.02078"
        end = twice.end() if twice else end
    found = _parsed_text(raw, start, end, run.confidence)
    if found and found.span and run.label in ("container", "place") and raw[found.span.end : found.span.end + 1] == ".":
        inside = found.raw
        if re.search(r"\w\.[\s-]", inside) or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", inside):  # "Phys. Rev. Lett."
            span = Span(found.span.start, found.span.end + 1)
            return Parsed(value=(found.value or "") + ".", raw=raw[span.start : span.end], span=span, confidence=run.confidence)
    return found


def _number(raw: str, words: list[Token], run: Segment) -> Parsed[str] | None:
    """A volume, issue, page range or edition without the words that announce it ("vol.", "pp.")."""
    first, last = run.first, run.last
    while first < last and (not words[first][0][0].isalnum() or (class_of(words[first][0]) in _KEYWORDS and last - first > 1)):
        word = words[first][0]
        # a lone letter before a number is its own ("S 225" is not, "S225" is one token); keywords stand before marks or numbers
        if word[0].isalnum() and first + 1 < last and words[first + 1][0] in ("-", "–"):
            break
        first += 1
    if run.label == "page" and last - first > 2 and words[first][0] in ("S", "P") and words[first + 1][0] == ".":
        first += 2
    while last > first and not words[last - 1][0][0].isalnum():
        last -= 1
    if last > first + 1 and run.label == "page" and class_of(words[last - 1][0]) in _KEYWORDS:
        last -= 1
        while last > first and not words[last - 1][0][0].isalnum():
            last -= 1
    if first >= last:
        return None
    start, end = words[first][1], words[last - 1][2]
    lead = _LEAD.match(raw, start, end)
    start = lead.end() if lead else start
    if run.label == "page":
        found = _PAGES.match(raw, start, end)
        end = found.end() if found else end
    return _parsed_text(raw, start, end, run.confidence)


def _date(raw: str, words: list[Token], run: Segment) -> Parsed[Year] | None:
    start, end = _bounds(words, run)
    while start < end and not raw[start].isalnum():
        start += 1
    later = _MONTH_AFTER.match(raw, end) if raw[start:end].rstrip(" ;,").isdecimal() else None
    end = later.end() if later and month_named(later[1]) else end
    while end > start and not raw[end - 1].isalnum() and (raw[end - 1] != "." or raw[start].isdigit()):
        end -= 1
    found = _parsed_text(raw, start, end, run.confidence)
    if found is None:
        return None
    return Parsed(value=read_year(found.raw), raw=found.raw, span=found.span, confidence=found.confidence)


def _access_date(raw: str, words: list[Token], runs: list[Segment]) -> Parsed[str] | None:
    """The date of access, by the words that announce it ("Accessed", "Acesso em") or else where the labeller saw it."""
    announced = _ACCESS.search(raw) if runs or "://" in raw or "www." in raw else None
    if announced:
        return _parsed_text(raw, *announced.span(1), 0.95)
    for run in runs:
        date = _ACCESS_DATE.search(raw, *_bounds(words, run))
        if date:
            return _parsed_text(raw, *date.span(), run.confidence)
    return None


def _people(raw: str, words: list[Token], runs: list[Segment]) -> tuple[Parsed[tuple[Name, ...]] | None, bool]:
    """The names of neighbouring author (or editor) runs, and whether the list is cut short."""
    if not runs:
        return None, False
    group = [runs[0]]
    for run in runs[1:]:
        if run.first - group[-1].last <= 3:
            group.append(run)
    names: list[Name] = []
    et_al = False
    for run in group:
        first, last = _bounds(words, run)
        cut_at = next((found for found in ET_AL.finditer(raw, max(first, last - 20), last + 40) if found.end() > last), None)
        if cut_at and cut_at.start() <= last:  # all of "y otros", of which the labeller may have taken the beginning only
            last = cut_at.end()
        text = raw[first:last].rstrip(_OPENING)
        if not any(char.isalpha() for char in text):
            continue  # the dash that repeats the authors above
        if run.label == "org":
            name = organisation(text.lstrip(" .,;:").rstrip("([<"))
            names += [name] if name else []
        else:
            found, cut = split_names(text)
            names += found
            et_al |= cut
    start, _ = _bounds(words, group[0])
    _, end = _bounds(words, group[-1])
    while start < end and raw[start] in " ,;:.":
        start += 1
    while end > start and raw[end - 1] in _OPENING:
        end -= 1
    if end <= start or not any(char.isalpha() for char in raw[start:end]):
        return None, et_al
    confidence = min(run.confidence for run in group)
    return Parsed(value=tuple(names) or None, raw=raw[start:end], span=Span(start, end), confidence=confidence), et_al
