"""The sample manuscript against its snapshot: every family of findings, and nothing else about what the registry says."""

from __future__ import annotations

import datetime
from pathlib import Path

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.resolve.configure import resolver

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = [
    ("MET055", "Cássia-Silva"),
    ("RET054", "Fenner"),
    ("DOI051", "Harlow"),
    ("FND051", "Harlow"),
    ("DOI053", "Hart"),
    ("MET051", "Kohls"),
    ("MET054", "Lamb"),
    ("DOI053", "Massari"),
    ("RET051", "Mehra"),
    ("RET053", "Milev"),
    ("RET054", "Mudrak"),
    ("RET052", "Neirinckx"),
    ("MET053", "Peroni"),
    ("MET052", "Piwowar"),
    ("DOI052", "Sholler"),
    ("DOI053", "Watanabe"),
]


def test_demo():
    config = Config(offline=True, snapshot=str(ROOT / "references/snapshot/demo.sqlite"), today=datetime.date(2026, 11, 21))
    paper = ROOT / "references/samples/demo.md"
    report = audit_file("demo.md", paper.read_bytes(), config, resolve=resolver(config))
    reference = {reference.id: reference for reference in report.references}
    found = [
        (finding.code, reference[finding.references[0]].raw.split(",")[0])
        for finding in report.findings
        if finding.code[4] == "5" and finding.confidence >= 0.5
    ]
    assert sorted(found) == sorted(EXPECTED)
    assert {finding.code[:3] for finding in report.findings} == {"LNK", "CIT", "REF", "DUP", "DOI", "FND", "MET", "RET"}
