"""Which hosts may be contacted: public ones, whatever form an address takes; what the environment permits; one look-up a connection."""

import socket

import pytest
import requests

from refaudit.errors import ResolverError
from refaudit.resolve.wire import public_hosts
from refaudit.resolve.wire.public_hosts import NoSuchHost, NotPublic, allowed, is_public, places, session


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("10.0.0.7", False),
        ("172.16.0.1", False),
        ("172.32.0.1", True),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::7f00:1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("nonsense", False),
    ],
)
def test_public_addresses(address: str, public: bool):
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "localhost", "::1", "10.0.0.7", "fe80::1%1"]
)
def test_odd_forms_of_private_addresses(host: str):
    with pytest.raises(NotPublic):
        places(host, 80, frozenset())


def test_a_name_with_one_private_address_is_not_public(monkeypatch: pytest.MonkeyPatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(NotPublic):
        places("two.faced", 80, frozenset())


def test_what_the_environment_permits():
    assert allowed({"REFAUDIT_WEB_ALLOW": "127.0.0.1:80, [::1]:8080,nonsense,host:,a:99999999"}) == {
        ("127.0.0.1", 80),
        ("::1", 8080),
    }
    assert places("127.0.0.1", 80, frozenset({("127.0.0.1", 80)})) == [(socket.AF_INET, ("127.0.0.1", 80))]
    with pytest.raises(NotPublic):
        places("127.0.0.1", 81, frozenset({("127.0.0.1", 80)}))


def test_a_host_is_unknown_only_where_names_can_be_looked_up(monkeypatch: pytest.MonkeyPatch):
    def unknown(host: str, *_: object, **__: object) -> list[object]:
        if host == public_hosts.CONTROL and works:
            return [1]
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    works = True
    with pytest.raises(NoSuchHost):
        places("gone.org", 80, frozenset())
    works = False
    with pytest.raises(ResolverError) as error:
        places("gone.org", 80, frozenset())
    assert not isinstance(error.value, NoSuchHost)
    with pytest.raises(NoSuchHost):  # reserved: nobody can have it
        places("gone.invalid", 80, frozenset())


def test_a_name_that_turns_private_is_not_followed(monkeypatch: pytest.MonkeyPatch):
    """The name is looked up by the connection itself, once; there is no second answer to be fooled by."""
    asked = []

    def answer(host: str, port: int, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises((NotPublic, requests.exceptions.ConnectionError)):
        session(frozenset(), connect=1).get("http://rebinding.example.org/", timeout=1)
    assert asked == ["rebinding.example.org"]
