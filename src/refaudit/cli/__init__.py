"""The commands: the only place that prints and chooses exit codes. Imports nothing but click at module level."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from refaudit.cli.exits import FAILED, INTERRUPTED

# Name of each command, the module it stands in, and its first words: ``--help`` loads none of them, a command only itself.
COMMANDS = {
    "audit": ("audit", "Audit manuscripts: files, folders or globs."),
    "parse": ("parse", "Print what is read in papers, without judgement."),
    "export": ("export", "Write the reference list as CSL-JSON, BibTeX or RIS."),
    "cite": ("cite", "Print registered works as they are cited."),
    "explain": ("explain", "Show the documentation of a rule."),
    "rules": ("explain", "List the rules: code, level, name, what each finds."),
    "fix": ("fix", "Print the safe repairs of papers as a diff."),
    "watch": ("watch", "Audit papers again whenever they are saved."),
    "queries": ("queries", "Make a letter of the findings to ask the author about."),
    "baseline": ("baseline", "Keep a list of known findings; only new ones count."),
    "snapshot": ("snapshot", "Build, inspect and query a local registry copy."),
    "cache": ("cache", "Show or clear the kept answers of registries."),
}


class _Commands(click.Group):
    """A group whose commands are loaded when used and end in one clear line and the right exit code, whatever happens."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"refaudit.cli.{COMMANDS[cmd_name][0]}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the program. As click does it, but what click says of wrong use passes through where all texts pass."""
        run: Callable[..., Any] = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **extra)
        try:
            code = run(*args, standalone_mode=False, **extra)
        except click.ClickException as error:
            from io import StringIO

            from refaudit.cli import output

            text = StringIO()
            error.show(text)
            output.usage(text.getvalue())
            code = error.exit_code
        except click.Abort:
            code = INTERRUPTED
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Expected failures exit 2, Ctrl-C 130, and a closed pipe is no failure at all."""
        from refaudit.cli import output
        from refaudit.errors import RefauditError

        try:
            return super().invoke(ctx)
        except RefauditError as error:
            output.notice(str(error))
            ctx.exit(FAILED)
        except KeyboardInterrupt:
            output.notice("interrupted")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 (what is left in the buffer has no reader)
            ctx.exit(0)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:  # a defect of ours: one line for people, the trace for whoever asks for it
            if os.environ.get("REFAUDIT_DEBUG"):
                raise
            output.notice(
                f"internal error ({type(error).__name__}: {error}); this is a defect of refaudit, set REFAUDIT_DEBUG=1 to see where"
            )
            ctx.exit(FAILED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="refaudit-manuscript", prog_name="refaudit")
def main() -> None:
    """Read a manuscript, find what is wrong with its citations and references, and prove each finding."""
