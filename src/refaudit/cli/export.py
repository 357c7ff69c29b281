"""``refaudit export``: the reference list for other programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from refaudit.cli import inputs, output, saving, settings
from refaudit.cli.exits import FAILED

if TYPE_CHECKING:
    from refaudit.model import Document
    from refaudit.parse import Parse

FORMATS = ("csl-json", "bibtex", "ris")


@click.command()
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@click.option("-f", "--format", "name", type=click.Choice(FORMATS), default="csl-json", show_default=True, help="What to write.")
@click.option("-o", "--output", "file", metavar="FILE", help="Write to FILE instead of standard output.")
@click.option("--input-format", metavar="FORMAT", help="Read the papers as this format, whatever they are called.")
@settings.bibliography
@settings.timeout
@click.pass_context
def export(
    ctx: click.Context,
    /,
    papers: tuple[str, ...],
    name: str,
    file: str | None,
    input_format: str | None,
    bibliography: tuple[str, ...],
    timeout: float | None,
) -> None:
    """Write the reference list of each PAPER ('-' for standard input) as CSL-JSON, BibTeX or RIS.

    Several papers give one list, in order; of a shared bibliography the cited entries. Only what was read is written; nothing
    is looked up or filled in.
    """
    from refaudit.budget import Budget
    from refaudit.config import TIMEOUT
    from refaudit.errors import InputError
    from refaudit.export import FORMATS as WRITERS
    from refaudit.model import Reference

    references: list[Reference] = []
    failed = False
    for item in inputs.gather(papers):
        try:
            if item.problem:
                raise InputError(item.problem)
            data = inputs.read_bytes(item.path)
            read = partial(_read, item.path, data, input_format, bibliography)
            document, parsed = Budget(item.path, timeout or TIMEOUT).run(read)
        except InputError as error:
            failed = True
            output.notice(str(error))
            continue
        output.notices(item.path, (problem.message for problem in document.problems))
        cited = {identity for link in parsed.links for identity in link.references}
        found = [reference for reference in parsed.references if reference.id in cited or not reference.cited_only]
        if not found:
            output.notice(f"{item.path}: no reference list was found in it, so nothing is exported from it")
        references.extend(found)
    text = WRITERS[name](references)
    if file:
        saving.save(file, text)
    else:
        output.out(text)
    ctx.exit(FAILED if failed else 0)


def _read(path: str, data: bytes, input_format: str | None, bibliography: tuple[str, ...]) -> tuple[Document, Parse]:
    from refaudit.parse import parse
    from refaudit.readers import read

    document = read(path, data, input_format=input_format, files=inputs.beside(path).with_bibliographies(bibliography))
    return document, parse(document)
