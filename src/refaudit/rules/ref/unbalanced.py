"""Signs that a piece of an entry is lost: what REF005 looks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from refaudit.model import Reference, Span
from refaudit.parse.identifiers import find_dois, find_urls
from refaudit.rules import wording
from refaudit.rules.base import sure
from refaudit.text import DASHES
from refaudit.words.title_ends import AUXILIARY, CLAUSE, GRADED, NEVER_LAST, PHRASAL, PREPOSITIONS

Found = tuple[str, Span]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OPEN = {")": "(", "]": "[", "}": "{"}
_QUOTES = '"“”„«»'
_ENUMERATION = re.compile(r"(?:^|[\s,;])(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\Z")
_QUOTED_BEFORE = re.compile(r"""["”»]\W{0,5}[^\W\d_]{1,20}\W{0,5}$""")
_INCHES = re.compile(r"""(?<=\d)["”]|(?<=\d)\s?″""")
_LOW_QUOTES = re.compile(r",,(?=[^\W\d_])")
"""How German is quoted in TeX: ,,so''."""
_SHORTHAND = re.compile(r"""\"[|~=`'‘’„-]|(?<=[^\W\d_])\"(?=[^\W\d_])""")
"""babel's signs for German: quotation marks, places where a word may break, umlauts."""
_SMILE = re.compile(r"(?<!\w)[:;]-?[()](?!\w)")
_INTERVAL = re.compile(r"[\[(]\s?[-−]?[\d.∞]{1,12}\s?[,;]\s?[-−+]?[\d.∞]{1,12}\s?[\])]")
_FINISHED = re.compile(r"""[.?!)\]>"”»*_\d/]\s*$""")


def cut_off(reference: Reference, *, stops: bool, last_entry: bool) -> Found | None:
    """What is lost of an entry, in words, with the span in ``text`` where it shows; None where nothing is.

    ``stops`` says that the entries of this list are closed as a rule (see ``closed``), ``last_entry`` that no other follows.
    """
    if reference.printed is not None:
        return _open_title(reference) or _unpaired_field(reference)
    return _open_title(reference) or _unpaired(reference.raw) or (_stopped(reference, last_entry=last_entry) if stops else None)


def _before_bracket(raw: str, span: Span) -> int:
    """Where an address ends: a note in square brackets may stand right behind it."""
    at = raw.find("[", span.start, span.end)
    return at if at > 0 and raw[at + 1 : at + 2].isalpha() else span.end


def closed(references: Sequence[Reference]) -> bool:
    """Whether the entries of a printed list end with a full stop, a bracket, a number or an address as a rule."""
    listed = [reference.raw for reference in references if reference.printed is None]
    finished = sum(bool(_FINISHED.search(raw)) for raw in listed)
    return len(listed) >= 5 and finished >= 0.9 * (len(listed) - 1)


def _open_title(reference: Reference) -> Found | None:
    title = sure(reference.title)
    span = reference.stretch(reference.title)
    if not title or span is None:
        return None
    said = _WORD.findall(title)
    after = reference.text[span.end : span.end + 3].lstrip("*_ ")
    if len(said) < 2 or not (title.rstrip()[-1:] in '.”"' or after[:1] in '.”"»'):
        return None
    last = said[-1]
    if after[:1] in '“"«' and reference.text[span.end : span.end + 1].isspace():  # a word in quotation marks goes on with it
        return None
    if _QUOTED_BEFORE.search(title):  # "title," in *Book*
        return None
    if not title.rstrip(' .”"»*_').endswith(last) or not (last.islower() or title.isupper()):
        return None
    last = last.casefold()
    if said[-2].casefold() in ("not", "and", "or"):
        return None
    others = {word.casefold() for word in said[:-1]}
    language = max(NEVER_LAST, key=lambda code: len(NEVER_LAST[code] & others) + (code == "en"))
    before = said[-2].casefold()
    graded = last == "a" and before in GRADED  # "vitamin a", "hepatitis a"
    clause = others & CLAUSE or before in PHRASAL or not AUXILIARY.isdisjoint(word.casefold() for word in said[-4:-1])
    lost = (last in NEVER_LAST[language] | {"a"} and not graded) or (language == "en" and last in PREPOSITIONS and not clause)
    return (f"the title ends in “{said[-1]}”", span) if lost else None


def _unpaired_field(reference: Reference) -> Found | None:
    """The first printed field of a database entry with a mark that has no partner in that field."""
    at = 0
    for field in reference.printed or ():
        value = field.value or ""
        if found := _unpaired(value):
            what, span = found
            return what, Span(at + span.start, at + span.end)
        at += len(value) + 1
    return None


def _unpaired(text: str) -> Found | None:
    """A bracket or double quotation mark without its partner, outside of addresses, DOIs, intervals and enumerations."""
    text = _LOW_QUOTES.sub("„ ", text)
    chars = list(text)
    blanks = [span for _, span in find_dois(text)]
    blanks += [Span(span.start, _before_bracket(text, span)) for _, span in find_urls(text)]
    blanks += [Span(*match.span()) for pattern in (_INCHES, _INTERVAL, _SMILE, _SHORTHAND) for match in pattern.finditer(text)]
    for span in blanks:
        chars[span.start : span.end] = " " * (span.end - span.start)
    stack: list[tuple[str, int]] = []
    for at, char in enumerate(chars):
        if char in "([{":
            stack.append((char, at))
        elif char in _OPEN:
            if not stack and char == ")" and _ENUMERATION.search(text[max(0, at - 6) : at]):
                continue  # "1) … 2) …"
            if not stack or stack[-1][0] != _OPEN[char]:
                return f"the bracket “{char}” has no partner", Span(at, at + 1)
            stack.pop()
    if stack:
        char, at = stack[-1]
        return f"the bracket “{char}” has no partner", Span(at, at + 1)
    marks = [at for at, char in enumerate(chars) if char in _QUOTES]
    if len(marks) % 2 and sum(text.count(mark) for mark in _QUOTES) % 2 == 0:
        return None  # a mark after a number may be an inch or may close a quotation
    if len(marks) % 2:
        return "a quotation mark has no partner", Span(marks[-1], marks[-1] + 1)
    return None


def _stopped(reference: Reference, *, last_entry: bool) -> Found | None:
    raw = reference.raw.rstrip(" *_")
    if not raw or _FINISHED.search(raw) or any(span.end >= len(raw) - 2 for _, span in (*find_dois(raw), *find_urls(raw))):
        return None
    ends = f"the entry stops after {wording.quote(raw[-25:].split(' ', 1)[-1])}"
    span = Span(max(0, len(raw) - 1), len(raw))
    if raw[-1] in ",;:&(" + DASHES:  # before the next entry it may be one entry of many lines that was read as two
        return (ends, span) if last_entry else None
    last = re.search(r"(?:^|\s)([^\W\d_]+)$", raw)
    if last is None or not last[1].islower():  # publishers, places and journals end many an entry of some styles
        return None
    if last[1] in NEVER_LAST["en"] | PREPOSITIONS | {"a"}:
        return ends, span
    bare = not any((reference.volume, reference.pages, reference.doi, reference.url, reference.publisher, reference.accessed))
    return (ends, span) if bare else None
