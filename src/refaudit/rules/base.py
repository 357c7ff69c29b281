"""What a rule is: one generator function over the frozen audit bundle, whose docstring is its documentation."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, cached_property
from typing import TypeVar

from refaudit.config import Config
from refaudit.model import (
    Citation,
    CitedItem,
    Document,
    Evidence,
    Level,
    Link,
    ListStyle,
    Location,
    Lookup,
    Parsed,
    Reference,
    Span,
    Suppression,
)
from refaudit.parse.identifiers import find_dois, find_urls
from refaudit.rules.reading import doubt
from refaudit.rules.works.groups import Works, compare

T = TypeVar("T")

HEADINGS = ("What it finds", "Why it matters", "Flags", "Does not flag", "What to do", "Limits")


@dataclass(frozen=True, kw_only=True)
class Audit:
    """Everything a rule may look at. ``entry_counts`` holds two independent counts of the list's entries.

    ``unused`` holds the suppressions that set nothing aside, each with the reason in words; it is known only once the
    other rules have run.
    """

    document: Document
    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    lookups: tuple[Lookup, ...] = ()
    style: ListStyle = field(default_factory=ListStyle)
    list_spans: tuple[Span, ...] = ()
    entry_counts: tuple[int, int] = (0, 0)
    named: bool = True
    unused: tuple[tuple[Suppression, str], ...] = ()
    config: Config = field(default_factory=Config)

    @cached_property
    def citation(self) -> Mapping[str, Citation]:
        """Citations by id."""
        return {citation.id: citation for citation in self.citations}

    @cached_property
    def reference(self) -> Mapping[str, Reference]:
        """References by id."""
        return {reference.id: reference for reference in self.references}

    @cached_property
    def lookup(self) -> Mapping[str, Lookup]:
        """Lookups by reference id."""
        return {lookup.reference: lookup for lookup in self.lookups}

    @cached_property
    def asked(self) -> tuple[Reference, ...]:
        """The entries that are audited: all but those that nobody asks about."""
        return tuple(one for one in self.references if one.id not in self.not_looked_up)

    @cached_property
    def works(self) -> Works:
        """Which entries are the same work."""
        near = {identity for link in self.links for identity in link.nearest}
        return compare([one for one in self.references if one.id in near or one.id not in self.not_looked_up])

    @cached_property
    def doubt(self) -> str:
        """Why the list was probably not read as it is printed, see ``reading.doubt``."""
        return doubt(self.references, self.entry_counts)

    @cached_property
    def not_looked_up(self) -> frozenset[str]:
        """The references that nobody asks about, see the function of the same name."""
        return not_looked_up(self.references, self.links, self.config)

    def item(self, link: Link) -> CitedItem:
        """The cited item a link is about."""
        return self.citation[link.citation].items[link.item]


def not_looked_up(references: Sequence[Reference], links: Sequence[Link], config: Config) -> frozenset[str]:
    """The ids of entries of a shared database that the text does not cite, unless the configuration asks for them."""
    if config.include_uncited:
        return frozenset()
    reached = {identity for link in links for identity in link.references}
    return frozenset(one.id for one in references if one.cited_only and one.id not in reached)


def sure(field: Parsed[T] | None, least: float = 0.3) -> T | None:
    """The value of a field that was read without much doubt, else None."""
    return field.value if field is not None and field.confidence >= least else None


def without_links(raw: str) -> str:
    """The text of an entry with its DOIs and web addresses blanked; offsets stay as they are."""
    chars = list(raw)
    for _, span in (*find_dois(raw), *find_urls(raw)):
        chars[span.start : span.end] = " " * (span.end - span.start)
    return "".join(chars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a rule yields: words and subjects. The runner adds code, level, position and fingerprint.

    ``spans`` are stretches of ``Document.text``, the first is where the finding stands; left empty, the first cited
    item or the first reference gives the place. ``subject`` names the work and field for the fingerprint, in words
    that stay the same when other parts of the file change; left empty, it is made from the texts of the subjects.
    ``location`` stands in for ``spans`` where the place is not in the running text (a comment).
    """

    message: str
    citations: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    advice: str = ""
    confidence: float | None = None
    subject: str = ""
    location: Location | None = None


Check = Callable[[Audit], Iterator[Hit]]


class Needs(Enum):
    """What a rule needs beside the manuscript."""

    NOTHING = "nothing"
    REGISTRY = "registry"
    WEB = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule and its fixed properties. ``absorbs`` lists the codes that a hit on the same reference explains."""

    code: str
    name: str
    level: Level
    check: Check
    confidence: float = 0.9
    absorbs: tuple[str, ...] = ()

    @property
    def needs(self) -> Needs:
        """What the rule cannot run without: codes x5x ask a registry, those of the WEB family the cited pages."""
        if self.code[4] != "5":
            return Needs.NOTHING
        return Needs.WEB if self.code.startswith("WEB") else Needs.REGISTRY

    @property
    def online(self) -> bool:
        """Whether the rule needs answers from outside."""
        return self.needs is not Needs.NOTHING

    @property
    def sections(self) -> Mapping[str, str]:
        """The documentation by heading."""
        return _sections(self.check)

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return (inspect.getdoc(self.check) or "").split("\n", 1)[0]


@cache
def _sections(check: Check) -> Mapping[str, str]:
    parts = re.split(rf"(?m)^({'|'.join(HEADINGS)}):\s*$", inspect.getdoc(check) or "")
    return {heading: body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def rule(
    code: str, name: str, level: Level, *, confidence: float = 0.9, absorbs: tuple[str, ...] = ()
) -> Callable[[Check], Rule]:
    """Turn a check into a rule."""

    def wrap(check: Check) -> Rule:
        return Rule(code=code, name=name, level=level, check=check, confidence=confidence, absorbs=absorbs)

    return wrap
