"""OpenDocument texts: text, notes, tables, lists, and the reference marks of Zotero.

Element names: OpenDocument 1.3, part 3. Positions refer to the extracted text, counted in paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from refaudit.errors import InputError
from refaudit.model import BlockKind, Document, MarkKind
from refaudit.readers.word import citation_fields, package_xml
from refaudit.readers.word.citation_fields import Work
from refaudit.readers.word.package_xml import Element
from refaudit.readers.word.paragraph_document import Extract
from refaudit.readers.zip_container import Container
from refaudit.text import whole

_LONGEST_LABEL = 60
"""Characters before and behind the number of a list: they are written once for each of its items."""
_SKIPPED = frozenset(
    """
    tracked-changes sequence-decls forms annotation annotation-end table-of-content alphabetical-index illustration-index
    table-index object-index user-index event-listeners object image title desc variable-decls user-field-decls
    """.split()
)


def read(path: str, data: bytes) -> Document:
    """An .odt manuscript, or a flat one (.fodt) in a single XML file. Raises InputError for what is no OpenDocument text."""
    if data.lstrip()[:1] == b"<":
        return _text(path, [package_xml.parse(path, data)])
    container = Container(path, data, "OpenDocument (.odt)")
    content = container.read("content.xml")
    if content is None:
        raise InputError(f"{path}: is a zip file without an OpenDocument text in it; name its format with --input-format")
    styles = container.read("styles.xml")
    return _text(path, [*([package_xml.parse(path, styles)] if styles else []), package_xml.parse(path, content)])


def _text(path: str, roots: Sequence[Element]) -> Document:
    """The text of the last part, with the styles of all."""
    walker = _Walker(path)
    for root in roots:
        walker.styles(root)
    body = package_xml.child(roots[-1], "body", "text")
    if body is None:
        raise InputError(f"{path}: is an OpenDocument file without running text (a spreadsheet or a drawing?)")
    walker.blocks(body)
    return walker.out.document()


class _Walker:
    def __init__(self, path: str) -> None:
        self.out = Extract(path, "odt")
        self.kinds: dict[str, set[MarkKind]] = {}
        self.notes: list[tuple[str, Element]] = []
        self.marks: dict[str, int] = {}
        self.in_table = 0
        self.numbers: dict[tuple[str, int], tuple[str, str, int]] = {}  # list style and level: prefix, suffix, first number
        self.lists: list[tuple[str, int]] = []
        self.counted: dict[tuple[str, int], int] = {}
        self.label = ""

    def styles(self, root: Element) -> None:
        """What character styles say: raised, italic, bold."""
        for style in root.iter():
            if package_xml.local(style) == "list-level-style-number" and package_xml.attribute(style, "num-format") == "1":
                level, first = whole(package_xml.attribute(style, "level")), whole(package_xml.attribute(style, "start-value"))
                if level is not None:
                    before, behind = (
                        package_xml.attribute(style, name)[:_LONGEST_LABEL] for name in ("num-prefix", "num-suffix")
                    )
                    form = (before, behind, 1 if first is None else first)
                    self.numbers[package_xml.attribute(style.getparent(), "name"), level] = form
            if package_xml.local(style) != "style":
                continue
            properties = package_xml.child(style, "text-properties")
            kinds = set()
            if package_xml.attribute(properties, "text-position").startswith("super"):
                kinds.add(MarkKind.SUPERSCRIPT)
            if package_xml.attribute(properties, "font-style") == "italic":
                kinds.add(MarkKind.ITALIC)
            if package_xml.attribute(properties, "font-weight") == "bold":
                kinds.add(MarkKind.BOLD)
            if kinds:
                self.kinds[package_xml.attribute(style, "name")] = kinds

    def blocks(self, parent: Element, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Paragraphs, headings, lists, tables and sections."""
        for element in parent:
            name = package_xml.local(element)
            if name in _SKIPPED or not name:
                continue
            if name in ("p", "h"):
                self._paragraph(element, name, kind)
            elif name == "list":
                self._list(element)
            elif name == "table":
                self._table(element)
            elif name in ("section", "bibliography"):
                start = self.out.at
                self.blocks(element, kind)
                if name == "bibliography" or citation_fields.is_bibliography("ADDIN " + package_xml.attribute(element, "name")):
                    self.out.listed(start)
            else:
                self.blocks(element, kind)

    def _list(self, element: Element) -> None:
        """A list; numbers are counted as they are printed, on from the list before where it says so."""
        style = package_xml.attribute(element, "style-name") or (self.lists[-1][0] if self.lists else "")
        level = len(self.lists)
        form = self.numbers.get((style, level + 1))
        goes_on = package_xml.attribute(element, "continue-numbering") == "true" or bool(
            package_xml.attribute(element, "continue-list")
        )
        number = self.counted.get((style, level), 0) if goes_on else (form[2] - 1 if form else 0)
        self.lists.append((style, level))
        for item in package_xml.children(element, "list-item", "list-header"):
            start = whole(package_xml.attribute(item, "start-value"))
            number = number + 1 if start is None else start
            self.label = f"{form[0]}{number}{form[1]}" if form and package_xml.local(item) == "list-item" else ""
            self.blocks(item, BlockKind.ITEM)
        self.label = ""
        self.lists.pop()
        self.counted[style, level] = number

    def _paragraph(self, element: Element, name: str, kind: BlockKind) -> None:
        if self.in_table:
            self._runs(element)
            self.out.put(" ")
            return
        level = whole(package_xml.attribute(element, "outline-level"))
        heading = name == "h" or package_xml.attribute(element, "style-name").lower() in ("title", "bibliography_20_heading")
        self.out.open(
            BlockKind.HEADING if heading else kind,
            level=(1 if level is None else level) if heading else 0,
        )
        if self.label:
            self.out.put(self.label + " ")
            self.label = ""
        self._runs(element)
        self.out.close()
        waiting, self.notes = self.notes, []
        for label, note in waiting:
            self.out.open(BlockKind.FOOTNOTE, label=label)
            for index, paragraph in enumerate(package_xml.outermost(note, "p", "h")):
                if index:
                    self.out.put(" ")
                self._runs(paragraph)
            self.out.close()

    def _table(self, element: Element) -> None:
        if not self.in_table:
            self.out.open(BlockKind.TABLE)
        self.in_table += 1
        for row in package_xml.outermost(element, "table-row"):
            for cell in package_xml.children(row, "table-cell"):
                self.blocks(cell)
                self.out.put("\t")
            self.out.put("\n")
        self.in_table -= 1
        if not self.in_table:
            self.out.close()

    def _runs(self, element: Element) -> None:
        self.out.put(_folded(element.text))
        for child in element:
            name = package_xml.local(child)
            start = self.out.at
            if name == "s":
                self.out.put(" " * min(whole(package_xml.attribute(child, "c")) or 1, 100))
            elif name == "tab":
                self.out.put("\t")
            elif name == "line-break":
                self.out.put("\n")
            elif name == "note":
                self._note(child)
            elif name in ("reference-mark-start", "reference-mark-end", "bookmark-start", "bookmark-end"):
                self._sign(name, package_xml.attribute(child, "name"))
            elif name == "a":
                self._runs(child)
                self.out.mark(MarkKind.LINK, start, package_xml.attribute(child, "href"))
            elif name == "frame":
                for box in package_xml.outermost(child, "text-box"):
                    self._box(box)
            elif name and name not in _SKIPPED:
                self._runs(child)
                for kind in sorted(self.kinds.get(package_xml.attribute(child, "style-name"), ())):
                    self.out.mark(kind, start)
            self.out.put(_folded(child.tail))

    def _box(self, box: Element) -> None:
        """A text box set in the line: read where it is anchored."""
        for paragraph in package_xml.children(box, "p", "h"):
            self._runs(paragraph)
            self.out.put(" ")

    def _note(self, note: Element) -> None:
        body = package_xml.child(note, "note-body")
        if body is not None:
            label = package_xml.content(package_xml.child(note, "note-citation"))
            self.out.note(label)
            self.notes.append((label, body))

    def _sign(self, kind: str, name: str) -> None:
        """Zotero keeps its citation data in the names of reference marks (or bookmarks)."""
        if not name.startswith("ZOTERO_ITEM") and "CSL_CITATION" not in name[:40]:
            return
        if kind.endswith("start"):
            if len(self.marks) < 10_000:
                self.marks[name] = self.out.at
            return
        start = self.marks.pop(name, None)
        works: tuple[Work, ...] = citation_fields.csl_works(name[name.find("{") :]) if "{" in name else ()
        if start is not None and works:
            self.out.cite(start, works)


def _folded(text: str | None) -> str:
    """White space in OpenDocument is folded; more than one space has elements of its own."""
    if not text:
        return ""
    folded = " ".join(text.split())
    if not folded:
        return " "
    return (" " if text[0].isspace() else "") + folded + (" " if text[-1].isspace() else "")
