"""The pictures of the README, made from the sample manuscript: ``python docs/pictures/make.py`` (needs Chromium).

``sources.txt`` beside them holds the hashes of what the pictures show; a test compares it with what the program shows now.
"""

from __future__ import annotations

import hashlib
import io
import shutil
from pathlib import Path

from click.testing import CliRunner

from refaudit.cli import main

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
AUDIT = (
    "audit", "references/samples/demo.md", "--isolated", "--offline", "--snapshot", "references/snapshot/demo.sqlite",
    "--today", "2026-01-15", "--fail-on", "never",
)  # fmt: skip
SHOWN = 30  # lines of the terminal


def terminal() -> str:
    """The first findings as the terminal shows them, in colour."""
    text = CliRunner().invoke(main, [*AUDIT, "--color", "always"]).stdout
    return "\n".join(text.splitlines()[:SHOWN])


def sources() -> str:
    """What the pictures are made from, as hashes."""
    page = (ROOT / "reports" / "demo.html").read_bytes()
    texts = {"terminal.svg": terminal().encode(), "desk-light.png": page, "desk-dark.png": page}
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(texts.items()))


def draw() -> None:
    """Write the pictures."""
    from playwright.sync_api import sync_playwright
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=118, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(terminal()), soft_wrap=False)
    (HERE / "terminal.svg").write_text(console.export_svg(title="refaudit audit paper.md"), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or "chromium", args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
            page.goto((ROOT / "reports" / "demo.html").as_uri() + "#LNK005-1")
            page.evaluate("scrollTo(0, 0)")
            page.wait_for_timeout(300)
            page.screenshot(path=HERE / f"desk-{scheme}.png")
        browser.close()
    (HERE / "sources.txt").write_text(sources(), encoding="utf-8")


if __name__ == "__main__":
    draw()
