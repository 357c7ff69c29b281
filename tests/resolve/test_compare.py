"""Differences as people see them: what is told, and what is not."""

from __future__ import annotations

import pytest

from refaudit.model import Name, Parsed, Record, Reference, Span, Year
from refaudit.resolve.compare import (
    authors_difference,
    container_difference,
    numbering_difference,
    title_difference,
    year_difference,
)
from refaudit.resolve.entry import Entry
from refaudit.resolve.journal import same_container
from refaudit.resolve.match import accepted, points, rank, score, speaks_against


def people(*families):
    return tuple(Name(family=family.split(", ")[0], given=family.partition(", ")[2]) for family in families)


def entry(
    *,
    authors=("Lopez, A.", "Vega, B."),
    year=2019,
    title="Rain on bare ground",
    container="Journal of Soils",
    volume="12",
    pages="11-19",
    raw="",
):
    names = people(*authors)
    shown = ", ".join(f"{name.family} {name.given}" for name in names)
    raw = raw or f"{shown} ({year}). {title}. {container}, {volume}, {pages}."
    return Entry(
        Reference(
            id="r",
            span=Span(0, len(raw)),
            raw=raw,
            authors=Parsed(value=names, raw=shown, confidence=0.95),
            year=Parsed(value=Year(number=year), raw=str(year), confidence=0.95),
            title=Parsed(value=title, raw=title, confidence=0.95),
            container=Parsed(value=container, raw=container, confidence=0.95) if container else None,
            volume=Parsed(value=volume, raw=volume, confidence=0.95) if volume else None,
            pages=Parsed(value=pages, raw=pages, confidence=0.95) if pages else None,
        )
    )


def record(**changes):
    values = {
        "source": "Crossref",
        "doi": "10.5555/1",
        "type": "journal-article",
        "title": "Rain on bare ground",
        "containers": ("Journal of Soils", "J Soils"),
        "authors": people("Lopez, Ana", "Vega, Berta"),
        "years": (2019,),
        "volume": "12",
        "pages": "11-19",
    }
    return Record(**(values | changes))


SAME_TITLES = [
    ("RAIN ON BARE-GROUND", "Rain on bare ground"),
    ("Rain on bare ground", "Rain on Bare Ground: What It Does to Crusts"),
    ("Colour of behaviour in mould", "Color of behavior in mold"),
    ("Effects of α-synuclein on cells", "Effects of alpha-synuclein on cells"),
    ("Müller’s ratchet and “sex”", 'Muller\'s ratchet and "sex"'),
    ("Rain & ground in the field", "Rain and ground in the field"),
    ("A study of self reported sleep", "A study of self-reported sleep"),
    ("Sleep and memmory in old age", "Sleep and memory in old age"),
]


@pytest.mark.parametrize(("cited", "registered"), SAME_TITLES)
def test_titles_that_agree(cited, registered):
    assert title_difference(entry(title=cited), record(title=registered)) is None


@pytest.mark.parametrize(
    ("cited", "registered"),
    [
        ("Rain on frozen ground in spring", "Rain on bare ground in spring"),
        ("Effects of sleep on memory", "Effects of sleep on appetite"),
        ("A history of bread in Lyon", "Flight distances of solitary bees"),
    ],
)
def test_titles_that_differ(cited, registered):
    found = title_difference(entry(title=cited), record(title=registered))
    assert (found.cited, found.registered) == (cited, registered)
    assert found.confidence >= 0.8


@pytest.mark.parametrize(
    ("cited", "registered"),
    [
        (("Lopez, A.",), ("López, Ana",)),
        (("Muller, K.",), ("Müller, Karl",)),
        (("Mueller, K.",), ("Müller, Karl",)),
        (("van der Berg, J.",), ("Berg, Jan van der",)),
        (("García, M.",), ("García Márquez, Mario",)),
        (("Wei, Zhang",), ("Zhang, Wei",)),
        (("Smith-Jones, A.",), ("Smith Jones, Ann",)),
        (("Lopez, A.", "Vega, B."), ("Lopez, Ana", "Vega, Berta", "Alto, Carla")),
        (("Lopez, A.", "Vega, B.", "Alto, C."), ("Lopez, Ana",)),
    ],
)
def test_authors_that_agree(cited, registered):
    assert authors_difference(entry(authors=cited), record(authors=people(*registered))) is None


@pytest.mark.parametrize(
    ("cited", "registered"),
    [
        (("Sandoval, A.", "Vega, B."), ("Lopez, Ana", "Vega, Berta")),
        (("Vega, B.", "Lopez, A."), ("Lopez, Ana", "Vega, Berta")),
        (("Lopez, A.", "Vega, B.", "Stone, K."), ("Lopez, Ana", "Vega, Berta", "Alto, Carla")),
    ],
)
def test_authors_that_differ(cited, registered):
    assert authors_difference(entry(authors=cited), record(authors=people(*registered))).confidence >= 0.8


def test_years():
    assert year_difference(entry(year=2018), record(years=(2018, 2019))) is None
    assert year_difference(entry(year=2018), record()).confidence == 0.4
    assert year_difference(entry(year=2015), record()).confidence >= 0.85
    assert year_difference(entry(year=2015), record(type="book")).confidence < 0.6
    assert year_difference(entry(year=2015, raw="Lopez (2015). Rain (originally 2019). Soils."), record()) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("J. Soils", "Journal of Soils", True),
        ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences", True),
        ("PNAS", "Proceedings of the National Academy of Sciences", True),
        ("Eur. J. Biochem.", "European Journal of Biochemistry", True),
        ("Angew. Chem. Int. Ed.", "Angewandte Chemie International Edition", True),
        ("The Lancet", "Lancet", True),
        ("Zeitschrift für Physik", "Zeitschrift fur Physik", True),
        ("Journal of Soils", "Annals of Climate Policy", False),
        ("Engineering", "Metabolic Engineering", False),
        ("Nature", "Science", False),
    ],
)
def test_names_of_journals(one, other, same):
    assert same_container(one, other) is same


def test_containers():
    assert container_difference(entry(container="J. Soils"), record()) is None
    assert container_difference(entry(container="bioRxiv"), record()) is None
    assert container_difference(entry(container="Annals of Climate Policy"), record()).registered == "Journal of Soils"
    assert container_difference(entry(container="Annals of Climate Policy"), record(type="proceedings-article")) is None


@pytest.mark.parametrize(
    ("cited", "registered", "told"),
    [
        (("12", "11-19"), ("12", "11-19"), ""),
        (("XII", "11-9"), ("12", "11-19"), ""),
        (("12", "e105832"), ("12", "105832"), ""),
        (("12", "211-219"), ("12", "1-9"), ""),
        (("14", "11-19"), ("12", "11-19"), "volume 14"),
        (("12", "211-219"), ("12", "11-19"), "page 211-219"),
        (("14", "211-219"), ("12", "11-19"), "volume 14, page 211-219"),
    ],
)
def test_numbering(cited, registered, told):
    found = numbering_difference(entry(volume=cited[0], pages=cited[1]), record(volume=registered[0], pages=registered[1]))
    assert (found.cited if found else "") == told


def test_another_work_needs_title_authors_and_year():
    other = {
        "title": "Flight distances of solitary bees",
        "authors": people("Okafor, N."),
        "containers": ("Apidology",),
        "volume": "7",
        "pages": "44-52",
    }
    assert speaks_against(entry(), record(**other, years=(2011,)))
    assert not speaks_against(entry(), record(**other))
    assert not speaks_against(entry(), record(**other | {"authors": people("Lopez, A.")}, years=(2011,)))
    assert not speaks_against(entry(), record(**other | {"title": "Rain on bare ground"}, years=(2011,)))
    assert not speaks_against(entry(), record(**other | {"authors": ()}, years=(2011,)))


def test_a_score_explains_itself():
    found = score(entry(), record())
    assert dict(found.scores) == {
        "title": 0.706,
        "author": 1.0,
        "authors": 1.0,
        "year": 1.0,
        "container": 1.0,
        "volume": 1.0,
        "page": 1.0,
        "unexplained": 0.0,
        "other-kind": 0.0,
        "other-place": 0.0,
        "points": 8.37,
    }
    assert (points(found), found.score) == (8.37, 1.0)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Correction to: Rain on bare ground", "journal-article"),
        ("Rain on bare ground—Reply", "journal-article"),
        ("Retraction: Rain on bare ground", "journal-article"),
        ("Review of Rain on bare ground", "journal-article"),
        ("Rain on bare ground", "peer-review"),
    ],
)
def test_siblings_lose_against_the_work(title, kind):
    work, sibling = record(), record(doi="10.5555/2", title=title, type=kind)
    assert [candidate.record.doi for candidate in accepted(rank(entry(), [sibling, work]))] == ["10.5555/1"]


def test_equal_works_are_ambiguous_and_versions_are_not():
    twin = record(doi="10.5555/2", authors=people("Lopez, Aurelio", "Vega, Basil", "Alto, Carla"))
    assert len(accepted(rank(entry(pages="", volume=""), [record(pages="", volume=""), twin]))) == 2
    preprint = record(doi="10.5555/3", type="preprint", containers=(), relations=(("is-preprint-of", "10.5555/1"),))
    assert [candidate.record.doi for candidate in accepted(rank(entry(), [preprint, record()]))] == ["10.5555/1"]
