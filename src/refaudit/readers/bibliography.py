"""Bibliography files of every kind, by their names as manuscripts give them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from refaudit.errors import InputError
from refaudit.readers import bibtex, csl
from refaudit.readers.files import Files
from refaudit.readers.structured import Listing


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of the bibliographies a manuscript names: lists, and names with the reason why they are unread."""

    listings: tuple[Listing, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


LISTINGS: dict[str, Callable[[str, bytes], Listing]] = {
    ".bib": bibtex.listing,
    ".bibtex": bibtex.listing,
    ".biblatex": bibtex.listing,
    ".json": csl.listing_json,
    ".yaml": csl.listing_yaml,
    ".yml": csl.listing_yaml,
}


def load(names: Sequence[str], files: Files, *, folders: Sequence[str] = ()) -> Found:
    """Read the named files, each once; a name without suffix means .bib. ``folders`` says where each name also may start."""
    listings: list[Listing] = []
    unread: list[tuple[str, str]] = []
    seen: set[str] = set()
    for number, name in enumerate(names):
        suffix = PurePosixPath(name).suffix.lower()
        full = name if suffix in LISTINGS else name + ".bib"
        if full in seen or len(seen) >= 100:
            continue
        seen.add(full)
        reason = ""
        for inside in dict.fromkeys(("", folders[number] if number < len(folders) else "")):
            try:
                shown, data = files.read(full, inside=inside)
                listings.append(LISTINGS[PurePosixPath(full).suffix.lower()](shown, data))
                break
            except InputError as error:
                reason = reason or str(error)
        else:
            unread.append((full, f"the bibliography {reason}"))
    return Found(tuple(listings), tuple(unread))
