"""Word documents: running text as accepted, with notes, tables, text boxes, numbering, links, and citation fields.

Positions refer to the extracted text, counted in paragraphs (see ``Unit.PARAGRAPH``).
Element names: ECMA-376 part 1, section 17.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from refaudit.errors import InputError
from refaudit.model import BlockKind, Document, MarkKind, Reference
from refaudit.readers.word import citation_fields, package_xml
from refaudit.readers.word.citation_fields import Work
from refaudit.readers.word.package_xml import Element
from refaudit.readers.word.paragraph_document import Extract, Origin
from refaudit.readers.word.styles import Numbering, Styles
from refaudit.readers.zip_container import Container

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "delText", "instrText"}
)


@dataclass(slots=True)
class _Field:
    """A complex field that is open: instruction and data so far, and where its printed result begins."""

    instruction: str = ""
    data: str = ""
    shown: bool = False
    start: int = 0


def read(path: str, data: bytes) -> Document:
    """A .docx manuscript. Raises InputError for what is no Word document."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(f"{path}: is an old Word (.doc) or a password-protected file; save an unprotected copy as .docx")
    container = Container(path, data, "Word (.docx)")
    name = main_part(container)
    return extract(path, container, package_xml.parse(path, container.read(name) or b""))


def main_part(container: Container) -> str:
    """The name of the part that holds the running text. Raises InputError when there is none."""
    for name in ("word/document.xml", "word/document2.xml"):
        if name in container.names:
            return name
    raise InputError(f"{container.path}: is a zip file without a Word document in it; name its format with --input-format")


def extract(path: str, container: Container, root: Element, origins: list[Origin] | None = None) -> Document:
    """The document whose running text stands in ``root``; ``origins`` receives the element of every stretch of its text."""
    walker = _Walker(path, container, origins)
    walker.body(root)
    return walker.document()


def _part(path: str, container: Container, name: str) -> Element | None:
    data = container.read(name)
    return package_xml.parse(path, data) if data else None


class _Walker:
    def __init__(self, path: str, container: Container, origins: list[Origin] | None) -> None:
        self.path = path
        self.out = Extract(path, "docx", origins)
        self.styles = Styles(_part(path, container, "word/styles.xml"))
        self.numbering = Numbering(_part(path, container, "word/numbering.xml"), self.styles)
        self.links = _targets(_part(path, container, "word/_rels/document.xml.rels"))
        self.notes = {
            kind: {note.get(_W + "id", ""): note for note in root}
            for kind in ("footnote", "endnote")
            if (root := _part(path, container, f"word/{kind}s.xml")) is not None
        }
        self.sources: dict[str, Reference] = {}
        for name in container.names:
            if name.startswith("customXml/item") and "Props" not in name:
                self.sources |= citation_fields.word_sources(name, container.read(name) or b"")
        self.fields: list[_Field] = []
        self.pending: list[tuple[str, str, Element]] = []  # notes and boxes that follow their paragraph
        self.endnotes: list[tuple[str, str, Element]] = []
        self.callers: dict[Element, Element] = {}  # note -> the sign in the text that calls it
        self.counts = {"footnote": 0, "endnote": 0}
        self.in_table = 0

    def body(self, root: Element) -> None:
        for element in package_xml.children(root, "body"):
            self._blocks(element)
        for _, label, note in self.endnotes:
            self._note(label, note)
        self.endnotes = []

    def _blocks(self, parent: Element) -> None:
        """Paragraphs, tables and what wraps them."""
        for element in parent:
            name = package_xml.local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name == "sdt":
                self._control(element, self._blocks)
            elif name not in _SKIPPED and name:
                self._blocks(element)

    def _paragraph(self, element: Element) -> None:
        properties = package_xml.child(element, "pPr")
        style = package_xml.attribute(package_xml.child(properties, "pStyle"), "val")
        level = self.styles.level(style, properties)
        list_, place, said_by = self.styles.numbering(style, properties)
        label = self.numbering.label(list_, place, said_by)
        if not self.in_table:
            kind = BlockKind.HEADING if level else BlockKind.ITEM if label else BlockKind.PARAGRAPH
            self.out.open(kind, level=level, label=label)
        if label and label[:1] not in "•-–*":
            self.out.put(label + " ")
        self._runs(element)
        if self.in_table:
            self.out.put(" ")
            return
        self.out.close()
        self._follow()

    def _follow(self) -> None:
        """Notes and text boxes of the paragraph just ended."""
        waiting, self.pending = self.pending, []
        for kind, label, element in waiting:
            if kind == "box":
                self._blocks(element)
            elif kind == "endnote":
                self.endnotes.append((kind, label, element))
            else:
                self._note(label, element)

    def _note(self, label: str, note: Element) -> None:
        self.out.open(BlockKind.FOOTNOTE, label=label)
        fields, self.fields = self.fields, []
        self.out.caller = self.callers.get(note)
        for index, paragraph in enumerate(note.iter(_W + "p")):
            if index:
                self.out.put(" ")
            self._runs(paragraph)
        self.out.caller = None
        self.fields = fields
        self.out.close()

    def _table(self, element: Element) -> None:
        if not self.in_table:
            self.out.open(BlockKind.TABLE)
        self.in_table += 1
        for row in package_xml.outermost(element, "tr"):
            for cell in package_xml.children(row, "tc", "sdt"):
                self._blocks(cell)
                self.out.put("\t")
            self.out.put("\n")
        self.in_table -= 1
        if not self.in_table:
            self.out.close()
            self._follow()

    def _control(self, element: Element, inside: Callable[[Element], None]) -> None:
        """A content control; Mendeley Cite keeps its data in the tag."""
        tag = package_xml.attribute(package_xml.child(element, "sdtPr", "tag"), "val")
        content = package_xml.child(element, "sdtContent")
        if content is None:
            return
        start = self.out.at
        inside(content)
        works = citation_fields.tagged(tag)
        if works:
            self.out.cite(start, works)
        elif tag.startswith(("MENDELEY_BIBLIOGRAPHY", "CitaviBibliography")):
            self.out.listed(start)

    def _runs(self, parent: Element) -> None:
        for element in parent:
            name = package_xml.local(element)
            if name == "r":
                self._run(element)
            elif name == "hyperlink":
                start = self.out.at
                self._runs(element)
                target = self.links.get(element.get(_R + "id", ""), "")
                if target:
                    self.out.mark(MarkKind.LINK, start, target)
            elif name == "fldSimple":
                start = self.out.at
                self._runs(element)
                self._finished(element.get(_W + "instr", ""), "", start)
            elif name == "sdt":
                self._control(element, self._runs)
            elif name == "t":  # mathematics: m:r/m:t
                self._put(element.text or "", element)
            elif name and name not in _SKIPPED:
                self._runs(element)

    def _run(self, run: Element) -> None:
        properties = package_xml.child(run, "rPr")
        if properties is not None and _on(properties, "vanish"):
            return
        start = self.out.at
        for element in run:
            self._piece(element)
        if properties is None or self.out.at == start:
            return
        if package_xml.attribute(package_xml.child(properties, "vertAlign"), "val") == "superscript" or self.styles.raised(
            properties
        ):
            self.out.mark(MarkKind.SUPERSCRIPT, start)
        if _on(properties, "i"):
            self.out.mark(MarkKind.ITALIC, start)
        if _on(properties, "b"):
            self.out.mark(MarkKind.BOLD, start)

    def _piece(self, element: Element) -> None:
        name = package_xml.local(element)
        if name == "t":
            self._put(element.text or "", element)
        elif name == "tab":
            self._put("\t")
        elif name in ("br", "cr"):
            self._put("\n" if element.get(_W + "type", "textWrapping") == "textWrapping" else " ")
        elif name == "lastRenderedPageBreak":
            self.out.page()
        elif name == "noBreakHyphen":
            self._put("-")
        elif name == "fldChar":
            self._field_sign(element)
        elif name == "instrText":
            if self.fields and not self.fields[-1].shown:
                self.fields[-1].instruction += element.text or ""
        elif name in ("footnoteReference", "endnoteReference"):
            self._note_sign(name.removesuffix("Reference"), element)
        elif name in ("AlternateContent", "drawing", "pict", "object"):
            self.pending.extend(("box", "", box) for box in _boxes(element))

    def _put(self, text: str, origin: Element | None = None) -> None:
        if all(open_.shown for open_ in self.fields):
            self.out.put(text, origin)

    def _note_sign(self, kind: str, sign: Element) -> None:
        note = self.notes.get(kind, {}).pop(
            sign.get(_W + "id", ""), None
        )  # each is read once: a note that refers to itself would never end
        if note is None:
            return
        self.counts[kind] += 1
        label = str(self.counts[kind])
        self.out.note(label)
        self.pending.append((kind, label, note))
        self.callers[note] = sign

    def _field_sign(self, element: Element) -> None:
        kind = element.get(_W + "fldCharType", "")
        if kind == "begin" and len(self.fields) < 100:
            data = "".join(part.text or "" for part in package_xml.children(element, "fldData"))
            self.fields.append(_Field(data=data))
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
            self.fields[-1].start = self.out.at
        elif kind == "end" and self.fields:
            done = self.fields.pop()
            if done.shown:
                self._finished(done.instruction, done.data, done.start)
            elif self.fields and not self.fields[-1].data:  # EndNote's data field inside the instruction of its citation
                self.fields[-1].data = done.data

    def _finished(self, instruction: str, data: str, start: int) -> None:
        if citation_fields.is_bibliography(instruction):
            self.out.listed(start)
            return
        works: Iterable[Work] = citation_fields.works(instruction, data, self.sources)
        if works:
            self.out.cite(start, tuple(works))
            return
        words = instruction.split()
        if len(words) > 1 and words[0] == "HYPERLINK" and words[1] != "\\l":
            self.out.mark(MarkKind.LINK, start, words[1].strip('"'))

    def document(self) -> Document:
        return self.out.document()


def _boxes(element: Element) -> list[Element]:
    """Contents of text boxes; of alternatives, only the first choice."""
    return [
        box
        for box in element.iter(_W + "txbxContent")
        if not any(package_xml.local(up) == "Fallback" for up in box.iterancestors())
        and not any(up.tag == box.tag for up in box.iterancestors())
    ]


def _on(properties: Element, name: str) -> bool:
    element = properties.find(_W + name)
    return element is not None and element.get(_W + "val", "1") not in ("0", "false", "none", "off")


def _targets(root: Element | None) -> dict[str, str]:
    """Addresses of external links by relationship id."""
    if root is None:
        return {}
    return {one.get("Id", ""): one.get("Target", "") for one in root if one.get("TargetMode") == "External"}
