"""Reference strings from registry records, in twelve styles and with the noise of real lists."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

from refaudit.model import Name, Record


def _initials(name: Name, dot: str = ".", gap: str = " ") -> str:
    return gap.join(part[0] + dot for part in re.split(r"[\s.-]+", name.given) if part)


def _last_first(name: Name, dot: str = ".", gap: str = " ", comma: str = ", ") -> str:
    if name.literal:
        return name.literal
    given = _initials(name, dot, gap)
    family = name.surname
    return f"{family}{comma}{given}" if given else family


def _first_last(name: Name, full: bool = False) -> str:
    if name.literal:
        return name.literal
    given = name.given if full else _initials(name)
    return f"{given} {name.particle} {name.family}".replace("  ", " ").strip()


def _cut(names: Sequence[str], most: int, keep: int, last: str = " & ", sep: str = ", ", et_al: str = ", et al.") -> str:
    if len(names) > most:
        return sep.join(names[:keep]) + et_al
    if len(names) < 2:
        return "".join(names)
    return sep.join(names[:-1]) + last + names[-1]


def _people(record: Record) -> Sequence[Name]:
    return record.authors or record.editors


def _title(record: Record) -> str:
    if record.subtitle and record.subtitle.lower() not in record.title.lower():
        return f"{record.title}: {record.subtitle}"
    return record.title


def _journal(record: Record, short: bool = False) -> str:
    if not record.containers:
        return record.publisher
    return min(record.containers, key=len) if short else max(record.containers[:1] or ("",), key=len)


def _pages(record: Record, dash: str = "–") -> str:
    return (record.pages or record.article_number).replace("-", dash)


def _join(*parts: str) -> str:
    return re.sub(r"\s+", " ", "".join(part for part in parts if part)).strip()


def _year(record: Record) -> str:
    return str(record.years[-1]) if record.years else "n.d."


def apa(r: Record) -> str:
    """APA 7."""
    names = [_last_first(n) for n in _people(r)]
    if len(names) > 20:
        names = [*names[:19], "… " + names[-1]]
    who = _cut(names, 21, 19, ", & ")
    where = _join(
        _journal(r), f", {r.volume}" if r.volume else "", f"({r.issue})" if r.issue else "", f", {_pages(r)}" if _pages(r) else ""
    )
    return _join(who, f" ({_year(r)}). ", _title(r), ". ", where, ".")


def chicago(r: Record) -> str:
    """Chicago author-date."""
    people = _people(r)
    names = [
        (_last_first(n, comma=", ") if not n.given else f"{n.family}, {n.given}") if i == 0 else _first_last(n, True)
        for i, n in enumerate(people)
    ]
    who = _cut(names, 10, 7, ", and ")
    return _join(
        who,
        ". ",
        _year(r),
        ". “",
        _title(r),
        ".” ",
        _journal(r),
        f" {r.volume}" if r.volume else "",
        f" ({r.issue})" if r.issue else "",
        f": {_pages(r)}" if _pages(r) else "",
        ".",
    )


def mla(r: Record) -> str:
    """MLA 9: three or more authors are cut after the first."""
    people = _people(r)
    first = (
        f"{people[0].family}, {people[0].given}" if people and not people[0].literal else (people[0].literal if people else "")
    )
    who = first + (", et al" if len(people) > 2 else f", and {_first_last(people[1], True)}" if len(people) == 2 else "")
    return _join(
        who,
        ". “",
        _title(r),
        ".” ",
        _journal(r),
        f", vol. {r.volume}" if r.volume else "",
        f", no. {r.issue}" if r.issue else "",
        f", {_year(r)}",
        f", pp. {_pages(r)}" if _pages(r) else "",
        ".",
    )


def vancouver(r: Record) -> str:
    """Vancouver, six authors, abbreviated journal, shortened pages."""
    who = _cut([_last_first(n, "", "", " ") for n in _people(r)], 6, 6, ", ")
    return _join(
        who,
        ". ",
        _title(r),
        ". ",
        _journal(r, True),
        ". ",
        _year(r),
        f";{r.volume}" if r.volume else "",
        f"({r.issue})" if r.issue else "",
        f":{_short(_pages(r, '-'))}" if _pages(r) else "",
        ".",
    )


def _short(pages: str) -> str:
    match = re.fullmatch(r"([0-9]+)-([0-9]+)", pages)
    if not match or len(match[1]) != len(match[2]):
        return pages
    first, last = match[1], match[2]
    at = next((i for i in range(len(first)) if first[i] != last[i]), len(first) - 1)
    return f"{first}-{last[at:]}"


def ieee(r: Record) -> str:
    """IEEE, abbreviated journal."""
    who = _cut([_first_last(n) for n in _people(r)], 6, 1, " and ", et_al=" et al.")
    return _join(
        "[1] ",
        who,
        ", “",
        _title(r),
        ",” ",
        _journal(r, True),
        f", vol. {r.volume}" if r.volume else "",
        f", no. {r.issue}" if r.issue else "",
        f", pp. {_pages(r)}" if _pages(r) else "",
        f", {_year(r)}.",
    )


def harvard(r: Record) -> str:
    """Harvard (Cite Them Right)."""
    who = _cut([_last_first(n, gap="") for n in _people(r)], 3, 1, " and ", et_al=" et al.")
    return _join(
        who,
        f" ({_year(r)}) ‘",
        _title(r),
        "’, ",
        _journal(r),
        f", {r.volume}" if r.volume else "",
        f"({r.issue})" if r.issue else "",
        f", pp. {_pages(r)}" if _pages(r) else "",
        ".",
    )


def nature(r: Record) -> str:
    """Nature, abbreviated journal."""
    who = _cut([_last_first(n) for n in _people(r)], 5, 1, " & ", et_al=" et al.")
    return _join(
        "1. ",
        who,
        " ",
        _title(r),
        ". ",
        _journal(r, True),
        f" {r.volume}" if r.volume else "",
        f", {_pages(r)}" if _pages(r) else "",
        f" ({_year(r)}).",
    )


def abnt(r: Record) -> str:
    """ABNT NBR 6023: surnames in capitals."""
    names = [n.literal.upper() if n.literal else f"{n.family.upper()}, {_initials(n)}" for n in _people(r)]
    who = _cut(names, 3, 1, "; ", "; ", " et al.")
    return _join(
        who,
        " ",
        _title(r),
        ". ",
        _journal(r),
        f", v. {r.volume}" if r.volume else "",
        f", n. {r.issue}" if r.issue else "",
        f", p. {_pages(r)}" if _pages(r) else "",
        f", {_year(r)}.",
    )


def gbt(r: Record) -> str:
    """GB/T 7714."""
    who = _cut([_last_first(n, "", " ", " ").upper() for n in _people(r)], 3, 3, ", ")
    return _join(
        "[3] ",
        who,
        ". ",
        _title(r),
        "[J]. ",
        _journal(r),
        f", {_year(r)}",
        f", {r.volume}" if r.volume else "",
        f"({r.issue})" if r.issue else "",
        f": {_pages(r)}" if _pages(r) else "",
        ".",
    )


def springer(r: Record) -> str:
    """Springer basic."""
    who = _cut([_last_first(n, "", "", " ") for n in _people(r)], 8, 3, ", ", et_al=" et al")
    return _join(
        who,
        f" ({_year(r)}) ",
        _title(r),
        ". ",
        _journal(r, True),
        f" {r.volume}" if r.volume else "",
        f":{_pages(r)}" if _pages(r) else "",
    )


def acs(r: Record) -> str:
    """ACS without titles."""
    who = _cut([_last_first(n, gap=" ") for n in _people(r)], 10, 10, "; ", "; ", "; et al.")
    return _join(
        "(1) ",
        who,
        " ",
        _journal(r, True),
        f" {_year(r)}",
        f", {r.volume}" if r.volume else "",
        f", {_pages(r)}" if _pages(r) else "",
        ".",
    )


def aip(r: Record) -> str:
    """American Physical Society: no titles, first page only."""
    who = _cut([_first_last(n) for n in _people(r)], 4, 1, " and ", et_al=" et al.")
    return _join(
        "[7] ",
        who,
        ", ",
        _journal(r, True),
        f" {r.volume}" if r.volume else "",
        f", {_pages(r).split('–')[0]}" if _pages(r) else "",
        f" ({_year(r)}).",
    )


STYLES: dict[str, Callable[[Record], str]] = {
    "apa": apa, "chicago": chicago, "mla": mla, "vancouver": vancouver, "ieee": ieee, "harvard": harvard, "nature": nature,
    "abnt": abnt, "gbt7714": gbt, "springer": springer, "acs": acs, "aps": aip,
}  # fmt: skip
TITLE_LESS = frozenset({"acs", "aps"})


def noisy(text: str, rng: random.Random) -> str:
    """The text with one of the things that happen to lists: nothing (half the time), broken lines, lost accents, a slip."""
    choice = rng.randrange(10)
    if choice < 5:
        return text
    if choice == 5:  # a word broken at a line end and joined with its hyphen
        places = [m.start() for m in re.finditer(r"(?<=[a-z]{3})(?=[a-z]{3})", text)]
        at = rng.choice(places) if places else 0
        return text[:at] + "- " + text[at:] if at else text
    if choice == 6:
        return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    if choice == 7:  # two letters change places
        places = [m.start() for m in re.finditer(r"(?<=[a-z]{2})[a-z]{2}(?=[a-z]{2})", text)]
        at = rng.choice(places) if places else 0
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if at else text
    if choice == 8:
        return text.replace("–", "-").replace("“", '"').replace("”", '"').replace("’", "'")
    return re.sub(r"(?<=[a-z]) (?=[a-z])", "\n", text, count=2)
