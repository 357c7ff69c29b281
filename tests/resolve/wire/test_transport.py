"""The connection: what it waits for, where it goes, and what it tells to whom."""

from __future__ import annotations

import re
import socket
import threading
import time
from dataclasses import replace

import pytest

from refaudit.config import Config, Sources
from refaudit.errors import ResolverError
from refaudit.resolve.configure import negotiable
from refaudit.resolve.configure import transport as connect
from refaudit.resolve.sources.content_negotiation import Negotiation
from refaudit.resolve.sources.datacite import DataCite
from refaudit.resolve.sources.protocol import Known
from refaudit.resolve.wire import rate_limit, transport
from refaudit.resolve.wire.transport import Service, Transport

DOI = "https://doi.org"
SECRET = {"CROSSREF_PLUS_TOKEN": "secret", "REFAUDIT_MAILTO": "a@example.org"}


@pytest.fixture
def serve():
    """Starts a server that sends some bytes, and then more of them for ever."""
    stopped = threading.Event()
    listening = []

    def start(first, again):
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)

        def answer(line):
            with line:
                line.recv(65536)
                line.sendall(first)
                while not stopped.wait(0.05):
                    line.sendall(again)

        def run():
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=quietly, args=(answer, line), daemon=True).start()

        threading.Thread(target=run, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}"

    def quietly(call, *arguments):
        try:
            call(*arguments)
        except OSError:
            return

    yield start
    stopped.set()
    for server in listening:
        server.close()


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
    ids=["silent", "header", "body", "chunks"],
)
def test_a_server_that_drips_does_not_hold_the_run_up(serve, monkeypatch, first, again):
    monkeypatch.setattr(transport, "TIMEOUTS", replace(transport.TIMEOUTS, first_answer=0.4))
    line = Transport((Service(name="X", base=serve(first, again)),))
    with pytest.raises(ResolverError) as error:
        line.get("X", "/a", valid=lambda _: True)
    assert (str(error.value), line.requests) == ("no answer from X within 0.4 s", 1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("29895", 10.0), ("-5", None), ("soon", None), ("", None), (None, None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
     ("Wed, 21 Oct 2115 07:28:00 GMT", 10.0), ("9" * 400, None)],
)  # fmt: skip
def test_retry_after_is_capped(header, seconds):
    assert transport._retry_after(header) == seconds


def test_the_limits_of_the_headers_are_taken_over():
    paced = rate_limit.Pace({"list": 1.0}, 1, threading.Event())
    for headers, learned in (
        ({"x-rate-limit-limit": "3", "x-rate-limit-interval": "1s", "x-concurrency-limit": "3"}, (3.0, 1.0, 3)),
        ({"x-rate-limit-limit": "50", "x-rate-limit-interval": "60s", "x-concurrency-limit": "5"}, (50.0, 60.0, 5)),
        ({"x-rate-limit-limit": "0", "x-rate-limit-interval": "never", "x-concurrency-limit": "-1"}, (50.0, 60.0, 5)),
        ({"x-rate-limit-limit": "999999", "x-rate-limit-interval": "86400", "x-concurrency-limit": "900"}, (50.0, 60.0, 8)),
    ):
        paced.done("list", rate_limit.Ticket(0.0), headers)
        window = paced._windows["list"]
        assert (window.limit, window.interval, paced._concurrency) == learned


def test_the_token_goes_to_crossref_alone_and_the_address_to_both(net):
    net.get("https://api.datacite.org/dois/10.5555%2Fa", status=404, json={"errors": []})
    net.get("https://api.crossref.org/works", json={})
    line = connect(Config(), SECRET)
    assert DataCite(line, None).records(["10.5555/a"])["10.5555/a"].known is Known.ABSENT
    line.get("Crossref", "/works", valid=lambda _: True)
    seen = [("Crossref-Plus-API-Token" in call.request.headers, "a@example.org" in call.request.url) for call in net.calls]
    assert [seen[0][0], seen[1][0]] == [False, True]
    assert "secret" not in repr(line._services)


@pytest.mark.parametrize("service", ["Crossref", "DataCite"])
def test_nothing_personal_goes_to_hosts_of_a_project_file(net, service):
    net.get("https://mirror.example.org/x", json={})
    sources = Sources(crossref_url="https://mirror.example.org", datacite_url="https://mirror.example.org", trusted=False)
    connect(Config(sources=sources), SECRET).get(service, "/x", valid=lambda _: True)
    request = net.calls[0].request
    assert request.url == "https://mirror.example.org/x"
    assert {"Crossref-Plus-API-Token", "Authorization"} & set(request.headers) == set()
    assert "@" not in request.headers["User-Agent"]


def test_personal_data_follow_an_address_of_the_environment(net):
    net.get("http://10.0.0.7:8080/x", json={})
    line = connect(Config(), SECRET | {"REFAUDIT_CROSSREF_URL": "http://10.0.0.7:8080"})
    line.get("Crossref", "/x", valid=lambda _: True)
    request = net.calls[0].request
    assert (request.headers["Crossref-Plus-API-Token"], request.params) == ("Bearer secret", {"mailto": "a@example.org"})


def test_a_mail_address_beyond_ascii_is_escaped(net):
    net.get("https://api.crossref.org/x", json={})
    connect(Config(mailto="jóžef@uni.example"), {}).get("Crossref", "/x", valid=lambda _: True)
    assert net.calls[0].request.headers["User-Agent"].endswith("(mailto:j%C3%B3%C5%BEef@uni.example)")


def test_a_token_that_is_none_is_refused_without_showing_it():
    with pytest.raises(ResolverError) as error:
        connect(Config(), {"CROSSREF_PLUS_TOKEN": "se cret"})
    assert str(error.value) == "CROSSREF_PLUS_TOKEN: not a token; it holds spaces or characters beyond ASCII"


ELSEWHERE = [
    "http://169.254.169.254/latest",
    "http://2852039166/latest",
    "http://[::1]/x",
    "http://[::ffff:10.0.0.1]/x",
    "https://localhost/x",
    "https://127.0.0.1.nip.example/x",
    "http://data.crossref.org/x",
    "https://data.crossref.org:8443/x",
    "https://data.crossref.org@evil.example/x",
    "https://user@data.crossref.org/x",
    "https://data.crossref.org.evil.example/x",
    "https://data.crossref.org\\@evil.example/x",
    "//evil.example/x",
    "https://doi.org.evil.example/x",
    "file:///etc/passwd",
    "",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_redirects_lead_nowhere_else(net, target):
    net.get(f"{DOI}/10.5555/a", status=302, headers={"Location": target} if target else {})
    reply = Negotiation(connect(Config(), {}), None).records(["10.5555/a"])["10.5555/a"]
    assert reply.known is Known.ELSEWHERE
    assert {call.request.url for call in net.calls} == {f"{DOI}/10.5555/a"}
    with pytest.raises(ResolverError):
        negotiable("10.5555/a", "text/x-bibliography", Config())
    assert {call.request.url for call in net.calls} == {f"{DOI}/10.5555/a"}


@pytest.mark.parametrize("base", [DOI, "http://127.0.0.1:8099/mirror/doi"])
def test_redirects_to_an_agency_and_within_the_service_are_followed(net, base):
    net.get(f"{base}/10.5555/a", status=302, headers={"Location": f"{base}/v1/a?b=1"})
    net.get(f"{base}/v1/a?b=1", status=302, headers={"Location": "https://data.medra.org/c"})
    net.get("https://data.medra.org/c", json={"title": "Rain", "DOI": "10.5555/a"})
    line = connect(Config(), SECRET | {"REFAUDIT_DOI_URL": base})
    reply = Negotiation(line, None).records(["10.5555/a"])["10.5555/a"]
    assert (reply.known, reply.record.title) == (Known.RECORD, "Rain")
    assert not any("@" in str(call.request.headers) or "secret" in str(call.request.headers) for call in net.calls)


def refusing(net, **headers):
    net.get("http://x.example/a", status=429, headers=headers)
    return Transport((Service(name="X", base="http://x.example", rates={"single": 50.0}),))


def asked(line):
    with pytest.raises(ResolverError) as error:
        line.get("X", "/a", valid=lambda _: True)
    return str(error.value)


@pytest.mark.parametrize("value", ["86400", "16", "Wed, 21 Oct 2099 07:28:00 GMT", "999999999"])
def test_a_service_that_names_a_long_time_is_asked_once_and_it_is_said_when_to_try_again(net, value):
    line = refusing(net, **{"Retry-After": value})
    said = asked(line)
    assert re.fullmatch(
        r"X asks for fewer requests \(429\) and was not asked any more; try again after 2[0-9]{3}-[0-9-]{5} [0-9:]{5} UTC", said
    )
    assert (asked(line), line.requests, line.notices) == (said, 1, [said])


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "0"}, {"Retry-After": "soon"}])
def test_a_service_that_always_asks_for_fewer_requests_is_left_alone_in_time(net, monkeypatch, headers):
    monkeypatch.setattr(transport, "STORM", 0.6)
    line = refusing(net, **headers)
    began, answers = time.monotonic(), []
    while not line.notices:
        answers.append(asked(line))
    assert time.monotonic() - began < 5
    assert answers[-1] == line.notices[0] == "X asks for fewer requests (429) and was not asked any more; try again in an hour"
    before = line.requests
    assert (asked(line), line.requests) == (answers[-1], before)


def test_a_service_that_asks_for_fewer_requests_for_a_moment_is_asked_again(net):
    net.get("http://x.example/a", status=429, headers={"Retry-After": "0"})
    net.get("http://x.example/a", json={})
    line = Transport((Service(name="X", base="http://x.example", rates={"single": 50.0}),))
    assert (line.get("X", "/a", valid=lambda _: True).status, line.notices) == (200, [])


def test_what_is_waited_for_is_said(net, monkeypatch):
    net.get("http://x.example/a", status=429, headers={"Retry-After": "3"})
    line = Transport((Service(name="X", base="http://x.example"),))
    seen = []
    monkeypatch.setattr(line.stop, "wait", lambda _: seen.append(line.waiting) or True)
    assert (asked(line), seen, line.waiting) == ("interrupted", ["X (3 s, asks for fewer requests (429))"], "")
