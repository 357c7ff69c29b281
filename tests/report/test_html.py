"""The page without a browser: what it holds, what it may do, and that every text in it is only text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from refaudit.model import Block, BlockKind, Document, FileReport, Piece, Source, Span
from refaudit.report.html import island, render
from refaudit.report.html.text import paragraphs
from refaudit.report.html.view import page
from tests.report import sample

STYLE = Path(__file__).resolve().parents[2] / "src" / "refaudit" / "report" / "html" / "style.css"


def parsed(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def test_the_policy_allows_what_the_page_brings_and_nothing_else():
    text = render(sample.report())
    root = parsed(text)
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    hashes = [
        "'sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() + "'"
        for body in (root.xpath("//style")[0].text, root.xpath("//script[not(@type)]")[0].text)
    ]
    assert rules == {
        "default-src": "'none'", "style-src": hashes[0], "script-src": hashes[1], "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip
    assert root.xpath("//*[@style]") == []
    (live,) = parsed(render(sample.report(), live=3)).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert live.endswith("; connect-src 'self'")


def test_nothing_is_fetched_and_links_are_web_addresses_or_places_on_the_page():
    root = parsed(render(sample.report()))
    assert root.xpath("//@src | //link | //img | //iframe | //object | //embed | //form | //base") == []
    assert {re.match(r"#|https?://", href)[0] for href in root.xpath("//a/@href")} == {"#", "https://"}  # type: ignore[index]
    assert all("noopener" in a.get("rel") for a in root.xpath("//a[starts-with(@href, 'http')]"))


def test_no_text_becomes_markup():
    root = parsed(render(sample.report()))
    assert [name for name in root.xpath("//@*/..") for key in name.attrib if key.startswith("on")] == []
    assert len(root.xpath("//script")) == 2
    text = root.text_content()
    assert "</script><img src=x onerror=alert(2)>" in text
    assert not set("\u202e\u2028\x00\x07\x1b") & set(render(sample.report()))


def test_the_island_of_data_ends_where_it_should():
    hostile = ["</script><!--", "\u2028&\u202e"]
    text = island(hostile)
    assert not set("<>&\u2028\u202e") & set(text)
    assert json.loads(text) == hostile


def test_every_id_is_there_once_and_every_place_that_is_linked_exists():
    root = parsed(render(sample.report()))
    ids = Counter(root.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    targets = {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")}
    assert {target for target in targets if target not in ids and not target.startswith("rule-")} == set()


def test_findings_stand_in_the_group_that_says_what_they_ask_for():
    (paper,) = page(sample.report(sample.paper())).papers
    assert {group.id: [card.code for card in group.cards] for group in paper.groups} == {
        "act": ["RET051", "LNK006", "LNK001", "LNK004"],
        "verify": ["MET053"],
        "unchecked": ["AUD051"],
        "suppressed": ["REF007"],
    }
    assert [(why, [entry.id for entry in entries]) for why, entries in paper.unchecked] == [
        ("Crossref did not answer", ["ref-3"]),
        ("books without a DOI", ["ref-4"]),
    ]


def test_an_entry_names_what_is_beside_its_work_and_the_nearest_record():
    entries = page(sample.report(sample.paper())).papers[0].entries
    assert [entry.others for entry in entries] == [
        (("beside the work", "Silt, measured", ""),),
        (("nearest record", "Dredging <b>", "https://doi.org/10.5555/port.9"),),
        (),
        (),
        (),
    ]
    root = parsed(render(sample.report(sample.paper())))
    ties = [tie for tie in root.xpath("//span[@class='tie']") if tie.text_content().startswith(("beside", "nearest"))]
    assert [(tie.text_content(), tie.xpath("a/@href")) for tie in ties] == [
        ("beside the work: Silt, measured", []),
        ("nearest record: Dredging <b>", ["https://doi.org/10.5555/port.9"]),
    ]


def test_empty_groups_say_what_was_not_looked_up():
    clean = replace(sample.paper(), findings=())
    told = [" ".join(p.text_content().split()) for p in parsed(render(sample.report(clean))).xpath("//p[@class='nothing']")]
    assert told == ["Nothing here, but 2 of 5 references were not looked up."] * 2
    notices = [p.text_content() for p in parsed(render(sample.report(clean))).xpath("//p[@class='notice']")]
    assert notices == [
        "2 of 5 references were not looked up: it was not checked whether these works exist, agree with their entries, or have been "
        "retracted.",
        "read as Windows-1252",
    ]
    checked = replace(clean, counts={**clean.counts, "unavailable": 0, "off": 0})
    root = parsed(render(sample.report(checked)))
    assert [p.text_content() for p in root.xpath("//p[@class='nothing']")] == ["Nothing here."] * 2
    assert [p.text_content() for p in root.xpath("//p[@class='notice']")] == ["read as Windows-1252"]


def test_differing_characters_are_marked_and_different_texts_are_not():
    paper = sample.paper()
    row = paper.findings[2].evidence[0]
    alike = replace(paper.findings[2], evidence=(row, replace(row, cited="Silt", registered="Xyz 123")))
    view = page(sample.report(replace(paper, findings=(alike,)))).papers[0].groups[0].cards[0]
    assert [(r.cited, r.registered) for r in view.rows] == [
        ((("Dorn", False),), (("Dorn", False), ("e", True))),
        ((("Silt", False),), (("Xyz 123", False),)),
    ]


def shown(text: str, *blocks: Block) -> list[tuple[str, str]]:
    source = Source(path="a", text=text)
    document = Document(path="a", format="txt", text=text, sources=(source,), pieces=(Piece(0, 0, len(text)),), blocks=blocks)
    file = FileReport(path="a", document=document)
    return [(p.kind, "".join(run.text for piece in p.pieces for run in piece.runs)) for p in paragraphs(file)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.\r\n\r\nThree.", ["One.", "Two.", "Three."]),
        (
            "Converted files break\n\nin the middle, or\n\nhere.\n\nNot here",
            ["Converted files break in the middle, or here.", "Not here"],
        ),
        ("First:\n- a\n- b\n1. c", ["First:", "- a", "- b", "1. c"]),
        ("hard\nwrapped\nlines", ["hard\nwrapped\nlines"]),
        ("\x0c\n\n  \n", []),
    ],
)
def test_text_without_blocks_is_cut_at_blank_lines_and_joined_where_it_goes_on(text: str, expected: list[str]):
    assert [words for _, words in shown(text)] == expected


def test_blocks_keep_their_kind_and_what_lies_between_them_is_not_lost():
    text = "Title\nloose words\ncell"
    blocks = (Block(kind=BlockKind.HEADING, span=Span(0, 5), level=1), Block(kind=BlockKind.TABLE, span=Span(18, 22)))
    assert shown(text, *blocks) == [("heading", "Title"), ("paragraph", "\nloose words\n"), ("table", "cell")]


def test_the_list_stands_beside_the_text_and_not_in_it():
    kinds = [(p.kind, p.place) for p in paragraphs(sample.paper())]
    assert kinds == [("heading", "1"), ("paragraph", "3"), ("heading", "5"), ("paragraph", "7"), ("heading", "9"), ("list", "")]


# ---------------------------------------------------------------- colours


def palettes() -> dict[str, dict[str, tuple[float, float, float]]]:
    css = STYLE.read_text(encoding="utf-8")
    found = {}
    for name, pattern in (
        ("light", r"^:root\{([^}]*)\}"),
        ("dark", r"dark\)\{:root\{([^}]*)\}"),
        ("print", r"print\{\s*:root\{([^}]*)\}"),
    ):
        match = re.search(pattern, css, re.MULTILINE)
        assert match is not None
        colors = {}
        for key, value in re.findall(r"--([a-z-]+):#([0-9a-f]{3,6})\b", match[1]):
            digits = value if len(value) == 6 else "".join(2 * digit for digit in value)
            colors[key] = tuple(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
        found[name] = {**found.get("light", {}), **colors}
    return found  # type: ignore[return-value]


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The contrast ratio of WCAG 2 between two colours (sRGB, 0-1)."""
    bright = [
        sum(
            weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
            for weight, part in zip((0.2126, 0.7152, 0.0722), color, strict=True)
        )
        for color in (one, other)
    ]
    return (max(bright) + 0.05) / (min(bright) + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_contrast_of_text_and_marks(name: str):
    colors = palettes()[name]
    text = [(ink, ground) for ink in ("ink", "soft", "accent", "error", "warning", "note", "ok") for ground in ("paper", "card")]
    text += [("ink", ground) for ground in ("error-bg", "warning-bg", "note-bg", "grey-bg", "on", "diff") if name != "print"]
    text += [("error", "error-bg"), ("warning", "warning-bg"), ("note", "note-bg"), ("card", "accent")]
    low = [(pair, round(contrast(colors[pair[0]], colors[pair[1]]), 2)) for pair in text]
    assert [(pair, ratio) for pair, ratio in low if ratio < 4.5] == []
    marks = [(mark, ground) for mark in ("edge", "error", "warning", "note", "ok") for ground in ("paper", "card")]
    assert [
        (pair, contrast(colors[pair[0]], colors[pair[1]])) for pair in marks if contrast(colors[pair[0]], colors[pair[1]]) < 3
    ] == []


def test_a_card_quotes_the_sentence_that_cites():
    root = parsed(render(replace(sample.report(), files=(sample.paper(),))))
    quoted = {card.get("id"): card.xpath("string(./blockquote)") for card in root.xpath("//article[contains(@class, 'card')]")}
    harbours = "The text says: Harbours silt up (Abel & Braun, 2018; Cole, 2020a)."
    assert [quoted[code] for code in ("RET051-1", "MET053-1", "AUD051-1")] == [harbours, harbours, ""]
