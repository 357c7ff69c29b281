"""Manubot's citations: persistent identifiers as keys (``@doi:10.…``, ``@pmid:…``, ``@url:…``) and tags that stand for them.

The program fetches the entries from the identifiers, so that each is an entry of which the manuscript has the identifier
alone. A key that begins otherwise and that no bibliography has is a tag without a definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from refaudit.model import Block, BlockKind, Citation, CitedItem, Document, Reference, Span
from refaudit.readers.databases import entry_records
from refaudit.readers.document_builder import Writer
from refaudit.readers.markup.project_config import opened
from refaudit.readers.project_files import Files

_PREFIX = re.compile(r"(?i)(doi|pmid|pubmed|pmcid|pmc|arxiv|isbn|url|wikidata|raw|tag|https?):(.+)", re.DOTALL)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[@(?P<tag>[^\]\s]{1,200})\]:[ \t]*<?(?P<meaning>[^\s>]{1,1000})>?[^\r\n]{0,300}$", re.MULTILINE
)
_MARKS = ("metadata.yaml", "metadata.yml", "citation-tags.tsv", "manual-references.json")
_MOST_PARTS = 100
_KINDS = {"pubmed": "pmid", "pmc": "pmcid", "http": "url", "https": "url"}

Tags = Mapping[str, str]
"""Tags to the identifiers they stand for."""


def without_tags(document: Document) -> tuple[Document, Tags]:
    """The document with the definitions of its tags set aside, and what they say."""
    found = [match for match in _DEFINITION.finditer(document.text) if _PREFIX.fullmatch(match["meaning"])]
    if not found:
        return document, {}
    aside = tuple(Block(kind=BlockKind.FURNITURE, span=Span(*match.span())) for match in found)
    blocks = tuple(sorted((*document.blocks, *aside), key=lambda block: block.span.start))
    return replace(document, blocks=blocks), {_bare(match["tag"]): match["meaning"] for match in found}


def speaks(found: Iterable[Citation], files: Files, *, named: bool) -> bool:
    """Whether a text cites by persistent identifiers; beside a bibliography only where the project is Manubot's or MyST's."""
    if not any(item.key and _PREFIX.fullmatch(item.key) for one in found for item in one.items):
        return False
    return not named or any(files.exists(mark) for mark in (*_MARKS, files.up("myst.yml")))


def references(files: Files) -> list[str]:
    """The bibliographies that Manubot takes by their names."""
    return [f"manual-references{suffix}" for suffix in (".json", ".yaml", ".bib") if files.exists(f"manual-references{suffix}")]


def resolved(document: Document, tags: Tags, files: Files) -> Document:
    """The document with each identifier that is cited as an entry behind its text, and its items by what they stand for."""
    table = opened(files, "citation-tags.tsv") or ""
    known = {entry.key for entry in document.references}
    tags = {**{row[0]: row[1] for line in table.splitlines() if len(row := line.split("\t")) > 1}, **_elsewhere(files), **tags}
    cited = [replace(one, items=tuple(_resolved(item, tags, known) for item in one.items)) for one in document.citations]
    writer = Writer.continuing(document)
    entries: dict[str, Reference] = {}
    for item in (item for one in cited for item in one.items):
        key = item.key or ""
        if key in known or key in entries or not _PREFIX.fullmatch(key) or key.startswith("tag:"):
            continue
        place = document.locate(item.span)
        source = next((number for number, one in enumerate(document.sources) if one.path == place.path), 0)
        writer.open(BlockKind.FURNITURE)
        at = writer.at
        writer.put(key, source, place.start, place.end - place.start)
        entries[key] = _entry(key, Span(at, writer.at))
    writer.close()
    aside = tuple(block for block in writer.blocks if block.kind is BlockKind.FURNITURE)
    return replace(
        document,
        text=writer.text,
        pieces=tuple(writer.pieces),
        blocks=document.blocks + aside,
        citations=tuple(cited),
        references=document.references + tuple(entries.values()),
        list_given=not document.list_unread,
    )


def _elsewhere(files: Files) -> Tags:
    """The tags that the other parts of the manuscript define: mostly they stand in the last one."""
    parts = [name for name in files.names("", ".md") if name[:1].isdigit()][:_MOST_PARTS]
    texts = [opened(files, name) or "" for name in parts]
    return {_bare(match["tag"]): match["meaning"] for text in texts for match in _DEFINITION.finditer(text)}


def _bare(tag: str) -> str:
    return tag.removeprefix("tag:")


def _resolved(item: CitedItem, tags: Tags, known: set[str | None]) -> CitedItem:
    if item.key is None or item.key in known:
        return item
    meaning = tags.get(_bare(item.key), item.key)
    found = _PREFIX.fullmatch(meaning)
    if found is None or found[1].lower() == "tag":
        return item
    kind = _KINDS.get(found[1].lower(), found[1].lower())
    value = meaning if found[1].lower().startswith("http") else found[2]
    return replace(item, key=f"{kind}:{value.lower() if kind == 'doi' else value}")


def _entry(key: str, span: Span) -> Reference:
    kind, _, value = key.partition(":")
    made = entry_records.reference(
        span=span,
        raw=key,
        key=key,
        doi=value if kind == "doi" else None,
        arxiv=value if kind == "arxiv" else None,
        pmid=value if kind == "pmid" else None,
        pmcid=value if kind == "pmcid" else None,
        isbn=value if kind == "isbn" else None,
        url=value if kind == "url" else None,
    )
    return replace(made, identifier_only=True)
