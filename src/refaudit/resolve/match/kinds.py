"""Kinds of works that are never one another, though they share title and authors: a thesis and the article made of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from refaudit.model import Record
from refaudit.resolve.match.container_names import container_score
from refaudit.resolve.match.entry import Entry
from refaudit.text import fold

# From here on the kind of an entry counts: what a database declares, or what the words of an entry say plainly.
_SURE = 0.7

_ARTICLES = frozenset({"journal-article", "proceedings-article", "journalarticle", "conferencepaper"})
_CHAPTERS = frozenset({"book-chapter", "book-section", "book-part", "reference-entry", "bookchapter"})
_PREPRINTS = frozenset({"preprint"})
_DEPOSITS = frozenset({"dataset", "software", "dissertation", "collection", "image", "audiovisual"})
# CSL type of an entry -> types of records, in the words of Crossref and DataCite, that are never the same work.
_NEVER: Mapping[str, frozenset[str]] = {
    "thesis": _ARTICLES | _CHAPTERS | _PREPRINTS,
    "report": _ARTICLES | _CHAPTERS,
    "book": _ARTICLES | _CHAPTERS,
    "chapter": _ARTICLES | _DEPOSITS,
    "dataset": _ARTICLES | _CHAPTERS | _PREPRINTS,
    "software": _ARTICLES | _CHAPTERS | _PREPRINTS,
    "article-journal": _DEPOSITS,
    "paper-conference": _DEPOSITS,
}
# What says that a thesis or a report is cited, whatever the entry was read as.
_THESIS = re.compile(
    r"\b(?:ph\.? ?d\.?|doctoral|master'?s?|m\.? ?sc\.?|licentiate|bachelor'?s?) (?:thesis|dissertation)|\bdissertation\b|\bthesis\b"
    r"|\btesis\b|\btese de\b|\bthese de\b|\bhabilitationsschrift\b"
)
_REPORT = re.compile(
    r"\b(?:(?:technical|research) report|tech\. ?rep\.|report (?:no\b|[0-9])|(?:working|discussion|white) paper)"
)


def never_one_work(entry: Entry, record: Record) -> bool:
    """Whether an entry and a record are of kinds that are never one work, whatever title and authors say.

    A series of reports may be a journal and a volume of chapters one of articles: where the container is the registered one, the
    kinds say nothing. A thesis has none.
    """
    kind = _kind(entry, record)
    if record.type not in _NEVER.get(kind, frozenset()):
        return False
    return kind == "thesis" or (container_score(entry, record.containers) or 0.0) < 0.6


def _kind(entry: Entry, record: Record) -> str:
    title = fold(entry.title) or fold(record.title)
    beside = entry.text.replace(title, " ", 1)
    if _THESIS.search(beside):
        return "thesis"
    if _REPORT.search(beside):
        return "report"
    field = entry.reference.type
    return field.value if field and field.value and field.confidence >= _SURE else ""
