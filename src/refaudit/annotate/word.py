"""Comments in a Word file, each at its words. Element names: ECMA-376 part 1, section 17.13.4; replies: MS-DOCX 2.5.1."""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import PurePosixPath
from typing import cast

from lxml import etree

from refaudit.annotate.comments import Comment
from refaudit.errors import ConfigError
from refaudit.model import FileReport, Span
from refaudit.readers.word import docx
from refaudit.readers.word.package_xml import Element, local
from refaudit.readers.word.paragraph_document import Origin
from refaudit.readers.zip_container import Container

AUTHOR, INITIALS = "refaudit", "ra"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_THREADS = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_THREADS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
_FIRST_PARAGRAPH = 0x5EFA0000
"""Ids of paragraphs lie below 0x80000000; those we add begin here and step over the ones in use."""


def annotate(file: FileReport, data: bytes, comments: Sequence[Comment], day: str) -> bytes:
    """``data`` (a .docx file as it was audited) with ``comments`` of ``day`` (ISO); parts that need no change are kept as they are.

    Raises ConfigError when the file is no longer the one that was audited, or cannot be written back.
    """
    if not comments:
        return data
    container = Container(file.path, data, "Word (.docx)")
    main = docx.main_part(container)
    origins: list[Origin] = []
    root = _parsed(file.path, container.read(main) or b"")
    document = docx.extract(file.path, container, root, origins)
    if file.document is None or document.text != file.document.text:
        raise ConfigError(f"{file.path}: changed while it was audited; audit it again")
    parts = _Parts(container, main, day)
    placed = parts.add(comments)
    _place(origins, placed)
    return _zipped(data, container, {**parts.changed(), main: _bytes(root)})


def _place(origins: Sequence[Origin], placed: Sequence[tuple[Span | None, Sequence[int]]]) -> None:
    """Put the marks of every comment into the text, from its end to its beginning, so that what is cut lies behind."""
    starts = [origin.at for origin in origins]
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for span, ids in placed:
        bounds = _bounds(span, origins, starts)
        if bounds is not None:
            begins.setdefault(bounds[0], []).extend(ids)
            ends.setdefault(bounds[1], []).extend(ids)
    for at in sorted({*begins, *ends}, reverse=True):
        if at in begins:
            run = _cut(origins[bisect_right(starts, at) - 1], at, behind=False)
            _insert_before(run, [_range("commentRangeStart", number) for number in begins[at]])
        if at in ends:
            run = _cut(origins[bisect_left(starts, at) - 1], at, behind=True)
            closing = [_range("commentRangeEnd", number) for number in ends[at]]
            _insert_behind(run, [*closing, *(_reference(number) for number in ends[at])])


def _bounds(span: Span | None, origins: Sequence[Origin], starts: Sequence[int]) -> tuple[int, int] | None:
    """The first and last characters of a span that stand in the file, as a span; of none, the first words of the text."""
    if not origins:
        return None
    if span is None:
        return origins[0].at, origins[0].at + origins[0].length
    first = max(bisect_right(starts, span.start) - 1, 0)
    if origins[first].at + origins[first].length <= span.start and first + 1 < len(origins):
        first += 1
    last = max(bisect_left(starts, span.end) - 1, first)
    start = min(max(span.start, origins[first].at), origins[first].at + origins[first].length - 1)
    return start, max(start + 1, min(span.end, origins[last].at + origins[last].length))


def _cut(origin: Origin, at: int, *, behind: bool) -> Element:
    """The run that ends (``behind``) or begins at an offset of the text, parted from its neighbour where it needs to be.

    Text that can bear no mark of its own (in a note, a text box, a formula) is taken with the run that holds all of it.
    """
    whole = _outermost(origin)
    if whole is not None:
        return whole
    text, run = origin.element, _parent(origin.element)
    offset = at - origin.at
    content = text.text or ""
    if behind and offset < len(content):
        _split(run, text, offset)
    elif behind and text.getnext() is not None:
        _move(run, text.itersiblings())
    elif not behind and offset > 0:
        return _split(run, text, offset)
    elif not behind and any(local(one) != "rPr" for one in text.itersiblings(preceding=True)):
        return _move(run, [text, *text.itersiblings()])
    return run


def _outermost(origin: Origin) -> Element | None:
    """What a mark must stay outside of: the run of a note's sign, of a text box, or a formula; None for text in a plain run."""
    element = origin.element if origin.caller is None else origin.caller
    holder = _parent(element)
    outer = None if origin.caller is None and holder.tag == _W + "r" else holder
    for ancestor in element.iterancestors():
        if local(ancestor) == "txbxContent":
            outer = next((one for one in ancestor.iterancestors() if one.tag == _W + "r"), ancestor)
        elif local(ancestor) in ("oMath", "oMathPara"):
            outer = ancestor
    return outer


def _split(run: Element, text: Element, offset: int) -> Element:
    """Part a run inside one of its texts; the new run, behind."""
    rest = deepcopy(text)
    rest.tail = text.tail
    rest.text, text.text = (text.text or "")[offset:], (text.text or "")[:offset]
    for one in (text, rest):
        one.set(_PRESERVE, "preserve")
    return _move(run, [rest, *text.itersiblings()])


def _move(run: Element, content: Iterable[Element]) -> Element:
    """A run of the same look right behind ``run`` that takes ``content`` over."""
    new = deepcopy(run)
    new[:], new.text, new.tail = [], None, None
    looks = run.find(_W + "rPr")
    if looks is not None:
        new.append(deepcopy(looks))
    for one in list(content):
        new.append(one)
    _insert_behind(run, [new])
    return new


def _parent(element: Element) -> Element:
    """What an element that holds text stands in; only a whole document stands in nothing."""
    return cast("Element", element.getparent())


def _insert_behind(element: Element, new: Sequence[Element]) -> None:
    parent = _parent(element)
    place = parent.index(element) + 1
    new[-1].tail, element.tail = element.tail, None
    parent[place:place] = new


def _insert_before(element: Element, new: Sequence[Element]) -> None:
    parent = _parent(element)
    place = parent.index(element)
    parent[place:place] = new


def _range(name: str, number: int) -> Element:
    return etree.Element(_W + name, {_W + "id": str(number)}, nsmap={"w": _W[1:-1]})


def _reference(number: int) -> Element:
    run = etree.Element(_W + "r", nsmap={"w": _W[1:-1]})
    etree.SubElement(run, _W + "commentReference", {_W + "id": str(number)})
    return run


class _Parts:
    """The parts beside the text that comments need: the comments, their threads, and what announces them."""

    def __init__(self, container: Container, main: str, day: str) -> None:
        self.container, self.day = container, day
        folder = PurePosixPath(main).parent
        self.relations_name = f"{folder}/_rels/{PurePosixPath(main).name}.rels"
        relations, types = self._read(self.relations_name), self._read("[Content_Types].xml")
        if types is None:
            raise ConfigError(f"{container.path}: is damaged ([Content_Types].xml is missing); save it again in Word")
        self.types: Element = types
        self.relations: Element = etree.Element(f"{{{_RELATION}}}Relationships") if relations is None else relations
        self.folder = str(folder)
        self.parts: dict[str, Element] = {}

    def add(self, comments: Sequence[Comment]) -> list[tuple[Span | None, tuple[int, ...]]]:
        """Write the comments; for each its words and the ids of its marks (its own, and that of a person's note on it)."""
        root = self._part(_COMMENTS, "comments", _COMMENTS_TYPE, etree.Element(_W + "comments", nsmap={"w": _W[1:-1]}))
        number = 1 + max((int(one.get(_W + "id", "")) for one in root if one.get(_W + "id", "").isdecimal()), default=-1)
        used = {one.get(_W14 + "paraId", "").upper() for one in root.iter(_W + "p")}
        paragraphs = (name for n in range(_FIRST_PARAGRAPH, 0x7FFFFFFF) if (name := f"{n:08X}") not in used)
        threads: Element | None = None
        placed = []
        for comment in comments:
            own = next(paragraphs)
            root.append(_comment(number, comment.paragraphs, own, self.day))
            ids = [number]
            number += 1
            if comment.note:
                if threads is None:
                    empty = etree.Element(_W15 + "commentsEx", nsmap={"w15": _W15[1:-1]})
                    threads = self._part(_THREADS, "commentsExtended", _THREADS_TYPE, empty)
                reply = next(paragraphs)
                root.append(_comment(number, (comment.note,), reply, self.day))
                etree.SubElement(threads, _W15 + "commentEx", {_W15 + "paraId": own, _W15 + "done": "0"})
                etree.SubElement(
                    threads,
                    _W15 + "commentEx",
                    {_W15 + "paraId": reply, _W15 + "paraIdParent": own, _W15 + "done": "0"},
                )
                ids.append(number)
                number += 1
            placed.append((comment.span, tuple(ids)))
        return placed

    def changed(self) -> Mapping[str, bytes]:
        """The parts as they are to be written, by name."""
        whole = {self.relations_name: self.relations, "[Content_Types].xml": self.types, **self.parts}
        return {name: _bytes(root) for name, root in whole.items()}

    def _read(self, name: str) -> Element | None:
        data = self.container.read(name)
        return _parsed(self.container.path, data) if data else None

    def _part(self, relation: str, name: str, kind: str, empty: Element) -> Element:
        """The part of a relation, as it is or new."""
        for one in self.relations:
            if one.get("Type") == relation and one.get("TargetMode") != "External":
                target = one.get("Target", "")
                found = target.lstrip("/") if target.startswith("/") else f"{self.folder}/{target}"
                root = self._read(found)
                if root is not None:
                    self.parts[found] = root
                    return root
        taken = {one.get("Id") for one in self.relations}
        free = next(f"rIdRefaudit{n}" for n in range(1, len(taken) + 2) if f"rIdRefaudit{n}" not in taken)
        file = next(
            path
            for n in range(len(self.container.names) + 1)
            if (path := f"{self.folder}/{name}{n or ''}.xml") not in self.container.names
        )
        etree.SubElement(
            self.relations,
            f"{{{_RELATION}}}Relationship",
            {"Id": free, "Type": relation, "Target": PurePosixPath(file).name},
        )
        etree.SubElement(self.types, f"{{{_TYPES}}}Override", {"PartName": f"/{file}", "ContentType": kind})
        self.parts[file] = empty
        return empty


def _comment(number: int, paragraphs: Sequence[str], last: str, day: str) -> Element:
    """A comment; ``last`` is the id of its last paragraph, by which threads name it."""
    comment = etree.Element(
        _W + "comment",
        {_W + "id": str(number), _W + "author": AUTHOR, _W + "initials": INITIALS, _W + "date": f"{day}T00:00:00Z"},
        nsmap={"w": _W[1:-1], "w14": _W14[1:-1]},
    )
    for place, text in enumerate(paragraphs, 1):
        paragraph = etree.SubElement(comment, _W + "p")
        if place == len(paragraphs):
            paragraph.set(_W14 + "paraId", last)
        run = etree.SubElement(paragraph, _W + "r")
        words = etree.SubElement(run, _W + "t")
        words.set(_PRESERVE, "preserve")
        words.text = text
    return comment


def _parsed(path: str, data: bytes) -> Element:
    """A part as it is, comments of XML included. Raises ConfigError for what is no sound XML: it could not be written back whole."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=False)
    try:
        if b"<!ENTITY" in data[:1_000_000]:
            raise ValueError("entities")
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ConfigError(f"{path}: is damaged in places and cannot be written back whole; save it again in Word") from None


def _bytes(root: Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _zipped(data: bytes, container: Container, changed: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        left = dict(changed)
        for info in before.infolist():
            name = info.filename.replace("\\", "/")
            after.writestr(info, left.pop(name) if name in left else b"" if info.is_dir() else container.read(name) or b"")
        for name, content in left.items():
            after.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
