"""From the fields of a BibTeX or BibLaTeX entry to a ``Reference``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from refaudit.model import Name, Parsed, Reference, Span
from refaudit.readers.databases import entry_records, name_lists
from refaudit.readers.databases.journal_macros import JOURNALS
from refaudit.readers.tex_characters import decode
from refaudit.words.et_al import cut_short, stands_alone

Fields = Mapping[str, tuple[str, int | None]]
"""Field name to TeX value and its offset in the entry (None where it comes from elsewhere)."""

# BibLaTeX manual 3.17, section 2.1, beside the type names of CSL 1.0.2
_TYPES = {
    "article": "article-journal", "periodical": "periodical", "book": "book", "mvbook": "book", "collection": "book",
    "mvcollection": "book", "proceedings": "book", "mvproceedings": "book", "reference": "book", "booklet": "pamphlet",
    "inbook": "chapter", "incollection": "chapter", "suppbook": "chapter", "bookinbook": "chapter", "inreference": "entry",
    "inproceedings": "paper-conference", "conference": "paper-conference", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "manual": "report", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "webpage": "webpage", "unpublished": "manuscript", "dataset": "dataset",
    "software": "software", "patent": "patent", "legislation": "legislation", "standard": "standard", "video": "motion_picture",
    "movie": "motion_picture", "audio": "song",
}  # fmt: skip

_ESCAPED = re.compile(r"\\([_%#&$~{}])(?:\{\})?")
_URL_WRAP = re.compile(r"^\\(?:url|path|nolinkurl)\s*\{(.*)\}$", re.DOTALL)
_EXTENDED = re.compile(r"\b(family|given|prefix|suffix)(?:-i)?\s*=\s*(\"[^\"]*\"|\{[^{}]*\}|[^,]*)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?i)arxiv[:./ ]{0,9}(?:abs/|preprint )?\s{0,9}(?:arxiv:)?((?:\d{4}\.\d{4,5}|[a-z\-]{1,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)"
)
_COMMAND = re.compile(r"[\s{]{0,9}\\([A-Za-z]{2,40})[\s{}]{0,9}")
_ADDRESS = re.compile(r"https?://[^\s{}]+")
_BLANK = re.compile(r"[\s~]")
_RANGE = re.compile(r"(?:(?<!\s)\s+)?-{2,3}\s*")


_WITH_NUMBER = frozenset("techreport report manual patent thesis phdthesis mastersthesis book standard".split())
"""Types whose ``number`` is their own, not the issue of what holds them."""


def reference(*, kind: str, key: str | None, span: Span, raw: str, fields: Fields) -> Reference:
    """The reference that an entry of type ``kind`` describes."""

    def first(*names: str) -> str:
        for name in names:
            value = fields.get(name)
            if value is not None and value[0].strip():
                return value[0]
        return ""

    def titled(name: str, subtitle: str) -> str:
        title, sub = spoken(first(name)), decode(first(subtitle))
        return f"{title}{'' if title.endswith(('?', '!', ':')) else ':'} {sub}" if title and sub else title

    authors, cut = people(first("author"))
    editors, _ = people(first("editor", "editors"))
    archive = first("eprinttype", "archiveprefix", "archive").strip().lower()
    eprint = verbatim(first("eprint"))
    container = (
        spoken(first("journaltitle", "journal")) or titled("booktitle", "booksubtitle") or titled("maintitle", "mainsubtitle")
    )
    found = _ARXIV.search(f"{verbatim(first('url'))} {container}")
    type_ = _TYPES.get(kind)
    if kind == "misc" or type_ is None:
        if archive == "arxiv" or (found and not first("booktitle")):
            type_ = "article"
        elif first("url", "howpublished") and not container and not first("publisher", "doi"):
            type_ = "webpage"
        else:
            type_ = None
    elif kind == "article" and first("entrysubtype").strip().lower() in ("magazine", "newspaper"):
        type_ = f"article-{first('entrysubtype').strip().lower()}"
    numbered = kind not in _WITH_NUMBER
    made = entry_records.reference(
        span=span,
        raw=raw,
        key=key,
        type_=type_,
        authors=authors,
        editors=editors,
        year_=entry_records.year(decode(first("date", "year")), decode(first("month"))),
        title=titled("title", "subtitle"),
        container=container,
        volume=decode(first("volume")),
        issue=decode(first("issue", "number") if numbered else first("issue")),
        pages=_RANGE.sub("–", decode(first("pages", "eid", "articleno", "article-number"))),
        publisher=decode(first("publisher", "institution", "school", "organization")),
        place=decode(first("location", "address")),
        edition=decode(first("edition")),
        doi=verbatim(first("doi")),
        arxiv=eprint if archive == "arxiv" else found[1] if found else "",
        pmcid=verbatim(first("pmcid")),
        pmid=verbatim(first("pmid")) or (eprint if archive == "pubmed" else ""),
        isbn=verbatim(first("isbn")),
        issn=verbatim(first("issn")),
        url=verbatim(first("url")) or _link(first("howpublished")),
        accessed=decode(first("urldate", "lastchecked", "lastaccessed", "lastvisited")),
        et_al=cut,
    )
    return replace(
        made,
        # what BibTeX calls "inbook" and "manual" may be other things for those who use them
        type=made.type and replace(made.type, confidence=0.6 if kind in ("inbook", "manual") else 1.0),
        printed=printed(fields),
        title=_placed(made.title, fields, "title"),
        doi=_placed(made.doi, fields, "doi"),
        url=_placed(made.url, fields, "url"),
        pages=_placed(made.pages, fields, "pages"),
        volume=_placed(made.volume, fields, "volume"),
        isbn=_placed(made.isbn, fields, "isbn"),
        issn=_placed(made.issn, fields, "issn"),
        container=_placed(
            made.container,
            fields,
            "journal" if "journal" in fields else "journaltitle" if "journaltitle" in fields else "booktitle",
        ),
        year=made.year and replace(made.year, span=_span(fields, "date" if first("date") else "year")),
        authors=made.authors and replace(made.authors, span=_span(fields, "author")),
    )


_PRINTED = (
    "author", "editor", "translator", "date", "year", "title", "subtitle", "titleaddon", "journaltitle", "journal", "journalsubtitle",
    "booktitle", "booksubtitle", "maintitle", "series", "volume", "number", "issue", "chapter", "edition", "pages", "eid", "articleno",
    "publisher", "institution", "school", "organization", "location", "address", "type", "howpublished", "note", "addendum",
    "pubstate", "doi", "eprint", "pmid", "isbn", "issn", "url", "urldate",
)  # fmt: skip
"""What the styles of BibTeX and BibLaTeX print, in their order: not ``abstract``, ``annote``, ``keywords``, ``file`` and their like."""
_RANKS = {name: rank for rank, name in enumerate(_PRINTED)}
_VERBATIM = frozenset({"doi", "eprint", "pmid", "isbn", "issn", "url"})
_REMARKS = frozenset({"note", "addendum", "howpublished"})
_PHRASE = 200
"""Characters of a remark that is printed; longer ones are somebody's notes on the work."""
_MATH = re.compile(r"(?<!\\)\$[^$]{0,300}(?<!\\)\$")


def printed(fields: Fields) -> tuple[Parsed[str], ...]:
    """The decoded values of the printed fields, each with its TeX form and place; formulas are left out."""
    found = []
    for name in sorted(fields.keys() & _RANKS.keys(), key=_RANKS.__getitem__):
        text = fields[name][0]
        value = verbatim(text) if name in _VERBATIM else spoken(_MATH.sub(" ", text) if "$" in text else text)
        if value and not (name in _REMARKS and len(value) > _PHRASE):
            found.append(Parsed(value=value, raw=text, span=_span(fields, name)))
    return tuple(found)


def _span(fields: Fields, name: str) -> Span | None:
    text, start = fields.get(name, ("", None))
    return None if start is None else Span(start, start + len(text))


def _placed(value: Parsed[str] | None, fields: Fields, name: str) -> Parsed[str] | None:
    """The field with its place in the entry and its TeX form as ``raw``."""
    span = _span(fields, name) if value else None
    return Parsed(value=value.value, raw=fields[name][0], span=span, confidence=value.confidence) if value and span else value


def spoken(text: str) -> str:
    """A field in plain text; one that is nothing but a command is the journal of that name, or the name of the command."""
    value = decode(text)
    if not value and (command := _COMMAND.fullmatch(text)):
        return JOURNALS.get(command[1].lower(), command[1])
    return value


def verbatim(text: str) -> str:
    """A DOI, address or number: escapes and wrappers taken off, everything else as it stands."""
    text = text.strip()
    if "\\" not in text and "{" not in text:
        return text
    wrapped = _URL_WRAP.match(text)
    text = wrapped[1] if wrapped else text
    text = _ESCAPED.sub(r"\1", text.replace("{\\_}", "_").replace("{\\%}", "%"))
    if text.startswith("{") and text.endswith("}"):
        text = text[1:-1]
    return text.replace("\\textless", "<").replace("\\textgreater", ">").strip()


def _link(text: str) -> str:
    """The address in ``howpublished``, where old databases keep it."""
    match = _ADDRESS.search(text)
    return verbatim(match[0]) if match else ""


def people(text: str) -> tuple[list[Name], bool]:
    """The names of an author or editor field, and whether ``and others`` cuts the list."""
    parts = [text[part.start : part.end] for part in name_lists.parts(text)]
    stripped = [part.strip() for part in parts if part.strip()]
    if stripped and stands_alone(decode(stripped[-1])):
        return [person(part) for part in stripped[:-1]], True
    last, cut = cut_short(stripped[-1]) if stripped else ("", False)
    return [person(part) for part in (*stripped[:-1], last) if part], cut


def person(text: str) -> Name:
    """One name in BibTeX's forms: "First von Last", "von Last, First", "von Last, Jr, First", {Organisation}, key=value."""
    text = text.strip()
    if text.startswith("{") and _closes_at_end(text):
        return Name(literal=decode(text))
    if "=" in text and name_lists.NAMED.match(text):
        fields = {name.lower(): decode(value.strip('"{} ')) for name, value in _EXTENDED.findall(text)}
        return Name(
            family=fields.get("family", ""),
            given=fields.get("given", ""),
            particle=fields.get("prefix", ""),
            suffix=fields.get("suffix", ""),
        )
    commas = _split(text, ",")
    if len(commas) >= 2:
        particle, family = _von(_split(commas[0], " "))
        suffix, given = (commas[1], commas[2]) if len(commas) >= 3 else ("", commas[1])
        return Name(family=family, given=decode(given), particle=particle, suffix=decode(suffix))
    words = _split(text, " ")
    if len(words) > 2 and words[-1] in name_lists.SUFFIXES:
        return replace(person(" ".join(words[:-1])), suffix=words[-1])
    if len(words) == 1:
        return Name(literal=decode(text)) if text.startswith("{") or not words else Name(family=decode(text))
    lower = next((index for index, word in enumerate(words[:-1]) if index and word[:1].islower()), len(words) - 1)
    particle, family = _von(words[lower:])
    return Name(family=family, given=decode(" ".join(words[:lower])), particle=particle)


def _von(words: list[str]) -> tuple[str, str]:
    """Leading words in small letters are the particle, the rest is the family name."""
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return decode(" ".join(words[:count])), decode(" ".join(words[count:]))


def _split(text: str, sign: str) -> list[str]:
    """``text`` cut at ``sign`` (a space stands for any white space or tie) outside braces."""
    if "{" not in text and "}" not in text:
        return [part for word in (text.split(sign) if sign != " " else _BLANK.split(text)) if (part := word.strip())]
    parts: list[str] = []
    current: list[str] = []
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth == 0 and (char == sign or (sign == " " and (char.isspace() or char == "~"))):
            parts.append("".join(current))
            current = []
        else:
            current.append(char)
    parts.append("".join(current))
    return [part.strip() for part in parts if part.strip()]


def _closes_at_end(text: str) -> bool:
    """Whether the brace that opens ``text`` closes only at its end."""
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return index == len(text) - 1
    return False
