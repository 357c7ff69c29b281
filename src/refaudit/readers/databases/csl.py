"""CSL items (CSL 1.0.2 data model) in JSON or YAML: bibliographies, front matter, and the data of citation fields."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from refaudit.errors import InputError
from refaudit.model import Document, Name, Parsed, Problem, Reference, Span, Year
from refaudit.readers.databases import entry_records, yaml_nodes
from refaudit.readers.databases.entry_records import Listing, alone
from refaudit.readers.decode import decode

_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)\b[^<>]{0,200}>", re.IGNORECASE)
_ARXIV = re.compile(r"(?i)(?:arxiv\.org/(?:abs|pdf)/|arxiv[:.]\s*)((?:\d{4}\.\d{4,5}|[a-z\-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)")
_NEXT_ITEM = re.compile(r"[\s,]*")


def read_json(path: str, data: bytes) -> Document:
    """A CSL-JSON file audited on its own."""
    return alone(listing_json(path, data), "csl-json")


def read_yaml(path: str, data: bytes) -> Document:
    """A CSL-YAML file audited on its own."""
    return alone(listing_yaml(path, data), "csl-yaml")


def listing_json(path: str, data: bytes) -> Listing:
    """The items of a CSL-JSON file: a list, or an object that holds one under ``items`` or ``references``."""
    text, notices = decode(path, data)
    problems = list(notices)
    references = []
    decoder = json.JSONDecoder(parse_constant=str)
    at = _list_start(path, text)
    while True:
        blank = _NEXT_ITEM.match(text, at)
        at = blank.end() if blank else at
        if at >= len(text) or text[at] == "]":
            break
        try:
            item, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            line = text.count("\n", 0, getattr(error, "pos", at)) + 1
            problems.append(
                Problem(message=f"line {line}: not valid JSON; the entries before it are used", span=Span(at, at + 1))
            )
            break
        if isinstance(item, Mapping):
            references.append(reference(item, span=Span(at, end), raw=text[at:end]))
        at = end
    return Listing(path=path, text=text, references=tuple(references), problems=tuple(problems))


def _list_start(path: str, text: str) -> int:
    """The offset behind the bracket that opens the list of items, or that of a single item."""
    blank = re.compile(r"\s*").match(text)
    at = blank.end() if blank else 0
    if text.startswith("[", at):
        return at + 1
    if not text.startswith("{", at):
        raise InputError(f"{path}: neither a list nor an object of CSL-JSON")
    opening = re.compile(r'"(?:items|references)"\s*:\s*\[').search(text, at, at + 5000)
    return opening.end() if opening else at


def listing_yaml(path: str, data: bytes) -> Listing:
    """The items of a CSL-YAML file: a list, or a mapping that holds one under ``references``."""
    text, notices = decode(path, data)
    body = text
    if re.match(r"---[ \t]*\r?\n", text):  # a file with an end mark, as pandoc writes it
        body = re.sub(r"\n(?:---|\.\.\.)\s*\Z", lambda match: "\n" * len(match[0]), text)
    found = yaml_nodes.entries(path, body, ("references",))
    references = tuple(
        reference(node.value, span=Span(node.start, node.end), raw=text[node.start : node.end])
        for _, node in found
        if isinstance(node.value, Mapping)
    )
    return Listing(path=path, text=text, references=references, problems=notices)


def reference(item: Mapping[str, object], *, span: Span, raw: str, key: str | None = None, label: str | None = None) -> Reference:
    """The reference that a CSL item describes. ``key`` takes the place of the item's own ``id``."""
    url, doi = _text(item, "URL", "url"), _text(item, "DOI", "doi")
    arxiv = _ARXIV.search(f"{url} {doi} {_text(item, 'number')} {_text(item, 'container-title')}")
    title = _text(item, "title")
    subtitle = _text(item, "subtitle")
    return entry_records.reference(
        span=span,
        raw=raw,
        database=bool(raw),  # an item behind a field of a text processor: its text is what is printed
        key=key or _text(item, "id", "citation-key") or None,
        label=label,
        type_=_text(item, "type"),
        authors=_people(item.get("author")),
        editors=_people(item.get("editor")),
        year_=_date(item.get("issued") or item.get("status")),
        title=f"{title}: {subtitle}" if subtitle and subtitle not in title else title,
        container=_text(item, "container-title"),
        volume=_text(item, "volume"),
        issue=_text(item, "issue"),
        pages=_text(item, "page", "number" if _text(item, "type") == "article-journal" else "page"),
        publisher=_text(item, "publisher"),
        place=_text(item, "publisher-place", "event-place"),
        edition=_text(item, "edition"),
        doi=doi,
        arxiv=arxiv[1] if arxiv else "",
        pmid=_text(item, "PMID"),
        pmcid=_text(item, "PMCID"),
        isbn=_text(item, "ISBN"),
        issn=_text(item, "ISSN"),
        url=url,
        accessed=_shown(_date(item.get("accessed"))),
    )


def _text(item: Mapping[str, object], *names: str) -> str:
    for name in names:
        value = item.get(name)
        if isinstance(value, list) and value:  # Crossref's own JSON has lists where CSL has strings
            value = value[0]
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
            return entry_records.fold(_MARKUP.sub("", str(value)))
    return ""


def _people(value: object) -> list[Name]:
    people = []
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, str) and person.strip():
            people.append(entry_records.person(person))
        elif isinstance(person, Mapping):
            particles = " ".join(filter(None, (_text(person, "dropping-particle"), _text(person, "non-dropping-particle"))))
            family, given, literal = _text(person, "family"), _text(person, "given"), _text(person, "literal", "name")
            people.append(
                Name(
                    family=family,
                    given=given,
                    particle=particles,
                    suffix=_text(person, "suffix"),
                    literal="" if family else literal,
                )
            )
    return people


def _date(value: object) -> Parsed[Year] | None:
    if isinstance(value, (str, int)):
        return entry_records.year(str(value))
    if isinstance(value, Sequence) and value:
        return _date(value[0])
    if not isinstance(value, Mapping):
        return None
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) and isinstance(parts, list):
        first = parts
    if isinstance(first, list) and first and not isinstance(first[0], (list, Mapping)):
        numbers = [str(number).strip() for number in first if str(number).strip() and str(number) != "None"]
        if numbers:
            return entry_records.year("-".join(number.zfill(4 if index == 0 else 2) for index, number in enumerate(numbers)))
    if _text(value, "year"):
        return entry_records.year(_text(value, "year"), _text(value, "month"))
    return entry_records.year(_text(value, "raw", "literal"))


def _shown(value: Parsed[Year] | None) -> str:
    return value.raw if value else ""
