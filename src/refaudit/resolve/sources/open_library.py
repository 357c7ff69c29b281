"""Open Library: books by ISBN, many in one request, and by title. What anybody may write there: a hit shows that there is such a book,
its silence says nothing. https://openlibrary.org/developers/api"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from refaudit.model import Record
from refaudit.resolve.sources.answers import Answers
from refaudit.resolve.sources.isbn import as_13
from refaudit.resolve.sources.protocol import Lists, Question, Reply
from refaudit.resolve.sources.record import name_of, objects, text_of
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Service, Transport
from refaudit.text import words

NAME = "Open Library"
_BATCH, _ROWS = 25, 10
_FIELDS = "key,title,subtitle,author_name,first_publish_year,publish_year,publisher,isbn"
_YEAR = re.compile(r"(?<![0-9])(1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])")


def service(access: Access) -> Service:
    """One request a second for those who give no address; programs without contact are refused."""
    return Service(name=NAME, base=access.base, personal=access.personal, mail="", contact=True, rates={"single": 1.0})


class OpenLibrary:
    """The client; answers are cached."""

    name = NAME
    schemes = frozenset({"isbn"})
    lists = frozenset({Lists.BOOKS})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._answers = Answers(NAME, transport, cache, refresh=refresh, read=from_open_library)

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each identifier, twenty-five a request."""
        return self._answers.by_identifier(identifiers, self._ask, together=_BATCH)

    def _ask(self, identifiers: Sequence[str]) -> Mapping[str, Any]:
        keys = {"ISBN:" + one.partition(":")[2]: one for one in identifiers}
        params = {"bibkeys": ",".join(keys), "format": "json", "jscmd": "data"}
        answer = self._answers.get("/api/books", params, valid=_are_books) or {}
        return {keys[name]: book for name, book in answer.items() if name in keys}

    def search(self, question: Question) -> Sequence[Record]:
        """The books of this title and first author. Raises ResolverError when there is no answer."""
        title = " ".join(words(question.title.partition(":")[0])[:15])
        params = {"title": title, "fields": _FIELDS, "limit": str(_ROWS)}
        if question.authors:
            params["author"] = " ".join(words(question.authors[0]))

        def ask() -> Sequence[Any]:
            answer = self._answers.get(
                "/search.json", params, valid=lambda data: isinstance(data, dict) and isinstance(data.get("docs"), list)
            )
            return [
                {**one, "isbn": _some(one.get("isbn")), "publisher": _some(one.get("publisher"))}
                if isinstance(one, dict)
                else None
                for one in answer["docs"]
            ]

        return self._answers.by_words(f"book {title} {params.get('author', '')}", ask) if title else ()


def _some(value: Any, most: int = 100) -> list[Any]:
    """The first of a list over all editions: popular books have thousands of numbers."""
    return value[:most] if isinstance(value, list) else []


def _are_books(data: Any) -> bool:
    return isinstance(data, dict) and all(name.startswith("ISBN:") for name in data)


def from_open_library(book: Any, retrieved_at: str) -> Record | None:
    """The record of a book by its number (``jscmd=data``), or of a work found by title, whose years and publishers are of all editions."""
    if not isinstance(book, dict) or not text_of(book.get("title")):
        return None
    names = [text_of(one.get("name")) for one in objects(book.get("authors"))] or [
        text_of(one) for one in _some(book.get("author_name"))
    ]
    houses = [
        text_of(one.get("name") if isinstance(one, dict) else one)
        for one in _some(book.get("publishers")) or _some(book.get("publisher"))
    ]
    dates = [
        text_of(book.get("publish_date")),
        text_of(book.get("first_publish_year")),
        *map(text_of, _some(book.get("publish_year"), 300)),
    ]
    ids = book.get("identifiers")
    numbers = [*_some(book.get("isbn"))]
    for name in ("isbn_13", "isbn_10"):
        numbers += _some(ids.get(name)) if isinstance(ids, dict) else []
    return Record(
        source=NAME,
        compiled=True,
        type="book",
        title=text_of(book.get("title")),
        subtitle=text_of(book.get("subtitle")),
        authors=tuple(filter(None, (name_of(name) for name in dict.fromkeys(names)))),
        years=tuple(sorted({int(found[1]) for date in dates if (found := _YEAR.search(date))})),
        publisher=houses[0] if houses else "",
        isbns=tuple(dict.fromkeys(filter(None, (as_13(text_of(number)) for number in numbers)))),
        url="https://openlibrary.org" + text_of(book.get("key")),
        retrieved_at=retrieved_at,
    )
