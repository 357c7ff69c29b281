"""Repairs that are safe to make in the source of a manuscript, each audited again before it is offered.

Only text formats are touched (Markdown, LaTeX, BibTeX), and only where the right value is known: from the text itself,
or from a registry record found with high confidence. A repair is a set of edits; it is offered when the audit of the
edited text shows fewer findings of its kind, none of any other kind, and reads as many works as before.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from refaudit.audit import Resolve, audit_file
from refaudit.config import Config
from refaudit.model import Document, FileReport, Finding, Link, LinkStatus, Lookup, Reference, Source, Unit
from refaudit.readers.files import Files
from refaudit.rules.doi import needless

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".qmd", ".rmd", ".tex", ".ltx", ".latex", ".bib", ".bibtex"})
SURE = 0.95  # the score of a record whose DOI is written into the text without a person looking at both
KINDS: Mapping[str, str] = {
    "doi-form": "a DOI in an old or wrapped form is written as its resolver asks",
    "doi-missing": "the DOI of the registered work, found with high confidence, is added",
    "tracking": "parameters and fragments that readers do not need are cut from addresses",
    "duplicates": "BibTeX entries of one work are merged and its citations renamed",
    "year-letters": "a letter after the year that no entry needs is dropped from the text",
    "uncited": "BibTeX entries that these manuscripts do not cite move to a file of their own",
}
ASKED_FOR = frozenset({"uncited"})
"""Kinds that are done only when they are named: other manuscripts may use the same bibliography."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """``[start, end)`` of the file ``path`` becomes ``text``."""

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Edits that belong together, why, and the code of the finding they mend ("" where there is none)."""

    kind: str
    what: str
    edits: tuple[Edit, ...]
    code: str = ""


_OLD_DOI = re.compile(r"(?i:https?://(?:dx\.)?doi\.org/|(?<![\w./])(?:dx\.)?doi\.org/)(?=10\.\d{4})")
_BIB_DOI = re.compile(r"(?im)^([ \t]*doi[ \t]*=[ \t]*[{\"][ \t]*)((?:https?://)?(?:dx\.)?doi\.org/|doi:[ \t]*)(10\.\d{4,9}/)")
_BIB_FIELD = re.compile(r"(?i)\bcrossref[ \t]*=[ \t]*[{\"][ \t]*([^}\"\s]{1,200})")
_ENTRY_KEY = re.compile(r"@[A-Za-z]{1,40}[ \t\r\n]{0,20}[{(][ \t\r\n]{0,20}[^,\s]{1,200}[ \t]*,")


def sources(report: FileReport) -> dict[str, str]:
    """The texts behind a paper that may be edited."""
    document = report.document
    if document is None:
        return {}
    return {s.path: s.text for s in document.sources if s.unit is Unit.LINE and PurePath(s.path).suffix.lower() in SUFFIXES}


def propose(report: FileReport, kinds: Sequence[str], cited: frozenset[str] = frozenset()) -> Iterator[Repair]:
    """The repairs that the audit of one paper suggests, before they are checked.

    ``cited`` holds the keys that any paper of the run cites: their entries are never called uncited.
    """
    texts = sources(report)
    document = report.document
    if not texts or document is None:
        return
    makers: Mapping[str, Callable[[FileReport, Document, Mapping[str, str]], Iterator[Repair]]] = {
        "doi-form": _doi_form,
        "doi-missing": _doi_missing,
        "tracking": _tracking,
        "duplicates": _duplicates,
        "year-letters": _year_letters,
        "uncited": lambda paper, text, known: _uncited(paper, text, known, cited),
    }
    for kind in kinds:
        yield from makers[kind](report, document, texts)


def cited_keys(report: FileReport) -> frozenset[str]:
    """The keys of the entries that a paper reaches."""
    keys = {reference.id: reference.key for reference in report.references}
    reached = {identity for link in report.links for identity in (*link.references, *link.nearest)}
    return frozenset(key for identity in reached if (key := keys.get(identity)))


def _stretch(document: Document, reference: Reference) -> tuple[str, int, int]:
    """Where an entry stands in its source."""
    place = document.locate(reference.span)
    return place.path, place.start, place.end


def _name(reference: Reference) -> str:
    return reference.key or reference.label or reference.raw[:40]


def _doi_form(report: FileReport, document: Document, texts: Mapping[str, str]) -> Iterator[Repair]:
    for reference in report.references:
        path, start, end = _stretch(document, reference)
        if path not in texts:
            continue
        entry = texts[path][start:end]
        fields = _BIB_DOI.finditer(entry) if entry.startswith("@") else ()
        edits = [Edit(path=path, start=start + m.start(2), end=start + m.end(2), text="") for m in fields]
        for match in _OLD_DOI.finditer(entry):
            inside = any(edit.start <= start + match.start() < edit.end for edit in edits)
            if match.group() != "https://doi.org/" and not inside:
                edits.append(Edit(path=path, start=start + match.start(), end=start + match.end(), text="https://doi.org/"))
        if edits:
            yield Repair(kind="doi-form", what=f"{_name(reference)}: the DOI in its present form", edits=tuple(edits))


def _doi_missing(report: FileReport, document: Document, texts: Mapping[str, str]) -> Iterator[Repair]:
    lookups: Mapping[str, Lookup] = {lookup.reference: lookup for lookup in report.lookups}
    entries = {reference.id: reference for reference in report.references}
    for finding in _open(report, "DOI053"):
        reference = entries[finding.references[0]]
        lookup = lookups.get(reference.id)
        record = lookup.record if lookup else None
        path, start, end = _stretch(document, reference)
        if record is None or lookup is None or not record.doi or lookup.candidates[0].score < SURE or path not in texts:
            continue
        entry = texts[path][start:end]
        if entry.startswith("@"):
            key = _ENTRY_KEY.match(entry)
            if key is None or not re.fullmatch(r"[^{}\\%\s]+", record.doi):
                continue
            edit = Edit(path=path, start=start + key.end(), end=start + key.end(), text=f"\n  doi = {{{record.doi}}},")
        elif PurePath(path).suffix.lower() in (".tex", ".ltx", ".latex"):
            continue  # a \bibitem is set in the author's own macros
        else:
            edit = Edit(path=path, start=end, end=end, text=f" https://doi.org/{record.doi}")
        yield Repair(
            kind="doi-missing", what=f"{_name(reference)}: DOI {record.doi} ({record.source})", edits=(edit,), code="DOI053"
        )


def untracked(url: str) -> str:
    """``url`` without the parameters and fragments that readers do not need; markup escapes in it are kept."""
    address, sharp, fragment = url.partition("#")
    fragment = fragment.partition(":~:text=")[0]
    base, mark, query = address.partition("?")
    parts = [part for part in query.split("&") if part and not needless(f"https://x.org/?{part.replace(chr(92), '')}")]
    return base + (mark + "&".join(parts) if parts else "") + (sharp + fragment if fragment else "")


def _tracking(report: FileReport, _: Document, texts: Mapping[str, str]) -> Iterator[Repair]:
    for finding in _open(report, "DOI003"):
        place = finding.location
        url = texts.get(place.path, "")[place.start : place.end]
        clean = untracked(url)
        if clean != url and clean.startswith(("http://", "https://")):
            edit = Edit(path=place.path, start=place.start, end=place.end, text=clean)
            yield Repair(kind="tracking", what=f"{clean}: without what tracks its readers", edits=(edit,), code="DOI003")


def _duplicates(report: FileReport, document: Document, texts: Mapping[str, str]) -> Iterator[Repair]:
    entries = {reference.id: reference for reference in report.references}
    for finding in _open(report, "DUP001"):
        members = [entries[identity] for identity in finding.references]
        places = [_stretch(document, member) for member in members]
        if not all(
            m.key and path in texts and texts[path][start:end].startswith("@")
            for m, (path, start, end) in zip(members, places, strict=True)
        ):
            continue
        kept, *gone = members
        renamed = {member.key for member in gone}
        parents = {key for path, start, end in places for key in _BIB_FIELD.findall(texts[path])}
        if renamed & parents:  # another entry inherits from it
            continue
        edits = _renamed(report, document, texts, renamed, kept.key or "")
        if edits is None:
            continue
        for path, start, end in places[1:]:
            edits.append(Edit(path=path, start=start, end=_past(texts[path], end), text=""))
        what = f"{', '.join(sorted(filter(None, renamed)))}: the same work as {kept.key}"
        yield Repair(kind="duplicates", what=what, edits=tuple(edits), code="DUP001")


def _renamed(
    report: FileReport, document: Document, texts: Mapping[str, str], renamed: set[str | None], key: str
) -> list[Edit] | None:
    """Every citation of ``renamed`` under ``key``; None where one cannot be renamed by itself."""
    edits = []
    for citation in report.citations:
        keys = [item.key for item in citation.items]
        touched = [item for item in citation.items if item.key in renamed]
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


def _past(text: str, end: int) -> int:
    """Behind the blank lines that follow an entry."""
    match = re.compile(r"[ \t]*(?:\r?\n[ \t]*){0,3}").match(text, end)
    return match.end() if match else end


def _year_letters(report: FileReport, document: Document, texts: Mapping[str, str]) -> Iterator[Repair]:
    """A letter in the text ("2024a") where the list holds one such work and it carries none."""
    links: Mapping[tuple[str, int], Link] = {(link.citation, link.item): link for link in report.links}
    entries = {reference.id: reference for reference in report.references}
    for finding in _open(report, "LNK007"):
        edits = []
        for citation in report.citations:
            for number, item in enumerate(citation.items):
                link = links.get((citation.id, number))
                if citation.id not in finding.citations or link is None or item.year is None or not item.year.letter:
                    continue
                near = link.references or link.nearest
                one = entries.get(near[0]) if len(near) == 1 and link.status is not LinkStatus.AMBIGUOUS else None
                if one is None or one.year is None or one.year.value is None or one.year.value.letter:
                    continue
                place = document.locate(item.span)
                printed = texts.get(place.path, "")[place.start : place.end]
                at = printed.rfind(str(item.year))
                if at >= 0:
                    last = place.start + at + len(str(item.year))
                    edits.append(Edit(path=place.path, start=last - len(item.year.letter), end=last, text=""))
        if edits:
            yield Repair(kind="year-letters", what="the letter after a year that has one work", edits=tuple(edits), code="LNK007")


def _uncited(report: FileReport, document: Document, texts: Mapping[str, str], cited: frozenset[str]) -> Iterator[Repair]:
    reached = cited | cited_keys(report)
    moved: dict[str, list[tuple[int, int]]] = {}
    parents = {key for text in texts.values() for key in _BIB_FIELD.findall(text)}
    for reference in report.references:
        path, start, end = _stretch(document, reference)
        is_entry = path in texts and texts[path][start:end].startswith("@")
        if is_entry and reference.cited_only and reference.key not in reached | parents:
            moved.setdefault(path, []).append((start, end))
    for path, stretches in moved.items():
        text = texts[path]
        edits = [Edit(path=path, start=start, end=_past(text, end), text="") for start, end in stretches]
        beside = str(PurePath(path).with_suffix(f".uncited{PurePath(path).suffix}"))
        body = "\n\n".join(text[start:end] for start, end in stretches) + "\n"
        edits.append(Edit(path=beside, start=0, end=0, text=body))
        what = f"{path}: {len(stretches)} entries that are not cited move to {beside}"
        yield Repair(kind="uncited", what=what, edits=tuple(edits))


def _open(report: FileReport, code: str) -> Iterator[Finding]:
    return (finding for finding in report.findings if finding.code == code and finding.suppressed is None)


def edited(texts: Mapping[str, str], repairs: Sequence[Repair]) -> dict[str, str]:
    """The texts after the repairs; a file that is not there begins empty. Raises ValueError where two repairs overlap."""
    edits: dict[str, set[Edit]] = {}
    for repair in repairs:
        for edit in repair.edits:
            edits.setdefault(edit.path, set()).add(edit)
    result = dict(texts)
    for path, own in edits.items():
        text = result.get(path, "")
        last = len(text) + 1
        for edit in sorted(own, key=lambda e: (e.start, e.end), reverse=True):
            if edit.end > last or (edit.end == last and edit.start == edit.end):
                raise ValueError(f"two repairs touch {path}:{edit.start}")
            text = text[: edit.start] + edit.text + text[edit.end :]
            last = edit.start
        result[path] = text
    return result


def checked(
    report: FileReport, repairs: Sequence[Repair], config: Config, resolve: Resolve
) -> tuple[list[Repair], dict[str, str]]:
    """The repairs that hold, and the texts after all of them. Each is audited alone, then on top of those before it."""
    texts = sources(report)
    kept: list[Repair] = []
    now, after = report, texts
    for repair in repairs:
        try:
            candidate = edited(texts, [*kept, repair])
        except ValueError:
            continue
        audited = _audit(report, candidate, config, resolve)
        if audited is not None and _better(now, audited, repair):
            kept.append(repair)
            now, after = audited, candidate
    return kept, after


def _audit(report: FileReport, texts: Mapping[str, str], config: Config, resolve: Resolve) -> FileReport | None:
    document = report.document
    if document is None:
        return None
    folder = posixpath.dirname(PurePath(report.path).as_posix()) or "."
    members = {posixpath.relpath(PurePath(s.path).as_posix(), folder): _bytes(s, texts) for s in document.sources}
    data = texts.get(report.path)
    if data is None:
        return None
    audited = audit_file(
        report.path,
        data.encode("utf-8", "surrogatepass"),
        config,
        resolve=resolve,
        input_format=document.format,
        files=Files(members=members),
    )
    return audited if audited.error is None else None


def _bytes(source: Source, texts: Mapping[str, str]) -> bytes:
    return texts.get(source.path, source.text).encode("utf-8", "surrogatepass")


def _better(before: FileReport, after: FileReport, repair: Repair) -> bool:
    """Whether the finding is gone, no other has come, and as much is read and linked as before."""
    was, is_now = (Counter(f.code for f in report.findings if f.suppressed is None) for report in (before, after))
    if repair.code and is_now[repair.code] >= was[repair.code]:
        return False
    if any(is_now[code] > was[code] for code in is_now):
        return False
    same = (
        ("citations", "items", "linked")
        if repair.kind in ("duplicates", "uncited")
        else ("citations", "items", "linked", "references")
    )
    return all(
        after.counts.get(key, 0) == before.counts.get(key, 0) or (key == "linked" and after.counts[key] > before.counts[key])
        for key in same
    )
