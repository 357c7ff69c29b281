"""Hayagriva YAML, Typst's bibliography format: entries by key, each with the work that holds it as ``parent``."""

from __future__ import annotations

from collections.abc import Mapping

from refaudit.model import Document, Name, Reference, Span
from refaudit.readers.databases import entry_records, yaml_nodes
from refaudit.readers.databases.entry_records import Listing, alone
from refaudit.readers.databases.yaml_nodes import get
from refaudit.readers.decode import decode

_TYPES = {
    "book": "book", "anthology": "book", "reference": "book", "proceedings": "book", "report": "report",
    "thesis": "thesis", "web": "webpage", "blog": "post-weblog", "chapter": "chapter", "anthos": "chapter",
    "repository": "software", "patent": "patent", "manuscript": "manuscript", "newspaper": "article-newspaper",
    "periodical": "periodical", "video": "motion_picture", "case": "legal_case",
}  # fmt: skip
# the type of an article is that of the work that holds it
_ARTICLES = {
    "periodical": "article-journal",
    "newspaper": "article-newspaper",
    "proceedings": "paper-conference",
    "conference": "paper-conference",
}


def read(path: str, data: bytes) -> Document:
    """A Hayagriva file audited on its own."""
    return alone(listing(path, data), "hayagriva")


def listing(path: str, data: bytes) -> Listing:
    """The entries of a Hayagriva file."""
    text, notices = decode(path, data)
    references = tuple(
        _reference(key, node.value, Span(node.start, node.end), text[node.start : node.end])
        for key, node in yaml_nodes.entries(path, text)
        if key and isinstance(node.value, Mapping)
    )
    return Listing(path=path, text=text, references=references, problems=notices)


def _reference(key: str, item: Mapping[str, object], span: Span, raw: str) -> Reference:
    found = item.get("parent")
    parents = [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, Mapping)]
    parent: Mapping[str, object] = parents[0] if parents else {}
    numbers = item.get("serial-number")
    serial: Mapping[str, object] = numbers if isinstance(numbers, Mapping) else {}
    outer = parent.get("serial-number")
    serial = {**(outer if isinstance(outer, Mapping) else {}), **serial}
    kind, held = get(item, "type").lower(), get(parent, "type").lower()
    url = item.get("url")
    return entry_records.reference(
        span=span,
        raw=raw,
        database=True,
        key=key,
        type_=_ARTICLES.get(held, "article-journal" if kind == "article" and parent else _TYPES.get(kind)),
        authors=_people(item.get("author")),
        editors=_people(item.get("editor") or parent.get("editor")),
        year_=entry_records.year(get(item, "date") or get(parent, "date")),
        title=_title(item),
        container=_title(parent),
        volume=get(item, "volume") or get(parent, "volume"),
        issue=get(item, "issue") or get(parent, "issue"),
        pages=get(item, "page-range").replace("-", "–"),
        publisher=_name(item.get("publisher") or parent.get("publisher") or item.get("organization")),
        place=get(item, "location") or get(parent, "location"),
        edition=get(item, "edition"),
        doi=get(serial, "doi"),
        arxiv=get(serial, "arxiv"),
        pmid=get(serial, "pmid"),
        isbn=get(serial, "isbn"),
        issn=get(serial, "issn"),
        url=get(url, "value") if isinstance(url, Mapping) else get(item, "url"),
        accessed=get(url, "date") if isinstance(url, Mapping) else "",
    )


def _title(item: Mapping[str, object]) -> str:
    value = item.get("title")
    return get(value, "value") if isinstance(value, Mapping) else get(item, "title")


def _name(value: object) -> str:
    return get(value, "name") if isinstance(value, Mapping) else yaml_nodes.string(value)


def _people(value: object) -> list[Name]:
    people = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            people.append(
                Name(
                    family=get(one, "name"), given=get(one, "given-name"), particle=get(one, "prefix"), suffix=get(one, "suffix")
                )
            )
        elif isinstance(one, str) and one:
            people.append(entry_records.person(one))
    return people
