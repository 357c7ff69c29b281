"""Tagged bibliographies: RIS, and PubMed's NBIB (MEDLINE) format."""

from __future__ import annotations

import re
from collections.abc import Callable

from refaudit.model import Document, Name, Problem, Reference, Span
from refaudit.readers.databases import entry_records
from refaudit.readers.databases.entry_records import Listing, alone
from refaudit.readers.decode import decode

_RIS_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: |$)(.*)")
_NBIB_TAG = re.compile(r"([A-Z]{2,4}) *- (.*)")

_RIS_TYPES = {
    "JOUR": "article-journal", "JFULL": "article-journal", "EJOUR": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "WHOLE": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "CONF": "paper-conference", "CPAPER": "paper-conference", "THES": "thesis",
    "RPRT": "report", "GOVDOC": "report", "ELEC": "webpage", "WEB": "webpage", "ICOMM": "webpage",
    "BLOG": "post-weblog", "DATA": "dataset", "COMP": "software", "PAT": "patent", "UNPB": "manuscript",
    "INPR": "article-journal", "STAND": "standard", "VIDEO": "motion_picture", "PREPRINT": "article",
}  # fmt: skip

Record = list[tuple[str, str]]
"""Tags and values of one entry, in order."""


def read(path: str, data: bytes) -> Document:
    """A RIS file audited on its own."""
    return alone(listing(path, data), "ris")


def read_nbib(path: str, data: bytes) -> Document:
    """An NBIB file audited on its own."""
    return alone(listing_nbib(path, data), "nbib")


def listing(path: str, data: bytes) -> Listing:
    """The entries of a RIS file: from each TY to its ER; one without an end is told and kept."""
    return _listing(path, data, _RIS_TAG, "TY", _ris)


def listing_nbib(path: str, data: bytes) -> Listing:
    """The entries of an NBIB file: each begins with PMID."""
    return _listing(path, data, _NBIB_TAG, "PMID", _nbib)


def _listing(
    path: str, data: bytes, tag: re.Pattern[str], opening: str, made: Callable[[Record, Span, str], Reference]
) -> Listing:
    text, notices = decode(path, data)
    problems: list[Problem] = list(notices)
    references: list[Reference] = []
    record: Record = []
    start = end = 0
    ended = True
    for match in re.finditer(r"[^\r\n]+", text):
        line = tag.match(match[0])
        if line is None:
            if record and match[0].strip():  # a value goes on
                name, value = record[-1]
                record[-1] = (name, f"{value} {match[0].strip()}")
                end = match.end()
            continue
        name, value = line[1], line[2].strip()
        if name == opening:
            if record:
                references.append(made(record, Span(start, end), text[start:end]))
                if opening == "TY" and not ended and len(problems) < 100:
                    number = text.count("\n", 0, start) + 1
                    problems.append(
                        Problem(message=f"{path}:{number}: the entry has no end (ER); what could be read of it is used")
                    )
            record, start, ended = [], match.start(), False
        elif name == "ER":
            ended = True
            end = match.end()
            continue
        elif ended and opening == "TY":
            continue
        record.append((name, value))
        end = match.end()
    if record:
        references.append(made(record, Span(start, end), text[start:end]))
    return Listing(path=path, text=text, references=tuple(references), problems=tuple(problems))


def _first(record: Record, *names: str) -> str:
    for name in names:
        for tag, value in record:
            if tag == name and value:
                return value
    return ""


def _ris(record: Record, span: Span, raw: str) -> Reference:
    kind = _first(record, "TY")
    title = _first(record, "TI", "T1", "CT")
    book = _first(record, "BT")
    if kind in ("BOOK", "EBOOK", "WHOLE", "EDBOOK") and not title:
        title, book = book, ""
    date = _first(record, "PY", "Y1", "DA").strip("/")
    year, _, rest = date.partition("/")
    pages = _pages(_first(record, "SP"), _first(record, "EP"))
    return entry_records.reference(
        span=span,
        raw=raw,
        database=True,
        key=_first(record, "ID") or None,
        type_=_RIS_TYPES.get(kind),
        authors=[entry_records.person(value) for tag, value in record if tag in ("AU", "A1") and value],
        editors=[entry_records.person(value) for tag, value in record if tag in ("ED", "A2") and value],
        year_=entry_records.year(year, rest.partition("/")[0]),
        title=title,
        container=_first(record, "JF", "JO", "T2", "JA", "J2") or book,
        volume=_first(record, "VL"),
        issue=_first(record, "IS"),
        pages=pages,
        publisher=_first(record, "PB"),
        place=_first(record, "CY", "PP"),
        edition=_first(record, "ET"),
        doi=_first(record, "DO")
        or next((value for tag, value in record if tag in ("UR", "L3", "M3") and "doi.org/10." in value), ""),
        isbn=_first(record, "SN") if kind in ("BOOK", "EBOOK", "CHAP", "ECHAP", "EDBOOK", "WHOLE") else "",
        issn=_first(record, "SN") if kind in ("JOUR", "EJOUR", "JFULL", "MGZN") else "",
        url=_first(record, "UR", "L2"),
        accessed=_first(record, "Y2"),
    )


_DASH = re.compile(r"[-‐‑‒–—−]+")


def _pages(first: str, last: str) -> str:
    """First and last page; some programs write the whole range into one of the two, or the first page into both."""
    for whole, other in ((first, last), (last, first)):
        ends = [end.strip() for end in _DASH.split(whole)]
        if len(ends) == 2 and all(ends) and other in ("", whole, *ends):
            return "–".join(ends)
    return first if last in ("", first) else "–".join(filter(None, (first, last)))


def _nbib(record: Record, span: Span, raw: str) -> Reference:
    full = [entry_records.person(value) for tag, value in record if tag == "FAU" and value]
    short = [_initials(value) for tag, value in record if tag == "AU" and value]
    bodies = [Name(literal=value) for tag, value in record if tag == "CN" and value]
    doi = next((value.partition(" ")[0] for tag, value in record if tag in ("LID", "AID") and value.endswith("[doi]")), "")
    date = _first(record, "DP")
    year, _, rest = date.partition(" ")
    kinds = {value for tag, value in record if tag == "PT"}
    return entry_records.reference(
        span=span,
        raw=raw,
        database=True,
        key=_first(record, "PMID") or None,
        type_="article" if "Preprint" in kinds else "article-journal" if _first(record, "JT", "TA") else None,
        authors=(full or short) + bodies,
        year_=entry_records.year(year, rest.partition(" ")[0]),
        title=_first(record, "TI", "BTI").rstrip("."),
        container=_first(record, "JT", "TA"),
        volume=_first(record, "VI"),
        issue=_first(record, "IP"),
        pages=_first(record, "PG"),
        publisher=_first(record, "PB"),
        doi=doi,
        pmid=_first(record, "PMID"),
        issn=_first(record, "IS").partition(" ")[0],
        isbn=_first(record, "ISBN").partition(" ")[0],
    )


def _initials(text: str) -> Name:
    family, _, given = text.rpartition(" ")
    return Name(family=family or given, given=given if family else "")
