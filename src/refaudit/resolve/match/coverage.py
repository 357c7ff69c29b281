"""What registries can know: the kinds of works, the series and the journals that they list. Pure.

A search that finds nothing says something only about works that would be found if they exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from refaudit.model import Record
from refaudit.parse.years import NUMBER
from refaudit.resolve.match.container_names import content_words, shortens
from refaudit.resolve.match.entry import Entry
from refaudit.resolve.match.language import in_english
from refaudit.text import fold, letters, words

# Kinds of works that no scholarly registry lists, so that asking would only burden it.
_NOT_LISTED = frozenset(
    """webpage post post-weblog article-newspaper legislation legal_case bill regulation treaty hearing patent
    personal_communication interview motion_picture broadcast song speech map graphic entry-encyclopedia software
    manuscript""".split()
)
# Kinds of which registries list most: only for these does an empty search say something.
_LISTED = frozenset({"article-journal", "article", "paper-conference"})
_JOURNAL_LIKE = re.compile(r"[0-9]{1,4} ?\([0-9]{1,3}\)|\bvol\b|[0-9]{1,4}[:,] ?[0-9]{1,5} ?- ?[0-9]|[0-9]{4}; ?[0-9]{1,4}")


# Series that register nothing with Crossref, or did not until a year, by the names in which they are cited.
_SERIES = tuple(
    (name, until, re.compile(pattern))
    for name, until, pattern in (
        ("NeurIPS", 9999, r"\bneurips\b|\bnips\b|neural information processing systems"),
        ("PMLR", 9999, r"\bpmlr\b|proceedings of machine learning research|jmlr w ?& ?cp|jmlr: workshop"),
        ("ICML", 9999, r"\bicml\b|international conference on machine learning\b(?! and)|int(?:\.|l\.?)? conf(?:\.|erence)? on machine learning\b(?! and)"),
        ("AISTATS, COLT, UAI or CoRL", 9999, r"\baistats\b|artificial intelligence and statistics|conference on learning theory"
         r"|conference on robot learning|\bcorl\b|(?:conference on |\()uncertainty in artificial intelligence|asian conference on machine learning"),
        ("ICLR", 9999, r"\biclr\b|conference on learning representations"),
        ("JMLR", 9999, r"\bjmlr\b|j(?:ournal|\.)? (?:of )?mach(?:ine|\.)? learn(?:ing|\.)? res(?:earch|\.|\b)"),
        ("TMLR", 9999, r"\btmlr\b|transactions on machine learning research|trans\. mach\. learn\. res"),
        ("OpenReview", 9999, r"\bopenreview\b"),
        ("USENIX", 9999, r"\busenix\b|usable privacy and security|\bsoups [0-9(]|\bosdi\b|\bnsdi\b|\bhotos\b|operating systems design and implementation"
         r"|networked systems design and implementation|conference on file and storage technologies"),
        ("LREC", 9999, r"\blrec\b|(?:conference|conf\.) on language resources and evaluation"),
        ("CEUR-WS", 9999, r"\bceur\b"),
        ("ISMIR", 9999, r"\bismir\b|music information retrieval conference|conference on music information retrieval"),
        ("CIDR", 9999, r"\bcidr\b|innovative data systems research"),
        ("TREC", 9999, r"\btrec\b.{0,20}[0-9]|text retrieval conference"),
        ("BMVC", 9999, r"\bbmvc\b|british machine vision conference"),
        ("ESANN", 9999, r"\besann\b"),
        ("AAAI", 2019, r"\baaai\b"),
        ("IJCAI", 2016, r"\bijcai\b|joint conference on artificial intelligence"),
        ("ACL Anthology", 2014, r"\bacl\b|\bemnlp\b|\bnaacl\b|\bcoling\b|\beacl\b|association for computational linguistics"
         r"|conference on computational linguistics|empirical methods in natural language"),
        ("ICWSM", 2019, r"\bicwsm\b|weblogs and social media|web and social media"),
    )
)  # fmt: skip
# What shows that an entry is of a kind that registries do not list, whatever it was read as; with its name in words.
_UNLISTED = (
    ("laws", re.compile(r"\bpublic law\b|\bpub\. ?l\. ?(?:no)?|[0-9] stat\. [0-9]|[0-9] u\.?s\.?c\.?(?:a\.?)? |\u00a7|\bfed\. reg\b"
        r"|\bfederal register\b|\bdirective [0-9]{2,4}/[0-9]|\bregulation \(e[cu]|\boff(?:icial|\.)? j(?:ournal|\.)? (?:of the )?eur"
        r"|\bbgbl\b|\b[0-9]+ f\. ?(?:2d|3d|supp)")),
    ("patents", re.compile(r"\bpatents?\b|\bpat\. (?:no|app|[0-9])|\bpct/[a-z]{2}|\bwo ?[0-9]{2,4}/[0-9]{5,6}|\boffenlegungsschrift|\bavt\. svid")),
    ("standards", re.compile(r"\b(?:iso|iec|din|astm|ansi|ieee std|rfc|nist sp|3gpp ts|gost|jis|bs en)(?:[ /-](?:iec|iso|tr|ts))?[ /.-]?(?:[a-z] ?)?[0-9]{3,}\b")),
    ("articles in newspapers", re.compile(r"\bsect?\. ?[a-d]\b|\bp\. ?[a-d][0-9]{1,2}\b"
        r"|(?:new york|financial|washington|irish|northern|daily|sunday|evening) (?:times|post|mail|telegraph|news|herald|chronicle)\b"
        r"|\bwall street journal\b|\bthe guardian\b|\b(?:daily|morning) [a-z]{3,12}\b.{0,12}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")),
    ("theses", re.compile(r"\b(?:ph\.? ?d\.?|doctoral|master'?s?|m\.? ?sc\.?|licentiate) (?:thesis|dissertation)|\bdissertation\b|\bthesis\b|\bhabilitation")),
    ("letters and unpublished texts", re.compile(r"^letter to\b|\bunpublished\b|\bpersonal communication|\bin press\b|\bforthcoming\b|\bto appear\b|\bsubmitted\b"
        r"|\bin preparation\b|\bpress release\b|\bmanuscript\b|\bpaper presented at\b|\bposter presented")),
    ("magazines", re.compile(r"\bharvard business review\b|\bharv(?:ard|\.)? bus(?:iness|\.)? rev"
        r"|\bthe economist\b|\bforbes\b|\bfortune\b|\bnewsweek\b|\bscientific american\b")),
    ("reports", re.compile(r"\bworking papers?\b|\b(?:technical|tech\.|research|final|annual|interim|spec(?:ial|\.)?|open-file) rep(?:ort|t|\.)?\b"
        r"|\breport (?:no|nr|series|to)\b|\bdiscussion paper|\bpolicy brief|\bwhite paper|\bcirc(?:ular|\.)|\bfact sheet"
        r"|\boccasional paper|\bcat\.? no\b|\btech(?:nical|\.) (?:memo|note)")),
    ("second-hand citations", re.compile(r"\bzit\. nach|\bcited (?:in|by|after)\b|\bquoted in\b|\bchem\. abstr\b|\bapud\b")),
)  # fmt: skip
# From then on nearly every journal in English gives its articles DOIs; before, many did not, and not all have done so since.
_DOI_ERA = 2000
# Before, even journals that register have volumes without DOIs.
_BACKFILES = 1991
# How far from the cited year a work of the same journal may be to show that the registry has the journal of that time.
_NEAR_YEARS = 3
# The document marks of Chinese lists, and "(in Chinese)".
_MARKS = re.compile(r"\[[JCDMRNP](?:/OL)?\]")
_IN_LANGUAGE = re.compile(
    r"\bin (?:Chinese|Russian|Japanese|Korean|Polish|German|"
    r"French|Spanish|Portuguese|Turkish|Persian|Arabic|Czech|Hungarian|Ukrainian)\b"
)


def unregistered_series(entry: Entry) -> str:
    """The series of an entry that registers nothing with Crossref, or did not in its year; "" where there is none."""
    container = fold(entry.reference.container.value) if entry.reference.container and entry.reference.container.value else ""
    text = f"{container} {entry.text.replace(fold(entry.title), ' ', 1) if entry.title else entry.text}"
    year = entry.year or max(entry.years, default=9999)
    return next((name for name, until, pattern in _SERIES if year <= until and pattern.search(text)), "")


def unlisted_kind(entry: Entry) -> str:
    """In words the kind of work that an entry shows itself to be and that registries do not list; "" where it shows none."""
    text = entry.text.replace(fold(entry.title), " ", 1) if entry.title else entry.text
    found = next((kind for kind, pattern in _UNLISTED if pattern.search(entry.text if kind == "laws" else text)), "")
    return found or ("laws" if re.match(rf".{{0,60}}\b(?:act|code) of {NUMBER}\b", entry.text) else "")


def journal_known(entry: Entry, records: Iterable[Record]) -> str:
    """The registered name of the entry's journal, where a record of it shows that the registry has the journal of that time; "" else.

    A record of the cited volume or of about the cited year does, and so does an earlier one since journals register all that they
    publish; later ones say nothing of earlier volumes.
    """
    name, year, volume = entry.container, entry.year, entry.reference.volume
    if len(letters(name)) < 4 or year is None:
        return ""
    number = fold(volume.value).lstrip("0") if volume and volume.value else ""
    for record in records:
        gaps = [year - known for known in record.years]
        near = bool(gaps) and (min(map(abs, gaps)) <= _NEAR_YEARS or (max(gaps) > 0 and year >= _BACKFILES))
        if not near and not (number and fold(record.volume).lstrip("0") == number):
            continue
        found = next((container for container in record.containers if _named(name, container)), "")
        if found:
            return found
    return ""


def _named(one: str, other: str) -> bool:
    """Whether two names are one journal's beyond doubt: the same words, or each an abbreviation of the other's in its place."""
    first, second = content_words(one), content_words(other)
    if min(len(first), len(second)) < 2:
        return letters(one) == letters(other)
    return len(first) == len(second) and all(shortens(a, b) or shortens(b, a) for a, b in zip(first, second, strict=True))


def chance(entry: Entry, journal: str) -> float:
    """How sure it is that a registry would have the work of an entry if there is one, 0-1. ``journal`` is its name there, if known.

    From what 566 references say that people found to have no record, and references made of pieces of works
    (``python -m benchmarks exchanged``): old volumes, journals in other languages, entries without a title and meetings are what
    registries lack.
    """
    reference, year = entry.reference, entry.year or 0
    if not entry.title or len(words(entry.title)) < 3 or not reference.authors or _IN_LANGUAGE.search(entry.bare):
        return 0.35
    if journal:
        return 0.75
    article = (
        _kind(entry) in ("article-journal", "article") and entry.container and in_english(f"{entry.title} {entry.container}")
    )
    volume, pages, issue = map(bool, (reference.volume, reference.pages, reference.issue))
    # who has pages and issue of an older article has seen it, or a record of it: the journals that register did so for these, too
    recent = year >= _DOI_ERA and not _MARKS.search(entry.bare)
    placed = volume and ((pages or issue) if recent else (pages and issue and year >= _BACKFILES))
    return 0.5 if article and placed else 0.4


def _kind(entry: Entry) -> str:
    field = entry.reference.type
    return field.value if field and field.value and field.confidence >= 0.5 else ""


def searchable(entry: Entry) -> bool:
    """Whether a registry of scholarly works is worth asking with the words of an entry."""
    reference = entry.reference
    if len(entry.letters) < 15:
        return False
    if entry.doi:
        return True
    bare = not (reference.volume or reference.pages or reference.issue)
    if _kind(entry) in _NOT_LISTED and bare:
        return False
    web = bool(reference.url and reference.url.value)
    return not (web and bare and not reference.container and not _JOURNAL_LIKE.search(entry.text))


def is_paper(entry: Entry) -> bool:
    """Whether the entry is of a kind of which registries list most: an article, a paper at a meeting or a preprint."""
    return _kind(entry) in _LISTED and not unlisted_kind(entry)


def listed(entry: Entry) -> bool:
    """Whether a registry would have the work if it is what it looks like: an article in a journal or in proceedings."""
    if _kind(entry) not in ("", *_LISTED) or unlisted_kind(entry):
        return False
    reference = entry.reference
    placed = bool(reference.volume or reference.pages or reference.issue)
    if reference.container and placed:
        return True
    return not reference.container and bool(_JOURNAL_LIKE.search(entry.text))
