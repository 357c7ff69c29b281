"""The data that reference managers and Word leave in citation fields.

Zotero and older Mendeley write CSL items as JSON into field instructions, Mendeley Cite the same as base64 into the tag
of a content control, EndNote its own XML (in the instruction or as base64 field data), Citavi its own JSON as base64,
Word the tags of its sources.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from refaudit.errors import InputError
from refaudit.model import Reference, Span
from refaudit.readers.databases import csl
from refaudit.readers.databases.entry_records import fold
from refaudit.readers.word import package_xml

_NOWHERE = Span(0, 0)
_WORD_SWITCH = re.compile(r"\\([a-z])\s+(\"[^\"]*\"|\S+)|(\S+)")


@dataclass(frozen=True, slots=True)
class Work:
    """One cited work of a field: its key in the manager's library, what the field says of it, and how it is cited."""

    key: str
    reference: Reference
    prefix: str = ""
    locator: str = ""


def is_bibliography(instruction: str) -> bool:
    """Whether a field's instruction prints the list of references."""
    words = instruction.split()
    return bool(words) and (
        words[0] == "BIBLIOGRAPHY"
        or (words[0] == "ADDIN" and len(words) > 1 and words[1].startswith(("ZOTERO_BIBL", "EN.REFLIST", "CitaviBibliography")))
        or "CSL_BIBLIOGRAPHY" in words[:6]
    )


def works(instruction: str, data: str, sources: Mapping[str, Reference]) -> tuple[Work, ...]:
    """The works that a field cites; empty when it is no citation field or its data cannot be read."""
    text = instruction.strip()
    if "CSL_CITATION" in text[:60]:
        return csl_works(text[text.find("{") :] if "{" in text else "")
    if text.startswith("ADDIN EN.CITE"):
        inner = text[text.find("<") :] if "<" in text else _unpacked(data)
        return _endnote(inner)
    if text.startswith("ADDIN CitaviPlaceholder"):
        return _citavi(_unpacked(text[text.find("{") + 1 :].rstrip("} ")))
    if text.startswith("CITATION"):
        return _word(text[len("CITATION") :], sources)
    return ()


def tagged(tag: str) -> tuple[Work, ...]:
    """The works behind the tag of a Mendeley Cite content control."""
    if not tag.startswith("MENDELEY_CITATION"):
        return ()
    return csl_works(_unpacked(tag.rpartition("_")[2]))


def _unpacked(text: str) -> str:
    packed = "".join(text.split())
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        return ""
    return raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-8", errors="replace")


def csl_works(text: str) -> tuple[Work, ...]:
    """The works of a CSL citation object in JSON (possibly followed by other text)."""
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return ()
    items = value.get("citationItems") if isinstance(value, Mapping) else None
    found = []
    for item in items if isinstance(items, Sequence) and not isinstance(items, str) else ():
        if not isinstance(item, Mapping):
            continue
        data = item.get("itemData")
        uris = item.get("uris") or item.get("uri") or ()
        key = str(uris[0]) if isinstance(uris, list) and uris else str(item.get("id") or "")
        if not isinstance(data, Mapping) or not key:
            continue
        locator = fold(f"{item.get('locator') or ''} {item.get('suffix') or ''}")
        found.append(
            Work(
                key=key,
                reference=csl.reference(data, span=_NOWHERE, raw="", key=key),
                prefix=fold(str(item.get("prefix") or "")),
                locator=locator,
            )
        )
    return tuple(found)


def _endnote(text: str) -> tuple[Work, ...]:
    try:
        root = package_xml.parse("field", text.encode("utf-8"))
    except InputError:
        return ()
    found = []
    for cite in root.iter("Cite"):
        record = package_xml.child(cite, "record")
        year = package_xml.content(package_xml.child(cite, "Year")) or package_xml.content(
            package_xml.child(record, "dates", "year")
        )
        authors = [package_xml.content(author) for author in record.iter("author")] if record is not None else []
        names = authors or [package_xml.content(package_xml.child(cite, "Author"))]
        people = []
        for name in filter(None, names):
            family, comma, given = name.partition(",")
            people.append({"family": family.strip(), "given": given.strip()} if comma or not authors else {"literal": name})
        data = {
            "author": people,
            "issued": year,
            "title": package_xml.content(package_xml.child(record, "titles", "title")),
            "container-title": package_xml.content(package_xml.child(record, "titles", "secondary-title")),
            "DOI": package_xml.content(package_xml.child(record, "electronic-resource-num")),
        }
        number = package_xml.content(package_xml.child(cite, "RecNum")) or package_xml.content(
            package_xml.child(record, "rec-number")
        )
        database = package_xml.child(record, "foreign-keys", "key")
        key = ":".join(filter(None, (package_xml.attribute(database, "db-id"), number))) or f"{names[0]} {year}"
        pages = package_xml.content(package_xml.child(cite, "Pages"))
        found.append(
            Work(
                key=key,
                reference=csl.reference(data, span=_NOWHERE, raw="", key=key),
                prefix=package_xml.content(package_xml.child(cite, "Prefix")),
                locator=pages,
            )
        )
    return tuple(found)


def _citavi(text: str) -> tuple[Work, ...]:
    """The entries of Citavi's placeholder."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    entries = value.get("Entries") if isinstance(value, dict) else None
    found: list[Work] = []
    for entry in entries if isinstance(entries, list) else ():
        data = entry.get("Reference") if isinstance(entry, dict) else None
        if not isinstance(data, dict):
            continue
        key = str(entry.get("ReferenceId") or data.get("Id") or "")
        if not key:
            continue
        periodical, pages = data.get("Periodical"), entry.get("PageRange")
        item = {
            "author": [
                {"family": str(one.get("LastName") or ""), "given": str(one.get("FirstName") or "")}
                for one in data.get("Authors") or ()
                if isinstance(one, dict)
            ],
            "title": data.get("Title") or "",
            "issued": str(data.get("Year") or data.get("YearResolved") or ""),
            "container-title": (periodical.get("Name") if isinstance(periodical, dict) else "") or "",
            "DOI": data.get("Doi") or "",
        }
        found.append(
            Work(
                key=key,
                reference=csl.reference(item, span=_NOWHERE, raw="", key=key),
                prefix=fold(str(entry.get("Prefix") or "")),
                locator=fold(str(pages.get("OriginalString") or "")) if isinstance(pages, dict) else "",
            )
        )
    return tuple(found)


def _word(text: str, sources: Mapping[str, Reference]) -> tuple[Work, ...]:
    r"""Word's own: ``CITATION Tag \p 12 \m Other \l 1033``."""
    found: list[Work] = []
    for match in _WORD_SWITCH.finditer(text):
        switch, value, bare = match[1], (match[2] or "").strip('"'), match[3]
        tag = bare or (value if switch == "m" else "")
        if tag and (bare or switch == "m"):
            found.append(Work(key=tag, reference=sources.get(tag) or csl.reference({}, span=_NOWHERE, raw="", key=tag)))
        elif found and switch in ("p", "f"):
            last = found[-1]
            found[-1] = Work(
                key=last.key,
                reference=last.reference,
                prefix=value if switch == "f" else last.prefix,
                locator=value if switch == "p" else last.locator,
            )
    return tuple(found)


def word_sources(path: str, data: bytes) -> dict[str, Reference]:
    """The sources that Word keeps in the document, by tag; empty when the part holds something else."""
    if b"bibliography" not in data[:2000]:
        return {}
    try:
        root = package_xml.parse(path, data)
    except InputError:
        return {}
    found: dict[str, Reference] = {}
    for source in package_xml.children(root, "Source"):
        fields = {package_xml.local(part): package_xml.content(part) for part in source}
        author = package_xml.child(source, "Author", "Author")
        people: list[dict[str, str]] = []
        for person in author.iter() if author is not None else ():
            if package_xml.local(person) == "Person":
                people.append(
                    {
                        "family": package_xml.content(package_xml.child(person, "Last")),
                        "given": package_xml.content(package_xml.child(person, "First")),
                    }
                )
            elif package_xml.local(person) == "Corporate":
                people.append({"literal": package_xml.content(person)})
        tag = fields.get("Tag", "")
        if tag:
            item = {
                "author": people,
                "title": fields.get("Title", ""),
                "issued": fields.get("Year", ""),
                "container-title": fields.get("JournalName") or fields.get("BookTitle") or fields.get("ConferenceName") or "",
                "DOI": fields.get("DOI", ""),
                "URL": fields.get("URL", ""),
            }
            found[tag] = csl.reference(item, span=_NOWHERE, raw="", key=tag)
    return found
