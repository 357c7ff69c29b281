"""Angle-bracket markup (XML, HTML) as a tree whose every part knows its place in the source.

A scanner of our own because positions are character offsets of the decoded file, which no XML library gives, and
because what cannot happen needs no switch: nothing is fetched, no entity of the document is expanded, damage never
stops it, and the work is linear in the length of the file.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from refaudit.model import Problem
from refaudit.readers.decode import decode
from refaudit.readers.document_builder import Writer

MAX_DEPTH = 150
"""Elements inside elements; deeper ones are read as if they stood at this depth."""

_PLAIN = r"(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+"
# Values that hold "<" are at most twenty a tag, or a quote that never ends would be looked for from every tag within it anew.
_ODD = r"(?:\"[^\"]{0,20000}+\"|'[^']{0,20000}+')"
_TAG = re.compile(rf"<(?:(/?)([A-Za-z_][\w:.\-]*+)({_PLAIN}(?:{_ODD}{_PLAIN}){{0,20}}+)>|!--|!\[CDATA\[|[!?])")
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w:.\-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))|([A-Za-z_][\w:.\-]*)")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DECLARED = re.compile(rb"""(?:encoding\s*=\s*|charset\s*=\s*)["']?([A-Za-z0-9_.\-]{2,40})""")

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_OPAQUE = frozenset({"script", "style", "template", "textarea"})
# HTML elements whose start ends an open element of the same group, as their end tags may be left out.
_CLOSES = {
    "li": frozenset({"li"}), "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}), "p": frozenset({"p"}),
    "tr": frozenset({"tr", "td", "th"}), "td": frozenset({"td", "th"}), "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}  # fmt: skip
_ENDS_PARAGRAPH = frozenset(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre "
    "section table ul li".split()
)
_BARRIERS = {"li": frozenset({"ul", "ol"}), "tr": frozenset({"table"}), "td": frozenset({"table"}), "th": frozenset({"table"}),
             "dt": frozenset({"dl"}), "dd": frozenset({"dl"}), "p": frozenset({"div", "td", "li", "section", "body"}),
             "option": frozenset({"select"})}  # fmt: skip


@dataclass(slots=True)
class Node:
    """An element ``[start, end)``: name without prefix, attributes without prefixes, children in order.

    Text children are pairs of offsets.
    """

    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    children: list[Node | tuple[int, int]] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute, "" when absent."""
        return self.attributes.get(name, "")

    def elements(self, *names: str) -> Iterator[Node]:
        """The child elements, or those with one of the names."""
        return (child for child in self.children if isinstance(child, Node) and (not names or child.name in names))

    def find(self, *path: str) -> Node | None:
        """The first descendant along a path of names."""
        node: Node | None = self
        for name in path:
            node = next(node.elements(name), None) if node is not None else None
        return node

    def outermost(self, *names: str) -> Iterator[Node]:
        """The nearest descendants with one of the names, in order; what those hold is left to whoever reads them."""
        for child in self.elements():
            if child.name in names:
                yield child
            else:
                yield from child.outermost(*names)

    def walk(self) -> Iterator[Node]:
        """The element and all inside it, in order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed([child for child in node.children if isinstance(child, Node)]))


def decode_markup(path: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file that may declare its encoding. Raises InputError for binary data."""
    declared = _DECLARED.search(data[:1500])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        name = declared[1].decode("ascii")
        try:
            encoding = codecs.lookup(name).name
        except LookupError:
            encoding = "utf-8"
        if encoding not in ("utf-8", "utf-16", "utf-32", "ascii"):
            try:
                return data.decode("cp1252" if encoding == "iso8859-1" else encoding, errors="replace"), ()
            except (LookupError, ValueError, UnicodeError):  # codecs that are no character encodings
                pass
    return decode(path, data)


def parse(text: str, *, html_: bool = False) -> Node:
    """The tree of ``text`` under a root without a name. With ``html_``, HTML's rules for left-out end tags hold."""
    root = Node("", {}, 0, len(text))
    stack = [root]
    at = 0
    while True:
        match = _TAG.search(text, at)
        if match is None:
            _text(stack[-1], at, len(text))
            break
        if match.start() > at:
            _text(stack[-1], at, match.start())
        if match[2] is None:
            at = _special(text, match, stack[-1])
            continue
        at = match.end()
        name = match[2].rpartition(":")[2]
        if html_:
            name = name.lower()
        if match[1]:
            _close(stack, name, match, html_=html_)
            continue
        body = match[3]
        alone = body.endswith("/") or (html_ and name in VOID)
        node = Node(name, _attributes(body) if body.strip(" /") else {}, match.start(), match.end())
        if html_:
            _implied(stack, name, match.start())
        stack[-1].children.append(node)
        if html_ and name in _OPAQUE and not alone:
            at = _opaque_end(text, name, at)
            node.end = at
        elif not alone and len(stack) < MAX_DEPTH:
            stack.append(node)
    for node in stack:
        node.end = len(text)
    return root


def cut_off(text: str, root: Node) -> tuple[Problem, ...]:
    """A notice when the first element of an XML file is not closed at its end: what stood behind is missing."""
    first = next(root.elements(), None)
    if first is None or re.search(rf"</(?:[\w.-]{{1,50}}:)?{re.escape(first.name)}\s{{0,9}}>|/>\s{{0,99}}$", text[-5000:]):
        return ()
    return (Problem(message=f"the file ends inside <{first.name}>: it may be cut off, and then what stood behind is missing"),)


def _text(parent: Node, start: int, end: int) -> None:
    if end > start:
        parent.children.append((start, end))


def _special(text: str, match: re.Match[str], parent: Node) -> int:
    """Comments, character data, declarations and instructions: only character data is text."""
    sign, at = match[0], match.end()
    if sign == "<!--":
        close = text.find("-->", at)
        return close + 3 if close >= 0 else len(text)
    if sign == "<![CDATA[":
        close = text.find("]]>", at)
        _text(parent, at, close if close >= 0 else len(text))
        return close + 3 if close >= 0 else len(text)
    if sign == "<!":
        close, subset = text.find(">", at), text.find("[", at)
        if 0 <= subset < close:  # the internal subset of a document type: declarations, never used
            close = text.find("]", subset)
            close = text.find(">", close) if close >= 0 else -1
        return close + 1 if close >= 0 else len(text)
    close = text.find(">", at)
    return close + 1 if close >= 0 else len(text)


def _attributes(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(body):
        name = match[1] or match[5]
        value = next((part for part in (match[2], match[3], match[4]) if part is not None), "")
        found.setdefault(name.rpartition(":")[2].lower() if name.isupper() else name.rpartition(":")[2], html.unescape(value))
    return found


def _close(stack: list[Node], name: str, match: re.Match[str], *, html_: bool) -> None:
    """End the innermost open element of that name, and what is open inside it; a stray end tag is passed over."""
    for depth in range(len(stack) - 1, max(0, len(stack) - 60), -1):
        if stack[depth].name == name:
            for node in stack[depth:]:
                node.end = match.end()
            del stack[depth:]
            return
        if html_ and stack[depth].name in ("table", "body") and name in ("p", "span", "a", "b", "i"):
            return


def _implied(stack: list[Node], name: str, at: int) -> None:
    closes = _CLOSES.get(name, frozenset()) | (frozenset({"p"}) if name in _ENDS_PARAGRAPH else frozenset())
    barriers = _BARRIERS.get(name, frozenset({"div", "td", "li", "section", "body", "table", "blockquote"}))
    for depth in range(len(stack) - 1, max(0, len(stack) - 30), -1):
        if stack[depth].name in closes:
            for node in stack[depth:]:
                node.end = at
            del stack[depth:]
            return
        if stack[depth].name in barriers:
            return


def _opaque_end(text: str, name: str, at: int) -> int:
    match = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, at)
    return match.end() if match else len(text)


def write(writer: Writer, source: str, number: int, start: int, end: int) -> None:
    """Write a stretch of character data: references decoded, white space folded."""
    if source.find("&", start, end) < 0:
        writer.words(source[start:end], number, start)
        return
    at = start
    for match in _REFERENCE.finditer(source, start, end):
        writer.words(source[at : match.start()], number, at)
        value = html.unescape(match[0])
        if value.isspace():
            writer.space(number, match.start(), len(match[0]))
        else:
            writer.put(value, number, match.start(), len(match[0]))
        at = match.end()
    writer.words(source[at:end], number, at)


def content(node: Node | None, source: str) -> str:
    """All text inside an element with white space folded."""
    if node is None:
        return ""
    parts: list[str] = []
    stack: list[Node | tuple[int, int]] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Node):
            stack.extend(reversed(one.children))
        else:
            parts.append(source[one[0] : one[1]])
    return " ".join(html.unescape("".join(parts)).split())
