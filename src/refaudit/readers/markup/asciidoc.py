"""AsciiDoc manuscripts: ``cite:[key]`` of asciidoctor-bibtex and asciidoctor-bibliography, and bibliography sections.

Syntax: the AsciiDoc language documentation ("Bibliography", "Footnotes", "Includes", "Attributes"); the manuals of the two
extensions. A section marked ``[bibliography]`` lists entries as ``* [[[key]]] text``; ``<<key>>`` cites them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from refaudit.model import BlockKind, Document, Problem, Source
from refaudit.readers.decode import decode
from refaudit.readers.markup.page import Cited, Noted, Page, closing, lines
from refaudit.readers.markup.parts import Work, assemble
from refaudit.readers.project_files import NO_FILES, Files

_TOKEN = re.compile(
    r"""
    (?=[\[<`+*_\#^~{cfnxlspahikbm])
    (?:
      (?<![\w:/])(?P<cites>(?:no|full|foot)?cite(?:np|t|p|s|author|year|yearpar|alt|alp)?:(?P<before>[^\s\[\]]{0,100})\[(?P<body>[^\[\]]{0,2000})\]
        (?P<more>(?:\+\[[^\[\]\n]{0,500}\]){0,40}))
    | (?<![\w:/])(?P<note>footnote(?:ref)?:(?P<name>[\w\-]{0,60})\[)
    | \[\[\[(?P<entry>[^\[\],\n]{1,200})(?:,[ ]*(?P<label>[^\[\]\n]{1,200}))?\]\]\]
    | (?P<anchor>\[\[[^\[\]\n]{1,200}\]\]|\[\#[\w\-:.]{1,100}\])
    | <<(?P<target>[^<>,\n]{1,300})(?:,(?P<shown>[^<>]{0,500}))?>>
    | (?<![\w:/])xref:(?P<xref>[^\s\[\]]{1,300})\[(?P<text>[^\[\]]{0,500})\]
    | (?<![\w:/])(?:stem|latexmath|asciimath|pass|kbd|btn|menu|icon|image|indexterm2?|anchor):(?P<unread>[^\s\[\]:]{0,300}\[[^\]\n]{0,2000}\])
    | (?:(?<![\w:/])link:)?(?P<address>(?:https?|ftp)://[^\s\[\]<>"]{1,1000}|(?<=link:)[^\s\[\]<>"]{1,500})(?:\[(?P<named>[^\[\]]{0,500})\])?
    | (?P<code>``[^`\n]{1,500}``|(?<![\w`])`[^`\n]{1,500}`(?!\w)|\+\+\+[^+\n]{1,500}\+\+\+|(?<![\w+])\+[^+\n]{1,500}\+(?!\w))
    | \^(?P<raised>[^\s^\[\]][^^\n\[\]]{0,60})\^
    | \{(?P<attribute>[\w\-]{1,60})\}
    | (?P<role>\[(?:\.[\w\-.]{1,100})\](?=[*_\#]))
    | (?P<mark>\*\*|__|\#\#|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])|(?<=[^\s_])_(?![\w_]))
    )
    """,
    re.VERBOSE,
)
_PART = re.compile(r"(?:[^,;()]+|\([^()]{0,300}\)|[()])+")
"""One work of a citation, with pages in round brackets."""
_FENCE = re.compile(r"^(?P<sign>-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,})(?:[\w,\-]*)[ \t]*$")
_OPEN = re.compile(r"^(?:={4,}|\*{4,}|_{4,}|--|[|,:!]={3,})[ \t]*$")
_HEADING = re.compile(r"^(?P<signs>={1,6}|\#{1,6})[ \t]{1,9}(?P<title>\S[^\n]*)")
_UNDERLINE = re.compile(r"^(?:={4,}|-{4,}|~{4,}|\^{4,}|\+{4,})[ \t]*$")
_ATTRIBUTE = re.compile(r"^:(?P<off>!?)(?P<name>[\w\-]{1,60})!?:(?:[ \t]+(?P<value>[^\n]*?))?[ \t]*$")
_STYLE = re.compile(r"^\[(?P<style>[^\[\]\n]*)\][ \t]*$")
_CODE_STYLE = re.compile(
    r"(?i)^(?:source|listing|literal|stem|latexmath|asciimath|pass|plantuml|ditaa|graphviz|mermaid|wavedrom|bytefield|comment|,)\b|^,"
)
_TITLE = re.compile(r"^\.(?=[^\s.])")
_ITEM = re.compile(r"^[ \t]*(?:(?P<bullet>\*{1,5}|-|\.{1,5}|\d{1,4}\.)[ \t]+(?:\[[ x*]\][ \t]+)?)(?=\S)")
_MACRO = re.compile(r"^(?P<name>[a-z][\w\-]{1,30})::(?P<target>[^\s\[\]]{0,300})\[(?P<rest>[^\n]*)\][ \t]*$")
_INCLUDE = re.compile(r"^include::(?P<name>[^\[\]\n]{1,300})\[[^\n]*\][ \t]*$")
_REFERENCE = re.compile(r"\{([\w\-]{1,60})\}")
_TEXT_SUFFIXES = (".adoc", ".asciidoc", ".asc", ".ad", ".txt")
_DATABASES = ("bibtex-file", "bibliography-database")
_DEFINED = re.compile(
    r"\[\[([^\[\],\n]{1,200})[^\[\]\n]{0,200}\]\]|\[(?:[^\[\]\n]{0,60})#([\w\-:.]{1,100})|\bid=[\"']?([\w\-:.]{1,100})|anchor:([\w\-:.]{1,100})\["
)
_LETTERS = re.compile(r"[^\W\d_]+")


def read(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """An AsciiDoc manuscript with the parts it includes and its bibliographies."""
    text, problems = decode(path, data)
    reader = _Reader(Page(_work(path, text, files)))
    reader.read()
    return reader.document(path, files, problems)


def parts(path: str, data: bytes, files: Files) -> list[str]:
    """The files that a manuscript includes, as the user names them."""
    return [one.path for one in _work(path, decode(path, data)[0], files).sources[1:]]


def _work(path: str, text: str, files: Files) -> Work:
    values: dict[str, str] = {}

    def included(part: str) -> Iterator[tuple[int, str]]:
        """``include::part.adoc[]``; attributes that were set before may be part of the name."""
        for at, line in lines(part):
            if attribute := _ATTRIBUTE.match(line):
                values[attribute["name"]] = _filled(attribute["value"] or "", values)
            elif include := _INCLUDE.match(line):
                name = _filled(include["name"].strip(), values)
                if posixpath.splitext(name)[1].lower() in _TEXT_SUFFIXES and "://" not in name:
                    yield at, name

    return assemble(Source(path=path, text=text), files, included)


def _filled(text: str, values: dict[str, str]) -> str:
    """A value with the attributes in it replaced, once: what they hold was filled when they were set."""
    return _REFERENCE.sub(lambda match: values.get(match[1], match[0]), text)[:1000]


class _Reader:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.values: dict[str, str] = {}
        self.until = ""  # the delimiter that ends what is not read
        self.skipped = False  # whether the paragraph is code or literal text
        self.style = ""  # what the line above says of the block that follows
        self.listing = False  # whether the list is one of references
        self.blank = True
        self.listed = False
        self.start = self.end = 0
        self.last = ""
        self.notes: list[Noted] = []
        self.brackets = closing(page.text)
        self.crossed: list[int] = []
        self.databases: list[tuple[str, int]] = []
        self.whole = False  # whether there is a title or a place for the list

    def read(self) -> None:
        """Line by line; lines of running text are read together, block by block."""
        for at, line in lines(self.page.text):
            if not self._apart(at, line):
                self.end = at + len(line)
            self.blank = not line.strip()
            self.last = line
        self.close()
        self.page.end_entry()

    def document(self, path: str, files: Files, problems: tuple[Problem, ...]) -> Document:
        """Everything that was read; ``<<key>>`` cites where the text has an entry of that key."""
        page = self.page
        keys = {one.key for one in page.references}
        defined = {one for match in _DEFINED.finditer(page.text) for one in match.groups() if one} if keys else set()
        shapes = {_shape(key or "") for key in keys}
        kept = []
        for number, one in enumerate(page.citations):
            key = one.items[0].key or ""
            if number not in self.crossed or key in keys or (key not in defined and _shape(key) in shapes):
                kept.append(one)
        page.citations = kept
        for name, at in self.databases:
            page.database(name, at)
        if (
            not page.databases
            and not keys
            and page.citations
            and not files.bibliographies
            and (beside := files.names("", ".bib"))
        ):
            page.databases.append(beside[0])  # what asciidoctor-bibtex does where no file is named
        made = page.document(path, "asciidoc", files, problems)
        if made.citations and not made.references and not made.list_unread and not self.whole:
            notice = "reads like a part of a larger work (no title, no place for a bibliography); give the file that includes it"
            return replace(made, is_part=True, problems=(*made.problems, Problem(message=notice)))
        return made

    def close(self, behind: int = 0) -> None:
        """Read the lines that make a block and end it; what follows begins at ``behind``."""
        self.page.end_block(self.start, self.end, self.notes, self.inline)
        self.start = self.end = behind

    def _apart(self, at: int, line: str) -> bool:
        """Whether a line is no running text; then it has been dealt with."""
        behind = at + len(line) + 1
        if self.until:
            if line.rstrip() == self.until:
                self.until = ""
        elif not line.strip():
            self.skipped = False
            if self.end > self.start:
                self.style = ""
        elif self._underlined(line):
            self.page.writer.open(BlockKind.HEADING, level={"=": 1, "-": 2, "~": 3, "^": 4}.get(line[0], 5))
        elif fence := _FENCE.match(line):
            self.until, self.style = fence["sign"], ""
        elif _OPEN.match(line):
            self.style = self.style if line.startswith("--") else ""
            if line.startswith("--") and _CODE_STYLE.match(self.style):
                self.until = "--"
        elif self.skipped or line.startswith("//"):
            pass
        elif (style := _STYLE.match(line)) and not line.startswith(("[[[", "[.lead]*")):
            self.style = style["style"] or self.style
        elif heading := _HEADING.match(line):
            self._heading(heading, at)
        elif attribute := _ATTRIBUTE.match(line):
            self._attribute(attribute, at)
        elif macro := _MACRO.match(line):
            self.whole = self.whole or macro["name"] == "bibliography"
            if macro["name"] == "bibliography" and posixpath.splitext(macro["target"])[1]:
                self.databases.append((macro["target"], at))
        elif self.end <= self.start and self._literal(line):
            self.skipped = True
        else:
            return self._running(at, line)
        self.close(behind)
        return True

    def _underlined(self, line: str) -> bool:
        """Whether a line underlines the line above, which then is a heading of the old kind."""
        return (
            _UNDERLINE.match(line) is not None
            and self.start < self.end == self.start + len(self.last)
            and abs(len(self.last) - len(line.rstrip())) <= 1
            and self.page.writer.kind is None
        )

    def _literal(self, line: str) -> bool:
        """Whether a paragraph that begins with this line is code: by the line above, or set in and no item."""
        if _CODE_STYLE.match(self.style):
            self.style = ""
            return True
        return self.blank and line[0] in " \t" and not self.listed and not _ITEM.match(line)

    def _running(self, at: int, line: str) -> bool:
        item = _ITEM.match(line)
        if item or _TITLE.match(line):
            self.close(at + (item.end() if item else 1))
            self.listed = item is not None
            if item:
                bullet = item["bullet"]
                label = bullet if bullet[0].isdigit() else ""
                self.page.end_entry()
                self.page.writer.open(BlockKind.ITEM, label=label)
                if label:
                    self.page.writer.put(label + " ", 0, at + item.start("bullet"), len(label))
        elif line == "+":
            self.close(at + 1)
            return True
        elif line.startswith("|") and (line.count("|") > 1 or line.startswith("|===")):
            if self.page.writer.kind is not BlockKind.TABLE:
                self.close(at)
                self.page.writer.open(BlockKind.TABLE)
        elif line[0] not in " \t" and self.blank:
            self.listed = False
            self.page.end_entry()
        self.end = at + len(line)
        return True

    def _heading(self, heading: re.Match[str], at: int) -> None:
        self.close()
        self.page.end_entry()
        self.style, self.listed = "", False
        self.whole = self.whole or len(heading["signs"]) == 1
        self.page.writer.open(BlockKind.HEADING, level=len(heading["signs"]))
        self.inline(at + heading.start("title"), at + heading.end("title"))

    def _attribute(self, attribute: re.Match[str], at: int) -> None:
        value = _filled(attribute["value"] or "", self.values)
        if attribute["off"]:
            self.values.pop(attribute["name"], None)
        else:
            self.values[attribute["name"]] = value
        if attribute["name"] in _DATABASES and value:
            self.databases.append((value, at))

    def inline(self, start: int, end: int) -> None:
        """Read a stretch of running text."""
        text, at = self.page.text, start
        while (match := _TOKEN.search(text, at, end)) is not None:
            self.page.words(at, match.start())
            at = self._token(match, end)
        self.page.words(at, end)

    def _token(self, match: re.Match[str], stop: int) -> int:
        page, start, end = self.page, match.start(), match.end()
        if match["cites"]:
            self._cite(match)
        elif match["note"]:
            close = self.brackets.get(end - 1, stop)
            if close < stop:
                self.notes.append((match["name"], end, close))
                return close + 1
            page.words(start, end)
        elif match["entry"]:
            key = match["entry"].strip()
            page.begin_entry(key, match["label"] or (key if key.isdigit() else None))
        elif match["target"] or match["xref"]:
            self._crossed(match)
        elif match["address"]:
            shown = "named" if match["named"] else "address"
            page.link(*match.span(shown), match["address"])
        elif match["unread"] or match["code"]:
            page.code(start, end)
        elif match["raised"]:
            page.raised(*match.span("raised"))
        elif match["attribute"]:
            page.writer.put(" ".join(self.values.get(match["attribute"], match[0]).split()), 0, start, end - start)
        return end

    def _cite(self, match: re.Match[str]) -> None:
        """``cite:see[key(pages), key]``, ``cite:[key, page=3]+[key]``."""
        found: list[Cited] = []
        at = match.start("body")
        for group in [match["body"], *(one[1:-1] for one in match["more"].split("+") if one)]:
            for part in _PART.finditer(group):
                named, _, pages = part[0].partition("(")
                before, _, key = named.strip().rpartition(" ")
                if key and "=" not in key:
                    place = at + part.start() + named.rindex(key)
                    found.append((key, place, before if found else match["before"] + before, pages.rstrip(" )")))
            at += len(group) + 3
        self.page.cite(*match.span(), found)

    def _crossed(self, match: re.Match[str]) -> None:
        """A cross-reference: kept as a citation until it is known where it leads."""
        group = "target" if match["target"] else "xref"
        key = match[group].split("#")[-1].strip()
        self.crossed.append(len(self.page.citations))
        self.page.cite(*match.span(), [(key, match.end(group) - len(key), "", match["shown"] or match["text"] or "")])


def _shape(key: str) -> str:
    """What keys of one list have in common: where letters and digits stand, and how many digits."""
    return re.sub(r"\d", "0", _LETTERS.sub("a", key))
