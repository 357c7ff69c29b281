"""Fields of entries in the common styles, whole results compared; entries are our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from refaudit.export import FORMATS, csl_items
from refaudit.model import Name, Parsed, Reference, Span, Year
from refaudit.parse.fields import read_fields
from refaudit.parse.pages import expand_pages
from refaudit.parse.style.recognition import settle
from refaudit.parse.years import read_year
from tests.counting import grows_linearly

FIELDS = ("authors", "editors", "year", "title", "container", "volume", "issue", "pages", "publisher", "place", "edition",
          "doi", "arxiv", "pmid", "isbn", "url", "accessed", "type")  # fmt: skip


def ref(raw: str, **more: object) -> Reference:
    return Reference(id="r1", span=Span(0, len(raw)), raw=raw, **more)  # type: ignore[arg-type]


def names(*people: tuple[str, str]) -> tuple[Name, ...]:
    return tuple(Name(family=family, given=given) for family, given in people)


def values(reference: Reference) -> dict[str, object]:
    return {name: field.value for name in FIELDS if (field := getattr(reference, name)) is not None}


MARSH = {"title": "Salt marshes after storms", "volume": "45", "type": "article-journal"}
TABLE: dict[str, dict[str, object]] = {
    # APA 7
    "Okafor, L. M., & van den Berg, T. (2019a). Salt marshes after storms: A review. Journal of Coastal Studies, 45(3), 112–130. "
    "https://doi.org/10.1234/jcs.2019.045": MARSH
    | {
        "authors": (Name(family="Okafor", given="L. M."), Name(family="Berg", given="T.", particle="van den")),
        "year": Year(number=2019, letter="a"),
        "title": "Salt marshes after storms: A review",
        "container": "Journal of Coastal Studies",
        "issue": "3",
        "pages": "112–130",
        "doi": "10.1234/jcs.2019.045",
    },
    # NLM (Vancouver), with a month and a PubMed identifier
    "1. Okafor LM, Berg TV, Rossi C, et al. Salt marshes after storms. J Coast Stud. 2019 Mar;45(3):112-30. "
    "doi:10.1234/jcs.2019.045. PMID: 31234567": MARSH
    | {
        "authors": names(("Okafor", "LM"), ("Berg", "TV"), ("Rossi", "C")),
        "year": Year(number=2019, month=3),
        "container": "J Coast Stud",
        "issue": "3",
        "pages": "112-30",
        "doi": "10.1234/jcs.2019.045",
        "pmid": "31234567",
    },
    # IEEE
    "[12] L. M. Okafor and C. Rossi, “Salt marshes after storms,” J. Coast. Stud., vol. 45, no. 3, pp. 112–130, Mar. 2019.": MARSH
    | {
        "authors": names(("Okafor", "L. M."), ("Rossi", "C.")),
        "year": Year(number=2019, month=3),
        "container": "J. Coast. Stud.",
        "issue": "3",
        "pages": "112–130",
    },
    # ABNT: the place of the journal stands between journal and volume
    "OKAFOR, L. M.; ROSSI, C. Marismas depois das tempestades. Revista Brasileira de Geografia, São Paulo, v. 45, n. 3, "
    "p. 112-130, 2019.": MARSH
    | {
        "authors": names(("OKAFOR", "L. M."), ("ROSSI", "C.")),
        "year": Year(number=2019),
        "title": "Marismas depois das tempestades",
        "container": "Revista Brasileira de Geografia",
        "issue": "3",
        "pages": "112-130",
        "place": "São Paulo",
    },
    # GB/T 7714
    "[3] OKAFOR L M, ROSSI C. Salt marshes after storms[J]. Journal of Coastal Studies, 2019, 45(3): 112-130.": MARSH
    | {
        "authors": names(("OKAFOR", "L M"), ("ROSSI", "C")),
        "year": Year(number=2019),
        "container": "Journal of Coastal Studies",
        "issue": "3",
        "pages": "112-130",
    },
    # Chicago notes
    "Okafor, Lena, and Carlo Rossi. “Salt Marshes after Storms.” Journal of Coastal Studies 45, no. 3 (2019): 112–30.": MARSH
    | {
        "authors": names(("Okafor", "Lena"), ("Rossi", "Carlo")),
        "year": Year(number=2019),
        "title": "Salt Marshes after Storms",
        "container": "Journal of Coastal Studies",
        "issue": "3",
        "pages": "112–30",
    },
    # a book
    "Okafor, Lena. Marshes and People. 2nd ed. Oxford: Oxford University Press, 2015.": {
        "authors": names(("Okafor", "Lena")),
        "year": Year(number=2015),
        "title": "Marshes and People",
        "publisher": "Oxford University Press",
        "place": "Oxford",
        "edition": "2nd",
        "type": "book",
    },
    # a chapter with editors
    "Rossi C. Mud in motion. In: Okafor L, Berg T, editors. Handbook of wetlands. 3rd ed. London: Earthscan; 2012. p. 21-48.": {
        "authors": names(("Rossi", "C")),
        "editors": names(("Okafor", "L"), ("Berg", "T")),
        "year": Year(number=2012),
        "title": "Mud in motion",
        "container": "Handbook of wetlands",
        "pages": "21-48",
        "publisher": "Earthscan",
        "place": "London",
        "edition": "3rd",
        "type": "chapter",
    },
    # an organisation on the web
    "World Health Organization. (2021). Guidelines on drinking water. https://www.who.int/water Accessed 12 May 2022.": {
        "authors": (Name(literal="World Health Organization"),),
        "year": Year(number=2021),
        "title": "Guidelines on drinking water",
        "url": "https://www.who.int/water",
        "accessed": "12 May 2022",
        "type": "webpage",
    },
    # German, "S." for pages
    "Becker, H. (2008): Die Moore Norddeutschlands. In: Krause, P. (Hrsg.): Handbuch der Landschaft. Springer, Berlin, "
    "S. 33–57.": {
        "authors": names(("Becker", "H.")),
        "editors": names(("Krause", "P.")),
        "year": Year(number=2008),
        "title": "Die Moore Norddeutschlands",
        "container": "Handbuch der Landschaft",
        "pages": "33–57",
        "publisher": "Springer",
        "place": "Berlin",
        "type": "chapter",
    },
    # Elsevier numeric, an article number
    "L.M. Okafor, C. Rossi, Salt marshes after storms, J. Coast. Stud. 45 (2019) e0112.": MARSH
    | {
        "authors": names(("Okafor", "L.M."), ("Rossi", "C.")),
        "year": Year(number=2019),
        "container": "J. Coast. Stud.",
        "pages": "e0112",
    },
    # humanities
    "G. Rossi, Le acque della laguna, Venezia, Marsilio, 1974.": {
        "authors": names(("Rossi", "G.")),
        "year": Year(number=1974),
        "title": "Le acque della laguna",
        "publisher": "Marsilio",
        "place": "Venezia",
        "type": "book",
    },
    # no date
    "Bureau of Rain. (n.d.). Rain today. Retrieved March 3, 2020, from https://example.org/rain_x": {
        "authors": (Name(literal="Bureau of Rain"),),
        "year": Year(text="n.d."),
        "title": "Rain today",
        "url": "https://example.org/rain_x",
        "accessed": "March 3, 2020",
        "type": "webpage",
    },
}


@pytest.mark.parametrize("raw", TABLE)
def test_fields_of_one_entry(raw: str) -> None:
    assert values(read_fields([ref(raw)])[0]) == TABLE[raw]


def test_spans_hold_what_was_read() -> None:
    for read in read_fields([ref(raw) for raw in TABLE]):
        for name in FIELDS:
            field = getattr(read, name)
            if field is not None and name != "type":
                assert read.raw[field.span.start : field.span.end] == field.raw
                assert 0 <= field.confidence <= 1


def test_a_dash_repeats_the_authors_above() -> None:
    """A list that prints a dash for authors who stand above."""
    first = ref('Alder, Anna. "Oaks in Winter." *Trees* 4 (2001): 1–19.')
    others = [ref(f"{dash} *Elms of the North*. London: Harbour Press, 2003.") for dash in ("———.", "______.", "---.")]
    read = read_fields([first, *others])
    assert [reference.authors and reference.authors.value for reference in read] == [names(("Alder", "Anna"))] * 4
    assert [reference.authors and reference.authors.span for reference in read[1:]] == [None] * 3


def test_of_several_works_in_one_entry_the_first_is_read() -> None:
    """ "a) ...; b) ..." as chemistry prints it: nothing of the second work gets into the fields of the first."""
    (read,) = read_fields(
        [ref("a) A. Alder, B. Birch, J. Chem. Soc. 1980, 12, 543–544; b) C. Cedar, J. Phys. Chem. C 2009, 113, 19386–19388.")]
    )
    assert (read.authors and read.authors.value, read.pages and read.pages.value, read.editors) == (
        names(("Alder", "A."), ("Birch", "B.")),
        "543–544",
        None,
    )


def test_et_al_is_told() -> None:
    cut, full = read_fields([ref("Okafor LM, Rossi C, et al. Mud. J Coast Stud. 2019;45:1-9."), ref(next(iter(TABLE)))])
    assert (cut.et_al, full.et_al) == (True, False)


def test_known_fields_are_kept() -> None:
    title = Parsed(value="Mine", raw="Mine", span=None)
    given = ref(next(iter(TABLE)), title=title)
    assert read_fields([given]) == (given,)
    year = Parsed(value=Year(number=1999), raw="1999")
    assert read_fields([ref(next(iter(TABLE)), year=year)])[0].year is year


def test_other_entries_of_the_list_settle_a_doubtful_one() -> None:
    """The habit of the list (a place after each journal) tells journal from publisher."""
    entries = [
        f"{family}, A. Estudos de solos {word}. Cadernos {word} de Geologia, Recife, v. {n}, n. 2, p. {n}0-{n}9, 20{n}."
        for n, (family, word) in enumerate([("SILVA", "moles"), ("COSTA", "rasos"), ("PRADO", "finos"), ("LEAL", "secos")], 11)
    ]
    read = read_fields([ref(entry) for entry in entries])
    assert [field.container.value if field.container else None for field in read] == [
        f"Cadernos {word} de Geologia" for word in ("moles", "rasos", "finos", "secos")
    ]


@pytest.mark.parametrize(
    "raw", ["", " ", "\n", "...", "12", "()", "https://", "\ud800", "。", "x" * 20_000, "a, " * 6_000, "(" * 5_000]
)
def test_odd_texts_raise_nothing(raw: str) -> None:
    assert read_fields([ref(raw)])[0].raw == raw


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.text(max_size=400), max_size=6))
def test_any_text_is_read(lines: list[str]) -> None:
    read = read_fields([ref(line) for line in lines])
    assert [one.raw for one in read] == lines
    csl_items(read)


LONG = st.builds(
    lambda parts, size: ("".join(parts) * (size // max(1, len("".join(parts))) + 1))[:size],
    st.lists(
        st.one_of(
            st.text(min_size=1, max_size=12),
            st.sampled_from(
                ["Smith, J., ", "(2019)", "“", " 12(3), 4–5", "10.1/", "http://a.", "In: ", "[J]", "et al. ", "\n", "ISBN "]
            ),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 20_000),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(LONG)
@example(raw="\x00HTTP://\x00")
def test_entries_of_any_length_are_read_whole(raw: str) -> None:
    """0 to 20,000 characters: nothing raised, every field inside the entry, confidences chances, and all of it exported."""
    (read,), whole = settle(read_fields([ref(raw)]))
    assert read.raw == raw
    for name in FIELDS:
        field = getattr(read, name)
        if field is not None:
            assert 0 <= field.confidence <= 1
            assert field.span is None or raw[field.span.start : field.span.end] == field.raw
    assert 0 <= whole.share <= 1
    for write in FORMATS.values():
        assert write([read]).count("\x00") == 0


REFLIKE = st.lists(
    st.sampled_from(
        [
            "Smith",
            "J.",
            ",",
            ".",
            "(",
            ")",
            "2019",
            "“",
            "”",
            "In:",
            "vol.",
            "45",
            ":",
            "1-9",
            "eds.",
            "et al.",
            "\u00ad",
            "李",
            " ",
        ]
    ),
    max_size=60,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(REFLIKE)
def test_scrambled_entries_are_read(raw: str) -> None:
    read = read_fields([ref(raw)])[0]
    for name in FIELDS:
        field = getattr(read, name)
        assert field is None or field.span is None or raw[field.span.start : field.span.end] == field.raw


@pytest.mark.parametrize(
    "unit",
    ["Smith, J., ", "A. ", "(((", "10.1234/", "http://a.", "2019 ", "In: ", "'a", "arXiv ", "ed., ", ", and ", "[M]. "],
)
def test_time_grows_with_length_only(unit: str) -> None:
    def work(size: int) -> Callable[[], object]:
        raw = (unit * (size // len(unit) + 1))[:size]
        return lambda: settle(read_fields([ref(raw)]))

    assert grows_linearly(work, 750)


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("2019a", Year(number=2019, letter="a")),
        ("2007 Jan 12", Year(number=2007, month=1, day=12)),
        ("12.03.2019", Year(number=2019, month=3, day=12)),
        ("2019-03-12", Year(number=2019, month=3, day=12)),
        ("12 de maio de 2014", Year(number=2014, month=5, day=12)),
        ("June 2010", Year(number=2010, month=6)),
        ("juillet 1998", Year(number=1998, month=7)),
        ("in press", Year(text="in press")),
        ("[s.d.]", Year(text="s.d.")),
        ("1967/1968", Year(number=1967)),
    ],
)
def test_read_year(printed: str, year: Year) -> None:
    assert read_year(printed) == year


@pytest.mark.parametrize(
    ("printed", "expanded"),
    [
        ("1425–37", "1425-1437"),
        ("61-9", "61-69"),
        ("S225–S239", "S225-S239"),
        ("S225-39", "S225-S239"),
        ("e0132304", "e0132304"),
        ("12 – 19", "12-19"),
        ("xi–xx", "xi-xx"),
    ],
)
def test_expand_pages(printed: str, expanded: str) -> None:
    assert expand_pages(printed) == expanded


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "[3] 张树林,王小河,李文石,等.盐沼土壤的协同治理[J].海岸大学学报(自然科学版), 2021(4): 80–86.",
            {"authors": names(("张树林", ""), ("王小河", ""), ("李文石", "")), "year": Year(number=2021), "title": "盐沼土壤的协同治理",
             "container": "海岸大学学报(自然科学版)", "issue": "4", "pages": "80–86", "type": "article-journal"},
        ),
        (
            "王小河. 雨后的结皮[J]. 土壤, 2020, 12(3): 4-9.",
            {"authors": names(("王小河", "")), "year": Year(number=2020), "title": "雨后的结皮", "container": "土壤", "volume": "12", "issue": "3",
             "pages": "4-9", "type": "article-journal"},
        ),
        (
            "李文石. 裸地侵蚀研究[D]. 南京: 海岸大学, 2019.",
            {"authors": names(("李文石", "")), "year": Year(number=2019), "title": "裸地侵蚀研究", "place": "南京", "publisher": "海岸大学", "type": "thesis"},
        ),
        (
            "李文石. 裸地侵蚀研究[D]. 海岸大学, 2019.",
            {"authors": names(("李文石", "")), "year": Year(number=2019), "title": "裸地侵蚀研究", "publisher": "海岸大学", "type": "thesis"},
        ),
        (
            "赵大山. 土壤学[M]. 第2版. 北京: 北方出版社, 2015: 12-30.",
            {"authors": names(("赵大山", "")), "year": Year(number=2015), "title": "土壤学", "edition": "第2版", "place": "北京", "publisher": "北方出版社",
             "pages": "12-30", "type": "book"},
        ),
    ],
)  # fmt: skip
def test_chinese_entries_by_the_grammar_of_the_standard(raw: str, expected: dict[str, object]) -> None:
    assert values(read_fields([ref(raw)])[0]) == expected


def test_an_address_behind_a_mark_keeps_what_the_labeller_reads() -> None:
    found = values(read_fields([ref("赵大山. 雨量数据[EB/OL]. (2021-03-04)[2022-05-06]. https://rain.example.org/data.")])[0])
    assert {name: found[name] for name in ("title", "url", "type")} == {
        "title": "雨量数据",
        "url": "https://rain.example.org/data",
        "type": "webpage",
    }
