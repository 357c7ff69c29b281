"""The commands: the only place that prints and chooses exit codes. Imports nothing but click at module level."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from refaudit.cli.audit import audit
from refaudit.cli.baseline import baseline
from refaudit.cli.cache import cache
from refaudit.cli.cite import cite
from refaudit.cli.exits import FAILED, INTERRUPTED
from refaudit.cli.explain import explain, rules
from refaudit.cli.export import export
from refaudit.cli.fix import fix
from refaudit.cli.parse import parse
from refaudit.cli.queries import queries
from refaudit.cli.snapshot import snapshot
from refaudit.cli.watch import watch


class _Commands(click.Group):
    """A group whose commands end in one clear line and the right exit code, whatever happens."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Expected failures exit 2, Ctrl-C 130, and a closed pipe is no failure at all."""
        from refaudit.errors import RefauditError

        try:
            return super().invoke(ctx)
        except RefauditError as error:
            click.echo(f"refaudit: {error}", err=True)
            ctx.exit(FAILED)
        except KeyboardInterrupt:
            click.echo("refaudit: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 (what is left in the buffer has no reader)
            ctx.exit(0)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:  # a defect of ours: one line for people, the trace for whoever asks for it
            if os.environ.get("REFAUDIT_DEBUG"):
                raise
            click.echo(
                f"refaudit: internal error ({type(error).__name__}: {error}); this is a defect of refaudit, "
                "set REFAUDIT_DEBUG=1 to see where",
                err=True,
            )
            ctx.exit(FAILED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="refaudit-manuscript", prog_name="refaudit")
def main() -> None:
    """Read a manuscript, find what is wrong with its citations and references, and prove each finding."""


for _command in (audit, parse, export, cite, explain, rules, fix, watch, queries, baseline, snapshot, cache):
    main.add_command(_command)
