"""Org manuscripts: Org's own citations (``[cite:@key]``) and those of org-ref (``cite:key``, ``[[cite:&key]]``).

Syntax: the Org manual, "Citation handling", and org-syntax; org-ref's manual, versions 2 and 3. What is not exported
(comments, drawers, headings tagged ``noexport``) is not part of the manuscript.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from refaudit.model import BlockKind, Document, MarkKind, Source
from refaudit.readers.decode import decode
from refaudit.readers.markup import project_config
from refaudit.readers.markup.page import Cited, Noted, Page, closing, lines
from refaudit.readers.markup.parts import assemble
from refaudit.readers.project_files import NO_FILES, Files

_CITES = r"(?:no|full|foot|auto|smart|super|paren|text|p?notes?)?(?:[Cc]ite|[Cc]ites)(?:t|p|alt|alp|author|year|yearpar|title|date|url|num|text)?\*?"
"""Names of org-ref's links that cite, of natbib and biblatex."""
_KEY = r"[^\W_](?:[\w.:/+\-']{0,200}\w)?"
_TOKEN = re.compile(
    rf"""
    (?=[\[=~+*/_\\$^<acnftpshbCA])
    (?:
      (?P<own>\[cite(?:/(?P<style>[\w\-/]{{0,60}}))?:(?P<body>[^\[\]]{{0,3000}})\])
    | (?P<note>\[fn:(?P<name>[\w\-]{{0,60}})(?P<inline>:)?)
    | \[\[(?P<target>[^\[\]\n]{{1,2000}})\](?:\[(?P<described>[^\[\]]{{1,2000}})\])?\]
    | (?P<verbatim>(?:(?<=[\s\-({{'"])|^)(?P<quote>[=~])(?=\S)[^\n]{{0,500}}?(?<=\S)(?P=quote)(?=[\s\-.,:!?;'")}}\[]|$))
    | (?P<formula>\\\((?:[^\\\n]|\\(?!\))){{0,2000}}\\\)|\\\[(?:[^\\]|\\(?!\])){{0,5000}}\\\]|\$\$[^$]{{1,5000}}\$\$
        |(?<!\$)\$(?![\s$])[^$\n]{{1,1000}}(?<!\s)\$(?![\d$]))
    | (?P<latex>\\[A-Za-z]{{0,10}}cite[a-z]{{0,10}}\*?(?:\[[^\[\]\n]{{0,300}}\]){{0,2}}\{{(?P<keys>[^{{}}\\\n]{{1,1000}})\}})
    | (?P<listed>\\(?:addbibresource|(?:no)?bibliography)\{{(?P<files>[^{{}}\n]{{1,1000}})\}})
    | (?<![\w:/@&])<?(?P<bare>{_CITES}):(?P<plain>&?{_KEY}(?:[,;]&?{_KEY}){{0,60}})>?
    | (?<![\w:/])(?:(?:no)?bibliography|addbibresource):(?P<names>[^\s\[\]<>]{{1,1000}})
    | (?<=\S)\^\{{(?P<raised>[^{{}}\n]{{1,100}})\}}
    | (?P<nbsp>\\nbsp(?:\{{\}})?)
    | (?P<emphasis>(?:(?<=[\s\-({{'"])|^)(?P<sign>[*/_+])(?=\S)(?P<inside>(?:(?!(?P=sign)|\n[ \t]*\r?\n)[\s\S]){{1,600}})(?<=\S)(?P=sign)(?=[\s\-.,:!?;'")}}\[]|$))
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_CITED = re.compile(r"@(?P<key>[\w\-.:?!`'/*@+|(){}<>&^$#%~]+)")
"""A key as Org reads it (org-element-citation-key-re)."""
_REFERRED = re.compile(r"&?(?P<key>[^\s,;&\[\]]{1,300})")
_BLOCK = re.compile(r"(?i)^[ \t]*#\+begin_(?P<name>\S+)(?P<rest>[^\n]*)")
_UNREAD = frozenset({"src", "example", "export", "comment"})
_KEYWORD = re.compile(r"^[ \t]*#\+(?P<name>[\w\-]+)(?:\[[^\]\n]*\])?:[ \t]*(?P<value>[^\n]*)")
_HEADING = re.compile(r"^(?P<stars>\*+)[ \t]{1,9}(?P<title>[^\n]+)")
_TAGS = re.compile(r":[\w@#%:]+:")
_TODO = re.compile(r"^(?:(?:TODO|DONE|NEXT|WAITING)[ \t]+)?(?:\[#[A-Z0-9]\][ \t]*)?")
_DRAWER = re.compile(r"^[ \t]*:[\w\-]+:[ \t]*$")
_END = re.compile(r"(?i)^[ \t]*:END:[ \t]*$")
_ITEM = re.compile(r"^[ \t]*(?P<bullet>[-+]|\d{1,4}[.)])[ \t]+(?:\[[ X\-]\][ \t]+)?|^[ \t]+\*[ \t]+")
_DEFINED = re.compile(r"^\[fn:(?P<name>[\w\-]{1,60})\][ \t]*")
_DISPLAYED = re.compile(
    r"^[ \t]*\\begin\{(?P<name>equation|align|alignat|gather|multline|eqnarray|displaymath|math|verbatim|lstlisting)(?P<star>\*?)\}"
)
_PRINTED = frozenset({"caption", "title", "subtitle"})
_FILE = re.compile(r'(?:"(?P<quoted>[^"\n]{1,300})"|(?P<plain>[^\s"]{1,300}))(?P<options>[^\n]*)')
_DEEPEST = 8


def read(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """An Org manuscript with the parts it includes and its bibliographies."""
    text, problems = decode(path, data)
    reader = _Reader(Page(assemble(Source(path=path, text=text), files, _included)), files)
    reader.read()
    return reader.page.document(path, "org", files, problems)


def parts(path: str, data: bytes, files: Files) -> list[str]:
    """The files that a manuscript includes, as the user names them."""
    work = assemble(Source(path=path, text=decode(path, data)[0]), files, _included)
    return [one.path for one in work.sources[1:]]


def _included(text: str) -> Iterator[tuple[int, str]]:
    """``#+include: "part.org"``; what is included as code or example is not read."""
    for at, line in lines(text):
        keyword = _KEYWORD.match(line)
        if keyword and keyword["name"].lower() == "include" and (file := _FILE.match(keyword["value"])):
            name = (file["quoted"] or file["plain"]).split("::")[0]
            if name.endswith(".org") and not re.match(r"[ \t]+(?:src|example|export)\b", file["options"]):
                yield at, name


class _Reader:
    def __init__(self, page: Page, files: Files) -> None:
        self.page = page
        self.files = files
        self.until = ""  # the line that ends what is not read
        self.silent = 0  # level of the heading below which nothing is exported
        self.notes: list[Noted] = []
        self.start = self.end = 0  # the stretch of lines that make the open block
        self.brackets = closing(page.text)

    def read(self) -> None:
        """Line by line; lines of running text are read together, block by block."""
        for at, line in lines(self.page.text):
            if not self._apart(at, line):
                self.end = at + len(line)
        self.close()

    def close(self, behind: int = 0) -> None:
        """Read the lines that make a block and end it; what follows begins at ``behind``."""
        self.page.end_block(self.start, self.end, self.notes, self.inline)
        self.start = self.end = behind

    def _apart(self, at: int, line: str) -> bool:
        """Whether a line is no running text; then it has been dealt with."""
        behind = at + len(line) + 1
        if self.until:
            if line.strip().lower() == self.until:
                self.until = ""
        elif heading := _HEADING.match(line):
            self._heading(heading, at)
        elif self.silent or not line.strip():
            pass
        elif self._begins(line):
            pass
        elif keyword := _KEYWORD.match(line):
            self.close(behind)
            self._keyword(keyword, at)
        elif re.match(r"[ \t]*(?:#(?:[ \t+]|$)|:(?:[ \t]|$)|\|[-+|]+$|-{5,}[ \t]*$)", line):
            pass
        elif line.lstrip().startswith("|"):
            if self.page.writer.kind is not BlockKind.TABLE:
                self.close(at)
                self.page.writer.open(BlockKind.TABLE)
            else:
                self.page.writer.space(0, at - 1)
            self.inline(at, at + len(line))
            self.start = self.end = behind
            return True
        else:
            return self._running(at, line)
        self.close(behind)
        return True

    def _begins(self, line: str) -> bool:
        """Whether a line begins or ends a block or drawer; what is in it may be not read."""
        if block := _BLOCK.match(line):
            if block["name"].lower() in _UNREAD:
                self.until = f"#+end_{block['name'].lower()}"
            return True
        if _DRAWER.match(line):
            self.until = "" if _END.match(line) else ":end:"
            return True
        if shown := _DISPLAYED.match(line):
            self.until = f"\\end{{{shown['name']}{shown['star']}}}"
            return True
        return re.match(r"(?i)[ \t]*#\+end_", line) is not None

    def _running(self, at: int, line: str) -> bool:
        """A line of a paragraph, an item or a note: one that begins a block ends the one before."""
        if defined := _DEFINED.match(line):
            self.close(at + defined.end())
            self.page.writer.open(BlockKind.FOOTNOTE, label=defined["name"])
        elif item := _ITEM.match(line):
            self.close(at + item.end())
            label = bullet if (bullet := item["bullet"] or "")[:1].isdigit() else ""
            self.page.writer.open(BlockKind.ITEM, label=label)
            if label:
                self.page.writer.put(label + " ", 0, at + item.start("bullet"), len(label))
        elif self.page.writer.kind is BlockKind.TABLE:
            self.close(at)
        self.end = at + len(line)
        return True

    def _heading(self, heading: re.Match[str], at: int) -> None:
        self.close()
        level = len(heading["stars"])
        if self.silent and level > self.silent:
            return
        title = heading["title"].rstrip()
        words, _, last = title.rpartition(" ")
        tags = last.split(":") if _TAGS.fullmatch(last) else []
        title = words if tags else title
        self.silent = level if "noexport" in tags or title.startswith("COMMENT ") else 0
        if self.silent or "ignore" in tags:
            return
        self.page.writer.open(BlockKind.HEADING, level=level)
        start, todo = at + heading.start("title"), _TODO.match(title)
        self.inline(start + (todo.end() if todo else 0), start + len(title))
        self.page.writer.close()

    def _keyword(self, keyword: re.Match[str], at: int) -> None:
        name, value = keyword["name"].lower(), keyword["value"].strip()
        start = at + keyword.start("value")
        if name == "bibliography":
            self.page.database(value, at)
        elif name in _PRINTED:
            self.page.writer.open(
                BlockKind.HEADING if name != "caption" else BlockKind.PARAGRAPH, level=1 if name != "caption" else 0
            )
            self.inline(start, start + len(keyword["value"]))
            self.page.writer.close()
        elif name == "setupfile":
            place = posixpath.normpath(posixpath.join(self.page.folder(at), value.strip("\"'")))
            for _, line in lines(project_config.opened(self.files, place) or ""):
                one = _KEYWORD.match(line)
                if one and one["name"].lower() == "bibliography":
                    self.page.databases.append(posixpath.join(posixpath.dirname(place), one["value"].strip().strip("\"'")))
        elif name.startswith("latex"):
            for match in _TOKEN.finditer(value):
                self._databases(match["files"] or "", start)

    def _databases(self, names: str, at: int) -> None:
        for name in names.split(","):
            self.page.database(name, at)

    def inline(self, start: int, end: int, depth: int = 0) -> None:
        """Read a stretch of running text."""
        text, at = self.page.text, start
        while (match := _TOKEN.search(text, at, end)) is not None:
            self.page.words(at, match.start())
            at = self._token(match, end, depth)
        self.page.words(at, end)

    def _token(self, match: re.Match[str], stop: int, depth: int) -> int:
        page, start, end = self.page, match.start(), match.end()
        if match["own"]:
            self._cite(match)
        elif match["note"]:
            return self._note(match, stop)
        elif match["target"]:
            self._link(match, depth)
        elif match["verbatim"] or match["formula"]:
            page.code(start, end)
        elif match["latex"]:
            page.cite(start, end, self._keys(match.start("keys"), match.end("keys")))
        elif match["listed"]:
            self._databases(match["files"], start)
        elif match["plain"]:
            page.cite(start, end, self._keys(match.start("plain"), match.end("plain")))
        elif match["names"]:
            self._databases(match["names"], start)
        elif match["raised"]:
            page.raised(*match.span("raised"))
        elif match["nbsp"]:
            page.writer.space(0, start, end - start)
        elif depth < _DEEPEST:
            self.inline(*match.span("inside"), depth + 1)
        else:
            page.words(start, end)
        return end

    def _keys(self, start: int, end: int) -> list[Cited]:
        return [(one["key"], one.start("key"), "", "") for one in _REFERRED.finditer(self.page.text, start, end)]

    def _cite(self, match: re.Match[str]) -> None:
        """``[cite/style:prefix @key suffix; …]``."""
        at, found = match.start("body"), list[Cited]()
        for part in match["body"].split(";"):
            if key := _CITED.search(part):
                found.append((key["key"], at + key.start("key"), part[: key.start()], part[key.end() :].lstrip(" ,")))
            at += len(part) + 1
        if match["style"] in ("nocite", "n") and [key for key, *_ in found] == ["*"]:
            self.page.everything = True
        else:
            self.page.cite(*match.span(), found)

    def _note(self, match: re.Match[str], stop: int) -> int:
        """``[fn:1]``, or ``[fn::text]``, whose text is a note behind the paragraph."""
        if not match["inline"]:
            return min(match.end() + 1, stop)
        close = self.brackets.get(match.start(), stop)
        if close >= stop:
            return match.end()
        self.notes.append((match["name"], match.end(), close))
        return close + 1

    def _link(self, match: re.Match[str], depth: int) -> None:
        """``[[target][text]]``; org-ref's links cite or name bibliographies."""
        kind, _, rest = match["target"].partition(":")
        at = match.start("target") + len(kind) + 1
        if re.fullmatch(_CITES, kind):
            if "&" in rest:
                found = list[Cited]()
                for part in rest.split(";"):
                    if key := re.search(r"&([^\s,;&]{1,300})", part):
                        found.append((key[1], at + key.start(1), part[: key.start()], part[key.end() :]))
                    at += len(part) + 1
            else:
                found = self._keys(at, match.end("target"))
            self.page.cite(*match.span(), found)
        elif kind in ("bibliography", "nobibliography", "addbibresource"):
            self._databases(rest, at)
        elif match["described"]:
            begin = self.page.writer.at
            if depth < _DEEPEST:
                self.inline(*match.span("described"), depth + 1)
            self.page.writer.mark(MarkKind.LINK, begin, match["target"])
        else:
            self.page.link(*match.span("target"), match["target"])
