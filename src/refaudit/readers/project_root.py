"""The document that a part belongs to: a chapter that is read by itself is cited from the bibliography of the whole."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable

from refaudit.errors import InputError
from refaudit.readers.project_files import Files

MAX_ABOVE = 3
"""Folders above a part in which its document may stand."""
MAX_CANDIDATES = 30
"""Files of a folder that may be the document; a folder of chapters has some tens."""
MAX_READ = 300
"""Files that are looked into in all."""
_LARGEST = 500_000


def root_above(
    name: str, files: Files, suffix: str, *, begins: Callable[[str], bool], takes_in: Callable[[str], Iterable[str]]
) -> str:
    """The file that takes in the part ``name``, itself or through other parts, relative to the part's folder; "" for none.

    ``begins`` says whether a text is a whole document, ``takes_in`` which files a text takes in, as it names them.
    """
    if files.folder is None:
        return ""
    above = files.folder.parts
    texts = _Texts(files)
    for depth in range(min(MAX_ABOVE, len(above) - 1) + 1):
        folder = "../" * depth
        wanted = "/".join((*above[len(above) - depth :], name))
        for candidate in files.names(folder, suffix)[:MAX_CANDIDATES]:
            if (
                candidate != wanted
                and begins(texts.of(folder + candidate))
                and _reaches(candidate, wanted, folder, texts, takes_in)
            ):
                return folder + candidate
    return ""


class _Texts:
    def __init__(self, files: Files) -> None:
        self.files = files
        self.known: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The text of a file, "" for what cannot be read."""
        if name not in self.known:
            if len(self.known) >= MAX_READ or not self.files.exists(name):
                return ""
            try:
                self.known[name] = self.files.read(name)[1][:_LARGEST].decode("utf-8", errors="replace")
            except InputError:
                self.known[name] = ""
        return self.known[name]


def _reaches(start: str, wanted: str, folder: str, texts: _Texts, takes_in: Callable[[str], Iterable[str]]) -> bool:
    """Whether ``start`` takes in ``wanted``; names are relative to ``folder``, or to the file that has them."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for name in takes_in(texts.of(folder + here)):
            for found in (posixpath.normpath(name), posixpath.normpath(posixpath.join(posixpath.dirname(here), name))):
                if found == wanted:
                    return True
                if found not in seen and len(seen) < MAX_READ:
                    seen.add(found)
                    waiting.append(found)
    return False
