"""The bibliographies that the configuration of a project names: Quarto, bookdown, Jupyter Book, MyST, Sphinx, pandoc.

The configuration may stand in a folder above the manuscript; what it names is relative to its own folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from refaudit.errors import InputError
from refaudit.readers.databases import yaml_nodes
from refaudit.readers.databases.yaml_nodes import Plain
from refaudit.readers.project_files import Files

MAX_FOLDERS = 8
"""Folders above the manuscript that are looked into; ``Files`` stops at the top of the project before."""

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n")
_FRONT_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_SPHINX = re.compile(r"^bibtex_bibfiles\s*=\s*[\[(]([^\])]{0,2000})[\])]", re.MULTILINE)
_TEMPLATE = re.compile(r"^[ \t]*template:[ \t]*[\"']?([^\s\"']{1,300}\.(?:tex|latex))", re.MULTILINE)
_RESOURCE = re.compile(r"\\(?:addbibresource(?:\[[^\]\n]{0,200}\])?|bibliography)\{([^{}\n]{1,1000})\}")
_OPTION = re.compile(r"--bibliography[=\s]+[\"']?([\w./\-]{1,300}\.(?:bib|json|ya?ml))")
_METADATA_NAME = re.compile(r"(?i)(?:pandoc[\w\-]*|defaults?|meta(?:data)?|settings|config)\.ya?ml\Z")
_MAKEFILES = ("Makefile", "makefile", "justfile", "GNUmakefile")
_OLD_PLACES = ("_bibliography/references.bib", "references.bib", "_bibliography/refs.bib")
"""Where older Jupyter Books and Jekyll have their bibliography without a word in the configuration."""
_LARGEST = 1_000_000  # bytes of a configuration file that are read
_MOST_FILES = 20  # files of a folder that are looked into for a bibliography
_STRING = re.compile(r"[\"']([^\"'\n]+)[\"']")


def front_matter(source: str) -> tuple[str, int] | None:
    """The YAML block at the start of a file and its offset."""
    opening = _FRONT.match(source)
    if opening is None:
        return None
    closing = _FRONT_END.search(source, opening.end())
    return (source[opening.end() : closing.start()], opening.end()) if closing else None


def without_front_matter(source: str) -> tuple[str, int]:
    """The YAML block at the start of a file, "" when there is none, and where its text begins."""
    opening = _FRONT.match(source)
    closing = _FRONT_END.search(source, opening.end()) if opening else None
    if opening is None or closing is None:
        return "", 0
    line = source.find("\n", closing.end())
    return source[opening.end() : closing.start()], len(source) if line < 0 else line + 1


def strings(value: object) -> list[str]:
    """A name, several, or several under headings (as filters for several lists have them)."""
    if isinstance(value, dict):
        return [name for part in value.values() for name in strings(part)]
    return [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str) and name]


@dataclass(frozen=True, slots=True)
class Named:
    """Bibliographies relative to the manuscript's folder, and whether bare ``@names`` cite in such a project."""

    files: tuple[str, ...] = ()
    bare: bool = True


def bibliographies(files: Files, name: str = "") -> Named:
    """The bibliographies of the nearest configuration that names some; ``name`` is the manuscript's own."""
    for depth in range(MAX_FOLDERS + 1):
        folder = "../" * depth
        for configuration, named in _CONFIGURATIONS:
            text = opened(files, folder + configuration)
            if text is None:
                continue
            try:
                found = named(configuration, text)
            except InputError:
                continue
            if not found and configuration == "index.Rmd":
                found = _of_template(files, folder, text)
            if not found and configuration in _TAKES_ALL:
                found = files.names(folder, ".bib")
            if not found and configuration == "_config.yml":
                found = [one for one in _OLD_PLACES if files.exists(folder + one)][:1]
            if found:
                return Named(_within(folder, found), configuration not in _SPHINX_ALONE)
        found = _of_pandoc(files, folder, name)
        if found:
            return Named(_within(folder, found))
    return Named()


def _within(folder: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(posixpath.normpath(posixpath.join(folder, name)) for name in names)


def opened(files: Files, name: str) -> str | None:
    """The text of a configuration file, None when there is none that can be read."""
    if not files.exists(name):
        return None
    try:
        return files.read(name)[1][:_LARGEST].decode("utf-8", errors="replace")
    except InputError:
        return None


def _of_template(files: Files, folder: str, text: str) -> list[str]:
    """What the LaTeX template of a bookdown or thesis project names."""
    front = front_matter(text)
    texts = [front[0] if front else "", opened(files, folder + "_output.yml") or ""]
    for template in dict.fromkeys(match[1] for one in texts for match in _TEMPLATE.finditer(one)):
        source = opened(files, folder + template) or ""
        found = [name.strip() for match in _RESOURCE.finditer(source) for name in match[1].split(",")]
        if found:
            return [name if "." in posixpath.basename(name) else name + ".bib" for name in found if "$" not in name]
    return []


def _of_pandoc(files: Files, folder: str, name: str) -> list[str]:
    """What a defaults or metadata file of pandoc beside the manuscript names, or the command line in a Makefile or script."""
    for own in [*files.names(folder, ".yaml"), *files.names(folder, ".yml")][:_MOST_FILES]:
        text = opened(files, folder + own)
        if text is None or not (_METADATA_NAME.match(own) or (name and name in text)):
            continue
        try:
            value = _mapping(own, text)
        except InputError:
            continue
        metadata = value.get("metadata")
        found = strings(value.get("bibliography")) or strings(
            metadata.get("bibliography") if isinstance(metadata, dict) else None
        )
        if not found and isinstance(value.get("references"), list):
            return [own]
        if found:
            return found
    for own in [*_MAKEFILES, *files.names(folder, ".sh")][:_MOST_FILES]:
        text = opened(files, folder + own)
        found = [match[1] for match in _OPTION.finditer(text)] if text else []
        if found:
            return [one for one in found if files.exists(folder + one)]
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
_SPHINX_ALONE = frozenset({"_config.yml", "conf.py"})
"""Configurations of programs for which a bare ``@name`` is no citation."""
_TAKES_ALL = frozenset({"myst.yml"})
"""Configurations that, naming no bibliography, take all .bib files of their folder."""
