"""Whoever describes works, one module each behind one protocol (``protocol.Source``), and the table of those that can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from refaudit.resolve.sources import (
    arxiv,
    catalogues,
    crossref,
    datacite,
    dblp,
    europe_pmc,
    open_library,
    openalex,
    openreview,
    pubmed,
    semantic_scholar,
)
from refaudit.resolve.sources.protocol import Source
from refaudit.resolve.wire.transport import Access, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the table: how a source is made of a connection and a cache, and the services that it asks.

    ``addresses`` are the fields of ``config.Sources`` that hold theirs, in the same order; ``key`` is the environment variable of
    the user's key, and ``needs_key`` keeps the source from being asked without one.
    """

    make: Callable[..., Source]
    services: tuple[Callable[[Access], Service], ...]
    addresses: tuple[str, ...]
    key: str = ""
    needs_key: bool = False


# In the order in which they are asked where nobody says otherwise: the cheapest that can know first.
TABLE: Mapping[str, Entry] = {
    "crossref": Entry(
        make=crossref.Crossref, services=(crossref.service,), addresses=("crossref_url",), key="CROSSREF_PLUS_TOKEN"
    ),
    "datacite": Entry(make=datacite.DataCite, services=(datacite.service,), addresses=("datacite_url",)),
    "openalex": Entry(
        make=openalex.OpenAlex, services=(openalex.service,), addresses=("openalex_url",), key="REFAUDIT_OPENALEX_KEY"
    ),
    "s2": Entry(
        make=semantic_scholar.SemanticScholar,
        services=(semantic_scholar.service,),
        addresses=("s2_url",),
        key="REFAUDIT_S2_KEY",
        needs_key=True,
    ),
    "europepmc": Entry(make=europe_pmc.EuropePmc, services=(europe_pmc.service,), addresses=("europepmc_url",)),
    "pubmed": Entry(make=pubmed.PubMed, services=(pubmed.service,), addresses=("eutils_url",), key="REFAUDIT_NCBI_KEY"),
    "openreview": Entry(make=openreview.OpenReview, services=(openreview.service,), addresses=("openreview_url",)),
    "dblp": Entry(make=dblp.Dblp, services=(dblp.service,), addresses=("dblp_url",)),
    "arxiv": Entry(make=arxiv.Arxiv, services=(arxiv.service,), addresses=("arxiv_url",)),
    "openlibrary": Entry(make=open_library.OpenLibrary, services=(open_library.service,), addresses=("openlibrary_url",)),
    "catalogues": Entry(
        make=catalogues.Catalogues, services=catalogues.services(), addresses=("k10plus_url", "dnb_url", "loc_url")
    ),
}
