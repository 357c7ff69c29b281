"""Catalogues of libraries by SRU: K10plus, the German National Library, the Library of Congress; books by ISBN and title, as MARC 21.

https://www.loc.gov/standards/sru/ and https://www.loc.gov/marc/bibliographic/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from refaudit.errors import ResolverError
from refaudit.model import Record
from refaudit.resolve.sources.answers import Answers
from refaudit.resolve.sources.isbn import as_13
from refaudit.resolve.sources.protocol import Known, Lists, Question, Reply
from refaudit.resolve.sources.record import name_of, text_of
from refaudit.resolve.sources.xml import local, tree, whole
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Answer, Service, Transport
from refaudit.text import words

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROWS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """How one catalogue is asked: its name, the path behind its address, its schema for MARC, and the indexes of its query language."""

    name: str
    path: str
    marc: str
    isbn: str
    title: str
    author: str


K10PLUS = Catalogue(name="K10plus", path="/gvk", marc="marcxml", isbn="pica.isb", title="pica.tit", author="pica.per")
DNB = Catalogue(name="German National Library", path="/sru/dnb", marc="MARC21-xml", isbn="num", title="tit", author="per")
LOC = Catalogue(name="Library of Congress", path="/LCDB", marc="marcxml", isbn="bath.isbn", title="dc.title", author="dc.creator")


def services() -> tuple[Callable[[Access], Service], ...]:
    """The three services. One request a second: none of them publishes a limit."""

    def of(catalogue: Catalogue) -> Callable[[Access], Service]:
        return lambda access: Service(name=catalogue.name, base=access.base, rates={"single": 1.0})

    return tuple(of(catalogue) for catalogue in (K10PLUS, DNB, LOC))


class Catalogues:
    """The client of all three, one after the other until a book is found; answers are cached."""

    name = "library catalogues"
    schemes = frozenset({"isbn"})
    lists = frozenset({Lists.BOOKS})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._all = [
            (one, Answers(one.name, transport, cache, refresh=refresh, read=_reader(one.name))) for one in (K10PLUS, DNB, LOC)
        ]

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each identifier; absent only where every catalogue answered that it is."""
        return {one: self._one(one) for one in identifiers}

    def _one(self, identifier: str) -> Reply:
        number, failed = identifier.partition(":")[2], None
        for catalogue, answers in self._all:

            def ask(wanted: Sequence[str], catalogue: Catalogue = catalogue, answers: Answers = answers) -> Mapping[str, Any]:
                books = _asked(catalogue, answers, f"{catalogue.isbn}={number}")
                found = next((book for book in books if number in map(as_13, book.get("isbns", ()))), None)
                return {wanted[0]: found} if found else {}

            said = answers.by_identifier([identifier], ask)[identifier]
            if said.known is Known.RECORD:
                return said
            failed = said if said.known is Known.FAILED else failed
        return failed or Reply(known=Known.ABSENT)

    def search(self, question: Question) -> Sequence[Record]:
        """The books of this title and first author. Raises ResolverError when a catalogue did not answer and no other has a book."""
        title = " ".join(words(question.title.partition(":")[0])[:12])
        person = " ".join(words(question.authors[0])[:3]) if question.authors else ""
        problem: ResolverError | None = None
        for catalogue, answers in self._all if title else ():
            query = f'{catalogue.title}="{title}"' + (f' and {catalogue.author}="{person}"' if person else "")
            try:
                found = answers.by_words(query, lambda c=catalogue, a=answers, q=query: _asked(c, a, q))  # type: ignore[misc]
            except ResolverError as error:
                problem = error
                continue
            if found:
                return found
        if problem:
            raise problem
        return ()


def _asked(catalogue: Catalogue, answers: Answers, query: str) -> list[dict[str, Any]]:
    params = {
        "version": "1.1", "operation": "searchRetrieve", "query": query, "recordSchema": catalogue.marc, "maximumRecords": str(_ROWS),
    }  # fmt: skip
    path = answers.path(catalogue.path, "")
    return answers.get(path, params, valid=lambda data: data is not None, read=marc_books, accept="application/xml") or []


def marc_books(answer: Answer) -> list[dict[str, Any]] | None:
    """The books of an SRU answer in short; None where it is none, or only tells of a fault."""
    root = tree(answer.body)
    if root is None or local(root) != "searchRetrieveResponse":
        return None
    names = {local(one) for one in root.iter()}
    if "diagnostic" in names and "datafield" not in names:
        return None
    return [_book(one) for one in root.iter() if local(one) == "record" and any(local(part) == "datafield" for part in one)]


def _book(record: _Element) -> dict[str, Any]:
    """What is compared of a MARC record: title (245), names (100, 700, 110), imprint (264, 260), numbers (020, 001)."""
    found: dict[str, Any] = {"authors": [], "isbns": [], "id": ""}
    for field in record:
        tag = field.get("tag", "")
        if local(field) == "controlfield" and tag == "001":
            found["id"] = text_of(field.text)
        if local(field) != "datafield":
            continue
        parts: dict[str, str] = {}
        for one in field:
            parts.setdefault(one.get("code", ""), text_of(whole(one)))
        if tag == "245":
            found["title"], found["subtitle"] = _bare(parts.get("a", "")), _bare(parts.get("b", ""))
        elif tag in ("100", "110", "700", "710") and parts.get("a"):
            found["authors"].append(_bare(parts["a"]))
        elif tag in ("260", "264"):
            found.setdefault("publisher", _bare(parts.get("b", "")))
            found.setdefault("year", parts.get("c", ""))
        elif tag == "020":
            found["isbns"].append(parts.get("a", "").partition(" ")[0])
    return found


def _bare(text: str) -> str:
    """A value without the punctuation that cataloguing puts between fields, and without the marks around words not to be sorted by."""
    return re.sub(r"[\x98\x9c\u0098\u009c]", "", text).strip(" /:;,.=")


def _reader(name: str) -> Any:
    def read(book: Any, retrieved_at: str) -> Record | None:
        return from_marc(book, name, retrieved_at)

    return read


def from_marc(book: Any, name: str, retrieved_at: str) -> Record | None:
    """The record of a book in short as ``name`` lists it."""
    if not isinstance(book, dict) or not text_of(book.get("title")):
        return None
    people, numbers = (value if isinstance(value, list) else [] for value in (book.get("authors"), book.get("isbns")))
    year = re.search(r"(?<![0-9])(1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])", text_of(book.get("year")))
    number = text_of(book.get("id"))
    page = {
        K10PLUS.name: "https://opac.k10plus.de/DB=2.299/PPNSET?PPN=",
        DNB.name: "https://d-nb.info/",
        LOC.name: "https://lccn.loc.gov/",
    }
    return Record(
        source=name,
        compiled=True,
        type="book",
        title=text_of(book.get("title")),
        subtitle=text_of(book.get("subtitle")),
        authors=tuple(filter(None, (name_of(text_of(one)) for one in people))),
        years=(int(year[1]),) if year else (),
        publisher=text_of(book.get("publisher")),
        isbns=tuple(filter(None, (as_13(text_of(one)) for one in numbers))),
        url=page.get(name, "") + number if number else "",
        retrieved_at=retrieved_at,
    )
