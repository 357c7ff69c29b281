"""Office files without the time at which they were written: the same report gives the same bytes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

FIXED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 (the properties of a document have no zone)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]{0,300}>)[^<]{0,40}")


def without_clock(archive: bytes) -> bytes:
    """The workbook or document with every time set to ``FIXED``."""
    stamp = FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>" + stamp, content)
            fresh = zipfile.ZipInfo(member.filename, FIXED.timetuple()[:6])
            fresh.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fresh, content)
    return buffer.getvalue()
