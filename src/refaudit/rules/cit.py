"""CIT: are the citations themselves well-formed and of one kind?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from refaudit.model import BlockKind, Citation, Level, LinkStatus, System
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule

_SYSTEMS = {System.AUTHOR_DATE: "author and year", System.NUMERIC: "number"}


@rule("CIT001", "malformed-citation", Level.WARNING)
def malformed_citation(audit: Audit) -> Iterator[Hit]:
    """A citation is printed with a slip in its punctuation.

    What it finds:
    A citation with a bracket missing, a separator missing between two works, or a broken range of numbers.

    Why it matters:
    Readers stumble, and programs that typeset or index the article lose the citation.

    Flags:
    ```
    Rain loosens bare ground, Lopez, 2019). Crusts follow (Vega, 2018).

    References

    Lopez, A. (2019). Rain on bare ground. Journal of Soils, 12, 1-9.
    Vega, B. (2018). Crusts after rain. Geoderma, 20, 5-11.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez, 2019). Crusts follow (see Vega, 2018, p. 7).

    References

    Lopez, A. (2019). Rain on bare ground. Journal of Soils, 12, 1-9.
    Vega, B. (2018). Crusts after rain. Geoderma, 20, 5-11.
    ```

    What to do:
    Correct the punctuation at the place shown.

    Limits:
    Only slips that leave the citation recognisable are found.
    """
    for citation in audit.citations:
        if citation.flaw:
            yield Hit(
                message=f"{wording.quote(citation.text, 80)}: {citation.flaw}.",
                citations=(citation.id,),
                confidence=0.4 if _mirrored(audit, citation) else 0.9,
                subject=f"{citation.flaw} {wording.quote(citation.text, 80)}",
            )


_BESIDE = 40
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def _mirrored(audit: Audit, citation: Citation) -> bool:
    """Whether a citation stands among right-to-left words of a PDF, whose file mirrors and moves brackets."""
    document, span = audit.document, citation.span
    return document.format == "pdf" and bool(_FROM_RIGHT.search(document.text, max(0, span.start - _BESIDE), span.end + _BESIDE))


@rule("CIT002", "mixed-citation-systems", Level.WARNING, confidence=0.8)
def mixed_citation_systems(audit: Audit) -> Iterator[Hit]:
    """Two citation systems compete in one text.

    What it finds:
    A text that cites partly by author and year and partly by number, both often and both leading to the list.

    Why it matters:
    A list is made for one system: numbered entries are hard to find by name, and the other way round.

    Flags:
    ```
    Rain loosens bare ground [1]. Crusts follow [2]. Seeds fail [3]. Worms return [4].
    Grass helps (Bravo, 2016). Roots hold (Zeta, 2019). Mulch cools (Moreno, 2020). Shade too (Vega, 2018).

    References

    [1] Zeta, A. (2019). Rain on bare ground. Journal of Soils, 12, 1-9.
    [2] Moreno, C. (2020). Seeds under crusts. Journal of Soils, 13, 20-31.
    [3] Vega, B. (2018). Crusts after rain. Geoderma, 20, 5-11.
    [4] Bravo, E. (2016). Grass on slopes. Catena, 140, 12-19.
    ```

    Does not flag:
    ```
    Rain loosens bare ground [1]. Moreno [2] found crusts. Seeds fail [3]. Worms return [4]. Grass helps (since 2016).

    References

    [1] Zeta, A. (2019). Rain on bare ground. Journal of Soils, 12, 1-9.
    [2] Moreno, C. (2020). Seeds under crusts. Journal of Soils, 13, 20-31.
    [3] Vega, B. (2018). Crusts after rain. Geoderma, 20, 5-11.
    [4] Bravo, E. (2016). Grass on slopes. Catena, 140, 12-19.
    ```

    What to do:
    Bring the citations of the smaller kind into the system of the rest.

    Limits:
    Both kinds need four citations and a fifth of the whole. Notes beside another system are not judged, nor the names of
    studies in tables.
    """
    linked: dict[System, dict[str, Citation]] = defaultdict(dict)
    tables = [block.span for block in audit.document.blocks if block.kind is BlockKind.TABLE]
    for link in audit.links:
        citation = audit.citation[link.citation]
        if citation.system is System.AUTHOR_DATE and any(t.start <= citation.span.start < t.end for t in tables):
            continue  # a table names the studies that it compares ("Arlov 1994")
        if link.status in (LinkStatus.EXACT, LinkStatus.PROBABLE) and citation.system in _SYSTEMS:
            linked[citation.system].setdefault(citation.id, citation)
    if len(linked) < 2:
        return
    fewer, more = sorted(linked, key=lambda system: len(linked[system]))
    few, many = len(linked[fewer]), len(linked[more])
    if few < 4 or few * 5 < few + many:
        return
    yield Hit(
        message=f"The text cites {many} times by {_SYSTEMS[more]} and {few} times by {_SYSTEMS[fewer]}.",
        citations=tuple(linked[fewer]),
        subject="mixed systems",
    )


@rule("CIT003", "et-al-inconsistent", Level.NOTE)
def et_al_inconsistent(audit: Audit) -> Iterator[Hit]:
    """One work is cited with all names and with "et al.", against the way of the text.

    What it finds:
    A work of three or more authors whose names are all printed after it was already cited with "et al.".

    Why it matters:
    The two forms look like two works.

    Flags:
    ```
    Rain loosens bare ground (Lopez et al., 2019). Crusts follow (Lopez, Vega, & Moreno, 2019).

    References

    Lopez, A., Vega, B., & Moreno, C. (2019). Rain on bare ground. Journal of Soils, 12, 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez, Vega, & Moreno, 2019). Crusts follow (Lopez et al., 2019).

    References

    Lopez, A., Vega, B., & Moreno, C. (2019). Rain on bare ground. Journal of Soils, 12, 1-9.
    ```

    What to do:
    Use the form that your style asks for at every mention.

    Limits:
    All names at the first mention and "et al." later is a style of its own (APA until 2019) and no defect.
    """
    cut: set[str] = set()
    told: set[str] = set()
    for link in audit.links:
        if link.status is not LinkStatus.EXACT or len(link.references) != 1:
            continue
        item, reference = audit.item(link), audit.reference[link.references[0]]
        count = len(reference.authors.value) if reference.authors and reference.authors.value else 0
        if reference.id in told or count < 3 or reference.et_al:
            continue
        if item.et_al and len(item.names) == 1:
            cut.add(reference.id)
        elif not item.et_al and len(item.names) == count and reference.id in cut:
            told.add(reference.id)
            yield Hit(
                message=f"{wording.entry(reference)} is cited with all names here, but with “et al.” before.",
                citations=(link.citation,),
                references=(reference.id,),
                spans=(item.span,),
            )


RULES = (malformed_citation, mixed_citation_systems, et_al_inconsistent)
