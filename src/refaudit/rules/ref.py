"""REF001-006: is one entry of the list complete, possible and whole?"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator

from refaudit.model import Level, Reference, Span
from refaudit.parse.identifiers import find_dois, find_urls
from refaudit.rules import naming
from refaudit.rules.base import Audit, Hit, rule, sure, without_links
from refaudit.rules.placeholders import find_placeholder
from refaudit.rules.truncation import closed, cut_off
from refaudit.text import DASHES, fold, words

_FIELDS = (
    "authors", "editors", "year", "title", "container", "volume", "issue", "pages", "publisher", "place", "edition",
    "doi", "arxiv", "pmid", "isbn", "issn", "url", "accessed",
)  # fmt: skip
_UNDATED = re.compile(
    r"\b(?:n\. ?d|s\. ?[fda]|o\. ?j|in[ -]press|forthcoming|submitted|in preparation|under review|accepted|undated|no date"
    r"|to appear"
    r"|im druck|in vorbereitung|sous presse|à paraître|en prensa|no prelo|em preparação|in stampa|in corso)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{4}|['’]\d\d\b|\b(?:1[4-9]|20)(?:--|__|\?\?|\d[-?])|\d[./]\s?\d{1,2}[./]\s?\d{2}\b")
_ONLINE = re.compile(
    r"https?:|www\.|doi|online|epub|ahead of print|in[ -]press|forthcoming|preprint|arxiv|e?loc|article|no\.", re.IGNORECASE
)
_TITLE_FIRST = re.compile(r"""\s*(?:\[?\d+[\].]?\s*)?["“”«'‘(]""")
_SENTENCES = re.compile(r"[.?!]\W{0,3}\s")  # the title may have swallowed the journal
_JOURNAL = re.compile(  # a name of the kind that only periodicals have, in the middle or at the end of the entry
    r"[.,”\"?!]\s+[*_]{0,2}(?:(?:the|[\w-]{2,20})\s+){0,4}?(?:journal|revista|annals|transactions|zeitschrift|annales|quarterly)\b"
    r"[^.,;:]{0,60}[*_.,;:]",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"\b\w*(?:univ|institu|college|school|academ|facult|politec|polytech|hochschul|escola|escuela|école|department|center|centre"
    r"|ministry|bureau|bank|agency|office|organi[sz]ation|commission|council|foundation|association|press|publish)\w*",
    re.IGNORECASE,
)
_FILLERS = frozenset(
    "in vol volume no nr issue pp p page pages doi https http www and et al eds ed available from at retrieved accessed on the "
    "of by s bd heft hrsg und v n núm pág jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june "
    "july august september october november december pmid pmcid isbn issn online internet cited viewed url".split()
)


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
    raw = reference.raw
    kind = sure(reference.type, 0.7) or ("article-journal" if _JOURNAL.search(raw) else "")
    web = "url" in has or kind in ("webpage", "post-weblog", "post", "dataset", "software")
    if "year" not in has and not web and not _UNDATED.search(raw) and not _DATED.search(without_links(raw)):
        yield "the year"
    others = list(_others(reference, kind, has))
    if others and not _unread(reference):
        yield from others


def _others(reference: Reference, kind: str, has: set[str]) -> Iterator[str]:
    """What is asked for beside the year; it holds only where every word of the entry was assigned to a field."""
    raw, title = reference.raw, (reference.title.value if reference.title else None)
    if not title:
        names = reference.authors.value if reference.authors and reference.authors.value else ()
        persons = any(name.given for name in names) and "url" not in has
        if persons and len(words(raw)) <= 25 and {"container", "volume"} <= has:
            yield "the title"
    elif kind == "article-journal":
        if not has & {"authors", "editors"} and _TITLE_FIRST.match(raw):
            yield "the author"
        numbered = has & {"volume", "pages"} and not has & {"doi", "url", "publisher", "arxiv"}
        if "container" not in has and numbered and not _SENTENCES.search(title):
            yield "the journal"
        located = has & {"volume", "pages", "doi", "url", "arxiv", "pmid"}
        if not located and not _numbers_left(reference) and not _ONLINE.search(raw):
            yield "volume, pages, DOI or address"
    elif kind == "chapter":
        if "container" not in has and {"publisher", "pages"} <= has:
            yield "the title of the book"
    elif kind in ("thesis", "report") and not has & {"publisher", "container", "url", "doi"} and not _INSTITUTION.search(raw):
        yield "the institution"


def _numbers_left(reference: Reference) -> bool:
    """Whether the entry prints a number besides its label and year, which may be the volume or the page."""
    text = re.sub(r"^\s*[\[(]?\d{1,4}[\].)]", "", reference.raw)
    return len(re.findall(r"\d+", text)) > 1


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
    access date stands in for the year of a web page. Editors of a chapter are never asked for.
    """
    missing = {r.id: list(_missing(r)) for r in audit.references if len(words(r.raw)) >= 4}
    counts = Counter(what for lacking in missing.values() for what in lacking)
    usual = max(2, len(audit.references) // 8)  # what many entries of a list lack, its style does not print
    for reference in audit.references:
        lacking = [what for what in missing.get(reference.id, ()) if counts[what] <= usual]
        if lacking:
            yield Hit(
                message=f"{naming.entry(reference)} lacks {naming.listing(lacking)}.",
                references=(reference.id,),
                subject=f"{fold(reference.raw)} {' '.join(lacking)}",
            )


@rule("REF002", "placeholder-text", Level.ERROR, absorbs=("REF001", "REF003", "REF004", "REF005", "DOI001", "DOI002"))
def placeholder_text(audit: Audit) -> Iterator[Hit]:
    """An entry holds template text or a note to be filled in later.

    What it finds:
    A bracketed instruction ("[Title of article]"), a hedged source ("or similar journal", "exact title to be
    confirmed"), "TBD" or "xx" where a value belongs, a DOI made of x, and the sample names of style guides.

    Why it matters:
    The entry was never finished, so nobody can tell which work is meant.

    Flags:
    ```
    Rain loosens bare ground (Lopez, 2019). Crusts follow (Vega, 2018).

    References

    Lopez, A. (2019). Rain on bare ground. *Journal of Soils, 12*, 1-9.
    Vega, B. (2018). [Title of article]. *Geoderma*, 20, 5-11.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez, 2019). Crusts follow (Vega, 2018).

    References

    Lopez, A. (2019). *Rain on bare ground* [Video]. Soil Channel. https://example.org/watch/12
    Vega, B. (2018). Krusten nach Regen [Crusts after rain]. *Geoderma*, *XX*, 5-11.
    ```

    What to do:
    Replace the text by the real value from the work itself, or take the entry out.

    Limits:
    Placeholders in other words than those listed are not found.
    """
    for reference in audit.references:
        found = find_placeholder(reference)
        if found:
            text, span, why = found
            yield Hit(
                message=f"{naming.entry(reference)} is not finished: {naming.quote(text)} {why}.",
                references=(reference.id,),
                spans=(reference.place_of(span),),
            )


# In the place of a year after the authors: too few or too many digits, a century that has not come, or a letter among them.
_ODD_YEAR = re.compile(
    r"[.,]\s\((\d{3}|\d{5}|2[1-9]\d\d|[3-9]\d{3}|\d[OolI]\d{2}|(?:1[89]|20)(?:\d[OolI]|[OolI]\d))[a-z]?\)[.,:]\s"
)
_EPOCH = datetime.date(1970, 1, 1)  # no day was set: nothing can be later than it


@rule("REF003", "impossible-year", Level.ERROR, absorbs=("LNK003",))
def impossible_year(audit: Audit) -> Iterator[Hit]:
    """The year of an entry cannot be right.

    What it finds:
    A year later than next year, or a number in the place of the year that is none.

    Why it matters:
    A slip of one digit makes the work impossible to find.

    Flags:
    ```
    Rain loosens bare ground (Lopez, 2919). Crusts follow (Vega, 2018).

    References

    Lopez, A. (2919). Rain on bare ground. *Journal of Soils*, 12, 1-9.
    Vega, B. (2018). Crusts after rain. *Geoderma*, 20, 5-11.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez, 1893/1919). Crusts follow (Vega, forthcoming).

    References

    Lopez, A. (1919). Rain on bare ground. *Journal of Soils*, 12, 1-9. (Original work published 1893)
    Vega, B. (forthcoming). Crusts after rain. *Geoderma*.
    ```

    What to do:
    Look the work up and correct the year.

    Limits:
    Years of other calendars are recognised only by their mark ("B.E."). When the program was told no date, only
    numbers that are no years are found.
    """
    latest = audit.config.today.year + 1 if audit.config.today > _EPOCH else 9999
    for reference in audit.references:
        year = sure(reference.year, 0.5)
        if year is not None and year.number is not None and year.number > latest:
            others = [int(number) for number in re.findall(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)", without_links(reference.raw))]
            if any(number <= latest for number in others) or re.search(r"B\. ?E\.|พ\.ศ|年", reference.raw):
                continue
            yield Hit(
                message=f"{naming.entry(reference)} is dated {year.number}, which lies in the future.", references=(reference.id,)
            )
        elif (year is None or year.number is None) and not _UNDATED.search(reference.raw):
            odd = _ODD_YEAR.search(reference.raw[:300])
            if odd and not re.search(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)", without_links(reference.raw)):
                yield Hit(
                    message=f"{naming.entry(reference)} has “{odd[1]}” in the place of the year.",
                    references=(reference.id,),
                    spans=(reference.place_of(Span(*odd.span(1))),),
                )


_RANGE = re.compile(
    rf"(?<![\w./:{DASHES}])([A-Za-z]{{0,3}})(\d{{1,7}})\s?[{DASHES}]{{1,2}}\s?([A-Za-z]{{0,3}})(\d{{1,7}})(?![\w/{DASHES}])"
)


def expand(first: str, last: str) -> int:
    """The last page of a printed range whose digits may be shortened: 1425-37 ends at 1437."""
    return int(first[: len(first) - len(last)] + last) if len(last) < len(first) else int(last)


@rule("REF004", "impossible-pages", Level.WARNING)
def impossible_pages(audit: Audit) -> Iterator[Hit]:
    """A range of pages runs backwards.

    What it finds:
    A last page lower than the first, once shortened ends are written out ("1425-37" is 1425 to 1437).

    Why it matters:
    One of the two numbers is wrong.

    Flags:
    ```
    Rain loosens bare ground (Lopez, 2019). Crusts follow (Vega, 2018).

    References

    Lopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12, 119-101.
    Vega, B. (2018). Crusts after rain. *Geoderma*, 20, 5-11.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez, 2019). Crusts follow (Vega, 2018).

    References

    Lopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12, 1425-37.
    Vega, B. (2018). Crusts after rain. *Geoderma*, 20, S225-S239.
    ```

    What to do:
    Look the pages up and correct them.

    Limits:
    A shortened end that rolls over to the next hundred ("1498-02") is taken as meant. Ranges with letters in only one
    number, and numbers with a chapter before them ("3-12"), are not judged.
    """
    for reference in audit.references:
        pages = reference.pages
        if pages is None or pages.confidence < 0.5 or (pages.value or pages.raw) not in reference.raw:
            continue
        for found in _RANGE.finditer(pages.value or pages.raw):
            letter, first, other, last = found.groups()
            end = expand(first, last)
            rolls = len(last) < len(first) and end + 10 ** len(last) - int(first) <= 20
            if end >= int(first) or rolls or (other and other != letter) or (letter and len(last) > len(first)):
                continue
            yield Hit(
                message=f"{naming.entry(reference)} has the pages {found.group()}: the last is lower than the first.",
                references=(reference.id,),
                spans=(reference.place_of(pages.span),) if pages.span else (),
            )


@rule("REF005", "truncated-entry", Level.WARNING, confidence=0.8, absorbs=("REF001",))
def truncated_entry(audit: Audit) -> Iterator[Hit]:
    """A piece of an entry is lost.

    What it finds:
    A title that ends in a preposition or an article, a quotation mark or bracket without its partner, and an entry
    that stops in the middle where the others of the list end with a full stop.

    Why it matters:
    What is lost may be the part by which the work could be found.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Vega 2018).

    References

    Lopez, A. 2019. "The slow loosening of." *Journal of Soils* 12: 1-9.
    Vega, B. 2018. "Crusts after rain." *Geoderma* 20: 5-11.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Vega 2018).

    References

    Lopez, A. 2019. "The ground we stand on." *Journal of Soils* 12: 1-9.
    Vega, B. 2018. "Crusts of 5" after 'long' rain: 1) flat plots, 2) slopes." *Geoderma* 20: 5-11.
    ```

    What to do:
    Compare the entry with the work and add what is missing.

    Limits:
    English titles that end in a preposition for good reason ("The world we live in") are left alone when they hold
    a clause. Words lost in the middle of an entry leave no trace.
    """
    stops = closed(audit.references)
    for reference in audit.references:
        found = cut_off(reference, stops=stops, last_entry=reference is audit.references[-1])
        if found:
            what, span = found
            yield Hit(
                message=f"{naming.entry(reference)}: {what}.",
                references=(reference.id,),
                spans=(reference.place_of(span),),
            )


@rule("REF006", "broken-entry", Level.NOTE)
def broken_entry(audit: Audit) -> Iterator[Hit]:
    """One entry stands in two pieces.

    What it finds:
    An entry that a page break or a list marker splits; the pieces were joined again before anything was checked.

    Why it matters:
    Other programs, and readers, take the pieces for two entries.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Vega 2018).

    ## References

    - Lopez, Ana. 2019. "Rain on bare ground: the slow loosening of soils and

    - their crusts on slopes." *Journal of Soils* 12: 1-9.
    - Vega, Blas. 2018. "Crusts after rain." *Geoderma* 20: 5-11.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Vega 2018).

    ## References

    - Lopez, Ana. 2019. "Rain on bare ground: the slow loosening of soils and
      their crusts on slopes." *Journal of Soils* 12: 1-9.
    - Vega, Blas. 2018. "Crusts after rain." *Geoderma* 20: 5-11.
    ```

    What to do:
    Join the two pieces in the manuscript.

    Limits:
    Two entries that run into one are not told apart here.
    """
    for reference in audit.references:
        if reference.broken:
            yield Hit(
                message=f"{naming.entry(reference)} stands in two pieces ({reference.broken}); they were read as one entry.",
                references=(reference.id,),
            )


RULES = (missing_field, placeholder_text, impossible_year, impossible_pages, truncated_entry, broken_entry)
