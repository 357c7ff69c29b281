"""Wikitext of MediaWiki: notes in ``<ref>``, entries as ``{{cite …}}`` and ``{{citation}}``, short notes as ``{{sfn}}`` and ``{{harv}}``.

A short note leads to the entry whose names and year make the same anchor ("CITEREFMorenLee2019", from at most four names), as
Module:Footnotes and Module:Citation/CS1 make it. Entries are audited where they are cited.
"""

from __future__ import annotations

import re
from dataclasses import replace

from refaudit.model import BlockKind, Document, Name, Problem, Reference, Source, Span
from refaudit.readers.databases import entry_records
from refaudit.readers.decode import decode
from refaudit.readers.markup.page import Page
from refaudit.readers.markup.parts import assemble
from refaudit.readers.project_files import NO_FILES

_TOKEN = re.compile(
    r"""
    (?P<comment><!--)
  | <(?P<unread>nowiki|pre|source|syntaxhighlight|math|chem|code|score|gallery|timeline|templatedata)\b(?P<options>[^<>]{0,500})>
  | <ref\b(?P<attributes>[^<>]{0,500})>
  | (?P<tag></?[A-Za-z][^<>]{0,300}>)
  | (?P<template>\{\{)
  | \[\[(?P<link>[^\[\]{}\n]{1,1000})\]\]
  | \[(?P<address>https?://[^\s\[\]]{1,1000})(?:[ ](?P<named>[^\[\]\n]{1,500}))?\]
  | ^(?P<signs>={1,6})(?P<title>[^=\n][^\n]{0,300}?)(?P=signs)[ \t]*\r?$
  | ^(?P<item>[*\#:;]{1,9})[ \t]{0,9}
  | ^(?P<table>\{\||\|\}|\|-|\||!)
  | (?P<blank>\n[ \t]{0,99}\r?\n)
  | (?P<mark>'{2,5})
    """,
    re.VERBOSE | re.MULTILINE,
)
_BRACES = re.compile(r"\{\{|\}\}")
_SPLIT = re.compile(r"\{\{|\}\}|\[\[|\]\]|\|")
_NAMED = re.compile(r"\bname\s{0,9}=\s{0,9}(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'|([^\s\"'/>]{1,200}))")
_ENTRY = re.compile(r"(?i)(?:cite[ _-]\w[\w ]{0,40}|citation|vcite\w?[ _]\w{1,20})")
_SHORT = re.compile(r"(?i)(?:sfnp?m?|harvard citation(?: no brackets| text)?|harv(?:nb|txt|coltxt|p|col|colnb)?)")
_SHOWN = re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{0,300})\]\]")
_TYPES = {
    "journal": "article-journal", "magazine": "article-magazine", "news": "article-newspaper", "web": "webpage", "book": "book", "thesis": "thesis",
    "conference": "paper-conference", "report": "report", "arxiv": "article", "encyclopedia": "entry",
}  # fmt: skip
_DEEPEST = 12
_MOST_AUTHORS = 60


def read(path: str, data: bytes) -> Document:
    """A page of a wiki."""
    text, problems = decode(path, data)
    reader = _Reader(Page(assemble(Source(path=path, text=text), NO_FILES, lambda _: ())))
    reader.stretch(0, len(text), 0)
    return reader.document(path, problems)


class _Reader:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.ends = _closing(page.text)
        self.entries: list[tuple[int, int, str, str, dict[str, str]]] = []  # place, key, anchor, parameters
        self.notes: list[tuple[int, int]] = []
        self.absent: set[str] = set()  # closing marks that do not come any more
        self.known = True  # whether all templates in lists are understood

    def document(self, path: str, problems: tuple[Problem, ...]) -> Document:
        """Everything that was read; a note that is named again cites where it holds an entry."""
        page = self.page
        page.writer.close()
        for start, end in self.notes:
            page.writer.open(BlockKind.FOOTNOTE)
            self.stretch(start, end, 1)
            page.writer.close()
        for start, end, key, anchor, values in self.entries:
            page.writer.open(BlockKind.FURNITURE)
            at = page.writer.at
            page.writer.put(page.text[start:end], 0, start)
            made = _reference(Span(at, page.writer.at), page.text[start:end], key, values)
            page.references.append(replace(made, aliases=(anchor,) if anchor != key else (), cited_only=True))
        page.writer.close()
        keys = {key for one in page.references for key in (one.key, *one.aliases)}
        page.citations = [one for one in page.citations if one.items[0].key in keys or not one.text.startswith("<ref")]
        return page.document(path, "wikitext", NO_FILES, problems, guess=False, complete=self.known)

    def stretch(self, start: int, end: int, depth: int, *, quiet: bool = False) -> None:
        """Read ``[start, end)``; ``quiet`` keeps what it cites and lists, not its words."""
        at, text = start, self.page.text
        while (match := _TOKEN.search(text, at, end)) is not None:
            if not quiet:
                self.page.words(at, match.start())
            at = min(self._token(match, end, depth, quiet=quiet), end)
        if not quiet:
            self.page.words(at, end)

    def _token(self, match: re.Match[str], stop: int, depth: int, *, quiet: bool) -> int:
        page, start, end = self.page, match.start(), match.end()
        if match["comment"]:
            return self._behind("-->", end, stop)
        if match["unread"]:
            return end if match["options"].endswith("/") else self._behind(f"</{match['unread']}>", end, stop)
        if match["attributes"] is not None:
            return self._ref(match, stop, depth)
        if match["template"]:
            return self._template(start, stop, depth)
        if quiet:
            return end
        if match["link"]:
            target, _, shown = match["link"].partition("|")
            if not re.match(r"(?i):?(?:file|image|category|datei|bild|kategorie|fichier|archivo):", target):
                page.words(end - 2 - len(shown or target), end - 2)
        elif match["address"]:
            page.link(*match.span("named" if match["named"] else "address"), match["address"])
        elif match["signs"]:
            page.writer.open(BlockKind.HEADING, level=len(match["signs"]))
            self.stretch(*match.span("title"), depth + 1)
            page.writer.close()
        elif match["item"]:
            page.writer.open(BlockKind.ITEM)
        elif match["table"]:
            page.writer.open(BlockKind.TABLE)
        elif match["blank"]:
            page.writer.close()
            return end - 1  # the line behind may begin with a sign
        return end

    def _behind(self, mark: str, at: int, stop: int) -> int:
        found = -1 if mark in self.absent else self.page.text.find(mark, at)
        if found < 0:
            self.absent.add(mark)
            return at
        return min(found + len(mark), stop)

    def _ref(self, match: re.Match[str], stop: int, depth: int) -> int:
        """``<ref name="a">…</ref>`` or ``<ref name="a" />``."""
        named = _NAMED.search(match["attributes"])
        name = f"ref:{next(part for part in named.groups() if part)}" if named else ""
        if match["attributes"].rstrip().endswith("/"):
            if name:
                self.page.cite(match.start(), match.start() + 4, [(name, -1, "", "")])
            return match.end()
        end = self._behind("</ref>", match.end(), stop)
        inner = end - len("</ref>")
        if end == match.end() or depth > _DEEPEST:
            return match.end()
        found = [at.start() for at in _BRACES.finditer(self.page.text, match.end(), inner) if at[0] == "{{"]
        entries = [at for at in found if _ENTRY.fullmatch(self._named(at)[0])]
        keys = [name if name and number == 0 else f"ref:{at}" for number, at in enumerate(entries)]
        for key, at in zip(keys, entries, strict=True):
            self._entry(at, key)
        if entries:
            self.page.cite(match.start(), match.start() + 4, [(key, -1, "", "") for key in keys])
        else:
            self.notes.append((match.end(), inner))
        return end

    def _named(self, at: int) -> tuple[str, list[tuple[int, int]]]:
        """The name of the template that begins at a place, and where its parameters stand."""
        close = self.ends.get(at, at + 2)
        text, cuts, depth = self.page.text, [at + 2], 0
        for sign in _SPLIT.finditer(text, at + 2, min(close - 2, at + 20_000)):
            if sign[0] == "|":
                if not depth:
                    cuts += [sign.start(), sign.end()]
            else:
                depth += 1 if sign[0] in ("{{", "[[") else -1
        cuts.append(max(at + 2, close - 2))
        pieces = list(zip(cuts[::2], cuts[1::2], strict=True))
        return " ".join(text[pieces[0][0] : pieces[0][1]].replace("_", " ").split())[:60], pieces[1:]

    def _template(self, at: int, stop: int, depth: int) -> int:
        end = self.ends.get(at)
        if end is None or end > stop or depth > _DEEPEST:
            return at + 2
        name, pieces = self._named(at)
        if _ENTRY.fullmatch(name):
            self._entry(at, "")
        elif _SHORT.fullmatch(name):
            words = [self.page.text[a:b].strip() for a, b in pieces]
            parts = [word for word in words if "=" not in word]
            locator = next((word.partition("=")[2] for word in words if re.match(r"(?:pp?|loc)\s*=", word)), "")
            if parts:
                self.page.cite(at, end, [("CITEREF" + "".join(parts[:5]), -1, "", locator)])
        else:
            self.known = self.known and not (
                self.page.writer.kind is BlockKind.ITEM and "title" in self.page.text[at : min(end, at + 2000)]
            )
            for a, b in pieces:
                self.stretch(a, b, depth + 1, quiet=True)
        return end

    def _entry(self, at: int, key: str) -> None:
        name, pieces = self._named(at)
        values = {"": name.lower().removeprefix("cite ")}
        for a, b in pieces:
            parameter, sign, value = self.page.text[a:b].partition("=")
            if sign:
                values[parameter.strip().lower()] = _plain(value)
        anchor = _anchor(values)
        self.entries.append((at, self.ends.get(at, at + 2), key or anchor, anchor, values))


def _closing(text: str) -> dict[int, int]:
    """Where each template ends that begins at a place."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACES.finditer(text):
        if match[0] == "{{":
            stack.append(match.start())
        elif stack:
            found[stack.pop()] = match.end()
    return found


def _plain(value: str) -> str:
    return " ".join(_SHOWN.sub(r"\1", value).replace("'''", "").replace("''", "").split())


def _people(values: dict[str, str], roles: tuple[str, ...]) -> list[Name]:
    people = []
    for number in range(1, _MOST_AUTHORS):
        ends = (str(number), "") if number == 1 else (str(number),)
        family = next((values[f"{role}{end}"] for role in roles for end in ends if values.get(f"{role}{end}")), "")
        if not family:
            break
        given = next((values[f"{one}{end}"] for one in ("first", "given") for end in ends if values.get(f"{one}{end}")), "")
        people.append(Name(family=family, given=given) if given else entry_records.person(family))
    return people


def _anchor(values: dict[str, str]) -> str:
    own = values.get("ref", "")
    if own.startswith("{{"):
        parts = own.strip("{}").split("|")
        return "CITEREF" + "".join(part.strip() for part in parts[1:6])
    if own and own not in ("harv", "none"):
        return own
    names = [one.family or one.literal for one in _people(values, ("last", "surname", "author", "editor-last", "editor"))][:4]
    year = re.search(r"\d{4}[a-z]?", values.get("year") or values.get("date", ""))
    return "CITEREF" + "".join(names) + (year[0] if year else "")


def _reference(span: Span, raw: str, key: str, values: dict[str, str]) -> Reference:
    def first(*names: str) -> str:
        return next((values[name] for name in names if values.get(name)), "")

    return entry_records.reference(
        span=span,
        raw=raw,
        key=key,
        type_=_TYPES.get(values[""]),
        authors=_people(values, ("last", "surname", "author")),
        editors=_people(values, ("editor-last", "editor")),
        year_=entry_records.year(first("date", "year")),
        title=first("title", "chapter"),
        container=first("journal", "work", "website", "newspaper", "magazine", "encyclopedia", "book-title"),
        volume=first("volume"),
        issue=first("issue", "number"),
        pages=first("pages", "page", "pp", "p"),
        publisher=first("publisher", "institution"),
        place=first("location", "place"),
        edition=first("edition"),
        doi=first("doi"),
        arxiv=first("arxiv", "eprint"),
        pmid=first("pmid"),
        isbn=first("isbn"),
        issn=first("issn"),
        url=first("url"),
        accessed=first("access-date", "accessdate"),
        database=True,
    )
