"""A plain grammar of references: where fields stand when an entry follows one of the common patterns."""

from __future__ import annotations

import re

from refaudit.parse.names import is_initials

Found = dict[str, tuple[int, int, float]]

YEAR = re.compile(
    r"(?<![\d/.:–-])((?:1[5-9]|20)\d\d)([a-z])?(?![\d/])|"
    r"\b(?:n\. ?d\.|s\. ?d\.|no date|in press|no prelo|im Druck|forthcoming)",
    re.IGNORECASE,
)
LINK = re.compile(
    r"(?:(?:retrieved|available|accessed|disponível|disponible|abgerufen)[^.]{0,60}?)?(?:https?://|www\.|doi\s*:?\s*10\.|\b10\.\d{4,9}/)",
    re.IGNORECASE,
)
LABEL = re.compile(r"\s*(?:\[[^\]\s]{1,12}\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s)|\d{1,4}(?=\s+[^\W\d_]))\s*")
NUMBERS = (
    re.compile(
        r"(?P<volume>\d{1,4})\s*\((?P<issue>[\w./–\- ]{1,20})\)\s*[:,]\s*(?:pp?\.?\s*)?"
        r"(?P<pages>[A-Z]{0,2}e?\d+(?:\s*[-–—]\s*[A-Z]{0,2}e?\d+)?)"
    ),
    re.compile(r"(?P<volume>\d{1,4})\s*[:,]\s*(?:pp?\.?\s*)?(?P<pages>[A-Z]{0,2}e?\d+(?:\s*[-–—]\s*[A-Z]{0,2}e?\d+)?)(?![\d/])"),
    re.compile(
        r"(?:\bv(?:ol)?\.\s*)(?P<volume>\d{1,4})(?:\s*[,(]\s*(?:n[.oº]*\s*|no\.\s*|issue\s*)(?P<issue>[\w/–-]{1,12})\)?)?"
        r"(?:[^\d]{1,30}(?P<pages>\d+\s*[-–—]\s*\d+))?",
        re.IGNORECASE,
    ),
    re.compile(r"\bpp?\.\s*(?P<pages>\w{1,8}\s*[-–—]\s*\w{1,8})"),
)  # fmt: skip
_QUOTED = re.compile(r"[“\"«„](?P<title>[^”\"»]{8,400}?)[,.]?[”\"»“]")
_STOP = re.compile(r"(?<=[^\s.])([.?!])[”\"]?\s+(?=[\"“(\[]?[^\W\d_a-z]|In\b)")


def find(raw: str) -> Found:
    """Field name -> (start, end, confidence) for one entry; fields that follow no pattern are left out."""
    label = LABEL.match(raw)
    start = label.end() if label else 0
    link = LINK.search(raw, start)
    end = link.start() if link else len(raw)
    found: Found = {}
    year = _year(raw, start, end, found)
    for pattern in NUMBERS:
        numbers = pattern.search(raw, _after(found, start, year), end)
        if numbers:
            for name, value in numbers.groupdict().items():
                if value and not (name == "volume" and YEAR.fullmatch(value)):
                    found[name] = (*numbers.span(name), 0.7)
            break
    head = found["year"][0] if year == "head" else _names_end(raw, start, end)
    quoted = _QUOTED.search(raw, start, end)
    if quoted:
        if year != "head":
            head = min(head, quoted.start()) if head > start else quoted.start()
        found["title"] = (*quoted.span("title"), 0.8)
        after = quoted.end()
    else:
        begin = found["year"][1] if year == "head" else head
        while begin < end and raw[begin] in " ).,:;]abcdefgh" and not (raw[begin].isalpha() and raw[begin - 1] == " "):
            begin += 1
        stop = _STOP.search(raw, begin, end)
        after = stop.end() if stop else end
        title_end = stop.start(1) + (raw[stop.start(1)] in "?!") if stop else end
        if title_end > begin:
            found["title"] = (begin, title_end, 0.6)
    if head > start:
        found["authors"] = (*_trim(raw, start, head), 0.7)
    last = min([s for n, (s, _, _) in found.items() if n in ("volume", "issue", "pages", "year") and s > after] or [end])
    container = _trim(raw, after, last)
    text = raw[container[0] : container[1]]
    if 2 < len(text) < 200 and any(char.isalpha() for char in text):
        skip = re.match(r"(?:In|Em|In:|Em:)\s+", text)
        found["container"] = (container[0] + (skip.end() if skip else 0), container[1], 0.5)
    return {name: value for name, value in found.items() if value[1] > value[0]}


def _after(found: Found, start: int, year: str) -> int:
    return found["year"][1] if year == "head" else start


def _year(raw: str, start: int, end: int, found: Found) -> str:
    """Puts the year into ``found``; "head" when it stands between authors and title, else "tail" or ""."""
    years = list(YEAR.finditer(raw, start, end)) or list(YEAR.finditer(raw, start))
    bracket = next((y for y in years if raw[y.start() - 1 : y.start()] == "(" and y.start() > start + 1), None)
    chosen = bracket or (years[-1] if years else None)
    first = years[0] if years else None
    if first and first.start() > start + 2 and raw[first.start() - 2 : first.start()] in (". ", ", ", ") "):
        before = raw[start : first.start()].rstrip(" .,")
        if len(before) < 0.5 * len(raw) and (is_initials(before.split()[-1]) if before.split() else False):
            chosen = first
    if chosen is None:
        return ""
    found["year"] = (chosen.start(), chosen.end(), 0.9 if len(years) == 1 or chosen is bracket else 0.7)
    head = (
        chosen.start() - start < 0.45 * (len(raw) - start)
        and raw[chosen.end() : chosen.end() + 1] in ").,:; "
        and (
            chosen is not bracket
            or raw[chosen.end() : chosen.end() + 3].rstrip() not in (")", ").")
            or bool(raw[chosen.end() + 2 : chosen.end() + 12].strip())
        )
    )
    return "head" if head else "tail"


def _names_end(raw: str, start: int, end: int) -> int:
    """Where the authors end in an entry whose year stands late: the first full stop that ends no initial."""
    for stop in re.finditer(r"[.:](?=\s)", raw[start:end]):
        at = start + stop.start()
        word = re.split(r"[\s,.\-]", raw[start:at])[-1]
        following = raw[at + 1 : at + 30].strip()
        if raw[at] == "." and len(word) == 1 and re.match(r"(?:[^\W\d_]\.|[^\W\d_][\w’'-]+(?:,|\s+(?:and|&)))", following):
            continue
        return at
    return start


def _trim(raw: str, start: int, end: int) -> tuple[int, int]:
    while start < end and raw[start] in ' \t\n.,;:()[]“”"*_':
        start += 1
    while end > start and raw[end - 1] in ' \t\n,;:([“”"*_':
        end -= 1
    return start, end
