"""Europe PMC: PubMed, PubMed Central and preprints of the life sciences, many identifiers in one request, and by title.

https://europepmc.org/RestfulWebService
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from refaudit.model import Name, Record, Update
from refaudit.resolve.sources.answers import Answers
from refaudit.resolve.sources.protocol import Lists, Question, Reply, scheme
from refaudit.resolve.sources.record import name_of, objects, text_of, year_of
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Service, Transport
from refaudit.text import words

NAME = "Europe PMC"
_REST = "/webservices/rest"
_ROWS = 10
_BATCH = 50
# What PubMed says of a paper by its kind and by the notices that it links.
_TOLD = {
    "retracted publication": "retraction",
    "retraction in": "retraction",
    "expression of concern in": "expression-of-concern",
    "erratum in": "correction",
}


def service(access: Access) -> Service:
    """No limit is published; ten a second are what its users report to be fine."""
    return Service(name=NAME, base=access.base, personal=access.personal, mail="", rates={"single": 8.0}, concurrency=3)


class EuropePmc:
    """The client; answers are cached."""

    name = NAME
    schemes = frozenset({"doi", "pmid", "pmcid"})
    lists = frozenset({Lists.BIOMEDICAL})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._answers = Answers(NAME, transport, cache, refresh=refresh, read=from_europe_pmc)

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each identifier, fifty a request."""
        return self._answers.by_identifier(identifiers, self._ask, together=_BATCH)

    def _ask(self, identifiers: Sequence[str]) -> Mapping[str, Any]:
        query = " OR ".join(filter(None, map(_term, identifiers)))
        by_id: dict[str, Any] = {}
        items = self._list(query, 2 * len(identifiers)) if query else ()
        for item in items:
            for one in _identifiers(item) if item else ():
                by_id.setdefault(one, item)
        # what an unreadable result was about, it does not say: nobody is called absent beside it
        return {one: by_id.get(one) for one in identifiers if one in by_id or not all(map(_identifiers, items))}

    def search(self, question: Question) -> Sequence[Record]:
        """The works whose title holds these words. Raises ResolverError when there is no answer."""
        title = " ".join(words(question.title)[:40])
        return self._answers.by_words(f"title {title}", lambda: self._list(f'TITLE:"{title}"', _ROWS)) if title else ()

    def _list(self, query: str, rows: int) -> Sequence[Any]:
        params = {"query": query, "format": "json", "resultType": "core", "pageSize": str(rows)}
        answer = self._answers.get(self._answers.path(_REST, "/search"), params, valid=lambda data: _results(data) is not None)
        # abstracts, full text links and index terms are not needed, and not ours to keep
        return [
            {key: item[key] for key in _KEPT if key in item} if isinstance(item, dict) else {} for item in _results(answer) or ()
        ]


_KEPT = ("id", "source", "pmid", "pmcid", "doi", "title", "authorString", "authorList", "journalInfo", "journalTitle", "journalVolume",
         "issue", "pageInfo", "pubYear", "firstPublicationDate", "pubType", "pubTypeList", "commentCorrectionList",
         "bookOrReportDetails")  # fmt: skip


def _term(identifier: str) -> str:
    kind, value = scheme(identifier), identifier.partition(":")[2]
    if kind == "doi":
        return "" if '"' in identifier else f'DOI:"{identifier}"'
    return f"(EXT_ID:{value} AND SRC:MED)" if kind == "pmid" else f"PMCID:{value.upper()}"


def _identifiers(item: Mapping[str, Any]) -> set[str]:
    pmid, pmcid, doi = (text_of(item.get(name)).lower() for name in ("pmid", "pmcid", "doi"))
    return {doi, f"pmid:{pmid}" if pmid else "", f"pmcid:{pmcid}" if pmcid else ""} - {""}


def _results(data: Any) -> list[Any] | None:
    results = data.get("resultList") if isinstance(data, dict) else None
    found = results.get("result") if isinstance(results, dict) else None
    return found if isinstance(found, list) else None


def _inner(item: Any, *names: str) -> Any:
    for name in names:
        item = item.get(name) if isinstance(item, dict) else None
    return item


def from_europe_pmc(item: Any, retrieved_at: str) -> Record | None:
    """The record of a result, "lite" or "core"."""
    if not isinstance(item, dict) or not text_of(item.get("title")):
        return None
    journal = next(objects([item.get("journalInfo")]), {})
    title = text_of(item.get("title")).removesuffix(".")
    doi, source, number = text_of(item.get("doi")).lower(), text_of(item.get("source")), text_of(item.get("id"))
    listed_kinds = _inner(item, "pubTypeList", "pubType")
    kinds = listed_kinds if isinstance(listed_kinds, list) and listed_kinds else text_of(item.get("pubType")).split(";")
    containers = [text_of(_inner(journal, "journal", name)) for name in ("title", "medlineAbbreviation", "isoabbreviation")]
    years = year_of(item.get("pubYear")) | year_of(journal.get("yearOfPublication")) | year_of(item.get("firstPublicationDate"))
    linked = [text_of(note.get("type")).lower() for note in objects(_inner(item, "commentCorrectionList", "commentCorrection"))]
    told = [_TOLD[word] for word in (*(text_of(kind).lower() for kind in kinds), *linked) if word in _TOLD]
    authors = [_author(one) for one in objects(_inner(item, "authorList", "author"))]
    listed = [name_of(name) for name in text_of(item.get("authorString")).rstrip(".").split(", ")]
    return Record(
        source=NAME,
        doi=doi,
        type="preprint" if source == "PPR" else "journal-article",
        title=re.sub(r"^\[(.*)\]$", r"\1", title),
        containers=tuple(dict.fromkeys(filter(None, (*containers, text_of(item.get("journalTitle")))))),
        authors=tuple(filter(None, authors or listed)),
        years=tuple(sorted(years)),
        volume=text_of(journal.get("volume")) or text_of(item.get("journalVolume")),
        issue=text_of(journal.get("issue")) or text_of(item.get("issue")),
        pages=text_of(item.get("pageInfo")),
        url="https://doi.org/" + doi if doi else f"https://europepmc.org/article/{source}/{number}",
        updated_by=tuple(Update(kind=kind, source="PubMed") for kind in dict.fromkeys(told)),
        retrieved_at=retrieved_at,
    )


def _author(author: Mapping[str, Any]) -> Name | None:
    family, given = text_of(author.get("lastName")), text_of(author.get("firstName")) or text_of(author.get("initials"))
    if family:
        return Name(family=family, given=given)
    return name_of(text_of(author.get("collectiveName")) or text_of(author.get("fullName")))
