"""What registries can know: the kinds of works and the series that they list. Pure."""

from __future__ import annotations

import re

from refaudit.resolve.match.entry import Entry

# Kinds of works that no scholarly registry lists, so that asking would only burden it.
_NOT_LISTED = frozenset(
    """webpage post post-weblog article-newspaper legislation legal_case bill regulation treaty hearing patent
    personal_communication interview motion_picture broadcast song speech map graphic entry-encyclopedia software
    manuscript""".split()
)
# Kinds of which registries list most: only for these does an empty search say something.
_LISTED = frozenset({"article-journal", "article", "paper-conference"})
_JOURNAL_LIKE = re.compile(r"[0-9]{1,4} ?\([0-9]{1,3}\)|\bvol\b|[0-9]{1,4}[:,] ?[0-9]{1,5} ?- ?[0-9]|[0-9]{4}; ?[0-9]{1,4}")


def _kind(entry: Entry) -> str:
    field = entry.reference.type
    return field.value if field and field.value and field.confidence >= 0.5 else ""


def searchable(entry: Entry) -> bool:
    """Whether a registry of scholarly works is worth asking with the words of an entry."""
    reference = entry.reference
    if len(entry.letters) < 15:
        return False
    if entry.doi:
        return True
    bare = not (reference.volume or reference.pages or reference.issue)
    if _kind(entry) in _NOT_LISTED and bare:
        return False
    web = bool(reference.url and reference.url.value)
    return not (web and bare and not reference.container and not _JOURNAL_LIKE.search(entry.text))


def listed(entry: Entry) -> bool:
    """Whether a registry would have the work if it is what it looks like: an article in a journal or in proceedings."""
    if _kind(entry) not in ("", *_LISTED):
        return False
    reference = entry.reference
    placed = bool(reference.volume or reference.pages or reference.issue)
    if reference.container and placed:
        return True
    return not reference.container and bool(_JOURNAL_LIKE.search(entry.text))
