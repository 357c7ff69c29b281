"""``refaudit cache``: the answers of registries that are kept."""

from __future__ import annotations

import click

from refaudit.cli import output


@click.group()
def cache() -> None:
    """Show or clear the kept answers of registries."""


@cache.command()
def info() -> None:
    """Say where the cache is and what it holds."""
    from refaudit.resolve.wire.cache import Cache, default_path

    kept = Cache(default_path())
    about = kept.info()
    for text in kept.notices:
        output.notice(text)
    lines = [f"path    {about['path']}", f"size    {about['bytes']:,} bytes"]
    lines += [
        f"{kind:<13} {count:>8,}   {oldest} to {newest}" for kind, (count, oldest, newest) in sorted(about["kinds"].items())
    ]
    output.say("\n".join(lines) + "\n")


@cache.command()
def clear() -> None:
    """Forget all kept answers."""
    from refaudit.resolve.wire.cache import Cache, default_path

    kept = Cache(default_path())
    output.notice(f"{kept.clear():,} answers forgotten ({kept.path})")
