"""BibTeX entries that no paper of the run cites move to a file beside theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from refaudit.model import Edit, FileReport, Repair
from refaudit.repair.duplicates import PARENT
from refaudit.repair.edits import Texts, newline, past, stretch


def uncited(reports: Sequence[FileReport], texts: Texts) -> Iterator[Repair]:
    """One repair for every bibliography; an entry that another one names stays."""
    cited = {key for report in reports for key in _cited(report)}
    cited |= {name.strip() for text in texts.values() for match in PARENT.finditer(text) for name in match[1].split(",")}
    idle: dict[str, set[tuple[int, int]]] = {}
    busy: dict[str, set[tuple[int, int]]] = {}
    for report in reports:
        if report.document is None:
            continue
        for reference in report.references:
            path, start, end = stretch(report.document, reference)
            if path in texts and texts[path][start:end].startswith("@"):
                free = reference.cited_only and reference.key not in cited
                (idle if free else busy).setdefault(path, set()).add((start, end))
    for path, found in idle.items():
        stretches = sorted(found - busy.get(path, set()))
        if not stretches:
            continue
        text = texts[path]
        end_of_line = newline(text)
        edits = [Edit(path=path, start=start, end=past(text, end), text="") for start, end in stretches]
        beside = str(PurePath(path).with_suffix(f".uncited{PurePath(path).suffix}"))
        body = (2 * end_of_line).join(text[start:end] for start, end in stretches) + end_of_line
        edits.append(Edit(path=beside, start=0, end=0, text=body))
        count = "1 entry that is not cited moves" if len(stretches) == 1 else f"{len(stretches)} entries that are not cited move"
        yield Repair(kind="uncited", what=f"{path}: {count} to {beside}", edits=tuple(edits))


def _cited(report: FileReport) -> frozenset[str]:
    """The keys of the entries that a paper reaches."""
    keys = {reference.id: reference.key for reference in report.references}
    reached = {identity for link in report.links for identity in (*link.references, *link.nearest)}
    return frozenset(key for identity in reached if (key := keys.get(identity)))
