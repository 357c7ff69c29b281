"""From labelled stretches of text to one label a token, and from hand-labelled sets to labelled stretches."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from refaudit.parse.fields.tokens import tokens
from references.training.render import Labelled

_FORWARD = frozenset(("volume", "issue", "page", "doi", "url", "accessed", "note", "edition"))
_OPENING = frozenset("([“„«‘<《（‹")
_DASH = "-‐‑‒–—―−"


def token_labels(labelled: Labelled) -> tuple[list[tuple[str, int, int]], list[str]] | None:
    """The tokens of a reference and their labels. Marks between two fields go with the field before, opening ones and
    the words that announce a number ("pp.", "vol.") with the field after; other words between fields are "other"."""
    found = tokens(labelled["raw"])
    if not found:
        return None
    labels = [""] * len(found)
    spans = sorted(labelled["spans"])
    at = 0
    for index, (_, start, end) in enumerate(found):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        for span in spans[at : at + 3]:
            if span[0] < end and start < span[1]:
                labels[index] = span[2]
                break
    index = 0
    before = ""
    while index < len(labels):
        if labels[index]:
            before = labels[index]
            index += 1
            continue
        gap = index
        while gap < len(labels) and not labels[gap]:
            gap += 1
        after = labels[gap] if gap < len(labels) else ""
        cut = index
        while cut < gap and not found[cut][0][0].isalnum() and found[cut][0] not in _OPENING:
            labels[cut] = before or "lead"
            cut += 1
        words = any(found[i][0][0].isalnum() for i in range(cut, gap))
        for i in range(cut, gap):
            if not before:
                labels[i] = "lead"
            elif words and after in _FORWARD:
                labels[i] = after
            elif words:
                labels[i] = "other"
            else:
                labels[i] = after or "other"
        if not words and gap < len(labels) and cut < gap and not before:
            for i in range(cut, gap):
                labels[i] = after
        index = gap
    return found, labels


def _pattern(value: str) -> re.Pattern[str]:
    parts = []
    for char in value.strip():
        if char.isspace():
            parts.append(r"\s*")
        elif char in _DASH:
            parts.append(rf"\s?[{_DASH}]{{1,2}}\s?")
        else:
            parts.append(re.escape(char))
    left = r"(?<![^\W_])" if value.strip()[:1].isalnum() else ""
    right = r"(?![^\W_])" if value.strip()[-1:].isalnum() else ""
    return re.compile(left + "".join(parts) + right)


def _free(taken: list[list[Any]], start: int, end: int) -> bool:
    return all(end <= s or e <= start for s, e, _ in taken)


def _people(raw: str, names: list[dict[str, str]], start: int) -> tuple[int, int] | None:
    """Where a list of split names stands."""
    first, at = -1, start
    for name in names:
        begin = end = -1
        low = at
        for part in (name.get("literal", ""), name.get("family", ""), name.get("given", "")):
            if not part:
                continue
            found = _pattern(part).search(raw, low)
            if found is None or (found.start() - at > 60 and first >= 0):
                found = None
            if found is None and part == name.get("given"):
                continue
            if found is None:
                return None
            begin = found.start() if begin < 0 else min(begin, found.start())
            end = max(end, found.end())
        given = name.get("given", "")
        if given and name.get("family"):
            ahead = _pattern(given).search(raw, at)
            if ahead and ahead.end() <= begin + 1:
                begin = ahead.start()
        first = begin if first < 0 else first
        at = end
    if first < 0:
        return None
    if raw[at : at + 1] == ".":
        at += 1
    more = re.match(r"[\s,;]*(?:et\.? al\.?|e outros|y otros|u\. ?a\.|…|\.\.\.)", raw[at : at + 30])
    return first, at + (more.end() if more else 0)


def read_set(path: Path) -> list[Labelled]:
    """A hand-labelled set; entries whose values cannot be found in their text are left out."""
    found = []
    for line in path.read_text(encoding="utf8").splitlines():
        labelled = place(json.loads(line))
        if labelled:
            found.append(labelled)
    return found


def place(entry: dict[str, Any]) -> Labelled | None:
    """The labelled stretches of one entry of a hand-labelled set."""
    raw, fields = entry["raw"], entry["fields"]
    taken: list[list[Any]] = []
    for key, label in (("authors", "author"), ("editors", "editor")):
        if fields.get(key + "_raw"):
            match = _pattern(fields[key + "_raw"]).search(raw)
            if match is None or not _free(taken, *match.span()):
                return None
            taken.append([*match.span(), label])
        elif fields.get(key):
            start = 0
            if key == "editors":
                starts = [e for _, e, name in taken if name == "author"]
                start = starts[0] if starts else 0
            span = _people(raw, fields[key], start)
            if span is None or not _free(taken, *span):
                if key == "editors":
                    continue
                return None
            if key == "authors" and all("literal" in name for name in fields[key]):
                label = "org"
            taken.append([*span, label])
    for key, label in (("title", "title"), ("doi", "doi"), ("url", "url"), ("container", "container"), ("publisher", "publisher"),
                       ("institution", "publisher"), ("series", "series"), ("place", "place")):  # fmt: skip
        value = fields.get(key)
        if not value:
            continue
        for match in _pattern(str(value)).finditer(raw):
            if _free(taken, *match.span()):
                taken.append([*match.span(), label])
                break
        else:
            if key in ("title", "container"):
                return None
    anchor = next((e for _, e, label in taken if label == "container"), 0)
    for key, label in (
        ("date", "year"),
        ("year", "year"),
        ("volume", "volume"),
        ("issue", "issue"),
        ("page", "page"),
        ("edition", "edition"),
    ):
        value = fields.get(key)
        if not value or (key == "year" and any(label == "year" for _, _, label in taken)):
            continue
        options = [m.span() for m in _pattern(str(value)).finditer(raw) if _free(taken, *m.span())]
        if not options:
            if key in ("year", "volume", "page"):
                return None
            continue
        if key == "year":
            chosen = min(options, key=lambda span: (raw[span[0] - 1 : span[0]] != "(", span[0]))
        elif key == "issue":
            volume = next((e for _, e, label in taken if label == "volume"), anchor)
            chosen = min(options, key=lambda span: (span[0] < volume, span[0]))
        elif key == "page":
            volume = max((e for _, e, label in taken if label in ("volume", "issue")), default=anchor)
            chosen = min(options, key=lambda span: (span[0] < volume, span[0]))
        else:
            chosen = min(options, key=lambda span: (span[0] < anchor, span[0]))
        taken.append([*chosen, label])
    return {"raw": raw, "spans": sorted(taken), "source": entry.get("source", ""), "style": entry.get("style", "")}
