"""Identifiers in printed text: DOI, arXiv, PMID, PMCID, ISBN, ISSN and URL. Pure; linear in the length of the text.

Every ``find_*`` takes the text of an entry and gives ``(value, span)`` of the first identifier or None; the value is
bare and clean (markup, escapes and sentence punctuation undone), the span covers its characters in the text given.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from refaudit.model import Span
from refaudit.text import DASHES

Found = tuple[str, Span]

# Invisible characters that converters leave inside identifiers.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_DASH = re.compile(f"[{DASHES}]")
# Markdown and LaTeX put a backslash before punctuation that stands for itself.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BRACED = re.compile(r"\{\\?([_%#&])\}")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")

DOI_PREFIX = r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,3}"
"""The prefix of a DOI (ISO 26324): "10." and the number of a registrant, which may be subdivided; a part of other patterns."""
DOI_BEGINS = rf"{DOI_PREFIX}/"
"""What every DOI begins with; any printable characters follow."""
DOI_RESOLVER = r"(?:https?://)?(?:dx\.|www\.)?doi\.org/"
"""The addresses, old and new, before a DOI that is printed as a link."""
_DOI = re.compile(rf"{DOI_BEGINS}\S+")
_DRESS = re.compile(rf"(?i)^\s*{DOI_RESOLVER}|^\s*doi\s*:?\s*")
_DOI_START = re.compile(r"(?<![0-9])(?<![0-9]\.)10\\?\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,3}[ \t\n]?(?:\\?/|%2[Ff])")
_CLAIM = re.compile(
    r"(?:https?\\?:\\?/\\?/)?(?:dx\.|www\.)?doi\.org\\?/"
    r"|(?<![a-z])doi(?:\\?:[ \t\n]{0,3}|[ \t\n]{1,3}(?=10)|(?=10))",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\S{1,300}")  # the longest of 170,000 registered DOIs has 95 characters
_ADDRESS = re.compile(r"\S{1,2048}")
# Where a DOI stops for certain: quotation marks, an HTML tag, a markdown link that begins ("](").
_STOP = re.compile(r"""["“”«»|]|\]\(|</?[A-Za-z]|&lt;/?[A-Za-z]|\\(?:href|url|end)\b""")
_OPENERS = {")": "(", "]": "[", "}": "{", ">": "<", "’": "‘"}
_TRAILING = ".,;:'*_`\\!…·¶†‡"
# Parts of a landing page's address that follow the DOI in it.
_LANDING = re.compile(
    r"(?:/(?:full|abstract|summary|pdf|epdf|html|meta|references|fulltext|full/html|full/pdf|pdf/[^/]{1,40}|tab-pdf|asset/[^/]{0,80}"
    r"|figures|citedby|epub|pdfdirect|suppl_file/[^/]{0,80}))$|\.(?:pdf|full|html?|abstract|full\.pdf|full-text)$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(10\.1101/[0-9.]{6,30})v[0-9]{1,2}(?:\.[a-z.-]{1,20})?$")
# The same behind the DOIs of other servers, which may be registered with their version: "…v2", "…v2.full", "…v1.supplementary-material".
_TAIL_OF_VERSION = re.compile(
    r"(10\.[0-9.]{4,20}/\S{1,80}?[0-9a-z])(v[0-9]{1,2})((?:\.(?:full|abstract|supplementary-material|article-info|article-metrics|pdf|text)){1,3})?",
    re.IGNORECASE,
)
_QUERY = re.compile(r"[?&][A-Za-z_][\w.-]{0,30}=")

_URL_START = re.compile(r"(?:https?|ftp)\\?:\\?/\\?/(?=\S)|(?<![\w./@-])www\.(?=[\w-])", re.IGNORECASE)
_URL_STOP = re.compile(r"""["“”«»|]|\]\(|</?[A-Za-z]+[ />]|&lt;|&gt;|\\(?:href|end)\b|\\newblock""")

_ARXIV_ID = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]{2,12}(?:\.[A-Za-z-]{2,4})?/[0-9]{7})(?:v[0-9]{1,2})?"
_ARXIV = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf|html)/|[ \t\n]?[:.][ \t\n]?|[ \t\n]{1,2}(?:preprint[ \t\n]{1,2})?(?:arxiv[:.])?[ \t\n]?)"
    rf"({_ARXIV_ID})(?![0-9])",
    re.IGNORECASE,
)
_ARXIV_NEW = re.compile(r"([0-9]{2})(0[1-9]|1[0-2])\.([0-9]{4,5})(?:v[1-9][0-9]?)?")
_ARXIV_OLD = re.compile(r"[a-z-]{2,12}(?:\.[A-Za-z-]{2,4})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}(?:v[1-9][0-9]?)?", re.IGNORECASE)
_PMID = re.compile(
    r"(?:(?<![A-Za-z])PMID\b[ \t:#]{0,3}|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/"
    r"|(?<![A-Za-z])PubMed(?:[ \t]?ID)?[ \t]?[:#][ \t]?)([0-9]{1,12})(?![0-9])",
    re.IGNORECASE,
)
_PMCID = re.compile(r"(?<![A-Za-z0-9])PMC[ \t:]?([0-9]{3,9})(?![0-9])")
_ISBN = re.compile(
    r"(?<![A-Za-z])ISBN(?:[- ]?1[03](?=[ :\t]))?[- :\t]{0,4}((?:97[89][- ]?)?[0-9](?:[- ]?[0-9]){8}[- ]?[0-9Xx])(?![0-9])",
    re.IGNORECASE,
)
_ISBN_CLAIM = re.compile(
    r"(?<![A-Za-z])ISBN(?:[- ]?1[03](?=[ :\t]))?[- :\t]{0,4}([0-9][0-9 -]{6,18}[0-9Xx])(?![0-9])", re.IGNORECASE
)
_ISSN = re.compile(r"(?<![A-Za-z])[ep]?[- ]?ISSN[- :\t]{0,4}([0-9]{4}-?[0-9]{3}[0-9Xx])(?![0-9])", re.IGNORECASE)


# ------------------------------------------------------------------ DOI


def valid_doi(doi: str) -> bool:
    """Whether a bare DOI has the syntax of ISO 26324 (prefix 10.registrant, slash, suffix) without spaces or controls."""
    return bool(_DOI.fullmatch(doi)) and doi.isprintable()


def doi_prefix(doi: str) -> str:
    """The part before the slash: who registered the DOI."""
    return doi.partition("/")[0]


def fold_doi(doi: str) -> str:
    """The form in which DOIs are compared: they are case-insensitive (ISO 26324, 4.2)."""
    return doi.lower()


def clean_doi(text: str) -> str:
    """The bare DOI of a string that holds one, in whatever dress (URL, "doi:", escapes, brackets); "" when it holds none."""
    found = find_doi(text)
    return found[0] if found else ""


def bare_doi(text: str) -> str:
    """The text of a field for DOIs without resolver address or "doi:"; what is no DOI stays."""
    return _DRESS.sub("", text, count=1)


def find_doi(raw: str) -> Found | None:
    """The first DOI of a text with its span; case is kept."""
    return next(find_dois(raw), None)


def find_dois(raw: str) -> Iterator[Found]:
    """Every DOI of a text, in order."""
    at = 0
    while begin := _DOI_START.search(raw, at):
        end = _doi_end(raw, begin)
        doi = _undress(raw[begin.start() : end])
        at = max(end, begin.end())
        if valid_doi(doi):
            yield doi, Span(begin.start(), end)


def doi_variants(raw: str, span: Span) -> tuple[str, ...]:
    """Other readings of the DOI printed at ``span``, the likeliest first: joined over a break, or with a tail cut off.

    They are for asking a registry when the plain reading is unknown there; a printed text alone cannot decide.
    """
    doi = _undress(raw[span.start : span.end])
    rest = raw[span.end :]
    found: list[str] = []
    # a line break inside the DOI: "10.1016/j.jbi.2010. 01.001", "10.1234/abc- 12"
    joined = re.match(r"[ \t\r\n]{1,4}([\w()./:;-]{1,40})", rest) or re.match(r"\.[ \t\r\n]{1,4}([0-9][\w()./:;-]{0,40})", rest)
    if joined:
        whole = raw[span.start : span.end + joined.end()]
        found.append(_undress(re.sub(r"[ \t\r\n]", "", whole)).rstrip(_TRAILING))
    if rest[:1] == ".":  # a DOI may end in a full stop (14 of 170,000 do)
        found.append(doi + ".")
    printed = raw[span.start : span.end]
    if _DASH.search(printed) and _INVISIBLE.sub("", printed) != doi:  # a few registered DOIs do hold typographic dashes
        found.append(_INVISIBLE.sub("", printed))
    for mark in ("#", "?", ";", ",", "&", "]", ")"):
        head, cut, _ = doi.rpartition(mark)
        if cut and valid_doi(head):
            found.append(head)
    version = _TAIL_OF_VERSION.fullmatch(doi)
    if version:
        found += [version[1] + version[2], version[1]] if version[3] else [version[1]]
    glued = re.match(r"(10\.[0-9.]{4,20}/\S{0,80}?[0-9])\.?[A-Z][a-z]{2,20}$", doi)  # "10.1000/123.Available"
    if glued:
        found.append(glued[1])
    return tuple(dict.fromkeys(variant for variant in found if valid_doi(variant) and variant != doi))


def find_doi_claim(raw: str) -> Found | None:
    """Text that claims to be a DOI ("doi:…", "doi.org/…") and cannot be one, with its span; None when there is no such text.

    Short DOIs (``10/abcd``, ``doi.org/abcd``) and a bare "doi" in prose are no claim.
    """
    for claim in _CLAIM.finditer(raw):
        token = _TOKEN.match(raw, claim.end())
        if token is None:
            continue
        text = _undress(_cut(token.group()))
        begin = _DOI_START.match(raw, claim.end())
        short = "doi.org" in claim.group().lower() and re.fullmatch(r"(?:10/)?[a-z0-9]{2,10}", text, re.IGNORECASE)
        if begin and _doi_end(raw, begin) > begin.end():
            continue
        if not begin and (short or _DOI_START.search(token.group()) or not re.search(r"[0-9]", text)):
            continue
        return text, Span(claim.end(), claim.end() + max(1, len(_cut(token.group()))))
    return None


def repair_doi(claim: str) -> str:
    """The nearest DOI that could be meant by a malformed claim, "" when none is near."""
    text = _INVISIBLE.sub("", claim)
    for pattern, replacement in (
        (r"^(?:https?:/{0,2})?(?:dx\.)?doi\.?org/?", ""),
        (r"^doi[:.]?", ""),
        (r"^[lIi|]0[.,]", "10."),  # a letter for the one
        (r"^1[oO][.,]", "10."),
        (r"^10[,:;_-](?=[0-9]{4})", "10."),
        (r"^10(?=[0-9]{4}/)", "10."),
        (r"^(?!10)(?=[0-9]{4,5}/\S)", "10."),
        (r"^(10\.[0-9]{4,5})[\\|.:_-](?=\S{3})", r"\1/"),
        (r"^(10\.[0-9]{4,9})//+", r"\1/"),
    ):
        text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
    return text if valid_doi(text) else ""


def _doi_end(raw: str, begin: re.Match[str]) -> int:
    token = _TOKEN.match(raw, begin.end())
    gap = 0
    if token is None:  # "10.1177/ 21582440": the suffix stands on the next line
        space = re.match(r"[ \t\r\n]{1,4}(?=\S{0,20}[0-9])", raw[begin.end() : begin.end() + 30])
        if space is None:
            return begin.end()
        gap = space.end()
        token = _TOKEN.match(raw, begin.end() + gap)
        if token is None:
            return begin.end()
    start = begin.end() + gap
    text = _cut(token.group())
    after = raw[start + len(text) : start + len(text) + 60]
    if text == token.group() and text[-1:] in "-_/" + DASHES:  # broken after a mark that never ends a DOI
        more = re.match(r"[ \t\r\n]{1,4}([\w().:;/<>-]{0,40}[0-9][\w().:;/<>-]{0,40})", after)
        if more:
            text += more.group()
            text = _trim(text)
    text = text[: len(text) - len(_tail(_undress(raw[begin.start() : start]) + text, text))]
    return start + len(text) if text else begin.end()


def _cut(token: str) -> str:
    """A token up to where an identifier in it must end."""
    stop = _STOP.search(token)
    return _trim(token[: stop.start()] if stop else token)


def _trim(text: str) -> str:
    """Without what follows an unbalanced closing bracket, and without punctuation of the sentence around it."""
    depth: dict[str, int] = {}
    for index, char in enumerate(text):
        if char in "([{<‘":
            depth[char] = depth.get(char, 0) + 1
        elif char in _OPENERS:
            opener = _OPENERS[char]
            if not depth.get(opener):
                text = text[:index]
                break
            depth[opener] -= 1
    while True:
        shorter = text.rstrip(_TRAILING)
        for entity in ("&gt", "&quot", "&amp", "&nbsp"):  # what is left of "&gt;" once ";" is off
            shorter = shorter.removesuffix(entity)
        if shorter[-1:] in "([{<‘" and shorter:
            shorter = shorter[:-1]
        if shorter == text:
            return text
        text = shorter


def _tail(doi: str, suffix: str) -> str:
    """The part of ``suffix`` that belongs to the address of a landing page and not to the DOI."""
    tail = ""
    while match := _LANDING.search(suffix):
        if match.start() == 0:
            break
        tail = suffix[match.start() :] + tail
        suffix = suffix[: match.start()]
    doi = doi[: len(doi) - len(tail)]
    query = _QUERY.search(suffix)
    if query and query.start() > 0:
        tail = suffix[query.start() :] + tail
        suffix = suffix[: query.start()]
    version = _VERSION.fullmatch(doi)
    if version:
        tail = suffix[len(suffix) - (len(doi) - len(version[1])) :] + tail
    return tail


def _undress(text: str) -> str:
    """Escapes, entities, percent codes, invisible characters and typographic dashes of an identifier undone."""
    text = re.sub(r"[ \t\r\n]", "", _INVISIBLE.sub("", text))
    text = _ESCAPE.sub(r"\1", _BRACED.sub(r"\1", text))
    if "&" in text:
        text = html.unescape(text)
    if _PERCENT.search(text):
        decoded = unquote(text)
        text = decoded if "\ufffd" not in decoded else text
    return _DASH.sub("-", text)


# ------------------------------------------------------------------ URL


def find_url(raw: str) -> Found | None:
    """The first web address of a text, without markup, escapes and sentence punctuation."""
    return next(find_urls(raw), None)


def find_urls(raw: str) -> Iterator[Found]:
    """Every web address of a text, in order."""
    at = 0
    while begin := _URL_START.search(raw, at):
        token = _ADDRESS.match(raw, begin.end())
        body = token.group() if token else ""
        stop = _URL_STOP.search(body)
        body = _trim(body[: stop.start()] if stop else body)
        end = begin.end() + len(body)
        if body.endswith(("/", "-", "_", "=", "?", "&")) and (more := re.match(r"[ \t\r\n]{1,4}", raw[end : end + 4])):
            following = _ADDRESS.match(raw, end + more.end())
            # an address broken at the end of a line goes on with what looks like nothing but an address
            if following and re.search(r"[a-z0-9][-_/.=][a-z0-9]|[0-9]{4,}", following.group()) and "//" not in following.group():
                end = end + more.end() + len(_trim(following.group()))
        url = _unescape_url(raw[begin.start() : end])
        at = max(end, begin.end())
        if len(url) > len(begin.group()):
            yield url, Span(begin.start(), end)


def _unescape_url(text: str) -> str:
    text = _INVISIBLE.sub("", re.sub(r"[ \t\r\n]", "", text))
    text = _ESCAPE.sub(r"\1", _BRACED.sub(r"\1", text))
    return html.unescape(text) if "&amp;" in text else text


# ------------------------------------------------------------------ the others


def find_arxiv(raw: str) -> Found | None:
    """The first arXiv identifier ("1706.03762v5", "hep-th/9901001"), from "arXiv:…", an address or an arXiv DOI."""
    match = _ARXIV.search(raw)
    return (match[1], Span(*match.span(1))) if match else None


def valid_arxiv(identifier: str) -> bool:
    """Whether an arXiv identifier can exist: a month of 1-12, and five digits only from January 2015 on (arXiv's scheme)."""
    new = _ARXIV_NEW.fullmatch(identifier)
    if new:
        year = int(new[1])
        return year >= 7 and (len(new[3]) == 5) == (year >= 15)
    return bool(_ARXIV_OLD.fullmatch(identifier))


def find_pmid(raw: str) -> Found | None:
    """The first PubMed identifier (digits), from "PMID: …" or an address of PubMed."""
    match = _PMID.search(raw)
    return (match[1], Span(*match.span(1))) if match else None


def valid_pmid(identifier: str) -> bool:
    """Whether a PubMed identifier can exist: one to eight digits, no leading zero."""
    return bool(re.fullmatch(r"[1-9][0-9]{0,7}", identifier))


def find_pmcid(raw: str) -> Found | None:
    """The first PubMed Central identifier ("PMC1234567")."""
    match = _PMCID.search(raw)
    return ("PMC" + match[1], Span(*match.span())) if match else None


def find_isbn(raw: str) -> Found | None:
    """The first text labelled as an ISBN, digits and X only; its check digit is not looked at (see ``isbn_ok``)."""
    match = _ISBN.search(_DASH.sub("-", raw)) or _ISBN_CLAIM.search(_DASH.sub("-", raw))
    return (re.sub(r"[^0-9X]", "", match[1].upper()), Span(*match.span(1))) if match else None


def isbn_ok(isbn: str) -> bool:
    """Whether an ISBN has 10 or 13 digits and the right check digit (ISO 2108, annexes C and D)."""
    digits = re.sub(r"[\s-]", "", isbn).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        return (
            sum(weight * (10 if char == "X" else int(char)) for weight, char in zip(range(10, 0, -1), digits, strict=True)) % 11
            == 0
        )
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        return sum(int(char) * (3 if index % 2 else 1) for index, char in enumerate(digits)) % 10 == 0
    return False


def find_issn(raw: str) -> Found | None:
    """The first text labelled as an ISSN, as "1234-567X"; its check digit is not looked at (see ``issn_ok``)."""
    match = _ISSN.search(_DASH.sub("-", raw))
    if not match:
        return None
    digits = match[1].upper().replace("-", "")
    return f"{digits[:4]}-{digits[4:]}", Span(*match.span(1))


def issn_ok(issn: str) -> bool:
    """Whether an ISSN has the right check digit (ISO 3297)."""
    digits = issn.replace("-", "").upper()
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        return False
    return (
        sum(weight * (10 if char == "X" else int(char)) for weight, char in zip(range(8, 0, -1), digits, strict=True)) % 11 == 0
    )
