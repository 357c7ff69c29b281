"""The files beside a manuscript: an explicit, bounded value that readers ask for parts and bibliographies."""

from __future__ import annotations

import posixpath
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TypeVar, cast

from refaudit.errors import InputError

LIMIT = 64 * 1024 * 1024
"""Bytes that one input file may have: a thesis as PDF has some 20 MB, a shared bibliography some 10 MB."""

_PROJECT_MARKS = (
    ".git",
    "refaudit.toml",
    "_quarto.yml",
    "_quarto.yaml",
    "_bookdown.yml",
    "_toc.yml",
    "myst.yml",
    "pyproject.toml",
)
T = TypeVar("T")
Kept = dict[tuple[str, bytes], object]
"""Name and content of a bibliography to what was read of it."""
_ABOVE = 8  # folders above the manuscript that may be the top of its project
_KEPT = 8  # bibliographies that are kept: more than papers beside each other share


@dataclass(frozen=True, kw_only=True)
class Files:
    """What a reader may open besides the manuscript itself: nothing, one folder of the disk, or the members of an archive.

    ``folder`` is where relative names start; nothing outside ``root`` is opened, symbolic links included. ``shown`` is
    the manuscript's folder as the user named it, so that positions carry names the user knows. With ``members`` set
    (names with forward slashes to contents) the disk is not touched. ``kept`` holds what was read of bibliographies, for
    papers that share one. ``bibliographies`` are names and contents of those that the user names beside what a manuscript says.
    """

    folder: Path | None = None
    root: Path | None = None
    shown: str = ""
    members: Mapping[str, bytes] = field(default_factory=dict)
    kept: Kept | None = None
    bibliographies: tuple[tuple[str, bytes], ...] = ()

    @staticmethod
    def beside(path: str | Path, kept: Kept | None = None) -> Files:
        """The files of the project that the manuscript at ``path`` belongs to.

        The project folder is the manuscript's own, or the nearest one above it that a project marks as its top
        (a repository, a Quarto or refaudit configuration): papers share bibliographies one folder up.
        """
        folder = Path(path).resolve().parent
        root = next((up for up in (folder, *folder.parents) if any((up / mark).exists() for mark in _PROJECT_MARKS)), folder)
        if root in (Path.home(), Path(root.anchor)):  # a repository of dot files is no project of papers
            root = folder
        return Files(folder=folder, root=root, shown=PurePath(path).parent.as_posix(), kept=kept)

    def with_bibliographies(self, names: Sequence[str]) -> Files:
        """The same with bibliographies that a person named. Raises InputError for one that cannot be opened."""
        return replace(self, bibliographies=tuple((name, _opened(name)) for name in names)) if names else self

    def read(self, name: str, *, inside: str = "") -> tuple[str, bytes]:
        """The shown path and the content of ``name``, relative to the subfolder ``inside`` of the manuscript's folder.

        Raises InputError when there is no such file, it lies outside the project, is no regular file or too large.
        """
        name = name.replace("\\", "/")
        relative = posixpath.normpath(posixpath.join(inside, name))
        if "\0" in name:
            raise InputError("a file name with a NUL character is not opened")
        if self.members:
            if relative not in self.members:
                raise InputError(f"{name}: no such file in the archive")
            return relative, self.members[relative]
        if self.folder is None or self.root is None:
            raise InputError(f"{name}: other files are not read from here; name the file itself instead of standard input")
        try:
            path = (self.folder / relative).resolve()
            if not path.is_relative_to(self.root.resolve()):
                raise InputError(f"{name}: lies outside the project folder and is not opened")
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise InputError(f"{name}: is not a regular file")
            if status.st_size > LIMIT:
                raise InputError(f"{name}: is larger than {LIMIT // 1024 // 1024} MB")
            data = path.read_bytes()
        except FileNotFoundError:
            raise InputError(f"{name}: no such file") from None
        except (OSError, RuntimeError, ValueError) as error:
            raise InputError(f"{name}: cannot be opened ({type(error).__name__})") from None
        return posixpath.normpath(posixpath.join(self.shown, relative)), data

    def up(self, name: str) -> str:
        """``name`` in the nearest folder, the manuscript's or one above it, that has it: what "/" stands for in a project."""
        return next((found for up in range(_ABOVE + 1) if self.exists(found := "../" * up + name)), name)

    def names(self, folder: str, suffix: str) -> list[str]:
        """The names of the files in ``folder``, relative to the manuscript's, that end with ``suffix``; at most 1,000."""
        if self.members:
            inside = posixpath.normpath(folder or ".")
            return sorted(
                PurePath(one).name for one in self.members if one.endswith(suffix) and (posixpath.dirname(one) or ".") == inside
            )[:1000]
        if self.folder is None or self.root is None:
            return []
        try:
            path = (self.folder / folder).resolve()
            if not path.is_relative_to(self.root.resolve()):
                return []
            return sorted(one.name for one in path.iterdir() if one.name.endswith(suffix))[:1000]
        except (OSError, RuntimeError, ValueError):
            return []

    def once(self, name: str, data: bytes, read: Callable[[str, bytes], T]) -> T:
        """``read(name, data)``, done once while the same file is asked for again."""
        if self.kept is None:
            return read(name, data)
        key = (name, data)
        value = self.kept.pop(key, None)
        if value is None:
            value = read(name, data)
        self.kept[key] = value
        if len(self.kept) > _KEPT:
            del self.kept[next(iter(self.kept))]
        return cast("T", value)

    def exists(self, name: str, *, inside: str = "") -> bool:
        """Whether ``read`` would give the file."""
        if self.members:
            return posixpath.normpath(posixpath.join(inside, name)) in self.members
        if self.folder is None or self.root is None or "\0" in name:
            return False
        try:
            path = (self.folder / inside / name).resolve()
            return path.is_relative_to(self.root.resolve()) and path.is_file()
        except (OSError, RuntimeError, ValueError):
            return False


def _opened(name: str) -> bytes:
    try:
        path = Path(name)
        if not path.is_file():
            raise InputError(f"{name}: no such bibliography file")
        if path.stat().st_size > LIMIT:
            raise InputError(f"{name}: is larger than {LIMIT // 1024 // 1024} MB")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be opened ({type(error).__name__})") from None


NO_FILES = Files()
"""Nothing but the manuscript itself: standard input, or a caller who has only bytes."""
