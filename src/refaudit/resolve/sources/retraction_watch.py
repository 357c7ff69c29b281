"""A local list of retractions: Retraction Watch as Crossref distributes it, or a table of DOIs.

Columns are known by their header: ``doi``/``OriginalPaperDOI``, ``nature``/``RetractionNature``, ``notice_doi``/
``RetractionDOI``, ``notice_date``/``RetractionDate``. Comma- or tab-separated, gzip or not.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import re
import zlib
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from refaudit import regular_file
from refaudit.errors import InputError
from refaudit.model import Update
from refaudit.resolve.sources.record import fold_kind

SOURCE = "Retraction Watch file"
LARGEST = 256 << 20
"""Bytes of a list, packed and unpacked; Retraction Watch has some 60 MB."""
_ROWS = 1_000_000
_LONGEST_LINE = 1 << 20
_COLUMNS = {
    "doi": ("doi", "originalpaperdoi"),
    "nature": ("nature", "retractionnature"),
    "notice": ("notice_doi", "retractiondoi"),
    "date": ("notice_date", "retractiondate"),
}


def load(path: str | Path) -> Mapping[str, tuple[Update, ...]]:
    """Notices by (lower-case) DOI of the work they are about. Raises InputError for a file that is no such list."""
    found: dict[str, list[Update]] = {}
    try:
        with regular_file.opened(path, "the list of retractions", LARGEST) as raw, _unpacked(raw) as stream:
            text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
            first = text.readline(_LONGEST_LINE)
            rows = csv.reader(
                chain((first,), iter(lambda: text.readline(_LONGEST_LINE), "")), delimiter="\t" if "\t" in first else ","
            )
            header = [name.strip().lower() for name in next(rows, [])]
            columns = {
                key: next((header.index(name) for name in names if name in header), None) for key, names in _COLUMNS.items()
            }
            at = columns["doi"]
            if at is None:
                raise InputError(f"{path}: no column 'doi' or 'OriginalPaperDOI'; the first line must name the columns")
            for number, row in enumerate(rows):
                doi = row[at].strip().lower() if at < len(row) else ""
                if number == _ROWS or stream.tell() > LARGEST:
                    raise InputError(f"{path}: a list of more than {_ROWS:,} retractions, or {LARGEST >> 20} MB; it is not read")
                if doi.startswith("10."):
                    found.setdefault(doi, []).extend(_updates(row, columns))
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: the list of retractions cannot be read ({error})") from error
    except csv.Error as error:
        raise InputError(f"{path}: not a table of comma- or tab-separated values ({error})") from error
    return {doi: tuple(updates) for doi, updates in found.items()}


def _unpacked(raw: BinaryIO) -> BinaryIO:
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    return cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw


def _updates(row: list[str], columns: Mapping[str, int | None]) -> list[Update]:
    def cell(key: str) -> str:
        at = columns[key]
        return row[at].strip() if at is not None and at < len(row) else ""

    notice = cell("notice").lower()
    return [
        Update(kind=fold_kind(nature), doi=notice if notice.startswith("10.") else "", date=_date(cell("date")), source=SOURCE)
        for nature in (cell("nature") or "retraction").split(";")
        if nature.strip()
    ]


def _date(text: str) -> str:
    """ISO dates as they are, and the American dates of Crossref's file ("5/22/2020 0:00")."""
    american = re.match(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    if american:
        try:
            return datetime.date(int(american[3]), int(american[1]), int(american[2])).isoformat()
        except ValueError:
            return ""
    iso = re.match(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", text)
    return iso[0] if iso else ""
