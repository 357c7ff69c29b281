"""How well and how fast reference fields are read: ``python -m benchmarks.fields [--model NPZ] [FILE ...]``.

Scores with the scorer that lies beside the labelled files. The model of the package was trained on most of them: figures
that mean something come from ``python -m references.training.evaluate``, which leaves the scored file out.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.shared import ABSENT, shared
from refaudit.model import Name, Reference, Span
from refaudit.parse.fields.model import Model, load, shipped
from refaudit.parse.fields.reader import read_list


def scorer(folder: Path) -> ModuleType:
    """The scoring script of the measuring data."""
    spec = importlib.util.spec_from_file_location("score", folder / "corpora" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(ABSENT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_fields(reference: Reference) -> dict[str, Any]:
    """The fields of a reference in the form of the labelled files."""
    found: dict[str, Any] = {}
    for key, name in (
        ("title", "title"),
        ("container", "container"),
        ("volume", "volume"),
        ("issue", "issue"),
        ("pages", "page"),
        ("doi", "doi"),
        ("url", "url"),
        ("publisher", "publisher"),
        ("type", "type"),
        ("year", "year"),
    ):
        parsed = getattr(reference, key)
        if parsed and parsed.value:
            found[name] = str(parsed.value)
    for key in ("authors", "editors"):
        parsed = getattr(reference, key)
        if parsed and parsed.value:
            found[key] = [_person(name) for name in parsed.value]
    return found


def _person(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    return {"family": name.surname, "given": name.given}


def predict(entries: Sequence[dict[str, Any]], model: Model | None) -> list[Reference]:
    """Every entry read by itself: the labelled sets are no lists of one style."""
    return read_list([Reference(id=e["id"], span=Span(0, len(e["raw"])), raw=e["raw"]) for e in entries], model, one_style=False)


def score(path: Path, model: Model | None, rules: ModuleType) -> tuple[Any, float, list[Reference]]:
    """The scorer's counters for one labelled file, seconds taken, and what was read."""
    entries = rules.lines(path)
    begun = time.perf_counter()
    read = predict(entries, model)
    taken = time.perf_counter() - begun
    counters = rules.Fields()
    for entry, reference in zip(entries, read, strict=True):
        counters.add(entry["fields"], as_fields(reference))
    return counters, taken, read


def line(name: str, counters: Any, rules: ModuleType, speed: float) -> str:
    """One line of figures: soft micro F1, whole references, fields."""
    report = counters.report()
    fields = " ".join(
        f"{key[:6]} {report['fields'][key]['soft'][2]:.3f}" for key in (*rules.MICRO, "publisher", "type", "person")
    )
    micro, whole = report["micro_average"]["soft"][2], report["whole_reference_right"]["soft"]
    return f"{name:<16} micro {micro:.3f}  whole {whole:.3f}  {fields}  n={report['references']} {speed:.0f}/s"


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    rules = scorer(folder)
    begun = time.perf_counter()
    model = load(str(options.model)) if options.model else shipped()
    print(f"model loaded in {1000 * (time.perf_counter() - begun):.0f} ms")
    for path in options.files or sorted((folder / "corpora" / "references").glob("*.jsonl")):
        counters, taken, read = score(path, model, rules)
        print(line(path.stem, counters, rules, len(read) / taken))


if __name__ == "__main__":
    main()
