"""An entry made ready for comparison."""

from __future__ import annotations

import pytest

from refaudit.model import Name, Parsed, Reference, Span, Year
from refaudit.resolve.match.entry import Entry


def entry(raw):
    return Entry(Reference(id="r", span=Span(0, len(raw)), raw=raw))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("[12] Lopez, A. Rain. Soils 12, 2021. https://doi.org/10.5555/1", "lopez, a. rain. soils 12, 2021. "),
        ("3. Lopez A. Rain. Soils; 2021. ", "lopez a. rain. soils; 2021."),
        ("Lopez, A. *Rain* on the de- sert. doi:10.5555/1.", "lopez, a. rain on the desert. doi: ."),
        (r"L{\'o}pez, A. Rain on {S}oils", "lopez, a. rain on soils"),
        ("Lopez. Rain. Retrieved May 3, 2020 from <https://example.org/rain>", "lopez. rain."),
        ("Lopez. Available evidence on rain.", "lopez. available evidence on rain."),
    ],
)
def test_text_without_label_identifiers_and_markup(raw, text):
    assert entry(raw).text.strip() == text.strip()


def test_numbers_and_years():
    found = entry("Lopez (2019). Rain. Soils 12, 1425-37, e0641.")
    assert {"12", "1425", "1437", "37", "e0641", "641", "2019"} <= found.numbers
    assert found.years == {2019}


def test_readings_of_a_doi():
    found = entry("Lopez. Rain. https://doi.org/10.5555/soil.2010. 01.002")
    assert (found.doi, found.readings(found.doi)[0]) == ("10.5555/soil.2010", "10.5555/soil.2010.01.002")


def test_the_query_leaves_out_what_only_disturbs():
    assert entry("Lopez, A. (2019). Rain [Preprint]. Soils. doi: 10.5555/1").query == "Lopez, A. (2019). Rain . Soils"


BIBTEX = """@article{lopez2019,
  title = {Rain on {Bare} Ground},
  author = {Lopez, Ana and van der Berg, Jan},
  abstract = {Words of an abstract 1999, 77(5), 100-200.},
  keywords = {soil, water},
  file = {/home/somebody/papers/lopez.pdf},
}"""


def test_an_entry_of_a_database_is_compared_by_its_fields():
    """Its source holds names of fields, abstracts, keywords and places of files."""
    fields = {
        "authors": Parsed(
            value=(Name(family="Lopez", given="Ana"), Name(family="Berg", given="Jan", particle="van der")), raw=""
        ),
        "year": Parsed(value=Year(number=2019), raw="2019"),
        "title": Parsed(value="Rain on {Bare} Ground", raw=""),
        "container": Parsed(value="Journal of Soils", raw=""),
        "volume": Parsed(value="12", raw=""),
        "issue": Parsed(value="2", raw=""),
        "pages": Parsed(value="11-19", raw=""),
    }
    printed = "Lopez, Ana, van der Berg, Jan. 2019. Rain on Bare Ground. Journal of Soils. 12(2). 11-19"
    for raw in (BIBTEX, "TY  - JOUR\nAB  - 1999", "%0 Journal Article\n%X 1999", '{"abstract": "1999"}', "<record>1999</record>",
                "lopez2019:\n  type: article\n  abstract: 1999"):  # fmt: skip
        entry = Entry(Reference(id="r1", span=Span(0, len(raw)), raw=raw, **fields))
        assert (entry.bare, entry.query, entry.years) == (printed, printed, frozenset({2019}))


def test_entities_are_characters():
    raw = "@article{a, title = {R&amp;D}, author = {Ch&apos;ng, S.}}"
    authors = Parsed(value=(Name(family="Ch&apos;ng", given="S."),), raw="")
    entry = Entry(Reference(id="r", span=Span(0, len(raw)), raw=raw, authors=authors, title=Parsed(value="R&amp;D", raw="")))
    assert (entry.authors, entry.title, entry.bare) == ((Name(family="Ch'ng", given="S."),), "R&D", "Ch'ng, S.. R&D")
