"""From the text of an entry to its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refaudit.model import Parsed, Reference, Span, Year
from refaudit.parse.fields.grammar import find
from refaudit.parse.names import split_names

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan ene gen", "feb fev fév", "mar mär maa", "apr abr avr ",
         "may mai mag mei", "jun jui giu", "jul lug", "aug ago aoû", "sep set", "oct out okt ott", "nov", "dec dez déc dic"), 1
    )
    for name in names.split()
}  # fmt: skip
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_URL = re.compile(r"\b(?:https?://|www\.)[^\s\"<>]+", re.IGNORECASE)


def read_fields(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references with their fields read from ``raw``; fields that are already there are kept.

    All entries of one list are given at once, since they share a style. Never raises on any text.
    """
    return tuple(_read(reference) for reference in references)


def _read(reference: Reference) -> Reference:
    raw = reference.raw
    found = find(raw)
    fields: dict[str, object] = {}
    for name in ("title", "container", "volume", "issue", "pages"):
        if name in found:
            fields[name] = _text(raw, *found[name])
    et_al = False
    if "authors" in found:
        start, end, confidence = found["authors"]
        names, et_al = split_names(raw[start:end])
        fields["authors"] = Parsed(value=names or None, raw=raw[start:end], span=Span(start, end), confidence=confidence)
    if "year" in found:
        start, end, confidence = found["year"]
        fields["year"] = Parsed(value=read_year(raw[start:end]), raw=raw[start:end], span=Span(start, end), confidence=confidence)
    doi = _DOI.search(raw)
    if doi:
        value = doi.group().rstrip(".,;:)]") if doi.group().count("(") < doi.group().count(")") else doi.group().rstrip(".,;:")
        fields["doi"] = Parsed(value=value, raw=value, span=Span(doi.start(), doi.start() + len(value)), confidence=0.97)
    url = _URL.search(raw)
    if url and "doi.org/" not in url.group():
        value = url.group().rstrip(".,;:)]>")
        fields["url"] = Parsed(value=value, raw=value, span=Span(url.start(), url.start() + len(value)), confidence=0.95)
    kept = {name: value for name, value in fields.items() if getattr(reference, name) is None}
    return replace(reference, et_al=reference.et_al or et_al, **kept)  # type: ignore[arg-type]


def _text(raw: str, start: int, end: int, confidence: float) -> Parsed[str]:
    printed = raw[start:end]
    return Parsed(value=re.sub(r"\s+", " ", printed).strip(" ,;:"), raw=printed, span=Span(start, end), confidence=confidence)


def read_year(text: str) -> Year:
    """The year of a printed date: "2019a", "2007 Jan 12", "in press"."""
    number = re.search(r"(1[0-9]|20)\d\d", text)
    if number is None:
        return Year(text=re.sub(r"\s+", " ", text).strip(" ()[],.;").rstrip("."))
    letter = re.match(r"\s?([a-z])\b", text[number.end() :])
    month = next(
        (_MONTHS[word[:3].casefold()] for word in re.findall(r"[^\W\d_]{3,}", text) if word[:3].casefold() in _MONTHS), None
    )
    rest = text[: number.start()] + " " + text[number.end() :]
    day = re.search(r"(?<!\d)([12]?\d|3[01])(?!\d)", rest) if month else None
    number_of_day = int(day.group()) if day else 0
    return Year(number=int(number.group()), letter=letter.group(1) if letter else "", month=month, day=number_of_day or None)
