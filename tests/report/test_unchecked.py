"""What was not looked up, counted and said."""

from __future__ import annotations

import pytest

from refaudit.model import FileReport, Report
from refaudit.report.unchecked import consequence, told, unchecked


def report(*counts: dict[str, int], **options: object) -> Report:
    files = tuple(FileReport(path="a.md", counts=one) for one in counts)
    return Report(schema=1, tool="refaudit", version="0", options=options, files=files)


@pytest.mark.parametrize(
    ("counts", "options", "numbers", "said"),
    [
        ([{"off": 12}], {"offline": True}, (12, 12), "12 of 12 references were not looked up (offline): it was not checked whether "
         "these works exist, agree with their entries, or have been retracted."),
        ([{"off": 2}], {"offline": True, "retractions": True}, (2, 2), "2 of 2 references were not looked up (offline): it was not "
         "checked whether these works exist or agree with their entries."),
        ([{"unavailable": 1, "checked": 3, "not_covered": 2}, {}], {"offline": False}, (1, 6), "1 of 6 references was not looked up: "
         "it was not checked whether this work exists, agrees with its entry, or has been retracted."),
        ([{"off": 1}, {"unavailable": 1}], {}, (2, 2), "2 of 2 references were not looked up: it was not checked whether these works "
         "exist, agree with their entries, or have been retracted."),
        ([{"checked": 3, "not_covered": 2}], {"offline": True}, (0, 5), ""),
        ([{}], {"offline": True}, (0, 0), ""),
    ],
)  # fmt: skip
def test_counted_and_said(counts, options, numbers, said):
    made = report(*counts, **options)
    assert unchecked(made.files) == numbers
    assert told(made.files) == said.partition(":")[0].replace(" (offline)", "")
    assert consequence(made, made.files) == said
