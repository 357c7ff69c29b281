"""A record as one flat list of its values, the form in which a snapshot keeps it. Pure.

The values stand in a fixed order, those that most works lack last, and the empty ones at the end are left out. They are
already folded as ``from_crossref`` folds them, so that reading a record back costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from refaudit.model import Name, Record, Update

OTHERS: Mapping[str, tuple[str, str, bool]] = {
    "dblp": ("DBLP", "https://dblp.org/rec/", True),
    "acl": ("ACL Anthology", "https://aclanthology.org/", False),
    "openalex": ("OpenAlex", "https://openalex.org/", True),
    "pmid": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/", False),
    "arxiv": ("arXiv", "https://arxiv.org/abs/", False),
}
"""Works that are kept under the identifier of another source ("dblp:conf/x/Name20"), by scheme: its name, the beginning of its
addresses, and whether its descriptions are compiled (``Record.compiled``). Their DOI is their first alias."""
# How many values there are, and which of them is the date of issue.
_WIDTH, _ISSUED = 19, 5


def pack(record: Record, date: str) -> list[Any]:
    """The values of a record; ``date`` is its ISO date of issue as far as it is known, which styles print."""
    values: list[Any] = [
        record.type,
        record.title,
        [_person(name) for name in record.authors],
        record.containers,
        record.years,
        date,
        record.volume,
        record.issue,
        record.pages,
        record.publisher,
        record.article_number,
        record.subtitle,
        record.other_titles,
        [_person(name) for name in record.editors],
        record.isbns,
        record.relations,
        record.aliases,
        [packed_update(update) for update in record.updated_by],
        [packed_update(update) for update in record.update_to],
    ]
    while values and not values[-1]:
        values.pop()
    return values


def _person(name: Name) -> list[str] | str:
    """An organisation as its name alone, a person as parts."""
    if not name.family:
        return name.literal
    more = [name.particle, name.suffix] if name.particle or name.suffix else []
    return [name.family, name.given, *more] if name.given or more else [name.family]


def packed_update(update: Update) -> list[str]:
    """The values of a notice."""
    return [update.kind, update.doi, update.date, update.source]


def unpack(doi: str, values: list[Any], *, source: str, retrieved_at: str) -> Record:
    """The record that was packed. Raises ValueError or TypeError when the values are of another form.

    ``doi`` is the identifier under which it is kept; of another source than Crossref it is not the record's own DOI.
    """
    (
        kind, title, authors, containers, years, _, volume, issue, pages, publisher, article_number, subtitle, other_titles,
        editors, isbns, relations, aliases, updated_by, update_to,
    ) = values + [""] * (_WIDTH - len(values))  # fmt: skip
    url, compiled = "https://doi.org/" + doi, False
    scheme, colon, number = doi.partition(":")
    if colon and scheme in OTHERS:
        source, address, compiled = OTHERS[scheme]
        source, doi, aliases = f"{source} snapshot", aliases[0] if aliases else "", aliases[1:]
        url = "https://doi.org/" + doi if doi else address + number
    return Record(
        source=source,
        doi=doi,
        type=kind,
        title=title,
        subtitle=subtitle,
        other_titles=tuple(other_titles),
        containers=tuple(containers),
        authors=tuple(map(_name, authors)),
        editors=tuple(map(_name, editors)),
        years=tuple(years),
        volume=volume,
        issue=issue,
        pages=pages,
        article_number=article_number,
        publisher=publisher,
        isbns=tuple(isbns),
        url=url,
        updated_by=tuple(map(unpacked_update, updated_by)),
        update_to=tuple(map(unpacked_update, update_to)),
        relations=tuple(map(tuple, relations)),
        aliases=tuple(aliases),
        retrieved_at=retrieved_at,
        compiled=compiled,
    )


def unpacked_update(values: list[str]) -> Update:
    """The notice of these values. Raises ValueError when there are others."""
    kind, doi, date, source = values
    return Update(kind=kind, doi=doi, date=date, source=source)


def _name(parts: list[str] | str) -> Name:
    if isinstance(parts, str):
        return Name(literal=parts)
    if len(parts) == 2:
        return Name(family=parts[0], given=parts[1])
    family, given, particle, suffix = parts + [""] * (4 - len(parts))
    return Name(family=family, given=given, particle=particle, suffix=suffix)


def issued(values: list[Any]) -> str:
    """The ISO date of issue of packed values."""
    return str(values[_ISSUED]) if len(values) > _ISSUED else ""


def as_work(record: Record, date: str) -> Mapping[str, Any]:
    """A record and its date of issue in the words of Crossref's API, for people and for ``refaudit cite``; empty fields are left out."""
    work = {
        "DOI": record.doi,
        "URL": "" if record.doi else record.url,
        "type": "posted-content" if record.type == "preprint" else record.type,
        "subtype": {"preprint": "preprint", "posted-content": "other"}.get(record.type, ""),
        "title": [record.title] if record.title else [],
        "original-title": list(record.other_titles),
        "subtitle": [record.subtitle] if record.subtitle else [],
        "container-title": list(record.containers),
        "author": [_crossref_person(name) for name in record.authors],
        "editor": [_crossref_person(name) for name in record.editors],
        "issued": _crossref_date(date),
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "article-number": record.article_number,
        "publisher": record.publisher,
        "ISBN": list(record.isbns),
        "aliases": list(record.aliases),
        "updated-by": [_crossref_update(update) for update in record.updated_by],
        "update-to": [_crossref_update(update) for update in record.update_to],
        "relation": {kind: [{"id": other} for known, other in record.relations if known == kind] for kind, _ in record.relations},
    }
    return {name: value for name, value in work.items() if value}


def _crossref_person(name: Name) -> dict[str, str]:
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "name": name.literal,
    }
    return {key: value for key, value in parts.items() if value}


def _crossref_update(update: Update) -> dict[str, Any]:
    parts = {"DOI": update.doi, "type": update.kind, "source": update.source, "updated": _crossref_date(update.date)}
    return {key: value for key, value in parts.items() if value}


def _crossref_date(date: str) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None
