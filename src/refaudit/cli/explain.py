"""``refaudit explain`` and ``refaudit rules``: the documentation of the rules."""

from __future__ import annotations

import click

from refaudit.cli import output, settings


@click.command()
@click.argument("rule", metavar="CODE", shell_complete=settings.complete_codes)
def explain(rule: str) -> None:
    """Show the documentation of a rule, named by code or by name."""
    from difflib import get_close_matches

    from refaudit.errors import ConfigError
    from refaudit.report.rule_docs import markdown
    from refaudit.rules import RULES

    found = [r for r in RULES if rule.upper() == r.code or rule.lower() == r.name]  # two rules may share a name
    if not found:
        family = [r.code for r in RULES if r.code.startswith(rule.upper()) and rule]
        near = (
            family
            or get_close_matches(rule.upper(), [r.code for r in RULES])
            or get_close_matches(rule.lower(), [r.name for r in RULES])
        )
        hint = f"; near: {', '.join(near)}" if near else ""
        raise ConfigError(f"no rule '{rule}'{hint}; 'refaudit rules' lists them all")
    output.out("\n".join(markdown(one) for one in found))


@click.command()
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="text (default), json or markdown.",
)
def rules(form: str) -> None:
    """List the rules: code, level, name, what each finds."""
    from refaudit.report.json import outline
    from refaudit.report.rule_docs import markdown, rule_object
    from refaudit.rules import RULES

    if form == "json":
        output.out(outline([rule_object(rule) for rule in RULES], 2) + "\n")
    elif form == "markdown":
        output.out("\n".join(markdown(rule) for rule in RULES))
    else:
        width = max((len(rule.name) for rule in RULES), default=0)
        output.out("".join(f"{r.code}  {r.level.value:<7}  {r.name:<{width}}  {r.summary}\n" for r in RULES))
