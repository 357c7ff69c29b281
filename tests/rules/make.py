"""Builders of model values by hand, for rules whose input no short manuscript gives."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TypeVar

from refaudit.config import Config
from refaudit.model import (
    Citation,
    CitedItem,
    Document,
    Link,
    Name,
    Parsed,
    Piece,
    Reference,
    Source,
    Span,
    System,
    Year,
)
from refaudit.rules.base import Audit

T = TypeVar("T")
TODAY = datetime.date(2026, 1, 15)


def document(text: str = "", path: str = "paper.md") -> Document:
    return Document(path=path, format="md", text=text, sources=(Source(path=path, text=text),), pieces=(Piece(0, 0, len(text)),))


def parsed(value: T, raw: str = "", confidence: float = 0.9) -> Parsed[T]:
    at = raw.find(str(value))
    span = Span(at, at + len(str(value))) if raw and at >= 0 else None
    return Parsed(value=value, raw=str(value), span=span, confidence=confidence)


def reference(identity: str, raw: str = "", **fields: str | int | bool) -> Reference:
    """A reference; ``authors`` as "Lopez, A.; Vega, B.", ``year`` as "2019a", other fields as they are."""
    values: dict[str, object] = {}
    for name, value in fields.items():
        if name in ("label", "key", "broken", "et_al", "cited_only"):
            values[name] = value
        elif name == "authors":
            values[name] = parsed(tuple(person(part) for part in str(value).split(";")), raw)
        elif name == "year":
            values[name] = parsed(Year(number=int(str(value)[:4]), letter=str(value)[4:]), raw)
        else:
            values[name] = parsed(str(value), raw)
    return Reference(id=identity, span=Span(0, len(raw)), raw=raw, **values)  # type: ignore[arg-type]


def person(text: str) -> Name:
    family, _, given = text.strip().partition(", ")
    return Name(family=family, given=given)


def citation(identity: str, *items: CitedItem, text: str = "", system: System = System.AUTHOR_DATE, flaw: str = "") -> Citation:
    span = Span(items[0].span.start, items[-1].span.end) if items else Span(0, 0)
    return Citation(id=identity, span=span, text=text, system=system, items=items, flaw=flaw)


def item(names: str = "", year: str = "", *, at: int = 0, label: str | None = None, et_al: bool = False) -> CitedItem:
    return CitedItem(
        span=Span(at, at + 1),
        names=tuple(Name(family=name.strip()) for name in names.split(";")) if names else (),
        year=Year(number=int(year[:4]), letter=year[4:]) if year else None,
        label=label,
        et_al=et_al,
    )


def audit(
    references: Sequence[Reference] = (), citations: Sequence[Citation] = (), links: Sequence[Link] = (), **more: object
) -> Audit:
    text = str(more.pop("text", " " * 1000))
    return Audit(
        document=document(text),
        citations=tuple(citations),
        references=tuple(references),
        links=tuple(links),
        config=Config(today=TODAY),
        **more,  # type: ignore[arg-type]
    )
