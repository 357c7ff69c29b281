"""Differences as people see them: what is told, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refaudit.model import Name, Parsed, Record, Reference, Span, Year
from refaudit.resolve.match.compare import (
    Difference,
    authors_difference,
    container_difference,
    numbering_difference,
    title_difference,
    year_difference,
)
from refaudit.resolve.match.container_names import same_container
from refaudit.resolve.match.decide import accepted, one_work, points, rank, score
from refaudit.resolve.match.entry import Entry


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
    issue="",
    sure=0.95,
    raw="",
):
    names = people(*authors)
    shown = ", ".join(f"{name.family} {name.given}" for name in names)
    raw = raw or f"{shown} ({year}). {title}. {container}, {volume}{f'({issue})' if issue else ''}, {pages}."
    return Entry(
        Reference(
            id="r",
            span=Span(0, len(raw)),
            raw=raw,
            authors=Parsed(value=names, raw=shown, confidence=0.95),
            year=Parsed(value=Year(number=year), raw=str(year), confidence=0.95),
            title=Parsed(value=title, raw=title, confidence=sure),
            container=Parsed(value=container, raw=container, confidence=0.95) if container else None,
            volume=Parsed(value=volume, raw=volume, confidence=0.95) if volume else None,
            issue=Parsed(value=issue, raw=issue, confidence=0.95) if issue else None,
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
        (("Lopez, A.", "Vega, B.", "Alto, C."), ("Lopez, Ana",)),  # a record of the first author only
        (("Lee, Y.", "Lee, S."), ("Lee, Yun", "Lee, Sun")),  # several authors of one surname
        (("Silva, J.", "Santos, J."), ("Silva Santos, João",)),  # one surname read as two names
        (("Rod Hardy, W.", "Vega, B."), ("Hardy, W. Rod", "Vega, Berta")),
        (("Kita, M.", "Vega, B."), ("Κita, Marina", "Vega, Berta")),  # a Greek kappa in the record
        (("Иванов, А.", "Vega, B."), ("Ivanov, Andrei", "Vega, Berta")),  # another alphabet
        (("u, H. S.", "Vega, B."), ("Khan, Hira Salah ud din", "Vega, Berta")),  # an initial read as a surname
        # sorted by name in the record
        (("Vega, B.", "Tran, C.", "Lopez, A.", "Sand, D."), ("Lopez, Ana", "Sand, Dan", "Tran, Chi", "Vega, Berta")),
        # family and given names in each other's place in the record
        (("Wang, X.", "Li, N.", "Tran, Q. H."), ("Xiaoming, Wang", "Na, Li", "Hung, Tran Quoc")),
        (("Hsu, C.", "Chang, Y."), ("Xu, Chen", "Zhang, Yan")),  # two romanisations
        (("Tschernow, P.", "Vega, B."), ("Chernov, Pavel", "Vega, Berta")),
        (("Lopez, Bill", "Vega, B."), ("Lopez, William", "Vega, Berta")),
        (("Lopez, J. Robert", "Vega, B."), ("Lopez, Robert", "Vega, Berta")),
        (("Lopez, Yuri", "Vega, B."), ("Lopez, Iurii", "Vega, Berta")),
        (("Lopez, A.", "Vega, B.", "Soil Study Group, X."), ("Lopez, Ana", "Vega, Berta")),  # a group read as a person
        (("Ana Lopez, Berta Vega",), ("Lopez, Ana", "Vega, Berta")),  # given names first, read as one name
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
        # the one who is gone shares a surname with another author, or is called as another by the given name
        (("Ulger, T.", "Cho, S.", "Lee, D."), ("Lee, Young-Dae", "Cho, Sung", "Lee, Dong-Gyu")),
        (("Lopez, A.", "Shen, Yang"), ("Lopez, Ana", "Tang, Yang")),
        (("Ramos Rodríguez, A.", "Ramos, B."), ("Sanders, Emily", "Ramos, Berta")),
    ],
)
def test_authors_that_differ(cited, registered):
    assert authors_difference(entry(authors=cited), record(authors=people(*registered))).confidence >= 0.8


THREE = ("Lopez, Ana", "Vega, Berta", "Alto, Carla")
TEN = (*THREE, "Dorn, Dan", "Edna, Ed", "Fenn, Flo", "Gall, Gus", "Hahn, Ida", "Ivo, Jan", "Juul, Kai")


@pytest.mark.parametrize(
    ("cited", "registered", "confidence", "detail"),
    [
        (("Vega, B.", "Alto, C."), THREE, 0.8, "registered and not printed: Lopez, Ana"),
        (("Lopez, A.", "Alto, C."), THREE, 0.8, "registered and not printed: Vega, Berta"),
        (("Lopez, A.", "Vega, B."), THREE, 0.8, "registered and not printed: Alto, Carla"),
        (("Lopez, A.",), (*THREE, "Sand, Dan"), 0.45, "registered and not printed: Vega, Berta; Alto, Carla; Sand, Dan"),
        # the last is printed: no cut of a list that styles print in full; of longer ones it may be
        (
            ("Lopez, A.", "Sand, D."),
            (*THREE, "Quay, Ed", "Sand, Dan"),
            0.65,
            "registered and not printed: Vega, Berta; Alto, Carla; Quay, Ed",
        ),
        (
            ("Lopez, A.", "Vega, B."),
            (*THREE, "Quay, Ed", "Sand, Dan"),
            0.45,
            "registered and not printed: Alto, Carla; Quay, Ed; Sand, Dan",
        ),
        (
            ("Lopez, A.", "Sand, D."),
            (*TEN[:9], "Sand, Dan"),
            0.65,
            f"registered and not printed: {'; '.join(TEN[1:4])}; Edna, Ed; and 4 more",
        ),
        (
            ("Lopez, A.", "Sand, D."),
            (*TEN, "Sand, Dan"),
            0.45,
            f"registered and not printed: {'; '.join(TEN[1:4])}; Edna, Ed; and 5 more",
        ),
        (("Lopez, A.", "Vega, B.", "Alto, C.", "Sand, D."), THREE, 0.75, "not registered: Sand, D."),
        (("Lopez, A.", "Vega, B.", "Sand, D."), THREE[:2], 0.65, "not registered: Sand, D."),
        (("Lopez, A.", "Vega, K."), THREE[:2], 0.65, "printed Vega, K., registered Vega, Berta"),
        (("Lopez, Shira", "Vega, Berta"), THREE[:2], 0.75, "printed Lopez, Shira, registered Lopez, Ana"),
        (("Vega, B.", "Lopez, A."), THREE[:2], 0.815, "in another order"),
        (("Alto, C.", "Lopez, A.", "Sand, D."), ("Alto, Carla", "Sand, Dan", "Lopez, Ana"), 0.815, "in another order"),
        # two neighbours turned in a list that is alphabetical by itself
        (("Lopez, A.", "Alto, C.", "Vega, B."), ("Alto, Carla", "Lopez, Ana", "Vega, Berta"), 0.815, "in another order"),
    ],
)
def test_what_differs_is_named(cited, registered, confidence, detail):
    found = authors_difference(entry(authors=cited), record(authors=people(*registered)))
    assert (found.confidence, found.detail) == (confidence, detail)


@pytest.mark.parametrize(
    ("cited", "told"),
    [(("Lopez, A.",), ""), (("Lopez, A.", "Alto, C."), ""), (("Vega, B.",), "registered and not printed: Lopez, Ana")],
)
def test_a_list_that_says_that_it_is_cut(cited, told):
    printed = entry(authors=cited)
    cut = Entry(replace(printed.reference, et_al=True))
    found = authors_difference(cut, record(authors=people(*THREE)))
    assert (found.detail if found else "") == told


def test_a_group_beside_persons_leaves_the_persons_to_be_compared():
    registered = record(authors=(*people("Lopez, Ana", "Vega, Berta"), Name(literal="for the SOIL Study Group")))
    assert authors_difference(entry(), registered) is None
    other = authors_difference(entry(authors=("Silva, P.", "Sato, Y.")), registered)
    assert other == Difference(
        "Silva, P.; Sato, Y.",
        "Lopez, Ana; Vega, Berta; for the SOIL Study Group",
        0.865,
        detail="not registered: Silva, P.; Sato, Y.",
    )


def test_names_in_characters_leave_the_others_to_be_compared():
    registered = record(authors=people("王, 伟", "Vega, Berta"))
    assert authors_difference(entry(authors=("Wang, W.", "Vega, B.")), registered) is None
    assert authors_difference(entry(authors=("Wang, W.", "Sato, Y.")), registered).detail == "not registered: Wang, W.; Sato, Y."


def test_names_in_characters_are_compared_with_one_another():
    cited = entry(authors=("王, 伟", "李, 娜"))
    assert authors_difference(cited, record(authors=people("王, 伟", "李, 娜"))) is None
    assert authors_difference(cited, record(authors=people("王, 伟", "赵, 强"))).detail == "not registered: 李, 娜"


def test_a_surname_that_only_the_title_holds_is_missing():
    cited = entry(authors=("Mrad, C.", "Kirby, J."), title="Reply to a discussion by J. Choi and J. Kirby")
    registered = record(authors=people("Choi, Junwoo", "Kirby, James"), title="Reply to a discussion by J. Choi and J. Kirby")
    assert authors_difference(cited, registered) == Difference(
        "Mrad, C.; Kirby, J.", "Choi, Junwoo; Kirby, James", 0.865, detail="not registered: Mrad, C."
    )


def test_a_title_that_begins_like_its_journal():
    cited = entry(title="Metabolic engineering of chronic factories", container="Metabolic Engineering")
    registered = record(title="Metabolic engineering of green factories", containers=("Metabolic Engineering",))
    found = title_difference(cited, registered)
    assert (found.cited, found.registered) == (cited.title, registered.title)


def test_a_group_of_authors_read_as_a_title():
    cited = entry(title="for the Soil Consortium (SoCo)")
    names = (*people("Lopez, Ana"), Name(literal="for the Soil Consortium (SoCo)"))
    assert title_difference(cited, record(authors=names)) is None


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Early rain on frozen ground in spring", "Early rain on frozen ground in spring"),
        ("Early rain on bare grounds in spring", None),  # a slip
        ("Late rain on bare ground in spring", None),  # at the ends it cannot be told where the title begins
        ("Early rain on the ground in spring", None),
        ("Early rain and its ground in spring", None),
    ],
)
def test_a_word_replaced_in_a_title_read_with_doubt(printed, found):
    difference = title_difference(entry(title=printed, sure=0.4), record(title="Early rain on bare ground in spring"))
    assert (difference and difference.cited) == found


@pytest.mark.parametrize(
    ("cited", "registered", "told"),
    [
        ({"issue": "2"}, {"issue": "3"}, ("issue 2", "issue 3", "issue")),
        ({"issue": "2"}, {"issue": "2"}, None),
        ({"issue": "2"}, {"issue": ""}, None),
        ({"issue": "2"}, {"issue": "134"}, None),  # numbers that run on through the volumes
        ({"issue": "2"}, {"issue": "2-3"}, None),
        ({"issue": "IV"}, {"issue": "4"}, None),
        ({"issue": "2", "volume": "14"}, {"issue": "3"}, ("volume 14", "volume 12", "volume")),
        ({"pages": "11-29"}, {}, ("pages 11-29", "pages 11-19", "pages")),
        ({"pages": "11–9"}, {}, None),
        ({"pages": "1425–37", "issue": "3"}, {"pages": "1425-1473", "issue": "3"}, ("pages 1425–37", "pages 1425-1473", "pages")),
        ({"pages": "1-9"}, {"pages": "1-19"}, None),  # paging of the article itself
        ({"pages": "11"}, {}, None),
        ({"pages": "11-29"}, {"pages": "11-11"}, None),
        ({"pages": "11-29", "issue": "1"}, {"issue": "2"}, ("issue 1, pages 11-29", "issue 2, pages 11-19", "issue")),
    ],
)
def test_issue_and_last_page(cited, registered, told):
    found = numbering_difference(entry(**cited), record(**registered))
    assert (found and (found.cited, found.registered, found.field)) == told


@pytest.mark.parametrize(
    ("cited", "registered", "differs"),
    [
        ("ICML", "2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", True),
        ("ICML 2021", "CVPR", True),
        ("Proc. ICML '21", "Vision Meetings (CVPR 2021)", True),
        ("CVPR", "2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", False),
        ("CVPRW", "2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops (CVPR)", False),
        ("NIPS", "NeurIPS", False),
        ("LNCS", "Lecture Notes in Computer Science", False),
        ("KDD", "Proceedings of the International Conference on Data Mining", False),  # registered without its acronym
        ("Computer Vision Meeting", "CVPR", False),  # a name in full that shares more than half
        ("Conference on Disentangled Rivers", "CVPR", True),
        ("Symposium on Learning Rivers", "ICML", True),  # half of it
        ("Symposium on Learning Machine Rivers", "ICML", False),
        ("International Conference on Quantum Machine Learning", "ICML", True),
        ("Thirty-Seventh International Conference on Machine Learning", "ICML", False),
        ("International Conference on Machine Learning, Turin, Italy", "ICML", False),
        ("Conference on Machine Learning Rivers", "ICML", False),
        ("National Conference on Artificial Intelligence", "AAAI", False),
        ("Journal of Muddy Rivers", "NeurIPS", True),
        ("Muddy Rivers", "NeurIPS", False),  # names no meeting
        ("Workshop on Muddy Rivers at NeurIPS", "NeurIPS", False),
        ("Conference on Muddy Rivers", "Proceedings of the 3rd Workshop on Bare Ground", True),
        ("Conference on Bare Rivers", "Proceedings of the 3rd Workshop on Bare Ground", False),
        ("Journal of Muddy Rivers", "Proceedings of the 3rd Workshop on Bare Ground", False),
        ("Conference on Ground and Yields", "Symposium on Crusts (CGY)", False),  # by its letters
        ("ACL Workshop on Muddy Rivers", "Meeting of the Association for Computational Linguistics", False),
        ("Workshop on Muddy Rivers", "Lecture Notes on Ground", False),  # a series of books
        ("Annual Conference", "Proceedings of the 3rd Workshop on Bare Ground", False),
        ("bioRxiv", "CVPR", False),
    ],
)
def test_meetings_are_compared_by_their_acronyms_and_by_names_with_nothing_in_common(cited, registered, differs):
    work = record(type="proceedings-article", containers=(registered,))
    assert (container_difference(entry(container=cited), work) is not None) == differs


def test_a_series_of_books_beside_a_meeting_leaves_open_which_one_is_meant():
    work = record(type="proceedings-article", containers=("Proceedings of the Workshop on Bare Ground", "Notes on Ground"))
    assert container_difference(entry(container="Conference on Muddy Rivers"), work) is None
    assert (
        container_difference(entry(container="Conference on Muddy Rivers"), record(type="proceedings-article", containers=()))
        is None
    )


@pytest.mark.parametrize(
    ("cited", "differs"),
    [
        ("Mixing predictions towards online metrics", True),
        ("Mixing predictions of online metrics", False),
        ("Mixing the predictions for online metrics", False),
    ],
)
def test_a_small_word_in_place_of_another(cited, differs):
    found = title_difference(entry(title=cited), record(title="Mixing predictions for online metrics"))
    assert (found is not None) == differs


def test_the_same_long_title_place_and_year_is_the_work_whoever_is_named():
    cited = entry(authors=("Silva, P.", "Sato, Y."), title="Rain on bare ground and what it does there", volume="", pages="")
    work = record(title="Rain on bare ground and what it does there", volume="", pages="")
    assert accepted(rank(cited, [work])) == (score(cited, work),)
    assert accepted(rank(cited, [replace(work, years=(2018,))])) == ()
    assert authors_difference(cited, work).confidence >= 0.8


def test_a_last_page_one_off_is_told_with_low_confidence():
    assert numbering_difference(entry(pages="11-20"), record()) == Difference("pages 11-20", "pages 11-19", 0.4, "pages")


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
        ("Postgrad MedJ", "Postgraduate Medical Journal", True),
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


def test_two_languages_of_one_article_are_one_work():
    english = record(title="Frost heave in gravel roads of the north")
    german = record(
        doi="10.5555/1.de", title="Frosthebung in Schotterstraßen", other_titles=("Frost heave in gravel roads of the north",)
    )
    printed = entry(title="Frost heave in gravel roads of the north")
    assert [found.record.doi for found in accepted(rank(printed, [german, english]))] == ["10.5555/1"]
    others = replace(german, authors=people("Lopez, Ana", "Sand, Pia"))
    assert one_work(english, german)
    assert not one_work(english, others)
    assert not one_work(replace(english, title="Frost heave"), replace(german, other_titles=("Frost heave",)))


def test_equal_works_are_ambiguous_and_versions_are_not():
    twin = record(doi="10.5555/2", authors=people("Lopez, Aurelio", "Vega, Basil", "Alto, Carla"))
    assert len(accepted(rank(entry(pages="", volume=""), [record(pages="", volume=""), twin]))) == 2
    preprint = record(doi="10.5555/3", type="preprint", containers=(), relations=(("is-preprint-of", "10.5555/1"),))
    assert [candidate.record.doi for candidate in accepted(rank(entry(), [preprint, record()]))] == ["10.5555/1"]


@pytest.mark.parametrize(
    ("cited", "registered", "confidence"),
    [
        (1997, 2013, 0.4),  # a volume put online long after
        (2019, 2017, 0.4),  # online two years before the issue
        (2019, 2016, 0.88),
        (2019, 2022, 0.88),
    ],
)
def test_years_that_the_deposit_explains(cited, registered, confidence):
    assert year_difference(entry(year=cited), record(years=(registered,))).confidence == confidence
    elsewhere = record(years=(registered,), volume="3", pages="71-79")
    assert year_difference(entry(year=cited), elsewhere).confidence == 0.88


def test_a_title_and_a_journal_in_another_language_where_all_else_agrees():
    cited = entry(title="A resposta da chuva em solos nus do planalto", container="Revista de Solos do Planalto")
    work = record(title="The response of rain in bare soils of the plateau", containers=("Journal of Soils of the Plateau",))
    assert (title_difference(cited, work), container_difference(cited, work)) == (None, None)
    elsewhere = replace(work, volume="3", pages="71-79")
    assert title_difference(cited, elsewhere).confidence >= 0.8
    assert container_difference(cited, elsewhere).confidence >= 0.8


def test_a_translated_title_is_found_by_its_authors_and_place():
    cited = entry(title="A resposta da chuva em solos nus do planalto", container="Journal of Soils")
    work = record(title="The response of rain in bare soils of the plateau")
    assert [candidate.record for candidate in accepted(rank(cited, [work]))] == [work]
    assert accepted(rank(cited, [replace(work, pages="71-79")])) == ()


def test_what_proceedings_add_to_a_title():
    assert title_difference(entry(), record(title="Brief Announcement: Rain on Bare Ground (Extended Abstract)")) is None
