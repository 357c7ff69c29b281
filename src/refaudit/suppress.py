"""What a person set aside, in comments of the manuscript or in the settings, applied to the findings of one file.

A comment reads ``refaudit: ignore CODE[, CODE] reason``. Alone on its line it covers the paragraph (or entry) that
follows, at the end of a line that line; ``refaudit: ignore-file CODE reason`` covers the whole file. Codes may be
shortened to their beginning ("LNK"). Formats without comments use the table ``[tool.refaudit.ignore-findings]``.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from refaudit import rules
from refaudit.config import Config
from refaudit.model import Citation, FileReport, Finding, LookupStatus, Reference, Source, Span, Suppression
from refaudit.rules.base import Audit, Rule
from refaudit.rules.runner import run
from refaudit.text import fold

UNUSED = "AUD003"
_ANSWERED = frozenset({LookupStatus.FOUND, LookupStatus.AMBIGUOUS, LookupStatus.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class Comment:
    """How a format writes a comment: what opens it, what closes it, and one that speaks to this program.

    ``pattern`` is linear: it stops at the end of its line or at the first closing mark.
    """

    opens: str
    closes: str
    pattern: re.Pattern[str]


_TAG = Comment("<!-- ", " -->", re.compile(r"<!--[ \t\r\n]{0,20}(refaudit:[^>]{0,400}?)[ \t\r\n]{0,20}-->"))
_PERCENT = Comment("% ", "", re.compile(r"(?:(?<![\\%])|(?<=\\%))%+[ \t]*(refaudit:[^\r\n]{0,400})"))
_SLASHES = Comment("// ", "", re.compile(r"(?<!/)//+[ \t]*(refaudit:[^\r\n]{0,400})"))
_HASH = Comment("# ", "", re.compile(r"^[ \t]*#[ \t]+(refaudit:[^\r\n]{0,400})", re.MULTILINE))
_DOTS = Comment(".. ", "", re.compile(r"^[ \t]*\.\.[ \t]+(refaudit:[^\r\n]{0,400})", re.MULTILINE))
COMMENTS = {
    name: comment
    for comment, names in (
        (_TAG, ".wiki .mediawiki .wikitext wikitext .md .markdown .mdown .qmd .rmd .html .htm .xml .nxml md html jats xml tei"),
        (_PERCENT, ".tex .ltx .latex .rnw .snw .mkii .mkiv .mkvi .mkxl .mklx .lmtx .bbl .bib .bibtex tex context bib"),
        (_SLASHES, ".typ .adoc .asciidoc .asc typ typst asciidoc"),
        (_HASH, ".org org"),
        (_DOTS, ".rst .rest rst"),
    )
    for name in names.split()
}
"""Suffix of a file or format of a document -> its comments."""
_CODE = r"(?:[A-Z]{3}\d{0,3}|[a-z]{3}\d{3})\b"
_ORDER = re.compile(
    r"refaudit:[ \t]*(ignore-file|ignore)\b[ \t]*(CODE(?:[ \t]*,[ \t]*CODE){0,30})?(.*)".replace("CODE", _CODE), re.DOTALL
)
_BLANK = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t\f]*(?=\r|\n)")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_INK = re.compile(r"\S")


def comments(source: Source, form: str) -> Iterator[Suppression]:
    """The suppressions written in one file. ``form`` is the document's format, for files whose suffix says nothing."""
    comment = COMMENTS.get(PurePath(source.path).suffix.lower()) or COMMENTS.get(form)
    if comment is None or "refaudit:" not in source.text:
        return
    text = source.text
    lines = [0, *(match.end() for match in _NEWLINE.finditer(text))]
    blanks = [match.start() for match in _BLANK.finditer(text)]
    before = 0  # where the comment before ended: it is ink on the line as well
    for match in comment.pattern.finditer(text):
        order = _ORDER.fullmatch(match.group(1).strip())
        if order is None:
            continue
        scope, named, reason = order.groups()
        covers = None if scope == "ignore-file" else _covered(text, Span(*match.span()), before, lines, blanks)
        before = match.end()
        yield Suppression(
            codes=tuple(code.upper() for code in re.findall(_CODE, named or "")),
            reason=reason.strip(" \t\r\n-–—:;,()."),
            place=source.location(*match.span()),
            covers=covers,
            text=" ".join(match.group(1).split()),
        )


def line_for(form: str, finding: Finding) -> str:
    """The line that suppresses one finding, ready to copy: a comment where the format has comments, else a line of the settings.

    The reason is left to the person.
    """
    if comment := COMMENTS.get(form):
        return f"{comment.opens}refaudit: ignore {finding.code} (reason){comment.closes}"
    return f'"{finding.code} {finding.fingerprint}" = "reason"'


def _covered(text: str, comment: Span, before: int, lines: Sequence[int], blanks: Sequence[int]) -> Span:
    """The line of the comment; the paragraph that follows when the comment stands alone.

    ``lines`` and ``blanks`` are where lines and blank lines begin, so that many comments cost no more than one reading.
    """
    line = bisect.bisect_right(lines, comment.start) - 1
    start = lines[line]
    after = lines[bisect.bisect_right(lines, comment.end - 1)] if comment.end <= lines[-1] else len(text)
    if before > start or _INK.search(text, start, comment.start) or _INK.search(text, comment.end, after):
        return Span(start, after)
    first = _INK.search(text, after)
    if first is None:
        return Span(comment.start, len(text))
    blank = bisect.bisect_left(blanks, first.start())
    return Span(comment.start, blanks[blank] if blank < len(blanks) else len(text))


def apply(audit: Audit, findings: Sequence[Finding], chosen: Sequence[Rule]) -> tuple[Finding, ...]:
    """The findings with what is set aside marked as ``suppressed``, and AUD003 for comments that set nothing aside."""
    written = [s for source in audit.document.sources for s in comments(source, audit.document.format)]
    if not written and not audit.config.ignore_findings:
        return tuple(findings)
    used: set[int] = set()
    result = []
    for finding in findings:
        reason = _configured(audit, finding)
        for number, suppression in enumerate(written):
            if _covers(suppression, finding):
                used.add(number)
                reason = reason or suppression.reason or "suppressed in the text"
        result.append(replace(finding, suppressed=reason) if reason and finding.suppressed is None else finding)
    unused = [(s, _why(audit, s, chosen)) for number, s in enumerate(written) if number not in used]
    told = replace(audit, unused=tuple((suppression, why) for suppression, why in unused if why))
    result += run(told, [rule for rule in chosen if rule.code == UNUSED])
    return tuple(result)


def _covers(suppression: Suppression, finding: Finding) -> bool:
    if not any(finding.code.startswith(code) for code in suppression.codes):
        return False
    covers = suppression.covers
    return covers is None or any(
        place.path == suppression.place.path and covers.start <= place.start < max(covers.end, covers.start + 1)
        for place in (finding.location, *finding.related)
    )


def _why(audit: Audit, suppression: Suppression, chosen: Sequence[Rule]) -> str:
    """Why a suppression is of no use, or "" when nobody can say."""
    if not suppression.codes:
        return "names no rule, so it suppresses nothing"
    unknown = [code for code in suppression.codes if not rules.known(code)]
    if unknown:
        return f"names {', '.join(unknown)}, which is no rule"
    ran = [rule for rule in chosen if any(rule.code.startswith(code) for code in suppression.codes)]
    answered = all(lookup.status in _ANSWERED for lookup in audit.lookups)
    if not ran or (not answered and any(rule.online for rule in ran)):
        return ""
    return "suppresses nothing: no finding of this kind is here"


def _configured(audit: Audit, finding: Finding) -> str:
    """The reason that the settings give for setting a finding aside, or ""."""
    return next(
        (
            reason or "set aside in the settings"
            for what, reason in audit.config.ignore_findings
            if _names(what, finding, audit.reference, audit.citation)
        ),
        "",
    )


def _names(what: str, finding: Finding, entries: Mapping[str, Reference], citations: Mapping[str, Citation]) -> bool:
    """Whether "CODE" or "CODE subject" names the finding: by fingerprint, key or label, or words of an entry or citation."""
    code, _, subject = what.strip().partition(" ")
    subject = subject.strip()
    if not finding.code.startswith(code.upper()):
        return False
    if subject in ("", finding.fingerprint):
        return True
    about = [entries[identity] for identity in finding.references]
    if any(subject in (entry.key, entry.label) for entry in about):
        return True
    wanted = fold(subject)
    texts = [entry.raw for entry in about] + [citations[identity].text for identity in finding.citations]
    return len(wanted) > 2 and any(wanted in fold(text) for text in texts)


def unused_lines(config: Config, files: Sequence[FileReport]) -> tuple[str, ...]:
    """The lines of the [ignore-findings] table that name no finding of a whole run.

    A line whose rules did not run, or need a registry that did not answer for every entry, is never called unused.
    """
    chosen = rules.select(config)
    answered = all(lookup.status in _ANSWERED for file in files for lookup in file.lookups)
    waiting = {
        what
        for what, _ in config.ignore_findings
        if (ran := [rule for rule in chosen if rule.code.startswith(what.strip().partition(" ")[0].upper())])
        and (answered or not any(rule.online for rule in ran))
    }
    for file in files:
        entries = {reference.id: reference for reference in file.references}
        citations = {citation.id: citation for citation in file.citations}
        for finding in file.findings:
            waiting -= {what for what in waiting if _names(what, finding, entries, citations)}
    return tuple(what for what, _ in config.ignore_findings if what in waiting)
