"""``refaudit parse``: what was read, without judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from refaudit.cli import inputs, output
from refaudit.cli.exits import FAILED

if TYPE_CHECKING:
    from refaudit.model import FileReport


@click.command()
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@click.option("--text", "as_text", is_flag=True, help="Print the text as read: what the offsets of DOCX, ODT and PDF refer to.")
@click.option(
    "--list", "as_list", is_flag=True, help="PAPER holds one reference a line: print one object a line with its fields."
)
@click.option("--input-format", metavar="FORMAT", help="Read the papers as this format, whatever they are called.")
@click.pass_context
def parse(ctx: click.Context, /, papers: tuple[str, ...], as_text: bool, as_list: bool, input_format: str | None) -> None:
    """Print what is read in each PAPER ('-' for standard input) as JSON Lines, without judgement.

    One object a paper: its citations and entries with fields and links, as in the JSON report without findings.
    """
    from refaudit.errors import InputError

    if as_text and as_list:
        raise click.UsageError("--text and --list exclude each other")
    failed = False
    for item in inputs.gather(papers):
        try:
            if item.problem:
                raise InputError(item.problem)
            data = inputs.read_bytes(item.path)
            if as_list:
                output.out(_list(item.path, data))
            elif as_text:
                output.out(_text(item.path, data, input_format))
            else:
                output.out(_line(_read(item.path, data, input_format)))
        except InputError as error:
            from refaudit.model import FileReport

            failed = True
            output.notice(str(error))
            if not (as_text or as_list):
                output.out(_line(FileReport(path=item.path, error=str(error))))
    ctx.exit(FAILED if failed else 0)


def _read(path: str, data: bytes, input_format: str | None) -> FileReport:
    from refaudit.audit import counts, off
    from refaudit.model import FileReport
    from refaudit.parse import parse as read_all
    from refaudit.readers import read

    document = read(path, data, input_format=input_format, files=inputs.beside(path))
    output.notices(path, (problem.message for problem in document.problems))
    parsed = read_all(document)
    lookups = off(parsed.references)
    return FileReport(
        path=path,
        format=document.format,
        document=document,
        counts=counts(parsed, lookups),
        citations=parsed.citations,
        references=parsed.references,
        links=parsed.links,
        lookups=lookups,
    )


def _line(file: FileReport) -> str:
    from refaudit.report.json import dumps
    from refaudit.report.objects import parsed_object, unreadable
    from refaudit.report.paths import shown

    show = shown([file.path])
    return dumps(unreadable(file, show) if file.error else parsed_object(file, show)) + "\n"


def _text(path: str, data: bytes, input_format: str | None) -> str:
    from refaudit.readers import read

    return read(path, data, input_format=input_format, files=inputs.beside(path)).sources[0].text


def _list(path: str, data: bytes) -> str:
    """One object a line in, so that lines pair up: a blank line gives an object without fields."""
    from refaudit.model import Reference, Span
    from refaudit.parse.fields import read_fields
    from refaudit.readers.decode import decode
    from refaudit.report.json import dumps
    from refaudit.report.objects import fields

    text, problems = decode(path, data)
    output.notices(path, (problem.message for problem in problems))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    entries = [Reference(id=f"ref-{n}", span=Span(0, len(line)), raw=line) for n, line in enumerate(lines, 1)]
    result = []
    for entry in read_fields(entries):
        values, confidence = fields(entry)
        result.append(dumps({"raw": entry.raw, "fields": values, "confidence": confidence}) + "\n")
    return "".join(result)
