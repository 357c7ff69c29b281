"""Public dumps of other sources, one work at a time, for a local copy: DBLP, the ACL Anthology, OpenAlex, PubMed, arXiv.

https://dblp.org/xml, https://github.com/acl-org/acl-anthology (data/xml), https://help.openalex.org "snapshot",
https://ftp.ncbi.nlm.nih.gov/pubmed/baseline, and the metadata of arXiv as JSON lines.
"""

from __future__ import annotations

import gzip
import html.entities
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from refaudit.errors import InputError
from refaudit.model import Name, Record, Update
from refaudit.resolve.sources import arxiv, dblp, openalex
from refaudit.resolve.sources.record import text_of, year_of
from refaudit.resolve.sources.xml import inner, local, tree, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

Dumped = tuple[str, Record]
"""The identifier of a work in its source ("dblp:conf/x/Name20"), and its record."""
_LARGEST = 64 * 1024 * 1024  # bytes of one file of the ACL Anthology
_DBLP_WORKS = frozenset(
    "article inproceedings proceedings book incollection phdthesis mastersthesis data".split()
)  # its elements for works; "www" are pages of persons
_DBLP_TYPES = {
    "article": "Journal Articles", "inproceedings": "Conference and Workshop Papers", "proceedings": "Editorship", "book": "Books and Theses",
    "incollection": "Parts in Books or Collections", "phdthesis": "Books and Theses", "mastersthesis": "Books and Theses",
    "data": "Data and Artifacts",
}  # fmt: skip
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_NAMED = {
    name.encode(): f"&#{code};".encode()
    for name, code in html.entities.name2codepoint.items()
    if name not in ("amp", "lt", "gt", "quot")
}


def of_dblp(path: Path) -> Iterator[Dumped]:
    """The works of ``dblp.xml``."""
    for element in _elements(path, _DBLP_WORKS):
        key, fields = element.get("key", ""), _fields(element)
        if not key or element.get("publtype") == "withdrawn":
            continue
        venue = fields.get("journal") or fields.get("booktitle") or []
        doi = next((ee.partition("doi.org/")[2] for ee in fields.get("ee", ()) if "doi.org/10." in ee), "")
        informal = key.startswith("journals/corr/") or element.get("publtype") == "informal"
        info = {
            "key": key,
            "title": next(iter(fields.get("title", ())), ""),
            "authors": {"author": fields.get("author") or fields.get("editor") or []},
            "venue": venue[:1],
            "doi": doi,
            "type": "Informal and Other Publications" if informal else _DBLP_TYPES[local(element)],
            **{name: next(iter(fields.get(name, ())), "") for name in ("year", "volume", "number", "pages", "publisher")},
        }
        record = dblp.from_hit(info, "")
        if record and record.title:
            yield f"dblp:{key}", record


def of_acl(path: Path) -> Iterator[Dumped]:
    """The papers of one collection of the Anthology."""
    with _opened(path) as raw:
        root = tree(raw.read(_LARGEST))
    if root is None or local(root) != "collection":
        raise InputError(f"{path}: not a collection of the ACL Anthology")
    for volume in root:
        meta = next((one for one in volume if local(one) == "meta"), volume)
        for paper in volume:
            number = inner(paper, "url")
            if local(paper) != "paper" or not number or "/" in number:
                continue
            retracted = any(local(one) == "retracted" for one in paper)
            title = next((whole(one) for one in paper if local(one) == "title"), "")
            doi = inner(paper, "doi").lower()
            yield (
                f"acl:{number}",
                Record(
                    source="ACL Anthology",
                    doi=doi,
                    type="proceedings-article",
                    title=title,
                    containers=tuple(filter(None, (inner(meta, "booktitle"),))),
                    authors=tuple(
                        Name(family=inner(one, "last"), given=inner(one, "first"))
                        for one in paper
                        if local(one) == "author" and inner(one, "last")
                    ),
                    years=tuple(year_of(inner(meta, "year"))),
                    pages=inner(paper, "pages").replace("–", "-"),
                    publisher=inner(meta, "publisher"),
                    updated_by=(Update(kind="retraction", source="ACL Anthology"),) if retracted else (),
                ),
            )


def of_pubmed(path: Path) -> Iterator[Dumped]:
    """The articles of a file of PubMed's baseline or of its updates."""
    for element in _elements(path, frozenset({"PubmedArticle"})):
        citation = next((one for one in element if local(one) == "MedlineCitation"), element)
        article = next((one for one in citation if local(one) == "Article"), None)
        number = inner(citation, "PMID")
        if article is None or not number.isdigit():
            continue
        journal = next((one for one in article if local(one) == "Journal"), article)
        issue = next((one for one in journal if local(one) == "JournalIssue"), journal)
        dois = [whole(one) for one in article if local(one) == "ELocationID" and one.get("EIdType") == "doi"]
        kinds = [whole(one) for one in article.iter() if local(one) == "PublicationType"]
        notices = (
            [one.get("RefType") for one in citation.iter() if local(one) == "CommentsCorrections"] if citation is not None else []
        )
        dates = [
            inner(one, "Year") or inner(one, "MedlineDate") for one in article.iter() if local(one) in ("PubDate", "ArticleDate")
        ]
        vernacular = inner(article, "VernacularTitle").removesuffix(".")
        yield (
            f"pmid:{number}",
            Record(
                source="PubMed",
                doi=dois[0].lower() if dois else "",
                type="journal-article",
                title=re.sub(r"^\[(.*)\]$", r"\1", inner(article, "ArticleTitle").removesuffix(".")),
                other_titles=(vernacular,) if vernacular else (),
                containers=tuple(dict.fromkeys(filter(None, (inner(journal, "Title"), inner(journal, "ISOAbbreviation"))))),
                authors=tuple(
                    _pubmed_author(one) for one in article.iter() if local(one) == "Author" and one.get("ValidYN") != "N"
                ),
                years=tuple(sorted({year for date in dates for year in year_of(date)})),
                volume=inner(issue, "Volume"),
                issue=inner(issue, "Issue"),
                pages=_whole_pages(inner(article, "MedlinePgn")),
                updated_by=(Update(kind="retraction", source="PubMed"),)
                if "Retracted Publication" in kinds or "RetractionIn" in notices
                else (),
            ),
        )


def _pubmed_author(element: _Element) -> Name:
    family = inner(element, "LastName")
    if not family:
        return Name(literal=inner(element, "CollectiveName"))
    return Name(family=family, given=inner(element, "ForeName") or inner(element, "Initials"), suffix=inner(element, "Suffix"))


def _whole_pages(text: str) -> str:
    short = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", text)
    if short and len(short[2]) < len(short[1]):
        return f"{short[1]}-{short[1][: len(short[1]) - len(short[2])]}{short[2]}"
    return text


def openalex_work(item: Mapping[str, Any]) -> Dumped | None:
    """A line of OpenAlex' snapshot of works."""
    record = openalex.from_openalex(item, "")
    return (f"openalex:{text_of(item.get('id')).rpartition('/')[2]}", record) if record and record.title else None


def arxiv_paper(item: Mapping[str, Any]) -> Dumped | None:
    """A line of arXiv's metadata."""
    parsed, versions = item.get("authors_parsed"), item.get("versions")
    names = [
        ", ".join(filter(None, (text_of(name[0]), " ".join(map(text_of, name[1:2])))))
        for name in (parsed if isinstance(parsed, list) else ())
        if isinstance(name, list) and name
    ]
    made = [text_of(one.get("created")) for one in (versions if isinstance(versions, list) else ()) if isinstance(one, dict)]
    dates = [found[0] for one in (made[:1] + made[-1:]) if (found := re.search(r"(?:19|20)[0-9]{2}", one))]
    entry = {"id": item.get("id"), "title": item.get("title"), "authors": names, "doi": item.get("doi")}
    record = arxiv.from_entry({**entry, "published": dates[0] if dates else "", "updated": dates[-1] if dates else ""}, "")
    return (f"arxiv:{text_of(item.get('id'))}", record) if record and record.title else None


def _fields(element: _Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in element:
        found.setdefault(local(one), []).append(whole(one))
    return found


def _opened(path: Path) -> IO[bytes] | gzip.GzipFile:
    """The bytes of a file, unpacked where its name says so. Raises InputError for a page in place of what was to be downloaded."""
    with path.open("rb") as raw:
        head = raw.read(512)
    if re.match(rb"\s{0,20}<(?:!doctype html|html)", head, re.IGNORECASE):
        raise InputError(f"{path}: a web page, not the dump; the server may have asked whether a person is there")
    if path.suffix != ".gz":
        return path.open("rb")
    if not head.startswith(b"\x1f\x8b"):
        raise InputError(f"{path}: not packed with gzip, as its name says")
    return gzip.open(path, "rb")


class _Numbered(io.RawIOBase):
    """A stream whose named characters ("&uuml;") are numbers, so that no DTD is needed to read it."""

    def __init__(self, raw: IO[bytes] | gzip.GzipFile) -> None:
        self._raw, self._rest = raw, b""

    def read(self, size: int = -1) -> bytes:
        block = self._raw.read(max(size, 1 << 16))
        data = self._rest + block
        cut = data.rfind(b"&", -40) if block else -1
        cut = cut if cut >= 0 and b";" not in data[cut:] else len(data)
        self._rest = data[cut:]
        return _ENTITY.sub(lambda match: _NAMED.get(match[1], match[0]), data[:cut])


def _elements(path: Path, names: frozenset[str]) -> Iterator[_Element]:
    """The elements of these names below the root, one at a time. Raises InputError for what cannot be read."""
    from lxml import etree

    with _opened(path) as raw:
        stream = _Numbered(raw)
        try:
            found = etree.iterparse(
                stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
            )
            for _, element in found:
                parent = element.getparent()
                if parent is None or parent.getparent() is not None:
                    continue
                if local(element) in names:
                    yield element
                element.clear()
                while element.getprevious() is not None:
                    del parent[0]
        except (etree.XMLSyntaxError, OSError, EOFError, zlib.error) as error:
            raise InputError(f"{path}: cannot be read ({str(error)[:120]})") from error


DUMPS: Mapping[str, Callable[[Path], Iterator[Dumped]]] = {"dblp": of_dblp, "acl": of_acl, "pubmed": of_pubmed}
"""The sources whose dumps are XML."""
LINES: Mapping[str, Callable[[Mapping[str, Any]], Dumped | None]] = {"openalex": openalex_work, "arxiv": arxiv_paper}
"""The sources whose dumps are JSON lines: what a line becomes."""


def stored(identifier: str, record: Record) -> Record:
    """A record as it is kept: under its identifier, its DOI among the names that lead to it."""
    return replace(record, doi=identifier, aliases=(record.doi, *record.aliases) if record.doi else ())
