"""What kind of work an entry describes, in the words of CSL ("article-journal", "chapter", "webpage", ...)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from refaudit.model import Parsed

# Document type marks of GB/T 7714.
_MARKS = {
    "J": "article-journal",
    "M": "book",
    "C": "paper-conference",
    "D": "thesis",
    "R": "report",
    "N": "article-newspaper",
    "P": "patent",
    "S": "standard",
    "DB": "dataset",
    "CP": "software",
    "EB": "webpage",
    "G": "book",
    "A": "chapter",
}
_MARK = re.compile(r"\[\s*([A-Z]{1,2})(?:/[A-Z]{2,3})?\s*\](//)?")
# What APA and NLM set in brackets after the title.
_DESCRIBED = {
    "dataset": "dataset",
    "database": "dataset",
    "computersoftware": "software",
    "software": "software",
    "mobileapp": "software",
    "video": "motion_picture",
    "film": "motion_picture",
    "preprint": "article",
}
_TOLD = re.compile(r"\[\s?(data ?set|database|(?:computer )?software|mobile app|video|film|preprint)\s?\]", re.IGNORECASE)
_THESIS = re.compile(
    r"\b(?:(?:ph\.? ?d\.?|doctoral|master(?:['’]?s)?|m\.? ?sc\.?|bachelor['’]?s?|unpublished) (?:thesis|dissertation|diss)|"
    r"thesis|tese|disserta[çt](?:ão|ion)|"
    r"tesis|thèse|diplomarbeit|masterarbeit|habilitationsschrift|diss\.)",
    re.IGNORECASE,
)
_THESIS_SIGNS = ("thes", "diss", "tese", "tesis", "thès", "arbeit", "habilit")  # one of them is in all that _THESIS finds
_REPORT = re.compile(
    r"\b(?:technical report|tech\.? rep|report no|working paper|discussion paper|rapport technique|"
    r"relatório técnico|white paper)",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:proc(?:eedings|\.)|conference|conf\.|symposium|symp\.|workshop|congress|congresso|congreso|colloqu|anais|tagung|"
    r"atti del|actas? del?|"
    r"advances in neural information)",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:^|[.,;:?!)”\"’»\]] )(?:in|em|en|dans)(?: ?:| )\s*\S", re.IGNORECASE)
_PREPRINT = re.compile(r"\b(?:arxiv|biorxiv|medrxiv|psyarxiv|chemrxiv|ssrn|research square|preprint)\b", re.IGNORECASE)
_JOURNALS_PROC = re.compile(
    r"\bproc(?:eedings)?\b.{0,20}\b(?:natl?|national|royal|r|roy)\b.{0,12}\b(?:acad|soc|academy|society)", re.IGNORECASE
)


def kind(raw: str, fields: Mapping[str, object]) -> tuple[str, float]:
    """The CSL type and how sure that is; ("", 0) when nothing speaks for any."""

    def text(name: str) -> str:
        value = fields.get(name)
        return value.value or "" if isinstance(value, Parsed) and isinstance(value.value, str) else ""

    mark = _MARK.search(raw)
    if mark and mark.group(1) in _MARKS:
        if mark.group(2):
            return ("paper-conference" if mark.group(1) == "C" else "chapter"), 0.95
        return _MARKS[mark.group(1)], 0.95
    told = _TOLD.search(raw)
    if told:
        return _DESCRIBED[re.sub(r"\s", "", told[1].lower())], 0.95
    container, publisher = text("container"), text("publisher")
    title = fields.get("title")
    outside = raw
    if isinstance(title, Parsed) and title.span:
        outside = raw[: title.span.start] + " " + raw[title.span.end :]
    low = outside.casefold()
    if any(sign in low for sign in _THESIS_SIGNS) and _THESIS.search(outside):
        return "thesis", 0.9
    if container:
        numbered = "volume" in fields or "issue" in fields
        meeting = _MEETING.search(container) and not _JOURNALS_PROC.search(container)
        if meeting:
            return "paper-conference", 0.8
        container_field = fields["container"]
        before = ""
        if isinstance(container_field, Parsed) and container_field.span:
            before = raw[max(0, container_field.span.start - 200) : container_field.span.start]
            if isinstance(title, Parsed) and title.span and title.span.end <= container_field.span.start:
                before = raw[max(0, title.span.end - 2) : container_field.span.start]
        inside = bool(_IN.search(before)) or "editors" in fields
        if inside and (publisher or "editors" in fields or not numbered):
            return "chapter", 0.85
        if _PREPRINT.search(container):
            return "article", 0.7
        if numbered or ("pages" in fields and not publisher):
            return "article-journal", 0.9
        if publisher and "pages" in fields:
            return "chapter", 0.6
        if publisher:
            return "book", 0.4
        return ("webpage", 0.5) if "url" in fields and "accessed" in fields else ("article-journal", 0.6)
    if _PREPRINT.search(outside):
        return "article", 0.6
    if _REPORT.search(outside):
        return "report", 0.7
    if publisher or "place" in fields:
        return ("report", 0.4) if "url" in fields and _organised(fields) else ("book", 0.8)
    if "url" in fields:
        return "webpage", 0.7
    if "volume" in fields and "pages" in fields:
        return "article-journal", 0.7
    return "", 0.0


def _organised(fields: Mapping[str, object]) -> bool:
    authors = fields.get("authors")
    return isinstance(authors, Parsed) and isinstance(authors.value, tuple) and bool(authors.value[0].literal)
