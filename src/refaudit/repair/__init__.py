"""Repairs that are safe to make in the source of a manuscript, each audited again before it is offered.

Only text formats are touched (Markdown, LaTeX, BibTeX), and only where the right value is known: from the text itself,
or from a registry record found with high confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from refaudit.config import Config
from refaudit.incremental import Memory
from refaudit.model import FileReport, Repair
from refaudit.repair.check import checked
from refaudit.repair.doi_and_url import archived, doi_form, doi_missing, tracking, untracked
from refaudit.repair.duplicates import duplicates
from refaudit.repair.edits import edited, texts
from refaudit.repair.uncited import uncited
from refaudit.repair.year_letters import year_letters

__all__ = ["ASKED_FOR", "KINDS", "checked", "edited", "offered", "propose", "texts", "untracked"]

KINDS: Mapping[str, str] = {
    "doi-form": "a DOI in an old or wrapped form, or with a tail, is written as its resolver asks",
    "doi-missing": "the DOI of the registered work, found with high confidence, is added",
    "tracking": "parameters and fragments that readers do not need are cut from addresses",
    "archived": "the address of a page that is gone becomes that of its archived copy",
    "duplicates": "BibTeX entries of one work are merged and its citations renamed",
    "year-letters": "letters after years agree between text and list",
    "uncited": "BibTeX entries that these manuscripts do not cite move to a file of their own",
}
ASKED_FOR = frozenset({"uncited"})
"""Kinds that are done only when they are named: other manuscripts may use the same bibliography."""

_OF_A_PAPER = {
    "doi-form": doi_form,
    "doi-missing": doi_missing,
    "tracking": tracking,
    "archived": archived,
    "year-letters": year_letters,
}


def propose(reports: Sequence[FileReport], kinds: Sequence[str]) -> list[Repair]:
    """The repairs that the audits of some papers suggest, each once, before they are checked."""
    found: dict[tuple[str, frozenset[object]], Repair] = {}
    for repair in _proposed(reports, kinds):  # papers that share a bibliography ask for the same
        found.setdefault((repair.kind, frozenset(repair.edits)), repair)
    return list(found.values())


def _proposed(reports: Sequence[FileReport], kinds: Sequence[str]) -> Iterator[Repair]:
    before = texts(reports)
    for kind in kinds:
        if kind == "uncited":
            yield from uncited(reports, before)
        for report in reports:
            if report.document is None:
                continue
            if kind == "duplicates":
                yield from duplicates(report, report.document, before, reports)
            elif kind in _OF_A_PAPER:
                yield from _OF_A_PAPER[kind](report, report.document, before)


def offered(reports: Sequence[FileReport], config: Config, memory: Memory) -> tuple[Repair, ...]:
    """The safe repairs of all kinds that need no word of the user, checked."""
    return tuple(checked(reports, propose(reports, [kind for kind in KINDS if kind not in ASKED_FOR]), config, memory)[0])
