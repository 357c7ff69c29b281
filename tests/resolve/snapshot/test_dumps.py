"""Dumps of other sources in a snapshot. All of them are invented."""

from __future__ import annotations

import gzip
import json

import pytest

from refaudit.errors import InputError
from refaudit.model import LookupStatus, Name, Reference, Span
from refaudit.parse.fields import read_fields
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.snapshot.build import build, input_files
from refaudit.resolve.snapshot.reading import Snapshot

DBLP = """<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp>
<inproceedings mdate="2020-01-01" key="conf/mire/OksanenV18"><author>Pia Oksanen 0001</author><author>Bo V&ouml;ga</author>
<title>Water tables &amp; drained <i>mires</i> of the north.</title><pages>40-52</pages><year>2018</year><booktitle>MIRE</booktitle>
<ee>https://doi.org/10.5555/MIRE.3</ee></inproceedings>
<www key="homepages/o/PiaOksanen"><author>Pia Oksanen</author><title>Home Page</title></www>
<article key="journals/corr/abs-1801-00001" publtype="informal"><author>Ana Lopez</author><title>Rain on bare ground and its crusts.</title>
<year>2018</year><journal>CoRR</journal></article></dblp>"""
ACL = """<?xml version='1.0'?><collection id="2022.mire"><volume id="long"><meta><booktitle>Proceedings of the Mire Conference</booktitle>
<publisher>Fen Press</publisher><year>2022</year></meta><paper id="1"><title>Parsing <fixed-case>F</fixed-case>innish fens by words</title>
<author><first>Pia</first><last>Oksanen</last></author><pages>1\u20139</pages><url hash="ab">2022.mire-long.1</url></paper></volume></collection>"""
PUBMED = """<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "x" "https://example.org/x.dtd"><PubmedArticleSet><PubmedArticle>
<MedlineCitation><PMID Version="1">4321</PMID><Article><Journal><JournalIssue><Volume>3</Volume><Issue>2</Issue><PubDate>
<MedlineDate>2018 Mar-Apr</MedlineDate></PubDate></JournalIssue><Title>Mire letters</Title></Journal>
<ArticleTitle>[Peat dust and the lungs of diggers].</ArticleTitle><Pagination><MedlinePgn>140-9</MedlinePgn></Pagination>
<ELocationID EIdType="doi">10.5555/MIRE.9</ELocationID><AuthorList><Author><LastName>Vega</LastName><ForeName>Bo</ForeName></Author>
<Author><CollectiveName>Fen Group</CollectiveName></Author></AuthorList><PublicationTypeList><PublicationType>Retracted Publication</PublicationType>
</PublicationTypeList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
OPENALEX = {"id": "https://openalex.org/W7", "title": "Sedges of small islands and their seeds", "publication_year": 2001, "type": "article",
            "authorships": [{"raw_author_name": "Ada Fenn"}], "primary_location": {"source": {"display_name": "Sedge Notes"}}}  # fmt: skip
ARXIV = {"id": "1801.00009", "title": "Sums over {\\'a}cute angles of bogs", "authors_parsed": [["Ohm", "Jan", ""]],
         "versions": [{"version": "v1", "created": "Mon, 2 Apr 2018 19:18:42 GMT"}], "doi": None}  # fmt: skip
FILES = {
    "dblp": ("dblp.xml.gz", DBLP.encode("latin-1")),
    "acl": ("2022.mire.xml", ACL.encode()),
    "pubmed": ("pubmed1.xml.gz", PUBMED.encode()),
    "openalex": ("part_0000.gz", json.dumps(OPENALEX).encode() + b"\n"),
    "arxiv": ("arxiv.jsonl", json.dumps(ARXIV).encode() + b"\n"),
}


def made(folder, *sources):
    target = folder / "s.sqlite"
    for source in sources:
        name, data = FILES[source]
        path = folder / source / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        build(input_files([str(path.parent)], source), target, date="2026-01-02", source=source)
    return Snapshot(target)


@pytest.mark.parametrize(
    ("source", "words", "told"),
    [
        ("dblp", "water tables drained mires", ("DBLP snapshot", "10.5555/mire.3", "proceedings-article", "Water tables & drained mires of the north",
            (Name(family="Oksanen", given="Pia"), Name(family="Vöga", given="Bo")), ("MIRE",), (2018,), "40-52", "https://doi.org/10.5555/mire.3", True)),
        ("dblp", "rain bare ground", ("DBLP snapshot", "", "preprint", "Rain on bare ground and its crusts", (Name(family="Lopez", given="Ana"),),
            ("CoRR",), (2018,), "", "https://dblp.org/rec/journals/corr/abs-1801-00001", True)),
        ("acl", "parsing fens", ("ACL Anthology snapshot", "", "proceedings-article", "Parsing Finnish fens by words",
            (Name(family="Oksanen", given="Pia"),), ("Proceedings of the Mire Conference",), (2022,), "1-9",
            "https://aclanthology.org/2022.mire-long.1", False)),
        ("pubmed", "peat dust lungs", ("PubMed snapshot", "10.5555/mire.9", "journal-article", "Peat dust and the lungs of diggers",
            (Name(family="Vega", given="Bo"), Name(literal="Fen Group")), ("Mire letters",), (2018,), "140-149", "https://doi.org/10.5555/mire.9", False)),
        ("openalex", "sedges islands", ("OpenAlex snapshot", "", "journal-article", "Sedges of small islands and their seeds",
            (Name(family="Fenn", given="Ada"),), ("Sedge Notes",), (2001,), "", "https://openalex.org/W7", True)),
        ("arxiv", "sums angles bogs", ("arXiv snapshot", "10.48550/arxiv.1801.00009", "preprint", "Sums over acute angles of bogs",
            (Name(family="Ohm", given="Jan"),), ("arXiv",), (2018,), "", "https://doi.org/10.48550/arxiv.1801.00009", False)),
    ],
)  # fmt: skip
def test_a_work_of_each_dump_is_found(tmp_path, source, words, told):
    (found,) = made(tmp_path, source).search(words)
    assert (
        found.source, found.doi, found.type, found.title, found.authors, found.containers, found.years, found.pages, found.url, found.compiled,
    ) == told  # fmt: skip


def test_dumps_stand_beside_each_other_and_are_found_by_doi(tmp_path):
    snapshot = made(tmp_path, "dblp", "acl", "pubmed", "openalex", "arxiv")
    assert (snapshot.about.works, snapshot.about.sources) == (6, ("DBLP", "ACL Anthology", "PubMed", "OpenAlex", "arXiv"))
    assert snapshot.title == "DBLP, ACL Anthology, PubMed, OpenAlex, arXiv snapshot of 2026-01-02"
    record = snapshot.records(["10.5555/mire.9"])["10.5555/mire.9"].record
    assert (record.doi, record.source, [update.kind for update in record.updated_by]) == (
        "10.5555/mire.9",
        "PubMed snapshot",
        ["retraction"],
    )


def test_what_crossref_says_of_a_doi_comes_first_and_what_it_covers_stays(tmp_path):
    work = {"DOI": "10.5555/mire.3", "type": "journal-article", "title": ["Water tables & drained mires of the north"],
            "author": [{"family": "Oksanen", "given": "Pia"}], "issued": {"date-parts": [[2018]]}, "container-title": ["Mire Letters"]}  # fmt: skip
    crossref = tmp_path / "works.jsonl"
    crossref.write_text(json.dumps(work) + "\n", encoding="utf-8")
    build([crossref], tmp_path / "s.sqlite", date="2025-12-01", complete=True)
    snapshot = made(tmp_path, "dblp")
    assert (snapshot.about.complete, snapshot.about.date, snapshot.about.sources) == (True, "2025-12-01", ("Crossref", "DBLP"))
    assert [record.source for record in snapshot.search("water tables drained mires")] == ["Crossref snapshot", "DBLP snapshot"]
    raw = "Oksanen, P., & Vöga, B. (2018). Water tables & drained mires of the north. In MIRE (pp. 40-52)."
    entries = read_fields([Reference(id="r1", span=Span(0, len(raw)), raw=raw)])
    (lookup,) = Resolver(snapshot=snapshot, transport=None, cache=None)(entries)
    assert (lookup.status, lookup.record.source) == (LookupStatus.FOUND, "Crossref snapshot")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("dblp.xml.gz", b"<!DOCTYPE html><title>Making sure</title>", "a web page, not the dump; the server may have asked whether a person is there"),
        ("dblp.xml.gz", b"\n<html>", "a web page, not the dump; the server may have asked whether a person is there"),
        ("dblp.xml.gz", b"<dblp>", "not packed with gzip, as its name says"),
    ],
)  # fmt: skip
def test_what_is_not_the_dump_is_told(tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as error:
        build([tmp_path / name], tmp_path / "s.sqlite", source="dblp")
    assert str(error.value) == f"{tmp_path / name}: {told}"


def test_entities_of_a_dump_are_not_expanded(tmp_path):
    lol = '<!DOCTYPE dblp [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = f'{lol}<dblp><article key="journals/x/Y1"><author>Ana Lopez</author><title>Rain on &b; ground</title><year>2018</year></article></dblp>'
    (tmp_path / "dblp.xml").write_text(text, encoding="utf-8")
    build([tmp_path / "dblp.xml"], tmp_path / "s.sqlite", source="dblp")
    assert [record.title for record in Snapshot(tmp_path / "s.sqlite").search("rain ground lopez")] == ["Rain on &b; ground"]
