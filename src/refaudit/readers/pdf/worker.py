"""The process that opens a PDF: reads the file from standard input, writes one JSON object a page to standard output.

It runs apart from the program because PDF files can hang or crash the library that reads them, or worse. Memory is bounded,
a page that takes too long ends the process (its parent then goes on behind that page), and before the file is opened the
process gives up what it does not need: see ``sandbox``. ``process`` starts it, with the arguments FIRST_PAGE SECONDS_PER_PAGE
FOLDERS OF THE LIBRARIES.
"""

from __future__ import annotations

import ctypes
import json
import signal
import sys
from typing import Any

from refaudit.readers.pdf import sandbox

MAX_PAGES = 3000
MAX_CHARACTERS = 60_000
"""Characters of one page; a dense page of a newspaper has some 20,000."""


def main() -> int:
    """Exit codes: 0 done, 3 password, 4 not readable as PDF."""
    sandbox.limit()
    first, seconds, *places = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
    data = sys.stdin.buffer.read()
    import pypdfium2 as pdfium

    sandbox.confine([sys.base_prefix, *places])  # not the system's fonts: the library has its own, the same everywhere
    _alarm(seconds * 3)
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        return 3 if "password" in str(error).lower() else 4
    _write({"pages": count})
    for number in range(first, min(count, MAX_PAGES)):
        _alarm(seconds)
        try:
            page = document[number]
            _write({"page": number, "size": page.get_size(), "runs": runs(page)})
            page.close()
        except (pdfium.PdfiumError, ValueError) as error:
            _write({"page": number, "error": str(error)[:200]})
    _alarm(0)
    return 0


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _write(value: object) -> None:
    sys.stdout.buffer.write(json.dumps(value).encode() + b"\n")  # the channel to the parent, not a person's screen
    sys.stdout.buffer.flush()


def runs(page: Any) -> list[list[object]]:
    """Stretches of characters of one size on one baseline: [text, left, right, baseline, size, bold], in the file's order."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    handle = text_page.raw
    count = min(text_page.count_chars(), MAX_CHARACTERS)
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    found: list[list[object]] = []
    text: list[str] = []
    left = right = base = size = 0.0
    bold = False

    def flush() -> None:
        if text:
            found.append(["".join(text), round(left, 2), round(right, 2), round(base, 2), round(size, 2), bold])
            text.clear()

    unicode_of, origin_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharOrigin, raw.FPDFText_GetLooseCharBox
    for index in range(count):
        code = unicode_of(handle, index)
        if code in (10, 13):
            flush()
            continue
        if code == 0 or 0xD800 <= code < 0xE000:
            continue
        char = chr(code)
        origin_of(handle, index, at_x, at_y)
        box_of(handle, index, at_box)
        height, foot = box.top - box.bottom, y.value
        if "0" <= char <= "9" and _raised(raw, handle, index, foot, height):
            height, foot = 0.6 * height, foot + 0.3 * height
        if char == " ":
            if text:
                text.append(" ")
                right = max(right, box.right)
            continue
        same = (
            text
            and abs(foot - base) < 0.08 * max(size, height, 1.0)
            and abs(height - size) < 0.06 * max(size, 1.0) + 0.1
            and box.left - right < 1.6 * max(size, 1.0)
            and box.left > left - 0.5 * max(size, 1.0)
        )
        if not same:
            flush()
            left, base, size = box.left, foot, height
            bold = raw.FPDFText_GetFontWeight(handle, index) >= 600
        text.append(char)
        right = box.right
    flush()
    text_page.close()
    return found


def _raised(raw: Any, handle: Any, index: int, base: float, height: float) -> bool:
    """Whether a digit hangs in the air: many fonts have raised digits of their own, which stand on the line like any other."""
    sides = [ctypes.c_double() for _ in range(4)]
    if not raw.FPDFText_GetCharBox(handle, index, *map(ctypes.byref, sides)):
        return False
    bottom, top = sides[2].value, sides[3].value
    return bool(bottom - base > 0.2 * height and 0.15 * height < top - bottom < 0.6 * height)
