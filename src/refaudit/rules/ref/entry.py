"""REF002-006: is one entry of the list finished, possible and whole?"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from refaudit.model import Level, Parsed, Span
from refaudit.parse.years import ALONE
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule, sure, without_links
from refaudit.rules.ref.placeholders import doubtful, find_placeholder
from refaudit.rules.ref.unbalanced import closed, cut_off
from refaudit.text import DASHES
from refaudit.words import no_date

# How sure it is that a Jane Doe alone is a sample: the name is borne, and stands for people who are not to be named.
_ONE_DOE = 0.55


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
    Placeholders in other words than those listed are not found. A "Doe, J." alone may be a real author and is not told; a
    "Doe, Jane" alone is told with low confidence.
    """
    for reference in audit.asked:
        found = find_placeholder(reference)
        if found:
            text, span, why = found
            yield Hit(
                message=f"{wording.entry(reference)} is not finished: {wording.quote(text)} {why}.",
                references=(reference.id,),
                spans=(reference.place_in_text(span),),
                confidence=_ONE_DOE if doubtful(reference, found) else None,
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
    for reference in audit.asked:
        year = sure(reference.year, 0.5)
        if year is not None and year.number is not None and year.number > latest:
            others = [int(number) for number in ALONE.findall(without_links(reference.text))]
            if any(number <= latest for number in others) or re.search(r"B\. ?E\.|พ\.ศ|年", reference.text):
                continue
            yield Hit(
                message=f"{wording.entry(reference)} is dated {year.number}, which lies in the future.",
                references=(reference.id,),
            )
        elif (year is None or year.number is None) and not no_date.PATTERN.search(reference.text):
            odd = _ODD_YEAR.search(reference.text[:300])
            if odd and not ALONE.search(without_links(reference.text)):
                yield Hit(
                    message=f"{wording.entry(reference)} has “{odd[1]}” in the place of the year.",
                    references=(reference.id,),
                    spans=(reference.place_in_text(Span(*odd.span(1))),),
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
    for reference in audit.asked:
        pages = reference.pages
        if pages is None or pages.confidence < 0.5 or not (reference.printed is not None or _stands_in(reference.raw, pages)):
            continue
        for found in _RANGE.finditer(pages.value or pages.raw):
            letter, first, other, last = found.groups()
            end = expand(first, last)
            rolls = len(last) < len(first) and end + 10 ** len(last) - int(first) <= 20
            if end >= int(first) or rolls or (other and other != letter) or (letter and len(last) > len(first)):
                continue
            yield Hit(
                message=f"{wording.entry(reference)} has the pages {found.group()}: the last is lower than the first.",
                references=(reference.id,),
                spans=(reference.place_of(pages.span),) if pages.span else (),
            )


def _stands_in(raw: str, pages: Parsed[str]) -> bool:
    """Whether an entry holds the pages as read or as written (a database writes "117--105")."""
    return (pages.value or pages.raw) in raw or (bool(pages.raw) and pages.raw in raw)


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
    for reference in audit.asked:
        found = cut_off(reference, stops=stops, last_entry=reference is audit.references[-1])
        if found:
            what, span = found
            yield Hit(
                message=f"{wording.entry(reference)}: {what}.",
                references=(reference.id,),
                spans=(reference.place_in_text(span),),
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
    for reference in audit.asked:
        if reference.broken:
            yield Hit(
                message=f"{wording.entry(reference)} stands in two pieces ({reference.broken}); they were read as one entry.",
                references=(reference.id,),
            )


RULES = (placeholder_text, impossible_year, impossible_pages, truncated_entry, broken_entry)
