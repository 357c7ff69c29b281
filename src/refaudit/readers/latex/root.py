"""The document that a LaTeX chapter belongs to: the one that it names, or the one beside or above it that inputs it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from refaudit.readers.project_files import Files
from refaudit.readers.project_root import root_above

_ROOT = re.compile(r"^[ \t]*%[ \t]*![ \t]*TEX[ \t]+root[ \t]*=[ \t]*([^\r\n]{1,300}?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_SUBFILE = re.compile(r"\\documentclass[ \t]*\[([^\[\]\n]{1,300})\][ \t]*\{(?:subfiles|standalone)\}")
_WHOLE = re.compile(r"\\(?:documentclass|documentstyle|begin[ \t]*\{document\})")
_INPUT = re.compile(
    r"\\(?:(?:sub)?(?:import|includefrom)\*?[ \t]*\{([^{}\n]{0,300})\}[ \t]*"
    r"|(?:input|include|subfile|subfileinclude|InputIfFileExists)[ \t]*)\{([^{}\n]{1,300})\}"
)
_SUFFIXES = (".tex", ".ltx", ".lhs", ".Rnw")


def root_of(path: str, text: str, files: Files) -> str:
    """The document of the chapter at ``path``, relative to it; "" for a whole document, or when there is none."""
    found = _ROOT.search(text[:5000]) or _SUBFILE.search(text[:5000])
    own = posixpath.basename(path.replace("\\", "/"))
    if found is None:
        return "" if _WHOLE.search(text) else root_above(own, files, ".tex", begins=_begins, takes_in=_takes_in)
    name = found[1].strip().strip('"')
    name += "" if name.endswith(_SUFFIXES) else ".tex"
    return "" if posixpath.normpath(name) == own else name


def _begins(text: str) -> bool:
    return "\\documentclass" in text


def _takes_in(text: str) -> Iterator[str]:
    for match in _INPUT.finditer(text):
        name = posixpath.join(match[1] or "", match[2].strip().strip('"'))
        yield name if name.endswith(_SUFFIXES) else name + ".tex"
