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
    Files that were met while walking through a folder are counted as skipped instead. A page of a book or site whose
    configuration names the bibliography may do without citations.
    """
    if audit.named and not audit.citations and not audit.references and not audit.document.list_given:
        yield Hit(
            message="This file has text, but no citation and no reference list was found in it: nothing could be checked.",
            spans=(Span(0, 0),),
            subject="nothing extracted",
        )


@rule("AUD002", "counts-disagree", Level.WARNING, confidence=0.6)
def counts_disagree(audit: Audit) -> Iterator[Hit]:
    """Two ways of counting the entries of the list disagree.

    What it finds:
    The list was split into entries, and counted a second time by another method, with clearly different results; or its
    printed numbers break off again and again; or many of its entries do not read like references.

    Why it matters:
    Entries may have been lost or run together. What is found about citations without entry (LNK001), entries
    without citation (LNK003), numbers (LNK008, LNK009) and single entries (REF) is then doubtful too and kept out of sight; the
    JSON report has it.

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
    Differences of up to a tenth are not reported: entries with two years or broken lines make the counts differ. A list
    that was misread as a whole and consistently is not noticed.
    """
    if not audit.doubt:
        return
    start = min((span.start for span in audit.list_spans), default=0)
    yield Hit(
        message=f"{audit.doubt}: please compare the entries with the list. What depends on them is not told while they are in doubt.",
        spans=(Span(start, start),),
        subject="counts disagree",
    )


RULES = (nothing_extracted, counts_disagree)
