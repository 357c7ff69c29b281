"""A page in the system's Chromium. Skips where it or playwright is absent; fails instead when REFAUDIT_REQUIRE_BROWSER is set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from refaudit.model import Report
from refaudit.report.html import render


def _absent(why: str) -> None:
    if os.environ.get("REFAUDIT_REQUIRE_BROWSER"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        _absent("no Chromium on this machine: install the package 'chromium'")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _absent("no playwright: pip install 'refaudit-manuscript[browser]'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """A page and everything it should not do: console messages, errors, requests."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        self.failed: dict[str, str] = {}
        page.on("requestfailed", lambda request: self.failed.update({request.url: request.failure}))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("dialog", lambda dialog: (self.said.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def quiet(self, *opened: str) -> bool:
        """Nothing was said and nothing was asked for but the files that the test opened."""
        return self.said == [] and {url.partition("#")[0] for url in self.asked if not url.startswith("blob:")} <= set(opened)


@pytest.fixture
def desk(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Watch]]:
    """Open the page of a report."""
    contexts = []

    def open_report(report: Report, *, fragment: str = "", **options: Any) -> Watch:
        file = tmp_path / "report.html"
        file.write_text(render(report), encoding="utf-8")
        options.setdefault("viewport", {"width": 1400, "height": 900})
        options.setdefault("reduced_motion", "reduce")
        context = chromium.new_context(**options)
        contexts.append(context)
        watch = Watch(context.new_page())
        watch.page.goto(file.as_uri() + fragment)
        return watch

    yield open_report
    for context in contexts:
        context.close()
