"""Markdown: markup taken out, its evidence (superscripts, links, italics, headings) kept as marks and blocks.

A linear scanner: one expression finds the characters that can begin a construct, another names the construct there,
and each match either goes, stays, or is replaced.
CommonMark's finer rules of emphasis do not matter here: no letter is ever lost, only markup.
"""

from __future__ import annotations

import html
import re

from refaudit.model import Block, BlockKind, Document, Mark, MarkKind, Piece, Problem, Source, Span
from refaudit.readers.decode import decode
from refaudit.readers.plain import furniture

_TAGS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s"
    "|section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul"
)
_SPECIAL = re.compile(r"[<\\&\[!^`*_#~$@]|^ {0,3}:::|[ \t]{0,3}\{[#.]", re.MULTILINE)
_INLINE = re.compile(
    r"""
      (?P<comment><!--)
    | (?P<fence>(?P<ticks>```+|~~~+)(?P<info>[^\n\r]*))
    | (?P<div>[ ]{0,3}:{3,}[^\n\r]*)
    | (?P<attributes>(?:(?<=[\])])|[ \t]{1,3}(?=\{[^{}\n]{0,300}\}[ \t]*$))\{[\#.][^{}\n]{0,300}\})
    | (?P<heading>(?:^|(?<=\n[ ])|(?<=\n[ ]{2})|(?<=\n[ ]{3}))(?P<hashes>\#{1,6})[ \t]+)
    | (?P<definition>(?:^|(?<=\n[ ])|(?<=\n[ ]{2})|(?<=\n[ ]{3}))\[\^(?P<note>[^\]\s]{1,60})\]:[ \t]*)
    | (?P<formula>\$\$(?:[^$\\]|\\.){1,20000}\$\$
        |\$(?![\s$])(?:[^$\\\r\n]|\\.|\r?\n(?![ \t]*\r?\n)){1,2000}(?<![\s])\$(?!\d)
        |\\begin\{(?P<displayed>(?:equation|align|alignat|gather|multline|eqnarray|displaymath|math)\*?)\})
    | (?P<escape>\\(?P<char>[!-/:-@\[-`{-~]))
    | (?P<unread><(?P<unreadname>script|style)\b[^<>]{0,2000}>)
    | <(?P<auto>(?:https?|ftp)://[^\s<>]{1,2000}|mailto:[^\s<>]{1,200}|[\w.+-]{1,64}@[\w.-]{1,190})>
    | (?P<tag></?(?P<tagname>"""
    + _TAGS
    + r""")\b[^<>]{0,500}>)
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
    | (?P<noteref>\[\^(?P<noteid>[^\]\s\^]{1,60})\](?!:))
    | \[(?P<inner>(?:[^\[\]\\@]|\\.){0,2000})\](?=\{[\#.])
    | (?P<image>!?)\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\]){0,600})\]
        \((?P<url><[^<>\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000}){0,4})(?:\s+"[^"\n]{0,300}")?\)
    | \^(?P<raised>[^\s^\[\]](?:[^^\n\[\]]{0,60}[^\s^\[\]])?)\^
    | \^\[(?P<bracket>[\d\s,;–—-]{1,60})\]\^?
    | (?P<code>(?<=[a-z]\})`[^`]{1,2000}`|`[^`\n]{1,500}`)
    | (?P<key>(?<![\w\\.])@\w+(?:[:.\#$%&+?~/-]\w+){0,40})
    | (?P<star>(?<![*\w\\])\*{1,3}(?=[^\s*])|(?<=[^\s*\\])\*{1,3}(?![*\w]))
    | (?P<under>(?<![\w\\])_{1,3}(?=[^\s_])|(?<=[^\s_\\])_{1,3}(?!\w))
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_RAISED_FORMULA = re.compile(r"\$\s?\^\{?\s?(?P<inner>\[?\d[\d\s,;–—-]{0,60}\]?)\s?\}?\s?\$")
"""A raised number written as a formula is a citation or a note: "$^{1,2}$"."""
_TEXT_DIRECTIVE = re.compile(
    r"\{(?:admonition|note|warning|tip|hint|important|caution|attention|danger|error|seealso|figure|table|list-table|epigraph|quote"
    r"|pull-quote|highlights|exercise(?:-start)?|solution(?:-start)?|(?:prf|proof):\w{1,20}|dropdown|card|sidebar|margin|topic|glossary"
    r"|aside|tab-item|tab-set|tabbed|panels|grid|grid-item|grid-item-card|div|container|compound|abstract|blockquote|definition|theorem)\}"
)
"""Fenced blocks of MyST whose content is text; those of any other name are code or data."""
_CITES = re.compile(r"(?<![\w.+])@[\w{]|\{cite")
_DEEPEST = 20
_FENCE_INDENT = 16  # a fence in a list in a list stands far to the right
_CODE_LIKE = re.compile(
    r"[=;{}|]|\w[(\[]|<-|->|::|^[^\S\n]*(?:[#$>%]|import\b|from\b|def\b|for\b|if\b|sudo\b|pip\b)", re.MULTILINE
)
_WHOLE_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_INDENTED = re.compile(r"(?: {4}|\t)")
_LIST_ITEM = re.compile(r" {0,3}(?:(?:[-*+•]|\(?\w{1,4}[.)]|:)[ \t]|\[\^[^\]\s]{1,60}\]:\s)")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_SETEXT = re.compile(r"^(?P<title>[^\s\-=#>|][^\n]{0,200}?)\r?\n(?P<line>={2,}|-{2,})[ \t]*$", re.MULTILINE)


class _View:
    """The text without markup, growing, with the map of where it came from."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.depth = 0  # of the directives that are open
        self.stop = len(source)  # where the stretch ends that is being read
        self.absent: set[str] = set()  # closing marks that do not come any more
        self.pieces: list[Piece] = []
        self.length = 0

    def keep(self, start: int, end: int) -> None:
        """Take over ``source[start:end]`` as it stands."""
        if end > start:
            self.pieces.append(Piece(self.length, start, end - start))
            self.parts.append(self.source[start:end])
            self.length += end - start

    def put(self, text: str, start: int, end: int) -> None:
        """Read ``source[start:end]`` as ``text``."""
        if text:
            self.pieces.append(Piece(self.length, start, end - start))
            self.parts.append(text)
            self.length += len(text)


def read(path: str, data: bytes) -> Document:
    """A document whose text is the Markdown without its markup; citations by key are not looked for."""
    return from_text(path, *decode(path, data))


def from_text(path: str, source: str, problems: tuple[Problem, ...] = ()) -> Document:
    """The same of a text that is decoded."""
    view = _View(source)
    blocks: list[Block] = []
    marks: list[Mark] = []
    sups: list[int] = []
    at = 0
    front = _FRONT_MATTER.match(source)
    if front:
        at = front.end()
    _scan(view, at, len(source), blocks, marks, sups)
    text = "".join(view.parts)
    blocks.extend(_headings(text, blocks))
    blocks.extend(furniture(text))
    blocks.extend(Block(kind=BlockKind.CODE, span=span) for span, code in indented(text) if code)
    return Document(
        path=path,
        format="md",
        text=text,
        sources=(Source(path=path, text=source),),
        pieces=tuple(view.pieces) or (Piece(0, 0, 0),),
        blocks=tuple(sorted(blocks, key=lambda block: block.span.start)),
        marks=tuple(sorted(marks, key=lambda mark: mark.span.start)),
        problems=problems,
    )


def _scan(view: _View, at: int, stop: int, blocks: list[Block], marks: list[Mark], sups: list[int]) -> None:
    """Take over ``source[at:stop]`` without its markup."""
    source, kept, outer = view.source, at, view.stop
    view.stop = stop
    while True:
        special = _SPECIAL.search(source, at, stop)
        if special is None:
            break
        match = _INLINE.match(source, special.start(), stop)
        if match is None:
            at = special.end()
            continue
        view.keep(kept, match.start())
        kept = at = _inline(match, view, blocks, marks, sups)
    view.keep(kept, stop)
    view.stop = outer


def _closing(view: _View, mark: str, at: int) -> int:
    """Where ``mark`` stands behind ``at``, whatever its case, -1 for nowhere; what is nowhere is not looked for again."""
    if mark in view.absent:
        return -1
    found = re.compile(re.escape(mark), re.IGNORECASE).search(view.source, at, view.stop)
    if found is None:
        view.absent.add(mark)
        return -1
    return found.start()


def _inline(match: re.Match[str], view: _View, blocks: list[Block], marks: list[Mark], sups: list[int]) -> int:
    """Take over one construct; returns where reading goes on."""
    source, start, end = view.source, match.start(), match.end()
    begin = view.length
    if match["comment"]:
        close = source.find("-->", end)
        return len(source) if close < 0 else close + 3
    if match["fence"]:
        return _fenced(match, view, blocks, marks, sups)
    if match["formula"]:
        return _formula(match, view, blocks, marks)
    if match["unread"]:
        close = _closing(view, f"</{match['unreadname']}", end)
        return min(view.stop, source.find(">", close) + 1 or view.stop) if close >= 0 else end
    if match["heading"]:
        blocks.append(Block(kind=BlockKind.HEADING, span=Span(begin, begin), level=len(match["hashes"])))
        return end
    if match["definition"]:
        view.keep(start, end)
        blocks.append(Block(kind=BlockKind.FOOTNOTE, span=Span(view.length, view.length), label=match["note"]))
        return end
    if match["escape"]:
        view.put(match["char"], start, end)
        if match["char"] == "@":  # begins no key
            blocks.append(Block(kind=BlockKind.CODE, span=Span(begin, view.length)))
        return end
    if match["auto"]:
        view.keep(*match.span("auto"))
        marks.append(Mark(kind=MarkKind.LINK, span=Span(begin, view.length), target=match["auto"]))
        return end
    if match["tag"]:
        _tag(match, view, marks, sups)
        return end
    if match["entity"]:
        view.put(html.unescape(match["entity"]), start, end)
        return end
    if match["noteref"]:
        view.keep(start, end)
        marks.append(Mark(kind=MarkKind.NOTE, span=Span(begin, view.length), target=match["noteid"]))
        return end
    if match["inner"] is not None:  # a stretch with attributes: "[text]{.class}"
        _scan(view, *match.span("inner"), blocks, marks, sups)
        return end
    if match["label"] is not None:
        # the text of a link may hold markup; the description of a figure is its caption
        if not match["image"] or _CITES.search(match["label"]):
            _scan(view, *match.span("label"), blocks, marks, sups)
        if not match["image"]:
            marks.append(Mark(kind=MarkKind.LINK, span=Span(begin, view.length), target=match["url"].strip("<>")))
        return end
    if match["raised"] is not None or match["bracket"] is not None:
        inner = match.span("raised") if match["raised"] is not None else (match.start("bracket") - 1, match.end("bracket") + 1)
        view.keep(*inner)
        marks.append(Mark(kind=MarkKind.SUPERSCRIPT, span=Span(begin, view.length)))
        return end
    if match["key"] or match["code"]:  # the underscores of a key are no emphasis
        view.keep(start, end)
        if match["code"]:
            blocks.append(Block(kind=BlockKind.CODE, span=Span(begin, view.length)))
        return end
    return end  # emphasis, marks of divisions, attributes


def _tag(match: re.Match[str], view: _View, marks: list[Mark], sups: list[int]) -> None:
    """A tag of HTML: raised text is marked, a break is one, the others go."""
    name = match["tagname"].lower()
    if name == "sup":
        if not match["tag"].startswith("</"):
            sups.append(view.length)
        elif sups:
            marks.append(Mark(kind=MarkKind.SUPERSCRIPT, span=Span(sups.pop(), view.length)))
    elif name == "br":
        view.put("\n", *match.span())


def _fenced(match: re.Match[str], view: _View, blocks: list[Block], marks: list[Mark], sups: list[int]) -> int:
    """A fenced block: kept as code, or read as text where it is a directive with text in it."""
    source, start, begin = view.source, match.start(), view.length
    ticks = match["ticks"]
    line = source.rfind("\n", max(0, start - _FENCE_INDENT), start) + 1
    if (start - line > _FENCE_INDENT and line == 0) or source[line:start].strip(" \t>") or "`" in match["info"]:
        return _ticked(match, view, blocks)
    close = re.compile(rf"^[ \t>]{{0,16}}{ticks[0]}{{{len(ticks)},}}[ \t]*\r?$", re.MULTILINE).search(
        source, match.end(), view.stop
    )
    stop = view.stop if close is None else close.end()
    if close is not None and view.depth < _DEEPEST and _TEXT_DIRECTIVE.match(match["info"].strip()):
        name_end = match.start("info") + match["info"].index("}") + 1
        view.depth += 1
        _scan(view, name_end, close.start(), blocks, marks, sups)
        view.depth -= 1
        return stop
    view.keep(start, stop)
    blocks.append(Block(kind=BlockKind.CODE, span=Span(begin, view.length)))
    return stop


def _ticked(match: re.Match[str], view: _View, blocks: list[Block]) -> int:
    """Three ticks within a line: code up to the next three, else as they stand."""
    begin, end = view.length, match.end("ticks")
    close = view.source.find(match["ticks"], end, min(view.stop, end + 2000))
    end = end if close < 0 else close + len(match["ticks"])
    view.keep(match.start(), end)
    if close >= 0:
        blocks.append(Block(kind=BlockKind.CODE, span=Span(begin, view.length)))
    return end


def _formula(match: re.Match[str], view: _View, blocks: list[Block], marks: list[Mark]) -> int:
    """A formula is kept as code; a raised number written as one is a raised number."""
    start, end, begin = match.start(), match.end(), view.length
    raised = _RAISED_FORMULA.fullmatch(match["formula"])
    if raised:
        view.keep(*(start + place for place in raised.span("inner")))
        marks.append(Mark(kind=MarkKind.SUPERSCRIPT, span=Span(begin, view.length)))
        return end
    if match["displayed"]:
        close = _closing(view, f"\\end{{{match['displayed']}}}", end)
        end = end if close < 0 else close + len(match["displayed"]) + 6
    view.keep(start, end)
    blocks.append(Block(kind=BlockKind.CODE, span=Span(begin, view.length)))
    return end


def indented(text: str) -> list[tuple[Span, bool]]:
    """Stretches of lines set in by four, behind a blank line, outside lists and notes, and whether each reads like code."""
    found: list[tuple[Span, bool]] = []
    held: list[tuple[int, int]] = []
    blank, listed = True, False
    at = 0
    for line in [*_WHOLE_LINE.findall(text), "end"]:
        if not line.strip():
            blank = True
        elif _INDENTED.match(line):
            if held or (blank and not listed):
                held.append((at, at + len(line.rstrip())))
            blank = False
        else:
            if held:
                code = 2 * sum(_CODE_LIKE.search(text, *one) is not None for one in held) > len(held)
                found.append((Span(held[0][0], held[-1][1]), code))
            held = []
            listed = _LIST_ITEM.match(line) is not None or (listed and (not blank or line[0] == " "))
            blank = False
        at += len(line)
    return found


def _headings(text: str, opened: list[Block]) -> list[Block]:
    """Close headings and footnotes at the end of their line or paragraph, and add underlined headings."""
    closed: list[Block] = []
    for index, block in enumerate(opened):
        if block.span.start == block.span.end and block.kind in (BlockKind.HEADING, BlockKind.FOOTNOTE):
            stop = re.compile(
                r"\r?\n|\Z" if block.kind is BlockKind.HEADING else r"\r?\n[ \t]*\r?\n(?![ \t]{2,}\S)|\r?\n(?=\[\^)|\Z"
            ).search(text, block.span.start)
            end = stop.start() if stop else len(text)
            end -= len(text[block.span.start : end]) - len(text[block.span.start : end].rstrip())
            opened[index] = Block(kind=block.kind, span=Span(block.span.start, end), level=block.level, label=block.label)
    for match in _SETEXT.finditer(text):
        closed.append(Block(kind=BlockKind.HEADING, span=Span(*match.span("title")), level=1 if match["line"][0] == "=" else 2))
    return closed
