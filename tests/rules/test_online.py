"""The examples in the documentation of the rules that need a registry, run against a registry that holds just their records."""

from __future__ import annotations

import json
import re

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import Lookup, LookupStatus, Page, PageStatus
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.snapshot.build import build
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.rules import RULES

ONLINE = [rule for rule in RULES if rule.online]


def examples(text):
    """(manuscript, records) of each pair of fenced blocks."""
    blocks = re.findall(r"```(text|json)\n(.*?)```", text, re.DOTALL)
    assert [kind for kind, _ in blocks] == ["text", "json"] * (len(blocks) // 2)
    return [(blocks[k][1], json.loads(blocks[k + 1][1])) for k in range(0, len(blocks), 2)]


CASES = [
    pytest.param(rule, section, *example, id=f"{rule.code}-{section.replace(' ', '-')}-{number}")
    for rule in ONLINE
    for section in ("Flags", "Does not flag")
    for number, example in enumerate(examples(rule.sections[section]))
]


def audited(manuscript, records, folder):
    if isinstance(records, dict):  # a cited page
        page = Page(
            **{
                "url": "https://gazette.example/2023/ferries",
                "checked_on": "2026-01-01",
                **records,
                "status": PageStatus(records["status"]),
            }
        )
        config = Config(web=True, archive=True)
        return audit_file("paper.txt", manuscript.encode(), config, resolve=lambda found: tuple(
            Lookup(reference=one.id, status=LookupStatus.NOT_COVERED, page=page) for one in found
        ))  # fmt: skip
    if records == "no answer":

        def resolve(references):
            lookups = resolver(references)
            return tuple(
                type(lookup)(reference=lookup.reference, status=LookupStatus.UNAVAILABLE, detail="no answer")
                for lookup in lookups
            )

        records = []
    else:

        def resolve(references):
            return resolver(references)

    (folder / "records.json").write_text(json.dumps({"items": records}), encoding="utf-8")
    build([folder / "records.json"], folder / "snapshot.sqlite", complete=True, date="2026-01-01")
    resolver = Resolver(snapshot=Snapshot(folder / "snapshot.sqlite"), transport=None, cache=None)
    return audit_file("paper.txt", manuscript.encode(), Config(offline=True, snapshot="s"), resolve=resolve)


@pytest.mark.parametrize(("rule", "section", "manuscript", "records"), CASES)
def test_example(rule, section, manuscript, records, tmp_path):
    found = [finding for finding in audited(manuscript, records, tmp_path).findings if finding.code == rule.code]
    shown = [finding for finding in found if finding.confidence >= 0.5]
    assert len(shown) == (1 if section == "Flags" else 0), list(found)


@pytest.mark.parametrize("rule", ONLINE, ids=lambda rule: rule.code)
def test_every_heading_is_there(rule):
    assert list(rule.sections) == ["What it finds", "Why it matters", "Flags", "Does not flag", "What to do", "Limits"]
    assert all(rule.sections.values())
