"""A few damaged files for each reader, always the same ones; ``python -m benchmarks fuzz`` makes thousands."""

from random import Random

import pytest

from benchmarks import fuzz
from benchmarks.fuzz import TARGETS
from benchmarks.fuzz_mutate import mutate


@pytest.mark.parametrize("name", TARGETS)
def test_good_files_are_read(name: str):
    target = TARGETS[name]
    assert [fuzz.examine(target, data) for data in target.seeds if name != "guess"] == ["read"] * len(target.seeds) * (
        name != "guess"
    )


@pytest.mark.parametrize("name", [name for name in TARGETS if name != "pdf"])
def test_damaged_files_are_read_or_refused_in_one_line(name: str):
    target, rng = TARGETS[name], Random(name)
    for turn in range(9):
        data = mutate(rng.choice(target.seeds), target, rng) if target.seeds else rng.randbytes(8)
        assert fuzz.examine(target, data, turn=turn) in ("read", "refused")


def test_a_crasher_is_found_and_made_smaller(tmp_path, monkeypatch):
    def examine(target, data, *, turn=0):
        if b"@string" in data:
            raise ValueError("no")
        return "read"

    monkeypatch.setattr(fuzz, "examine", examine)
    run = fuzz.Run("bibtex", tmp_path)
    run.one(b"@book{a}")
    run.one(b"@book{a}" * 50 + b"@string{a}" + b"@book{b}" * 50)
    run.one(b"@string again")
    assert [kind.split(" in ")[0] for kind in run.kinds] == ["ValueError"]
    assert (tmp_path / "bibtex-1-crasher.bib").read_bytes() == b"@string"
