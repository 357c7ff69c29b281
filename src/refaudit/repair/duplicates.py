"""BibTeX entries of one work become one: the first keeps its key, takes the fields that only the others have, and every
citation of the others names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from refaudit.model import Document, Edit, FileReport, Finding, Reference, Repair
from refaudit.parse.identifiers import bare_doi
from refaudit.readers.databases.bibtex_source import Entry, Value, scan
from refaudit.repair.edits import Texts, newline, opened, past, stretch

PARENT = re.compile(r"(?i)\b(?:crossref|xdata|xref|related|entryset)[ \t]*=[ \t]*[{\"]([^}\"\r\n]{1,400})")
"""Fields by which an entry names others; the group holds their keys, by commas."""
# where these say two things nobody can tell which is right
_TELLING = frozenset({"year", "date", "volume", "number", "pages", "doi", "isbn", "edition", "eprint"})
_PRIVATE = frozenset({"ids", "crossref", "xdata", "xref", "related", "entryset", "options", "file", "abstract", "keywords"})


def duplicates(report: FileReport, document: Document, texts: Texts, reports: Sequence[FileReport]) -> Iterator[Repair]:
    """One repair for every group of entries that are surely one work."""
    entries = {reference.id: reference for reference in report.references}
    for finding in opened(report, "DUP001"):
        members = [entries[identity] for identity in finding.references]
        places = [stretch(document, member) for member in members]
        found = [_scanned(texts, *place) for place in places]
        read = [entry for entry in found if entry is not None and not entry.broken]
        if len(read) == len(members) and all(member.key for member in members):
            yield from _merged(finding, members, places, read, texts, reports)


def _scanned(texts: Texts, path: str, start: int, end: int) -> Entry | None:
    text = texts.get(path, "")[start:end]
    entries = scan(text) if text.startswith("@") else []
    return entries[0] if len(entries) == 1 else None


def _merged(
    finding: Finding,
    members: Sequence[Reference],
    places: Sequence[tuple[str, int, int]],
    entries: Sequence[Entry],
    texts: Texts,
    reports: Sequence[FileReport],
) -> Iterator[Repair]:
    kept, *gone = [member.key or "" for member in members]
    if kept in gone or len(set(gone)) < len(gone) or _contradict(entries):
        return
    edits: list[Edit] = []
    for report in reports:
        renamed = _renamed(report, texts, set(gone), kept)
        if renamed is None:
            return
        edits += renamed
    if not _all_renamed(texts, gone, {path for path, _, _ in places}, edits):
        return
    path, start, end = places[0]
    edits += _taken(texts[path], path, start, end, entries)
    edits += [Edit(path=path, start=start, end=past(texts[path], end), text="") for path, start, end in places[1:]]
    what = f"{', '.join(gone)}: the same work as {kept}"
    yield Repair(
        kind="duplicates", what=what, edits=tuple(dict.fromkeys(edits)), code=finding.code, fingerprint=finding.fingerprint
    )


def _contradict(entries: Sequence[Entry]) -> bool:
    """Whether two entries give a number or an identifier differently: then somebody has to look which is right."""
    for field in _TELLING:
        values = {_plain(entry.fields[field]) for entry in entries if field in entry.fields}
        if len(values - {""}) > 1:
            return True
    return False


def _plain(value: Value) -> str:
    text = re.sub(r"[{}\s]", "", bare_doi(value.text))
    return re.sub(r"[-–—]+", "-", text).casefold()


def _taken(text: str, path: str, start: int, end: int, entries: Sequence[Entry]) -> list[Edit]:
    """The fields that the first entry lacks, added behind its last one as the other entry writes them."""
    first, *others = entries
    known = set(first.fields)
    lines = []
    for entry in others:
        for field, value in entry.fields.items():
            if field not in known | _PRIVATE and value.text.count("{") == value.text.count("}"):
                known.add(field)
                lines.append(f"{field} = {{{value.text}}}")
    if not lines:
        return []
    closing = end - 1  # the entry ends with its brace
    last = len(text[start:closing].rstrip()) + start
    comma = "" if text[last - 1] == "," else ","
    indent = re.search(r"\r?\n([ \t]+)[A-Za-z]", text[start:end])
    lead = newline(text) + indent[1] if indent else " "
    return [Edit(path=path, start=last, end=last, text=comma + ",".join(lead + line for line in lines))]


def _renamed(report: FileReport, texts: Texts, gone: set[str], key: str) -> list[Edit] | None:
    """Every citation of ``gone`` in a paper under ``key``; None where one cannot be renamed by itself."""
    document = report.document
    edits: list[Edit] = []
    if document is None:
        return edits
    for citation in report.citations:
        keys = [item.key for item in citation.items]
        touched = [item for item in citation.items if item.key in gone]
        if touched and (key in keys or len(touched) > 1):
            return None  # one bracket would name the work twice
        for item in touched:
            place = document.locate(item.span)
            printed = texts.get(place.path, "")[place.start : place.end]
            at = printed.find(item.key or "")
            if at < 0 or printed.strip("@{} \t\r\n-") != item.key:
                return None
            edits.append(Edit(path=place.path, start=place.start + at, end=place.start + at + len(item.key or ""), text=key))
    return edits


def _all_renamed(texts: Texts, gone: Sequence[str], bibliographies: set[str], edits: Sequence[Edit]) -> bool:
    """Whether the old keys stand nowhere else: in a ``\\nocite``, a macro of the author's, a field of another entry."""
    done = {(edit.path, edit.start) for edit in edits}
    for key in gone:
        word = re.compile(rf"(?<![\w:.+/-]){re.escape(key)}(?![\w:+/-])")
        for path, text in texts.items():
            if path in bibliographies:
                named = {name.strip() for match in PARENT.finditer(text) for name in match[1].split(",")}
                if key in named:
                    return False
            elif any((path, match.start()) not in done for match in word.finditer(text)):
                return False
    return True
