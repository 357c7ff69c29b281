"""``refaudit watch``: audit again at every save."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import click

from refaudit.cli import inputs, output, settings
from refaudit.cli.audit import audit_one, resolver, with_repairs
from refaudit.cli.exits import FAILED

if TYPE_CHECKING:
    from refaudit.model import FileReport

PORT = 8710


@click.command()
@settings.run_options
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, help=f"Serve the report here ({PORT}; another when it is taken)."
)
@click.pass_context
def watch(ctx: click.Context, /, port: int, **options: Any) -> None:
    """Audit PAPERs again whenever they are saved, and show the report in the browser (this machine only). Ctrl-C ends it."""
    from refaudit import watch as watching
    from refaudit.audit import report
    from refaudit.incremental import Memory
    from refaudit.report.html import render
    from refaudit.report.terminal import concise, verdict_line

    config = settings.configuration(**options)
    found = inputs.gather(options["papers"])
    if any(item.problem or item.path == inputs.STDIN for item in found):
        for item in found:
            output.notice(item.problem or "standard input cannot be watched; name a file")
        ctx.exit(FAILED)
    named = {item.path: item for item in found}
    memory = Memory(resolver(config))

    def audit(path: str) -> FileReport:
        return audit_one(named[path], config, memory, options["input_format"])

    papers = list(named)
    audited: dict[str, watching.Audited] = {}
    stop = threading.Event()

    def look() -> None:
        nonlocal audited
        audited = watching.again(papers, audited, audit)
        made = report(with_repairs([one.report for one in audited.values()], config, memory), config)
        server.show(lambda version: render(made, live=version))
        for one in made.files:
            if one.error is not None:
                output.notice(one.error)
        output.say(concise(made))
        output.notice(verdict_line(made))

    with watching.Server(port) as server:
        look()
        output.notice(f"report at {server.address} (reloads by itself); Ctrl-C ends")
        try:
            for _ in watching.changes(lambda: audited, stop):
                look()
        except KeyboardInterrupt:
            output.notice("ended")
