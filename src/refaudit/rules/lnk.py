"""LNK: does every citation in the text have its entry, and every entry its citation?"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from refaudit.model import CitedItem, Difference, Evidence, Level, Link, LinkStatus, Name, Reference, Span, System
from refaudit.rules import naming
from refaudit.rules.base import Audit, Hit, rule
from refaudit.text import fold, letters

# ------------------------------------------------------------------ one work, all its places


def _work_key(item: CitedItem) -> tuple[str, ...]:
    """What the text says of a cited work, folded: two items with one key name one work."""
    if item.key:
        return ("key", item.key)
    if item.label is not None:
        return ("label", item.label)
    year = item.year
    when = f"{year} {year.month or ''} {year.day or ''}".strip().casefold() if year else ""
    first = item.names[0] if item.names else Name()
    initials = letters(first.given)[:1]
    return ("name", letters(naming.family(first)) or fold(item.title), initials, when)


def _by_work(audit: Audit, links: Iterable[Link]) -> list[list[Link]]:
    """Links grouped by the work they name, in order of first mention.

    "Lopez and Moreno 2020" and "Lopez and Vega 2020" are two works; "Lopez et al. 2020" joins the only one it fits.
    """
    keyed: dict[tuple[str, ...], dict[tuple[str, ...], list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        item = audit.item(link)
        others = ("et al",) if item.et_al else tuple(letters(naming.family(name)) for name in item.names[1:])
        keyed[_work_key(item)][others].append(link)
    groups: list[list[Link]] = []
    for variants in keyed.values():
        cut = variants.pop(("et al",), [])
        fitting = [links for others, links in variants.items() if others]
        if cut and len(fitting) == 1:
            fitting[0].extend(cut)
        elif cut:
            groups.append(cut)
        groups.extend(variants.values())
    position = {id(link): index for index, link in enumerate(audit.links)}
    for group in groups:
        group.sort(key=lambda link: position[id(link)])
    return sorted(groups, key=lambda group: position[id(group[0])])


def _spans(audit: Audit, links: Iterable[Link]) -> tuple[Span, ...]:
    return tuple(audit.item(link).span for link in links)


def _citations(links: Iterable[Link]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.citation for link in links))


def _subject(audit: Audit, link: Link) -> str:
    return " ".join(_work_key(audit.item(link)))


def _times(links: Sequence[Link]) -> str:
    return "" if len(links) == 1 else f" (cited {len(links)} times)"


def _near(audit: Audit, link: Link) -> tuple[Reference, ...]:
    """The entries a link reaches or, for a missing one, comes near to."""
    return tuple(audit.reference[identity] for identity in link.references or link.nearest if identity in audit.reference)


def _differing(audit: Audit, difference: Difference) -> list[list[Link]]:
    return _by_work(audit, (link for link in audit.links if link.difference is difference and _near(audit, link)))


# ------------------------------------------------------------------ rules


@rule("LNK001", "citation-without-reference", Level.ERROR)
def citation_without_reference(audit: Audit) -> Iterator[Hit]:
    """A work is cited in the text and has no entry in the reference list.

    What it finds:
    One finding for each distinct work that the text cites and the list does not hold, with all the places where it is
    cited. When an entry comes near, it is named.

    Why it matters:
    A reader cannot find the source. Most often the entry was lost while editing, or the citation is misspelt.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019; Moreno 2020).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019; López & Vega, 2020).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    Lopez, A., and B. Vega. 2020. "Crusts after rain." Journal of Soils 13: 20-31.
    ```

    What to do:
    Add the entry to the reference list, or correct the citation if it means a work that is listed.

    Limits:
    A citation that the program does not recognise as one is not missed. Personal communications are no citations.
    """
    missing = [
        link
        for link in audit.links
        if link.status is LinkStatus.MISSING and not (link.difference is not Difference.NONE and _near(audit, link))
    ]
    numbers = sorted(int(reference.label) for reference in audit.references if reference.label and reference.label.isdecimal())
    for links in _by_work(audit, missing):
        item = audit.item(links[0])
        near = _near(audit, links[0])[:1]
        if not audit.references:
            tail = "the text has no reference list"
        elif item.label is not None and item.label.isdecimal() and numbers:
            tail = f"the list goes from [{numbers[0]}] to [{numbers[-1]}] and has no such number"
        else:
            tail = "no entry of the reference list fits"
        if near:
            tail += f"; the nearest is {naming.entry(near[0])}"
        yield Hit(
            message=f"{naming.item(item)} is cited here{_times(links)}, but {tail}.",
            citations=_citations(links),
            spans=_spans(audit, links),
            subject=_subject(audit, links[0]),
        )


@rule("LNK002", "no-reference-list", Level.ERROR)
def no_reference_list(audit: Audit) -> Iterator[Hit]:
    """The text cites works and has no reference list.

    What it finds:
    A text with citations in which no list of references was found: no list under a heading or at the end, no notes
    that hold the references, no bibliography file.

    Why it matters:
    None of the sources can be found by a reader, and nothing about them can be checked.

    Flags:
    The list that is missing and, with LNK001, each work that is cited.
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Vega 2018). Seeds fail (Moreno 2020).
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Add the reference list. If it stands in another file, give that file too or append it to the manuscript.

    Limits:
    With fewer than three citations the finding is less certain, since a date in brackets can look like one.
    """
    items = [item for citation in audit.citations if citation.system is not System.FOOTNOTE for item in citation.items]
    if not items or audit.references:
        return
    works = len(_by_work(audit, (link for link in audit.links if audit.citation[link.citation].system is not System.FOOTNOTE)))
    plural = "s" if works != 1 else ""
    yield Hit(
        message=f"The text cites {works} work{plural}, but no reference list was found.",
        spans=(items[0].span,),
        confidence=0.9 if len(items) >= 3 else 0.6,
        subject="no reference list",
    )


@rule("LNK003", "uncited-reference", Level.WARNING)
def uncited_reference(audit: Audit) -> Iterator[Hit]:
    """An entry of the reference list that the text does not cite.

    What it finds:
    An entry that no citation reaches, not even a probable, ambiguous or nearly fitting one.

    Why it matters:
    Most styles allow only cited works in the list. An entry that stays behind is often the trace of a citation that
    was deleted or misspelt.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    Moreno, C. 2020. "Crusts after rain." Journal of Soils 13: 20-31.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019; Moreno 2020).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    Moreno, C. 2020. "Crusts after rain." Journal of Soils 13: 20-31.
    ```

    What to do:
    Cite the work where it belongs, or take the entry out of the list.

    Limits:
    Citations in figures, in tables that were left out and in supplements are not seen. Where most of a list seems
    uncited the text was probably not read well, and the findings are kept out of sight. A text without any citation
    gives none. Entries of a shared bibliography file are checked only when asked for.
    """
    if not audit.citations or not audit.references:
        return
    reached = {identity for link in audit.links for identity in (*link.references, *link.nearest)}
    works = {audit.works.work(identity) for identity in reached}
    asked = [r for r in audit.references if audit.config.include_uncited or not r.cited_only]
    labels = {audit.reference[identity].label for identity in reached if identity in audit.reference} - {None}
    lonely = [
        r for r in asked if r.id not in reached and audit.works.work(r.id) not in works and r.label not in labels
    ]  # a second entry with a number that is cited is a matter of the numbers (LNK009)
    for reference in lonely:
        yield Hit(
            message=f"{naming.entry(reference)} is in the reference list, but the text does not cite it.",
            references=(reference.id,),
            confidence=0.9 if len(lonely) * 2 <= len(asked) or len(asked) <= 4 else 0.4,
        )


def _needs_letters(audit: Audit, link: Link) -> bool:
    """Whether the letters of the list would tell the candidates apart and the citation prints none."""
    item = audit.item(link)
    if item.year is None or item.year.letter:
        return False
    years = [reference.year.value for reference in _near(audit, link) if reference.year]
    return len(years) > 1 and all(year is not None and year.letter for year in years)


@rule("LNK004", "ambiguous-citation", Level.WARNING)
def ambiguous_citation(audit: Audit) -> Iterator[Hit]:
    """A citation fits several entries that are different works.

    What it finds:
    A citation that could mean more than one work of the list. Entries that are the same work twice count as one.

    Why it matters:
    The reader cannot tell which source is meant.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Crusts after rain." Geoderma 20: 20-31.
    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019a) and leaves crusts (Lopez 2019b).

    References

    Lopez, A. 2019a. "Crusts after rain." Geoderma 20: 20-31.
    Lopez, A. 2019b. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Tell the works apart in text and list: letters after the year (2019a, 2019b), initials, or a second author.

    Limits:
    Whether one of the candidates is meant by the context is not judged.
    """
    ambiguous = [
        link
        for link in audit.links
        if link.status is LinkStatus.AMBIGUOUS
        and link.difference is Difference.NONE
        and audit.works.distinct(link.references) > 1
        and not _needs_letters(audit, link)
    ]
    for links in _by_work(audit, ambiguous):
        near = _near(audit, links[0])
        count = audit.works.distinct(reference.id for reference in near)
        yield Hit(
            message=f"{naming.item(audit.item(links[0]))} fits {count} works of the list{_times(links)}: {_told_apart(near)}.",
            citations=_citations(links),
            references=tuple(reference.id for reference in near),
            spans=_spans(audit, links),
            subject=_subject(audit, links[0]),
        )


def _told_apart(references: Sequence[Reference]) -> str:
    """Entries by title (or first words), since their authors and years are the same."""
    titles = [reference.title.value for reference in references if reference.title and reference.title.value]
    if len(titles) == len(references):
        return naming.listing(list(dict.fromkeys(naming.quote(title, 50) for title in titles if title)), 4)
    return naming.listing(list(dict.fromkeys(naming.quote(reference.raw, 70) for reference in references)), 4)


@rule("LNK005", "year-differs", Level.ERROR)
def year_differs(audit: Audit) -> Iterator[Hit]:
    """The list has a work of these authors, but from another year.

    What it finds:
    A citation whose authors are in the list with another year only, and for which no other entry fits better.

    Why it matters:
    Either the year is wrong in one of the two places, or the entry of another work is missing.

    Flags:
    ```
    Rain loosens bare ground (Lopez and Vega 2018).

    References

    Lopez, A., and B. Vega. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez and Vega 2019).

    References

    Lopez, A., and B. Vega. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Look the work up: correct the year in the text or in the list, or add the entry that is missing.

    Limits:
    Which of the two years is right cannot be told without a registry.
    """
    for links in _differing(audit, Difference.YEAR):
        item, near = audit.item(links[0]), _near(audit, links[0])
        years = naming.listing(list(dict.fromkeys(str(r.year.value) for r in near if r.year and r.year.value)))
        who = naming.people(item.names, et_al=item.et_al)
        yield Hit(
            message=f"{naming.item(item)} is cited here{_times(links)}, but the list has {who} only from "
            f"{years or 'another year'}: {naming.quote(near[0].raw, 70)}.",
            citations=_citations(links),
            references=tuple(reference.id for reference in near[:1]),
            spans=_spans(audit, links),
            evidence=(Evidence(field="year", cited=str(item.year or ""), registered=years, source="reference list"),),
            subject=_subject(audit, links[0]),
        )


@rule("LNK006", "author-differs", Level.ERROR)
def author_differs(audit: Audit) -> Iterator[Hit]:
    """A name is spelled one way in the text and another way in the list.

    What it finds:
    A citation that fits an entry of the same year but for the spelling of a name.

    Why it matters:
    One of the two spellings is wrong, and a reader who searches for it does not find the work.

    Flags:
    ```
    Rain loosens bare ground (Morenno and Vega 2019).

    References

    Moreno, A., and B. Vega. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Garcia-Muller 2019; Van der Berg 2020).

    References

    Berg, J. van der. 2020. "Crusts after rain." Journal of Soils 13: 20-31.
    García Müller, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Check the spelling against the work itself and correct it in the text or in the list.

    Limits:
    Accents, case, hyphens, apostrophes and particles ("van", "de la") alone are no difference. Two authors with similar
    names and works of one year are told apart only when both are listed.
    """
    for links in _differing(audit, Difference.AUTHOR):
        item, reference = audit.item(links[0]), _near(audit, links[0])[0]
        names = reference.authors.value if reference.authors and reference.authors.value else ()
        listed = [naming.family(name) for name in names]
        if {letters(naming.family(name)) for name in item.names} <= {letters(name) for name in listed}:
            continue
        spelled = naming.listing(_respelled(item, listed))
        yield Hit(
            message=f"{naming.item(item)} is cited here{_times(links)}, but the list spells the name "
            f"{spelled + ': ' if spelled else ''}{naming.quote(reference.raw, 70)}.",
            citations=_citations(links),
            references=(reference.id,),
            spans=_spans(audit, links),
            evidence=(
                Evidence(
                    field="author",
                    cited=naming.listing([naming.family(name) for name in item.names]),
                    registered=naming.listing(listed),
                    source="reference list",
                ),
            ),
            subject=_subject(audit, links[0]),
        )


def _respelled(item: CitedItem, listed: Sequence[str]) -> list[str]:
    """The names of an entry that the citation does not print as they are, at most as many as it prints wrongly."""
    cited = {letters(naming.family(name)) for name in item.names}
    wrong = sum(letters(naming.family(name)) not in {letters(name) for name in listed} for name in item.names)
    return [f"“{name}”" for name in listed if letters(name) not in cited][:wrong]


@rule("LNK007", "year-letter-unmatched", Level.WARNING)
def year_letter_unmatched(audit: Audit) -> Iterator[Hit]:
    """The letter after a year does not agree between text and list.

    What it finds:
    A citation with a year letter ("2019a") that no entry carries, or one without a letter where the entries of these
    authors and this year are told apart by letters.

    Why it matters:
    The letter is what tells works of one year apart; without it the reader cannot know which is meant.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019a).

    References

    Lopez, A. 2019. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019a, 2019b).

    References

    Lopez, A. 2019a. "Crusts after rain." Geoderma 20: 20-31.
    Lopez, A. 2019b. "Rain on bare ground." Journal of Soils 12: 1-9.
    ```

    What to do:
    Put the same letters in text and list, or drop the letter where there is only one work of that year.

    Limits:
    Whether the letters follow the order of the titles is not checked.
    """
    unmatched = [
        link
        for link in audit.links
        if (link.difference is Difference.LETTER and _near(audit, link) and _letter_matters(audit, link))
        or (
            link.status is LinkStatus.AMBIGUOUS
            and link.difference is Difference.NONE
            and audit.works.distinct(link.references) > 1
            and _needs_letters(audit, link)
        )
    ]
    for links in _by_work(audit, unmatched):
        item, near = audit.item(links[0]), _near(audit, links[0])
        years = naming.listing(list(dict.fromkeys(str(r.year.value) for r in near if r.year and r.year.value)))
        what = (
            f"no entry carries the letter “{item.year.letter}”: the list has"
            if item.year and item.year.letter
            else "the list tells the works apart by letters:"
        )
        yield Hit(
            message=f"{naming.item(item)} is cited here{_times(links)}, but {what} "
            f"{naming.people(item.names, et_al=item.et_al)} {years}.",
            citations=_citations(links),
            references=tuple(reference.id for reference in near),
            spans=_spans(audit, links),
            subject=_subject(audit, links[0]),
        )


def _letter_matters(audit: Audit, link: Link) -> bool:
    """A letter printed in the text, or missing there where the list needs it; a lone lettered entry is clear without."""
    year = audit.item(link).year
    return bool(year and year.letter) or audit.works.distinct(reference.id for reference in _near(audit, link)) > 1


def _numbers(audit: Audit) -> list[tuple[int, Link]]:
    """The numeric labels that the text cites and the list has, in order of the text."""
    found = []
    for link in audit.links:
        label = audit.item(link).label
        if link.references and label and label.isdecimal() and audit.citation[link.citation].system is System.NUMERIC:
            found.append((int(label), link))
    return sorted(found, key=lambda pair: audit.citation[pair[1].citation].span.start)


def _alphabetical(audit: Audit) -> bool:
    """Whether the list is sorted by first author: its numbers then say nothing about the order of citing."""
    firsts = [
        letters(naming.family(reference.authors.value[0]))
        for reference in audit.references
        if reference.authors and reference.authors.value
    ]
    rising = sum(one <= other for one, other in itertools.pairwise(firsts))
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
        message=f"The numbers are not cited in rising order: first mention of {naming.listing(words)}.",
        citations=_citations(link for _, _, link in late),
        spans=_spans(audit, (link for _, _, link in late)),
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
    A second list that starts again at 1 is no defect. A number that stands inside the entry before it, or an entry
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
    for (before, low, one), (after, high, other) in itertools.pairwise(labelled):
        if high == low + 1 or (high == 1 and low > 1):
            continue
        unlabelled = after - before - 1
        if high > low + 1:
            lost = [str(number) for number in range(low + 1, min(high, low + 8))]
            if (
                unlabelled
                or any(re.search(rf"(?<!\d){number}(?:[.)\]]|\s+[A-Z])", one.raw) for number in lost)
                or high > low + 50
            ):
                continue
            gone = naming.listing([f"[{number}]" for number in lost])
            message = f"The list goes from [{low}] to [{high}]: {gone} {'is' if len(lost) == 1 else 'are'} missing."
        elif high == low:
            message = f"Two entries carry the number [{low}]."
        else:
            message = f"The numbers run backwards: [{high}] stands after [{low}]."
        yield Hit(message=message, references=(one.id, other.id), spans=(other.span,), subject=f"{low} {high}")


def _cited_labels(audit: Audit) -> set[str]:
    return {item.label for citation in audit.citations for item in citation.items if item.label}


RULES = (
    citation_without_reference,
    no_reference_list,
    uncited_reference,
    ambiguous_citation,
    year_differs,
    author_differs,
    year_letter_unmatched,
    number_out_of_order,
    label_gap,
)
