"""The rules, in one explicit table, and which of them run."""

from __future__ import annotations

from fnmatch import fnmatch

from refaudit.config import Config
from refaudit.errors import ConfigError
from refaudit.rules import aud, cit, doi, dup, fnd, lnk, met, ref, ret, web
from refaudit.rules.base import Rule

RULES: tuple[Rule, ...] = (
    *lnk.RULES,
    *cit.RULES,
    *ref.RULES,
    *dup.RULES,
    *doi.RULES,
    *fnd.RULES,
    *met.RULES,
    *ret.RULES,
    *web.RULES,
    *aud.RULES,
)


def known(code: str) -> bool:
    """Whether some rule's code begins with ``code``."""
    return any(rule.code.startswith(code) for rule in RULES)


def select(config: Config, path: str = "") -> tuple[Rule, ...]:
    """The rules that run on ``path``. Raises ConfigError for a code that no rule has."""
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
