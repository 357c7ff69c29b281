"""Template text and notes to self inside an entry: what REF002 looks for."""

from __future__ import annotations

import re

from refaudit.model import Name, Reference, Span
from refaudit.parse.identifiers import DOI_BEGINS
from refaudit.rules.base import sure
from refaudit.text import DASHES, fold, letters, words
from refaudit.words import placeholders

Found = tuple[str, Span, str]

_LIST_ONLY = frozenset("journal article link pages names date url page".split())  # alone these are descriptors in some styles
_BRACKET = re.compile(r"[\[{<]([^\[\]{}<>]{2,80})[\]}>]")

_SOURCE = (
    r"(?:journal|publication|source|outlet|report|article|title|study|series|venue|press|publisher|website|work|reference|book)s?"
)
_HEDGES = (
    re.compile(rf"\bor (?:a )?(?:similar|equivalent|comparable)(?: [\w-]{{1,20}}){{0,4}} {_SOURCE}\b", re.IGNORECASE),
    re.compile(
        rf"\bor (?:a )?(?:similar|equivalent|comparable)(?: {_SOURCE})?(?=\s{{0,3}}[.;)\]*_]{{0,5}}\s{{0,3}}$)", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:(?:exact|full|precise|actual|correct) )?(?:titles?|authors?|year|date|volume|issue|pages?|page numbers?|"
        r"details?|source|publisher|doi|url|journal|reference|citation|publication (?:details|year|date))"
        r" (?:still )?(?:to be|needs? to be|must be|should be)"
        r" (?:confirmed|added|determined|completed|verified|checked|inserted|supplied|announced)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:citation|reference|doi|page numbers?|source|details?|year) (?:needed|required|missing here|goes? here)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:insert|add) (?:the )?(?:full |correct |exact )?(?:reference|citation|doi|url|title|page numbers?|year|author)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\blorem ipsum\b", re.IGNORECASE),
    re.compile(
        r"\b(?:falta(?:n)? (?:la )?(?:referencia|cita|t[íi]tulo|año|autor|p[áa]ginas)|falta(?:m)? (?:a )?refer[êe]ncia"
        r"|r[ée]f[ée]rence manquante|manca (?:il )?riferimento|quelle fehlt|literaturangabe fehlt|beleg fehlt)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\?{3,}"),
)
# Physics journals ask for this: "See Supplemental Material at [URL to be inserted by publisher]".
_SUPPLEMENT = re.compile(r"\bsupplement(?:al|ary) (?:material|information)", re.IGNORECASE)
# "TBD" and its kin are also abbreviations of subjects: they count where a value stands alone between marks.
_TBD = re.compile(
    r"(?:(?<=[(\[:,;=])\s?|(?:\b(?:vol|volume|no|pp?|pages?|doi|issue|year)\b[.:]?\s))(TB[DAC]|TODO|FIXME|XXX+)(?=\s?[)\].,;:]|\s*$)"
)
_TBD_SENTENCE = re.compile(r"(?<=[.”\"] )(TB[DAC]|TODO)(?=[.,;]|\s?\(|\s\d)")
_TBD_DATE = re.compile(r"[.,]\s?\((TB[DAC]|TODO|XXXX+|Year|year|Date|date)\)")
_X_NUMBER = (
    re.compile(r"\b10\.(?:x{2,9}|X{2,9}|\d{0,8}[xX]{3,9})(?:/\S{0,60})?"),
    re.compile(rf"\b{DOI_BEGINS}(?:[\w.()-]{{0,30}}[./-])?(?:x{{4,20}}|X{{4,20}})(?![A-Za-z])\S{{0,20}}"),
    re.compile(r"(?<!\d)(?:19|20)(?:XX|xx)(?![\w])"),
    re.compile(rf"\b(?P<x>[xX]{{2,5}})\s?[{DASHES}]{{1,2}}\s?(?P=x)(?![\w])"),
    re.compile(r"(?<![\w])xx\s?\(\s?x{1,2}\s?\)"),
    re.compile(r"(?<![\w])XX\s?\(\s?X{1,2}\s?\),?\s(?=X|pp?\.)"),
    re.compile(r"\b(?:vol|volume|no|issue|pp|pages)\b\.?\s?(?:xxx?|XXXX+)(?=[\s.,;)]|$)"),
    re.compile(r"\barXiv:\s?(?:[xX]{4}|\d{4})\.[xX]{4,5}\b"),
)
_STAND_IN = re.compile(r"\W{0,3}(?:TB[DAC]|TODO|FIXME|x{3,9}|X{4,9}|\?{2,9})\W{0,3}")
_STAND_INS = (
    *((pattern, 1, "stands where a value belongs") for pattern in (_TBD_DATE, _TBD, _TBD_SENTENCE)),
    *((pattern, 0, "stands where a number belongs") for pattern in _X_NUMBER),
)
# The sample authors of style guides; real people bear these names too, so every author must be one of them, and a "Doe, J." alone,
# who may be a Joan, is nobody's sample.
_SAMPLES = {
    "author": re.compile(r"(?:[A-Z]\.?\s?){1,3}|First|Second|Third|Another|One|Two|"), "lastname": re.compile(r".*"), "surname": re.compile(r".*"),
    "familyname": re.compile(r".*"), "doe": re.compile(r"(?:john|jane|j\.?)(?: [a-z]\.?)?", re.IGNORECASE),
    "mustermann": re.compile(r"(?:max|erika|m\.?|e\.?)", re.IGNORECASE),
}  # fmt: skip
_IN_FULL = 3
_SAMPLE_TITLE = re.compile(
    r"^(?:the )?(?:(?:full )?title of (?:the |your )?"
    r"(?:article|paper|book|chapter|work|report|thesis|document|web ?page|website|journal)"
    r"|(?:article|book|chapter|paper) title|titel des (?:artikels|buch(?:e?s)|aufsatzes)|titre de l['’]article|"
    r"t[íi]tulo del? (?:art[íi]culo|libro)|t[íi]tulo do (?:artigo|livro)|titolo dell['’]articolo)(?: goes| comes)?(?: here)?$",
    re.IGNORECASE,
)
_SAMPLE_CONTAINER = re.compile(
    r"^(?:(?:title|name) of (?:the )?(?:journal|periodical|book|publication)|journal (?:name|title)|book title)$", re.IGNORECASE
)


# No pattern below can match a text without one of these; looking for them first spares nine entries in ten the rest.
_HINTS = tuple(
    "[|{|<|xx|tbd|tba|tbc|todo|fixme|similar|equivalent|comparable| be |confirmed|needed|required|missing|here|insert|add |lorem"
    "|falta|manquante|manca|fehlt|???|(year|(date".split("|")
)


def find_placeholder(reference: Reference) -> Found | None:
    """The first placeholder of an entry: its text, its span in ``text`` and what is wrong with it, or None."""
    raw = reference.text
    low = raw.lower()
    if not any(hint in low for hint in _HINTS):
        return _sample(reference)
    title = reference.stretch(reference.title) or Span(0, 0)
    for bracket in _BRACKET.finditer(raw):
        if _asks(bracket[1]) and not _SUPPLEMENT.search(raw):
            return bracket.group(), Span(*bracket.span()), "asks for a value that is not there"
    for hedge in _HEDGES if not _SUPPLEMENT.search(raw) else ():
        match = hedge.search(raw)
        inside = title.start <= (match.start() if match else 0) and (match.end() if match else 0) <= title.end - 2
        if match and not (inside and hedge in _HEDGES[:2]):
            return match.group(), Span(*match.span()), "leaves open what the source is"
    for pattern, group, why in _STAND_INS:
        match = pattern.search(raw)
        if match and not title.start <= match.start(group) < title.end:
            return match[group], Span(*match.span(group)), why
    return _alone(reference) or _sample(reference)


def _alone(reference: Reference) -> Found | None:
    """A field of a database that holds nothing but a stand-in."""
    at = 0
    for field in reference.printed or ():
        value = field.value or ""
        if _STAND_IN.fullmatch(value):
            return value, Span(at, at + len(value)), "stands where a value belongs"
        at += len(value) + 1
    return None


def _asks(inside: str) -> bool:
    """Whether the words of a bracket ask for a value."""
    text = inside.strip()
    if placeholders.ASK.match(text):
        return len(text.split()) <= 12
    said = words(text)
    if not said or len(said) > 10:
        return False
    heads = [word for word in said if word in placeholders.HEADS]
    if not heads or any(word not in placeholders.HEADS and word not in placeholders.FILL for word in said):
        return False
    return len(said) > 1 or said[0] not in _LIST_ONLY


def _sample(reference: Reference) -> Found | None:
    title = sure(reference.title)
    if title and _SAMPLE_TITLE.match(fold(title).rstrip(".")):
        return _field(reference, title, "is the sample title of a style guide")
    container = sure(reference.container)
    if container and _SAMPLE_CONTAINER.match(fold(container).rstrip(".")):
        return _field(reference, container, "is the sample name of a style guide")
    names = sure(reference.authors) or ()
    if names and all(_is_sample(name) for name in names) and not (len(names) == 1 and _may_be_real(names[0])):
        return _field(reference, names[0].family, "is the sample author of a style guide")
    return None


def _is_sample(name: Name) -> bool:
    pattern = _SAMPLES.get(letters(name.family))
    return bool(pattern and pattern.fullmatch(name.given.strip()))


def _may_be_real(name: Name) -> bool:
    """Whether one bearer of a sample name is as likely a real person: Doe is a surname, and an initial says nothing."""
    return letters(name.family) == "doe" and len(letters(name.given)) < _IN_FULL


def doubtful(reference: Reference, found: Found) -> bool:
    """Whether what was found is the name of one person who may be real ("Jane Doe")."""
    names = sure(reference.authors) or ()
    return len(names) == 1 and letters(names[0].family) == "doe" and found[0] == names[0].family


def _field(reference: Reference, text: str, why: str) -> Found:
    at = max(0, reference.text.find(text))
    return text, Span(at, at + len(text)), why
