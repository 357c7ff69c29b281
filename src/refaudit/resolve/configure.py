"""From settings to a resolver: which services, at which addresses, and who may learn a mail address or a token."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from refaudit.config import CROSSREF_URL, DATACITE_URL, DOI_URL, WAYBACK_URL, Config, Sources
from refaudit.errors import ResolverError
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.pages import Pages
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.snapshot.record_codec import as_work
from refaudit.resolve.sources import content_negotiation, registration_agency, retraction_watch, wayback
from refaudit.resolve.sources.crossref import Crossref
from refaudit.resolve.sources.datacite import DataCite
from refaudit.resolve.sources.wayback import Wayback
from refaudit.resolve.wire import public_hosts
from refaudit.resolve.wire.cache import Cache, default_path, key
from refaudit.resolve.wire.transport import Service, Transport
from refaudit.resolve.wire.web import Web

_SERVICES = {
    "crossref_url": ("REFAUDIT_CROSSREF_URL", CROSSREF_URL),
    "doi_url": ("REFAUDIT_DOI_URL", DOI_URL),
    "datacite_url": ("REFAUDIT_DATACITE_URL", DATACITE_URL),
    "wayback_url": ("REFAUDIT_WAYBACK_URL", WAYBACK_URL),
}


def resolver(config: Config, environment: Mapping[str, str] | None = None) -> Resolver:
    """What answers for references under these settings.

    Reads REFAUDIT_CROSSREF_URL, REFAUDIT_DOI_URL, REFAUDIT_DATACITE_URL, REFAUDIT_WAYBACK_URL, REFAUDIT_WEB_ALLOW, REFAUDIT_MAILTO, CROSSREF_PLUS_TOKEN and
    REFAUDIT_CACHE_DIR. Raises ResolverError or InputError for a snapshot or list of retractions that cannot be used.
    """
    snapshot = Snapshot(config.snapshot) if config.snapshot else None
    notices = retraction_watch.load(config.retractions) if config.retractions else None
    if config.offline:
        return Resolver(snapshot=snapshot, transport=None, cache=None, notices=notices)
    line, cache = transport(config, environment), Cache(default_path())
    pages = None
    if config.web:
        web = Web(permitted=public_hosts.allowed(environment), stop=line.stop)
        pages = Pages(web, Wayback(line, cache, refresh=config.refresh), cache, refresh=config.refresh, archive=config.archive)
    return Resolver(snapshot=snapshot, transport=line, cache=cache, refresh=config.refresh, notices=notices, pages=pages)


def transport(config: Config, environment: Mapping[str, str] | None = None) -> Transport:
    """The connection to all services. Mail address and token go to the default hosts and to hosts set by environment or
    command line, never to one that a project's file sets."""
    env = os.environ if environment is None else environment
    mailto = config.mailto or env.get("REFAUDIT_MAILTO", "")
    token = env.get("CROSSREF_PLUS_TOKEN", "").strip()
    if not re.fullmatch(r"[!-~]*", token):
        raise ResolverError("CROSSREF_PLUS_TOKEN: not a token; it holds spaces or characters beyond ASCII")
    if mailto and not re.fullmatch(r"[^@\s<>()]{1,64}@[^@\s<>()]{1,255}", mailto):
        raise ResolverError(f"--mailto {mailto}: not a mail address")
    base = addresses(config, env)
    polite = {"single": 10.0, "list": 3.0} if mailto else {"single": 5.0, "list": 1.0}
    gentle = {"single": 5.0}
    services = (
        Service(
            name="Crossref",
            base=base.crossref_url,
            personal=_personal("crossref_url", config, env),
            token=token if _personal("crossref_url", config, env) else "",
            rates=polite,
            concurrency=3 if mailto else 1,
        ),
        Service(name=registration_agency.NAME, base=base.doi_url, rates=gentle, concurrency=2),
        Service(
            name="DataCite", base=base.datacite_url, personal=_personal("datacite_url", config, env), rates=gentle, concurrency=2
        ),
        Service(name=wayback.NAME, base=base.wayback_url, rates={"single": 0.4}),
        *content_negotiation.services(),
    )  # fmt: skip
    return Transport(services, mailto=mailto)


def addresses(config: Config, environment: Mapping[str, str] | None = None) -> Sources:
    """Where the services live: what the environment says, else the settings. Raises ResolverError for what is no address."""
    env = os.environ if environment is None else environment
    found = {}
    for field, (variable, _) in _SERVICES.items():
        address = env.get(variable) or getattr(config.sources, field)
        if not re.fullmatch(r"https?://[^\s/?#]{1,255}(?:/[^\s?#]{0,200})?", address):
            raise ResolverError(f"{variable} or [sources]: '{address}' is not the address of a service")
        found[field] = address
    return Sources(**found, trusted=config.sources.trusted)


def _personal(field: str, config: Config, env: Mapping[str, str]) -> bool:
    variable, default = _SERVICES[field]
    return bool(env.get(variable)) or config.sources.trusted or getattr(config.sources, field) == default


def stored_work(doi: str, config: Config) -> Mapping[str, Any] | None:
    """The Crossref work of a DOI from the snapshot or the cache, None when neither has it. Asks nobody."""
    if config.snapshot:
        found = Snapshot(config.snapshot).work(doi)
        if found:
            return found
    place = key(Crossref.name, addresses(config).crossref_url.rstrip("/"), "work", doi)
    cache = Cache(default_path())
    kept = cache.get([place]).get(place)
    cache.close()
    return kept.body if kept and isinstance(kept.body, dict) else None


def negotiable(doi: str, accept: str, config: Config) -> None:
    """Raise ResolverError unless doi.org leads to a server of a registration agency for a DOI in that form."""
    content_negotiation.Negotiation(transport(config), None).check(doi, accept)


def registered_work(doi: str, config: Config) -> Mapping[str, Any] | None:
    """The work of a DOI as Crossref or DataCite describes it now, None when neither does."""
    line = transport(config)
    for source in (Crossref(line, None), DataCite(line, None)):
        record = source.records([doi])[doi].record
        if record:
            return as_work(record, str(record.years[0]) if record.years else "")
    return None
