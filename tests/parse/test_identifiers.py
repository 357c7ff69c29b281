"""Identifiers as they stand in manuscripts."""

from collections.abc import Callable

import pytest

from refaudit.model import Span
from refaudit.parse.identifiers import (
    clean_doi,
    doi_variants,
    find_arxiv,
    find_doi,
    find_doi_claim,
    find_dois,
    find_isbn,
    find_issn,
    find_pmcid,
    find_pmid,
    find_url,
    find_urls,
    isbn_ok,
    issn_ok,
    repair_doi,
    valid_arxiv,
    valid_doi,
    valid_pmid,
)
from tests.counting import grows_linearly

DOIS = [
    ("https://doi.org/10.1177/21582440221079821", "10.1177/21582440221079821"),
    ("<https://doi.org/10.1177/21582440221079821>.", "10.1177/21582440221079821"),
    ("doi:10.1000/182.", "10.1000/182"),
    ("DOI10.1000/182", "10.1000/182"),
    ("doi.10.1000/182, 2019", "10.1000/182"),
    ("(doi: 10.1000/182)", "10.1000/182"),
    ("[10.1000/182](https://doi.org/10.1000/182)", "10.1000/182"),
    ("http://dx.doi.org/10.1016/S0140-6736(20)31180-6", "10.1016/S0140-6736(20)31180-6"),
    ("(see 10.1016/S0140-6736(20)31180-6).", "10.1016/S0140-6736(20)31180-6"),
    (
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2.",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
    ),
    (
        "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
    ),
    ("10.1002/1097-0142(2000)88:1&lt;1::aid-cncr1&gt;3.0.co;2-y", "10.1002/1097-0142(2000)88:1<1::aid-cncr1>3.0.co;2-y"),
    (r"10.1007/978-3-540-24855-2\_14", "10.1007/978-3-540-24855-2_14"),
    (r"https://doi.org/10.1007/978-3-540-24855-2{\_}14", "10.1007/978-3-540-24855-2_14"),
    ("10.1000/abc–def", "10.1000/abc-def"),
    ("10.1000/ab\u200bc\u00addef", "10.1000/abcdef"),
    ("https://doi.org/10.1177/ 2158244", "10.1177/2158244"),
    ("https://doi.org/10.1000/abc-\n123", "10.1000/abc-123"),
    ("*10.1000/182*", "10.1000/182"),
    ('<a href="https://doi.org/10.1000/182">x</a>', "10.1000/182"),
    ("10.1000/182</i>", "10.1000/182"),
    ("https://www.tandfonline.com/doi/full/10.1080/15265161.2017.1353166?needAccess=true", "10.1080/15265161.2017.1353166"),
    ("https://onlinelibrary.wiley.com/doi/10.1111/abc.12345/full", "10.1111/abc.12345"),
    ("https://www.biorxiv.org/content/10.1101/2020.01.30.927871v2.full.pdf", "10.1101/2020.01.30.927871"),
    ("https://doi.org.ezproxy.example.edu/10.1000/182", "10.1000/182"),
    ("10.1000/ab#12", "10.1000/ab#12"),
    ("10.1000/ab?12", "10.1000/ab?12"),
    ("10.1000.10/123456", "10.1000.10/123456"),
    ("https://doi.org/10.1000%2F182", "10.1000/182"),
    ("10.12688/f1000research.1-1.v2", "10.12688/f1000research.1-1.v2"),
    ("‘10.1000/182’", "10.1000/182"),
]


@pytest.mark.parametrize(("raw", "doi"), DOIS)
def test_doi_in_whatever_dress(raw, doi):
    assert clean_doi(f"Smith, J. (2020). A title. {raw} Accessed") in (doi, clean_doi(raw))
    assert clean_doi(raw) == doi


@pytest.mark.parametrize("raw", ["10.5 g/l", "110.1000/182", "vol. 10.1234", "3.10.1000/1", "", "doi:", "10.1000/"])
def test_what_is_no_doi(raw):
    assert find_doi(raw) is None


def test_span_of_a_doi_covers_its_characters():
    raw = "Title. https://doi.org/10.1000/182. Next"
    doi, span = find_doi(raw)
    assert (doi, span, raw[span.start : span.end]) == ("10.1000/182", Span(23, 34), "10.1000/182")


def test_all_dois():
    assert [doi for doi, _ in find_dois("10.1000/1; 10.1000/2, and 10.1000/3.")] == ["10.1000/1", "10.1000/2", "10.1000/3"]


@pytest.mark.parametrize(
    ("raw", "variants"),
    [
        ("10.1016/j.jbi.2010. 01.001", ("10.1016/j.jbi.2010.01.001", "10.1016/j.jbi.2010.")),
        ("10.1000/12#sec", ("10.1000/12",)),
        ("10.1000/123.Available", ("10.1000/123",)),
        ("10.1000/a–b", ("10.1000/a–b",)),
        ("10.1000/182", ()),
    ],
)
def test_other_readings(raw, variants):
    assert doi_variants(raw, find_doi(raw)[1]) == variants


@pytest.mark.parametrize(
    ("raw", "claim", "repaired"),
    [
        ("doi:10.1016", "10.1016", ""),
        ("doi: 101016/j.x.2010", "101016/j.x.2010", "10.1016/j.x.2010"),
        ("https://doi.org/l0.1016/j.x.2010.", "l0.1016/j.x.2010", "10.1016/j.x.2010"),
        ("doi: 10,1016/j.x.2010", "10,1016/j.x.2010", "10.1016/j.x.2010"),
        ("doi:10.1016.j.x.2010", "10.1016.j.x.2010", "10.1016/j.x.2010"),
    ],
)
def test_malformed_claims(raw, claim, repaired):
    assert (find_doi_claim(raw)[0], repair_doi(claim)) == (claim, repaired)


@pytest.mark.parametrize("raw", ["doi:10.1000/182", "the doi system", "https://doi.org/abc7", "doi: see below", "10.1000/182"])
def test_no_claim(raw):
    assert find_doi_claim(raw) is None


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("See <https://example.org/a_b>.", "https://example.org/a_b"),
        (r"https://example.org/press\_releases/1.html.", "https://example.org/press_releases/1.html"),
        ("(http://example.org/wiki/X_(y)).", "http://example.org/wiki/X_(y)"),
        ("[site](https://example.org/a)", "https://example.org/a"),
        ("www.example.org, accessed", "www.example.org"),
        ("https://example.org/long-\n path/12345/x", "https://example.org/long-path/12345/x"),
        ("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&b=2"),
    ],
)
def test_url(raw, url):
    assert find_url(raw)[0] == url


def test_all_urls():
    assert [url for url, _ in find_urls("http://a.org/x and https://b.org/y;")] == ["http://a.org/x", "https://b.org/y"]


@pytest.mark.parametrize(
    ("raw", "identifier", "valid"),
    [
        ("arXiv:1706.03762v5 [cs.CL]", "1706.03762v5", True),
        ("arXiv preprint arXiv:1412.6980", "1412.6980", True),
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001", True),
        ("10.48550/arXiv.2310.01362", "2310.01362", True),
        ("arXiv:1713.03762", "1713.03762", False),
        ("arXiv:1412.69801", "1412.69801", False),
    ],
)
def test_arxiv(raw, identifier, valid):
    assert (find_arxiv(raw)[0], valid_arxiv(identifier)) == (identifier, valid)


def test_pubmed():
    assert find_pmid("Title. PMID: 12345678.")[0] == "12345678"
    assert find_pmid("https://pubmed.ncbi.nlm.nih.gov/31337/")[0] == "31337"
    assert find_pmcid("PMCID: PMC1234567")[0] == "PMC1234567"
    assert find_pmid("see page 12") is None
    assert (valid_pmid("31337"), valid_pmid("123456789"), valid_pmid("0123")) == (True, False, False)


def test_isbn_and_issn():
    assert find_isbn("ISBN 978-0-306-40615-7.")[0] == "9780306406157"
    assert find_isbn("ISBN-13: 978–0–306–40615–7")[0] == "9780306406157"
    assert find_isbn("ISBN: 0-306-40615-2")[0] == "0306406152"
    assert (isbn_ok("978-0-306-40615-7"), isbn_ok("9780306406158"), isbn_ok("080442957X"), isbn_ok("12")) == (
        True,
        False,
        True,
        False,
    )
    assert find_issn("ISSN 0317-8471")[0] == "0317-8471"
    assert (issn_ok("0317-8471"), issn_ok("0317-8472")) == (True, False)


def test_a_printed_doi_with_spaces_or_controls_is_not_valid():
    assert [valid_doi(doi) for doi in ("10.1000/1", "10.1000/a b", "10.1/1", "10.1000/\x00", "10.1000/a:b")] == [
        True,
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "piece", ["10.1000/", "10.1000/(", "doi:", "https://doi.org/", "<", "arXiv ", "ISBN 9 ", "http://a.b/(", "%2F"]
)
def test_time_grows_with_length_only(piece):
    """Hostile repetitions: twice the text takes some twice the steps."""

    def work(count: int) -> Callable[[], object]:
        text = piece * count
        return lambda: [
            list(find_dois(text)), list(find_urls(text)), find_doi_claim(text), find_arxiv(text), find_isbn(text), find_pmid(text)
        ]  # fmt: skip

    assert grows_linearly(work, 1000)
