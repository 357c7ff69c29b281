"""What people read in a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from refaudit.cli import main
from refaudit.report.terminal import concise, full, place, summary
from tests.report import sample


def test_concise_is_one_line_a_finding_in_order():
    assert concise(sample.report()).splitlines() == [
        "papers/tides.md:11:1 RET051 error The cited work was retracted on 2021-04-01.",
        "papers/tides.md:11:1 MET053 warning The entry says 2018, the registered record 2019.",
        'papers/tides.md:3:53 LNK006 error The text cites "Dorn (2017)", the list has "Dorne (2017)".',
        'papers/tides.md:3:90 LNK001 error "Evers (2011)" has no entry in the reference list.',
        'papers/tides.md:7:11 LNK004 warning "Cole (2020)" fits several entries.',
        "papers/tides.md:15:1 AUD051 note 2 references could not be checked: no answer from Crossref.",
        "scan.pdf:p2 LNK002 error The text cites and there is no list.",
        "letter.docx:par2 LNK002 error The text cites and there is no list.",
        (
            "papers/<hostile> & 'co'.md:7:1 MET051 warning =1+1 <img src=x onerror=alert(5)> ]]> ${x} \\u202etxt  %0A::error::y "
            '| `tick` "q"'
        ),
        "papers/<hostile> & 'co'.md:7:1 LNK003 warning @SUM(A1) \\x1b]0;title\\x07",
    ]


def test_full_shows_the_place_the_proof_and_the_next_step():
    lines = full(sample.report(sample.paper())).splitlines()
    at = lines.index('papers/tides.md:3:53 LNK006 error The text cites "Dorn (2017)", the list has "Dorne (2017)".')
    assert lines[at : at + 7] == [
        'papers/tides.md:3:53 LNK006 error The text cites "Dorn (2017)", the list has "Dorne (2017)".',
        "    3 | …silt up (Abel & Braun, 2018; Cole, 2020a). Dorn (2017) saw it first, and so did Evers (2011).",
        "      |                                             ^^^^^^^^^^",
        "      = also at  17:1",
        "      = cited author       Dorn",
        "      = registered author  Dorne  (reference list)",
        "      = help  Compare the two by hand.",
    ]


def test_a_place_over_several_lines_shows_the_first():
    paper = sample.paper()
    finding = paper.findings[3]
    assert paper.document is not None
    wide = replace(finding, location=replace(finding.location, end=finding.location.start + 25))
    lines = full(sample.report(replace(paper, findings=(wide,)))).splitlines()
    assert lines[1:3] == [
        "    3 | …020a). Dorn (2017) saw it first, and so did Evers (2011).…",
        "      |                                              ^^^^^^^^^^^^^",
    ]


def test_the_summary_says_what_was_read_and_what_is_not_shown():
    assert summary(sample.report()).splitlines() == [
        (
            "papers/tides.md: 5 references and 5 citations read (6 cited works, 4 linked); 2 checked in a registry, "
            "1 not covered by the sources asked, 1 without an answer; 2 of 5 references were not looked up"
        ),
        "scan.pdf: no references and 1 citation read (1 cited work, 0 linked)",
        "letter.docx: no references and 1 citation read (1 cited work, 0 linked)",
        "papers/<hostile> & 'co'.md: 1 reference and 1 citation read (1 cited work, 1 linked)",
        (
            "2 of 5 references were not looked up: it was not checked whether these works exist, agree with their entries, "
            "or have been retracted."
        ),
        (
            "5 errors, 4 warnings, 1 note; 1 suppressed; 1 below the confidence asked for; 1 file could not be read; "
            "1 file without citations or references skipped"
        ),
        (
            "papers/tides.md: 5 references: 1 found (Crossref 1), 1 without a record in 1 source that lists such works, "
            "1 of a kind that the sources do not list, 1 nobody could be asked about, 1 not looked up; 2 of 5 with a verdict"
        ),
        (
            "1 cited work is retracted; 2 reference lists are missing; 1 citation has no entry; 2 citations disagree with the list; "
            "2 entries differ from their records; 1 entry is not cited; 2 of 5 references were not looked up; 1 file could not be read."
        ),
    ]


def test_a_clean_run_still_says_what_was_checked():
    clean = replace(sample.paper(), findings=())
    assert summary(sample.report(clean)).splitlines()[2].startswith("no errors, no warnings, no notes")


def test_a_terminal_receives_no_command_from_a_manuscript():
    report = sample.report()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e]", concise(report) + full(report))
    coloured = full(report, color=True)
    assert "\x1b[1;31m" in coloured
    assert not re.search("\x1b(?!\\[[0-9;]*m)|[\u202a-\u202e\u2028]", coloured)


def test_places_of_every_kind():
    found = [file.findings[0].location for file in sample.report().files[:3]]
    assert [place(location) for location in found] == ["papers/tides.md:11:1", "scan.pdf:p2", "letter.docx:par2"]


def test_full_shows_a_repair_with_the_spaces_it_changes():
    demo = Path(__file__).resolve().parents[2] / "references"
    run = CliRunner().invoke(
        main,
        ["audit", str(demo / "samples/demo.md"), "--isolated", "--offline", "--snapshot", str(demo / "snapshot/demo.sqlite"), "-f", "full"],
    )  # fmt: skip
    lines = [line.strip() for line in run.stdout.splitlines()]
    at = lines.index("84 - …t of cryoglobulin. *A…ology*, *109*(6), 889.")
    assert lines[at - 1 : at + 2] == [
        "= repair  refaudit fix --repair doi-missing",
        "84 - …t of cryoglobulin. *A…ology*, *109*(6), 889.",
        "84 + …t of cryoglobulin. *A…ology*, *109*(6), 889. https://doi.org/10.1001/archderm.1974.01630060065019",
    ]
