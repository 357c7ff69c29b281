"""What registries say: the record of a work, and the answer for one entry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from refaudit.model.references import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A notice about a work: ``kind`` is folded ("retraction", "expression-of-concern", "correction", ...).

    ``of`` is the DOI of the version that it is about, where that is not the cited record itself.
    """

    kind: str
    doi: str = ""
    date: str = ""
    source: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A registry's description of a work. ``years`` holds every year the registry gives (issued, print, online).

    ``other_titles`` holds its titles in other languages and short forms; ``aliases`` DOIs that lead to the same record.
    ``compiled`` marks the description of somebody other than the publisher or the agency of its DOI: it shows that there is such
    a work, and is no measure for the details of an entry.
    """

    source: str
    doi: str = ""
    type: str = ""
    title: str = ""
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    years: tuple[int, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    publisher: str = ""
    isbns: tuple[str, ...] = ()
    url: str = ""
    updated_by: tuple[Update, ...] = ()
    update_to: tuple[Update, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    retrieved_at: str = ""
    compiled: bool = False


class LookupStatus(StrEnum):
    """What asking the registries gave. Only the first three say something about the reference."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not_found"
    NOT_COVERED = "not_covered"
    UNAVAILABLE = "unavailable"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A record beside a reference: ``score`` 0-1 and the named scores it is made of."""

    record: Record
    score: float
    scores: tuple[tuple[str, float], ...] = ()


class PageStatus(StrEnum):
    """What asking for a cited web page gave. Only the first four say something about the page."""

    ALIVE = "alive"
    MOVED = "moved"  # for good, to ``Page.moved_to``
    GONE = "gone"
    ARCHIVED = "archived"  # the cited address is itself one of an archive's copies
    REFUSED = "refused"  # a log-in, a robot check, robots.txt: the page may well be there
    UNREACHABLE = "unreachable"  # time-outs, refused connections, certificates, servers in trouble
    UNCLEAR = "unclear"  # an answer that cannot be read as a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A cited web page as it was found.

    ``http`` is the last status code (0: none); ``title``, ``site``, ``authors`` and ``date`` are what the page says of itself, and
    ``fits`` whether that is what the entry says (None: cannot be told). ``sure`` is False where the page only looks gone (status
    200 and words such as "not found"). ``archived`` is the address of the copy nearest to the access date, ``archived_on`` its day.
    """

    url: str
    status: PageStatus
    http: int = 0
    detail: str = ""
    sure: bool = True
    moved_to: str = ""
    title: str = ""
    site: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    fits: bool | None = None
    archived: str = ""
    archived_on: str = ""
    archive_asked: bool = False
    checked_on: str = ""


class Said(StrEnum):
    """What one source said when it was asked for an entry."""

    FOUND = "found"
    NO_RECORD = "no_record"
    ANOTHER_WORK = "another_work"  # what stands under the identifier is not what is printed
    UNREGISTERED = "unregistered"  # the DOI system: there is no such DOI
    NOT_ASKED = "not_asked"  # it did not answer, or could not be asked; nothing follows from it


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAnswer:
    """One source that was asked for an entry: ``by`` "doi", "search" or another identifier's scheme; ``detail`` why it was not asked."""

    source: str
    by: str
    said: Said
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The answer for one reference.

    ``by`` says how the record was reached ("doi", "search", "pmid", "isbn" …); ``doi_registered`` is False only when the DOI system
    itself says that the printed DOI does not exist, None when it was not asked or did not answer; ``asked`` names the sources that
    answered, ``answers`` holds what each said; ``detail`` says in words why there is no answer; ``updates`` are the notices about
    the cited work (retraction, concern, correction) that stand after weighing all sources; ``beside`` holds the records of printed
    DOIs that are not the work itself but something beside it: its notice, supplement, review or data; ``journal`` is the registered
    name of the entry's journal where a source is known to have works of it near the cited year; ``page`` is the cited web page,
    where it was asked for.
    """

    reference: str
    status: LookupStatus
    candidates: tuple[Candidate, ...] = ()
    by: str = ""
    doi_registered: bool | None = None
    doi_record: Record | None = None
    asked: tuple[str, ...] = ()
    detail: str = ""
    updates: tuple[Update, ...] = ()
    beside: tuple[Record, ...] = ()
    journal: str = ""
    page: Page | None = None
    answers: tuple[SourceAnswer, ...] = ()

    @property
    def record(self) -> Record | None:
        """The accepted record, when there is exactly one."""
        return self.candidates[0].record if self.status is LookupStatus.FOUND and self.candidates else None
