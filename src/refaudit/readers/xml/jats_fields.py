"""The tagged fields of a JATS citation, and its text where the XML leaves punctuation to the typesetter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from refaudit.model import MarkKind, Name, Reference, Span
from refaudit.readers.databases import entry_records
from refaudit.readers.document_builder import Writer
from refaudit.readers.markup_tree import Node, content, write

_TYPES = {
    "journal": "article-journal", "article": "article-journal", "book": "book", "chapter": "chapter",
    "bookchapter": "chapter", "confproc": "paper-conference", "conf-proc": "paper-conference",
    "conference": "paper-conference", "thesis": "thesis", "report": "report", "gov": "report", "web": "webpage",
    "webpage": "webpage", "website": "webpage", "newspaper": "article-newspaper", "preprint": "article",
    "data": "dataset", "database": "dataset", "dataset": "dataset", "software": "software", "patent": "patent",
    "periodical": "periodical", "working-paper": "report", "standard": "standard", "video": "motion_picture",
}  # fmt: skip
_TRANSPARENT = frozenset(
    "person-group name string-name name-alternatives date conf-date string-date collab-wrap citation-part".split()
)
_HIDDEN = frozenset({"label", "x", "object-id"})


def typeset(writer: Writer, node: Node, source: str) -> None:
    """Write a citation as it is typeset; where fields follow one another without a character, the punctuation is put in.

    XML archives leave the comma between names or the point behind a title to the typesetter, some everywhere, some in
    places. Identifiers that no text leads up to are not printed.
    """
    bare = not any(source[one[0] : one[1]].strip() for one in _loose(node))
    _set(writer, node, source, _State(bare=bare))
    if bare and not writer.text_ends("."):
        writer.put(".", 0, node.end, 0)


def _loose(node: Node) -> Iterator[tuple[int, int]]:
    """The text of a citation outside its fields."""
    for child in node.children:
        if not isinstance(child, Node):
            yield child
        elif child.name in _TRANSPARENT:
            yield from _loose(child)


@dataclass(slots=True)
class _State:
    """The field written last, whether any character was written behind it, and whether the citation is nothing but fields."""

    bare: bool
    previous: str = ""
    followed: bool = True


def _set(writer: Writer, node: Node, source: str, state: _State) -> None:
    for child in node.children:
        if not isinstance(child, Node):
            if not state.bare:  # between bare fields white space is only the layout of the file
                state.followed = True
                write(writer, source, 0, *child)
            continue
        name = child.name
        if name in _HIDDEN or not content(child, source):
            continue
        if name in _TRANSPARENT:
            _set(writer, child, source, state)
            continue
        if not state.followed:
            if name == "pub-id" and child.get("pub-id-type") != "doi":
                continue
            writer.put(_sign(state.previous, name, ended=writer.text_ends(".?!")), 0, child.start, 0)
            if name == "pub-id":
                writer.put("doi:", 0, child.start, 0)
        start = writer.at
        for stretch in _texts(child):
            write(writer, source, 0, *stretch)
        if name in ("ext-link", "uri"):
            writer.mark(MarkKind.LINK, start, child.get("href"))
        elif name in ("italic", "source"):
            writer.mark(MarkKind.ITALIC, start)
        state.previous, state.followed = name, False


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
    return entry_records.reference(
        span=span,
        raw=raw,
        type_=type_,
        authors=[person for person in authors if person.family or person.literal],
        editors=editors,
        year_=entry_records.year(first.get("year", "")),
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
