"""What a web page says of itself: title, site, authors, date, DOI. Pure; reads at most what ``wire.web`` fetched.

The order of trust for titles and dates follows what scholarly indexers ask publishers for (Highwire ``citation_*``), then
schema.org, Open Graph, Dublin Core, and what stands in ``<h1>`` and ``<title>``.
"""

from __future__ import annotations

import codecs
import html as entities
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from refaudit.parse.identifiers import bare_doi

if TYPE_CHECKING:
    from lxml.etree import _Element as HtmlElement

_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{2,40})""")
# What is declared and what is meant, as browsers read it (WHATWG Encoding Standard).
_MEANT = {
    "gb2312": "gbk",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "shift_jis": "cp932",
}
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Book|Thesis|Dataset|WebPage|SoftwareSourceCode|Course|Legislation)$")
_LONGEST = 400  # characters of a title; longer ones are texts
_MOST = 40  # authors, headings, JSON-LD blocks
_REFRESH = re.compile(
    r"\s{0,9}([0-9]{1,3})(?:\.[0-9]{0,3})?\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=\s{0,9})?['\"]?([^'\"\s]{1,2000})", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """``title`` is the best one, ``titles`` all that the page gives; ``words`` counts the words of its body as far as it was read;
    ``refresh`` is where a refresh of at most five seconds leads."""

    title: str = ""
    titles: tuple[str, ...] = ()
    heading: str = ""
    site: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    doi: str = ""
    canonical: str = ""
    refresh: str = ""
    words: int = 0
    scripted: bool = False
    password: bool = False


def decode(body: bytes, content_type: str) -> str:
    """The text of a page: HTTP header, byte order mark, ``<meta>``, UTF-8, windows-1252, in this order. Never raises."""
    names = []
    if match := _CHARSET.search(content_type.encode("ascii", "replace")):
        names.append(match[1])
    if body.startswith(codecs.BOM_UTF8):
        names.append(b"utf-8-sig")
    if match := _CHARSET.search(body[:2048]):
        names.append(match[1])
    for name in names:
        label = name.decode("ascii").lower()
        try:
            return codecs.decode(body, _MEANT.get(label, label), "replace")
        except (LookupError, TypeError, ValueError):  # no encoding of that name, or one that gives no text
            continue
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        return body.decode("utf-8", "replace") if error.start >= len(body) - 3 else body.decode("cp1252", "replace")


def read(body: bytes, content_type: str, url: str) -> PageMetadata:
    """The metadata of an HTML page; empty where it cannot be read at all. Never raises on any bytes."""
    from lxml import etree, html

    text = decode(body, content_type)
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text).replace("\x00", " ")
    try:
        root = html.fromstring(text, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return PageMetadata()
    meta: dict[str, list[str]] = {}
    for node in root.iter("meta"):
        name = (node.get("name") or node.get("property") or node.get("itemprop") or "").strip().lower()
        content = _clean(node.get("content") or "")
        if name and content:
            meta.setdefault(name, []).append(content)
    data = list(_works(_linked_data(root)))
    heading = _clean(next((_text(node) for node in root.iter("h1")), ""))
    tag = _clean(next((_text(node) for node in root.iter("title")), ""))
    site = _first(meta, "og:site_name", "application-name", "citation_publisher") or _name_of(_value(data, "publisher"))
    found = [
        *meta.get("citation_title", [])[:1],
        _name_of(_value(data, "headline", "name")),
        _first(meta, "og:title", "twitter:title"),
        _first(meta, "dc.title", "dcterms.title", "dc:title"),
        heading,
        _without_site(tag, site),
    ]
    titles = tuple(dict.fromkeys(one for one in found if one and len(one) <= _LONGEST))
    authors = (
        meta.get("citation_author")
        or _authors(data)
        or meta.get("dc.creator")
        or meta.get("author")
        or meta.get("article:author")
        or []
    )
    return PageMetadata(
        title=titles[0] if titles else tag[:_LONGEST],
        titles=(*titles, tag) if tag and tag not in titles and len(tag) <= _LONGEST else titles,
        heading=heading[:_LONGEST],
        site=site[:_LONGEST],
        authors=tuple(one for one in authors[:_MOST] if not one.startswith("http")),
        date=_date(
            _first(meta, "citation_publication_date", "citation_date", "citation_online_date")
            or _name_of(_value(data, "datePublished"))
            or _first(meta, "article:published_time", "dc.date", "dcterms.issued", "dcterms.date", "date", "pubdate")
            or next((node.get("datetime") or "" for node in root.iter("time") if node.get("datetime")), "")
        ),
        doi=bare_doi(_first(meta, "citation_doi", "prism.doi", "dc.identifier.doi")).lower(),
        canonical=urljoin(
            url, next((node.get("href") or "" for node in root.iter("link") if "canonical" in (node.get("rel") or "")), "")
        ),
        refresh=_refresh(root, url),
        words=len(_body_words(root)),
        scripted=any(True for _ in root.iter("script")),
        password=any((node.get("type") or "").lower() == "password" for node in root.iter("input")),
    )


def refresh_of(header: str, url: str) -> str:
    """Where a ``Refresh`` header or ``<meta>`` leads within five seconds, or ""."""
    match = _REFRESH.match(header)
    return urljoin(url, match[2]) if match and int(match[1]) <= 5 else ""


def _text(node: HtmlElement) -> str:
    return "".join(part for part in node.itertext() if isinstance(part, str))


def _refresh(root: HtmlElement, url: str) -> str:
    for node in root.iter("meta"):
        if (node.get("http-equiv") or "").lower() == "refresh":
            return refresh_of(node.get("content") or "", url)
    return ""


def _body_words(root: HtmlElement) -> list[str]:
    skipped = ("script", "style", "noscript", "template")
    words: list[str] = []
    for body in root.iter("body"):
        for node in body.iter():
            if isinstance(node.tag, str) and node.tag not in skipped:
                words += (node.text or "").split()
            if node is not body:
                words += (node.tail or "").split()
    return words


def _linked_data(root: HtmlElement) -> Iterator[Any]:
    blocks = [node for node in root.iter("script") if (node.get("type") or "").lower().startswith("application/ld+json")]
    for node in blocks[:_MOST]:
        text = re.sub(r"^\s*(?:<!\[CDATA\[|/\*|<!--|//)|(?:\]\]>|\*/|-->)\s*$", "", node.text or "")
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _works(values: Iterator[Any]) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD that describe the work of the page, also inside ``@graph`` and ``mainEntity``."""
    todo = list(values)
    seen = 0
    while todo and seen < 500:
        value = todo.pop(0)
        seen += 1
        if isinstance(value, list):
            todo += value[:_MOST]
        elif isinstance(value, dict):
            types = value.get("@type")
            if any(isinstance(one, str) and _ARTICLE.search(one) for one in (types if isinstance(types, list) else [types])):
                yield value
            todo += [
                value[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(value.get(name), dict | list)
            ]


def _value(works: Sequence[Mapping[str, Any]], *names: str) -> Any:
    return next((work[name] for name in names for work in works if work.get(name)), "")


def _name_of(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return _clean(value) if isinstance(value, str) else ""


def _authors(works: Sequence[Mapping[str, Any]]) -> list[str]:
    value = _value(works, "author", "creator")
    many = value if isinstance(value, list) else [value]
    return [name for name in map(_name_of, many[:_MOST]) if name]


def _first(meta: Mapping[str, Sequence[str]], *names: str) -> str:
    return next((meta[name][0] for name in names if name in meta), "")


def _without_site(title: str, site: str) -> str:
    """The title of a page without the name of its site, which stands behind a separator, or before it."""
    parts = re.split(r" (?:[|–—«»·]|-|::) ", title)
    if len(parts) < 2:
        return title
    if site and parts[0].casefold() == site.casefold():
        return " - ".join(parts[1:])
    if site and parts[-1].casefold() == site.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |–—«»·-:")
    return max(parts, key=len)


def _date(text: str) -> str:
    match = re.match(r"\s{0,5}([12][0-9]{3})(?:[-/.]([01]?[0-9])(?:[-/.]([0-3]?[0-9]))?)?", text)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else ""


def _clean(text: str) -> str:
    return _SPACE.sub(" ", entities.unescape(text[:5000])).strip()
