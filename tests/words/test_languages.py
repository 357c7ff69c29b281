"""Every form of every table of languages, in a citation, in an entry and in a field of a ``.bib`` file."""

from collections.abc import Iterable

import pytest

from refaudit.model import Citation, Document, Reference
from refaudit.parse import parse
from refaudit.parse.fields.names import split_names
from refaudit.readers import read
from refaudit.words.connectors import CONNECTORS
from refaudit.words.et_al import ET_AL
from refaudit.words.headings import RUN_IN, TITLES, reference_heading
from refaudit.words.months import MONTHS
from refaudit.words.no_date import NO_DATE, UNLISTED, said
from refaudit.words.particles import PARTICLES

TITLE = "Rain on bare ground. Journal of Soils, 12, 1-9."


def paper(
    body: str, entries: Iterable[str], heading: str = "References"
) -> tuple[Document, tuple[Citation, ...], tuple[Reference, ...]]:
    """A paper of one paragraph with its list, read and parsed."""
    document = read("paper.txt", f"{body}\n\n{heading}\n\n{chr(10).join(entries)}\n".encode())
    parsed = parse(document)
    return document, parsed.citations, parsed.references


def bib(field: str, values: Iterable[str]) -> tuple[Reference, ...]:
    """Entries of a ``.bib`` file that differ in one field."""
    other = "" if field == "author" else "author = {Vega, Ana}, "
    text = "\n".join(
        f"@article{{k{number}, {other}{field} = {{{value}}}, title = {{Rain}}}}" for number, value in enumerate(values)
    )
    return parse(read("list.bib", text.encode())).references


FORMS = [(language, form) for language, forms in ET_AL.items() for form in forms]
NAMES = {"ja": "山田", "ko": "김철수", "zh": "王伟"}


@pytest.mark.parametrize("language", ET_AL)
def test_et_al_cuts_a_citation(language):
    for form in ET_AL[language]:
        name = NAMES.get(language, "Vega")
        gap = "" if language in NAMES else " "
        _, citations, _ = paper(f"Rain loosens it ({name}{gap}{form}, 2019).", [f"{name}, A. ({2019}). {TITLE}"] * 3)
        assert [(item.names[0].family, len(item.names), item.et_al) for c in citations for item in c.items] == [
            (name, 1, True)
        ], form


def test_et_al_cuts_the_names_of_an_entry():
    for style in ("Vega, A., Mora, B., {}", "Vega A, Mora B, {}", "Vega, A., Mora, B. {}"):
        for language, form in FORMS:
            names, cut = split_names(style.format(form))
            assert ([name.family for name in names], cut) == (["Vega", "Mora"], True), (language, form)
    entries = [f"Vega, A., Mora, B., {form} (2019). {TITLE}" for _, form in FORMS]
    _, _, references = paper("Rain (Vega et al., 2019).", entries)
    wrong = [r.raw for r in references if not r.et_al or not r.authors or len(r.authors.value) != 2]
    assert (len(references), wrong) == (len(entries), [])


def test_et_al_cuts_an_author_field():
    references = bib("author", (f"Vega, Ana and Mora, Bea and {form.removeprefix('and ')}" for _, form in FORMS))
    assert [(len(r.authors.value), r.et_al) for r in references] == [(2, True)] * len(FORMS)


def test_initials_are_no_et_al():
    """ "u.a." and "e.a." cut a list; "U.A." and "E.A." are somebody's initials."""
    assert split_names("Vega, U.A., Mora, E.A.")[1] is False


def test_months_of_an_entry_and_of_a_citation():
    names = [name for name in MONTHS if len(name) > 2 and name.isalpha()]
    _, citations, references = paper(
        " ".join(f"Rain fell (Vega, 2019, {name} 5)." for name in names),
        (f"Vega, A. (2019, {name} 5). {TITLE}" for name in names),
    )
    assert [r.year.value.month for r in references] == [MONTHS[name] for name in names]
    assert [c.items[0].year.month for c in citations] == [MONTHS[name] for name in names]


def test_months_of_a_field():
    names = [name for name in MONTHS if name.isalpha()]
    assert [r.year.value.month for r in bib("month", (f"{name}}}, year = {{2019" for name in names))] == [
        MONTHS[name] for name in names
    ]
    assert [r.year.value.month for r in bib("month", ("12. Dezember}, year = {2019", "5月}, year = {2019"))] == [12, 5]


UNDATED = [(form, kind) for kind, table in NO_DATE.items() for forms in table.values() for form in forms]


@pytest.mark.parametrize("kind", NO_DATE)
def test_words_in_place_of_a_year(kind):
    for form in (form for form, of in UNDATED if of == kind):
        for printed in (f"Rain fell (Vega, {form}).", f"Rain fell (Vega {form})."):
            _, citations, references = paper(printed, [f"Vega, A. ({form}). {TITLE}", f"Mora, B. (2018). {TITLE}"])
            assert [item.year.text for c in citations for item in c.items] == [said(form)], printed
            assert [said(r.year.value.text) if r.year else "" for r in references] == [said(form), ""], form
        field = bib("year", [form])[0].year.value
        assert (field.number, said(field.text)) == (None, said(form))


def test_what_the_words_say_is_one_of_few_things():
    assert {said(form) for form, _ in UNDATED} == set(NO_DATE)
    assert UNLISTED & set(NO_DATE) == {"unpublished", "submitted", "in prep"}


def test_connectors_join_two_names():
    for word in sorted(CONNECTORS - {"&amp;", "a", "u"}):
        _, citations, references = paper(
            f"Rain fell (Vega {word} Mora, 2019).", [f"Vega, A. {word} Mora, B. (2019). {TITLE}"] * 2
        )
        assert [[name.family for name in item.names] for c in citations for item in c.items] == [["Vega", "Mora"]], word
        assert [[name.family for name in r.authors.value] for r in references] == [["Vega", "Mora"]] * 2, word


def test_particles_belong_to_the_name():
    for word in sorted(PARTICLES - {"e", "y", "i", "o", "d.", "v."}):
        gap = "" if word.endswith("'") and len(word) < 3 else " "
        _, citations, _ = paper(f"Rain fell ({word}{gap}Brook, 2019).", [f"{word}{gap}Brook, A. (2019). {TITLE}"] * 2)
        assert len(citations) == 1, word
        assert [(name.family or name.literal).split()[-1].removeprefix(word) for name in citations[0].items[0].names] == [
            "Brook"
        ], word


@pytest.mark.parametrize("language", TITLES)
def test_headings_open_a_list(language):
    entries = [f"Vega, A. ({year}). {TITLE}" for year in (2017, 2018, 2019)]
    for title in TITLES[language]:
        for printed in (
            title,
            title.capitalize(),
            title.upper(),
            f"{title.capitalize()}:",
            f"5. {title.capitalize()}",
            f"{title} (selection)",
        ):
            assert reference_heading(printed), printed
        _, _, references = paper("Rain fell (Vega, 2019).", entries, title.capitalize())
        assert [r.raw for r in references] == entries, title


@pytest.mark.parametrize(
    "line",
    ["Notes", "Sources of error", "Works", "List of figures", "Literature review", "Danh", "Список", "Further", "References to rain, and more",
     "i", "In und", "Introduction (references)", "参考"],
)  # fmt: skip
def test_what_is_no_heading(line):
    assert not reference_heading(line)


def test_a_list_run_into_the_text():
    assert RUN_IN.search("in bees. LITERATURE CITED: Vega A. Rain.")[1] == "LITERATURE CITED:"
    assert RUN_IN.search("of rain. Kaynakça: Vega A. Rain.")[1] == "Kaynakça:"
    assert not RUN_IN.search("the literature: Vega and others")
