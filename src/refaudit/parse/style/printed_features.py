"""What an entry shows of the style it is set in: how its names, year, title, numbers and addresses are printed.

Every habit is told from the fields as they were read and from the marks printed around them, never from their words, so
that it can be compared with what the manuals of the styles ask for (``refaudit.parse.style.recognition``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from refaudit.model import Name, Parsed, Reference, Span
from refaudit.parse.fields.names import is_initials
from refaudit.parse.label import label_of
from refaudit.words import connectors

SURE = 0.6
"""Fields read with less confidence than this show nothing."""

_MANY = 7
"""More authors than the manuals of medicine and engineering let stand before "et al."."""
_DOUBLE, _SINGLE = frozenset('“”"„«»'), frozenset("‘’'‚‹›`")
_JOINT = re.compile(rf"(;|(?:[,，、]\s*|(?<!\s)\s+)?(?:&|\b(?:{connectors.PATTERN})\b)|[,，、])\s*$")
_WORD = re.compile(r"[^\W\d_]+")
_LEAD = re.compile(r"([,:;.，：]|(?<!\s))\s*$")
_PAGE_WORD = re.compile(r"(?:^|[\s,.:;(])(pp|p|págs?|S|s)(\.?)\s*$")
_VOLUME_WORD = re.compile(r"(?:^|[\s,.;])(vol|v|bd|t)\.?\s*$", re.IGNORECASE)
_ISSUE_WORD = re.compile(r"(?:^|[\s,.;(])(no|nº|n°|n|nr|num|iss|issue|h)\.?\s*$", re.IGNORECASE)
_RANGE = re.compile(r"[A-Za-z]{0,2}(\d{1,6})\s?[-‐‑–—−]\s?[A-Za-z]{0,2}(\d{1,6})")
_GBT = re.compile(r"\[\s?(?:[JMCDRNPSGA]|DB|CP|EB)(?:/(?:OL|CD|MT|DK))?\s?\]")
# Words that one manual asks for before an address or a date of access; the first that stands in the entry counts.
# (name, letters without which it is not worth a search, form)
_WORDS = (
    ("[J]", "[", _GBT),
    ("[Internet]", "[", re.compile(r"\[Internet\]|\[(?:cited|citado|cité) \d{4}")),
    ("[Online]", "[O", re.compile(r"\[Online\]")),
    ("Available:", "Available:", re.compile(r"[.,] Available: ?http")),
    ("Disponível em", "", re.compile(r"Disponível em|Acesso em|Disponible en:")),
    ("Retrieved from", "", re.compile(r"Retrieved (?:from|[A-Z][a-z]+ \d)|Recuperado de|Récupéré|Abgerufen")),
    (
        "Available at",
        "",
        re.compile(r"[Aa]vailable at:?|\((?:Accessed|accessed|Viewed|viewed):? ?\d|\[(?:Accessed|accessed|Viewed)"),
    ),
    ("Available from", "Available from", re.compile(r"Available from")),
    ("Accessed Month", "Accessed ", re.compile(r"Accessed [A-Z][a-z]+ \d{1,2}, \d{4}")),
    ("Accessed D Mon.", "Accessed ", re.compile(r"Accessed \d{1,2} [A-Z][a-z]{2,3}\.? \d{4}")),
)
_LABELS = {"square": "[n]", "round": "(n)", "stop": "n."}
_DOI_DRESS = re.compile(r"(https?://(?:dx\.)?doi\.org/|doi: ?|DOI: ?|doi )$")

Manner = Mapping[str, str]
"""Habit -> how the entry shows it; a habit that it does not show is left out."""


def manner(reference: Reference) -> Manner:
    """The habits an entry shows: empty for entries of a database, which are not printed."""
    shown: dict[str, str] = {}
    raw = reference.raw
    if not any(field and field.span for field in (reference.authors, reference.title, reference.container)):
        return shown
    _names(shown, reference.authors, reference.et_al)
    _year(shown, reference)
    _title(shown, reference)
    _journal(shown, reference)
    _numbers(shown, reference)
    _house(shown, reference)
    if reference.doi and reference.doi.span:
        dress = _DOI_DRESS.search(raw, max(0, reference.doi.span.start - 20), reference.doi.span.start)
        shown["doi"] = "url" if dress and dress[1].startswith("http") else dress[1] if dress else "bare"
    for word, sign, pattern in _WORDS:
        if sign in raw and pattern.search(raw):
            shown["words"] = word
            break
    label = label_of(raw.lstrip()) if reference.authors and reference.authors.span and reference.authors.span.start > 1 else None
    if label and label[1].isdecimal() and label[0] in _LABELS:
        shown["label"] = _LABELS[label[0]]
    return shown


def _known(field: Parsed[Any] | None) -> Span | None:
    """Where a field stands that was read without doubt."""
    return field.span if field is not None and field.value is not None and field.confidence >= SURE else None


# ------------------------------------------------------------------ names


def _names(shown: dict[str, str], authors: Parsed[tuple[Name, ...]] | None, et_al: bool) -> None:
    if authors is None or not authors.value or authors.confidence < SURE or authors.span is None:
        return
    printed, people = authors.raw, authors.value
    first = people[0]
    form = _form(printed, first)
    if not form:
        return
    shown["names"] = form
    if len(people) > 1 and form not in ("I. Family", "Given Family") and people[1].given and people[1].family:
        at = printed.find(first.family) + len(first.family)
        given, family = printed.find(people[1].given, at), printed.find(people[1].family, at)
        if min(given, family) >= 0:
            shown["others"] = "direct" if given < family else "inverted"
    letters = re.fullmatch(r"[^\W\d_](\.?)([\s\xa0]?)(?:-[\s\xa0]?)?[^\W\d_](?:\W.*)?\.?", first.given)
    if letters and is_initials(first.given):
        shown["initials"] = {(".", True): "J. P.", (".", False): "J.P.", ("", True): "J P", ("", False): "JP"}[
            letters[1], bool(letters[2])
        ]
    if "…" in printed or ". . ." in printed:
        shown["cut"] = "…"
    elif et_al:
        shown["cut"] = str(len(people)) if len(people) in (1, 3, 6) else "many"
    elif len(people) > _MANY:
        shown["cut"] = "all"
    if len(people) > 1 and not et_al:
        last = people[-1]
        starts = [at for part in (last.family, last.given, last.literal) if part and (at := printed.rfind(part)) > 0]
        between = _JOINT.search(printed[: min(starts)].removesuffix(last.particle + " ")) if starts else None
        if between:
            shown["joint"] = _joint(between[1])
    elif len(people) > 1 and ";" in printed:
        shown["joint"] = ";"


def _form(printed: str, first: Name) -> str:
    """How the first author of a printed list is set; "" for organisations and for a family name alone."""
    family, given = printed.find(first.family), printed.find(first.given)
    if not first.given or not first.family or family < 0 or given < 0:
        return ""
    initials = is_initials(first.given)
    if given < family:
        return "I. Family" if initials else "Given Family"
    name = "FAMILY" if first.family.isupper() and len(first.family) > 2 else "Family"
    comma = printed[family + len(first.family) :].lstrip().startswith((",", "，"))
    if comma:
        dotted = "." if "." in first.given or "." in printed[given : given + len(first.given) + 1] else ""
        return f"{name}, I{dotted}" if initials else f"{name}, Given"
    if not initials:
        return f"{name} Given"
    return f"{name} I." if "." in first.given else f"{name} I"


def _joint(mark: str) -> str:
    word = _WORD.search(mark)
    comma = "," in mark
    if word:
        return ", and" if comma else "and"
    if "&" in mark:
        return ", &" if comma else "&"
    return ";" if ";" in mark else ","


# ------------------------------------------------------------------ year


def _year(shown: dict[str, str], reference: Reference) -> None:
    """Where the year stands: after the names, before the volume, between volume and pages, or at the end; and its marks."""
    year, title = _known(reference.year), _known(reference.title)
    anchor = title or _known(reference.container)
    if year is None or anchor is None:
        return
    raw = reference.raw
    before = raw[max(0, year.start - 3) : year.start].rstrip()[-1:]
    bracket = before in ("(", "（")
    if year.start < anchor.start:
        close = re.match(r"[^()]{0,24}\)", raw[year.end : year.end + 26]) if bracket else None
        rest = raw[year.end + (close.end() if close else 0) :].lstrip(" ]")[:1]
        mark = rest if rest in (".", ",", ":") else ""
        if bracket:
            shown["year"] = f"(y){mark}"
        else:
            shown["year"] = f"{before if before in ('.', ',', ';') else ''} y{mark}"
        return
    if not title:
        return
    shown["year"] = _late(raw, reference, year, before)


def _late(raw: str, reference: Reference, year: Span, before: str) -> str:
    volume, pages, publisher = _known(reference.volume), _known(reference.pages), _known(reference.publisher)
    bracket = _in_bracket(raw, year)
    if volume and year.end <= volume.start:
        return "y;v" if ";" in raw[year.end : volume.start] else "(y) v" if bracket else "y, v"
    if publisher and not volume:
        return "(house, y)" if bracket else "house; y" if before == ";" else "house, y"
    if bracket:
        return "v (y) p" if pages and year.end <= pages.start else "end (y)"
    if not (volume or pages):
        return "house; y" if before == ";" else "house, y"
    return "v, y, p" if pages and year.end <= pages.start else "end y"


def _in_bracket(raw: str, span: Span) -> bool:
    """Whether a stretch stands inside a round bracket ("(Springer, Berlin, 2019)")."""
    before = raw[max(0, span.start - 120) : span.start]
    return before.rfind("(") > before.rfind(")") and ")" in raw[span.end : span.end + 40]


# ------------------------------------------------------------------ title, journal, numbers


def _title(shown: dict[str, str], reference: Reference) -> None:
    span, raw = _known(reference.title), reference.raw
    if span is None:
        return
    before, after = raw[: span.start].rstrip()[-1:], raw[span.end : span.end + 4].replace("\xa0", " ")
    quotes = "double" if before in _DOUBLE and before else "single" if before in _SINGLE and before else "none"
    if quotes != "none" and not any(char in _DOUBLE | _SINGLE for char in after[:3]):
        return  # an opening quotation mark alone quotes a word of the title
    inside = _known(reference.container) is not None
    if inside or quotes != "none":  # books are set in italics where articles are quoted
        shown["quotes"] = quotes
    if quotes == "none":
        if after[:1] in (".", ","):
            shown["title" if inside else "book"] = after[0]
    else:
        shown["title"] = re.sub(r"[“”\"„«»‘’'‚‹›`]", "”", after.split(" ")[0])[:2]


def _journal(shown: dict[str, str], reference: Reference) -> None:
    """What stands between the journal and the first of year, volume: "J. Mud 45", "J Mud. 2019", "J. Mud, vol. 45"."""
    container, volume = _known(reference.container), _known(reference.volume)
    if container is None or volume is None or volume.start < container.end:
        return
    year = _known(reference.year)
    raw, first, letter = reference.raw, volume.start, "v"
    if year and container.end <= year.start < volume.start:
        first, letter = year.start, "y"
    gap = raw[container.end : first]
    if len(gap) > 12:
        return
    mark = gap.lstrip()[:1]
    if raw[container.end - 1] == "." and mark not in (",", ";"):
        mark = "" if not gap.strip() else mark
        # "J. Mud. 45": the stop may belong to the abbreviation
        shown["journal"] = f"{mark if mark in (',', ';') else ''} {letter}"
        return
    shown["journal"] = f"{mark if mark in ('.', ',', ';', ':') else ''} {letter}"


def _numbers(shown: dict[str, str], reference: Reference) -> None:
    raw = reference.raw
    volume, issue, pages = _known(reference.volume), _known(reference.issue), _known(reference.pages)
    container = _known(reference.container)
    if volume and container and volume.start >= container.end:
        word = _VOLUME_WORD.search(raw[max(0, volume.start - 8) : volume.start])
        shown["volume"] = f"{word[1].lower()}." if word else "bare"
        if issue and issue.start > volume.end:
            gap = raw[volume.end : issue.start]
            word = _ISSUE_WORD.search(gap)
            if word:
                shown["issue"] = "no." if word[1].lower() in ("no", "nº", "n°") else f"{word[1].lower()}."
            elif len(gap) < 4:
                shown["issue"] = f"v{gap}i" + (")" if gap.endswith("(") else "")
    if pages and (volume or issue):
        before = raw[max(0, pages.start - 8) : pages.start]
        word = _PAGE_WORD.search(before)
        mark = _LEAD.search(before[: word.start() + 1] if word else before)
        lead = mark[1].replace("：", ":").replace("，", ",") if mark else ""
        if word:
            shown["pages"] = "pp." if word[1].lower() in ("pp", "p") else word[1]
        else:
            shown["pages"] = lead + (" " if before[-1:].isspace() else "")
        both = _RANGE.fullmatch(reference.pages.raw if reference.pages else "")
        if both and len(both[1]) > 1:
            if len(both[2]) < len(both[1]):
                shown["range"] = "short"
            elif len(both[2]) == len(both[1]) and both[1][0] == both[2][0]:
                shown["range"] = "full"


def _house(shown: dict[str, str], reference: Reference) -> None:
    """Place and publisher: "Oxford: Oxford University Press" or "Oxford University Press: Oxford"."""
    publisher, place = _known(reference.publisher), _known(reference.place)
    if not publisher:
        return
    if not place:
        shown["house"] = "publisher"
        return
    first, second = sorted((publisher, place), key=lambda span: span.start)
    gap = reference.raw[first.end : second.start].strip()[:1]
    if gap in (":", ","):
        shown["house"] = f"place{gap} publisher" if first is place else f"publisher{gap} place"
