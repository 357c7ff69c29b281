"""Author-date citations: every printed year is a hypothesis, and what stands around it decides.

A year is a citation's when names stand where a style puts them: before it inside a bracket, or before the bracket it
stands in. Names and years that the list of references knows are strong evidence; without it the form must speak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refaudit.model import CitedItem, Span, Year
from refaudit.parse.citations.brackets import Found, Group, groups_in, innermost
from refaudit.parse.citations.cited_years import after_year, item_of, items_of, years_in_range
from refaudit.parse.citations.names import Names, is_word
from refaudit.parse.citations.names_at_year import names_before, names_in_bracket
from refaudit.parse.entries.author_year import surname_key
from refaudit.parse.entries.index import ListIndex
from refaudit.words import circa, connectors, locators, prose

_JOINING = re.compile(rf"[\s,;:.&]*(?:(?:{connectors.ANY}|(?i:{prose.LEADING_ON})(?!\w)\.?)[\s,]*)*")
_SEE = re.compile(rf"[\s,;]*{connectors.BETWEEN}?(?:(?:{prose.SEE})(?!\w)\.?\s*)*")
_BETWEEN_YEARS = re.compile(rf"[\s,;/]*{connectors.BETWEEN}?")
_BEFORE_YEARS = re.compile(
    rf"[\s,;:/&*]*(?:(?:{connectors.ANY}|(?i:{circa.PATTERN}|{prose.BEFORE_YEARS}|{connectors.OR}|{prose.SEE})(?![^\W\d_])\.?)\s*)*"
)
# "La legge Gentile (1923)" is no work of Gentile's.
_OTHER_THING = re.compile(
    r"(?i)\b(?:act|law|reform|treaty|legge|riforma|decreto|loi|réforme|décret|ley|reforma|lei|gesetz|reform|vertrag|abkommen)\s+(?:[^\W\d_]{1,5}\s+)?$"
)
# "123 F.3d 456, 460 (9th Cir. 1993)", "410 U.S. 113 (1973)": a report of cases, behind which the bracket names court and year.
_REPORTED = re.compile(
    r"(?<!\w)\d{1,4}\s(?:[A-Z]\.\s?){1,4}(?:(?:Supp|App|Ct|Cir|Ed|Rptr)\.?\s?)?(?:[23]d|\dth)?\s?\d{1,5}(?:,\s\d{1,5}(?:[-–]\d{1,5})?)?\s?$"
    r"|(?<!\w)\d{1,4}\s(?:F\.|S\.\sCt\.|So\.|Cal\.|Ill\.|Ohio|Wis\.|Mass\.)\s?(?:App\.\s|Supp\.\s)?(?:[23]d|\dth)?\s?\d{1,5}(?:,\s\d{1,5})?\s?$"
)
_RANGES_APART = 10  # years by which a cited range and the listed one may begin apart and still be one slip
_WINDOW = 320


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
        home = innermost(self.text, groups, [at for at, _, _ in years])
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
            if not _BEFORE_YEARS.fullmatch(text, at, start):
                return False
            at = after_year(self.text, end, year)[0]
        rest = text[at : group.close]
        return not whole or not re.search(r"[A-ZÀ-Þ][^\W\d_]{2,}", locators.BEHIND_YEAR.sub(" ", rest)) or len(rest) < 3

    def _narrative(self, group: Group, years: Sequence[tuple[int, int, Year]], floor: int) -> Found | None:
        if _REPORTED.search(self.text, max(floor, group.open - 40), group.open):
            return None
        names = names_before(self.text, self.index, group.open, max(floor, group.open - _WINDOW))
        if names is None or _OTHER_THING.search(self.text, max(floor, names.start - 30), names.start):
            return None
        items = items_of(self.text, names, years, group.close)
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
                at = after_year(self.text, end, year)[0]
                runs.append([])
                continue
            fresh = read_names.start >= at
            if fresh and runs[-1] and not _JOINING.fullmatch(text, at, read_names.start):
                runs.append([])
            at, made = item_of(self.text, read_names, start, end, year, group.close, fresh=fresh)
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
        return names_in_bracket(self.text, self.index, floor, start) or (
            last if last is not None and _SEE.fullmatch(between) else None
        )

    def _with_prefix(self, group: Group, found: Found) -> Found:
        """The citation with the words that lead it in ("see also") taken into its span."""
        lead = self.text[group.open + 1 : found.span.start]
        if len(lead) >= 40 or not all(word.strip(".,").casefold() in prose.PREFIXES for word in lead.split()):
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

    # -------------------------------------------------------------- a year outside any bracket

    def _bare(self, item: tuple[int, int, Year], floor: int, limit: int) -> Found | None:
        """ "Smith et al. 2010" in running text, or a bracket of which one half is missing."""
        start, end, year = item
        text = self.text
        stop = after_year(self.text, end, year)[0]
        behind = text[max(0, start - 4) : start].rstrip(" ,.(\n")[-1:]
        if year.number is None or not (behind.isalpha() or behind in "'’"):
            return None
        names = names_before(self.text, self.index, start, max(floor, start - 160))
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
        items = items_of(self.text, names, [item], min(limit, stop + 60))
        items[0] = replace(items[0], span=Span(names.start, items[0].span.end))
        return Found(Span(names.start, items[-1].span.end), tuple(replace(i, confidence=0.8) for i in items), False, flaw)

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
