"""A registry's answer can be anything: whatever stands in a field, there is a reply, and only what parsed is kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import quote, unquote

import pytest
import responses
from hypothesis import given, settings
from hypothesis import strategies as st

from refaudit.config import Config, Sources
from refaudit.model import LookupStatus, Record, Reference, Span
from refaudit.resolve.configure import transport as connect
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.sources.crossref import Crossref
from refaudit.resolve.sources.datacite import DataCite
from refaudit.resolve.sources.protocol import Known
from refaudit.resolve.sources.record import CROSSREF_FIELDS, from_crossref, from_csl, from_datacite, text_of
from refaudit.resolve.wire import rate_limit, transport
from refaudit.resolve.wire.cache import Cache

DOI = "10.5555/mire.3"
CROSSREF, DATACITE, AGENCY = "https://api.crossref.org", "https://api.datacite.org", "https://doi.org"
WORK = {
    "DOI": DOI,
    "type": "journal-article",
    "title": ["Water tables of drained mires"],
    "author": [{"family": "Oksanen", "given": "Pia"}],
    "issued": {"date-parts": [[2018]]},
    "container-title": ["Mire Letters"],
    "volume": "3",
    "page": "40-52",
}
RESOURCE = {
    "id": DOI,
    "attributes": {
        "titles": [{"title": "Water tables of drained mires"}],
        "creators": [{"familyName": "Oksanen", "givenName": "Pia"}],
        "publicationYear": 2018,
        "container": {"title": "Mire Letters", "volume": "3", "firstPage": "40", "lastPage": "52"},
        "publisher": "Mire Letters",
        "types": {"resourceTypeGeneral": "Text"},
        "dates": [{"date": "2018-04", "dateType": "Issued"}],
        "relatedIdentifiers": [],
    },
}
RAW = f"Oksanen, P. (2018). Water tables of drained mires. Mire Letters, 3, 40-52. https://doi.org/{DOI}"

# Words and keys that mean something to the readers, among any others, so that odd values are met where they are looked for.
_WORDS = st.sampled_from(
    ("²", "①", "2018", "2018-02-31", "99999", "-1", "10.5555/x", DOI, "et al", "\ud800", "\u202e", "IsVersionOf", "DOI", "Issued",
     "retraction", "Subtitle", "<i>a</i>", "&amp;amp;", "9" * 5000, "", " ")
)  # fmt: skip
_KEYS = st.sampled_from(
    ("date-parts", "family", "given", "name", "title", "titleType", "type", "DOI", "updated", "id", "id-type", "has-preprint",
     "dateType", "date", "relationType", "relatedIdentifierType", "relatedIdentifier", "familyName", "volume", "source", "nameType")
)  # fmt: skip
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | _WORDS
    | st.text(st.characters(exclude_categories=()), max_size=12)
)
ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)
QUICKLY = settings(deadline=None, max_examples=150, derandomize=True)


def _plain(record: Record | None) -> None:
    """Every text of a record can be written, and every year is one."""
    if record is None:
        return
    json.dumps(repr(record)).encode()
    texts = (
        record.title,
        record.doi,
        record.volume,
        *record.containers,
        *record.aliases,
        *(name.family for name in record.authors),
    )
    for text in texts:
        text.encode("utf-8")
    assert all(isinstance(year, int) and 1000 <= year <= 2999 for year in record.years)


@pytest.mark.parametrize("field", CROSSREF_FIELDS)
@QUICKLY
@given(value=ANYTHING)
def test_any_value_in_any_field_of_a_crossref_work(field, value):
    _plain(from_crossref({**WORK, field: value}))
    _plain(from_csl({**WORK, field: value}, source="doi.org", doi=DOI))


@pytest.mark.parametrize("field", sorted(RESOURCE["attributes"]))
@QUICKLY
@given(value=ANYTHING)
def test_any_value_in_any_field_of_a_datacite_resource(field, value):
    _plain(from_datacite({**RESOURCE, "attributes": {**RESOURCE["attributes"], field: value}}))


@QUICKLY
@given(value=ANYTHING)
def test_any_value_as_the_whole_of_a_resource(value):
    _plain(from_datacite({"id": value, "attributes": RESOURCE["attributes"]}))
    _plain(from_datacite({"id": DOI, "attributes": value}))


def test_years_are_four_digits_of_a_calendar():
    years = [
        from_datacite({"id": DOI, "attributes": {"publicationYear": value}}).years for value in (2018, "2018", "²", "0000", 5)
    ]
    assert years == [(2018,), (2018,), (), (), ()]


def test_values_beyond_any_title_are_cut_and_half_characters_replaced():
    assert (len(text_of("a" * 50_000)), text_of("a\ud800b"), text_of(True), text_of(10**400)) == (20_000, "a?b", "", "")


# ---------------------------------------------------------------- through the clients


def works(*items):
    return {"status": "ok", "message-type": "work-list", "message": {"items": list(items)}}


def single(item):
    return {"status": "ok", "message-type": "work", "message": item}


def client(kind, tmp_path, config=None):
    return kind(connect(config or Config(), {"REFAUDIT_MAILTO": "a@example.org"}), Cache(tmp_path / "answers.sqlite"))


def look_up(tmp_path, *raws):
    line = connect(Config(), {"REFAUDIT_MAILTO": "a@example.org"})
    resolve = Resolver(snapshot=None, transport=line, cache=Cache(tmp_path / "answers.sqlite"))
    return resolve([Reference(id=f"r{number}", span=Span(0, len(raw)), raw=raw) for number, raw in enumerate(raws)])


def test_an_odd_field_of_datacite_costs_nothing_but_that_field(net, quick, tmp_path):
    net.get(f"{CROSSREF}/works", json=works())
    net.get(f"{AGENCY}/doiRA/{DOI}", json=[{"DOI": DOI, "RA": "DataCite"}])
    odd = {**RESOURCE, "attributes": {**RESOURCE["attributes"], "creators": 5, "dates": 7}}
    net.get(f"{DATACITE}/dois/{quote(DOI, safe='')}", json={"data": odd})
    (lookup,) = look_up(tmp_path, RAW)
    assert (lookup.status, lookup.record.title, lookup.record.authors) == (
        LookupStatus.FOUND,
        "Water tables of drained mires",
        (),
    )


def test_what_cannot_be_read_is_not_kept_and_asked_again(net, quick, tmp_path):
    asked = f"{DATACITE}/dois/{quote(DOI, safe='')}"
    net.get(asked, json={"data": {"id": DOI, "attributes": 5}})
    net.get(asked, json={"data": RESOURCE})
    source = client(DataCite, tmp_path)
    replies = [source.records([DOI])[DOI] for _ in range(3)]
    assert [given.known for given in replies] == [Known.FAILED, Known.RECORD, Known.RECORD]
    assert replies[0].detail == "what DataCite sent about this DOI cannot be read"
    assert len(net.calls) == 2


def test_an_unreadable_answer_kept_by_an_older_version_is_asked_again(net, quick, tmp_path):
    source = client(DataCite, tmp_path)
    Cache(tmp_path / "answers.sqlite").put([(f"DataCite|{DATACITE}|work|{DOI}", "work", {"id": DOI, "attributes": 5})])
    net.get(f"{DATACITE}/dois/{quote(DOI, safe='')}", json={"data": RESOURCE})
    assert source.records([DOI])[DOI].known is Known.RECORD


def test_a_record_that_cannot_be_read_is_one_that_could_not_be_checked(net, quick, tmp_path, monkeypatch):
    """Even where the reader itself fails, the other entry of the list has its answer."""
    other = {**WORK, "DOI": "10.5555/mire.4", "title": ["Peat"], "poison": True}
    net.get(f"{CROSSREF}/works", json=works(WORK, other))

    def strict(item, **more):
        if "poison" in item:
            raise RuntimeError
        return from_crossref(item, **more)

    monkeypatch.setattr("refaudit.resolve.sources.crossref.from_crossref", strict)
    peat = "Aalto, R. (2003). Peat cut by hand in the north. Bog Review, 8, 11-19. https://doi.org/10.5555/mire.4"
    first, second = look_up(tmp_path, RAW, peat)
    assert (first.status, second.status, second.detail) == (
        LookupStatus.FOUND,
        LookupStatus.UNAVAILABLE,
        "what Crossref sent about this DOI cannot be read",
    )


@pytest.mark.parametrize("aliases", [5, None, [5], {"a": 1}, "10.5555/other", [[]]])
def test_a_work_answered_for_another_doi_is_no_alias(net, quick, tmp_path, aliases):
    net.get(f"{CROSSREF}/works", json={"message-type": "validation-failure"}, status=400)
    net.get(f"{CROSSREF}/works/{quote(DOI, safe='')}", json=single({**WORK, "DOI": "10.5555/mire.9", "aliases": aliases}))
    given = client(Crossref, tmp_path).records([DOI])[DOI]
    assert (given.known, given.detail) == (Known.FAILED, "Crossref described another DOI than the one asked for")


def test_an_alias_is_one_when_the_record_says_so(net, quick, tmp_path):
    net.get(f"{CROSSREF}/works/{quote(DOI, safe='')}", json=single({**WORK, "DOI": "10.5555/mire.9", "aliases": [DOI.upper()]}))
    given = client(Crossref, tmp_path).prime(DOI)
    assert (given.record.doi, given.record.aliases) == ("10.5555/mire.9", (DOI,))


def test_an_alias_is_one_when_crossref_leads_from_it_to_the_record(net, quick, tmp_path):
    net.get(f"{CROSSREF}/works/{quote(DOI, safe='')}", status=301, headers={"Location": "/v1/works/10.5555%2Fmire.9"})
    net.get(f"{CROSSREF}/works/{quote('10.5555/mire.9', safe='')}", json=single({**WORK, "DOI": "10.5555/Mire.9"}))
    source = client(Crossref, tmp_path)
    assert source.prime(DOI).record.aliases == (DOI,)
    assert source.records([DOI])[DOI].record.aliases == (DOI,)  # from the cache


def test_services_at_one_address_do_not_share_answers(net, quick, tmp_path):
    """A mirror or a stand-in that serves both: what Crossref does not have, DataCite is still asked for."""
    one = "https://mirror.example.org"
    config = Config(sources=Sources(crossref_url=one, datacite_url=one, doi_url=one))
    net.get(f"{one}/works", json=works())
    net.get(f"{one}/dois/{quote(DOI, safe='')}", json={"data": RESOURCE})
    assert client(Crossref, tmp_path, config).records([DOI])[DOI].known is Known.ABSENT
    assert client(DataCite, tmp_path, config).records([DOI])[DOI].known is Known.RECORD


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    field=st.sampled_from(CROSSREF_FIELDS), value=ANYTHING, field2=st.sampled_from(sorted(RESOURCE["attributes"])), value2=ANYTHING,
    row=ANYTHING, whole=st.sampled_from(("works", "doiRA", "dois", "csl", "none")), body=ANYTHING,
)  # fmt: skip
def test_every_entry_has_its_lookup_whatever_the_services_send(field, value, field2, value2, row, whole, body):
    """All services at once, with one odd value each and one wholly odd body; nothing is raised, every entry is answered."""
    timeouts, margin = transport.TIMEOUTS, rate_limit._MARGIN
    transport.TIMEOUTS, rate_limit._MARGIN = replace(timeouts, pause=0.0), 0.0
    try:
        with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:

            def answer(request):
                path = unquote(request.url.partition("//")[2].partition("/")[2])
                if path.startswith("works?"):
                    kind, given = "works", works({**WORK, field: value}, row)
                elif path.startswith("doiRA"):
                    kind, given = "doiRA", [{"DOI": DOI, "RA": "DataCite"}, {"DOI": "10.5555/mire.4", "RA": "JaLC"}, row]
                elif path.startswith("dois"):
                    kind, given = "dois", {"data": {**RESOURCE, "attributes": {**RESOURCE["attributes"], field2: value2}}}
                else:
                    kind, given = "csl", {**WORK, "DOI": "10.5555/mire.4", field: value}
                return 200, {}, json.dumps(body if kind == whole else given)

            for base in (CROSSREF, DATACITE, AGENCY):
                mock.add_callback("GET", re.compile(base + "/.*"), callback=answer)
            line = connect(Config(), {"REFAUDIT_MAILTO": "a@example.org"})
            resolve = Resolver(snapshot=None, transport=line, cache=None)
            raws = (RAW, RAW.replace("mire.3", "mire.4"), RAW.partition(" https")[0])
            lookups = resolve([Reference(id=f"r{n}", span=Span(0, len(raw)), raw=raw) for n, raw in enumerate(raws)])
    finally:
        transport.TIMEOUTS, rate_limit._MARGIN = timeouts, margin
    assert [lookup.reference for lookup in lookups] == ["r0", "r1", "r2"]
    for lookup in lookups:
        assert "cannot be compared" not in lookup.detail
        _plain(lookup.record)
