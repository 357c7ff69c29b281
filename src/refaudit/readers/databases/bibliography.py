"""Bibliography files of every kind, by their names as manuscripts give them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from refaudit.errors import InputError
from refaudit.model import Document
from refaudit.readers.databases import bibtex, csl, endnote, hayagriva, ris
from refaudit.readers.databases.entry_records import Listing, alone, append
from refaudit.readers.decode import decode
from refaudit.readers.document_builder import Writer
from refaudit.readers.project_files import Files


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of the bibliographies a manuscript names: lists, and names with the reason why they are unread."""

    listings: tuple[Listing, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def listing_yaml(path: str, data: bytes) -> Listing:
    """A YAML bibliography: CSL where it is a list of items (or ``references``), else Hayagriva."""
    return csl.listing_yaml(path, data) if is_csl_yaml(path, data) else hayagriva.listing(path, data)


def is_csl_yaml(path: str, data: bytes) -> bool:
    """Whether a YAML bibliography holds a list, as CSL has it, rather than entries by key, as Hayagriva has them."""
    return re.search(r"^(?:references:|-\s|\[)", decode(path, data)[0][:20000], re.MULTILINE) is not None


def read_yaml(path: str, data: bytes) -> Document:
    """A YAML bibliography audited on its own."""
    return alone(listing_yaml(path, data), "csl-yaml" if is_csl_yaml(path, data) else "hayagriva")


NOTHING: Mapping[str, bytes] = {}
ABOVE = ("..", "../..", "../../..")
"""Folders above a manuscript from which a project may be built; what lies outside of it is never opened."""

TAKEN = "no bibliography is named: {} beside the text has its keys and is used"
_MOST_BESIDE = 8  # databases of a folder that are looked into for the keys of a text that names none

LISTINGS: dict[str, Callable[[str, bytes], Listing]] = {
    ".bib": bibtex.listing,
    ".bibtex": bibtex.listing,
    ".biblatex": bibtex.listing,
    ".json": csl.listing_json,
    ".yaml": listing_yaml,
    ".yml": listing_yaml,
    ".ris": ris.listing,
    ".nbib": ris.listing_nbib,
    ".xml": endnote.listing,
}
"""Bibliography formats by suffix."""


def load(names: Sequence[str], files: Files, *, folders: Sequence[str] = (), given: Mapping[str, bytes] = NOTHING) -> Found:
    """Read the named files, each once; a name without suffix means .bib. ``folders`` says where each name also may start.

    What is nowhere there is looked for in the folders above, where a project is built from its top. ``given`` holds files
    that the manuscript itself contains.
    """
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
        for inside in dict.fromkeys(("", folders[number] if number < len(folders) else "", *ABOVE)):
            try:
                shown, data = (full, given[full]) if full in given else files.read(full, inside=inside)
                listings.append(files.once(shown, data, LISTINGS[PurePosixPath(full).suffix.lower()]))
                break
            except InputError as error:
                reason = reason or str(error)
        else:
            unread.append((full, f"the bibliography {reason}"))
    listings.extend(given_by_user(files, [listing.path for listing in listings]))
    return Found(tuple(_together(listings, files, whole=not unread)), tuple(unread))


def _together(listings: Sequence[Listing], files: Files, *, whole: bool) -> Sequence[Listing]:
    """The listings with what they lend each other, made once for all pages of a work."""
    offered = frozenset().union(*(listing.offered for listing in listings if any(one.wanted for one in listings)))
    if not any(listing.orphans or listing.wanted & offered for listing in listings):
        return listings
    name = "\n".join((str(whole), *(listing.path for listing in listings)))
    texts = "\0".join(listing.text for listing in listings).encode(errors="surrogatepass")
    return files.once(name, texts, lambda _name, _data: bibtex.together(listings, whole=whole))


def beside(keys: Collection[str | None], files: Files, folders: Sequence[str] = ("",)) -> str:
    """The one database in the first of ``folders`` that has one with most of the cited keys, "" when none has.

    Nothing is guessed where the user names bibliographies.
    """
    for folder in folders if keys and not files.bibliographies else ():
        fitting = []
        for name in files.names(folder, ".bib")[:_MOST_BESIDE]:
            place = posixpath.join(folder, name)
            known = {entry.key for listing in load([place], files).listings for entry in listing.references}
            found = len(known.intersection(keys))
            if 2 * found >= len(keys):
                fitting.append((found, place))
        if fitting:
            return max(fitting)[1]
    return ""


def given_by_user(files: Files, known: Collection[str] = ()) -> list[Listing]:
    """The bibliographies that the user names, without those of the paths ``known``. Raises InputError for another kind of file."""
    found: list[Listing] = []
    for name, data in files.bibliographies:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in LISTINGS:
            raise InputError(f"{name}: is no bibliography file ({', '.join(LISTINGS)})")
        if posixpath.normpath(name) not in map(posixpath.normpath, known):
            found.append(files.once(name, data, LISTINGS[suffix]))
    return found


def with_given(document: Document, files: Files) -> Document:
    """The document with the bibliographies that the user names: its list, where it has none, else more of it."""
    listings = given_by_user(files, [source.path for source in document.sources])
    writer = Writer.continuing(document)
    sources = list(document.sources)
    references = list(document.references)
    for listing in listings:
        references.extend(append(writer, sources, listing, shared=True))
    return replace(
        document,
        text=writer.text,
        sources=tuple(sources),
        pieces=tuple(writer.pieces) or document.pieces,
        blocks=document.blocks + tuple(writer.blocks),
        problems=(*document.problems, *(problem for listing in listings for problem in listing.problems)),
        references=tuple(references),
        list_given=True,
        list_unread=(),
    )
