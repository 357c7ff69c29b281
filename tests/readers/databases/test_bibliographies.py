"""Bibliography files beside BibTeX: CSL, RIS, NBIB, EndNote, Hayagriva."""

import pytest

from refaudit.errors import InputError
from tests.readers.show import document, fields

ARTICLE = {
    "type": "article-journal",
    "title": "Silt in rivers",
    "container": "Coasts",
    "volume": "1",
    "issue": "2",
    "pages": "3–9",
    "doi": "10.1000/silt",
    "year": "2018",
    "authors": ["Abel, Karl", "World Health Organization"],
}

CSL = """[{"id": "a", "type": "article-journal", "title": "Silt <i>in</i> rivers", "container-title": "Coasts", "volume": 1,
 "issue": "2", "page": "3–9", "DOI": "https://doi.org/10.1000/silt", "issued": {"date-parts": [[2018, 5]]},
 "author": [{"family": "Abel", "given": "Karl"}, {"literal": "World Health Organization"}]}]"""
CSL_YAML = """---
references:
- id: a
  type: article-journal
  title: Silt in rivers
  container-title: Coasts
  volume: 1
  issue: 2
  page: 3–9
  DOI: 10.1000/silt
  issued: 2018-05
  author:
  - {family: Abel, given: Karl}
  - {literal: World Health Organization}
...
"""
RIS = """TY  - JOUR
ID  - a
AU  - Abel, Karl
AU  - World Health Organization
TI  - Silt in
 rivers
JF  - Coasts
VL  - 1
IS  - 2
SP  - 3
EP  - 9
PY  - 2018/05/01/
DO  - 10.1000/silt
ER  -
"""
NBIB = """PMID- 123
TI  - Silt in
      rivers.
FAU - Abel, Karl
AU  - Abel K
CN  - World Health Organization
JT  - Coasts
VI  - 1
IP  - 2
PG  - 3–9
DP  - 2018 May 1
LID - 10.1000/silt [doi]
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record><rec-number>a</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Abel, Karl</style></author>
<author>World Health Organization</author></authors></contributors><titles><title><style>Silt in rivers</style></title>
<secondary-title>Coasts</secondary-title></titles><pages>3–9</pages><volume>1</volume><number>2</number>
<dates><year>2018</year></dates><electronic-resource-num>10.1000/silt</electronic-resource-num></record></records></xml>"""
HAYAGRIVA = """a:
  type: article
  title: Silt in rivers
  author: ["Abel, Karl", "World Health Organization"]
  date: 2018-05
  page-range: 3-9
  serial-number: {doi: 10.1000/silt}
  parent:
    type: periodical
    title: Coasts
    volume: 1
    issue: 2
"""


@pytest.mark.parametrize(
    ("name", "source", "format_", "extra"),
    [
        ("r.json", CSL, "csl-json", {}),
        ("r.yaml", CSL_YAML, "csl-yaml", {}),
        ("r.ris", RIS, "ris", {}),
        ("r.nbib", NBIB, "nbib", {"key": "123", "pmid": "123"}),
        ("r.xml", ENDNOTE, "endnote", {}),
        ("r.yml", HAYAGRIVA, "hayagriva", {}),
    ],
)
def test_one_article_in_every_format(name: str, source: str, format_: str, extra: dict[str, str]):
    read = document(source, name)
    assert read.format == format_
    assert [fields(one) for one in read.references] == [{"key": "a"} | ARTICLE | extra]
    assert (read.list_given, read.problems) == (True, ())
    first = read.references[0]
    assert read.text[first.span.start : first.span.end] == first.raw


def test_broken_files_are_told_with_their_line():
    read = document('[{"id": "a", "title": "A", "type": "book"},\n {"id": "b", "title": }]', "r.json")
    assert [one.key for one in read.references] == ["a"]
    assert [one.message for one in read.problems] == ["line 2: not valid JSON; the entries before it are used"]
    read = document("TY  - BOOK\nID  - a\nTI  - A\nTY  - BOOK\nID  - b\nTI  - B\nER  - \n", "r.ris")
    assert [one.key for one in read.references] == ["a", "b"]
    assert [one.message for one in read.problems] == ["r.ris:1: the entry has no end (ER); what could be read of it is used"]
    with pytest.raises(InputError, match=r"r\.yaml, line 3: not valid YAML"):
        document("- id: a\n- id: [b\n", "r.yaml")


def test_yaml_that_repeats_itself_stays_small():
    levels = "".join(
        f"{name}: &{name} [" + ", ".join([f"*{before}"] * 9) + "]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    read = document("a: &a [x, x, x, x, x, x, x, x, x]\n" + levels, "r.yaml")
    assert read.references == ()


@pytest.mark.parametrize("source", ["[" * 5000, "- " * 5000 + "a", "a: " + "{a: " * 3000])
def test_yaml_nested_without_end_is_refused(source: str):
    with pytest.raises(InputError, match="nested too deeply"):
        document(source, "r.yaml", input_format="yaml")
