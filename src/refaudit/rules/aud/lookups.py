"""AUD: what the look-up in registries could not do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from refaudit.model import Level, LookupStatus
from refaudit.rules.base import Audit, Hit, rule


@rule("AUD051", "lookup-incomplete", Level.NOTE, confidence=1.0)
def lookup_incomplete(audit: Audit) -> Iterator[Hit]:
    """Some references could not be checked against a registry.

    What it finds:
    References for which a registry gave no answer (no network, time-outs, too many requests), once per file with the
    number and the reasons. Never because the user chose to stay offline, and never for works that registries do not list.

    Why it matters:
    No finding about these references does not mean that they are right.

    Flags:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    "no answer"
    ```

    Does not flag:
    ```text
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. (2019). Rain on bare ground and its crusts. *Journal of Soils*, 12, 11-19. https://doi.org/10.5555/soils.12.1
    ```
    ```json
    [{"DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground and its crusts"],
      "author": [{"family": "Lopez", "given": "Ana"}], "issued": {"date-parts": [[2019]]},
      "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19"}]
    ```

    What to do:
    Run again later: what was answered is kept, and only the rest is asked again.

    Limits:
    None known.
    """
    missed = [lookup for lookup in audit.lookups if lookup.status is LookupStatus.UNAVAILABLE]
    if not missed:
        return
    reasons = Counter(lookup.detail or "no answer" for lookup in missed)
    told = "; ".join(f"{reason} ({count})" if len(reasons) > 1 else reason for reason, count in sorted(reasons.items())[:4])
    noun = "reference" if len(audit.lookups) == 1 else "references"
    yield Hit(
        message=f"{len(missed)} of {len(audit.lookups)} {noun} could not be checked: {told}.",
        references=tuple(lookup.reference for lookup in missed),
        subject="lookup-incomplete",
    )


RULES = (lookup_incomplete,)
