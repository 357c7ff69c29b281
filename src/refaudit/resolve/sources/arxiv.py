"""arXiv: papers by number, a hundred in one request, and by title. One request in three seconds, and refusals below that at times,
so that DataCite is asked first for papers whose number is known. https://info.arxiv.org/help/api/user-manual.html"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from refaudit.model import Record
from refaudit.parse.identifiers import clean_doi
from refaudit.resolve.sources.answers import Answers
from refaudit.resolve.sources.protocol import Lists, Question, Reply
from refaudit.resolve.sources.record import name_of, text_of, year_of
from refaudit.resolve.sources.xml import inner, local, tree
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Answer, Service, Transport
from refaudit.text import words

NAME = "arXiv"
_API = "/api/query"
_BATCH, _ROWS = 100, 10
# One identifier of another form spoils a whole request.
_NUMBER = re.compile(r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}(?:\.[a-z]{2})?/[0-9]{7})(?:v[0-9]{1,2})?", re.IGNORECASE)
_TEX = re.compile(r"\\(?:[`'\"^~=.]|[a-zA-Z]{1,12}(?![a-zA-Z]))[ ]?|[{}$]")
PREFIX = "10.48550/arxiv."


def service(access: Access) -> Service:
    """One request in three seconds on one connection, as its terms of use ask."""
    return Service(name=NAME, base=access.base, personal=access.personal, mail="", rates={"single": 1 / 3})


class Arxiv:
    """The client; answers are cached."""

    name = NAME
    schemes = frozenset({"arxiv"})
    lists = frozenset({Lists.PREPRINTS})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._answers = Answers(NAME, transport, cache, refresh=refresh, read=from_entry)

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each identifier, a hundred a request."""
        known = [one for one in identifiers if _NUMBER.fullmatch(one.partition(":")[2])]
        return self._answers.by_identifier(known, self._ask, together=_BATCH)

    def _ask(self, identifiers: Sequence[str]) -> Mapping[str, Any]:
        numbers = [re.sub(r"v[0-9]{1,2}$", "", one.partition(":")[2]) for one in identifiers]
        entries = {
            item["id"].lower(): item for item in self._entries({"id_list": ",".join(numbers), "max_results": str(len(numbers))})
        }
        return {
            one: entries[number.lower()] for one, number in zip(identifiers, numbers, strict=True) if number.lower() in entries
        }

    def search(self, question: Question) -> Sequence[Record]:
        """The papers with the first words of this title. Raises ResolverError when there is no answer."""
        title = " ".join(words(question.title)[:8])
        params = {"search_query": f'ti:"{title}"', "max_results": str(_ROWS)}
        return self._answers.by_words(f"title {title}", lambda: self._entries(params)) if title else ()

    def _entries(self, params: Mapping[str, str]) -> Sequence[Any]:
        answer = self._answers.get(
            self._answers.path(_API, ""), params, valid=lambda data: data is not None, read=_feed, accept="application/atom+xml"
        )
        return answer or ()


def _feed(answer: Answer) -> list[dict[str, Any]] | None:
    """The entries of a feed in short; None where it is none, or one that tells of an error."""
    root = tree(answer.body)
    if root is None or local(root) != "feed":
        return None
    found = []
    for entry in root:
        if local(entry) != "entry":
            continue
        address = inner(entry, "id")
        if "/errors" in address or inner(entry, "title") == "Error":
            return None
        found.append(
            {
                "id": re.sub(r"v[0-9]{1,2}$", "", address.partition("/abs/")[2]),
                "title": inner(entry, "title"),
                "authors": [inner(one, "name") for one in entry if local(one) == "author"],
                "published": inner(entry, "published"),
                "updated": inner(entry, "updated"),
                "doi": inner(entry, "doi"),
                "journal": inner(entry, "journal_ref"),
            }
        )
    return found


def from_entry(item: Any, retrieved_at: str) -> Record | None:
    """The record of an entry of a feed in short, or of a line of the dump that was brought into that form."""
    number = text_of(item.get("id")) if isinstance(item, dict) else ""
    if not number:
        return None
    published = clean_doi(text_of(item.get("doi"))).lower()
    people = item.get("authors")
    return Record(
        source=NAME,
        doi=PREFIX + number.lower(),
        type="preprint",
        title=plain(text_of(item.get("title"))),
        containers=("arXiv",),
        authors=tuple(filter(None, (name_of(plain(text_of(name))) for name in (people if isinstance(people, list) else ())))),
        years=tuple(sorted(year_of(item.get("published")) | year_of(item.get("updated")))),
        url=f"https://arxiv.org/abs/{number}",
        relations=(("is-preprint-of", published),) if published and not published.startswith(PREFIX) else (),
        retrieved_at=retrieved_at,
    )


def plain(text: str) -> str:
    """A title or name without the TeX that stands in it; accents go with it, as they do when names are compared."""
    return _TEX.sub("", text) if re.search(r"[\\${}]", text) else text
