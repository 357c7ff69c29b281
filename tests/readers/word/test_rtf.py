"""RTF: text in its code pages, paragraphs, notes, what is left out, and files made to hurt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.errors import InputError
from refaudit.model import MarkKind
from refaudit.readers import detect_format, read
from tests.counting import grows_linearly
from tests.readers.show import document


def rtf(body: str, head: str = "\\ansi\\ansicpg1252") -> bytes:
    return f"{{\\rtf1{head}{body}}}".encode("latin-1")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Rain\\par falls", "Rain\n\nfalls"),
        ("M\\'fcller \\u8211?\\~x\\emdash y", "Müller –\u00a0x—y"),
        ("\\uc2\\u916 ab\\u1044 abc", "ΔДc"),
        ("\\u55356?\\u57088?", "🌀"),
        ("{\\fonttbl{\\f0\\fcharset204 Times;}{\\f1\\fcharset134 SimSun;}}{\\f0\\'cf\\'e8}{\\f1\\'d3\\'ea}", "Пи雨"),
        ("{\\*\\generator X;}{\\info{\\title T}}{\\pict 00ff}{\\header H}a{\\v hidden}b{\\deleted gone}c", "abc"),
        ("{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt shown}}", "shown"),
        ("a\\bin3 {{{b", "ab"),
        ("a\\{b\\}c\\\\d", "a{b}c\\d"),
        ("one\r\ntwo", "onetwo"),
        ("a\\cell b\\cell\\row c", "a\tb\t\n\nc"),
    ],
)
def test_text(body: str, text: str):
    assert document(rtf(body), "a.rtf").text == text


def test_blocks_marks_and_notes():
    read_ = document(
        rtf(
            "\\pard\\outlinelevel0 Rain\\par\\pard It falls{\\super 1}{\\footnote\\pard {\\super\\chftn} A note\\par of two.} here.\\par"
            "{\\listtext 1.\\tab}One\\par{\\listtext\\'b7\\tab}Two\\par\\pard\\intbl x\\cell y\\cell\\row\\pard End"
        ),
        "a.rtf",
    )
    assert [
        (block.kind.value, block.level, block.label, read_.text[block.span.start : block.span.end]) for block in read_.blocks
    ] == [
        ("heading", 1, "", "Rain"),
        ("paragraph", 0, "", "It falls1 here."),
        ("footnote", 0, "1", "A note of two."),
        ("item", 0, "1.", "1. One"),
        ("item", 0, "·", "Two"),
        ("table", 0, "", "x\ty\t"),
        ("paragraph", 0, "", "End"),
    ]
    assert [(mark.kind, read_.text[mark.span.start : mark.span.end]) for mark in read_.marks] == [(MarkKind.SUPERSCRIPT, "1")]
    places = [read_.locate(block.span) for block in read_.blocks]
    assert [(place.paragraph, place.line) for place in places] == [(number, None) for number in range(1, 8)]


def test_a_manuscript_is_audited():
    body = "Rain falls (Moren 2019). Crusts follow (Lee 2020).\\par References\\par Moren, A. 2019. \\ldblquote Rain.\\rdblquote  Journal of Soils 3: 1-9.\\par"
    report = audit_file("a.rtf", rtf(body), Config())
    assert [(one.code, one.location.paragraph) for one in report.findings if one.confidence >= 0.5] == [("LNK001", 1)]


def test_the_content_shows_the_format():
    assert (detect_format("a.doc", rtf("x")), detect_format("a", rtf("x")), detect_format("a.rtf", b"x")) == ("rtf", "rtf", "txt")
    with pytest.raises(InputError, match="is not RTF"):
        read("a", b"x", input_format="rtf")


PIECES = ["{", "}", "\\par ", "{\\footnote ", "\\'e9", "\\u8211?", "\\uc3 ", "{\\*\\x ", "\\super ", "\\f1 ", "\\bin2 ", "rain ", "\\u55356?", "\\cell", "\\row",
          "{\\listtext 1.}", "\\outlinelevel1 ", "\\", "\\*", "\n", "\\v ", "{\\fonttbl{\\f1\\fcharset134 S;}}"]  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_text_is_read(pieces: list[str]):
    try:
        read_ = read("a.rtf", rtf("".join(pieces)), input_format="rtf")
    except InputError as error:
        assert "\n" not in str(error)
        return
    assert all(0 <= block.span.start < block.span.end <= len(read_.text) for block in read_.blocks)
    assert read_.text.encode("utf-8")


@pytest.mark.parametrize("piece", ["{", "}", "{\\footnote a}", "\\par a", "\\'e9", "{\\listtext 1.}"])
def test_reading_grows_with_the_length(piece: str):
    read("a.rtf", rtf("a" + piece * 5_000))
    assert grows_linearly(lambda times: lambda: read("a.rtf", rtf("a" + piece * times)), 60)
