"""OpenAlex: works by DOI or PubMed number, one by one because such look-ups are free, and by title, which is metered by the day.

Its descriptions are compiled by machines from Crossref, repositories and pages. They show that there is such a work; what its
publisher says of it stands in the registry of its DOI. Works without that (no DOI) are the reason to ask.
https://help.openalex.org, "API"
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refaudit.model import Name, Record
from refaudit.resolve.sources.answers import Answers
from refaudit.resolve.sources.protocol import Lists, Question, Reply, scheme
from refaudit.resolve.sources.record import name_of, objects, text_of, year_of
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Service, Transport
from refaudit.text import words

NAME = "OpenAlex"
_FIELDS = "id,doi,title,publication_year,type,biblio,authorships,primary_location,ids"
_ROWS = 10
_TYPES = {
    "article": "journal-article", "book": "book", "book-chapter": "book-chapter", "dissertation": "dissertation",
    "preprint": "preprint", "report": "report", "dataset": "dataset", "peer-review": "peer-review",
}  # fmt: skip


def service(access: Access) -> Service:
    """Keyless it gives a hundred searches away in a day; a wrong or empty key is refused, so that none is sent where none is set."""
    keys = {"Authorization": f"Bearer {access.key}"} if access.key else {}
    return Service(
        name=NAME,
        base=access.base,
        personal=access.personal,
        mail="",
        keys=keys,
        budget=True,
        rates={"single": 10.0},
        concurrency=4,
    )


class OpenAlex:
    """The client; answers are cached."""

    name = NAME
    schemes = frozenset({"doi", "pmid"})
    lists = frozenset({Lists.SCHOLARLY})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._answers = Answers(NAME, transport, cache, refresh=refresh, read=from_openalex)

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each identifier, one (free) request each."""
        return self._answers.by_identifier(identifiers, self._ask)

    def _ask(self, identifiers: Sequence[str]) -> Mapping[str, Any]:
        found = {}
        for one in identifiers:
            path = "/works/" + quote(f"doi:{one}" if scheme(one) == "doi" else one, safe=":")
            work = self._answers.get(path, {"select": _FIELDS}, valid=_is_work, absent=True)
            if work is not None:
                found[one] = work if one in _identifiers(work) else None
        return found

    def search(self, question: Question) -> Sequence[Record]:
        """The works whose title holds the words of this one. Raises ResolverError when there is no answer."""
        title = " ".join(words(question.title)[:25])
        params = {"filter": f"title.search:{title}", "per_page": str(_ROWS), "select": _FIELDS}

        def ask() -> Sequence[Any]:
            answer = self._answers.get(
                "/works", params, valid=lambda data: isinstance(data, dict) and isinstance(data.get("results"), list)
            )
            results: Sequence[Any] = answer["results"]
            return results

        return self._answers.by_words(f"title {title}", ask) if title else ()


def _is_work(data: Any) -> bool:
    return isinstance(data, dict) and str(data.get("id", "")).startswith("https://openalex.org/W")


def _identifiers(work: Mapping[str, Any]) -> set[str]:
    ids = work.get("ids")
    pmid = re.search(r"[0-9]{1,9}$", text_of(ids.get("pmid")).rstrip("/")) if isinstance(ids, dict) else None
    return {_doi(work), f"pmid:{pmid[0]}" if pmid else ""} - {""}


def _doi(work: Mapping[str, Any]) -> str:
    return text_of(work.get("doi")).lower().partition("doi.org/")[2]


def from_openalex(work: Any, retrieved_at: str) -> Record | None:
    """The record of a work as the API and the snapshot describe it."""
    if not _is_work(work):
        return None
    location, biblio = work.get("primary_location"), work.get("biblio")
    source = location.get("source") if isinstance(location, dict) else None
    container = text_of(source.get("display_name")) if isinstance(source, dict) else ""
    raw_container = text_of(location.get("raw_source_name")) if isinstance(location, dict) else ""
    numbers = biblio if isinstance(biblio, dict) else {}
    first, last = text_of(numbers.get("first_page")), text_of(numbers.get("last_page"))
    doi = _doi(work)
    preprint = container.lower().startswith("arxiv") or doi.startswith("10.48550/")
    return Record(
        source=NAME,
        compiled=True,
        doi=doi,
        type="preprint" if preprint else _TYPES.get(text_of(work.get("type")), text_of(work.get("type"))),
        title=text_of(work.get("title")) or text_of(work.get("display_name")),
        containers=tuple(dict.fromkeys(filter(None, (container, raw_container)))),
        authors=tuple(filter(None, (_author(one) for one in objects(work.get("authorships"))))),
        years=tuple(year_of(work.get("publication_year"))),
        volume=text_of(numbers.get("volume")),
        issue=text_of(numbers.get("issue")),
        pages=f"{first}-{last}" if first and last and first != last else first,
        url="https://doi.org/" + doi if doi else text_of(work.get("id")),
        retrieved_at=retrieved_at,
    )


def _author(authorship: Mapping[str, Any]) -> Name | None:
    """The name as the paper printed it: ``display_name`` is that of the person whom the compilers take the author for."""
    author = authorship.get("author")
    text = text_of(authorship.get("raw_author_name")) or (text_of(author.get("display_name")) if isinstance(author, dict) else "")
    return name_of(text)
