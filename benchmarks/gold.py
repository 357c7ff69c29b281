"""The labelled manuscripts: text and gold of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.shared import ABSENT, shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A manuscript with its gold: ``text`` as its offsets count it, ``form`` the reader's name for its format."""

    id: str
    text: str
    form: str
    style: str
    language: str
    citations: tuple[dict[str, Any], ...]
    references: tuple[dict[str, Any], ...]

    @property
    def cited(self) -> frozenset[str]:
        """The ids of the references that the gold says are cited."""
        return frozenset(identity for citation in self.citations for identity in citation["refs"])


def manuscripts(forms: tuple[str, ...] = ("txt", "md")) -> Iterator[Gold]:
    """The labelled manuscripts of these formats, in order. Exits with a clear line where the data are absent."""
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    for path in sorted((folder / "corpora" / "manuscripts").glob("*.gold.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        form = Path(data["file"]).suffix.lstrip(".")
        if form in forms:
            yield Gold(
                id=data["id"],
                text=(path.parent / data["file"]).read_bytes().decode("utf-8"),
                form=form,
                style=data["citation_style"],
                language=data["language"],
                citations=tuple(data["citations"]),
                references=tuple(data["references"]),
            )
