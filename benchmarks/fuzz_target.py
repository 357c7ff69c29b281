"""What is fuzzed: one reader and its files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One reader to fuzz: the file name it sees, the format told (None: guessed), how its files are changed, what they are."""

    file: str
    format: str | None
    shape: str
    seeds: tuple[bytes, ...]
    tokens: tuple[str, ...] = ()
