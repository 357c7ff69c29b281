"""TEI documents: GROBID's output of PDF files, and texts encoded by hand.

Element names: TEI P5. GROBID marks citations as ``ref type="bibr" target="#b3"`` and entries as ``biblStruct``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from refaudit.model import BlockKind, Document, MarkKind, Name, Reference, Source, Span
from refaudit.readers import markup_tree
from refaudit.readers.databases import entry_records
from refaudit.readers.document_builder import Writer
from refaudit.readers.markup_tree import Node, content
from refaudit.readers.xml.xrefs import CrossReference, grouped

_SKIPPED = frozenset("teiHeader facsimile graphic formula figDesc pb cb lb fw gap standOff encodingDesc".split())
_BLOCKS = frozenset("p ab quote l note figure table".split())

_RAISED = re.compile(r"\bsup(?:er(?:script)?)?\b")
_SLANTED = re.compile(r"\b(?:it|ital|italics?)\b")


def read(path: str, data: bytes) -> Document:
    """A TEI document."""
    text, notices = markup_tree.decode_markup(path, data)
    root = markup_tree.parse(text)
    walker = _Walker(text)
    title = next((node for node in root.walk() if node.name == "title" and content(node, text)), None)
    if title is not None:
        walker.writer.open(BlockKind.HEADING, level=1)
        walker.inline(title)
        walker.writer.close()
    at = 0
    for part in (node for node in root.walk() if node.name in ("abstract", "text")):
        if part.start >= at:  # a text inside a text (an anthology) is read with it
            walker.blocks(part, 1)
            at = part.end
    references = tuple(walker.references)
    return Document(
        path=path,
        format="tei",
        text=walker.writer.text,
        sources=(Source(path=path, text=text),),
        pieces=tuple(walker.writer.pieces),
        blocks=tuple(walker.writer.blocks),
        marks=tuple(walker.writer.marks),
        problems=notices + markup_tree.cut_off(text, root),
        citations=grouped(walker.writer.text, walker.found, [one.key or "" for one in references]),
        references=references,
        list_given=bool(references),
    )


class _Walker:
    def __init__(self, text: str) -> None:
        self.source = text
        self.writer = Writer()
        self.found: list[CrossReference] = []
        self.references: list[Reference] = []

    def blocks(self, node: Node, level: int) -> None:
        """Divisions, headings, lists and paragraphs."""
        number = 1
        for child in node.elements():
            name = child.name
            if name in _SKIPPED:
                continue
            if name == "head":
                self.writer.open(BlockKind.HEADING, level=level)
                self.inline(child)
                self.writer.close()
            elif name in ("biblStruct", "bibl", "biblFull"):
                self._reference(child)
            elif name == "item":
                ordered = node.get("type").startswith("ordered") or node.get("rend") in ("numbered", "ordered")
                self._item(child, child.get("n") or (f"{number}." if ordered else ""))
                number += 1
            elif name in _BLOCKS and not any(one.name in ("p", "listBibl") for one in child.elements()):
                note = name == "note" and child.get("place") in ("foot", "end", "bottom")
                kind = BlockKind.FOOTNOTE if note else BlockKind.TABLE if name in ("table", "figure") else BlockKind.PARAGRAPH
                self.writer.open(kind, label=child.get("n"))
                self.inline(child)
                self.writer.close()
            else:
                self.blocks(child, level + (name == "div"))

    def _item(self, node: Node, label: str) -> None:
        """An item of a list, with the number that a reader sees before it."""
        self.writer.open(BlockKind.ITEM, label=label)
        if label:
            self.writer.put(label + " ", 0, node.start, 0)
        self.inline(node)
        self.writer.close()

    def inline(self, node: Node) -> None:
        """Running text with its cross-references and typography."""
        for child in node.children:
            if not isinstance(child, Node):
                markup_tree.write(self.writer, self.source, 0, *child)
                continue
            if child.name in _SKIPPED:
                continue
            if child.name in ("cell", "row", "head", "p", "item"):
                self.writer.space(0, child.start, 0)
            start = self.writer.at
            self.inline(child)
            end = self.writer.at - (1 if self.writer.text_ends(" ") and self.writer.at > start else 0)
            if end <= start:
                continue
            if child.name == "ref" and child.get("type") == "bibr":
                targets = tuple(one.lstrip("#") for one in child.get("target").split())
                if targets:
                    self.found.append((start, end, targets))
            elif child.name == "ref" and child.get("target").startswith("http"):
                self.writer.mark(MarkKind.LINK, start, child.get("target"))
            elif child.name == "hi":
                style = " ".join(child.get(name) for name in ("rend", "rendition", "style")).lower()
                if _RAISED.search(style):
                    self.writer.mark(MarkKind.SUPERSCRIPT, start)
                elif _SLANTED.search(style):
                    self.writer.mark(MarkKind.ITALIC, start)

    def _reference(self, node: Node) -> None:
        """An entry: its text as printed where the document keeps it, else its fields one after another."""
        if not content(node, self.source):
            return
        printed = next((one for one in node.walk() if one.name == "note" and one.get("type") == "raw_reference"), None)
        self.writer.open(BlockKind.ITEM)
        start = self.writer.at
        if printed is not None or node.name == "bibl":
            self.inline(printed or node)
        else:
            self._set(node)
        self.writer.close()
        raw = self.writer.text_from(start)
        span = Span(start, start + len(raw))
        key = node.get("id") or None
        if node.name == "bibl":
            self.references.append(Reference(id=f"g{len(self.references) + 1}", span=span, raw=raw, parts=((0, span),), key=key))
            return
        self.references.append(
            replace(self._fields(node, span, raw), id=f"g{len(self.references) + 1}", parts=((0, span),), key=key)
        )

    def _set(self, node: Node) -> None:
        """The fields of an entry as text, a comma or point between them."""
        for one in node.walk():
            if one.name in ("persName", "title", "publisher", "pubPlace", "biblScope", "date", "idno", "ptr", "orgName"):
                shown = content(one, self.source) or one.get("target") or one.get("when")
                if not shown:
                    continue
                if one.name == "biblScope" and one.get("from") and not content(one, self.source):
                    shown = "–".join(filter(None, (one.get("from"), one.get("to"))))
                self.writer.put(("doi:" if one.get("type") == "DOI" else "") + shown, 0, one.start, one.end - one.start)
                self.writer.put(", " if one.name in ("persName", "biblScope", "publisher") else ". ", 0, one.end, 0)

    def _fields(self, node: Node, span: Span, raw: str) -> Reference:
        def text(one: Node | None) -> str:
            return content(one, self.source)

        part, whole = node.find("analytic"), node.find("monogr")
        scopes = {one.get("unit"): one for one in node.walk() if one.name == "biblScope"}
        ids = {one.get("type").lower(): text(one) for one in node.walk() if one.name == "idno"}
        date = next((one for one in node.walk() if one.name == "date"), None)
        page = scopes.get("page")
        pages = "–".join(filter(None, (page.get("from"), page.get("to")))) or text(page) if page else ""
        title = text(part.find("title") if part else None)
        holder = next((one for one in (whole.elements("title") if whole else ()) if text(one)), None)
        journal = holder is not None and holder.get("level") == "j"
        url = next((one.get("target") for one in node.walk() if one.name == "ptr"), "")
        return entry_records.reference(
            span=span,
            raw=raw,
            type_="article-journal" if title and journal else None,
            authors=self._people(part, "author") or self._people(whole, "author"),
            editors=self._people(whole, "editor"),
            year_=entry_records.year((date.get("when") or text(date)) if date else ""),
            title=title or text(holder),
            container=text(holder) if title else "",
            volume=text(scopes.get("volume")),
            issue=text(scopes.get("issue")),
            pages=pages,
            publisher=text(next((one for one in node.walk() if one.name == "publisher"), None)),
            place=text(next((one for one in node.walk() if one.name == "pubPlace"), None)),
            doi=ids.get("doi"),
            arxiv=ids.get("arxiv"),
            pmid=ids.get("pmid"),
            isbn=ids.get("isbn"),
            issn=ids.get("issn"),
            url=url,
        )

    def _people(self, holder: Node | None, role: str) -> list[Name]:
        people = []
        for one in holder.elements(role) if holder else ():
            name = one.find("persName") or one
            given = " ".join(filter(None, (content(part, self.source) for part in name.elements("forename"))))
            family = content(name.find("surname"), self.source)
            if family:
                people.append(Name(family=family, given=given))
            elif content(one, self.source):
                people.append(Name(literal=content(one, self.source)))
        return people
