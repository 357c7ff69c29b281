"""Was the list of references read as it is printed? Where it probably was not, that is said once, and nobody is accused."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from refaudit.model import Reference
from refaudit.parse.entries.sections import entry_score
from refaudit.parse.label import label_of
from refaudit.text import whole

_SOME = 10  # entries from which on a share of them tells something
DOUBTED = 0.45
"""The confidence that findings about a doubtfully read list have at most: below what is shown."""


def doubt(references: Sequence[Reference], counts: tuple[int, int]) -> str:
    """Why a list was probably not read as it is printed, as a sentence without its stop; "" where nothing says so.

    Two counts that differ by more than a tenth (entries with two years or broken lines make them differ a little), numbers
    that break off again and again, or many entries that do not read like references.
    """
    split, counted = counts
    if min(split, counted) >= 1 and abs(split - counted) > max(2, max(split, counted) // 10):
        return f"The reference list was read as {split} entries, but {_second(references, counted)}"
    printed = [one for one in references if one.parts and not one.key]
    if len(printed) < _SOME:
        return ""
    numbers = [number for one in printed if (number := whole(one.label or "")) is not None]
    breaks = sum(high not in (low + 1, 1) for low, high in pairwise(numbers))
    if len(numbers) >= 0.8 * len(printed) and breaks > max(3, len(numbers) // 10):
        return f"The reference list was read as {len(printed)} entries, but their numbers break off {breaks} times"
    unread = sum(one.label is None and (label := label_of(one.raw)) is not None and label[0] == "square" for one in printed)
    if unread > max(3, len(printed) // 5):
        return f"The reference list was read as {len(printed)} entries, but {unread} of them begin with a number that the others lack"
    strange = sum(entry_score(one.raw) < 2 for one in printed)
    if strange > max(3, len(printed) // 8):
        return f"The reference list was read as {len(printed)} entries, but {strange} of them do not read like references"
    return ""


def _second(references: Sequence[Reference], counted: int) -> str:
    """What the second count rests on."""
    if any(whole(one.label or "") == counted for one in references):
        return f"its printed numbers go up to [{counted}]"
    return f"a second count gives {counted}"
