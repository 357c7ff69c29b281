"""PubMed: articles by their number, many in one request, and by title (E-utilities). https://www.ncbi.nlm.nih.gov/books/NBK25497/"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from refaudit.model import Record, Update
from refaudit.resolve.sources.answers import Answers
from refaudit.resolve.sources.protocol import Lists, Question, Reply
from refaudit.resolve.sources.record import name_of, objects, text_of, year_of
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Service, Transport
from refaudit.text import words

NAME = "PubMed"
_UTILS = "/entrez/eutils"
_BATCH, _ROWS = 100, 5


def service(access: Access) -> Service:
    """Three requests a second without a key, ten with one; over that the address of the sender is refused for a while."""
    keys = {"tool": "refaudit", **({"api_key": access.key} if access.key else {})}
    return Service(
        name=NAME,
        base=access.base,
        personal=access.personal,
        mail="email",
        key_params=keys,
        rates={"single": 9.0 if access.key else 2.5},
        concurrency=2,
    )


class PubMed:
    """The client; answers are cached."""

    name = NAME
    schemes = frozenset({"pmid"})
    lists = frozenset({Lists.BIOMEDICAL})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._answers = Answers(NAME, transport, cache, refresh=refresh, read=from_summary)

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each identifier, a hundred a request."""
        return self._answers.by_identifier(identifiers, self._ask, together=_BATCH)

    def _ask(self, identifiers: Sequence[str]) -> Mapping[str, Any]:
        return {
            f"pmid:{number}": item for number, item in self._summaries([one.partition(":")[2] for one in identifiers]).items()
        }

    def search(self, question: Question) -> Sequence[Record]:
        """The articles whose title holds these words. Raises ResolverError when there is no answer."""
        title = " ".join(words(question.title)[:30])

        def ask() -> Sequence[Any]:
            term = " AND ".join(f"{word}[Title]" for word in title.split())
            params = {"db": "pubmed", "term": term, "retmode": "json", "retmax": str(_ROWS)}
            path = self._answers.path(_UTILS, "/esearch.fcgi")
            answer = self._answers.get(path, params, valid=lambda data: isinstance(_part(data, "esearchresult"), dict))
            numbers = _part(answer, "esearchresult", "idlist")
            known = [one for one in numbers or () if isinstance(one, str) and re.fullmatch(r"[0-9]{1,9}", one)]
            return list(self._summaries(known[:_ROWS]).values()) if known else []

        return self._answers.by_words(f"title {title}", ask) if title else ()

    def _summaries(self, numbers: Sequence[str]) -> dict[str, Any]:
        """The summaries of those that there are; None for what is none."""
        params = {"db": "pubmed", "id": ",".join(numbers), "retmode": "json"}
        path = self._answers.path(_UTILS, "/esummary.fcgi")
        answer = self._answers.get(path, params, valid=lambda data: isinstance(_part(data, "result"), dict))
        items = {number: answer["result"][number] for number in numbers if number in answer["result"]}
        there = {number: item for number, item in items.items() if not (isinstance(item, dict) and "error" in item)}
        return {number: item | {"uid": number} if isinstance(item, dict) else None for number, item in there.items()}


def _part(data: Any, *names: str) -> Any:
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _described(item: Any) -> bool:
    return isinstance(item, dict) and "error" not in item and bool(text_of(item.get("title")))


def from_summary(item: Any, retrieved_at: str) -> Record | None:
    """The record of a summary (``esummary``, JSON)."""
    if not _described(item):
        return None
    ids = {text_of(one.get("idtype")): text_of(one.get("value")).lower() for one in objects(item.get("articleids"))}
    doi = ids.get("doi", "")
    pages = text_of(item.get("pages"))
    short = re.fullmatch(r"([0-9]+)-([0-9]+)", pages)
    if short and len(short[2]) < len(short[1]):
        pages = f"{short[1]}-{short[1][: len(short[1]) - len(short[2])]}{short[2]}"
    kinds = item.get("pubtype")
    retracted = isinstance(kinds, list) and any(text_of(kind).lower() == "retracted publication" for kind in kinds)
    return Record(
        source=NAME,
        doi=doi,
        type="journal-article",
        title=re.sub(r"^\[(.*)\]$", r"\1", text_of(item.get("title")).removesuffix(".")),
        other_titles=tuple(filter(None, (text_of(item.get("vernaculartitle")).removesuffix("."),))),
        containers=tuple(dict.fromkeys(filter(None, (text_of(item.get("fulljournalname")), text_of(item.get("source")))))),
        authors=tuple(filter(None, (name_of(text_of(one.get("name"))) for one in objects(item.get("authors"))))),
        years=tuple(sorted(year_of(item.get("pubdate")) | year_of(item.get("epubdate")))),
        volume=text_of(item.get("volume")),
        issue=text_of(item.get("issue")),
        pages=pages,
        url="https://doi.org/" + doi if doi else f"https://pubmed.ncbi.nlm.nih.gov/{text_of(item.get('uid'))}/",
        updated_by=(Update(kind="retraction", source=NAME),) if retracted else (),
        retrieved_at=retrieved_at,
    )
