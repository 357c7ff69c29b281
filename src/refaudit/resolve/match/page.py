"""Is a web page the one that an entry means? What the page says of itself beside what is printed. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from refaudit.model import Page, PageStatus, Reference
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.names import SMALL
from refaudit.text import fold, letters

SAME_WORDS, SAME_TITLE = 0.6, 80
"""Share of a page title's words that the entry prints; likeness of two titles (0-100): from here on they are one."""
OTHER_WORDS, OTHER_TITLE = 0.25, 50
"""Up to here, and with at least three words to tell by, they are two."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def fits(reference: Reference, titles: Sequence[str], site: str, authors: Sequence[str]) -> bool | None:
    """Whether a page with these titles is what the entry prints; None where that cannot be told.

    Every title of the page is put beside the title of the entry, or beside the whole printed entry where its title was not read
    surely. That a page is another one is only said when its title shares next to nothing with the entry, in the same script, and
    neither its site nor an author of it is named there.
    """
    entry = Entry(reference)
    wanted = entry.title or entry.bare
    printed, glued = set(_words(wanted)), letters(wanted)
    content = {word for word in printed if word not in SMALL}
    share, like, most = 0.0, 0.0, 0
    for title in titles:
        words = [word for word in _words(title) if word not in SMALL]
        if len(letters(title)) >= 8 and letters(title) in glued:
            return True
        if len(words) >= 2:
            share = max(share, sum(word in printed for word in words) / len(words))
            most = max(most, len(words))
        if entry.title:
            like = max(like, fuzz.token_sort_ratio(fold(title), fold(entry.title)))
            if len(content) >= 2 and content <= set(words):
                return True
    if share >= SAME_WORDS or like >= SAME_TITLE:
        return True
    if most < 3 or share > OTHER_WORDS or like > OTHER_TITLE:
        return None
    whole = " ".join(titles)
    if bool(_CJK.search(whole)) != bool(_CJK.search(entry.bare)) or whole.isascii() != entry.bare.isascii():
        return None  # another script or language: the entry may print a translation
    named, everything = [site, *authors], letters(entry.bare)
    if any(len(letters(name)) >= 4 and letters(name) in everything for name in named) or any(
        _family(name) in _words(entry.bare) for name in authors
    ):
        return None
    return False


def judged(page: Page, reference: Reference, *, titles: Sequence[str], shorter: bool, above: bool) -> Page:
    """The page with ``fits``, and with what only the entry can tell: a page that merely looks gone, and one that leads elsewhere."""
    same = fits(reference, titles, page.site, page.authors) if titles else None
    page = replace(page, fits=same)
    if page.status is PageStatus.GONE and not page.sure and same:
        return replace(page, status=PageStatus.ALIVE, sure=True, detail="")
    if page.status in (PageStatus.ALIVE, PageStatus.MOVED) and same is not True and shorter:
        where = "a page above it" if above else "another page of the site"
        if above or same is False or not _words(" ".join(titles)):
            return replace(
                page,
                status=PageStatus.GONE,
                sure=False,
                moved_to="",
                fits=None,
                detail=f"it now leads to {where}, '{page.title[:80]}'",
            )
    if page.status is PageStatus.UNCLEAR and same:
        return replace(page, status=PageStatus.ALIVE, detail="")
    return page


def _words(text: str) -> list[str]:
    folded = fold(text)
    return [*_WORD.findall(folded), *_CJK.findall(folded)]


def _family(name: str) -> str:
    words = _words(name.partition(",")[0] if "," in name else name)
    return words[-1] if words else "\0"
