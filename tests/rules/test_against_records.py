"""Whole results of the rules that ask a registry, on an entry and the records that are there."""

from __future__ import annotations

import pytest

from refaudit.rules import RULES
from tests.rules.test_online import audited

ONLINE = frozenset(rule.code for rule in RULES if rule.online)


def work(doi="10.5555/soils.12.1", title="Rain on bare ground and its crusts", **more):
    authors = more.pop("authors", ("Lopez, Ana", "Vega, Berta"))
    found = {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [dict(zip(("family", "given"), name.split(", "), strict=True)) for name in authors],
        "issued": {"date-parts": [[more.pop("year", 2019)]]},
        "container-title": ["Journal of Soils"],
        "volume": "12",
        "page": "11-19",
    }
    return found | {key.replace("_", "-"): value for key, value in more.items()}


def notice(kind, doi="10.5555/soils.14.300"):
    return [{"DOI": doi, "type": kind, "source": "publisher", "updated": {"date-parts": [[2021, 3, 2]]}}]


BEES = work(
    "10.5555/bees.7.44", "Flight distances of solitary bees in orchards", authors=("Okafor, Ngozi",), volume="7", page="44-52"
)
OWN = "Lopez, A., & Vega, B. (2019). {}. *Journal of Soils*, 12, 11-19. {}"
RAIN = "Rain on bare ground and its crusts"
TOLD = "{work} was retracted on 2021-03-02, notice https://doi.org/10.5555/soils.14.300 (source: publisher)"


def told(entry, records, folder):
    """The findings shown, as code and what follows the name of the entry."""
    manuscript = f"Rain loosens bare ground (Lopez & Vega 2019).\n\nReferences\n\n{entry}\n"
    findings = audited(manuscript, records, folder).findings
    return [(f.code, f.message.partition(": ")[2]) for f in findings if f.code in ONLINE and f.confidence >= 0.5]


@pytest.mark.parametrize(
    ("entry", "records", "expected"),
    [
        pytest.param(
            OWN.format(RAIN, "https://doi.org/10.5555/bees.7.44"),
            [work(), BEES],
            [
                (
                    "DOI052",
                    "the DOI 10.5555/bees.7.44 belongs to another work: Okafor, Ngozi (2019), “Flight distances of solitary bees in "
                    "orchards”. The work cited is registered as https://doi.org/10.5555/soils.12.1: Lopez, Ana; Vega, Berta (2019), "
                    "“Rain on bare ground and its crusts”.",
                )
            ],
            id="a DOI of the same year and journal",
        ),
        pytest.param(
            OWN.format(RAIN, "https://doi.org/10.5555/bees.7.44"),
            [BEES | {"updated-by": notice("retraction")}],
            [
                (
                    "DOI052",
                    "the DOI 10.5555/bees.7.44 belongs to another work: Okafor, Ngozi (2019), “Flight distances of solitary bees in "
                    "orchards”. No record of the work cited was found.",
                )
            ],
            id="nothing is told of the other work's retraction, and one cause is one finding",
        ),
        pytest.param(
            OWN.format(RAIN, "https://doi.org/10.5555/bees.7.44"),
            [work(updated_by=notice("retraction")), BEES],
            [("RET051", TOLD.format(work="the cited work") + "."), "DOI052"],
            id="the retraction of the printed work is told under the DOI of another",
        ),
        pytest.param(
            OWN.format("Withdrawal of water from bare ground", "https://doi.org/10.5555/soils.12.1"),
            [work(title="Withdrawal of water from bare ground", updated_by=notice("retraction"))],
            [("RET051", TOLD.format(work="the cited work") + ".")],
            id="a word of the title does not say that the work was withdrawn",
        ),
        pytest.param(
            OWN.format("Withdrawal of water from bare ground [Withdrawn]", "https://doi.org/10.5555/soils.12.1"),
            [work(title="Withdrawal of water from bare ground", updated_by=notice("retraction"))],
            [],
            id="a mark beside the title does",
        ),
        pytest.param(
            OWN.format("Corrected weights of ground beetles", "https://doi.org/10.5555/soils.12.1"),
            [work(title="Corrected weights of ground beetles", updated_by=notice("erratum"))],
            ["RET053"],
            id="a corrected work whose title holds the word",
        ),
        pytest.param(
            OWN.format(RAIN, "https://doi.org/10.5555/soils.14.300"),
            [
                work(updated_by=notice("retraction")),
                work(
                    "10.5555/soils.14.300",
                    f"Retraction notice to: {RAIN}",
                    year=2021,
                    volume="14",
                    page="300",
                    update_to=notice("retraction", "10.5555/soils.12.1"),
                ),
            ],
            [("RET051", TOLD.format(work="the cited work") + "; the DOI printed is that of the notice.")],
            id="the DOI of the notice",
        ),
        pytest.param(
            OWN.format(RAIN, "https://doi.org/10.5555/soils.12.1"),
            [work(), work("10.5555/soils.14.300", f"Retraction: {RAIN}", update_to=notice("retraction", "10.5555/soils.12.1"))],
            [("RET051", TOLD.format(work="the cited work") + ".")],
            id="only the notice knows",
        ),
        pytest.param(
            OWN.format(RAIN, "https://doi.org/10.5555/soils.12.1")
            + "\n\nLopez, A., & Vega, B. (2021). Retraction: Rain on bare ground and its crusts. *Journal of Soils*, 14, 300. "
            "https://doi.org/10.5555/soils.14.300",
            [
                work(updated_by=notice("retraction")),
                work("10.5555/soils.14.300", f"Retraction: {RAIN}", year=2021, volume="14", page="300"),
            ],
            [],
            id="the list holds the notice too",
        ),
        pytest.param(
            "Lopez, A., & Vega, B. (2019). Rain on bare ground and its crusts. *EarthArXiv*. https://doi.org/10.5555/pre.1",
            [
                work(
                    "10.5555/pre.1",
                    type="posted-content",
                    container_title=[],
                    volume="",
                    page="",
                    relation={"is-preprint-of": [{"id": "10.5555/soils.12.1"}]},
                ),
                work(updated_by=notice("retraction")),
            ],
            [("RET051", TOLD.format(work="the published version of the cited work, https://doi.org/10.5555/soils.12.1,") + ".")],
            id="a preprint whose published version was retracted",
        ),
        pytest.param(
            "Lopez, A., & Vega, B. (2019). Rain on bare ground and its crusts. *EarthArXiv*. https://doi.org/10.5555/pre.1",
            [
                work("10.5555/pre.1", type="posted-content", container_title=[], volume="", page=""),
                work(relation={"has-preprint": [{"id": "10.5555/pre.1"}]}),
            ],
            [("RET054", "this preprint has been published: https://doi.org/10.5555/soils.12.1.")],
            id="only the article names its preprint",
        ),
        pytest.param(
            OWN.format(RAIN, "Data: https://doi.org/10.5555/bees.7.44. https://doi.org/10.5555/soils.12.1"),
            [work(), BEES],
            [],
            id="two DOIs, of which the second is the work's",
        ),
        pytest.param(
            OWN.format(RAIN, "https://doi.org/10.5555/soils.12.1.s001"),
            [work(), {"DOI": "10.5555/soils.12.1.s001", "type": "component", "title": ["Supplementary material"]}],
            [],
            id="the DOI of the supplement",
        ),
        pytest.param(
            OWN.format(RAIN, "https://www.soils.example/content/10.5555/soils.12.1v2.full.pdf"),
            [work()],
            [],
            id="a version behind the DOI",
        ),
        pytest.param(
            "Lopez, A. (2018). Rain on bare ground and its crusts [Doctoral dissertation]. University of Arena.",
            [work()],
            [],
            id="a thesis is not offered the DOI of the article made of it",
        ),
        pytest.param(
            "Silva, P., & Sato, Y. (2012). Rain on bare ground and its crusts. *Annals of Weather*, 3(1), 101-110.",
            [work()],
            [
                (
                    "FND051",
                    "no record that matches this entry was found (Crossref snapshot of 2026-01-01 asked). "
                    "https://doi.org/10.5555/soils.12.1 has this title: Lopez, Ana; Vega, Berta (2019), “Rain on bare ground and its "
                    "crusts”.",
                )
            ],
            id="the title of another work",
        ),
        pytest.param(
            "Silva, P., & Sato, Y. (2018). Frost in furrows and what it leaves. *Journal of Soils*, 11(1), 101-110.",
            [work(), BEES],
            [
                (
                    "FND051",
                    "no record that matches this entry was found (Crossref snapshot of 2026-01-01 asked, which has “Journal of Soils” of "
                    "that time).",
                )
            ],
            id="the journal is known and the article is not",
        ),
        pytest.param(
            "Silva, P., & Sato, Y. (1978). Frost in furrows and what it leaves. *Journal of Frost*, 11(1), 101-110.",
            [work(), BEES],
            [],
            id="an old volume of a journal that is not known",
        ),
        pytest.param(
            "Silva, P., & Sato, Y. (2018). Der Frost in den Furchen. *Zeitschrift für Böden*, 11(1), 101-110.",
            [work(), BEES],
            [],
            id="a journal in another language",
        ),
        pytest.param(
            "Silva, P., & Sato, Y. (2018). Frost nets learn fast. In *Advances in Neural Information Processing Systems*, 31, 1-10.",
            [work(), BEES],
            [],
            id="a series that registers nothing",
        ),
        pytest.param(
            OWN.format(RAIN, "https://doi.org/10.5555/soils.12.1v2"),
            [work("10.5555/soils.12.1v2")],
            [],
            id="registered with its version",
        ),
    ],
)
def test_findings(entry, records, expected, tmp_path):
    found = told(entry, records, tmp_path)
    assert [one if isinstance(want, tuple) else one[0] for one, want in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected), found
