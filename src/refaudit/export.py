"""A list of references as CSL-JSON, BibTeX or RIS.

Only what was read is written: a field without a value is left out, nothing is guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from refaudit.model import Name, Reference, Year
from refaudit.text import DASHES, plain

_CSL_TEXT = (
    ("title", "title"),
    ("container", "container-title"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("publisher", "publisher"),
    ("place", "publisher-place"),
    ("edition", "edition"),
    ("doi", "DOI"),
    ("pmid", "PMID"),
    ("pmcid", "PMCID"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("url", "URL"),
)
_BIBTEX_TYPES = {
    "article-journal": "article",
    "article-newspaper": "article",
    "article-magazine": "article",
    "article": "misc",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "thesis": "phdthesis",
    "report": "techreport",
}
_RIS_TYPES = {
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
    "article": "UNPB",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CONF",
    "thesis": "THES",
    "report": "RPRT",
    "webpage": "ELEC",
    "dataset": "DATA",
    "software": "COMP",
    "patent": "PAT",
    "standard": "STAND",
}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_DASH = re.compile(rf"(?:(?<!\s)\s+)?[{DASHES}]{{1,3}}\s*")


def value(reference: Reference, field: str) -> Any:
    """What was read for a field, or None."""
    parsed = getattr(reference, field)
    return parsed.value if parsed is not None else None


def _csl_name(person: Name) -> dict[str, str]:
    if person.literal:
        return {"literal": person.literal}
    parts = (
        ("family", person.family),
        ("given", person.given),
        ("non-dropping-particle", person.particle),
        ("suffix", person.suffix),
    )
    return {key: text for key, text in parts if text}


def _csl_date(year: Year) -> dict[str, Any]:
    if year.number is None:
        return {"literal": str(year)}
    parts = [year.number]
    if year.month:
        parts.append(year.month)
        if year.day:
            parts.append(year.day)
    return {"date-parts": [parts]}


def keys(references: Sequence[Reference]) -> list[str]:
    """A citation key for every entry: its own where it has one, else family and year, with a letter where two agree."""
    found: list[str] = []
    taken: set[str] = set()
    for number, reference in enumerate(references, 1):
        base = reference.key or _key(reference) or f"ref{number}"
        key, count = base, 0
        while key in taken:
            count += 1
            key = f"{base}{chr(96 + count)}" if count <= 26 else f"{base}-{count}"
        taken.add(key)
        found.append(key)
    return found


def _key(reference: Reference) -> str:
    people = value(reference, "authors") or value(reference, "editors") or ()
    year = value(reference, "year")
    head = (people[0].family or people[0].literal) if people else (value(reference, "title") or "")
    word = "".join(re.findall(r"[a-z0-9]+", plain(head).casefold())[: 3 if people and people[0].family else 1])
    return f"{word}{str(year) if year and year.number else ''}" if word else ""


def csl_items(references: Sequence[Reference]) -> list[dict[str, Any]]:
    """The references as CSL-JSON items."""
    items = []
    for key, reference in zip(keys(references), references, strict=True):
        item: dict[str, Any] = {"id": key, "type": value(reference, "type") or "document"}
        for name, csl in (("authors", "author"), ("editors", "editor")):
            if value(reference, name):
                item[csl] = [_csl_name(person) for person in value(reference, name)]
        if value(reference, "year"):
            item["issued"] = _csl_date(value(reference, "year"))
        for name, csl in _CSL_TEXT:
            if value(reference, name):
                item[csl] = value(reference, name)
        if value(reference, "pages"):
            item["page"] = _DASH.sub("-", value(reference, "pages"))
        if value(reference, "accessed"):
            item["accessed"] = {"literal": value(reference, "accessed")}
        if value(reference, "arxiv"):
            item["archive"], item["archive_location"] = "arXiv", value(reference, "arxiv")
        if not any(name in item for name in ("title", "author", "editor", "container-title")):
            item["note"] = reference.raw
        items.append(item)
    return items


def csl_json(references: Sequence[Reference]) -> str:
    """CSL-JSON, the input of citation processors."""
    return json.dumps(csl_items(references), ensure_ascii=False, indent=2) + "\n"


def _printable(text: str) -> str:
    """Without control characters other than tab and newline, and without halves of characters, which no file can hold."""
    return "".join(char for char in text if (char >= " " or char in "\t\n") and not "\ud800" <= char <= "\udfff")


def _tex(text: str) -> str:
    text = re.sub(r"\s+", " ", _printable(text))
    return "".join(_SPECIAL.get(char, char) for char in text)


def _tex_name(person: Name) -> str:
    if person.literal:
        return "{" + _tex(person.literal) + "}"
    family = _tex(f"{person.particle} {person.family}".strip())
    # " and " separates names: a family name that holds the word is kept together by braces.
    family = "{" + family + "}" if re.search(r"\band\b", family, re.IGNORECASE) else family
    return ", ".join(part for part in (family, _tex(person.suffix), _tex(person.given)) if part)


def bibtex(references: Sequence[Reference]) -> str:
    """BibTeX entries in UTF-8, special characters escaped."""
    entries = []
    for key, reference in zip(keys(references), references, strict=True):
        kind = _BIBTEX_TYPES.get(value(reference, "type") or "", "misc")
        if kind == "phdthesis" and re.search(r"master|mestrado|maestr|m\.? ?sc|diplom|laurea", reference.raw, re.IGNORECASE):
            kind = "mastersthesis"
        rows: list[tuple[str, str]] = []
        for name, field in (("authors", "author"), ("editors", "editor")):
            if value(reference, name):
                people = [_tex_name(person) for person in value(reference, name)]
                rows.append((field, " and ".join(people + (["others"] if field == "author" and reference.et_al else []))))
        publisher = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}.get(kind, "publisher")
        container = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}.get(kind, "howpublished")
        for name, field in (
            ("title", "title"),
            ("container", container),
            ("volume", "volume"),
            ("issue", "number"),
            ("publisher", publisher),
            ("place", "address"),
            ("edition", "edition"),
        ):
            if value(reference, name):
                rows.append((field, _tex(value(reference, name))))
        if value(reference, "pages"):
            rows.append(("pages", _DASH.sub("--", _tex(value(reference, "pages")))))
        year = value(reference, "year")
        if year:
            rows.append(("year", _tex(str(year.number) if year.number is not None else year.text)))
            if year.month:
                rows.append(("month", str(year.month)))
        # DOI and URL stand verbatim: BibTeX styles print them as links, and an escape would break the address.
        rows += [
            (field, _verbatim(value(reference, field))) for field in ("doi", "url", "isbn", "issn") if value(reference, field)
        ]
        if value(reference, "arxiv"):
            rows += [("eprint", _verbatim(value(reference, "arxiv"))), ("archiveprefix", "arXiv")]
        rows += [(field, _verbatim(value(reference, field))) for field in ("pmid", "pmcid") if value(reference, field)]
        if value(reference, "accessed"):
            rows.append(("note", "Accessed " + _tex(value(reference, "accessed"))))
        if not any(field in ("title", "author", "editor", container) for field, _ in rows):
            rows.append(("note", _tex(reference.raw)))
        safe = re.sub(r"[^\w:.+/-]", "", key) or "ref"
        entries.append(f"@{kind}{{{safe},\n" + "".join(f"  {field} = {{{text}}},\n" for field, text in rows) + "}\n")
    return "\n".join(entries)


def _verbatim(text: str) -> str:
    return re.sub(r"[\s{}\\]", "", _printable(text))


def ris(references: Sequence[Reference]) -> str:
    """RIS records, as reference managers read them."""
    records = []
    for key, reference in zip(keys(references), references, strict=True):
        kind = value(reference, "type") or ""
        rows: list[tuple[str, str]] = [("TY", _RIS_TYPES.get(kind, "GEN")), ("ID", key)]
        for name, tag in (("authors", "AU"), ("editors", "A2" if kind in ("chapter", "paper-conference") else "ED")):
            for person in value(reference, name) or ():
                rows.append((tag, person.literal or ", ".join(filter(None, (str(person), person.suffix)))))
        year = value(reference, "year")
        if year and year.number is not None:
            rows.append(("PY", str(year.number)))
            if year.month:
                rows.append(("DA", f"{year.number}/{year.month:02d}/" + (f"{year.day:02d}/" if year.day else "/")))
        pages = _DASH.split(value(reference, "pages") or "", maxsplit=1)
        for tag, text in (
            ("TI", value(reference, "title")),
            ("T2", value(reference, "container")),
            ("VL", value(reference, "volume")),
            ("IS", value(reference, "issue")),
            ("SP", pages[0]),
            ("EP", pages[1] if len(pages) > 1 else ""),
            ("PB", value(reference, "publisher")),
            ("CY", value(reference, "place")),
            ("ET", value(reference, "edition")),
            ("DO", value(reference, "doi")),
            ("UR", value(reference, "url")),
            ("SN", value(reference, "isbn") or value(reference, "issn")),
            ("Y2", value(reference, "accessed")),
            ("AN", value(reference, "pmid")),
            ("C2", value(reference, "pmcid")),
            ("N1", f"arXiv:{value(reference, 'arxiv')}" if value(reference, "arxiv") else ""),
            ("N1", year.text if year and year.number is None else ""),
        ):
            if text:
                rows.append((tag, text))
        if not any(tag in ("TI", "AU", "T2") for tag, _ in rows):
            rows.append(("N1", reference.raw))
        records.append("".join(f"{tag}  - {_one_line(text)}\r\n" for tag, text in rows) + "ER  - \r\n")
    return "\r\n".join(records)


def _one_line(text: str) -> str:
    return " ".join(_printable(text).split())


FORMATS: dict[str, Callable[[Sequence[Reference]], str]] = {"csl-json": csl_json, "bibtex": bibtex, "ris": ris}
"""The formats of ``refaudit export``."""
