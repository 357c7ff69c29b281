"""The sources after Crossref: what each is asked, what its answers become, and what its silence means. Answers are invented."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from refaudit.config import Config, Sources, load
from refaudit.errors import ConfigError
from refaudit.model import LookupStatus, Name, Record, Reference, Said, Span
from refaudit.parse.fields import read_fields
from refaudit.resolve.configure import asked, resolver, work_of_title
from refaudit.resolve.configure import transport as connect
from refaudit.resolve.sources.arxiv import Arxiv
from refaudit.resolve.sources.catalogues import Catalogues
from refaudit.resolve.sources.datacite import DataCite
from refaudit.resolve.sources.dblp import Dblp
from refaudit.resolve.sources.europe_pmc import EuropePmc
from refaudit.resolve.sources.open_library import OpenLibrary
from refaudit.resolve.sources.openalex import OpenAlex
from refaudit.resolve.sources.openreview import OpenReview
from refaudit.resolve.sources.protocol import Known, Question
from refaudit.resolve.sources.pubmed import PubMed
from refaudit.resolve.sources.semantic_scholar import SemanticScholar
from refaudit.resolve.wire import transport

pytestmark = pytest.mark.usefixtures("quick")

ASK = Question(
    text="Oksanen, P. (2018). Water tables of drained mires. arXiv.", title="Water tables of drained mires", authors=("Oksanen",)
)
PIA = Name(family="Oksanen", given="Pia")
API = {
    "openalex": "https://api.openalex.org",
    "europepmc": "https://www.ebi.ac.uk/europepmc/webservices/rest",
    "eutils": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    "arxiv": "https://export.arxiv.org/api/query",
    "dblp": "https://dblp.org/search/publ/api",
    "s2": "https://api.semanticscholar.org/graph/v1",
    "openlibrary": "https://openlibrary.org",
    "k10plus": "https://sru.k10plus.de/gvk",
}


def line(environment=None):
    return connect(Config(), environment or {"NONE": "set"})


def described(record):
    """What of a record the tests below are about."""
    return record.source, record.doi, record.type, record.title, record.authors, record.containers, record.years, record.url


WORK = {
    "id": "https://openalex.org/W77",
    "doi": None,
    "title": "Water tables of drained mires",
    "publication_year": 2018,
    "type": "article",
    "ids": {"openalex": "https://openalex.org/W77", "pmid": "https://pubmed.ncbi.nlm.nih.gov/4321"},
    "primary_location": {"source": {"display_name": "Mire Letters"}, "raw_source_name": "Mire Lett."},
    "biblio": {"volume": "3", "issue": None, "first_page": "40", "last_page": "52"},
    "authorships": [{"raw_author_name": "Pia Oksanen", "author": {"display_name": "P. Oksanen-Virtanen"}}],
}


def test_openalex_by_number_and_by_title(net):
    net.get(f"{API['openalex']}/works/pmid:4321", json=WORK)
    net.get(f"{API['openalex']}/works/pmid:9", status=404, body="<title>404 Not Found</title>", content_type="text/html")
    net.get(f"{API['openalex']}/works", json={"meta": {}, "results": [WORK]})
    source = OpenAlex(line({"REFAUDIT_OPENALEX_KEY": " key-1\n"}), None)
    replies = source.records(["pmid:4321", "pmid:9"])
    assert [reply.known for reply in replies.values()] == [Known.RECORD, Known.ABSENT]
    (found,) = source.search(ASK)
    assert found == replies["pmid:4321"].record
    expected = (
        "OpenAlex",
        "",
        "journal-article",
        "Water tables of drained mires",
        (PIA,),
        ("Mire Letters", "Mire Lett."),
        (2018,),
    )
    assert described(found) == (*expected, "https://openalex.org/W77")
    assert (found.pages, found.volume, found.compiled) == ("40-52", "3", True)
    assert parse_qs(urlsplit(net.calls[2].request.url).query)["filter"] == ["title.search:water tables of drained mires"]
    assert {call.request.headers["Authorization"] for call in net.calls} == {"Bearer key-1"}
    assert not any("key-1" in call.request.url for call in net.calls)


def test_without_a_key_none_is_sent(net):
    net.get(f"{API['openalex']}/works", json={"results": []})
    assert OpenAlex(line(), None).search(ASK) == []
    assert "Authorization" not in net.calls[0].request.headers


@pytest.mark.parametrize(
    ("status", "headers", "body", "told"),
    [
        (429, {"Retry-After": "43200"}, "{}", "what OpenAlex gives away in a day is used up (429)"),
        (401, {}, '{"error": "Invalid key"}', "OpenAlex does not accept the key that it was given (401)"),
        (200, {"Content-Type": "text/html"}, "<title>Making sure you're not a bot!</title>", "OpenAlex answers with a page that wants to see a person, not with data"),
        (500, {"Content-Type": "text/html"}, "<script id='anubis_challenge'></script>", "OpenAlex answers with a page that wants to see a person, not with data"),
    ],
    ids=["budget", "key", "page", "page-500"],
)  # fmt: skip
def test_what_is_no_answer_ends_the_asking_at_once(net, status, headers, body, told):
    net.get(f"{API['openalex']}/works", status=status, headers=headers, body=body)
    connection = line()
    for _ in range(2):
        with pytest.raises(transport.ResolverError) as error:
            OpenAlex(connection, None).search(ASK)
        assert str(error.value) == told
    assert connection.requests == 1


def test_a_short_pause_is_waited_for(net):
    net.get(f"{API['openalex']}/works", status=429, headers={"Retry-After": "0"})
    net.get(f"{API['openalex']}/works", json={"results": [WORK]})
    assert len(OpenAlex(line(), None).search(ASK)) == 1


ARTICLE = {
    "id": "4321",
    "source": "MED",
    "pmid": "4321",
    "pmcid": "PMC99",
    "title": "[Water tables of drained mires].",
    "authorList": {"author": [{"lastName": "Oksanen", "firstName": "Pia"}, {"collectiveName": "Mire Study Group"}]},
    "journalInfo": {"volume": "3", "issue": "2", "yearOfPublication": 2018, "journal": {"title": "Mire letters", "isoabbreviation": "Mire Lett"}},
    "pageInfo": "40-52",
    "pubYear": "2018",
    "abstractText": "kept by nobody",
    "pubTypeList": {"pubType": ["Retracted Publication", "Journal Article"]},
    "commentCorrectionList": {"commentCorrection": [{"type": "Retraction in", "reference": "Mire Lett. 2020"}]},
}  # fmt: skip


def test_europe_pmc_asks_for_many_numbers_at_once_and_tells_retractions(net):
    net.get(f"{API['europepmc']}/search", json={"hitCount": 1, "resultList": {"result": [ARTICLE]}})
    replies = EuropePmc(line(), None).records(["pmid:4321", "pmcid:pmc99", "pmid:5"])
    assert {one: reply.known for one, reply in replies.items()} == {
        "pmid:4321": Known.RECORD,
        "pmcid:pmc99": Known.RECORD,
        "pmid:5": Known.ABSENT,
    }
    query = parse_qs(urlsplit(net.calls[0].request.url).query)
    assert query["query"] == ["(EXT_ID:4321 AND SRC:MED) OR PMCID:PMC99 OR (EXT_ID:5 AND SRC:MED)"]
    found = replies["pmid:4321"].record
    assert described(found) == (
        "Europe PMC", "", "journal-article", "Water tables of drained mires", (PIA, Name(literal="Mire Study Group")),
        ("Mire letters", "Mire Lett"), (2018,), "https://europepmc.org/article/MED/4321",
    )  # fmt: skip
    assert [(update.kind, update.source) for update in found.updated_by] == [("retraction", "PubMed")]
    assert len(net.calls) == 1


def test_pubmed_by_number(net):
    summary = {
        "uid": "4321", "title": "Water tables of drained mires.", "authors": [{"name": "Oksanen P"}], "pubdate": "2018 Mar",
        "source": "Mire Lett", "fulljournalname": "Mire letters", "volume": "3", "pages": "140-52", "pubtype": ["Journal Article"],
        "articleids": [{"idtype": "doi", "value": "10.5555/MIRE.3"}],
    }  # fmt: skip
    body = {"result": {"uids": ["4321"], "4321": summary, "5": {"uid": "5", "error": "cannot get document summary"}}}
    net.get(f"{API['eutils']}/esummary.fcgi", json=body)
    replies = PubMed(line({"REFAUDIT_NCBI_KEY": "ncbi-1"}), None).records(["pmid:4321", "pmid:5"])
    assert replies["pmid:5"].known is Known.ABSENT
    found = replies["pmid:4321"].record
    assert (found.doi, found.title, found.authors, found.pages) == (
        "10.5555/mire.3",
        "Water tables of drained mires",
        (Name(family="Oksanen", given="P"),),
        "140-152",
    )
    assert parse_qs(urlsplit(net.calls[0].request.url).query)["api_key"] == ["ncbi-1"]


FEED = """<?xml version='1.0'?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:a="http://arxiv.org/schemas/atom">{}</feed>"""
PAPER = """<entry><id>http://arxiv.org/abs/1801.00001v2</id><title>Water  tables
  of drained mires</title><published>2018-01-01T00:00:00Z</published><author><name>Pia Oksanen</name></author>
  <a:doi>10.5555/mire.3</a:doi></entry>"""


def test_arxiv_by_number(net):
    net.get(API["arxiv"], body=FEED.format(PAPER), content_type="application/atom+xml")
    replies = Arxiv(line(), None).records(["arxiv:1801.00001", "arxiv:1801.00002", "arxiv:no number"])
    assert {one: reply.known for one, reply in replies.items()} == {
        "arxiv:1801.00001": Known.RECORD,
        "arxiv:1801.00002": Known.ABSENT,
    }
    found = replies["arxiv:1801.00001"].record
    assert described(found) == (
        "arXiv", "10.48550/arxiv.1801.00001", "preprint", "Water tables of drained mires", (PIA,), ("arXiv",), (2018,),
        "https://arxiv.org/abs/1801.00001",
    )  # fmt: skip
    assert found.relations == (("is-preprint-of", "10.5555/mire.3"),)


def test_an_error_of_arxiv_is_no_answer(net):
    entry = "<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title></entry>"
    net.get(API["arxiv"], body=FEED.format(entry), content_type="application/atom+xml")
    with pytest.raises(transport.ResolverError):
        Arxiv(line(), None).search(ASK)


def test_dblp_by_title(net):
    info = {
        "key": "conf/mire/Oksanen18", "title": "Water tables &amp; drained mires.", "venue": "MIRE", "year": "2018", "pages": "40-52",
        "type": "Conference and Workshop Papers", "authors": {"author": {"text": "Pia Oksanen 0001"}},
    }  # fmt: skip
    net.get(API["dblp"], json={"result": {"hits": {"@total": "1", "hit": [{"info": info}]}}})
    (found,) = Dblp(line(), None).search(ASK)
    assert described(found) == (
        "DBLP", "", "proceedings-article", "Water tables & drained mires", (PIA,), ("MIRE",), (2018,),
        "https://dblp.org/rec/conf/mire/Oksanen18",
    )  # fmt: skip


def test_dblp_has_no_hit(net):
    net.get(API["dblp"], json={"result": {"hits": {"@total": "0"}}})
    assert Dblp(line(), None).search(ASK) == []


def test_semantic_scholar(net):
    paper = {"paperId": "ab" * 20, "title": "Water tables of drained mires", "year": 2018, "venue": "Mire Letters", "journal": None,
             "authors": [{"name": "Pia Oksanen"}], "externalIds": {"DOI": "10.5555/MIRE.3"}}  # fmt: skip
    net.get(f"{API['s2']}/paper/search/match", json={"data": [paper]})
    net.get(f"{API['s2']}/paper/PMID:4321", status=404, json={"error": "Paper with id PMID:4321 not found"})
    source = SemanticScholar(line({"REFAUDIT_S2_KEY": "s2-1"}), None)
    (found,) = source.search(ASK)
    assert (found.doi, found.containers, found.authors) == ("10.5555/mire.3", ("Mire Letters",), (PIA,))
    assert source.records(["pmid:4321"])["pmid:4321"].known is Known.ABSENT
    assert {call.request.headers["x-api-key"] for call in net.calls} == {"s2-1"}


def test_open_library_by_number_and_title(net):
    book = {"url": "https://openlibrary.org/books/OL1M", "key": "/books/OL1M", "title": "Mires", "subtitle": "a natural history",
            "authors": [{"name": "Pia Oksanen"}], "publish_date": "March 2018", "publishers": [{"name": "Fen Press"}],
            "identifiers": {"isbn_10": ["316148410X"]}}  # fmt: skip
    work = {"key": "/works/OL2W", "title": "Mires", "author_name": ["Pia Oksanen"], "first_publish_year": 2016, "publish_year": [2016, 2018],
            "publisher": ["Fen Press"]}  # fmt: skip
    net.get(f"{API['openlibrary']}/api/books", json={"ISBN:9783161484100": book})
    net.get(f"{API['openlibrary']}/search.json", json={"numFound": 1, "docs": [work]})
    source = OpenLibrary(line(), None)
    found = source.records(["isbn:9783161484100", "isbn:9780000000002"])
    assert [reply.known for reply in found.values()] == [Known.RECORD, Known.ABSENT]
    record = found["isbn:9783161484100"].record
    assert (record.title, record.subtitle, record.years, record.isbns, record.publisher) == (
        "Mires", "a natural history", (2018,), ("9783161484100",), "Fen Press",
    )  # fmt: skip
    assert [(one.years, one.url) for one in source.search(ASK)] == [((2016, 2018), "https://openlibrary.org/works/OL2W")]
    assert "refaudit" in net.calls[0].request.headers["User-Agent"]


SRU = """<zs:searchRetrieveResponse xmlns:zs="http://www.loc.gov/zing/srw/"><zs:numberOfRecords>1</zs:numberOfRecords>{}</zs:searchRetrieveResponse>"""
MARC = """<zs:records><zs:record><zs:recordData><record xmlns="http://www.loc.gov/MARC21/slim"><controlfield tag="001">77</controlfield>
<datafield tag="020"><subfield code="a">3-16-148410-X (hbk.)</subfield></datafield>
<datafield tag="100"><subfield code="a">Oksanen, Pia</subfield></datafield>
<datafield tag="245"><subfield code="a">Mires :</subfield><subfield code="b">a natural history /</subfield></datafield>
<datafield tag="264"><subfield code="b">Fen Press,</subfield><subfield code="c">[2018]</subfield></datafield></record></zs:recordData></zs:record></zs:records>"""


def test_catalogues_stop_at_the_first_that_has_the_book(net):
    net.get(API["k10plus"], body=SRU.format(MARC), content_type="application/xml")
    reply = Catalogues(line(), None).records(["isbn:9783161484100"])["isbn:9783161484100"]
    assert reply.record == Record(
        source="K10plus", type="book", title="Mires", subtitle="a natural history", authors=(PIA,), years=(2018,), publisher="Fen Press",
        isbns=("9783161484100",), url="https://opac.k10plus.de/DB=2.299/PPNSET?PPN=77", retrieved_at=reply.record.retrieved_at,
        compiled=True,
    )  # fmt: skip
    assert len(net.calls) == 1


def test_a_diagnostic_of_a_catalogue_is_no_answer(net):
    told = '<zs:diagnostics><diag:diagnostic xmlns:diag="http://www.loc.gov/zing/srw/diagnostic/">no such index</diag:diagnostic></zs:diagnostics>'
    for url in (API["k10plus"], "https://services.dnb.de/sru/dnb", "http://lx2.loc.gov:210/LCDB"):
        net.get(url, body=SRU.format(told), content_type="application/xml")
    assert Catalogues(line(), None).records(["isbn:9783161484100"])["isbn:9783161484100"].known is Known.FAILED


@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: {"value": value}], ids=["first", "second"])
def test_openreview_in_both_versions_of_its_api(net, wrap):
    content = {
        "title": wrap("Water tables of drained mires"),
        "authors": wrap(["Pia Oksanen"]),
        "venue": wrap("MIRE 2018 Poster"),
    }
    net.get(
        "https://api2.openreview.net/notes", json={"notes": [{"id": "aBcD-12345", "cdate": 1509494400000, "content": content}]}
    )
    found = OpenReview(line(), None).records(["openreview:aBcD-12345"])["openreview:aBcD-12345"].record
    assert (found.title, found.authors, found.containers, found.years) == (
        "Water tables of drained mires",
        (PIA,),
        ("MIRE 2018 Poster",),
        (2017, 2018),
    )


def resource(doi):
    return {
        "id": doi,
        "attributes": {"titles": [{"title": "Water tables"}], "creators": [], "publicationYear": 2018, "dates": []},
    }


def test_datacite_asks_for_many_at_once(net):
    net.get("https://api.datacite.org/dois", json={"data": [resource("10.5281/ZENODO.1")]})
    replies = DataCite(line(), None).records(["10.5281/zenodo.1", "10.5281/zenodo.2"])
    assert [reply.known for reply in replies.values()] == [Known.RECORD, Known.ABSENT]
    assert parse_qs(urlsplit(net.calls[0].request.url).query)["query"] == ['doi:("10.5281/zenodo.1" OR "10.5281/zenodo.2")']


def test_a_server_of_datacite_without_lists_is_asked_one_by_one(net):
    net.get("https://api.datacite.org/dois", status=404, json={"errors": []})
    net.get("https://api.datacite.org/dois/10.5281%2Fzenodo.1", json={"data": resource("10.5281/zenodo.1")})
    net.get("https://api.datacite.org/dois/10.5281%2Fzenodo.2", status=404, json={"errors": []})
    replies = DataCite(line(), None).records(["10.5281/zenodo.1", "10.5281/zenodo.2"])
    assert [reply.known for reply in replies.values()] == [Known.RECORD, Known.ABSENT]


# -------------------------------------------------------------- who is asked


@pytest.mark.parametrize(
    ("config", "environment", "names"),
    [
        ({}, {}, ("crossref", "datacite", "openalex", "europepmc", "openreview", "arxiv", "openlibrary", "catalogues")),
        ({}, {"REFAUDIT_S2_KEY": "k"}, ("crossref", "datacite", "openalex", "s2", "europepmc", "openreview", "arxiv", "openlibrary", "catalogues")),
        ({}, {"REFAUDIT_CROSSREF_URL": "http://127.0.0.1:1"}, ("crossref", "datacite")),
        ({}, {"REFAUDIT_CROSSREF_URL": "http://127.0.0.1:1", "REFAUDIT_DBLP_URL": "http://127.0.0.1:1/d"}, ("crossref", "datacite", "dblp")),
        ({}, {"REFAUDIT_SOURCES": "dblp, crossref"}, ("dblp", "crossref")),
        ({"asked": ("arxiv",)}, {"REFAUDIT_SOURCES": "dblp"}, ("arxiv",)),
        ({"sources": Sources(asked=("openlibrary",))}, {}, ("openlibrary",)),
        ({"asked": ("s2", "acl")}, {}, ("acl",)),
    ],
)  # fmt: skip
def test_who_is_asked(config, environment, names):
    assert asked(Config(**config), environment) == names


def test_an_unknown_source_is_named_with_the_nearest():
    with pytest.raises(ConfigError) as error:
        asked(Config(), {"REFAUDIT_SOURCES": "crossref,openalx"})
    assert str(error.value) == "REFAUDIT_SOURCES: there is no source 'openalx'; did you mean 'openalex'?"


def test_sources_of_a_file(tmp_path):
    path = tmp_path / "refaudit.toml"
    path.write_text(
        '[sources]\nasked = ["crossref", "openalex"]\nopenalex-url = "https://mirror.example.org/o"\n', encoding="utf-8"
    )
    config = load(path, Config())
    assert (config.sources.asked, config.sources.openalex_url, config.sources.trusted) == (
        ("crossref", "openalex"),
        "https://mirror.example.org/o",
        False,
    )


def test_keys_stay_away_from_hosts_of_a_project_file(net):
    net.get("https://mirror.example.org/o/works", json={"results": []})
    sources = Sources(openalex_url="https://mirror.example.org/o", trusted=False)
    OpenAlex(connect(Config(sources=sources), {"REFAUDIT_OPENALEX_KEY": "key-1"}), None).search(ASK)
    assert "Authorization" not in net.calls[0].request.headers


# -------------------------------------------------------------- the plan and its verdicts

RAW = "Oksanen, P. (2018). Water tables of drained mires. Mire Letters, 3(2), 40-52."


def looked_up(tmp_path, monkeypatch, *raws, sources="crossref,openalex"):
    monkeypatch.setenv("REFAUDIT_CACHE_DIR", str(tmp_path))
    resolve = resolver(Config(), {"REFAUDIT_SOURCES": sources})
    entries = [Reference(id=f"r{number}", span=Span(0, len(raw)), raw=raw) for number, raw in enumerate(raws)]
    return resolve(read_fields(entries))


def nothing_at_crossref(net):
    net.get("https://api.crossref.org/works", json={"message-type": "work-list", "message": {"items": []}})


def said(lookup):
    return [(answer.source, answer.by, answer.said) for answer in lookup.answers]


def test_a_second_source_finds_what_the_first_does_not_have(net, tmp_path, monkeypatch):
    nothing_at_crossref(net)
    net.get(f"{API['openalex']}/works", json={"results": [WORK]})
    (lookup,) = looked_up(tmp_path, monkeypatch, RAW)
    assert (lookup.status, lookup.record.url) == (LookupStatus.FOUND, "https://openalex.org/W77")
    assert said(lookup) == [("Crossref", "search", Said.NO_RECORD), ("OpenAlex", "search", Said.FOUND)]


def test_two_witnesses_before_no_record(net, tmp_path, monkeypatch):
    nothing_at_crossref(net)
    net.get(f"{API['openalex']}/works", json={"results": []})
    (lookup,) = looked_up(tmp_path, monkeypatch, RAW)
    assert (lookup.status, lookup.asked) == (LookupStatus.NOT_FOUND, ("Crossref", "OpenAlex"))


def test_a_witness_that_does_not_answer_is_no_witness(net, tmp_path, monkeypatch):
    nothing_at_crossref(net)
    net.get(f"{API['openalex']}/works", status=429, headers={"Retry-After": "43200"}, json={})
    (lookup,) = looked_up(tmp_path, monkeypatch, RAW)
    assert (lookup.status, lookup.asked, lookup.detail) == (
        LookupStatus.UNAVAILABLE,
        ("Crossref",),
        "what OpenAlex gives away in a day is used up (429)",
    )
    assert said(lookup) == [("Crossref", "search", Said.NO_RECORD), ("OpenAlex", "search", Said.NOT_ASKED)]


def test_nobody_else_is_asked_for_what_crossref_has(net, tmp_path, monkeypatch):
    work = {"DOI": "10.5555/mire.3", "type": "journal-article", "title": ["Water tables of drained mires"], "volume": "3", "page": "40-52",
            "author": [{"family": "Oksanen", "given": "Pia"}], "issued": {"date-parts": [[2018]]}, "container-title": ["Mire Letters"]}  # fmt: skip
    net.get("https://api.crossref.org/works", json={"message-type": "work-list", "message": {"items": [work]}})
    (lookup,) = looked_up(tmp_path, monkeypatch, RAW, sources="crossref,openalex,europepmc,dblp")
    assert (lookup.status, len(net.calls)) == (LookupStatus.FOUND, 1)


def test_a_printed_number_is_asked_for_before_a_search(net, tmp_path, monkeypatch):
    net.get(f"{API['europepmc']}/search", json={"resultList": {"result": [ARTICLE]}})
    nothing_at_crossref(net)
    found, other = looked_up(
        tmp_path, monkeypatch, f"{RAW} PMID: 4321", "Vega, B. (2011). Bees of orchards in spring. Apidology Today, 7, 1-9. PMID: 4321",
        sources="crossref,europepmc",
    )  # fmt: skip
    assert (found.status, found.by, said(found)) == (LookupStatus.FOUND, "pmid", [("Europe PMC", "pmid", Said.FOUND)])
    assert (other.status, said(other)[0]) == (LookupStatus.NOT_FOUND, ("Europe PMC", "pmid", Said.ANOTHER_WORK))


def test_a_chapter_is_found_by_its_book(net, tmp_path, monkeypatch):
    nothing_at_crossref(net)
    work = {
        "key": "/works/OL2W",
        "title": "The natural history of mires",
        "author_name": ["Pia Oksanen"],
        "first_publish_year": 2018,
    }
    net.get(f"{API['openlibrary']}/search.json", json={"docs": [work]})
    raw = "Vega, B. (2018). Sedges. In P. Oksanen (Ed.), The natural history of mires (pp. 40-52). Oulu: Fen Press."
    (lookup,) = looked_up(tmp_path, monkeypatch, raw, sources="crossref,openlibrary")
    assert (lookup.status, lookup.record.url) == (LookupStatus.FOUND, "https://openlibrary.org/works/OL2W")


def test_a_number_of_a_series_leads_to_its_doi(net, tmp_path, monkeypatch):
    work = {
        "DOI": "10.17487/rfc9999",
        "type": "report",
        "title": ["Carrying Water in Packets"],
        "author": [{"family": "Oksanen"}],
    }
    net.get("https://api.crossref.org/works", json={"message-type": "work-list", "message": {"items": [work]}})
    (lookup,) = looked_up(tmp_path, monkeypatch, "Oksanen, P. (2021). Carrying Water in Packets. RFC 9999.", sources="crossref")
    assert (lookup.status, lookup.by, lookup.doi_registered) == (LookupStatus.FOUND, "doi", None)
    assert json.loads(json.dumps(lookup.record.doi)) == "10.17487/rfc9999"


# -------------------------------------------------------------- citing by title


def titled(tmp_path, monkeypatch, title):
    monkeypatch.setenv("REFAUDIT_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("REFAUDIT_SOURCES", "crossref,openalex")
    return work_of_title(title, Config())


def test_a_work_of_a_title_comes_from_the_first_source_that_has_it(net, tmp_path, monkeypatch):
    nothing_at_crossref(net)
    net.get(
        f"{API['openalex']}/works",
        json={"results": [WORK, {**WORK, "id": "https://openalex.org/W78", "title": "Water tables of fens"}]},
    )
    record, work = titled(tmp_path, monkeypatch, "Water tables of drained mires")
    assert (record.source, work["URL"], work["title"], work["issued"]) == (
        "OpenAlex",
        "https://openalex.org/W77",
        ["Water tables of drained mires"],
        {"date-parts": [[2018]]},
    )


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ([], "Water tables of drained mires: no source has a work of this title"),
        (
            [WORK, {**WORK, "id": "https://openalex.org/W9", "authorships": [{"raw_author_name": "Bo Vega"}]}],
            "Water tables of drained mires: several works have this title; give the DOI: https://openalex.org/W77, https://openalex.org/W9",
        ),
    ],
)
def test_what_is_not_one_work_is_told(net, tmp_path, monkeypatch, results, told):
    nothing_at_crossref(net)
    net.get(f"{API['openalex']}/works", json={"results": results})
    with pytest.raises(transport.ResolverError) as error:
        titled(tmp_path, monkeypatch, "Water tables of drained mires")
    assert str(error.value) == told


def test_a_paper_cited_as_dblp_does_leads_to_its_number(net, tmp_path, monkeypatch):
    nothing_at_crossref(net)
    net.get(API["arxiv"], body=FEED.format(PAPER), content_type="application/atom+xml")
    raw = "Oksanen, P. (2018). Water tables of drained mires. CoRR, abs/1801.00001."
    (lookup,) = looked_up(tmp_path, monkeypatch, raw, sources="crossref,arxiv")
    assert (lookup.status, lookup.by, lookup.record.doi) == (LookupStatus.FOUND, "arxiv", "10.48550/arxiv.1801.00001")
