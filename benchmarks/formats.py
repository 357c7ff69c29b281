"""Accuracy per format: the labelled manuscripts in their other forms, against the same gold.

    python -m benchmarks.formats [tex md docx xml pdf html txt]

Prints link, detection and segmentation figures per format; needs the measuring data (see benchmarks.shared).
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.corpora import predict, scorer
from benchmarks.shared import ABSENT, shared
from refaudit.parse import parse
from refaudit.readers import read


def main(formats: list[str], temporary: Path) -> None:
    """Score every manuscript that has one of the forms."""
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    score = scorer(folder)
    manuscripts = folder / "corpora" / "manuscripts"
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(manuscripts.glob("*.gold.json"))]
    for form in formats:
        chosen, predictions = [], []
        seconds = 0.0
        for gold in golds:
            path = manuscripts / f"{gold['id']}.{form}"
            if not path.exists() or (form == "md" and gold["citation_style"] != "pandoc-key"):
                continue
            begin = time.perf_counter()
            prediction = predict(_comparable(path, temporary), offsets=form in ("tex", "md", "txt"))
            seconds += time.perf_counter() - begin
            if form in ("docx", "xml", "pdf", "html"):
                _without_prefixes(prediction, _comparable(path, temporary))
            chosen.append(gold)
            predictions.append({"id": gold["id"], **prediction})
        if not chosen:
            continue
        print(f"\n{form}: {len(chosen)} documents, {seconds / len(chosen):.2f} s each")
        for gold, prediction in zip(chosen, predictions, strict=True):
            print(f"  {gold['id']:<20} {_line(_report(score, [gold], [prediction]))}")
        print(f"  {'all':<20} {_line(_report(score, chosen, predictions))}")


def _report(score: ModuleType, golds: list[dict[str, Any]], predictions: list[dict[str, Any]]) -> dict[str, Any]:
    """The scorer's figures; where the gold has the publisher's identifiers of the entries (JATS), those pair them for the links.

    The text of such an entry is put together by us and by the makers of the gold each in a manner of their own.
    """
    report: dict[str, Any] = score.score_manuscripts(golds, predictions)["all"]
    if any(one.get("xml_id") for gold in golds for one in gold["references"]) and any(
        one.get("key") for p in predictions for one in p["references"]
    ):
        keyed = [gold | {"references": [one | {"key": one.get("xml_id")} for one in gold["references"]]} for gold in golds]
        by_key = score.score_manuscripts(keyed, predictions)["all"]
        report |= {name: by_key[name] for name in by_key if name.startswith("citation_")}
    return report


_FLOATS = re.compile(rb"<(table-wrap|fig-group|fig|boxed-text|supplementary-material)[\s>].*?</\1>", re.DOTALL)


def _comparable(path: Path, temporary: Path) -> Path:
    """The file, of JATS a copy without tables and figures, whose citations the gold does not have."""
    if path.suffix != ".xml":
        return path
    copy = temporary / path.name
    copy.write_bytes(_FLOATS.sub(b"", path.read_bytes()))
    return copy


def _without_prefixes(prediction: dict[str, Any], path: Path) -> None:
    """Cut "see", "e.g." and the like off the texts: without offsets the scorer finds a citation only by the gold's text."""
    document = read(path.name, path.read_bytes())
    for shown, citation in zip(prediction["citations"], parse(document).citations, strict=True):
        start, end = min(item.span.start for item in citation.items), max(item.span.end for item in citation.items)
        shown["text"] = document.text[start:end]


def _line(report: dict[str, list[float]]) -> str:
    names = {
        "detection": "citation_detection",
        "bounds": "citation_boundaries_iou50",
        "links": "citation_links",
        "segments": "reference_segmentation_lev80",
        "exact": "reference_segmentation_exact",
    }
    return "  ".join(f"{short} {report[name][2]:.3f}" for short, name in names.items())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary_:
        main(sys.argv[1:] or ["tex", "md", "docx", "xml", "pdf"], Path(temporary_))
