"""Which citation style an entry, and a list, is set in: read from the order and the punctuation of the fields.

A style family is a set of habits (how names are printed, where the year stands, how volume and pages are written,
quotation marks around titles). Each habit that an entry shows speaks for the families that have it. The habits are
those of the style manuals: APA 7, Chicago 17, MLA 9, NLM "Citing Medicine" (Vancouver), AMA 11, IEEE, ACS Guide, CSE 8,
GB/T 7714-2015, ABNT NBR 6023, and of the journals of Nature, Elsevier and Springer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from refaudit.model import Name, Reference
from refaudit.parse.names import is_initials

_SURE = 0.6
_QUOTES = frozenset("“\"«„‘'")


@dataclass(frozen=True, slots=True)
class Manner:
    """What an entry shows: each habit is "" where the entry does not show it.

    ``names``: "comma" ("Smith, J. P."), "compact" ("Smith JP"), "direct" ("J. P. Smith"), "full" ("Smith, John"), "caps".
    ``year``: "head()" (after the authors, in brackets), "head", "late()" and "late". ``quotes``: "yes" or "no".
    ``numbers``: the form of volume, issue and pages.
    """

    names: str = ""
    year: str = ""
    quotes: str = ""
    numbers: str = ""


_FAMILIES: dict[str, dict[str, tuple[str, ...]]] = {
    "APA": {"names": ("comma",), "year": ("head()",), "quotes": ("no",), "numbers": ("v(i), p", "v, p")},
    "Harvard": {"names": ("comma",), "year": ("head()",), "quotes": ("yes",), "numbers": ("v(i), pp. p", "v, pp. p")},
    "Chicago author-date": {
        "names": ("full", "comma"),
        "year": ("head",),
        "quotes": ("yes",),
        "numbers": ("v (i): p", "v:p", "v: p"),
    },
    "Elsevier Harvard": {"names": ("comma",), "year": ("head",), "quotes": ("no",), "numbers": ("v, p", "v(i), p")},
    "Chicago notes": {
        "names": ("full", "comma"),
        "year": ("late()",),
        "quotes": ("yes",),
        "numbers": ("v, no. i (y): p", "v (y): p"),
    },
    "MLA": {
        "names": ("full", "comma"),
        "year": ("late",),
        "quotes": ("yes",),
        "numbers": ("vol. v, no. i, y, pp. p", "vol. v, y, pp. p"),
    },
    "Vancouver": {"names": ("compact",), "year": ("late",), "quotes": ("no",), "numbers": ("y;v(i):p", "y;v:p")},
    "IEEE": {"names": ("direct",), "year": ("late",), "quotes": ("yes",), "numbers": ("vol. v, no. i, pp. p", "vol. v, pp. p")},
    "ACS": {"names": ("comma",), "year": ("late",), "quotes": ("no",), "numbers": ("y, v, p", "y, v(i), p")},
    "Nature": {"names": ("comma",), "year": ("late()",), "quotes": ("no",), "numbers": ("v, p (y)",)},
    "Elsevier numeric": {"names": ("direct",), "year": ("late()",), "quotes": ("no",), "numbers": ("v (y) p",)},
    "Springer": {"names": ("compact",), "year": ("head()",), "quotes": ("no",), "numbers": ("v(i):p", "v:p", "v: p", "v(i): p")},
    "CSE": {"names": ("compact",), "year": ("head",), "quotes": ("no",), "numbers": ("v(i):p", "v:p", "v: p", "v(i): p")},
    "ABNT": {"names": ("caps",), "year": ("late",), "quotes": ("no",), "numbers": ("v. v, n. i, p. p", "v. v, p. p")},
}
_WEIGHTS = {"names": 2.0, "year": 2.0, "quotes": 1.0, "numbers": 2.5}
_GBT = re.compile(r"\[(?:[JMCDRNPSGA]|DB|CP|EB)(?:/OL)?\]")
_AMA = re.compile(r"\bdoi:10\.")
_NLM = re.compile(r"\b(?:19|20)\d\d [A-Z][a-z]{2}(?: \d{1,2})?;")


def manner(reference: Reference) -> Manner:
    """The habits an entry shows; fields read with doubt (below 0.6) show none."""
    authors, year, title = reference.authors, reference.year, reference.title
    names = ""
    if authors and authors.confidence >= _SURE and authors.value:
        names = _form(authors.raw, authors.value[0])
    when = ""
    raw = reference.raw
    if title and title.confidence < _SURE:
        title = None
    if year and year.confidence >= _SURE and year.span and year.value and year.value.number:
        bracket = raw[: year.span.start].rstrip().endswith("(")
        if title and title.span:
            when = ("head" if year.span.start < title.span.start else "late") + ("()" if bracket else "")
    quotes = ""
    if title and title.span:
        quotes = "yes" if raw[: title.span.start].rstrip()[-1:] in _QUOTES else "no"
    return Manner(names=names, year=when, quotes=quotes, numbers=_numbers(reference))


def _form(printed: str, first: Name) -> str:
    """How the first author of a printed list is set; "" for organisations and for a family name alone."""
    family, given = printed.find(first.family), printed.find(first.given)
    if not first.given or not first.family or family < 0 or given < 0:
        return ""
    if given < family:
        return "direct"
    if not printed[family + len(first.family) :].lstrip().startswith((",", "，")):
        return "compact"
    if first.family.isupper() and len(first.family) > 1:
        return "caps"
    return "comma" if is_initials(first.given) else "full"


def _numbers(reference: Reference) -> str:
    """Volume, issue, year and pages as "v(i), p": the fields replaced by letters, the printed marks between them kept."""
    parts = []
    for field, letter in ((reference.volume, "v"), (reference.issue, "i"), (reference.year, "y"), (reference.pages, "p")):
        if field is not None and field.span is not None and field.confidence >= _SURE:
            parts.append((field.span.start, field.span.end, letter))
    parts.sort()
    letters = [letter for _, _, letter in parts]
    if "v" not in letters or "p" not in letters:
        return ""
    first, last = letters.index("v"), letters.index("p")
    if last < first:
        return ""
    if "y" in letters and abs(letters.index("y") - first) > 2 and abs(letters.index("y") - last) > 1:
        parts = [part for part in parts if part[2] != "y"]
    raw, text, at = reference.raw, "", None
    for start, end, letter in parts:
        gap = raw[at:start] if at is not None else raw[max(0, start - 6) : start]
        if at is None:
            lead = re.search(r"(?:vol\.?|v\.|Vol\.?|Bd\.)\s*$", gap)
            gap = lead.group() if lead else ""
        if len(gap) > 16:
            return ""
        text += gap + letter
        at = end
    if raw[at : at + 1] == ")" if at is not None else False:
        text += ")"
    text = re.sub(r",\s*y$", "", text)  # a year after the pages is told by ``Manner.year``
    text = re.sub(r"\s+", " ", text).replace("Vol", "vol").replace("nº", "n.").replace("n°", "n.")
    return text.replace("y; v", "y;v").replace("p.p", "p. p")


def family(reference: Reference) -> tuple[str, float]:
    """The family an entry's habits fit best, and by how much it leads (0-1); ("", 0) where they fit none."""
    if _GBT.search(reference.raw):
        return "GB/T 7714", 1.0
    shown = manner(reference)
    scores: list[tuple[float, str]] = []
    for name, habits in _FAMILIES.items():
        score = weight = 0.0
        for habit, forms in habits.items():
            value = getattr(shown, habit)
            if value:
                weight += _WEIGHTS[habit]
                score += _WEIGHTS[habit] * (value in forms)
        if weight >= 4:
            scores.append((score / weight, name))
    scores.sort(reverse=True)
    if not scores or scores[0][0] < 0.6:
        return "", 0.0
    lead = scores[0][0] - scores[1][0]
    name = scores[0][1]
    if name == "Vancouver" and _AMA.search(reference.raw) and not _NLM.search(reference.raw):
        name = "AMA"
    return (name, min(1.0, scores[0][0] * (0.5 + lead))) if lead > 0.05 else ("", 0.0)


def list_style(references: Sequence[Reference]) -> tuple[str, float]:
    """The family most of a list is set in, and its share among the entries that show one."""
    found = Counter(name for name in (reference.style or family(reference)[0] for reference in references) if name)
    if not found:
        return "", 0.0
    if "AMA" in found and "Vancouver" in found:  # AMA differs from Vancouver only where an entry has a DOI or a month
        both = found.pop("AMA") + found.pop("Vancouver")
        found["Vancouver"] = both
    name, count = found.most_common(1)[0]
    return name, count / sum(found.values())
