"""AUD003: a suppression that no longer has a purpose."""

from __future__ import annotations

from collections.abc import Iterator

from refaudit.model import Level
from refaudit.rules.base import Audit, Hit, rule


@rule("AUD003", "unused-suppression", Level.WARNING)
def unused_suppression(audit: Audit) -> Iterator[Hit]:
    """A comment suppresses findings, and there is nothing there to suppress.

    What it finds:
    A "refaudit: ignore" comment that set nothing aside, or that names no rule or a rule that does not exist.

    Why it matters:
    A suppression outlives its reason: once the defect is gone, the comment would hide the next one at its place.

    Flags:
    ```
    <!-- refaudit: ignore LNK001 the editor adds it -->
    Rain loosens bare ground (Lopez 2019).

    ## References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9.
    ```

    Does not flag:
    ```
    <!-- refaudit: ignore LNK001 the editor adds it -->
    Rain loosens bare ground (Lopez 2019), and frost too (Mason 2011).

    ## References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9.
    ```

    What to do:
    Take the comment out, or correct the code that it names.

    Limits:
    A suppression of a rule that did not run, or that needs a registry which gave no answer, is never called unused.
    Lines of the [ignore-findings] table are no comment of one file: an audit of a folder tells on standard error which of
    them set nothing aside.
    """
    for suppression, why in audit.unused:
        yield Hit(message=f"“{suppression.text}” {why}.", subject=suppression.text, location=suppression.place)


RULES = (unused_suppression,)
