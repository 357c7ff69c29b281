"""What the page shows, worked out before the template: plain values only, every text made visible."""

from __future__ import annotations

import hashlib
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from refaudit import rules
from refaudit.model import SEARCH, FileReport, Finding, Level, ListStyle, Lookup, LookupStatus, Reference, Repair, Report
from refaudit.report.ci_text import where
from refaudit.report.coverage import coverage
from refaudit.report.coverage import line as coverage_line
from refaudit.report.differences import Hunk, Stretches, hunks, unlike
from refaudit.report.escape import one_line, shorten
from refaudit.report.html import charts
from refaudit.report.html.text import Paragraph, paragraphs
from refaudit.report.json_contract import fields, least_confidence, skipped_by_reason, tally
from refaudit.report.paths import Shown, shown
from refaudit.report.quoting import cited_by, sentences
from refaudit.report.terminal import read_line
from refaudit.report.unchecked import consequence, told, unchecked
from refaudit.suppress import line_for

SURE = 0.8  # an offline warning at least this sure needs action; one less sure, or one that rests on a registry, a look
LEVEL_SIGNS = {Level.ERROR: "●", Level.WARNING: "▲", Level.NOTE: "■"}
_SIDE_BY_SIDE = 60  # characters that still read well in half a card
_HUNKS = 6  # places of one repair that are shown
_UNCHECKED = frozenset({"AUD002", "AUD051"})
_ANSWERS = {
    LookupStatus.FOUND: ("found", "✓"),
    LookupStatus.AMBIGUOUS: ("several records fit", "?"),
    LookupStatus.NOT_FOUND: ("no record found", "○"),
    LookupStatus.NOT_COVERED: ("not covered by the sources asked", "–"),
    LookupStatus.UNAVAILABLE: ("could not be checked", "–"),
    LookupStatus.OFF: ("not asked", "–"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of evidence; the values as (text, differs) stretches."""

    field: str
    cited: Stretches
    registered: Stretches
    source: str
    url: str

    @property
    def long(self) -> bool:
        """Whether the values read better one above the other than side by side."""
        return any(sum(len(text) for text, _ in side) > _SIDE_BY_SIDE for side in (self.cited, self.registered))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A safe repair: what it does, what it changes, and the command that makes it."""

    what: str
    hunks: tuple[Hunk, ...]
    more: int
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A finding."""

    id: str
    code: str
    name: str
    level: str
    sign: str
    group: str
    message: str
    place: str
    context: str
    confidence: int
    rows: tuple[Row, ...]
    against: str
    advice: str
    why: str
    citations: tuple[str, ...]
    references: tuple[str, ...]
    suppression: str
    repair: Mend | None
    suppressed: str
    fingerprint: str
    absorbed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the list."""

    id: str
    label: str
    raw: str
    cited_by: tuple[str, ...]
    answer: str
    sign: str
    status: str
    source: str
    link: str
    detail: str
    cards: tuple[Card, ...]
    style: str = ""
    others: tuple[tuple[str, str, str], ...] = ()

    @property
    def short(self) -> str:
        """The entry in a few words."""
        return shorten(self.raw, 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings that ask for the same."""

    id: str
    title: str
    intent: str
    open: bool
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One manuscript. ``prefix`` begins every id on the page that belongs to it."""

    prefix: str
    path: str
    error: str = ""
    read: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    not_looked_up: int = 0
    missed: str = ""
    consequence: str = ""
    notices: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    entries: tuple[Entry, ...] = ()
    groups: tuple[Group, ...] = ()
    unchecked: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    years: tuple[charts.Bar, ...] = ()
    links: tuple[charts.Part, ...] = ()
    lookups: tuple[charts.Part, ...] = ()
    coverage: str = ""
    ticks: tuple[charts.Tick, ...] = ()
    families: tuple[str, ...] = ()
    style: str = ""
    mends: tuple[Mend, ...] = ()

    @property
    def missing(self) -> int:
        """Cited works without an entry."""
        return sum(part.count for part in self.links if part.state == "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """The documentation of a rule that has a finding on the page."""

    code: str
    name: str
    summary: str
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything the template needs; ``data`` is what the script needs."""

    title: str
    version: str
    papers: tuple[Paper, ...]
    rules: tuple[RuleText, ...]
    skipped: tuple[tuple[str, str], ...]
    skipped_files: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    data: Mapping[str, Any]


def page(report: Report) -> Page:
    """The view of a report."""
    show = shown(file.path for file in report.files)
    least = least_confidence(report)
    several = len(report.files) > 1
    papers = tuple(
        replace(_paper(file, f"m{number}-" if several else "", show, least), consequence=consequence(report, [file]))
        for number, file in enumerate(report.files, 1)
    )
    used = {card.code for paper in papers for group in paper.groups for card in group.cards}
    title = papers[0].path if len(papers) == 1 else f"{len(papers)} manuscripts"
    identity = hashlib.sha256("\n".join(f"{paper.path}" for paper in papers).encode()).hexdigest()[:12]
    return Page(
        title=title,
        version=report.version,
        papers=papers,
        rules=tuple(
            RuleText(code=r.code, name=r.name, summary=r.summary, sections=tuple(r.sections.items()))
            for r in rules.RULES
            if r.code in used
        ),
        skipped=tuple((reason, ", ".join(codes)) for reason, codes in skipped_by_reason(report).items()),
        skipped_files=tuple(one_line(show(path)) for path in report.skipped_files),
        options=tuple((key.replace("_", " "), _option(value)) for key, value in report.options.items() if value not in ([], "")),
        data={"id": identity, "version": report.version, "findings": [item for paper in papers for item in _data(paper)]},
    )


def _option(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _data(paper: Paper) -> Iterable[dict[str, str]]:
    raw = {entry.id: entry.raw for entry in paper.entries}
    for group in paper.groups:
        for card in group.cards:
            yield {
                "id": card.id,
                "path": paper.path,
                "code": card.code,
                "level": card.level,
                "fingerprint": card.fingerprint,
                "place": card.place,
                "message": card.message,
                "context": card.context,
                "advice": card.advice,
                "quote": shorten(raw[card.references[0]], 300) if card.references and card.references[0] in raw else "",
            }


def _paper(file: FileReport, prefix: str, show: Shown, least: float) -> Paper:
    path = one_line(show(file.path))
    if file.error is not None:
        return Paper(prefix=prefix, path=path, error=one_line(file.error.replace(file.path, show(file.path))))
    cards = _cards(file, path, prefix, least)
    flagged = {r for found, card in cards if card.group in ("act", "verify") for r in found.references}
    by_reference: dict[str, list[Card]] = {}
    for _, card in cards:
        if card.group != "suppressed":
            for identity in dict.fromkeys(card.references):
                by_reference.setdefault(identity, []).append(card)
    cited = cited_by(file)
    lookups = {lookup.reference: lookup for lookup in file.lookups}
    entries = tuple(
        _entry(r, lookups.get(r.id), tuple(cited.get(r.id, ())), tuple(by_reference.get(r.id, ())), file.style.family)
        for r in file.references
    )
    unanswered: dict[str, list[Entry]] = {}
    for entry, reference in zip(entries, file.references, strict=True):
        lookup = lookups.get(reference.id)
        if lookup is not None and lookup.status in (LookupStatus.NOT_COVERED, LookupStatus.UNAVAILABLE):
            why = one_line(lookup.detail) or _ANSWERS[lookup.status][0]
            unanswered.setdefault(why, []).append(entry)
    shown_cards = [(card.id, found) for found, card in cards if card.group != "suppressed"]
    return Paper(
        prefix=prefix,
        path=path,
        read=read_line(file),
        coverage=coverage_line(known) if (known := coverage(file.lookups)) else "",
        counts={**file.counts, **tally(file, least)},
        not_looked_up=unchecked([file])[0],
        missed=told([file]),
        notices=tuple(one_line(notice) for notice in file.notices),
        paragraphs=tuple(paragraphs(file)),
        entries=entries,
        groups=_groups([card for _, card in cards]),
        unchecked=tuple((why, tuple(found)) for why, found in unanswered.items()),
        years=tuple(charts.years(file, flagged)),
        links=tuple(charts.links(file)),
        lookups=tuple(charts.lookups(file)) if any(one.status is not LookupStatus.OFF for one in file.lookups) else (),
        ticks=tuple(charts.ticks(file, shown_cards)),
        families=tuple(sorted({card.code[:3] for _, card in cards})),
        style=_style(file.style),
        mends=tuple(_mend(file, path, repair) for repair in file.repairs if not repair.code),
    )


def _style(style: ListStyle) -> str:
    """The style of the list in a line: "APA in 41 of 43 entries: names as …"."""
    if not style.family:
        return ""
    told = f": {'; '.join(style.reasons)}" if style.reasons else ""
    return f"{style.family} in {round(style.share * style.entries)} of {style.entries} entries that show a style{told}"


def _entry(
    reference: Reference, lookup: Lookup | None, cited_by: tuple[str, ...], cards: tuple[Card, ...], list_style: str
) -> Entry:
    status = lookup.status if lookup else LookupStatus.OFF
    answer, sign = _ANSWERS[status]
    record = lookup.record if lookup else None
    doi = record.doi if record else ""
    return Entry(
        id=reference.id,
        label=_label(reference),
        raw=one_line(_printed(reference)),
        cited_by=cited_by,
        answer=answer,
        sign=sign,
        status=status.value,
        source=one_line(", ".join(filter(None, (record.source, record.retrieved_at)))) if record else "",
        link=f"https://doi.org/{doi}" if doi.startswith("10.") else "",
        detail=one_line(lookup.detail) if lookup else "",
        cards=cards,
        style=reference.style if list_style and reference.style != list_style else "",
        others=tuple(_others(lookup)) if lookup else (),
    )


def _others(lookup: Lookup) -> Iterator[tuple[str, str, str]]:
    """What else the registries told of an entry: a word, the title, the address."""
    near = lookup.candidates[:1] if lookup.status in (LookupStatus.NOT_FOUND, LookupStatus.NOT_COVERED) else ()
    for word, record in (*(("beside the work", one) for one in lookup.beside), *(("nearest record", one.record) for one in near)):
        url = f"https://doi.org/{record.doi}" if record.doi.startswith("10.") else ""
        yield word, shorten(record.title or record.type or "without a title", 80), one_line(url)


def _printed(reference: Reference) -> str:
    """The entry as a list prints it; an entry of a database in its fields, since nobody reads braces."""
    if not reference.raw.startswith("@"):
        return reference.raw
    values, _ = fields(reference)
    people = ", ".join(name.get("literal") or f"{name['family']} {name['given']}".strip() for name in values.get("authors", ()))
    issue = f"({values['issue']})" if "issue" in values else ""
    where = ", ".join(filter(None, (values.get("container"), values.get("volume", "") + issue, values.get("page"))))
    doi = f"https://doi.org/{values['doi']}" if "doi" in values else values.get("url")
    year = f"({values['year']})" if "year" in values else ""
    parts = [" ".join(filter(None, (people, year))), values.get("title"), where, values.get("publisher"), doi]
    return ". ".join(str(part).rstrip(".") for part in parts if part) or reference.raw


def _label(reference: Reference) -> str:
    """The key, or the printed label where the text of the entry does not begin with it."""
    label = (reference.label or "").strip("[](). ")
    printed = reference.raw.lstrip("[( ").startswith(label)
    return one_line(reference.key or ("" if printed else label))


def _cards(file: FileReport, path: str, prefix: str, least: float) -> list[tuple[Finding, Card]]:
    numbers: Counter[str] = Counter()
    why = {rule.code: rule.sections.get("Why it matters", "") for rule in rules.RULES}
    repairs = {(repair.code, repair.fingerprint): repair for repair in file.repairs}
    cards = []
    for found, context in zip(file.findings, sentences(file), strict=True):
        if found.suppressed is None and found.confidence < least:
            continue
        numbers[found.code] += 1
        card = Card(
            id=f"{prefix}{found.code}-{numbers[found.code]}",
            code=found.code,
            name=found.name,
            level=found.level.value,
            sign=LEVEL_SIGNS[found.level],
            group=_group(found),
            message=one_line(found.message),
            place=where(found.location),
            context=context,
            confidence=round(found.confidence * 100),
            rows=tuple(_row(e.field, e.cited, e.registered, e.source, e.url) for e in found.evidence),
            against="Registered" if found.code[4] == "5" else "Compared with",
            advice=one_line(found.advice.split("\n\n")[0]),
            why=one_line(why.get(found.code, "")),
            citations=found.citations,
            references=found.references,
            suppression=line_for(file.format, found),
            repair=_mend(file, path, repairs[key]) if (key := (found.code, found.fingerprint)) in repairs else None,
            suppressed=one_line(found.suppressed or ""),
            fingerprint=found.fingerprint,
            absorbed=found.absorbed,
        )
        cards.append((found, card))
    return cards


def _mend(file: FileReport, path: str, repair: Repair) -> Mend:
    changed = hunks(file, repair)
    return Mend(
        what=one_line(repair.what),
        hunks=changed[:_HUNKS],
        more=len(changed) - len(changed[:_HUNKS]),
        command=f"refaudit fix {shlex.quote(path)} --repair {repair.kind} --write",
    )


def _group(found: Finding) -> str:
    if found.suppressed is not None:
        return "suppressed"
    if found.code in _UNCHECKED:
        return "unchecked"
    offline = found.code[4] != "5"
    if found.level is Level.ERROR or (found.level is Level.WARNING and offline and found.confidence >= SURE):
        return "act"
    return "verify"


def _groups(cards: list[Card]) -> tuple[Group, ...]:
    ranked = sorted(cards, key=lambda card: Level(card.level).rank)  # stable: within a level in the order of the text
    titles = (
        ("act", "Needs action", "Decided by the text itself or by an identifier.", True),
        ("verify", "Please verify", "Signals to look at; a registry or a likeness is behind them.", True),
        ("unchecked", "Could not be checked", "Neither right nor wrong: nobody could say.", False),
        ("suppressed", "Set aside", "Suppressed, in the baseline, or marked as a false alarm.", False),
    )
    return tuple(
        Group(id=name, title=title, intent=intent, open=is_open, cards=tuple(card for card in ranked if card.group == name))
        for name, title, intent, is_open in titles
    )


def _row(name: str, cited: str, registered: str, source: str, url: str) -> Row:
    left, right = (((one_line(cited), False),), ()) if name == SEARCH else unlike(one_line(cited), one_line(registered))
    safe = url if url.startswith(("https://", "http://")) and not any(char.isspace() for char in url) else ""
    return Row(field=one_line(name), cited=left, registered=right, source=one_line(source), url=one_line(safe))
