"""The rules, one explicit table, and the runner that stamps code, level, position and fingerprint on their hits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from refaudit.config import Config
from refaudit.errors import ConfigError
from refaudit.model import Finding, Location, Span
from refaudit.rules.base import Audit, Hit, Rule
from refaudit.text import fold

RULES: tuple[Rule, ...] = ()


def known(code: str) -> bool:
    """Whether some rule's code begins with ``code``."""
    return any(rule.code.startswith(code) for rule in RULES)


def select(config: Config, path: str = "") -> tuple[Rule, ...]:
    """The rules that run on ``path``. Raises ConfigError for a code that no rule has."""
    from fnmatch import fnmatch

    for code in (*config.select, *config.ignore):
        if not known(code):
            raise ConfigError(f"no rule has the code '{code}'; 'refaudit rules' lists them")
    ignored = set(config.ignore)
    for glob, codes in config.per_file_ignores:
        if fnmatch(path, glob):
            ignored.update(codes)
    chosen = config.select or ("",)
    return tuple(
        rule
        for rule in RULES
        if any(rule.code.startswith(code) for code in chosen) and not any(rule.code.startswith(code) for code in ignored)
    )


def run(audit: Audit, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """All findings of the rules in order of place; a hit that a stronger one explains moves into its ``absorbed``."""
    found: list[tuple[Rule, Hit]] = [(rule, hit) for rule in rules for hit in rule.check(audit)]
    absorbed: dict[int, list[str]] = {}
    gone: set[int] = set()
    for strong, (rule, hit) in enumerate(found):
        if not rule.absorbs:
            continue
        for weak, (other, weaker) in enumerate(found):
            if other.code in rule.absorbs and set(weaker.references) & set(hit.references):
                absorbed.setdefault(strong, []).append(other.code)
                gone.add(weak)
    findings = [
        replace(_stamp(audit, rule, hit), absorbed=tuple(sorted(set(absorbed.get(index, ())))))
        for index, (rule, hit) in enumerate(found)
        if index not in gone
    ]
    return tuple(sorted(findings, key=lambda f: (f.span.start if f.span else -1, f.code, f.message)))


def _places(audit: Audit, hit: Hit) -> tuple[Span, ...]:
    if hit.spans:
        return hit.spans
    if hit.citations:
        return tuple(audit.citation[identity].span for identity in hit.citations)
    return tuple(audit.reference[identity].span for identity in hit.references)


def _stamp(audit: Audit, rule: Rule, hit: Hit) -> Finding:
    spans = _places(audit, hit)
    places = tuple(audit.document.locate(span) for span in spans)
    subject = hit.subject or "|".join(
        [fold(audit.reference[identity].raw) for identity in hit.references]
        or sorted({fold(audit.citation[identity].text) for identity in hit.citations})
    )
    digest = hashlib.sha256(f"{rule.code}|{subject}".encode()).hexdigest()[:16]
    return Finding(
        code=rule.code,
        name=rule.name,
        level=rule.level,
        confidence=rule.confidence if hit.confidence is None else hit.confidence,
        message=hit.message,
        location=places[0] if places else Location(path=audit.document.path, start=0, end=0, line=1, column=1),
        span=spans[0] if spans else None,
        related=places[1:],
        citations=hit.citations,
        references=hit.references,
        evidence=hit.evidence,
        advice=hit.advice or rule.sections.get("What to do", ""),
        fingerprint=digest,
    )
