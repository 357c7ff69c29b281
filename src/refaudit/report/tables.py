"""Tables with pandas: frames for further work, CSV and a workbook that a spreadsheet can open without being fooled."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from refaudit.errors import ConfigError
from refaudit.model import Report
from refaudit.report.escape import visible
from refaudit.report.fixed_timestamps import without_clock
from refaudit.report.json_contract import Json, report_object

if TYPE_CHECKING:
    from pandas import DataFrame

PLACE = ("path", "line", "column", "page", "paragraph", "start", "end")
FINDINGS = (
    "path", "line", "column", "page", "paragraph", "heading", "words", "code", "name", "level", "confidence", "message", "evidence", "advice",
    "context", "citations", "references", "absorbed", "suppressed", "fingerprint", "start", "end",
)  # fmt: skip
CITATIONS = (*PLACE, "id", "system", "text", "item", "surnames", "year", "label", "key", "status", "references")
REFERENCES = (
    *PLACE, "id", "key", "label", "type", "authors", "year", "title", "container", "volume", "issue", "page_range", "publisher",
    "doi", "url", "cited_by", "lookup", "registered_doi", "raw",
)  # fmt: skip
FILES = ("path", "format", "error")
_WHOLE = frozenset({"line", "column", "page", "paragraph", "start", "end", "item"})
_LIMIT = 32_767  # characters that a spreadsheet cell can hold


def _people(names: list[Json]) -> str:
    return "; ".join(n["literal"] if "literal" in n else ", ".join(filter(None, (n["family"], n["given"]))) for n in names)


def _rows(report: Json) -> dict[str, list[Json]]:
    tables: dict[str, list[Json]] = {"findings": [], "citations": [], "references": [], "files": []}
    for file in report["files"]:
        tables["files"].append(
            {"path": file["path"], "format": file.get("format"), "error": file.get("error"), **file.get("counts", {})}
        )
        if "error" in file:
            continue
        for found in file["findings"]:
            evidence = "\n".join(
                f"{row['field']}: cited “{row['cited']}”, registered “{row['registered']}”"
                + (f" ({', '.join(filter(None, (row['source'], row['url'])))})" if row["source"] or row["url"] else "")
                for row in found["evidence"]
            )
            lists = {key: " ".join(found[key]) for key in ("citations", "references", "absorbed")}
            tables["findings"].append({**found, **lists, "evidence": evidence})
        for citation in file["citations"]:
            for number, item in enumerate(citation["items"], 1):
                lists = {"surnames": "; ".join(item["surnames"]), "references": " ".join(item["references"])}
                tables["citations"].append({**citation, **item, **lists, "item": number})
        for entry in file["references"]:
            values = entry["fields"]
            tables["references"].append(
                {
                    **{key: value for key, value in values.items() if isinstance(value, str)},
                    **entry,
                    "authors": _people(values.get("authors", [])),
                    "page_range": values.get("page"),
                    "cited_by": " ".join(entry["cited_by"]),
                    "lookup": entry["lookup"]["status"],
                    "registered_doi": entry["lookup"]["doi"],
                }
            )
    return tables


def _text(value: Any) -> Any:
    """A value as Unicode: the bytes of a file name that are no text are written out, since Arrow's columns hold none."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value


def to_frames(report: Report) -> dict[str, DataFrame]:
    """``findings``, ``citations`` (one row a cited work), ``references`` and ``files`` as data frames, values as read."""
    import pandas as pd

    tables = _rows(report_object(report))
    columns: dict[str, tuple[str, ...]] = {"findings": FINDINGS, "citations": CITATIONS, "references": REFERENCES}
    counts = tuple(dict.fromkeys(key for row in tables["files"] for key in row if key not in FILES))
    columns["files"] = (*FILES, *counts)
    made = {}
    for name, rows in tables.items():
        frame = pd.DataFrame([[_text(row.get(column)) for column in columns[name]] for row in rows], columns=list(columns[name]))
        whole = [column for column in frame.columns if column in _WHOLE or (name == "files" and column in counts)]
        made[name] = frame.astype(dict.fromkeys(whole, "Int64"))
    return made


def _cell(value: Any) -> Any:
    """Text that a spreadsheet takes as text: hidden characters written out, no formula, no cell that is too long."""
    if not isinstance(value, str):
        return value
    text = visible(value)[: _LIMIT - 1]
    return "'" + text if text.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "|", "%")) else text


def _safe(frame: DataFrame) -> DataFrame:
    frame = frame.copy()
    for column in frame.columns:
        if column not in _WHOLE and not str(frame[column].dtype).lower().startswith(("int", "float")):
            frame[column] = frame[column].map(_cell)
    return frame


def csv(report: Report) -> str:
    """The findings, one a row."""
    text: str = _safe(to_frames(report)["findings"]).to_csv(index=False, lineterminator="\r\n")
    return text


def xlsx(report: Report) -> bytes:
    """A workbook with a sheet each for findings, citations, references and files."""
    try:
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise ConfigError("the xlsx format needs openpyxl: pip install 'refaudit-manuscript[xlsx]'") from error
    import pandas as pd

    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        writer.book.properties.creator = report.tool
        for name, frame in to_frames(report).items():
            _safe(frame).to_excel(writer, sheet_name=name, index=False)
            sheet = writer.sheets[name]
            sheet.freeze_panes = "A2"
            sheet.auto_filter.ref = sheet.dimensions
            for number, column in enumerate(frame.columns, 1):
                wide = column in ("message", "evidence", "advice", "context", "raw", "text", "title")
                sheet.column_dimensions[get_column_letter(number)].width = 60 if wide else 14
                sheet.cell(1, number).font = Font(bold=True)
                for row in range(2, len(frame) + 2):
                    sheet.cell(row, number).alignment = Alignment(vertical="top", wrap_text=wide)
    return without_clock(buffer.getvalue())
