"""Configuration: ``[tool.refaudit]`` of pyproject.toml or ``refaudit.toml``, read into one frozen value."""

from __future__ import annotations

import datetime
import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from refaudit import regular_file
from refaudit.errors import ConfigError
from refaudit.model import Level

CROSSREF_URL = "https://api.crossref.org"
DOI_URL = "https://doi.org"
DATACITE_URL = "https://api.datacite.org"
WAYBACK_URL = "https://web.archive.org"
TIMEOUT = 60.0
"""Seconds that the audit of one file may take."""
LONGEST_TIMEOUT = 3600.0
"""Seconds that ``timeout`` may be at most: a project's file must not take the bound away."""
SOURCES = ("crossref", "datacite", "openalex", "s2", "europepmc", "pubmed", "openreview", "dblp", "acl", "arxiv", "openlibrary",
           "catalogues")  # fmt: skip
"""The names of sources that can be asked. "acl" is one of local copies; papers of its addresses are asked for by their DOI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where the services live. ``trusted`` is False for addresses that a project's file set: they get no token, key or mail.

    ``asked`` are the sources to ask, in order; empty for the usual ones.
    """

    crossref_url: str = CROSSREF_URL
    doi_url: str = DOI_URL
    datacite_url: str = DATACITE_URL
    wayback_url: str = WAYBACK_URL
    openalex_url: str = "https://api.openalex.org"
    europepmc_url: str = "https://www.ebi.ac.uk/europepmc"
    eutils_url: str = "https://eutils.ncbi.nlm.nih.gov"
    arxiv_url: str = "https://export.arxiv.org"
    dblp_url: str = "https://dblp.org"
    s2_url: str = "https://api.semanticscholar.org"
    openreview_url: str = "https://api2.openreview.net"
    openlibrary_url: str = "https://openlibrary.org"
    k10plus_url: str = "https://sru.k10plus.de"
    dnb_url: str = "https://services.dnb.de"
    loc_url: str = "http://lx2.loc.gov:210"
    asked: tuple[str, ...] = ()
    trusted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a run can be told. Rules receive it; they never read configuration themselves.

    ``select``/``ignore`` hold codes or prefixes of codes; ``per_file_ignores`` pairs a glob with codes;
    ``bibliography`` names the files that hold the list of references, where the manuscripts do not say so;
    ``ignore_findings`` pairs "CODE" or "CODE subject" with a reason; ``fail_on`` is None for "never";
    ``timeout`` holds the seconds that the audit of one file may take, waiting for services not counted; ``asked`` are
    the sources that the command line names, which outweigh those of ``sources``.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ignore_findings: tuple[tuple[str, str], ...] = ()
    fail_on: Level | None = Level.ERROR
    fail_on_unchecked: bool = False
    min_confidence: float = 0.5
    offline: bool = False
    snapshot: str = ""
    retractions: str = ""
    baseline: str = ""
    bibliography: tuple[str, ...] = ()
    mailto: str = ""
    refresh: bool = False
    web: bool = False
    archive: bool = False
    include_uncited: bool = False
    timeout: float = TIMEOUT
    today: datetime.date = datetime.date(1970, 1, 1)
    sources: Sources = Sources()
    asked: tuple[str, ...] = ()


_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "select": list,
    "ignore": list,
    "per-file-ignores": dict,
    "ignore-findings": dict,
    "fail-on": str,
    "fail-on-unchecked": bool,
    "min-confidence": (int, float),
    "offline": bool,
    "snapshot": str,
    "retractions": str,
    "baseline": str,
    "bibliography": (list, str),
    "mailto": str,
    "web": bool,
    "archive": bool,
    "include-uncited": bool,
    "timeout": (int, float),
    "sources": dict,
}
LARGEST = 1 << 20
"""Bytes of a file of settings."""
_DOTS = 100
_PATHS = frozenset({"snapshot", "retractions", "baseline"})
_WRITTEN = frozenset({"baseline"})
"""Files that commands write: a project's settings may name them within the project alone, since they may be a stranger's."""


def find_file(start: Path) -> Path | None:
    """The nearest ``refaudit.toml``, or ``pyproject.toml`` with a ``[tool.refaudit]`` table, from ``start`` upward."""
    for folder in (start, *start.parents):
        own = folder / "refaudit.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and _ours(project):
            return project
    return None


def _load(path: Path) -> dict[str, Any]:
    text = regular_file.text(path, "the configuration", LARGEST).replace("\r\n", "\n")
    if any(line.count(".") > _DOTS for line in text.split("\n")):  # the time for a dotted key grows with its length squared
        raise ConfigError(f"{path}: cannot be read as TOML (a line with more than {_DOTS} dots)")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML ({error})") from error


def _ours(path: Path) -> bool:
    """Whether a pyproject.toml speaks to us; those of other programs need not be sound."""
    try:
        with regular_file.opened(path, "the configuration", LARGEST) as stream:
            if b"refaudit" not in stream.read(LARGEST):
                return False
    except (OSError, ConfigError):
        return False
    tool = _load(path).get("tool")
    return isinstance(tool, dict) and "refaudit" in tool


def load(path: Path, base: Config) -> Config:
    """``base`` overlaid with the settings of a file. Raises ConfigError naming the key and the nearest known one."""
    data = _load(path)
    if path.name == "pyproject.toml":
        tool = data.get("tool", {})
        data = tool.get("refaudit", {}) if isinstance(tool, dict) else {}
        if not isinstance(data, dict):
            raise ConfigError(f"{path}: [tool.refaudit] is a table")
    table = data
    changes: dict[str, Any] = {}
    for key, value in table.items():
        expected = _KEYS.get(key)
        if expected is None:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; known keys: {', '.join(sorted(_KEYS))}"
            raise ConfigError(f"{path}: unknown key '{key}'{hint}")
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            raise ConfigError(f"{path}: '{key}' has the wrong type ({type(value).__name__})")
        changes[key.replace("-", "_")] = _convert(path, key, value)
    return replace(base, **changes)


def _convert(path: Path, key: str, value: Any) -> Any:
    if key in ("select", "ignore"):
        return _codes(path, key, value)
    if key == "per-file-ignores":
        return tuple((glob, _codes(path, f"{key}.{glob}", codes)) for glob, codes in value.items())
    if key == "ignore-findings":
        if not all(isinstance(reason, str) for reason in value.values()):
            raise ConfigError(f"{path}: [ignore-findings] gives each finding its reason as text")
        return tuple(value.items())
    if key == "fail-on":
        return parse_level(value, where=f"{path}: 'fail-on'")
    if key == "timeout" and not 0 < value <= LONGEST_TIMEOUT:
        raise ConfigError(f"{path}: 'timeout' is a number of seconds up to {LONGEST_TIMEOUT:g}, not {value}")
    if key == "bibliography":
        names = [value] if isinstance(value, str) else value
        if not all(isinstance(name, str) and name for name in names):
            raise ConfigError(f"{path}: 'bibliography' must be the name of a file, or a list of names")
        for name in names:  # a project's file opens nothing outside of the project
            if not (path.parent / name).resolve().is_relative_to(path.parent.resolve()):
                raise ConfigError(f"{path}: 'bibliography' names {name}, outside this folder; give it with --bibliography")
        return tuple(str(path.parent / name) for name in names)
    if key in _PATHS:
        if key in _WRITTEN and value and not _inside(path.parent / value, path.parent):
            raise ConfigError(f"{path}: '{key}' leads out of the project's folder; name such a file with --{key}")
        return str(path.parent / value) if value else ""
    if key == "sources":
        known = {field.name.replace("_", "-") for field in fields(Sources)} - {"trusted", "asked"}
        addresses = {name: address for name, address in value.items() if name != "asked"}
        for name, address in addresses.items():
            if name not in known or not isinstance(address, str):
                raise ConfigError(f"{path}: [sources] takes asked and {', '.join(sorted(known))} as texts, not '{name}'")
        asked = value.get("asked", ())
        texts = isinstance(asked, list) and all(isinstance(name, str) for name in asked)
        listed = parse_sources(",".join(asked) if texts else asked, where=f"{path}: [sources] asked")
        return Sources(**{name.replace("-", "_"): address for name, address in addresses.items()}, asked=listed, trusted=False)
    return value


def _inside(file: Path, folder: Path) -> bool:
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name that is none
        return False


def _codes(path: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise ConfigError(f"{path}: '{key}' must be a list of rule codes")
    return tuple(code.upper() for code in value)


def parse_sources(text: object, *, where: str) -> tuple[str, ...]:
    """The names of a list by commas, each once, in order. Raises ConfigError for one that is unknown, naming the nearest."""
    names = [name.strip().lower() for name in text.split(",") if name.strip()] if isinstance(text, str) else []
    for name in names:
        if name not in SOURCES:
            near = difflib.get_close_matches(name, SOURCES, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(SOURCES)}"
            raise ConfigError(f"{where}: there is no source '{name}'; {hint}")
    if text and not names:
        raise ConfigError(f"{where}: give names of sources by commas ({', '.join(SOURCES)})")
    return tuple(dict.fromkeys(names))


def parse_level(text: str, *, where: str) -> Level | None:
    """ "never" -> None; raises ConfigError for an unknown level."""
    if text == "never":
        return None
    try:
        return Level(text)
    except ValueError as error:
        raise ConfigError(f"{where}: '{text}' is none of error, warning, note, never") from error
