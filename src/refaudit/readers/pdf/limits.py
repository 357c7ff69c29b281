"""How much time, memory and output a PDF file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLimits:
    """Seconds, bytes and counts, all for one file unless the name says otherwise.

    ``seconds`` bounds the process by the clock and by its processor time; ``restarts`` is how often one that broke off is
    started again behind the page that broke it.
    """

    pages: int = 3000
    characters_per_page: int = 60_000
    links_per_page: int = 2000
    seconds_per_page: int = 10
    seconds: float = 300
    restarts: int = 5
    output: int = 400 * 1024 * 1024
    memory: int = 3 * 1024**3
    open_files: int = 64


LIMITS = PdfLimits()
