"""What a page says of itself, from heads of our own."""

import pytest

from refaudit.resolve.sources.page_metadata import PageMetadata, decode, read, refresh_of


def head(text: str, body: str = "<p>Some words of a page.</p>") -> PageMetadata:
    return read(
        f"<html><head>{text}</head><body>{body}</body></html>".encode(), "text/html; charset=utf-8", "https://a.example/x/y"
    )


def test_an_article_of_a_journal():
    says = head(
        "<title>Crusts - Soil Letters</title><meta name=citation_title content='Crusts and rain'><meta name=citation_author content='Lopez, Ana'>"
        "<meta name=citation_author content='Vega, B.'><meta name='citation_publication_date' content='2019/5/1'>"
        "<meta name=citation_doi content='10.5555/ABC'>"
    )
    assert (says.title, says.authors, says.date, says.doi) == (
        "Crusts and rain",
        ("Lopez, Ana", "Vega, B."),
        "2019-05-01",
        "10.5555/abc",
    )


def test_linked_data_in_any_shape():
    says = head(
        '<title>Story</title><script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "News"},'
        '{"@type": ["NewsArticle"], "headline": "A new tram &amp; a line", "author": [{"name": "Piet Sample"}, "Nora Example"],'
        '"datePublished": "2021-09-02T08:00:00Z", "publisher": {"name": "The Quay"}}]}</script>'
        '<script type="application/ld+json">{broken, }</script>'
    )
    assert (says.title, says.site, says.authors, says.date) == (
        "A new tram & a line",
        "The Quay",
        ("Piet Sample", "Nora Example"),
        "2021-09-02",
    )


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Ferries return | The Gazette", "", "Ferries return"),
        ("The Gazette - Ferries", "The Gazette", "Ferries"),
        ("Ferries - a history - The Gazette", "The Gazette", "Ferries - a history"),
        ("Ferries-and-boats", "", "Ferries-and-boats"),
    ],
)
def test_the_title_without_its_site(title: str, site: str, expected: str):
    assert head(f"<title>{title}</title>" + (f"<meta property=og:site_name content='{site}'>" if site else "")).title == expected


def test_encodings():
    assert decode("Größe".encode("latin-1"), "text/html; charset=ISO-8859-1") == "Größe"
    assert decode("\ufeffGröße".encode(), "text/html") == "Größe"
    assert decode("<meta charset=gb2312>长".encode("gbk"), "text/html").endswith("长")
    assert decode("“Größe”".encode("cp1252"), "text/html") == "“Größe”"
    assert decode("Größe".encode(), "text/html; charset=no-such-thing") == "Größe"
    assert decode("Größe".encode()[:-1] + b"\xc3", "").startswith("Größ")


def test_any_bytes_are_read():
    for body in (
        b"",
        b"\x00\xff" * 99,
        b"<" * 9999,
        b"<html>" + b"<div>" * 20_000,
        b"<?xml version='1.0' encoding='x'?><html><title>T</title>",
    ):
        read(body, "text/html", "https://a.example/")


def test_refresh():
    assert refresh_of("0; url=new", "https://a.example/x/") == "https://a.example/x/new"
    assert refresh_of("3;URL='/b'", "https://a.example/x/") == "https://a.example/b"
    assert (refresh_of("6; url=new", "https://a.example/"), refresh_of("300", "https://a.example/"), refresh_of("", "")) == (
        "",
        "",
        "",
    )
