"""The place: another journal."""

from __future__ import annotations

from refaudit.model import Record
from refaudit.resolve.match.compare.difference import Difference
from refaudit.resolve.match.container_names import (
    container_score,
    is_preprint_server,
    same_container,
    stands_in,
)
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.language import other_language
from refaudit.resolve.match.meetings import other_meeting
from refaudit.resolve.match.names import titles
from refaudit.resolve.match.scores import page_score, volume_score
from refaudit.text import fold, letters, words
from refaudit.words import stop_words

# Words that so many journals share that they tell none apart.
_COMMON = frozenset(
    """journal j society soc american amer am international int proceedings proc transactions trans annals ann bulletin bull
    letters lett research res reviews rev science sci sciences european eur british br national natl archives arch article
    review study editorial letter part vol volume edition ed""".split()
)


def container_difference(entry: Entry, record: Record) -> Difference | None:
    """Another journal, or another meeting. Abbreviations, acronyms, series names and names of proceedings are no difference."""
    if not record.containers or not entry.container or is_preprint_server(entry.container):
        return None
    if record.type not in ("journal-article", "article"):
        field = entry.reference.container
        if not other_meeting(entry.container, record.containers):
            return None
        return Difference(entry.container, record.containers[0], 0.65 * (field.confidence if field else 0.0))
    if len(letters(entry.container)) < 4:
        return None
    if not entry.title and (container_score(entry, record.containers) or 0.0) >= 0.6:
        return None
    beside, outside = entry.letters, entry.text
    for title in titles(record):  # titles name journals too ("Metabolic engineering of …"), so theirs do not count
        beside = beside.replace(letters(title), " ", 1)
        outside = outside.replace(fold(title), " ", 1)
    outside = outside.replace(fold(entry.title), " ", 1) if entry.title else outside
    for container in record.containers:
        flat = letters(container)
        if (len(flat) >= 8 and flat in beside) or stands_in(outside, container):
            return None
    if any(same_container(entry.container, container) or _close(entry.container, container) for container in record.containers):
        return None
    placed = (volume_score(entry, record) or 0) > 0 and (page_score(entry, record) or 0) > 0
    if placed and any(other_language(entry.container, container) for container in record.containers):
        return None  # the name in another language
    field = entry.reference.container
    sure = field.confidence if field else 0.0
    return Difference(entry.container, record.containers[0], min(0.85, 0.1 + 0.75 * sure))


def _close(one: str, other: str) -> bool:
    """Journals change their names in part; most of the words in common are taken for one journal."""
    first, second = set(words(one)) - stop_words.ALL - _COMMON, set(words(other)) - stop_words.ALL - _COMMON
    if not first or not second:
        return not first and not second
    shared = sum(
        any(a == b or (min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a))) for b in second) for a in first
    )
    return shared / max(len(first), len(second)) >= 0.6
