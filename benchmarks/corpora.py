"""Citations, links and entries against gold, end to end: nothing is given but the manuscript.

    python -m benchmarks corpora [--forms txt md tex] [--only ID...] [--worst 10] [--classes] [--write]

Reads every labelled manuscript, writes the predictions to ``reports/corpora.jsonl``, calls the scorer that comes with the
data, prints its figures by citation style, language, layout and origin, and shows the worst documents side by side.
``--classes`` counts what goes wrong by class.
``--write`` pins the result in ``benchmarks/corpora.ratchet.tsv``: a test fails for a document that got worse and for one
that got better until the file is updated.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.shared import ABSENT, companion, shared
from refaudit.parse import parse
from refaudit.readers import read
from refaudit.readers.project_files import Files

RATCHET = Path(__file__).with_name("corpora.ratchet.tsv")
GROUPS = ("citation_style", "language", "layout", "reference_origin")
_HEADER = "# document, then right / read / gold of: citation links; entries. Made by: python -m benchmarks corpora --write\n"


def scorer(folder: Path) -> ModuleType:
    """The scorer that comes with the labelled data."""
    return companion(folder / "corpora" / "score.py")


def golds(folder: Path, forms: Sequence[str], only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The gold of the manuscripts whose main file has one of these suffixes."""
    found = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "corpora/manuscripts").glob("*.gold.json"))
    ]
    return [g for g in found if Path(g["file"]).suffix[1:] in forms and (not only or g["id"].startswith(tuple(only)))]


def predict(path: Path, *, offsets: bool = True) -> dict[str, Any]:
    """What we read of one file, in the scorer's form: every entry a citation reaches counts, ambiguous ones included."""
    document = read(path.name, path.read_bytes(), files=Files.beside(path))
    parsed = parse(document)
    reached: dict[str, list[str]] = {}
    for link in parsed.links:
        reached.setdefault(link.citation, []).extend(link.references)
    citations = []
    for citation in parsed.citations:
        one: dict[str, Any] = {"text": citation.text, "refs": sorted(set(reached.get(citation.id, [])))}
        if offsets:
            place = document.locate(citation.span)
            one |= {"start": place.start, "end": place.end}
        citations.append(one)
    cited = {identity for refs in reached.values() for identity in refs}
    references = []
    for reference in parsed.references:
        if reference.cited_only and reference.id not in cited:
            continue
        one = {"id": reference.id, "raw": reference.raw}
        if reference.key:
            one["key"] = reference.key
        place = document.locate(reference.span)
        if offsets and place.path == path.name:
            one |= {"start": place.start, "end": place.end}
        references.append(one)
    return {"citations": citations, "references": references}


def tallies(score: ModuleType, gold: Mapping[str, Any], prediction: Mapping[str, Any]) -> tuple[int, ...]:
    """Right, read and gold counts of links and of entries of one document."""
    doc = score.Doc()
    doc.add(gold, prediction)
    return (doc.link.tp, doc.link.pred, doc.link.gold, doc.seg.tp, doc.seg.pred, doc.seg.gold)


def ratchet() -> dict[str, tuple[int, ...]]:
    """The pinned tallies by document."""
    lines = RATCHET.read_text(encoding="utf-8").splitlines() if RATCHET.exists() else []
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: tuple(int(cell) for cell in row[1:]) for row in rows}


def main(arguments: Sequence[str]) -> None:
    """Score, print, and pin when asked to."""
    options = _options(arguments)
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    score = scorer(folder)
    chosen = golds(folder, options.forms, options.only)
    manuscripts = folder / "corpora/manuscripts"
    predictions = {gold["id"]: predict(manuscripts / gold["file"]) for gold in chosen}
    out = Path(__file__).resolve().parents[1] / "reports" / "corpora.jsonl"
    out.write_text(
        "".join(json.dumps({"id": key} | value, ensure_ascii=False) + "\n" for key, value in predictions.items()),
        encoding="utf-8",
    )
    rows = [{"id": key} | value for key, value in predictions.items()]
    for group in GROUPS:
        for name, report in score.score_manuscripts(chosen, rows, group).items():
            if name == "all" and group != GROUPS[0]:
                continue
            print(f"{group + ' ' + name if name != 'all' else 'all':<52} {report['documents']:>4}  {_figures(report)}")
    counted = {gold["id"]: tallies(score, gold, predictions[gold["id"]]) for gold in chosen}
    for gold in sorted(chosen, key=lambda gold: _lost(counted[gold["id"]]), reverse=True)[: options.worst]:
        _side_by_side(score, gold, predictions[gold["id"]], counted[gold["id"]])
    if options.classes:
        _print_classes(score, chosen, predictions)
    if options.write:
        lines = ["\t".join(map(str, (key, *counts))) for key, counts in sorted(counted.items())]
        RATCHET.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks corpora")
    parser.add_argument("--forms", nargs="*", default=["txt", "md", "tex"])
    parser.add_argument("--only", nargs="*", default=[], help="ids of manuscripts, or beginnings of them")
    parser.add_argument("--worst", type=int, default=10, help="how many of the worst documents are shown")
    parser.add_argument("--classes", action="store_true", help="count what goes wrong by class and citation style")
    parser.add_argument("--write", action="store_true", help="pin the result")
    return parser.parse_args(arguments)


def _print_classes(score: ModuleType, chosen: Sequence[Mapping[str, Any]], predictions: Mapping[str, Mapping[str, Any]]) -> None:
    """A table of the classes of error, most frequent first; superscripts and author-date apart from the rest."""
    columns = ("author-date", "numeric-superscript", "other")
    counts: Counter[tuple[str, str]] = Counter()
    for gold in chosen:
        style = gold["citation_style"] if gold["citation_style"] in columns else "other"
        for what, count in _classes(score, gold, predictions[gold["id"]]).items():
            counts[what, style] += count
    sums = Counter({what: sum(counts[what, column] for column in columns) for what, _ in counts})
    print(f"\n{sums.total()} links and places")
    for what, _ in sums.most_common():
        print(f"{what:<52}" + "".join(f"{counts[what, column]:>8} {column}" for column in columns))


def _classes(score: ModuleType, gold: Mapping[str, Any], prediction: Mapping[str, Any]) -> Counter[str]:
    pairs = score.match_refs(gold["references"], prediction["references"])
    ours = {prediction["references"][j]["id"]: gold["references"][i]["id"] for j, (i, _) in pairs.items()}
    split = set(ours.values())
    counts: Counter[str] = Counter()
    met: set[int] = set()
    for citation in gold["citations"]:
        over = [p for p in prediction["citations"] if p.get("start", 0) < citation["end"] and p.get("end", 0) > citation["start"]]
        met |= {p["start"] for p in over}
        got = {ours.get(ref, "?" + ref) for p in over for ref in p["refs"]}
        counts["reaches one entry too many"] += len(got - set(citation["refs"]))
        for ref in set(citation["refs"]) - got:
            counts[
                "not read as a citation"
                if not over
                else "its entry was not split off"
                if ref not in split
                else "read, another entry or none reached"
            ] += 1
    unknown = [p for p in prediction["citations"] if p.get("start") not in met]
    counts["read where the gold has no citation"] += sum(max(1, len(p["refs"])) for p in unknown)
    return counts


def _figures(report: Mapping[str, Any]) -> str:
    names = {"detection": "citation_detection", "links": "citation_links", "entries": "reference_segmentation_lev80"}
    return "   ".join(f"{short} P {report[n][0]:.3f} R {report[n][1]:.3f} F1 {report[n][2]:.3f}" for short, n in names.items())


def _lost(counts: Sequence[int]) -> int:
    return counts[1] + counts[2] - 2 * counts[0] + counts[4] + counts[5] - 2 * counts[3]


def _side_by_side(score: ModuleType, gold: Mapping[str, Any], prediction: Mapping[str, Any], counts: Sequence[int]) -> None:
    print(f"\n{gold['id']} ({gold['citation_style']}, {gold['layout']}): links {counts[0]} of {counts[2]}, {counts[1]} read; "
          f"entries {counts[3]} of {counts[5]}, {counts[4]} read")  # fmt: skip
    pairs = score.match_refs(gold["references"], prediction["references"])
    ours = {prediction["references"][j]["id"]: gold["references"][i]["id"] for j, (i, _) in pairs.items()}
    shown = 0
    for citation in gold["citations"]:
        over = [p for p in prediction["citations"] if p.get("start", 0) < citation["end"] and p.get("end", 0) > citation["start"]]
        got = {ours.get(ref, "?" + ref) for p in over for ref in p["refs"]}
        if got != set(citation["refs"]) and shown < 8:
            shown += 1
            print(f"  expected {citation['text'][:60]!r} -> {', '.join(citation['refs'])}")
            print(f"  read     {' | '.join(p['text'] for p in over)[:60]!r} -> {', '.join(sorted(got))}")
