"""Every form of every table of languages, in a citation, in an entry and in a field of a ``.bib`` file."""

from collections.abc import Iterable

import pytest

from refaudit.model import Citation, Document, Reference
from refaudit.parse import parse
from refaudit.parse.fields.names import split_names
from refaudit.readers import read
from refaudit.readers.xml.xrefs import grouped
from refaudit.rules.ref.placeholders import find_placeholder
from refaudit.words import locators
from refaudit.words.circa import CIRCA
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


BETWEEN = sorted(CONNECTORS - {"&amp;", "u.", "with"})
"""Connectors that stand between years and works too; the others stand between names alone."""


def test_connectors_join_years_and_works():
    entries = [f"Vega, A. ({year}). {TITLE}" for year in (2017, 2018)] + [f"Mora, B. (2019). {TITLE}"]
    for word in BETWEEN:
        for printed in (f"Rain fell (Vega, 2017 {word} 2018).", f"Vega (2017 {word} 2018) saw it rain."):
            _, citations, _ = paper(printed, entries)
            assert [[(i.names[0].family, i.year.number) for i in c.items] for c in citations] == [
                [("Vega", 2017), ("Vega", 2018)]
            ], printed
        printed = f"Rain fell (Vega, 2017 {word} Mora, 2019)."
        _, citations, _ = paper(printed, entries)
        assert [[(i.names[0].family, i.year.number) for i in c.items] for c in citations] == [[("Vega", 2017), ("Mora", 2019)]], (
            printed
        )


def test_connectors_join_cross_references():
    for word in BETWEEN:
        text = f"1 {word} 2"
        links = [(0, 1, ("k1",)), (len(text) - 1, len(text), ("k2",))]
        assert [[item.key for item in c.items] for c in grouped(text, links, ["k1", "k2"])] == [["k1", "k2"]], word
    apart = grouped("1 than 2", [(0, 1, ("k1",)), (7, 8, ("k2",))], ["k1", "k2"])
    assert [[item.key for item in c.items] for c in apart] == [["k1"], ["k2"]]


def test_only_and_joins_names_of_a_field():
    """BibTeX knows one connector, whatever the language of the work: another word is a part of a name."""
    words = sorted(CONNECTORS - {"&amp;"})
    joined = [len(r.authors.value) for r in bib("author", (f"Vega, Ana {word} Mora, Bea" for word in words))]
    assert [word for word, count in zip(words, joined, strict=True) if count == 2] == ["and"]


@pytest.mark.parametrize(
    "lead", ["see also", "cf.", "siehe auch", "voir aussi", "véase también", "ver também", "vedi anche", "e.g.,"]
)
def test_words_that_lead_to_a_work(lead):
    entries = [f"Vega, A. (2017). {TITLE}", f"Mora, B. (2019). {TITLE}"]
    _, citations, _ = paper(f"Rain fell (Vega, 2017; {lead} Mora, 2019).", entries)
    assert [[(i.names[0].family, i.year.number) for i in c.items] for c in citations] == [[("Vega", 2017), ("Mora", 2019)]]
    _, citations, _ = paper(f"Rain fell ({lead} Mora, 2019).", entries)
    assert [[(i.prefix, i.names[0].family) for i in c.items] for c in citations] == [[(lead, "Mora")]]


@pytest.mark.parametrize("word", sorted(CIRCA))
def test_years_that_are_known_about(word):
    for year in (f"{word} 1950", f"{word}. 1950"):
        for printed in (f"Rain fell (Vega, {year}).", f"Rain fell (Vega {year}).", f"Vega ({year}) saw it rain."):
            _, citations, references = paper(printed, [f"Vega, A. ({year}). {TITLE}"] * 2)
            assert [([n.family for n in i.names], i.year.number) for c in citations for i in c.items] == [(["Vega"], 1950)], (
                printed
            )
            assert [([n.family for n in r.authors.value], r.year.value.number) for r in references] == [(["Vega"], 1950)] * 2
        assert bib("year", [year])[0].year.value.number == 1950


@pytest.mark.parametrize("language", locators.BY_LANGUAGE)
def test_locators_belong_to_the_citation(language):
    for word in locators.BY_LANGUAGE[language].split():
        for printed, locator in ((f"(Vega, 2019, {word}. 12)", f"{word}. 12"), (f"(Vega 2019: {word} 12)", f"{word} 12")):
            _, citations, _ = paper(f"Rain fell {printed}.", [f"Vega, A. (2019). {TITLE}"])
            assert [(c.text, [i.locator for i in c.items]) for c in citations] == [(printed[1:-1], [locator])], printed


ACCESSED = (
    "accessed", "last visited", "Retrieved", "consulted", "viewed", "cited", "acesso em", "Acessado em", "consultado el", "fecha de consulta",
    "recuperado el", "acceso el", "consulté le", "consultato il", "ultimo accesso", "abgerufen am", "Zugriff am", "Stand", "geraadpleegd op",
    "hämtad", "läst", "besøgt", "hentet", "lest", "luettu", "viitattu", "data dostępu", "citováno", "pristupljeno", "дата обращения",
    "erişim tarihi", "diakses pada", "truy cập ngày",
)  # fmt: skip


def test_the_day_of_access_is_not_the_year():
    entries = [f"Vega, A. (2019). Rain on bare ground. https://rain.example/a ({word} 5 March 2021)." for word in ACCESSED]
    _, citations, references = paper("Rain fell (Vega, 2019).", entries)
    assert [[i.year.number for i in c.items] for c in citations] == [[2019]]
    assert [(r.year.value.number, r.accessed.value, r.text[r.accessed.span.start : r.accessed.span.end]) for r in references] == [
        (2019, "5 March 2021", "5 March 2021")
    ] * len(ACCESSED)
    assert [r.year for r in bib("note", (f"{word} 5 March 2021" for word in ACCESSED))] == [None] * len(ACCESSED)


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


@pytest.mark.parametrize("asked", ["Titel hier einfügen", "Título del artículo", "Éditeur", "Páginas", "Title here", "anno"])
def test_brackets_that_ask_for_a_value(asked):
    _, _, references = paper("Rain (Vega, 2019).", [f"Vega, A. (2019). Rain on bare ground. [{asked}]. Old Press."])
    found = find_placeholder(references[0])
    assert found and found[0] == f"[{asked}]"
