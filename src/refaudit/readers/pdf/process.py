"""Starting the process that opens a PDF, so that nothing of the caller's folder or settings reaches it, and hearing it out."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from refaudit.readers.pdf.limits import LIMITS

KEPT = frozenset({"LD_LIBRARY_PATH", "SYSTEMROOT"})
"""Of the environment: what an interpreter may need to start at all."""
_LIBRARIES = ("refaudit", "pypdfium2", "pypdfium2_raw", "pypdfium2_cfg")
_START = "import sys; sys.path += sys.argv[3:]; from refaudit.readers.pdf.worker import main; raise SystemExit(main())"


def run(data: bytes, first: int) -> tuple[int, list[bytes]]:
    """Exit code of ``worker.main`` from page ``first`` on, negative where it was ended, and the whole lines that it wrote."""
    command = [*isolated(), _START, str(first), str(LIMITS.seconds_per_page), *places()]
    with subprocess.Popen(  # noqa: S603 (our own module, no shell, nothing of the document in the command)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=sys.base_prefix, env=environment()
    ) as process:
        feeding = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
        ending = threading.Timer(LIMITS.seconds, process.kill)
        feeding.start()
        ending.start()
        try:
            output, whole = _heard(cast("BufferedReader | None", process.stdout))
        except BaseException:  # interrupted: nobody listens any more
            process.kill()
            raise
        finally:
            ending.cancel()
        if not whole:
            process.kill()
        code = process.wait()
        feeding.join()
    return code, output.split(b"\n")[:-1]


def isolated() -> list[str]:
    """The interpreter with nothing but its standard library: no settings, no working folder, no ``site`` with its start-up files."""
    return [sys.executable, "-I", "-S", "-B", "-c"]


def places() -> list[str]:
    """Where the program and the library are installed, wherever that is (a source folder, a zipapp): the process looks there last."""
    found = [importlib.util.find_spec(name) for name in _LIBRARIES]
    origins = [Path(spec.origin).absolute().parents[1] for spec in found if spec is not None and spec.origin]
    return list(dict.fromkeys(map(str, origins)))


def environment() -> dict[str, str]:
    """The environment of the process: none of the caller's settings, and none of what it may know."""
    return {name: value for name, value in os.environ.items() if name.upper() in KEPT and value}


def _feed(stream: IO[bytes] | None, data: bytes) -> None:
    with suppress(OSError):  # it ended before it had read everything
        if stream is not None:
            stream.write(data)
            stream.close()


def _heard(stream: BufferedReader | None) -> tuple[bytes, bool]:
    """What the process writes until it ends, and whether that is all of it."""
    pieces: list[bytes] = []
    size = 0
    while stream is not None and size < LIMITS.output:
        piece = stream.read1(min(65536, LIMITS.output - size))  # as it comes: this thread may be told to stop
        if not piece:
            return b"".join(pieces), True
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces), False
