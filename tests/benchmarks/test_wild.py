"""The counts pinned for documents that people wrote, and what counts as worse."""

from pathlib import Path

import pytest

from benchmarks import cases, wild
from benchmarks.shared import companion, program


def test_less_true_or_more_false_is_worse_and_the_rest_is_not() -> None:
    """Totals decide, over the documents that both hold; columns: true told, true lost, false told, new, items and entries read."""
    read = (0, 0)
    before = {"a": (3, 0, 5, 0, *read), "b": (1, 0, 0, 0, *read), "gone": (9, 0, 9, 0, *read)}

    def worse(a: tuple[int, ...], b: tuple[int, ...]) -> list[str]:
        return wild.regressions(before, {"a": (*a, *read), "b": (*b, *read), "added": (0, 7, 7, 7, *read)})

    assert worse((3, 0, 5, 4), (1, 0, 0, 0)) == []
    assert worse((2, 1, 5, 0), (2, 0, 0, 0)) == []
    assert worse((2, 1, 5, 0), (1, 0, 0, 0)) == ["true findings told: 4 were, 3 are"]
    assert worse((3, 0, 5, 0), (1, 0, 1, 0)) == ["false findings told: 5 were, 6 are"]


def test_a_document_that_is_no_longer_read_is_worse_though_its_false_findings_are_gone() -> None:
    """Below nine tenths of the items or entries of a document, whatever the others gained."""
    before = {"a": (0, 0, 5, 0, 100, 10), "b": (0, 0, 0, 0, 100, 10)}
    assert wild.regressions(before, {"a": (0, 0, 0, 0, 90, 9), "b": (0, 0, 0, 0, 900, 90)}) == []
    assert wild.regressions(before, {"a": (0, 0, 0, 0, 89, 8), "b": (0, 0, 0, 0, 900, 90)}) == [
        "a: 100 items were read, 89 are",
        "a: 10 references were read, 8 are",
    ]


def test_a_case_that_passed_and_fails_is_worse() -> None:
    """A new case and one that failed before are not."""
    assert cases.regressions({"one": "pass", "two": "fail", "three": "pass"}, {"one": "fail", "two": "fail", "four": "fail"}) == [
        "one"
    ]


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [(1.0, "0.9-1"), (0.9, "0.9-1"), (0.899, "0.8-0.9"), (0.65, "0.65-0.8"), (0.649, "0.5-0.65"), (0.49, "below")],
)
def test_bands_of_confidence(confidence: float, expected: str) -> None:
    """A band holds its lower edge."""
    assert wild.band(confidence) == expected


def test_what_is_pinned_is_what_the_data_hold(shared: Path) -> None:
    """Every document and every case of the data has its line, and no other has."""
    score, check = companion(shared / "wild/score_wild.py"), companion(shared / "cases/check_cases.py")
    assert set(wild.pinned()) == {doc["id"] for doc in score.read_table(shared / "wild")}
    assert set(cases.pinned()) == {case["name"] for case in check.load(shared / "cases/dev", "")}


def test_cases_that_ask_no_registry_pass_as_pinned(shared: Path) -> None:
    """No case that passed fails; those with a registry run in ``python -m benchmarks cases``."""
    check = companion(shared / "cases/check_cases.py")
    chosen = [case for case in check.load(shared / "cases/dev", "") if not case["expect"]["run"].get("registry")]
    results = check.run_all(chosen, str(program()), shared / "crossref/standin.py", 1)
    differs = {case["name"]: check.compare(case["expect"], results[case["name"]]) for case in chosen}
    now = {name: "fail" if what else "pass" for name, what in differs.items()}
    assert {name: differs[name] for name in cases.regressions(cases.pinned(), now)} == {}


def test_judged_findings_are_labels_of_one_finding_each() -> None:
    rows = wild.judged()
    assert {row["verdict"] for row in rows} <= {"true", "false", "debatable"}
    assert all(row["fingerprint"] and row["code"] and row["cause"] for row in rows)
    prints = [(row["doc"], row["code"], row["fingerprint"]) for row in rows]
    assert len(set(prints)) == len(prints) > 0
