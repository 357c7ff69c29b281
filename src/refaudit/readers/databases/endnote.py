"""EndNote's XML export: records with styled text."""

from __future__ import annotations

from refaudit.model import Document, Reference, Span
from refaudit.readers import markup_tree
from refaudit.readers.databases import entry_records
from refaudit.readers.databases.entry_records import Listing, alone
from refaudit.readers.markup_tree import Node, content

_TYPES = {
    "journal article": "article-journal", "electronic article": "article-journal",
    "newspaper article": "article-newspaper", "magazine article": "article-magazine", "book": "book",
    "edited book": "book", "electronic book": "book", "book section": "chapter", "electronic book section": "chapter",
    "conference paper": "paper-conference", "conference proceedings": "paper-conference", "thesis": "thesis",
    "report": "report", "government document": "report", "web page": "webpage", "blog": "post-weblog",
    "dataset": "dataset", "computer program": "software", "patent": "patent", "unpublished work": "manuscript",
    "standard": "standard",
}  # fmt: skip


def read(path: str, data: bytes) -> Document:
    """An EndNote XML file audited on its own."""
    return alone(listing(path, data), "endnote")


def listing(path: str, data: bytes) -> Listing:
    """The records of an EndNote XML file."""
    text, notices = markup_tree.decode_markup(path, data)
    root = markup_tree.parse(text)
    references = tuple(_reference(node, text) for node in root.walk() if node.name == "record")
    return Listing(path=path, text=text, references=references, problems=notices + markup_tree.cut_off(text, root))


def _reference(node: Node, text: str) -> Reference:
    def at(*path: str) -> str:
        return content(node.find(*path), text)

    kind = node.find("ref-type")
    type_ = _TYPES.get(kind.get("name").lower() if kind else "")
    number = at("isbn")
    book = type_ in ("book", "chapter")
    inner = next((one for one in node.walk() if one is not node and one.name == "record"), None)  # of a record never closed
    end = inner.start if inner else node.end
    return entry_records.reference(
        span=Span(node.start, end),
        raw=text[node.start : end],
        database=True,
        key=at("rec-number") or None,
        type_=type_,
        authors=[entry_records.person(content(one, text)) for one in _people(node, "authors")],
        editors=[entry_records.person(content(one, text)) for one in _people(node, "secondary-authors")],
        year_=entry_records.year(at("dates", "year")),
        title=at("titles", "title"),
        container=at("titles", "secondary-title") or at("periodical", "full-title"),
        volume=at("volume"),
        issue=at("number"),
        pages=at("pages"),
        publisher=at("publisher"),
        place=at("pub-location"),
        edition=at("edition"),
        doi=at("electronic-resource-num"),
        pmid=at("accession-num") if at("accession-num").isdigit() else "",
        isbn=number if book else "",
        issn=number if type_ == "article-journal" else "",
        url=at("urls", "related-urls", "url") or at("urls", "web-urls", "url"),
        accessed=at("access-date"),
    )


def _people(node: Node, group: str) -> list[Node]:
    holder = node.find("contributors", group)
    return list(holder.elements("author")) if holder else []
