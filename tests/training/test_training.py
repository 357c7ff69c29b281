"""The recipe behind the model: labels, noise, gradients, and a small model made, stored and used."""

from __future__ import annotations

import io
import itertools
import random
from pathlib import Path

import numpy as np
import pytest

from refaudit.model import Reference, Span
from refaudit.parse.fields.features import Floats, batch
from refaudit.parse.fields.model import load
from refaudit.parse.fields.reader import read_list
from refaudit.parse.fields.tokens import tokens

pytest.importorskip("faker")
pytest.importorskip("numba")

from references.training import crf, labels, lexicon, rare, render, train
from references.training.facts import Facts, Maker, abbreviated
from references.training.noise import wear
from references.training.templates import make


@pytest.fixture(scope="module")
def facts() -> Facts:
    mud = {"type": "article-journal", "title": "Mud", "container-title": "Soils", "issued": {"date-parts": [[2001]]}}
    people = [
        [{"family": "Okafor", "given": "Lena Maria"}, {"family": "Rossi", "given": "Carlo"}],
        [{"family": "Berg", "given": "Tom"}],
    ]
    cited = [
        {"title": f"Salt marshes after {word}", "journal": f"Journal of {word.title()} Studies", "volume": "4",
         "year": "2001", "page": "5", "issue": "2", "doi": "10.1234/abc"}
        for word in ("storms", "rains", "droughts", "fires")
    ]  # fmt: skip
    return Facts(
        cited=cited,
        works=[dict(mud, author=people[0])],
        people=people,
        titles=[one["title"] for one in cited],
        books=["Handbook of wetlands", "The slow river"],
        journals=[one["journal"] for one in cited] * 12,
        publishers=["Earthscan", "Springer"],
        families=["Okafor", "Rossi", "Berg"],
        givens=["Lena", "Carlo", "Tom"],
    )  # fmt: skip


def test_marks_give_the_exact_places() -> None:
    author, title = (render.LABELS.index(name) for name in ("author", "title"))
    o, c = (lambda i: chr(0xE000 + 2 * i)), (lambda i: chr(0xE001 + 2 * i))
    assert render.read_marks(f"1. {o(author)}Roe, {o(title)}Mud{c(title)}{c(author)}. 2001") == {
        "raw": "1. Roe, Mud. 2001",
        "spans": [[3, 8, "author"], [8, 11, "title"]],
    }
    assert render.read_marks(f"{o(author)}Roe") is None
    assert render.read_marks(f"{o(author)}Roe{c(title)}") is None


def test_a_style_is_rewritten(tmp_path: Path) -> None:
    style = tmp_path / "s.csl"
    style.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><bibliography><sort/><layout><text variable="title" prefix="("/></layout>'
        "</bibliography></style>"
    )
    title = render.LABELS.index("title")
    assert render.rewrite(style) == (
        '<style xmlns="http://purl.org/net/xbiblio/csl"><bibliography><layout><text variable="title" '
        f'prefix="({chr(0xE000 + 2 * title)}" suffix="{chr(0xE001 + 2 * title)}"/></layout></bibliography></style>'
    )
    style.write_text('<style xmlns="http://purl.org/net/xbiblio/csl"><citation/></style>')
    assert render.rewrite(style) is None


def test_labels_of_marks_and_words_between_fields() -> None:
    fields = {"authors_raw": "Roe, R.", "title": "Mud", "container": "Soils", "volume": "4", "page": "5–9", "year": "2001"}
    entry = {"fields": fields, "raw": "[3] Roe, R. (2001). Mud. In Soils, vol. 4, pp. 5-9."}  # fmt: skip
    placed = labels.place(entry)
    assert placed is not None
    found = labels.token_labels(placed)
    assert found is not None
    words, names = found
    assert [(word[0], name) for word, name in zip(words, names, strict=True)] == [
        ("[", "lead"), ("3", "lead"), ("]", "lead"), ("Roe", "author"), (",", "author"), ("R", "author"), (".", "author"),
        ("(", "year"), ("2001", "year"), (")", "year"), (".", "year"), ("Mud", "title"), (".", "title"), ("In", "other"),
        ("Soils", "container"), (",", "container"), ("vol", "volume"), (".", "volume"), ("4", "volume"), (",", "volume"),
        ("pp", "page"), (".", "page"), ("5", "page"), ("-", "page"), ("9", "page"), (".", "page"),
    ]  # fmt: skip


def test_wear_keeps_every_label_on_its_text(facts: Facts) -> None:
    pick = random.Random(3)
    for entry in make(Maker(facts, 5), 200, 5):
        worn = wear(entry, pick)
        for (start, end, label), (s, e, same) in zip(entry["spans"], worn["spans"], strict=True):
            before, after = entry["raw"][start:end], worn["raw"][s:e]
            assert label == same
            assert [char for char in before if char.isalpha()][:1] == [char for char in after if char.isalpha()][
                :1
            ] or label == "url"


def test_rare_kinds_are_labelled_where_they_are_printed(facts: Facts) -> None:
    made = rare.make(Maker(facts, 4), 300, 4)
    assert len(made) == 300
    for entry in made:
        at = 0
        for start, end, label in entry["spans"]:
            assert at <= start < end <= len(entry["raw"])
            assert label in train.LABELS
            at = end


def test_journals_are_cut_short() -> None:
    assert abbreviated("Journal of Nursing Science", dots=True) == "J. Nurs. Sci."
    assert abbreviated("International Review of Soil Mechanics", dots=False) == "Int Rev Soil Mech"


def test_gradients_are_those_of_the_loss() -> None:
    """Against differences of the loss, and the loss against all label sequences."""
    chance = np.random.default_rng(1)
    gold = np.array([2, 0, 0], dtype=np.int32)
    scores = chance.normal(size=(3, 3)).astype(np.float32)
    moves = chance.normal(size=(3, 3)).astype(np.float32)

    def spread() -> tuple[float, Floats, Floats]:
        node, pairs, forward = np.zeros((3, 3), np.float32), np.zeros((3, 3), np.float32), np.zeros((3, 3), np.float32)
        return crf.spread(scores.copy(), gold, moves, np.exp(moves), forward, node, pairs), node, pairs

    def total(path: tuple[int, ...]) -> float:
        return float(sum(scores[i, y] for i, y in enumerate(path)) + sum(moves[a, b] for a, b in itertools.pairwise(path)))

    loss, node, pairs = spread()
    every = [total(path) for path in itertools.product(range(3), repeat=3)]
    assert loss == pytest.approx(float(np.logaddexp.reduce(every)) - total(tuple(gold)), abs=1e-4)
    step = 1e-2
    for array, gradient in ((scores, node), (moves, pairs)):
        for at in ((0, 0), (2, 1), (1, 2)):
            array[at] += step
            up = spread()[0]
            array[at] -= 2 * step
            down = spread()[0]
            array[at] += step
            assert gradient[at] == pytest.approx((up - down) / (2 * step), abs=1e-2)


def test_a_small_model_is_made_and_read_back(facts: Facts, tmp_path: Path) -> None:
    out = tmp_path / "model.npz"
    entries = make(Maker(facts, 7), 300, 7)
    train.train(entries, lexicon.build(facts, least=1), out, epochs=4, rate=0.1, l2=1e-3, drop=0.0, seed=1)
    model = load(io.BytesIO(out.read_bytes()))
    right = total = 0
    for entry in entries[:60]:
        found = labels.token_labels(entry)
        assert found is not None
        group = batch([found[0]])
        scores, _ = model.scores(group)
        best = [model.labels[i] for i in model.decode(scores, group)]
        chance = model.chances(scores, group)
        assert np.allclose(chance.sum(axis=1), 1, atol=1e-4)
        right += sum(a == b for a, b in zip(best, found[1], strict=True))
        total += len(best)
    assert right / total > 0.9
    read = read_list([Reference(id="r", span=Span(0, 1), raw=entries[0]["raw"])], model)[0]
    assert read.title is not None


def test_decoding_together_is_decoding_alone(facts: Facts, tmp_path: Path) -> None:
    from refaudit.parse.fields.model import shipped

    model = shipped()
    entries = [tokens(entry["raw"]) for entry in make(Maker(facts, 9), 40, 9)]
    together = batch(entries)
    scores, _ = model.scores(together)
    best, chance = model.decode(scores, together), model.chances(scores, together)
    for index, entry in enumerate(entries):
        alone = batch([entry])
        own, _ = model.scores(alone)
        span = slice(int(together.first[index]), int(together.first[index + 1]))
        assert np.allclose(own, scores[span], atol=1e-4)
        assert model.decode(own, alone).tolist() == best[span].tolist()
        assert np.allclose(model.chances(own, alone), chance[span], atol=1e-3)
