"""The objects of the JSON report as plain dictionaries: the one place that knows the names and forms of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from refaudit.model import (
    Citation,
    Document,
    FileReport,
    Finding,
    Level,
    Link,
    LinkStatus,
    ListStyle,
    Location,
    Lookup,
    LookupStatus,
    Name,
    Page,
    Parsed,
    Record,
    Reference,
    Report,
)
from refaudit.report.coverage import coverage
from refaudit.report.paths import Shown, shown
from refaudit.report.quoting import cited_by, sentences

Json = dict[str, Any]

# field of the report -> attribute of Reference, in the order in which they are written
FIELDS: Mapping[str, str] = {
    "authors": "authors",
    "editors": "editors",
    "year": "year",
    "title": "title",
    "container": "container",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "publisher": "publisher",
    "place": "place",
    "edition": "edition",
    "doi": "doi",
    "arxiv": "arxiv",
    "pmid": "pmid",
    "pmcid": "pmcid",
    "isbn": "isbn",
    "issn": "issn",
    "url": "url",
    "accessed": "accessed",
    "type": "type",
}


def position(location: Location, show: Shown) -> Json:
    """A place: all keys, null where the format has none."""
    return {
        "path": show(location.path),
        "start": location.start,
        "end": location.end,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "page": location.page,
        "paragraph": location.paragraph,
    }


def person(name: Name) -> Json:
    """``{"family", "given"}`` or ``{"literal"}``; a suffix ("Jr.") follows the given name."""
    if name.literal:
        return {"literal": name.literal}
    return {"family": name.surname, "given": ", ".join(part for part in (name.given, name.suffix) if part)}


def _value(parsed: Parsed[Any]) -> Any:
    value = parsed.value
    if value is None:
        return parsed.raw
    if isinstance(value, tuple):
        return [person(name) for name in value]
    return str(value)


def fields(reference: Reference) -> tuple[Json, Json]:
    """The fields that were read, and how sure each is (0-1). A name list that was not understood is one literal."""
    values: Json = {}
    confidence: Json = {}
    for name, attribute in FIELDS.items():
        parsed: Parsed[Any] | None = getattr(reference, attribute)
        if parsed is None or (parsed.value is None and not parsed.raw):
            continue
        value = _value(parsed)
        if name in ("authors", "editors") and isinstance(value, str):
            value = [{"literal": value}]
        values[name] = value
        confidence[name] = round(parsed.confidence, 3)
    if reference.et_al:
        values["et_al"] = True
    return values, confidence


def _lookup(lookup: Lookup | None) -> Json:
    if lookup is None:
        lookup = Lookup(reference="", status=LookupStatus.OFF)
    fits = lookup.status in (LookupStatus.FOUND, LookupStatus.AMBIGUOUS)
    first = lookup.candidates[0] if lookup.candidates else None
    best, near = (first, None) if fits else (None, first)
    return {
        "status": lookup.status.value,
        "source": best.record.source if best else (", ".join(lookup.asked) or None),
        "doi": (best.record.doi or None) if best else None,
        "scores": {name: round(score, 4) for name, score in best.scores} if best else {},
        "nearest": _work(near.record) if near else None,
        "beside": [_work(record) for record in lookup.beside],
        "page": _page(lookup.page) if lookup.page else None,
        "sources": [
            {"source": one.source, "by": one.by, "answer": one.said.value, "detail": one.detail or None} for one in lookup.answers
        ],
    }


def covered(file: FileReport) -> Json | None:
    """References by what is known of them, null where nobody was asked."""
    known = coverage(file.lookups)
    if known is None:
        return None
    return {
        "references": known.references,
        "with_verdict": known.verdicts,
        "share": round(known.share, 4),
        "found": dict(known.found),
        "several": known.several,
        "pages_alive": known.pages_alive,
        "pages_gone": known.pages_gone,
        "no_record": known.no_record,
        "not_covered": known.not_covered,
        "unavailable": known.unavailable,
        "off": known.off,
    }


def _work(record: Record) -> Json:
    """A registered work in a few words."""
    return {
        "doi": record.doi or None,
        "url": record.url or None,
        "type": record.type or None,
        "title": record.title or None,
        "source": record.source,
    }


def _page(page: Page) -> Json:
    return {
        "url": page.url,
        "status": page.status.value,
        "http": page.http or None,
        "detail": page.detail,
        "moved_to": page.moved_to or None,
        "title": page.title or None,
        "site": page.site or None,
        "authors": list(page.authors),
        "date": page.date or None,
        "fits": page.fits,
        "archived": page.archived or None,
        "archived_on": page.archived_on or None,
        "checked_on": page.checked_on or None,
    }


def citations(file: FileReport, show: Shown) -> list[Json]:
    """Every in-text citation with its items and what each reaches."""
    links = {(link.citation, link.item): link for link in file.links}
    return [_citation(file.document, c, links, show) for c in file.citations] if file.document else []


def _citation(document: Document, citation: Citation, links: Mapping[tuple[str, int], Link], show: Shown) -> Json:
    items = []
    for index, item in enumerate(citation.items):
        link = links.get((citation.id, index))
        items.append(
            {
                "surnames": [name.surname for name in item.names],
                "year": str(item.year) if item.year else None,
                "label": item.label,
                "key": item.key,
                "status": link.status.value if link else LinkStatus.MISSING.value,
                "references": list(link.references) if link else [],
            }
        )
    return {
        "id": citation.id,
        "text": citation.text,
        **position(document.locate(citation.span), show),
        "system": citation.system.value,
        "items": items,
    }


def skipped_by_reason(report: Report) -> dict[str, list[str]]:
    """The rules that did not run, by why."""
    reasons: dict[str, list[str]] = {}
    for code, reason in report.skipped_rules:
        reasons.setdefault(reason, []).append(code)
    return reasons


def references(file: FileReport, show: Shown) -> list[Json]:
    """Every entry of the list with its fields, who cites it and what the registries said."""
    if file.document is None:
        return []
    lookups = {lookup.reference: lookup for lookup in file.lookups}
    citing = cited_by(file)
    result = []
    for reference in file.references:
        values, confidence = fields(reference)
        result.append(
            {
                "id": reference.id,
                "key": reference.key,
                "label": reference.label.strip("[](). ") if reference.label is not None else None,
                "raw": reference.raw,
                **position(file.document.locate(reference.span), show),
                "type": values.get("type"),
                "fields": values,
                "confidence": confidence,
                "style": reference.style or None,
                "cited_by": citing.get(reference.id, []),
                "lookup": _lookup(lookups.get(reference.id)),
            }
        )
    return result


def list_style(style: ListStyle) -> Json:
    """The style family of a list: null where none is sure."""
    return {
        "family": style.family or None,
        "share": round(style.share, 3),
        "entries": style.entries,
        "reasons": list(style.reasons),
    }


def finding(found: Finding, show: Shown, context: str) -> Json:
    """One finding with all its places, members and rows of evidence; ``context`` is the sentence that cites."""
    return {
        "code": found.code,
        "name": found.name,
        "level": found.level.value,
        "confidence": round(found.confidence, 3),
        "message": found.message,
        **position(found.location, show),
        "heading": found.location.heading or None,
        "words": found.location.words or None,
        "citations": list(found.citations),
        "references": list(found.references),
        "evidence": [
            {"field": e.field, "cited": e.cited, "registered": e.registered, "source": e.source, "url": e.url}
            for e in found.evidence
        ],
        "advice": found.advice,
        "context": context or None,
        "fingerprint": found.fingerprint,
        "absorbed": list(found.absorbed),
        "suppressed": found.suppressed,
    }


def tally(file: FileReport, least: float) -> dict[str, int]:
    """Findings by level as shown, and how many are not: suppressed, or less sure than ``least``."""
    counts = {f"{level.value}s": 0 for level in Level} | {"suppressed": 0, "unsure": 0}
    for found in file.findings:
        if found.suppressed is not None:
            counts["suppressed"] += 1
        elif found.confidence < least:
            counts["unsure"] += 1
        else:
            counts[f"{found.level.value}s"] += 1
    return counts


def least_confidence(report: Report) -> float:
    """The confidence below which findings stay in the data only."""
    return float(str(report.options.get("min_confidence", 0.5)))


def file_object(file: FileReport, show: Shown, least: float) -> Json:
    """One input: everything read and found, or ``path`` and ``error``."""
    if file.error is not None:
        return unreadable(file, show)
    return {
        **parsed_object(file, show),
        "counts": {**file.counts, **tally(file, least)},
        "coverage": covered(file),
        "findings": [finding(found, show, context) for found, context in zip(file.findings, sentences(file), strict=True)],
        "notices": list(file.notices),
    }


def unreadable(file: FileReport, show: Shown) -> Json:
    """An input that could not be read."""
    return {"path": show(file.path), "error": (file.error or "").replace(file.path, show(file.path))}


def parsed_object(file: FileReport, show: Shown) -> Json:
    """What was read in one input, without findings."""
    return {
        "path": show(file.path),
        "format": file.format,
        "counts": dict(file.counts),
        "citations": citations(file, show),
        "references": references(file, show),
        "style": list_style(file.style),
    }


def report_object(report: Report) -> Json:
    """The whole report."""
    show = shown(file.path for file in report.files)
    least = least_confidence(report)
    return {
        "schema": report.schema,
        "tool": {"name": report.tool, "version": report.version},
        "options": dict(report.options),
        "files": [file_object(file, show, least) for file in report.files],
        "skipped_rules": [{"code": code, "reason": reason} for code, reason in report.skipped_rules],
        "skipped_files": [show(path) for path in report.skipped_files],
    }
