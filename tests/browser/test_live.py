"""The page of ``refaudit watch`` in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.watching import LIST, watching

pytestmark = pytest.mark.browser


def test_the_open_page_shows_the_new_findings(chromium: Any, tmp_path: Path):
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with watching(tmp_path) as watched:
        page.goto(watched.address)
        assert page.locator(".card").count() == 0
        watched.paper.write_text("Rain falls (Lopez, 2019; Mason, 2011)." + LIST)
        page.locator("#LNK001-1").wait_for(timeout=10_000)
        assert said == []
    page.close()
