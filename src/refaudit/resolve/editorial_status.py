"""What stands about a work: retractions, concerns and corrections, weighed as the registries deposit them. Pure.

Crossref's ``updated-by`` of a record tells what was published about it; ``update-to`` marks a notice. Some publishers
deposit both directions on both records, and a notice may name itself, so that neither can be taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from refaudit.model import Record, Update

RETRACTED = frozenset({"retraction", "partial-retraction", "withdrawal", "removal", "retracted", "withdrawn"})
CONCERN = frozenset({"expression-of-concern", "concern"})
CORRECTED = frozenset({"correction", "corrigendum", "erratum", "addendum", "clarification"})
REINSTATED = frozenset({"reinstatement"})
WATCH = "retraction-watch"

# A registry's mark in front of a title, set off by punctuation or by capitals: "RETRACTED ARTICLE: …", "[Withdrawn] …"; or in
# brackets behind it: "… (Retracted article. See vol. 12, p. 3, 2020)".
_MARKED = re.compile(
    r"^\W{0,2}(?:(?P<a>(?i:retracted|withdrawn))(?i: article| chapter| paper)?\s{0,2}[:\])\u2013\u2014-]"
    r"|(?P<b>RETRACTED|WITHDRAWN)(?: ARTICLE| CHAPTER)?\b)\W{0,2}"
)
_MARKED_BEHIND = re.compile(
    r"\s?[(\[](?P<a>(?i:retracted|withdrawn))(?i:(?: article| chapter| paper| in| publication)?\b[^()\[\]]{0,80})[)\]]\W{0,2}$"
)
_NOTICE = re.compile(
    r"^\W{0,2}(?:retraction(?: note| notice)?(?::|$| -| to\b)|retraction (?:note|notice)|notice of (?:retraction|withdrawal|concern)"
    r"|statement of retraction|withdrawal notice|expression of concern|editorial expression"
    r"|(?:(?:author|publisher|editorial) )?correction(?: to\b|:|$)|corrigend(?:um|a)\b|errat(?:um|a)\b|addendum\b)",
    re.IGNORECASE,
)
# Titles that notices bear and articles too: "Retraction of claws in cats", "Withdrawal of heating".
_NOTICE_LIKE = re.compile(r"^\W{0,2}(?:retraction|withdrawal|removal|reinstatement|correction)(?: of\b|:)", re.IGNORECASE)


def unmarked(title: str) -> str:
    """A title without a registry's mark of retraction."""
    return _MARKED_BEHIND.sub("", _MARKED.sub("", title, count=1), count=1)


def notice_title(title: str) -> bool:
    """Whether a title, printed or registered, is that of a notice."""
    return bool(_NOTICE.match(title) or _NOTICE_LIKE.match(title)) and not _MARKED.match(title)


def is_notice(record: Record) -> bool:
    """Whether a record is itself a notice about another work: by its title, and where articles bear such titles, by what it updates."""
    if _MARKED.match(record.title):
        return False
    return bool(_NOTICE.match(record.title)) or bool(_NOTICE_LIKE.match(record.title) and _updated(record))


def _updated(record: Record) -> bool:
    return any(update.doi != record.doi for update in record.update_to)


def turned(notice: Record) -> dict[str, tuple[Update, ...]]:
    """What a notice says about the works that it names, by their DOI: not every registry says it in their records too."""
    found: dict[str, tuple[Update, ...]] = {}
    if is_notice(notice) or not notice.updated_by:
        for update in notice.update_to:
            if update.doi and update.doi != notice.doi:
                about = Update(kind=update.kind, doi=notice.doi, date=update.date, source=update.source)
                found[update.doi] = (*found.get(update.doi, ()), about)
    return found


def standing(record: Record, more: Sequence[Update] = ()) -> tuple[Update, ...]:
    """The notices that hold for the work of a record, latest first; ``more`` comes from other lists, by the same DOI."""
    found = [update for update in record.updated_by if not _mirrored(record, update)]
    if is_notice(record):
        found = [update for update in found if update.source == WATCH and update.doi != record.doi]
    found += more
    cleared = max((update.date for update in found if update.kind in REINSTATED), default="")
    if cleared:  # a later reinstatement takes earlier retractions and concerns back
        found = [update for update in found if update.kind in CORRECTED or update.date > cleared]
    mark = _MARKED.match(record.title) or _MARKED_BEHIND.search(record.title)
    if mark and not cleared and not any(update.kind in RETRACTED for update in found):
        word = mark["a"] or mark.groupdict().get("b") or ""
        kind = "withdrawal" if word.lower() == "withdrawn" else "retraction"
        found.append(Update(kind=kind, source=f"title of the record ({record.source})"))
    return tuple(sorted(_once(found), key=lambda update: (update.date, update.kind, update.doi), reverse=True))


def _mirrored(record: Record, update: Update) -> bool:
    """Whether an ``updated-by`` is the publisher's mirror image of the ``update-to`` that makes this record the notice.

    Retraction Watch asserts the true direction only: what it has under ``update-to`` and not under ``updated-by`` is it.
    """

    def has(updates: Sequence[Update]) -> bool:
        return any(other.kind == update.kind and other.doi == update.doi and other.source == WATCH for other in updates)

    return update.source != WATCH and has(record.update_to) and not has(record.updated_by)


def _once(updates: Sequence[Update]) -> list[Update]:
    """Each notice once, with all its sources."""
    merged: dict[tuple[str, str], Update] = {}
    for update in updates:
        # without a notice's DOI, kind and date tell notices apart
        key = (update.kind, update.doi or update.date)
        have = merged.get(key)
        if have is None:
            merged[key] = update
        elif update.source not in have.source:
            merged[key] = Update(
                kind=have.kind,
                doi=have.doi,
                date=max(have.date, update.date),
                source=f"{have.source}, {update.source}",
                of=have.of,
            )
    return list(merged.values())


def version_of_record(record: Record) -> str:
    """The DOI of the published version of a preprint, "" when none is known."""
    return next((doi for kind, doi in record.relations if kind == "is-preprint-of" and doi.startswith("10.")), "")
