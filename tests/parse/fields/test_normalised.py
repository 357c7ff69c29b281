"""Values in one form, whatever dress an entry prints them in; entries are our own."""

from __future__ import annotations

import pytest

from refaudit.model import Name, Reference, Span, Year
from refaudit.parse.fields import read_fields


def read(raw: str) -> Reference:
    return read_fields([Reference(id="r", span=Span(0, len(raw)), raw=raw)])[0]


def values(raw: str, *names: str) -> tuple[object, ...]:
    fields = [getattr(read(raw), name) for name in names]
    return tuple(field.value if field is not None else None for field in fields)


def n(family: str = "", given: str = "", **more: str) -> Name:
    return Name(family=family, given=given, **more)


PEAT = "Peat and politics. Wetlands, 12(2), 45–59."
NAMES: dict[str, tuple[Name, ...]] = {
    f"de Vries, P. J., van der Meer, A. B., & Smith Jr., K. L. (2014). {PEAT}": (
        n("Vries", "P. J.", particle="de"),
        n("Meer", "A. B.", particle="van der"),
        n("Smith", "K. L.", suffix="Jr"),
    ),
    "King ML Jr, O'Neill P-J, De la Cruz MA. Rain in towns. Urban Water. 2011;8(4):1425-37.": (
        n("King", "ML", suffix="Jr"),
        n("O'Neill", "P-J"),
        n("De la Cruz", "MA"),
    ),
    "Müller-Lüdenscheidt H, von und zu Berg K (2003) Moore im Wandel. Geogr Z 91(3–4):133–151.": (
        n("Müller-Lüdenscheidt", "H"),
        n("Berg", "K", particle="von und zu"),
    ),
    "García Márquez J, Pérez de la Torre L. Turberas del norte. Rev Esp Geogr. 2009;45(2):112-20.": (
        n("García Márquez", "J"),
        n("Pérez de la Torre", "L"),
    ),
    "Dupont, J.-P. et Lefèvre, M., « Les tourbières du Nord », Revue de géographie, vol. 45, n° 2, 2004, p. 12-29.": (
        n("Dupont", "J.-P."),
        n("Lefèvre", "M."),
    ),
    "SILVA FILHO, J. B.; SANTOS, M. R. O manguezal do Recife. 2. ed. Recife: Editora UFPE, 1998.": (
        n("SILVA FILHO", "J. B."),
        n("SANTOS", "M. R."),
    ),
    "王伟, 李强. 湿地土壤研究[J]. 生态学报, 2015, 35(4): 112-118.": (n("王伟"), n("李强")),
    "Scott MD, Causey SR. Ecology of dogs. J Wildl Manage 1973; 37: 253–265.": (n("Scott", "MD"), n("Causey", "SR")),
    # organisations stay whole
    "National Institute for Health and Care Excellence. Falls in older people. London: NICE; 2013.": (
        n(literal="National Institute for Health and Care Excellence"),
    ),
    "BRASIL. Ministério da Saúde. Guia de vigilância. Brasília: Ministério da Saúde, 2016.": (
        n(literal="BRASIL. Ministério da Saúde"),
    ),
    "Food and Agriculture Organization of the United Nations. (2019). The state of food. FAO.": (
        n(literal="Food and Agriculture Organization of the United Nations"),
    ),
}


@pytest.mark.parametrize("raw", NAMES)
def test_names(raw: str) -> None:
    assert values(raw, "authors") == (NAMES[raw],)


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        (
            "Rossi, G., & Bianchi, L. (2006). The lagoon after 1500. In C. Okonkwo & T. H. van den Berg (Eds.), "
            "Rivers and people (2nd ed., pp. 21–48). Earthscan.",
            ((n("Rossi", "G."), n("Bianchi", "L.")), (n("Okonkwo", "C."), n("Berg", "T. H.", particle="van den"))),
        ),
        (
            "Rossi C. Mud in motion. In: Okafor L, Berg T, editors. Handbook of wetlands. London: Earthscan; 2012. p. 21-48.",
            ((n("Rossi", "C"),), (n("Okafor", "L"), n("Berg", "T"))),
        ),
        (
            "LIU H, CHEN M. Peat fires at night[C]//KATO T. Proceedings of the 5th Symposium on Fire. Tokyo: Fire Press, 2010: 33-40.",
            ((n("LIU", "H"), n("CHEN", "M")), (n("KATO", "T"),)),
        ),
        (
            "Okonkwo, C. (Ed.). (2008). Rivers of the delta (3rd ed., Vol. 2). University of Lagos Press.",
            (None, (n("Okonkwo", "C."),)),
        ),
    ],
)
def test_editors_stand_apart(raw: str, people: tuple[object, ...]) -> None:
    assert values(raw, "authors", "editors") == people


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        (f"Vries, P. J. (2014b, March 3). {PEAT}", Year(number=2014, letter="b", month=3, day=3)),
        ("Okafor LM. Salt marshes. J Coast Stud. 2019 Mar 12;45(3):112-30.", Year(number=2019, month=3, day=12)),
        ("Doe, J. and Roe, R. (in press) 'Mud', Soil Letters.", Year(text="in press")),
        ("Kim, Y.-J., & Park, S.-H. (n.d.). Rain data. Zenodo. https://doi.org/10.5281/zenodo.1234567", Year(text="n.d.")),
    ],
)
def test_years(raw: str, year: Year) -> None:
    assert values(raw, "year") == (year,)


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        (f"Vries, P. J. (2014). {PEAT}", ("12", "2", "45–59")),
        ("Vries, P. J. (2014). Peat. Wetlands, 12(Suppl. 2), S45–S59.", ("12", "Suppl. 2", "S45–S59")),
        ("King ML. Rain in towns. Urban Water. 2011;8(4 Pt 2):1425-37.", ("8", "4 Pt 2", "1425-37")),
        ("King, M. “Rain in Towns.” Urban Water 8, no. 4 (2011): 1425–37.", ("8", "4", "1425–37")),
        ("King, M., ‘Rain in Towns’, Urban Water, 8.4 (2011), 1425–37.", ("8", "4", "1425–37")),
        ("M. King, “Rain in towns,” Urban Water, vol. 8, no. 4, pp. 25–37, 2011.", ("8", "4", "25–37")),
        ("KING, M. Chuva. Revista de Geografia, v. 8, n. 4, p. 25-37, 2011.", ("8", "4", "25-37")),
        ("Becker, Hans: Die Moore. In: Zeitschrift für Geographie, Jg. 12, H. 3, 1999, S. 33–57.", ("12", "3", "33–57")),
        ("Dupont, J., « Les tourbières », Revue de géographie, vol. 45, n° 2, 2004, p. 12-29.", ("45", "2", "12-29")),
        ("Ivanov I.I., Petrov P.P. Mires of Siberia. Pochvovedenie. 1999. Vol. 5. No. 2. P. 123–130.", ("5", "2", "123–130")),
        ("Tanaka Y: Rain on Mount Fuji. J Meteorol Soc Jpn 1998, 76:e0132304.", ("76", None, "e0132304")),
        ("Lee K, et al. Night rain. Nat. Commun. 11, 4567 (2020).", ("11", None, "4567")),
        ("Okonkwo, C. (Ed.). (2008). Rivers of the delta (3rd ed., Vol. 2). University of Lagos Press.", ("2", None, None)),
    ],
)
def test_volume_issue_and_pages(raw: str, numbers: tuple[object, ...]) -> None:
    assert values(raw, "volume", "issue", "pages") == numbers


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (
            "King ML. Rain. Urban Water. 2011;8(4):1-7. doi:10.1016/S0140-6736(14)60123-8. PMID: 21234567; PMCID: PMC3123456.",
            {"doi": "10.1016/S0140-6736(14)60123-8", "pmid": "21234567", "pmcid": "PMC3123456"},
        ),
        (
            "A. Lee, \"Visualizing rain,\" arXiv preprint arXiv:1506.02078, 2015.",
            {"arxiv": "1506.02078", "title": "Visualizing rain"},
        ),
        (
            "Smith, J. The rain book. ISBN 978-0-306-40615-7. Oxford: OUP, 2001.",
            {"isbn": "9780306406157", "title": "The rain book", "place": "Oxford"},
        ),
        (
            "Gov.uk (2021) Rainfall statistics. Available at: https://www.gov.uk/rain-stats (Accessed: 12 May 2022).",
            {"url": "https://www.gov.uk/rain-stats", "accessed": "12 May 2022"},
        ),
        (
            "NICE. Falls. London: NICE; 2013. Available from: https://www.nice.org.uk/guidance/cg161 [cited 2020 Mar 14].",
            {"url": "https://www.nice.org.uk/guidance/cg161", "accessed": "2020 Mar 14"},
        ),
        (
            "BRASIL. Guia de vigilância. Brasília: MS, 2016. Disponível em: https://saude.gov.br/guia. Acesso em: 3 maio 2019.",
            {"url": "https://saude.gov.br/guia", "accessed": "3 maio 2019"},
        ),
    ],
)  # fmt: skip
def test_identifiers_addresses_and_dates_of_access(raw: str, found: dict[str, str]) -> None:
    assert values(raw, *found) == tuple(found.values())


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("WANG W. Peat fires[J]. Soil Letters, 2015, 35(4): 112-118.", "article-journal"),
        ("WANG W, LI Q. Wetland soils: theory and practice[M]. 2nd ed. Beijing: Science Press, 2012: 45-52.", "book"),
        ("ZHANG L. Modelling peat fires[D]. Wuhan: Wuhan University, 2018.", "thesis"),
        (
            "LIU H. Peat fires[C]//KATO T. Proceedings of the 5th Symposium on Fire. Tokyo: Fire Press, 2010: 33-40.",
            "paper-conference",
        ),
        ("LIU H. Peat fires[M]//KATO T. Handbook of fire. Tokyo: Fire Press, 2010: 33-40.", "chapter"),
        ("WEN L. Rain today[EB/OL]. (2019-03-12)[2020-05-01]. https://example.org/rain.", "webpage"),
        ("Kim, Y.-J. (2021). Rain data [Data set]. Zenodo. https://doi.org/10.5281/zenodo.1234567", "dataset"),
        ("Kim, Y.-J. (2021). Rainer (Version 2.1) [Computer software]. https://example.org/rainer", "software"),
        ("Kim, Y.-J. (2021). Rain over moors [Doctoral dissertation, University of Porto].", "thesis"),
        ("Okafor, Lena. Marshes and People. 2nd ed. Oxford: Oxford University Press, 2015.", "book"),
        ("Rossi C. Mud. In: Okafor L, editor. Handbook of wetlands. London: Earthscan; 2012. p. 21-48.", "chapter"),
    ],
)
def test_kinds_in_the_words_of_csl(raw: str, kind: str) -> None:
    assert values(raw, "type") == (kind,)


def test_the_mark_of_gbt_is_no_part_of_title_or_edition() -> None:
    raw = "WANG W, LI Q. Wetland soils: theory and practice[M]. 2nd ed. Beijing: Science Press, 2012: 45-52."
    assert values(raw, "title", "edition", "publisher") == ("Wetland soils: theory and practice", "2nd", "Science Press")
