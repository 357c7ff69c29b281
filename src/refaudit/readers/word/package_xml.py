"""XML without entities, network or huge trees."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from refaudit.errors import InputError

Element = etree._Element  # noqa: SLF001 (lxml gives its type no public name)


MAX_ELEMENTS = 2_000_000
"""Elements of a part, some hundred times those of a thick book; each takes about a thousand times its two or three bytes."""
_MANY_ATTRIBUTES = re.compile(rb"<(?:[^<=]*+=){3000}")


def parse(path: str, data: bytes) -> Element:
    """The root of an XML file. Entities are not expanded, nothing is fetched. Raises InputError with the line of an error.

    A file that is damaged only in places is read as far as the parser can recover; depth is bounded by the parser.
    """
    if data.count(b"<") - data.count(b"</") > MAX_ELEMENTS:
        raise InputError(f"{path}: has more than {MAX_ELEMENTS:,} elements and is not read; split it")
    if _MANY_ATTRIBUTES.search(data):
        raise InputError(f"{path}: has an element with thousands of attributes and is not read; save the file again")
    if b"<!ENTITY" in data[:1_000_000]:
        raise InputError(f"{path}: declares XML entities, which are not expanded; save the file without them")
    try:
        return etree.fromstring(data, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError) as strict:
        try:
            root = etree.fromstring(_decodable(data), _parser(recover=True))
            etree.tostring(root, encoding="unicode")  # fails where some text of what was recovered cannot be read
        except (etree.XMLSyntaxError, ValueError, TypeError):
            root = None
        if root is None or not len(root):
            where = f", line {strict.lineno}" if isinstance(strict, etree.XMLSyntaxError) else ""
            raise InputError(f"{path}{where}: is not readable as XML ({_reason(strict)})") from None
        return root


_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}\bencoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)


_SURROGATE = re.compile(
    rb"&#(?:[xX]0{0,9}[dD][89a-fA-F][0-9a-fA-F]{2}|0{0,9}5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]))(?![0-9a-fA-F]);?"
)


def _decodable(data: bytes) -> bytes:
    """``data`` with replacement characters for what is no UTF-8, and for references to halves of a pair of UTF-16.

    The recovering parser would keep them, and reading its text would fail.
    """
    data = _SURROGATE.sub(b"&#xFFFD;", data)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _DECLARED.match(data.lstrip()):
        return data
    return data.decode("utf-8", errors="replace").encode("utf-8")


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_pis=True,
        remove_comments=True,
    )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split(", line")[0][:120].split()) or "no content"


def local(element: Element) -> str:
    """The element's name without its namespace; "" for what is no element (comments, entities)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements with one of the local names."""
    return (child for child in element if local(child) in names)


def outermost(element: Element, *names: str) -> Iterator[Element]:
    """The nearest descendants with one of the local names; what those hold themselves is left to whoever reads them.

    Reading each of all descendants with what it holds would double the work at every level of nesting.
    """
    for one in element:
        if local(one) in names:
            yield one
        else:
            yield from outermost(one, *names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its local name, "" when absent."""
    if element is None:
        return ""
    value = element.get(name)
    if value is not None:
        return value
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def content(element: Element | None) -> str:
    """All text inside an element with white space folded."""
    return " ".join("".join(str(part) for part in element.itertext()).split()) if element is not None else ""
