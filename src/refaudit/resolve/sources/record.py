"""From what registries answer (Crossref works, DataCite records, CSL-JSON) to ``Record``. Pure; never raises on odd shapes.

Answers are untrusted: every value is looked at before it is used, and what has another shape than documented, or is longer
than any work needs, is left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from refaudit.model import Name, Record, Update
from refaudit.parse.fields.names import person, whole
from refaudit.words import et_al

Json = Mapping[str, Any]

# The fields of a Crossref work that are read here; lists are asked for these only.
CROSSREF_FIELDS = (
    "DOI", "type", "subtype", "title", "subtitle", "original-title", "short-title", "container-title", "short-container-title",
    "author", "editor", "issued", "published", "published-print", "published-online", "posted", "volume", "issue", "page",
    "article-number", "publisher", "ISBN", "ISSN", "update-to", "updated-by", "relation", "aliases",
)  # fmt: skip
# Crossref refuses a list request that selects one of these.
_NOT_SELECTABLE = frozenset({"subtype", "aliases"})
SELECT = ",".join(name for name in CROSSREF_FIELDS if name not in _NOT_SELECTABLE)

# Characters of one value, items of one list: beyond any title, and beyond the authors of the largest collaborations.
_LONGEST, _MOST = 20_000, 20_000
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
# "et al." and affiliations sometimes stand where a name should.
_NO_NAME = frozenset(("anonymous", "no author", ":unav", ":unas"))
_RELATIONS = ("is-preprint-of", "has-preprint", "is-version-of", "has-version", "is-same-as", "is-review-of", "is-comment-on",
              "is-translation-of", "has-translation", "replaces", "is-replaced-by")  # fmt: skip


def text_of(value: object) -> str:
    """A printed form of a registry's text: markup and entities undone, white space folded."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, str):
        text = value[:_LONGEST]
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
        text = str(value)
    else:
        return ""
    if not text.isascii():  # half a pair of surrogates is no character, and nothing could write it
        text = text.encode("utf-8", "replace").decode("utf-8")
    if "&" in text:
        text = html.unescape(html.unescape(text))  # "&amp;amp;" occurs
    if "<" in text:
        text = _TAG.sub("", text)
    return " ".join(text.split())


def _texts(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    return tuple(text for text in map(text_of, value[:_MOST] if isinstance(value, list) else (value,)) if text)


def _listed(value: object) -> list[Any]:
    return value[:_MOST] if isinstance(value, list) else []


def objects(value: object) -> Iterator[Json]:
    """The objects of a list, whatever else stands there."""
    return (item for item in _listed(value) if isinstance(item, dict))


def year_of(value: object) -> set[int]:
    """The year that a number or the beginning of an ISO date says; empty where it says none."""
    head = text_of(value)[:4]
    return {int(head)} if re.fullmatch(r"[12][0-9]{3}", head) else set()


def same_doi(value: object, doi: str) -> bool:
    """Whether a registry's value is this (lower-case) DOI, however it writes it."""
    return text_of(value).lower().removeprefix("doi:").partition("doi.org/")[2] == doi or text_of(value).lower() == doi


def _name(person: object) -> Name | None:
    if not isinstance(person, dict):
        return None
    family, given = text_of(person.get("family")), text_of(person.get("given"))
    if family.lower().strip("[]. ") in _NO_NAME or et_al.stands_alone(family.strip("[] ")):
        return None
    if family:
        suffix = text_of(person["suffix"]) if "suffix" in person else ""
        particle = text_of(person["non-dropping-particle"]) if "non-dropping-particle" in person else ""
        return Name(family=family, given=given, particle=particle, suffix=suffix)
    literal = text_of(person.get("name")) or text_of(person.get("literal")) or given
    return Name(literal=literal) if literal else None


def name_of(text: str) -> Name | None:
    """The name that a source prints as one text, "Given Family" or "Family, Given"; None for none."""
    family, comma, given = text.partition(", ")
    if fold_kind(family).strip("[]. ") in _NO_NAME or not text.strip():
        return None
    return person(family, given) if comma and given else whole(text)


def _names(people: object) -> tuple[Name, ...]:
    return tuple(name for name in map(_name, _listed(people)) if name)


def _date_parts(value: object) -> Iterator[int]:
    """Year, month and day of Crossref's ``{"date-parts": [[2020, 5, 22]]}``, as far as they are there and can be."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else ()
    for part, most in zip(first, (9999, 12, 31), strict=False):
        whole = isinstance(part, int) or (isinstance(part, float) and part.is_integer())
        number = int(part) if whole or (isinstance(part, str) and part.isdecimal() and len(part) <= 4) else 0
        if not 1 <= number <= most:
            return
        yield number


def date_of(value: object) -> str:
    """The ISO date, as far as it is known, of one of Crossref's dates."""
    return "-".join(f"{number:04d}" if place == 0 else f"{number:02d}" for place, number in enumerate(_date_parts(value)))


def _years(work: Json, keys: Iterable[str]) -> tuple[int, ...]:
    found = {next(_date_parts(work[key]), 0) for key in keys if key in work}
    return tuple(sorted(year for year in found if 1000 <= year <= 2200))


def fold_kind(kind: str) -> str:
    """Crossref's and Retraction Watch's words for notices in one spelling: lower case, hyphens."""
    return re.sub(r"[\s_-]+", "-", kind.strip().lower())


def _updates(value: object) -> tuple[Update, ...]:
    found = []
    for item in objects(value):
        if isinstance(item.get("type"), str):
            found.append(
                Update(
                    kind=fold_kind(text_of(item["type"])),
                    doi=text_of(item.get("DOI")).lower(),
                    date=date_of(item.get("updated")),
                    source=text_of(item.get("source")) or "publisher",
                )
            )
    return tuple(found)


def from_crossref(work: Json, *, source: str = "Crossref", retrieved_at: str = "") -> Record | None:
    """The record of a Crossref work (single, list item or line of the public data file); None when it holds no DOI."""
    doi = text_of(work.get("DOI"))
    if "/" not in doi:
        return None
    containers = _texts(work.get("container-title")) + _texts(work.get("short-container-title"))
    relation = work.get("relation")
    related = relation if isinstance(relation, dict) else {}
    relations = tuple(
        (kind, target)
        for kind in (_RELATIONS if related else ())
        for item in objects(related.get(kind))
        if (target := text_of(item.get("id")).lower())
    )
    kind = text_of(work.get("type"))
    return Record(
        source=source,
        doi=doi.lower(),
        type="preprint" if kind == "posted-content" and text_of(work.get("subtype")) in ("preprint", "") else kind,
        title=text_of(work.get("title")),
        subtitle=text_of(work.get("subtitle")),
        other_titles=tuple(
            dict.fromkeys((*_texts(work.get("title"))[1:], *_texts(work.get("original-title")), *_texts(work.get("short-title"))))
        ),
        containers=tuple(dict.fromkeys(containers)),
        authors=_names(work.get("author")),
        editors=_names(work.get("editor")),
        years=_years(work, ("issued", "published", "published-print", "published-online", "posted")),
        volume=text_of(work.get("volume")),
        issue=text_of(work.get("issue")),
        pages=text_of(work.get("page")),
        article_number=text_of(work.get("article-number")),
        publisher=text_of(work.get("publisher")),
        isbns=tuple(re.sub(r"^.*/|[^0-9Xx]", "", isbn).upper() for isbn in _texts(work.get("ISBN"))),
        url="https://doi.org/" + doi.lower(),
        updated_by=_updates(work.get("updated-by")),
        update_to=_updates(work.get("update-to")),
        relations=relations,
        aliases=tuple(dict.fromkeys(alias.lower() for alias in _texts(work.get("aliases")))),
        retrieved_at=retrieved_at,
    )


def from_datacite(data: Json, *, retrieved_at: str = "") -> Record | None:
    """The record of a DataCite JSON:API resource (``{"id", "attributes"}``); None when it has another shape."""
    attributes, doi = data.get("attributes"), text_of(data.get("id"))
    if not isinstance(attributes, dict) or "/" not in doi:
        return None
    people = []
    for creator in objects(attributes.get("creators")):
        family, given, whole = (text_of(creator.get(key)) for key in ("familyName", "givenName", "name"))
        if not family and creator.get("nameType") != "Organizational" and ", " in whole:
            family, _, given = whole.partition(", ")
        people.append(Name(family=family, given=given) if family else Name(literal=whole))
    titles = [text_of(item.get("title")) for item in objects(attributes.get("titles"))]
    subtitles = [text_of(item.get("title")) for item in objects(attributes.get("titles")) if item.get("titleType") == "Subtitle"]
    main = [title for title in titles if title not in subtitles]
    container = attributes.get("container")
    container = container if isinstance(container, dict) else {}
    years = year_of(attributes.get("publicationYear"))
    for item in objects(attributes.get("dates")):
        # arXiv and repositories: a later version moves publicationYear, the first one stays under these names
        if item.get("dateType") in ("Issued", "Available", "Submitted", "Created"):
            years |= year_of(item.get("date"))
    kinds = attributes.get("types")
    kind = text_of(kinds.get("resourceTypeGeneral")) if isinstance(kinds, dict) else ""
    relations = []
    for item in objects(attributes.get("relatedIdentifiers")):
        if item.get("relatedIdentifierType") == "DOI":
            relation = {
                "IsVersionOf": "is-version-of",
                "IsPreviousVersionOf": "is-preprint-of",
                "IsIdenticalTo": "is-same-as",
                "IsObsoletedBy": "is-replaced-by",
            }.get(str(item.get("relationType")))
            target = text_of(item.get("relatedIdentifier")).lower()
            if relation and target:
                relations.append((relation, target))
    first, last = text_of(container.get("firstPage")), text_of(container.get("lastPage"))
    publisher = attributes.get("publisher")
    return Record(
        source="DataCite",
        doi=doi.lower(),
        type=kind.lower(),
        title=main[0] if main else "",
        subtitle=subtitles[0] if subtitles else "",
        other_titles=tuple(main[1:]),
        containers=_texts(container.get("title")),
        authors=tuple(name for name in people if name.family or name.literal),
        years=tuple(sorted(years)),
        volume=text_of(container.get("volume")),
        issue=text_of(container.get("issue")),
        pages=f"{first}-{last}" if first and last else first,
        publisher=text_of(publisher.get("name") if isinstance(publisher, dict) else publisher),
        url="https://doi.org/" + doi.lower(),
        relations=tuple(relations),
        retrieved_at=retrieved_at,
    )


def from_csl(item: Json, *, source: str, doi: str, retrieved_at: str = "") -> Record | None:
    """The record of CSL-JSON as content negotiation gives it; None when it holds no title, or says that it is of another DOI."""
    if item.get("DOI") and not same_doi(item["DOI"], doi):
        return None
    record = from_crossref({**item, "DOI": doi}, source=source, retrieved_at=retrieved_at)
    return record if record and record.title else None
