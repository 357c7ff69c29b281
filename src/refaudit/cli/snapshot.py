"""``refaudit snapshot``: build, inspect and query a local copy of the registry."""

from __future__ import annotations

import click

from refaudit.cli import output


@click.group()
def snapshot() -> None:
    """Build, inspect and query a local copy of the registry."""


@snapshot.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", "target", required=True, metavar="DB", help="The snapshot to write.")
@click.option(
    "--from",
    "source",
    type=click.Choice(["crossref", "dblp", "acl", "pubmed", "openalex", "arxiv"]),
    default="crossref",
    help="Whose dump the files are (crossref); those of others are added to a snapshot.",
)
@click.option("--complete", is_flag=True, help="The files hold all that Crossref has: what is absent counts as not found.")
@click.option("--prefix", "prefixes", multiple=True, metavar="10.NNNN", help="The files hold all DOIs of this prefix; repeat it.")
@click.option("--date", "date", metavar="DATE", help="The day the files describe, as YYYY-MM-DD (today).")
def build(files: tuple[str, ...], target: str, source: str, complete: bool, prefixes: tuple[str, ...], date: str | None) -> None:
    """Build a snapshot from Crossref's public data file or from answers of its API, and from the dumps of other sources.

    Reads JSON lines and JSON ({"items": [...]}), gzip or not, and folders of them; of DBLP, the ACL Anthology and PubMed their XML. An interrupted build goes on where it
    stopped when it is run again.
    """
    import datetime
    import re
    from pathlib import Path

    from refaudit.parse.identifiers import DOI_PREFIX
    from refaudit.resolve.snapshot.build import Built, input_files
    from refaudit.resolve.snapshot.build import build as make

    if source != "crossref" and (complete or prefixes):
        raise click.UsageError("--complete and --prefix speak of Crossref's DOIs; leave them out for a dump of another source")
    for prefix in prefixes:
        if not re.fullmatch(DOI_PREFIX, prefix):
            raise click.UsageError(f"--prefix {prefix}: a DOI prefix looks like 10.1016")
    try:
        datetime.date.fromisoformat(date or "2000-01-01")
    except ValueError as error:
        raise click.UsageError(f"--date {date}: give a date as YYYY-MM-DD") from error
    paths = input_files(files, source)
    with output.Progress(len(paths)) as progress:
        current = [0]

        def tell(built: Built) -> None:
            current[0] = min(built.files, len(paths) - 1)
            progress.step(current[0], f"{built.works + built.resumed:,} works")

        built = make(paths, Path(target), date=date or "", complete=complete, prefixes=prefixes, source=source, progress=tell)
    parts = [f"{built.works:,} works read"]
    if built.resumed:
        parts.append(f"{built.resumed:,} were there from an earlier run")
    if built.skipped:
        parts.append(f"{built.skipped:,} lines were no works and were left out")
    output.notice(f"wrote {target}: {', '.join(parts)}")


@snapshot.command()
@click.argument("db")
def info(db: str) -> None:
    """Say what a snapshot holds and what it covers."""
    from refaudit.resolve.snapshot.reading import Snapshot

    about = Snapshot(db).about
    if about.complete:
        covers = "everything registered with Crossref on that day"
    elif about.prefixes:
        covers = f"all DOIs that begin with {', '.join(about.prefixes)}; of others a part"
    else:
        covers = "a part: a work that is not in it may still be registered"
    output.say(f"date    {about.date}\nworks   {about.works:,}\nfrom    {', '.join(about.sources)}\ncovers  {covers}\n")


@snapshot.command()
@click.argument("db")
@click.argument("what", metavar="DOI|TEXT")
def query(db: str, what: str) -> None:
    """Look a DOI up, or search with the words of a reference; one JSON object a line."""
    from refaudit.model import Reference, Span
    from refaudit.parse.identifiers import clean_doi
    from refaudit.report.json import dumps
    from refaudit.resolve.match.decide import accepted, rank
    from refaudit.resolve.match.entry import Entry
    from refaudit.resolve.snapshot.reading import Snapshot

    snapshot = Snapshot(db)
    doi = clean_doi(what).lower()
    if doi and len(doi) >= len(what.strip()) - 30:
        item = snapshot.work(doi)
        if item is None:
            known = snapshot.records([doi])[doi]
            item = {"DOI": doi, "record": known.record.doi if known.record else None, "status": known.known.value}
        output.out(dumps(item) + "\n")
        return
    entry = Entry(Reference(id="query", span=Span(0, len(what)), raw=what))
    ranked = rank(entry, snapshot.search(entry.query))
    fits = {candidate.record.doi for candidate in accepted(ranked)}
    for candidate in ranked:
        record = candidate.record
        row = {
            "DOI": record.doi,
            "title": record.title,
            "fits": record.doi in fits,
            "score": candidate.score,
            "scores": dict(candidate.scores),
        }
        output.out(dumps(row) + "\n")
