"""HTML pages (saved articles, exported manuscripts) and EPUB books: text, links, and reference lists that links lead to."""

from __future__ import annotations

import posixpath
import re
import urllib.parse
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from refaudit.errors import InputError
from refaudit.model import BlockKind, Citation, Document, MarkKind, Problem, Reference, Source, Span
from refaudit.readers import markup_tree
from refaudit.readers.document_builder import Writer
from refaudit.readers.markup_tree import Node
from refaudit.readers.xml.xrefs import grouped
from refaudit.readers.zip_container import Container
from refaudit.text import whole

_SKIPPED = frozenset(
    """
    script style template textarea nav noscript svg math button form select iframe object audio video canvas head input
    figure-inline map dialog menu annotation
    """.split()
)
_BLOCKS = frozenset(
    """
    p div section article main header footer aside blockquote pre address dl dt dd ul ol li table thead tbody tfoot tr td th
    caption figure     figcaption h1 h2 h3 h4 h5 h6 hr fieldset details summary body html center
    """.split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_ROLES = frozenset({"navigation", "banner", "search", "contentinfo", "complementary", "dialog", "menu"})
_BACK = re.compile(r"\W*(?:↩︎?|↵|\^|⏎|back|go to(?: top)?|[a-z])?\W*", re.IGNORECASE)
_NOT_REFERENCES = re.compile(
    r"(?i)\b(?:fn|footnote|fig|figure|tab|table|sec|section|eq|app|toc|note|top|nav|header|cell|code)s?[-_.:]?[\w-]*$"
)
_REFERENCES = re.compile(
    r"(?i)(?:^|[-_ .:])(?:ref|refs|reference|references|bib|bibr|biblio|bibliography|cit|cite|citation|csl-entry|cr|b|r)s?"
    r"(?:[-_ .:]?\w*)?$"
)


_NUMBERED = re.compile(r"\W{0,2}\d{1,4}\W")
"""An item that brings its number itself (journals write it into the text and hide the browser's)."""


def _first_number(node: Node) -> int | None:
    """The first number of an ordered list, None for one whose numbers are hidden or no Arabic numerals."""
    if "none" in node.get("style") or node.get("type") in ("a", "A", "i", "I"):
        return None
    start = whole(node.get("start"))
    return 1 if start is None else start


_STYLED = re.compile(r"\.([A-Za-z][\w-]{0,60})\s*\{([^{}]{0,2000})\}")
_LIFTED = re.compile(r"vertical-align\s*:\s*(?:super|[1-9])|(?:^|[;\s])top\s*:\s*-")


def _raised_classes(css: str) -> set[str]:
    """The classes of a style sheet that set text high, as word processors write them in place of ``sup``."""
    return {match[1] for match in _STYLED.finditer(css) if _LIFTED.search(match[2])}


@dataclass(slots=True)
class _Anchor:
    """A link inside the document: what it covers and the name it leads to."""

    start: int
    end: int
    target: str


def read(path: str, data: bytes) -> Document:
    """An HTML page."""
    text, notices = markup_tree.decode_markup(path, data)
    walker = _Walker()
    walker.page(text, Source(path=path, text=text))
    return walker.document(path, "html", notices)


def read_epub(path: str, data: bytes) -> Document:
    """An EPUB book: its chapters in the order of the spine. Raises InputError when it has none."""
    container = Container(path, data, "EPUB")
    folder, names = _spine(container)
    walker = _Walker()
    for name in [name for name in container.names if name.endswith(".css")][:50]:
        walker.raised |= _raised_classes((container.read(name) or b"").decode("utf-8", errors="replace"))
    notices: tuple[Problem, ...] = ()
    for name in names[:2000]:
        content = container.read(posixpath.normpath(posixpath.join(folder, name)))
        if content:
            place = f"{path}/{posixpath.normpath(posixpath.join(folder, name))}"
            text, more = markup_tree.decode_markup(place, content)
            notices += more
            walker.page(text, Source(path=place, text=text))
    if not walker.sources:
        raise InputError(f"{path}: an EPUB container without readable chapters")
    return walker.document(path, "epub", notices)


def _spine(container: Container) -> tuple[str, list[str]]:
    meta = markup_tree.parse((container.read("META-INF/container.xml") or b"").decode("utf-8", errors="replace"))
    package = next((node.get("full-path") for node in meta.walk() if node.name == "rootfile"), "")
    root = markup_tree.parse((container.read(package) or b"").decode("utf-8", errors="replace"))
    items = {node.get("id"): urllib.parse.unquote(node.get("href")) for node in root.walk() if node.name == "item"}
    order = [items[node.get("idref")] for node in root.walk() if node.name == "itemref" and node.get("idref") in items]
    order = list(dict.fromkeys(order))  # each chapter once, as the format demands
    return posixpath.dirname(package), order or [name for name in container.names if name.endswith((".xhtml", ".html"))]


def _stem(name: str) -> str:
    """The name of an anchor without its number or key: "ref-" of "ref-12", "ref-" of "ref-smith2020"."""
    return re.split(r"(?<=[-_.:])|(?=\d)", name, maxsplit=1)[0] if name else ""


def _with_neighbours(
    kept: list[tuple[int, int]], leaves: list[tuple[int, int]], text: str, alike: Callable[[tuple[int, int]], bool]
) -> list[tuple[int, int]]:
    """The entries between the first and the last that a link reaches, with those of the same kind of name right beside them."""
    low, high = leaves.index(kept[0]), leaves.index(kept[-1])
    while low and alike(leaves[low - 1]) and not text[leaves[low - 1][1] : leaves[low][0]].strip():
        low -= 1
    while high + 1 < len(leaves) and alike(leaves[high + 1]) and not text[leaves[high][1] : leaves[high + 1][0]].strip():
        high += 1
    return [*leaves[low : leaves.index(kept[0])], *kept, *leaves[leaves.index(kept[-1]) + 1 : high + 1]]


class _Walker:
    def __init__(self) -> None:
        self.writer = Writer()
        self.sources: list[Source] = []
        self.raised: set[str] = set()  # classes of text set high
        self.number = 0
        self.text = ""
        self.anchors: list[_Anchor] = []
        self.cited: list[tuple[int, int, tuple[str, ...]]] = []
        self.names: dict[str, int] = {}
        self.label = ("", 0)  # of the item that begins, and its place
        self.counts: list[int | None] = []  # next numbers of the open lists, None for lists without
        self.entries: list[tuple[int, int, str]] = []  # blocks that the markup calls entries: extent, name

    def page(self, text: str, source: Source) -> None:
        """Read one page behind what was read before."""
        self.number = len(self.sources)
        self.sources.append(source)
        self.text = text
        root = markup_tree.parse(text, html_=True)
        for node in root.walk():
            if node.name == "style":
                self.raised |= _raised_classes(text[node.start : node.end])
        bodies = [node for node in root.walk() if node.name == "body"]
        self._node(bodies[0] if bodies else root, BlockKind.PARAGRAPH)
        self.writer.close()

    def _node(self, node: Node, kind: BlockKind) -> None:
        for child in node.children:
            if isinstance(child, Node):
                self._element(child, kind)
            elif self.text[child[0] : child[1]].strip() or self.writer.kind is not None:
                if self.writer.kind is None:
                    self._open(kind)
                markup_tree.write(self.writer, self.text, self.number, *child)

    def _element(self, node: Node, kind: BlockKind) -> None:
        name = node.name
        if (
            name in _SKIPPED
            or node.get("role") in _HIDDEN_ROLES
            or "hidden" in node.attributes
            or node.get("aria-hidden") == "true"
        ):
            return
        if name == "br":
            self.writer.space(self.number, node.start, node.end - node.start)
        elif name in _BLOCKS:
            self._block(node, kind)
        else:
            self._inline(node, kind)

    def _block(self, node: Node, kind: BlockKind) -> None:
        name = node.name
        self.writer.close()
        self._name(node)
        start = self.writer.at + (2 if self.writer.at else 0)
        if name in _HEADINGS:
            self.writer.open(BlockKind.HEADING, level=_HEADINGS[name])
            self._node(node, BlockKind.HEADING)
            self.writer.close()
        elif name == "pre":
            self.writer.open(BlockKind.CODE)
            self._node(node, BlockKind.CODE)
        elif name == "table":
            self.writer.open(BlockKind.TABLE)
            self._cells(node)
        elif name == "ol":
            self.counts.append(_first_number(node))
            self._node(node, kind)
            self.counts.pop()
        elif name == "ul":
            self.counts.append(None)
            self._node(node, kind)
            self.counts.pop()
        elif name == "li" or "csl-entry" in node.get("class"):
            self._item(node, start)
        else:
            self._node(node, BlockKind.FOOTNOTE if "footnote" in node.get("class") else kind)
        self.writer.close()
        if name in ("li", "p", "dd", "div", "tr") and self.writer.at > start and node.get("id"):
            self.entries.append((start, self.writer.at, node.get("id")))

    def _item(self, node: Node, start: int) -> None:
        """A list item, with the number that the browser prints before it."""
        number = self.counts[-1] if self.counts and node.name == "li" else None
        label = ""
        if number is not None:
            own = whole(node.get("value"))
            number = number if own is None else own
            self.counts[-1] = number + 1
            label = "" if _NUMBERED.match(markup_tree.content(node, self.text)[:20]) else f"{number}."
        self.label = (label, node.start)
        self._node(node, BlockKind.ITEM)
        self.label = ("", 0)
        if self.writer.at > start:
            first = next((one.get("id") for one in node.walk() if one.get("id")), "")
            self.entries.append((start, self.writer.at, first))

    def _open(self, kind: BlockKind) -> None:
        """Begin a block of running text; the first of a numbered item begins with its number."""
        (label, place), self.label = self.label, ("", 0)
        self.writer.open(kind, label=label)
        if label:
            self.writer.put(label + " ", self.number, place, 0)

    def _cells(self, node: Node) -> None:
        for child in node.children:
            if not isinstance(child, Node):
                continue
            if child.name in ("td", "th", "caption"):
                self._name(child)
                self._flat(child)
                self.writer.put(" | ", self.number, child.end, 0)
            else:
                self._cells(child)

    def _flat(self, node: Node) -> None:
        """Everything in a cell as running text."""
        for child in node.children:
            if not isinstance(child, Node):
                markup_tree.write(self.writer, self.text, self.number, *child)
            elif child.name not in _SKIPPED:
                if child.name in _BLOCKS:
                    self.writer.space(self.number, child.start, 0)
                    self._flat(child)
                else:
                    self._inline(child, BlockKind.TABLE, flat=True)

    def _inline(self, node: Node, kind: BlockKind, *, flat: bool = False) -> None:
        self._name(node)
        if self.writer.kind is None and markup_tree.content(node, self.text):
            self._open(kind)
        start = self.writer.at
        if flat:
            self._flat(node)
        else:
            self._node(node, kind)
        end = self.writer.at - (1 if self.writer.text_ends(" ") and self.writer.at > start else 0)
        if end <= start:
            return
        name = node.name
        if name == "sup" or self._lifted(node):
            self.writer.mark(MarkKind.SUPERSCRIPT, start)
        elif name in ("em", "i", "cite"):
            self.writer.mark(MarkKind.ITALIC, start)
        elif name in ("strong", "b"):
            self.writer.mark(MarkKind.BOLD, start)
        if node.get("data-cites"):
            self.cited.append((start, end, tuple(node.get("data-cites").split())))
        href = node.get("href") if name == "a" else ""
        if href.startswith("#"):
            self.anchors.append(_Anchor(start, end, urllib.parse.unquote(href[1:])))
        elif "#" in href and "://" not in href:  # a chapter of the same book
            self.anchors.append(_Anchor(start, end, urllib.parse.unquote(href.partition("#")[2])))
        elif href:
            self.writer.mark(MarkKind.LINK, start, href)

    def _lifted(self, node: Node) -> bool:
        return bool(_LIFTED.search(node.get("style"))) or not self.raised.isdisjoint(node.get("class").split())

    def _name(self, node: Node) -> None:
        for name in (node.get("id"), node.get("name") if node.name == "a" else ""):
            if name:
                self.names.setdefault(name, self.writer.at)

    # -------------------------------------------------------------- what links lead to

    def document(self, path: str, format_: str, notices: tuple[Problem, ...]) -> Document:
        """Everything that was read. Entries are blocks that several in-page links lead to from before."""
        text = self.writer.text
        references, by_name = self._references(text)
        citations = self._citations(text, by_name, [reference.key or "" for reference in references])
        return Document(
            path=path,
            format=format_,
            text=text,
            sources=tuple(self.sources),
            pieces=tuple(self.writer.pieces),
            blocks=tuple(self.writer.blocks),
            marks=tuple(self.writer.marks),
            problems=notices,
            citations=citations,
            references=references if citations else (),
            list_given=bool(references and citations),
        )

    def _references(self, text: str) -> tuple[tuple[Reference, ...], dict[str, str]]:
        """The entries that in-page links lead to, with those between them; and the key for each name of an anchor."""
        inside: dict[str, tuple[int, int]] = {}
        spans = sorted({(start, end) for start, end, _ in self.entries}, key=lambda span: (span[0], -span[1]))
        wanted = {anchor.target for anchor in self.anchors} | {f"ref-{key}" for _, _, keys in self.cited for key in keys}
        for target in wanted:
            place = self.names.get(target)
            if place is None or not _REFERENCES.search(target) or _NOT_REFERENCES.match(target):
                continue
            near = bisect_right(spans, (place + 2, 1 << 60))
            holders = [span for span in spans[max(0, near - 20) : near] if place < span[1]]
            if holders:
                inside[target] = min(holders, key=lambda span: span[1] - span[0])
        backward = {anchor.target for anchor in self.anchors if self.names.get(anchor.target, 1 << 60) < anchor.start}
        inside = {name: span for name, span in inside.items() if name not in backward}
        if len(set(inside.values())) < 2:
            return (), {}
        leaves = [
            span
            for span, following in pairwise([*spans, (1 << 60, 1 << 60)])
            if not (following[0] < span[1] and following[1] <= span[1])  # a list around its items is no entry
        ]
        first, last = min(span[0] for span in inside.values()), max(span[1] for span in inside.values())
        kept = [span for span in leaves if first <= span[0] and span[1] <= last]
        if len(kept) > 3 * len(set(inside.values())):  # links into prose, no list
            return (), {}
        keys: dict[tuple[int, int], str] = {}
        for name, span in inside.items():
            keys.setdefault(span, name)
        by_name = {name: keys[span] for name, span in inside.items()}
        references: list[Reference] = []
        own = {(start, end): name for start, end, name in self.entries if name}
        stems = {_stem(name) for name in inside} - {""}
        for start, end in _with_neighbours(kept, leaves, text, lambda span: _stem(own.get(span, "")) in stems):
            raw = text[start:end].rstrip()
            extent = Span(start, start + len(raw))
            if _BACK.fullmatch(raw):
                continue
            references.append(
                Reference(
                    id=f"g{len(references) + 1}",
                    span=extent,
                    raw=raw,
                    parts=((0, extent),),
                    key=keys.get((start, end)) or own.get((start, end)),
                )
            )
        return tuple(references), by_name

    def _citations(self, text: str, by_name: dict[str, str], order: list[str]) -> tuple[Citation, ...]:
        covered = sorted((start, end) for start, end, _ in self.cited)
        found = [(start, end, tuple(by_name.get(f"ref-{key}", f"ref-{key}") for key in keys)) for start, end, keys in self.cited]
        for anchor in self.anchors:
            around = bisect_right(covered, (anchor.start, 1 << 60)) - 1
            if anchor.target in by_name and not (around >= 0 and anchor.start < covered[around][1]):
                found.append((anchor.start, anchor.end, (by_name[anchor.target],)))
        found.sort()
        return grouped(text, found, order)
