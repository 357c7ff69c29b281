"""Books in many files: which chapters belong to a page that is the root of its project, in their order.

Quarto books (``_quarto.yml``), bookdown (``_bookdown.yml``), Jupyter Book (``_toc.yml``), MyST (``myst.yml``), Manubot
(numbered files beside ``metadata.yaml``).
"""

from __future__ import annotations

import posixpath
import re

from refaudit.errors import InputError
from refaudit.readers.databases import yaml_nodes
from refaudit.readers.databases.yaml_nodes import Plain
from refaudit.readers.markup.project_config import front_matter, opened, strings
from refaudit.readers.project_files import Files

_SUFFIXES = (".md", ".ipynb", ".qmd", ".Rmd", ".rmd", ".markdown", ".myst")
_ABOVE = 3  # folders above the root page in which its table of contents may stand
_NUMBERED = re.compile(r"\d[^/]*\.md\Z")


def chapters(name: str, source: str, files: Files) -> list[str]:
    """The files that make a book together with the page ``name``, its root; empty when it is none."""
    found = _quarto(name, files) or _bookdown(name, source, files) or _contents(name, files) or _manubot(name, files)
    return list(dict.fromkeys(one for one in found if one != name and one.endswith(_SUFFIXES)))


def _value(files: Files, name: str) -> Plain:
    text = opened(files, name)
    if text is None:
        return ""
    try:
        node = yaml_nodes.load(name, text)
    except InputError:
        return ""
    return node.value if node else ""


def _quarto(name: str, files: Files) -> list[str]:
    for configuration in ("_quarto.yml", "_quarto.yaml"):
        value = _value(files, configuration)
        book = value.get("book") if isinstance(value, dict) else None
        if isinstance(book, dict):
            found = [*_listed(book.get("chapters"), ("chapters",)), *_listed(book.get("appendices"), ("chapters",))]
            return found if found[:1] == [name] else []
    return []


def _bookdown(name: str, source: str, files: Files) -> list[str]:
    if name.lower() != "index.rmd":
        return []
    front = front_matter(source)
    value = _value(files, "_bookdown.yml")
    if not isinstance(value, dict) and not (front and "bookdown_site" in front[0]):
        return []
    value = value if isinstance(value, dict) else {}
    named = strings(value.get("rmd_files"))
    if named:
        return named
    folders = ["", *strings(value.get("rmd_subdir"))] if value.get("rmd_subdir") != "false" else [""]
    found = [
        posixpath.join(folder, one) for folder in folders for suffix in (".Rmd", ".rmd") for one in files.names(folder, suffix)
    ]
    return [one for one in found if not posixpath.basename(one).startswith("_")]


def _contents(name: str, files: Files) -> list[str]:
    """The tables of contents of Jupyter Book and MyST, which may stand above the root page."""
    for folder in ("../" * depth for depth in range(_ABOVE + 1)):
        value = _value(files, folder + "_toc.yml")
        listed = _listed(value, ("chapters", "sections", "parts", "subtrees", "entries"))
        if not listed:
            value = _value(files, folder + "myst.yml")
            project = value.get("project") if isinstance(value, dict) else None
            listed = _listed(project.get("toc") if isinstance(project, dict) else None, ("children",))
        if listed:
            placed = [_completed(posixpath.normpath(posixpath.join(folder, one)), files) for one in listed]
            return placed if placed[:1] == [name] else []
    return []


def _completed(name: str, files: Files) -> str:
    """A name as tables of contents give it, mostly without suffix."""
    if name.endswith(_SUFFIXES):
        return name
    return next((name + suffix for suffix in _SUFFIXES if files.exists(name + suffix)), name)


def _manubot(name: str, files: Files) -> list[str]:
    if not _NUMBERED.match(name) or not (files.exists("metadata.yaml") or files.exists("metadata.yml")):
        return []
    found = [one for one in files.names("", ".md") if _NUMBERED.match(one)]
    return found if found[:1] == [name] else []


def _listed(value: object, below: tuple[str, ...], depth: int = 0) -> list[str]:
    """The files of a list of contents in reading order: strings, and mappings with ``file``, ``root`` or ``part``."""
    if depth > 20:
        return []
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list):
        return [one for part in value for one in _listed(part, below, depth + 1)]
    if not isinstance(value, dict):
        return []
    own = [
        one
        for key in ("root", "file", "href", "part")
        if isinstance(one := value.get(key), str) and (key != "part" or "." in one)
    ]
    return own + [one for key in below if key in value for one in _listed(value[key], below, depth + 1)]
