"""The report that stands in reports/ and the pictures of the documentation show what the program shows now."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from refaudit.cli import main

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("NO_COLOR", raising=False)
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "docs" / "pictures" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_report_is_fresh(pictures: ModuleType, tmp_path: Path):
    """When this fails: ``make demo``, look at the page, and commit it."""
    made = tmp_path / "demo.html"
    result = CliRunner().invoke(main, [*pictures.AUDIT, "-f", f"html:{made}"])
    assert result.exit_code == 0, result.output
    assert made.read_bytes() == (ROOT / "reports" / "demo.html").read_bytes()


def test_the_pictures_are_fresh(pictures: ModuleType):
    """When this fails: ``python docs/pictures/make.py``, look at the pictures, and commit them."""
    assert pictures.sources() == (ROOT / "docs" / "pictures" / "sources.txt").read_text(encoding="utf-8")
    for name in ("terminal.svg", "desk-light.png", "desk-dark.png"):
        assert (ROOT / "docs" / "pictures" / name).stat().st_size > 10_000
