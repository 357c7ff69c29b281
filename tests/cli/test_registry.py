"""Audits against a local registry copy and a local list of retractions, as a user starts them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from refaudit.cli import main

ENTRY = "Lopez, A. (2019). Rain on bare ground and its crusts. Journal of Soils, 12(2), 11-19."
WORK = {
    "DOI": "10.5555/soils.12.1",
    "type": "journal-article",
    "title": ["Rain on bare ground and its crusts"],
    "author": [{"family": "Lopez", "given": "Ana"}],
    "issued": {"date-parts": [[2019]]},
    "container-title": ["Journal of Soils"],
    "volume": "12",
    "issue": "2",
    "page": "11-19",
}
OTHER = WORK | {"DOI": "10.5555/bees.7", "title": ["Flight of bees"], "author": [{"family": "Okafor"}], "page": "44-52"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFAUDIT_CACHE_DIR", str(tmp_path / "cache"))

    def start(entry, *arguments):
        (tmp_path / "paper.md").write_text(f"Rain loosens ground (Lopez 2019).\n\n# References\n\n{entry}\n", encoding="utf-8")
        result = CliRunner().invoke(main, ["audit", "paper.md", "--isolated", "--offline", "-f", "concise", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout

    return start


@pytest.fixture
def snapshot(tmp_path):
    def build(*works, options=()):
        (tmp_path / "works.jsonl").write_text("".join(json.dumps(work) + "\n" for work in works), encoding="utf-8")
        path = str(tmp_path / "s.sqlite")
        result = CliRunner().invoke(
            main, ["snapshot", "build", str(tmp_path / "works.jsonl"), "-o", path, "--date", "2026-03-01", *options]
        )
        assert result.exit_code == 0, result.output
        return path

    return build


def test_a_miss_counts_in_a_complete_snapshot_only(run, snapshot):
    assert run(ENTRY, "--snapshot", snapshot(OTHER)) == (0, "")
    code, out = run(ENTRY, "--snapshot", snapshot(OTHER, options=["--complete"]), "--fail-on", "warning")
    assert (code, out) == (
        1,
        "paper.md:5:1 FND051 warning “Lopez 2019”: no record that matches this entry was found "
        "(Crossref snapshot of 2026-03-01 asked, which has “Journal of Soils” of that time).\n",
    )


def test_a_miss_counts_under_a_complete_prefix(run, snapshot):
    entry = f"{ENTRY} https://doi.org/10.5555/soils.12.1"
    assert run(entry, "--snapshot", snapshot(OTHER)) == (0, "")
    out = run(entry, "--snapshot", snapshot(OTHER, options=["--prefix", "10.5555"]))[1]
    assert [line.split()[1] for line in out.splitlines()] == ["FND051"]


@pytest.mark.parametrize(
    ("year", "author", "told"),
    [
        (2019, "Okafor", "FND051"),
        (2023, "Okafor", ""),  # a title may come again in time
        (2019, "Lopez", ""),  # the work itself
    ],
)
def test_a_paper_of_a_series_that_registers_nothing_under_the_title_of_others(run, snapshot, year, author, told):
    entry = (
        "Lopez, A. (2019). Rain on bare ground and its slow crusts. In Advances in Neural Information Processing Systems, 11-19."
    )
    work = WORK | {
        "title": ["Rain on bare ground and its slow crusts"], "author": [{"family": author, "given": "Ana"}],
        "issued": {"date-parts": [[year]]},
    }  # fmt: skip
    out = run(entry, "--snapshot", snapshot(work, options=["--complete"]), "--select", "FND")[1]
    assert [line.split()[1] for line in out.splitlines()] == ([told] if told else [])
    assert ("https://doi.org/10.5555/soils.12.1 has this title: Okafor, Ana (2019)" in out) is bool(told)


RETRACTED = {"DOI": "10.5555/n1", "type": "Retraction", "source": "retraction-watch", "updated": {"date-parts": [[2021, 3, 2]]}}
DOUBTED = {"DOI": "10.5555/n2", "type": "expression_of_concern", "updated": {"date-parts": [[2020, 1, 5]]}}
FIXED = {"DOI": "10.5555/n3", "type": "erratum", "updated": {"date-parts": [[2019, 9]]}}
BACK = {"DOI": "10.5555/n4", "type": "reinstatement", "source": "retraction-watch", "updated": {"date-parts": [[2022, 1, 1]]}}


@pytest.mark.parametrize(
    ("updates", "told"),
    [
        ([RETRACTED, DOUBTED, FIXED], "RET051 error “Lopez 2019”: the cited work was retracted on 2021-03-02, "
         "notice https://doi.org/10.5555/n1 (source: retraction-watch)."),
        ([DOUBTED, FIXED], "RET052 warning “Lopez 2019”: an expression of concern about the cited work was published on 2020-01-05, "
         "notice https://doi.org/10.5555/n2 (source: publisher)."),
        ([FIXED], "RET053 note “Lopez 2019”: a correction to the cited work was published on 2019-09, "
         "notice https://doi.org/10.5555/n3 (source: publisher)."),
        ([RETRACTED, DOUBTED, BACK], ""),
        ([RETRACTED, FIXED, BACK], "RET053 note “Lopez 2019”: a correction to the cited work was published on 2019-09, "
         "notice https://doi.org/10.5555/n3 (source: publisher)."),
    ],
)  # fmt: skip
def test_what_was_published_about_the_work(run, snapshot, updates, told):
    path = snapshot(WORK | {"updated-by": updates})
    out = run(f"{ENTRY} https://doi.org/10.5555/soils.12.1", "--snapshot", path)[1]
    assert out == (f"paper.md:5:1 {told}\n" if told else "")


def test_a_list_of_retractions_works_without_a_registry(run, tmp_path):
    (tmp_path / "list.tsv").write_text(
        "doi\tnature\tnotice_doi\tnotice_date\treasons\n10.5555/SOILS.12.1\tRetraction\t10.5555/n1\t2021-03-02\tx\n"
    )
    code, out = run(f"{ENTRY} https://doi.org/10.5555/soils.12.1", "--retractions", "list.tsv")
    assert (code, out) == (
        1,
        "paper.md:5:1 RET051 error “Lopez 2019”: the cited work was retracted on 2021-03-02, "
        "notice https://doi.org/10.5555/n1 (source: Retraction Watch file).\n",
    )
    assert run(ENTRY, "--retractions", "list.tsv") == (0, "")


def test_a_list_of_retractions_is_joined_with_the_record(run, snapshot, tmp_path):
    """The entry prints no DOI: the record found by search has one, and the list knows it."""
    (tmp_path / "list.tsv").write_text("doi\tnature\n10.5555/soils.12.1\tRetraction\n")
    out = run(ENTRY, "--snapshot", snapshot(WORK), "--retractions", "list.tsv", "--ignore", "DOI053")[1]
    assert out == "paper.md:5:1 RET051 error “Lopez 2019”: the cited work was retracted (source: Retraction Watch file).\n"


def test_a_preprint_with_a_version_of_record(run, snapshot):
    preprint = {
        **WORK, "DOI": "10.5555/pre.1", "type": "posted-content", "subtype": "preprint", "container-title": [], "volume": "",
        "issue": "", "page": "", "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/SOILS.12.1"}]},
    }  # fmt: skip
    entry = "Lopez, A. (2019). Rain on bare ground and its crusts. EarthArXiv. https://doi.org/10.5555/pre.1"
    assert run(entry, "--snapshot", snapshot(preprint)) == (
        0,
        "paper.md:5:1 RET054 note “Lopez 2019”: this preprint has been published: https://doi.org/10.5555/soils.12.1.\n",
    )


def test_a_snapshot_of_another_version_is_one_line(run, tmp_path):
    (tmp_path / "old.sqlite").write_bytes(b"SQLite format 3\0" + b"\0" * 100)
    result = CliRunner().invoke(main, ["audit", "paper.md", "--offline", "--snapshot", "old.sqlite"])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
