"""From a ``Report`` to text or bytes: one module per format, one table, nothing imported before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from refaudit.model import Report

Render = Callable[[Report], "str | bytes"]

HOMES: Mapping[str, str] = {
    "full": "terminal:full",
    "concise": "terminal:concise",
    "json": "json:render",
    "csv": "tables:csv",
    "xlsx": "tables:xlsx",
    "html": "html:render",
    "sarif": "sarif:render",
    "github": "github:render",
    "gitlab": "gitlab:render",
    "junit": "junit:render",
    "markdown": "markdown:render",
}
"""Format -> module and function, so that JSON never waits for rich, jinja2 or pandas."""


def renderer(name: str) -> Render:
    """The function that writes a format; ``name`` is a key of ``HOMES``."""
    module, function = HOMES[name].split(":")
    return cast("Render", getattr(import_module(f"refaudit.report.{module}"), function))
