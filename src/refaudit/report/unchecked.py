"""What nobody looked up: a run that asked for nothing found nothing, and must not read like praise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from refaudit.model import FileReport, Report
from refaudit.report.json_contract import skipped_by_reason

_ANSWERS = ("checked", "not_covered", "unavailable", "off")
_UNCHECKED = ("unavailable", "off")


def unchecked(files: Iterable[FileReport]) -> tuple[int, int]:
    """How many references were to be looked up and were not, and how many were to be.

    "Not covered" is an answer: the sources asked are known to list no such work. Entries of a shared bibliography that nothing
    cites are not to be looked up.
    """
    counts = [file.counts for file in files]
    return _total(counts, _UNCHECKED), _total(counts, _ANSWERS)


def _total(counts: Iterable[Mapping[str, int]], keys: tuple[str, ...]) -> int:
    return sum(count.get(key, 0) for count in counts for key in keys)


def told(files: Iterable[FileReport]) -> str:
    """ "12 of 12 references were not looked up", or "" where all were."""
    missed, asked = unchecked(files)
    if not missed:
        return ""
    return f"{missed} of {asked} reference{'' if asked == 1 else 's'} {'was' if missed == 1 else 'were'} not looked up"


def consequence(report: Report, files: Iterable[FileReport]) -> str:
    """What that leaves open, in a plain sentence; "" where every reference was looked up."""
    files = tuple(files)
    what = told(files)
    if not what:
        return ""
    one = unchecked(files)[0] == 1
    open_ = ["this work exists", "agrees with its entry"] if one else ["these works exist", "agree with their entries"]
    if not report.options.get("retractions"):
        open_.append("has been retracted" if one else "have been retracted")
    why = " (offline)" if report.options.get("offline") else ""
    return f"{what}{why}: it was not checked whether {', '.join(open_[:-1])}{',' * (len(open_) > 2)} or {open_[-1]}."


def not_run(report: Report) -> list[str]:
    """What whole families of rules did not look at, a line each; what ``consequence`` says already is not said again."""
    lines = []
    for reason, codes in skipped_by_reason(report).items():
        if all(code.startswith("WEB") for code in codes):
            lines.append(f"cited web pages were not looked at ({reason})")
        elif not told(report.files):
            lines.append(f"not run ({reason}): {', '.join(codes)}")
    return lines
