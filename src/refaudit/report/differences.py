"""What differs between two texts, and what a repair changes, line by line: the same in the terminal and the HTML report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from refaudit.model import Edit, FileReport, Repair, Source
from refaudit.report.escape import one_line, visible

Stretches = tuple[tuple[str, bool], ...]
"""A text cut into (text, differs)."""

_LIMIT = 400  # characters; comparing is quadratic
_ALIKE = 0.5  # below this two texts are simply different, and marking shared letters would only confuse
_NEARLY = 0.7  # two words at least this alike are one word with a slip
_WORD = re.compile(r"\w+")
_AROUND = 60  # characters shown on either side of a change within a long line
_LONGEST = 1200  # characters of a removed or added stretch that are shown


def differences(a: str, b: str) -> tuple[Stretches, Stretches]:
    """Both texts cut into stretches that agree and stretches that differ, to the character."""
    return _marked(a, b, a, b)


def unlike(a: str, b: str) -> tuple[Stretches, Stretches]:
    """The same for two descriptions of a work, where capitals make no difference: words that are not alike are marked whole,
    and of words that are nearly the same the characters that differ."""
    folded = a.lower(), b.lower()
    if len(folded[0]) != len(a) or len(folded[1]) != len(b):  # a few capitals grow when they are folded
        return differences(a, b)
    words = [[match.span() for match in _WORD.finditer(text)] for text in folded]
    if max(map(len, (a, b))) > _LIMIT or not all(words):
        return _marked(a, b, *folded)
    tokens = [[text[i:j] for i, j in spans] for text, spans in zip(folded, words, strict=True)]
    marks: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    matcher = SequenceMatcher(None, tokens[0], tokens[1], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if j - i == m - k:
            for (start, end), (first, last) in zip(words[0][i:j], words[1][k:m], strict=True):
                sides = _characters(folded[0][start:end], folded[1][first:last])
                marks[0].extend((start + x, start + y) for x, y in sides[0])
                marks[1].extend((first + x, first + y) for x, y in sides[1])
        else:
            marks[0].extend(words[0][i:j])
            marks[1].extend(words[1][k:m])
    if not any(marks):  # the signs between the words differ
        return _marked(a, b, *folded)
    if all(marked == spans for marked, spans in zip(marks, words, strict=True)):
        return ((a, False),), ((b, False),)  # simply different
    return _cut(a, marks[0]), _cut(b, marks[1])


def _characters(a: str, b: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where two words differ: all of both where they are not nearly the same."""
    if a == b:
        return [], []
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < _NEARLY:
        return [(0, len(a))], [(0, len(b))]
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return [(i, j) for _, i, j, _, _ in codes if j > i], [(k, m) for _, _, _, k, m in codes if m > k]


def _cut(text: str, marks: list[tuple[int, int]]) -> Stretches:
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in marks:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple((part, differs) for part, differs in (*found, (text[at:], False)) if part)


def _marked(a: str, b: str, left_key: str, right_key: str) -> tuple[Stretches, Stretches]:
    """``a`` and ``b`` cut where their keys (of the same lengths) differ; whole where they have little in common."""
    if not a or not b or max(len(a), len(b)) > _LIMIT:
        return ((a, False),), ((b, False),)
    matcher = SequenceMatcher(None, left_key, right_key, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ((a, False),), ((b, False),)
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return _cut(a, [(i, j) for _, i, j, _, _ in codes if j > i]), _cut(b, [(k, m) for _, _, _, k, m in codes if m > k])


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
