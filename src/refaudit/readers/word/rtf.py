"""Rich Text Format: paragraphs, headings, lists, tables, raised text and notes. Pictures, fields' instructions and headers are left out.

Syntax: Rich Text Format Specification 1.9.1 (Microsoft, 2008).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from refaudit.errors import InputError
from refaudit.model import BlockKind, Document, MarkKind
from refaudit.readers.word.paragraph_document import Extract

_TOKEN = re.compile(r"\\(?:([A-Za-z]{1,32})(-?\d{1,9})?[ ]?|'([0-9A-Fa-f]{2})|([^A-Za-z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+")
_UNREAD = frozenset(
    """
    fonttbl colortbl stylesheet info pict object objdata header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn
    aftnsep aftnsepc aftncn themedata colorschememapping latentstyles datastore listtable listoverridetable rsidtbl generator xmlnstbl
    fldinst filetbl revtbl template bkmkstart bkmkend xe tc atnid atnauthor annotation comment nonshppict pntxta pntxtb private
    """.split()
)
"""Destinations whose content is not the text of the document."""
_READ = frozenset({"footnote", "fldrslt", "pntext", "listtext", "shptxt", "result", "rtf"})
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "tab": "\t", "line": "\n",
    "emspace": " ", "enspace": " ", "qmspace": " ", "softline": "\n", "cell": "\t", "nestcell": "\t",
}  # fmt: skip
_SYMBOLS = {"~": "\N{NO-BREAK SPACE}", "_": "\N{NON-BREAKING HYPHEN}", "\\": "\\", "{": "{", "}": "}"}
_ENDS = frozenset({"par", "sect", "page", "row", "nestrow"})
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
"""Character sets of fonts (``\\fcharset``) to code pages; others are those of the document."""
_PAGES = frozenset("437 850 852 866 874 932 936 949 950 1250 1251 1252 1253 1254 1255 1256 1257 1258".split())
_DEEPEST = 2_000
"""Groups in groups; Word writes some twenty."""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until the end of a group."""

    unread: bool = False
    hidden: bool = False
    raised: bool = False
    font: int = -1
    skip: int = 1  # characters behind one in Unicode that stand for it in older programs
    label: bool = False
    note: bool = False


@dataclass(slots=True)
class _Paragraph:
    """A paragraph under construction: its pieces, each with whether it is raised, its label, level and kind."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    label: str = ""
    level: int = 0
    table: bool = False


def read(path: str, data: bytes) -> Document:
    """An RTF file. Raises InputError for what is none."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise InputError(f"{path}: is not RTF, which begins with '{{\\rtf'; name its format with --input-format")
    reader = _Reader(path)
    reader.read(data.decode("latin-1"))
    return reader.extract.document()


class _Reader:
    def __init__(self, path: str) -> None:
        self.extract = Extract(path, "rtf")
        self.state = _State()
        self.groups: list[_State] = []
        self.body = _Paragraph()
        self.note = _Paragraph()
        self.notes: list[_Paragraph] = []
        self.count = 0  # of notes
        self.page = "cp1252"
        self.fonts: dict[int, str] = {}
        self.defined = -1  # the font whose line of the table of fonts is read
        self.codes: list[int] = []  # bytes of a code page that are not decoded yet
        self.left = 0  # characters to be passed over behind one in Unicode
        self.high = ""  # the first half of a character beyond the basic plane

    def read(self, text: str) -> None:
        """Token by token, in one pass."""
        at, length, deeper, starred = 0, len(text), 0, False
        while at < length and (match := _TOKEN.match(text, at)) is not None:
            at = match.end()
            word, number, code, symbol, brace, plain = match.groups()
            if code is None:
                self._decode()
            if brace == "{":
                if len(self.groups) >= _DEEPEST:
                    deeper += 1
                else:
                    self.groups.append(self.state)
            elif brace:
                if deeper:
                    deeper -= 1
                elif self.groups:
                    self._group_ends(self.groups.pop())
            elif word == "bin":
                at += max(0, int(number or 0))
            elif word:
                self._word(word, int(number) if number else None, starred=starred)
            elif symbol == "*":
                starred = True
                continue
            elif code:
                self._code(int(code, 16))
            elif symbol:
                self._put(_SYMBOLS.get(symbol, ""))
                if symbol in "\r\n":
                    self._ends()
            elif plain:
                self._plain(plain)
            starred = False
        self._decode()
        self._ends()

    def _group_ends(self, outer: _State) -> None:
        if self.state.note and not outer.note:
            self.notes.append(self.note)
            self.note = _Paragraph()
        self.state = outer
        self.left = 0

    def _word(self, word: str, number: int | None, *, starred: bool) -> None:
        state = self.state
        if word in _UNREAD or (starred and word not in _READ):
            self.state = replace(state, unread=True)
        elif word == "footnote":
            self.state = replace(state, note=True, raised=False)
        elif word in ("pntext", "listtext"):
            self.state = replace(state, label=True)
        elif word in ("super", "up"):
            self.state = replace(state, raised=number != 0)
        elif word in ("nosupersub", "sub", "dn"):
            self.state = replace(state, raised=False)
        elif word in ("v", "deleted"):
            self.state = replace(state, hidden=number != 0)
        elif word == "plain":
            self.state = replace(state, raised=False, hidden=False, font=-1)
        elif word == "uc":
            self.state = replace(state, skip=max(0, min(number or 0, 9)))
        elif word == "u":
            self._unicode((number or 0) % 65536)
        elif word == "f":
            self.state = replace(state, font=number or 0)
            self.defined = number or 0
        elif word == "fcharset" and number in _CHARSETS and len(self.fonts) < 10_000:
            self.fonts[self.defined] = _CHARSETS[number]
        elif word == "ansicpg":
            self.page = f"cp{number}" if str(number) in _PAGES else self.page
        elif word in ("mac", "pc"):
            self.page = "mac_roman" if word == "mac" else "cp437"
        elif word in _ENDS:
            self._ends()
        elif word == "pard":
            self._paragraph().level, self._paragraph().table = 0, False
        elif word == "outlinelevel":
            self._paragraph().level = (number or 0) + 1 if 0 <= (number or 0) < 9 else 0
        elif word == "intbl":
            self._paragraph().table = True
        elif word in _SIGNS:
            self._put(_SIGNS[word])

    def _paragraph(self) -> _Paragraph:
        return self.note if self.state.note else self.body

    def _unicode(self, code: int) -> None:
        self.left = self.state.skip
        if 0xD800 <= code < 0xDC00:
            self.high = chr(code)
        elif 0xDC00 <= code < 0xE000:
            self._put((self.high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if self.high else "")
            self.high = ""
        else:
            self._put(chr(code) if code else "")

    def _code(self, code: int) -> None:
        if self.left:
            self.left -= 1
        else:
            self.codes.append(code)

    def _plain(self, text: str) -> None:
        skipped = min(self.left, len(text))
        self.left -= skipped
        self._put(text[skipped:].encode("latin-1").decode(self._codec(), "replace"))

    def _codec(self) -> str:
        return self.fonts.get(self.state.font, self.page)

    def _decode(self) -> None:
        if self.codes:
            codes, self.codes = bytes(self.codes), []
            self._put(codes.decode(self._codec(), "replace"))

    def _put(self, text: str) -> None:
        state = self.state
        if not text or state.unread or state.hidden:
            return
        if state.label:
            self._paragraph().label = (self._paragraph().label + text)[:40]
        else:
            self._paragraph().pieces.append((text, state.raised))

    def _ends(self) -> None:
        """A paragraph ends; behind one of the text stand its notes."""
        if self.state.unread:
            return
        if self.state.note:
            self.note.pieces.append((" ", False))
            return
        done, self.body = self.body, _Paragraph(level=self.body.level, table=self.body.table)
        kind = (
            BlockKind.HEADING
            if done.level
            else BlockKind.TABLE
            if done.table
            else BlockKind.ITEM
            if done.label
            else BlockKind.PARAGRAPH
        )
        self._write(done, kind)
        notes, self.notes = self.notes, []
        for note in notes:
            self.count += 1
            note.label = str(self.count)
            self._write(note, BlockKind.FOOTNOTE)

    def _write(self, done: _Paragraph, kind: BlockKind) -> None:
        label = done.label.strip()
        self.extract.open(kind, level=done.level, label=label)
        if kind is not BlockKind.FOOTNOTE and label and any(sign.isalnum() for sign in label) and done.pieces:
            self.extract.put(label + " ")
        first = True
        for text, raised in done.pieces:
            shown = text.lstrip() if first else text
            start = self.extract.at
            self.extract.put(shown)
            if raised:
                self.extract.mark(MarkKind.SUPERSCRIPT, start)
            first = first and not shown
        self.extract.close()
