"""Theses, reports, books, chapters, data and software are never taken for the article of their title."""

from __future__ import annotations

import pytest

from refaudit.model import Name, Record
from refaudit.parse import parse
from refaudit.readers import read
from refaudit.resolve.match.decide import accepted, rank
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.kinds import never_one_work

TITLE = "Rain on bare ground and the growth of living crusts"
OWN = {
    "thesis": "dissertation",
    "report": "report",
    "book": "book",
    "chapter": "book-chapter",
    "dataset": "dataset",
    "software": "software",
    "article": "journal-article",
}


def bib(kind: str, fields: str = "") -> Entry:
    source = f"@{kind}{{a, author = {{Lopez, Ana}}, title = {{{TITLE}}}, year = 2019, {fields}}}"
    return Entry(parse(read("a.bib", source.encode())).references[0])


def printed(text: str) -> Entry:
    document = read("a.txt", f"Rain (Lopez 2019).\n\nReferences\n\n{text}\n".encode())
    return Entry(parse(document).references[0])


def record(kind: str, **changes: object) -> Record:
    values = {"source": "Crossref", "doi": f"10.5555/{kind}", "type": kind, "title": TITLE, "years": (2019,)}
    return Record(**(values | {"authors": (Name(family="Lopez", given="Ana"),)} | changes))  # type: ignore[arg-type]


ENTRIES = [
    ("thesis", bib("phdthesis", "school = {University of Arena}")),
    ("thesis", bib("mastersthesis", "school = {University of Arena}")),
    ("thesis", printed(f"Lopez, A. (2019). {TITLE} [Doctoral dissertation, University of Arena].")),
    ("report", bib("techreport", "institution = {Soil Survey}")),
    ("report", printed(f"Lopez, A. (2019). {TITLE}. Technical Report 45, Soil Survey, Arena.")),
    ("book", bib("book", "publisher = {Quay Press}")),
    ("book", printed(f"Lopez, A. (2019). {TITLE}. Madrid: Quay Press.")),
    ("chapter", bib("incollection", "booktitle = {The Soils of Spain}, editor = {Vega, Berta}, pages = {3--9}")),
    ("chapter", printed(f"Lopez, A. (2019). {TITLE}. In B. Vega (Ed.), The Soils of Spain (pp. 3-9). Quay Press.")),
    ("dataset", bib("dataset", "publisher = {Zenodo}")),
    ("dataset", printed(f"Lopez, A. (2019). {TITLE} [Data set]. Zenodo.")),
    ("software", bib("software", "version = {1.2}")),
    ("software", printed(f"Lopez, A. (2019). {TITLE} (Version 1.2) [Computer software].")),
    ("article", bib("article", "journal = {Journal of Soils}, volume = 12, pages = {11--19}")),
    ("article", printed(f"Lopez, A. (2019). {TITLE}. Journal of Soils, 12, 11-19.")),
]
ARTICLE = record("journal-article", containers=("Journal of Soils",), volume="12", pages="11-19")


def found(entry: Entry, *records: Record) -> list[str]:
    return [candidate.record.type for candidate in accepted(rank(entry, records))]


@pytest.mark.parametrize(("kind", "entry"), ENTRIES)
def test_each_kind_finds_its_own_and_no_article(kind: str, entry: Entry):
    assert found(entry, ARTICLE) == (["journal-article"] if kind == "article" else [])
    own = ARTICLE if kind == "article" else record(OWN[kind])
    if kind == "chapter":
        own = record("book-chapter", containers=("The Soils of Spain",), pages="3-9")
    assert found(entry, ARTICLE, own) == [OWN[kind]]


@pytest.mark.parametrize("deposit", ["dataset", "software", "dissertation"])
def test_an_article_finds_no_deposit_of_its_title(deposit: str):
    for kind, entry in ENTRIES:
        if kind == "article":
            assert found(entry, record(deposit)) == []


@pytest.mark.parametrize(
    ("entry", "other", "never"),
    [
        # a series of reports that is a journal, and a volume of chapters registered as articles: the container says it
        (bib("techreport", "journal = {Soil Reports}"), record("journal-article", containers=("Soil Reports",)), False),
        (bib("techreport", "journal = {Soil Reports}"), record("journal-article", containers=("Apidology",)), True),
        (bib("incollection", "booktitle = {Procedia Soils}"), record("journal-article", containers=("Procedia Soils",)), False),
        (bib("phdthesis", "journal = {Soil Reports}"), record("journal-article", containers=("Soil Reports",)), True),
        (bib("phdthesis"), record("dissertation"), False),
        (bib("misc"), record("journal-article"), False),  # says nothing of its kind
    ],
)
def test_where_kinds_say_nothing(entry: Entry, other: Record, never: bool):
    assert never_one_work(entry, other) is never
