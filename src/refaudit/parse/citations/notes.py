"""Citations without a year beside the name: notes (Chicago, MHRA) and author-page brackets (MLA).

Both print names, perhaps a short title in quotation marks, perhaps pages. The list decides: a piece is a citation when
its first name is a first author of the list, and a printed title settles which of the works is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from refaudit.model import BlockKind, CitedItem, Document, Name, Span
from refaudit.parse.citations.author_date import Found, Group, groups_in
from refaudit.parse.citations.names import Names, backwards, read, tokens
from refaudit.parse.entries.author_year import YEAR, years_in
from refaudit.parse.entries.index import ListIndex, name_key
from refaudit.parse.entries.sections import Line, entry_score
from refaudit.parse.lexicon import LABEL, PREFIXES
from refaudit.text import letters, whole

_QUOTED = re.compile(
    r"[“\"«„](?P<double>[^”\"»“]{3,400}?)[,.?!]?[”\"»“]|(?<!\w)[‘'](?P<single>\S[^\n]{2,400}?)[,.?!]?[’'](?=[\s,.;:)\]]|$)"
)
_IMPRINT = re.compile(r"\([^()]{3,60}[:,]\s[^()]{2,60}\d{4}\)")
_IBID = re.compile(r"(?i)^\W*(?:ibid(?:em)?|ebd|ebenda|id|idem|eadem)\b\.?")
_AGAIN = re.compile(r"(?i)\b(?:op\.?\s?cit|loc\.?\s?cit|a\.?\s?a\.?\s?O|cit\.)")
_SEE_NOTE = re.compile(
    r"(?i)\b(?:see|cf\.?|siehe|vgl\.?|voir|ver|véase|above)?\s*(?:note|n\.|fn\.?|footnote|Anm\.|nota)\s?(?P<note>\d{1,4})\b"
    r"|\(n\s(?P<short>\d{1,4})\)"
)
_NOTES_HEADING = re.compile(
    r"(?i)^[\s#*_]*(?:\d{1,2}\.?\s)?(?:end|foot)?(?:notes?|notas?|anmerkungen|fu(?:ß|ss)noten|notes de bas de page|note)[\s:.*_#]*$"
)
_PAGES = re.compile(
    r"(?i)[\s,:]+(?:pp?\.|S\.|fols?\.|§)?\s*[\divxlc]+(?:\s?[-–—]\s?[\divxlc]+)?(?:\s*,\s*\d+(?:\s?[-–]\s?\d+)?)*\s*\.?$"
)
_ONLY_PAGES = re.compile(r"(?:pp?\.\s?)?\d{1,4}(?:\s?[-–—]\s?\d{1,4})?(?:\s?,\s?\d{1,4}(?:\s?[-–—]\s?\d{1,4})?){0,5}")
_PIECE = re.compile(r"(?:[^;“”\"«»()]|[“\"«][^”\"»]{0,600}[”\"»]|\([^()]{0,300}\)|[“”\"«»()])+")


# "Ibid., 159. But compare Boogert, ...": a new sentence of a note that goes on to another work.
_TURN = re.compile(
    r"[.)”\"»]\s+(?=(?:But\s|And\s)?(?:[Ss]ee|[Cc]ompare|[Cc]f|Cfr|Vgl|Siehe|Dazu|Voir|Véase|Vedi|Ver)\b(?!\s(?:note|n\.|fn)))"
)


def pieces(text: str, start: int, end: int) -> list[Span]:
    """The stretches between semicolons that stand outside quotations and brackets, cut where a sentence names another work."""
    found = []
    for a, b in _stretches(text, start, end):
        while a < b and text[a].isspace():
            a += 1
        while b > a and (text[b - 1].isspace() or text[b - 1] == ","):
            b -= 1
        if b > a:
            found.append(Span(a, b))
    return found


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _PIECE.finditer(text, start, end):
        quoted = [title.span() for title in _QUOTED.finditer(text, *match.span())]
        at = match.start()
        for turn in _TURN.finditer(text, *match.span()):
            if not any(first <= turn.start() < last - 1 for first, last in quoted):
                yield at, turn.end()
                at = turn.end()
        yield at, match.end()


def read_piece(text: str, span: Span, index: ListIndex) -> CitedItem | None:
    """The work that one piece names, when the list knows its first author; None for anything else."""
    value = text[span.start : span.end]
    quoted = _QUOTED.search(value)
    title = (quoted["double"] or quoted["single"]).strip() if quoted else ""
    stop = quoted.start() if quoted else len(value)
    head = value[:stop]
    locator = ""
    if not quoted:
        years = years_in(head)
        cut = _PAGES.search(head)
        if cut and cut.start() > 0:
            locator, head = head[cut.start() :].strip(" ,:."), head[: cut.start()]
        elif years:
            head = head[: years[0][0]]
    names = _names(text, span.start, span.start + len(head), index)
    if names is None and title and not head.strip():  # a work without author is cited by its title
        names = Names((Name(literal=title),), False, span.start, span.end, False, True)
        title = ""
    if names is None or not index.knows(names.names[0]):
        return None
    people = names.names
    author, *others = people
    if not title and len(others) == 1 and _is_title(others[0], author, index):
        people, title = (author,), others[0].literal or others[0].family
    return CitedItem(span=span, names=people, et_al=names.et_al, title=title, locator=locator)


def _is_title(name: Name, author: Name, index: ListIndex) -> bool:
    """Whether what reads as a second name is a short title whose italics were lost ("Jackson, Castle 41")."""
    heads = [index.head(match.entry) for match in index.matches((author,), False, None)]
    value = letters(name.literal or f"{name.given} {name.family}")
    return not any(name_key(name) in head.grams for head in heads) and any(value in letters(head.after) for head in heads)


def _names(text: str, start: int, end: int, index: ListIndex) -> Names | None:
    found = tokens(text, start, end)
    while found and found[-1].kind == "mark":
        found.pop()
    while found and found[0].text.casefold().strip(".") in PREFIXES:
        found.pop(0)
    first = backwards(found, bracketed=True)
    names = read(text, found[first:], index.knows) if first == 0 and found else None
    if names is not None and index.knows(names.names[0]):
        return names
    # names come first, a title in italics (which is lost) behind them: the stretch up to the first comma
    comma = next((i for i, token in enumerate(found) if token.kind == "mark" and token.text in ",.:" and i), len(found))
    found = found[:comma]
    first = backwards(found, bracketed=True)
    return read(text, found[first:], index.knows) if first < len(found) else None


# ------------------------------------------------------------------ notes


def notes_of(document: Document, lines: Sequence[Line]) -> list[tuple[str, Span]]:
    """The notes of a document with their labels: footnote blocks, or the numbered lines below a heading "Notes"."""
    blocks = [(block.label, block.span) for block in document.blocks if block.kind is BlockKind.FOOTNOTE]
    if blocks:
        return blocks
    for number, line in enumerate(lines):
        if _NOTES_HEADING.match(line.text):
            found: list[tuple[str, Span]] = []
            for other in lines[number + 1 :]:
                label = LABEL.match(other.text)
                mark = label and next(
                    (value for value in label.group("square", "round", "stop", "raised", "bare") if value), None
                )
                if label and mark and whole(mark) == len(found) + 1:
                    found.append((mark, Span(other.start + label.end(), other.end)))
                elif found and not other.blank:
                    found[-1] = (found[-1][0], Span(found[-1][1].start, other.end))
                elif found:
                    break
            if len(found) >= 3:
                return found
    return []


def note_entries(document: Document, notes: Sequence[tuple[str, Span]]) -> list[Span]:
    """The full references that stand in the notes of a document without a list, each work once.

    Only where a good part of the notes reads like entries: notes that comment on the text hold none.
    """
    text = document.text
    found: list[Span] = []
    known: set[str] = set()
    for _, span in notes:
        for piece in pieces(text, span.start, span.end):
            value = text[piece.start : piece.end]
            work = letters(value)[:60]
            if _full(value) and work not in known:
                known.add(work)
                found.append(piece)
    return found if len(found) >= 3 and len(found) >= 0.3 * len(notes) else []


def _full(value: str) -> bool:
    """Whether a piece of a note is a whole reference: names, a title set apart, and where it appeared."""
    return entry_score(value) >= 3 and bool(YEAR.search(value)) and bool(_QUOTED.search(value) or _IMPRINT.search(value))


def note_citations(document: Document, notes: Sequence[tuple[str, Span]], index: ListIndex) -> list[Found]:
    """One citation a note that names works of the list; "ibid." repeats the work before, "see note 12" that of the note."""
    text = document.text
    found: list[Found] = []
    last: CitedItem | None = None
    by_label: dict[str, CitedItem] = {}
    for label, span in notes:
        items: list[CitedItem] = []
        for piece in pieces(text, span.start, span.end):
            value = text[piece.start : piece.end]
            again = _SEE_NOTE.search(value)
            meant = by_label.get(again["note"] or again["short"]) if again else None
            if _IBID.match(value) and last is not None:
                item: CitedItem | None = replace(last, span=piece, locator="")
            else:
                item = read_piece(text, piece, index)
                if meant and (item is None or item.names[:1] == meant.names[:1]):
                    item = replace(meant, span=piece, locator="")
                elif item is not None and _AGAIN.search(value):
                    earlier = next((known for known in reversed(by_label.values()) if known.names[:1] == item.names[:1]), None)
                    item = replace(earlier, span=piece, locator="") if earlier else item
            if item is not None:
                items.append(item)
                last = item
        if items:
            by_label[label] = items[0]
            found.append(Found(span, tuple(items), False))
    return found


# ------------------------------------------------------------------ author and page in brackets


def author_page(text: str, stretches: Sequence[tuple[int, int]], index: ListIndex) -> list[Found]:
    """Brackets whose pieces all begin with a first author of the list ("(Smith 23; Jones and Lee, “Title”)")."""
    found = []
    for start, end in stretches:
        for group in groups_in(text, start, end):
            if text[group.open] != "(" or group.close - group.open > 400 or group.close - group.open < 4:
                continue
            if _ONLY_PAGES.fullmatch(text, group.open + 1, group.close):
                named = _named_before(text, max(start, group.open - 80), group, index)
                found += [named] if named else []
                continue
            parts = pieces(text, group.open + 1, group.close)
            items = [item for part in parts if (item := _bracket_piece(text, part, index))]
            if items and len(items) == len(parts):
                found.append(Found(Span(items[0].span.start, items[-1].span.end), tuple(items), False))
    return found


def _named_before(text: str, floor: int, group: Group, index: ListIndex) -> Found | None:
    """ "Downey and Jones (215)": the names of the list that stand right before a bracket with pages."""
    found = tokens(text, floor, group.open)
    for first in range(backwards(found, bracketed=False), len(found)):
        names = read(text, found[first:], index.knows) if found[first].kind == "name" else None
        if names is not None and index.knows(names.names[0]):
            item = CitedItem(
                span=Span(names.start, group.close),
                names=names.names,
                et_al=names.et_al,
                locator=text[group.open + 1 : group.close].strip(),
            )
            return Found(item.span, (item,), True)
    return None


def _bracket_piece(text: str, span: Span, index: ListIndex) -> CitedItem | None:
    item = read_piece(text, span, index)
    if item is None:
        return _by_title(text, span, index)
    family = item.names[0].literal or item.names[0].family
    rest = text[span.start : span.end].replace(item.title, "")
    words = [word.strip(".,“”\"'’&-") for word in rest.split()]
    named = {part for name in item.names for part in f"{name.particle} {name.family} {name.given} {name.literal}".split()}
    free = [
        w
        for w in words
        if w
        and not any(c.isdigit() for c in w)
        and w not in named
        and w.casefold() not in PREFIXES
        and w not in ("et", "al", "others")
    ]
    return item if len(free) <= 1 and not (family.isupper() and len(family) < 3) else None


def _by_title(text: str, span: Span, index: ListIndex) -> CitedItem | None:
    """ "(Hill House 34)": a short title and pages, where one entry alone has that title."""
    value = text[span.start : span.end]
    pages = _PAGES.search(value)
    title = value[: pages.start()].strip() if pages else ""
    if not title[:1].isupper() or not index.matches((), False, None, title):
        return None
    return CitedItem(span=span, title=title, locator=value[len(title) :].strip(" ,:."))


def reached(found: Sequence[Found], index: ListIndex) -> int:
    """How many entries of the list these citations reach."""
    return len({index.matches(item.names, item.et_al, None, item.title)[0].entry for one in found for item in one.items})
