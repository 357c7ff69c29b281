"""Where the measuring data live: labelled manuscripts, registry records, test sets. They are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

ABSENT = "the measuring data are absent: set REFAUDIT_SHARED to their folder (default: ../shared beside the project)"


def shared() -> Path | None:
    """The folder named by REFAUDIT_SHARED, else ``../shared``; None where it does not exist."""
    folder = Path(os.environ.get("REFAUDIT_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    return folder if (folder / "corpora").is_dir() else None
