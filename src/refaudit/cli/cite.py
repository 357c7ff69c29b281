"""``refaudit cite``: a work, by its DOI or title, in a CSL style, BibTeX, RIS or CSL-JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from refaudit.cli import output, settings

if TYPE_CHECKING:
    from refaudit.config import Config


@click.command()
@click.argument("works", nargs=-1, required=True, metavar="DOI|TITLE...")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "bibtex", "csl-json", "ris"]),
    default="text",
    help="text (default), bibtex, csl-json or ris.",
)
@click.option("--style", default="apa", help="A style of the CSL repository, such as apa (default), ieee or vancouver.")
@click.option("--locale", default="en-US", help="The language of months and connecting words (en-US).")
@click.option("--offline", is_flag=True, help="Ask nobody: use the snapshot and the kept answers.")
@click.option("--snapshot", metavar="PATH", help="A local registry copy.")
@click.pass_context
def cite(ctx: click.Context, /, works: tuple[str, ...], form: str, style: str, locale: str, **options: Any) -> None:
    """Print works as they are cited. A DOI may come in any dress; a title is looked for in all sources, and must be the whole one."""
    from refaudit.errors import ResolverError
    from refaudit.parse.identifiers import clean_doi

    given = {"snapshot": options["snapshot"], "offline": options["offline"] or None}
    config = settings.configuration(config_file=None, isolated=False, select=(), ignore=(), today=None, **given)
    failed = False
    for text in works:
        doi = clean_doi(text).lower()
        try:
            made = _one(doi, form, style, locale, config) if doi else _titled(text, form, style, locale, config)
            (output.say if form == "text" else output.out)(made)
        except ResolverError as error:
            failed = True
            output.notice(str(error))
    ctx.exit(2 if failed else 0)


def _titled(title: str, form: str, style: str, locale: str, config: Config) -> str:
    """The work of a title: as its agency gives it where it has a DOI, else formatted here."""
    from refaudit.resolve.cite import formatted
    from refaudit.resolve.configure import work_of_title

    record, work = work_of_title(title, config)
    if record.doi:
        return _one(record.doi, form, style, locale, config)
    output.notice(f"{title}: no DOI; formatted here from the record at {record.source}")
    return formatted(work, form, style=style)


def _one(doi: str, form: str, style: str, locale: str, config: Config) -> str:
    from refaudit.errors import ResolverError
    from refaudit.resolve.cite import ACCEPT, formatted, negotiated
    from refaudit.resolve.configure import addresses, negotiable, registered_work, stored_work

    work = stored_work(doi, config)
    if config.offline:
        if work is None:
            raise ResolverError(f"{doi}: neither in a snapshot nor among the kept answers")
        return formatted(work, form, style=style)
    if form == "csl-json" and (work := work or registered_work(doi, config)) is not None:
        return formatted(work, form, style=style)
    try:
        negotiable(doi, ACCEPT[form], config)
        return negotiated(doi, form, style=style, locale=locale, base=addresses(config).doi_url)
    except ResolverError as error:
        if form != "text" or "not a registered DOI" in str(error):
            raise
        work = work or registered_work(doi, config)
        if work is None:
            raise
        output.notice(f"{error}; formatted here from the registered record")
        return formatted(work, form, style=style)
