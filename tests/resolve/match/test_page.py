"""Whether a page is the one that an entry means."""

import pytest

from refaudit.model import Page, PageStatus, Reference, Span
from refaudit.parse.fields import read_fields
from refaudit.resolve.match.page import fits, judged

RAW = (
    "Example, N. (2023). River ferries return after winter repairs. The Harbour Gazette. https://gazette.example/2023/04/ferries"
)
ENTRY = read_fields([Reference(id="r1", span=Span(0, len(RAW)), raw=RAW)])[0]


@pytest.mark.parametrize(
    ("titles", "site", "authors", "expected"),
    [
        (["River ferries return after winter repairs"], "", (), True),
        (["River Ferries return, after winter repairs | Harbour Gazette"], "", (), True),
        (["The ferries of the river return after winter repairs"], "", (), True),
        (["Ten best slot games to play online"], "", (), False),
        (["Ten best slot games to play online"], "The Harbour Gazette", (), None),
        (["Ten best slot games to play online"], "", ("Nora Example",), None),
        (["Slot games"], "", (), None),  # too little to tell by
        (["Story 4711"], "", (), None),
        (["Vergnügliche Überfahrten für Ausflügler"], "", (), None),  # another language
        (["冬の修理のあと川の渡し船が戻る"], "", (), None),
        ([], "", (), None),
    ],
)
def test_fits(titles, site, authors, expected):
    assert fits(ENTRY, titles, site, authors) is expected


def page(status: PageStatus, **more: object) -> Page:
    return Page(url="https://gazette.example/2023/04/ferries", status=status, **more)  # type: ignore[arg-type]


def test_what_only_the_entry_can_tell():
    lost = page(PageStatus.GONE, sure=False, detail="the page says 'not found'")
    assert judged(lost, ENTRY, titles=["Not found"], shorter=False, above=False).status is PageStatus.GONE
    assert (
        judged(lost, ENTRY, titles=["River ferries return after winter repairs"], shorter=False, above=False).status
        is PageStatus.ALIVE
    )
    gone = page(PageStatus.GONE)
    assert (
        judged(gone, ENTRY, titles=["River ferries return after winter repairs"], shorter=False, above=False).status
        is PageStatus.GONE
    )
    alive = page(PageStatus.ALIVE, title="News of the quay today")
    home = judged(alive, ENTRY, titles=["News of the quay today"], shorter=True, above=True)
    assert (home.status, home.sure, home.detail) == (
        PageStatus.GONE,
        False,
        "it now leads to a page above it, 'News of the quay today'",
    )
    assert judged(alive, ENTRY, titles=["News"], shorter=True, above=False).status is PageStatus.ALIVE
    assert judged(alive, ENTRY, titles=["News"], shorter=False, above=False).status is PageStatus.ALIVE
