"""The client and the lookup against recorded kinds of answers: no network, no stand-in."""

from __future__ import annotations

import json
import sqlite3

import pytest
import requests
import responses

from refaudit.config import Config, Sources
from refaudit.errors import ResolverError
from refaudit.model import LookupStatus, Reference, Span
from refaudit.resolve.configure import transport as connect
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.sources.crossref import batches
from refaudit.resolve.wire.cache import Cache

WORK = {
    "DOI": "10.5555/soils.12.1",
    "type": "journal-article",
    "title": ["Rain on bare ground and its crusts"],
    "author": [{"family": "Lopez", "given": "Ana"}],
    "issued": {"date-parts": [[2019]]},
    "container-title": ["Journal of Soils"],
    "volume": "12",
    "page": "11-19",
}
RAW = "Lopez, A. (2019). Rain on bare ground and its crusts. Journal of Soils, 12(2), 11-19."
API, DOI = "https://api.crossref.org", "https://doi.org"


def reference(raw, number=0):
    return Reference(id=f"r{number}", span=Span(0, len(raw)), raw=raw)


def works(*items):
    return {"status": "ok", "message-type": "work-list", "message": {"items": list(items), "total-results": len(items)}}


@pytest.fixture
def ask(tmp_path, quick):
    def asked(*raws, environment=None, config=None, cache=True):
        line = connect(config or Config(), environment or {"REFAUDIT_MAILTO": "a@example.org"})
        kept = Cache(tmp_path / "answers.sqlite") if cache else None
        resolve = Resolver(snapshot=None, transport=line, cache=kept)
        return resolve([reference(raw, number) for number, raw in enumerate(raws)]), resolve

    return asked


def test_found_by_doi_in_one_request_and_none_the_second_time(net, ask):
    net.get(f"{API}/works", json=works(WORK))
    (lookup,), resolve = ask(f"{RAW} https://doi.org/10.5555/SOILS.12.1")
    assert (lookup.status, lookup.by, lookup.doi_registered, lookup.record.doi) == (
        LookupStatus.FOUND,
        "doi",
        True,
        "10.5555/soils.12.1",
    )
    (again,), second = ask(f"{RAW} https://doi.org/10.5555/SOILS.12.1")
    assert (again, resolve.requests, second.requests) == (lookup, 1, 0)


def test_mail_address_as_parameter_and_in_the_user_agent(net, ask):
    net.get(f"{API}/works", json=works(WORK))
    ask(f"{RAW} doi:10.5555/soils.12.1")
    request = net.calls[0].request
    assert request.params["mailto"] == "a@example.org"
    assert "mailto:a@example.org" in request.headers["User-Agent"]


def test_token_and_address_stay_away_from_hosts_of_a_project_file(net, ask):
    net.get("https://mirror.example.org/works", json=works(WORK))
    config = Config(sources=Sources(crossref_url="https://mirror.example.org", trusted=False))
    ask(
        f"{RAW} doi:10.5555/soils.12.1",
        config=config,
        environment={"REFAUDIT_MAILTO": "a@example.org", "CROSSREF_PLUS_TOKEN": "secret"},
    )
    request = net.calls[0].request
    assert "example.org" not in request.headers["User-Agent"].replace("mirror.", "")
    assert "mailto" not in request.params
    assert "Crossref-Plus-API-Token" not in request.headers


def test_token_goes_to_the_default_host_and_into_no_cache(net, ask, tmp_path):
    net.get(f"{API}/works", json=works(WORK))
    ask(f"{RAW} doi:10.5555/soils.12.1", environment={"CROSSREF_PLUS_TOKEN": "secret", "REFAUDIT_MAILTO": "a@example.org"})
    assert net.calls[0].request.headers["Crossref-Plus-API-Token"] == "Bearer secret"
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (b"secret" in kept, b"a@example.org" in kept) == (False, False)


def test_unknown_to_crossref_is_not_unregistered(net, ask):
    """Another agency's DOI, whose description redirects to a host that is not followed."""
    net.get(f"{API}/works", json=works())
    net.get(f"{DOI}/doiRA/10.5555/soils.12.1", json=[{"DOI": "10.5555/soils.12.1", "RA": "JaLC"}])
    net.get(f"{DOI}/10.5555/soils.12.1", status=302, headers={"Location": "http://169.254.169.254/latest"})
    (lookup,), _ = ask(f"{RAW} doi:10.5555/soils.12.1")
    assert (lookup.status, lookup.doi_registered) == (LookupStatus.NOT_COVERED, True)
    assert not any("169.254" in call.request.url for call in net.calls)


def test_only_the_doi_system_says_that_a_doi_does_not_exist(net, ask):
    net.get(f"{API}/works", json=works())
    net.get(f"{DOI}/doiRA/10.5555/soils.12.l", json=[{"DOI": "10.5555/soils.12.l", "status": "DOI does not exist"}])
    (lookup,), _ = ask(f"{RAW} doi:10.5555/soils.12.l")
    assert (lookup.status, lookup.doi_registered) == (LookupStatus.NOT_FOUND, False)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503},
        {"status": 200, "body": "<html>maintenance</html>"},
        {"status": 404, "body": "not found"},
        {"body": requests.exceptions.ConnectionError("reset")},
        {"status": 200, "json": [{"DOI": "10.5555/soils.12.l", "RA": "Unknown"}]},
    ],
)
def test_no_answer_of_the_doi_system_is_no_verdict(net, ask, answer):
    net.get(f"{API}/works", json=works())
    net.get(f"{DOI}/doiRA/10.5555/soils.12.l", **answer)
    (lookup,), _ = ask(f"{RAW} doi:10.5555/soils.12.l")
    assert (lookup.status, lookup.doi_registered) == (LookupStatus.UNAVAILABLE, None)


def test_an_alias_is_followed_on_the_same_host_only(net, ask):
    net.get(f"{API}/works", json=works())
    net.get(f"{DOI}/doiRA/10.5555/old", json=[{"DOI": "10.5555/old", "RA": "Crossref"}])
    net.get(f"{API}/works/10.5555%2Fold", status=301, headers={"Location": "/works/10.5555/soils.12.1"})
    net.get(f"{API}/works/10.5555%2Fsoils.12.1", json={"status": "ok", "message-type": "work", "message": WORK})
    (lookup,), _ = ask(f"{RAW} doi:10.5555/old")
    assert (lookup.status, lookup.record.doi, lookup.record.aliases) == (
        LookupStatus.FOUND,
        "10.5555/soils.12.1",
        ("10.5555/old",),
    )


def test_too_many_requests_is_waited_out(net, ask):
    net.get(f"{API}/works", status=429, headers={"Retry-After": "0"})
    net.get(f"{API}/works", json=works(WORK))
    (lookup,), resolve = ask(f"{RAW} doi:10.5555/soils.12.1")
    assert (lookup.status, resolve.requests) == (LookupStatus.FOUND, 2)


def test_failures_are_not_kept(net, ask):
    net.get(f"{API}/works", status=500)
    (lookup,), _ = ask(RAW)
    assert lookup.status is LookupStatus.UNAVAILABLE
    net.replace(responses.GET, f"{API}/works", json=works(WORK))
    (lookup,), _ = ask(RAW)
    assert (lookup.status, lookup.by) == (LookupStatus.FOUND, "search")


def test_a_block_is_told_and_not_retried(net, ask):
    net.get(f"{API}/works", status=403)
    (lookup,), resolve = ask(RAW)
    assert (lookup.detail, resolve.requests) == ("Crossref refuses requests from here (403)", 1)


def test_a_refused_batch_is_halved_until_the_culprit_stands_alone(net, ask):
    def answer(request):
        asked = request.params["filter"]
        if "10.5555/bad" in asked:
            return 400, {}, json.dumps({"status": "failed", "message-type": "validation-failure", "message": []})
        return 200, {}, json.dumps(works(*[WORK | {"DOI": doi.removeprefix("doi:")} for doi in asked.split(",")]))

    net.add_callback(responses.GET, f"{API}/works", callback=answer)
    net.get(f"{API}/works/10.5555%2Fbad", status=400, json={"status": "failed"})
    net.get(f"{DOI}/doiRA/10.5555/bad", json=[{"DOI": "10.5555/bad", "status": "Invalid DOI"}])
    raws = [f"{RAW} doi:10.5555/n{number}" for number in range(7)] + [f"{RAW} doi:10.5555/bad"]
    lookups, _ = ask(*raws)
    assert [lookup.status for lookup in lookups] == [LookupStatus.FOUND] * 7 + [LookupStatus.UNAVAILABLE]


def test_the_public_pool_is_told(net, ask):
    net.get(f"{API}/works", json=works(WORK), headers={"x-api-pool": "public-array"})
    _, resolve = ask(f"{RAW} doi:10.5555/soils.12.1", environment={"NOTHING": "set"})
    assert resolve.notices == (
        "Crossref answers from its slower public pool: give a mail address with --mailto or REFAUDIT_MAILTO",
    )


def test_batches():
    groups = batches([f"10.5555/{number:04}" for number in range(120)] + ["10.5555/a,b:c"])
    assert [len(group) for group in groups] == [1, 50, 50, 20]
    assert all(len(group) <= 50 for group in batches([f"10.5555/{'x' * 300}{number}" for number in range(60)]))


def test_a_broken_cache_is_moved_aside(tmp_path):
    path = tmp_path / "answers.sqlite"
    path.write_bytes(b"this is no database" * 100)
    cache = Cache(path)
    cache.put([("k", "work", {"a": 1})])
    assert cache.get(["k"])["k"].body == {"a": 1}
    assert "moved to answers.sqlite.broken-" in cache.notices[0]
    assert len(list(tmp_path.glob("*.broken-*"))) == 1


def test_lifetimes(tmp_path):
    cache = Cache(tmp_path / "answers.sqlite")
    cache.put([("old", "absent", None), ("new", "work", {})])
    with sqlite3.connect(tmp_path / "answers.sqlite") as base:
        base.execute("UPDATE answer SET stored = stored - 2 * 86400")
    base.close()
    assert set(cache.get(["old", "new"])) == {"new"}
    assert cache.clear() == 2
    cache.close()


def test_a_wrong_address_is_refused():
    with pytest.raises(ResolverError, match="not a mail address"):
        connect(Config(mailto="nobody"), {})
    with pytest.raises(ResolverError, match="not the address of a service"):
        connect(Config(), {"REFAUDIT_CROSSREF_URL": "ftp://x"})
