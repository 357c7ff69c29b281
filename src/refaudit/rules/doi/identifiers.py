"""DOI: are the identifiers of an entry well-formed?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from refaudit.model import Level, Reference, Span
from refaudit.parse.identifiers import (
    find_arxiv,
    find_doi,
    find_doi_claim,
    find_isbn,
    find_issn,
    find_pmid,
    find_urls,
    isbn_ok,
    issn_ok,
    repair_doi,
    valid_arxiv,
    valid_pmid,
)
from refaudit.rules import wording
from refaudit.rules.base import Audit, Hit, rule
from refaudit.text import fold


@rule("DOI001", "malformed-doi", Level.ERROR, absorbs=("DOI002",))
def malformed_doi(audit: Audit) -> Iterator[Hit]:
    """Text that claims to be a DOI and cannot be one.

    What it finds:
    "doi:", "doi.org/" or the DOI field of a database with something that is no DOI: a prefix that does not begin with "10.", no
    slash, a letter for a digit. The nearest form that could be right is offered.

    Why it matters:
    The link leads nowhere.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9. https://doi.org/1O.5555/soils.12.1
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019). Crusts follow (Vega 2018).

    References

    Lopez, A. 2019. "Rain." *Journal of Soils* 12: 1-9. doi: 10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2
    Vega, B. 2018. "Crusts after rain." *Geoderma* 20: 5-11. https://doi.org/10/abcd
    ```

    What to do:
    Copy the DOI from the first page of the work or from its web page.

    Limits:
    Whether a well-formed DOI exists is asked of the registries, not here.
    """
    for reference in audit.asked:
        claim = _field_claim(reference) or find_doi_claim(reference.text)
        if claim is None or find_doi(reference.text):
            continue
        text, span = claim
        near = repair_doi(text)
        yield Hit(
            message=f"{wording.entry(reference)} gives the DOI {wording.quote(text, 80)}, which cannot be one"
            + (f"; perhaps {near} is meant." if near else ": a DOI looks like 10.1234/abc."),
            references=(reference.id,),
            spans=(reference.place_in_text(span),),
            subject=f"doi {text}",
        )


def _field_claim(reference: Reference) -> tuple[str, Span] | None:
    """The value of a database's DOI field that holds no DOI; short DOIs ("10/abcd") and words ("none") are passed over."""
    field = reference.doi
    value = (field.value or "").strip() if field else ""
    if field is None or not re.search(r"[0-9]", value) or re.fullmatch(r"10/[A-Za-z0-9]{2,10}", value):
        return None
    return None if find_doi(value) else (value, reference.stretch(field) or Span(0, 0))


_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,24}|localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]",
    re.IGNORECASE,
)
_SLIPS = (
    (
        re.compile(
            r"(?<![\w])(?:https?;//|https?:/(?=\w)|https?//(?=\w)|ht{1,3}ps?(?<!http)(?<!https)://|htpp://|hhttps?://|http:\\\\)\S{3,200}",
            re.IGNORECASE,
        ),
        "its scheme is misspelt",
    ),
    (re.compile(r"https?://https?(?::|//)\S{3,200}", re.IGNORECASE), "its scheme stands twice"),
    (re.compile(r"https?://www\s?,\S{3,200}", re.IGNORECASE), "its host is broken"),
)  # fmt: skip


@rule("DOI002", "malformed-url", Level.WARNING)
def malformed_url(audit: Audit) -> Iterator[Hit]:
    """A web address that cannot be right.

    What it finds:
    A misspelt or doubled scheme ("http//", "https://https://") and a host that no server can have.

    Why it matters:
    The link leads nowhere.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9. https://https://soils.example.org/12/lopez
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." *Journal of Soils* 12: 1-9. <https://soils.example.org/12/lopez_(2019)?page=1>
    ```

    What to do:
    Open the page and copy its address anew.

    Limits:
    Whether the address answers is not checked.
    """
    for reference in audit.asked:
        found = _bad_address(reference)
        if found:
            text, span, why = found
            yield Hit(
                message=f"{wording.entry(reference)}: the address {wording.quote(text, 100)} cannot be right, {why}.",
                references=(reference.id,),
                spans=(reference.place_in_text(span),),
                subject=f"url {text}",
            )


def _bad_address(reference: Reference) -> tuple[str, Span, str] | None:
    for pattern, why in _SLIPS:
        if match := pattern.search(reference.text):
            return match.group().rstrip(".,;"), Span(*match.span()), why
    for url, span in find_urls(reference.text):
        try:
            parts = urlsplit(url if "//" in url else "//" + url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return url, span, "it has no valid host"
        if not _HOST.fullmatch(_ascii(host)):
            return url, span, f"“{host}” is no host"
        del port
    return None


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


_TRACKERS = re.compile(
    r"[?&;](utm_\w{1,20}|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|mc_[ce]id|srsltid|_hsenc|_hsmi|mkt_tok|cmpid|ocid|spm|share_token"
    r"|ref_src|twclid|li_fat_id|wt\.mc_id|ved|ei|sca_esv|sxsrf|casa_token|__cf_chl_\w{1,20})=",
    re.IGNORECASE,
)
_ASSISTANT = re.compile(
    r"[?&](?:utm_source|source|ref|via)=(?:chatgpt|openai|perplexity|copilot|claude|gemini|bing_?chat)[\w.]*", re.IGNORECASE
)
_TEXT_FRAGMENT = re.compile(r"#:~:text=")


@rule("DOI003", "tracking-parameter", Level.NOTE)
def tracking_parameter(audit: Audit) -> Iterator[Hit]:
    """A web address carries more than is needed to reach the page.

    What it finds:
    Parameters that record where a reader came from ("utm_source", "fbclid", names of search engines and chat
    assistants), and text fragments ("#:~:text=…") that a browser adds when a search result is opened.

    Why it matters:
    The address is longer than it needs to be, it tracks readers, and it shows how the page was found.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." *Soil Blog*. https://soils.example.org/rain?utm_source=newsletter
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. "Rain on bare ground." *Soil Blog*. https://soils.example.org/rain?id=17#results
    ```

    What to do:
    Cut the address before the parameter or the fragment, and check that it still leads to the page.

    Limits:
    Only well-known parameters are listed.
    """
    for reference in audit.asked:
        for url, span in find_urls(reference.text):
            what = needless(url)
            if what:
                yield Hit(
                    message=f"{wording.entry(reference)}: the address carries {what}, which readers do not need.",
                    references=(reference.id,),
                    spans=(reference.place_in_text(span),),
                    subject=f"{fold(url)}",
                )
                break


def needless(url: str) -> str:
    """What a web address carries that readers do not need, in words, or ""."""
    if match := _ASSISTANT.search(url):
        return f"the origin of the link ({wording.quote(match.group()[1:])})"
    if match := _TRACKERS.search(url):
        return f"the tracking parameter {wording.quote(match[1])}"
    return "a text fragment (“#:~:text=…”)" if _TEXT_FRAGMENT.search(url) else ""


@rule("DOI004", "malformed-identifier", Level.WARNING)
def malformed_identifier(audit: Audit) -> Iterator[Hit]:
    """An ISBN, ISSN, arXiv or PubMed number that cannot exist.

    What it finds:
    A check digit that does not fit (ISBN, ISSN), an arXiv number with a month that does not exist, a PubMed number
    with too many digits.

    Why it matters:
    A catalogue will not find the work by it.

    Flags:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. *Rain on Bare Ground*. Springer. ISBN 978-3-16-148410-1.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Lopez 2019).

    References

    Lopez, A. 2019. *Rain on Bare Ground*. Springer. ISBN 978-3-16-148410-0.
    ```

    What to do:
    Copy the number from the work itself.

    Limits:
    Whether a well-formed number belongs to this work is not checked here.
    """
    for reference in audit.asked:
        for kind, found, good in (
            ("ISBN", find_isbn(reference.text), isbn_ok),
            ("ISSN", find_issn(reference.text), issn_ok),
            ("arXiv number", find_arxiv(reference.text), valid_arxiv),
            ("PubMed number", find_pmid(reference.text), valid_pmid),
        ):
            if found and not good(found[0]):
                why = "its check digit does not fit" if kind in ("ISBN", "ISSN") else "no such number can exist"
                yield Hit(
                    message=f"{wording.entry(reference)} gives the {kind} {found[0]}, but {why}.",
                    references=(reference.id,),
                    spans=(reference.place_in_text(found[1]),),
                    subject=f"{kind} {found[0]}",
                )


RULES = (malformed_doi, malformed_url, tracking_parameter, malformed_identifier)
