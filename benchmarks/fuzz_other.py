"""Fuzzing of what is read beside manuscripts: settings, baselines, reviews, and the answers of registries and pages."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.fuzz_seeds import HTML
from benchmarks.fuzz_target import Target

SETTINGS = b"""select = ["LNK", "DUP"]
ignore = ["REF009"]
fail-on = "warning"
min-confidence = 0.7
timeout = 30
offline = true
snapshot = "a.db"
baseline = "known.txt"
[per-file-ignores]
"drafts/*" = ["REF"]
[ignore-findings]
"RET051 smith2019" = "cited as retracted"
[sources]
crossref-url = "https://mirror.example/crossref"
"""
BASELINE = b"# refaudit baseline 1\npaper.md\tLNK001\tab12cd34\tabel 2018 has no entry\nb.md\tREF001\tffee0011\tno year\n"
REVIEW = json.dumps(
    {
        "refaudit_review": 1,
        "decisions": [{"path": "a.md", "code": "LNK001", "fingerprint": "ab12", "decision": "ask-author", "note": "why"}],
    }
).encode()
WORK: dict[str, Any] = {
    "DOI": "10.5555/mire.3", "type": "journal-article", "title": ["Water tables"], "author": [{"family": "Oks", "given": "P"}],
    "issued": {"date-parts": [[2018, 4]]}, "container-title": ["Mire Letters"], "volume": "3", "page": "40-52",
    "update-to": [{"DOI": "10.5555/x", "type": "retraction", "updated": {"date-parts": [[2020]]}}],
    "relation": {"is-preprint-of": [{"id": "10.5555/y", "id-type": "doi"}]},
}  # fmt: skip
RESOURCE: dict[str, Any] = {
    "id": "10.5555/mire.3",
    "attributes": {
        "titles": [{"title": "Water tables", "titleType": "Subtitle"}], "creators": [{"familyName": "Oks", "givenName": "P"}],
        "publicationYear": 2018, "container": {"title": "Mire Letters", "volume": "3"}, "dates": [{"date": "2018-04", "dateType": "Issued"}],
        "relatedIdentifiers": [{"relationType": "IsVersionOf", "relatedIdentifierType": "DOI", "relatedIdentifier": "10.5555/y"}],
    },
}  # fmt: skip


# One object with the fields of all further sources, as each reads those that it knows.
FURTHER: dict[str, Any] = {
    "id": "https://openalex.org/W77", "key": "conf/mire/Oks18", "paperId": "ab", "title": "Water tables", "doi": "https://doi.org/10.5555/mire.3",
    "publication_year": 2018, "year": "2018", "pubYear": "2018", "pubdate": "2018 Mar", "published": "2018-01-01", "publish_date": "March 2018",
    "publish_year": [2016], "date": 1509494400000, "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/4321"}, "biblio": {"volume": "3", "first_page": "4"},
    "primary_location": {"source": {"display_name": "Mire Letters"}}, "authorships": [{"raw_author_name": "P Oks", "author": {"display_name": "P Oks"}}],
    "authors": [{"name": "Pia Oks"}, "Risto Aalto"], "externalIds": {"DOI": "10.5555/mire.3", "ArXiv": "1801.00001"}, "journal": {"name": "Mire Letters"},
    "authorList": {"author": [{"lastName": "Oks", "firstName": "P"}, {"collectiveName": "Group"}]}, "authorString": "Oks P, Aalto R.",
    "journalInfo": {"volume": "3", "journal": {"title": "Mire letters"}}, "pubTypeList": {"pubType": ["Retracted Publication"]}, "pubtype": ["Article"],
    "commentCorrectionList": {"commentCorrection": [{"type": "Erratum in"}]}, "articleids": [{"idtype": "doi", "value": "10.5555/x"}], "pages": "140-52",
    "venue": ["MIRE 2018"], "type": "article", "identifiers": {"isbn_10": ["316148410X"]}, "isbn": ["316148410X"], "publishers": [{"name": "Fen Press"}],
}  # fmt: skip


def _settings(data: bytes) -> None:
    from refaudit.config import Config, load

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "refaudit.toml")
        path.write_bytes(data)
        load(path, Config())


def _baseline(data: bytes) -> None:
    from refaudit.baseline import load

    _of_file(data, load)


def _review(data: bytes) -> None:
    from refaudit.review import load

    _of_file(data, load)


def _of_file(data: bytes, load: Callable[[str], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "f")
        path.write_bytes(data)
        load(str(path))


def _answer(data: bytes) -> None:
    """An answer that is JSON is read as every source would read it; the others are refused where they arrive."""
    from refaudit.resolve.sources.arxiv import from_entry
    from refaudit.resolve.sources.catalogues import from_marc
    from refaudit.resolve.sources.dblp import from_hit
    from refaudit.resolve.sources.europe_pmc import from_europe_pmc
    from refaudit.resolve.sources.open_library import from_open_library
    from refaudit.resolve.sources.openalex import from_openalex
    from refaudit.resolve.sources.openreview import from_note
    from refaudit.resolve.sources.pubmed import from_summary
    from refaudit.resolve.sources.record import from_crossref, from_csl, from_datacite
    from refaudit.resolve.sources.semantic_scholar import from_paper

    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(value, dict):
        for record in (from_crossref(value), from_csl(value, source="doi.org", doi="10.5555/mire.3"), from_datacite(value)):
            repr(record).encode()
        for read in (
            from_entry,
            from_hit,
            from_europe_pmc,
            from_open_library,
            from_openalex,
            from_note,
            from_summary,
            from_paper,
        ):
            repr(read(value, "2026-01-15")).encode()
        repr(from_marc(value, "K10plus", "2026-01-15")).encode()


def _page(data: bytes) -> None:
    from refaudit.resolve.sources.page_metadata import read

    repr(read(data, "text/html", "https://example.org/a")).encode()


OTHERS: dict[str, tuple[Target, Callable[[bytes], None]]] = {
    "settings": (Target("f.toml", "settings", "text", (SETTINGS,), ("[", "]", "=", '"', "'", "[[a]]\n", "sources = 1\n", "inf", "nan")), _settings),
    "baseline": (Target("f.txt", "baseline", "text", (BASELINE,), ("\t", "\n", "#", "\r", "\x00")), _baseline),
    "review": (Target("f.json", "review", "json", (REVIEW,), ("[", "{", '"', "null", "1e999", ",")), _review),
    "answers": (Target("f.json", "answers", "json", tuple(json.dumps(one).encode() for one in (WORK, RESOURCE, FURTHER)),
                       ("null", "[]", "{}", "5", '"\\u00b2"', "-1", "1e999", '"DOI"', "true", ",")), _answer),
    "page": (Target("f.html", "page", "xml", (HTML.encode(),), ("<", ">", "&#xD800;", "<meta ", "<title>", '"', "charset=utf-7")), _page),
}  # fmt: skip
"""Name to what is changed, and who reads it: it refuses with a ConfigError of one line, or it reads."""
