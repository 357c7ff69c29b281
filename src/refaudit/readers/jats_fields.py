"""The tagged fields of a JATS citation, and its text where the XML leaves punctuation to the typesetter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refaudit.model import Name, Reference, Span
from refaudit.readers import structured
from refaudit.readers.markup import Node, content, write
from refaudit.readers.writer import Writer

_TYPES = {
    "journal": "article-journal", "article": "article-journal", "book": "book", "chapter": "chapter", "bookchapter": "chapter",
    "confproc": "paper-conference", "conf-proc": "paper-conference", "conference": "paper-conference", "thesis": "thesis",
    "report": "report", "gov": "report", "web": "webpage", "webpage": "webpage", "website": "webpage",
    "newspaper": "article-newspaper",

    "preprint": "article", "data": "dataset", "database": "dataset", "dataset": "dataset", "software": "software", "patent": "patent",
    "periodical": "periodical", "working-paper": "report", "standard": "standard", "video": "motion_picture",
}  # fmt: skip
_WORDY = re.compile(r"[.,;:()]")


def is_typeset(node: Node, source: str) -> bool:
    """Whether a citation holds the punctuation between its parts (as against fields one after another)."""
    between = "".join(source[one[0] : one[1]] for one in _loose(node))
    parts = sum(1 for _ in node.elements())
    return parts < 3 or len(_WORDY.findall(between)) * 3 >= parts


def _loose(node: Node) -> Iterator[tuple[int, int]]:
    """The text directly in a citation or in its groups of people."""
    for child in node.children:
        if not isinstance(child, Node):
            yield child
        elif child.name in ("person-group", "collab-wrap"):
            yield from _loose(child)


def typeset(writer: Writer, node: Node, source: str) -> None:
    """Write the fields of a citation with punctuation between them, in the order of the XML: names, title. Source. Year;..."""
    previous = ""
    for part in _leaves(node):
        name = part.name
        text = content(part, source)
        if not text or (name == "pub-id" and part.get("pub-id-type") != "doi"):
            continue
        sign = _sign(previous, name, ended=writer.text_ends(".?!"))
        if sign:
            writer.put(sign, 0, part.start, 0)
        if name == "pub-id":
            writer.put("doi:", 0, part.start, 0)
        for stretch in _texts(part):
            write(writer, source, 0, *stretch)
        previous = name
    writer.put(".", 0, node.end, 0)


def _sign(before: str, name: str, *, ended: bool) -> str:
    """What stands between two fields in the common manner of the life sciences."""
    if not before:
        return ""
    if name in ("given-names", "suffix") or before == "prefix":
        return " "
    if name in ("surname", "collab", "string-name", "etal") and before in (
        "given-names",
        "surname",
        "suffix",
        "collab",
        "string-name",
    ):
        return ", "
    if before == "fpage" and name == "lpage":
        return "-"
    if name == "volume":
        return ";" if before == "year" else " "
    if name == "issue":
        return ":"
    if name in ("fpage", "elocation-id", "page-range"):
        return ":"
    if name == "year" and before == "source":
        return " "
    if name == "publisher-name" and before == "publisher-loc":
        return ": "
    return " " if ended else ". "


_TRANSPARENT = frozenset({"person-group", "name", "name-alternatives", "date", "conf-date", "article-title-group", "string-date"})


def _leaves(node: Node) -> Iterator[Node]:
    for child in node.elements():
        if child.name in _TRANSPARENT:
            yield from _leaves(child)
        elif child.name not in ("label", "x"):
            yield child


def _texts(node: Node) -> Iterator[tuple[int, int]]:
    for child in node.children:
        if isinstance(child, Node):
            yield from _texts(child)
        else:
            yield child


def reference(node: Node, source: str, *, span: Span, raw: str) -> Reference:
    """The reference with the fields that the citation tags; what it does not tag is left to be read from ``raw``."""
    first: dict[str, str] = {}
    authors: list[Name] = []
    editors: list[Name] = []
    et_al = False
    ids: dict[str, str] = {}
    for part in node.walk():
        name = part.name
        if name in ("name", "string-name", "collab", "on-behalf-of"):
            person = _person(part, source)
            (editors if _edits(node, part) else authors).append(person)
        elif name == "etal":
            et_al = True
        elif name in ("pub-id", "object-id"):
            ids.setdefault(part.get("pub-id-type").lower(), content(part, source))
        elif name in ("ext-link", "uri"):
            address = part.get("href") or content(part, source)
            if "doi.org/" in address or part.get("ext-link-type") == "doi":
                ids.setdefault("doi", address)
            elif address.startswith("http"):
                first.setdefault("url", address)
        else:
            first.setdefault(name, content(part, source))
    chapter = first.get("chapter-title", "")
    kind = (node.get("publication-type") or node.get("citation-type")).lower()
    article = first.get("article-title") or first.get("data-title") or chapter or first.get("part-title")
    title = article or first.get("source")
    type_ = _TYPES.get(kind)
    if type_ == "book" and (chapter or (article and first.get("source"))):
        type_ = "chapter"
    pages = first.get("page-range") or ""
    if not pages and first.get("fpage"):
        pages = first["fpage"] + (f"–{first['lpage']}" if first.get("lpage") and first["lpage"] != first["fpage"] else "")
    return structured.reference(
        span=span,
        raw=raw,
        type_=type_,
        authors=[person for person in authors if person.family or person.literal],
        editors=editors,
        year_=structured.year(first.get("year", "")),
        title=title,
        container=first.get("source") if article else "",
        volume=first.get("volume"),
        issue=first.get("issue"),
        pages=pages or first.get("elocation-id"),
        publisher=first.get("publisher-name"),
        place=first.get("publisher-loc"),
        edition=first.get("edition"),
        doi=ids.get("doi"),
        arxiv=ids.get("arxiv"),
        pmid=ids.get("pmid"),
        isbn=first.get("isbn") or ids.get("isbn"),
        issn=first.get("issn"),
        url=first.get("url"),
        accessed=first.get("date-in-citation") or first.get("access-date"),
        et_al=et_al,
    )


def _person(node: Node, source: str) -> Name:
    surname = content(node.find("surname"), source)
    if node.name in ("collab", "on-behalf-of"):
        return Name(literal=content(node, source))
    if not surname:
        text = content(node, source)
        return Name(literal=text) if text and node.find("given-names") is None else Name()
    return Name(family=surname, given=content(node.find("given-names"), source), suffix=content(node.find("suffix"), source))


def _edits(citation: Node, person: Node) -> bool:
    """Whether a person stands in a group of editors."""
    return any(
        group.get("person-group-type") in ("editor", "ed", "guest-editor", "translator", "director")
        and group.start < person.start < group.end
        for group in citation.elements("person-group")
    )
