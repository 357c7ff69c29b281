"""Any damage to a good file of any reader: it is read with every place inside its text, or refused in one line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import TARGETS, examine
from refaudit.readers import READERS

# A PDF is read by a process of its own, too slow for this; its pages have their properties in tests/readers/pdf.
TOLD = {name: target for name, target in TARGETS.items() if target.format in READERS and target.format != "pdf"}


def test_every_reader_is_here():
    assert set(READERS) - {target.format for target in TOLD.values()} == {
        "pdf",
        "context",
        "hayagriva",
    }  # Hayagriva's are told by content: "yaml"


@settings(deadline=None, max_examples=150, derandomize=True)
@given(data=st.data())
def test_any_damage_to_any_file(data: st.DataObject):
    target = TOLD[data.draw(st.sampled_from(sorted(TOLD)))]
    content = data.draw(st.sampled_from(target.seeds))
    tokens = st.sampled_from([token.encode() for token in target.tokens]) if target.tokens else st.nothing()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 40)))
        content = content[:start] + data.draw(tokens | st.binary(max_size=6)) * data.draw(st.integers(1, 9)) + content[end:]
    assert examine(target, content, turn=1) in ("read", "refused")
