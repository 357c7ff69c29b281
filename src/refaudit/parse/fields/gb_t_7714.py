"""Chinese entries as GB/T 7714 prints them: the mark of the kind of work ("[J]", "[D]", "[EB/OL]") says where the fields stand.

    names. title[J]. journal, year, volume(issue): pages.
    names. title[D]. place: university, year.
    names. title[M]. edition. place: publisher, year: pages.
    names. title[EB/OL]. (date)[day of the visit]. address.

Chinese sets no spaces, so the words between which a labeller of tokens decides are not there; the grammar of the standard is.
"""

from __future__ import annotations

import re

from refaudit.model import Name, Parsed, Span, Year

_LONGEST = 1000
_HAN = "\u3400-\u9fff"
_LABEL = r"\s*(?:[\[［(（]?\d{1,4}[\]］)）.．、]?\s?)?"
_PERSON = rf"[{_HAN}·]{{2,12}}"
_HEAD = re.compile(
    rf"{_LABEL}(?:(?P<names>{_PERSON}(?:[,，、;；]\s?{_PERSON}){{0,20}}?)(?P<etal>[,，]?\s?等)?[.．。]\s?(?:\(\d{{4}}\)[.．]\s?)?)?"
    rf"(?P<title>[^\[\]\n]{{2,200}}?)\s?[\[［](?P<mark>[A-Z]{{1,2}})(?:/(?:OL|CD|DK|MT))?[\]］][.．,，。]?\s?"
)
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_PAGES = r"(?P<pages>[A-Z]?\d{1,6}(?:\s?[-–—~～]\s?[A-Z]?\d{1,6})?)"
_JOURNAL = re.compile(
    rf"(?P<container>[^,，.。\[\]\n]{{2,60}})[,，.]\s?{_YEAR}(?:[,，]\s?(?P<volume>\d{{1,4}}))?"
    rf"(?:[,，]?\s?[(（](?P<issue>[A-Za-z]?\d{{1,4}}(?:[-–]\d{{1,4}})?)[)）])?(?:\s?[:：]\s?{_PAGES})?"
)
_NEWSPAPER = re.compile(rf"(?P<container>[^,，.。\[\]\n]{{2,40}})[,，]\s?{_YEAR}[-年]\d")
_BOOK = re.compile(
    rf"(?:(?P<edition>[^.．:：,，]{{1,12}}版)[.．,，]\s?)?(?:(?P<place>[{_HAN}]{{2,8}})[:：]\s?)?(?P<publisher>[^:：,，.．。\[\]\n\d]{{2,40}})[,，]\s?{_YEAR}(?:\s?[:：]\s?{_PAGES})?"
)
_PATTERNS = {"J": _JOURNAL, "N": _NEWSPAPER, "M": _BOOK, "D": _BOOK, "R": _BOOK, "C": _BOOK, "G": _BOOK, "S": _BOOK}
_CONFIDENCE = 0.95


def read(raw: str) -> dict[str, object]:
    """The fields of an entry by the standard's own grammar; nothing where the entry is not Chinese or bears no mark."""
    head = _HEAD.match(raw[:_LONGEST]) if "[" in raw or "［" in raw else None
    if head is None or not re.search(f"[{_HAN}]{{2}}", head["title"]):
        return {}
    found: dict[str, object] = {"title": _field(raw, head.span("title"))}
    if head["names"]:
        names = tuple(Name(family=name.strip()) for name in re.split(r"[,，、;；]", head["names"]))
        if all(len(name.family) <= 4 or "·" in name.family for name in names):
            found["authors"] = Parsed(value=names, raw=head["names"], span=Span(*head.span("names")), confidence=_CONFIDENCE)
            found["et_al"] = head["etal"] is not None
    pattern = _PATTERNS.get(head["mark"])
    rest = pattern.match(raw[:_LONGEST], head.end()) if pattern else None
    if rest is None:
        return found
    for name, value in rest.groupdict().items():
        if value and name != "year":
            found[name] = _field(raw, rest.span(name))
    found["year"] = Parsed(
        value=Year(number=int(rest["year"])), raw=rest["year"], span=Span(*rest.span("year")), confidence=_CONFIDENCE
    )
    return found


def _field(raw: str, span: tuple[int, int]) -> Parsed[str]:
    return Parsed(value=raw[slice(*span)].strip(), raw=raw[slice(*span)], span=Span(*span), confidence=_CONFIDENCE)
