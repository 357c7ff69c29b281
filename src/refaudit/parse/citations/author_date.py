"""Author-date citations: every printed year is a hypothesis, and what stands around it decides.

A year is a citation's when names stand where a style puts them: before it inside a bracket, or before the bracket it
stands in. Names and years that the list of references knows are strong evidence; without it the form must speak.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from refaudit.model import CitedItem, Name, Span, Year
from refaudit.parse.citations.names import Names, Token, backwards, is_word, read, tokens
from refaudit.parse.entries.author_year import surname_key
from refaudit.parse.entries.index import ListIndex
from refaudit.parse.years import ORIGINAL_FIRST, date_after, years_in
from refaudit.words import connectors, roles
from refaudit.words.prose import PREFIXES

_BRACKETS = re.compile(r"[()\[\]]|\n[ \t]*\n")
_LOCATOR = re.compile(
    r"""(?ix)\s{0,9}[,:]?\s{0,9}(?:
      (?:pp?|pgs?|pag|pág|págs|page|pages|S|Seite|s|c|ch|chap|chapter|kap|cap|capítulo|sec|section|§+|para|paras|paragraph|art|fig|figs|figure|table|tab|eq|note|n|fn|vol|v|ff?|apud|appendix|f)
        (?:\.\s*|\s+|(?=[\d§]))(?:[\d§][\w.§]*|(?-i:[ivxlc]{1,8}|[IVXLC]{1,8})\b)(?:\s?[-–—,&]\s?[\divxlc]+(?!\d*[a-z]?\d{3}))*\s*(?:ff?\.)?
    | :\s*\d+(?:\s?[-–—]\s?\d+)? (?:\s*,\s*\d+(?:\s?[-–—]\s?\d+)?)*
    | ,\s*\d{1,3}(?:\s?[-–—]\s?\d{1,4})?(?![\d\w])
    )"""
)
_JOINING = re.compile(
    r"(?i)[\s,;:.&]*(?:(?:and|see|see also|also|cf\.?|but|e\.g\.,?|in|y|e|et|und|vgl\.|siehe|apud|as|cited|reviewed|by|among others"
    r"|for reviews?,?)[\s,]*)*"
)
_AND = connectors.CONNECTORS - {"with", "a", "i", "u", "u."}
_CIRCA = frozenset(("c", "ca", "circa", "um", "vers", "hacia"))
_MEASURE = re.compile(r"\s?(?:%|mg|ml|km|kg|°|years? old|participants|patients|subjects|m\b|nm\b|bp\b)")
_SEE = re.compile(r"[\s,;]*(?:and|see also|see|cf\.?)?\s*")
_BETWEEN_YEARS = re.compile(r"[\s,;/]*(?:(?:and|&|y|e|et|und|u\.)\s+)?")
_MORE_LETTERS = re.compile(r"\s?[,;/&]\s?(?:and\s+)?([a-z])(?![\w.])|\s?[-–]\s?([a-z])(?![\w.])")
_BEHIND_A_YEAR = re.compile(r"\d[a-z]?\s?[,:]\s?$")
_ORIGINAL = re.compile(r"[-–]\d\d(?![\d\w–-])|\s?\[\s?\d{4}(?:\s?[-–/]\s?\d{2,4})?\s?\]|\s?/\s?\d{4}(?!\d)")
# "La legge Gentile (1923)" is no work of Gentile's.
_OTHER_THING = re.compile(
    r"(?i)\b(?:act|law|reform|treaty|legge|riforma|decreto|loi|réforme|décret|ley|reforma|lei|gesetz|reform|vertrag|abkommen)\s+(?:[^\W\d_]{1,5}\s+)?$"
)
# "123 F.3d 456, 460 (9th Cir. 1993)", "410 U.S. 113 (1973)": a report of cases, behind which the bracket names court and year.
_REPORTED = re.compile(
    r"(?<!\w)\d{1,4}\s(?:[A-Z]\.\s?){1,4}(?:(?:Supp|App|Ct|Cir|Ed|Rptr)\.?\s?)?(?:[23]d|\dth)?\s?\d{1,5}(?:,\s\d{1,5}(?:[-–]\d{1,5})?)?\s?$"
    r"|(?<!\w)\d{1,4}\s(?:F\.|S\.\sCt\.|So\.|Cal\.|Ill\.|Ohio|Wis\.|Mass\.)\s?(?:App\.\s|Supp\.\s)?(?:[23]d|\dth)?\s?\d{1,5}(?:,\s\d{1,5})?\s?$"
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
# The end of a paragraph behind which a list of names goes on.
_NAMES_GO_ON = re.compile(r"(?:[,&(\[–-]|\b(?:[^\W\d_a-z]\.|and|et|und|y|e|von|van|der|den|de|del|della|di|da|la|le|al|of))$")
_RANGES_APART = 10  # years by which a cited range and the listed one may begin apart and still be one slip
_MAX_GROUP = 1500
_WINDOW = 320


@dataclass(frozen=True, slots=True)
class Group:
    """A bracket: offsets of its opening and closing signs; ``closed`` is False where one of them is missing."""

    open: int
    close: int


@dataclass(frozen=True, slots=True)
class Found:
    """One citation as printed, before it has an id."""

    span: Span
    items: tuple[CitedItem, ...]
    narrative: bool
    flaw: str = ""


def groups_in(text: str, start: int, end: int) -> list[Group]:
    """The bracket pairs of a stretch, by opening offset. A pair may run over one paragraph break (a page), not over two."""
    stack: list[tuple[str, int, int]] = []
    found: list[Group] = []
    paragraph = 0
    for match in _BRACKETS.finditer(text, start, end):
        sign = match.group()
        if sign[0] == "\n":
            paragraph += 1
            if len(stack) > 200:
                del stack[:100]
        elif sign in "([":
            stack.append((sign, match.start(), paragraph))
        else:
            partner = "(" if sign == ")" else "["
            for depth in range(len(stack) - 1, max(-1, len(stack) - 6), -1):
                if stack[depth][0] == partner:
                    _, opened, at = stack[depth]
                    if match.start() - opened <= _MAX_GROUP and paragraph - at <= 1:
                        found.append(Group(opened, match.start()))
                        del stack[depth:]
                    break
    return sorted(found, key=lambda group: group.open)


class Finder:
    """Finds the author-date citations of a text, given its list of references."""

    def __init__(self, text: str, index: ListIndex, *, listed: bool) -> None:
        self.text = text
        self.index = index
        self.listed = listed

    def find(self, start: int, end: int) -> list[Found]:
        """All citations of ``text[start:end]`` in order."""
        years = years_in_range(self.text, start, end)
        if not years:
            return []
        groups = groups_in(self.text, start, end)
        home = _homes(self.text, groups, [at for at, _, _ in years])
        found: list[Found] = []
        done = 0
        position = 0
        while position < len(years):
            group = home[position]
            last = position + 1
            while last < len(years) and group is not None and home[last] == group:
                last += 1
            inside = years[position:last]
            if group is None:
                for item in inside:
                    bare = self._bare(item, done, end)
                    if bare:
                        found.append(bare)
                        done = bare.span.end
            elif self._only_years(group, inside):
                narrative = self._narrative(group, inside, max(done, start))
                if narrative:
                    found.append(narrative)
                    done = narrative.span.end
            else:
                quoted = self._quoted(group, inside, max(done, start))
                if quoted:
                    found.append(quoted)
                    done = quoted.span.end
                    inside = inside[1:]
                for citation in self._bracket(group, inside, done):
                    found.append(citation)
                    done = citation.span.end
            position = last
        return found

    # -------------------------------------------------------------- a bracket of years behind names

    def _only_years(self, group: Group, years: Sequence[tuple[int, int, Year]], *, whole: bool = True) -> bool:
        """Whether a bracket opens with ``years`` and (``whole``) holds nothing else but locators."""
        at = group.open + 1
        text = self.text
        if text[at : at + 1] == ",":  # "Argentina (, 2018)": the names got lost
            return False
        for start, end, year in years:
            if not re.fullmatch(
                r"[\s,;:/&*]*(?:(?:and|y|e|et|und|c\.|ca\.|orig\.|original|published|in|abstract|or|cited|see)\s*)*",
                text[at:start],
                re.IGNORECASE,
            ):
                return False
            at = self._after_year(end, year)[0]
        rest = text[at : group.close]
        return not whole or not re.search(r"[A-ZÀ-Þ][^\W\d_]{2,}", _LOCATOR.sub(" ", rest)) or len(rest) < 3

    def _narrative(self, group: Group, years: Sequence[tuple[int, int, Year]], floor: int) -> Found | None:
        if _REPORTED.search(self.text, max(floor, group.open - 40), group.open):
            return None
        names = self._names_before(group.open, max(floor, group.open - _WINDOW), bracketed=False)
        if names is None or _OTHER_THING.search(self.text, max(floor, names.start - 30), names.start):
            return None
        items = self._items(names, years, group.close)
        confidence = self._confidence(names, years[0][2], narrative=True)
        if confidence <= 0:
            return None
        end = items[-1].span.end
        first = replace(items[0], span=Span(names.start, items[0].span.end))
        return Found(Span(names.start, end), tuple(replace(i, confidence=confidence) for i in (first, *items[1:])), True)

    def _quoted(self, group: Group, years: Sequence[tuple[int, int, Year]], floor: int) -> Found | None:
        """ "Ganuza (2012; see also Baiocchi, 2011)": a listed work whose year opens a bracket that names other works too.

        A work cited through another ("Kuhn (2015, cited in Smith, 2016)") need not stand in the list, so it is read only if it does.
        """
        narrative = self._narrative(group, years[:1], floor) if self._only_years(group, years[:1], whole=False) else None
        if narrative is None:
            return None
        item = narrative.items[0]
        return narrative if any(match.linked for match in self.index.matches(item.names, item.et_al, item.year)) else None

    def _names_before(self, at: int, floor: int, *, bracketed: bool) -> Names | None:
        role = roles.BRACKET.search(self.text, max(floor, at - 14), at)
        at = role.start() if role else at
        floor = self._paragraph_start(floor, at)
        found = tokens(self.text, floor, at)
        if floor > 0 and found and self.text[floor - 1].isalnum() and found[0].start == floor:
            found = found[1:]
        start = backwards(found, bracketed=bracketed, semicolons=True, surnames=self.index.surnames)
        if start >= len(found):
            return None
        chosen = found[start:]
        while chosen and chosen[-1].kind == "mark":
            chosen = chosen[:-1]
        if not bracketed:
            chosen = self._trim(chosen)
        return read(self.text, chosen, self.index.knows)

    def _paragraph_start(self, floor: int, at: int) -> int:
        """Where names before ``at`` may begin: not before the paragraph, unless a page or line ends within them.

        A heading set as a plain paragraph stands before the names without a stop: "... Not Wholly Equal / Arlov and Benko (2014)".
        """
        border = max(_PARAGRAPH.finditer(self.text, floor, at), key=re.Match.start, default=None)
        if border is None or not self.text[border.end() : at].strip() or _NAMES_GO_ON.search(self.text, floor, border.start()):
            return floor
        return border.end() if self.text[border.end()].isupper() else floor

    def _trim(self, chosen: list[Token]) -> list[Token]:
        """Prose gives a narrative citation capitalised words too many: "In Europe, Smith and Jones (2010)"."""
        commas = [i for i, token in enumerate(chosen) if token.kind == "mark" and token.text in ",;"]
        joined = any(token.text.casefold() in _AND for token in chosen) or any(t.kind == "etal" for t in chosen)
        whole = read(self.text, chosen, self.index.knows)
        if whole and self.index.knows(whole.names[0]):
            return chosen
        for index in range(1, len(chosen)):  # the longest tail whose first name the list knows; never one half of "A and B"
            if chosen[index - 1].text.casefold() in _AND:
                break
            if chosen[index].kind not in ("name", "lower") or chosen[index].text.casefold() in _AND:
                continue
            if chosen[index].kind == "lower" and (index + 1 >= len(chosen) or chosen[index + 1].kind != "name"):
                continue
            tail = read(self.text, chosen[index:], self.index.knows)
            if tail and self.index.knows(tail.names[0]):
                return chosen[index:]
        if commas and not joined:
            return chosen[commas[-1] + 1 :]
        return chosen

    # -------------------------------------------------------------- names and years in one bracket

    def _bracket(self, group: Group, years: Sequence[tuple[int, int, Year]], done: int) -> list[Found]:
        """The citations of one bracket: mostly one, several where prose stands between them."""
        text = self.text
        if text[group.open] == "(" and _REPORTED.search(text, max(0, group.open - 40), group.open):
            return []
        at = max(group.open + 1, done)
        runs: list[list[CitedItem]] = [[]]
        names: Names | None = None
        whole = True
        for start, end, year in years:
            if start < at:
                continue
            read_names = self._next_names(at, start, names)
            sure = self._confidence(read_names, year, narrative=False) if read_names else 0.0
            if read_names is None or sure <= 0:
                whole = whole and read_names is not None
                names = None
                at = self._after_year(end, year)[0]
                runs.append([])
                continue
            fresh = read_names.start >= at
            if fresh and runs[-1] and not _JOINING.fullmatch(text, at, read_names.start):
                runs.append([])
            at, made = self._item(read_names, start, end, year, group.close, fresh=fresh)
            runs[-1].extend(replace(item, confidence=sure) for item in made)
            names = read_names
        found = [Found(Span(run[0].span.start, run[-1].span.end), tuple(run), False) for run in runs if run]
        return [self._with_prefix(group, found[0])] if len(found) == 1 and whole else found

    def _next_names(self, at: int, start: int, last: Names | None) -> Names | None:
        """The names of the year at ``start``: those before it, or the last ones where only separators stand between."""
        between = self.text[at:start]
        if last is not None and _BETWEEN_YEARS.fullmatch(between):
            return last
        cut = between.rfind(";")
        floor = at + cut + 1 if cut >= 0 and not self._semicolon_names(at, start) else at
        return self._names_in_bracket(floor, start) or (last if last is not None and _SEE.fullmatch(between) else None)

    def _with_prefix(self, group: Group, found: Found) -> Found:
        """The citation with the words that lead it in ("see also") taken into its span."""
        lead = self.text[group.open + 1 : found.span.start]
        if len(lead) >= 40 or not all(word.strip(".,").casefold() in PREFIXES for word in lead.split()):
            return found
        items = (replace(found.items[0], prefix=lead.strip()), *found.items[1:])
        return Found(Span(group.open + 1 + len(lead) - len(lead.lstrip()), found.span.end), items, False)

    def _semicolon_names(self, start: int, end: int) -> bool:
        """Whether semicolons stand between the names of one work (ABNT: "SILVA; SOUZA, 2010")."""
        pieces = self.text[start:end].split(";")
        return (
            all(
                piece.strip(" ,&\n") and len(piece.split()) <= 4 and not any(c.isdigit() for c in piece)
                for piece in pieces
                if piece.strip()
            )
            and len(pieces) > 1
        )

    def _names_in_bracket(self, start: int, end: int) -> Names | None:
        role = roles.BRACKET.search(self.text, max(start, end - 14), end)
        found = tokens(self.text, start, role.start() if role else end)
        if len(found) > 3 and [t.text for t in found[-3:-1:2]] == ["[", "]"] and found[-2].kind == "number":
            found = found[:-3]
        while found and (found[-1].text in ",.:;([*…" or (found[-1].kind == "lower" and found[-1].text in _CIRCA)):
            found.pop()
        if len(found) > 4 and found[-1].text in ")]" and found[-2].text.isupper() and found[-3].text in "([":
            found = found[:-3]  # "American Psychiatric Association (APA), 2000"
        if not found:
            return None
        first = self._whole(found, backwards(found, bracketed=True, semicolons=True, surnames=self.index.surnames))
        if first >= len(found):
            return self._organisation(found) or self._uncapitalised(found)
        organisation = self._organisation(found)
        if organisation is not None:
            return organisation
        chosen = found[first:]
        while chosen and chosen[0].kind == "mark":
            chosen = chosen[1:]
        result = read(self.text, chosen, self.index.knows)
        if result and not self.index.knows(result.names[0]):
            # the list may know a shorter tail: "Data from Smith 2010", "Quito Jones 2011"
            trimmed = self._trim(chosen)
            if trimmed is not chosen:
                shorter = read(self.text, trimmed, self.index.knows)
                if shorter and self.index.knows(shorter.names[0]):
                    return shorter
        return result

    def _organisation(self, found: Sequence[Token]) -> Names | None:
        """The whole stretch as a name that the list knows, lower-case words and commas included."""
        if len(found) < 2 or any(token.kind == "etal" for token in found):
            return None
        value = " ".join(self.text[found[0].start : found[-1].end].split())
        name = Name(literal=value)
        if len(value) >= 6 and found[0].kind == "name" and self.index.knows(name) and len(found) > 3:
            return Names((name,), False, found[0].start, found[-1].end, False, True)
        return None

    def _whole(self, found: Sequence[Token], first: int) -> int:
        """Where a list of names really begins whose members read like other words ("First, Spitzer, & Williams", "Mayo")."""
        name = Name(family=found[0].text)
        plain = all(t.kind == "name" or t.text in ",&" or t.text.casefold() in _AND for t in found[:first])
        return 0 if first and plain and found[0].kind == "name" and self.index.knows(name) else first

    def _uncapitalised(self, found: Sequence[Token]) -> Names | None:
        """A lower-case word before a year that is a first author of the list ("hooks, 1994")."""
        name = Name(family=found[-1].text)
        if found[-1].kind != "lower" or len(found[-1].text) < 3 or not self.index.knows(name):
            return None
        return Names((name,), False, found[-1].start, found[-1].end, False, False)

    # -------------------------------------------------------------- a year outside any bracket

    def _bare(self, item: tuple[int, int, Year], floor: int, limit: int) -> Found | None:
        """ "Smith et al. 2010" in running text, or a bracket of which one half is missing."""
        start, end, year = item
        text = self.text
        stop = self._after_year(end, year)[0]
        behind = text[max(0, start - 4) : start].rstrip(" ,.(\n")[-1:]
        if year.number is None or not (behind.isalpha() or behind in "'’"):
            return None
        names = self._names_before(start, max(floor, start - 160), bracketed=False)
        if names is None:
            return None
        gap = text[names.end : start]
        if not re.fullmatch(r"['’]?s?[\s,.]{0,3}(?:et al\.?,?\s*)?|\s*et\s+al\.?[\s,]*", gap) and not (
            names.et_al and len(gap) < 16
        ):
            return None
        closing = re.match(r"\s*\)", text[stop : min(stop + 3, limit)])
        before = text[max(0, names.start - 1) : names.start]
        opening = before == "(" or text[max(0, names.start - 2) : names.start] == "( "
        matched = [m for m in self.index.matches(names.names, names.et_al, year) if m.linked and m.score >= 0.85]
        flaw = ""
        if closing and not opening:
            flaw = "the opening bracket is missing"
        elif opening and not closing:
            flaw = "the closing bracket is missing"
        if not matched and not (flaw and not self.listed and gap.strip().startswith(",")):
            return None
        if not flaw and not names.joined and not gap.strip().startswith(",") and not matched:
            return None
        items = self._items(names, [item], min(limit, stop + 60))
        items[0] = replace(items[0], span=Span(names.start, items[0].span.end))
        return Found(Span(names.start, items[-1].span.end), tuple(replace(i, confidence=0.8) for i in items), False, flaw)

    # -------------------------------------------------------------- items

    def _after_year(self, end: int, year: Year) -> tuple[int, Year]:
        original = _ORIGINAL.match(self.text, end)
        if original:
            end = original.end()
        return date_after(self.text, end, year)

    def _items(self, names: Names, years: Sequence[tuple[int, int, Year]], limit: int) -> list[CitedItem]:
        items: list[CitedItem] = []
        for start, end, year in years:
            if items and start < items[-1].span.end:
                continue
            items.extend(self._item(names, start, end, year, limit, fresh=False)[1])
        return items

    def _item(self, names: Names, start: int, end: int, year: Year, limit: int, *, fresh: bool) -> tuple[int, list[CitedItem]]:
        """The items of one printed year: "2010a, b" are two; a locator behind belongs to the last."""
        text = self.text
        stop, full = self._after_year(end, year)
        first = CitedItem(span=Span(names.start if fresh else start, stop), names=names.names, et_al=names.et_al, year=full)
        items = [first]
        while year.letter and (more := _MORE_LETTERS.match(text, stop, limit)):
            if more[2]:
                last = items[-1].year or year
                letters = [chr(code) for code in range(ord(last.letter) + 1, ord(more[2]) + 1)]
            else:
                letters = [more[1]]
            for letter in letters:
                at = more.end() - 1
                items.append(
                    CitedItem(
                        span=Span(at, more.end()),
                        names=names.names,
                        et_al=names.et_al,
                        year=Year(number=year.number, letter=letter),
                    )
                )
            stop = more.end()
            if len(items) > 12:
                break
        located = _LOCATOR.match(text, stop, limit)
        if located and located.end() > stop and not years_in(located.group()):
            last_item = items[-1]
            items[-1] = replace(last_item, locator=located.group().strip(" ,:"), span=Span(last_item.span.start, located.end()))
            stop = located.end()
        return stop, items

    def _confidence(self, names: Names, year: Year, *, narrative: bool) -> float:
        """How sure it is that names and year are a citation; 0 says that they are none."""
        matches = self.index.matches(names.names, names.et_al, year)
        if year.until and not any(
            own.number == year.number or (own.until and abs((own.number or 0) - (year.number or 0)) <= _RANGES_APART)
            for match in matches
            for own in self.index.head(match.entry).years[:1]
        ):
            return 0.0  # the years of data or of a life, not of a work
        if any(match.linked for match in matches):
            return 1.0
        first = names.names[0]
        word = (first.literal or first.family).split()[0].casefold() if (first.literal or first.family) else ""
        sure = names.et_al or (len(names.names) > 1 and surname_key(word) in self.index.surnames)
        if not word or (is_word(word) and not sure):
            return 0.0
        if matches or self.index.near_names(names.names, year):
            return 0.95
        if not self.listed and not narrative:
            return 0.9
        if names.et_al:
            return 0.9
        label = first.literal or first.family
        odd = any(char.isdigit() for char in label) or (label.isupper() and len(label) > 1) or len(label) < 2
        if names.joined and not names.organisation and not odd and len(names.names) <= 4:
            return 0.85 if narrative or len(names.names) == 2 else 0.7
        if odd or ("-" in label and narrative):
            return 0.0 if narrative else 0.4
        if narrative:
            return 0.0 if names.organisation or (self.listed and " " in label) else 0.45 if self.listed else 0.8
        return 0.8 if len(label.split()) <= 2 else 0.6


def years_in_range(text: str, start: int, end: int) -> list[tuple[int, int, Year]]:
    """The years of ``text[start:end]`` with offsets into ``text``, addresses left out."""
    found = []
    for at, stop, year in years_in(text[start:end], ranges=True):
        at, stop = at + start, stop + start
        if year.until and _BEHIND_A_YEAR.search(text, max(start, at - 8), at):  # "2019, 1989–2001": pages
            continue
        if text[at - 1 : at] == "[" and ORIGINAL_FIRST.match(text, stop):  # "Moren [1857] 1999"
            continue
        left = text[max(start, at - 40) : at].rsplit(None, 1)
        word = left[-1] if left and not text[at - 1 : at].isspace() else ""
        if (
            "/" in word
            or "@" in word
            or "www." in word
            or "doi" in word.casefold()
            or "=" in word[-2:]
            or word.endswith(("$", "€", "£", "#"))
        ):
            continue
        if _MEASURE.match(text, stop):
            continue
        found.append((at, stop, year))
    return found


def _homes(text: str, groups: Sequence[Group], offsets: Sequence[int]) -> list[Group | None]:
    """For each offset the innermost bracket around it; an original year in square brackets ("2008 [1963]") is no bracket of its own."""
    groups = [
        group for group in groups if not (text[group.open] == "[" and _ORIGINAL.fullmatch(text, group.open, group.close + 1))
    ]
    opens = [group.open for group in groups]
    found: list[Group | None] = []
    for offset in offsets:
        index = bisect_right(opens, offset) - 1
        home = None
        for back in range(index, max(-1, index - 40), -1):
            if groups[back].close > offset:
                home = groups[back]
                break
        found.append(home)
    return found
