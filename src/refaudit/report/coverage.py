"""How many references have a verdict, and from whom: the counts behind the line of coverage in every report, and the line. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from refaudit.model import Lookup, LookupStatus, PageStatus, Said
from refaudit.report.escape import one_line

_ALIVE = frozenset({PageStatus.ALIVE, PageStatus.MOVED, PageStatus.ARCHIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """References by what is known of them; each stands in one count. ``found`` counts by the source of the record, ``witnesses`` is
    the least number of sources that answered about an entry without a record."""

    references: int = 0
    found: Mapping[str, int] = field(default_factory=dict)
    several: int = 0
    pages_alive: int = 0
    pages_gone: int = 0
    no_record: int = 0
    witnesses: int = 0
    not_covered: int = 0
    unavailable: int = 0
    off: int = 0

    @property
    def verdicts(self) -> int:
        """References of which something is known."""
        return sum(self.found.values()) + self.several + self.pages_alive + self.pages_gone + self.no_record

    @property
    def share(self) -> float:
        """The share of the references with a verdict, 0-1."""
        return self.verdicts / self.references if self.references else 0.0


def coverage(lookups: Sequence[Lookup]) -> Coverage | None:
    """The counts of a file; None where nobody was asked."""
    asked = [lookup for lookup in lookups if lookup.status is not LookupStatus.OFF or lookup.page]
    if not asked:
        return None
    found: Counter[str] = Counter()
    count: Counter[str] = Counter()
    witnesses = []
    for lookup in lookups:
        page = lookup.page.status if lookup.page else None
        if lookup.record:
            found[lookup.record.source] += 1
        elif lookup.status is LookupStatus.AMBIGUOUS:
            count["several"] += 1
        elif page in _ALIVE:
            count["alive"] += 1
        elif page is PageStatus.GONE:
            count["gone"] += 1
        elif lookup.status is LookupStatus.NOT_FOUND:
            count["no record"] += 1
            witnesses.append(max(1, len({one.source for one in lookup.answers if one.said is not Said.NOT_ASKED})))
        elif lookup.status is LookupStatus.UNAVAILABLE:
            count["unavailable"] += 1
        else:
            count["not covered" if lookup.status is LookupStatus.NOT_COVERED else "off"] += 1
    return Coverage(
        references=len(lookups),
        found=dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))),
        several=count["several"],
        pages_alive=count["alive"],
        pages_gone=count["gone"],
        no_record=count["no record"],
        witnesses=min(witnesses, default=0),
        not_covered=count["not covered"],
        unavailable=count["unavailable"],
        off=count["off"],
    )


def line(known: Coverage) -> str:
    """The counts in a line: "38 references: 24 found (Crossref 14, OpenAlex 10), 9 pages alive, …; 37 of 38 with a verdict"."""
    noun = "reference" if known.references == 1 else "references"
    sources = ", ".join(f"{one_line(source)} {number}" for source, number in known.found.items())
    page = "page" if known.pages_alive == 1 else "pages"
    gone = "page gone" if known.pages_gone == 1 else "pages gone"
    at_least = f" in {known.witnesses} {'source that lists' if known.witnesses == 1 else 'sources that list'} such works"
    parts = [
        (sum(known.found.values()), f"found ({sources})"),
        (known.several, "with several records that fit"),
        (known.pages_alive, f"{page} alive"),
        (known.pages_gone, gone),
        (known.no_record, "without a record" + at_least),
        (known.not_covered, "of a kind that the sources do not list"),
        (known.unavailable, "nobody could be asked about"),
        (known.off, "not looked up"),
    ]
    told = ", ".join(f"{number} {words}" for number, words in parts if number)
    return f"{known.references} {noun}: {told}; {known.verdicts} of {known.references} with a verdict"
