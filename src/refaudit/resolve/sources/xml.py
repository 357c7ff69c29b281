"""XML of services, read without entities, networks or huge trees. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def tree(body: bytes) -> _Element | None:
    """The root of an XML text, None where it is none. Names are asked for without their namespace: prefixes differ by server."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local(element: _Element) -> str:
    """The name of an element without its namespace, "" for what is none (instructions)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def inner(element: _Element, name: str) -> str:
    """The text of the first element of this name below, white space folded; "" where there is none."""
    found = next((one for one in element.iter() if local(one) == name), None)
    return whole(found) if found is not None else ""


def whole(element: _Element) -> str:
    """All text of an element, white space folded."""
    return " ".join("".join(str(part) for part in element.itertext()).split())
