"""REF001: does an entry have what every style asks for?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from refaudit.model import Level, Reference
from refaudit.parse.identifiers import find_dois, find_urls
from refaudit.parse.label import without_label
from refaudit.parse.years import NUMBER
from refaudit.resolve.match.coverage import unregistered_series
from refaudit.resolve.match.entry import Entry
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule, sure, without_links
from refaudit.text import fold, words
from refaudit.words import eras, no_date
from refaudit.words.months import MONTHS
from refaudit.words.organisations import INSTITUTION
from refaudit.words.withdrawn import withdrawn

_FIELDS = (
    "authors", "editors", "year", "title", "container", "volume", "issue", "pages", "publisher", "place", "edition",
    "doi", "arxiv", "pmid", "pmcid", "isbn", "issn", "url", "accessed",
)  # fmt: skip
_DATED = re.compile(r"\d{4}|['’]\d\d\b|\b(?:1[4-9]|20)(?:--|__|\?\?|\d[-?])|\d[./]\s?\d{1,2}[./]\s?\d{2}\b")
_ONLINE = re.compile(
    r"https?:|www\.|doi|online|epub|ahead of print|in[ -]press|forthcoming|preprint|arxiv|e?loc|article|no\.", re.IGNORECASE
)
_HEADLESS = re.compile(rf"(?:{NUMBER}|pp?\.|vol\.|doi\b|https?:|[a-zà-þ])")
_GLUED = re.compile(r"[^\W\d_]{3}\d{1,4}\s?\(")  # "Heringeriana9(2)": the journal stands there after all
_TITLE_FIRST = re.compile(r"""\s*(?:\[?\d+[\].]?\s*)?["“”«'‘(]""")
_FEW = 5  # entries that show what a list prints
_SENTENCES = re.compile(r"[.?!]\W{0,3}\s")  # the title may have swallowed the journal
_JOURNAL = re.compile(  # a name of the kind that only periodicals have, in the middle or at the end of the entry
    r"[.,”\"?!]\s+[*_]{0,2}(?:(?:the|[\w-]{2,20})\s+){0,4}?(?:journal|revista|annals|transactions|zeitschrift|annales|quarterly)\b"
    r"[^.,;:]{0,60}[*_.,;:]",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(INSTITUTION, re.IGNORECASE)
_FILLERS = frozenset(
    "in vol volume no nr issue pp p page pages doi https http www and et al eds ed available from at retrieved accessed on the "
    "of by s bd heft hrsg und v n núm pág pmid pmcid isbn issn online internet cited viewed url".split()
) | frozenset(MONTHS)


def _unread(reference: Reference) -> list[str]:
    """The words of an entry that belong to no field that was read: where there are some, a field may be among them."""
    kept = list(reference.raw)
    spans = [span for _, span in find_dois(reference.raw)] + [span for _, span in find_urls(reference.raw)]
    for name in _FIELDS:
        field = getattr(reference, name)
        if field is not None and field.span is not None:
            spans.append(field.span)
    for span in spans:
        kept[span.start : span.end] = " " * (span.end - span.start)
    return [word for word in words("".join(kept)) if re.search(r"[^\W\d_]{3}", word) and word not in _FILLERS]


def _missing(reference: Reference) -> Iterator[str]:
    """The fields that an entry surely lacks, in words. Asked for is what every style asks for of that kind of work."""
    has = {name for name in _FIELDS if (field := getattr(reference, name)) is not None and field.value}
    if reference.printed is not None:
        yield from _undeclared(reference, has)
        return
    raw = reference.raw
    kind = sure(reference.type, 0.7) or ("article-journal" if _JOURNAL.search(raw) else "")
    web = "url" in has or kind in ("webpage", "post-weblog", "post", "dataset", "software")
    if (
        "year" not in has
        and not web
        and not (no_date.PATTERN.search(raw) or eras.YEAR.search(raw))
        and not _DATED.search(without_links(raw))
    ):
        yield "the year"
    others = list(_others(reference, kind, has))
    if others and not _unread(reference):
        yield from others


_DATED_KINDS = frozenset({"article-journal", "book", "chapter", "paper-conference", "thesis", "report"})
_UNFINISHED = re.compile(r"\bsubmitted|\bpreprint|\barxiv|\bin preparation|\bunder review|\bmanuscript", re.IGNORECASE)


def _undeclared(reference: Reference, has: set[str]) -> Iterator[str]:
    """What a database entry of a kind that has to have it leaves out; nothing of a kind that the database does not name."""
    kind, text = sure(reference.type, 0.7), reference.text
    if no_date.PATTERN.search(reference.raw):  # a status that no style prints
        return
    if kind not in _DATED_KINDS or not has & {"authors", "editors", "title"}:
        return
    if "year" not in has and "url" not in has and not no_date.PATTERN.search(text) and not _DATED.search(without_links(text)):
        yield "the year"
    if "title" not in has:
        yield "the title"
    # an article or paper whose place is left out in full may be a preprint, a talk or a page that got the wrong type
    loose = (
        "container" not in has
        and not has & {"publisher", "arxiv"}
        and not no_date.PATTERN.search(text)
        and not _UNFINISHED.search(text)
    )
    if kind == "article-journal" and loose and has & {"volume", "issue", "pages"}:
        yield "the journal"
    elif kind in ("paper-conference", "chapter") and loose and "pages" in has:
        yield "the title of the book"
    elif kind == "thesis" and not has & {"publisher", "container", "url", "doi"} and not _INSTITUTION.search(text):
        yield "the institution"


def _others(reference: Reference, kind: str, has: set[str]) -> Iterator[str]:
    """What is asked for beside the year; it holds only where every word of the entry was assigned to a field."""
    raw, title = reference.raw, (reference.title.value if reference.title else None)
    if not title:
        names = reference.authors.value if reference.authors and reference.authors.value else ()
        persons = any(name.given for name in names) and "url" not in has
        container = sure(reference.container, 0.7)  # with more doubt, the title was taken for it
        if persons and len(words(raw)) <= 25 and container and "volume" in has:
            yield "the title"
    elif kind == "article-journal":
        if not has & {"authors", "editors"} and has & {"volume", "issue", "doi"} and _TITLE_FIRST.match(raw):
            yield "the author"  # newspapers print unsigned articles, journals do not
        numbered = has & {"volume", "pages"} and not has & {"doi", "url", "publisher", "arxiv"}
        if "container" not in has and numbered and not _SENTENCES.search(title) and not _GLUED.search(raw):
            yield "the journal"
        located = has & {"volume", "pages", "doi", "url", "arxiv", "pmid"}
        online = _ONLINE.search(raw) or unregistered_series(Entry(reference))
        if not located and not _numbers_left(reference) and not online:
            yield "volume, pages, DOI or address"
    elif kind == "chapter":
        if "container" not in has and {"publisher", "pages"} <= has:
            yield "the title of the book"
    elif kind in ("thesis", "report") and not has & {"publisher", "container", "url", "doi"} and not _INSTITUTION.search(raw):
        yield "the institution"


def _numbers_left(reference: Reference) -> bool:
    """Whether the entry prints a number besides its label and year, which may be the volume or the page."""
    return len(re.findall(r"\d+", without_label(reference.text.lstrip()))) > 1


_REMARK = re.compile(r"\s*(?:see|for|here|we|note that|in this|the supplementa\w+)\s", re.IGNORECASE)
"""How the remarks begin that journals of physics number among the entries: "See Supplemental Material at ..."."""


def _scrap(reference: Reference) -> bool:
    """Whether an entry is rather a piece of the one before it (hardly any words, or none before its first number), or was taken out."""
    return withdrawn(reference.text) or (
        reference.printed is None and (len(words(reference.raw)) < 4 or bool(_HEADLESS.match(reference.raw)))
    )


@rule("REF001", "missing-field", Level.WARNING, confidence=0.8)
def missing_field(audit: Audit) -> Iterator[Hit]:
    """An entry lacks something that every style asks for.

    What it finds:
    An article without author, year, title, journal, or any of volume, pages, DOI and address; a book or report
    without title or year; a thesis or report without its institution; a chapter without the title of its book; a web
    page without title.

    Why it matters:
    A reader may not find the work, and journals send such lists back.

    Flags:
    ```
    Rain loosens bare ground (Lopez, 2019). Crusts follow (Vega, 2018).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils*.
    Vega, B. 2018. "Crusts after rain." *Geoderma* 20: 5-11.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez, 2019). Crusts follow (Vega, in press).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9.
    Vega, B. In press. "Crusts after rain." *Geoderma*.
    ```

    What to do:
    Add what is missing from the work itself or from a registry.

    Limits:
    Where a word of the entry could not be assigned, it may be the missing field, and the entry is left alone. An
    access date stands in for the year of a web page, and no year is missed in a list that prints hardly any. Editors of a chapter are never asked for.
    """
    asked = audit.asked
    missing = {
        reference.id: list(_missing(reference))
        for reference, following in zip_longest(asked, asked[1:])
        if not reference.identifier_only
        and not _scrap(reference)
        and not (reference.printed is None and _REMARK.match(without_label(reference.raw)))
        and not (following and _scrap(following))
        and reference.raw.rstrip()[-1:] not in ",;:&…"
    }
    counts = Counter(what for lacking in missing.values() for what in lacking)
    usual = max(2, len(asked) // 8)  # what many entries of a list lack, its style does not print
    if 2 * sum(not (one.title and one.title.value) for one in asked) > len(asked):
        counts["the title"] = len(asked) + usual + 1  # journals of astronomy print no titles
    if len(asked) >= _FEW and 2 * sum(not (one.year and one.year.value) for one in asked) > len(asked):
        counts["the year"] = len(asked) + usual + 1  # lists of web pages print hardly any year
    for reference in asked:
        lacking = [what for what in missing.get(reference.id, ()) if counts[what] <= usual]
        if lacking:
            yield Hit(
                message=f"{wording.entry(reference)} lacks {wording.listing(lacking)}.",
                references=(reference.id,),
                subject=f"{fold(reference.raw)} {' '.join(lacking)}",
            )


RULES = (missing_field,)
