"""One self-contained HTML file: manuscript and list side by side, linked both ways, findings with their proof.

Nothing in it asks the network for anything: style and script stand inside and a content security policy names their
hashes and forbids everything else. Every text of the manuscript passes ``visible`` and the template's escaping.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from refaudit.model import Report
from refaudit.report.html.view import page
from refaudit.report.json import dumps


def _asset(name: str) -> str:
    return files("refaudit.report.html").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def island(value: object) -> str:
    """JSON for a ``<script type="application/json">``: no ``<`` ends the element, no separator ends the line."""
    return dumps(value).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def render(report: Report, *, live: int | None = None) -> str:
    """The page. With ``live``, its number among the versions that ``refaudit watch`` serves, it reloads for the next one."""
    from jinja2 import Environment
    from markupsafe import Markup

    style, script = _asset("style.css"), _asset("script.js")
    again = _asset("live.js") if live is not None else ""
    scripts = " ".join(_hash(text) for text in (script, again) if text)
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {scripts}; base-uri 'none'; form-action 'none'"
    if again:
        policy += "; connect-src 'self'"
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    view = page(report)
    # style and script are ours, and the island is escaped above: the only texts that are not escaped by the template
    return environment.from_string(_asset("page.html")).render(
        view=view,
        policy=policy,
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        again=Markup(again),  # noqa: S704
        live=live,
        data=Markup(island(view.data)),  # noqa: S704
    )
