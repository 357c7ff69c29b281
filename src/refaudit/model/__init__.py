"""The vocabulary: every frozen value that crosses a module border.

Data flows forward only: ``Document`` -> ``Citation`` and ``Reference`` -> ``Link`` -> ``Lookup`` ->
``Finding`` -> ``Report``. This package imports nothing of ours. All offsets (``Span``) count characters of
``Document.text``; ``Document.locate`` turns them into a ``Location`` in the file the user has.
"""

from refaudit.model.document import Block, BlockKind, Document, Mark, MarkKind, Problem
from refaudit.model.findings import SEARCH, Edit, Evidence, Finding, Level, Repair, Suppression
from refaudit.model.links import Citation, CitedItem, Difference, Link, LinkStatus, System
from refaudit.model.places import Location, Piece, Source, Span, Unit
from refaudit.model.records import Candidate, Lookup, LookupStatus, Page, PageStatus, Record, Said, SourceAnswer, Update
from refaudit.model.references import ListStyle, Name, Parsed, Reference, Year
from refaudit.model.report import FileReport, Report

__all__ = [
    "SEARCH",
    "Block",
    "BlockKind",
    "Candidate",
    "Citation",
    "CitedItem",
    "Difference",
    "Document",
    "Edit",
    "Evidence",
    "FileReport",
    "Finding",
    "Level",
    "Link",
    "LinkStatus",
    "ListStyle",
    "Location",
    "Lookup",
    "LookupStatus",
    "Mark",
    "MarkKind",
    "Name",
    "Page",
    "PageStatus",
    "Parsed",
    "Piece",
    "Problem",
    "Record",
    "Reference",
    "Repair",
    "Report",
    "Said",
    "Source",
    "SourceAnswer",
    "Span",
    "Suppression",
    "System",
    "Unit",
    "Update",
    "Year",
]
