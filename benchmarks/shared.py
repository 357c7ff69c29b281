"""Where the measuring data live: labelled manuscripts, registry records, test sets. They are no part of the project."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

ABSENT = "the measuring data are absent: set REFAUDIT_SHARED to their folder (default: ../shared beside the project)"


def shared() -> Path | None:
    """The folder named by REFAUDIT_SHARED, else ``../shared``; None where it does not exist."""
    folder = Path(os.environ.get("REFAUDIT_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    return folder if (folder / "corpora").is_dir() else None


def companion(path: Path) -> ModuleType:
    """A scorer or checker that comes with the data, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program() -> Path:
    """The ``refaudit`` that is installed beside the running Python."""
    return Path(sys.executable).with_name("refaudit")
