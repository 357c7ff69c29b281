"""What weighs most: findings put in the order in which an editor would want to hear of them, and the sentence that says them all.

A level says how sure a rule may be to stop a run; gravity says what the finding means for who reads the paper. A retracted work
that is cited weighs more than a missing bracket, though both may be errors. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from refaudit.model import FileReport, Finding, Report
from refaudit.report.json_contract import least_confidence
from refaudit.report.unchecked import told, unchecked


@dataclass(frozen=True, slots=True, kw_only=True)
class Gravity:
    """One weight: its name in addresses and data, the rules that have it, and the words for one and for many of its works.

    ``works`` says whether works are counted, of which several findings may speak, or the findings themselves.
    """

    name: str
    codes: tuple[str, ...]
    one: str
    many: str
    works: bool = True


GRAVITIES = (
    Gravity(name="unread", codes=("AUD001",), one="file gave neither citations nor a list", many="files gave neither citations nor a list", works=False),
    Gravity(name="retracted", codes=("RET051",), one="cited work is retracted", many="cited works are retracted"),
    Gravity(name="concern", codes=("RET052",), one="cited work is under an expression of concern", many="cited works are under an expression of concern"),
    Gravity(name="unregistered", codes=("DOI051",), one="DOI does not exist", many="DOIs do not exist"),
    Gravity(name="another-work", codes=("DOI052", "WEB053"), one="DOI or address leads to another work", many="DOIs or addresses lead to another work"),
    Gravity(name="no-list", codes=("LNK002",), one="reference list is missing", many="reference lists are missing", works=False),
    Gravity(name="no-entry", codes=("LNK001",), one="citation has no entry", many="citations have no entry", works=False),
    Gravity(name="disagrees", codes=("LNK004", "LNK005", "LNK006", "LNK007"), one="citation disagrees with the list",
            many="citations disagree with the list", works=False),
    Gravity(name="no-record", codes=("FND051",), one="reference has no record where such works are listed", many="references have no record where such works are listed"),
    Gravity(name="differs", codes=("MET051", "MET052", "MET053", "MET054", "MET055"), one="entry differs from its record", many="entries differ from their records"),
    Gravity(name="page-gone", codes=("WEB051",), one="cited page is gone", many="cited pages are gone"),
    Gravity(name="twice", codes=("DUP001", "DUP003", "DUP004"), one="entry stands twice or shares its identifier", many="entries stand twice or share their identifier"),
    Gravity(name="uncited", codes=("LNK003",), one="entry is not cited", many="entries are not cited"),
)  # fmt: skip
"""From the gravest down. Whatever rule stands in none of them is a smaller point."""

SMALLER = Gravity(name="smaller", codes=(), one="smaller point", many="smaller points", works=False)
_OF = {code: gravity for gravity in GRAVITIES for code in gravity.codes}
_RANK = {gravity.name: rank for rank, gravity in enumerate((*GRAVITIES, SMALLER))}
_NOT_COUNTED = frozenset({"AUD051"})  # its references are counted as not looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A part of the sentence: what it counts, and the words with the number."""

    name: str
    count: int
    words: str


def gravity(code: str) -> Gravity:
    """The gravity of a rule's findings."""
    return _OF.get(code, SMALLER)


def rank(code: str) -> int:
    """Where a rule's findings stand: 0 is the gravest."""
    return _RANK[gravity(code).name]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by level, within it by gravity, within that in the order given."""
    return sorted(findings, key=lambda found: (found.level.rank, rank(found.code)))


def phrases(files: Iterable[FileReport], least: float) -> list[Phrase]:
    """What was found in these files, the gravest first, and last what nobody looked up.

    ``least`` is the confidence (0-1) below which a finding is not shown, and so not counted.
    """
    files = tuple(files)
    counted: dict[str, set[tuple[str, str]]] = {}
    for file in files:
        for number, found in enumerate(file.findings):
            if found.suppressed is not None or found.confidence < least or found.code in _NOT_COUNTED:
                continue
            of = gravity(found.code)
            what = found.references[0] if of.works and found.references else f"finding {number}"
            counted.setdefault(of.name, set()).add((file.path, what))
    result = [
        Phrase(name=of.name, count=len(works), words=f"{len(works)} {of.one if len(works) == 1 else of.many}")
        for of in (*GRAVITIES, SMALLER)
        if (works := counted.get(of.name))
    ]
    missed = told(files)
    return [*result, Phrase(name="unchecked", count=unchecked(files)[0], words=missed)] if missed else result


def headline(report: Report) -> str:
    """The sentence: "1 cited work is retracted; 2 citations have no entry; 3 of 38 references were not looked up."

    Where nothing was found it says so, and what was not checked.
    """
    said = phrases(report.files, least_confidence(report))
    unread = sum(file.error is not None for file in report.files)
    parts = [phrase.words for phrase in said]
    if all(phrase.name == "unchecked" for phrase in said):
        parts.insert(0, "Nothing to correct was found" if unread < len(report.files) else "Nothing was read")
    if unread:
        parts.append(f"{unread} file{'' if unread == 1 else 's'} could not be read")
    return "; ".join(parts) + "."
