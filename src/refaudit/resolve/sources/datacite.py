"""DataCite's REST API: works that DataCite registered (data, software, theses, arXiv), fifty DOIs in one request, and by title.

https://support.datacite.org/docs/api
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refaudit.model import Record
from refaudit.parse.identifiers import doi_prefix
from refaudit.resolve.sources.answers import Answers, decoded
from refaudit.resolve.sources.protocol import Known, Lists, Question, Reply
from refaudit.resolve.sources.record import from_datacite, same_doi
from refaudit.resolve.wire.cache import Cache
from refaudit.resolve.wire.transport import Access, Answer, Service, Transport
from refaudit.text import words

NAME = "DataCite"
BATCH, _ROWS = 50, 10
# Prefixes under which nobody else registers: arXiv, Zenodo, Dryad, figshare, OSF, the Harvard Dataverse.
OWN_PREFIXES = frozenset({"10.48550", "10.5281", "10.5061", "10.6084", "10.17605", "10.7910"})


def service(access: Access) -> Service:
    """Five hundred requests in five minutes, twice as many with a mail address."""
    return Service(name=NAME, base=access.base, personal=access.personal, rates={"single": 5.0}, concurrency=2)


class DataCite:
    """The client; answers are cached."""

    name = NAME
    schemes = frozenset({"doi"})
    lists = frozenset({Lists.PREPRINTS, Lists.DATA})

    def __init__(self, transport: Transport, cache: Cache | None, *, refresh: bool = False) -> None:
        """``cache`` None keeps nothing."""
        self._answers = Answers(NAME, transport, cache, refresh=refresh, read=_record)
        self._transport = transport

    def records(self, identifiers: Sequence[str]) -> Mapping[str, Reply]:
        """One reply for each DOI, fifty a request."""
        found = self._answers.by_identifier(identifiers, self._ask, together=BATCH)
        return {doi: self._own(doi, said) for doi, said in found.items()}

    def _own(self, doi: str, said: Reply) -> Reply:
        if said.record and said.record.doi != doi:
            return Reply(known=Known.FAILED, detail=f"what {NAME} sent about this DOI cannot be read")
        return said

    def _ask(self, identifiers: Sequence[str]) -> Mapping[str, Any]:
        listed = [doi for doi in identifiers if '"' not in doi and "\\" not in doi]
        items = self._list(listed) if len(listed) > 1 else None
        if items is None:  # one alone, or a server that gives no lists
            listed, items = [], {}
        return items | {doi: data for doi in identifiers if doi not in listed and (data := self._single(doi)) is not None}

    def _single(self, doi: str) -> Any:
        answer = self._transport.get(NAME, "/dois/" + quote(doi, safe=""), valid=_is_record)
        return decoded(answer)["data"] if answer.status == 200 else None

    def _list(self, dois: Sequence[str]) -> dict[str, Any] | None:
        query = "doi:(" + " OR ".join(f'"{doi}"' for doi in dois) + ")"
        answer = self._answers.get("/dois", {"query": query, "page[size]": str(len(dois))}, valid=_is_list, absent=True)
        if answer is None:
            return None
        return {doi: item for item in answer["data"] if isinstance(item, dict) for doi in dois if same_doi(item.get("id"), doi)}

    def search(self, question: Question) -> Sequence[Record]:
        """The works of this title, at arXiv where the entry says that it is there. Raises ResolverError when there is no answer."""
        title = " ".join(words(question.title)[:30])
        within = ' AND prefix:"10.48550"' if "arxiv" in question.text.lower() else ""
        params = {"query": f'titles.title:"{title}"{within}', "page[size]": str(_ROWS)}

        def ask() -> Sequence[Any]:
            answer = self._answers.get("/dois", params, valid=_is_list)
            items: Sequence[Any] = answer["data"]
            return items

        return self._answers.by_words(params["query"], ask) if title else ()


def own(doi: str) -> bool:
    """Whether a DOI can only be one of DataCite's, so that asking others first is idle."""
    return doi_prefix(doi) in OWN_PREFIXES


def _record(data: Any, date: str) -> Record | None:
    return from_datacite(data, retrieved_at=date) if isinstance(data, dict) else None


def _is_list(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("data"), list)


def _is_record(answer: Answer) -> bool:
    data = decoded(answer)
    if answer.status == 404:
        return isinstance(data, dict) and "errors" in data
    return answer.status == 200 and isinstance(data, dict) and isinstance(data.get("data"), dict)
