"""Five real documents, read from the measuring data: every row of what they must and must not give."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import FileReport, Finding, LinkStatus

TODAY = datetime.date(2026, 1, 15)


def audited(shared: Path, number: str) -> FileReport:
    path = next((shared / "seeds").glob(f"{number}_*"))
    return audit_file(path.name, path.read_bytes(), Config(today=TODAY), input_format="md")


def shown(report: FileReport) -> list[Finding]:
    return [finding for finding in report.findings if finding.confidence >= 0.5]


def codes(report: FileReport) -> Counter[str]:
    return Counter(finding.code for finding in shown(report))


def raws(report: FileReport, code: str) -> list[list[str]]:
    """The first words of the entries of each finding of a rule."""
    entry = {reference.id: reference for reference in report.references}
    return [[entry[identity].raw for identity in finding.references] for finding in shown(report) if finding.code == code]


@pytest.fixture(scope="module")
def chicago(shared: Path) -> FileReport:
    return audited(shared, "000")


@pytest.fixture(scope="module")
def numeric(shared: Path) -> FileReport:
    return audited(shared, "001")


@pytest.fixture(scope="module")
def listless(shared: Path) -> FileReport:
    return audited(shared, "002")


@pytest.fixture(scope="module")
def apa(shared: Path) -> FileReport:
    return audited(shared, "003")


def test_chicago_counts_and_findings(chicago: FileReport) -> None:
    """17 entries (one split by the page), 20 items, all linked; three titles in capitals, one cut off; nothing else."""
    assert (len(chicago.references), chicago.counts["items"], chicago.counts["linked"]) == (17, 20, 20)
    assert codes(chicago) == {"REF005": 1, "REF006": 1, "REF010": 3}
    assert raws(chicago, "REF005")[0][0].startswith("Khan, Mussa M")
    assert raws(chicago, "REF006")[0][0].startswith("Ullah, Asad")
    assert [names[0].split(",")[0] for names in raws(chicago, "REF010")] == ["Hussain", "Qanit", "Zubair"]


def test_chicago_tells_namesakes_apart_and_joins_a_name_over_the_page(chicago: FileReport) -> None:
    """Initials decide between two authors of one name."""
    entry = {reference.id: reference.raw.split(",")[0:2] for reference in chicago.references}
    cited = {citation.id: citation for citation in chicago.citations}
    reached = {
        " ".join(cited[link.citation].text.split()): entry[link.references[0]]
        for link in chicago.links
        if len(cited[link.citation].items) == 1
    }
    assert reached["H.U. Rehman, Warraich, and Ahmed 2023"] == ["Rehman", " Hafeez Ul"]
    assert reached["N. Rehman, Liu, and Zhang 2022"] == ["Rehman", " Nadia"]
    assert reached["Nitza- Makowska 2022"][0] == "Nitza-Makowska"


def test_numeric_counts_and_findings(numeric: FileReport) -> None:
    """50 entries, 50 citations, all linked; four groups of duplicates, two text fragments, one odd quotation mark."""
    assert (len(numeric.references), len(numeric.citations), numeric.counts["linked"]) == (50, 50, 50)
    label = {reference.id: reference.label for reference in numeric.references}
    groups = [[label[identity] for identity in f.references] for f in shown(numeric) if f.code == "DUP001"]
    assert groups == [["1", "6"], ["8", "9"], ["14", "17", "19"], ["31", "33"]]
    assert [label[f.references[0]] for f in shown(numeric) if f.code == "DOI003"] == ["37", "38"]
    assert [label[f.references[0]] for f in shown(numeric) if f.code == "REF005"] == ["10"]
    possible = [[label[identity] for identity in f.references] for f in shown(numeric) if f.code == "DUP002"]
    assert possible in ([], [["24", "25"]])
    assert set(codes(numeric)) <= {"DUP001", "DUP002", "DOI003", "REF005"}


def test_listless(listless: FileReport) -> None:
    """One missing list, told once with all places; each of the works once in the data, below what is shown; one bracket missing."""
    found = shown(listless)
    missing = [finding for finding in listless.findings if finding.code == "LNK001"]
    assert codes(listless) == {"LNK002": 1, "CIT001": 1}
    assert [(len(missing), finding.message[:24], 1 + len(finding.related)) for finding in found if finding.code == "LNK002"] == [
        (11, "The text cites 11 works,", 31)
    ]
    assert listless.counts["items"] == 31
    assert sum(1 + len(finding.related) for finding in missing) == 31
    assert "Smith, 2023" in next(finding.message for finding in found if finding.code == "CIT001")


def test_apa_counts(apa: FileReport) -> None:
    """38 entries, 38 items, every entry reached; ten DOIs, none with the closing bracket of its address."""
    assert (len(apa.references), apa.counts["items"]) == (38, 38)
    reached = {identity for link in apa.links for identity in (*link.references, *link.nearest)}
    assert reached == {reference.id for reference in apa.references}
    dois = [reference.doi.value for reference in apa.references if reference.doi and reference.doi.value]
    assert len(dois) == 10
    assert not any(">" in doi for doi in dois)


def test_apa_links(apa: FileReport) -> None:
    """A misspelt name, an ambiguous citation, a letter that the list lacks, and two entries told apart by date."""
    found = {code: [f.message for f in shown(apa) if f.code == code] for code in codes(apa)}
    assert [("Siddiqa" in m, "“Siddiq”" in m) for m in found["LNK006"]] == [(True, True)]
    assert [m.startswith("Reuters 2024 fits 2 works") for m in found["LNK004"]] == [True]
    assert [m.startswith("Reuters 2024a") for m in found["LNK007"]] == [True]
    assert not {"LNK001", "LNK002", "LNK003", "LNK005", "CIT001"} & set(found)
    entry = {reference.id: reference.raw for reference in apa.references}
    cited = {citation.id: citation for citation in apa.citations}
    xinhua = [
        (entry[link.references[0]][:44], link.status)
        for link in apa.links
        if "Xinhua" in cited[link.citation].text and len(link.references) == 1
    ]
    assert xinhua == [
        ("Xinhua News Agency. (2024, January 1). Chine", LinkStatus.EXACT),
        ("Xinhua News Agency. (2024, February 8). Paki", LinkStatus.EXACT),
    ]


def test_apa_entries(apa: FileReport) -> None:
    """Duplicates, placeholders, a cut author list, a volume that contradicts its year, two entries out of order."""

    def heads(code: str) -> list[list[str]]:
        return [[" ".join(raw.split()[:2]).rstrip(",.") for raw in group] for group in raws(apa, code)]

    assert heads("DUP001") == [["International Monetary"] * 2, ["Reuters. (2024"] * 2]
    assert heads("REF002") == [["Raza, S"], ["Shah, A"]]
    assert heads("REF007") == [["Mahmood, S"]]
    assert [sorted(group) for group in heads("REF011")] == [["Hussain, E", "Rizvi, H"]]
    assert heads("REF008") == [["Xinhua News", "Xinhua News"]]
    assert set(codes(apa)) - {"REF009"} == {"DUP001", "LNK004", "LNK006", "LNK007", "REF002", "REF007", "REF008", "REF011"}


def test_without_citations(shared: Path) -> None:
    """One finding in plain words, nothing else."""
    report = audited(shared, "004")
    assert [(f.code, f.message) for f in shown(report)] == [
        ("AUD001", "This file has text, but no citation and no reference list was found in it: nothing could be checked.")
    ]
