"""Leaves one source out at a time.

``python -m references.training.evaluate --rendered FILE --crossref DIR --corpora DIR --models DIR``

Each labelled set is scored by a model that was trained neither on it, nor on any reference that shares a title with
it, nor on its citation styles. ``--together`` leaves all sets named out at once: a model that has seen nothing of
those publishers. Models stay in ``--models`` and are not trained again.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.fields import as_fields, line, score, scorer
from refaudit.parse.fields.model import load
from references.training import train


def main() -> None:
    """Train, score, print one line a set and one for all."""
    parser = train.arguments(__doc__ or "")
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["csl-rendered", "jats-typeset", "scielo", "linkedbooks"])
    parser.add_argument("--together", action="store_true")
    options = parser.parse_args()
    options.models.mkdir(parents=True, exist_ok=True)
    rules = scorer(options.corpora.parents[1])
    pooled = rules.Fields()
    seconds = count = 0.0
    for name in options.sets:
        leave_out = options.sets if options.together else [name]
        path = options.models / f"without-{'-'.join(leave_out) if len(leave_out) < 2 else 'all-named'}.npz"
        if not path.exists():
            train.run(options, leave_out, path)
        source = options.corpora / f"{name}.jsonl"
        counters, taken, read = score(source, load(str(path)), rules)
        print(line(name, counters, rules, len(read) / taken), flush=True)
        for entry, reference in zip(rules.lines(source), read, strict=True):
            pooled.add(entry["fields"], as_fields(reference))
        seconds, count = seconds + taken, count + len(read)
    print(line("all", pooled, rules, count / seconds))


if __name__ == "__main__":
    main()
