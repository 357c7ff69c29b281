"""DUP: is every work in the list only once?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from refaudit.model import Evidence, Level, Reference
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule


@rule("DUP001", "duplicate-reference", Level.WARNING, absorbs=("DUP002", "DUP003"))
def duplicate_reference(audit: Audit) -> Iterator[Hit]:
    """Two or more entries are the same work.

    What it finds:
    Entries with the same words, the same DOI, the same address and title, or the same authors, year and title: one
    finding for each work.

    Why it matters:
    The work is counted twice, and citations to it are split over two entries.

    Flags:
    ```
    Rain loosens bare ground [1]. Crusts follow [2]. Rain again [3].

    References

    [1] Lopez A. Rain on bare ground and its slow loosening. Journal of Soils. 2019;12:1-9.
    [2] Vega B. Crusts after rain. Geoderma. 2018;20:5-11.
    [3] LOPEZ, A. Rain on Bare Ground and its Slow Loosening. Journal of Soils, 2019, 12, 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground [1]. Crusts follow [2]. Rain again [3].

    References

    [1] Lopez A. Rain on bare ground and its slow loosening. Part 1. Journal of Soils. 2019;12:1-9.
    [2] Vega B. Crusts after rain. Geoderma. 2018;20:5-11.
    [3] Lopez A. Rain on bare ground and its slow loosening. Part 2. Journal of Soils. 2019;12:10-19.
    ```

    What to do:
    Keep one of the entries and let all citations point to it.

    Limits:
    Report and article of one title, parts, editions, errata and replies are different works.
    """
    for group in audit.works.same:
        members = [audit.reference[identity] for identity in group.members]
        yield Hit(
            message=f"{wording.first_upper(wording.entries(members))} are the same work: {group.reason}.",
            references=group.members,
            evidence=tuple(Evidence(field="entry", cited=members[0].raw, registered=member.raw) for member in members[1:]),
        )


@rule("DUP002", "possible-duplicate", Level.NOTE, confidence=0.6)
def possible_duplicate(audit: Audit) -> Iterator[Hit]:
    """Two entries are probably the same work.

    What it finds:
    Entries that agree in title and in all but one of the things that would make them one work.

    Why it matters:
    Either the work is listed twice, or one of the entries has a wrong year, volume, author or DOI.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2018; Lopez 2019).

    References

    Lopez, A. 2018. "Rain on bare ground and its slow loosening." *Journal of Soils* 12: 1-9.
    Lopez, A. 2019. "Rain on bare ground and its slow loosening." *Journal of Soils* 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2018; Lopez 2019).

    References

    Lopez, A. 2018. "Rain on bare ground." *Journal of Soils* 12: 1-9.
    Lopez, A. 2019. "Rain on planted ground." *Journal of Soils* 13: 31-39.
    ```

    What to do:
    Compare the entries with the work; drop one of them or correct what differs.

    Limits:
    Preprint and article have different DOIs and count as two works.
    """
    for group in audit.works.probable:
        members = [audit.reference[identity] for identity in group.members]
        yield Hit(
            message=f"{wording.first_upper(wording.entries(members))} may be the same work: {group.reason}.",
            references=group.members,
            evidence=tuple(Evidence(field="entry", cited=members[0].raw, registered=member.raw) for member in members[1:]),
        )


@rule("DUP003", "shared-identifier", Level.WARNING)
def shared_identifier(audit: Audit) -> Iterator[Hit]:
    """One DOI or address stands on different works.

    What it finds:
    Entries with different titles that carry the same DOI or the same web address.

    Why it matters:
    At most one of them can be right; a reader who follows the others lands at the wrong work.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Vega 2018).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9. https://doi.org/10.5555/soils.12
    Vega, B. 2018. "Crusts that follow heavy showers." *Geoderma* 20: 5-11. https://doi.org/10.5555/soils.12
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Vega 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." In *Handbook of Soils*, 1-9. Springer. https://doi.org/10.5555/soils
    Vega, B. 2019. "Crusts after heavy showers." In *Handbook of Soils*, 30-41. Springer. https://doi.org/10.5555/soils
    ```

    What to do:
    Look up which work the identifier belongs to, and give the others their own.

    Limits:
    Chapters with the DOI of their book are allowed, and so are addresses without a path.
    """
    for shared in audit.works.shared:
        members = [audit.reference[identity] for identity in shared.members]
        yield Hit(
            message=f"{wording.first_upper(wording.entries(members))} are different works with one {shared.kind}: {shared.value}.",
            references=shared.members,
            subject=f"{shared.kind} {shared.value}",
        )


@rule("DUP004", "repeated-key", Level.WARNING, absorbs=("DUP001", "DUP002", "LNK003"))
def repeated_key(audit: Audit) -> Iterator[Hit]:
    """One key stands on several entries of the bibliography.

    What it finds:
    Entries that share a key. BibTeX and biber stop at the second one or leave it out; other programs take one of them silently.

    Why it matters:
    All citations of the key lead to one entry; the others are never printed, whatever the text means.

    Flags:
    ```
    ---
    references:
    - {id: lopez, type: book, title: Rain on bare ground, author: [{family: Lopez}], issued: 2019}
    - {id: lopez, type: book, title: Crusts after rain, author: [{family: Vega}], issued: 2018}
    ---

    Rain loosens bare ground [@lopez].
    ```

    Does not flag:
    ```
    ---
    references:
    - {id: lopez, type: book, title: Rain on bare ground, author: [{family: Lopez}], issued: 2019}
    - {id: vega, type: book, title: Crusts after rain, author: [{family: Vega}], issued: 2018}
    ---

    Rain loosens bare ground [@lopez] into crusts [@vega].
    ```

    What to do:
    Give each work a key of its own, or take out the entry that is there twice.

    Limits:
    Entries of a shared database are looked at when the key is cited. One key in two files is left alone.
    """
    by_key: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in audit.references:
        if reference.key and reference.printed is not None:
            key = reference.key.casefold() if audit.document.keys_fold else reference.key
            by_key[key, ""].append(reference)
    for (key, _), members in tuple(by_key.items()):
        if len(members) > 1:  # chapters may have a file each: one key in two files is nobody's slip
            del by_key[key, ""]
            for member in members:
                by_key[key, audit.document.locate(member.span).path].append(member)
    citing: dict[str, list[str]] = defaultdict(list)
    for link in audit.links:
        for identity in link.references:
            citing[identity].append(link.citation)
    for members in by_key.values():
        if len(members) < 2:
            continue
        cited = tuple(dict.fromkeys(one for member in members for one in citing[member.id]))
        yield Hit(
            message=f"The key {wording.entry(members[0])} stands on {len(members)} entries of the bibliography.",
            citations=cited,
            references=tuple(member.id for member in members),
            spans=tuple(member.span for member in (*members[1:], members[0])),
            subject=f"key {members[0].key}",
        )


RULES = (duplicate_reference, possible_duplicate, shared_identifier, repeated_key)
