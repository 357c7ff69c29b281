"""JATS and BITS articles: body with its cross-references, and the reference list with the publisher's tagging.

Element names: JATS 1.3 (NISO Z39.96-2021).
"""

from __future__ import annotations

import re
from dataclasses import replace

from refaudit.model import BlockKind, Document, MarkKind, Problem, Reference, Source, Span
from refaudit.readers import markup_tree
from refaudit.readers.document_builder import Writer
from refaudit.readers.markup_tree import Node
from refaudit.readers.xml import jats_fields
from refaudit.readers.xml.xrefs import CrossReference, grouped

_SKIPPED = frozenset(
    """
    journal-meta contrib-group aff author-notes permissions article-categories pub-date history kwd-group funding-group
    article-id counts custom-meta-group self-uri related-article disp-formula inline-formula tex-math math graphic inline-graphic
    media supplementary-material sub-article response processing-meta object-id alternatives alt-text long-desc attrib table-count
    volume issue fpage lpage elocation-id product contrib collection-meta book-meta trans-title-group trans-abstract-group
    subj-group issue-title isbn issn publisher label-alternatives floats-wrap custom-meta x
    """.split()
)
_INLINE = frozenset(
    """
    italic bold sup sub sc underline monospace xref ext-link email uri named-content styled-content roman sans-serif strike
    inline-supplementary-material abbrev institution target milestone-start milestone-end overline fixed-case chem-struct tp
    named-entity date-in-citation
    """.split()
)
_DIGITS = re.compile(r"\D*(\d{1,4})\D*")


def read(path: str, data: bytes) -> Document:
    """An article in JATS or BITS. The publisher's links are kept as keys of the cited items."""
    text, notices = markup_tree.decode_markup(path, data)
    walker = _Walker(path, text)
    root = markup_tree.parse(text)
    article = next((node for node in root.walk() if node.name in ("article", "book", "book-part", "book-part-wrapper")), root)
    for part in article.elements():
        if part.name in (
            "front",
            "front-stub",
            "body",
            "back",
            "book-body",
            "book-back",
            "body-part",
            "floats-group",
            "book-part",
        ):
            walker.block(part, 1)
    return walker.document(notices + markup_tree.cut_off(text, root))


class _Walker:
    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.source = text
        self.writer = Writer()
        self.xrefs: list[CrossReference] = []
        self.references: list[Reference] = []

    # -------------------------------------------------------------- blocks

    def block(self, node: Node, level: int) -> None:
        """An element that holds blocks; running text directly inside it becomes a paragraph."""
        number = 1
        for child in node.children:
            if not isinstance(child, Node):
                if self.source[child[0] : child[1]].strip():
                    self._text(child)
                continue
            name = child.name
            if name in _SKIPPED:
                continue
            if name in ("title", "article-title", "label-title", "subtitle"):
                self.writer.open(BlockKind.HEADING, level=level)
                self.inline(child)
                self.writer.close()
            elif name == "p" or name in ("verse-line", "attrib", "speaker", "def", "term"):
                self._paragraph(child, BlockKind.PARAGRAPH, level)
            elif name in (
                "sec",
                "app",
                "abstract",
                "ack",
                "notes",
                "boxed-text",
                "bio",
                "glossary",
                "trans-abstract",
                "ref-list",
                "app-group",
            ):
                if name == "abstract" and child.find("title") is None:
                    self.writer.close()
                self.block(child, level + 1)
            elif name == "list-item":
                self._item(child, level, label=f"{number}." if node.get("list-type") == "order" else "")
                number += 1
            elif name == "table":
                self._table(child)
            elif name == "fn":
                self._footnote(child, level)
            elif name == "ref":
                self._reference(child)
            elif name in _INLINE:
                self._inline_element(child)
            else:
                self.block(child, level)
        if node.name not in _INLINE:
            self.writer.close()

    def _paragraph(self, node: Node, kind: BlockKind, level: int, label: str = "") -> None:
        """A paragraph; blocks inside it (lists, quotations, formulas) end it and follow."""
        self.writer.open(kind, label=label)
        self._flow(node, level)
        self.writer.close()

    def _flow(self, node: Node, level: int) -> None:
        for child in node.children:
            if not isinstance(child, Node):
                self._text(child)
            elif child.name in (
                "list",
                "disp-quote",
                "def-list",
                "boxed-text",
                "table-wrap",
                "fig",
                "statement",
                "fig-group",
                "verse-group",
            ):
                self.writer.close()
                self.block(child, level)
            elif child.name == "fn":
                self._footnote(child, level)
                self.writer.open(BlockKind.PARAGRAPH)
            else:
                self._inline_element(child)

    def _item(self, node: Node, level: int, *, label: str = "") -> None:
        """An item of a list, with its label or the number that a reader sees before it."""
        label = markup_tree.content(node.find("label"), self.source) or label
        self.writer.open(BlockKind.ITEM, label=label)
        if label and label[0] not in "•–—-*":
            self.writer.put(label + " ", 0, node.start, 0)
        for child in node.elements():
            if child.name == "p":
                self._flow(child, level)
                self.writer.space(0, child.end, 0)
            elif child.name != "label" and child.name not in _SKIPPED:
                self.block(child, level)
        self.writer.close()

    def _footnote(self, node: Node, level: int) -> None:
        label = markup_tree.content(node.find("label"), self.source)
        self.writer.open(BlockKind.FOOTNOTE, label=label)
        for child in node.elements():
            if child.name != "label":
                self._flow(child, level)
                self.writer.space(0, child.end, 0)
        self.writer.close()

    def _table(self, node: Node) -> None:
        self.writer.open(BlockKind.TABLE)
        for cell in node.outermost("td", "th"):
            self.inline(cell)
            self.writer.put(" | ", 0, cell.end, 0)
        self.writer.close()

    # -------------------------------------------------------------- inline

    def inline(self, node: Node) -> None:
        """The running text of an element."""
        for child in node.children:
            if isinstance(child, Node):
                self._inline_element(child)
            else:
                self._text(child)

    def _text(self, stretch: tuple[int, int]) -> None:
        markup_tree.write(self.writer, self.source, 0, *stretch)

    def _inline_element(self, node: Node) -> None:
        name = node.name
        if name in _SKIPPED:
            return
        start = self.writer.at
        if name == "break":
            self.writer.space(0, node.start, node.end - node.start)
            return
        self.inline(node)
        if name == "xref" and node.get("ref-type") == "bibr" and self.writer.at > start:
            end = self.writer.at - (1 if self.writer.text_ends(" ") else 0)
            self.xrefs.append((start, end, tuple(node.get("rid").split())))
        elif name == "sup":
            self.writer.mark(MarkKind.SUPERSCRIPT, start)
        elif name == "italic":
            self.writer.mark(MarkKind.ITALIC, start)
        elif name == "bold":
            self.writer.mark(MarkKind.BOLD, start)
        elif name in ("ext-link", "uri"):
            self.writer.mark(MarkKind.LINK, start, node.get("href"))

    # -------------------------------------------------------------- references

    def _reference(self, node: Node) -> None:
        """One ``ref``: its label and its citation as typeset, or put together where the XML has only fields."""
        cited = [part for part in _citations(node) if markup_tree.content(part, self.source)]
        if not cited:
            return
        self.writer.open(BlockKind.ITEM)
        start = self.writer.at
        label_node = node.find("label")
        label = markup_tree.content(label_node, self.source)
        if label_node is not None and label:
            self.inline(label_node)
            self.writer.space(0, label_node.end, 0)
        for part in cited:
            jats_fields.typeset(self.writer, part, self.source)
            self.writer.space(0, part.end, 0)
        self.writer.close()
        raw = self.writer.text_from(start)
        span = Span(start, start + len(raw))
        made = jats_fields.reference(cited[0], self.source, span=span, raw=raw)
        bare = _DIGITS.fullmatch(label)
        key = node.get("id") or cited[0].get("id") or None
        self.references.append(
            replace(
                made,
                id=f"g{len(self.references) + 1}",
                parts=((0, span),),
                key=key,
                label=bare[1] if bare else label.strip("[]().") or None,
            )
        )

    def document(self, notices: tuple[Problem, ...]) -> Document:
        """Everything that was read."""
        self.writer.close()
        return Document(
            path=self.path,
            format="jats",
            text=self.writer.text,
            sources=(Source(path=self.path, text=self.source),),
            pieces=tuple(self.writer.pieces),
            blocks=tuple(self.writer.blocks),
            marks=tuple(self.writer.marks),
            problems=notices,
            citations=grouped(self.writer.text, self.xrefs, [one.key or "" for one in self.references]),
            references=tuple(self.references),
            list_given=bool(self.references),
        )


def _citations(ref: Node) -> list[Node]:
    """The citation elements of a ``ref``, of alternatives the first."""
    found: list[Node] = []
    for part in ref.elements():
        if part.name == "citation-alternatives":
            found.extend(list(part.elements())[:1])
        elif part.name in ("mixed-citation", "element-citation", "nlm-citation", "citation", "product", "note"):
            found.append(part)
    return found
