"""What differs between two texts, and what a repair changes, line by line: the same in the terminal and the HTML report."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from refaudit.model import Edit, FileReport, Repair, Source
from refaudit.report.escape import one_line, visible

Stretches = tuple[tuple[str, bool], ...]
"""A text cut into (text, differs)."""

_LIMIT = 400  # characters; comparing is quadratic
_ALIKE = 0.5  # below this two texts are simply different, and marking shared letters would only confuse
_AROUND = 60  # characters shown on either side of a change within a long line
_LONGEST = 1200  # characters of a removed or added stretch that are shown


def differences(a: str, b: str) -> tuple[Stretches, Stretches]:
    """Both texts cut into stretches that agree and stretches that differ."""
    if not a or not b or max(len(a), len(b)) > _LIMIT:
        return ((a, False),), ((b, False),)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ((a, False),), ((b, False),)
    for tag, i, j, k, m in matcher.get_opcodes():
        if j > i:
            left.append((a[i:j], tag != "equal"))
        if m > k:
            right.append((b[k:m], tag != "equal"))
    return tuple(left), tuple(right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """One place that a repair changes: ``before`` becomes ``after`` at a line of a file. ``text`` is all that stands there then."""

    path: str
    line: int
    before: Stretches
    after: Stretches
    text: str


def hunks(file: FileReport, repair: Repair) -> tuple[Hunk, ...]:
    """What a repair changes, in the order of the files; edits of one line stand together."""
    known = {source.path: source for source in file.document.sources} if file.document else {}
    found = []
    for path in dict.fromkeys(edit.path for edit in repair.edits):
        source = known.get(path) or Source(path=path, text="")
        edits = sorted((edit for edit in repair.edits if edit.path == path), key=lambda edit: (edit.start, edit.end))
        group: list[Edit] = []
        for edit in edits:
            if group and source.text.find("\n", group[-1].end, edit.start) >= 0:
                found.append(_hunk(source, group))
                group = []
            group.append(edit)
        found.append(_hunk(source, group))
    return tuple(found)


def _hunk(source: Source, edits: list[Edit]) -> Hunk:
    """The lines around some edits, before and after them, the edited stretches marked."""
    text, first, last = source.text, edits[0].start, edits[-1].end
    start = max(text.rfind("\n", 0, first) + 1, first - _AROUND)
    end = text.find("\n", last)
    end = min(len(text) if end < 0 else end, last + _AROUND)
    if text[first:last].strip() and first == start and text[first:last].endswith("\n"):
        end = last  # whole lines go: the next one does not belong to them
    head, tail = ("…" if text[start - 1 : start] not in ("", "\n") else ""), ("…" if text[end : end + 1].strip() else "")
    before: list[tuple[str, bool]] = [(head + text[start:first], False)]
    after = list(before)
    at = first
    for edit in edits:
        same = (text[at : edit.start], False)
        old, new = text[edit.start : edit.end], edit.text
        left, right = differences(old, new) if old and new else (((old, True),), ((new, True),))
        marked = any(differs for side in (left, right) for _, differs in side)
        before += [same, *(left if marked else ((old, True),))]
        after += [same, *(right if marked else ((new, True),))]
        at = edit.end
    rest = (text[at:end] + tail, False)
    return Hunk(
        path=one_line(source.path),
        line=source.location(first, first).line or 1,
        before=_shown([*before, rest]),
        after=_shown([*after, rest]),
        text=visible(_lines(text, edits)),
    )


def _lines(text: str, edits: list[Edit]) -> str:
    """The whole lines that some edits touch, repaired."""
    start = text.rfind("\n", 0, edits[0].start) + 1
    end = text.find("\n", edits[-1].end)
    parts, at = [], start
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at : len(text) if end < 0 else end]]).strip("\r\n")


def _shown(stretches: list[tuple[str, bool]]) -> Stretches:
    """The stretches as they are shown: hidden characters written out, empty ones left out, the edges without blank lines."""
    kept = [(visible(text[:_LONGEST]) + ("…" if len(text) > _LONGEST else ""), differs) for text, differs in stretches if text]
    if kept:
        kept[-1] = (kept[-1][0].rstrip("\r\n"), kept[-1][1])
    return tuple((text.replace("\r", ""), differs) for text, differs in kept if text.replace("\r", ""))
