"""Semantic Scholar, with the user's key only: what it gives to all without one is used up nearly always. Works by identifier and by title.

https://api.semanticscholar.org/api-docs/graph. Data of its API are shown with its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refaudit.model import Record
from refaudit.resolve.sources.answers import Answers
from refaudit.resolve.sources.arxiv import PREFIX
from refaudit.resolve.sources.protocol import Lists, Question, Reply, scheme
from refaudit.resolve.sources.record import name_of, objects, text_of, year_of
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Service, Transport
from refaudit.text import words

NAME = "Semantic Scholar"
_GRAPH = "/graph/v1"
_FIELDS = "title,year,venue,journal,authors,externalIds,publicationTypes"
_PREFIXES = {"doi": "DOI:", "pmid": "PMID:", "pmcid": "PMCID:", "arxiv": "ARXIV:", "acl": "ACL:"}
_NAMES = {"doi": "DOI", "pmid": "PubMed", "pmcid": "PubMedCentral", "arxiv": "ArXiv", "acl": "ACL"}


def service(access: Access) -> Service:
    """One request a second, as keys begin with."""
    return Service(
        name=NAME,
        base=access.base,
        personal=access.personal,
        mail="",
        keys={"x-api-key": access.key} if access.key else {},
        rates={"single": 1.0},
    )


class SemanticScholar:
    """The client; answers are cached."""

    name = NAME
    schemes = frozenset(_PREFIXES)
    lists = frozenset({Lists.SCHOLARLY})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._answers = Answers(NAME, transport, cache, refresh=refresh, read=from_paper)

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each identifier, one request each."""
        return self._answers.by_identifier(identifiers, self._ask)

    def _ask(self, identifiers: Sequence[str]) -> Mapping[str, Any]:
        found = {}
        for one in identifiers:
            value = one if scheme(one) == "doi" else one.partition(":")[2]
            path = self._answers.path(_GRAPH, "/paper/" + quote(_PREFIXES[scheme(one)] + value.upper(), safe=":"))
            paper = self._answers.get(path, {"fields": _FIELDS}, valid=_is_paper, absent=True)
            if paper is not None:
                found[one] = paper if _is_of(paper, scheme(one), value) else None
        return found

    def search(self, question: Question) -> Sequence[Record]:
        """The one work of the most similar title, whether it is the one or not. Raises ResolverError when there is no answer."""
        title = " ".join(words(question.title)[:40])

        def ask() -> Sequence[Any]:
            path = self._answers.path(_GRAPH, "/paper/search/match")
            answer = self._answers.get(
                path,
                {"query": title, "fields": _FIELDS},
                valid=lambda data: isinstance(data, dict) and "data" in data,
                absent=True,
            )
            found = (answer or {}).get("data")
            return found if isinstance(found, list) else [found] if answer else []

        return self._answers.by_words(f"title {title}", ask) if title else ()


def _is_paper(data: Any) -> bool:
    return isinstance(data, dict) and bool(text_of(data.get("paperId"))) and "title" in data


def _is_of(paper: Any, kind: str, value: str) -> bool:
    """Whether a paper is the one asked for: it names no other identifier of the kind."""
    ids = paper.get("externalIds")
    named = text_of(ids.get(_NAMES[kind])).lower() if isinstance(ids, dict) else ""
    return not named or named.removeprefix("pmc") == value.lower().removeprefix("pmc")


def from_paper(paper: Any, retrieved_at: str) -> Record | None:
    """The record of a paper; one entry there may be preprint and article at once, with year and venue of either."""
    if not _is_paper(paper) or not text_of(paper.get("title")):
        return None
    ids, journal = paper.get("externalIds"), paper.get("journal")
    ids, journal = (ids if isinstance(ids, dict) else {}), (journal if isinstance(journal, dict) else {})
    arxiv = text_of(ids.get("ArXiv")).lower()
    doi = text_of(ids.get("DOI")).lower() or (PREFIX + arxiv if arxiv else "")
    containers = [text_of(paper.get("venue")), text_of(journal.get("name"))]
    return Record(
        source=NAME,
        compiled=True,
        doi=doi,
        type="preprint"
        if doi.startswith(PREFIX) and not any(name and "arxiv" not in name.lower() for name in containers)
        else "journal-article",
        title=text_of(paper.get("title")),
        containers=tuple(dict.fromkeys(filter(None, containers))),
        authors=tuple(filter(None, (name_of(text_of(one.get("name"))) for one in objects(paper.get("authors"))))),
        years=tuple(year_of(paper.get("year"))),
        volume=text_of(journal.get("volume")),
        pages=text_of(journal.get("pages")),
        url="https://doi.org/" + doi if doi else f"https://www.semanticscholar.org/paper/{text_of(paper.get('paperId'))}",
        retrieved_at=retrieved_at,
    )
