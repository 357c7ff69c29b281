"""Text for people at a terminal: ``concise`` is one line a finding, ``full`` shows the place, the proof and the way out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from refaudit.model import SEARCH, Document, FileReport, Finding, Level, Location, Repair, Report, Unit
from refaudit.report.ci_text import signposts
from refaudit.report.coverage import coverage
from refaudit.report.coverage import line as coverage_line
from refaudit.report.differences import hunks
from refaudit.report.escape import one_line, shorten
from refaudit.report.gravity import headline
from refaudit.report.json_contract import least_confidence, tally
from refaudit.report.unchecked import consequence, not_run, told

if TYPE_CHECKING:
    from rich.text import Text

STYLES = {Level.ERROR: "bold red", Level.WARNING: "bold yellow", Level.NOTE: "bold cyan"}
_AROUND = 44  # characters of context on either side of a place
_MARKED = 72  # the longest stretch that is shown whole
_LONGEST = 110  # characters of an excerpt, as far as the marked stretch leaves room
_LEAST = 12
_HUNKS = 3  # places of a repair that are shown
_PLACES = 6  # further places that are listed one by one


def place(location: Location) -> str:
    """``path:line:column``, ``path:p3`` for a page, ``path:par7`` for a paragraph."""
    path = one_line(location.path)
    if location.line is not None:
        return f"{path}:{location.line}:{location.column or 1}"
    if location.paragraph is not None:
        return f"{path}:par{location.paragraph}"
    return f"{path}:p{location.page}" if location.page is not None else path


def short_place(location: Location) -> str:
    """The same without the path."""
    return place(location)[len(one_line(location.path)) + 1 :]


def concise(report: Report) -> str:
    """One line a finding; where lines cannot be counted, it ends with what to look for."""
    return "".join(
        f"{place(f.location)} {f.code} {f.level.value} {one_line(f.message)}{_signposts(f.location)}\n" for f in report.findings
    )


def _signposts(location: Location) -> str:
    return f" [{signposts(location)}]" if signposts(location) else ""


def counted(number: int, noun: str, plural: str = "") -> str:
    """ "1 reference", "2 references", "no references"."""
    return f"{number or 'no'} {noun if number == 1 else plural or noun + 's'}"


def read_line(file: FileReport) -> str:
    """What was read in one file, for the reader to compare with the paper."""
    counts = file.counts
    items = counts.get("items", 0)
    text = (
        f"{counted(counts.get('references', 0), 'reference')} and {counted(counts.get('citations', 0), 'citation')} read"
        f" ({counted(items, 'cited work')}, {counts.get('linked', 0)} linked)"
    )
    checked, asked = (
        counts.get("checked", 0),
        [
            f"{counts[key]} {words}"
            for key, words in (("not_covered", "not covered by the sources asked"), ("unavailable", "without an answer"))
            if counts.get(key)
        ],
    )
    if checked or asked:
        text += "; " + ", ".join([f"{checked} checked in a registry", *asked])
    return "; ".join(filter(None, (text, told([file]))))


def verdict_line(report: Report) -> str:
    """Findings per level over all files, and what is not shown."""
    least = least_confidence(report)
    total: dict[str, int] = {}
    for file in report.files:
        for key, number in tally(file, least).items():
            total[key] = total.get(key, 0) + number
    text = ", ".join(counted(total.get(f"{level.value}s", 0), level.value) for level in Level)
    hidden = [
        f"{total[key]} {words}"
        for key, words in (("suppressed", "suppressed"), ("unsure", "below the confidence asked for"))
        if total.get(key)
    ]
    unread = sum(file.error is not None for file in report.files)
    if unread:
        hidden.append(f"{counted(unread, 'file')} could not be read")
    if report.skipped_files:
        hidden.append(f"{counted(len(report.skipped_files), 'file')} without citations or references skipped")
    return "; ".join([text, *hidden])


def summary(report: Report) -> str:
    """The closing lines: what was read, what was found, what was not asked, and last the worst first in one sentence."""
    lines = [f"{one_line(file.path)}: {read_line(file)}" for file in report.files if file.error is None]
    lines += filter(None, (consequence(report, report.files), verdict_line(report)))
    lines += [f"{one_line(file.path)}: {coverage_line(known)}" for file in report.files if (known := coverage(file.lookups))]
    lines += not_run(report)
    lines.append(headline(report))
    return "\n".join(lines) + "\n"


def full(report: Report, *, color: bool = False, width: int = 100) -> str:
    """Every finding with its place, proof and next step, then the counts."""
    from rich.console import Console

    buffer = io.StringIO()
    console = Console(
        file=buffer, force_terminal=color, no_color=not color, color_system="standard" if color else None,
        width=max(width, 60), highlight=False, markup=False, emoji=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    least = least_confidence(report)
    advised: list[str] = []
    for file in report.files:
        for found in file.findings:
            if found.suppressed is None and found.confidence >= least:
                for line in _finding(file, found, advise=found.code not in advised):
                    console.print(line, soft_wrap=True)
                advised.append(found.code)
                console.print()
    for closing in summary(report).splitlines():
        console.print(closing, style="dim" if closing.startswith(("not run", "cited web pages")) else None, soft_wrap=True)
    if advised:
        console.print(f"'refaudit explain {advised[0]}' says more about a rule", style="dim", soft_wrap=True)
    return buffer.getvalue()


def _finding(file: FileReport, found: Finding, *, advise: bool) -> Iterator[Text]:
    from rich.text import Text

    yield Text.assemble(
        (place(found.location), "bold"), " ", (found.code, STYLES[found.level]), " ", (found.level.value, STYLES[found.level]),
        " ", one_line(found.message),
    )  # fmt: skip
    if file.document is not None:
        yield from _excerpt(file.document, found)
    if told := signposts(found.location):
        page = f"page {found.location.page}, " if found.location.paragraph is not None and found.location.page is not None else ""
        yield _detail("find it", page + told)
    if found.related:
        yield _detail("also at", _others(found.related))
    for row in found.evidence:
        if row.field == SEARCH:
            continue
        source = ", ".join(part for part in (one_line(row.source), one_line(row.url)) if part)
        yield _detail(f"cited {one_line(row.field)}     ", shorten(row.cited, 200) or "–")
        yield _detail(
            f"registered {one_line(row.field)}", (shorten(row.registered, 200) or "–") + (f"  ({source})" if source else "")
        )
    for repair in file.repairs:
        if found.code and (repair.code, repair.fingerprint) == (found.code, found.fingerprint):
            yield from _repair(file, repair)
    if advise and found.advice:
        yield _detail("help", one_line(found.advice.split("\n\n")[0]))


def _repair(file: FileReport, repair: Repair) -> Iterator[Text]:
    """What ``refaudit fix`` would change, the changed characters in colour."""
    from rich.text import Text

    yield _detail("repair", f"refaudit fix --repair {repair.kind}")
    changed = hunks(file, repair)
    for hunk in changed[:_HUNKS]:
        for sign, side, style in (("-", hunk.before, "red"), ("+", hunk.after, "green")):
            if side:
                parts = [
                    (_kept(text) if differs else _cut(text), f"bold {style}" if differs else style) for text, differs in side
                ]
                yield Text.assemble(f"{hunk.line:>5} ", (f"{sign} ", style), *parts)
    if len(changed) > _HUNKS:
        yield _detail("repair", f"and {counted(len(changed) - _HUNKS, 'more place')}")


def _kept(text: str) -> str:
    """A changed stretch, shortened; the spaces at its ends are part of the change."""
    return " " * text[:1].isspace() + shorten(text, _LONGEST) + " " * (text[-1:].isspace() and bool(text.strip()))


def _cut(text: str) -> str:
    """Text beside a change: its end and its beginning are what tells where it is."""
    line = one_line(text)
    return line if len(line) <= _AROUND else line[: _AROUND // 2] + "…" + line[-_AROUND // 2 :]


def _others(places: Iterable[Location]) -> str:
    shown = [short_place(location) for location in places]
    more = len(shown) - _PLACES
    return ", ".join(shown[:_PLACES]) + (f" and {more} more" if more > 0 else "")


def _detail(name: str, text: str) -> Text:
    from rich.text import Text

    return Text.assemble((f"      = {name}  ", "blue"), text)


def _excerpt(document: Document, found: Finding) -> Iterator[Text]:
    """The line of the place, cut around it, with the place underlined."""
    from rich.text import Text

    source = next((s for s in document.sources if s.path == found.location.path), None)
    start, end = found.location.start, found.location.end
    if source is None or end <= start:
        return
    end = min(end, start + _MARKED)
    marked = source.text[start:end].splitlines()[0] if source.text[start:end].strip() else ""  # the first line stands for all
    end = start + len(marked)
    before = source.text[max(0, start - _AROUND) : start]
    room = max(_LEAST, _LONGEST - len(before) - len(marked))
    after = source.text[end : end + room]
    before = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    for stop in "\r\n":
        after = after.split(stop, 1)[0]
    gutter = {Unit.LINE: str(found.location.line), Unit.PAGE: f"p{found.location.page}"}.get(
        source.unit, f"par{found.location.paragraph}"
    )
    head, under, tail = one_line(before).lstrip(), one_line(marked).rstrip(), one_line(after).rstrip()
    if start - len(before) > 0 and len(before) == _AROUND:
        head = "…" + head
    if len(after) == room or found.location.end > end:
        tail += "…"
    from rich.cells import cell_len

    yield Text.assemble((f"{gutter:>5} | ", "blue"), head, (under, STYLES[found.level]), tail)
    yield Text.assemble(("      | ", "blue"), " " * cell_len(head), ("^" * max(1, cell_len(under)), STYLES[found.level]))
