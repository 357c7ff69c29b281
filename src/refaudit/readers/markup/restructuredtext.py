"""reStructuredText: roles of sphinxcontrib-bibtex, citations and footnotes of docutils, projects of Sphinx.

Syntax: the docutils markup specification; the manual of sphinxcontrib-bibtex (``:cite:p:`a,b```, ``:footcite:`a```,
``.. bibliography:: refs.bib``, ``bibtex_bibfiles`` in ``conf.py``, which is read and never run).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from refaudit.model import BlockKind, Document, Source
from refaudit.readers.decode import decode
from refaudit.readers.markup import project_config
from refaudit.readers.markup.page import Cited, Page, lines
from refaudit.readers.markup.parts import Work, assemble
from refaudit.readers.project_files import NO_FILES, Files
from refaudit.words.headings import reference_heading

_TOKEN = re.compile(
    r"""
    (?=[:`*|\[\\_h])
    (?:
      (?P<literal>``(?:[^`]|`(?!`)){1,1000}``)
    | :(?P<cites>(?:foot|full|footfull)?cite(?::[a-z]{1,12})?|footcitet?s?):`(?P<keys>[^`]{1,2000})`
    | (?::(?P<role>[\w.+:\-]{1,60}):)?`(?P<content>[^`]{1,1500})`(?P<after>__?|:[\w.+\-]{1,40}:)?
    | \[(?P<cited>\#[\w.+:\-]{0,80}|\*|[^\W_][\w.+:\-]{0,80})\]_(?!\w)
    | (?P<replaced>\|[^\s|][^|\n]{0,200}\|_{0,2})
    | (?P<address>https?://[^\s<>`"]{1,1000})
    | \\(?P<escaped>[^\w\s]|\s)
    | (?P<mark>\*\*(?=\S)|(?<=\S)\*\*|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*]))
    )
    """,
    re.VERBOSE,
)
_KEY = re.compile(r"[ \t\r\n]{0,9}(?:\{(?P<prefix>[^{}]{0,200})\})?(?P<key>[^\s,{}`][^,{}`]*)(?:\{(?P<locator>[^{}]{0,200})\})?")
_UNDERLINE = re.compile(r"^([=\-`:.'\"~^_*+#<>!$%&(),/;?@\[\]\\{|}])\1+[ \t]*$")
_DIRECTIVE = re.compile(
    r"^(?P<indent>[ \t]*)\.\.[ \t]+(?:\|[^|\n]{1,100}\|[ \t]+)?(?P<name>[\w+:.\-]{1,60})::(?:[ \t]+(?P<rest>[^\n]*))?$"
)
_ENTRY = re.compile(r"^[ \t]*\.\.[ \t]+\[(?P<label>\#[\w.+:\-]{0,80}|\*|[^\W_][\w.+:\-]{0,80})\](?:[ \t]+|$)")
_EXPLICIT = re.compile(r"^[ \t]*\.\.(?:[ \t]|$)")
_OPTION = re.compile(r"^[ \t]+:[\w\-]{1,40}:")
_ITEM = re.compile(r"^[ \t]*(?P<bullet>[-*+•]|\(?(?:\d{1,4}|\#|[a-zA-Z])[.)])[ \t]+(?=\S)")
_TABLE = re.compile(r"^[ \t]*(?:\+[-=+]{2,}\+|=[= \t]{2,}=|\|)")
_TEXT = frozenset(
    """
    note warning tip hint important caution attention danger error seealso admonition todo topic sidebar epigraph highlights pull-quote
    compound container figure table list-table csv-table rubric centered versionadded versionchanged deprecated only glossary hlist
    tab-item tab-set tabs tab grid grid-item grid-item-card card dropdown definition theorem proof exercise block-quote abstract line-block
    math:theorem prf:theorem prf:definition prf:proof prf:lemma class toctree bibliography footbibliography sectionauthor moduleauthor
    parsed-literal function py:function py:class py:method py:module autofunction automodule autoclass currentmodule module
    """.split()
)
"""Directives whose content is text (or nothing); in any other nothing is cited."""
_WITHOUT_ARGUMENT = frozenset("figure list-table csv-table class only toctree bibliography footbibliography container".split())
_CODE = frozenset("math code raw index eq numref literal".split())
"""Roles of what is no running text."""
_TOC = re.compile(r"^[ \t]*\.\.[ \t]+toctree::", re.MULTILINE)
_INCLUDE = re.compile(r"^[ \t]*\.\.[ \t]+include::[ \t]+(?P<name>[^\s<>]{1,300})[ \t]*$")
_SUFFIXES = (".rst", ".rest", ".txt", ".md")


def read(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """A page with the parts it includes; the root page of a project of Sphinx with the pages of its ``toctree``."""
    text, problems = decode(path, data)
    page = Page(_work(path, text, files))
    _Reader(page).read()
    if page.citations and not page.databases:
        page.databases.extend(project_config.bibliographies(files, posixpath.basename(path)).files)
    made = page.document(path, "rst", files, problems)
    if (files.exists("conf.py") and _TOC.search(text)) or not files.exists(files.up("conf.py")):
        return made
    # a label in brackets may be defined on any page of a project of Sphinx, of which this is one
    known = {one.key for one in made.references}
    kept = tuple(one for one in made.citations if not one.text.startswith("[") or one.items[0].key in known)
    return replace(made, citations=kept)


def parts(path: str, data: bytes, files: Files) -> list[str]:
    """The files that a page takes in, as the user names them."""
    return [one.path for one in _work(path, decode(path, data)[0], files).sources[1:]]


def _work(path: str, text: str, files: Files) -> Work:
    return assemble(Source(path=path, text=text), files, lambda part: _included(part, files))


def _included(text: str, files: Files) -> Iterator[tuple[int, str]]:
    """``.. include::`` of a page, and the pages that a ``toctree`` lists."""
    listing = False
    for at, line in lines(text):
        if include := _INCLUDE.match(line):
            if include["name"].endswith(_SUFFIXES):
                yield at, include["name"]
        elif _TOC.match(line):
            listing = True
        elif listing and line.strip():
            if line[0] not in " \t":
                listing = False
            elif not line.strip().startswith(":"):
                name = _titled(line.strip())[1] or line.strip()
                found = next(
                    (
                        name + suffix
                        for suffix in ("", *_SUFFIXES)
                        if "." in name + suffix and files.exists((name + suffix).lstrip("/"))
                    ),
                    "",
                )
                if found.endswith((".rst", ".rest", ".txt")) and not any(sign in name for sign in "*?"):
                    yield at, found


class _Reader:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = list(lines(page.text))
        self.levels: list[str] = []  # kinds of underlines in the order in which they came
        self.listed = False  # whether the heading above is one of references
        self.numbers = self._numbers()

    def read(self) -> None:
        """Block by block."""
        at = 0
        while at < len(self.lines):
            at = self._block(at)
            self.page.writer.close()

    def _numbers(self) -> set[str]:
        """The numbers of entries: of footnotes that stand under a heading of references."""
        found, listed = set(), False
        for at, (_, line) in enumerate(self.lines):
            if title := self._title(at):
                listed = reference_heading(self.lines[title[0]][1].strip())
            elif listed and (entry := _ENTRY.match(line)) and entry["label"].isdigit():
                found.add(entry["label"])
        return found

    def _line(self, at: int) -> str:
        return self.lines[at][1].rstrip() if 0 <= at < len(self.lines) else ""

    def _title(self, at: int) -> tuple[int, str, int] | None:
        """Where a title stands that begins with this line, its kind, and where it ends; None for anything else."""
        if self._line(at - 1):
            return None
        first, second, third = self._line(at), self._line(at + 1), self._line(at + 2)
        over = _UNDERLINE.match(first)
        if (
            over
            and second
            and third
            and _UNDERLINE.match(third)
            and third[0] == first[0]
            and len(third) >= min(len(second.strip()), 4)
        ):
            return at + 1, first[0] * 2, at + 3
        if first and first[0] not in " \t" and not over and _UNDERLINE.match(second) and len(second) >= min(len(first), 4):
            return at, second[0], at + 2
        return None

    def _block(self, at: int) -> int:
        """Read the block that begins with a line; returns where the next one begins."""
        start, line = self.lines[at]
        if not line.strip():
            return at + 1
        if title := self._title(at):
            return self._heading(*title)
        if _EXPLICIT.match(line):
            return self._explicit(at)
        if line.lstrip().startswith(">>>"):
            return self._until_blank(at)
        if _TABLE.match(line):
            return self._table(at)
        end = self._paragraph_end(at)
        item = _ITEM.match(line)
        if item:
            label = item["bullet"] if any(sign.isdigit() for sign in item["bullet"]) else ""
            self.page.writer.open(BlockKind.ITEM, label=label)
            if label:
                self.page.writer.put(label + " ", 0, start + item.start("bullet"), len(label))
            start += item.end()
        return self._paragraph(at, start, end)

    def _paragraph(self, at: int, start: int, end: int) -> int:
        """A paragraph; one that ends with two colons announces a literal block, which is passed over."""
        last = self.lines[end - 1][0] + len(self._line(end - 1))
        literal = self._line(end - 1).endswith("::")
        self.inline(start, last - 1 if literal else last)
        return self._indented(end, _indent(self.lines[at][1])) if literal else end

    def _paragraph_end(self, at: int) -> int:
        first, end = self.lines[at][1], at + 1
        listed = _ITEM.match(first) is not None
        while end < len(self.lines) and self._line(end) and not _EXPLICIT.match(self._line(end)):
            if _ITEM.match(self._line(end)) and listed:
                break
            end += 1
        return end

    def _until_blank(self, at: int) -> int:
        while at < len(self.lines) and self._line(at):
            at += 1
        return at

    def _indented(self, at: int, indent: int) -> int:
        """The first line from here that is not set in further than ``indent``."""
        while at < len(self.lines) and (not self._line(at) or _indent(self.lines[at][1]) > indent):
            at += 1
        return at

    def _heading(self, at: int, kind: str, end: int) -> int:
        if kind not in self.levels:
            self.levels.append(kind)
        start, line = self.lines[at]
        self.page.writer.open(BlockKind.HEADING, level=self.levels.index(kind) + 1)
        self.inline(start, start + len(line))
        self.listed = reference_heading(line.strip())
        return end

    def _table(self, at: int) -> int:
        self.page.writer.open(BlockKind.TABLE)
        end = self._until_blank(at)
        for start, line in self.lines[at:end]:
            if not re.fullmatch(r"[-=+\s]+", line):
                self.page.writer.space(0, start - 1 if start else 0)
                self.inline(start, start + len(line))
        return end

    def _explicit(self, at: int) -> int:
        """What begins with two points: a directive, an entry, a note, a target or a comment."""
        start, line = self.lines[at]
        end = self._indented(at + 1, _indent(line))
        if entry := _ENTRY.match(line):
            last = end
            while last > at + 1 and not self._line(last - 1):
                last -= 1
            self._entry(
                entry["label"],
                start + entry.start("label"),
                start + entry.end(),
                self.lines[last - 1][0] + len(self._line(last - 1)),
            )
            return end
        directive = _DIRECTIVE.match(line)
        name = directive["name"].lower() if directive else ""
        if directive is None or name not in _TEXT:
            return end
        rest = (directive["rest"] or "").strip()
        listing = name.endswith("bibliography")
        if listing:
            for file in rest.replace(",", " ").split():
                self.page.database(file, start)
        elif rest and name not in _WITHOUT_ARGUMENT:
            self.inline(start + directive.start("rest"), start + directive.end("rest"))
        at += 1
        while at < end and _OPTION.match(self.lines[at][1]):
            if listing and self._line(at).strip() in (":all:", ":style: all"):
                self.page.everything = True
            at += 1
        return end if listing or name == "toctree" else at

    def _entry(self, label: str, place: int, start: int, end: int) -> None:
        """An entry or a note: everything set in under it."""
        if label.isdigit() and label in self.numbers:
            self.page.writer.open(BlockKind.ITEM, label=f"[{label}]")
            self.page.words(place - 1, place + len(label) + 1)
            self.page.writer.space(0, place + len(label) + 1)
        elif label[0] in "#*" or label.isdigit():
            self.page.writer.open(BlockKind.FOOTNOTE, label=label.lstrip("#"))
        else:
            self.page.begin_entry(label, None)
        self.inline(start, end)
        self.page.end_entry()

    def inline(self, start: int, end: int) -> None:
        """Read a stretch of running text."""
        text, at = self.page.text, start
        while (match := _TOKEN.search(text, at, end)) is not None:
            self.page.words(at, match.start())
            self._token(match)
            at = match.end()
        self.page.words(at, max(at, end))

    def _token(self, match: re.Match[str]) -> None:
        page, start, end = self.page, match.start(), match.end()
        if match["literal"]:
            page.code(start, end)
        elif match["cites"]:
            found: list[Cited] = [
                (one["key"].strip(), match.start("keys") + one.start("key"), one["prefix"] or "", one["locator"] or "")
                for one in _KEY.finditer(match["keys"])
            ]
            page.cite(start, end, found)
        elif match["content"]:
            self._interpreted(match)
        elif match["cited"]:
            if match["cited"] in self.numbers:
                page.words(start, end - 1)
            elif not (match["cited"][0] in "#*" or match["cited"].isdigit()):
                page.cite(start, end, [(match["cited"], start + 1, "", "")])
        elif match["replaced"] or match["mark"]:
            pass
        elif match["address"]:
            page.link(start, end, match["address"])
        elif match["escaped"].isspace():
            pass
        else:
            page.words(end - 1, end)

    def _interpreted(self, match: re.Match[str]) -> None:
        """Text in single backticks: a link, or text with a role."""
        page, role = self.page, match["role"] or (match["after"] or "").strip(":_")
        words, target = _titled(match["content"])
        start, end = match.span("content")
        end = start + len(words) if words else end
        if role in _CODE:
            page.code(*match.span())
        elif role in ("sup", "superscript"):
            page.raised(start, end)
        elif role == "doi":
            page.writer.put("doi:", 0, match.start(), start - match.start())
            page.link(start, end, f"https://doi.org/{target or match['content']}")
        elif "://" in target:
            page.link(start, end, target)
        else:
            page.words(start, end)


def _titled(text: str) -> tuple[str, str]:
    """The words and the target of "words <target>"; no target where none is named."""
    words, sign, target = text.rstrip().rpartition("<")
    return (words.rstrip(), target[:-1]) if sign and target.endswith(">") and ">" not in target[:-1] else (text, "")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
