"""Cited pages of the measuring data are judged as expected, those apart that answer late or never (``python -m benchmarks web`` has all)."""

import json
from pathlib import Path

from benchmarks.web import ask

_LATE = {"hang", "head_hang", "slow_3s", "err_503_maintenance", "rate_429_then_ok", "refused", "reset"}


def test_pages_are_judged_as_expected(shared: Path, monkeypatch):
    monkeypatch.setattr("refaudit.resolve.sources.web_page._AGAIN", 0.01)
    lines = (shared / "sources" / "web" / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    names = [name for name in (json.loads(line)["case"] for line in lines) if name not in _LATE]
    found, _ = ask(shared / "sources", names)
    assert len(found) == len(names) > 90
    assert [(case["case"], page.status, page.detail) for case, page, good in found if not good] == []
