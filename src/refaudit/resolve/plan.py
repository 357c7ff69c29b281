"""Who can know an entry: the identifiers by which it can be asked for, the words of a search, and which sources are worth one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from refaudit.parse.identifiers import find_pmcid, find_pmid, valid_doi, valid_pmid
from refaudit.resolve.match.coverage import searchable, unregistered_series
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.sources.isbn import as_13
from refaudit.resolve.sources.protocol import Lists, Question, Source
from refaudit.text import words

_BOOKS = frozenset({"book", "chapter", "entry-dictionary", "thesis"})
_ARTICLES = frozenset({"article-journal", "article", "paper-conference", ""})
_DATA = frozenset({"dataset", "software", "thesis"})
_REPOSITORY = re.compile(r"\b(?:zenodo|dryad|figshare|osf|dataverse)\b")
_ARXIV = re.compile(r"\barxiv\b|\bcorr\b")
_CORR = re.compile(r"\bcorr\b.{0,8}\babs/([0-9]{4}\.[0-9]{4,5})\b")  # as DBLP cites papers at arXiv
_FORUM = re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]{6,20})")
_ANTHOLOGY = re.compile(
    r"(?:aclanthology\.org|aclweb\.org/anthology(?:/papers/\w/\w\d\d)?)/([A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9]{2,20}-[a-z0-9]{1,12}\.\d{1,4})(?![\w-])"
)
# Series whose papers have DOIs made of their numbers: RFCs (https://www.rfc-editor.org/rfc/rfc7669), NIST's publications.
_RFC = re.compile(r"\brfc[ -]?([1-9][0-9]{0,4})\b")
_NIST = re.compile(
    r"\b(?:nist )?(?:sp|special publication)(?: no\.?)? ?(800|500|1800|1500)-([0-9]{1,3}[a-z]?)(?:,? ?(?:rev(?:ision)?\.?|r) ?([0-9]))?"
)


def printed_dois(entry: Entry) -> tuple[str, ...]:
    """The DOIs to look up: the printed ones, or the one that arXiv gives each of its papers."""
    if entry.dois:
        return tuple(filter(valid_doi, entry.dois))
    arxiv = entry.reference.arxiv
    if arxiv and arxiv.value:
        return ("10.48550/arxiv." + re.sub(r"v[0-9]{1,2}$", "", arxiv.value.lower()),)
    return ()


def identifiers(entry: Entry) -> tuple[str, ...]:
    """What the entry can be asked for by beside its DOI: identifiers printed in it, and DOIs that follow from its number in a series."""
    reference, text = entry.reference, entry.reference.text
    found = []
    arxiv = reference.arxiv.value if reference.arxiv else None
    if not arxiv and (paper := _CORR.search(entry.text)):
        found.append(f"arxiv:{paper[1]}")
    if arxiv:
        found.append("arxiv:" + re.sub(r"v[0-9]{1,2}$", "", arxiv.lower()))
    pmid = (reference.pmid.value if reference.pmid else None) or (find_pmid(text) or ("", None))[0]
    if pmid and valid_pmid(pmid):
        found.append(f"pmid:{pmid}")
    pmcid = (reference.pmcid.value if reference.pmcid else None) or (find_pmcid(text) or ("", None))[0]
    if pmcid:
        found.append(f"pmcid:{pmcid.lower()}")
    isbn = as_13(reference.isbn.value) if reference.isbn and reference.isbn.value else ""
    if isbn:
        found.append(f"isbn:{isbn}")
    if forum := _FORUM.search(text):
        found.append(f"openreview:{forum[1]}")
    if paper := _ANTHOLOGY.search(text):
        found.append(f"10.18653/v1/{paper[1].lower()}")
    if rfc := _RFC.search(entry.text):
        found.append(f"10.17487/rfc{int(rfc[1]):04d}")
    if nist := _NIST.search(entry.text):
        found.append(f"10.6028/nist.sp.{nist[1]}-{nist[2]}" + (f"r{nist[3]}" if nist[3] else ""))
    return tuple(dict.fromkeys(found))


def question(entry: Entry) -> Question:
    """The words of a search."""
    people = [name.surname for name in entry.authors]
    return Question(
        text=entry.query, title=entry.title, authors=tuple(people), year=entry.year, type=_type(entry), container=entry.container
    )


def question_for_book(entry: Entry) -> Question:
    """The words of a search for a book: for a chapter those of the book in which it stands."""
    if _type(entry) == "chapter" and entry.container:
        return Question(text=entry.query, title=entry.container, year=entry.year, type="book")
    return question(entry)


def _type(entry: Entry) -> str:
    field = entry.reference.type
    return field.value if field and field.value and field.confidence >= 0.5 else ""


def worth(lists: Iterable[Lists], entry: Entry) -> bool:
    """Whether a source that lists such works is worth a search for an entry that no identifier led to."""
    return any(_CAN_KNOW[one](entry) for one in lists)


def order(sources: Sequence[Source], entry: Entry, *, given: bool) -> list[Source]:
    """The sources worth a search for an entry, in the order in which they are asked.

    Where the order was not ``given``, the first of all comes first, then those of such works alone as the entry shows itself to be,
    then those of everything, then those of one field: the likeliest to know at the least cost.
    """
    able = [source for source in sources if worth(source.lists, entry)]
    if given or not able:
        return able

    typed = _type(entry) in _BOOKS and not unregistered_series(entry)

    def cost(source: Source) -> int:
        if source is sources[0]:
            return 0
        if any(one in _SHOWN and _CAN_KNOW[one](entry) for one in source.lists) and (Lists.BOOKS not in source.lists or typed):
            return 1
        return 2 if Lists.SCHOLARLY in source.lists else 3

    return sorted(able, key=cost)


_SHOWN = frozenset({Lists.PREPRINTS, Lists.BOOKS, Lists.DATA})


def _titled(entry: Entry, least: int = 3) -> bool:
    return len(words(entry.title)) >= least and len(entry.title) >= 12


def _placed(entry: Entry) -> bool:
    """Whether an entry shows, surely read or not, a journal or proceedings."""
    reference = entry.reference
    return bool(reference.container or reference.volume or reference.pages)


def _preprint(entry: Entry) -> bool:
    return _titled(entry) and bool(_ARXIV.search(entry.text)) and not (entry.reference.arxiv and entry.reference.arxiv.value)


def _book(entry: Entry) -> bool:
    """Whether an entry is a book or of one, or may be: it prints a publisher, or no journal, and neither pages nor an address."""
    reference = entry.reference
    if not (entry.title if _type(entry) != "chapter" else entry.container) or reference.volume or reference.issue:
        return False
    bare = not (reference.pages or reference.url or _ARXIV.search(entry.text))
    return _type(entry) in _BOOKS or (bare and _type(entry) == "" and bool(reference.publisher or not entry.container))


def _data(entry: Entry) -> bool:
    return _titled(entry) and (_type(entry) in _DATA or bool(_REPOSITORY.search(entry.text)))


_CAN_KNOW = {
    Lists.SCHOLARLY: searchable,
    Lists.BIOMEDICAL: lambda entry: searchable(entry) and _titled(entry, 4) and _placed(entry) and _type(entry) in _ARTICLES,
    Lists.COMPUTING: lambda entry: searchable(entry) and _titled(entry),
    Lists.PREPRINTS: _preprint,
    Lists.BOOKS: _book,
    Lists.DATA: _data,
}
