"""A running ``refaudit watch`` for tests."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LIST = "\n\n## References\n\nLopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9.\n"


@dataclass
class Watched:
    """The paper that is watched, where its report is served, and the process."""

    paper: Path
    address: str
    process: subprocess.Popen[str]


@contextmanager
def watching(folder: Path) -> Iterator[Watched]:
    """Watch a clean paper in ``folder``."""
    paper = folder / "a.md"
    paper.write_text("Rain falls (Lopez, 2019)." + LIST)
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "refaudit", "watch", "a.md", "--port", "0", "--offline"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        lines = [process.stderr.readline()]
        while "report at" not in lines[-1] and len(lines) < 5:
            lines.append(process.stderr.readline())
        address = re.search(r"http://127\.0\.0\.1:\d+/", lines[-1])
        assert address is not None, lines
        time.sleep(0.5)  # the watcher needs a moment to stand
        yield Watched(paper, address[0], process)
        if process.poll() is None:
            process.kill()
