"""DBLP: computer science by title. Its search answers programs with a page for persons at times, which is no answer. https://dblp.org/faq"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from refaudit.model import Name, Record
from refaudit.resolve.sources.answers import Answers
from refaudit.resolve.sources.protocol import Lists, Question, Reply
from refaudit.resolve.sources.record import name_of, text_of, year_of
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Service, Transport
from refaudit.text import words

NAME = "DBLP"
_ROWS = 20
_TYPES = {
    "Conference and Workshop Papers": "proceedings-article",
    "Journal Articles": "journal-article",
    "Informal and Other Publications": "preprint",
    "Informal Publications": "preprint",
    "Books and Theses": "book",
    "Parts in Books or Collections": "book-chapter",
    "Editorship": "edited-book",
    "Reference Works": "reference-book",
    "Data and Artifacts": "dataset",
}
ADDRESS = "https://dblp.org/rec/"


def service(access: Access) -> Service:
    """One request in one or two seconds, as its FAQ promises to bear."""
    return Service(name=NAME, base=access.base, personal=access.personal, mail="", rates={"single": 0.66})


class Dblp:
    """The client; answers are cached."""

    name = NAME
    schemes: frozenset[str] = frozenset()
    lists = frozenset({Lists.COMPUTING})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._answers = Answers(NAME, transport, cache, refresh=refresh, read=from_hit)

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:  # noqa: ARG002
        """Nothing: it cannot be asked by identifiers."""
        return {}

    def search(self, question: Question) -> Sequence[Record]:
        """The works whose title holds the words of this one, and those of its authors. Raises ResolverError when there is no answer."""
        title = " ".join(words(question.title)[:30])
        params = {"q": title, "format": "json", "h": str(_ROWS), "c": "0"}

        def ask() -> Sequence[Any]:
            answer = self._answers.get("/search/publ/api", params, valid=lambda data: _hits(data) is not None)
            return [hit.get("info") if isinstance(hit, dict) else None for hit in _hits(answer) or ()]

        return self._answers.by_words(f"title {title}", ask) if title else ()


def _hits(data: Any) -> list[Any] | None:
    """The hits of an answer; None where it is not this search's own."""
    for name in ("result", "hits"):
        data = data.get(name) if isinstance(data, dict) else None
    if not isinstance(data, dict) or "@total" not in data:
        return None
    found = data.get("hit", [])
    return found if isinstance(found, list) else None


def author(text: str) -> Name | None:
    """A name without the number that tells persons of one name apart ("Wei Wang 0001")."""
    return name_of(re.sub(r" [0-9]{4}$", "", text))


def from_hit(info: Any, retrieved_at: str) -> Record | None:
    """The record of one hit. A title in another language follows the first in brackets."""
    key = text_of(info.get("key")) if isinstance(info, dict) else ""
    if not key:
        return None
    people = info.get("authors")
    listed = people.get("author") if isinstance(people, dict) else None
    names = [one.get("text") if isinstance(one, dict) else one for one in (listed if isinstance(listed, list) else [listed])]
    venue = info.get("venue")
    doi = text_of(info.get("doi")).lower()
    kind = _TYPES.get(text_of(info.get("type")), "")
    return Record(
        source=NAME,
        compiled=True,
        doi=doi,
        type="dissertation" if key.startswith("phd/") else kind,
        **titled(html.unescape(text_of(info.get("title")))),
        containers=tuple(filter(None, (text_of(one) for one in (venue if isinstance(venue, list) else [venue])))),
        authors=tuple(filter(None, (author(text_of(name)) for name in names if name))),
        years=tuple(year_of(info.get("year"))),
        volume=text_of(info.get("volume")),
        issue=text_of(info.get("number")),
        pages=text_of(info.get("pages")),
        publisher=text_of(info.get("publisher")),
        url="https://doi.org/" + doi if doi else ADDRESS + key,
        retrieved_at=retrieved_at,
    )


def titled(text: str) -> dict[str, Any]:
    """Title and translated title of a printed one: "Suivi. (Monitoring.)"."""
    found = re.fullmatch(r"(.{10,300}?)\.? \((.{10,300})\)\.?", text)
    if found and len(found[1]) > 15 and found[2].endswith("."):
        return {"title": found[1], "other_titles": (found[2].removesuffix("."),)}
    return {"title": text.removesuffix(".")}
