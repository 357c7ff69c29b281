"""The bibliographies that the configuration of a project names: Quarto, bookdown, Jupyter Book, MyST, Sphinx.

The configuration may stand in a folder above the manuscript; what it names is relative to its own folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from refaudit.errors import InputError
from refaudit.readers.databases import yaml_nodes
from refaudit.readers.databases.yaml_nodes import Plain
from refaudit.readers.project_files import Files

MAX_FOLDERS = 8
"""Folders above the manuscript that are looked into; ``Files`` stops at the top of the project before."""

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n")
_FRONT_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_SPHINX = re.compile(r"^bibtex_bibfiles\s*=\s*[\[(]([^\])]{0,2000})[\])]", re.MULTILINE)
_STRING = re.compile(r"[\"']([^\"'\n]+)[\"']")


def front_matter(source: str) -> tuple[str, int] | None:
    """The YAML block at the start of a file and its offset."""
    opening = _FRONT.match(source)
    if opening is None:
        return None
    closing = _FRONT_END.search(source, opening.end())
    return (source[opening.end() : closing.start()], opening.end()) if closing else None


def strings(value: object) -> list[str]:
    """A name, several, or several under headings (as filters for several lists have them)."""
    if isinstance(value, dict):
        return [name for part in value.values() for name in strings(part)]
    return [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str) and name]


def bibliographies(files: Files) -> list[str]:
    """The bibliographies of the nearest configuration that names some, relative to the manuscript's folder."""
    for depth in range(MAX_FOLDERS + 1):
        folder = "../" * depth
        for name, named in _CONFIGURATIONS:
            if not files.exists(folder + name):
                continue
            try:
                shown, data = files.read(folder + name)
                found = named(shown, data.decode("utf-8", errors="replace"))
            except InputError:
                continue
            if found:
                return [posixpath.normpath(posixpath.join(folder, one)) for one in found]
            if name in _TAKES_ALL:
                return [posixpath.normpath(posixpath.join(folder, one)) for one in files.names(folder, ".bib")]
    return []


def _mapping(path: str, text: str) -> dict[str, Plain]:
    node = yaml_nodes.load(path, text)
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _quarto(path: str, text: str) -> list[str]:
    return strings(_mapping(path, text).get("bibliography"))


def _myst(path: str, text: str) -> list[str]:
    project = _mapping(path, text).get("project")
    return strings(project.get("bibliography")) if isinstance(project, dict) else []


def _jupyter_book(path: str, text: str) -> list[str]:
    value = _mapping(path, text)
    sphinx = value.get("sphinx")
    config = sphinx.get("config") if isinstance(sphinx, dict) else None
    return strings(value.get("bibtex_bibfiles")) or strings(config.get("bibtex_bibfiles") if isinstance(config, dict) else None)


def _sphinx(_path: str, text: str) -> list[str]:
    match = _SPHINX.search(text)
    return _STRING.findall(match[1]) if match else []


def _first_chapter(path: str, text: str) -> list[str]:
    """bookdown takes the front matter of the first chapter for the whole book."""
    front = front_matter(text)
    return strings(_mapping(path, front[0]).get("bibliography")) if front else []


_CONFIGURATIONS: tuple[tuple[str, Callable[[str, str], list[str]]], ...] = (
    ("_metadata.yml", _quarto),
    ("_quarto.yml", _quarto),
    ("_quarto.yaml", _quarto),
    ("_bookdown.yml", _quarto),
    ("index.Rmd", _first_chapter),
    ("myst.yml", _myst),
    ("_config.yml", _jupyter_book),
    ("conf.py", _sphinx),
)
_TAKES_ALL = frozenset({"myst.yml"})
"""Configurations that, naming no bibliography, take all .bib files of their folder."""
