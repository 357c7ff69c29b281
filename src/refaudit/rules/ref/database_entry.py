"""REF012-013: the source of an entry of a database is not what its author takes it for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from refaudit.model import Level, Name
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.text import letters


@rule("REF012", "malformed-database-entry", Level.WARNING, absorbs=("REF005",))
def malformed_database_entry(audit: Audit) -> Iterator[Hit]:
    """An entry of a BibTeX database is written so that the programs misread it.

    What it finds:
    A missing comma, equals sign, brace or quotation mark; authors or editors divided by commas or semicolons instead of "and"; a
    `crossref` to an entry that is nowhere in the bibliography.

    Why it matters:
    BibTeX and biber leave out what they cannot read, and print authors who are not divided by "and" as one person.

    Flags:
    ```
    @article{lopez,
      author = {Lopez, Ana, Vega, Bo, Lund, Cy},
      title = {Rain on bare ground},
      journal = {Journal of Soils}, year = {2019}, volume = {12}
    }
    ```

    Does not flag:
    ```
    @article{lopez,
      author = {Lopez, Ana and Vega, Jr., Bo and {Soil, Water, Air and Rain Board}},
      title = {Rain on bare ground},
      journal = {Journal of Soils}, year = {2019}, volume = {12}
    }
    ```

    What to do:
    Correct the entry in the database: "and" between two names, braces around the name of an organisation, a comma behind each field.

    Limits:
    Two authors divided by one comma look like one name and are not told. Of several slips in one entry the first is told.
    A `crossref` is looked for only where all bibliographies of the manuscript could be read.
    """
    for reference in audit.asked:
        for what, span in sorted(reference.slips, key=lambda slip: slip[1])[:1]:
            yield Hit(
                message=f"{wording.entry(reference)} is misread by the programs: {what}.",
                references=(reference.id,),
                spans=(reference.place_of(span),),
            )


_MOST = 30
"""Authors beyond which two people may well have one name."""
_SPELLED = 12
"""Letters of a name in full that two authors of one work hardly share by chance."""


@rule("REF013", "repeated-author", Level.WARNING)
def repeated_author(audit: Audit) -> Iterator[Hit]:
    """A name stands several times among the authors of one entry of a database.

    What it finds:
    A name three times, two names twice each, or a long name in full twice, in a list of at most thirty authors or editors.

    Why it matters:
    Programs that fetch entries from web pages take the names of mobile and printed forms of the page together; the list prints them all.

    Flags:
    ```
    @article{lopez,
      author = {Lopez, A. and Lopez, A. and Vega, B. and Vega, B.},
      title = {Rain on bare ground},
      journal = {Journal of Soils}, year = {2019}, volume = {12}
    }
    ```

    Does not flag:
    ```
    @article{wang,
      author = {Wang, Y. and Wang, Y. and Vega, B. and Lund, C.},
      title = {Rain on bare ground},
      journal = {Journal of Soils}, year = {2019}, volume = {12}
    }
    ```

    What to do:
    Compare the authors with the title page and take out those that stand there twice.

    Limits:
    Two people of one short name are often co-authors, so that one such pair is left alone. Entries that are typed as text are not looked at.
    """
    for reference in audit.asked:
        if reference.printed is None:
            continue
        for what, people in (("author", reference.authors), ("editor", reference.editors)):
            names = [_spelled(name) for name in people.value or ()] if people else []
            often = [(name, count) for name, count in Counter(names).items() if count > 1 and letters(name)]
            surplus = sum(count - 1 for _, count in often)
            full = any(len(letters(name)) >= _SPELLED and min(map(len, map(letters, name.split(", ")))) > 2 for name, _ in often)
            if len(names) <= _MOST and (surplus > 1 or (surplus and full)):
                name, count = max(often, key=lambda pair: pair[1])
                yield Hit(
                    message=f"{wording.entry(reference)} has {wording.quote(name)} {count} times among its {what}s.",
                    references=(reference.id,),
                    confidence=0.9 if surplus > 1 else 0.8,
                )


def _spelled(name: Name) -> str:
    return name.literal or ", ".join(
        filter(None, (" ".join(filter(None, (name.particle, name.family))), name.given, name.suffix))
    )


RULES = (malformed_database_entry, repeated_author)
