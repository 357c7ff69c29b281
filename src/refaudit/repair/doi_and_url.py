"""Repairs of DOIs and web addresses: the present form of a DOI, a DOI that is missing, what only tracks readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from refaudit.model import Document, Edit, FileReport, Lookup, Repair
from refaudit.parse.identifiers import DOI_BEGINS, DOI_RESOLVER
from refaudit.repair.edits import TEX, Texts, name, newline, opened, stretch
from refaudit.rules.doi.identifiers import needless

SURE = 0.95  # the score of a record whose DOI is written into the text without a person looking at both

_OLD_DOI = re.compile(rf"(?<![\w./])(?i:{DOI_RESOLVER})(?={DOI_BEGINS})")
_BIB_DOI = re.compile(rf"(?im)^([ \t]*doi[ \t]*=[ \t]*[{{\"][ \t]*)({DOI_RESOLVER}|doi:[ \t]*)({DOI_BEGINS})")
# what stands where a DOI is claimed, and what the addresses of publishers and preprint servers add behind one: "v2.full", "/pdf"
_CLAIM = r"(?i)(?:doi\.org/|\bdoi[ \t]{0,4}[:=]?[ \t]{0,4}[{\"]?[ \t]{0,4})"
_BEHIND = (
    r"((?:v[0-9]{1,2})?(?:[./](?:full|full-text|fulltext|abstract|summary|pdf|epdf|html?|text|meta|supplementary-material)){0,3}"
    r"(?:\.(?=[ \t]{0,4}[}\"]))?)(?=[\s}\"<>)\],;]|\.(?:\s|\Z)|\Z)"
)
_ENTRY_KEY = re.compile(r"@[A-Za-z]{1,40}[ \t\r\n]{0,20}[{(][ \t\r\n]{0,20}[^,\s]{1,200}[ \t]*,")
_INDENT = re.compile(r"\r?\n([ \t]+)[A-Za-z]")
# how the other entries of a list print a DOI; the first group that stands alone is what comes before it
_PRINTED = re.compile(
    rf"(?i)(\\doi\{{|\\url\{{https://doi\.org/|<https://doi\.org/|https://doi\.org/|\bdoi:[ ]?)(?={DOI_BEGINS})"
)
_CLOSING = {"\\doi{": "}", "\\url{https://doi.org/": "}", "<https://doi.org/": ">"}
_TEX_FORMS = frozenset({"\\doi{", "\\url{https://doi.org/"})
_PLAIN = re.compile(r"[^{}\\%#&$~^<>\[\]()*`|\s]+")  # a DOI that means the same in BibTeX, LaTeX and Markdown


def doi_form(report: FileReport, document: Document, texts: Texts) -> Iterator[Repair]:
    """A DOI as its resolver asks for it: ``https://doi.org/…``, bare in the ``doi`` field of BibTeX, and without what stands behind
    the DOI that is registered."""
    lookups = {lookup.reference: lookup for lookup in report.lookups}
    for reference in report.references:
        path, start, end = stretch(document, reference)
        if path not in texts:
            continue
        entry = texts[path][start:end]
        fields = _BIB_DOI.finditer(entry) if entry.startswith("@") else ()
        edits = [Edit(path=path, start=start + m.start(2), end=start + m.end(2), text="") for m in fields]
        for match in _OLD_DOI.finditer(entry):
            inside = any(edit.start <= start + match.start() < edit.end for edit in edits)
            if match.group() != "https://doi.org/" and not inside:
                edits.append(Edit(path=path, start=start + match.start(), end=start + match.end(), text="https://doi.org/"))
        lookup = lookups.get(reference.id)
        if lookup and lookup.by == "doi" and lookup.record:
            edits += [Edit(path=path, start=start + a, end=start + b, text="") for a, b in _tails(entry, lookup.record.doi)]
        if edits:
            yield Repair(kind="doi-form", what=f"{name(reference)}: the DOI in its present form", edits=tuple(edits))


def _tails(entry: str, doi: str) -> list[tuple[int, int]]:
    """What stands behind a registered DOI where an entry claims one; an address of a server keeps its version and page."""
    found = re.finditer(_CLAIM + re.escape(doi) + _BEHIND, entry)
    return [match.span(1) for match in found if match[1]]


def doi_missing(report: FileReport, document: Document, texts: Texts) -> Iterator[Repair]:
    """The DOI of the registered work, in the form in which the rest of the list prints its own."""
    lookups: Mapping[str, Lookup] = {lookup.reference: lookup for lookup in report.lookups}
    entries = {reference.id: reference for reference in report.references}
    for finding in opened(report, "DOI053"):
        reference = entries[finding.references[0]]
        lookup = lookups.get(reference.id)
        record = lookup.record if lookup else None
        path, start, end = stretch(document, reference)
        if record is None or lookup is None or lookup.candidates[0].score < SURE or path not in texts:
            continue
        edit = _added(texts[path], path, (start, end), record.doi)
        if edit is not None:
            yield Repair(
                kind="doi-missing",
                what=f"{name(reference)}: DOI {record.doi} ({record.source})",
                edits=(edit,),
                code=finding.code,
                fingerprint=finding.fingerprint,
            )


def _added(text: str, path: str, place: tuple[int, int], doi: str) -> Edit | None:
    """The DOI written into an entry; None where the DOI or the list asks for a form that nobody can be sure of."""
    if not _PLAIN.fullmatch(doi):
        return None
    start, end = place
    entry = text[start:end]
    if entry.startswith("@"):
        key = _ENTRY_KEY.match(entry)
        if key is None:
            return None
        indent = _INDENT.search(entry)
        lead = newline(text) + indent[1] if indent else " "
        return Edit(path=path, start=start + key.end(), end=start + key.end(), text=f"{lead}doi = {{{doi}}},")
    before = _form(text, tex=PurePath(path).suffix.lower() in TEX)
    return Edit(path=path, start=end, end=end, text=f" {before}{doi}{_CLOSING.get(before, '')}") if before else None


def _form(text: str, *, tex: bool) -> str:
    """What most of the printed DOIs of a file begin with. In LaTeX without such an example: "", nobody can know its macros."""
    forms = Counter(match[1] for match in _PRINTED.finditer(text) if (match[1] in _TEX_FORMS) <= tex)
    return forms.most_common(1)[0][0] if forms else "" if tex else "https://doi.org/"


def untracked(url: str) -> str:
    """``url`` without the parameters and fragments that readers do not need; markup escapes in it are kept."""
    address, sharp, fragment = url.partition("#")
    fragment = fragment.partition(":~:text=")[0]
    base, mark, query = address.partition("?")
    parts = [part for part in query.split("&") if part and not needless(f"https://x.org/?{part.replace(chr(92), '')}")]
    return base + (mark + "&".join(parts) if parts else "") + (sharp + fragment if fragment else "")


def tracking(report: FileReport, _: Document, texts: Texts) -> Iterator[Repair]:
    """Addresses without tracking parameters and text fragments."""
    for finding in opened(report, "DOI003"):
        place = finding.location
        url = texts.get(place.path, "")[place.start : place.end]
        clean = untracked(url)
        if clean != url and clean.startswith(("http://", "https://")):
            edit = Edit(path=place.path, start=place.start, end=place.end, text=clean)
            what = f"{clean}: without what tracks its readers"
            yield Repair(kind="tracking", what=what, edits=(edit,), code=finding.code, fingerprint=finding.fingerprint)


def archived(report: FileReport, document: Document, texts: Texts) -> Iterator[Repair]:
    """The archived copy in place of the address of a page that is gone for sure."""
    pages = {lookup.reference: lookup.page for lookup in report.lookups if lookup.page}
    entries = {reference.id: reference for reference in report.references}
    for finding in opened(report, "WEB051"):
        reference = entries[finding.references[0]]
        page = pages.get(reference.id)
        path, start, end = stretch(document, reference)
        if page is None or not page.archived or not page.sure or path not in texts:
            continue
        at = texts[path].find(page.url, start, end)
        if at >= 0:
            what = f"{name(reference)}: the copy archived on {page.archived_on}"
            edit = Edit(path=path, start=at, end=at + len(page.url), text=page.archived)
            yield Repair(kind="archived", what=what, edits=(edit,), code=finding.code, fingerprint=finding.fingerprint)
