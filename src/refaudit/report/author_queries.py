"""Numbered author queries out of a review: a letter in Markdown or DOCX that can be sent as it is."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from refaudit.errors import ConfigError
from refaudit.report.escape import one_line, shorten
from refaudit.report.fixed_timestamps import without_clock
from refaudit.review import ASK_AUTHOR, Decision

if TYPE_CHECKING:
    from docx.shared import Length
    from docx.table import Table, _Cell

_LONGEST = 2000
_GREETING = "Dear author,"
_OPENING = (
    "While preparing your manuscript we came across the points below, which concern its citations and references. Please "
    "answer each one by its number, in your reply or in the revised manuscript."
)
_CLOSING = "These are questions, not judgements: where the text is right as it stands, a word to say so is enough. Thank you."
# What would be markup: emphasis, code, links, tables, tags, entities. A plain web address may become a link to itself, and
# the marks inside it ("qss_a_00292") are no emphasis.
_MARKUP = re.compile(r"[\\`*\[\]|~$]|(?<!\w)_|_(?!\w)|!(?=\[)|^[#>+-]|@(?=\w)")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_ADDRESS = re.compile(r"(?:www\.|\b(?!https?:)[a-z][a-z0-9+.-]{1,20}:)(?=\S)", re.IGNORECASE)


def questions(decisions: Sequence[Decision]) -> list[tuple[str, list[Decision]]]:
    """What is asked, by paper in the order of the review; within a paper in the order of its lines, pages or paragraphs."""
    papers: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.decision == ASK_AUTHOR:
            papers.setdefault(decision.path, []).append(decision)
    return [(path, sorted(asked, key=_order)) for path, asked in papers.items()]


def _order(decision: Decision) -> int:
    number = re.search(r"\d{1,9}", decision.place)
    return int(number[0]) if number else 0


def title(decisions: Sequence[Decision]) -> str:
    """The subject of the letter."""
    papers = [path for path, _ in questions(decisions)]
    return f"Author queries: {PurePosixPath(papers[0]).name}" if len(papers) == 1 else "Author queries"


def plain(words: str, length: int = _LONGEST) -> str:
    """Text as text in Markdown, with as few escapes as that takes, so that it can be read and pasted unrendered too."""
    text = _MARKUP.sub(lambda match: "\\" + match[0], shorten(words, length))
    text = _NUMBERED.sub(r"\1\\\2", text)
    text = re.sub(r"&(?=#?\w{1,40};)", "&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return _ADDRESS.sub(lambda match: match[0][:-1] + "\\" + match[0][-1], text)


def markdown(decisions: Sequence[Decision]) -> str:
    """The letter in Markdown; numbers run through all papers, so that each query has one name."""
    papers = questions(decisions)
    lines = [f"# {plain(title(decisions))}", "", _GREETING, "", _OPENING, ""]
    number = 0
    for path, asked in papers:
        if len(papers) > 1:
            lines += [f"## {plain(path)}", ""]
        for one in asked:
            number += 1
            place = f" ({plain(one.place)})" if one.place else ""
            lines += [f"**AQ{number}**{place} {plain(one.message)}", ""]
            for _, quoted in quotes(one):
                lines += [f"> {plain(quoted)}", ""]
            lines += [f"{plain(said)}", ""] if (said := request(one)) else []
            if one.note:
                lines += [f"*Editor's note:* {plain(one.note)}", ""]
    return "\n".join([*lines, _CLOSING]) + "\n"


def quotes(decision: Decision) -> list[tuple[str, str]]:
    """The words of the manuscript that a query is about, each with where it stands."""
    found = (("In the text", decision.context), ("In the list", decision.quote))
    return [(where, words) for where, words in found if words]


def request(decision: Decision) -> str:
    """What the author is asked to do: the advice of the rule, in a letter's words."""
    advice = one_line(decision.advice.split("\n\n")[0]).strip()
    return f"Please {advice[0].lower()}{advice[1:]}" if advice else ""


def docx(decisions: Sequence[Decision]) -> bytes:
    """The letter as a Word document: a table a paper, with room for the answers. Raises ConfigError without python-docx."""
    try:
        from docx import Document
        from docx.shared import Cm, Pt
    except ImportError as error:
        raise ConfigError("a DOCX letter needs python-docx: pip install 'refaudit-manuscript[docx]'") from error

    document = Document()
    document.core_properties.title = one_line(title(decisions))
    document.core_properties.author = ""
    document.styles["Normal"].font.size = Pt(10.5)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    widths = (Cm(1.5), Cm(10), Cm(5.5))
    document.add_heading(one_line(title(decisions)), 1)
    document.add_paragraph(_GREETING)
    document.add_paragraph(_OPENING)
    papers = questions(decisions)
    number = 0
    for path, asked in papers:
        if len(papers) > 1:
            document.add_heading(one_line(path), 2)
        table = document.add_table(rows=1, cols=3, style="Table Grid")
        table.autofit = False
        for cell, words in zip(table.rows[0].cells, ("No.", "Query", "Answer"), strict=True):
            cell.paragraphs[0].add_run(words).bold = True
        for one in asked:
            number += 1
            row = table.add_row()
            row.cells[0].paragraphs[0].add_run(f"AQ{number}").bold = True
            _query(row.cells[1], one)
        _laid_out(table, widths)
    document.add_paragraph()
    document.add_paragraph(_CLOSING)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def _laid_out(table: Table, widths: Sequence[Length]) -> None:
    """Columns as wide as asked for, the first row on every page, no query over two pages."""
    from docx.oxml import OxmlElement

    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 (python-docx has no other way)
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = 38_100  # 3 points


def _query(cell: _Cell, one: Decision) -> None:
    from docx.shared import Pt

    first = cell.paragraphs[0]
    if one.place:
        first.add_run(f"{one_line(one.place).capitalize()}. ").italic = True
    first.add_run(one_line(one.message))
    for where, quoted in quotes(one):
        paragraph = cell.add_paragraph()
        paragraph.paragraph_format.left_indent = Pt(8)
        for run in (paragraph.add_run(f"{where}: "), paragraph.add_run(shorten(quoted, _LONGEST))):
            run.font.size = Pt(9)
        paragraph.runs[0].italic = True
    if said := request(one):
        cell.add_paragraph(said)
    if one.note:
        paragraph = cell.add_paragraph()
        paragraph.add_run("Editor's note: ").bold = True
        paragraph.add_run(one_line(one.note))
