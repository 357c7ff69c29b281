"""An entry of the list made ready for comparison: its text without identifiers, its words, numbers and years. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from functools import cached_property

from refaudit.model import Name, Parsed, Reference, Span
from refaudit.parse.identifiers import doi_variants, find_dois, find_urls
from refaudit.parse.label import without_label
from refaudit.parse.years import ALONE
from refaudit.text import fold, letters
from refaudit.words import accessed
from refaudit.words.et_al import PATTERN as ET_AL

# Below this a field counts as doubtful: it is then not used against the entry.
SURE = 0.6

_NUMBER = re.compile(r"[a-z]{0,3}[0-9]+[a-z]?")
_OLDEST = 1500
_RANGE = re.compile(r"(?<![0-9])([0-9]{2,6}) ?- ?([0-9]{1,5})(?![0-9])")
_TEX = re.compile(r"\\(?:[`'\"^~=.]|[a-zA-Z]{1,12}(?![a-zA-Z]))[ ]?|[{}$]")
_WORD = re.compile(r"[^\W_]+")


# An entry in the source form of a database (BibTeX, RIS, EndNote, JSON, XML, YAML) is no printed text: it holds names of
# fields, abstracts, keywords and places of files.
_SOURCE = re.compile(
    r"\s{0,9}(?:@\w{1,40}\s{0,9}[{(]|TY  ?-|%0 |[{<]|\\(?:entry|field|name|list|strng)\b|[\w:./+-]{1,80}:\s{0,9}\n)"
)


def untex(text: str) -> str:
    """Without the LaTeX that may stand in a field (accents, braces, dollar signs), and with HTML's entities as characters."""
    if "&" in text and ";" in text:
        text = html.unescape(text)
    return _TEX.sub("", text) if "\\" in text or "{" in text or "$" in text else text


@dataclass(frozen=True)
class Entry:
    """A reference beside which records are put."""

    reference: Reference

    @cached_property
    def bare(self) -> str:
        """The printed text without label, DOI, addresses, access notes and markup; case kept."""
        text = self.reference.raw
        if _SOURCE.match(text):
            return untex(_as_printed(self.reference))
        cuts = sorted((span.start, span.end) for _, span in (*find_dois(text), *find_urls(text)))
        parts, at = [], 0
        for start, end in cuts:
            if start >= at:
                parts.append(text[at:start])
            at = max(at, end)
        parts.append(text[at:])
        text = without_label(accessed.REMARK.sub(" ", untex(" ".join(parts))).lstrip())
        return re.sub(r"[*_`]{1,3}", "", text)

    @cached_property
    def text(self) -> str:
        """``bare`` folded, words broken at a line end joined."""
        return re.sub(r"(?<=[a-z])- (?=[a-z])", "", fold(self.bare))

    @cached_property
    def letters(self) -> str:
        """Letters and digits only."""
        return letters(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in order."""
        return tuple(_WORD.findall(self.text))

    @cached_property
    def spaced(self) -> str:
        """The words between single spaces, for whole-word search."""
        return f" {' '.join(self.words)} "

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers with their letters ("e64723"), the digits alone too, and ends of ranges written out ("37" of "1425-37")."""
        found = set()
        for token in _NUMBER.findall(self.text):
            found |= {token, token.strip("abcdefghijklmnopqrstuvwxyz").lstrip("0") or "0"}
        for first, last in _RANGE.findall(self.text):
            if len(last) < len(first):
                found.add(first[: len(first) - len(last)] + last)
        return frozenset(found)

    @cached_property
    def years(self) -> frozenset[int]:
        """Every number that could be a year; what is older than registered works is a page."""
        return frozenset(year for found in ALONE.findall(self.text) if (year := int(found)) >= _OLDEST)

    @cached_property
    def year(self) -> int | None:
        """The year of the work as read, where the reading is sure."""
        field = self.reference.year
        return field.value.number if field and field.value and field.confidence >= SURE else None

    @cached_property
    def title(self) -> str:
        """The title as read, where the reading is sure."""
        field = self.reference.title
        return untex(field.value) if field and field.value and field.confidence >= SURE else ""

    @cached_property
    def container(self) -> str:
        """The container as read, where the reading is sure."""
        field = self.reference.container
        return untex(field.value) if field and field.value and field.confidence >= SURE else ""

    @cached_property
    def authors(self) -> tuple[Name, ...]:
        """The authors as read, where the reading is sure."""
        field = self.reference.authors
        if not field or not field.value or field.confidence < SURE:
            return ()
        return tuple(
            replace(name, family=untex(name.family), given=untex(name.given)) if "&" in name.family + name.given else name
            for name in field.value
        )

    @cached_property
    def et_al(self) -> bool:
        """Whether the printed author list is cut."""
        return self.reference.et_al or bool(re.search(r"\.\.\.|…", self.text) or ET_AL.search(self.bare))

    @cached_property
    def doi(self) -> str:
        """The printed DOI, lower case, "" when there is none."""
        field = self.reference.doi
        if field and field.value:  # fields of databases hold what people pasted: closing stops, tails of addresses
            clean = next(find_dois(field.value), None)
            return (clean[0] if clean else field.value).lower()
        found = next(find_dois(self.reference.text), None)
        return found[0].lower() if found else ""

    @cached_property
    def dois(self) -> tuple[str, ...]:
        """All printed DOIs, lower case, the one that was read as the work's first; at most four."""
        found = [doi.lower() for doi, _ in find_dois(self.reference.text)]
        return tuple(dict.fromkeys(doi for doi in (self.doi, *found) if doi))[:4]

    def readings(self, printed: str) -> tuple[str, ...]:
        """Other readings of a printed DOI, lower case."""
        found = next(((doi, span) for doi, span in find_dois(self.reference.text) if doi.lower() == printed), None)
        return tuple(variant.lower() for variant in doi_variants(self.reference.text, found[1])) if found else ()

    @cached_property
    def query(self) -> str:
        """What a registry is asked when it is searched: the entry without what only disturbs, at most 700 characters."""
        text = re.sub(r"\[[^\]]{0,40}\]", " ", self.bare)
        text = re.sub(r"https?:\S{0,200}|\bdoi\b:?|\b[ei]?ISSN\b:?|\bISBN\b:?", " ", text, flags=re.IGNORECASE)
        return re.sub(r"\s+", " ", text).strip(" .,;")[:700]

    def span_of(self, name: str) -> Span | None:
        """Where a field stands in the raw text."""
        field = getattr(self.reference, name)
        return field.span if field else None


def _as_printed(reference: Reference) -> str:
    """The fields of an entry in the order in which they are printed."""

    def names(field: Parsed[tuple[Name, ...]] | None) -> str:
        people = field.value if field and field.value else ()
        parts = ((name.literal or f"{name.particle} {name.family} {name.suffix}", name.given) for name in people)
        return ", ".join(" ".join(part.split()) for pair in parts for part in pair if part)

    def text(field: Parsed[str] | None) -> str:
        return field.value if field and field.value else ""

    year = reference.year.value if reference.year else None
    issue = f"({text(reference.issue)})" if text(reference.issue) else ""
    parts = (
        names(reference.authors), str(year.number or year.text) if year else "", text(reference.title), names(reference.editors),
        text(reference.container), text(reference.volume) + issue, text(reference.pages), text(reference.edition),
        text(reference.place), text(reference.publisher),
    )  # fmt: skip
    return ". ".join(re.sub(r"\s+", " ", part).strip() for part in parts if part.strip())
