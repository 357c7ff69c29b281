"""The process that opens a PDF: reads the file from standard input, writes one JSON object a page to standard output.

It runs apart from the program because PDF files can hang or crash the library that reads them, or worse. Memory is bounded,
a page that takes too long ends the process (its parent then goes on behind that page), and before the file is opened the
process gives up what it does not need: see ``sandbox``. ``process`` starts it, with the arguments FIRST_PAGE SECONDS_PER_PAGE
FOLDERS OF THE LIBRARIES.
"""

from __future__ import annotations

import json
import signal
import sys

from refaudit.readers.pdf import sandbox
from refaudit.readers.pdf.limits import LIMITS


def main() -> int:
    """Exit codes: 0 done, 3 password, 4 not readable as PDF."""
    sandbox.limit()
    first, seconds, *places = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
    data = sys.stdin.buffer.read()
    import pypdfium2 as pdfium

    from refaudit.readers.pdf.annotations import jumps
    from refaudit.readers.pdf.page_runs import Fonts, runs, size

    sandbox.confine([sys.base_prefix, *places])  # not the system's fonts: the library has its own, the same everywhere
    _alarm(seconds * 3)
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        return 3 if "password" in str(error).lower() else 4
    _write({"pages": count})
    fonts = Fonts()
    for number in range(first, min(count, LIMITS.pages)):
        _alarm(seconds)
        try:
            page = document[number]
            _write({"page": number, "size": size(page), "runs": runs(page, fonts), "jumps": jumps(document, page)})
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
