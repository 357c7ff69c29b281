"""ConTeXt: what cites, which bibliographies are named, projects of several files, what is no text."""

from pathlib import Path

import pytest

from refaudit.cli.inputs import gather
from refaudit.errors import InputError
from refaudit.model import BlockKind, MarkKind
from refaudit.readers.detect_format import detect_format
from tests.readers.show import cited, document, project, source_of, zipped

BIB = "@book{a, title={A}}\n@book{b, title={B}}\n@book{lee:2019, title={C}}\n"


def items(text: str) -> list[tuple[str, list[tuple[str | None, str, str]]]]:
    read = document(f"\\starttext\n{text}\n\\stoptext", "a.mkiv")
    return [(one.text, [(item.key, item.prefix, item.locator) for item in one.items]) for one in read.citations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Rain \cite[a].", [(r"\cite[a]", [("a", "", "")])]),
        (r"Rain \cite[authoryear][a,lee:2019].", [(r"\cite[authoryear][a,lee:2019]", [("a", "", ""), ("lee:2019", "", "")])]),
        (r"Rain \cite[][a].", [(r"\cite[][a]", [("a", "", "")])]),
        (r"Rain \cite [author] [a].", [(r"\cite [author] [a]", [("a", "", "")])]),
        (r"Rain \cite[own::a, own::b].", [(r"\cite[own::a, own::b]", [("a", "", ""), ("b", "", "")])]),
        (r"Rain \cite[num][a,+b].", [(r"\cite[num][a,+b]", [("a", "", ""), ("b", "", "")])]),
        (r"Rain \cite[lefttext={see },righttext={, p.~3}][a,b].",
         [(r"\cite[lefttext={see },righttext={, p.~3}][a,b]", [("a", "see", ""), ("b", "", "p. 3")])]),
        (r"Rain \cite[authoryear,extras={, ch. 2}][a].", [(r"\cite[authoryear,extras={, ch. 2}][a]", [("a", "", "ch. 2")])]),
        (r"Rain \citation[a], \nocite[b] \usecitation[lee:2019].",
         [(r"\citation[a]", [("a", "", "")]), (r"\nocite[b]", [("b", "", "")]), (r"\usecitation[lee:2019]", [("lee:2019", "", "")])]),
        (r"Rain \cite{a}.", [(r"\cite{a}", [("a", "", "")])]),
        (r"\startsection[title={Rain \cite[a]},reference=s] x \stopsection", [(r"\cite[a]", [("a", "", "")])]),
        (r"\section[s]{Rain \cite[a]}", [(r"\cite[a]", [("a", "", "")])]),
        (r"\placefigure[here][f]{Rain \cite[a]}{\externalfigure[cow]}", [(r"\cite[a]", [("a", "", "")])]),
        (r"\startplacetable[location=top,title={Rain \cite[a]}] x \stopplacetable", [(r"\cite[a]", [("a", "", "")])]),
        (r"Rain\footnote[n]{See \cite[a].}", [(r"\cite[a]", [("a", "", "")])]),
        ("\\startformula a = b \\text{by \\cite[a]} \\stopformula", [(r"\cite[a]", [("a", "", "")])]),
        (r"\bTABLE \bTR \bTD \cite[a] \eTD \eTR \eTABLE", [(r"\cite[a]", [("a", "", "")])]),
        (r"\define[2]\see{(\cite[authoryear][#2], #1)} \see{p. 3}{a}", [(r"\see{p. 3}{a}", [("a", "", "")])]),
        (r"\def\Seen[#1]{\cite[#1]} \Seen[a]", [(r"\Seen[a]", [("a", "", "")])]),
        (r"\define\ours{\cite[a]} \ours", [(r"\ours", [("a", "", "")])]),
        (r"\define[1]\one{\cite[#1]}\define[1]\two{\one{#1}} \two{b}", [(r"\two{b}", [("b", "", "")])]),
    ],
)  # fmt: skip
def test_what_cites(text: str, expected: list[tuple[str, list[tuple[str, str, str]]]]):
    assert items(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "\\starttyping\n\\cite[a]\n\\stoptyping", "\\startLUA\n\\cite[a]\n\\stopLUA", "\\starthiding\n\\cite[a]\n\\stophiding", "% \\cite[a]", "\\type{\\cite[a]}",
        "\\definetyping[Code]\n\\startCode\n\\cite[a] {\n\\stopCode", "\\startluacode\n-- { \\cite[a]\n\\stopluacode", "\\setupcite[author][left=(,right=)]",
        "\\cite[alternative=authoryear]", "\\cite[]",
        "\\startMPcode\n\\cite[a]\n\\stopMPcode", "\\startbtxrenderingdefinitions[x]\n\\cite[a]\n\\stopbtxrenderingdefinitions",
    ],
)  # fmt: skip
def test_what_does_not_cite(text: str):
    assert items(f"Text.\n\n{text}\n\nEnd.") == []


def test_text_without_commands():
    text = r"""\setuphead[chapter]
  [style=\bfa]
Before.
\starttext
\startchapter[title={Rain, and mud},reference=ch]
It {\em rains} in \in{Figure}[fig:x] and \goto{there}[url(x)]; \quotation{wet}\high{2}.

\startitemize[n,packed]
\item One
\item Two
\stopitemize
\startplacefigure[title=A cow,location=here]
\externalfigure[cow]
\stopplacefigure
\starttabulate[|l|l|]
\NC a \NC b \NC \NR
\stoptabulate
\subsection{Mud}
Then\footnote{A note.} it ends.
\stopchapter
\stoptext
After."""
    read = document(text, "a.tex")
    assert [(block.kind, block.level, block.label, read.text[block.span.start : block.span.end]) for block in read.blocks] == [
        (BlockKind.HEADING, 1, "", "Rain, and mud"),
        (BlockKind.PARAGRAPH, 0, "", "It rains in Figure and there; “wet”2."),
        (BlockKind.ITEM, 0, "1.", "1. One"),
        (BlockKind.ITEM, 0, "2.", "2. Two"),
        (BlockKind.PARAGRAPH, 0, "", "A cow"),
        (BlockKind.TABLE, 0, "", "a b"),
        (BlockKind.HEADING, 3, "", "Mud"),
        (BlockKind.PARAGRAPH, 0, "", "Then it ends."),
        (BlockKind.FOOTNOTE, 0, "1", "A note."),
    ]
    assert [(mark.kind, read.text[mark.span.start : mark.span.end]) for mark in read.marks] == [(MarkKind.SUPERSCRIPT, "2")]
    assert source_of(read, read.text.index("cow"), read.text.index("cow") + 3) == "cow"


@pytest.mark.parametrize(
    ("names", "keys", "given", "unread"),
    [
        (r"\usebtxdataset[refs.bib]", ["a", "b", "lee:2019"], True, ()),
        (r"\usebtxdataset[refs]", ["a", "b", "lee:2019"], True, ()),
        (r"\usebtxdataset[own][refs.bib,more.bib]", ["a", "b", "lee:2019", "z"], True, ()),
        ("\\usebtxdataset\n  [own]\n  [more.bib]\n  [specification=apa]", ["z"], True, ()),
        (r"\usebtxdataset[more.bib][specification=apa]", ["z"], True, ()),
        (r"\setupbibtex[database={refs,more},sort=author]", ["a", "b", "lee:2019", "z"], True, ()),
        ("\\startbuffer[mine]\n@book{c, title={C}}\n\\stopbuffer\n\\usebtxdataset[mine.buffer]", ["c"], True, ()),
        (r"\usepath[{lists,other}]\usebtxdataset[deep.bib]", ["d"], True, ()),
        (r"\usebtxdataset[gone.bib]", [], False, ("gone.bib",)),
        (r"\usebtxdataset[table.lua]", [], False, ("table.lua",)),
        (r"\usepublications[old]", [], False, (r"\usepublications",)),
        ("\\environment env\n", ["z"], True, ()),
    ],
)
def test_bibliographies(tmp_path: Path, names: str, keys: list[str], given: bool, unread: tuple[str, ...]):
    more = "@book{z, title={Z}}"
    read = project(
        tmp_path, "a.tex", a_dot_tex=f"{names}\n\\starttext\nNothing.\n\\stoptext", refs_dot_bib=BIB, more_dot_bib=more, lists__deep_dot_bib="@book{d, title={D}}",
        env_dot_tex="\\startenvironment env\nNo text.\n\\usebtxdataset[more.bib]\n\\stopenvironment",
    )  # fmt: skip
    assert ([one.key for one in read.references], read.list_given, read.list_unread) == (keys, given, unread)
    assert [read.text[block.span.start : block.span.end] for block in read.blocks if block.kind == BlockKind.PARAGRAPH] == [
        "Nothing."
    ]


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        (r"\placelistofpublications[criterium=all]", ["a", "b", "lee:2019"]),
        (r"\placebtxrendering[own][method=dataset]", ["a", "b", "lee:2019"]),
        (r"\completelistofpublications[criterium=all]", ["a", "b", "lee:2019"]),
        (r"\placelistofpublications[criterium=text]", []),
        (r"\placelistofpublications", []),
    ],
)
def test_whole_list(tmp_path: Path, place: str, keys: list[str]):
    read = project(tmp_path, "a.tex", a_dot_tex=f"\\usebtxdataset[refs.bib]\n\\starttext\n{place}\n\\stoptext", refs_dot_bib=BIB)
    assert [key for _, found in cited(read) for key in found] == keys


PRODUCT = "\\startproduct prd\n\\project prj\n\\component c_one\n\\component parts/c_two\n\\stopproduct\nNo."
PROJECT = "\\startproject prj\n\\environment env\n\\product prd\n\\stopproject"
ENVIRONMENT = "\\startenvironment env\n\\usebtxdataset[refs.bib]\n\\define[1]\\own{\\cite[#1]}\n\\stopenvironment"
ONE = "\\startcomponent c_one\n\\product prd\nOne \\own{a}.\n\\stopcomponent\nNo \\cite[no]."
TWO = "\\startcomponent c_two\n\\product prd\nTwo \\cite[b] \\cite[gone].\n\\stopcomponent"
FILES = {
    "prd_dot_tex": PRODUCT,
    "prj_dot_tex": PROJECT,
    "env_dot_tex": ENVIRONMENT,
    "c_one_dot_tex": ONE,
    "parts__c_two_dot_tex": TWO,
    "refs_dot_bib": BIB,
}


@pytest.mark.parametrize(
    ("main", "text", "keys"),
    [
        ("prd.tex", ["One \\own{a}.", "Two \\cite[b] \\cite[gone]."], [["a"], ["b"], ["gone"]]),
        ("prj.tex", ["One \\own{a}.", "Two \\cite[b] \\cite[gone]."], [["a"], ["b"], ["gone"]]),
        ("c_one.tex", ["One \\own{a}."], [["a"]]),
        ("parts/c_two.tex", ["Two \\cite[b] \\cite[gone]."], [["b"], ["gone"]]),
    ],
)
def test_a_project_is_one_work(tmp_path: Path, main: str, text: list[str], keys: list[list[str]]):
    (tmp_path / ".git").mkdir()
    read = project(tmp_path, main, **FILES)
    assert [read.text[block.span.start : block.span.end] for block in read.blocks if block.kind == BlockKind.PARAGRAPH] == text
    assert [found for _, found in cited(read)] == keys
    assert ([one.key for one in read.references], read.problems) == (["a", "b", "lee:2019"], ())


def test_a_folder_has_the_product_alone(tmp_path: Path):
    project(tmp_path, "prd.tex", **FILES)
    assert [Path(one.path).name for one in gather([str(tmp_path)])] == ["prd.tex"]


def test_what_knitr_made_is_not_audited_twice(tmp_path: Path):
    for name in ("a.Rnw", "a.tex", "b.Rnw"):
        (tmp_path / name).write_text("\\documentclass{article}")
    (tmp_path / "child.Rnw").write_text("Text.")
    assert sorted(Path(one.path).name for one in gather([str(tmp_path)])) == ["a.tex", "b.Rnw"]


def test_a_file_that_takes_itself_in_is_read_once(tmp_path: Path):
    read = project(tmp_path, "a.tex", a_dot_tex="\\starttext\nOne \\cite[a].\n\\input b\n\\stoptext", b_dot_tex="Two.\n\\input b\n\\product c\n",
                   c_dot_tex="\\startproduct c\n\\product c\n\\input a\n\\stopproduct")  # fmt: skip
    assert cited(read) == [("\\cite[a]", ["a"])]
    assert [one.message for one in read.problems] == ["b: inputs itself; read once"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\starttext\nx", "context"), ("% c\n\\startcomponent x", "context"), ("\\environment env\n\nText", "context"), ("\\startchapter[title=x]", "context"),
        ("\\documentclass{article}\n\\starttext", "tex"), ("\\section{x}\nText", "tex"), ("Text \\cite{a}", "tex"), ("% \\starttext\nText", "tex"),
        ("\\begin{document}\n\\starttext", "tex"), ("\\startled", "tex"),
    ],
)  # fmt: skip
def test_which_tex_is_context(text: str, expected: str):
    assert detect_format("a.tex", text.encode()) == expected


def test_an_archive_of_a_project(tmp_path: Path):
    read = document(zipped(**{f"book__{name}": text for name, text in FILES.items()}), "book.zip")
    assert (read.format, [found for _, found in cited(read)]) == ("context", [["a"], ["b"], ["gone"]])


def test_binary_data_is_refused():
    with pytest.raises(InputError, match="binary"):
        document(b"\\starttext \0\1\2\3" * 50, "a.mkiv")
