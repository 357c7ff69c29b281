"""Typst manuscripts: ``@key``, ``#cite(<key>)``, ``#bibliography("refs.bib")``; markup otherwise stays as written."""

from __future__ import annotations

import posixpath
import re

from refaudit.errors import InputError
from refaudit.model import BlockKind, Citation, CitedItem, Document, MarkKind, Problem, Reference, Source, Span, System
from refaudit.readers.databases import bibliography, entry_records
from refaudit.readers.decode import decode
from refaudit.readers.document_builder import Writer
from refaudit.readers.project_files import NO_FILES, Files

MAX_FILES = 200

_TOKEN = re.compile(
    r"""
    (?=[\s/`=#@<h\\*_+\-\d])  # no other character begins one: letters are passed over at once
    (?:
      (?P<comment>(?<![:\w])//[^\n]*|/\*)
    | (?P<raw>`{3,}|`[^`\n]*`)
    | (?P<heading>(?:^|(?<=\n))[ \t]*(?P<level>={1,6})[ \t]+)
    | (?P<blank>\n[ \t]*\r?\n(?:[ \t]*\r?\n)*)
    | (?:^|(?<=\n))(?P<indent>[ \t]*)(?P<item>[+-]|\d{1,4}\.)[ \t]+(?=\S)
    | (?P<cite>\#cite\(\s*(?:<(?P<cited>[^<>\s]{1,200})>|label\("(?P<labelled>[^"\n]{1,200})"\))(?P<more>[^()\n]{0,300})\))
    | (?:(?<=attribution:)|(?<=attribution:\s))<(?P<quoted>[^<>\s]{1,200})>
    | (?P<files>\#bibliography\((?P<names>(?:[^()"]|"[^"\n]{0,300}"|\([^()]{0,2000}\)){0,60})\))
    | (?P<include>\#include\s+"(?P<part>[^"\n]{1,300})")
    | (?P<code>\#(?:set|show|let|import)\b[^\n]*)
    | (?P<key>(?<![\w@.])@(?P<name>[^\W\d_](?:[\w\-]|[.:](?=\w))*|\d[\w\-]*)(?P<supplement>\[[^\[\]\n]{0,200}\])?)
    | (?P<label><[A-Za-z_][\w:.\-]{0,200}>)
    | (?P<address>https?://[^\s\])>,;"]+)
    | (?P<escape>\\[^\w\s])
    | (?P<mark>[*_](?=\S)|(?<=\S)[*_])
    )
    """,
    re.VERBOSE,
)
_DEFINED = re.compile(r"<([A-Za-z_][\w:.\-]{0,200})>")
_NAME = re.compile(r'"([^"\n]{1,300})"')
_FULL = re.compile(r"\bfull:\s*true\b")
_ITEM = re.compile(r"[ \t]|(?:[+-]|\d{1,4}\.)[ \t]")
_SUPPLEMENT = re.compile(r"supplement:\s*\[([^\[\]]*)\]")


def read(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """A Typst manuscript with the parts it includes and its bibliographies."""
    text, notices = decode(path, data)
    reader = _Reader(path, files, list(notices))
    reader.part(path, text, posixpath.basename(path), 0)
    return reader.document()


class _Reader:
    def __init__(self, path: str, files: Files, problems: list[Problem]) -> None:
        self.path = path
        self.files = files
        self.problems = problems
        self.writer = Writer()
        self.sources: list[Source] = []
        self.found: list[tuple[Span, CitedItem]] = []
        self.labels: set[str] = set()
        self.names: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.counts: dict[int, int] = {}  # numbers of the open lists by their indent
        self.full: Span | None = None  # where a bibliography is asked for with all its entries

    def part(self, shown: str, text: str, name: str, depth: int) -> None:
        """Read one file in the place where it is included."""
        number = len(self.sources)
        self.sources.append(Source(path=shown, text=text))
        self.open.append(posixpath.normpath(name))
        cited = {match.end() - 1 for match in re.finditer(r"(?:#cite\(|attribution:)\s*<", text)}
        self.labels |= {match[1] for match in _DEFINED.finditer(text) if match.start() not in cited}
        at = 0
        while (match := _TOKEN.search(text, at)) is not None:
            self.writer.words(text[at : match.start()], number, at)
            at = self._token(match, text, number, name, depth)
        self.writer.words(text[at:], number, at)
        self.writer.close()
        self.open.pop()

    def _token(self, match: re.Match[str], text: str, number: int, name: str, depth: int) -> int:
        start, end = match.span()
        if match["comment"]:
            if match[0] == "/*":
                close = text.find("*/", end)
                return close + 2 if close >= 0 else len(text)
        elif match["raw"]:
            if match[0].startswith("```"):
                close = text.find(match[0], end)
                return close + len(match[0]) if close >= 0 else len(text)
        elif match["heading"]:
            self.counts.clear()
            self.writer.open(BlockKind.HEADING, level=len(match["level"]))
            line = text.find("\n", end)
            line = line if line >= 0 else len(text)
            self.writer.words(re.sub(r"<[^<>]*>", lambda one: " " * len(one[0]), text[end:line]), number, end)
            self.writer.close()
            return line
        elif match["blank"]:
            self.writer.close()
            if not _ITEM.match(text, end):
                self.counts.clear()
        elif match["item"]:
            self._item(match, number)
        elif match["quoted"]:
            self._cite(match, number, match["quoted"], "")
        elif match["cite"]:
            supplement = _SUPPLEMENT.search(match["more"])
            self._cite(match, number, match["cited"] or match["labelled"], supplement[1] if supplement else "")
        elif match["key"]:
            self._cite(match, number, match["name"], (match["supplement"] or "")[1:-1])
        elif match["files"]:
            self.names.extend((one, posixpath.dirname(name)) for one in _NAME.findall(match["names"]) if "." in one)
            if _FULL.search(match["names"]):
                self.writer.open(BlockKind.FURNITURE)
                self.writer.put("#bibliography", number, start)
                self.full = Span(self.writer.at - len("#bibliography"), self.writer.at)
                self.writer.close()
        elif match["include"]:
            self._include(match["part"], posixpath.dirname(name), depth)
        elif match["address"]:
            at = self.writer.at
            self.writer.put(match[0], number, start)
            self.writer.mark(MarkKind.LINK, at, match[0])
        elif match["escape"]:
            self.writer.put(match[0][1], number, start, 2)
        return end

    def _item(self, match: re.Match[str], number: int) -> None:
        """An item of a list; ``+`` stands for the next number."""
        indent, sign = len(match["indent"]), match["item"]
        self.counts = {at: count for at, count in self.counts.items() if at <= indent}
        label = ""
        if sign != "-":
            self.counts[indent] = self.counts.get(indent, 0) + 1 if sign == "+" else int(sign[:-1])
            label = f"{self.counts[indent]}."
        self.writer.open(BlockKind.ITEM, label=label)
        if label:
            self.writer.put(label + " ", number, match.start("item"), len(sign))

    def _cite(self, match: re.Match[str], number: int, key: str, locator: str) -> None:
        self.writer.put(match[0], number, match.start())
        span = Span(self.writer.at - len(match[0]), self.writer.at)
        self.found.append((span, CitedItem(span=span, key=key, locator=entry_records.fold(locator))))

    def _include(self, name: str, folder: str, depth: int) -> None:
        inside = "" if name.startswith("/") else folder
        path = posixpath.normpath(posixpath.join(inside, name.lstrip("/")))
        if path in self.open or depth > 20 or len(self.sources) >= MAX_FILES:
            self.problems.append(Problem(message=f"{name}: not read again (it includes itself, or too many files)"))
            return
        try:
            shown, data = self.files.read(path)
            text, notices = decode(shown, data)
        except InputError as error:
            self.problems.append(Problem(message=f"#include: {error}"))
            return
        self.problems.extend(notices)
        self.writer.close()
        self.part(shown, text, path, depth + 1)

    def document(self) -> Document:
        """Everything that was read. An ``@`` that leads to a label of the document is no citation."""
        names = [posixpath.normpath(posixpath.join(folder, name.lstrip("/"))) for name, folder in self.names]
        loaded = bibliography.load(names, self.files)
        references: list[Reference] = []
        for listing in loaded.listings:
            references.extend(entry_records.append(self.writer, self.sources, listing, shared=True))
            self.problems.extend(listing.problems)
        self.problems.extend(Problem(message=reason) for _, reason in loaded.unread)
        known = {item.key for item in references}
        kept: list[tuple[Span, tuple[CitedItem, ...]]] = [
            (span, (item,)) for span, item in self.found if item.key in known or item.key not in self.labels
        ]
        if self.full is not None:  # all entries are printed, cited or not
            span = self.full
            kept.append((span, tuple(CitedItem(span=span, key=one.key) for one in references if one.key)))
        return Document(
            path=self.path,
            format="typst",
            text=self.writer.text,
            sources=tuple(self.sources),
            pieces=tuple(self.writer.pieces),
            blocks=tuple(self.writer.blocks),
            marks=tuple(self.writer.marks),
            problems=tuple(self.problems),
            citations=tuple(
                Citation(id=f"g{index}", span=span, text=self.writer.text[span.start : span.end], system=System.KEY, items=items)
                for index, (span, items) in enumerate(kept, 1)
                if items
            ),
            references=tuple(references),
            list_given=bool(loaded.listings) and not loaded.unread,
            list_unread=tuple(name for name, _ in loaded.unread),
        )
