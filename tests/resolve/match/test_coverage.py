"""What registries can know."""

from __future__ import annotations

import pytest

from refaudit.model import Reference, Span
from refaudit.parse.fields import read_fields
from refaudit.resolve.match.coverage import chance, journal_known, unlisted_kind, unregistered_series
from refaudit.resolve.match.entry import Entry
from tests.resolve.match.test_compare import record


def read(raw):
    return Entry(read_fields((Reference(id="r", span=Span(0, len(raw)), raw=raw),))[0])


@pytest.mark.parametrize(
    ("raw", "series"),
    [
        ("Lopez A. Rain nets. In: Advances in Neural Information Processing Systems 30, 2017, pp. 59-68.", "NeurIPS"),
        ("Lopez A. Rain nets. In: International Conference on Machine Learning, pp. 61-64 (2019).", "ICML"),
        ("Lopez A. Rain nets. J. Mach. Learn. Res. 15, 19-28 (2014).", "JMLR"),
        ("Lopez A. Rain nets. Transactions on Machine Learning Research, 2023.", "TMLR"),
        ("Lopez A. Rain nets. In 31st USENIX Security Symposium, pp. 3-20, 2022.", "USENIX"),
        ("Lopez A. Rain nets. In Proceedings of the AAAI Conference, volume 32, pages 11-19, 2018.", "AAAI"),
        ("Lopez A. Rain nets. In Proceedings of the AAAI Conference, volume 37, pages 11-19, 2023.", ""),
        ("Lopez A. Rain nets. In Proceedings of ACL, pages 11-19, 2004.", "ACL Anthology"),
        ("Lopez A. Rain nets. In Proceedings of ACL, pages 11-19, 2020.", ""),
        ("Lopez A. Rain nets. Machine Learning 12(3), 11-19, 2020.", ""),
        ("Lopez A. Rain nets. Language Resources and Evaluation 12(3), 11-19, 2020.", ""),
        ("Lopez A. Rain nets. International Conference on Machine Learning and Cybernetics, 11-19, 2020.", ""),
    ],
)
def test_series_that_register_nothing(raw, series):
    assert unregistered_series(read(raw)) == series


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("Congress. Rain Insurance Act of 1996. Public Law 104-991. 110 Stat. 1936.", "laws"),
        ("Regulation (EC) No 1831/2003 on rain. Off J Eur Union L 268:29-43.", "laws"),
        ("Lopez A. Rain gauge. U.S. Patent 3,961,995, 1976.", "patents"),
        ("ISO/IEC 15504-1. Rain assessment, part 1, 2004.", "standards"),
        ("Lind P. Frost returns. The Northern Times. 2019 Mar 4;Sect. A:1.", "articles in newspapers"),
        ("Lopez A. Rain on bare ground. Working Paper 12, 2004.", "reports"),
        ("Lopez A. Rain on bare ground. PhD thesis, Arena, 2004.", "theses"),
        ("Lopez A. Rain on bare ground. Journal of Soils. In press.", "letters and unpublished texts"),
        ("Lopez A, Vega B. Patent medicines and their rain. Journal of Soils 12(3):11-19, 2010.", ""),
        ("Lopez A, Vega B. Reports of rain on bare ground. Journal of Soils 12(3):11-19, 2010.", ""),
    ],
)
def test_kinds_that_no_registry_lists(raw, kind):
    assert unlisted_kind(read(raw)) == kind


@pytest.mark.parametrize(
    ("years", "volume", "known"),
    [((2019,), "", True), ((2016,), "", True), ((2001,), "", True), ((2023,), "", False), ((2023,), "12", True), ((), "", False)],
)
def test_a_journal_is_known_of_that_time(years, volume, known):
    entry = read("Lopez, A. (2019). Rain on bare ground and its crusts. J Soils, 12(3), 11-19.")
    name = "Journal of Soils"
    assert journal_known(entry, [record(containers=(name,), years=years, volume=volume)]) == (name if known else "")


@pytest.mark.parametrize("other", ["British Journal of Soils", "Journal of Soils and Water", "Soils", "Annals of Weather"])
def test_another_journal_is_not_the_journal(other):
    entry = read("Lopez, A. (2019). Rain on bare ground and its crusts. Journal of Soils, 12(3), 11-19.")
    assert journal_known(entry, [record(containers=(other,))]) == ""


@pytest.mark.parametrize(
    ("raw", "journal", "sure"),
    [
        ("Lopez, A. (2019). Rain on bare ground and its crusts. Journal of Soils, 12(3), 11-19.", "Journal of Soils", 0.75),
        ("Lopez, A. (2019). Rain on bare ground and its crusts. Journal of Soils, 12(3), 11-19.", "", 0.5),
        ("Lopez, A. (2000). Rain on bare ground and its crusts. Journal of Soils, 12(3), 11-19.", "", 0.5),
        ("Lopez, A. (1999). Rain on bare ground and its crusts. Journal of Soils, 12(3), 11-19.", "", 0.5),
        ("Lopez, A. (1991). Rain on bare ground and its crusts. Journal of Soils, 12(3), 11-19.", "", 0.5),
        ("Lopez, A. (1990). Rain on bare ground and its crusts. Journal of Soils, 12(3), 11-19.", "", 0.4),
        ("Lopez, A. (1999). Rain on bare ground and its crusts. Journal of Soils, 12, 11-19.", "", 0.4),  # no issue
        ("Lopez, A. (2000). Rain on bare ground and its crusts. Journal of Soils, 12, 11-19.", "", 0.5),
        ("LOPEZ A. Rain on bare ground and its crusts[J]. Journal of Soils, 2019, 12(3): 11-19.", "", 0.5),
        ("LOPEZ A. Rain on bare ground and its crusts[J]. Journal of Soils, 2019, 12: 11-19.", "", 0.4),
        ("Lopez, A. (2019). Bare ground: a rain-based model. Soil Letters, 12(3), 11-19.", "", 0.5),
        ("Lopez, A. (2019). Der Regen auf dem nackten Boden. Zeitschrift für Boden, 12(3), 11-19.", "", 0.4),
        (
            "Lopez, A. (2019). Rain on bare ground and its crusts (in Chinese). Journal of Soils, 12(3), 11-19.",
            "Journal of Soils",
            0.35,
        ),
    ],
)
def test_how_sure_it_is_that_a_registry_would_have_the_work(raw, journal, sure):
    assert chance(read(raw), journal) == sure
