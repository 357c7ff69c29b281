"""The list as biblatex compiles it (.bbl): entries with named fields."""

from __future__ import annotations

import re

from refaudit.model import Reference, Span
from refaudit.readers.databases import bibtex_fields
from refaudit.readers.databases.entry_records import Listing

_ENTRY = re.compile(r"\\entry\{([^{}]*)\}\{([^{}]*)\}")
_FIELD = re.compile(r"\\(?:field|strng)\{([a-z]+)\}\{")
_NAME = re.compile(r"\\name\{(author|editor)\}\{\d+\}")
_PART = re.compile(r"\b(family|given|prefix|suffix)=\{")
_LIST = re.compile(r"\\list\{([a-z]+)\}\{\d+\}\{%?\s*\{")
_VERB = re.compile(r"\\verb\{([a-z]+)\}[^\S\n]*\n\s*\\verb ([^\n]*)")
_MORE = re.compile(r"\\true\{moreauthor\}")


def is_biblatex(text: str) -> bool:
    """Whether a .bbl file is biblatex's (as against BibTeX's, which holds ``thebibliography``)."""
    return "\\datalist" in text[:20000] and "\\entry{" in text


def listing(path: str, text: str) -> Listing:
    """The entries of a biblatex .bbl file."""
    references: list[Reference] = []
    places = [(match.start(), match[1], match[2]) for match in _ENTRY.finditer(text)]
    for index, (start, key, kind) in enumerate(places):
        limit = places[index + 1][0] if index + 1 < len(places) else len(text)
        close = text.find("\\endentry", start, limit)
        end = close + len("\\endentry") if close >= 0 else limit
        body = text[start:end]
        fields: dict[str, tuple[str, int | None]] = {}
        for match in _FIELD.finditer(body):
            fields.setdefault(match[1], (body[match.end() : _close(body, match.end())], match.end()))
        for match in _LIST.finditer(body):
            fields.setdefault(match[1], (body[match.end() : _close(body, match.end())], match.end()))
        for match in _VERB.finditer(body):
            fields.setdefault(match[1], (match[2].strip(), match.start(2)))
        for match in _NAME.finditer(body):
            fields[match[1]] = (_people(body[match.end() : _field_after(body, match.end())]), None)
        if _MORE.search(body) and "author" in fields:
            fields["author"] = (fields["author"][0] + " and others", None)
        references.append(bibtex_fields.reference(kind=kind, key=key, span=Span(start, end), raw=body, fields=fields))
    return Listing(path=path, text=text, references=tuple(references))


def _field_after(body: str, at: int) -> int:
    following = re.compile(r"\\(?:field|strng|name|list|verb)\b").search(body, at)
    return following.start() if following else len(body)


def _people(text: str) -> str:
    """Names in biblatex's key=value form, joined as a .bib field has them."""
    people: list[str] = []
    current: dict[str, str] = {}
    for match in _PART.finditer(text):
        if match[1] == "family" and current:
            people.append(", ".join(f"{name}={{{value}}}" for name, value in current.items()))
            current = {}
        current[match[1]] = (
            text[match.end() : _close(text, match.end())].replace("\\bibinitperiod", ".").replace("\\bibinitdelim", " ")
        )
    if current:
        people.append(", ".join(f"{name}={{{value}}}" for name, value in current.items()))
    return " and ".join(people)


def _close(text: str, at: int) -> int:
    """The offset of the brace that closes what begins at ``at``, within 20,000 characters."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at, at + 20000):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            if depth == 0:
                return match.start()
            depth -= 1
    return min(len(text), at + 20000)
