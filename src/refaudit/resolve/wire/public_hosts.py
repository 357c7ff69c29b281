"""Which hosts a manuscript may make this machine contact: public ones only, at every hop, whatever form their address takes.

A name is resolved once, every address it has is looked at, and the connection goes to one of these and no other, so that a
name cannot mean a public place when it is checked and a private one when it is used (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from refaudit.errors import ResolverError

if TYPE_CHECKING:
    import requests

VARIABLE = "REFAUDIT_WEB_ALLOW"
CONTROL = "doi.org"
"""A name that exists: where it cannot be looked up, it is the name service that is missing and not the host."""
_NEVER = (".invalid", ".test", ".example", ".localhost")  # RFC 2606 and 6761: no host is ever called so
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(ResolverError):  # noqa: N818  an answer rather than a fault
    """The address leads to this machine, to a local network, or to no host on the internet."""


class NoSuchHost(ResolverError):  # noqa: N818
    """The domain name system says that there is no such name."""


def allowed(environment: Mapping[str, str] | None = None) -> frozenset[tuple[str, int]]:
    """The private places that the environment (and nothing else) says may be contacted, as host and port."""
    env = os.environ if environment is None else environment
    places = set()
    for place in env.get(VARIABLE, "").split(","):
        host, _, port = place.strip().rpartition(":")
        if host and port.isascii() and port.isdigit() and len(port) <= 5:
            places.add((host.strip("[]").lower(), int(port)))
    return frozenset(places)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a host on the internet; IPv4 inside IPv6 (mapped, 6to4, NAT64, Teredo) counts as what it holds."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64 or int(ip) >> 32 == 0:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(one is not None and not is_public(str(one)) for one in inner):
            return False
    return ip.is_global and not ip.is_multicast


def places(host: str, port: int, permitted: frozenset[tuple[str, int]]) -> list[tuple[int, Any]]:
    """The socket family and address of each place that a host name or number stands for, all of them public or permitted.

    Raises NotPublic, NoSuchHost, or ResolverError when the name cannot be looked up now.
    """
    if "%" in host:
        raise NotPublic(f"{host} is an address of a local network")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        unknown = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        if host.lower().rstrip(".").endswith(_NEVER) or (unknown and _names_work()):
            raise NoSuchHost(f"there is no host {host}") from error
        raise ResolverError(f"the name {host} cannot be looked up now") from error
    except (UnicodeError, OverflowError, ValueError) as error:
        raise NoSuchHost(f"{host} is no name of a host") from error
    addresses: list[tuple[int, Any]] = [(family, address) for family, _, _, _, address in found]
    if (host.lower(), port) not in permitted and not all(is_public(str(address[0])) for _, address in addresses):
        raise NotPublic(f"{host} is not a public host")
    return addresses


def _names_work() -> bool:
    try:
        return bool(socket.getaddrinfo(CONTROL, 443, type=socket.SOCK_STREAM))
    except OSError:
        return False


def session(permitted: frozenset[tuple[str, int]], *, connect: float) -> requests.Session:
    """An HTTP session that connects to public hosts only; without proxies, credentials or cookies of the environment."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def pinned(host: str, port: int) -> socket.socket:
        failure: OSError | None = None
        for family, address in places(host, port, permitted)[:4]:
            line = socket.socket(family, socket.SOCK_STREAM)
            try:
                line.settimeout(connect)
                line.connect(address)
            except OSError as error:
                line.close()
                failure = error
            else:
                return line
        raise failure or OSError("no address")

    class Http(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return pinned(self._dns_host, self.port)

    class Https(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return pinned(self._dns_host, self.port)

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = Http

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls = Https

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            self.poolmanager.pool_classes_by_scheme = {"http": HttpPool, "https": HttpsPool}

    made = requests.Session()
    made.trust_env = False
    for scheme in ("http://", "https://"):
        made.mount(scheme, Adapter(max_retries=0))
    return made
