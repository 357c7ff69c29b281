"""BibTeX and BibLaTeX databases."""

from typing import Any

import pytest

from refaudit.model import Reference
from refaudit.parse import parse
from refaudit.readers.databases import bibtex, bibtex_fields
from tests.readers.show import document, fields


def one(source: str) -> dict[str, object]:
    return fields(bibtex.listing("r.bib", source.encode()).references[0])


def test_an_article():
    source = (
        '@string{jcp = "J. Chem. Phys."}\n'
        '@ARTICLE{abel2018,\n  author = {M{\\"u}ller, J{\\"o}rg and Ludwig van der Berg and {World Health Organization} and others},\n'
        '  title = "On {DNA} and \\emph{E. coli}", journal = jcp # ", B",\n  year = 2018, month = mar, pages = {12--19},\n'
        "  doi = {https://doi.org/10.1000/a\\_b}, volume = 3, number = {4}, issn={1234-5678},\n}"
    )
    assert one(source) == {
        "key": "abel2018",
        "type": "article-journal",
        "title": "On DNA and E. coli",
        "container": "J. Chem. Phys., B",
        "volume": "3",
        "issue": "4",
        "pages": "12–19",
        "doi": "10.1000/a_b",
        "issn": "1234-5678",
        "year": "2018",
        "authors": ["Müller, Jörg", "van der Berg, Ludwig", "World Health Organization"],
        "et_al": True,
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Knuth, Donald E.", "Knuth, Donald E."),
        ("Donald E. Knuth", "Knuth, Donald E."),
        ("von Neumann, John", "von Neumann, John"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("King, Jr., Martin Luther", "King, Martin Luther Jr."),
        ("Martin Luther King Jr.", "King, Martin Luther Jr."),
        ("{Barnes and Noble}", "Barnes and Noble"),
        ("family=Hasselt, given=Jan, prefix=van", "van Hasselt, Jan"),
        ("Paul {\\'E}tienne {Victor}", "Victor, Paul Étienne"),
        ("Madonna", "Madonna"),
    ],
)
def test_names(name: str, shown: str):
    assert one(f"@book{{k, author = {{{name}}}}}")["authors"] == [shown]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("@book{k, date={2019-05-02}}", {"type": "book", "year": "2019"}),
        ("@book{k, year={in press}}", {"type": "book", "year": "in press"}),
        ("@misc{k, eprint={2101.00001}, archivePrefix={arXiv}}", {"type": "article", "arxiv": "2101.00001"}),
        (
            "@misc{k, title={A}, howpublished={\\url{http://x.org/~a}}}",
            {"type": "webpage", "title": "A", "url": "http://x.org/~a"},
        ),
        ("@phdthesis{k, school={ETH}}", {"type": "thesis", "publisher": "ETH"}),
        ("@book{k, title={One}, subtitle={Two}}", {"type": "book", "title": "One: Two"}),
        ("@techreport{k, number={7}, institution={RAND}}", {"type": "report", "publisher": "RAND"}),
        ("@article{k, url={http://a.b/c\\_d\\%20e}}", {"type": "article-journal", "url": "http://a.b/c_d%20e"}),
        ("@article(k, title={Round})", {"type": "article-journal", "title": "Round"}),
        ('@article{k, title="a {"}q{"} b"}', {"type": "article-journal", "title": 'a "q" b'}),
    ],
)
def test_fields(entry: str, expected: dict[str, str]):
    assert one(entry) == {"key": "k"} | expected


def test_inheritance():
    source = (
        "@inproceedings{part, crossref={WHOLE}, xdata={x}, title={Part}, author={A, B}}\n"
        "@xdata{x, location={Oslo}}\n"
        "@proceedings{whole, title={Proceedings of X}, year={2010}, editor={Ed, C}, doi={10.1/whole}, pages={1--900}}"
    )
    listing = bibtex.listing("r.bib", source.encode())
    assert [one.key for one in listing.references] == ["part", "whole"]
    assert fields(listing.references[0]) == {
        "key": "part",
        "type": "paper-conference",
        "title": "Part",
        "container": "Proceedings of X",
        "place": "Oslo",
        "year": "2010",
        "authors": ["A, B"],
        "editors": ["Ed, C"],
    }


def test_broken_entries_are_told_and_the_rest_is_read():
    source = (
        "Free text @ here is no entry.\n"
        "@article{good, title={Good}}\n"
        "@book{nocomma\n  title = {No comma}\n}\n"
        "@article{open, title={Unclosed {brace}, year=2000\n"
        "@article{good, title={Again}}\n"
        "@comment{ignored}\n"
        "@article{last, title={Last}, year=2001}\n"
    )
    listing = bibtex.listing("r.bib", source.encode())
    assert [(one.key, one.title.value if one.title else None) for one in listing.references] == [
        ("good", "Good"),
        ("nocomma", "No comma"),
        ("open", None),
        ("good", "Again"),
        ("last", "Last"),
    ]
    assert [one.message for one in listing.problems] == [
        "r.bib:6: the entry 'open' is broken: a brace or quotation mark is not closed; what could be read of it is used",
    ]


def test_places_of_entries_and_fields():
    source = "\n\n@article{k,\n  title = {The {T}itle},\n  doi = {10.1000/x}\n}\n"
    read = document(source, "r.bib")
    entry = read.references[0]
    assert (read.format, read.list_given, entry.cited_only) == ("bib", True, False)
    assert read.locate(entry.span).line == 3
    assert entry.doi is not None
    assert entry.doi.span is not None
    place = read.locate(entry.place_of(entry.doi.span))
    assert (place.line, source[place.start : place.end]) == (5, "10.1000/x")


def test_an_entry_that_reads_as_before_is_read_once(monkeypatch: pytest.MonkeyPatch):
    read: list[str | None] = []
    inner = bibtex_fields.reference

    def counted(**given: Any) -> Reference:
        read.append(given["key"])
        return inner(**given)

    monkeypatch.setattr(bibtex_fields, "reference", counted)
    entries = [f"@book{{once{number}, title = {{Once {number}}}, year = 2001}}\n" for number in range(20)]
    first = bibtex.listing("a.bib", "".join(entries).encode())
    mended = [*entries[:7], "@book{once7, title = {Once and again}, year = 2001}\n", *entries[8:]]
    second = bibtex.listing("b.bib", "".join(mended).encode())
    assert read == [f"once{number}" for number in range(20)] + ["once7"]
    assert [fields(one) for one in second.references[:7] + second.references[8:]] == [
        fields(one) for one in first.references[:7] + first.references[8:]
    ]
    assert all(second.text[one.span.start : one.span.end] == one.raw for one in second.references)


def test_the_source_of_an_entry_is_never_read_as_print():
    """One that has nothing but a note has no fields: its braces and names of fields are no title."""
    read = document('@misc{a2,\nnote = "A note with some text"\n}\n@misc{a3, title = {Crusts}}\n', "r.bib")
    assert [(one.key, one.title and one.title.value, one.authors) for one in parse(read).references] == [
        ("a2", None, None),
        ("a3", "Crusts", None),
    ]
