"""Numbered author queries out of a review: a letter in Markdown or DOCX."""

from __future__ import annotations

import io
from collections.abc import Sequence

from refaudit.errors import ConfigError
from refaudit.report.escape import one_line
from refaudit.report.markdown import text
from refaudit.review import ASK_AUTHOR, Decision

_LONGEST = 2000
_OPENING = (
    "While preparing your manuscript we came across the points below. Please answer each one, by its number, in your "
    "reply or in the revised manuscript. They are questions, not judgements: if the text is right as it stands, say so."
)


def questions(decisions: Sequence[Decision]) -> list[tuple[str, list[Decision]]]:
    """What is asked, by paper in the order of the review."""
    papers: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.decision == ASK_AUTHOR:
            papers.setdefault(decision.path, []).append(decision)
    return list(papers.items())


def markdown(decisions: Sequence[Decision]) -> str:
    """The letter in Markdown; numbers run through all papers, so that each query has one name."""
    lines = ["# Author queries", "", _OPENING, ""]
    number = 0
    for path, asked in questions(decisions):
        lines += [f"## {text(path)}", ""]
        for one in asked:
            number += 1
            place = f" ({text(one.place)})" if one.place else ""
            lines += [f"**AQ{number}**{place}: {text(one.message, _LONGEST)}", ""]
            if one.quote:
                lines += [f"> {text(one.quote, _LONGEST)}", ""]
            if one.note:
                lines += [f"Editor: {text(one.note, _LONGEST)}", ""]
    return "\n".join(lines).rstrip() + "\n"


def docx(decisions: Sequence[Decision]) -> bytes:
    """The letter as a Word document. Raises ConfigError where python-docx is missing."""
    try:
        from docx import Document
    except ImportError as error:
        raise ConfigError("a DOCX letter needs python-docx: pip install 'refaudit-manuscript[docx]'") from error
    import datetime

    document = Document()
    fixed = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
    document.core_properties.title = "Author queries"
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = fixed  # the same review gives the same letter
    document.add_heading("Author queries", 1)
    document.add_paragraph(_OPENING)
    number = 0
    for path, asked in questions(decisions):
        document.add_heading(one_line(path), 2)
        for one in asked:
            number += 1
            paragraph = document.add_paragraph()
            paragraph.add_run(f"AQ{number}").bold = True
            paragraph.add_run((f" ({one_line(one.place)})" if one.place else "") + f": {one_line(one.message)}")
            if one.quote:
                document.add_paragraph(one_line(one.quote), style="Intense Quote")
            if one.note:
                document.add_paragraph(f"Editor: {one_line(one.note)}")
            document.add_paragraph("Answer: ")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
