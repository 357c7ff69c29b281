"""The workflows and the action: pinned, with no more rights than they need, and nothing of an event in a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
FILES = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), ROOT / "action.yml"]


def steps(path: Path) -> Iterator[dict[str, Any]]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for job in data.get("jobs", {"action": data.get("runs", {})}).values():
        yield from job["steps"]


def test_there_are_workflows_for_tests_releases_and_fuzzing():
    assert [path.name for path in FILES] == ["ci.yml", "fuzz.yml", "release.yml", "action.yml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_and_scripts_hold_no_expression(path: Path):
    found = list(steps(path))
    assert found
    for step in found:
        if "uses" in step:
            assert re.fullmatch(r"[a-z-]+/[a-z-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
        assert "${{" not in step.get("run", ""), step
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses: " in line:
            assert re.search(r"# v[0-9]+\.[0-9]+\.[0-9]+$", line), line


def test_what_people_copy_from_the_page_is_pinned_by_the_commits_that_we_use_ourselves():
    named = re.compile(r"(?:uses|rev): (\S+?)(?:@| +# )(.*)")
    ours = {match[0] for path in FILES for line in path.read_text(encoding="utf-8").splitlines() if (match := named.search(line))}
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    shown = [match[0] for line in page.splitlines() if (match := named.search(line))]
    assert [line for line in shown if line not in ours and "COMMIT" not in line] == [
        "uses: github/codeql-action/upload-sarif@5d4e8d1aca955e8d8589aabd499c5cae939e33c7 # v4.31.9"
    ]
    assert len(shown) == 5
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert [one["package-ecosystem"] for one in updates] == ["github-actions"]
    assert f"```yaml\n{(ROOT / '.github' / 'dependabot.yml').read_text(encoding='utf-8').partition(chr(10))[2]}```" in page


@pytest.mark.parametrize("path", FILES[:-1], ids=lambda path: path.name)
def test_workflows_may_read_and_only_the_release_may_sign(path: Path):
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert data["permissions"] == {"contents": "read"}
    more = {name: job["permissions"] for name, job in data["jobs"].items() if "permissions" in job}
    signs = {"build": {"contents": "read", "id-token": "write", "attestations": "write"}}
    assert more == (signs if path.name == "release.yml" else {})
    assert all(job["timeout-minutes"] <= 90 for job in data["jobs"].values())


def test_the_lock_names_a_version_and_hashes_for_each_package_and_no_place_to_fetch_it():
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert len(entries) > 30
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]
    assert "://" not in text
