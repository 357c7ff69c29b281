"""Zip containers (DOCX, ODT, EPUB, archives) read within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib

from refaudit.errors import InputError

MAX_MEMBERS = 20_000
MAX_TOTAL = 256 * 1024 * 1024
"""Bytes that the members read may have together: a manuscript's text has a few; pictures are not read."""


MAX_DIRECTORY = MAX_MEMBERS * 400
"""Bytes of the list of members: 46 a member, its name, and what programs add. It is read whole before anything else is known."""


class Container:
    """The members of a zip file, read one by one until the bound is reached."""

    def __init__(self, path: str, data: bytes, what: str) -> None:
        """Raises InputError when ``data`` is no zip file; ``what`` names the expected format."""
        self.path = path
        self._left = MAX_TOTAL
        if _directory(data) > MAX_DIRECTORY:
            raise InputError(f"{path}: holds more than {MAX_MEMBERS:,} members and is not opened")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            article = "an" if what[0] in "AEIO" else "a"
            raise InputError(
                f"{path}: is not {article} {what} file (it cannot be opened as a zip container); save it again"
            ) from error
        if len(infos) > MAX_MEMBERS:
            raise InputError(f"{path}: holds more than {MAX_MEMBERS:,} members and is not opened")
        self._members = {info.filename.replace("\\", "/"): info for info in infos if not info.is_dir()}
        if any(info.flag_bits & 1 for info in self._members.values()):
            raise InputError(f"{path}: is protected by a password; save an unprotected copy")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, as stored."""
        return tuple(self._members)

    def read(self, name: str) -> bytes | None:
        """The content of a member, None when there is none. Raises InputError for a damaged or oversized one."""
        info = self._members.get(name)
        if info is None:
            return None
        if info.file_size > self._left:
            raise InputError(f"{self.path}: its contents are larger than {MAX_TOTAL // 1024 // 1024} MB and are not read")
        try:
            with self._zip.open(info) as stream:
                content = stream.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
            raise InputError(f"{self.path}: the part '{name}' is damaged; save the file again") from error
        if len(content) > self._left:
            raise InputError(f"{self.path}: its contents are larger than {MAX_TOTAL // 1024 // 1024} MB and are not read")
        self._left -= len(content)
        return content


def _directory(data: bytes) -> int:
    """The bytes of the list of members, as the end of the file says: "PK", 5, 6, and twelve bytes on its size (APPNOTE 4.3.16)."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    return int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
