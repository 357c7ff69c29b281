"""``refaudit queries``: from a review to a letter."""

from __future__ import annotations

import click

from refaudit.cli import output, saving


@click.command()
@click.argument("review")
@click.option(
    "-o", "--output", "file", metavar="FILE", help="Write the letter here (.md or .docx) instead of to standard output."
)
def queries(review: str, file: str | None) -> None:
    """Make a letter of the findings that REVIEW marks "ask author", as numbered author queries."""
    from refaudit.report.author_queries import docx, markdown, questions
    from refaudit.review import load

    decisions = load(review)
    count = sum(len(asked) for _, asked in questions(decisions))
    if not count:
        output.notice(f"{review}: no finding is marked 'ask author'; there is nothing to write")
        return
    if file is None:
        output.out(markdown(decisions))
        return
    if file.lower().endswith(".docx"):
        saving.save(file, docx(decisions))
    elif file.lower().endswith((".md", ".markdown", ".txt")):
        saving.save(file, markdown(decisions))
    else:
        raise click.UsageError(f"-o {file}: a letter is .md or .docx")
    output.notice(f"wrote {file} with {count} {'query' if count == 1 else 'queries'}")
