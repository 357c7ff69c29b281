"""The truth table of retractions."""

from __future__ import annotations

import gzip

import pytest

from refaudit.errors import InputError
from refaudit.model import Record, Update
from refaudit.resolve.editorial_status import is_notice, standing, turned
from refaudit.resolve.sources.record import fold_kind
from refaudit.resolve.sources.retraction_watch import SOURCE, load

WATCH, PUBLISHER = "retraction-watch", "publisher"
CITED, NOTICE = "10.5555/work", "10.5555/notice"


def record(title="On rain", *, by=(), to=(), doi=CITED):
    return Record(source="Crossref", doi=doi, title=title, updated_by=tuple(by), update_to=tuple(to))


def update(kind="retraction", doi=NOTICE, date="2020-06-05", source=PUBLISHER):
    return Update(kind=kind, doi=doi, date=date, source=source)


def kinds(*args, **kwargs):
    return [(u.kind, u.doi, u.date, u.source) for u in standing(*args, **kwargs)]


def test_a_retraction_by_the_publisher():
    assert kinds(record(by=[update()])) == [("retraction", NOTICE, "2020-06-05", PUBLISHER)]


def test_one_notice_from_two_sources_is_one():
    assert kinds(record(by=[update(), update(source=WATCH)])) == [
        ("retraction", NOTICE, "2020-06-05", "publisher, retraction-watch")
    ]


def test_both_directions_on_the_cited_work():
    """The publisher mirrors its deposit; Retraction Watch says on this record that it was retracted."""
    both = record(by=[update(), update(source=WATCH)], to=[update()])
    assert [kind for kind, *_ in kinds(both)] == ["retraction"]


def test_both_directions_on_the_notice():
    """The same mirror image on the notice, where Retraction Watch says that it is the notice."""
    notice = record(
        "Concerning the work of Lopez",
        doi=NOTICE,
        by=[update(doi=CITED)],
        to=[update(doi=CITED), update(doi=CITED, source=WATCH)],
    )
    assert kinds(notice) == []


def test_a_notice_that_points_at_itself():
    notice = record("Retraction: On rain", doi=NOTICE, by=[update(doi=NOTICE)], to=[update(doi=NOTICE)])
    assert kinds(notice) == []


def test_an_article_whose_deposit_points_at_itself():
    article = record(by=[update("partial-retraction", doi=CITED)], to=[update("partial-retraction", doi=CITED)])
    assert kinds(article) == [("partial-retraction", CITED, "2020-06-05", PUBLISHER)]


def test_a_later_reinstatement_clears_and_an_earlier_does_not():
    back = update("reinstatement", doi="10.5555/back", date="2021-01-01", source=WATCH)
    assert kinds(record(by=[update(), back])) == []
    assert [kind for kind, *_ in kinds(record(by=[update(date="2022-01-01"), back]))] == ["retraction"]


def test_a_reinstated_work_keeps_its_corrections():
    back = update("reinstatement", doi="10.5555/back", date="2021-01-01", source=WATCH)
    assert [kind for kind, *_ in kinds(record(by=[update(), update("correction", date="2019-01-01"), back]))] == ["correction"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("RETRACTED: On rain", "retraction"),
        ("WITHDRAWN: On rain", "withdrawal"),
        ("Retracted Article: On rain", "retraction"),
        ("On rain (Retracted Article)", "retraction"),
        ("On rain (Retracted article. See vol. 12, p. 3, 2020)", "retraction"),
        ("On rain [Withdrawn]", "withdrawal"),
    ],
)
def test_the_mark_in_the_title_is_the_last_resort(title, kind):
    assert kinds(record(title)) == [(kind, "", "", "title of the record (Crossref)")]


@pytest.mark.parametrize(
    "title",
    [
        "Retraction of claws in cats",
        "Withdrawn children at school",
        "Evidence for jet retraction",
        "Moss (retracted in dry air) and rain",
    ],
)
def test_titles_about_retraction_are_no_mark(title):
    assert kinds(record(title)) == []


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        ("Retraction: On rain", True),
        ("Retraction notice to: On rain", True),
        ("Author Correction: On rain", True),
        ("Correction to: On rain", True),
        ("Erratum", True),
        ("Withdrawal of heating in older buildings", False),
        ("Correction of vision in cold air", False),
        ("Erratic frost on slopes", False),
        ("RETRACTED: On rain", False),
    ],
)
def test_notices_by_their_title(title, notice):
    assert is_notice(record(title)) == notice


def test_articles_bear_titles_of_notices_and_only_what_they_update_tells():
    title = "Withdrawal of heating in older buildings"
    assert is_notice(record(title, doi=NOTICE, to=[update(doi=CITED)]))
    assert [kind for kind, *_ in kinds(record(title, by=[update()]))] == ["retraction"]


def test_what_a_notice_says_of_others_is_turned_round():
    notice = record("Retraction: On rain", doi=NOTICE, to=[update(doi=CITED), update("correction", doi="10.5555/c")])
    assert turned(notice) == {CITED: (update(),), "10.5555/c": (update("correction"),)}
    # a publisher's mirror image on the work itself
    assert turned(record(by=[update()], to=[update()])) == {}


@pytest.mark.parametrize(
    ("kind", "folded"), [("Expression of concern", "expression-of-concern"), ("partial_retraction", "partial-retraction")]
)
def test_kinds_are_spelled_in_many_ways(kind, folded):
    assert fold_kind(kind) == folded


def test_retraction_lists(tmp_path):
    table = "doi\tnature\tnotice_doi\tnotice_date\n10.5555/A\tRetraction;Correction\t10.5555/n\t2020-01-02\n\tRetraction\t\t\n"
    (tmp_path / "list.tsv.gz").write_bytes(gzip.compress(table.encode()))
    assert load(tmp_path / "list.tsv.gz") == {
        "10.5555/a": (
            Update(kind="retraction", doi="10.5555/n", date="2020-01-02", source=SOURCE),
            Update(kind="correction", doi="10.5555/n", date="2020-01-02", source=SOURCE),
        )
    }
    (tmp_path / "list.csv").write_text(
        "OriginalPaperDOI,RetractionDOI,RetractionDate,RetractionNature\n10.5555/b,unavailable,5/22/2020 0:00,Reinstatement\n"
    )
    assert load(tmp_path / "list.csv") == {"10.5555/b": (Update(kind="reinstatement", date="2020-05-22", source=SOURCE),)}
    (tmp_path / "wrong.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no column 'doi'"):
        load(tmp_path / "wrong.csv")
