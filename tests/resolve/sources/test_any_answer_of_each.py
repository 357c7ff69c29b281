"""Any value at any place of the answer of any source costs what stands there: never an error, never the other works beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refaudit.errors import ResolverError
from refaudit.resolve.sources.arxiv import Arxiv
from refaudit.resolve.sources.catalogues import Catalogues
from refaudit.resolve.sources.content_negotiation import Negotiation
from refaudit.resolve.sources.crossref import Crossref
from refaudit.resolve.sources.datacite import DataCite
from refaudit.resolve.sources.dblp import Dblp
from refaudit.resolve.sources.europe_pmc import EuropePmc
from refaudit.resolve.sources.open_library import OpenLibrary
from refaudit.resolve.sources.openalex import OpenAlex
from refaudit.resolve.sources.openreview import OpenReview
from refaudit.resolve.sources.protocol import Known, Question
from refaudit.resolve.sources.pubmed import PubMed
from refaudit.resolve.sources.registration_agency import Agencies
from refaudit.resolve.sources.semantic_scholar import SemanticScholar
from refaudit.resolve.sources.wayback import Wayback
from refaudit.resolve.wire.cache import Stored
from refaudit.resolve.wire.transport import Answer
from tests.resolve.sources.test_any_answer import ANYTHING, QUICKLY, RESOURCE, WORK, _plain, works

ASK = Question(
    text="Oksanen, P. (2018). Water tables of drained mires.", title="Water tables of drained mires", authors=("Oksanen",)
)
TITLE = "Water tables of drained mires"


class Line:
    """A connection that gives one body to every question, as the real one does: only where ``valid`` accepts it."""

    def __init__(self, body: Any) -> None:
        self.body = body

    def base(self, name: str) -> str:
        return f"https://{name.replace(' ', '').lower()}.example.org"

    def get(self, name: str, path: str, *, valid: Any, **asked: Any) -> Answer:
        given = self.body
        if path.startswith("/dois/"):  # DataCite is asked for one alone by another route
            given = {"data": next(one for one in self.body["data"] if path.endswith(one["id"].replace("/", "%2F")))}
        body = given if isinstance(given, bytes) else json.dumps(given).encode()
        answer = Answer(status=200, headers={"content-type": "application/json"}, body=body)
        if not valid(answer):
            raise ResolverError(f"{name} sent an answer that is not its own")
        return answer


class Kept:
    """A cache in memory."""

    def __init__(self) -> None:
        self.answers: dict[str, Stored] = {}

    def get(self, keys: Any) -> dict[str, Stored]:
        return {one: self.answers[one] for one in keys if one in self.answers}

    def put(self, answers: Any) -> None:
        for place, kind, value in answers:
            self.answers[place] = Stored(kind, 1_700_000_000.0, json.loads(json.dumps(value)))


@dataclass(frozen=True)
class Case:
    """A client, a good answer, what is asked for with it, and where in the answer the first of two works stands (None: one alone)."""

    client: Any
    answer: Any
    asked: tuple[str, ...]
    first: tuple[str | int, ...] | None = None


OPENALEX = {
    "id": "https://openalex.org/W77", "doi": None, "title": TITLE, "publication_year": 2018, "type": "article",
    "ids": {"openalex": "https://openalex.org/W77", "pmid": "https://pubmed.ncbi.nlm.nih.gov/4321"},
    "primary_location": {"source": {"display_name": "Mire Letters"}, "raw_source_name": "Mire Lett."},
    "biblio": {"volume": "3", "issue": None, "first_page": "40", "last_page": "52"},
    "authorships": [{"raw_author_name": "Pia Oksanen", "author": {"display_name": "P. Oksanen"}}],
}  # fmt: skip
PAPER = {
    "paperId": "ab" * 20, "title": TITLE, "year": 2018, "venue": "Mire Letters", "journal": {"name": "Mire Letters", "volume": "3", "pages": "40"},
    "authors": [{"name": "Pia Oksanen"}], "externalIds": {"DOI": "10.5555/MIRE.3", "ArXiv": "1801.00001", "PubMed": "4321"},
}  # fmt: skip
ARTICLE = {
    "id": "4321", "source": "MED", "pmid": "4321", "pmcid": "PMC99", "doi": "10.5555/mire.3", "title": f"[{TITLE}].", "authorString": "Oksanen P, Aalto R.",
    "authorList": {"author": [{"lastName": "Oksanen", "firstName": "Pia"}, {"collectiveName": "Mire Study Group"}]}, "pubYear": "2018",
    "journalInfo": {"volume": "3", "issue": "2", "yearOfPublication": 2018, "journal": {"title": "Mire letters"}}, "pageInfo": "40-52",
    "pubTypeList": {"pubType": ["Retracted Publication"]}, "commentCorrectionList": {"commentCorrection": [{"type": "Retraction in"}]},
}  # fmt: skip
SUMMARY = {
    "uid": "4321", "title": f"{TITLE}.", "authors": [{"name": "Oksanen P"}], "pubdate": "2018 Mar", "epubdate": "", "source": "Mire Lett",
    "fulljournalname": "Mire letters", "volume": "3", "pages": "140-52", "pubtype": ["Journal Article"],
    "articleids": [{"idtype": "doi", "value": "10.5555/MIRE.3"}],
}  # fmt: skip
INFO = {"key": "conf/mire/Oksanen18", "title": f"{TITLE}.", "venue": ["MIRE"], "year": "2018", "type": "Journal Articles", "doi": "10.5555/MIRE.3",
        "authors": {"author": [{"text": "Pia Oksanen 0001"}, "Risto Aalto"]}}  # fmt: skip
BOOK = {"key": "/books/OL1M", "title": "Mires", "subtitle": "a natural history", "authors": [{"name": "Pia Oksanen"}], "publish_date": "March 2018",
        "publishers": [{"name": "Fen Press"}], "identifiers": {"isbn_10": ["316148410X"]}}  # fmt: skip
FOUND = {"key": "/works/OL2W", "title": "Mires", "author_name": ["Pia Oksanen"], "first_publish_year": 2016, "publish_year": [2016, 2018],
         "publisher": ["Fen Press"], "isbn": ["316148410X"]}  # fmt: skip
NOTE = {"id": "aBcD-12345", "cdate": 1509494400000, "content": {"title": {"value": TITLE}, "authors": {"value": ["Pia Oksanen"]},
        "venue": "MIRE 2018 Poster"}}  # fmt: skip
OTHER_WORK = {**WORK, "DOI": "10.5555/mire.4"}
OTHER_RESOURCE = {**RESOURCE, "id": "10.5555/mire.4"}
PMIDS = ("pmid:4321", "pmid:4322")

CASES = {
    "Crossref": Case(Crossref, works(WORK, OTHER_WORK), ("10.5555/mire.3", "10.5555/mire.4"), ("message", "items", 0)),
    "DataCite": Case(DataCite, {"data": [RESOURCE, OTHER_RESOURCE]}, ("10.5555/mire.3", "10.5555/mire.4"), ("data", 0)),
    "OpenAlex, works": Case(OpenAlex, OPENALEX, PMIDS[:1]),
    "OpenAlex, lists": Case(OpenAlex, {"meta": {}, "results": [OPENALEX, OPENALEX]}, ()),
    "Semantic Scholar, papers": Case(SemanticScholar, PAPER, ("10.5555/mire.3", "pmid:4321", "arxiv:1801.00001")),
    "Semantic Scholar, matches": Case(SemanticScholar, {"data": [PAPER]}, ()),
    "Europe PMC": Case(
        EuropePmc, {"resultList": {"result": [ARTICLE, {**ARTICLE, "pmid": "4322", "pmcid": "PMC98", "doi": ""}]}}, PMIDS, ("resultList", "result", 0)
    ),
    "PubMed": Case(
        PubMed,
        {"result": {"uids": [], "4321": SUMMARY, "4322": SUMMARY}, "esearchresult": {"idlist": ["4321", "4322"]}},
        PMIDS,
        ("result", "4321"),
    ),
    "DBLP": Case(Dblp, {"result": {"hits": {"@total": "2", "hit": [{"info": INFO}, {"info": INFO}]}}}, ()),
    "Open Library, books": Case(
        OpenLibrary, {"ISBN:9783161484100": BOOK, "ISBN:9780306406157": BOOK}, ("isbn:9783161484100", "isbn:9780306406157"), ("ISBN:9783161484100",)
    ),
    "Open Library, works": Case(OpenLibrary, {"numFound": 2, "docs": [FOUND, FOUND]}, ()),
    "OpenReview": Case(OpenReview, {"notes": [NOTE]}, ("openreview:aBcD-12345",)),
    "doi.org": Case(Negotiation, WORK, ("10.5555/mire.3",)),
}  # fmt: skip


def places(value: Any, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to every value of a JSON text, the whole of it included."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(place for name, one in inner for place in places(one, (*here, name)))]


def changed(value: Any, place: tuple[str | int, ...], new: Any) -> Any:
    """A copy with another value at one place."""
    if not place:
        return new
    whole = json.loads(json.dumps(value))  # not deepcopy: two works of one answer share their parts here
    inner = whole
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = new
    return whole


def ask(case: Case, body: object, cache: Kept) -> tuple[dict[str, Any], list[Any] | str]:
    """The replies by identifier, and what a search gives: records, or why there is no answer."""
    source = case.client(Line(body), cache)
    replies = dict(source.records(case.asked))
    if not hasattr(source, "search"):
        return replies, []
    try:
        return replies, list(source.search(ASK))
    except ResolverError as error:
        return replies, str(error)


def undated(reply: Any) -> Any:
    """A reply without the day on which it came."""
    return replace(reply, record=replace(reply.record, retrieved_at="")) if reply.record else reply


@pytest.mark.parametrize("name", CASES)
def test_the_good_answer_is_read(name):
    case = CASES[name]
    replies, found = ask(case, case.answer, Kept())
    assert {one: reply.known for one, reply in replies.items()} == dict.fromkeys(case.asked, Known.RECORD)
    assert case.asked or (isinstance(found, list) and found)


@pytest.mark.parametrize("name", CASES)
@QUICKLY
@given(data=st.data())
def test_any_value_at_any_place_costs_only_what_stands_there(name, data):
    case, cache = CASES[name], Kept()
    good, good_found = ask(case, case.answer, Kept())
    place = data.draw(st.sampled_from(places(case.answer)))
    replies, found = ask(case, changed(case.answer, place, data.draw(ANYTHING)), cache)
    assert set(replies) == set(case.asked)
    for reply in replies.values():
        _plain(reply.record)
        assert (reply.known is Known.RECORD) == (reply.record is not None)
    for record in found if isinstance(found, list) else ():
        _plain(record)
    if case.first and place[: len(case.first)] == case.first:  # the second work has lost nothing
        assert undated(replies[case.asked[1]]) == undated(good[case.asked[1]])
    again, found_again = ask(case, case.answer, cache)  # what could not be read is not kept
    for one, reply in replies.items():
        if reply.known in (Known.FAILED, Known.ELSEWHERE):
            assert undated(again[one]) == undated(good[one])
    if isinstance(found, str):
        assert found_again == good_found


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.first])
@pytest.mark.parametrize("odd", [5, None, [], {}, "x", True])
def test_a_work_that_is_none_is_one_that_could_not_be_checked(name, odd):
    """An entry of a list that is no description says of no work that it is absent, and of the other nothing."""
    case = CASES[name]
    replies, _ = ask(case, changed(case.answer, case.first, odd), Kept())
    first, second = (replies[one].known for one in case.asked)
    # lists of the registries of DOIs: absent there leads to the route of single works, or to doi.org
    assert first in ((Known.FAILED, Known.ABSENT) if name in ("Crossref", "DataCite") else (Known.FAILED,))
    assert second is Known.RECORD


@pytest.mark.parametrize(
    ("client", "answer", "asked"),
    [
        (OpenAlex, {**OPENALEX, "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/99"}}, "pmid:4321"),
        (SemanticScholar, PAPER, "pmid:99"),
        (SemanticScholar, PAPER, "10.5555/mire.9"),
        (OpenReview, {"notes": [NOTE]}, "openreview:another1"),
        (Negotiation, WORK, "10.5555/mire.9"),
    ],
)
def test_a_work_of_another_identifier_is_no_answer_and_no_silence(client, answer, asked):
    cache = Kept()
    reply = client(Line(answer), cache).records([asked])[asked]
    assert (reply.known in (Known.FAILED, Known.ELSEWHERE), reply.record, cache.answers) == (True, None, {})


def test_a_search_of_which_a_part_can_be_read_gives_that_part_and_is_not_kept():
    cache = Kept()
    found = OpenAlex(Line({"results": [5, OPENALEX]}), cache).search(ASK)
    assert ([record.title for record in found], cache.answers) == ([TITLE], {})
    with pytest.raises(ResolverError, match=r"^what OpenAlex sent cannot be read$"):
        OpenAlex(Line({"results": [5]}), cache).search(ASK)


# ---------------------------------------------------------------- rows and XML

ROWS = [["timestamp", "original"], ["20190501000000", "https://example.org/a?b=1&copy=2"]]


@QUICKLY
@given(data=st.data())
def test_any_value_in_the_index_of_the_archive(data):
    cache = Kept()
    try:
        found = Wayback(Line(changed(ROWS, data.draw(st.sampled_from(places(ROWS))), data.draw(ANYTHING))), cache).nearest(
            "https://a.org/", "2019"
        )
    except ResolverError:
        assert cache.answers == {}
    else:
        assert found is None or (found.url.encode() and found.url.isprintable() and len(found.day) == 10)


def test_a_copy_of_the_archive():
    found = Wayback(Line(ROWS), Kept()).nearest("https://example.org/a", "2019")
    assert (found.url, found.day) == ("https://web.archive.org/web/20190501000000/https://example.org/a?b=1&copy=2", "2019-05-01")


@QUICKLY
@given(data=st.data())
def test_any_value_in_the_answer_of_doi_org_about_agencies(data):
    rows = [{"DOI": "10.5555/mire.3", "RA": "JaLC"}, {"DOI": "10.5555/mire.4", "RA": "mEDRA"}]
    place = data.draw(st.sampled_from(places(rows)))
    found = Agencies(Line(changed(rows, place, data.draw(ANYTHING))), None).of(["10.5555/mire.3", "10.5555/mire.4"])
    assert all(isinstance(agency, str) for agency in found.values())
    if place[:1] == (0,):
        assert found["10.5555/mire.4"] == "mEDRA"


FEED = """<?xml version='1.0'?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:a="http://arxiv.org/schemas/atom"><entry><id>http://arxiv.org/abs/1801.00001v2</id>
<title>Water tables</title><published>2018-01-01T00:00:00Z</published><author><name>Pia Oksanen</name></author><a:doi>10.5555/m</a:doi></entry></feed>"""
SRU = """<zs:searchRetrieveResponse xmlns:zs="http://www.loc.gov/zing/srw/"><zs:records><zs:record><zs:recordData>
<record xmlns="http://www.loc.gov/MARC21/slim"><controlfield tag="001">77</controlfield><datafield tag="020"><subfield code="a">316148410X</subfield></datafield>
<datafield tag="100"><subfield code="a">Oksanen, Pia</subfield></datafield><datafield tag="245"><subfield code="a">Mires :</subfield></datafield>
<datafield tag="264"><subfield code="c">[2018]</subfield></datafield></record></zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>"""
XML = st.sampled_from(
    ("", "²", "<a>", "</a>", "<!-- c -->", "<?p i?>", "&x;", "&#xD800;", "&#50;", "<subfield/>", "<datafield>5</datafield>", "<id/>", "<entry/>", "]]>",
     '<datafield tag="245"/>', '<datafield tag="020"><subfield code="a"/></datafield>', "<![CDATA[x]]>", "<a>" * 400, "9" * 5000, 'xmlns="x"', "\ufeff",
     "<author><name>et al</name></author>", "10.1/\u202e")
) | st.text(max_size=8)  # fmt: skip


@pytest.mark.parametrize(
    ("client", "good", "asked"), [(Arxiv, FEED, "arxiv:1801.00001"), (Catalogues, SRU, "isbn:9783161484100")]
)
@QUICKLY
@given(data=st.data())
def test_any_text_at_any_place_of_xml(client, good, asked, data):
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 60)))
    body = (good[:start] + data.draw(XML) + good[end:]).encode("utf-8", "replace")
    cache = Kept()
    replies, found = ask(Case(client, None, (asked,)), body, cache)
    _plain(replies[asked].record)
    for record in found if isinstance(found, list) else ():
        _plain(record)
    again, _ = ask(Case(client, None, (asked,)), good.encode(), cache)
    if replies[asked].known is Known.FAILED:
        assert again[asked].known is Known.RECORD
