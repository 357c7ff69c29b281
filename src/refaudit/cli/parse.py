"""``refaudit parse``: what was read, without judgement."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import click

from refaudit.cli import inputs, output, settings
from refaudit.cli.exits import FAILED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refaudit.model import FileReport

_BLOCK = 1000  # lines of --list that are read as one list
_LONGEST = 16 << 20  # bytes of a line


@click.command()
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@click.option("--text", "as_text", is_flag=True, help="Print the text as read: what the offsets of DOCX, ODT and PDF refer to.")
@click.option(
    "--list", "as_list", is_flag=True, help="PAPER holds one reference a line: print one object a line with its fields."
)
@click.option("--input-format", metavar="FORMAT", help="Read the papers as this format, whatever they are called.")
@settings.bibliography
@settings.timeout
@click.pass_context
def parse(
    ctx: click.Context,
    /,
    papers: tuple[str, ...],
    as_text: bool,
    as_list: bool,
    input_format: str | None,
    bibliography: tuple[str, ...],
    timeout: float | None,
) -> None:
    """Print what is read in each PAPER ('-' for standard input) as JSON Lines, without judgement.

    One object a paper: its citations and entries with fields and links, as in the JSON report without findings.
    """
    from refaudit.budget import Budget
    from refaudit.config import TIMEOUT
    from refaudit.errors import InputError

    if as_text and as_list:
        raise click.UsageError("--text and --list exclude each other")
    failed = False
    for item in inputs.gather(papers):
        try:
            if item.problem:
                raise InputError(item.problem)
            if as_list:
                if not all(map(output.out, _list(item.path))):
                    break
                continue
            data = inputs.read_bytes(item.path)
            do = _text if as_text else _object
            output.out(Budget(item.path, timeout or TIMEOUT).run(partial(do, item.path, data, input_format, bibliography)))
        except InputError as error:
            from refaudit.model import FileReport

            failed = True
            output.notice(str(error))
            if not (as_text or as_list):
                output.out(_line(FileReport(path=item.path, error=str(error))))
    ctx.exit(FAILED if failed else 0)


def _read(path: str, data: bytes, input_format: str | None, bibliography: tuple[str, ...]) -> FileReport:
    from refaudit.audit import counts, off
    from refaudit.model import FileReport
    from refaudit.parse import parse as read_all
    from refaudit.readers import read

    document = read(path, data, input_format=input_format, files=inputs.beside(path).with_bibliographies(bibliography))
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
        style=parsed.style,
        links=parsed.links,
        lookups=lookups,
    )


def _object(path: str, data: bytes, input_format: str | None, bibliography: tuple[str, ...]) -> str:
    return _line(_read(path, data, input_format, bibliography))


def _line(file: FileReport) -> str:
    from refaudit.report.json import dumps
    from refaudit.report.json_contract import parsed_object, unreadable
    from refaudit.report.paths import shown

    show = shown([file.path])
    return dumps(unreadable(file, show) if file.error else parsed_object(file, show)) + "\n"


def _text(path: str, data: bytes, input_format: str | None, bibliography: tuple[str, ...]) -> str:
    from refaudit.readers import read

    return (
        read(path, data, input_format=input_format, files=inputs.beside(path).with_bibliographies(bibliography)).sources[0].text
    )


def _list(path: str) -> Iterator[str]:
    """The rows of ``--list``, a block at a time: one object a line in; a blank line gives one without fields.

    A block of lines is read as one list, since the entries of a list share a style, and given before the next is read.
    """
    from refaudit.model import Reference, Span
    from refaudit.parse.fields import read_fields
    from refaudit.parse.style.recognition import settle
    from refaudit.report.json import dumps
    from refaudit.report.json_contract import fields

    for lines in _blocks(path):
        entries = [Reference(id=f"ref-{n}", span=Span(0, len(line)), raw=line) for n, line in enumerate(lines, 1)]
        rows = []
        for entry in settle(read_fields(entries))[0]:
            values, confidence = fields(entry)
            rows.append(dumps({"raw": entry.raw, "fields": values, "confidence": confidence, "style": entry.style or None}))
        yield "\n".join(rows) + "\n"


def _blocks(path: str) -> Iterator[list[str]]:
    """The lines of a text without their ends, a block at a time, read when they are asked for. Raises InputError."""
    import codecs
    from itertools import islice

    done = 0
    with inputs.opened(path) as file:
        while lines := list(islice(_lines(path, file), _BLOCK)):
            if not done:
                lines[0] = lines[0].removeprefix(codecs.BOM_UTF8)
            if not done and lines[0].startswith(
                (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
            ):  # UTF-16: no single byte ends its lines
                lines = [b"".join(lines) + file.read(inputs.LARGEST)]
            text = _decoded(path, lines, done)
            done += len(lines)
            yield text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def _lines(path: str, file: BinaryIO) -> Iterator[bytes]:
    from refaudit.errors import InputError

    while line := file.readline(_LONGEST):
        if len(line) == _LONGEST:
            raise InputError(f"{path}: a line of more than {_LONGEST >> 20} MB; --list wants one reference a line")
        yield line


def _decoded(path: str, lines: list[bytes], before: int) -> str:
    """The lines as text; those that are not UTF-8, and only those, are read as Windows-1252 with a notice."""
    from refaudit.readers.decode import decode

    text, problems = decode(path, b"".join(lines))
    if not problems:
        return text
    read, wrong = [], []
    for number, line in enumerate(lines, before + 1):
        try:
            read.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            read.append(line.decode("cp1252", errors="replace"))
            wrong.append(number)
    more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    output.notice(f"{path}: line {wrong[0]}{more}: not UTF-8, read as Windows-1252")
    return "".join(read)
