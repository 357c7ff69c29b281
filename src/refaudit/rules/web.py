"""WEB: is the cited web page there, and is it the one that the entry means?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from refaudit.model import Evidence, Level, Page, PageStatus, Reference
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule

_LOOKS = 0.65  # confidence where a page answers, and only its words or its redirect say that it is gone


def _pages(audit: Audit) -> Iterator[tuple[Reference, Page]]:
    for lookup in audit.lookups:
        if lookup.page is not None:
            yield audit.reference[lookup.reference], lookup.page


def _copy(page: Page) -> Iterator[Evidence]:
    if page.archived:
        yield Evidence(field="archived copy", cited="", registered=page.archived_on, source="Wayback Machine", url=page.archived)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B} {day.year}"


@rule("WEB051", "page-gone", Level.WARNING, confidence=0.9)
def page_gone(audit: Audit) -> Iterator[Hit]:
    """The cited web page is not there any more.

    What it finds:
    An address that answers 404 or 410 twice, whose host does not exist, that redirects in a circle, or whose page says that it was
    not found, is for sale, or was replaced by a page above it. Only with `--web`. The archived copy nearest to the access date is
    named where there is one.

    Why it matters:
    A reader cannot see what was cited. An archived copy keeps the reference useful.

    Flags:
    ```text
    Ferries run again (Gazette 2023).

    References

    Gazette, H. (2023). *River ferries return*. https://gazette.example/2023/ferries. Accessed 1 March 2024.
    ```
    ```json
    {"status": "gone", "http": 404, "detail": "gazette.example says that there is no such page (404)",
     "archived": "https://web.archive.org/web/20240302000000/https://gazette.example/2023/ferries", "archived_on": "2024-03-02"}
    ```

    Does not flag:
    ```text
    Ferries run again (Gazette 2023).

    References

    Gazette, H. (2023). *River ferries return*. https://gazette.example/2023/ferries. Accessed 1 March 2024.
    ```
    ```json
    {"status": "refused", "http": 403, "detail": "gazette.example refuses programs (403)"}
    ```

    What to do:
    Cite an archived copy, with the day of access, or look for the page's present address.

    Limits:
    A few servers answer 404 to programs and not to people: open the address before you change it. Refusals, log-ins, robot checks,
    time-outs and certificates never count as gone. An address that a line break cut in two is not the page's fault.
    """
    for reference, page in _pages(audit):
        if page.status is not PageStatus.GONE:
            continue
        what = "is not there any more" if page.sure else "seems not to be there any more"
        advice = (
            f"Cite the copy that was archived on {_day(page.archived_on)}: {page.archived}"
            if page.archived
            else "Look for the page's present address, or cite another source; the archive has no copy of it."
            if page.archive_asked
            else ""
        )
        yield Hit(
            message=f"{wording.entry(reference)}: the cited page {what}: {page.detail}.",
            references=(reference.id,),
            evidence=(
                Evidence(field="page", cited=page.url, registered=page.detail, source=f"asked on {page.checked_on}"),
                *_copy(page),
            ),
            advice=advice,
            confidence=None if page.sure else _LOOKS,
        )


@rule("WEB052", "page-moved", Level.NOTE, confidence=0.9)
def page_moved(audit: Audit) -> Iterator[Hit]:
    """The cited page has another address for good.

    What it finds:
    An address that redirects permanently (301, 308) to another page. A change of scheme, of "www." or of a closing slash is none. Only
    with `--web`.

    Why it matters:
    Redirects end one day; the new address lasts longer.

    Flags:
    ```text
    Ferries run again (Gazette 2023).

    References

    Gazette, H. (2023). *River ferries return*. https://gazette.example/2023/ferries.
    ```
    ```json
    {"status": "moved", "http": 200, "detail": "permanently redirected to https://gazette.example/archive/ferries",
     "moved_to": "https://gazette.example/archive/ferries", "title": "River ferries return", "fits": true}
    ```

    Does not flag:
    ```text
    Ferries run again (Gazette 2023).

    References

    Gazette, H. (2023). *River ferries return*. https://gazette.example/2023/ferries.
    ```
    ```json
    {"status": "alive", "http": 200, "title": "River ferries return", "fits": true}
    ```

    What to do:
    Cite the new address.

    Limits:
    Nothing is said where the new page is not the cited one.
    """
    for reference, page in _pages(audit):
        if page.status is PageStatus.MOVED and page.fits is not False:
            yield Hit(
                message=f"{wording.entry(reference)}: the cited page has moved to {page.moved_to}.",
                references=(reference.id,),
                evidence=(
                    Evidence(
                        field="page",
                        cited=page.url,
                        registered=page.moved_to,
                        source=f"asked on {page.checked_on}",
                        url=page.moved_to,
                    ),
                ),
                confidence=None if page.fits else 0.7,
            )


@rule("WEB053", "page-of-another-work", Level.WARNING, confidence=0.65)
def page_of_another_work(audit: Audit) -> Iterator[Hit]:
    """The page at the cited address is about something else.

    What it finds:
    A page whose own title shares next to nothing with the entry, in the same script, and whose site and authors the entry does not
    name. Only with `--web`.

    Why it matters:
    The address was copied wrongly, or the site now shows other things there.

    Flags:
    ```text
    Ferries run again (Gazette 2023).

    References

    Gazette, H. (2023). *River ferries return*. https://gazette.example/2023/ferries.
    ```
    ```json
    {"status": "alive", "http": 200, "title": "Ten best slot games to play online", "fits": false}
    ```

    Does not flag:
    ```text
    Ferries run again (Gazette 2023).

    References

    Gazette, H. (2023). *River ferries return*. https://gazette.example/2023/ferries.
    ```
    ```json
    {"status": "alive", "http": 200, "title": "Repository item 4711", "fits": null}
    ```

    What to do:
    Open the address; correct it, or cite an archived copy.

    Limits:
    A page that shows its title in another language than the entry, or only once scripts have run, cannot be told from another page
    and is left alone.
    """
    for reference, page in _pages(audit):
        if page.status in (PageStatus.ALIVE, PageStatus.MOVED) and page.fits is False:
            yield Hit(
                message=f"{wording.entry(reference)}: the page at the cited address calls itself “{page.title}”.",
                references=(reference.id,),
                evidence=(
                    Evidence(
                        field="page",
                        cited=wording.quote(reference.raw, 160),
                        registered=page.title,
                        source=f"asked on {page.checked_on}",
                        url=page.url,
                    ),
                    *_copy(page),
                ),
            )


@rule("WEB054", "no-archived-copy", Level.NOTE, confidence=0.8)
def no_archived_copy(audit: Audit) -> Iterator[Hit]:
    """No archive holds the cited page.

    What it finds:
    A page that is there today and of which the Wayback Machine has no copy. Only with `--web` and `archive = true` in the settings.

    Why it matters:
    Half of all cited pages are gone within some years. A copy made today is what readers will see then.

    Flags:
    ```text
    Ferries run again (Gazette 2023).

    References

    Gazette, H. (2023). *River ferries return*. https://gazette.example/2023/ferries.
    ```
    ```json
    {"status": "alive", "http": 200, "archive_asked": true}
    ```

    Does not flag:
    ```text
    Ferries run again (Gazette 2023).

    References

    Gazette, H. (2023). *River ferries return*. https://gazette.example/2023/ferries.
    ```
    ```json
    {"status": "alive", "http": 200, "archive_asked": false}
    ```

    What to do:
    Save the page in an archive, and cite the copy beside the address.

    Limits:
    One archive is asked. Some sites do not allow copies.
    """
    for reference, page in _pages(audit):
        if (
            page.status in (PageStatus.ALIVE, PageStatus.MOVED)
            and page.archive_asked
            and not page.archived
            and audit.config.archive
        ):
            yield Hit(
                message=f"{wording.entry(reference)}: no archived copy of the cited page was found.", references=(reference.id,)
            )


RULES = (page_gone, page_moved, page_of_another_work, no_archived_copy)
