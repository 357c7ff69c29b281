"""The document that the pages of a PDF make: furniture out, columns in the order of reading, lines put together to blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from refaudit.model import Block, BlockKind, Document, Mark, MarkKind, Piece, Problem, Source, Span, Unit
from refaudit.readers.pdf import blocks as blocks_
from refaudit.readers.pdf import columns, internal_links, joining, lines, notes, running_heads
from refaudit.readers.pdf.blocks import Group
from refaudit.readers.pdf.geometry import Jump, Line, Page, Run, upright, without_weight

__all__ = ["Page", "Run", "document"]


def document(path: str, pages: Sequence[Page], problems: tuple[Problem, ...]) -> Document:
    """The document that the pages make."""
    bare = running_heads.without_line_numbers([upright(page) for page in without_weight(pages)])
    read = [lines.fragments(number, page) for number, page in enumerate(bare)]
    read = running_heads.without_furniture(read, [(page.width, page.height) for page in bare])
    size = lines.body_size(read)
    known = columns.gutters(read)
    body: list[Line] = []
    feet: dict[int, list[Line]] = {}
    listing = False
    for number, page in enumerate(read):
        for column in columns.in_order(page, known):
            rest, foot = notes.foot(column, size, listing=listing)
            body.extend(rest)
            feet.setdefault(number, []).extend(foot)
            listing = notes.listing_after(column, size, listing=listing)
    leads = internal_links.targets(body, [jump for page in bare for jump in page.jumps])
    begins = frozenset(id(line) for line in leads.values())
    groups = notes.placed(blocks_.over_floats(blocks_.groups(body, size, begins), size), feet)
    return written(path, groups, [page.jumps for page in bare], leads, problems)


def written(
    path: str, groups: Sequence[Group], links: Sequence[Sequence[Jump]], leads: Mapping[Jump, Line], problems: tuple[Problem, ...]
) -> Document:
    """The document of the blocks. ``links`` are the links of each page, ``leads`` the lines to which they lead."""
    words = joining.words(line for group in groups for line in group.lines)
    parts: list[str] = []
    blocks: list[Block] = []
    marks: list[Mark] = []
    breaks: list[int] = []
    clicked: list[tuple[int, int, Jump]] = []
    places: dict[int, int] = {}
    at = 0
    for group in groups:
        if at:
            parts.append("\n\n")
            at += 2
        start = at
        for index, line in enumerate(group.lines):
            pieces = joining.cleaned(line)
            joint = ""
            if index:
                joint = "\n" if group.kept else joining.joint(parts[-1] if parts else "", pieces[0][0], words)
                if joint is not None and joint.startswith("\b"):  # the hyphen goes
                    parts[-1] = parts[-1][:-1]
                    at -= 1
                    joint = ""
            parts.append(joint)
            at += len(joint)
            while len(breaks) <= line.page:
                breaks.append(at)
            places[id(line)] = at
            if links[line.page]:
                text = "".join(text for text, _ in pieces)
                clicked += [(at + one, at + two, jump) for one, two, jump in internal_links.clicked(line, text, links[line.page])]
            for text, raised in pieces:
                parts.append(text)
                if raised and text.strip():
                    marks.append(Mark(kind=MarkKind.SUPERSCRIPT, span=Span(at, at + len(text.rstrip()))))
                at += len(text)
        level = 1 if group.kind is BlockKind.HEADING else 0
        blocks.append(Block(kind=group.kind, span=Span(start, at), level=level))
    while len(breaks) < len(links):
        breaks.append(at)
    for start, end, jump in clicked:
        if jump in leads and id(leads[jump]) in places:
            marks.append(Mark(kind=MarkKind.LINK, span=Span(start, min(end, at)), target=f"#{places[id(leads[jump])]}"))
    text = joining.dashes("".join(parts).replace("\x02", "-"))
    return Document(
        path=path,
        format="pdf",
        text=text,
        sources=(Source(path=path, text=text, unit=Unit.PAGE, breaks=tuple(breaks)),),
        pieces=(Piece(0, 0, len(text)),),
        blocks=tuple(blocks),
        marks=tuple(sorted(marks, key=lambda mark: mark.span)),
        problems=problems,
    )
