"""Files written whole or not at all: a draft of an unguessable name beside each, then a change of names, undone where one fails.

A folder of strangers may hold links under any name that could be foreseen: drafts and copies are made anew and never
opened where something stands already, and a link is followed only where the person named it.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def save(file: str, content: str | bytes, *, encoding: str = "utf-8") -> None:
    """Write a file, making its folder. A link that stands in its place is replaced, never followed. Raises ConfigError."""
    path = Path(file)
    data = content.encode(encoding, "backslashreplace") if isinstance(content, str) else content
    with _told(file):
        if _device(path):
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = _draft(path, data)
        try:
            draft.replace(path)
        except OSError:
            draft.unlink()
            raise


def replace_all(contents: Mapping[str, tuple[bytes | None, bytes]]) -> dict[str, Path]:
    """Replace files, all of them or none: (what a file holds, None where there is none yet; what it will hold) by path.

    What a file held is kept beside it (``.orig``), with its permissions; a link is followed. Gives the copies by path. Raises
    ConfigError, and then every file is as it was.
    """
    targets = {path: Path(path).resolve() for path in contents}
    drafts: dict[str, Path] = {}
    copies: dict[str, Path] = {}
    replaced: list[str] = []
    at = ""
    try:
        for at, (old, new) in contents.items():
            with _told(at, "; nothing was written"):
                drafts[at] = _draft(targets[at], new, like=targets[at] if old is not None else None)
                if old is not None:
                    copies[at] = _copy(Path(at), old, targets[at])
        for at, (old, _) in contents.items():
            with _told(at, "; nothing was written"):
                if old is None and os.path.lexists(targets[at]):
                    raise FileExistsError(17, "something stands there by now")
                drafts[at].replace(targets[at])
                replaced.append(at)
    except BaseException:  # an interruption too leaves every file as it was
        _undo(replaced, targets, copies)
        for left in (*drafts.values(), *copies.values()):
            with suppress(OSError):
                left.unlink()
        raise
    return copies


def _undo(replaced: Iterable[str], targets: Mapping[str, Path], copies: Mapping[str, Path]) -> None:
    """Put back what was replaced. Raises ConfigError, and leaves all copies where they are, where that fails too."""
    from refaudit.errors import ConfigError

    lost = []
    for path in replaced:
        try:
            if path in copies:
                copies[path].replace(targets[path])
            else:
                targets[path].unlink()
        except OSError:
            lost.append(path)
    if lost:
        raise ConfigError(f"{', '.join(lost)}: could not be put back as it was; the copy beside it (.orig) holds that")


@contextmanager
def _told(file: str, more: str = "") -> Iterator[None]:
    from refaudit.errors import ConfigError

    try:
        yield
    except OSError as error:
        folder = isinstance(error, FileExistsError) and not Path(file).parent.is_dir()
        reason = "its folder is a file" if folder else (error.strerror or str(error)).lower()
        raise ConfigError(f"{file}: cannot be written ({reason}){more}") from error


def _draft(path: Path, data: bytes, *, like: Path | None = None) -> Path:
    """A new file beside ``path``, under a name that nobody could foresee, with the permissions of ``like``."""
    return _made(path.with_name(f".{secrets.token_hex(8)}.part"), data, like)


def _copy(path: Path, data: bytes, like: Path) -> Path:
    """What a file holds, in a new file beside it: ``.orig``, or the next number that is free."""
    for number in range(1, 10_000):
        with suppress(FileExistsError):
            return _made(Path(f"{path}.orig{number if number > 1 else ''}"), data, like)
    raise FileExistsError(17, "there are too many copies named .orig beside it")


def _made(path: Path, data: bytes, like: Path | None) -> Path:
    """A file that was not there before. Raises OSError and leaves nothing behind."""
    from shutil import copymode

    handle = os.open(path, _NEW, 0o600 if like else 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        if like:
            copymode(like, path)
    except BaseException:
        path.unlink()
        raise
    return path


def _device(path: Path) -> bool:
    """Whether a path is written to as it stands: devices and pipes that were named, and the links of the system to them."""
    if path.absolute().parts[:2] in (("/", "dev"), ("/", "proc")):
        return path.exists() and not path.is_dir()
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))
