"""LNK008-009: the order of numbers in the text and in the list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from refaudit.model import Level, Link, Span, System
from refaudit.parse.label import LABEL, label_of
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.rules.lnk.cited_works import (
    citations,
    inner_numbers,
    spans,
    swallowed_run,
)
from refaudit.text import letters, whole


def _numbers(audit: Audit) -> list[tuple[int, Link]]:
    """The numeric labels that the text cites and the list has, in order of the text."""
    found = []
    for link in audit.links:
        number = whole(audit.item(link).label or "")
        if link.references and number is not None and audit.citation[link.citation].system is System.NUMERIC:
            found.append((number, link))
    return sorted(found, key=lambda pair: audit.citation[pair[1].citation].span.start)


def _alphabetical(audit: Audit) -> bool:
    """Whether the list is sorted by first author: its numbers then say nothing about the order of citing."""
    firsts = [
        letters(reference.authors.value[0].surname)
        for reference in audit.references
        if reference.authors and reference.authors.value
    ]
    rising = sum(one <= other for one, other in pairwise(firsts))
    return len(firsts) < 4 or rising >= 0.8 * (len(firsts) - 1)


@rule("LNK008", "number-out-of-order", Level.NOTE)
def number_out_of_order(audit: Audit) -> Iterator[Hit]:
    """Numbered references are not cited in rising order at their first mention.

    What it finds:
    Numbers whose first mention comes after the first mention of a higher one, in a list numbered by order of citing.

    Why it matters:
    Numeric styles number the list in the order in which the works are first cited; a number out of turn is usually
    left over from moving a paragraph.

    Flags:
    ```
    Rain loosens bare ground [1]. Crusts follow [3]. Seeds fail [2]. Worms return [4]. Grass helps [5].

    References

    [1] Zeta A. Rain on bare ground. Journal of Soils. 2019;12:1-9.
    [2] Moreno C. Seeds under crusts. Journal of Soils. 2020;13:20-31.
    [3] Vega B. Crusts after rain. Geoderma. 2018;20:5-11.
    [4] Alto D. Worms after drought. Pedobiologia. 2017;60:30-38.
    [5] Bravo E. Grass on slopes. Catena. 2016;140:12-19.
    ```

    Does not flag:
    ```
    Rain loosens bare ground [1]. Crusts follow [2,3]. Rain again [1]. Worms return [4]. Grass helps [5].

    References

    [1] Zeta A. Rain on bare ground. Journal of Soils. 2019;12:1-9.
    [2] Moreno C. Seeds under crusts. Journal of Soils. 2020;13:20-31.
    [3] Vega B. Crusts after rain. Geoderma. 2018;20:5-11.
    [4] Alto D. Worms after drought. Pedobiologia. 2017;60:30-38.
    [5] Bravo E. Grass on slopes. Catena. 2016;140:12-19.
    ```

    What to do:
    Renumber the list in the order of first citation, or let the reference manager do it.

    Limits:
    Lists numbered alphabetically are left alone, and so are texts in which more than a fifth of the numbers are out of
    turn: those follow another order. Numbers cited first in a table or figure may look late.
    """
    cited = _numbers(audit)
    if len(cited) < 4 or _alphabetical(audit):
        return
    first: dict[int, Link] = {}
    late: list[tuple[int, int, Link]] = []
    highest = 0
    for number, link in cited:
        if number in first:
            continue
        first[number] = link
        if number < highest:
            late.append((number, highest, link))
        highest = max(highest, number)
    if not late or len(late) * 5 > len(first):
        return
    words = [f"[{number}] after [{after}]" for number, after, _ in late]
    yield Hit(
        message=f"The numbers are not cited in rising order: first mention of {wording.listing(words)}.",
        citations=citations(link for _, _, link in late),
        spans=spans(audit, (link for _, _, link in late)),
        subject=" ".join(str(number) for number, _, _ in late),
    )


@rule("LNK009", "label-gap", Level.WARNING)
def label_gap(audit: Audit) -> Iterator[Hit]:
    """The numbers of the reference list skip, repeat or run backwards.

    What it finds:
    A number missing between two entries, a number that two entries carry, or one lower than the number before it.

    Why it matters:
    Citations after the gap may point to the wrong work, and a repeated number points to two.

    Flags:
    ```
    Rain loosens bare ground [1]. Crusts follow [2]. Seeds fail [4].

    References

    [1] Zeta A. Rain on bare ground. Journal of Soils. 2019;12:1-9.
    [2] Moreno C. Seeds under crusts. Journal of Soils. 2020;13:20-31.
    [4] Vega B. Crusts after rain. Geoderma. 2018;20:5-11.
    ```

    Does not flag:
    ```
    Rain loosens bare ground [1]. Crusts follow [2]. Seeds fail [3].

    References

    [1] Zeta A. Rain on bare ground. Journal of Soils. 2019;12:1-9.
    [2] Moreno C. Seeds under crusts. Journal of Soils. 2020;13:20-31.
    [3] Vega B. Crusts after rain. Geoderma. 2018;20:5-11.
    ```

    What to do:
    Number the list anew without gaps and repeats, and check the citations that follow.

    Limits:
    A second list that starts again at 1 is no defect, and where all numbers are there in another order, the page was
    probably read in the wrong one. A number that stands inside the entry before it, or an entry
    without a number in between, leaves the matter undecided.
    """
    labelled = [
        (index, int(reference.label), reference)
        for index, reference in enumerate(audit.references)
        if reference.label and reference.label.isdecimal() and len(reference.label) <= 6
    ]
    if len(labelled) < 3 or len(labelled) * 10 < len(audit.references) * 8:
        return
    start = labelled[0]
    if start[1] == 2 and start[0] == 0 and "1" in _cited_labels(audit):
        yield Hit(
            message="The reference list begins with [2]; the text cites [1].",
            references=(start[2].id,),
            confidence=0.7,
            subject="begins with 2",
        )
    for _, low, one in labelled[-1:]:  # behind a break in the numbers the rest of a list may be read as part of its last entry
        if first := swallowed_run(one.raw, low):
            yield Hit(message=_broken(low, first), references=(one.id,), subject=f"{low} {first}")
    for _, low, one in labelled:
        at = _second_label(one.raw)
        if at:
            place = one.place_of(Span(at, at + len(str(low))))
            yield Hit(message=_broken(low, low), references=(one.id,), spans=(place,), subject=f"{low} {low} inside")
    carried = {number for _, number, _ in labelled}
    complete = (
        len(carried) == len(labelled) == max(carried)
    )  # all there, in another order: columns read in the wrong order do that
    back = 0  # the number before one that runs backwards: "[26] [0] [27]" is told once
    for (before, low, one), (after, high, other) in pairwise(labelled):
        if high == low + 1 or high == back + 1 > 1 or (high == 1 and low > 1):
            continue
        back = low if high < low else 0
        if high > low + 1:
            if carried.issuperset(range(low + 1, high)):
                continue
            lost = {str(number) for number in range(low + 1, min(high, low + 8))}
            if after - before > 1 or inner_numbers((one,)) & lost or high > low + 50:
                continue
        yield Hit(
            message=_broken(low, high),
            references=(one.id, other.id),
            spans=(other.span,),
            confidence=0.4 if complete else None,
            subject=f"{low} {high}",
        )


def _second_label(raw: str) -> int:
    """Where an entry prints its own number a second time before a capital letter, as a second entry would; 0 if nowhere."""
    label, value = LABEL.match(raw), label_of(raw)
    if label is None or value is None or not value[1].isdecimal() or value[0] not in ("square", "round", "stop"):
        return 0
    printed = label[0].strip()
    at = raw.find(f" {printed} ", 20)
    return at + 1 if at > 0 and raw[at + len(printed) + 2 : at + len(printed) + 3].isupper() else 0


def _broken(low: int, high: int) -> str:
    """What is wrong with a number that stands behind another."""
    if high == low:
        return f"Two entries carry the number [{low}]."
    if high < low:
        return f"The numbers run backwards: [{high}] stands after [{low}]."
    lost = wording.listing([f"[{number}]" for number in range(low + 1, min(high, low + 8))])
    return f"The list goes from [{low}] to [{high}]: {lost} {'is' if high == low + 2 else 'are'} missing."


def _cited_labels(audit: Audit) -> set[str]:
    return {item.label for citation in audit.citations for item in citation.items if item.label}


RULES = (number_out_of_order, label_gap)
