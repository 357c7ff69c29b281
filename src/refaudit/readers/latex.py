"""LaTeX projects: running text without commands, citations by key, lists of ``\\bibitem`` and databases.

One pass over the characters with an explicit stack: no recursion, no macro expansion beyond what citations need, so
that hostile sources cost no more than their length. Files are opened only through ``Files``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from refaudit.errors import InputError
from refaudit.model import BlockKind, Citation, CitedItem, Document, MarkKind, Problem, Reference, Source, Span, System
from refaudit.readers import bbl, bibliography, structured, tex
from refaudit.readers import latex_tables as tables
from refaudit.readers.decode import decode
from refaudit.readers.files import NO_FILES, Files
from refaudit.readers.latex_macros import Argument, Macro, Text, definition, wrapper
from refaudit.readers.writer import Writer

MAX_FILES = 400
"""Files that one document may input; a thesis has some tens."""
MAX_CHARACTERS = 50_000_000
"""Characters that all input files may have together: a file may be input many times."""
MAX_DEPTH = 30
"""Input inside input; TeX itself stops at about the same."""

_RUN = re.compile(r"[^\\%{}$~&`'\-\s#]+(?:(?:[ ](?![\s%])|-(?!-)|'(?!'))[^\\%{}$~&`'\-\s#]+)*")
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"%[^\n\r]*(?:\r?\n[ \t]*)?")
_COMMAND = re.compile(r"\\([A-Za-z@]+)(\*?)")
_QUOTES = {"``": "“", "''": "”", "---": "—", "--": "–", "`": "‘", "'": "'", "-": "-", "~": " "}
_QUOTE = re.compile(r"``|''|---?|[`'~\-]")
_BEGIN_DOCUMENT = re.compile(r"\\begin[ \t]*\{document\}")
_SUPERSCRIPT = re.compile(r"\s*(?:\{\})?\^\s*(?:\{([^{}\\]*)\}|(\d))\s*")
_CITE_INSIDE = re.compile(r"\\[A-Za-z]*[cC]ite")
_FILE_NAME = re.compile(r"[ \t]*([^\s{}\\%]+)")


@dataclass(slots=True)
class _Frame:
    """A stretch of a source being read; what to do at certain closing braces, before it and after it."""

    text: Text
    at: int
    end: int
    path: str = ""
    closers: dict[int, list[Callable[[], None]]] = field(default_factory=dict)
    begin: Callable[[], None] | None = None
    finish: Callable[[], None] | None = None


def read(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """A LaTeX manuscript with the files it inputs and its bibliographies. Raises InputError for binary data."""
    text, notices = decode(path, data)
    walker = _Walker(path, text, files, list(notices))
    walker.run()
    return walker.document()


class _Walker:
    def __init__(self, path: str, text: str, files: Files, problems: list[Problem]) -> None:
        self.path = path
        self.files = files
        self.problems = problems
        self.writer = Writer()
        self.sources: list[Source] = []
        self.frames: list[_Frame] = []
        self.macros: dict[str, Macro] = {}
        self.citations: list[Citation] = []
        self.references: list[Reference] = []
        self.wanted: list[tuple[str, str, Span]] = []
        self.everything: list[int] = []  # citations that name the whole list
        self.notes: list[_Frame] = []
        self.note_count = 0
        self.hidden = False
        self.tables = 0
        self.counts: list[int | None] = []  # items so far in the open lists, None for lists without numbers
        self.entry: tuple[str, str | None, int] | None = None
        self.in_list = False
        self.has_list = False
        self.inputs = 0
        self.characters = 0
        self._push_file(path, text)

    # -------------------------------------------------------------- the walk

    def run(self) -> None:
        while self.frames:
            frame = self.frames[-1]
            if frame.begin is not None:
                begin, frame.begin = frame.begin, None
                begin()
            if frame.at >= frame.end:
                self.frames.pop()
                if frame.finish is not None:
                    frame.finish()
                if not self.frames:
                    self._end_entry()
                    self._paragraph()
                continue
            self._step(frame)

    def _step(self, frame: _Frame) -> None:
        text, at = frame.text.text, frame.at
        match = _RUN.match(text, at, frame.end)
        if match:
            self._put(match[0], frame, at, len(match[0]))
            frame.at = match.end()
            return
        char = text[at]
        if char.isspace():
            match = _SPACE.match(text, at, frame.end)
            blank = match[0] if match else char
            frame.at = at + len(blank)
            if blank.count("\n") + blank.count("\r") - blank.count("\r\n") >= 2 and not self.in_list and not self.tables:
                self._paragraph()
            elif not self.hidden:
                self.writer.space(frame.text.source, at, len(blank))
        elif char == "\\":
            self._command(frame)
        elif char == "%":
            match = _COMMENT.match(text, at, frame.end)
            frame.at = match.end() if match else at + 1
        elif char == "}":
            for action in frame.closers.pop(at, ()):
                action()
            frame.at = at + 1
        elif char == "$":
            self._math(frame)
        elif char in "`'-~":
            match = _QUOTE.match(text, at)
            sign = match[0] if match else char
            frame.at = at + len(sign)
            if char == "~":
                if not self.hidden:
                    self.writer.space(frame.text.source, at)
            else:
                self._put(_QUOTES[sign], frame, at, len(sign))
        else:
            frame.at = at + 1
            if char == "&":
                self._put(" " if self.tables else "&", frame, at, 1)
            elif char == "#":
                self._put("#", frame, at, 1)

    def _put(self, value: str, frame: _Frame, start: int, length: int) -> None:
        if self.hidden or not value:
            return
        if value == " ":
            self.writer.space(frame.text.source, start, length)
        else:
            self.writer.put(value, frame.text.source, start, length)

    def _paragraph(self) -> None:
        """End the paragraph and let its notes follow."""
        self.writer.close()
        if self.notes and not self.hidden:
            self.frames.extend(reversed(self.notes))
            self.notes = []

    def _math(self, frame: _Frame) -> None:
        text, at = frame.text.text, frame.at
        if text.startswith("$$", at):
            end = text.find("$$", at + 2, frame.end)
            frame.at = end + 2 if end >= 0 else at + 2
            return
        end = _unescaped(text, "$", at + 1, min(frame.end, at + 3000))
        self._inline_math(frame, at, at + 1, end, end + 1)

    def _inline_math(self, frame: _Frame, start: int, inner: int, end: int, behind: int) -> None:
        """Formulas in the line: numbers set high are kept as superscripts, citations inside are read, the rest decoded."""
        text = frame.text.text
        if end < 0 or "\n\n" in text[inner:end]:
            frame.at = inner
            return
        body = text[inner:end]
        if _CITE_INSIDE.search(body):
            frame.at = inner  # the sign that closes it is met later and opens nothing, as no other follows at once
            frame.text.skip.add(end)
            return
        if inner - 1 in frame.text.skip:
            frame.at = inner
            return
        frame.at = behind
        match = _SUPERSCRIPT.fullmatch(body)
        if match and not self.hidden:
            value = match[1] if match[1] is not None else match[2]
            number = 1 if match[1] is not None else 2
            before = self.writer.at
            self.writer.put(value, frame.text.source, inner + match.start(number))
            self.writer.mark(MarkKind.SUPERSCRIPT, before)
            return
        self._put(tex.decode(f"${body}$"), frame, start, behind - start)

    # -------------------------------------------------------------- commands

    def _command(self, frame: _Frame) -> None:  # noqa: PLR0915 (one line a command reads best as one list)
        text, at = frame.text.text, frame.at
        match = _COMMAND.match(text, at, frame.end)
        if match is None:
            self._control_symbol(frame)
            return
        name, after = match[1], match.end()
        if name in self.macros and name not in ("begin", "end"):
            self._macro(frame, self.macros[name], at, after)
        elif name in tables.DEFINITIONS:
            found, frame.at = definition(frame.text, name, after)
            if found is not None:
                self._define(*found)
        elif (tables.CITE.fullmatch(name) and name not in tables.NOT_CITE) or name == "nocite":
            self._cite(frame, name, at, after)
        elif name == "begin":
            self._begin(frame, after)
        elif name == "end":
            self._end(frame, after)
        elif name == "bibitem":
            self._bibitem(frame, after)
        elif name in tables.HEADINGS:
            self._heading(frame, name, after)
        elif name in tables.MARKS:
            self._marked(frame, name, after)
        elif name in tables.NOTES:
            self._note(frame, after)
        elif name in (
            "input",
            "include",
            "subfile",
            "subfileinclude",
            "import",
            "subimport",
            "includefrom",
            "subincludefrom",
            "InputIfFileExists",
        ):
            self._input(frame, name, after)
        elif name in ("bibliography", "addbibresource", "addglobalbib", "bibliographyunit", "putbib"):
            self._bibliography(frame, after)
        elif name in ("url", "path", "nolinkurl", "doi"):
            self._verbatim_argument(frame, after, link=name in ("url", "nolinkurl"))
        elif name == "href":
            self._href(frame, after)
        elif name in ("verb", "lstinline", "mintinline"):
            self._verb(frame, name, after)
        elif name == "iffalse":
            end = text.find("\\fi", after, frame.end)
            frame.at = end + 3 if end >= 0 else frame.end
        elif name == "item":
            self._item(frame, after)
        elif name in (
            "par",
            "newpage",
            "clearpage",
            "maketitle",
            "bigskip",
            "medskip",
            "smallskip",
            "appendix",
            "caption",
            "captionof",
        ):
            if not self.in_list and not self.tables:
                self._paragraph()
            frame.at = (
                self._past_options(frame, after)
                if name == "caption"
                else self._dropped(frame, after, 1 if name == "captionof" else 0)
            )
        elif name == "enquote":
            self._enquote(frame, at, after)
        elif name == "texorpdfstring":
            first = self._argument(frame, after)
            second = self._argument(frame, first.behind) if first else None
            if first and second:
                frame.closers.setdefault(first.end, []).append(lambda: self._jump(frame, second.behind - 1))
            frame.at = after
        elif name in ("newblock", "relax", "protect"):
            frame.at = after
        else:
            self._other(frame, name, at, after)

    def _jump(self, frame: _Frame, to: int) -> None:
        frame.at = to

    def _other(self, frame: _Frame, name: str, at: int, after: int) -> None:
        symbol = tex.symbol(frame.text.text, at)
        if symbol and symbol[1] <= frame.end:
            self._put(symbol[0], frame, at, symbol[1] - at)
            frame.at = symbol[1]
        elif name in tables.DROPPED:
            frame.at = self._dropped(frame, after, tables.DROPPED[name])
        elif name in tables.BEFORE:
            frame.at = self._dropped(frame, after, tables.BEFORE[name])
        elif name in tex.MATH:
            self._put(tex.MATH[name], frame, at, after - at)
            frame.at = after
        else:
            frame.at = self._past_options(frame, after)

    def _control_symbol(self, frame: _Frame) -> None:
        text, at = frame.text.text, frame.at
        sign = text[at + 1 : at + 2]
        if sign == "(":
            end = text.find("\\)", at, min(frame.end, at + 3000))
            self._inline_math(frame, at, at + 2, end, end + 2)
        elif sign == "[":
            end = text.find("\\]", at, frame.end)
            frame.at = end + 2 if end >= 0 else at + 2
        elif sign == "\\":
            frame.at = self._past_options(frame, at + 2 + text.startswith("*", at + 2))
            self._put(" ", frame, at, frame.at - at)
        else:
            symbol = tex.symbol(text, at)
            if symbol is None or symbol[1] > frame.end:
                frame.at = at + 2
            else:
                self._put(symbol[0], frame, at, symbol[1] - at)
                frame.at = symbol[1]

    # -------------------------------------------------------------- arguments

    def _argument(self, frame: _Frame, at: int) -> Argument | None:
        argument = frame.text.argument(at)
        return argument if argument and argument.behind <= frame.end else None

    def _past_options(self, frame: _Frame, at: int) -> int:
        """Behind optional arguments that follow at once (with a space between it may be running text)."""
        while frame.text.text.startswith("[", at):
            option = frame.text.option(at)
            if option is None or option.behind > frame.end:
                break
            at = option.behind
        return at

    def _dropped(self, frame: _Frame, at: int, count: int) -> int:
        at = self._past_options(frame, at)
        for _ in range(count):
            argument = self._argument(frame, at)
            if argument is None:
                break
            at = self._past_options(frame, argument.behind)
        return at

    # -------------------------------------------------------------- citations

    def _cite(self, frame: _Frame, name: str, start: int, after: int) -> None:
        text = frame.text
        star = after
        multi = bool(tables.MULTI.fullmatch(name))
        volume = bool(tables.VOLUME.fullmatch(name))
        items: list[tuple[Argument, str, str]] = []
        at, end = star, star
        while True:
            options: list[str] = []
            while (option := text.option(at)) is not None and len(options) < 4:
                options.append(tex.decode(text.text[option.start : option.end]))
                at = option.behind
            argument = self._argument(frame, at)
            if argument is None or not argument.braced:
                break
            at = argument.behind
            if volume:
                volume_option = text.option(at)
                if volume_option is not None:
                    options.append(tex.decode(text.text[volume_option.start : volume_option.end]))
                    at = volume_option.behind
                keys = self._argument(frame, at)
                if keys is None or not keys.braced:
                    break
                argument, at = keys, keys.behind
            prefix, locator = (options[0], options[-1]) if len(options) > 1 else ("", options[0] if options else "")
            items.append((argument, prefix, locator))
            end = at
            if not multi:
                break
        cited = [
            (start_, end_, key, prefix, locator)
            for argument, prefix, locator in items
            for start_, end_, key in text.keys(argument)
        ]
        if not cited:
            frame.at = after
            return
        frame.at = end
        self._citation(frame, start, end, cited, silent=name == "nocite")

    def _citation(
        self, frame: _Frame, start: int, end: int, cited: list[tuple[int, int, str, str, str]], *, silent: bool = False
    ) -> None:
        """Write a citation command as it stands and note its keys; ``\\nocite`` prints nothing and is no running text."""
        hidden, self.hidden = self.hidden, False
        if silent or hidden:
            self.writer.open(BlockKind.FURNITURE)
        source = frame.text.text[start:end]
        self.writer.put(re.sub(r"\s", " ", source), frame.text.source, start)
        at = self.writer.at - len(source)
        whole = any(key == "*" for _, _, key, _, _ in cited)
        if whole:
            self.everything.append(len(self.citations))
        items = tuple(
            CitedItem(
                span=Span(at + from_ - start, at + to - start),
                key=key,
                prefix=prefix if index == 0 else "",
                locator=locator if index == len(cited) - 1 else "",
            )
            for index, (from_, to, key, prefix, locator) in enumerate(cited)
        )
        self.citations.append(
            Citation(id=f"g{len(self.citations) + 1}", span=Span(at, self.writer.at), text=source, system=System.KEY, items=items)
        )
        if silent or hidden:
            self.writer.close()
        self.hidden = hidden

    def _define(self, name: str, macro: Macro | str) -> None:
        if isinstance(macro, str):  # an alias
            if macro in self.macros:
                self.macros[name] = self.macros[macro]
            elif tables.CITE.fullmatch(macro) and macro not in tables.NOT_CITE:
                self.macros[name] = Macro(count=1, optional=False, body=f"\\{macro}{{#1}}")
            return
        if len(self.macros) < 5000 and not (tables.CITE.fullmatch(name) and wrapper(macro, self.macros) is None):
            self.macros[name] = macro

    def _macro(self, frame: _Frame, macro: Macro, start: int, after: int) -> None:
        keys = wrapper(macro, self.macros)
        if keys is None and macro.count:
            frame.at = self._past_options(frame, after)  # what it does is not known: its arguments are read as text
            return
        if keys is None:
            frame.at = after
            self._put(tex.decode(macro.expanded(self.macros)), frame, start, after - start)
            return
        at, arguments = after, []
        if macro.optional:
            while (option := frame.text.option(at)) is not None:
                at = option.behind
        for _ in range(macro.count - macro.optional):
            argument = self._argument(frame, at)
            if argument is None:
                break
            arguments.append(argument)
            at = argument.behind
        cited: list[tuple[int, int, str, str, str]] = []
        for key in keys:
            if key.startswith("#"):
                number = int(key[1:]) - 1 - macro.optional
                if 0 <= number < len(arguments):
                    cited.extend((a, b, found, "", "") for a, b, found in frame.text.keys(arguments[number]))
            else:
                cited.append((start, at, key, "", ""))
        frame.at = at
        if cited:
            self._citation(frame, start, at, cited)

    # -------------------------------------------------------------- environments and blocks

    def _begin(self, frame: _Frame, after: int) -> None:
        text = frame.text.text
        argument = self._argument(frame, after)
        if argument is None:
            frame.at = after
            return
        name = text[argument.start : argument.end].strip()
        at = argument.behind
        if name == "document":
            self.hidden = False
            frame.at = at
        elif name in tables.VERBATIM or name in tables.DISPLAY:
            end = frame.text.environment_end(name, at)
            frame.at = min(end, frame.end)
            if name in tables.DISPLAY:
                self._put(" ", frame, at, frame.at - at)
        elif name == "thebibliography":
            self._paragraph()
            self.in_list = self.has_list = True
            frame.at = self._dropped(frame, at, 1)
        else:
            if name in tables.TABLES:
                self.tables += 1
                if not self.hidden:
                    self.writer.open(BlockKind.TABLE)
            elif (name in tables.FLOATS or name in tables.LISTS) and not self.tables and not self.in_list:
                self._paragraph()
            if name in tables.LISTS:
                self.counts.append(0 if name in tables.NUMBERED else None)
            count = tables.TABLES.get(name, tables.ENVIRONMENT_ARGUMENTS.get(name, 0))
            frame.at = self._dropped(frame, at, count)

    def _end(self, frame: _Frame, after: int) -> None:
        argument = self._argument(frame, after)
        if argument is None:
            frame.at = after
            return
        name = frame.text.text[argument.start : argument.end].strip()
        frame.at = argument.behind
        if name == "document":
            frame.at = frame.end
        elif name == "thebibliography":
            self._end_entry()
            self.in_list = False
        elif name in tables.LISTS and self.counts:
            self.counts.pop()
            if not self.tables and not self.in_list:
                self._paragraph()
        elif name in tables.TABLES:
            self.tables = max(0, self.tables - 1)
            if not self.tables:
                self._paragraph()
        elif (name in tables.FLOATS or name in tables.LISTS) and not self.tables and not self.in_list:
            self._paragraph()

    def _heading(self, frame: _Frame, name: str, after: int) -> None:
        at = self._past_options(frame, after)
        argument = self._argument(frame, at)
        if argument is None:
            frame.at = at
            return
        if self.in_list or self.tables:
            frame.at = at
            return
        self._paragraph()
        hidden, self.hidden = self.hidden, False
        self.writer.open(BlockKind.HEADING, level=tables.HEADINGS[name])

        def close() -> None:
            self.writer.close()
            self.hidden = hidden

        self._inside(frame, argument, close)

    def _inside(self, frame: _Frame, argument: Argument, close: Callable[[], None]) -> None:
        """Go on inside an argument and do ``close`` at its end."""
        frame.at = argument.start
        if argument.braced:
            frame.closers.setdefault(argument.end, []).append(close)
        else:
            inner = _Frame(frame.text, argument.start, argument.end, frame.path, finish=close)
            frame.at = argument.behind
            self.frames.append(inner)

    def _marked(self, frame: _Frame, name: str, after: int) -> None:
        argument = self._argument(frame, after)
        if argument is None:
            frame.at = after
            return
        start = self.writer.at
        hidden = self.hidden

        def close() -> None:
            if not hidden:
                self.writer.mark(tables.MARKS[name], start)

        self._inside(frame, argument, close)

    def _enquote(self, frame: _Frame, at: int, after: int) -> None:
        argument = self._argument(frame, after)
        if argument is None:
            frame.at = after
            return
        self._put("“", frame, at, argument.start - at)
        self._inside(frame, argument, lambda: self._put("”", frame, argument.end, 1))

    def _note(self, frame: _Frame, after: int) -> None:
        at = self._past_options(frame, after)
        argument = self._argument(frame, at)
        frame.at = argument.behind if argument else at
        if argument is None or self.hidden:
            return
        self.note_count += 1
        label = str(self.note_count)
        self.notes.append(
            _Frame(
                frame.text,
                argument.start,
                argument.end,
                frame.path,
                begin=lambda: self.writer.open(BlockKind.FOOTNOTE, label=label),
                finish=self._paragraph,
            )
        )

    def _item(self, frame: _Frame, after: int) -> None:
        text = frame.text
        option = text.option(after)
        label = tex.decode(text.text[option.start : option.end]) if option else ""
        frame.at = option.behind if option else after
        if not self.hidden and not self.tables:
            self._paragraph()
            number = self.counts[-1] if self.counts and not option else None
            if number is not None:
                self.counts[-1] = number + 1
                label = f"{number + 1}."
            self.writer.open(BlockKind.ITEM, label=label)
            if option and label:
                self.writer.put(label, text.source, option.start, option.end - option.start)
                self.writer.space(text.source, option.end)
            elif label:
                self.writer.put(label + " ", text.source, after, 0)

    def _bibitem(self, frame: _Frame, after: int) -> None:
        text = frame.text
        option = text.option(after)
        argument = self._argument(frame, option.behind if option else after)
        if argument is None:
            frame.at = after
            return
        self._end_entry()
        self.has_list = True
        label = tex.decode(text.text[option.start : option.end]) if option else ""
        key = re.sub(r"%[^\n]*\n?", "", text.text[argument.start : argument.end]).strip()
        self.hidden = False
        self.writer.open(BlockKind.ITEM)
        # natbib's labels ("Smith(2020)Smith and Lee") are instructions, not what is printed
        self.entry = (key, label if label and "(" not in label else None, self.writer.at)
        frame.at = argument.behind
        if not self.in_list:
            self.in_list = True

    def _end_entry(self) -> None:
        if self.entry is None:
            return
        key, label, start = self.entry
        self.entry = None
        self.writer.close()
        text = self.writer.text_from(start)
        span = Span(start, start + len(text))
        self.references.append(
            Reference(id=f"g{len(self.references) + 1}", span=span, raw=text, parts=((0, span),), key=key, label=label)
        )

    # -------------------------------------------------------------- verbatim, links

    def _verbatim_argument(self, frame: _Frame, after: int, *, link: bool) -> None:
        argument = self._argument(frame, after)
        if argument is None:
            frame.at = after
            return
        frame.at = argument.behind
        if not self.hidden:
            start = self.writer.at
            value = frame.text.text[argument.start : argument.end]
            self.writer.put(value, frame.text.source, argument.start)
            if link:
                self.writer.mark(MarkKind.LINK, start, value)

    def _href(self, frame: _Frame, after: int) -> None:
        target = self._argument(frame, after)
        shown = self._argument(frame, target.behind) if target else None
        if target is None or shown is None:
            frame.at = after
            return
        address = frame.text.text[target.start : target.end].replace("\\%", "%").replace("\\#", "#").replace("\\_", "_")
        start = self.writer.at
        hidden = self.hidden

        def close() -> None:
            if not hidden:
                self.writer.mark(MarkKind.LINK, start, address)

        self._inside(frame, shown, close)

    def _verb(self, frame: _Frame, name: str, after: int) -> None:
        text = frame.text.text
        at = self._past_options(frame, after)
        if name == "mintinline":
            at = self._dropped(frame, at, 1)
        sign = text[at : at + 1]
        if sign == "{" and name != "verb":
            argument = self._argument(frame, at)
            frame.at = argument.behind if argument else at
            return
        end = text.find(sign, at + 1, min(frame.end, at + 2000)) if sign and not sign.isspace() else -1
        frame.at = end + 1 if end >= 0 else at

    # -------------------------------------------------------------- other files

    def _input(self, frame: _Frame, name: str, after: int) -> None:
        text = frame.text
        argument = self._argument(frame, after)
        folder = ""
        if argument is None or not argument.braced:
            match = _FILE_NAME.match(text.text, after, frame.end) if name == "input" else None
            if match is None:
                frame.at = after
                return
            wanted, frame.at = match[1], match.end()
        else:
            wanted, frame.at = text.text[argument.start : argument.end].strip(), argument.behind
            if name in ("import", "subimport", "includefrom", "subincludefrom"):
                second = self._argument(frame, argument.behind)
                folder, wanted = wanted, text.text[second.start : second.end].strip() if second else ""
                frame.at = second.behind if second else argument.behind
        wanted = posixpath.join(folder, wanted.strip('"'))
        place = Span(self.writer.at, self.writer.at)
        beside = posixpath.dirname(self.frames[-1].path)
        names = [wanted + ".tex", wanted] if not wanted.endswith((".tex", ".bbl")) else [wanted]
        if any(open_.path and posixpath.normpath(open_.path) in {posixpath.normpath(n) for n in names} for open_ in self.frames):
            self._problem(f"{wanted}: inputs itself; read once", place)
            return
        if len(self.frames) > MAX_DEPTH or self.inputs >= MAX_FILES or self.characters > MAX_CHARACTERS:
            self._problem(f"{wanted}: not read, the document inputs too many files", place)
            return
        reason = ""
        for inside in dict.fromkeys(("", beside)):
            for candidate in names:
                try:
                    shown, data = self.files.read(candidate, inside=inside)
                    content, notices = decode(shown, data)
                except InputError as error:
                    reason = str(error)
                    continue
                self.problems.extend(notices)
                self.inputs += 1
                self._push_file(shown, content, posixpath.normpath(posixpath.join(inside, candidate)))
                return
        self._problem(f"\\{name}: {reason}", place)

    def _problem(self, message: str, place: Span) -> None:
        if len(self.problems) < 100:
            self.problems.append(Problem(message=message, span=place))

    def _push_file(self, shown: str, content: str, path: str = "") -> None:
        if bbl.is_biblatex(content):
            self._listing(bbl.listing(shown, content))
            return
        self.characters += len(content)
        number = next((i for i, known in enumerate(self.sources) if known.path == shown), len(self.sources))
        if number == len(self.sources):
            self.sources.append(Source(path=shown, text=content))
        text = Text(content, number)
        opening = _BEGIN_DOCUMENT.search(content)
        if opening and not self.frames:
            self.hidden = True
            self.frames.append(_Frame(text, 0, len(content), path or posixpath.basename(shown)))
        else:  # a part with a preamble of its own (subfiles): only its body
            self.frames.append(_Frame(text, opening.end() if opening else 0, len(content), path or posixpath.basename(shown)))

    def _bibliography(self, frame: _Frame, after: int) -> None:
        at = self._past_options(frame, after)
        argument = self._argument(frame, at)
        frame.at = argument.behind if argument and argument.braced else at
        if argument is None or not argument.braced:
            return
        place = Span(self.writer.at, self.writer.at)
        for name in frame.text.text[argument.start : argument.end].split(","):
            if name.strip():
                self.wanted.append((name.strip().strip('"'), posixpath.dirname(frame.path), place))

    def _listing(self, listing: structured.Listing) -> None:
        self.references.extend(structured.append(self.writer, self.sources, listing, shared=False))
        self.problems.extend(listing.problems)
        self.has_list = True

    def document(self) -> Document:
        """Everything that was read, with the databases that the document names."""
        found = bibliography.load(
            [name for name, _, _ in self.wanted], self.files, folders=[folder for _, folder, _ in self.wanted]
        )
        unread = found.unread
        if unread and not self.has_list:  # the compiled list stands in for the databases
            stem = posixpath.splitext(posixpath.basename(self.path))[0]
            try:
                shown, data = self.files.read(stem + ".bbl")
                content, notices = decode(shown, data)
                self.problems.extend(notices)
                self._push_file(shown, content, stem + ".bbl")
                self.run()
                unread = ()
            except InputError:
                pass
        if not self.references or found.listings:
            for listing in found.listings:
                self.references.extend(structured.append(self.writer, self.sources, listing, shared=True))
                self.problems.extend(listing.problems)
        self.problems.extend(Problem(message=reason) for _, reason in unread)
        self.writer.close()
        for number in self.everything:
            citation = self.citations[number]
            star = next(item for item in citation.items if item.key == "*")
            every = tuple(CitedItem(span=star.span, key=reference.key) for reference in self.references if reference.key)
            kept = tuple(item for item in citation.items if item.key != "*")
            self.citations[number] = Citation(
                id=citation.id, span=citation.span, text=citation.text, system=citation.system, items=kept + every
            )
        return Document(
            path=self.path,
            format="tex",
            text=self.writer.text,
            sources=tuple(self.sources),
            pieces=tuple(self.writer.pieces),
            blocks=tuple(self.writer.blocks),
            marks=tuple(self.writer.marks),
            problems=tuple(self.problems),
            citations=tuple(citation for citation in self.citations if citation.items),
            references=tuple(self.references),
            list_given=bool(self.has_list or found.listings) and not unread,
            list_unread=tuple(name for name, _ in unread),
        )


def _unescaped(text: str, sign: str, at: int, end: int) -> int:
    """The next ``sign`` that no backslash escapes, or -1."""
    while (found := text.find(sign, at, end)) >= 0:
        if text[found - 1] != "\\" or text[found - 2] == "\\":
            return found
        at = found + 1
    return -1
