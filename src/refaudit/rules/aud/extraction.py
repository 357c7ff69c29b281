"""AUD: was the text read well enough for the other findings, and their absence, to mean anything?"""

from __future__ import annotations

from collections.abc import Iterator

from refaudit.model import Level, Span
from refaudit.rules.base import Audit, Hit, rule


@rule("AUD001", "nothing-extracted", Level.ERROR)
def nothing_extracted(audit: Audit) -> Iterator[Hit]:
    """The file has text, but neither a citation nor a reference list was found in it.

    What it finds:
    A file that you named and in which there was nothing to check.

    Why it matters:
    Silence would look like a clean result.

    Flags:
    ```
    Rain loosens bare ground. Crusts follow, and seeds fail to come up where nobody breaks them.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9.
    ```

    What to do:
    If the text does cite, look at what was read with "refaudit parse --text" and name the format with
    "--input-format". If it does not, leave the file out of the run.

    Limits:
    Files that were met while walking through a folder are counted as skipped instead.
    """
    if audit.named and not audit.citations and not audit.references:
        yield Hit(
            message="This file has text, but no citation and no reference list was found in it: nothing could be checked.",
            spans=(Span(0, 0),),
            subject="nothing extracted",
        )


@rule("AUD002", "counts-disagree", Level.WARNING, confidence=0.6)
def counts_disagree(audit: Audit) -> Iterator[Hit]:
    """Two ways of counting the entries of the list disagree.

    What it finds:
    The list was split into entries, and counted a second time by another method, with clearly different results.

    Why it matters:
    Entries may have been lost or run together, and the other findings about the list are then doubtful.

    Flags:
    A list in which several entries run together in one paragraph.

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9.
    ```

    What to do:
    Look at the entries as they were read ("refaudit parse"). A blank line between entries, or a number before each,
    makes the list easy to read.

    Limits:
    Differences of up to a tenth are not reported: entries with two years or broken lines make the counts differ.
    """
    split, counted = audit.entry_counts
    if min(split, counted) < 1 or abs(split - counted) <= max(2, max(split, counted) // 10):
        return
    start = min((span.start for span in audit.list_spans), default=0)
    yield Hit(
        message=f"The reference list was read as {split} entries, but a second count gives {counted}: "
        "please compare the entries with the list.",
        spans=(Span(start, start),),
        subject="counts disagree",
    )


RULES = (nothing_extracted, counts_disagree)
