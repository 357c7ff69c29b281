"""The pinned accuracy on the labelled manuscripts: no document may get worse, and none better without saying so."""

from pathlib import Path

from benchmarks.corpora import golds, predict, ratchet, scorer, tallies


def test_every_document_is_read_as_pinned(shared: Path) -> None:
    """Tallies of links and entries equal those of the ratchet file; update it with ``--write`` when they got better."""
    score = scorer(shared)
    folder = shared / "corpora/manuscripts"
    found = {gold["id"]: tallies(score, gold, predict(folder / gold["file"])) for gold in golds(shared, ("txt", "md", "tex"))}
    pinned = ratchet()
    changed = {key: (pinned.get(key), counts) for key, counts in found.items() if pinned.get(key) != counts}
    assert not changed, "pinned, now: python -m benchmarks corpora --write"
    assert set(pinned) == set(found)
