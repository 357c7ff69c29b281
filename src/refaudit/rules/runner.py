"""The runner: stamps code, level, position and fingerprint on what rules yield, and lets strong findings absorb weak ones."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from refaudit.model import Finding, Location, Span
from refaudit.rules.base import Audit, Hit, Rule
from refaudit.rules.reading import DOUBTED
from refaudit.text import fold


def run(audit: Audit, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """All findings of the rules in order of place; a hit that a stronger one explains moves into its ``absorbed``.

    What is said of nothing but entries, one of which nobody asks about (``Audit.not_looked_up``), is left out.
    """
    found = [
        (rule, hit)
        for rule in rules
        for hit in rule.check(audit)
        if hit.citations or audit.not_looked_up.isdisjoint(hit.references)
    ]
    if audit.doubt:
        found = [(rule, _doubted(rule, hit)) for rule, hit in found]
    absorbed, gone = _absorb(found, audit.config.min_confidence)
    seen: Counter[str] = Counter()
    findings = []
    for index, (rule, hit) in enumerate(found):
        if index in gone:
            continue
        finding = _stamp(audit, rule, hit, seen)
        findings.append(replace(finding, absorbed=tuple(sorted(absorbed[index]))) if index in absorbed else finding)
    return tuple(sorted(findings, key=lambda f: (f.span.start if f.span else -1, f.code, f.message)))


# What rests on the list as a whole: an entry that is missing, not cited or not complete. A citation that differs from one entry
# (LNK004-007) shows that this entry was read.
_OF_THE_LIST = ("LNK001", "LNK003", "LNK008", "LNK009", "REF")


def _doubted(rule: Rule, hit: Hit) -> Hit:
    """A hit about a list that was probably misread: an accusation no longer, but kept in the data."""
    about = rule.code.startswith(_OF_THE_LIST)
    return replace(hit, confidence=min(_confidence(rule, hit), DOUBTED)) if about else hit


def _confidence(rule: Rule, hit: Hit) -> float:
    return rule.confidence if hit.confidence is None else hit.confidence


def _absorb(found: Sequence[tuple[Rule, Hit]], least: float) -> tuple[dict[int, set[str]], set[int]]:
    """The codes that each strong hit explains, by its index, and the indices of the hits explained.

    A hit is explained when it is about nothing but references that the stronger hit is about too. What is too unsure
    to be shown (confidence below ``least``) explains nothing.
    """
    by_subject: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (rule, hit) in enumerate(found):
        for identity in hit.references[:1]:
            by_subject[rule.code, identity].append(index)
    absorbed: dict[int, set[str]] = defaultdict(set)
    gone: set[int] = set()
    for strong, (rule, hit) in enumerate(found):
        about = set(hit.references)
        for code in rule.absorbs if _confidence(rule, hit) >= least else ():
            for identity in hit.references:
                for weak in by_subject.get((code, identity), ()):
                    if about.issuperset(found[weak][1].references):
                        absorbed[strong].add(code)
                        gone.add(weak)
    return absorbed, gone


def _places(audit: Audit, hit: Hit) -> tuple[Span, ...]:
    if hit.spans:
        return hit.spans
    if hit.citations:
        return tuple(audit.citation[identity].span for identity in hit.citations)
    return tuple(audit.reference[identity].span for identity in hit.references)


def _stamp(audit: Audit, rule: Rule, hit: Hit, seen: Counter[str]) -> Finding:
    spans = _places(audit, hit)
    places = (hit.location,) if hit.location else tuple(audit.document.locate(span) for span in spans[1:])
    if hit.location is None and spans:
        places = (audit.document.pointed(spans[0]), *places)
    subject = hit.subject or "|".join(
        sorted(fold(audit.reference[identity].raw) for identity in hit.references)
        or sorted({fold(audit.citation[identity].text) for identity in hit.citations})
    )
    # twins (two entries with the same words and the same defect) are told apart by their order
    seen[f"{rule.code}|{subject}"] += 1
    number = seen[f"{rule.code}|{subject}"]
    identity = f"{rule.code}|{subject}" + (f"|{number}" if number > 1 else "")
    return Finding(
        code=rule.code,
        name=rule.name,
        level=rule.level,
        confidence=_confidence(rule, hit),
        message=hit.message,
        location=places[0] if places else Location(path=audit.document.path, start=0, end=0, line=1, column=1),
        span=spans[0] if spans else None,
        related=places[1:],
        citations=hit.citations,
        references=hit.references,
        evidence=hit.evidence,
        advice=hit.advice or rule.sections.get("What to do", ""),
        fingerprint=hashlib.sha256(identity.encode()).hexdigest()[:16],
    )
