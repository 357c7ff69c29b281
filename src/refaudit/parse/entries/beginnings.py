"""Whether a piece of a list begins an entry: decided here alone, for every layout and format.

A list reaches us in pieces: lines, paragraphs, list items, what stands behind a label. Some pieces can only be the rest
of an entry, whatever stands before them (volume and pages, an address, the date of a visit); some texts cannot end where
they do (an open quotation, "In N.", names and a year alone). What stays open is decided by how the other pieces of the
same list begin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from refaudit.parse.entries.author_year import early_year, name_form, name_like, read_head
from refaudit.parse.identifiers import DOI_BEGINS
from refaudit.parse.label import without_label
from refaudit.parse.years import NUMBER, YEAR
from refaudit.words import accessed

ENDED = re.compile(r"[.!?;)\]>”\"’'。]$|\d$|/\S*$|\bS/N$")
_INITIAL = re.compile(r"(?:^|[\s.,-])[^\W\d_a-z]\.$")  # a line that ends in an initial stands inside a list of names
_GOES_ON = re.compile(r"[,;&–—]$|[\s,](?:and|und|et|y|e|of|the|in|for|de|der|di|van|von)$")
_FULL_STOP = re.compile(rf"[.!?)\]>”\"。]$|\d$|https?://\S+$|{DOI_BEGINS}\S+$")

_ADDRESS = rf"[<(\[]?\s?(?:https?://|www\.|doi:?\s?10\.|doi\.org/|{DOI_BEGINS})\S{{1,2000}}"
_YEAR = rf"\(?{NUMBER}[a-z]?\)?"
_PAGES = r"(?:pp?\.?\s?|S\.\s?|s\.\s?|[СCсc]\.\s?|стр\.\s?)?[A-Za-z]?\d{1,7}(?:\s?[-–—]\s?[A-Za-z]?\d{1,7})?"
_NUMBERS = rf"(?:vol(?:ume)?\.?\s?|v\.\s?|Bd\.\s?|t\.\s?|Т\.\s?|n[º°.]\s?)?\d{{1,4}}\s?(?:\([^()\n]{{1,14}}\)\s?)?[:;,]\s?(?:no\.\s?|n\.\s?|núm\.\s?|№\s?)?{_PAGES}"
_SMALL = "of|the|and|for|in|on|to|a|an|de|del|la|las|los|le|les|des|du|di|della|y|e|et|da|do|dos|das|der|die|und|für|des|zur|van|voor|en|i|w|&"
_JOURNAL_WORD = rf"(?:[^\W\d_a-zß-öø-ÿ][\w'’.&/-]{{0,30}}|{_SMALL})"

# Pieces that are the rest of an entry, whatever stands before them, each with the reason that is told.
_RESTS = (
    (
        "the next piece is only its address",
        re.compile(
            rf"(?i){_ADDRESS}(?:[\s,.;)\]>]+(?:\W{{0,3}}{accessed.WHERE_AND_WHEN}\b.{{0,80}}|\W{{0,3}}{_YEAR}\W{{0,2}}))?\W{{0,3}}$"
        ),
    ),
    (
        "the next piece only says where and when it was looked at",
        re.compile(rf"(?i)\W{{0,3}}{accessed.WHERE_AND_WHEN}(?:\s[^\s\d:<]{{1,12}}){{0,3}}\s?(?:[:<]|\d|https?://|www\.)"),
    ),
    (
        "the next piece is only its volume, pages or year",
        re.compile(
            rf"(?:{_YEAR}[.,;:]?\s?)?{_NUMBERS}(?:\W|$)|{_YEAR}\W{{0,3}}$|{_YEAR}[.,;]\s(?i:{accessed.WHERE_AND_WHEN})\b|{_YEAR}[.,;]\s?{_PAGES}\W{{0,3}}$"
            rf"|(?:pp?\.|S\.|[СC]\.|стр\.)\s?\d{{1,6}}|\d{{1,6}}\s?[-–—]\s?\d{{1,6}}\W{{0,3}}$|\d{{1,7}}\.?\s(?:doi|DOI|https?:)"
        ),
    ),
)
_JOURNAL = re.compile(
    rf"{_JOURNAL_WORD}(?:[\s,:]{{1,3}}{_JOURNAL_WORD}){{0,11}}[.,]?\s(?:{_YEAR}[.,;]?\s?)?{_NUMBERS}(?:\W|$)"
    # an article number stands for volume and pages
    rf"|{_JOURNAL_WORD}(?:\s{_JOURNAL_WORD}){{2,11}},\s\d{{5,18}}\.\s(?:doi|https?:)"
)
_PLACE = r"(?:[^\W\d_a-zß-öø-ÿ][\w'’-]{1,30}|St\.|(?:[A-Z]\.){1,4})"
_PUBLISHER = re.compile(
    rf"{_PLACE}(?:[\s/&]{{1,3}}{_PLACE}){{0,4}}(?:,\s[A-Z]{{2,3}}\.?)?\s?:\s"
    rf"[^\W\d_a-zß-öø-ÿ][\w'’.&-]{{0,30}}(?:[\s,]{{1,2}}(?:[^\W\d_a-zß-öø-ÿ][\w'’.&-]{{0,30}}|{_SMALL})){{0,6}}(?:[.,]?\s?(?P<year>{_YEAR}))?\W{{0,3}}$"
)
_ENDS_IN_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")  # in a list of addresses each is an entry
_NUMBER_FIRST = re.compile(r"\d{1,7}[.)]\s")  # what looks like a label and may be a volume ("12. doi: ...")
_NUMBERED = re.compile(rf"{_NUMBERS}\W{{0,3}}$")
_NAMED_PERSON = ("surname, I.", "surname I", "initials-first")

# Ends behind which an entry must go on.
_EDITOR_BEGUN = re.compile(r"\b(?:[Ii]n:?|[Ee]n:|[Dd]ans|IN:?)\s(?:[^\W\d_a-z]\.[\s-]?){1,3}$|\b[Ii]n:$")
_WORD_LEFT_OPEN = re.compile(
    r"\s(?:[Tt]he|[Aa]n?|of|and|in|for|on|with|by|to|from|at|between|as|or|und|oder|der|die|das|des|dem|den|von|mit|für|im|zur|zum|et|ou|le|la|les|du|de|dans"
    r"|sur|pour|avec|y|o|el|los|las|del|en|para|con|por|e|da|do|das|dos|na|no|em|com|i|il|della|del|di|per|&)$"
)
_PLACE_AND_YEAR = re.compile(
    rf"(?:[^\W\d_a-zß-öø-ÿ][^.\d\n]{{1,50}}\.\s){{1,3}}{_YEAR}\.(?:\s+(?i:{accessed.WHERE_AND_WHEN})[^\n]{{0,200}})?$"
)
_CLOSES_ADDRESS = re.compile(r"[^\s<>]{1,300}>")
_SAYS_WHERE = re.compile(rf"(?i)\b{accessed.WHERE_AND_WHEN}(?:\s[^\s\d:<]{{1,12}}){{0,3}}\s?:?$|\b(?:doi|url)\s?:\s?$")


def rest_of(before: str, piece: str, habit: Habit) -> str:
    """Why ``piece`` goes on with the entry ``before`` (broken over a page, paragraph or list item); "" where it begins its own."""
    body = without_label(piece)
    before = before.rstrip()
    why = rest(before, piece, habit) or (rest(before, body, habit) if _NUMBER_FIRST.match(piece) else "")
    if why and not (why is _RESTS[0][0] and _ENDS_IN_ADDRESS.search(before)):
        return why
    if why := unfinished(before, body, habit):
        return why
    ended = bool(ENDED.search(before))
    if not ended and habit.likeness(body) < 1 and (body[:1].islower() or not YEAR.search(before)):
        return "it breaks off without a stop and the next piece does not begin an entry"
    if body[:1].islower() and name_form(body) == "other" and not ended:
        return "the next piece goes on in lower case"
    return ""


def rest(before: str, body: str, habit: Habit | None = None) -> str:
    """Why ``body`` can only be the rest of an entry; "" where it may begin one. ``habit`` is that of the list, where known."""
    short = body[:400]
    for why, pattern in _RESTS:
        if pattern.match(short):
            return why
    titled = habit is not None and habit.forms.get("words", 0.0) > 0.5  # a list of works whose titles stand first
    if name_form(short) in _NAMED_PERSON or len(body) > 250 or titled:
        return ""
    if _JOURNAL.match(short) and not _NUMBERED.search(before[-60:]):
        return "the next piece is only the journal with its volume"
    found = _PUBLISHER.match(short) if len(body) <= 110 else None
    if found and bool(found["year"]) is not bool(YEAR.search(before)) and not _PUBLISHER.search(before[-110:]):
        return "the next piece is only the place and publisher"
    return ""


def unfinished(before: str, body: str, habit: Habit) -> str:
    """Why the text ``before`` cannot be a whole entry, so that ``body`` goes on with it; "" where it may be one."""
    if opens_quotation(before) and closes_quotation(body) and not ENDED.search(before) and not early_year(body):
        return "the quotation it opens is closed in the next piece"
    if before.rfind("<") > before.rfind(">") and _CLOSES_ADDRESS.match(body):
        return "the address it opens is closed in the next piece"
    if _EDITOR_BEGUN.search(before):
        return "the name of an editor is cut off"
    if not YEAR.search(before) and _PLACE_AND_YEAR.match(body) and name_form(before) in _NAMED_PERSON:
        return "its place and year stand in the next piece"
    begins = early_year(body)
    if re.search(r"[,;&]$|\s(?:and|und|et|y|e)$", before) and name_like(before):
        return "it breaks off within the names"
    if begins:
        return ""
    if _SAYS_WHERE.search(before):
        return "its address stands in the next piece"
    if _WORD_LEFT_OPEN.search(before) and habit.likeness(body) < 2:
        return "it breaks off without a stop and the next piece does not begin an entry"
    if _only_head(before) and habit.likeness(body) < 2 + (name_form(body) == "words"):
        return "names and year stand alone before the next piece"
    return ""


def _only_head(before: str) -> bool:
    """Whether a text is nothing but names and a year, both of which stand there."""
    if len(before) > 400 or not re.search(rf"{_YEAR}\W{{0,3}}$", before):
        return False
    head = read_head(before)
    return bool(head.years) and bool(head.zone) and len(head.after.strip(" .,:;)]")) < 3


def opens_quotation(text: str) -> bool:
    """A quotation was opened and not closed."""
    return _pending(text) > 0 or text.count('"') % 2 == 1


def closes_quotation(text: str) -> bool:
    """A quotation is closed that was not opened here."""
    return _pending(text) < 0 or text.count('"') % 2 == 1


def _pending(text: str) -> int:
    """Quotations opened less those closed, of the pair of marks that the text uses."""
    if "„" in text or ("“" in text and "”" not in text and text.find("“") > 0 and not text[text.find("“") - 1].isspace()):
        return text.count("„") - text.count("“") - text.count("”") * ("“" not in text)
    return text.count("“") - text.count("”") or text.count("«") - text.count("»")


def sort_key(body: str) -> str:
    """The first letters of an entry, by which lists are sorted."""
    return "".join(char for char in body[:40].casefold() if char.isalpha())[:12]


class Habit:
    """How the entries of a list begin: their usual name form, whether the year stands early, whether they are sorted."""

    def __init__(self, bodies: Sequence[str]) -> None:
        """``bodies`` are the entries without label or bullet."""
        sample = bodies[:80]
        forms = Counter(name_form(body) for body in sample)
        total = max(1, len(sample))
        self.forms = {form: count / total for form, count in forms.items()}
        self.early = sum(early_year(body) for body in sample) / total
        keys = [sort_key(body) for body in sample]
        self.sorted = sum(a <= b for a, b in zip(keys, keys[1:], strict=False)) / max(1, len(keys) - 1) if len(keys) > 4 else 0.0

    def likeness(self, body: str) -> float:
        """How much a text begins as the entries of this list do, about -2 to 3."""
        score = 2.0 * (self.forms.get(name_form(body), 0.0) >= 0.15) + (self.forms.get(name_form(body), 0.0) >= 0.5)
        if name_form(body) == "other":
            score -= 1
        if self.early >= 0.75:
            score += 1 if early_year(body) else -2
        return score


# What stands in the last lines of an entry and hardly ever begins one.
_OFTEN_REST = re.compile(
    r"(?i)(?:dispon[ií]ve[lis]+|acess?o|acc?esso|available|retrieved|accessed|abgerufen|verfügbar|consult[ée]|url|doi|https?:|www\.|in:|en:|pp?\.|vol\.|v\."
    r"|last (?:access|visit|check)|[^\d,]{2,60},\s(?:v|vol|n|no|núm|nº|t|Bd)\.?\s?\d|[^\d,.]{2,60},?\s\d{1,4}\s?[(:]\s?\d"
    r"|\d|isbn|issn|pmid|pmc|arxiv|epub|ed\.|\()"
)


def line_score(before: str, line: str, body: str, habit: Habit, last: str, *, sure: bool) -> float:
    """How much speaks for a hard-wrapped line as the beginning of an entry; 3 is enough.

    ``body`` is the line with those behind it, ``last`` the beginning of the entry before, ``sure`` whether the line
    before had room for more.
    """
    if rest(before, line, habit):
        return -3.0
    ended = bool(_FULL_STOP.search(before)) and not _INITIAL.search(before)
    score = habit.likeness(body) + (1.0 if ended else -1.5)
    if sure:
        score += 3.0 if ended else 1.0
    if _GOES_ON.search(before):
        score -= 4.0
    if habit.sorted >= 0.85:
        above, own = sort_key(last), sort_key(body)
        score += 0.5 if above[:1] <= own[:1] <= chr(ord(above[:1] or "a") + 2) else -1.5
    if _OFTEN_REST.match(body) or (body[:1].islower() and name_form(body) == "other"):
        score -= 3.0
    return score
