"""Three small pictures that are looked at rather than read: references by year, by state, and where the findings sit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from refaudit.model import FileReport, Finding, LinkStatus
from refaudit.report.coverage import coverage

_MOST_YEARS = 40
_LEAST_YEARS = 16  # a bar stays a bar where the works are of a year or two


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One year (or all before): ``height`` and ``flagged`` are shares of the tallest bar, 0-100."""

    label: str
    count: int
    height: float
    flagged: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One state: its word, sign, number, and where it stands in the whole, 0-100."""

    state: str
    word: str
    sign: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One finding on the length of the text, 0-100."""

    id: str
    level: str
    at: float
    title: str


def years(file: FileReport, flagged: set[str]) -> list[Bar]:
    """References by year, oldest first; a long tail is one bar."""
    counts: Counter[int] = Counter()
    bad: Counter[int] = Counter()
    for reference in file.references:
        year = reference.year.value.number if reference.year and reference.year.value else None
        if year is not None and 1400 <= year <= 2100:
            counts[year] += 1
            bad[year] += reference.id in flagged
    if not counts:
        return []
    last = max(counts)
    first = max(min(counts), last - _MOST_YEARS + 1)
    first = min(first, last - _LEAST_YEARS + 1)
    rows = [(str(year), counts[year], bad[year]) for year in range(first, last + 1)]
    older = sum(number for year, number in counts.items() if year < first)
    if older:
        rows.insert(0, (f"before {first}", older, sum(number for year, number in bad.items() if year < first)))
    most = max(number for _, number, _ in rows)
    return [
        Bar(label=label, count=number, height=round(100 * number / most, 1), flagged=round(100 * wrong / most, 1))
        for label, number, wrong in rows
    ]


def _parts(rows: Sequence[tuple[str, str, str, int]]) -> list[Part]:
    whole = sum(count for *_, count in rows)
    parts, at = [], 0.0
    for state, word, sign, count in rows:
        if count:
            width = 100 * count / whole
            parts.append(Part(state=state, word=word, sign=sign, count=count, start=round(at, 2), width=round(width, 2)))
            at += width
    return parts


def links(file: FileReport) -> list[Part]:
    """Cited works by how they stand to the list."""
    count = Counter(link.status for link in file.links)
    return _parts(
        [
            ("exact", "linked", "✓", count[LinkStatus.EXACT]),
            ("probable", "probably linked", "≈", count[LinkStatus.PROBABLE]),
            ("ambiguous", "fit several entries", "?", count[LinkStatus.AMBIGUOUS]),
            ("missing", "without an entry", "✗", count[LinkStatus.MISSING]),
        ]
    )


def lookups(file: FileReport) -> list[Part]:
    """References by what the sources and the cited pages said."""
    known = coverage(file.lookups)
    if known is None:
        return _parts([("off", "not asked", "–", len(file.lookups))])
    first, *others = [*known.found.items()] or [("a registry", 0)]
    return _parts(
        [
            ("exact", f"found in {first[0]}", "✓", first[1]),
            ("probable", f"found in {', '.join(name for name, _ in others)}", "✓", sum(number for _, number in others)),
            ("probable", "page there", "✓", known.pages_alive),
            ("ambiguous", "fit several records", "?", known.several),
            ("missing", "page gone", "✗", known.pages_gone),
            ("unfound", "no record found", "○", known.no_record),
            ("off", "not covered", "–", known.not_covered),
            ("off", "no answer", "–", known.unavailable),
            ("off", "not asked", "–", known.off),
        ]
    )


def ticks(file: FileReport, findings: Sequence[tuple[str, Finding]]) -> list[Tick]:
    """Where in the text the findings sit."""
    length = len(file.document.text) if file.document else 0
    return [
        Tick(id=identity, level=f.level.value, at=round(100 * f.span.start / length, 2), title=f"{f.code} {f.name}")
        for identity, f in findings
        if f.span is not None and length
    ]
