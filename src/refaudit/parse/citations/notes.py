"""Citations in notes (Chicago, MHRA, and the habits of German, French, Italian and legal notes).

A note prints names, a title in quotation marks or italics (in full, or short after the first time), perhaps where and when
it appeared, perhaps pages. The list decides: a piece is a citation when its first name is a first author of the list, and
a printed title settles which of the works is meant; its year is compared with the list's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from refaudit.model import BlockKind, CitedItem, Document, MarkKind, Name, Span, Year
from refaudit.parse.citations.brackets import Found
from refaudit.parse.citations.names import Names, backwards, read, tokens
from refaudit.parse.entries.index import ListIndex, name_key
from refaudit.parse.entries.sections import Line, entry_score
from refaudit.parse.label import LABEL, label_of
from refaudit.parse.years import NUMBER, YEAR, years_in
from refaudit.text import letters, whole
from refaudit.words.et_al import PATTERN as ET_AL
from refaudit.words.prose import PREFIXES

_QUOTED = re.compile(
    r"[“\"«„](?P<double>[^”\"»“]{3,400}?)[,.?!]?[”\"»“]|(?<!\w)[‘'](?P<single>\S[^\n]{2,400}?)[,.?!]?[’'](?=[\s,.;:)\]]|$)"
)
_IMPRINT = re.compile(
    r"\([^()]{3,60}[:,]\s[^()]{2,60}\d{4}\)"
    # "Hamburg 2018, S. 12", "Paris, Seuil, 1984, p. 12": place and year bare between commas; "in: Zeitschrift 12 (2019), S. 1–9"
    rf"|,\s[^\W\d_a-z][^\W\d_]{{2,20}}(?:[/ –-]{{1,3}}[^\W\d_][^\W\d_.]{{1,20}}){{0,3}},?\s{NUMBER}(?:,\s(?:S|pp?|s)\.|\.?$)"
    rf"|\b[Ii]n:?\s[^()\n]{{3,120}}\s\d{{1,4}}\s\({NUMBER}\),\s(?:S|pp?|Sp)\."
)
_FEW_NOTES = 3
_SKIPPED = 4  # how much more than the one before the number of a note may be
_PARAGRAPHS = 6  # lines of a note that follow its first
_BEFORE_NOTES = 3  # lines between the heading and the first note
_FEW_WORKS = 2
_LONGEST_PERSON = 4  # words and marks of an author that the list does not have: two names, or initials and a name
_STRANGE = 0.65
CIRCLED = {chr(0x2460 + number - 1): number for number in range(1, 21)}  # "①", the marks of Chinese and Japanese notes
_IBID = re.compile(r"(?i)^\W*(?:ibid(?:em)?|ebd|ebenda|id|idem|eadem)\b\.?")
_AGAIN = re.compile(r"(?i)\b(?:op\.?\s?cit|loc\.?\s?cit|a\.?\s?a\.?\s?O|cit\.)")
_SEE_NOTE = re.compile(
    r"(?i)\b(?:see|cf\.?|siehe|vgl\.?|voir|ver|véase|above)?\s*(?:note|n\.|fn\.?|footnote|Anm\.|nota)\s?(?P<note>\d{1,4})\b"
    r"|\(n\s(?P<short>\d{1,4})\)"
)
_NOTES_HEADING = re.compile(
    r"(?i)^[\s#*_]*(?:\d{1,2}\.?\s)?(?:end|foot)?(?:notes?|notas?|anmerkungen|fu(?:ß|ss)noten|notes de bas de page|note)[\s:.*_#]*$"
)
PAGES = re.compile(
    r"(?i)(?<![\s,:])[\s,:]+(?:(?:pp?\.|S\.|fols?\.|§)\s*)?[\divxlc]+(?:\s?[-–—]\s?[\divxlc]+)?(?:\s*,\s*\d+(?:\s?[-–]\s?\d+)?)*\s*\.?$"
)
_PIECE = re.compile(r"(?:[^;“”\"«»()]|[“\"«][^”\"»]{0,600}[”\"»]|\([^()]{0,300}\)|[“”\"«»()])+")


SAME_AUTHOR = re.compile(
    r"(?:Ders|Dies|Derselbe|Dieselbe|Idem|Id|Eadem|Ead|ders|dies|idem|id|eadem)\.?,?\s+(?=[^\W\d_]{2}|[“\"«„*‘'])"
)
_UP_TO_COMMA = re.compile(r"[\s,.:]{0,4}([^,(\[;:\n“\"«„]{5,200}(?::\s[^,(\[;:\n“\"«„]{3,200})?)")


# "Ibid., 159. But compare Boogert, ...": a new sentence of a note that goes on to another work.
_TURN = re.compile(
    r"[.)”\"»]\s+(?=(?:But\s|And\s|Also\s)?(?:[Ss]ee|[Nn]ote\shere|[Cc]ompare|[Cc]f|Cfr|Vgl|Siehe|Dazu|Voir|Véase|Vedi|Ver)\b(?!\s(?:note|n\.|fn)))"
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


def read_piece(
    text: str, span: Span, index: ListIndex, italics: Sequence[Span] = (), same: CitedItem | None = None
) -> CitedItem | None:
    """The work that one piece names, when the list knows its first author; None for anything else.

    ``italics`` are the stretches set in italics, ``same`` the work of the piece before, whose author "Ders." and "Idem" repeat.
    """
    value = text[span.start : span.end]
    title, stop = _title_of(value, span.start, italics)
    again = SAME_AUTHOR.match(value)
    head = value[again.end() if again else 0 : stop]
    locator, year = "", _year_of(value)
    if not title:
        cut = PAGES.search(head)
        printed = YEAR.fullmatch(cut.group().strip(" ,:.")) if cut else None
        if cut and cut.start() > 0 and not printed:
            locator, head = head[cut.start() :].strip(" ,:."), head[: cut.start()]
        elif found := years_in(head):
            head, year = head[: found[0][0]], year or (found[0][2] if printed else None)
    if again and same is not None:
        people, et_al = same.names, same.et_al
        title = title or _known_title(head, people, index)
        return CitedItem(span=span, names=people, et_al=et_al, title=title, locator=locator, year=year) if title else None
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
    if not title:  # its italics were lost: what follows the names, where an entry of the author has it
        title = _known_title(text[names.end : span.start + len(value)], people[:1], index)
    return CitedItem(span=span, names=people, et_al=names.et_al, title=title, locator=locator, year=year)


def _title_of(value: str, start: int, italics: Sequence[Span]) -> tuple[str, int]:
    """The title in quotation marks, else in italics, and where it begins; "" and the whole length where there is none."""
    quoted = _QUOTED.search(value)
    slanted = next((one for one in italics if start <= one.start and one.end <= start + len(value)), None)
    if slanted is not None and (quoted is None or slanted.start < start + quoted.start()):
        title = value[slanted.start - start : slanted.end - start].strip(" ,.:;")
        if (
            len(title) > 3
            and not _IBID.match(title)
            and not _AGAIN.search(title)
            and not ET_AL.match(title)
            and title[0].isalpha()
        ):
            return title, slanted.start - start
    return ((quoted["double"] or quoted["single"]).strip(), quoted.start()) if quoted else ("", len(value))


# Where a whole reference says when the work appeared: "(Bern: North Press, 1993)", "12, no. 3 (1999): 44", "Hamburg 2018, S. 12".
_APPEARED = re.compile(
    rf"\((?:[^()\d]{{2,70}}[,:\s]\s?)?(?P<bracket>{NUMBER})\)"
    rf"|,\s[^\W\d_a-z][^\W\d_]{{2,20}}(?:[/ –-]{{1,3}}[^\W\d_][^\W\d_.]{{1,20}}){{0,3}}\s(?P<plain>{NUMBER})(?=[,.;:]|$)"
)


_PAGE_BEFORE = re.compile(r",\s(?:pp?\.\s|S\.\s)?\d{1,4}(?:[-–]\d{1,4})?(?=[,.:;\s])")


def _year_of(value: str) -> Year | None:
    """The year in which a fully cited work appeared, titles left out; None where none or several stand there."""
    bare = _QUOTED.sub(" ", value)
    matches = list(_APPEARED.finditer(bare))
    found = {match["bracket"] or match["plain"] for match in matches}
    plain = matches[0]["plain"] if matches else None
    # behind pages stands what another work is said to say; of several bare years any may be that of the work ("..., Summer 1944")
    if (
        len(found) != 1
        or (plain and len({year.group() for year in YEAR.finditer(bare)}) > 1)
        or _PAGE_BEFORE.search(bare, 0, matches[0].start())
    ):
        return None
    return Year(number=int(found.pop()))


def _known_title(rest: str, people: Sequence[Name], index: ListIndex) -> str:
    """What stands first in ``rest`` up to a comma or bracket, where it is (the beginning of) a title of these authors, with its subtitle if that fits."""
    found = _UP_TO_COMMA.match(rest)
    if found is None or not people:
        return ""
    entries = [letters(index.head(match.entry).after) for match in index.matches(people[:1], False, None)]
    for title in (found[1].strip(" .,:;"), found[1].partition(":")[0].strip(" .,;")):
        wanted = letters(title)
        if len(wanted) >= 5 and any(wanted in entry for entry in entries):
            return title
    return ""


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
    """The notes of a document with their labels: footnote blocks, or the numbered lines below headings "Notes".

    Chapters have notes of their own, each counted from one. Where both are there, the greater number is taken: a page
    foot that was read as a note does not stand for the notes of a book.
    """
    blocks = [(block.label, block.span) for block in document.blocks if block.kind is BlockKind.FOOTNOTE]
    headed = _below_headings(lines)
    return headed if len(headed) > len(blocks) else blocks


def _below_headings(lines: Sequence[Line]) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    number = 0
    while number < len(lines):
        number += 1
        if _NOTES_HEADING.match(lines[number - 1].text):
            own, number = _numbered_lines(lines, number)
            found += own if len(own) >= _FEW_NOTES else []
    return found


def _numbered_lines(lines: Sequence[Line], start: int) -> tuple[list[tuple[str, Span]], int]:
    """The notes from a line on and where they end: lines whose numbers rise, each with what follows up to the next number.

    A number may be missing (its note was read as part of the one before); a stretch of lines without one ends the notes.
    """
    numbers = [_note_number(line) for line in lines[start:]] if start < len(lines) else []
    found: list[tuple[str, Span]] = []
    last = 0
    for index, (number, at) in enumerate(numbers):
        line = lines[start + index]
        if number is not None and last < number <= last + _SKIPPED:
            found += _run_together(line, at, number)
            last = int(found[-1][0])
        elif (found and not line.blank) or (found and _goes_on(numbers, index, last)):
            found[-1] = (found[-1][0], Span(found[-1][1].start, line.end))
        elif found or index > _BEFORE_NOTES:
            return found, start + index
    return found, len(lines)


_NEXT_NOTE = re.compile(r"(?<=[.!?)\]”\"’])\s(\d{1,4})\s(?=[^\W\d_a-z]|[“\"‘(«])")


def _run_together(line: Line, at: int, number: int) -> list[tuple[str, Span]]:
    """The notes on one line, which begins with ``number``: those that follow have the numbers that come next ("9 Ibid. 10 Abel, 3.")."""
    found: list[tuple[str, Span]] = []
    for match in _NEXT_NOTE.finditer(line.text, at):
        if int(match[1]) == number + 1:
            found.append((str(number), Span(line.start + at, line.start + match.start())))
            number, at = number + 1, match.end()
    return [*found, (str(number), Span(line.start + at, line.end))]


def _goes_on(numbers: Sequence[tuple[int | None, int]], index: int, last: int) -> bool:
    """Whether the next numbers of the notes come soon: what stands before them is a paragraph of a note."""
    ahead = [number for number, _ in numbers[index : index + _PARAGRAPHS] if number is not None]
    return any(last < number <= last + _SKIPPED for number in ahead)


def _note_number(line: Line) -> tuple[int | None, int]:
    """The number that a line begins with, and where the note behind it begins."""
    if line.text[0] in CIRCLED:
        return CIRCLED[line.text[0]], 1
    match, label = LABEL.match(line.text), label_of(line.text)
    return (whole(label[1]), match.end()) if match and label else (None, 0)


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
    return found if len(found) >= _FEW_WORKS and len(found) >= 0.3 * len(notes) else []


def _full(value: str) -> bool:
    """Whether a piece of a note is a whole reference: names, a title set apart, and where it appeared."""
    return entry_score(value) >= 3 and bool(YEAR.search(value)) and bool(_QUOTED.search(value) or _IMPRINT.search(value))


def note_citations(document: Document, notes: Sequence[tuple[str, Span]], index: ListIndex) -> list[Found]:
    """One citation a note that names works of the list; "ibid." repeats the work before, "see note 12" that of the note.

    A work with a title set apart whose author the list does not have is one too, where most notes do lead to the list.
    """
    text = document.text
    italics = [mark.span for mark in document.marks if mark.kind is MarkKind.ITALIC]
    starts = [span.start for span in italics]
    strange: list[tuple[int, CitedItem]] = []
    known = 0
    found: list[Found] = []
    last: CitedItem | None = None
    by_label: dict[str, CitedItem] = {}
    for label, span in notes:
        items: list[CitedItem] = []
        slanted = italics[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        for piece in pieces(text, span.start, span.end):
            value = text[piece.start : piece.end]
            again = _SEE_NOTE.search(value)
            meant = by_label.get(again["note"] or again["short"]) if again else None
            if (
                _IBID.match(value)
                and last is not None
                and not (SAME_AUTHOR.match(value) and read_piece(text, piece, index, slanted, last))
            ):
                item: CitedItem | None = replace(last, span=piece, locator="")
            else:
                item = read_piece(text, piece, index, slanted, last)
                if item is None and not again and (other := _strange(text, piece, index, slanted)):
                    strange.append((len(found), other))
                known += item is not None
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
    if len(strange) * 2 > known or known < _FEW_NOTES:
        return found
    return sorted([*found, *(Found(item.span, (item,), False) for _, item in strange)], key=lambda one: one.span)


_SHORT_FORM = re.compile(
    r"[^\W\d_a-z][\w'’-]{1,30},\s(?P<title>[^\W\d_a-z][^,.;:\d()]{2,60}),\s(?:pp?\.\s?|S\.\s?)?\d{1,4}(?:\s?[-–]\s?\d{1,4})?\.?$"
)


def _strange(text: str, span: Span, index: ListIndex, italics: Sequence[Span]) -> CitedItem | None:
    """A person of whom the list has nothing, before a title set apart: "Darius, *Voices*, 101"."""
    value = text[span.start : span.end]
    title, stop = _title_of(value, span.start, italics)
    if not title and (short := _SHORT_FORM.match(value)):  # its italics were lost
        title, stop = short["title"], short.start("title")
    if not title or not 2 < stop < 80 or not value[:stop].rstrip().endswith((",", ":")):
        return None
    found = tokens(text, span.start, span.start + stop)
    while found and found[-1].kind == "mark":
        found.pop()
    while found and found[0].text.casefold().strip(".") in PREFIXES:
        found.pop(0)
    if (
        not 1 <= len(found) <= _LONGEST_PERSON
        or backwards(found, bracketed=True) != 0
        or any(token.kind == "lower" for token in found)
    ):
        return None
    names = read(text, found, index.knows)
    if (
        names is None
        or names.organisation
        or names.names[0].family.isupper()
        or index.knows(names.names[0])
        or _SEE_NOTE.search(value)
    ):
        return None
    return CitedItem(span=span, names=names.names, et_al=names.et_al, title=title, year=_year_of(value), confidence=_STRANGE)
