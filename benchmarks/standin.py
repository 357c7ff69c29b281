"""The stand-in registry of the measuring data, started in this process on a free port of this machine."""

from __future__ import annotations

import importlib.util
import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Standin:
    """A running stand-in; ``base`` is its address."""

    def __init__(self, folder: Path, *options: str) -> None:
        """Start it on the works of ``folder`` with these command line options."""
        spec = importlib.util.spec_from_file_location("registry_standin", folder / "crossref" / "standin.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        works = [] if "--works" in options else ["--works", str(folder / "crossref" / "works.jsonl.gz")]
        self._server: Any = module.make_server(["--port", "0", *works, *options])
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def stats(self) -> dict[str, Any]:
        """What it counted."""
        with urllib.request.urlopen(self.base + "/__stats") as answer:
            counted: dict[str, Any] = json.load(answer)
        return counted

    def reset(self) -> None:
        """Count from nothing again."""
        urllib.request.urlopen(self.base + "/__reset").close()

    def close(self) -> None:
        """Stop it."""
        self._server.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def environment(self, cache: Path) -> dict[str, str]:
        """The settings with which refaudit asks it, and keeps its answers in ``cache``."""
        return {
            "REFAUDIT_CROSSREF_URL": self.base,
            "REFAUDIT_DOI_URL": self.base,
            "REFAUDIT_DATACITE_URL": self.base,
            "REFAUDIT_MAILTO": "benchmark@example.org",
            "REFAUDIT_CACHE_DIR": str(cache),
        }


@contextmanager
def standin(folder: Path, *options: str) -> Iterator[Standin]:
    """A stand-in for the time of a block."""
    running = Standin(folder, *options)
    try:
        yield running
    finally:
        running.close()
