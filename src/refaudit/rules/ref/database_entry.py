"""REF012: the source of an entry of a database is not what its author takes it for."""

from __future__ import annotations

from collections.abc import Iterator

from refaudit.model import Level
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule


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


RULES = (malformed_database_entry,)
