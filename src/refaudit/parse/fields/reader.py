"""Reads the entries of a list: tokens, labels, values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refaudit.model import Parsed, Reference, Span
from refaudit.parse import identifiers
from refaudit.parse.fields import assemble, gb_t_7714
from refaudit.parse.fields.features import batch
from refaudit.parse.fields.kinds import kind
from refaudit.parse.fields.model import Model, in_style, shipped
from refaudit.parse.fields.tokens import tokens
from refaudit.words.et_al import as_latin

LONGEST = 6000
"""Characters of an entry that are looked at: longer ones are no references but paragraphs that strayed into the list."""
_BATCH = 2000
# "[5] a) Domen, ...; b) Takata, ...": chemistry puts several works into one entry.
_FIRST_OF_SEVERAL = re.compile(r"\W{0,3}(?:\d{1,4}\W{1,3})?\(?a\)\s")
_SECOND = re.compile(r"[;.,]\s*\(?b\)\s")
_LETTERED = re.compile(r"\[[^\]\s]{1,24}\]")
_GLUED = re.compile(r"(?:\d{1,4}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})(?=[^\W\d_])")
_BESIDE = frozenset({"authors", "editors", "accessed", "et_al"})
"""Fields that the grammar of a standard leaves to the labeller."""
_SEVERAL = 4
"""Entries from which on a list shows its style."""


def read_list(references: Sequence[Reference], labeller: Model | None = None, *, one_style: bool = True) -> list[Reference]:
    """The entries of one list with their fields; ``labeller`` is the model of the package where none is given."""
    found: list[Reference] = []
    for start in range(0, len(references), _BATCH):
        found += _read(labeller or shipped(), references[start : start + _BATCH], one_style)
    return found


def _read(labeller: Model, references: Sequence[Reference], one_style: bool) -> list[Reference]:
    done = list(references)
    worth = [(index, tokens(as_latin(_looked_at(reference)))) for index, reference in enumerate(references)]
    worth = [(index, words) for index, words in worth if words]
    if not worth:
        return done
    group = batch([words for _, words in worth])
    scores, places = labeller.scores(group)
    chance = labeller.chances(scores, group)
    if one_style and len(worth) >= _SEVERAL:
        scores += in_style(group, chance, places)
        chance = labeller.chances(scores, group)
    best = labeller.decode_once(scores, group)
    runs = assemble.segments(group, labeller.labels, best, chance)
    for (index, words), of_entry in zip(worth, runs, strict=True):
        done[index] = _filled(references[index], assemble.read(references[index].raw, words, of_entry), labeller)
    return done


def _looked_at(reference: Reference) -> str:
    """What of an entry is read: its beginning, and of several works the first. Offsets stay as they are."""
    raw = _without_odd_label(reference)[:LONGEST]
    opens = _FIRST_OF_SEVERAL.match(raw)
    second = _SECOND.search(raw, opens.end()) if opens else None
    return " " * opens.end() + raw[opens.end() : second.start()] if opens and second else raw


def _without_odd_label(reference: Reference) -> str:
    """The entry with its printed label blanked where that may be taken for a name or number ("[Knu84]", "1A. Moren")."""
    raw, label = reference.raw, reference.label
    if not label:
        return raw
    odd = _LETTERED.match(raw) if not label.isdecimal() else _GLUED.match(raw)
    return " " * odd.end() + raw[odd.end() :] if odd else raw


def _filled(reference: Reference, fields: dict[str, object], labeller: Model) -> Reference:
    raw = _looked_at(reference)
    for key, field in fields.items():
        if isinstance(field, Parsed):
            sure = labeller.sureness(key, field.confidence)
            fields[key] = Parsed(value=field.value, raw=field.raw, span=field.span, confidence=sure)
    standard = gb_t_7714.read(raw)
    if "year" in standard:  # the whole entry follows the grammar: what was taken for a number of it is none
        fields = {key: field for key, field in fields.items() if key in _BESIDE}
    fields.update(standard)
    fields.update(_identifiers(raw))
    et_al = bool(fields.pop("et_al", False))
    name, confidence = kind(raw, fields)
    if name:
        fields["type"] = Parsed(value=name, raw="", span=None, confidence=labeller.sureness("type", confidence))
    kept = {key: value for key, value in fields.items() if getattr(reference, key) is None}
    return replace(reference, et_al=reference.et_al or et_al, **kept)  # type: ignore[arg-type]


def _identifiers(raw: str) -> dict[str, object]:
    found: dict[str, object] = {}
    if "10." in raw:
        _put(found, "doi", identifiers.find_doi(raw), raw)
    for url, span in identifiers.find_urls(raw) if "://" in raw or "www" in raw else ():
        if not identifiers.clean_doi(url):
            _put(found, "url", (url, span), raw)
            break
    lower = raw.lower()
    for name, sign, find in (
        ("arxiv", "arxiv", identifiers.find_arxiv),
        ("pmid", "pubmed", identifiers.find_pmid),
        ("pmid", "pmid", identifiers.find_pmid),
        ("pmcid", "pmc", identifiers.find_pmcid),
        ("isbn", "isbn", identifiers.find_isbn),
        ("issn", "issn", identifiers.find_issn),
    ):
        if sign in lower and name not in found:
            _put(found, name, find(raw), raw)
    return found


def _put(found: dict[str, object], name: str, value: tuple[str, Span] | None, raw: str) -> None:
    if value:
        found[name] = Parsed(value=value[0], raw=raw[value[1].start : value[1].end], span=value[1], confidence=0.99)
