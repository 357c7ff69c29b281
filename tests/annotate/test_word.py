"""Comments in a Word file: at their words, beside what was there, and nothing else changed."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from refaudit.annotate import annotated, word
from refaudit.annotate.comments import Comment, comments
from refaudit.cli import main
from refaudit.errors import ConfigError
from refaudit.model import Evidence, FileReport, Finding, Level, Location, Report, Span
from refaudit.readers import read
from tests.readers.show import zipped

DAY = "2026-01-15"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
REMARK = f'<w:comments {W}><w:comment w:id="4" w:author="Ada"><w:p><w:r><w:t>Nice.</w:t></w:r></w:p></w:comment></w:comments>'
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId3" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>'
)


def paper(body: str, **parts: str) -> bytes:
    return zipped(
        **{
            "[Content_Types]_dot_xml": TYPES,
            "word__document_dot_xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
            "docProps__thumbnail_dot_txt": "kept as it is",
        },
        **parts,
    )


def file(data: bytes) -> FileReport:
    return FileReport(path="a.docx", format="docx", document=read("a.docx", data))


def marked(data: bytes, *about: str | None, notes: tuple[str, ...] = ()) -> dict[str, str]:
    """The parts of the file with a comment about each of the words, in a short form; None is about the whole file."""
    document = file(data).document
    assert document is not None
    spans = [None if words is None else Span(at := document.text.index(words), at + len(words)) for words in about]
    given = [
        Comment(span=span, paragraphs=(f"about {words}",), note=dict(enumerate(notes)).get(n, ""))
        for n, (span, words) in enumerate(zip(spans, about, strict=True))
    ]
    return members(word.annotate(file(data), data, given, DAY))


def members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name: whole.read(name).decode() for name in whole.namelist()}


def short(xml: str) -> str:
    """The body of a document without what the eye does not need: declarations, "w:", and the words of our marks."""
    body = re.sub(r' xmlns:\w+="[^"]*"', "", xml[xml.index("<w:body>") + 8 : xml.index("</w:body>")])
    body = body.replace(' xml:space="preserve"', "").replace("<w:", "<").replace("</w:", "</").replace(" w:", " ")
    body = re.sub(r'<commentRangeStart id="(\d+)"/>', r"{\1 ", body)
    body = re.sub(r'<commentRangeEnd id="(\d+)"/>', r" \1}", body)
    return re.sub(r'<r><commentReference id="(\d+)"/></r>', r"#\1", body)


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ("<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>", "Rain fell.", "<p>{0 <r><t>Rain fell.</t></r> 0}#0</p>"),
        (
            '<w:p><w:r w:rsidR="1"><w:rPr><w:b/></w:rPr><w:t>Rain fell long.</w:t></w:r></w:p>',
            "fell",
            '<p><r rsidR="1"><rPr><b/></rPr><t>Rain </t></r>{0 <r rsidR="1"><rPr><b/></rPr><t>fell</t></r> 0}#0'
            '<r rsidR="1"><rPr><b/></rPr><t> long.</t></r></p>',
        ),
        (
            "<w:p><w:r><w:t>Ra</w:t></w:r><w:ins><w:r><w:t>in fe</w:t></w:r></w:ins><w:r><w:t>ll long.</w:t></w:r></w:p>",
            "ain fell",
            "<p><r><t>R</t></r>{0 <r><t>a</t></r><ins><r><t>in fe</t></r></ins><r><t>ll</t></r> 0}#0<r><t> long.</t></r></p>",
        ),
        (
            "<w:p><w:r><w:t>Rain</w:t><w:tab/><w:t>fell</w:t><w:br/><w:t>long</w:t></w:r></w:p>",
            "fell",
            "<p><r><t>Rain</t><tab/></r>{0 <r><t>fell</t></r> 0}#0<r><br/><t>long</t></r></p>",
        ),
        (
            "<w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p><w:r><w:t>Two.</w:t></w:r></w:p>",
            "One.\n\nTwo",
            "<p>{0 <r><t>One.</t></r></p><p><r><t>Two</t></r> 0}#0<r><t>.</t></r></p>",
        ),
        (
            "<w:p><w:r><w:t>Deep.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>",
            "Abel 2018",
            '<p><r><t>Deep.</t></r>{0 <r><footnoteReference id="2"/></r> 0}#0</p>',
        ),
        (
            "<w:p><w:r><w:t>Box</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>inside it</w:t></w:r></w:p></w:txbxContent>"
            "</w:pict></w:r></w:p>",
            "inside",
            "<p><r><t>Box</t></r>{0 <r><pict><txbxContent><p><r><t>inside it</t></r></p></txbxContent></pict></r> 0}#0</p>",
        ),
    ],
)
def test_marks_stand_at_their_words(body: str, words: str, expected: str) -> None:
    notes = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>See Abel 2018.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    data = paper(body, word__footnotes_dot_xml=notes)
    after = marked(data, words)
    assert short(after["word/document.xml"]) == expected
    rewritten = read("a.docx", word.annotate(file(data), data, [Comment(span=Span(0, 1), paragraphs=("x",))], DAY))
    assert rewritten.text == read("a.docx", data).text


def test_marks_of_several_comments_nest_and_the_file_as_a_whole_has_its_first_words() -> None:
    data = paper("<w:p><w:r><w:t>Rain fell long.</w:t></w:r></w:p>")
    assert short(marked(data, None, "Rain fell", "fell", "fell long", " long")["word/document.xml"]) == (
        "<p>{0 {1 <r><t>Rain </t></r>{2 {3 <r><t>fell</t></r> 1} 2}#1#2{4 <r><t> long</t></r> 3} 4}#3#4<r><t>.</t></r> 0}#0</p>"
    )


def test_the_comments_follow_those_that_are_there_and_the_rest_is_kept() -> None:
    data = paper(
        "<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>",
        word__comments_dot_xml=REMARK,
        word___rels__document_dot_xml_dot_rels=RELATION,
    )
    before, after = members(data), marked(data, "Rain")
    assert {name for name in after if before.get(name) != after[name]} == {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }
    assert re.findall(r'w:id="(\d+)" w:author="(\w+)"', after["word/comments.xml"]) == [("4", "Ada"), ("5", "refaudit")]
    assert 'w:initials="ra" w:date="2026-01-15T00:00:00Z"' in after["word/comments.xml"]
    assert after["word/_rels/document.xml.rels"].count("<Relationship ") == 1


def test_new_parts_are_announced_and_a_note_of_the_review_is_a_reply() -> None:
    after = marked(paper("<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>"), "Rain", "fell", notes=("", "Ada will ask"))
    assert short(after["word/document.xml"]) == (
        "<p>{0 <r><t>Rain</t></r> 0}#0<r><t> </t></r>{1 {2 <r><t>fell</t></r> 1} 2}#1#2<r><t>.</t></r></p>"
    )
    assert re.findall(r">([^<>]+)</w:t>", after["word/comments.xml"]) == ["about Rain", "about fell", "Ada will ask"]
    own = re.findall(r'w14:paraId="(\w+)"', after["word/comments.xml"])
    assert re.findall(
        r'<w15:commentEx [^>]*?paraId="(\w+)"(?: w15:paraIdParent="(\w+)")?', after["word/commentsExtended.xml"]
    ) == [
        (own[1], ""),
        (own[2], own[1]),
    ]
    assert re.findall(r'PartName="([^"]+)"', after["[Content_Types].xml"]) == ["/word/comments.xml", "/word/commentsExtended.xml"]
    assert re.findall(r'Target="([^"]+)"', after["word/_rels/document.xml.rels"]) == ["comments.xml", "commentsExtended.xml"]


def test_without_comments_the_file_is_the_same_and_a_changed_one_is_refused() -> None:
    data = paper("<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>")
    assert word.annotate(file(data), data, (), DAY) == data
    with pytest.raises(ConfigError, match="changed while it was audited"):
        word.annotate(file(data), paper("<w:p/>"), [Comment(span=None, paragraphs=("x",))], DAY)


def test_what_a_comment_says() -> None:
    finding = Finding(
        code="MET053",
        name="year-differs",
        level=Level.WARNING,
        confidence=0.9,
        message="[1]: the year\x1b differs.",
        location=Location(path="a.docx", start=0, end=4),
        span=Span(0, 4),
        evidence=(
            Evidence(field="year", cited="2018", registered="2019", source="Crossref", url="https://doi.org/10.1/x"),
            Evidence(field="search", cited="", registered="", url="https://search.example"),
        ),
        advice="Correct the year.\n\nMore about years.",
        fingerprint="f",
    )
    data = paper("<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>")
    assert comments(file(data), [finding], {("MET053", "f"): "ask\nher"}) == (
        Comment(
            span=Span(0, 4),
            paragraphs=(
                "[1]: the year\\x1b differs.",
                "year – here: 2018; Crossref: 2019 (https://doi.org/10.1/x)",
                "Correct the year.",
                "MET053 year-differs",
            ),
            note="ask her",
        ),
    )


def report(*files: FileReport) -> Report:
    return Report(schema=1, tool="refaudit", version="0", options={}, files=files)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ((), "-f docx: writes comments into one file, and 0 were audited; name one Word file"),
        ((FileReport(path="a.md", format="markdown"),), "-f docx: a.md is no Word file (.docx) that could be read"),
        (
            (FileReport(path="a.docx", format="docx", error="damaged"),),
            "-f docx: a.docx is no Word file (.docx) that could be read",
        ),
    ],
)
def test_only_one_word_file_can_be_handed_back(files: tuple[FileReport, ...], message: str) -> None:
    with pytest.raises(ConfigError, match="^" + re.escape(message) + "$"):
        annotated(report(*files), "docx", {}, {}, DAY)


def test_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = ["Rain falls (Lopez, 2019) and snow (Abel, 2018).", "References", "Abel, K. (2018). Snow on hills. Hill Press."]
    (tmp_path / "a.docx").write_bytes(paper("".join(f"<w:p><w:r><w:t>{row}</w:t></w:r></w:p>" for row in rows)))
    arguments = ["audit", "a.docx", "--isolated", "--offline", "--today", DAY, "--exit-zero", "-f"]
    result = CliRunner().invoke(main, [*arguments, "docx:b.docx"])
    assert (result.exit_code, "wrote b.docx" in result.stderr) == (0, True)
    parts = members((tmp_path / "b.docx").read_bytes())
    assert re.sub("<.*?>", "", short(parts["word/document.xml"])).startswith("Rain falls ({0 Lopez, 2019 0}#0) and snow")
    assert re.findall(r">([^<>]+)</w:t>", parts["word/comments.xml"])[-1] == "LNK001 citation-without-reference"
    for wrong, said in (
        ("docx", "write docx:FILE"),
        ("docx:./a.docx", "is the manuscript itself; give the annotated copy another name"),
    ):
        refused = CliRunner().invoke(main, [*arguments, wrong])
        assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr
