"""The cited web page: alive, moved, gone, or not to be told.

A page is called gone on strong evidence only: 404 or 410 twice, a host that does not exist, a page that says that it is not there.
What programs are kept from (log-ins, robot checks, refusals), and what fails now, says nothing about the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from refaudit.errors import ResolverError
from refaudit.model import Page, PageStatus
from refaudit.resolve.sources import page_metadata
from refaudit.resolve.sources.page_metadata import PageMetadata
from refaudit.resolve.wire.public_hosts import NoSuchHost, NotPublic
from refaudit.resolve.wire.timeouts import PAGES
from refaudit.resolve.wire.web import Fetched, Web

if TYPE_CHECKING:
    import requests

MOST_HOPS = 10
_AGAIN = 1.0  # seconds before a second try
_PERMANENT, _TEMPORARY = frozenset({301, 308}), frozenset({302, 303, 307})
_REFUSALS: Mapping[int, str] = {
    401: "asks for a password", 402: "asks for payment", 403: "refuses programs", 405: "refuses programs", 406: "refuses programs",
    407: "stands behind a proxy", 418: "refuses programs", 429: "asks for fewer requests", 451: "is withheld for legal reasons",
    999: "refuses programs",
}  # fmt: skip
_ARCHIVES = re.compile(
    r"https?://(?:(?:www\.)?web\.archive\.org/web/[0-9]|archive\.(?:ph|is|today|vn|li|md|fo)/\S|perma\.cc/\S|(?:www\.)?webcitation\.org/\S"
    r"|ghostarchive\.org/|arquivo\.pt/wayback/|(?:www\.)?webarchive\.org\.uk/|webarchive\.nationalarchives\.gov\.uk/|swap\.stanford\.edu/)"
)
_CHALLENGES = ("cf-mitigated", "x-datadome-cid", "x-amzn-waf-action", "x-vercel-mitigated", "x-kasada")
_CHALLENGE_PAGE = re.compile(
    r"_cf_chl_opt|id=[\"']anubis_challenge|/\.within\.website/x/cmd/anubis|Sucuri Website Firewall|_Incapsula_Resource|px-captcha|g-recaptcha"
    r"|h-captcha",
)
_WALL = re.compile(
    r"just a moment|attention required|access denied|are you (?:a |not a )?(?:ro)?bot|robot or human|not a bot|verify (?:that )?you are (?:a )?human"
    r"|security check|captcha|request blocked|pardon our interruption|checking your browser|403 forbidden|unusual traffic",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\A(?:please )?(?:sign[ -]?in|log[ -]?in|log[ -]?on|anmelden|anmeldung|einloggen|connexion|se connecter|iniciar sesión|accedi|before you continue"
    r"|bevor sie|avant de continuer|cookie consent|consent)\b",
    re.IGNORECASE,
)
_LOGIN_PATH = re.compile(
    r"/(?:login|log-in|signin|sign-in|logon|sso|saml|auth|authorize|consent|idp|cas|account/login|wayf)\b", re.IGNORECASE
)
_LOST = re.compile(
    r"\b(?:page|document|article|content|site|file|resource|seite|dokument)? ?(?:was |is |could |can |cannot |not )?not be found\b|\bpage not found\b"
    r"|\bnot found\b|\bcould not find (?:that|this|the) page|\bno longer (?:available|exists?)\b|\bdoes ?n[o']t exist\b|\bpage (?:has been )?removed\b"
    r"|\berror 404\b|\b404\b|\bnicht gefunden\b|\bexistiert nicht\b|\bno encontrad[ao]\b|\bno existe\b|\bintrouvable\b|\bn[’']existe (?:pas|plus)\b"
    r"|\bnão encontrad[ao]\b|\bnon trovat[ao]\b|\bniet gevonden\b|\bhittades inte\b|\bikke funnet\b|\bblev ikke fundet\b|\bnie znaleziono\b"
    r"|\bnenalezen[ao]\b|\bне найден[ао]?\b|\bbulunamadı\b|页面不存在|找不到(?:该|此)?页|無法找到|ページが見つかりません|찾을 수 없",
    re.IGNORECASE,
)
_PARKED = re.compile(
    r"\b(?:domain|website) (?:name )?(?:is|may be) for sale\b|\bis for sale\b|\bbuy this domain\b|\bparked (?:free|domain)\b|\bdomain (?:has )?expired\b",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"\bcoming soon\b|\bunder construction\b|\bsite is being (?:built|rebuilt)\b|\bdefault web ?page\b", re.IGNORECASE
)


NOTHING = PageMetadata()
"""What is known of a page that was not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page as it was met, before it is compared with the entry. ``shorter`` says that a redirect led from an address to one of
    fewer steps (a section, a home page), ``above`` that this one stands above the cited address."""

    page: Page
    says: PageMetadata = NOTHING
    shorter: bool = False
    above: bool = False


@dataclass(slots=True)
class _Way:
    """What was met on the way from the cited address to the last one."""

    visits: dict[str, int] = field(default_factory=dict)
    permanent: bool = False
    redirected: bool = False


def look(web: Web, url: str) -> Seen:
    """Ask for the page behind ``url``. Never raises; ``Page.fits`` and the archive are for others to fill in."""
    if _ARCHIVES.match(url):
        return Seen(page=Page(url=url, status=PageStatus.ARCHIVED, detail="the address of an archived copy"))
    try:
        return _follow(web, url, _askable(url))
    except NoSuchHost as error:
        return Seen(page=Page(url=url, status=PageStatus.GONE, detail=str(error)))
    except ResolverError as error:
        return Seen(page=Page(url=url, status=PageStatus.UNREACHABLE, detail=str(error)))


def _askable(url: str) -> str:
    """The address without its fragment. Raises ResolverError for what no web server can be asked for."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ResolverError("this is not the address of a page") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise ResolverError(f"an address of the kind '{parts.scheme[:20]}:' is not on the web")
    if not host or re.search(r"\s", parts.netloc):
        raise NoSuchHost("the address names no host")
    if parts.username or parts.password:
        raise NotPublic("the address holds a user name or a password")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def _follow(web: Web, url: str, start: str) -> Seen:
    session, way, at = web.chain(), _Way(), start
    for _ in range(MOST_HOPS + 1):
        if not web.permits(at):
            detail = "the site asks programs not to read this page (robots.txt)"
            return Seen(page=Page(url=url, status=PageStatus.REFUSED, detail=detail))
        way.visits[at] = way.visits.get(at, 0) + 1
        answer = _patiently(web, session, at)
        says = NOTHING
        following = ""
        if answer.status in _PERMANENT | _TEMPORARY:
            following, permanent = urljoin(at, answer.headers.get("location", "").strip()), answer.status in _PERMANENT
        elif 200 <= answer.status < 300:
            says = _metadata(answer)
            following = page_metadata.refresh_of(answer.headers.get("refresh", ""), at) or says.refresh
            permanent = True
            if following == at or _CHALLENGE_PAGE.search(answer.body[:20_000].decode("latin-1")):
                following = ""
        if not following:
            steps, last = _steps(start), _steps(answer.url)
            shorter = way.redirected and len(last) < len(steps)
            return Seen(
                page=_judge(url, start, answer, says, way),
                says=says,
                shorter=shorter,
                above=shorter and steps[: len(last)] == last,
            )
        if not way.redirected:
            way.permanent = permanent
        way.redirected = True
        at = _askable(following)
        if way.visits.get(at, 0) >= 2:
            return Seen(page=Page(url=url, status=PageStatus.GONE, http=answer.status, detail="it redirects in a circle"))
    return Seen(page=Page(url=url, status=PageStatus.UNCLEAR, detail=f"it redirects more than {MOST_HOPS} times"))


def _patiently(web: Web, session: requests.Session, at: str) -> Fetched:
    """The answer, asked for a second time where the first may have been an accident."""
    answer = web.get(session, at)
    pause = 0.0
    if answer.status in (429, 503) and (asked := answer.headers.get("retry-after", "")):
        pause = float(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else PAGES.pause + 1
    elif answer.status in (404, 410) or answer.status >= 500:
        pause = _AGAIN
    if not 0 < pause <= PAGES.pause or answer.status == 999:
        return answer
    if web.stop.wait(pause):
        raise ResolverError("interrupted")
    return web.get(session, at)


def _metadata(answer: Fetched) -> PageMetadata:
    kind = answer.headers.get("content-type", "")
    if answer.body.startswith(b"%PDF") or "pdf" in kind or not answer.body.strip():
        return NOTHING
    return page_metadata.read(answer.body, kind, answer.url)


def _judge(url: str, start: str, answer: Fetched, says: PageMetadata, way: _Way) -> Page:
    host = urlsplit(answer.url).netloc
    page = Page(
        url=url, status=PageStatus.ALIVE, http=answer.status, title=says.title, site=says.site, authors=says.authors, date=says.date
    )  # fmt: skip
    made = _not_a_page(page, host, answer, says)
    if made is not None:
        return made
    if _is_pdf(answer):
        return _moved(page, start, answer, way)
    if urlsplit(start).path.lower().endswith(".pdf") and not _is_pdf(answer):
        return replace(page, status=PageStatus.UNCLEAR, detail="a page is sent where a PDF file was cited")
    spoken = f"{says.heading} | {says.title}"
    if _PARKED.search(spoken):
        return replace(page, status=PageStatus.GONE, detail="the domain is for sale", sure=False)
    if _LOST.search(says.title) or _LOST.search(says.heading):
        return replace(
            page,
            status=PageStatus.GONE,
            detail=f"the page says '{(says.heading if _LOST.search(says.heading) else says.title)[:80]}'",
            sure=False,
        )
    if _UNFINISHED.search(spoken):
        return replace(page, status=PageStatus.GONE, detail=f"the site says '{(says.heading or says.title)[:80]}'", sure=False)
    if not says.titles and not says.words:
        return replace(page, status=PageStatus.UNCLEAR, detail="the answer is empty")
    if says.scripted and says.words < 20 and not says.authors and not says.date and len(says.titles) < 2:
        return replace(page, status=PageStatus.UNCLEAR, detail="the page is made by a script that was not run")
    return _moved(page, start, answer, way)


def _not_a_page(page: Page, host: str, answer: Fetched, says: PageMetadata) -> Page | None:
    """What the server sent instead of the page, or None when the page seems to be there."""
    status = answer.status
    head = answer.body[:20_000].decode("latin-1")
    challenged = any(name in answer.headers for name in _CHALLENGES) or bool(_CHALLENGE_PAGE.search(head))
    if challenged and (status != 200 or says.words < 150):
        return replace(page, status=PageStatus.REFUSED, detail=f"{host} asks whether a person is reading")
    if status in (404, 410):
        return replace(page, status=PageStatus.GONE, detail=f"{host} says that there is no such page ({status})")
    if status in _REFUSALS:
        return replace(page, status=PageStatus.REFUSED, detail=f"{host} {_REFUSALS[status]} ({status})")
    if status >= 500:
        return replace(page, status=PageStatus.UNREACHABLE, detail=f"{host} is in trouble ({status})")
    if not 200 <= status < 300:
        return replace(page, status=PageStatus.UNCLEAR, detail=f"{host} answers with status {status}")
    if _is_pdf(answer):
        return None
    spoken = (says.title, says.heading)
    if any(_WALL.search(words) for words in spoken):
        return replace(page, status=PageStatus.REFUSED, detail=f"{host} asks whether a person is reading")
    if (
        any(_LOGIN.match(words) for words in spoken)
        or (_LOGIN_PATH.search(urlsplit(answer.url).path) and says.words < 300)
        or (says.password and says.words < 60)
    ):
        return replace(page, status=PageStatus.REFUSED, detail=f"{host} asks for a log-in or for consent")
    if not answer.body.strip():
        return replace(page, status=PageStatus.UNCLEAR, detail="the answer is empty")
    return None


def _moved(page: Page, start: str, answer: Fetched, way: _Way) -> Page:
    """Alive; moved when the first redirect was for good and leads elsewhere than to the same page in another dress."""
    if way.permanent and _plain(answer.url) != _plain(start):
        return replace(page, status=PageStatus.MOVED, detail=f"permanently redirected to {answer.url[:200]}", moved_to=answer.url)
    return page


def _plain(url: str) -> str:
    """An address without what makes no other page of it: scheme, "www.", a closing slash, capitals of the host."""
    parts = urlsplit(url)
    return (
        parts.netloc.lower().removeprefix("www.").removesuffix(":443").removesuffix(":80")
        + parts.path.rstrip("/")
        + ("?" + parts.query if parts.query else "")
    )


def _steps(url: str) -> list[str]:
    """Host and steps of the path of an address."""
    parts = urlsplit(url)
    return [parts.netloc.lower().removeprefix("www."), *(step for step in parts.path.split("/") if step)]


def _is_pdf(answer: Fetched) -> bool:
    return answer.body.startswith(b"%PDF") or "application/pdf" in answer.headers.get("content-type", "")
