"""Whether the record under a printed DOI is the printed work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refaudit.resolve.match.identity import Identity, another, identity, title_of_others
from tests.resolve.match.test_compare import entry, people, record

BEES = {
    "doi": "10.5555/bees",
    "title": "Flight distances of solitary bees",
    "authors": people("Okafor, N."),
    "containers": ("Apidology",),
    "years": (2019,),
    "volume": "7",
    "pages": "44-52",
}


LONG = "Rain on bare ground and other crusts"  # 30 letters


@pytest.mark.parametrize(
    ("title", "changes", "says"),
    [
        (LONG, {"title": LONG}, True),
        (LONG, {"title": LONG.upper()}, True),
        (LONG, {"title": LONG, "years": (2021,)}, True),
        (LONG, {"title": LONG, "years": (2022,)}, False),  # a title may come again in time
        (LONG, {"title": LONG, "authors": people("Okafor, Ngozi", "Vega, Berta")}, False),  # one author is the same
        (LONG, {"title": LONG, "authors": ()}, False),
        (LONG, {"title": LONG, "authors": people("王, 伟")}, False),
        (LONG, {"title": LONG + " of it"}, False),
        (LONG[:-1], {"title": LONG[:-1]}, False),  # short ones are many people's
    ],
)
def test_a_long_title_of_about_the_year_by_other_people_only(title, changes, says):
    assert title_of_others(entry(title=title), record(**BEES | changes)) is says


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, Identity.OTHER),
        ({"years": (2011,)}, Identity.OTHER),
        ({"containers": ("Journal of Soils",)}, Identity.OTHER),  # the same year and journal
        ({"containers": ("Journal of Soils",), "volume": "12"}, Identity.OTHER),  # and the same volume
        ({"containers": ("Journal of Soils",), "volume": "12", "pages": "11-14"}, Identity.DOUBTFUL),  # and the same page
        ({"authors": people("Vega, Berta")}, Identity.DOUBTFUL),
        ({"authors": people("Vega, Karl")}, Identity.OTHER),  # another person of that surname
        ({"authors": ()}, Identity.DOUBTFUL),
        ({"authors": people("王, 伟")}, Identity.DOUBTFUL),
        ({"title": "冻土筛查研究进展综述冻土筛查"}, Identity.DOUBTFUL),
        ({"title": "Rain on bare ground"}, Identity.SAME),
        ({"title": "Rain on bare grounds: a survey"}, Identity.SAME),
        ({"title": ""}, Identity.SAME),
        ({"title": "Bees"}, Identity.DOUBTFUL),
    ],
)
def test_title_and_authors_decide(changes, says):
    assert identity(entry(), record(**BEES | changes)) is says


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, Identity.OTHER),
        ({"containers": ("Journal of Soils",), "volume": "12", "pages": "11-14"}, Identity.SAME),
        ({"containers": ("Journal of Soils",), "volume": "12", "pages": ""}, Identity.SAME),
        ({"volume": "", "pages": ""}, Identity.SAME),
    ],
)
def test_without_a_title_the_place_decides(changes, says):
    assert identity(entry(title="", sure=0.1), record(**BEES | changes)) is says


def test_a_doubtful_record_is_another_work_where_the_printed_title_is_registered_elsewhere():
    own = record(doi="10.5555/own", title="Rain on bare ground and its crusts")
    other = record(doi="10.5555/other", title="Moss and its water")
    printed = entry(title="Rain on bare ground and its crusts")
    assert another(printed, other, own)
    assert not another(printed, other, replace(own, doi="10.5555/other"))
    assert not another(printed, other, replace(own, title="Lichens in winter"))
    assert not another(printed, replace(other, type="preprint"), own)  # an article under another title than its preprint
    assert not another(printed, replace(other, relations=(("has-version", "10.5555/own"),)), own)
