"""From settings to a resolver: which services, at which addresses, and who may learn a mail address or a token."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from refaudit.config import Config, Sources, parse_sources
from refaudit.errors import ResolverError
from refaudit.model import Record
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.match.decide import of_title
from refaudit.resolve.pages import Pages
from refaudit.resolve.snapshot.reading import Snapshot
from refaudit.resolve.snapshot.record_codec import as_work
from refaudit.resolve.sources import TABLE, content_negotiation, registration_agency, retraction_watch, wayback
from refaudit.resolve.sources.crossref import Crossref
from refaudit.resolve.sources.datacite import DataCite
from refaudit.resolve.sources.protocol import Question
from refaudit.resolve.sources.wayback import Wayback
from refaudit.resolve.wire import public_hosts
from refaudit.resolve.wire.cache import Cache, default_path, key
from refaudit.resolve.wire.transport import Access, Service, Transport
from refaudit.resolve.wire.web import Web
from refaudit.text import letters

_SERVICES: Mapping[str, str] = {
    "crossref_url": "REFAUDIT_CROSSREF_URL",
    "doi_url": "REFAUDIT_DOI_URL",
    "datacite_url": "REFAUDIT_DATACITE_URL",
    "wayback_url": "REFAUDIT_WAYBACK_URL",
    "openalex_url": "REFAUDIT_OPENALEX_URL",
    "europepmc_url": "REFAUDIT_EUROPEPMC_URL",
    "eutils_url": "REFAUDIT_EUTILS_URL",
    "arxiv_url": "REFAUDIT_ARXIV_URL",
    "dblp_url": "REFAUDIT_DBLP_URL",
    "s2_url": "REFAUDIT_S2_URL",
    "openreview_url": "REFAUDIT_OPENREVIEW_URL",
    "openlibrary_url": "REFAUDIT_OPENLIBRARY_URL",
    "k10plus_url": "REFAUDIT_K10PLUS_URL",
    "dnb_url": "REFAUDIT_DNB_URL",
    "loc_url": "REFAUDIT_LOC_URL",
}
"""The environment variable that moves a service, by the setting that does."""
_USUAL = ("crossref", "datacite", "openalex", "s2", "europepmc", "openreview", "arxiv", "openlibrary", "catalogues")
"""Who is asked where nobody says otherwise: not those that turn programs away (DBLP), nor those whose works another has (PubMed)."""


def resolver(config: Config, environment: Mapping[str, str] | None = None) -> Resolver:
    """What answers for references under these settings.

    Reads REFAUDIT_SOURCES, REFAUDIT_<NAME>_URL, the keys of ``sources.TABLE``, REFAUDIT_WEB_ALLOW, REFAUDIT_MAILTO and
    REFAUDIT_CACHE_DIR. Raises ResolverError, ConfigError or InputError for settings, a snapshot or a list of retractions that
    cannot be used.
    """
    snapshot = Snapshot(config.snapshot) if config.snapshot else None
    notices = retraction_watch.load(config.retractions) if config.retractions else None
    if config.offline:
        return Resolver(snapshot=snapshot, transport=None, cache=None, notices=notices)
    env = os.environ if environment is None else environment
    names, in_order = asked(config, env), bool(_chosen(config, env))
    line, cache = transport(config, environment), Cache(default_path())
    pages = None
    if config.web:
        web = Web(permitted=public_hosts.allowed(environment), stop=line.stop)
        pages = Pages(web, Wayback(line, cache, refresh=config.refresh), cache, refresh=config.refresh, archive=config.archive)
    return Resolver(
        snapshot=snapshot,
        transport=line,
        cache=cache,
        refresh=config.refresh,
        notices=notices,
        pages=pages,
        asked=names,
        in_order=in_order,
    )


def asked(config: Config, environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The names of the sources to ask, in order: those of the command line, REFAUDIT_SOURCES, the settings, or the usual ones.

    Of the usual ones a source that needs a key is asked only with it. Who sets another address for Crossref works with a mirror,
    or without the public network: then only those are usual whose address is set as well. Raises ConfigError.
    """
    env = os.environ if environment is None else environment
    chosen = _chosen(config, env)
    if chosen:
        return tuple(name for name in chosen if name not in TABLE or not TABLE[name].needs_key or _key(TABLE[name].key, env))
    base = addresses(config, env)

    def moved(name: str) -> bool:
        return any(getattr(base, field) != getattr(Sources(), field) for field in TABLE[name].addresses)

    own = [name for name in TABLE if moved(name) and (name in _USUAL or env.get(_SERVICES[TABLE[name].addresses[0]]))]
    if moved("crossref"):
        return tuple(name for name in TABLE if name in ("crossref", "datacite") or name in own)
    return tuple(
        name for name in TABLE if (name in _USUAL or name in own) and (not TABLE[name].needs_key or _key(TABLE[name].key, env))
    )


def _chosen(config: Config, env: Mapping[str, str]) -> tuple[str, ...]:
    return config.asked or parse_sources(env.get("REFAUDIT_SOURCES", ""), where="REFAUDIT_SOURCES") or config.sources.asked


def _key(variable: str, env: Mapping[str, str]) -> str:
    """A user's key without the space around it. Raises ResolverError, not showing it, for what can be none."""
    key = env.get(variable, "").strip() if variable else ""
    if not re.fullmatch(r"[!-~]*", key):
        raise ResolverError(f"{variable}: not a token; it holds spaces or characters beyond ASCII")
    return key


def transport(config: Config, environment: Mapping[str, str] | None = None) -> Transport:
    """The connection to all services. Mail address and keys go to the default hosts and to hosts set by environment or
    command line, never to one that a project's file sets."""
    env = os.environ if environment is None else environment
    mailto = config.mailto or env.get("REFAUDIT_MAILTO", "")
    if mailto and not re.fullmatch(r"[^@\s<>()]{1,64}@[^@\s<>()]{1,255}", mailto):
        raise ResolverError(f"--mailto {mailto}: not a mail address")
    base = addresses(config, env)
    gentle = {"single": 5.0}
    further = []
    for entry in TABLE.values():
        key = _key(entry.key, env)
        for field, made in zip(entry.addresses, entry.services, strict=True):
            trusted = _personal(field, config, env)
            further.append(
                made(Access(base=getattr(base, field), personal=trusted, polite=bool(mailto), key=key if trusted else ""))
            )
    services = (
        *further,
        Service(name=registration_agency.NAME, base=base.doi_url, rates=gentle, concurrency=2),
        Service(name=wayback.NAME, base=base.wayback_url, rates={"single": 0.4}),
        *content_negotiation.services(),
    )
    return Transport(services, mailto=mailto)


def addresses(config: Config, environment: Mapping[str, str] | None = None) -> Sources:
    """Where the services live: what the environment says, else the settings. Raises ResolverError for what is no address."""
    env = os.environ if environment is None else environment
    found: dict[str, Any] = {}
    for field, variable in _SERVICES.items():
        address = env.get(variable) or getattr(config.sources, field)
        if not re.fullmatch(r"https?://[^\s/?#]{1,255}(?:/[^\s?#]{0,200})?", address):
            raise ResolverError(f"{variable} or [sources]: '{address}' is not the address of a service")
        found[field] = address.rstrip("/")
    return replace(config.sources, **found)


def _personal(field: str, config: Config, env: Mapping[str, str]) -> bool:
    return (
        bool(env.get(_SERVICES[field])) or config.sources.trusted or getattr(config.sources, field) == getattr(Sources(), field)
    )


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


def work_of_title(title: str, config: Config) -> tuple[Record, Mapping[str, Any]]:
    """The one work of a title, from the snapshot or the first source that has it, and the same in the words of Crossref's API.

    Raises ResolverError where there is none, where several have the title, and saying who could not be asked.
    """
    if len(letters(title)) < 8:
        raise ResolverError(f"{title}: neither a DOI nor a title that could be looked for")
    question, failed = Question(text=title, title=title), []
    found = of_title(title, Snapshot(config.snapshot).search(title)) if config.snapshot else []
    if not found and not config.offline:
        line = transport(config)
        for source in (TABLE[name].make(line, Cache(default_path())) for name in asked(config) if name in TABLE):
            try:
                found = of_title(title, source.search(question))
            except ResolverError as error:
                failed.append(str(error))
            if found or line.cut_off:
                break
    if not found:
        raise ResolverError(
            f"{title}: no source has a work of this title" + (f" (no answer: {'; '.join(failed)})" if failed else "")
        )
    if len(found) > 1:
        raise ResolverError(f"{title}: several works have this title; give the DOI: {', '.join(one.url for one in found[:5])}")
    return found[0], as_work(found[0], str(found[0].years[0]) if found[0].years else "")
