"""Typst manuscripts: ``@key``, ``#cite(<key>)``, ``#bibliography("refs.bib")``; markup otherwise stays as written."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from refaudit.errors import InputError
from refaudit.model import Block, BlockKind, Citation, CitedItem, Document, MarkKind, Problem, Reference, Source, Span, System
from refaudit.readers.databases import bibliography, entry_records
from refaudit.readers.decode import decode
from refaudit.readers.document_builder import Writer
from refaudit.readers.project_files import NO_FILES, Files
from refaudit.readers.project_root import root_above

MAX_FILES = 200

_TOKEN = re.compile(
    r"""
    (?=[\s/`=#@<h\\*_+\-\d$bci])  # no other character begins one: letters are passed over at once
    (?:
      (?P<comment>(?<![:\w])//[^\n]*|/\*)
    | (?P<raw>`{3,}|`[^`\n]*`)
    | (?P<heading>(?:^|(?<=\n))[ \t]*(?P<level>={1,6})[ \t]+)
    | (?P<blank>\n[ \t]*\r?\n(?:[ \t]*\r?\n)*)
    | (?:^|(?<=\n))(?P<indent>[ \t]*)(?P<item>[+-]|\d{1,4}\.)[ \t]+(?=\S)
    | (?P<math>\$(?:[^$\\\n]|\\.|\n(?![ \t]*\r?\n)){1,5000}\$)
    | (?P<cite>(?<![\w.\-])\#?cite\(\s*(?:<(?P<cited>[^<>\s]{1,200})>|label\("(?P<labelled>[^"\n]{1,200})"\)|(?P<old>"[^"\n]{1,200}"(?:\s*,\s*"[^"\n]{1,200}"){0,40}))
        (?P<more>(?:[^()\n]|\([^()\n]{0,200}\)){0,300})\))
    | (?:(?<=attribution:)|(?<=attribution:\s))<(?P<quoted>[^<>\s]{1,200})>
    | (?P<files>(?<![\w.\-])\#?bibliography\((?:[^()"]|"[^"\n]{0,300}"|\([^()]{0,2000}\)){0,1000}\))
    | (?P<include>(?<![\w.\-])(?:\#include(?:\s*[({\[]){0,3}|include(?:\s*[({]){0,2})
        \s*(?P<part>(?:"[^"\n]{0,300}"|[A-Za-z][\w.\-]{0,60})(?:\s*\+\s*(?:"[^"\n]{0,300}"|[A-Za-z][\w.\-]{0,60})){0,8})[ \t]*[)}]{0,3})
    | (?P<own>\#(?P<function>[\w\-]{0,30}cite[\w\-]{0,30}(?=\()|[\w\-]{1,40}(?=\(\s{0,9}<))
        \((?P<args>(?:[^()"]|"[^"\n]{0,300}"|\((?:[^()"]|"[^"\n]{0,300}"){0,500}\)){0,500})\))
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
_UNREAD = re.compile(r"(?<![:\w\"])//[^\n]*|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)|```(?:[^`]++|`(?!``))*+(?:```|\Z)")
"""Comments and raw text, in which nothing is called."""
_BIBLIOGRAPHY = re.compile(r"(?<![\w.\-])bibliography\((?P<names>(?:[^()\"]|\"[^\"\n]{0,300}\"|\([^()]{0,2000}\)){0,200})\)")
_ARGUMENT = re.compile(r"(?:(?P<name>[\w\-]{1,40})[ \t]{0,9}:\s{0,40})?\(?\s{0,40}\"(?P<value>[^\"\n]{1,300})\"")
_BIB_NAME = re.compile(r"\.(?:bib|bibtex|ya?ml)\Z")
_INCLUDED = re.compile(r"(?<![\w.\-])include\s{0,40}[({]?\s{0,40}\"([^\"\n]{1,300}\.typ)\"")
_IMPORT = re.compile(r"(?<![\w.\-])import\s{0,40}\(?\s{0,40}\"(?P<part>[^\"\n@][^\"\n]{0,300})\"")
_MADE_LABEL = re.compile(r"(?<![\w.\-])label\(\s*(?:[A-Za-z]|\"[^\"\n]*\"\s*\+)")
_KIND = re.compile(
    r"(?i)(?:[\w\-]{1,30}[:.])?(?:fig|figs|figure|tab|tbl|table|lst|listing|code|eq|eqn|eqt|equation|sec|sect|section|chap|chapter|ch|thm|theorem"
    r"|lem|lemma|def|defn|definition|prop|cor|alg|algo|algorithm|app|appendix|rem|remark|ex|exm|example|sem|rule|step|part|img|image|plot"
    r"|diagram|note|proof|gls|ref)[:.\-_]"
)
"""How labels of figures, sections and theorems begin, whatever sets them."""
_CITING = re.compile(r"(?<![\w\-])let\s+([\w\-]{1,40})\([^()\n]{0,300}\)\s*=[^\n]{0,300}?(?<![\w\-])cite\(")
"""A function of the document that cites what it is given."""
_TERMS = re.compile(r"import\s{0,40}\(?\s{0,40}\"[^\"\n]{0,200}(?:gloss|acro|abbr)", re.IGNORECASE)
"""Packages and files of abbreviations, whose terms the text names as it names entries: ``@term``, ``@term:pl``."""
_DATA = re.compile(r"(?<![\w.\-])(?:yaml|toml|json|csv)\(")
_FIELD = re.compile(r"(?<![\w.\-])([\w\-]{1,60})\s*:")
_PREFIXED = re.compile(r"alexandria\([^()\n]{0,200}?prefix:\s*\"([^\"\n]{1,40})\"")
"""The package alexandria has several bibliographies, told apart by what their keys begin with."""
_OPENED = re.compile(r"[{\n][ \t]*\Z")
_FULL = re.compile(r"\bfull:\s*true\b")
_ITEM = re.compile(r"[ \t]|(?:[+-]|\d{1,4}\.)[ \t]")
_SUPPLEMENT = re.compile(r"supplement:\s*\[([^\[\]]*)\]")


def read(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """A Typst manuscript with the parts it includes and its bibliographies."""
    text, notices = decode(path, data)
    reader = _Reader(path, files, list(notices))
    reader.part(path, text, posixpath.basename(path), 0)
    return reader.document()


def parts(path: str, data: bytes, files: Files) -> list[str]:
    """The files that a manuscript includes or imports, as the user names them."""
    text, _ = decode(path, data)
    reader = _Reader(path, files, [])
    reader.part(path, text, posixpath.basename(path), 0)
    return [source.path for source in reader.sources[1:]] + reader.imported


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
        self.full: tuple[int, int] | None = None  # source and place where a bibliography is asked for with all its entries
        self.literals: set[str] = set()
        self.spoken: list[tuple[str, str]] = []  # strings that name a database without a call that says so
        self.imported: list[str] = []
        self.own: set[str] = set()  # strings given to functions of the document that cite
        self.made = False  # whether some function makes labels
        self.citing: set[str] = set()  # functions of the document that cite
        self.terms: set[str] = set()  # names of fields, which may be abbreviations, where there are such
        self.glossary = self.data = False  # whether a package of abbreviations is in use; whether data files are read
        self.prefixes: list[str] = []
        self.aside: list[str] = []  # files that are imported: functions and templates

    def part(self, shown: str, text: str, name: str, depth: int) -> None:
        """Read one file in the place where it is included."""
        number = len(self.sources)
        self.sources.append(Source(path=shown, text=text))
        self.open.append(posixpath.normpath(name))
        self._called(text, number, name)
        at = 0
        while (match := _TOKEN.search(text, at)) is not None:
            self.writer.words(text[at : match.start()], number, at)
            at = self._token(match, text, number, name, depth)
        self.writer.words(text[at:], number, at)
        self.writer.close()
        self.open.pop()

    def _called(self, text: str, number: int, name: str) -> None:
        """What a file says outside its running text: labels, bibliographies, imports, and strings that may become labels."""
        cited = {match.end() - 1 for match in re.finditer(r"(?:cite\(|attribution:)\s*<", text)}
        self.labels |= {match[1] for match in _DEFINED.finditer(text) if match.start() not in cited}
        plain = _UNREAD.sub(lambda match: " " * len(match[0]), text)
        folder = posixpath.dirname(name)
        for call in _BIBLIOGRAPHY.finditer(plain):
            self.names.extend(
                (one["value"], folder)
                for one in _ARGUMENT.finditer(call["names"])
                if one["name"] in (None, "path", "sources") and "." in one["value"]
            )
            if _FULL.search(call["names"]):
                self.full = (number, call.start() - (plain[call.start() - 1 : call.start()] == "#"))
        strings = _NAME.findall(plain)
        self.literals.update(strings)
        self.spoken.extend((one, folder) for one in strings if _BIB_NAME.search(one))
        self.citing.update(_CITING.findall(plain))
        self.prefixes.extend(_PREFIXED.findall(plain))
        self.terms.update(_FIELD.findall(plain))
        self.glossary = self.glossary or _TERMS.search(plain) is not None
        self.data = self.data or _DATA.search(plain) is not None
        self.made = self.made or _MADE_LABEL.search(plain) is not None
        for match in _IMPORT.finditer(plain):
            self._import(match["part"], folder)

    def _import(self, part: str, folder: str) -> None:
        """A file of functions: its text is not printed here, what it calls counts."""
        path = self._place(part, folder)
        if path in self.open or path in self.aside or len(self.aside) >= MAX_FILES:
            return
        self.aside.append(path)
        try:
            shown, data = self.files.read(path)
            text, _ = decode(shown, data)
        except InputError:
            return
        self.imported.append(shown)
        self._called(text, 0, path)

    def _place(self, name: str, folder: str) -> str:
        """A file as Typst finds it: beside the file that names it, with "/" from the top of the project."""
        return self.files.up(name.lstrip("/")) if name.startswith("/") else posixpath.normpath(posixpath.join(folder, name))

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
        elif match["math"]:
            at = self.writer.at
            self.writer.words(match[0], number, start)
            self.writer.blocks.append(Block(kind=BlockKind.CODE, span=Span(at, self.writer.at)))
        elif match["cite"]:
            supplement = _SUPPLEMENT.search(match["more"])
            for key in _NAME.findall(match["old"] or "") or [match["cited"] or match["labelled"]]:
                self._cite(match, number, key, supplement[1] if supplement else "")
        elif match["own"]:
            if "cite" not in match["function"] and match["function"] not in self.citing:
                self.writer.words(text[start : match.start("args")], number, start)
                return match.start("args")
            for key in _NAME.findall(match["args"]) + _DEFINED.findall(match["args"]):
                self.own.add(key)
                self._cite(match, number, key, "")
        elif match["key"]:
            if text[start - 1 : start] == '"' and text[end : end + 1] == '"':  # a string of code
                self.writer.words(match[0], number, start)
            else:
                self._cite(match, number, match["name"], (match["supplement"] or "")[1:-1])
        elif match["include"]:
            return self._includes(match, text, number, name, depth)
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

    def _includes(self, match: re.Match[str], text: str, number: int, name: str, depth: int) -> int:
        """``#include`` of a name, or of an expression: whichever strings of the file make it the name of a file."""
        terms = [term.strip() for term in match["part"].split("+")]
        literal = "".join(term.strip('"') for term in terms if term.startswith('"'))
        code = match[0].startswith("#") or _OPENED.search(text, max(0, match.start() - 40), match.start())
        if not code and not literal.endswith(".typ"):
            self.writer.words(match[0], number, match.start())
            return match.end()
        folder = posixpath.dirname(name)
        if all(term.startswith('"') for term in terms):
            self._include(literal, folder, depth)
            return match.end()
        for value in dict.fromkeys(_NAME.findall(text)):
            wanted = "".join(term.strip('"') if term.startswith('"') else value for term in terms)
            if wanted.endswith(".typ") and self.files.exists(self._place(wanted, folder)):
                self._include(wanted, folder, depth)
        return match.end()

    def _include(self, name: str, folder: str, depth: int) -> None:
        path = self._place(name, folder)
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

    def _label(self, key: str) -> bool:
        """Whether a key that no entry has may be a label: one that is set, a string of the sources, or named like one."""
        if key in self.labels or key in self.literals or key in self.own or _KIND.match(key):
            return True
        term = key.split(":", maxsplit=1)[0]
        if self.glossary and (self.data or term in self.terms or term in self.literals or term in self.labels):
            return True
        return self.made and any(part in self.literals for part in (re.split(r"[:.]", key)[-1], re.split(r"[:.]", key)[0]))

    def _unprefixed(self, item: CitedItem, known: set[str | None]) -> CitedItem:
        key = item.key or ""
        bare = (key[len(prefix) :] for prefix in self.prefixes if key not in known and key.startswith(prefix))
        return next((replace(item, key=one) for one in bare if one in known), item)

    def _learn(self) -> None:
        """What a chapter that is read by itself takes from the document that includes it: bibliographies and labels."""
        own = posixpath.basename(self.path.replace("\\", "/"))
        root = root_above(
            own, self.files, ".typ", begins=lambda text: _INCLUDED.search(text) is not None, takes_in=_INCLUDED.findall
        )
        if not root:
            return
        try:
            shown, data = self.files.read(root)
            whole = _Reader(shown, self.files, [])
            whole.part(shown, decode(shown, data)[0], root, 0)
        except InputError:
            return
        self.names, self.spoken, self.full = whole.names, whole.spoken, None
        self.aside = whole.aside
        self.labels |= whole.labels
        self.literals |= whole.literals
        self.terms |= whole.terms
        self.prefixes += whole.prefixes
        self.made, self.glossary, self.data = whole.made, whole.glossary, whole.data

    def document(self) -> Document:
        """Everything that was read. An ``@`` that leads to a label of the document is no citation."""
        if self.found and not self.names and not self.spoken:
            self._learn()
        names = [self._place(name, folder) for name, folder in self.names]
        if not names:  # an argument of a template, or a value of a data file that no bibliography is
            folders = [posixpath.dirname(path) for path in ("", *self.aside)]  # a function of the project may open it
            places = [self._place(name, inside) for name, folder in self.spoken for inside in dict.fromkeys((folder, *folders))]
            names = [path for path in dict.fromkeys(places) if self.files.exists(path)]
            names = [path for path in names if not path.endswith(("yml", "yaml"))] or names
        loaded = bibliography.load(names, self.files)
        references: list[Reference] = []
        for listing in loaded.listings:
            references.extend(entry_records.append(self.writer, self.sources, listing, shared=True))
            self.problems.extend(listing.problems)
        self.problems.extend(Problem(message=reason) for _, reason in loaded.unread)
        known = {item.key for item in references}
        self.found = [(span, self._unprefixed(item, known)) for span, item in self.found]
        kept: list[tuple[Span, tuple[CitedItem, ...]]] = [
            (span, (item,)) for span, item in self.found if item.key in known or not self._label(item.key or "")
        ]
        if self.full is not None:  # all entries are printed, cited or not
            number, at = self.full
            self.writer.open(BlockKind.FURNITURE)
            begin = self.writer.at
            word = re.match(r"#?\w+", self.sources[number].text[at:])
            self.writer.put(word[0] if word else "bibliography", number, at)
            span = Span(begin, self.writer.at)
            self.writer.close()
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
