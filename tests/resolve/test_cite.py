"""Citations of registered works: by content negotiation (habanero, mocked) and from a stored record."""

from __future__ import annotations

import json

import pytest
import responses
from click.testing import CliRunner

from refaudit.cli import main
from refaudit.errors import ResolverError
from refaudit.resolve.cite import formatted, negotiated
from refaudit.resolve.snapshot.build import build

WORK = {
    "DOI": "10.5555/soils.12.1",
    "type": "journal-article",
    "title": ["Rain on bare ground"],
    "subtitle": ["What it does to crusts"],
    "author": [{"family": "Lopez", "given": "Ana"}, {"name": "Soil Group"}],
    "issued": {"date-parts": [[2019]]},
    "container-title": ["Journal of Soils"],
    "volume": "12",
    "issue": "2",
    "page": "11-19",
}


def ask(doi="10.5555/a#1", form="text"):
    return negotiated(doi, form, style="apa", locale="en-US", base="https://doi.example.org/")


def test_the_answer_of_the_agency(httpx2_mock):
    """The DOI is percent-encoded, the style is in the Accept header."""
    httpx2_mock.add_response(url="https://doi.example.org/10.5555/a%231", text="Lopez, A. (2019). Rain.\n\n")
    assert ask() == "Lopez, A. (2019). Rain.\n"
    assert "style = apa" in httpx2_mock.get_requests()[0].headers["Accept"]


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "not a registered DOI"), (406, "does not give text in the style 'apa'"), (503, "no citation (503)")],
)
def test_refusals_are_told_in_words(httpx2_mock, status, words):
    httpx2_mock.add_response(status_code=status)
    with pytest.raises(ResolverError) as error:
        ask()
    assert words in str(error.value)


def test_no_answer(httpx2_mock):
    import httpx2

    httpx2_mock.add_exception(httpx2.ConnectError("refused"))
    with pytest.raises(ResolverError, match="no answer from"):
        ask()


def test_a_stored_record_in_a_style():
    assert formatted(WORK, "text", style="apa") == (
        "Lopez, A., & Soil Group. (2019). Rain on bare ground: What it does to crusts. Journal of Soils, 12(2), 11–19. "
        "https://doi.org/10.5555/soils.12.1\n"
    )


def test_a_stored_record_as_data():
    item = json.loads(formatted(WORK, "csl-json", style="apa"))
    assert (item["type"], item["title"], item["author"][1]) == (
        "article-journal",
        "Rain on bare ground: What it does to crusts",
        {"literal": "Soil Group"},
    )


def test_an_unknown_style():
    with pytest.raises(ResolverError, match="no style 'nowhere'"):
        formatted(WORK, "text", style="nowhere")


def test_a_landing_page_is_not_read_and_the_record_is_formatted_instead(httpx2_mock, monkeypatch, tmp_path):
    """doi.org leads whom it likes to a page of the registrant; what stands there is no citation, and may be a trap."""
    monkeypatch.setenv("REFAUDIT_CACHE_DIR", str(tmp_path))
    with responses.RequestsMock() as net:
        net.get("https://doi.org/10.5555/soils.12.1", status=302, headers={"Location": "http://169.254.169.254/latest"})
        net.get(
            "https://api.crossref.org/works",
            json={"status": "ok", "message-type": "work-list", "message": {"items": [WORK]}},
        )
        result = CliRunner().invoke(main, ["cite", "https://doi.org/10.5555/SOILS.12.1"])
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "Lopez, A., & Soil Group. (2019). Rain on bare ground: What it does to crusts. Journal of Soils, 12(2), 11–19. "
        "https://doi.org/10.5555/soils.12.1\n",
        "refaudit: 10.5555/soils.12.1: its agency gives no citation; doi.org leads to 169.254.169.254, which is not asked; "
        "formatted here from the registered record\n",
    )
    assert httpx2_mock.get_requests() == []


def test_an_agency_formats_its_own_citation(httpx2_mock, monkeypatch, tmp_path):
    monkeypatch.setenv("REFAUDIT_CACHE_DIR", str(tmp_path))
    httpx2_mock.add_response(url="https://doi.org/10.5555/soils.12.1", text="Lopez A. Rain on bare ground.")
    with responses.RequestsMock() as net:
        net.get("https://doi.org/10.5555/soils.12.1", status=302, headers={"Location": "https://data.crossref.org/a"})
        result = CliRunner().invoke(main, ["cite", "10.5555/soils.12.1", "--style", "vancouver"])
    assert (result.exit_code, result.stdout) == (0, "Lopez A. Rain on bare ground.\n")


def test_offline_from_a_snapshot(tmp_path, monkeypatch):
    monkeypatch.setenv("REFAUDIT_CACHE_DIR", str(tmp_path))
    (tmp_path / "works.json").write_text(json.dumps(WORK), encoding="utf-8")
    build([tmp_path / "works.json"], tmp_path / "s.sqlite")
    arguments = ["cite", "--offline", "--snapshot", str(tmp_path / "s.sqlite")]
    result = CliRunner().invoke(main, [*arguments, "10.5555/soils.12.1", "10.5555/none"])
    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "Lopez, A., & Soil Group. (2019). Rain on bare ground: What it does to crusts. Journal of Soils, 12(2), 11–19. "
        "https://doi.org/10.5555/soils.12.1\n",
        "refaudit: 10.5555/none: neither in a snapshot nor among the kept answers\n",
    )
